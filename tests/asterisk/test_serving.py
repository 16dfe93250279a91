"""Who serves which queue, changed at a real Asterisk by nobody of ours: seen at once, and after an absence."""

from __future__ import annotations

import asyncio
import math
from pathlib import Path

from config.load import load
from feeds.entities import Seat
from feeds.facts import SeatServes
from feeds.gateway.books.store import Store
from feeds.gateway.consoles.serve import Gateway
from feeds.gateway.running.attached import open_capture
from feeds.gateway.running.shelf import Shelf, Wish
from tests.asterisk.conftest import MakeFloor
from tests.asterisk.floor import AsteriskFloor, phones_of, small_floor
from tests.asterisk.gateways import Books, ended, seat_state, skills, watched
from tests.gateway.harness import stopwatch

SEEN_S = 5.0


def told(folder: Path, kind: str = "asterisk") -> list[tuple[str, list[str], str]]:
    """What a gateway's log says about queues that are served: at which seat, which, and by whose order."""
    facts = Books(folder, kind).facts
    return [(fact.seat, list(fact.queues), fact.by) for fact in facts if isinstance(fact, SeatServes)]


def add(floor: AsteriskFloor, queue: str, number: str) -> None:
    """Add a member at Asterisk's own console."""
    assert "Added interface" in floor.cli(f"queue add member PJSIP/{number} to {queue} penalty 2")


def remove(floor: AsteriskFloor, queue: str, number: str) -> None:
    """And take it out again."""
    assert "Removed interface" in floor.cli(f"queue remove member PJSIP/{number} from {queue}")


def test_a_member_who_is_added_at_the_asterisks_console_is_seen_by_every_desk(
    make_floor: MakeFloor, tmp_path: Path
) -> None:
    floor, said = make_floor(small_floor()), tmp_path / "said.ami"

    async def story() -> None:
        async with phones_of(floor, "8001"):
            async with watched(floor, tmp_path, capture=said) as (_, link, memory):
                await memory.until(lambda: seat_state(memory, "8001") == "ready")
                assert skills(memory, "8001") == ["claims"]
                async with stopwatch() as passed:
                    add(floor, "inquiry", "8001")
                    await memory.until(lambda: skills(memory, "8001") == ["claims", "inquiry"])
                    assert passed() < SEEN_S
                remove(floor, "inquiry", "8001")
                await memory.until(lambda: skills(memory, "8001") == ["claims"])
                assert await ended(link, memory, "seat.pause", seat="8001", reason="会议") == ("done", "")
                moved = {"seat": "8001", "join": [{"queue": "inquiry", "penalty": 3}]}
                assert await ended(link, memory, "seat.move", **moved) == ("done", "")
                await memory.until(lambda: skills(memory, "8001") == ["claims", "inquiry"])
            remove(floor, "inquiry", "8001")  # while nobody looks
            async with watched(floor, tmp_path) as (_, _, memory):
                await memory.until(lambda: skills(memory, "8001") == ["claims"])
                seat = memory.entities["seat:8001"]
                assert isinstance(seat, Seat) and seat.agent == "8001"

    asyncio.run(story())
    both, one = ["claims", "inquiry"], ["claims"]
    live = told(tmp_path)
    assert live == [("8001", both, ""), ("8001", one, ""), ("8001", both, "supervisor"), ("8001", one, "")]
    asyncio.run(_play(tmp_path, said))
    again = told(tmp_path, "capture")
    assert len(again) >= 2, "it may end before the last change has come to rest"
    assert [(seat, queues) for seat, queues, _ in again] == [(seat, queues) for seat, queues, _ in live[: len(again)]]


async def _play(folder: Path, said: Path) -> None:
    """What Asterisk said, played as a capture."""
    store = Store(folder / "capture.db")
    try:
        site = load(folder / "site")
        engine = open_capture(site, Wish("ami-capture", speed=math.inf), said, Shelf(folder, store))
        gateway = Gateway(site, engine, store)
        await gateway.start("127.0.0.1", 0)
        await asyncio.wait_for(engine.ended.wait(), 60)
        await gateway.stop()
    finally:
        store.close()
