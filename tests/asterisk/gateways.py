"""A gateway whose source is a test's own Asterisk, a console on it, and what Asterisk's queue log says of the same."""

from __future__ import annotations

import contextlib
import secrets
from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

from config.load import load
from feeds.client import FeedClient
from feeds.entities import AnyEntity, Call, Figures, Seat
from feeds.facts import AnyFact, AttemptEnded, LegJoined
from feeds.floor import Floor
from feeds.gateway.books.store import Store
from feeds.gateway.consoles.serve import Gateway
from feeds.gateway.running.attached import open_asterisk
from feeds.gateway.running.shelf import Shelf, Wish
from feeds.log.opening import open_recording
from feeds.records import LegRecord
from feeds.requests import OrderParams, OrderResult
from tests.asterisk.floor import USERS, AsteriskFloor
from tests.asterisk.floor.sites import TOKENS, write_site
from tests.gateway.harness import Remembering, console

SUPERVISOR = TOKENS["supervisor"]


def section(floor: AsteriskFloor, user: str = "gateway", **more: object) -> str:
    """The site's `asterisk:` section for a floor."""
    lines = ["asterisk:", "  host: 127.0.0.1", f"  port: {floor.ports.ami}", f"  user: {user}"]
    lines += [f"  media: {{listen: '127.0.0.1:{floor.ports.media}'}}"]
    return "\n".join([*lines, *(f"  {name}: {value}" for name, value in more.items())]) + "\n"


@contextlib.asynccontextmanager
async def attached(
    floor: AsteriskFloor, folder: Path, *, user: str = "gateway", secret: str = "", capture: Path | None = None,
    **more: object,
) -> AsyncIterator[Gateway]:  # fmt: skip
    """A gateway that follows a floor; started again with the same folder it goes on."""
    site_folder = folder / "site"
    if not site_folder.exists():  # tokens are hashed with other salt each time, and an edited site begins anew
        write_site(site_folder, floor, section(floor, user, **more))
    store = Store(folder / "gateway.db")
    try:
        shelf = Shelf(folder, store)
        engine = open_asterisk(load(site_folder), Wish("asterisk"), shelf, secret or USERS[user], capture)
        gateway = Gateway(engine.session.site, engine, store, site_folder)
        try:
            await gateway.start("127.0.0.1", 0)
            yield gateway
        finally:
            await gateway.stop()
    finally:
        store.close()


@contextlib.asynccontextmanager
async def watched(
    floor: AsteriskFloor, folder: Path, **more: Any
) -> AsyncIterator[tuple[Gateway, FeedClient, Remembering]]:
    """The same with a supervisor's console that sees the source up."""
    async with attached(floor, folder, **more) as gateway, console(gateway, SUPERVISOR) as (link, memory):
        await memory.live()
        await memory.until(lambda: source_of(memory) == "up")
        yield gateway, link, memory


def source_of(memory: Remembering) -> str:
    """The state of the source as the console knows it."""
    return getattr(memory.entities.get("source:main"), "state", "")


def seat_state(memory: Remembering, seat: str) -> str:
    """The state of a seat as the console knows it, empty for one that was never told."""
    found = memory.entities.get(f"seat:{seat}")
    return found.state if isinstance(found, Seat) else ""


def skills(memory: Remembering, seat: str) -> list[str]:
    """The queues that whoever sits there serves, as the console knows it."""
    found = memory.entities.get(f"seat:{seat}")
    return found.skills if isinstance(found, Seat) else []


def figure(memory: Remembering, scope: str, name: str, window: str = "today") -> float | None:
    """A figure as the console knows it."""
    found = memory.entities.get(f"figures:{scope}:{window}")
    return found.values.get(name) if isinstance(found, Figures) else None


def calls_of(memory: Remembering, queue: str = "") -> list[Call]:
    """The open calls, of a queue or of all."""
    found: list[AnyEntity] = list(memory.entities.values())
    return [one for one in found if isinstance(one, Call) and queue in ("", one.queue)]


async def order(link: FeedClient, name: str, **args: Any) -> OrderResult:
    """Give an order and get its first answer."""
    return await link.ask("order", OrderParams(secrets.token_hex(8), name, args), OrderResult)


