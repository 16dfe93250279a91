"""The wall as it runs for weeks: the window, the feed, the watchdogs, and everything that must end with them."""

from __future__ import annotations

import gc
import logging
import time

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from config.environment.folders import data_folder
from console import app, crash
from console.feeding import Feed
from console.machine import own_files, quick_enums
from console.machine.steady import steady
from console.wall.awake import Awake
from console.wall.display import Display
from console.wall.grid import Density
from console.wall.guardian import beat
from console.wall.options import Options
from console.wall.panel import Look, WallPanel
from console.wall.pulse import RESTART, HangWatch, Pulse
from console.wall.window import WallWindow

SLEPT_S = 2.0
"""A gap of this many seconds between two ticks, or between two clocks, means that the machine slept."""

SETTLED_MS = 1000
"""What the first picture does not need, and what takes long to ask for, waits for so long."""

log = logging.getLogger("console.wall")


def look_of(options: Options) -> Look:
    """What the command line chose for this machine."""
    density = Density[options.density] if options.density else None
    return Look(options.theme, options.language, density, options.diagonal, options.distance)


def show(options: Options, feed: Feed) -> int:
    """Run the wall until somebody leaves it; the exit code tells the guardian whether to start it again."""
    application = app.application()
    crash.catch_all()
    app.quit_on_signals(application)
    kiosk = Kiosk(options, application, feed)
    kiosk.start()
    code = application.exec()
    kiosk.stop()
    crash.let_go()
    return code


class Kiosk(QObject):
    """Owns the parts of a running wall, starts them in order and ends them in the other order."""

    def __init__(self, options: Options, application: QApplication, feed: Feed) -> None:
        super().__init__()
        self._application = application
        self._size = options.width, options.height
        self._pin_file = data_folder() / "wall-pin"
        self._remembered: str | None = None
        self._missing_page = ""
        self.session = app.Session(feed, self)
        self.panel = WallPanel(look_of(options), only_page=options.page, gradual=True)
        self.window = WallWindow(self.panel, self.pin_hash, options.screen, kiosk=not options.windowed)
        self.display = Display(self.session.live, self.panel, blink=options.blink, parent=self)
        self._painted = self._looked = self._proofs = 0
        self.pulse = Pulse(lambda: self._proofs, lambda: self.window.shown, parent=self)
        self.awake = Awake()
        self.hang_watch = HangWatch()
        self._ticker = QTimer(self)
        self._ticker.timeout.connect(self._on_tick)
        self._settled = QTimer(self)
        self._settled.setSingleShot(True)
        self._settled.timeout.connect(self._on_settled)
        self._drift, self._ticked_at = time.time() - time.monotonic(), steady()
        self.window.left.connect(self._on_left)
        self.pulse.stalled.connect(self._on_stalled)
        self.pulse.lost.connect(self._on_lost)

    def start(self) -> None:
        """Open the window and fill it with what the feed has brought meanwhile; if that is nothing, it stays empty.

        Nothing here paints yet: the first picture has the floor in it when the gateway was as quick as Qt.
        """
        self.window.resize(*self._size)
        self.window.open()
        self.session.start()
        self.display.start()
        QTimer.singleShot(0, self, self._on_shown)
        self._settled.start(SETTLED_MS)

    def stop(self) -> None:
        """End every thread and timer."""
        self.hang_watch.stop()
        self.pulse.stop()
        self._ticker.stop()
        self._settled.stop()
        self.display.stop()
        self.session.stop()
        self.awake.end()
        self.window.stop()

    def pin_hash(self) -> str:
        """The hash of the PIN: the site's, or the one it had when this wall last saw it; empty asks for none."""
        site = self.session.live.sight().site
        if site is None:
            return self._pin_file.read_text(encoding="utf-8").strip() if self._pin_file.is_file() else ""
        return site.pin_hash

    def _on_shown(self) -> None:
        self.pulse.start()
        self.hang_watch.start()
        self._ticker.start(1000)

    def _on_settled(self) -> None:
        gc.freeze()  # what was made until now stays for weeks: nobody need look through it ever again
        gc.enable()
        quick_enums.end()
        self.session.settle()
        self.awake.begin()
        from console.machine import motion  # what it needs would hold up the first picture

        if motion.reduced():
            self.display.keep_still()

    def _on_tick(self) -> None:
        self.hang_watch.beat()
        self._tell_guardian()
        self.awake.look_again()
        self.window.stay()
        drift, moment = time.time() - time.monotonic(), steady()
        slept = moment - self._ticked_at > SLEPT_S + 1.0 or abs(drift - self._drift) > SLEPT_S
        self._drift, self._ticked_at = drift, moment
        if slept:
            log.info("the machine slept or its clock was set: asking for the floor anew")
            self.session.wake()
        self._remember_pin()
        self._notice_missing_page()
        if self.session.link.failed:
            log.error("nothing will come from the gateway any more: starting again")
            self._on_lost()

    def _tell_guardian(self) -> None:
        """Beat when the wall was painted since the last tick, or need not be because it is not shown.

        Where the floor's clock stands still nothing would be painted for hours: a still clock is painted anew. But not
        when no look at the floor succeeds: painted over and over, the last picture would look live for ever.
        """
        paints, looks = self.panel.clock.paints, self.display.looks
        looked = looks != self._looked
        if looked and paints != self._painted:
            if not self._proofs:
                log.debug("the wall paints")
            self._proofs += 1
            beat()
        elif not self.window.shown:
            beat()
        elif looked:
            self.panel.clock.update()
        self._painted, self._looked = paints, looks

    def _notice_missing_page(self) -> None:
        # A wall that ended here would be dark because a page was renamed in the site.
        missing = self.panel.missing_page
        if missing and missing != self._missing_page:
            log.warning("%s; all of them are shown", missing)
        self._missing_page = missing

    def _remember_pin(self) -> None:
        site = self.session.live.sight().site
        if site is None or self._remembered == site.pin_hash:
            return
        self._remembered = site.pin_hash
        try:
            # Whole or not at all: an empty file, as a full disk leaves one, would let everybody leave.
            own_files.write_bytes(self._pin_file, site.pin_hash.encode(), 0o600)
        except OSError as trouble:
            log.warning("the PIN's hash could not be kept in %s (%s)", self._pin_file, trouble.strerror)

    def _on_left(self) -> None:
        log.info("somebody left the wall with the PIN")
        self._application.exit(0)

    def _on_stalled(self) -> None:
        self.window.recreate()
        self.display.present()

    def _on_lost(self) -> None:
        self._application.exit(RESTART)
