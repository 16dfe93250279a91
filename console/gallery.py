"""Pictures of the desk for the README: one floor in both themes and languages, in trouble, and when it is old."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from msgspec import Struct
from PySide6.QtCore import QEventLoop, QSize, Qt, QTimer
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QLineEdit, QWidget

from console.command import parsed
from console.desk import Desk
from console.machine import pictures
from console.phrases.states import seconds_of, tone_of
from console.sight import Sight
from widgets.tones import Tone

SIZE = QSize(1600, 1000)
WAIT_S = 20.0
SETTLE_MS = 1600
"""What a click brings is on the screen after this."""
AWAY_MS = 25 * 60_000
STALE_S = 4.0
COLOURS = 256


class GalleryError(Exception):
    """A picture could not be taken; the message says which and why."""


class Pose(Struct, frozen=True):
    """A picture: how the desk looks, and what somebody does first. `act` gives the widget to be seen, None: all."""

    name: str
    theme: str
    language: str
    act: Callable[[Desk], QWidget | None]
    size: QSize = SIZE


def _in_trouble(sight: Sight) -> str:
    """The key of the seat that stands out most; empty on a floor without people."""
    weight = {Tone.CRITICAL: 2, Tone.WARN: 1}
    seats = [one for one in sight.seats() if one.agent]
    found = max(
        seats, default=None,
        key=lambda one: (weight.get(tone_of(one, seconds_of(sight, one)), 0), seconds_of(sight, one)),
    )  # fmt: skip
    return found.key if found is not None else ""


def _seat(desk: Desk) -> None:
    sight = desk.session.live.sight()
    key = _in_trouble(sight)
    if key:
        desk.floor.locate(key)
        desk.agent.show_seat(key)


def _alarm(desk: Desk) -> None:
    _seat(desk)
    first = next(iter(desk.session.live.sight().alarms()), None)
    if first is not None:
        desk.hands.opener.open(first.key)


def _finder(desk: Desk) -> None:
    desk.hands.actions.run("finder.open")
    for field in desk.hands.finder.findChildren(QLineEdit):
        field.setText("zhang")


def _handover(desk: Desk) -> QWidget:
    dialog = desk.duty.handover
    desk.duty.open_handover()
    dialog.resize(1180, 1000)  # offscreen there is no room for it
    until(lambda: dialog.page is not None, "the handover sheet was not answered")
    return dialog


def _away(desk: Desk) -> QWidget:
    now = desk.session.live.sight().now
    dialog = desk.duty.away.dialog
    dialog.ask(now - AWAY_MS, now)
    size = dialog.size()
    dialog.open_list()
    dialog.resize(size)
    until(lambda: bool(dialog.text.title), "the list of an absence was not answered")
    return dialog


POSES = (
    Pose("desk.png", "light", "zh_CN", _seat),
    Pose("desk-dark.png", "dark", "en", _alarm),
    Pose("desk-finder.png", "light", "en", _finder, QSize(1280, 800)),
    Pose("handover.png", "light", "zh_CN", _handover),
    Pose("away.png", "dark", "en", _away),
)
STALE = Pose("desk-stale.png", "dark", "zh_CN", _seat, QSize(1280, 800))


class Sitting:
    """A desk that poses; to be used with `with`."""

    def __init__(self, pose: Pose, gateway: str, token: str) -> None:
        words = ["--gateway", gateway, "--token", token, "--theme", pose.theme, "--lang", pose.language]
        words += ["--motion", "still", "--shot", str(pose.name)]  # a sign that blinks may be caught unlit
        self.pose = pose
        self.desk = Desk(parsed(words))
        self.desk.window.resize(pose.size)

    def __enter__(self) -> Sitting:
        self.desk.start()
        live = self.desk.session.live
        until(lambda: live.complete and not live.stale, f"{self.pose.name}: no live floor within {WAIT_S:g} s")
        settle(500)
        return self

    def __exit__(self, *_: object) -> None:
        self.desk.stop()

    def take(self, folder: Path) -> None:
        """Pose, and write the picture. Raises GalleryError."""
        seen = self.pose.act(self.desk)
        settle()
        self.write(folder, seen)

    def write(self, folder: Path, seen: QWidget | None = None) -> None:
        """Write what is to be seen now. Raises GalleryError where the file cannot be written."""
        image = (seen or self.desk.window).grab().toImage()
        trouble = pictures.write(small(image), folder / self.pose.name)
        if trouble:
            raise GalleryError(trouble)

    def until_stale(self) -> None:
        """Wait until the desk has been without data for long enough that its age can be read."""
        live = self.desk.session.live
        until(lambda: live.stale and live.sight().age >= STALE_S, f"{self.pose.name}: the floor did not turn old")
        settle()


def small(image: QImage) -> QImage:
    """The picture in its 256 most frequent colours: a desk has hardly more, and it takes a third of the bytes."""
    plain = image.convertToFormat(QImage.Format.Format_RGB32)
    seen = Counter(memoryview(plain.constBits()).cast("I"))
    table = [colour for colour, _ in seen.most_common(COLOURS)]
    flags = Qt.ImageConversionFlag.ThresholdDither | Qt.ImageConversionFlag.AvoidDither
    return plain.convertToFormat(QImage.Format.Format_Indexed8, table, flags)


def settle(milliseconds: int = SETTLE_MS) -> None:
    """Let the desk go on for a while."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    pictures.run(loop)


def until(condition: Callable[[], bool], why: str) -> None:
    """Let the desk go on until something holds. Raises GalleryError."""
    limit = time.monotonic() + WAIT_S
    while not condition():
        if time.monotonic() > limit:
            raise GalleryError(why)
        settle(50)
