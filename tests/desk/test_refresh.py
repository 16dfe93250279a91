"""When the desk's panels look: at once where it concerns them, at everything each second and on lost trust."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from msgspec.structs import replace
from pytestqt.qtbot import QtBot

from console.desk import Desk
from console.feeding import Batch
from console.live import Live
from console.machine.steady import steady
from console.refresh import Refresh
from feeds.entities import Queue, Seat
from tests.wall import floors

pytestmark = pytest.mark.slow  # together: the quick tests are to end within a minute

MakeDesk = Callable[..., Desk]
SEAT, QUEUE = frozenset({"seat"}), frozenset({"queue"})


@pytest.fixture
def looks(live: Live) -> Iterator[list[frozenset[str] | None]]:
    """What each look was told of what changed before it."""
    seen: list[frozenset[str] | None] = []
    live.take(Batch(dict(floors.floor()), whole=True, proof=steady()))
    refresh = Refresh(live, lambda sight: seen.append(refresh.touched), pause_ms=0)
    refresh.start()
    assert seen == [None], "the first look is at everything"
    seen.clear()
    yield seen
    refresh.stop()


def other(live: Live, kind: type[Seat] | type[Queue]) -> Batch:
    """One more version of something of that kind."""
    found = next(live.entities.of(kind))
    return Batch({found.key: replace(found, rev=found.rev + 1)})


def test_a_look_knows_the_kinds_of_all_that_changed_since_the_one_before(
    qtbot: QtBot, live: Live, looks: list[frozenset[str] | None]
) -> None:
    for batch in (other(live, Seat), other(live, Queue), other(live, Seat)):
        live.take(batch)
    told = lambda: frozenset[str]().union(*(look for look in looks if look is not None))  # noqa: E731
    qtbot.waitUntil(lambda: told() == SEAT | QUEUE)


def test_a_second_that_passes_is_a_look_at_everything(
    qtbot: QtBot, live: Live, looks: list[frozenset[str] | None]
) -> None:
    live.take(other(live, Seat))
    qtbot.waitUntil(lambda: None in looks)


@pytest.mark.slow
def test_one_look_that_fails_does_not_stop_the_clock(qtbot: QtBot, live: Live) -> None:
    seen: list[bool] = []

    def show(_: object) -> None:
        seen.append(True)
        if len(seen) == 2:
            raise RuntimeError("this look fails")

    live.take(Batch(dict(floors.floor()), whole=True, proof=steady()))
    refresh = Refresh(live, show, pause_ms=0)
    refresh.start()
    with qtbot.captureExceptions() as raised:
        qtbot.waitUntil(lambda: len(seen) >= 3)
    assert [str(error) for _, error, _ in raised] == ["this look fails"]
    refresh.stop()


def test_lost_trust_is_a_look_at_everything_at_once(live: Live, looks: list[frozenset[str] | None]) -> None:
    live.take(other(live, Seat))
    assert not live.stale
    looks.clear()
    live.distrust()
    assert live.stale
    assert looks == [None]


@pytest.mark.parametrize(
    ("touched", "wanted"),
    [
        (frozenset({"seat"}), {"floor", "agent"}),
        (frozenset({"seat", "call"}), {"floor", "agent", "queues"}),
        (frozenset({"seat", "alarm"}), {"floor", "agent", "queues", "alarms"}),
        (None, {"floor", "agent", "queues", "alarms"}),
    ],
    ids=["seats", "seats and calls", "seats and alarms", "everything"],
)
def test_a_panel_presents_unless_only_such_changed_as_it_shows_nothing_of(
    make_desk: MakeDesk, monkeypatch: pytest.MonkeyPatch, touched: frozenset[str] | None, wanted: set[str]
) -> None:
    desk, presented = make_desk(), set[str]()
    desk.window.look_at(floors.sight(floors.floor()))
    for panel in desk.window.panels:
        monkeypatch.setattr(panel, "present", lambda sight, name=panel.name: presented.add(name))
    desk.window.look_at(floors.sight(floors.floor()), touched)
    assert presented == wanted
