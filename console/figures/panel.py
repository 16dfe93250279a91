"""The window of an opened figure: it asks the gateway for the calls page by page and shows what it is told."""

from __future__ import annotations

from collections.abc import Callable

from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QHideEvent
from PySide6.QtWidgets import QHBoxLayout, QLayout, QProgressBar, QPushButton, QVBoxLayout, QWidget

from console.figures.present import COLUMNS, NUMBERS, Asked, call_lines, figure, shown
from console.phrases.reading import reading_text
from console.phrases.times import local
from console.questions import Question, Questions
from console.sight import Sight
from console.words import Words
from feeds.requests import CallsParams, CallsResult
from widgets.desk_style import style_sheet
from widgets.desk_texts import LineText
from widgets.fact_grid import FactGrid, label, set_text
from widgets.palette import Palette
from widgets.screen_dialog import ScreenDialog
from widgets.tables.lines_table import LinesTable
from widgets.tones import Tone

PAGE = 200
"""Calls asked for at a time; the next ones when the end comes into sight."""
REST = 1000
"""The same where all are wanted, for a file or for paper."""
USUAL = "joined", True
"""The order in which calls are wanted at first: the newest above."""


class FigureWindow(ScreenDialog):
    """One figure and its calls, beside the desk: it stays open while the floor goes on."""

    def __init__(self, questions: Questions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("desk")
        self.questions = questions
        self.words: Words | None = None
        self.colours: Palette | None = None
        self.sight: Sight | None = None
        self.asked: Asked | None = None
        self.found: CallsResult | None = None
        self._pages: list[CallsResult] = []
        self._lines: list[LineText] = []
        self._afresh = False
        """What comes next stands instead of what is shown: it is not asked for the page behind it."""
        self._was_stale = False
        self._wanted: Callable[[], None] | None = None
        """What is to be done once every call is listed."""
        self._question: Question | None = None
        self._read: float | None = None
        """How much of the past the gateway has read for it, once that takes its time."""
        self._order = self._listed_by = USUAL
        """In which order calls are wanted, and in which those on the screen stand."""
        self.title, self.value, self.target = label("head"), label("name"), label("note")
        self.facts = FactGrid()
        self.count = label("label", wraps=True)
        self.progress = QProgressBar()
        self.trouble = label(wraps=True)
        self.trouble.setProperty("tone", "warn")
        self.table: LinesTable | None = None
        self.again, self.shut = QPushButton(), QPushButton()
        self._lay_out()
        self.resize(780, 600)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self.value)
        head.addWidget(self.target, 1, Qt.AlignmentFlag.AlignBottom)
        buttons = QHBoxLayout()
        buttons.addWidget(self.count, 1)
        buttons.addWidget(self.progress, 0, Qt.AlignmentFlag.AlignVCenter)
        buttons.addWidget(self.again)
        buttons.addWidget(self.shut)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(16, 14, 16, 14)
        self.column.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        self.column.setSpacing(8)
        self.column.addWidget(self.title)
        self.column.addLayout(head)
        self.column.addWidget(self.facts)
        self.column.addWidget(self.trouble)
        self.column.addStretch(0)
        self.column.addLayout(buttons)
        self.trouble.hide()
        self.progress.setTextVisible(False)
        self.progress.setFixedSize(160, 6)
        self.progress.hide()
        self.again.clicked.connect(self.ask_again)
        self.shut.clicked.connect(self.close)
        self.shut.setAutoDefault(False)
        self.again.setAutoDefault(False)

    def _make_table(self, palette: Palette) -> LinesTable:
        table = LinesTable(palette)
        table.set_numbers(NUMBERS)
        table.whole = self._bring_all
        table.sort_asked.connect(self._on_sort)
        table.verticalScrollBar().valueChanged.connect(self._on_scrolled)
        self.column.insertWidget(4, table, 1)
        return table

    def set_look(self, words: Words, palette: Palette) -> None:
        """Speak and look like this from now on."""
        self.words, self.colours = words, palette
        self.setStyleSheet(style_sheet(palette))
        if self.table is None:
            self.table = self._make_table(palette)
        self.table.set_look(palette)
        self.table.set_columns([words(f"figures.column.{key}") for key, _, _ in COLUMNS], [w for _, _, w in COLUMNS])
        self.table.let_sort(words("floor.sort_by"))
        self._show_sorted()
        self.again.setText(words("figures.again"))
        self.shut.setText(words("figures.close"))
        self.setWindowTitle(words("figures.title"))
        if self.sight is not None:
            self._lines = [line for page in self._pages for line in call_lines(self.sight, page, words)]
        self.present_now()

    def open_figure(self, asked: Asked, sight: Sight) -> None:
        """Be about that figure, and ask for its calls."""
        self.asked, self.sight = asked, sight
        self._order = self._listed_by = USUAL
        self.found, self._wanted = None, None
        self._forget()
        self._show_sorted()
        self.ask_again()
        bring_up(self)
        (self.table if asked.has_calls and self.table is not None else self.shut).setFocus()

    def ask_again(self) -> None:
        """Ask for the calls as they are now; those that are shown stay until these have come."""
        self.trouble.hide()
        self._afresh = True
        self._ask()
        self.present_now()

    def look_at(self, sight: Sight) -> None:
        """See the floor as it is now; the calls stay as they were asked for.

        They are asked for again where there was nobody to ask, and where another history is told: those of before are
        none of its calls.
        """
        before = self.sight or sight
        back = self._was_stale and not sight.stale and self.trouble.isVisible()
        moved = sight.epoch != before.epoch
        self.sight, self._was_stale = sight, sight.stale
        if moved:
            self.found, self._wanted = None, None
            self._forget()
        if back or moved:
            self.ask_again()
        elif local(sight.site, sight.now).date() != local(before.site, before.now).date():
            self.present_now()  # what was asked for today is of yesterday now

    def present_now(self) -> None:
        """Show what is known."""
        if self.words is None or self.sight is None or self.asked is None or self.table is None:
            return
        text = figure(self.sight, self.asked, self.found, self.words)
        set_text(self.title, text.title)
        set_text(self.value, text.value)
        self.value.setAccessibleName(f"{text.title} {text.value}")
        set_text(self.target, " · ".join(filter(None, (text.target, text.missed))))
        if self.value.property("tone") != text.tone.value:
            self.value.setProperty("tone", text.tone.value if text.tone is not Tone.CALM else "")
            self.value.style().unpolish(self.value)
            self.value.style().polish(self.value)
        self.facts.set_facts(text.facts)
        self.setWindowTitle(text.title)
        self.table.setAccessibleName(f"{self.words('figures.calls_behind')} · {text.title} · {text.window}")
        self.table.setVisible(not text.why_none)
        waits = ""
        if self._question is not None:
            waits = self.words("figures.asking") if self._read is None else reading_text(self._read, self.words)
        self.progress.setVisible(self._question is not None and self._read is not None)
        self.progress.setValue(int((self._read or 0.0) * 100))
        self.progress.setAccessibleName(waits)
        if self.found is not None and not (waits and self._anew):
            set_text(self.count, shown(self.found, len(self._lines), self.words))
        else:
            set_text(self.count, text.why_none or waits)
        # Only an answer can say that there were none.
        none = self.found is not None and not self.found.total
        self.table.set_lines(self._lines, self.words("figures.no_calls") if none else "")
        self.again.setVisible(not text.why_none)

    # Questions

    @property
    def _anew(self) -> bool:
        """Whether what comes next stands instead of what is shown, and not behind it."""
        return self._afresh or self._order != self._listed_by

    def _ask(self, limit: int = PAGE) -> None:
        self._let_go()
        asked = self.asked
        if asked is None or not asked.has_calls:
            return
        by, downwards = self._order
        at = self.found.at if self.found is not None and not self._afresh else None
        last = self._lines[-1].key if self._lines and not self._anew else ""
        params = CallsParams(
            asked.figure, at=at, window=asked.window, scope=asked.scope, limit=limit, after=last,
            order=f"-{by}" if downwards else by,
        )  # fmt: skip
        self._question, self._read = self.questions.calls(params, self._on_told, self._on_failed), None
        self._question.reading.connect(self._on_reading)

    def _on_reading(self, share: float) -> None:
        self._read = share
        self.present_now()

    def _on_told(self, found: CallsResult) -> None:
        self._question = None
        self.trouble.hide()
        if self.sight is None or self.words is None:
            return
        turned = self._order != self._listed_by
        if self._afresh:
            self.found = None
        if self._anew:
            self._forget()
        self._listed_by = self._order
        self._show_sorted()
        first = self.found
        # The value belongs to the first page: later ones are of a moment that has passed.
        self.found = found if first is None or first.value is None else _with_value(found, first)
        self._pages.append(found)
        self._lines += call_lines(self.sight, found, self.words)
        self.present_now()
        if turned and self.table is not None:
            self.table.scrollToTop()
        if self._wanted is not None:
            self._bring_all(self._wanted, more=bool(found.calls))

    def _bring_all(self, then: Callable[[], None], *, more: bool = True) -> None:
        """Have every call listed, then go on with what that was wanted for."""
        self._wanted = then
        if self._question is not None:
            return
        if more and (self.found is None or len(self._lines) < self.found.total):
            self._ask(REST)
        else:
            self._wanted = None
            then()

    def _forget(self) -> None:
        self._pages, self._lines, self._afresh = [], [], False

    def _on_failed(self, why: str) -> None:
        self._question, self._afresh, self._wanted = None, False, None
        if self.words is not None:
            set_text(self.trouble, self.words("figures.failed", why=why))
            self.trouble.show()
        self.present_now()

    def _on_scrolled(self, value: int) -> None:
        if self.table is None or self.found is None or self._question is not None:
            return
        if len(self._lines) < self.found.total and value >= self.table.verticalScrollBar().maximum() - 10:
            self._ask()

    def _on_sort(self, column: int) -> None:
        by = COLUMNS[column][1]
        if not by or self.found is None:
            self._show_sorted()
            return
        before, downwards = self._order if self._question is not None else self._listed_by
        self._order = (by, not downwards if by == before else True)
        self._ask()
        self.present_now()

    def _show_sorted(self) -> None:
        """By what the calls on the screen are sorted; others may be on their way."""
        if self.table is not None:
            key, downwards = self._listed_by
            self.table.show_sorted(next(place for place, (_, by, _) in enumerate(COLUMNS) if by == key), downwards)

    def _let_go(self) -> None:
        if self._question is not None:
            self._question.drop()
            self._question = None

    def hideEvent(self, event: QHideEvent) -> None:
        if not event.spontaneous():  # what is only put away is wanted when it is brought back
            self._let_go()
            self._wanted = None
        super().hideEvent(event)


def bring_up(window: QWidget) -> None:
    """Show a window before the others, however it stood."""
    window.show()
    if QGuiApplication.platformName() != "offscreen":  # which knows no order of windows, and says so every time
        window.raise_()
    window.activateWindow()


def _with_value(found: CallsResult, first: CallsResult) -> CallsResult:
    return replace(found, value=first.value)
