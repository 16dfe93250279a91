"""The rail on the left of the desk: one button a panel, which shows or hides it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QSizePolicy, QToolButton, QVBoxLayout, QWidget

from console.panels import Panel
from console.words import Words
from widgets.icons import icon_pixmap
from widgets.palette import Palette

WIDTH, ICON = 68, 22


class Rail(QWidget):
    """Buttons for panels, one under the other.

    Signals: `pressed(str, bool)` with the panel's name and whether it is wanted.
    """

    pressed = Signal(str, bool)

    def __init__(self, panels: Sequence[Panel]) -> None:
        super().__init__()
        self._panels = tuple(panels)
        self.buttons: dict[str, QToolButton] = {}
        self.setFixedWidth(WIDTH)
        column = QVBoxLayout(self)
        column.setContentsMargins(5, 8, 5, 8)
        column.setSpacing(6)
        for panel in self._panels:
            column.addWidget(self._button(panel.name))
        column.addStretch(1)

    def _button(self, name: str) -> QToolButton:
        button = QToolButton()
        button.setProperty("part", "rail")
        button.setCheckable(True)
        button.setChecked(True)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
        button.setIconSize(QSize(ICON, ICON))
        button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        button.clicked.connect(lambda wanted=False, name=name: self.pressed.emit(name, wanted))
        self.buttons[name] = button
        return button

    def dress(self, words: Words, colours: Palette) -> None:
        """Speak and look like this from now on; a panel that cannot be closed only says its name."""
        for panel in self._panels:
            button, title = self.buttons[panel.name], words(f"{panel.name}.title")
            button.setText(words(f"{panel.name}.rail"))
            button.setAccessibleName(title)
            button.setToolTip(words("desk.toggle", name=title) if panel.closes else title)
            button.setIcon(QIcon(icon_pixmap(panel.icon, ICON, colours.hi, 2.0)))