async def ended(link: FeedClient, memory: Remembering, name: str, **args: Any) -> tuple[str, str]:
    """Give an order and wait for its end: state and text, as the feed tells it."""
    result = await order(link, name, **args)
    key = f"order:{result.order}"
    await memory.until(lambda: getattr(memory.entities.get(key), "state", "accepted") not in ("accepted", "running"))
    found: Any = memory.entities[key]
    return found.state, found.text


# Books


WORDS = {
    "ENTERQUEUE": "joined", "CONNECT": "answered", "ABANDON": "abandoned", "RINGNOANSWER": "no_answer",
    "EXITWITHTIMEOUT": "timeout", "BLINDTRANSFER": "blind", "ATTENDEDTRANSFER": "attended",
}  # fmt: skip
_TALK_PLACE = {"COMPLETEAGENT": 1, "COMPLETECALLER": 1, "BLINDTRANSFER": 3, "ATTENDEDTRANSFER": 3}


class Books:
    """What a gateway's log holds about calls: counts by queue, and every leg."""

    def __init__(self, folder: Path, kind: str = "asterisk") -> None:
        self.facts: list[AnyFact] = []
        self.legs: dict[str, LegRecord] = {}
        (file,) = folder.glob(f"{kind}-*.floor")
        site, log = open_recording(file)
        try:
            self.floor = Floor(site, ledger=self._note)
            for entry in log.entries():
                self.facts.append(entry.fact)
                self.floor.apply(entry.fact, entry.rev)
        finally:
            log.close()

    def _note(self, leg: LegRecord) -> None:
        self.legs[leg.leg] = leg

    def counts(self) -> dict[str, Counter[str]]:
        """Joins, answers, abandonments, ring-no-answers, timeouts, transfers of each queue."""
        found: dict[str, Counter[str]] = defaultdict(Counter)
        queues = {fact.leg: fact.queue for fact in self.facts if isinstance(fact, LegJoined)}
        for queue in queues.values():
            found[queue]["joined"] += 1
        for leg in self.legs.values():
            if leg.outcome in ("answered", "abandoned"):
                found[leg.queue][leg.outcome] += 1
            if leg.flow_kind == "timeout":
                found[leg.queue]["timeout"] += 1
            if leg.transferred:
                found[leg.queue][leg.transferred] += 1
        for fact in self.facts:
            if isinstance(fact, AttemptEnded) and fact.result in ("no_answer", "rejected"):
                found[queues[fact.leg]]["no_answer"] += 1
        return {queue: +counted for queue, counted in found.items()}


def logged_counts(floor: AsteriskFloor) -> dict[str, Counter[str]]:
    """The same by Asterisk's queue log."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for _, _, queue, word, _ in queue_log_lines(floor):
        if word in WORDS:
            found[queue][WORDS[word]] += 1
    return dict(found)


def durations(floor: AsteriskFloor, books: Books) -> Iterator[tuple[str, float, float]]:
    """For every wait and every talk that both know: the leg, the gateway's seconds and those of the queue log."""
    lines: dict[tuple[str, str], list[tuple[str, list[str]]]] = defaultdict(list)
    for _, call, queue, word, data in queue_log_lines(floor):
        lines[call, queue].append((word, data))
    for leg in books.legs.values():
        told = lines[leg.call, leg.queue]
        waits = [float(data[0]) for word, data in told if word == "CONNECT"]
        talks = [float(data[_TALK_PLACE[word]]) for word, data in told if word in _TALK_PLACE]
        if leg.outcome == "answered" and waits:
            yield f"{leg.leg} waits", leg.wait_ms / 1000, _nearest(waits, leg.wait_ms / 1000)
        if leg.talk_ms is not None and talks:
            talked = (leg.talk_ms + leg.hold_ms) / 1000
            yield f"{leg.leg} talks", talked, _nearest(talks, talked)


def _nearest(values: list[float], to: float) -> float:
    """A call may have been in one queue twice: the lines do not say which stay they are of."""
    return min(values, key=lambda one: abs(one - to))


def queue_log_lines(floor: AsteriskFloor) -> Iterator[tuple[float, str, str, str, list[str]]]:
    """Time, call, queue, word and the rest of every line."""
    for line in floor.queue_log.read_text("utf-8").splitlines():
        at, call, queue, _, word, *data = line.split("|")
        yield float(at), call, queue, word, data
