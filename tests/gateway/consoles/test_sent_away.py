"""Consoles that the gateway sends away are told why: too slow, or to fetch everything anew."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from feeds import wire
from feeds.facts import SeatChanged
from feeds.gateway.publishing.hub import Hub
from feeds.gateway.publishing.pump import FAREWELL_S, PROGRESS_S
from feeds.rules.access import Audience
from feeds.said import parts
from tests.gateway.floors import START, everybody_signs_in, small_site
from tests.gateway.harness import Remembering, ToldSource, console, running_gateway, stopwatch
from tests.gateway.raw_line import answer_to, end_of, raw_line


@pytest.mark.slow
@pytest.mark.parametrize("reads_on", [True, False])
def test_a_console_that_was_too_slow_is_told_so_if_it_reads_on_and_is_cut_if_not(
    reads_on: bool, tmp_path: Path
) -> None:
    async def scenario() -> None:
        source = ToldSource()
        async with running_gateway(small_site(), source, tmp_path) as gateway, raw_line(gateway) as line:
            await answer_to(line, 1)
            line.transport.pause_reading()
            (one,) = gateway.services.pump.subscribers
            number = 0
            while gateway.consoles:
                number += 1
                state = ("ready", "busy")[number % 2]
                await source.tell(
                    *(SeatChanged(at=START + number, seat=f"s{n}", state=state, agent=f"a{n}") for n in range(8))  # type: ignore[arg-type]
                )
                await asyncio.sleep(0.005)  # a rate, not a wait for something
            if reads_on:
                line.transport.resume_reading()
                code, reason = await end_of(line)
                assert (code, reason) == (wire.TOO_SLOW, f"nothing was read for {PROGRESS_S:.0f} seconds")
            else:
                async with stopwatch() as passed:
                    await Remembering().until(lambda: one.transport.is_closing())
                    assert passed() < 3 * FAREWELL_S
                line.transport.resume_reading()

    asyncio.run(scenario())


@pytest.mark.logs("its frame could not be composed")
def test_a_console_whose_frame_cannot_be_composed_is_told_to_come_back_for_everything(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = False
    encoded = Hub.encoded

    def encode(hub: Hub, key: str, rev: int, viewer: Audience) -> bytes | None:
        nonlocal broken
        if broken and key == "seat:s1":
            broken = False
            raise ValueError("cannot be told")
        return encoded(hub, key, rev, viewer)

    monkeypatch.setattr(Hub, "encoded", encode)

    async def scenario() -> None:
        nonlocal broken
        source = ToldSource()
        async with running_gateway(small_site(), source, tmp_path) as gateway:
            async with console(gateway, "all-manager") as (_, memory):
                await memory.live()
                broken = True
                await source.tell(*everybody_signs_in())
                await memory.until(lambda: memory.snapshots == 2 and "seat:s1" in memory.entities)
                assert "closed.resync" in {parts(reason).code for _, reason in memory.states}
            async with raw_line(gateway) as line:
                await answer_to(line, 1)
                await memory.until(lambda: gateway.consoles == 1)
                broken = True
                await source.tell(SeatChanged(at=START + 1, seat="s1", state="busy", agent="a1"))
                assert (await end_of(line))[0] == wire.RESYNC

    asyncio.run(scenario())
