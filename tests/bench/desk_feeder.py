"""A gateway's end of the wire that does nothing but change seats: `python -m tests.bench.desk_feeder SEATS RATE`.

It tells its address, waits for one console, sends the floor and then RATE changed seats a second in frames of 50 ms.
Each change carries the moment at which it was sent (`by`: microseconds of the machine's monotonic clock). It ends when
its standard input is closed.
"""

from __future__ import annotations

import asyncio
import contextlib
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace
from websockets.asyncio.server import ServerConnection, serve
from websockets.exceptions import ConnectionClosed
from websockets.typing import Subprotocol

from config.load import load, shipped_sites
from config.schema import Site
from feeds import wire
from feeds.digest import Digest
from feeds.entities import AnyEntity, Seat, SiteInfo
from feeds.floor import Floor
from feeds.requests import HelloResult, Scope
from feeds.states import SEAT_STATES

FRAME_S = 0.05
PAGE = 200
EPOCH = "bench"
ROOT = Path(__file__).resolve().parent.parent.parent


class Feeder:
    """One floor of seats, and the console that looks at it."""

    def __init__(self, seats: int, rate: int) -> None:
        self.rate = rate
        self.site = load(shipped_sites()["demo"])
        self.entities = entities(self.site, seats)
        self.seats = [one.key for one in self.entities.values() if isinstance(one, Seat)]
        self.digest = Digest()
        for one in self.entities.values():
            self.digest.put(one.key, one.rev)
        self.rev, self.next = 1, 0

    async def serve(self, connection: ServerConnection) -> None:
        """Greet, send everything, then what changes."""
        hello = wire.decode_request(await connection.recv())
        welcome = HelloResult(
            EPOCH, self.rev, "supervisor", ["*"], Scope(), True, 1000, int(time.time() * 1000), view="all"
        )
        await connection.send(wire.answer(hello.id, welcome), text=True)
        pieces = [wire.encode(one) for one in self.entities.values()]
        pages = [pieces[begin : begin + PAGE] for begin in range(0, len(pieces), PAGE)]
        for number, page in enumerate(pages, 1):
            await connection.send(wire.snapshot(EPOCH, self.rev, number, len(pages), page), text=True)
        await self._beat(connection)
        try:
            await self._change(connection)
        except ConnectionClosed:
            return

    async def _beat(self, connection: ServerConnection) -> None:
        source = wire.SourceBeat("main", "up", 0, 0)
        beat = wire.BeatParams(EPOCH, self.rev, self.digest.text, int(time.time() * 1000), [source])
        await connection.send(wire.beat(beat), text=True)

    async def _change(self, connection: ServerConnection) -> None:
        due = begun = time.monotonic()
        sent = beats = 0
        while True:
            due = max(due + FRAME_S, time.monotonic())
            await asyncio.sleep(due - time.monotonic())
            count = int((time.monotonic() - begun) * self.rate) - sent
            if count:
                await connection.send(self._frame(count), text=True)
                sent += count
            if time.monotonic() - begun > beats + 1:
                beats += 1
                await self._beat(connection)

    def _frame(self, count: int) -> bytes:
        before, pieces = self.rev, []
        stamp, now = str(time.monotonic_ns() // 1000), int(time.time() * 1000)
        for _ in range(count):
            key = self.seats[self.next % len(self.seats)]
            self.next += 7919  # a prime, so that changes are everywhere and every seat has its turn
            self.rev += 1
            seat = self.entities[key]
            assert isinstance(seat, Seat)
            state = SEAT_STATES[(SEAT_STATES.index(seat.state) + 1) % 9]
            seat = self.entities[key] = replace(seat, rev=self.rev, state=state, since=now, by=stamp)
            self.digest.put(key, self.rev)
            pieces.append(wire.encode(seat))
        return wire.changed(EPOCH, before, self.rev, pieces, [])


def entities(site: Site, count: int) -> dict[str, AnyEntity]:
    """The demo site's names over as many seats as are wanted, each with somebody of the site's agents."""
    floor = Floor(site)
    made: dict[str, AnyEntity] = {one.key: one for one in floor.entities() if isinstance(one, SiteInfo)}
    groups = {kind.id: kind.group for kind in site.seat_types}
    now = int(time.time() * 1000)
    for number in range(count):
        agent = site.agents[number % len(site.agents)]
        area = site.seat_types[number * len(site.seat_types) // count].id
        key = f"seat:{number:05d}"
        made[key] = Seat(
            key=key, rev=1, state=SEAT_STATES[1 + number % 8], since=now, agent=f"{number:05d}", agent_zh=agent.name.zh,
            agent_en=agent.name.en, team=agent.team, seat_type=agent.seat_type, group=groups[area], area=area,
            extension=f"{80_000 + number}", queue=agent.skills[0].queue, warn_after_s=300.0, critical_after_s=900.0,
            skills=[skill.queue for skill in agent.skills], languages=[one.code for one in agent.languages],
        )  # fmt: skip
    return {key: _first(one) for key, one in made.items()}


def _first(entity: Struct) -> AnyEntity:
    return replace(entity, rev=1)  # type: ignore[return-value]


@contextlib.contextmanager
def feeder(seats: int, rate: int) -> Iterator[str]:
    """Such a floor in a process of its own for as long as the block lasts: its address."""
    command = [sys.executable, "-m", "tests.bench.desk_feeder", str(seats), str(rate)]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdin is not None
        try:
            yield process.stdout.readline().strip()
        finally:
            process.stdin.close()
            process.wait(10)


async def _main(seats: int, rate: int) -> None:
    floor = Feeder(seats, rate)
    async with serve(
        floor.serve, "127.0.0.1", 0, subprotocols=[Subprotocol(wire.SUBPROTOCOL)], compression=None, max_size=2**20
    ) as server:
        port = next(iter(server.sockets)).getsockname()[1]
        sys.stdout.write(f"ws://127.0.0.1:{port}\n")
        sys.stdout.flush()
        await asyncio.to_thread(sys.stdin.read)


if __name__ == "__main__":
    asyncio.run(_main(int(sys.argv[1]), int(sys.argv[2])))
