"""The bench of listening on a real Asterisk: first sound, caller to console, forty listeners at once."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import itertools
import os
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from pathlib import Path

from feeds import wire
from feeds.client import FeedClient
from feeds.sound import Ear
from tests.asterisk.floor import (
    AsteriskFloor,
    Behaviour,
    FloorPlan,
    NoAsterisk,
    PracticePeople,
    QueuePlan,
    Sound,
    find_program,
    loudness,
    members,
    phones_of,
    small_floor,
)  # fmt: skip
from tests.asterisk.floor.plan import people
from tests.asterisk.listeners import samples
from tests.asterisk.stories import CALLER_HZ, a_talk
from tests.bench.harness import Row, go_first, percentile, processor_s, say
from tests.gateway.harness import PATIENCE_S
from tests.listening.taps import Hearing, give

LISTENERS, EACH, SPARE = 40, 4, 8
FIRST_SOUND_MS, ON_THE_WAY_MS, LATE_MS = 400, 120, 100
FLOOR = "the real Asterisk of tests/asterisk"


def run(quick: bool) -> list[Row]:
    """All rows, or one that says that there is no Asterisk."""
    try:
        program = find_program()
    except NoAsterisk as reason:
        return [Row("listening", FLOOR, f"not measured: {reason}")]
    rows: list[Row] = []
    with AsteriskFloor(small_floor(), program) as floor, a_gateway(floor, 1) as (url, _):
        rows += asyncio.run(one_listener(floor, url, quick))
    with (
        AsteriskFloor(many_talks(), program) as floor, PracticePeople(floor, seed=1) as callers,
        a_gateway(floor, LISTENERS + SPARE) as (url, pid),
    ):  # fmt: skip
        go_first([os.getpid()])  # with all that it started: the sound's own way, whatever else the machine does
        callers.begin_calls(20, (LISTENERS + 4 * SPARE) / 20)
        rows += asyncio.run(many_listeners(url, pid, quick))
    return rows


@contextlib.contextmanager
def a_gateway(floor: AsteriskFloor, seats: int) -> Iterator[tuple[str, int]]:
    """A gateway beside us: its address and its process."""
    with tempfile.TemporaryDirectory() as folder:
        words = [folder, str(floor.ports.ami), str(floor.ports.media), str(seats)]
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.bench.listening_gateway", *words],
            cwd=Path(__file__).resolve().parents[2], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        assert process.stdin is not None and process.stdout is not None
        try:
            yield process.stdout.readline().strip(), process.pid
        finally:
            process.stdin.close()
            process.wait(PATIENCE_S)
            process.stdout.close()


class Timed(Hearing):
    """A console that notes when each frame came."""

    def __init__(self) -> None:
        super().__init__()
        self.came: list[tuple[float, wire.Sound]] = []

    def on_sound(self, sound: wire.Sound) -> None:
        self.came.append((time.monotonic(), sound))
        self._news.set()


@contextlib.asynccontextmanager
async def a_console(url: str) -> AsyncIterator[tuple[FeedClient, Timed]]:
    """A console that follows the gateway."""
    memory = Timed()
    client = FeedClient(url, "all-manager", memory, sound=memory)
    running = asyncio.create_task(client.run())
    try:
        await memory.live()
        yield client, memory
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)


# ── one listener ─────────────────────────────────────────────────────────────────────────────────────────────────────


async def one_listener(floor: AsteriskFloor, url: str, quick: bool) -> list[Row]:
    """How soon there is sound, and how old it is."""
    async with phones_of(floor, "8001") as phones, a_console(url) as (link, memory):
        call, talk = await a_talk(phones)
        talk.sound.hz = 400.0  # whole periods in 20 ms, as the caller's tone has: one frame tells them apart
        await begin_to_hear(link, memory, [0], 1)
        await give(link, "listening.stop", session=memory.sessions()[-1].session)
        firsts = [await first_sound(link, memory) for _ in range(8 if quick else 40)]
        await quiet_again(memory)
        await begin_to_hear(link, memory, [0], 1)
        ages = [await on_the_way(call.sound, memory) for _ in range(10 if quick else 60)]
    p50, p99 = percentile(firsts, 0.5), percentile(firsts, 0.99)
    rows = [Row("first sound after `listening.start`", f"p50 ≤ {FIRST_SOUND_MS} ms",
                f"p50 {p50:.0f} ms, p99 {p99:.0f} ms", p50 <= FIRST_SOUND_MS)]  # fmt: skip
    p50, p99 = percentile(ages, 0.5), percentile(ages, 0.99)
    rows.append(Row("caller's phone to console", f"p50 ≤ {ON_THE_WAY_MS} ms",
                    f"p50 {p50:.0f} ms, p99 {p99:.0f} ms", p50 <= ON_THE_WAY_MS))  # fmt: skip
    return rows


async def first_sound(link: FeedClient, memory: Timed) -> float:
    """Milliseconds from the order to the first frame of its session."""
    await quiet_again(memory)
    began = time.monotonic()
    result = await give(link, "listening.start", seat="s0")
    await memory.until(lambda: memory.came)
    came, sound = memory.came[0]
    await memory.order(result, "done")
    await give(link, "listening.stop", session=sound.session)
    return (came - began) * 1000


async def quiet_again(memory: Timed) -> None:
    """Return when no session goes on."""
    await memory.until(lambda: all(one.state == "ended" for one in memory.sessions()))
    memory.came.clear()


async def on_the_way(mouth: Sound, memory: Timed) -> float:
    """Milliseconds from when the caller's phone sends the first packet of a tone until the console has it."""
    mouth.hz = 0.0
    await silence_of(memory)
    sent = await first_packet(mouth)
    begun = len(memory.came)

    def heard() -> float | None:
        for came, sound in memory.came[max(0, begun - 5) :]:
            if came > sent and loudness(samples([sound]), CALLER_HZ) > 2000:
                return came
        return None

    await memory.until(heard)
    came = heard()
    assert came is not None
    return (came - sent) * 1000


