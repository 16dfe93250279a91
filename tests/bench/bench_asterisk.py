"""The bench of a live Asterisk: its words into facts, an event to a console, fifty consoles, an order to its end."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import importlib
import math
import os
import secrets
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from typing import Any, Final

from config.asterisk import Asterisk
from config.load import load
from feeds.client import FeedClient
from feeds.entities import AnyEntity, Call, Seat
from feeds.requests import OrderParams, OrderResult
from feeds.sources.asterisk.ami.messages import Framer
from feeds.sources.asterisk.capture import Retelling
from tests.asterisk.floor import USERS, AsteriskFloor, NoAsterisk, PracticePeople, find_program, whole_floor
from tests.asterisk.floor.sites import write_site
from tests.asterisk.gateways import SUPERVISOR, section
from tests.bench.harness import Row, best_rate, go_first, percentile, processor_s, say
from tests.gateway.harness import PATIENCE_S, Remembering

CALLS_A_SECOND: Final = 17.0
CONSOLES: Final = 50
FRAME_MS: Final = 50
ROUNDS: Final = 11
WAY: Final = "event in Asterisk → changed entity at a console"
AHEAD: Final = "Asterisk, gateway and console before the practice people, as on machines of their own"
EVENTS_A_SECOND, PANORAMISK = 15_000, 2.0
P50_MS, P99_MS, ORDER_MS, LOAD = FRAME_MS + 5, FRAME_MS + 40, 100, 30


def run(quick: bool) -> list[Row]:
    """All rows, or one that says that there is no Asterisk."""
    try:
        program = find_program()
    except NoAsterisk as reason:
        return [Row("live Asterisk", "the real Asterisk of tests/asterisk", f"not measured: {reason}")]
    seconds = 10 if quick else 60
    with tempfile.TemporaryDirectory() as folder:
        here = Path(folder)
        with AsteriskFloor(whole_floor(), program) as floor, PracticePeople(floor, seed=1) as callers:
            site = write_site(here / "site", floor, section(floor))
            with a_gateway(here, site, floor) as (url, pid):
                callers.begin_calls(CALLS_A_SECOND, 2 * seconds + 25)
                rows = [asyncio.run(beside_the_people(url, seconds / 2))]
                where = AHEAD if go_first([floor.pid, pid, os.getpid()]) else "on one footing with the practice people"
                rows += asyncio.run(live(url, pid, seconds, where))
        return [*parsing(here / "said.ami", site), *rows]


@contextlib.contextmanager
def a_gateway(folder: Path, site: Path, floor: AsteriskFloor) -> Iterator[tuple[str, int]]:
    """The gateway as a user starts it: its address and its process."""
    words = ["gateway", "--site", str(site), "--source", "asterisk", "--listen", "127.0.0.1:0", "--until-input-ends"]
    words += ["--data", str(folder / "data"), "--capture", str(folder / "said.ami")]
    process = subprocess.Popen(
        [sys.executable, "main.py", *words], cwd=Path(__file__).resolve().parents[2], stdin=subprocess.PIPE,
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
        env={"WATCHFLOOR_ASTERISK_SECRET": USERS["gateway"], "PATH": ""},
    )  # fmt: skip
    assert process.stdin is not None and process.stdout is not None
    try:
        yield process.stdout.readline().split()[-1], process.pid
    finally:
        process.stdin.close()
        process.wait(PATIENCE_S)
        process.stdout.close()


# ── words into facts ─────────────────────────────────────────────────────────────────────────────────────────────────


def parsing(said: Path, site_folder: Path) -> list[Row]:
    """Events a second of what was said just now, beside another client's reading of the same."""
    site, said_bytes = load(site_folder), said.read_bytes()
    events = said_bytes.count(b"\nEvent: ")
    parts = [said_bytes[place : place + (1 << 16)] for place in range(0, len(said_bytes), 1 << 16)]

    def to_facts() -> int:
        framer, telling = Framer(), Retelling(site, site.asterisk or Asterisk(), 0)
        for part in parts:
            for message in framer.feed(part):
                telling.take(message, telling.time_of(message))
        return events

    def to_messages() -> int:
        framer = Framer()
        return sum(len(framer.feed(part)) for part in parts)

    theirs = panoramisk(said_bytes)
    gc.collect()
    gc.freeze()  # what the bench itself holds is no work of either
    read = best_rate(to_messages, 3.0)
    rounds = [(cost(to_facts), cost(theirs) if theirs else 0.0) for _ in range(ROUNDS)]
    ours = events / min(mine for mine, _ in rounds)
    rows = [
        Row("AMI stream to facts", f"≥ {EVENTS_A_SECOND:,} events/s",
            f"{ours:,.0f} events/s ({events:,} events; reading alone {read:,.0f})", ours >= EVENTS_A_SECOND),
    ]  # fmt: skip
    beside, goal = "the same against panoramisk's reading", f"≥ {PANORAMISK:g}×"
    if theirs is None:
        return [*rows, Row(beside, goal, "panoramisk is not installed")]
    ratio = statistics.median(other / mine for mine, other in rounds)
    other = events / min(other for _, other in rounds)
    measured = f"{ratio:.1f}×, median of {ROUNDS} rounds ({other:,.0f} events/s, without making facts)"
    return [*rows, Row(beside, goal, measured, ratio >= PANORAMISK)]


def cost(work: Callable[[], int]) -> float:
    """Processor seconds of one turn: both take turns, so the machine's hours count for both."""
    begun = time.process_time()
    work()
    return time.process_time() - begun


