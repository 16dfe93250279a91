"""The pump alone, with a socket that takes so many bytes a turn: what it tells must come to an end, and be proved."""

from __future__ import annotations

import asyncio
import struct
from itertools import pairwise
from types import SimpleNamespace
from typing import Any

import pytest
from websockets.protocol import State

from feeds import wire
from feeds.facts import SeatChanged
from feeds.floor import Floor
from feeds.following import Apply, Doubt, Follower, Proved, Swap
from feeds.gateway.publishing import outgoing
from feeds.gateway.publishing import pump as pump_module
from feeds.gateway.publishing import views as views_module
from feeds.gateway.publishing.hub import Hub
from feeds.gateway.publishing.pump import MOST_HELD, PROGRESS_S, Pump, Subscriber
from feeds.gateway.publishing.views import View, Views
from feeds.rules.access import audience
from tests.gateway.floors import START, everybody_signs_in, small_site

FRAME_S = 0.05
SITE = small_site()


class Line:
    """A socket that takes `rate` bytes a turn, and who reads at its other end."""

    def __init__(self, rate: int) -> None:
        self.rate = rate
        self.follower = Follower()
        self.steps: list[object] = []
        self.held = 0
        self._room = rate
        self._waiting = b""
        self._arrived = b""

    def get_write_buffer_size(self) -> int:
        return len(self._waiting)

    def is_closing(self) -> bool:
        return False

    def write(self, data: bytes) -> None:
        self._waiting += data
        self._take()
        self.held = max(self.held, len(self._waiting))

    def _take(self) -> None:
        taken, self._waiting = self._waiting[: self._room], self._waiting[self._room :]
        self._arrived += taken
        self._room -= len(taken)

    def turn(self) -> list[object]:
        """What the console makes of what arrives in a turn."""
        self._room = self.rate
        self._take()
        steps: list[object] = []
        while len(self._arrived) >= 2:
            size, begin = self._arrived[1], 2
            if size == 126:
                size, begin = struct.unpack("!H", self._arrived[2:4])[0], 4
            elif size == 127:
                size, begin = struct.unpack("!Q", self._arrived[2:10])[0], 10
            if len(self._arrived) < begin + size:
                break
            frame = wire.decode_frame(self._arrived[begin : begin + size].decode())
            self._arrived = self._arrived[begin + size :]
            assert isinstance(frame, (wire.Snapshot, wire.Changed, wire.Beat))
            steps.append(self.follower.frame(frame))
        self.steps += steps
        return steps


class Busy:
    """A floor on which all changes before every turn, its pump and one console that has it; time goes by turns."""

    def __init__(self, rate: int, monkeypatch: pytest.MonkeyPatch) -> None:
        self.moment = 1000.0
        monkeypatch.setattr(pump_module, "time", SimpleNamespace(monotonic=lambda: self.moment))
        monkeypatch.setattr(views_module, "PAGE_BYTES", 256)
        self.floor = Floor(SITE)
        for rev, fact in enumerate(everybody_signs_in(), 1):
            self.floor.apply(fact, rev)
        hub = Hub(SITE, self.floor, "e")
        role, token = SITE.roles[0], SITE.tokens[0]
        self.view = Views(hub).of(audience(SITE, role, token))
        self.line = Line(1 << 30)
        self.pump = Pump(FRAME_S, self._beat)
        self.pump.publish(hub.absorb)
        connection: Any = SimpleNamespace(transport=self.line, state=State.OPEN)
        self.console = Subscriber(connection, self.view, "console")
        self.console.show_all(self.view)
        self.pump.add(self.console)
        self._turns = 0
        self.turns(20)
        assert [type(step) for step in self.line.steps].count(Swap) == 1
        self.line.rate = rate

    def _beat(self, view: View) -> wire.BeatParams:
        hub = view.hub
        return wire.BeatParams(hub.epoch, hub.rev, view.digest(), self.floor.now, [])

    def turns(self, count: int) -> list[tuple[int, object]]:
        """Let so many turns pass, a beat each second; (turn, what the console made of what came)."""
        told: list[tuple[int, object]] = []
        for _ in range(count):
            self._turns += 1
            self.moment += FRAME_S
            for n in range(8):
                state: Any = ("ready", "busy")[self._turns % 2]
                at = START + self._turns * 10
                self.floor.apply(SeatChanged(at=at, seat=f"s{n}", state=state, agent=f"a{n}"), self.floor.rev + 1)
            if self._turns % 20 == 0:
                self.pump.beat()
            self.pump.flush()
            told += [(self._turns, step) for step in self.line.turn()]
        return told


def in_a_loop(scenario: Any) -> None:
    async def run() -> None:
        scenario()
        await asyncio.sleep(0)

    asyncio.run(run())


def size_of_a_way(monkeypatch: pytest.MonkeyPatch) -> int:
    """Bytes of everything that changes in a turn."""
    busy = Busy(1 << 30, monkeypatch)
    busy.turns(3)
    rev = busy.floor.rev
    busy.turns(1)
    frames = busy.view.changed(rev)
    busy.pump.close()
    assert len(frames) > 3
    return sum(len(frame) for _, frame in frames)


