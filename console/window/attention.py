"""Tells of critical alarms when nobody looks: by the tray where there is one, else by the window's own call."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPointF, Qt, Signal
from PySide6.QtGui import QGuiApplication, QIcon, QPainter
from PySide6.QtWidgets import QApplication, QMenu, QSystemTrayIcon

from console.phrases.alarms import alarm_title
from console.sight import Sight
from console.window import heading
from console.window.window import DeskWindow
from feeds.entities import Alarm
from widgets.icons import icon_pixmap
from widgets.palette import Palette
from widgets.shapes import draw_sign
from widgets.tones import Tone

SHOWN_MS = 15_000
LISTED = 3
"""So many alarms are named; of more only the number is told."""
ICON = 32


def telling(sight: Sight) -> list[Alarm]:
    """The critical alarms that want somebody now: not acknowledged, on no shelf, and no consequence of another."""
    return [
        alarm
        for alarm in sight.alarms()
        if alarm.level == "critical"
        and not (alarm.acknowledged_by or alarm.cause or alarm.shelved_until or alarm.out_of_service)
    ]


def in_front() -> bool:
    """Whether somebody works with this program now, as far as the system tells."""
    return QGuiApplication.applicationState() is Qt.ApplicationState.ApplicationActive


class Attention(QObject):
    """Watches the floor for a window.

    Signals: `wanted()` when somebody wants the window in front, `ended()` when somebody quits in the tray's menu.
    """

    wanted = Signal()
    ended = Signal()

    def __init__(
        self,
        window: DeskWindow,
        *,
        stays: bool = False,
        looks: Callable[[], bool] = in_front,
        tray: QSystemTrayIcon | None = None,
        parent: QObject | None = None,
    ) -> None:
        """With `stays` the desk stays in the tray when it is closed, where there is one."""
        super().__init__(parent)
        self._window, self._looks = window, looks
        self._known: frozenset[str] | None = None
        self.stays = stays
        self.tray = tray or (QSystemTrayIcon(self) if QSystemTrayIcon.isSystemTrayAvailable() else None)
        self._menu = QMenu(window)
        self._open, self._quit = self._menu.addAction(""), self._menu.addAction("")
        self._open.triggered.connect(self.wanted)
        self._quit.triggered.connect(self.ended)
        if self.tray is not None:
            self.tray.setContextMenu(self._menu)
            self.tray.activated.connect(self._on_activated)
            self.tray.messageClicked.connect(self._on_message_clicked)
        window.menu.tray_asked.connect(self.set_stays)
        window.looked.connect(self.look_at)
        window.dressed.connect(self._dress)
        window.installEventFilter(self)
        self._dress()
        self.set_stays(stays)

    def set_stays(self, stays: bool) -> None:
        """Stay in the tray when the window is closed, or end with it."""
        self.stays = stays and self.tray is not None
        self._window.stays = self.stays
        self._window.offer(tray=None if self.tray is None else self.stays)
        self._show_tray()
        self._window.changed.emit()

    def stop(self) -> None:
        """Be gone."""
        self._window.removeEventFilter(self)
        if self.tray is not None:
            self.tray.hide()

    def look_at(self, sight: Sight) -> None:
        """See the floor, and tell of what has become critical while nobody looks."""
        self._show_state(sight)
        if sight.stale or sight.site is None:
            return
        now = telling(sight)
        keys = frozenset(alarm.key for alarm in now)
        fresh = [] if self._known is None else [alarm for alarm in now if alarm.key not in self._known]
        self._known = keys
        if fresh and not self._looks():
            self._tell(sight, fresh)

    def _tell(self, sight: Sight, fresh: list[Alarm]) -> None:
        words = self._window.words
        lines = [alarm_title(sight, alarm, words) for alarm in fresh[:LISTED]]
        if len(fresh) > LISTED:
            lines.append(words("alarm.more", count=len(fresh) - LISTED))
        assert sight.site is not None
        title = words("attention.title", site=sight.site.short, count=len(fresh))
        if self.tray is not None:
            self.tray.show()
            self.tray.showMessage(title, "\n".join(lines), QSystemTrayIcon.MessageIcon.Critical, SHOWN_MS)
        QApplication.alert(self._window)

    # The tray

    def _dress(self) -> None:
        words = self._window.words
        self._open.setText(words("attention.open"))
        self._quit.setText(words("attention.quit"))
        if self.tray is not None:
            self.tray.setIcon(house_icon(self._window.colours, alarming=bool(self._known)))

    def _show_state(self, sight: Sight) -> None:
        """What the tray's picture says of the floor; nothing in it claims to be live when the floor is not."""
        if self.tray is None or not self.tray.isVisible():
            return
        words, banner = self._window.words, heading.banner(sight, self._window.words)
        text = heading.top_bar(sight, words)
        said = banner.title if banner is not None else text.alarms_spoken
        tip = f"Watchfloor {text.short} \u00b7 {said}"
        if tip != self.tray.toolTip():
            self.tray.setToolTip(tip)
            self.tray.setIcon(house_icon(self._window.colours, alarming=bool(telling(sight)) and not sight.stale))

    def _show_tray(self) -> None:
        """It is there on demand, and for as long as nobody has looked after it told something."""
        if self.tray is not None:
            self.tray.setVisible(self.stays)

    def _on_activated(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        if reason is not QSystemTrayIcon.ActivationReason.Context:
            self.wanted.emit()

    def _on_message_clicked(self) -> None:
        self.wanted.emit()
        self._window.open_panel("alarms")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.WindowActivate:
            self._show_tray()
        return False


def house_icon(palette: Palette, *, alarming: bool = False) -> QIcon:
    """The house's mark; with the sign of a critical alarm on it while there is one."""
    pixmap = icon_pixmap("headset", ICON, palette.info, 2.0)
    if alarming:
        painter = QPainter(pixmap)
        draw_sign(painter, Tone.CRITICAL, QPointF(ICON * 0.66, ICON * 0.66), ICON * 0.66, palette)
        painter.end()
    return QIcon(pixmap)
