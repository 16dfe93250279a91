"""A box to be ticked, whose frame and tick are seen in every theme."""

from __future__ import annotations

from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QCheckBox, QStyle, QStyleOptionButton, QWidget

from widgets.icons import icon_pixmap
from widgets.palette import Palette


class CheckBox(QCheckBox):
    """A check box with a tick of the house: a style sheet can frame one, and leaves it without a tick."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._palette: Palette | None = None

    def set_look(self, palette: Palette) -> None:
        """Paint in another palette."""
        self._palette = palette
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self.isChecked() or self._palette is None:
            return
        option = QStyleOptionButton()
        self.initStyleOption(option)
        box = self.style().subElementRect(QStyle.SubElement.SE_CheckBoxIndicator, option, self)
        painter = QPainter(self)
        tick = icon_pixmap("check", box.width(), self._palette.info, self.devicePixelRatioF())
        painter.drawPixmap(box.topLeft(), tick)
        painter.end()
