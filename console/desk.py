"""The desk as it runs: the feed, the window, the panels, and everything that must end with them."""

from __future__ import annotations

import logging
import sys
import time
from collections.abc import Callable, Sequence

from msgspec.structs import replace
from PySide6.QtCore import QEventLoop, QObject, QSize, Qt, QTimer, SignalInstance
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from console import app, looks
from console.agent.panel import AgentPanel
from console.alarms.panel import AlarmsPanel
from console.away.memory import memory_file
from console.calls.panel import CallOrders
from console.duty import Duty
from console.feeding import Address
from console.floor.panel import FloorPanel
from console.habits import Habits
from console.hands.hands import Hands
from console.hands.opening import Parts
from console.live import Live
from console.looks import Look
from console.machine import pictures
from console.machine.steady import steady
from console.machine.tidying import Tidying
from console.options import FAILED, USAGE, Options
from console.ordering.room import Ordering
from console.orders import Orders
from console.questions import Questions
from console.queues.panel import QueuesPanel
from console.refresh import Refresh
from console.sight import Sight
from console.theme import palette
from console.widths import Widths
from console.window.asides import Asides
from console.window.docks import Place
from console.window.layouts import Saved
from console.window.window import DeskWindow
from console.words import Words

ANSWER_S = 3.0
"""How long a picture waits for what is asked about the chosen seat."""
SLEPT_S = 3.0
"""A gap of this many seconds between two ticks, or between two clocks, means that the machine slept."""

log = logging.getLogger("console.desk")


def look_of(options: Options, saved: Saved) -> Look:
    """The look as it was left, with what the command line chose for this once."""
    return replace(saved.look, **options.look)


def kept(left: Saved, options: Options, before: Saved) -> Saved:
    """What is kept of a desk as it was left: what the command line chose for this once is not wanted always."""
    for_once = {
        name: getattr(before.look, name) for name, value in options.look.items() if getattr(left.look, name) == value
    }
    return replace(left, look=replace(left.look, **for_once))


class Desk(QObject):
    """Owns the parts of a running desk, starts them in order and ends them in the other order."""

    def __init__(self, options: Options, saved: Saved | None = None, habits: Habits | None = None) -> None:
        super().__init__()
        saved = saved or Saved()
        self.session = app.Session(Address(options.gateway, options.token, options.certificate, "desk"), self)
        look = look_of(options, saved)
        words, colours = Words(look.language or "zh_CN"), palette("light")
        self.orders = Orders(self.session.live, self.session.link, parent=self)
        self.questions = Questions(self.session.link, self)
        self.room = Ordering(self.orders, self.questions, self)
        self.floor = FloorPanel(words, colours, self.orders)
        self.agent = AgentPanel(words, colours, self.room)
        self.queues = QueuesPanel(words, colours, habits)
        self.alarms = AlarmsPanel(words, colours, self.orders, self.questions)
        self.window = DeskWindow(
            self.floor,
            (
                Place(self.queues, Qt.DockWidgetArea.LeftDockWidgetArea, 320),
                Place(self.agent, Qt.DockWidgetArea.RightDockWidgetArea, 330),
                Place(self.alarms, Qt.DockWidgetArea.BottomDockWidgetArea, 290),
            ),
            look=look,
        )
        tables = {"queues": self.queues.table, "callers": self.queues.callers, "alarms": self.alarms.table}
        self.widths = [Widths(self.queues.habits, name, table) for name, table in tables.items()]
        self.asides = Asides(self.window, self.window, self.questions, self)
        self.refresh = Refresh(self.session.live, self._look_at, self)
        self.queues.figure_asked.connect(self.asides.open_figure)
        self.queues.curves_asked.connect(self.asides.open_curves)
        self.calls = CallOrders(self.room, self.queues)
        self.queues.calls_asked.connect(self.calls.open_menu)
        self._on_dressed()
        self.window.dressed.connect(self._on_dressed)
        self.window.looked.connect(self.room.look_at)
        self.floor.seat_chosen.connect(self.agent.show_seat)
        self.floor.seats_selected.connect(self.agent.show_selected)
        self.floor.seat_opened.connect(self._on_seat_opened)
        self.hands = Hands(Parts(self.window, self.floor, self.agent, self.queues, self.alarms), self)
        self.alarms.located.connect(self.hands.opener.locate)
        self.room.refused.connect(lambda why: self.hands.say("refused.action", {"reason": why}))
        memory = memory_file() if options.shot is None else None
        self.duty = Duty(self.hands, self.session.live, self.questions, self.orders, memory, self)
        self.tidying = Tidying(self)
        self._ticker = QTimer(self)
        self._ticker.timeout.connect(self._on_tick)
        self._drift, self._ticked_at = time.time() - time.monotonic(), steady()

    def start(self) -> None:
        """Open the window and follow the floor."""
        self.tidying.start()
        self.window.show()
        self.floor.take_keyboard()
        self.session.start()
        self.refresh.start()
        self._ticker.start(1000)

    def stop(self) -> None:
        """End every thread and timer, and let go of the window in this thread: no other may collect it."""
        self._ticker.stop()
        self.duty.stop()
        self.hands.stop()
        self.agent.stop()
        self.floor.stop()
        self.queues.stop()
        for one in self.widths:
            one.stop()
        self.refresh.stop()
        self.asides.end()
        self.orders.stop()
        self.alarms.stop()
        self.session.stop()
        self.window.close()
        self.window.board.end()
        self.tidying.stop()
        self.window.deleteLater()
        self.deleteLater()

    def _look_at(self, sight: Sight) -> None:
        self.questions.sight = sight
        self.window.look_at(sight, self.refresh.touched)
        self.asides.look_at(sight)

    def open_link(self, text: str) -> str:
        """Open a `floor://` link; returns why it leads nowhere, empty when it does."""
        return self.hands.opener.open_link(text)

    def _on_dressed(self) -> None:
        self.questions.words = self.window.words
        self.room.set_look(self.window.words, self.window.shown_colours)

    def _on_seat_opened(self, key: str) -> None:
        self.hands.opener.open(key)

    def _on_tick(self) -> None:
        drift, moment = time.time() - time.monotonic(), steady()
        gap = moment - self._ticked_at
        slept = gap > SLEPT_S or abs(drift - self._drift) > SLEPT_S
        self._drift, self._ticked_at = drift, moment
        self.duty.away.look()
        if slept:
            self.duty.away.absence.sleep(gap)
            log.info("the machine slept or its clock was set: asking for the floor anew")
            self.session.wake()


