"""The form of a move: for every queue whether it stays, is joined with a penalty, or is left."""

from __future__ import annotations

from typing import Any, Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from console import rights
from console.ordering.deeds import Deed, Target
from console.ordering.present import title_of
from console.ordering.sheet import DeedForm
from console.phrases.states import agent_name, seat_number, state_text
from console.questions import Question, Questions
from console.sight import Sight
from console.words import Words
from feeds.entities import Seat, SiteInfo
from feeds.requests import AgentParams, AgentResult
from widgets.choice_button import ChoiceButton
from widgets.desk_texts import Choice
from widgets.fact_grid import label, set_text
from widgets.following_area import FollowingArea
from widgets.number_field import NumberField
from widgets.palette import Palette

JOIN, LEAVE = "join", "leave"
MOST_PENALTY: Final = 99
SIZE = QSize(620, 520)


def target_of(site: SiteInfo | None, seat: Seat, args: dict[str, Any], words: Words) -> Target:
    """A seat as the target of an order that is meant for whoever sits there now, and for nobody after them."""
    number = seat_number(seat)
    name = agent_name(seat, words) or words("floor.vacant")
    args = {"seat": number, "agent": seat.agent, **args}
    return Target(seat.key, f"{name} {number}", args, state_text(site, seat, words))


class Row:
    """What is wanted of one queue."""

    def __init__(self, queue: str, palette: Palette) -> None:
        self.queue = queue
        self.name, self.now = label(), label("note")
        self.choice, self.penalty = ChoiceButton(room=150), NumberField()
        self.penalty.setRange(0, MOST_PENALTY)
        self.palette = palette

    def dress(self, name: str, words: Words) -> None:
        """Speak, and offer what can be done with the queue."""
        self.name.setText(name)
        self.choice.set_look(self.palette, words("ordering.move.of", queue=name))
        self.offer(words, serves=False)
        self.penalty.setAccessibleName(words("ordering.move.penalty_of", queue=name))
        self.penalty.setToolTip(words("ordering.move.penalty_tip"))

    def offer(self, words: Words, *, serves: bool) -> None:
        """What can be done with the queue: who serves it already only gets another penalty."""
        offers = (("", "stay"), (JOIN, "set" if serves else "join"), (LEAVE, "leave"))
        self.choice.set_choices([Choice(key, words(f"ordering.move.{word}")) for key, word in offers])


class MoveForm(DeedForm):
    """Queues for one seat or for several."""

    def __init__(
        self, seats: tuple[Seat, ...], questions: Questions, words: Words, palette: Palette, sight: Sight,
        parent: QWidget,
    ) -> None:  # fmt: skip
        super().__init__(words, palette, sight, parent)
        self.seats = seats
        self.serves: dict[str, int] | None = None
        self.known = label("note", wraps=True)
        self.rows: list[Row] = []
        self._build()
        self.go.setText(words("ordering.move.go" if len(seats) == 1 else "ordering.move.review"))
        self.resize(SIZE)
        self.question: Question | None = None
        self._questions, self._failed = questions, ""
        if len(seats) == 1:
            self._ask()
            self.finished.connect(self._let_go)

    def _ask(self) -> None:
        asked, self._failed = AgentParams(seat=seat_number(self.seats[0])), ""
        self.question = self._questions.ask("agent", asked, AgentResult, self._take, self._on_failed)

    def look_at(self, sight: Sight) -> None:
        """See the floor as it is now; where there was nobody to ask, ask when there is."""
        back = self.sight.stale and not sight.stale
        if back and self._failed:
            self._ask()
        super().look_at(sight)

    def _build(self) -> None:
        words, inside = self.words, QWidget()
        inside.setObjectName("panel")
        grid = QGridLayout(inside)
        grid.setContentsMargins(0, 0, 8, 0)
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(0, 1)
        for column, key in enumerate(("queue", "now", "change", "penalty")):
            head = label("note")
            head.setText(words(f"ordering.move.{key}"))
            grid.addWidget(head, 0, column)
        for number, queue in enumerate(self.sight.site.queues if self.sight.site else [], 1):
            row = Row(queue.id, self.colours)
            row.dress(words.name(queue), words)
            for column, part in enumerate((row.name, row.now, row.choice, row.penalty)):
                grid.addWidget(part, number, column)
            row.choice.picked.connect(lambda _: self.present())
            row.penalty.valueChanged.connect(lambda _: self.present())
            self.rows.append(row)
        grid.setRowStretch(len(self.rows) + 1, 1)
        area = FollowingArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inside)
        self.body.addWidget(self.known)
        self.body.addWidget(area, 1)

    def _let_go(self, _: int) -> None:
        if self.question is not None:
            self.question.drop()
            self.question = None

    def _take(self, told: AgentResult) -> None:
        self.question = None
        if told.agent == self.seats[0].agent:  # of whoever has come to sit there since nobody asked
            self.serves = told.serves
        for row in self.rows:
            if not row.choice.key:  # a penalty that somebody has chosen meanwhile stays
                row.penalty.setValue((self.serves or {}).get(row.queue, 0))
        self.present()

    def _on_failed(self, why: str) -> None:
        self.question, self._failed = None, why
        self.present()

    def args(self) -> dict[str, Any]:
        """The move as an order's arguments."""
        joined = [row for row in self.rows if row.choice.key == JOIN]
        return {
            "join": [{"queue": row.queue, "penalty": row.penalty.value()} for row in joined],
            "leave": [row.queue for row in self.rows if row.choice.key == LEAVE],
        }

    def deed(self) -> Deed:
        """What is wanted now."""
        site, args = self.sight.site, self.args()
        return Deed("seat.move", tuple(target_of(site, seat, args, self.words) for seat in self.seats))

    def present(self) -> None:
        words = self.words
        self.set_heading(title_of(self.deed(), words))
        key = "many" if len(self.seats) > 1 else "asking" if self.question is not None else "known"
        if key == "known" and self.serves is None:
            key = "failed" if self._failed else "unknown"
        set_text(self.known, words(f"ordering.move.{key}", why=self._failed))
        for row in self.rows:
            self._present_row(row)
        args = self.args()
        why = rights.refusal(self.sight, "seat.move", words)
        if not why and not args["join"] and not args["leave"]:
            why = words("said.move.empty")
        self.set_why(why, can_go=not why)

    def _present_row(self, row: Row) -> None:
        words, serves = self.words, self.serves
        row.penalty.setEnabled(row.choice.key == JOIN)
        row.offer(words, serves=serves is not None and row.queue in serves)
        if serves is None:
            set_text(row.now, "—")
        elif row.queue in serves:
            set_text(row.now, words("ordering.move.serves", penalty=serves[row.queue]))
        else:
            set_text(row.now, words("ordering.move.serves_not"))
        _strong(row.name, strong=bool(row.choice.key))


def _strong(widget: QLabel, *, strong: bool) -> None:
    """What is to change stands out."""
    part = "head" if strong else ""
    if widget.property("part") != part:
        widget.setProperty("part", part)
        widget.style().unpolish(widget)
        widget.style().polish(widget)
