"""One look before an order is given: what it does, to whom, why; afterwards the result for each, and the way back."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget

from console import rights
from console.ordering.deeds import UNDO, Deed
from console.ordering.giving import Giving
from console.ordering.present import ReviewText, result, review, review_lines, summary
from console.ordering.quotas import in_turn
from console.ordering.rehearsal import Rehearsal
from console.ordering.sheet import Sheet
from console.orders import Orders
from console.pacing import Paced
from console.questions import Questions
from console.sight import Sight
from console.words import Words
from feeds.requests import OrderResult
from feeds.rules.reasons import LONGEST
from widgets.fact_grid import label, set_text
from widgets.palette import Palette
from widgets.tables.lines_table import LinesTable
from widgets.tones import Tone

COLUMNS: Final = ("who", "state", "effect", "result")
WIDTHS: Final = (190, 110, 0, 0)
ONE, MANY = QSize(560, 230), QSize(960, 580)


class Review(Sheet):
    """A deed that is looked at, given, and followed to its ends."""

    def __init__(
        self, deed: Deed, orders: Orders, questions: Questions, words: Words, palette: Palette, sight: Sight,
        parent: QWidget,
    ) -> None:  # fmt: skip
        super().__init__(words, palette, sight, parent)
        self.deed = deed
        self.text = ReviewText("")
        self._orders = orders
        self.rehearsal = Rehearsal(deed, questions, self)
        self.giving: Giving | None = None
        self.what, self.effect, self.hit = label(wraps=True), label(wraps=True), label("note", wraps=True)
        self.quota = label(wraps=True)
        self.quota.setProperty("tone", "warn")
        self._seen: dict[str, OrderResult] | None = None
        """What was known of each when the orders were given."""
        self.said = label("head", wraps=True)
        self.reason, self.table = QLineEdit(), LinesTable(palette)
        self.undo = QPushButton()
        self.undo.setProperty("part", "big")
        self.undo.setAutoDefault(False)
        place = self.go.sizePolicy()
        place.setRetainSizeWhenHidden(True)  # else the second press of a double click meets the button that closes
        self.go.setSizePolicy(place)
        self.below.insertWidget(1, self.undo)
        for part in (self.what, self.effect, self.hit, self.quota, self.reason):
            self.body.addWidget(part)
        self.body.addWidget(self.table, 1)
        self.body.addWidget(self.said)
        if len(deed.targets) == 1:
            self.body.addStretch(1)
        self._dress()
        self._answered = Paced(self.present, self)
        self.rehearsal.changed.connect(self._answered.want)
        self.reason.textChanged.connect(lambda _: self.present())
        self.go.clicked.connect(self._on_go)
        self.undo.clicked.connect(self._on_undo)
        self.table.chosen.connect(lambda _: self.present())
        self.finished.connect(lambda _: self._let_go())
        self.resize(MANY if len(deed.targets) > 1 else ONE)
        self.rehearsal.start()

    def _dress(self) -> None:
        words = self.words
        self.table.set_look(self.colours)
        self.table.set_columns([words(f"ordering.column.{one}") for one in COLUMNS], WIDTHS)
        self.table.setAccessibleName(words("ordering.targets"))
        self.reason.setMaxLength(LONGEST)
        self.reason.setPlaceholderText(words("ordering.reason"))
        self.reason.setAccessibleName(words("ordering.reason"))
        self.undo.hide()
        self.reason.setVisible(self.deed.asks_reason(self.sight))
        self.go.setProperty("tone", "warn")

    def present(self) -> None:
        answers = self._answers()
        text = review(
            self.deed, self.sight, answers, given=self.giving is not None, why=self._why_not(), words=self.words
        )
        self.text = text
        self.set_heading(text.title)
        for widget, words in (
            (self.what, text.what), (self.effect, text.effect), (self.hit, text.hits), (self.quota, text.quota),
        ):  # fmt: skip
            set_text(widget, words)
            widget.setVisible(bool(words))
        self.table.setVisible(len(self.deed.targets) > 1)
        self.table.setColumnHidden(COLUMNS.index("result"), self.giving is None)  # a refusal needs the room
        self.table.set_lines(review_lines(self.deed, self.sight, answers, self._results(), self.words), "")
        if self.giving is None:
            self.go.setText(text.give)
            self.set_why(text.why, can_go=text.can_give)
            self.said.hide()
        else:
            self._present_results(self.giving)

    def _present_results(self, giving: Giving) -> None:
        given = [one for place in giving.keys if (one := giving.given(place)) is not None]
        results = self._results()
        only = next(iter(results.values()), ("", Tone.CALM))[0] if len(self.deed.targets) == 1 else ""
        set_text(self.said, only or summary(given, self.words))
        self.said.show()
        undoable = self._to_undo(giving)
        self.undo.setVisible(bool(undoable) and not self.sight.stale)
        self.undo.setText(self.words("ordering.undo_many", count=len(undoable)))
        self.go.hide()
        self.leave.setText(self.words("ordering.close"))
        self.set_why("", can_go=False)

    def _results(self) -> dict[str, tuple[str, Tone]]:
        if self.giving is None:
            return {}
        found = {place: (why, Tone.WARN) for place, why in self.giving.left_out.items()}
        for place in self.giving.keys:
            given = self.giving.given(place)
            if given is not None:
                found[place] = self._result_of(place, *result(given, self.sight, self.words))
        for place, answer in self._answers().items():
            if answer.state == "refused":
                found.setdefault(place, (self.words("ordering.not_given"), Tone.WARN))
        return found

    def _answers(self) -> dict[str, OrderResult]:
        """What the gateway said of each, and will when all are given one after the other.

        Where somebody else has come to sit since, or a caller has been answered, it is not given to them.
        """
        if self._seen is not None:
            return self._seen
        answers = dict(self.rehearsal.answers)
        for target in self.deed.targets:
            changed = target.changed(self.sight) if target.place in answers else None
            if changed is not None:
                answers[target.place] = changed
        return in_turn(self.deed, answers)

    def _let_go(self) -> None:
        self.rehearsal.stop()
        self._answered.stop()
        if self.giving is not None:
            self.giving.changed.disconnect(self._answered.want)
            self.giving.let_go()

    def _result_of(self, place: str, text: str, tone: Tone) -> tuple[str, Tone]:
        """An order that is being taken back, or could not be, says that as well."""
        latest = self._orders.latest(place)
        if latest is not None and latest.name == UNDO and latest.phase not in ("done", "undone"):
            more, tone = result(latest, self.sight, self.words)
            text = f"{text} · {self.words('order.seat.undo')}{self.words('order.colon')}{more}"
        return text, tone

    def _why_not(self) -> str:
        """Why the order cannot be given at this moment: a right may be gone while the dialog is open."""
        words = self.words
        why = rights.refusal(self.sight, self.deed.name, words)
        if not why and self.giving is None and not self.rehearsal.complete:
            why = words("ordering.asking")
        if not why and self.giving is None and self.deed.asks_reason(self.sight) and not self.reason.text().strip():
            why = words("ordering.reason_first")
        return why

    def _on_go(self) -> None:
        self.present()
        if not self.text.can_give:
            return
        answers = self._seen = self._answers()
        accepted = [target for target in self.deed.targets if answers[target.place].state == "accepted"]
        reason = self.reason.text().strip()
        self.giving = Giving(self.deed.name, self._orders, self.words, reason)
        self.giving.changed.connect(self._answered.want)
        self.reason.setEnabled(False)
        self.giving.start(accepted)
        self.present()
        self.table.setFocus()

    def _on_undo(self) -> None:
        if self.giving is not None:
            self.giving.undo(self._to_undo(self.giving))
            self.present()

    def _to_undo(self, giving: Giving) -> list[str]:
        """What the button takes back: the order of the line that is chosen, else all that can be."""
        chosen, undoable = self.table.chosen_key, giving.undoable(self.sight.now)
        return [chosen] if chosen in undoable else undoable
