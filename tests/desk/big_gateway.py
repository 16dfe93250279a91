"""A gateway in a process of its own: the demo floor so many times over, its day at so many times its pace.

    python -m tests.desk.big_gateway TIMES SPEED HH:MM FOLDER

Says `listening on URL` and runs until its input ends, as the product's own command does.
"""

from __future__ import annotations

import asyncio
import contextlib
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

from msgspec.structs import replace

from config.load import folder_of, load
from config.schema import Site
from feeds.gateway.books.store import Store
from feeds.gateway.consoles.serve import Gateway
from feeds.gateway.moments import moment
from feeds.gateway.running.clock import PacedClock
from feeds.gateway.running.engine import Engine
from feeds.gateway.running.shelf import open_session
from feeds.sources.simulator.source import SimulatorSource


def times_over(site: Site, times: int) -> Site:
    """The site with so many times its seats, its people, their shifts and its callers."""
    assert site.simulation is not None
    one = site.simulation
    simulation = replace(
        one, present=one.present * times,
        demands=tuple(replace(demand, offered=demand.offered * times) for demand in one.demands),
        shifts=tuple(replace(shift, count=shift.count * times) for shift in one.shifts),
        outbound=replace(one.outbound, return_visits=one.outbound.return_visits * times),
    )  # fmt: skip
    return replace(
        site, simulation=simulation,
        agents=tuple(replace(agent, id=f"{n}{agent.id}") for n in range(1, times + 1) for agent in site.agents),
        seats=tuple(replace(seat, id=f"{n}-{seat.id}") for n in range(1, times + 1) for seat in site.seats),
        teams=tuple(replace(team, leader=None) for team in site.teams),
    )  # fmt: skip


@contextlib.contextmanager
def _input_ends(loop: asyncio.AbstractEventLoop, stop: asyncio.Event) -> Iterator[None]:
    def wait() -> None:
        while sys.stdin.buffer.read(4096):
            pass
        with contextlib.suppress(RuntimeError):  # the loop has ended by itself
            loop.call_soon_threadsafe(stop.set)

    threading.Thread(target=wait, daemon=True).start()
    yield


async def serve(site: Site, speed: float, at: str, folder: Path) -> None:
    """Run the floor until the input ends."""
    store = Store(folder / "gateway.db")
    live_from = moment(at, site.zone, int(time.time() * 1000))
    source = SimulatorSource(site, live_from=live_from)
    engine = Engine(open_session(site, folder / "log.floor"), source, PacedClock(live_from, speed))
    gateway = Gateway(site, engine, store)
    stop = asyncio.Event()
    try:
        await gateway.start("127.0.0.1", 0)
        sys.stdout.write(f"listening on ws://127.0.0.1:{gateway.address[1]}\n")
        sys.stdout.flush()
        with _input_ends(asyncio.get_running_loop(), stop):
            await stop.wait()
    finally:
        await gateway.stop()
        store.close()


def main() -> None:
    """Serve what the command line names."""
    times, speed, at, folder = sys.argv[1:]
    asyncio.run(serve(times_over(load(folder_of("demo")), int(times)), float(speed), at, Path(folder)))


if __name__ == "__main__":
    main()
