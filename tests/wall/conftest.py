"""What tests of the wall share: the bundled faces, a clock that moves when told, the floor of the mock-up, a window."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from console.feeding import Batch, Beat, SourceBeat
from console.live import Live
from console.sight import LinkState
from console.theme import load_faces
from console.wall.panel import WallPanel
from console.wall.window import WallWindow
from tests.wall import floors


class HandClock:
    """A monotonic clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now

    def pass_(self, seconds: float) -> None:
        self.now += seconds


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def faces(qapp: QApplication) -> None:
    """The bundled faces are known to Qt."""
    load_faces()


@pytest.fixture
def live(qapp: QApplication, clock: HandClock) -> Iterator[Live]:
    """A floor that has just been proved."""
    made = Live(clock)
    made.take(whole_floor(clock.now))
    yield made
    made.stop()


@pytest.fixture
def window(qtbot: QtBot, faces: None) -> Iterator[WallWindow]:
    """The window of a wall that is shown, with the PIN of the demo."""
    made = WallWindow(WallPanel(), lambda: floors.PIN_95518)
    made.open()
    qtbot.waitUntil(lambda: made.shown)
    yield made
    made.stop()
    made.deleteLater()


def whole_floor(at: float, now: int = floors.NOW) -> Batch:
    """The complete floor of the mock-up with a beat."""
    return Batch(dict(floors.floor()), whole=True, beat=beat(at, now), link=LinkState("live"))


def beat(at: float, now: int = floors.NOW, *ages: float, pace: float = 1.0) -> Beat:
    """A beat in which the sources `main`, `second` … proved themselves that many seconds ago."""
    names = ("main", "second", "third")
    sources = tuple(SourceBeat(name, "up", age) for name, age in zip(names, ages or (0.2,), strict=False))
    return Beat(at, now, sources, pace)
