"""Servants that carry orders out when a test lets them, and a floor that has a slow one."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from pathlib import Path

from config.schema import Site
from feeds.client import FeedClient
from feeds.commands import Command, Ended, MakeReady, Pause
from feeds.facts import SeatChanged, SeatState
from feeds.gateway.consoles.serve import Gateway
from feeds.rules.pauses import PauseWords
from tests.gateway.floors import START, everybody_signs_in, small_site
from tests.gateway.harness import Remembering, ToldSource, console, running_gateway


class SlowServant:
    """Carries commands out when it is told to; remembers what it was asked."""

    def __init__(self) -> None:
        self.served: list[tuple[Command, str]] = []
        self._ends: dict[Command, asyncio.Future[Ended]] = {}

    def serves(self, seat: str) -> dict[str, int] | None:
        return None

    async def serve(self, command: Command, by: str) -> Ended:
        """Wait for the command's end, unless it is to make ready."""
        self.served.append((command, by))
        if isinstance(command, MakeReady):
            return Ended("done")
        return await self._ends.setdefault(command, asyncio.get_running_loop().create_future())

    def end(self, command: Command, ended: Ended) -> None:
        """Let a command that is on its way end."""
        self._ends[command].set_result(ended)


@contextlib.asynccontextmanager
async def a_slow_floor(folder: Path) -> AsyncIterator[tuple[Gateway, SlowServant, FeedClient, Remembering]]:
    """A gateway whose source carries orders out slowly, and a supervisor's console."""
    source, servant = ToldSource(), SlowServant()
    source.servant = servant
    async with (
        running_gateway(small_site(), source, folder) as gateway,
        console(gateway, "all-supervisor") as (link, memory),
    ):
        await memory.live()
        await source.tell(*everybody_signs_in())
        await memory.until(lambda: "seat:s7" in memory.entities)
        yield gateway, servant, link, memory


class Obedient:
    """A servant that pauses whoever is free at once and whoever is busy when the test says so."""

    def __init__(self, site: Site, source: ToldSource) -> None:
        self.source, self.words = source, PauseWords.of(site)
        self.busy: set[str] = set()
        self.served: list[Command] = []
        self.end: Ended | None = None
        self.slow: asyncio.Event | None = None

    def serves(self, seat: str) -> dict[str, int] | None:
        return None

    async def serve(self, command: Command, by: str) -> Ended:
        self.served.append(command)
        await (self.slow.wait() if self.slow is not None else asyncio.sleep(0))
        if self.end is not None:
            return self.end
        if isinstance(command, Pause) and command.seat in self.busy:
            return Ended("done", "the pause begins when the call is over")
        if isinstance(command, Pause):
            await self.becomes(command.seat, self.words.state(command.reason), command.reason, by)
        elif isinstance(command, MakeReady) and command.seat not in self.busy:
            await self.becomes(command.seat, "ready")
        return Ended("done")

    async def becomes(self, name: str, state: SeatState, reason: str = "", by: str = "") -> None:
        agent = name.replace("s", "a")
        await self.source.tell(SeatChanged(at=START, seat=name, state=state, agent=agent, reason=reason, by=by))
