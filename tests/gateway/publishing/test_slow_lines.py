"""Lines that are slow, silent or half open: nothing that came over one too late is ever shown as live."""

from __future__ import annotations

import asyncio
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from feeds import lateness as lateness_module
from feeds.lateness import SPAN_S, Lateness
from feeds.said import parts
from tests.gateway.floors import everybody_signs_in, small_site
from tests.gateway.harness import Remembering, ToldSource, console, running_gateway, stopwatch
from tests.gateway.slow_line import slow_line
from tests.gateway.two_addresses import two_addresses


def lives(memory: Remembering) -> int:
    return [state for state, _ in memory.states].count("live")


@pytest.mark.slow
@pytest.mark.parametrize("ways", ["down", "both"])
def test_a_line_that_is_too_slow_from_its_first_byte_on_is_never_live(tmp_path: Path, ways: str) -> None:
    async def scenario() -> None:
        async with (
            running_gateway(small_site(), ToldSource(), tmp_path) as gateway,
            slow_line(gateway.address[1]) as line,
        ):
            line.down_s, line.up_s = (3.6, 0.0) if ways == "down" else (1.9, 1.9)
            async with console(line.url, "all-wall") as (_, memory):
                await memory.until(lambda: "line.slow" in [parts(reason).code for _, reason in memory.states])
                begun = len(memory.states)
                await memory.until(lambda: len(memory.states) > begun + 2)
                assert memory.snapshots == 1 and lives(memory) == 0

    asyncio.run(scenario())


@pytest.mark.slow
def test_a_line_with_a_second_of_delay_is_live_its_sources_that_much_older_and_its_clock_right(tmp_path: Path) -> None:
    async def scenario() -> None:
        source = ToldSource()
        async with (
            running_gateway(small_site(), source, tmp_path) as gateway,
            slow_line(gateway.address[1]) as line,
            console(line.url, "all-wall") as (_, memory),
        ):
            await memory.live()
            line.down_s = 1.2
            await source.tell(*everybody_signs_in())
            await memory.until(lambda: memory.beats[-1].sources[0].age_ms >= 1200)
            count = len(memory.beats)
            await memory.until(lambda: len(memory.beats) > count + 2)
            behind_ms = gateway.services.engine.now() - memory.beats[-1].now
            assert behind_ms < 700, "the floor's clock went on while the beat was on its way"
            assert memory.state == "live" and "stale" not in [state for state, _ in memory.states]
            assert memory.beats[-1].sources[0].age_ms < 2200

    asyncio.run(scenario())


