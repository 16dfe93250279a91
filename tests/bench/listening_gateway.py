"""A gateway in a process of its own for the bench of listening: so many seats talk, each on a phone of that Asterisk.

    python -m tests.bench.listening_gateway FOLDER AMI_PORT MEDIA_PORT SEATS

Says where it listens, and goes when its standard input ends.
"""

from __future__ import annotations

import asyncio
import gc
import logging
import sys
from pathlib import Path

import msgspec

from config.schema import Agent, Seat, Site
from tests.asterisk.floor.locks import Ports
from tests.asterisk.floor.plan import FloorPlan
from tests.asterisk.floor.reach import Reach
from tests.asterisk.listeners import Channels, listening_gateway
from tests.gateway.floors import small_site
from tests.gateway.harness import url_of

LOOK_S = 0.5


def a_site(seats: int) -> Site:
    """The small site with so many agents at so many seats."""
    site = small_site(frame_ms=50)
    first = site.agents[0]
    agents = tuple(Agent(f"a{one}", first.name, first.team, first.seat_type) for one in range(seats))
    return msgspec.structs.replace(
        site, agents=agents, seats=tuple(Seat(f"s{one}", first.seat_type) for one in range(seats))
    )


async def look(channels: Channels) -> None:
    """Know where the phones are, as a source would."""
    while True:
        await channels.look()
        await asyncio.sleep(LOOK_S)


async def serve(folder: Path, ami: int, media: int, seats: int) -> None:
    """Until the input ends."""
    floor = Reach(FloorPlan((), ()), Ports(ami, 0, media))
    async with listening_gateway(floor, folder, a_site(seats), seats) as (gateway, channels):
        looking = asyncio.create_task(look(channels))
        sys.stdout.write(url_of(gateway) + "\n")
        sys.stdout.flush()
        gc.collect()
        gc.freeze()  # as the real one does
        await asyncio.to_thread(sys.stdin.read)
        looking.cancel()
        await asyncio.gather(looking, return_exceptions=True)


if __name__ == "__main__":
    logging.basicConfig(level=logging.WARNING)
    asyncio.run(serve(Path(sys.argv[1]), *(int(word) for word in sys.argv[2:5])))
