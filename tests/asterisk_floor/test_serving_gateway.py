"""A gateway whose Asterisk changes members by itself, or is ordered to: each change is seen, and in its log once."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from config.asterisk import Asterisk, Media
from feeds.client import FeedClient
from feeds.entities import Order, Seat
from feeds.facts import SeatServes
from feeds.gateway.consoles.serve import Gateway
from feeds.sources.asterisk.ami.messages import Fields, Message
from feeds.sources.asterisk.source import AsteriskSource
from tests.asterisk_floor.paper import Member, PaperAsterisk, message_of
from tests.asterisk_floor.paper_pbx import PaperPbx
from tests.asterisk_floor.watched import site_of
from tests.gateway.floors import ROLES, token
from tests.gateway.giving import give
from tests.gateway.harness import Remembering, console, running_gateway

SITE = replace(
    site_of(skills={"8001": ("claims",)}), roles=ROLES, tokens=(token("all-supervisor", "supervisor"),),
)  # fmt: skip

pytestmark = [pytest.mark.usefixtures("orders_have_time"), pytest.mark.slow]


class ServingPbx(PaperPbx):
    """An Asterisk with one member, that adds and removes members as it is asked."""

    def __init__(self) -> None:
        super().__init__()
        self.settings = Asterisk(media=Media("127.0.0.1:0"))  # another test may have the usual port now
        self.asterisk = PaperAsterisk(now=int(time.time() * 1000))
        self.asterisk.member("claims", "8001", dynamic=True)

    @property
    def connected(self) -> bool:
        """Always."""
        return True

    async def state_rows(self, action: str) -> list[Message]:
        """What it knows."""
        shown = self.asterisk.snapshot()
        queues = [message_of({"Event": "QueueParams", "Queue": name}) for name in ("claims", "inquiry")]
        rows = {"DeviceStateList": shown.devices, "QueueStatus": [*queues, *shown.members]}
        return rows.get(action, [])

    async def action(self, action: str, fields: Fields | None = None, timeout_s: float = 0) -> Message:
        """Do it and say so."""
        asked = dict(fields or {})
        if action == "QueueAdd":
            self.add(str(asked["Queue"]), int(asked["Penalty"]))
        elif action == "QueueRemove":
            self.remove(str(asked["Queue"]))
        return Message("Response: Success")

    def add(self, queue: str, penalty: int = 0) -> None:
        """8001 becomes a member of another queue."""
        member = Member(queue, "PJSIP/8001", "8001 徐芳芳", "PJSIP/8001", True, penalty)
        self.asterisk.members.append(member)
        self._say(member, "QueueMemberAdded")

    def remove(self, queue: str) -> None:
        """8001 leaves a queue."""
        member = next(one for one in self.asterisk.members if one.queue == queue)
        self.asterisk.members.remove(member)
        self._say(member, "QueueMemberRemoved")

    def _say(self, member: Member, event: str) -> None:
        self.asterisk.now = int(time.time() * 1000)
        self.asterisk.tell_member(member, event)
        self.hear(self.asterisk.take_said())


@contextlib.asynccontextmanager
async def served(folder: Path) -> AsyncIterator[tuple[Gateway, ServingPbx, FeedClient, Remembering]]:
    """A gateway that follows it, and a supervisor's console."""
    pbx = ServingPbx()
    source = AsteriskSource(SITE, pbx)
    async with (
        running_gateway(SITE, source, folder) as gateway,  # type: ignore[arg-type]
        console(gateway, "all-supervisor") as (link, memory),
    ):
        await memory.live()
        await memory.until(lambda: skills(memory, "s8001") == ["claims"])
        yield gateway, pbx, link, memory


def skills(memory: Remembering, seat: str) -> list[str]:
    found = memory.entities.get(f"seat:{seat}")
    return found.skills if isinstance(found, Seat) else []


def logged(gateway: Gateway) -> list[tuple[list[str], str]]:
    """What the log holds about queues that are served: which, and by whose order."""
    facts = [entry.fact for entry in gateway.services.engine.session.log.entries()]
    return [(list(fact.queues), fact.by) for fact in facts if isinstance(fact, SeatServes)]


def test_consoles_see_what_somebody_changes_at_the_asterisk(tmp_path: Path) -> None:
    async def story() -> None:
        async with served(tmp_path) as (gateway, pbx, _, memory):
            pbx.add("inquiry")
            await memory.until(lambda: skills(memory, "s8001") == ["claims", "inquiry"])
            pbx.remove("claims")
            await memory.until(lambda: skills(memory, "s8001") == ["inquiry"])
            assert logged(gateway) == [(["claims", "inquiry"], ""), (["inquiry"], "")]

    asyncio.run(story())


def test_a_move_is_seen_when_it_is_done_and_logged_once(tmp_path: Path) -> None:
    async def story() -> None:
        async with served(tmp_path) as (gateway, pbx, link, memory):
            args = {"seat": "s8001", "join": [{"queue": "inquiry", "penalty": 2}], "leave": ["claims"]}
            result = await give(link, "seat.move", "move", args=args)
            assert result.state == "done"
            assert gateway.services.engine.session.floor.entity("seat:s8001").skills == ["inquiry"]  # type: ignore[union-attr]
            pbx.add("claims")
            await memory.until(lambda: skills(memory, "s8001") == ["claims", "inquiry"])
            order = memory.entities[f"order:{result.order}"]
            assert isinstance(order, Order)
            assert logged(gateway) == [(["inquiry"], order.by), (["claims", "inquiry"], "")]

    asyncio.run(story())