@pytest.mark.slow
def test_a_line_that_becomes_slow_is_stale_by_the_time_and_live_again_when_it_is_quick(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with (
            running_gateway(small_site(), ToldSource(), tmp_path) as gateway,
            slow_line(gateway.address[1]) as line,
            console(line.url, "all-wall") as (_, memory),
        ):
            await memory.live()
            beats = len(memory.beats)
            await memory.until(lambda: len(memory.beats) > beats + 1)
            for step in range(1, 20):  # so slowly that three seconds without a beat never pass
                line.down_s = step * 0.25
                beats = len(memory.beats)
                if memory.state != "live":
                    break
                await memory.until(lambda b=beats: len(memory.beats) > b or memory.state == "stale")
            assert memory.state == "stale" and line.down_s <= 4.0
            assert line.opened == 1, "it is the same connection, on which all goes on coming"
            line.down_s = 0.0
            await memory.live()

    asyncio.run(scenario())


@pytest.mark.slow
def test_a_half_open_line_is_stale_within_three_seconds_and_given_up(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with (
            running_gateway(small_site(), ToldSource(), tmp_path) as gateway,
            slow_line(gateway.address[1]) as line,
            console(line.url, "all-wall") as (_, memory),
        ):
            await memory.live()
            beats = len(memory.beats)
            await memory.until(lambda: len(memory.beats) > beats)
            proved = time.monotonic()
            line.stalled = True
            async with stopwatch() as passed:
                await memory.until(lambda: memory.state == "stale")
                assert time.monotonic() - proved > 2.0 and passed() < 3.3
            await memory.until(lambda: memory.states[-1][1] != "" and line.opened > 1)
            line.stalled = False
            await memory.live()
            assert memory.snapshots == 1, "resumed"

    asyncio.run(scenario())


@pytest.mark.skipif(sys.platform != "linux", reason="needs two addresses of this machine")
def test_a_gateway_is_found_at_the_second_address_of_its_name_when_the_first_leads_nowhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def scenario() -> None:
        async with running_gateway(small_site(), ToldSource(), tmp_path) as gateway:
            port = gateway.address[1]
            with two_addresses(port, monkeypatch) as name:
                async with stopwatch() as passed, console(f"ws://{name}:{port}", "all-wall") as (_, memory):
                    await memory.live()
                    assert passed() < 3.0, "less than a connection is waited for"

    asyncio.run(scenario())


# ── two clocks ───────────────────────────────────────────────────────────────────────────────────────────────────────

SKEWS = (0.0, 24 * 3600.0, -24 * 3600.0)


class Hand:
    """The console's clock, moved by hand."""

    def __init__(self) -> None:
        self.at = 1000.0

    def __call__(self) -> float:
        return self.at


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Iterator[Hand]:
    hand = Hand()
    monkeypatch.setattr(lateness_module, "now", hand)
    yield hand


def beats(clock: Hand, lateness: Lateness, skew: float, one_way: float, count: int) -> Iterator[tuple[float, float]]:
    """A beat a second over a line that takes so long each way; each is followed by a ping."""
    asked: list[float] = []
    clock.at += one_way  # nothing overtakes what was under way before
    for _ in range(count):
        clock.at += 1.0
        for one in [one for one in asked if one + 2 * one_way <= clock.at]:
            lateness.answered(one)
            asked.remove(one)
        yield lateness.of(int((clock.at - one_way + skew) * 1000))
        asked.append(clock.at)


@pytest.mark.parametrize("skew", SKEWS)
def test_the_age_of_a_beat_lies_between_its_bounds_however_the_clocks_differ(clock: Hand, skew: float) -> None:
    lateness = Lateness()
    lateness.answered(clock.at)
    for one_way in (0.01, 1.3, 0.5):
        for least, most in beats(clock, lateness, skew, one_way, 10):
            assert least - 0.01 <= one_way <= most + 0.01
    assert most < 2.0


@pytest.mark.parametrize("skew", SKEWS)
def test_a_line_that_stays_slow_is_not_taken_for_quick_when_its_quick_days_are_forgotten(
    clock: Hand, skew: float
) -> None:
    lateness = Lateness()
    lateness.answered(clock.at)
    assert [most < 2.5 for _, most in beats(clock, lateness, skew, 0.02, 60)] == [True] * 60
    slow = [most for _, most in beats(clock, lateness, skew, 4.0, 5 * int(SPAN_S))]
    assert min(slow) >= 3.9
    assert [most < 2.5 for _, most in beats(clock, lateness, skew, 0.02, 60)][-1]


def test_a_clock_that_drifts_by_a_second_a_day_makes_no_line_slow(clock: Hand) -> None:
    lateness, drift = Lateness(), 0.0
    lateness.answered(clock.at)
    for _ in range(48):
        drift += 1 / 48
        bounds = list(beats(clock, lateness, drift, 0.02, 1800))
        assert max(most for _, most in bounds) < 2.5


@pytest.mark.parametrize("slept", [3600.0, -3600.0])
def test_a_clock_that_counts_a_sleep_which_the_other_does_not_makes_no_line_slow(clock: Hand, slept: float) -> None:
    lateness = Lateness()
    lateness.answered(clock.at)
    assert list(beats(clock, lateness, 0.0, 0.02, 20))[-1][1] < 2.5
    if slept > 0:
        clock.at += slept
    after = list(beats(clock, lateness, -slept, 0.02, 5))
    assert all(-0.01 <= least < 0.5 and 0 <= most < 2.5 for least, most in after[-2:]), after
