"""A gateway in a process of its own for the feed's benches: a floor of bare seats that change at a given rate.

    python -m tests.bench.feed_gateway MODE SEATS CHANGES_PER_S FOLDER [PORT]

MODE `pump` is the project's own way; `queues` is the usual one that it is measured against: a queue and a writer task
for every console, every change sent to everybody as a frame of its own. `tasks` is `pump` with a writer task for each
console. `floor` is `pump` with the real fold and
log behind it instead of bare seats. A seat's `since` is the monotonic clock in microseconds when it changed; with the
real fold it is floor time, the same clock in milliseconds behind START.
"""

from __future__ import annotations

import asyncio
import contextlib
import gc
import sys
import time
from collections.abc import Callable
from pathlib import Path

import msgspec
from websockets.asyncio.server import ServerConnection, serve
from websockets.exceptions import ConnectionClosed
from websockets.typing import Subprotocol

from config.schema import Site
from feeds import wire
from feeds.entities import AnyEntity, Seat
from feeds.facts import SeatChanged
from feeds.gateway.books.store import Store
from feeds.gateway.consoles import serve as serve_module
from feeds.gateway.consoles.serve import Gateway
from feeds.gateway.publishing.pump import BeatMaker, Pump, Subscriber
from feeds.gateway.running.clock import PacedClock
from feeds.gateway.running.engine import Engine
from feeds.gateway.running.shelf import open_session
from feeds.sources.base import Clock, Emit
from tests.gateway.floors import START, small_site

STEP_S = 0.005
STATES = ("ready", "talking", "acw", "break")


class BareFloor:
    """Seats that change and nothing else: what is left is the cost of sending."""

    def __init__(self, seats: int) -> None:
        self.rev = 0
        self.horizon = 0
        self.now = START
        self.seats: dict[str, Seat] = {}
        for number in range(seats):
            self.change(number)

    def change(self, number: int) -> Seat:
        """Have a seat in another state."""
        self.rev += 1
        key = f"seat:{number}"
        self.seats.pop(key, None)
        seat = self.seats[key] = Seat(
            key=key, rev=self.rev, state=STATES[self.rev % 4], since=time.monotonic_ns() // 1000,  # type: ignore[arg-type]
            agent=f"{number:04}", agent_zh="张三", agent_en="Zhang San", team=f"team-{number % 4 + 1}",
            seat_type="claim", group="claims", area="claim", extension=f"8{number:04}", source="main",
        )  # fmt: skip
        return seat

    def entity(self, key: str) -> AnyEntity | None:
        return self.seats.get(key)

    def touched_since(self, rev: int) -> list[tuple[str, int]]:
        found = []
        for key, seat in reversed(self.seats.items()):
            if seat.rev <= rev:
                break
            found.append((key, seat.rev))
        return found

    def gone_since(self, rev: int) -> list[str]:
        return []


class TaskPump(Pump):
    """The same frames, written by a task for each console instead of one loop over all: for comparison."""

    def __init__(
        self, frame_s: float, beat: BeatMaker, unproved: Callable[[], bytes | None], jumps: Callable[[], bool]
    ) -> None:
        super().__init__(frame_s, beat, unproved, jumps)
        self._news = asyncio.Event()
        self._writers: set[asyncio.Task[None]] = set()

    def add(self, subscriber: Subscriber) -> None:
        super().add(subscriber)
        writer = asyncio.get_running_loop().create_task(self._write(subscriber))
        self._writers.add(writer)
        writer.add_done_callback(self._writers.discard)

    def flush(self) -> None:
        everybody, self.subscribers = self.subscribers, set()
        super().flush()
        self.subscribers = everybody
        news, self._news = self._news, asyncio.Event()
        news.set()

    async def _write(self, subscriber: Subscriber) -> None:
        while subscriber in self.subscribers:
            await self._news.wait()
            self._absorb()  # the floor may have gone on since, and a beat must be of what the frame before it tells
            self._beats.clear()
            if self._serve(subscriber, time.monotonic()):
                self.notify()


