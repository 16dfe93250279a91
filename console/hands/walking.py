"""Walks with the keyboard from panel to panel, and comes back to where it was in each."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtWidgets import QAbstractItemView, QApplication, QScrollArea, QWidget
from shiboken6 import isValid

from console.panels import Panel


class Walker(QObject):
    """Knows in which panel the keyboard is."""

    def __init__(self, panels: Callable[[], Sequence[Panel]], show: Callable[[str], None]) -> None:
        """`show` brings a panel to the front, where another one may stand before it."""
        super().__init__()
        self._panels, self._show = panels, show
        self.panel: Panel | None = None
        self._last: dict[str, QWidget] = {}
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._on_focus_changed)

    def _on_focus_changed(self, _: QWidget | None, now: QWidget | None) -> None:
        panel = panel_of(now)
        if panel is not None and now is not None:
            self.panel = panel
            if now is not panel:
                self._last[panel.name] = now

    def step(self, way: int) -> None:
        """Go to the next panel in sight, or to the one before."""
        shown = [panel for panel in self._panels() if panel.isVisible()]
        if not shown:
            return
        here = panel_of(QApplication.focusWidget())
        place = shown.index(here) if here in shown else (-1 if way > 0 else 0)
        panel = shown[(place + way) % len(shown)]
        self._show(panel.name)
        self.enter(panel)

    def enter(self, panel: Panel) -> None:
        """Take the keyboard into a panel: to where it was there last, else to its list, else to its first control."""
        target = self._last.get(panel.name)
        if target is None or not isValid(target) or not _takes_keys(target) or panel_of(target) is not panel:
            target = first_control(panel)
        self.panel = panel
        if target is None:
            panel.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            target = panel
        if not target.window().isActiveWindow():
            target.window().activateWindow()
        target.setFocus(Qt.FocusReason.ShortcutFocusReason)
        bring_into_sight(target)


def panel_of(widget: QWidget | None) -> Panel | None:
    """The panel that a control lies in."""
    while widget is not None and not isinstance(widget, Panel):
        widget = widget.parentWidget()
    return widget


def first_control(panel: Panel) -> QWidget | None:
    """The uppermost list that is to be seen of a panel, else its uppermost control that takes the keyboard.

    Where the panel is so low that no control is to be seen, what scrolls it, so that nothing is scrolled away.
    """
    found = [widget for widget in panel.findChildren(QWidget) if _takes_keys(widget)]
    seen = [widget for widget in found if not widget.visibleRegion().isEmpty()]
    if found and not seen:
        return next((area for area in panel.findChildren(QScrollArea) if area.isVisible()), found[0])
    views = [widget for widget in seen if isinstance(widget, QAbstractItemView)]
    return min(views or seen, key=lambda widget: _place(widget, panel), default=None)


def bring_into_sight(widget: QWidget) -> None:
    """Scroll whatever a control lies in until it is to be seen: Qt does so only for Tab."""
    around = widget.parentWidget()
    while around is not None:
        if isinstance(around, QScrollArea) and widget is not around:
            around.ensureWidgetVisible(widget, 0, 0)
        around = around.parentWidget()


def _place(widget: QWidget, panel: QWidget) -> tuple[int, int]:
    corner = widget.mapTo(panel, QPoint(0, 0))
    return corner.y(), corner.x()


def _takes_keys(widget: QWidget) -> bool:
    tabbed = widget.focusPolicy() & Qt.FocusPolicy.TabFocus == Qt.FocusPolicy.TabFocus
    return tabbed and widget.isVisible() and widget.isEnabled() and widget.focusProxy() is None
