"""A small pad that asks for a PIN, by keyboard or by touch, inside the window that it guards."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from widgets.faces import face
from widgets.palette import Palette
from widgets.texts import PinText

KEYS = ("1", "2", "3", "4", "5", "6", "7", "8", "9", "←", "0")


class PinPad(QFrame):
    """Asks for digits. It is no window of its own, so that no window manager can lose it behind a full screen.

    Signals: `entered(str)` when somebody has typed a PIN and confirmed it, `dismissed()` when they would rather stay,
    `used()` when a digit came or went.
    """

    entered = Signal(str)
    used = Signal()
    dismissed = Signal()

    def __init__(self, text: PinText, palette: Palette, unit: float, asks: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._unit = unit
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self._title, self._note = QLabel(text.title, self), QLabel(text.prompt, self)
        self._title.setFont(face(34 * unit, bold=True))
        self._note.setFont(face(26 * unit))
        self._note.setWordWrap(True)
        self._field = QLineEdit(self)
        self._field.setEchoMode(QLineEdit.EchoMode.Password)
        self._field.setFont(face(44 * unit, bold=True))
        self._field.setMaxLength(12)
        self._field.setVisible(asks)
        self._leave, self._stay = QPushButton(text.leave, self), QPushButton(text.stay, self)
        self._place(asks)
        self.setStyleSheet(_style(palette, unit))
        self._leave.clicked.connect(self._on_leave)
        self._stay.clicked.connect(self.dismissed)
        self._field.returnPressed.connect(self._on_leave)
        self._field.textChanged.connect(lambda _: self.used.emit())
        self.setFocusProxy(self._field if asks else self._stay)

    def say(self, note: str) -> None:
        """Show why the dialog is still there, and take the digits back."""
        self._note.setText(note)
        self._field.clear()

    def _place(self, asks: bool) -> None:
        gap = round(16 * self._unit)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * gap, 2 * gap, 2 * gap, 2 * gap)
        column.setSpacing(gap)
        for widget in (self._title, self._note, self._field):
            column.addWidget(widget)
        if asks:
            column.addLayout(self._keys(gap))
        row = QHBoxLayout()
        row.setSpacing(gap)
        for button in (self._stay, self._leave):
            button.setFont(face(30 * self._unit))
            button.setMinimumHeight(round(64 * self._unit))
            row.addWidget(button)
        column.addLayout(row)
        self.setMinimumWidth(round(480 * self._unit))

    def _keys(self, gap: int) -> QGridLayout:
        grid = QGridLayout()
        grid.setSpacing(gap // 2)
        for number, label in enumerate(KEYS):
            key = QPushButton(label, self)
            key.setFont(face(34 * self._unit))
            key.setMinimumHeight(round(72 * self._unit))
            key.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            key.clicked.connect(lambda _=False, pressed=label: self._on_key(pressed))
            grid.addWidget(key, number // 3, number % 3)
        return grid

    def _on_key(self, pressed: str) -> None:
        if pressed == KEYS[9]:
            self._field.backspace()
        else:
            self._field.insert(pressed)

    def _on_leave(self) -> None:
        self.entered.emit(self._field.text())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.dismissed.emit()
        else:
            super().keyPressEvent(event)


def _style(palette: Palette, unit: float) -> str:
    """Neutral surfaces and one focus ring, in the palette's tokens."""
    radius, edge = round(8 * unit), max(1, round(1.5 * unit))
    return (
        f"PinPad {{ background: {palette.panel.name()}; border: {edge}px solid {palette.line.name()};"
        f" border-radius: {radius}px; }}"
        f"QLabel {{ color: {palette.hi.name()}; background: transparent; }}"
        f"QLineEdit {{ background: {palette.bg.name()}; color: {palette.hi.name()}; padding: {radius}px;"
        f" border: {edge}px solid {palette.line.name()}; border-radius: {radius}px; }}"
        f"QLineEdit:focus {{ border-color: {palette.info.name()}; }}"
        f"QPushButton {{ background: {palette.raised.name()}; color: {palette.hi.name()};"
        f" border: {edge}px solid {palette.line.name()}; border-radius: {radius}px; padding: {radius}px; }}"
        f"QPushButton:focus {{ border-color: {palette.info.name()}; }}"
        f"QPushButton:pressed {{ background: {palette.line.name()}; }}"
    )