class Steady:
    """A live source that changes seats one after the other, so many a second."""

    id = "main"
    mode = "live"
    begins_at = START
    ends_at = None
    servant = None
    trouble = ""

    def __init__(self, seats: int, rate: float, bare: BareFloor | None) -> None:
        self._seats, self._rate, self._bare = seats, rate, bare

    async def run(self, clock: Clock, emit: Emit, after: int) -> None:
        begun, done = time.monotonic(), 0
        while True:
            await asyncio.sleep(STEP_S)
            due = int((time.monotonic() - begun) * self._rate)
            if self._bare is not None:
                for number in range(done, due):
                    self._bare.change(number % self._seats)
                await emit(())
            else:
                await emit([(self._fact(number), after + number) for number in range(done, due)])
            done = due

    def _fact(self, number: int) -> SeatChanged:
        seat = number % self._seats
        return SeatChanged(
            at=time.monotonic_ns() // 1_000_000 + START, seat=f"s{seat}", agent=f"a{seat}",
            state=STATES[number // self._seats % 4],  # type: ignore[arg-type]
        )  # fmt: skip


def wide_site(seats: int) -> Site:
    """The small site with so many seats and people."""
    small = small_site(frame_ms=50)
    agents = tuple(msgspec.structs.replace(small.agents[n % 8], id=f"a{n}") for n in range(seats))
    desks = tuple(msgspec.structs.replace(small.seats[n % 8], id=f"s{n}") for n in range(seats))
    return msgspec.structs.replace(small, agents=agents, seats=desks)


async def with_pump(seats: int, rate: float, folder: Path, real: bool, port: int, tasks: bool) -> None:
    """The project's gateway."""
    site = wide_site(seats)
    bare = None if real else BareFloor(seats)
    session = open_session(site, folder / "log.floor")
    if bare is not None:
        session.hub.__init__(site, bare, session.epoch)  # type: ignore[misc]
    source = Steady(seats, rate, bare)
    engine = Engine(session, source, PacedClock(START))  # type: ignore[arg-type]
    store = Store(folder / "gateway.db")
    if tasks:
        serve_module.Pump = TaskPump  # type: ignore[misc]
    gateway = Gateway(site, engine, store)
    if bare is not None:
        source_emit = engine.emit

        async def emit(facts: object) -> None:
            await source_emit(())
            gateway.services.pump.notify()

        engine.emit = emit  # type: ignore[method-assign, assignment]
    await gateway.start("127.0.0.1", port)
    opened(gateway.address[1])
    await asyncio.Event().wait()


async def with_queues(seats: int, rate: float) -> None:
    """The usual way: every change to everybody, through a queue and a task each."""
    floor = BareFloor(seats)
    queues: set[asyncio.Queue[bytes]] = set()

    async def attend(connection: ServerConnection) -> None:
        queue: asyncio.Queue[bytes] = asyncio.Queue(10_000)
        await connection.recv()
        queues.add(queue)
        try:
            with contextlib.suppress(ConnectionClosed):
                while True:
                    await connection.send(await queue.get(), text=True)
        finally:
            queues.discard(queue)

    protocol = [Subprotocol(wire.SUBPROTOCOL)]
    async with serve(attend, "127.0.0.1", 0, subprotocols=protocol, compression=None, ping_interval=None) as server:
        opened(next(iter(server.sockets)).getsockname()[1])
        begun, done = time.monotonic(), 0
        while True:
            await asyncio.sleep(STEP_S)
            due = int((time.monotonic() - begun) * rate)
            for number in range(done, due):
                seat = floor.change(number % seats)
                for queue in queues:
                    if not queue.full():
                        queue.put_nowait(wire.changed("e", floor.rev - 1, floor.rev, [wire.encode(seat)], []))
            done = due


def opened(port: int) -> None:
    """Tell the bench where to knock."""
    gc.collect()
    gc.freeze()
    sys.stdout.write(f"{port}\n")
    sys.stdout.flush()


def main() -> None:
    """Run until killed."""
    mode, seats, rate, folder = sys.argv[1], int(sys.argv[2]), float(sys.argv[3]), Path(sys.argv[4])
    if mode == "queues":
        asyncio.run(with_queues(seats, rate))
    else:
        port = int(sys.argv[5]) if len(sys.argv) > 5 else 0
        asyncio.run(with_pump(seats, rate, folder, mode == "floor", port, mode == "tasks"))


if __name__ == "__main__":
    main()