@pytest.mark.parametrize("turns_a_way", [2, 5, 12, 25])
def test_a_line_that_carries_a_floor_in_a_second_is_proved_however_much_changes_meanwhile(
    monkeypatch: pytest.MonkeyPatch, turns_a_way: int
) -> None:
    def scenario() -> None:
        rate = size_of_a_way(monkeypatch) // turns_a_way
        busy = Busy(rate, monkeypatch)
        told = busy.turns(400)
        busy.pump.close()
        assert not [step for _, step in told if isinstance(step, Doubt)]
        proofs = [turn for turn, step in told if isinstance(step, Proved)]
        apart = [later - earlier for earlier, later in pairwise(proofs)]
        assert proofs and proofs[-1] > 360 and max(apart) * FRAME_S < 3.0
        assert not [step for _, step in told if isinstance(step, Swap)], "nothing was told twice"

    in_a_loop(scenario)


def test_a_beat_that_falls_due_on_a_long_way_follows_it_though_nothing_changes_any_more(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def scenario() -> None:
        busy = Busy(size_of_a_way(monkeypatch) // 4, monkeypatch)
        busy.turns(2)
        assert busy.console.way is not None and busy.console.way.beat is None
        busy.pump.beat()
        told: list[object] = []
        for _ in range(20):
            asked, busy.pump._handle = busy.pump._handle, None
            if asked is None:
                break
            asked.cancel()
            busy.moment += FRAME_S
            busy.pump.flush()
            told += busy.line.turn()
        busy.pump.close()
        assert isinstance(told[-1], Proved)

    in_a_loop(scenario)


def test_a_line_that_does_not_is_told_the_newest_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    def scenario() -> None:
        rate = size_of_a_way(monkeypatch) // 120
        busy = Busy(rate, monkeypatch)
        told = busy.turns(1200)
        busy.pump.close()
        assert not [step for _, step in told if isinstance(step, Doubt)]
        applied = [turn for turn, step in told if isinstance(step, Apply)]
        assert len(applied) > 60 and max(b - a for a, b in pairwise(applied)) < 60
        assert busy.line.held < MOST_HELD

    in_a_loop(scenario)


def paged(line: Line, name: str = "console") -> Subscriber:
    """A console that is to be shown a floor in small pages."""
    floor = Floor(SITE)
    for rev, fact in enumerate(everybody_signs_in(), 1):
        floor.apply(fact, rev)
    view = Views(Hub(SITE, floor, "e")).of(audience(SITE, SITE.roles[0], SITE.tokens[0]))
    connection: Any = SimpleNamespace(transport=line, state=State.OPEN)
    console = Subscriber(connection, view, name)
    console.show_all(view)
    return console


def no_beat(view: View) -> wire.BeatParams:
    raise AssertionError("no beat was due")


def test_a_line_that_carries_is_no_frozen_one_though_its_kernel_takes_nothing_more_for_seconds(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    confirmed = 0
    in_kernel = 100_000
    monkeypatch.setattr(outgoing, "unsent", lambda transport: in_kernel - confirmed)

    def scenario() -> None:
        nonlocal confirmed
        busy = Busy(0, monkeypatch)
        pages = paged(Line(0), "in its snapshot")
        busy.pump.add(pages)
        turns = round(2 * PROGRESS_S / FRAME_S)
        for _ in range(turns):
            confirmed += 10
            busy.turns(1)
            busy.pump._page_on()
        assert {busy.console, pages} == busy.pump.subscribers, "it is slow, and takes what it is given"
        assert busy.line.get_write_buffer_size(), "none of ours was taken meanwhile"
        busy.turns(turns)
        assert not busy.pump.subscribers, "now nothing of it gets anywhere"
        busy.pump.close()

    in_a_loop(scenario)


def test_a_snapshot_goes_on_as_fast_as_the_line_takes_it_without_a_frame(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views_module, "PAGE_BYTES", 256)
    monkeypatch.setattr(pump_module, "BURST", 2)

    def scenario() -> None:
        line = Line(1000)
        console, pump = paged(line), Pump(3600.0, no_beat)
        pump.subscribers.add(console)
        pump.flush()
        first = pump._flushed_at
        for _ in range(200):
            if console.pages is None:
                break
            line.turn()
            assert pump._paging is not None, "it goes on by itself"
            pump._paging.cancel()
            pump._page_on()
        line.rate = 1 << 30
        line.turn()
        assert [type(step) for step in line.steps].count(Swap) == 1 and len(line.steps) > 20
        assert pump._flushed_at == first, "all of it came between two frames"
        pump.close()

    in_a_loop(scenario)


def test_a_line_that_takes_nothing_is_looked_at_with_the_next_frame_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views_module, "PAGE_BYTES", 256)

    def scenario() -> None:
        line = Line(1000)
        console, pump = paged(line), Pump(3600.0, no_beat)
        pump.subscribers.add(console)
        pump.flush()
        assert pump._paging is not None and line.held
        pump._paging.cancel()
        frames = console.frames
        pump._page_on()
        assert pump._paging is None and console.frames == frames
        pump.close()

    in_a_loop(scenario)


def test_many_snapshots_at_once_hold_nobody_up(monkeypatch: pytest.MonkeyPatch) -> None:
    moment = 1000.0
    monkeypatch.setattr(pump_module, "time", SimpleNamespace(monotonic=lambda: moment))

    class Slow(Line):
        def write(self, data: bytes) -> None:
            nonlocal moment
            moment += pump_module.PAGES_S / 4
            super().write(data)

    def scenario() -> None:
        pump = Pump(FRAME_S, no_beat)
        consoles = [paged(Slow(1 << 30), str(number)) for number in range(40)]
        for console in consoles:
            pump.add(console)
        pump._page_on()
        begun = [one for one in consoles if one.frames]
        assert 1 <= len(begun) <= 5, "the others have their turn soon"
        pump.close()

    in_a_loop(scenario)