def panoramisk(said: bytes) -> Callable[[], int] | None:
    """Reads the same bytes with panoramisk's protocol and one callback, None where it is not installed."""
    try:
        package: Any = importlib.import_module("panoramisk")
    except ImportError:
        return None
    parts = [said[place : place + (1 << 16)] for place in range(0, len(said), 1 << 16)]
    events = said.count(b"\nEvent: ")

    def read() -> int:
        manager = package.Manager()
        manager.register_event("*", lambda manager, message: None)
        protocol = manager.config["protocol_factory"]()
        protocol.connection_made(None)
        protocol.factory, protocol.encoding = manager, "utf8"
        for part in parts:
            protocol.data_received(part)
        return events

    return read


# ── live ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


class Timing(Remembering):
    """A console that notes how old an entity's newest moment is when it comes."""

    def __init__(self) -> None:
        super().__init__()
        self.ages: list[float] = []
        self._seen: dict[str, int] = {}

    def on_snapshot(self, entities: list[AnyEntity]) -> None:
        self._note(entities)
        self.ages.clear()  # what was there before is not on its way
        super().on_snapshot(entities)

    def on_changed(self, entities: list[AnyEntity], gone: list[str]) -> None:
        self._note(entities)
        super().on_changed(entities, gone)

    def _note(self, entities: list[AnyEntity]) -> None:
        now = time.time() * 1000
        for entity in entities:
            if isinstance(entity, Seat) and entity.state in ("ringing", "talking", "hold"):
                since = entity.since
            elif isinstance(entity, Call) and entity.state == "waiting" and entity.since == entity.joined_at:
                since = entity.joined_at
            else:
                continue
            if self._seen.get(entity.key) != since:
                self._seen[entity.key] = since
                self.ages.append(now - since)


@contextlib.asynccontextmanager
async def a_console(url: str) -> AsyncIterator[tuple[FeedClient, Timing]]:
    memory = Timing()
    client = FeedClient(url, SUPERVISOR, memory)
    running = asyncio.create_task(client.run())
    try:
        await memory.live()
        yield client, memory
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)


async def ages_of(memory: Timing, seconds: float) -> list[float]:
    """How old the changes were that came to a console within some seconds."""
    await memory.until(lambda: len(memory.ages) > 50)
    memory.ages.clear()
    say(f"  {seconds:g} s at {CALLS_A_SECOND:g} calls/s with one console")
    await asyncio.sleep(seconds)
    return list(memory.ages)


async def beside_the_people(url: str, seconds: float) -> Row:
    """The way of an event while hundreds of phones share the processors with Asterisk and the gateway."""
    async with a_console(url) as (_, memory):
        ages = await ages_of(memory, seconds)
    measured = f"p50 {percentile(ages, 0.5):.0f}, p99 {percentile(ages, 0.99):.0f} ms ({len(ages)} changes)"
    return Row(f"{WAY}, on one footing with the practice people", "to know", measured)


async def live(url: str, pid: int, seconds: float, where: str) -> list[Row]:
    """An event until a console has it; an order until the feed shows it; the load of fifty consoles."""
    async with a_console(url) as (link, memory):
        ages = await ages_of(memory, seconds)
        orders = [await order_ms(link, memory, f"{8001 + number % 40}") for number in range(30)]
    load = await with_consoles(url, pid, min(seconds, 20.0))
    p50, p99 = percentile(ages, 0.5), percentile(ages, 0.99)
    told = percentile(orders, 0.5)
    return [
        Row(f"{WAY}, {where}", f"p50 ≤ {P50_MS}, p99 ≤ {P99_MS} ms",
            f"p50 {p50:.0f}, p99 {p99:.0f} ms ({len(ages)} changes)", p50 <= P50_MS and p99 <= P99_MS),
        Row("order → seen in the feed", f"p50 ≤ {ORDER_MS} ms",
            f"p50 {told:.0f}, p99 {percentile(orders, 0.99):.0f} ms", told <= ORDER_MS),
        Row(f"gateway at {CALLS_A_SECOND:g} calls/s with {CONSOLES} consoles", f"≤ {LOAD} % of a core",
            f"{load:.0f} %", load <= LOAD),
    ]  # fmt: skip


async def order_ms(link: FeedClient, memory: Timing, seat: str) -> float:
    """Milliseconds from an order until the seat's change is at the console: a pause, and after it ready again."""
    begun = time.perf_counter()
    word = secrets.token_hex(3)
    params = OrderParams(secrets.token_hex(8), "seat.pause", {"seat": seat, "reason": word})
    asked = asyncio.create_task(link.ask("order", params, OrderResult))
    await asked
    await memory.until(lambda: asked.result().state in ("done", "refused", "unknown"))
    spent = (time.perf_counter() - begun) * 1000
    back = OrderParams(secrets.token_hex(8), "seat.ready", {"seat": seat})
    await link.ask("order", back, OrderResult)
    return spent if asked.result().state == "done" else math.inf


async def with_consoles(url: str, pid: int, seconds: float) -> float:
    """Per cent of a core that the gateway uses while fifty consoles follow it."""
    async with contextlib.AsyncExitStack() as stack:
        for _ in range(CONSOLES):
            await stack.enter_async_context(a_console(url))
        used, begun = processor_s(pid), time.monotonic()
        say(f"  {seconds:g} s with {CONSOLES} consoles")
        await asyncio.sleep(seconds)
        return 100 * (processor_s(pid) - used) / (time.monotonic() - begun)
