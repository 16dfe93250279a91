"""The finder itself: a field and its list over the desk, there with Ctrl+K and gone with Escape."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget
from shiboken6 import isValid

from console.finder.index import Command, Index
from console.finder.matching import found
from console.finder.present import Deed, deed_lines, deeds, hits
from console.sight import Sight
from console.words import Words
from widgets.fact_grid import label, set_text
from widgets.finding.finder_list import ROW, FinderList
from widgets.palette import Palette

WIDTH, LINES = 720, 10
STEP_S, FIRST_S = 0.008, 0.05
"""Seconds of work between two looks at the keyboard while ten thousand names are learnt, and before the first line."""
KEPT = 30
"""How many things that were chosen lately are remembered."""


class Finder(QFrame):
    """Finds things and commands.

    Signals: `chosen(str, str)` with the key of a thing and the id of what is to be done with it.
    """

    chosen = Signal(str, str)

    def __init__(self, palette: Palette, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("finder")
        self.colours, self.words = palette, Words()
        self.sight: Sight | None = None
        self.commands: Callable[[], Sequence[Command]] = tuple
        self.orders: Sequence[str] = ()
        """The orders that the panel of a seat takes."""
        self.index = Index()
        self.recent: dict[str, int] = {}
        self.thing = ""
        """Whose deeds are listed; empty while things are."""
        self._offered: tuple[Deed, ...] = ()
        self._known: dict[str, Command] = {}
        self._spoken = ""
        self._before: QWidget | None = None
        self.field, self.list = QLineEdit(), FinderList(palette)
        self.field.setProperty("part", "finder")
        self.note = label("note")
        whole, below = QVBoxLayout(self), QHBoxLayout()
        whole.setContentsMargins(10, 10, 10, 8)
        whole.setSpacing(6)
        below.setContentsMargins(6, 0, 6, 0)
        below.addWidget(self.note)
        whole.addWidget(self.field)
        whole.addWidget(self.list, 1)
        whole.addLayout(below)
        self._learning = QTimer(self)
        self._learning.timeout.connect(self._on_learn)
        self.field.textChanged.connect(lambda _: self._look(first=True))
        self.field.installEventFilter(self)
        self.list.picked.connect(self._on_picked)
        self.list.selectionModel().currentChanged.connect(lambda *_: self._announce())
        self.hide()

    def set_look(self, words: Words, palette: Palette) -> None:
        """Speak and look like this from now on."""
        self.words, self.colours = words, palette
        self.list.set_look(palette)
        self.setAccessibleName(words("finder.title"))
        self.field.setAccessibleName(words("finder.title"))
        self.list.setAccessibleName(words("finder.hits"))
        self.update()

    # Coming and going

    def open(self, text: str = "") -> None:
        """Come, with the keyboard."""
        if not self.isVisible():  # its key was pressed once more: the keyboard still goes back to where it was at first
            self._before = QApplication.focusWidget()
        self.place()
        self.field.setText(text)
        self.field.selectAll()
        self.show()
        self.raise_()
        if not self.window().isActiveWindow():
            self.window().activateWindow()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._list_things()
        self._learn()
        self._look(first=True)

    def close_again(self, *, back: bool = True) -> None:
        """Go; with `back` the keyboard goes to where it was."""
        self._learning.stop()
        if not self.isVisible():
            return
        before, self._before = self._before, None
        self.hide()
        if back and before is not None and isValid(before) and before.isVisible():
            before.setFocus(Qt.FocusReason.OtherFocusReason)
            if not before.isActiveWindow():
                before.activateWindow()

    def place(self) -> None:
        """Stand in the upper middle of the window."""
        window = self.window()
        width = min(WIDTH, window.width() - 40)
        around = self.field.sizeHint().height() + self.note.sizeHint().height() + 30
        height = min(ROW * LINES + around, window.height() - 70)
        self.setGeometry((window.width() - width) // 2, 58, width, height)

    def look_at(self, sight: Sight) -> None:
        """See the floor as it is now."""
        self.sight = sight
        if self.isVisible() and not self._learning.isActive():
            self._look(first=False)

    # Finding

    def _learn(self) -> None:
        if self.sight is None:
            return
        offered = self.commands()
        self._known = {one.id: one for one in offered}
        self.index.begin(self.sight, offered, self.words)
        if not self.index.grow(FIRST_S):
            self._learning.start(0)

    def _on_learn(self) -> None:
        if self.index.grow(STEP_S):
            self._learning.stop()
            self._look(first=False)
            if not self.list.chosen_key:  # there were better ones among what had not been looked at
                self._look(first=True)

    def _look(self, *, first: bool) -> None:
        """Show what fits what is typed."""
        if self.sight is None or not self.isVisible():
            return
        if self.thing:
            self._offered = deeds(self.sight, self.thing, self.orders, self.words)
            typed = self.field.text().casefold()
            shown = [one for one in self._offered if typed in one.label.casefold()]
            self.list.set_hits(deed_lines(shown, self.words), self.words("finder.nothing"), first=first)
        else:
            best = found(self.index.entries, self.field.text(), self.recent)
            lines = hits(self.sight, best, self._known, self.words)
            self.list.set_hits(lines, self.words("finder.nothing"), first=first)
        self._tell()

    def _tell(self) -> None:
        chosen = self.list.chosen_hit
        if self.thing:
            set_text(self.note, self.words("finder.keys_deeds"))
        elif chosen is not None and chosen.why:
            set_text(self.note, chosen.why)
        else:
            set_text(self.note, self.words("finder.keys_more" if chosen and chosen.more else "finder.keys"))

    def _announce(self) -> None:
        """Say the chosen line to those who hear the desk: the keyboard stays in the field."""
        self._tell()
        chosen = self.list.chosen_hit
        spoken = chosen.spoken if chosen is not None else ""
        if spoken != self._spoken:
            self._spoken = spoken
            self.field.setAccessibleDescription(spoken)
            if spoken and QAccessible.isActive():
                QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self.field, spoken))

    # Doing

    def _list_things(self) -> None:
        self.thing = ""
        self.field.setPlaceholderText(self.words("finder.ask"))

    def _list_deeds(self, key: str, title: str) -> None:
        self.thing = key
        self.field.setPlaceholderText(self.words("finder.deeds_of", name=title))
        self.field.clear()
        self._look(first=True)

    def _on_picked(self, key: str) -> None:
        self.field.setFocus()
        self._do(key)

    def _do(self, key: str) -> None:
        """Do what Enter does with a line; what cannot be done only says why, and stays."""
        place = self.list.hits.place_of(key)
        chosen = self.list.hits.rows[place] if place >= 0 else None
        if chosen is None or chosen.why:
            self._tell()
            return
        thing, deed = (self.thing, key) if self.thing else (key, "open")
        self.recent = {thing: 0, **{one: ago + 1 for one, ago in self.recent.items() if one != thing and ago < KEPT}}
        self.close_again()
        self.chosen.emit(thing, deed)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is not self.field:
            return super().eventFilter(watched, event)
        if event.type() == QEvent.Type.FocusOut and self.isVisible() and not self._has_focus():
            QTimer.singleShot(0, self, self._on_focus_lost)
        elif event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._on_key(event)
        return False

    def _has_focus(self) -> bool:
        now = QApplication.focusWidget()
        return now is not None and self.isAncestorOf(now)

    def _on_focus_lost(self) -> None:
        window = self.window()
        if self.isVisible() and window.isActiveWindow() and not self._has_focus():
            self.close_again(back=False)

    def _on_key(self, event: QKeyEvent) -> bool:
        """The keys of the list; all others are the field's."""
        key, chosen = event.key(), self.list.chosen_hit
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: LINES, Qt.Key.Key_PageUp: -LINES}
        at_end = self.field.cursorPosition() == len(self.field.text()) and not self.field.hasSelectedText()
        more = key == Qt.Key.Key_Tab or (key == Qt.Key.Key_Right and at_end)
        back = key == Qt.Key.Key_Backtab or (key in (Qt.Key.Key_Left, Qt.Key.Key_Backspace) and not self.field.text())
        if key in steps:
            self.list.step(steps[Qt.Key(key)])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._do(self.list.chosen_key)
        elif key == Qt.Key.Key_Escape and not self.thing:
            self.close_again()
        elif self.thing and (key == Qt.Key.Key_Escape or back):
            self._list_things()
            self.field.clear()
            self._look(first=True)
        elif more and not self.thing and chosen is not None and chosen.more:
            self._list_deeds(chosen.key, chosen.title)
        else:
            return more and key == Qt.Key.Key_Tab
        return True

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        try:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(self.colours.mid, 1.5))
            painter.setBrush(self.colours.panel)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 10, 10)
        finally:
            painter.end()
