"""The window of the day's curves: loads what draws them, asks the gateway for every figure, reads out the cursor."""

from __future__ import annotations

import logging
import threading
from functools import partial
from importlib import import_module
from typing import Any

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLayout,
    QProgressBar,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)  # fmt: skip

from console.curves.present import FIGURES, HOURS, curves, questions, reading, rows, summary
from console.figures.panel import bring_up
from console.phrases.figures import figure_name
from console.phrases.scopes import queue_name, queues_in_order, scope_name
from console.questions import Question, Questions
from console.sight import Sight
from console.words import Words
from feeds.requests import HistoryResult
from widgets.choice_button import ChoiceButton
from widgets.desk_style import style_sheet
from widgets.desk_texts import Choice
from widgets.fact_grid import label, set_text
from widgets.palette import Palette
from widgets.screen_dialog import ScreenDialog
from widgets.tables.lines_table import LinesTable

AGAIN_MS = 30_000
"""How often an open window asks anew: the open quarter goes on."""
WHOLE = "site"
MARGIN = 16
log = logging.getLogger("console.curves")


class Loader(QObject):
    """Imports what draws curves in a thread of its own: in the windows' thread it would hold them up for a second.

    Signals: `loaded(object)` with the module, None when it cannot be had here.
    """

    loaded = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.module: Any = None
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Begin, unless it has begun."""
        if self._thread is None:
            self._thread = threading.Thread(target=self._load, name="curves loader", daemon=True)
            self._thread.start()

    def _load(self) -> None:
        try:
            module = import_module("widgets.curves.curve_plot")
        except ImportError:
            log.exception("what draws curves cannot be loaded")
            module = None
        self.module = module
        try:
            self.loaded.emit(module)
        except RuntimeError:  # the window is gone meanwhile
            log.debug("nobody waits for the curves any more")

    def stop(self) -> None:
        """Wait for the end of the thread."""
        if self._thread is not None:
            self._thread.join(10)


class CurvesWindow(ScreenDialog):
    """The day of a scope in curves or as a table, beside the desk."""

    def __init__(self, asker: Questions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("desk")
        self.asker = asker
        self.words: Words | None = None
        self.colours: Palette | None = None
        self.sight: Sight | None = None
        self.scope, self.hours = "site", HOURS[0]
        self.found: dict[str, HistoryResult] = {}
        self._fresh: dict[str, HistoryResult] = {}
        self._open: dict[str, Question] = {}
        self.plot: Any = None
        self.loader = Loader(self)
        self.title = label("name")
        self.scopes, self.spans = ChoiceButton(room=200), [QPushButton() for _ in HOURS]
        self.as_table, self.shut = QPushButton(), QPushButton()
        self.readout, self.summary = label(wraps=True), label("note", wraps=True)
        self.trouble = label(wraps=True)
        self.trouble.setProperty("tone", "warn")
        self.waiting, self.progress = label("label"), QProgressBar()
        self.table: LinesTable | None = None
        self.stack, self.holder = QStackedWidget(), QVBoxLayout()
        self._again = QTimer(self)
        self._again.timeout.connect(self._on_again)
        self._lay_out()
        self._wire()
        self.resize(920, 680)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.title, 1)
        head.addWidget(self.scopes)
        for button in (*self.spans, self.as_table):
            button.setProperty("part", "filter")
            button.setCheckable(True)
            button.setAutoDefault(False)
            head.addWidget(button)
        wait = QWidget()
        column = QVBoxLayout(wait)
        column.addStretch(1)
        column.addWidget(self.waiting, 0, Qt.AlignmentFlag.AlignHCenter)
        self.progress.setRange(0, 0)
        self.progress.setTextVisible(False)
        self.progress.setFixedWidth(240)
        column.addWidget(self.progress, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)
        self.stack.addWidget(wait)
        foot = QHBoxLayout()
        foot.addWidget(self.summary, 1)
        foot.addWidget(self.shut, 0, Qt.AlignmentFlag.AlignBottom)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(MARGIN, 14, MARGIN, 14)
        whole.setSpacing(8)
        whole.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        whole.addLayout(head)
        whole.addWidget(self.readout)
        whole.addWidget(self.trouble)
        whole.addWidget(self.stack, 1)
        whole.addLayout(foot)
        self.trouble.hide()
        self.shut.setAutoDefault(False)

    def _wire(self) -> None:
        self.loader.loaded.connect(self._on_loaded, Qt.ConnectionType.QueuedConnection)
        self.scopes.picked.connect(lambda key: self.show_scope(key or WHOLE))
        for hours, button in zip(HOURS, self.spans, strict=True):
            button.clicked.connect(partial(self._on_span, hours))
        self.as_table.clicked.connect(lambda _: self.present_now())
        self.shut.clicked.connect(self.close)

    # Look

    def set_look(self, words: Words, palette: Palette) -> None:
        """Speak and look like this from now on."""
        self.words, self.colours = words, palette
        self.setStyleSheet(style_sheet(palette))
        if self.table is None:
            self.table = LinesTable(palette)
            self.table.set_numbers(range(1, len(FIGURES) + 1))
            self.stack.addWidget(self.table)
        self.table.set_look(palette)
        names = [words("curves.quarter"), *(figure_name(figure, words) for figure in FIGURES)]
        self.table.set_columns(names, (110, *(96 for _ in FIGURES)))
        if self.plot is not None:
            self.plot.set_look(palette)
            self.plot.setAccessibleName(words("curves.title"))
        for hours, button in zip(HOURS, self.spans, strict=True):
            button.setText(words("curves.day") if hours == HOURS[0] else words("curves.hours", count=hours))
            button.setChecked(hours == self.hours)
        self.as_table.setText(words("queues.table"))
        self.as_table.setToolTip(words("curves.table.tip"))
        self.shut.setText(words("figures.close"))
        self.scopes.set_look(palette, words("curves.scope"))
        self.waiting.setText(words("curves.loading"))
        self.progress.setAccessibleName(words("curves.loading"))
        self.setWindowTitle(words("curves.title"))
        self._offer_scopes()
        self.present_now()

    def _offer_scopes(self) -> None:
        if self.sight is None or self.words is None or self.sight.site is None:
            return
        site, words = self.sight.site, self.words
        offered = [(WHOLE, scope_name(self.sight, WHOLE, words))]
        offered += [(f"group:{one.id}", words.name(one)) for one in site.groups]
        offered += [(one.key, queue_name(self.sight, one.key, words)) for one in queues_in_order(self.sight)]
        # The whole floor is no narrowing: the button is not marked for it.
        self.scopes.set_choices([Choice("" if scope == WHOLE else scope, name) for scope, name in offered])
        self.scopes.set_key(self.scope if self.scope != WHOLE and self.scope in dict(offered) else "")

    # What is seen

    def open_scope(self, scope: str, sight: Sight) -> None:
        """Show the day of that scope."""
        self.sight = sight
        self.scope = scope
        self._offer_scopes()
        self.loader.start()
        self.found = {}
        bring_up(self)
        self.ask()
        (self.plot or self.scopes).setFocus()

    def show_scope(self, scope: str) -> None:
        """Be about another scope."""
        self.scope, self.found = scope, {}
        self.ask()

    def look_at(self, sight: Sight) -> None:
        """See the floor as it is now; curves are asked for now and then, and at once where another history is told."""
        moved = self.sight is not None and sight.epoch != self.sight.epoch
        self.sight = sight
        if moved:
            self.found = {}
            self._offer_scopes()
            self.ask()

    def present_now(self) -> None:
        """Show what is known."""
        words, sight = self.words, self.sight
        if words is None or sight is None:
            return
        name = scope_name(sight, self.scope, words)
        set_text(self.title, f"{words('curves.title')} · {name}")
        set_text(self.summary, summary(sight, self.scope, self.found, words))
        if self.table is not None:
            self.table.setAccessibleName(self.title.text())
        if self.table is not None and self.as_table.isChecked():
            self.table.set_lines(rows(sight, self.scope, self.found, words), words("curves.nothing"))
            self.stack.setCurrentWidget(self.table)
        elif self.plot is not None and self.found:
            self.plot.set_text(curves(sight, self.scope, self.found, words))
            self.plot.setAccessibleDescription(self.summary.text())
            self.stack.setCurrentWidget(self.plot)
        else:
            self.stack.setCurrentIndex(0)
            for part in (self.waiting, self.progress):  # where nothing is on its way nothing is being got ready
                part.setVisible(bool(self._open) or self.plot is None)
        self.readout.setVisible(self.stack.currentWidget() is not self.table)
        self._make_room_for_readout()
        self._read_out(self.plot.step if self.plot is not None else -1)

    def _make_room_for_readout(self) -> None:
        """As high as the longest reading: values shall be whole, and no curve move under the mouse as they are read."""
        if self.words is None or self.sight is None:
            return
        last = len(next(iter(self.found.values())).points) - 1 if self.found else -1
        text = reading(self.sight, self.found, last, self.words)
        across = self.width() - 2 * MARGIN
        metrics = self.readout.fontMetrics()
        box = metrics.boundingRect(0, 0, max(1, across), 10_000, int(Qt.TextFlag.TextWordWrap), text)
        self.readout.setFixedHeight(max(box.height(), metrics.height()) + 2)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room_for_readout()

    def _read_out(self, step: int) -> None:
        if self.words is None or self.sight is None:
            return
        text = reading(self.sight, self.found, step, self.words) or self.words("curves.hint")
        set_text(self.readout, text)
        self.readout.setAccessibleName(text)

    def _on_loaded(self, module: Any) -> None:
        if module is None:
            if self.words is not None:
                set_text(self.trouble, self.words("curves.cannot"))
                self.trouble.show()
                self.as_table.setChecked(True)
                self.present_now()
            return
        if self.plot is None and self.colours is not None:
            self.plot = module.CurvePlot(self.colours)
            self.plot.pointed.connect(self._read_out)
            self.plot.setAccessibleName(self.windowTitle())
            self.stack.addWidget(self.plot)
            self.present_now()

    def _on_span(self, hours: int) -> None:
        self.hours, self.found = hours, {}
        for each, button in zip(HOURS, self.spans, strict=True):
            button.setChecked(each == hours)
        self.ask()

    # Questions

    def ask(self) -> None:
        """Ask for every figure; what is on the screen stays until all have come."""
        self._let_go()
        if self.sight is None:
            return
        self._fresh = {}
        self.trouble.hide()
        for params in questions(self.sight, self.scope, self.hours):
            self._open[params.figure] = self.asker.history(params, self._on_told, self._on_failed)
        self.present_now()

    def _on_again(self) -> None:
        """Whoever reads longer than that is not asked the same once more, or would never come to the end of it."""
        if not self._open:
            self.ask()

    def _on_told(self, found: HistoryResult) -> None:
        self._open.pop(found.figure, None)
        self._fresh[found.figure] = found
        if not self._open:
            self.found = {figure: self._fresh[figure] for figure in FIGURES if figure in self._fresh}
            self.present_now()

    def _on_failed(self, why: str) -> None:
        self._let_go()
        if self.words is not None:
            set_text(self.trouble, self.words("curves.failed", why=why))
            self.trouble.show()
        self.present_now()

    def _let_go(self) -> None:
        for question in self._open.values():
            question.drop()
        self._open = {}

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._again.start(AGAIN_MS)
        if event.spontaneous():  # it is brought back after having been put away
            self._on_again()

    def hideEvent(self, event: QHideEvent) -> None:
        self._again.stop()
        if not event.spontaneous():  # what is only put away is wanted when it is brought back
            self._let_go()
        super().hideEvent(event)

    def end(self) -> None:
        """Let go of the timer and the thread."""
        self._again.stop()
        self._let_go()
        self.loader.stop()
