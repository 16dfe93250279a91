"""While a gateway still tells itself the day so far nothing is proved, and consoles are told how far it is."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path

import pytest

from feeds import wire
from feeds.gateway.publishing.pump import WORD_S
from feeds.gateway.running import past
from feeds.gateway.running.clock import PacedClock
from feeds.gateway.running.past import LOOK_S, Past
from feeds.said import parts
from feeds.wire import CatchingUpParams
from tests.gateway.floors import START, a_call, everybody_signs_in, small_site
from tests.gateway.harness import HOUR, Behind, Remembering, console, running_gateway, stopwatch
from tests.gateway.raw_line import raw_line


def percents(memory: Remembering) -> list[object]:
    told = [parts(reason) for state, reason in memory.states if state == "connecting"]
    return [one.values["percent"] for one in told if one.code == "connect.catching_up"]


@pytest.mark.slow
def test_a_gateway_that_counts_for_long_is_no_dead_line_and_says_how_far_it_is(tmp_path: Path) -> None:
    async def scenario() -> None:
        source = Behind(everybody_signs_in(), a_call(1, "claim", START + 2 * HOUR, 0))
        async with (
            running_gateway(small_site(), source, tmp_path, at=START + 8 * HOUR) as gateway,
            console(gateway, "all-manager") as (link, memory),
        ):
            await memory.until(lambda: link.session is not None)
            first, begun = link.session, time.monotonic()
            await memory.until(lambda: time.monotonic() - begun > 4.5)  # 3 s without a frame are a dead line
            assert link.session is first and not memory.entities
            found = percents(memory)
            assert len(found) >= 3 and set(found) == {0}, "of eight hours only the first seconds are told"
            source.go.set()
            await memory.live()
            assert memory.snapshots == 1 and "queue:claim" in memory.entities

    asyncio.run(scenario())


@pytest.mark.slow
def test_it_is_said_once_a_second_in_place_of_the_beat(tmp_path: Path) -> None:
    async def scenario() -> list[CatchingUpParams]:
        source = Behind(everybody_signs_in(), a_call(1, "claim", START + 2 * HOUR, 0))
        told: list[CatchingUpParams] = []
        async with running_gateway(small_site(), source, tmp_path, at=START + 8 * HOUR) as gateway:
            begun = time.monotonic()
            async with raw_line(gateway) as line, stopwatch() as passed:
                while len(told) < 4:
                    frame = wire.decode_frame(await line.recv())
                    assert not isinstance(frame, wire.Beat)
                    if isinstance(frame, wire.CatchingUp):
                        told.append(frame.params)
                assert time.monotonic() - begun > 3 * WORD_S and passed() < 5
        return told

    told = asyncio.run(scenario())
    assert (told[0].begin, told[0].at) == (START, START) and told[0].until >= START + 8 * HOUR


def test_the_share_is_of_what_was_to_be_told() -> None:
    assert CatchingUpParams(100, 100, 300).share == 0
    assert CatchingUpParams(100, 150, 300).share == 0.25
    assert CatchingUpParams(100, 350, 300).share == 1, "told ahead of the clock"
    assert CatchingUpParams(300, 300, 300).share == 0, "nothing to tell is no division by nought"


class Telling:
    """A source that begins eight hours behind a clock at rest, seen at moments of a machine's time that a test sets."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.s = 1000.0
        monkeypatch.setattr(past.time, "monotonic", lambda: self.s)
        self.clock = PacedClock(START + 8 * HOUR, 0.0)
        self.past = Past(self.clock, START)
        self.newest = START

    def goes_on(self, seconds: float, told_ms: float) -> bool:
        """Let so much be told in so many seconds; whether it is still the past."""
        self.s += seconds
        self.newest += int(told_ms)
        return self.past.is_told(self.newest)


def test_a_large_floor_may_take_its_time_as_long_as_it_comes_nearer(monkeypatch: pytest.MonkeyPatch) -> None:
    telling = Telling(monkeypatch)
    for _ in range(15):  # two and a half minutes for eight hours
        assert telling.goes_on(10, 8 * HOUR / 16)
    assert not telling.goes_on(10, 8 * HOUR / 16)


def test_one_that_does_not_come_nearer_tells_no_past_but_is_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    telling = Telling(monkeypatch)
    assert telling.goes_on(10, 4 * HOUR)
    assert telling.goes_on(LOOK_S - 10, 0), "half of it was told in these seconds"
    assert not telling.goes_on(LOOK_S, 60_000), "at this pace it would need an hour"
    assert not telling.goes_on(1, 2 * HOUR), "and what is over stays over"
