"""The list of what changed while nobody was here: each line leads to what it is about."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QLayout, QPushButton, QVBoxLayout, QWidget

from console.away.memory import MINUTES, NEVER
from console.away.present import KINDS, AwayText, away
from console.questions import Question, Questions
from console.sight import Sight
from console.words import Words
from feeds.requests import JournalParams, JournalResult
from widgets.choice_button import ChoiceButton
from widgets.desk_texts import Choice
from widgets.fact_grid import label, set_text
from widgets.palette import Palette
from widgets.screen_dialog import ScreenDialog
from widgets.tables.lines_table import LinesTable

WIDTHS = (104, 120, 150, 0, 220)
MOST = 2000


class AwayDialog(ScreenDialog):
    """What happened since a moment.

    Signals: `told(int)` with how many lines there are, once the gateway has answered, or `unanswered()` where it has
    not, though it may later; `located(str)` with the key of what a line is about; `minutes_chosen(int)` when somebody
    says after how long without a hand they are away.
    """

    told = Signal(int)
    unanswered = Signal()
    located = Signal(str)
    minutes_chosen = Signal(int)

    def __init__(
        self,
        parent: QWidget,
        words: Words,
        palette: Palette,
        questions: Questions,
        look: Callable[[], Sight],
        own: Callable[[], Iterable[str]],
    ) -> None:
        super().__init__(parent)
        self.words, self._questions, self._look, self._own = words, questions, look, own
        self._question: Question | None = None
        self._span: tuple[int, int | None] | None = None
        self._told: JournalResult | None = None
        self._failed = ""
        self.text = AwayText()
        self.head, self.note, self.warning = label("name"), label("note"), label("note", wraps=True)
        self.table = LinesTable(palette)
        self.locate, self.leave = QPushButton(), QPushButton()
        self.minutes = ChoiceButton(room=260)
        self._lay_out()
        self.table.chosen.connect(lambda _: self._show_locate())
        self.table.opened.connect(lambda _: self._on_locate())
        self.locate.clicked.connect(self._on_locate)
        self.leave.clicked.connect(self.close)
        self.minutes.picked.connect(lambda key: self.minutes_chosen.emit(int(key)))

    def _lay_out(self) -> None:
        top, below = QHBoxLayout(), QHBoxLayout()
        top.addWidget(self.head)
        top.addStretch(1)
        top.addWidget(self.note)
        below.addWidget(self.locate)
        below.addStretch(1)
        below.addWidget(self.minutes)
        below.addWidget(self.leave)
        for button in (self.locate, self.leave):
            button.setAutoDefault(False)  # Enter locates the chosen line
        whole = QVBoxLayout(self)
        whole.setSpacing(10)
        whole.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        whole.addLayout(top)
        whole.addWidget(self.warning)
        whole.addWidget(self.table, 1)
        whole.addLayout(below)
        self.resize(980, 520)

    def set_look(self, words: Words, palette: Palette) -> None:
        """Speak and look like this from now on."""
        self.words = words
        self.setWindowTitle(words("away.title"))
        self.table.set_look(palette)
        columns = ("alarms.level", "alarms.time", "alarms.source", "alarms.text", "away.how")
        self.table.set_columns([words(key) for key in columns], WIDTHS)
        self.leave.setText(words("handover.close"))
        self.minutes.set_look(palette, words("away.minutes"))
        choices = [Choice(str(one), words("away.after", minutes=one)) for one in MINUTES]
        self.minutes.set_choices([*choices, Choice(str(NEVER), words("away.never"))])
        self._present()

    def set_minutes(self, minutes: int) -> None:
        """Have that limit shown as the one in force."""
        self.minutes.set_key(str(minutes))

    def ask(self, since: int, until: int | None = None) -> None:
        """Ask what happened since a moment of floor time; `until` is when somebody was back, if they were away."""
        if self._question is not None:
            self._question.drop()
        self._span, self._told, self._failed = (since, until), None, ""
        params = JournalParams(since, None, KINDS, MOST)  # up to the gateway's own now, which may be ahead of ours
        self._question = self._questions.ask("journal", params, JournalResult, self._on_told, self._on_failed)
        self._present()

    def open_list(self) -> None:
        """Show it."""
        self.show()
        if QGuiApplication.platformName() != "offscreen":  # which knows no order of windows, and says so every time
            self.raise_()
            self.activateWindow()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_told(self, told: JournalResult) -> None:
        self._told, self._question = told, None
        self._present()
        self.told.emit(len(self.text.lines))

    def _on_failed(self, why: str) -> None:
        refused = self._question is not None and self._question.error is not None
        self._failed, self._question = why, None
        self._present()
        if not refused:
            self.unanswered.emit()

    def _present(self) -> None:
        words, sight = self.words, self._look()
        if self._told is not None and self._span is not None:
            self.text = away(sight, *self._span, self._told, self._own(), words)
        elif self._failed:
            self.text = AwayText(empty=words("away.failed", reason=self._failed))
        else:
            self.text = AwayText(empty=words("handover.loading" if self._question is not None else "away.never_left"))
        set_text(self.head, self.text.title or words("away.title"))
        self.table.setAccessibleName(self.head.text())
        set_text(self.note, self.text.note)
        set_text(self.warning, self.text.warning)
        self.warning.setVisible(bool(self.text.warning))
        self.table.set_lines(self.text.lines, self.text.empty)
        self._show_locate()

    def _show_locate(self) -> None:
        key = self.table.chosen_key
        why = "" if key in self.text.targets else self.words("away.no_line" if not key else "away.nowhere")
        self.locate.setText(self.words("alarms.locate"))
        self.locate.setEnabled(not why)
        self.locate.setToolTip(f"{self.locate.text()}: {why}" if why else self.locate.text())
        self.locate.setAccessibleDescription(why)

    def _on_locate(self) -> None:
        target = self.text.targets.get(self.table.chosen_key)
        if target:
            self.located.emit(target)