async def silence_of(memory: Timed) -> None:
    """Return when the caller is not heard any more."""

    def quiet() -> bool:
        last = [sound for _, sound in memory.came[-10:]]
        return len(last) == 10 and max(loudness(samples([one]), CALLER_HZ) for one in last) < 500

    memory.came.clear()
    await memory.until(quiet)


async def first_packet(mouth: Sound) -> float:
    """Have the caller say his tone; when the first packet of it was sent."""
    transport = mouth._transport
    assert transport is not None
    sent, happened = 0.0, asyncio.Event()
    send = transport.sendto

    def note(data: bytes, address: tuple[str, int] | None = None) -> None:
        nonlocal sent
        sent = sent or time.monotonic()
        happened.set()
        send(data, address)

    transport.sendto = note  # type: ignore[method-assign, assignment]
    mouth.hz = CALLER_HZ
    await happened.wait()
    transport.sendto = send  # type: ignore[method-assign]
    return sent


# ── many listeners ───────────────────────────────────────────────────────────────────────────────────────────────────


def many_talks() -> FloorPlan:
    """A floor where everybody talks in a tone and nobody stops."""
    last = 8000 + LISTENERS + SPARE
    how = Behaviour(
        ring=0.1, talk=3000, patience=3000, no_answer=0, busy=0, hold=0, transfer=0, caller_hangs_up=0,
        rest_after_call=0, with_tone=LISTENERS + SPARE,
    )  # fmt: skip
    return FloorPlan((QueuePlan("claims", "95501", members((8001, last, 0))),), people(8001, last), behaviour=how)


