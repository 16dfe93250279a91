"""The sound of new alarms: when it is due, with what it is played, and why nothing can be heard."""

from __future__ import annotations

import logging
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Final, Protocol

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from console.machine.steady import steady
from console.sight import Sight
from feeds.entities import Alarm, Level

log = logging.getLogger("console.alarms.sound")

FOLDER: Final = Path(__file__).resolve().parents[2] / "resources" / "sounds"
AGAIN_S: Final = 10.0
"""While a critical alarm waits to be acknowledged its sound comes again after this."""
LOOK_MS: Final = 100
"""How often it is looked whether the player has ended."""
PROGRAMS: Final = ("pw-play", "paplay", "aplay", "afplay")
"""Qt Multimedia is not among what is installed, so a player of the system is used."""

Way = str
"""`winsound`, the path of a program, `beep` (the window system's bell, which may be silent), or empty: none."""


class Plays(Protocol):
    """What plays a sound."""

    @property
    def way(self) -> Way:
        """With what."""
        ...

    def play(self, level: Level) -> None:
        """Play the sound of that level."""
        ...


def way_here() -> Way:
    """With what a sound can be played on this machine."""
    if QGuiApplication.platformName() in ("offscreen", "minimal"):
        return ""
    if sys.platform == "win32":
        return "winsound"
    return next((found for name in PROGRAMS if (found := shutil.which(name))), "beep")


class Player(QObject):
    """Plays a sound file without keeping anybody waiting.

    Signals: `failed()` when the system's player could not; from then on it is the window system's bell.
    """

    failed = Signal()

    def __init__(self, way: Way | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.way = way_here() if way is None else way
        self._program: subprocess.Popen[bytes] | None = None
        self._look = QTimer(self)
        self._look.setInterval(LOOK_MS)
        self._look.timeout.connect(self._on_look)

    @property
    def playing(self) -> bool:
        """Whether a program plays at this moment."""
        return self._program is not None

    def play(self, level: Level) -> None:
        """Play the sound of that level; one that is being played is not interrupted."""
        file = FOLDER / f"{level}.wav"
        if self.way == "winsound":
            import winsound  # there on Windows only

            try:
                winsound.PlaySound(str(file), winsound.SND_FILENAME | winsound.SND_ASYNC)  # type: ignore[attr-defined,unused-ignore]
            except RuntimeError as error:  # no device, or a session without sound
                self._give_up(str(error))
        elif self.way == "beep":
            QApplication.beep()
        elif self.way and self._program is None:
            nowhere = subprocess.DEVNULL
            try:
                self._program = subprocess.Popen(
                    [self.way, str(file)], stdin=nowhere, stdout=nowhere, stderr=nowhere, start_new_session=True
                )
            except OSError as error:
                self._give_up(error.strerror or "it does not start")
            else:
                self._look.start()

    def stop(self) -> None:
        """Let go of a sound that is being played."""
        self._look.stop()
        program, self._program = self._program, None
        if program is not None:
            program.kill()
            program.wait()

    def _on_look(self) -> None:
        code = None if self._program is None else self._program.poll()
        if self._program is not None and code is None:
            return
        self._program = None
        self._look.stop()
        if code:
            self._give_up(f"exit code {code}")

    def _give_up(self, why: str) -> None:
        log.warning("%s cannot play a sound (%s): the system's bell is used instead", self.way, why)
        self.way = "beep"
        self.failed.emit()


class Sounding(QObject):
    """Has new alarms heard by priority, and critical ones again until somebody takes note; can be muted for a time.

    Signals: `changed()` when it was muted or may be heard again.
    """

    changed = Signal()

    def __init__(
        self, player: Plays, clock: Callable[[], float] = steady, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.player, self._clock = player, clock
        self._heard: set[tuple[str, int]] = set()
        self._played_at = -AGAIN_S
        self._muted_until = 0.0
        self._end = QTimer(self)
        self._end.setSingleShot(True)
        self._end.timeout.connect(self.changed)

    @property
    def muted_s(self) -> float:
        """For how many seconds it is still muted; 0 when it is not."""
        return max(0.0, self._muted_until - self._clock())

    def mute(self, minutes: float) -> None:
        """Be silent for so long; 0 ends it."""
        self._muted_until = self._clock() + minutes * 60 if minutes else 0.0
        if minutes:
            self._end.start(round(minutes * 60_000) + 50)
        else:
            self._end.stop()
        self.changed.emit()

    def stop(self) -> None:
        """Let go of the timer."""
        self._end.stop()

    def look_at(self, sight: Sight) -> None:
        """Sound what is new and more than information. Old data says nothing new; the banner tells of it."""
        if sight.stale or sight.site is None:
            return
        waiting = [one for one in sight.alarms() if one.fresh and not one.info]
        fresh = {(one.key, one.number) for one in waiting}
        new = [one for one in waiting if (one.key, one.number) not in self._heard]
        self._heard = fresh
        moment = self._clock()
        critical = any(one.level == "critical" for one in waiting)
        due = critical and moment - self._played_at >= AGAIN_S
        if (not new and not due) or self.muted_s > 0:
            return
        if critical and not due and not any(one.level == "critical" for one in new):
            return  # the graver sound is on its way already
        self._played_at = moment
        self.player.play(_gravest(waiting if due else new))


def _gravest(alarms: list[Alarm]) -> Level:
    return "critical" if any(one.level == "critical" for one in alarms) else "warn"
