"""The page of shortcuts: a table of all actions, and a field that takes other keys for the chosen one."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QKeySequenceEdit,
    QLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from console.shortcuts.actions import Actions
from console.shortcuts.present import Known, conflict, lines
from console.words import Words
from widgets.fact_grid import label, set_text
from widgets.palette import Palette
from widgets.screen_dialog import ScreenDialog
from widgets.tables.lines_table import LinesTable

WIDTHS = (110, 0, 170, 190)
SIZE = QSize(820, 600)
FIXED: Final = frozenset({
    "Space", "Return", "Enter", "Esc", "Tab", "Backtab", "Shift+Tab", "Up", "Down", "Left", "Right", "Home", "End",
    "PgUp", "PgDown", "Backspace", "Del", "Ins", "F2", "Ctrl+Z", "Ctrl+Shift+Z", "Ctrl+Y", "Ctrl+S", "Ctrl+A", "Ctrl+V",
    "Ctrl+X",
})  # fmt: skip
"""What lists, fields and the drawing of seats do themselves."""


class ShortcutsPage(ScreenDialog):
    """All shortcuts, to be read and changed.

    Signals: `kept()` when some were changed and want to be saved.
    """

    kept = Signal()

    def __init__(self, actions: Actions, palette: Palette, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self.registry = actions
        self.search, self.table = QLineEdit(), LinesTable(palette)
        self.name, self.keys = label("head"), QKeySequenceEdit()
        self.keys.setMaximumSequenceLength(1)
        self.give, self.drop, self.usual, self.all_usual, self.leave = (QPushButton() for _ in range(5))
        self.said = label("note", wraps=True)
        self._asked = ""
        self._lay_out()
        self.search.textChanged.connect(self.present)
        self.table.chosen.connect(self._on_chosen)
        self.table.opened.connect(lambda _: self.keys.setFocus(Qt.FocusReason.OtherFocusReason))
        self.keys.keySequenceChanged.connect(self._on_typed)
        self.give.clicked.connect(self._on_give)
        self.drop.clicked.connect(lambda: self._give(""))
        self.usual.clicked.connect(self._on_usual)
        self.all_usual.clicked.connect(self._on_all_usual)
        self.leave.clicked.connect(self.accept)
        actions.changed.connect(self.present)
        self.resize(SIZE)

    def _lay_out(self) -> None:
        edit, below = QHBoxLayout(), QHBoxLayout()
        edit.addWidget(self.name, 1)
        self.keys.setMinimumWidth(170)
        for widget in (self.keys, self.give, self.drop, self.usual):
            edit.addWidget(widget)
        below.addWidget(self.said, 1)
        below.addWidget(self.all_usual)
        below.addWidget(self.leave)
        for button in (self.give, self.drop, self.usual, self.all_usual, self.leave):
            button.setAutoDefault(False)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(14, 14, 14, 12)
        whole.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        whole.setSpacing(10)
        whole.addWidget(self.search)
        whole.addWidget(self.table, 1)
        whole.addLayout(edit)
        whole.addLayout(below)

    def set_look(self, words: Words, palette: Palette) -> None:
        """Speak and look like this from now on."""
        self.words = words
        self.table.set_look(palette)
        self.setWindowTitle(words("shortcuts.title"))
        self.search.setPlaceholderText(words("shortcuts.search"))
        self.search.setAccessibleName(words("shortcuts.search"))
        self.table.setAccessibleName(words("shortcuts.title"))
        self.table.set_columns([words(f"shortcuts.{key}") for key in ("group", "action", "keys", "note")], WIDTHS)
        self.keys.setAccessibleName(words("shortcuts.new"))
        self.keys.setToolTip(words("shortcuts.new"))
        field = self.keys.findChild(QLineEdit)
        if field is not None:
            field.setAccessibleName(words("shortcuts.new"))
        self._clear()
        for button, key in (
            (self.give, "give"), (self.drop, "drop"), (self.usual, "usual"), (self.all_usual, "all_usual"),
            (self.leave, "done"),
        ):  # fmt: skip
            button.setText(words(f"shortcuts.{key}"))
        self.present()

    def known(self) -> list[Known]:
        """Every action with its keys as people read them."""
        actions, words = self.registry, self.words
        return [
            Known(
                one.id, one.title(words), one.group, _native(actions.keys(one.id)), _native(one.keys),
                actions.is_changed(one.id),
            )
            for one in actions
        ]  # fmt: skip

    def present(self) -> None:
        """Show the actions as they are now."""
        if not self.isVisible():
            return
        self.table.set_lines(lines(self.known(), self.search.text(), self.words), self.words("shortcuts.nothing"))
        chosen = self.table.chosen_key
        there = chosen in self.registry
        set_text(self.name, self.registry[chosen].title(self.words) if there else self.words("shortcuts.choose"))
        self.keys.setEnabled(there)
        typed = self.keys.keySequence()
        self.give.setEnabled(there and not typed.isEmpty() and not is_fixed(typed))
        self.drop.setEnabled(there and bool(self.registry.keys(chosen)))
        self.usual.setEnabled(there and self.registry.is_changed(chosen))
        self.all_usual.setEnabled(bool(self.registry.own_keys()))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.present()
        self.search.setFocus()

    def _clear(self) -> None:
        """Wait for keys; Qt puts words of its own into the field each time it is emptied."""
        self.keys.clear()
        field = self.keys.findChild(QLineEdit)
        if field is not None:
            field.setPlaceholderText(self.words("shortcuts.press"))

    def _on_chosen(self, _: str) -> None:
        self._clear()
        self._say("")
        self.present()

    def _on_typed(self, typed: QKeySequence) -> None:
        self._asked = ""
        holder = self._holder(typed)
        shown = typed.toString(QKeySequence.SequenceFormat.NativeText)
        if is_fixed(typed):
            self._say(self.words("shortcuts.fixed", keys=shown))
        else:
            self._say(conflict(shown, self.registry[holder].title(self.words), self.words) if holder else "")
        self.present()

    def _holder(self, typed: QKeySequence) -> str:
        text = typed.toString()
        return self.registry.holder(text, self.table.chosen_key) if text else ""

    def _on_give(self) -> None:
        """Take the keys; those of another action only when asked a second time."""
        text = self.keys.keySequence().toString()
        if self._holder(self.keys.keySequence()) and self._asked != text:
            self._asked = text
            self._say(self.words("shortcuts.again"))
            return
        self._give(text)

    def _give(self, keys: str) -> None:
        chosen = self.table.chosen_key
        if chosen in self.registry:
            self.registry.set_keys(chosen, keys)
            self._saved(self.words("shortcuts.given", name=self.registry[chosen].title(self.words)))

    def _on_usual(self) -> None:
        chosen = self.table.chosen_key
        if chosen in self.registry:
            self.registry.reset_keys(chosen)
            self._saved(self.words("shortcuts.given", name=self.registry[chosen].title(self.words)))

    def _on_all_usual(self) -> None:
        self.registry.reset_all()
        self._saved(self.words("shortcuts.all_given"))

    def _saved(self, text: str) -> None:
        self._asked = ""
        self._clear()
        self._say(text)
        self.kept.emit()
        self.present()

    def _say(self, text: str) -> None:
        set_text(self.said, text)


def is_fixed(typed: QKeySequence) -> bool:
    """Whether lists, fields and the drawing of seats need the key themselves, so that it can be no action's."""
    return typed.toString() in FIXED


def _native(keys: str) -> str:
    """Shortcuts as people read them on this system."""
    return "  ".join(QKeySequence(one).toString(QKeySequence.SequenceFormat.NativeText) for one in keys.split())
