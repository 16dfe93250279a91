"""A hundred thousand malformed frames: each is called that or answered, and none leaves anything behind."""

from __future__ import annotations

import asyncio
import gc
import random
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from feeds import wire
from feeds.following import Follower
from feeds.requests import CallsParams, HelloParams, HistoryParams, OrderParams
from tests.gateway.floors import START, small_site
from tests.gateway.harness import Remembering, ToldSource, console, running_gateway
from tests.gateway.raw_line import answer_to, raw_line
from tests.wire.test_wire import QUEUE

EXAMPLES, A_TIME = 1000, 100
FLAT = 256 * 1024
"""Bytes by which memory may differ; one frame of a hundred thousand that left 100 bytes would be ten megabytes."""
SOUND = (
    wire.snapshot("e", 7, 1, 2, [wire.encode(QUEUE)]), wire.changed("e", 7, 8, [wire.encode(QUEUE)], ["call:1"]),
    wire.beat(wire.BeatParams("e", 7, "0" * 16, 1, [wire.SourceBeat("main", "up", 0, 0, "中文")], sent_ms=5)),
    wire.answer(1, {"view": "v"}), wire.refusal(1, wire.ErrorBody(1, "no")),
    wire.request("hello", HelloParams("token"), 1), wire.request("order", OrderParams("k", "seat.ready"), "x"),
)  # fmt: skip
PIECES = (
    b"",
    b"{",
    b"[",
    b"}",
    b"]",
    b'"',
    b",",
    b":",
    b"null",
    b"-",
    b"9" * 400,
    b"1e999",
    b"\\ud800",
    b"\xff",
    b"\0",
    b"[" * 2000,
)


def mutilated(frame: bytes, rng: random.Random) -> bytes:
    """A frame after what happens to frames: cut, doubled, bytes changed, pieces put in."""
    body = bytearray(frame)
    for _ in range(rng.randint(1, 3)):
        place = rng.randrange(len(body) + 1)
        match rng.randrange(5):
            case 0:
                del body[place:]
            case 1:
                del body[place : place + rng.randint(1, 9)]
            case 2:
                body[place:place] = rng.choice(PIECES)
            case 3:
                body[place:place] = body[: rng.randint(0, 60)]
            case _:
                body[place : place + 1] = bytes((rng.randrange(256),))
    return bytes(body)


def held() -> int:
    """Bytes that the feed's own code has asked for and not given back; Hypothesis remembers what it has tried."""
    gc.collect()
    ours = tracemalloc.take_snapshot().filter_traces([tracemalloc.Filter(True, "*/feeds/*")])
    return sum(trace.size for trace in ours.traces)


def read(frame: bytes, follower: Follower) -> None:
    """What both ends do with a frame that comes in."""
    for decode in (wire.decode_frame, wire.decode_request):
        try:
            found = decode(frame)
        except wire.MalformedFrame:
            continue
        if isinstance(found, wire.Snapshot | wire.Changed | wire.Beat):
            follower.frame(found)
    try:
        wire.decode_sound(frame)
    except wire.MalformedFrame:
        return


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_a_hundred_thousand_malformed_frames_raise_nothing_else_and_leave_nothing_behind() -> None:
    levels: list[int] = []

    @settings(max_examples=EXAMPLES, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(seed=st.integers(0, 1 << 62), own=st.binary(max_size=100))
    def frames(seed: int, own: bytes) -> None:
        rng, follower = random.Random(seed), Follower()
        for number in range(A_TIME):
            read(mutilated(rng.choice((*SOUND, own)), rng) if number else own, follower)
        if rng.random() < 0.02 or not levels:
            levels.append(held())

    tracemalloc.start()
    try:
        frames()
    finally:
        tracemalloc.stop()
    assert len(levels) > 8
    assert levels[-1] - levels[len(levels) // 3] < FLAT, levels


METHODS = ("order", "view", "history", "calls", "agent", "shift", "journal", "resync", "floor.paint", "", "hello")
ODD = (None, 0, -1, 1 << 70, 1e308, "", "\0", "中" * 50, [], [[]], {}, {"a": [None]}, True, "seat:s1", START)
FIELDS = (*{name for form in (OrderParams, HistoryParams, CallsParams) for name in form.__struct_encode_fields__},)


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_one_console_may_ask_nonsense_for_ever_without_the_gateway_growing(tmp_path: Path) -> None:
    async def scenario() -> None:
        source, rng, levels = ToldSource(), random.Random(7), list[int]()
        async with (
            running_gateway(small_site(), source, tmp_path) as gateway,
            console(gateway, "all-wall") as (_, memory),
            raw_line(gateway, "only-claim") as line,
        ):
            await answer_to(line, 1)
            tracemalloc.start()
            try:
                for number in range(2, 12_002):
                    params = {rng.choice(FIELDS): rng.choice(ODD) for _ in range(rng.randint(0, 4))}
                    await line.send(wire.request(rng.choice(METHODS), params, number), text=True)
                    await answer_to(line, number)
                    if number % 2000 == 0:
                        levels.append(held())
            finally:
                tracemalloc.stop()
            assert levels[-1] - levels[1] < FLAT, levels
            beats = len(memory.beats)
            await memory.until(lambda: len(memory.beats) > beats + 1)
            assert memory.state == "live" and memory.snapshots == 1, "nobody else noticed"

    asyncio.run(scenario())


@pytest.mark.slow
def test_frames_that_are_no_requests_cost_their_sender_the_line_and_nobody_else_anything(tmp_path: Path) -> None:
    async def scenario() -> None:
        rng = random.Random(3)
        async with (
            running_gateway(small_site(), ToldSource(), tmp_path) as gateway,
            console(gateway, "all-wall") as (_, memory),
        ):
            await memory.live()
            for _ in range(300):
                async with raw_line(gateway, rng.choice((None, "only-claim"))) as line:
                    await line.send(mutilated(rng.choice(SOUND), rng).decode(errors="replace"), text=True)
            await Remembering().until(lambda: len(gateway._desks) == 1)
            assert memory.state == "live" and memory.snapshots == 1

    asyncio.run(scenario())
