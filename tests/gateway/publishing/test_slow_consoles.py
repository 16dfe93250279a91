"""Consoles that freeze or never read what they asked for: they are cut, and the others do not notice."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import time
from pathlib import Path

import pytest
from websockets.exceptions import ConnectionClosed

from feeds import wire
from feeds.facts import SeatChanged
from feeds.gateway.consoles.desk import SEND_BUFFER
from feeds.gateway.publishing.pump import PROGRESS_S
from feeds.requests import HelloParams
from tests.bench.feed_load import HEADER, masked
from tests.gateway.floors import START, small_site
from tests.gateway.harness import Remembering, ToldSource, console, running_gateway
from tests.gateway.raw_line import answer_to, raw_line


async def churn(source: ToldSource, until: float) -> None:
    """Change all seats as fast as frames go out."""
    number = 0
    while time.monotonic() < until:
        number += 1
        at, state = START + number * 10, ("ready", "busy")[number % 2]
        facts = [SeatChanged(at=at, seat=f"s{n}", state=state, agent=f"a{n}") for n in range(8)]  # type: ignore[arg-type]
        await source.tell(*facts)
        await asyncio.sleep(0.005)  # a rate, not a wait for something


@pytest.mark.slow
def test_a_frozen_console_is_cut_and_the_others_do_not_notice(tmp_path: Path) -> None:
    async def scenario() -> None:
        source = ToldSource()
        async with (
            running_gateway(small_site(), source, tmp_path) as gateway,
            console(gateway, "all-wall") as (_, memory),
        ):
            await memory.live()
            frozen = socket.socket()
            frozen.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            await asyncio.to_thread(frozen.connect, gateway.address)
            frozen.sendall(HEADER.encode())
            while b"\r\n\r\n" not in await asyncio.to_thread(frozen.recv, 200):
                pass
            frozen.sendall(masked(wire.request("hello", HelloParams("all-manager"), 1)))
            await memory.until(lambda: gateway.consoles == 2)
            (victim,) = (one for one in gateway.services.pump.subscribers if one.view.viewer.masked is False)
            held = 0
            begun = time.monotonic()
            churning = asyncio.create_task(churn(source, begun + 3 * PROGRESS_S))
            while gateway.consoles == 2:
                held = max(held, victim.transport.get_write_buffer_size())
                await asyncio.sleep(0.02)
                assert time.monotonic() - begun < 3 * PROGRESS_S
            assert held < 1_000_000 - 2 * SEND_BUFFER
            assert time.monotonic() - begun > PROGRESS_S - 1
            churning.cancel()
            await asyncio.gather(churning, return_exceptions=True)
            assert memory.snapshots == 1 and [state for state, _ in memory.states] == ["connecting", "live"]
            frozen.close()

    asyncio.run(scenario())


@pytest.mark.slow
def test_a_console_that_asks_and_never_reads_is_cut_as_well(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with running_gateway(small_site(), ToldSource(), tmp_path) as gateway, raw_line(gateway) as line:
            await answer_to(line, 1)
            line.transport.pause_reading()
            (one,) = gateway.services.pump.subscribers
            asked = wire.request("history", {"figure": "asa", "from": START - 800 * 900_000, "to": START}, 2)
            with contextlib.suppress(ConnectionClosed, TimeoutError):
                async with asyncio.timeout(3 * PROGRESS_S):
                    while gateway.consoles:
                        await line.send(asked, text=True)
                        assert one.transport.get_write_buffer_size() < 500_000
                        await asyncio.sleep(0)
            await Remembering().until(lambda: not gateway.consoles)

    asyncio.run(scenario())