async def many_listeners(url: str, pid: int, quick: bool) -> list[Row]:
    """Forty at once: what is missing, what is silence instead of sound, what comes late."""
    seconds = 8 if quick else 60
    async with contextlib.AsyncExitStack() as stack:
        consoles = [await stack.enter_async_context(a_console(url)) for _ in range(LISTENERS // EACH)]
        begun = time.monotonic()
        for place, (link, memory) in enumerate(consoles):
            await begin_to_hear(link, memory, range(place, LISTENERS + SPARE, LISTENERS // EACH), EACH)
        say(f"  {LISTENERS} sessions after {time.monotonic() - begun:.1f} s")
        await asyncio.sleep(1.0)
        for _, memory in consoles:
            memory.came.clear()
        used, begun = processor_s(pid), time.monotonic()
        with a_sleeper() as woke, uncollected():
            await asyncio.sleep(seconds)
        load = 100 * (processor_s(pid) - used) / (time.monotonic() - begun)
        heard = [one for _, memory in consoles for one in memory.came]
    return [forty(heard, seconds, f"gateway {load:.0f} % of a core; {woke()}")]


@contextlib.contextmanager
def uncollected() -> Iterator[None]:
    """Nothing is collected here meanwhile: going through a minute's 120,000 frames, which a console would have played
    and forgotten, stops all of them for 150 ms. The gateway, a process of its own, collects as always."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


@contextlib.contextmanager
def a_sleeper() -> Iterator[Callable[[], str]]:
    """A bare process that does nothing but wake each 20 ms: how late it wakes is the machine's, not ours."""
    process = subprocess.Popen(
        [sys.executable, "-c", _SLEEPER], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )  # fmt: skip
    found: list[str] = []
    idle, spent = machine_time()
    try:
        yield lambda: ", ".join(found)
    finally:
        found.append(process.communicate()[0].strip())
        more_idle, more_spent = machine_time()
        found.append(f"the machine was {100 * (more_idle - idle) / max(1, more_spent - spent):.0f} % idle")


def machine_time() -> tuple[int, int]:
    """What all processors together idled and lived so far, ticks (Linux)."""
    ticks = [int(word) for word in Path("/proc/stat").read_text("ascii").splitlines()[0].split()[1:]]
    return ticks[3] + ticks[4], sum(ticks)


_SLEEPER = f"""
import select, sys, time
worst = often = 0
while True:
    due = time.monotonic() + 0.02
    if select.select([sys.stdin], [], [], 0.02)[0]:
        break
    late = (time.monotonic() - due) * 1000
    worst, often = max(worst, late), often + (late > {LATE_MS} / 2)
print(f"a process that only sleeps woke up to {{worst:.0f}} ms late, {{often}} times over {LATE_MS // 2}")
"""


async def begin_to_hear(link: FeedClient, memory: Timed, seats: Iterable[int], count: int) -> None:
    """So many sessions at one console; seats that nobody has called yet are asked again."""
    began = 0
    async with asyncio.timeout(PATIENCE_S):
        for seat in itertools.cycle(seats):
            result = await give(link, "listening.start", seat=f"s{seat}")
            if result.state == "refused":
                await asyncio.sleep(0.05)
                continue
            began += 1
            if began == count:
                break
    await memory.until(lambda: sum(one.state == "on" for one in memory.sessions()) >= count)


def forty(heard: list[tuple[float, wire.Sound]], seconds: float, more: str) -> Row:
    """The row about all of them; a gap is what a loudspeaker behind an Ear would not have had in time."""
    sessions: dict[int, list[tuple[float, wire.Sound]]] = defaultdict(list)
    for came, sound in heard:
        sessions[sound.session].append((came, sound))
    gaps = silent = late = 0
    worst = 0.0
    for number, frames in sessions.items():
        gaps += gaps_heard(number, frames)
        silent += sum(not any(sound.pcm) for _, sound in frames)
        quickest = min(came - sound.at_ms / 1000 for came, sound in frames)
        delays = [(came - sound.at_ms / 1000 - quickest) * 1000 for came, sound in frames]
        late += sum(delay > LATE_MS for delay in delays)
        worst = max(worst, *delays)
    kept = len(sessions) == LISTENERS and not gaps + silent
    measured = (
        f"{len(sessions)} sessions, {len(heard)} frames in {seconds:g} s: {gaps} gaps heard, {silent} silent, "
        f"{late} over {LATE_MS} ms late (worst {worst:.0f}); {more}"
    )
    return Row("40 listeners at once", "without a gap", measured, kept)


def gaps_heard(number: int, frames: list[tuple[float, wire.Sound]]) -> int:
    """Frames that were missing or had to be passed over when a loudspeaker asked for one each 20 ms."""
    ear, place = Ear(number), 0
    for turn in range(int((frames[-1][0] - frames[0][0]) * 1000) // wire.SOUND_MS):
        now = frames[0][0] + turn * wire.SOUND_MS / 1000
        while place < len(frames) and frames[place][0] <= now:
            ear.put(frames[place][1])
            place += 1
        ear.take(wire.SOUND_MS)
    return ear.missing + ear.late + ear.passed_over
