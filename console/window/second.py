"""The desk's second window, for a second screen: panels that were put there, under the same banner as in the first."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication
from PySide6.QtWidgets import QLayout, QMainWindow, QVBoxLayout, QWidget

from widgets.banner import Banner
from widgets.desk_style import style_sheet
from widgets.palette import Palette
from widgets.screens import room_of, screen_of
from widgets.texts import BannerText


class SecondWindow(QWidget):
    """A window of docks.

    Signals: `closed()` when somebody closed it, so that its panels want another place.
    """

    closed = Signal()

    def __init__(self, palette: Palette) -> None:
        super().__init__()
        self.setObjectName("desk")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.banner = Banner(palette)
        self.inner = QMainWindow()
        self.inner.setWindowFlags(Qt.WindowType.Widget)
        self.inner.setDockNestingEnabled(True)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(8, 8, 8, 8)
        whole.setSpacing(8)
        whole.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        whole.addWidget(self.banner)
        whole.addWidget(self.inner, 1)

    def set_look(self, palette: Palette, shown: Palette, title: str) -> None:
        """Look like the first window; `shown` has lost its hue where the data is old."""
        self.setStyleSheet(style_sheet(shown))
        self.banner.set_look(palette, 1.0)
        self.setWindowTitle(title)

    def set_banner(self, text: BannerText | None) -> None:
        """Say the same as the first window does."""
        self.banner.set_text(text)

    def place(self, other: QWidget) -> None:
        """Have it on the screen on which the other window is not, if there is one, else a little aside."""
        here = screen_of(other)
        free = [screen for screen in QGuiApplication.screens() if screen is not here]
        if free:
            self.setGeometry(free[0].availableGeometry().adjusted(40, 40, -40, -40))
        else:
            room = room_of(other)
            width, height = min(900, room.width() - 80), min(700, room.height() - 80)
            self.setGeometry(room.right() - width - 40, room.top() + 40, max(320, width), max(240, height))

    def closeEvent(self, event: QCloseEvent) -> None:
        event.accept()
        self.closed.emit()
