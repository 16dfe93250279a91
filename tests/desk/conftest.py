"""What tests of the desk share: a window over the floor of the mock-up, closed again by itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtWidgets import QApplication

from console.command import parsed
from console.desk import Desk
from console.habits import Habits
from console.live import Live
from console.options import Options
from console.theme import load_faces


def options(*more: str, url: str = "ws://127.0.0.1:9", token: str = "secret") -> Options:
    return parsed(["--gateway", url, "--token", token, *more])


@pytest.fixture
def make_desk(qapp: QApplication) -> Iterator[Callable[..., Desk]]:
    """Makes desks that are not connected to anything; they are shown, and gone after the test."""
    load_faces()
    made: list[Desk] = []

    def make(*more: str, size: tuple[int, int] = (1600, 1000), habits: Habits | None = None) -> Desk:
        desk = Desk(options(*more), habits=habits)
        desk.window.resize(*size)
        desk.window.show()
        made.append(desk)
        return desk

    yield make
    for desk in made:
        desk.stop()
        desk.window.deleteLater()
        desk.deleteLater()


@pytest.fixture
def live(qapp: QApplication) -> Iterator[Live]:
    """A floor as the windows know it, of which nothing has come yet."""
    made = Live()
    yield made
    made.stop()