def take(options: Options) -> int:
    """Write the desk as a picture and return an exit code; one line on stderr says why there is none."""
    assert options.shot is not None and options.size is not None
    app.application()
    desk = Desk(options)
    scale = looks.scale_of(desk.window.look)
    desk.window.resize(*(round(side / scale) for side in options.size))
    try:
        desk.start()
        live = desk.session.live
        # What completes the floor may change no trust.
        _await((live.trust_changed, live.link_changed, live.changed), lambda: _is_known(live), options.timeout)
        sight = desk.session.live.sight()
        if sight.site is None or sight.stale:
            reason = sight.link.reason or f"no complete floor within {options.timeout:g} s; is the gateway running?"
            # Where nobody can be reached the reason names the address.
            return _refuse(reason if options.gateway in reason else f"{options.gateway}: {reason}", FAILED)
        if options.seat and f"seat:{options.seat}" not in sight.entities:
            return _refuse(f"there is no seat {options.seat!r}", USAGE)
        desk.window.look_at(sight)
        if options.seat:
            desk.floor.locate(f"seat:{options.seat}")
            past = desk.agent.past  # without it the panel says that it asks
            _await((past.changed,), lambda: past.told is not None and bool(past.calls_total), ANSWER_S)
        image = picture(desk.window, options.dpr * scale)
    finally:
        desk.stop()
    trouble = pictures.write(image, options.shot)
    return _refuse(trouble, FAILED) if trouble else 0


def picture(window: DeskWindow, dpr: float = 1.0) -> QImage:
    """The window as it is shown, `dpr` picture pixels per logical pixel."""
    for _ in range(2):  # what has just come gives widgets another height, and that moves others
        QApplication.processEvents()
    image = QImage(QSize(round(window.width() * dpr), round(window.height() * dpr)), QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(dpr)
    window.render(image)
    return image


def _await(signals: Sequence[SignalInstance], ready: Callable[[], bool], timeout_s: float) -> None:
    """Run until something is so, which any of the signals may tell, or the time is over."""
    loop = QEventLoop()

    def look(*_: object) -> None:
        if ready():
            loop.quit()

    for signal in signals:
        signal.connect(look)
    limit = QTimer(loop)
    limit.setSingleShot(True)
    limit.timeout.connect(loop.quit)
    limit.start(round(timeout_s * 1000))
    if not ready():
        pictures.run(loop)
    limit.stop()
    for signal in signals:
        signal.disconnect(look)


def _is_known(live: Live) -> bool:
    """Whether the floor is there and proved, or nobody need wait for it."""
    return (live.complete and not live.stale) or live.sight().link.phase == "refused"


def _refuse(message: str, code: int) -> int:
    sys.stderr.write(f"watchfloor console: {message}\n")
    return code
