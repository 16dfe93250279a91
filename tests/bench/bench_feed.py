"""The feed's benches: decoding, fan-out, slow and frozen consoles, and everybody's return after a restart."""

from __future__ import annotations

import contextlib
import dataclasses
import json
import os
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from feeds import wire
from feeds.entities import Seat
from tests.bench.feed_gateway import BareFloor
from tests.bench.feed_load import Console, drain
from tests.bench.harness import Row, percentile, processor_s, rates_in_turns, resident_mb, say

ROLES = "all-manager,all-supervisor,all-wall"
CONSOLES, SEATS, CHANGES, FRAME_MS = 500, 1000, 1000, 50


def run(quick: bool) -> Iterator[Row]:
    """All rows of the feed; quick ones measure a few seconds each."""
    for measure in (decoding, fan_out, slow_ones, coming_back):
        yield from measure(quick)


# ── decoding ─────────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclasses.dataclass
class PlainSeat:
    """A seat as it would be decoded by hand."""

    key: str
    rev: int
    state: str
    since: int
    agent: str = ""
    agent_zh: str = ""
    agent_en: str = ""
    team: str = ""
    vendor: str = ""
    seat_type: str = ""
    group: str = ""
    area: str = ""
    extension: str = ""
    reason: str = ""
    by: str = ""
    queue: str = ""
    call: str = ""
    source: str = ""


def decoding(quick: bool) -> Iterator[Row]:
    """Frames of 50 seats: the client's way against json.loads and a dataclass for each."""
    floor = BareFloor(50)
    frame = wire.changed("e", 0, 50, [wire.encode(seat) for seat in floor.seats.values()], [])
    seconds = 0.5 if quick else 3.0

    def ours() -> int:
        found = wire.decode_frame(frame)
        assert isinstance(found, wire.Changed) and isinstance(found.params.entities[0], Seat)
        return 1

    def by_hand() -> int:
        found = json.loads(frame)
        seats = []
        for fields in found["params"]["entities"]:
            fields.pop("kind")
            seats.append(PlainSeat(**fields))
        return 1

    fast, plain = rates_in_turns(ours, by_hand, 2 * seconds)
    yield Row(
        "decode of the feed, frames of 50 seats", "≥ 5 × json.loads + dataclass",
        f"{fast / plain:.1f} × ({fast * 50:,.0f} against {plain * 50:,.0f} entities/s)", fast / plain >= 5,
    )  # fmt: skip


# ── fan-out ──────────────────────────────────────────────────────────────────────────────────────────────────────────


@contextlib.contextmanager
def gateway(mode: str, changes: float, folder: Path, port: int = 0) -> Iterator[tuple[int, int]]:
    """A gateway process of tests.bench.feed_gateway: (port, pid)."""
    command = [sys.executable, "-m", "tests.bench.feed_gateway", mode, str(SEATS), str(changes), str(folder), str(port)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        yield int(process.stdout.readline()), process.pid
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.kill(process.pid, signal.SIGKILL)
        process.communicate()


def load(port: int, consoles: int, sampled: int, seconds: float, pid: int) -> tuple[float, dict[str, Any]]:
    """Share of a core that the gateway uses under a load, and what the load tells."""
    command = [
        sys.executable, "-m", "tests.bench.feed_load", "127.0.0.1", str(port), str(consoles), str(sampled),
        str(seconds), "3", ROLES,
    ]  # fmt: skip
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    process.stdout.readline()
    begun, used = time.monotonic(), processor_s(pid)
    time.sleep(seconds - 0.3)  # what is measured is this stretch of time
    share = (processor_s(pid) - used) / (time.monotonic() - begun)
    told: dict[str, Any] = json.loads(process.communicate()[0])
    return share, told


def fan_out(quick: bool) -> Iterator[Row]:
    """500 consoles of three roles; the usual way is run at a rate that it can carry and compared by cost a delivery."""
    seconds = 4.0 if quick else 20.0
    results = {}
    for mode, changes in (("pump", CHANGES), ("tasks", CHANGES), ("floor", CHANGES), ("queues", 15)):
        with tempfile.TemporaryDirectory() as folder, gateway(mode, changes, Path(folder)) as (port, pid):
            share, told = load(port, CONSOLES, 15, seconds, pid)
            results[mode] = share, told["latencies"], resident_mb(pid)
            say(f"  {mode}: {share:.1%} of a core, p50 {percentile(told['latencies'], 0.5):.1f} ms")
    share, latencies, memory = results["pump"]
    p50, p99 = percentile(latencies, 0.5), percentile(latencies, 0.99)
    what = f"fan-out: {CONSOLES} consoles, {CHANGES:,} changes/s, {FRAME_MS} ms frames, three roles"
    yield Row(what, "≤ 25 % of one core", f"{share:.1%}, {memory:.0f} MB", share <= 0.25)
    yield Row(
        "  lateness of a change",
        f"p99 ≤ {FRAME_MS + 15} ms",
        f"p50 {p50:.0f} ms, p99 {p99:.0f} ms",
        p99 <= FRAME_MS + 15,
    )
    usual = results["queues"][0] / 15
    ratio = usual / (share / CHANGES)
    yield Row(
        "  against a queue per console (by cost a change)", "≥ 5 × cheaper",
        f"{ratio:.0f} × ({results['queues'][0]:.0%} of a core for 15 changes/s)", ratio >= 5,
    )  # fmt: skip
    tasks, late, _ = results["tasks"]
    yield Row("  the same frames through a task per console", "", f"{tasks:.1%}, p99 {percentile(late, 0.99):.0f} ms")
    share, latencies, memory = results["floor"]
    yield Row(
        "  the same with the real fold and log behind it", "",
        f"{share:.1%}, p99 {percentile(latencies, 0.99):.0f} ms, {memory:.0f} MB",
    )  # fmt: skip


# ── slow and frozen consoles ─────────────────────────────────────────────────────────────────────────────────────────


def _read_slowly(console: Console, rate: int, stop: threading.Event) -> None:
    console.raw.setblocking(True)
    console.raw.settimeout(0.5)
    while not stop.wait(0.1):
        with contextlib.suppress(OSError):
            console.raw.recv(rate // 10)


def slow_ones(quick: bool) -> Iterator[Row]:
    """48 healthy consoles alone, then with one frozen and one of 10 kB/s among them."""
    seconds = 3.0 if quick else 12.0
    with tempfile.TemporaryDirectory() as folder, gateway("pump", CHANGES, Path(folder)) as (port, pid):
        address, tokens = ("127.0.0.1", port), ROLES.split(",")
        healthy = [Console(address, tokens[number % 3], True) for number in range(48)]
        drain(healthy, 1.0, None)
        alone: list[float] = []
        drain(healthy, seconds, alone)
        before = resident_mb(pid)
        frozen = Console(address, tokens[0], True)
        slow = Console(address, tokens[1], True)
        stop = threading.Event()
        reader = threading.Thread(target=_read_slowly, args=(slow, 10_000, stop))
        reader.start()
        beside: list[float] = []
        drain(healthy, max(seconds, 8.0), beside)
        grown = resident_mb(pid) - before
        stop.set()
        reader.join()
        cut = _is_cut(frozen.raw)
    growth = percentile(beside, 0.99) - percentile(alone, 0.99)
    yield Row(
        "one frozen and one 10 kB/s console among 50", "others' p99 grows ≤ 20 ms",
        f"{growth:+.1f} ms (from {percentile(alone, 0.99):.0f} ms)", growth <= 20,
    )  # fmt: skip
    yield Row(
        "  held for both of them, frozen one cut",
        "≤ 1 MB",
        f"{max(grown, 0):.1f} MB, {'cut' if cut else 'not cut'}",
        grown <= 1,
    )


def _is_cut(raw: socket.socket) -> bool:
    raw.setblocking(True)
    raw.settimeout(1)
    end = time.monotonic() + 2
    try:
        while time.monotonic() < end:
            if not raw.recv(1 << 16):
                return True
    except ConnectionError:
        return True
    except TimeoutError:
        return False
    return False


# ── coming back ──────────────────────────────────────────────────────────────────────────────────────────────────────


def coming_back(quick: bool) -> Iterator[Row]:
    """Everybody at once after kill -9: real clients in another process, each with its own jitter."""
    count = 100 if quick else CONSOLES
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with gateway("floor", 100, folder) as (port, _):
            command = [sys.executable, "-m", "tests.bench.feed_return", str(port), str(count), ROLES]
            clients = subprocess.Popen(command, stdout=subprocess.PIPE, stdin=subprocess.PIPE, text=True)
            assert clients.stdout is not None and clients.stdin is not None
            clients.stdout.readline()
        clients.stdin.write("killed\n")
        clients.stdin.flush()
        with gateway("floor", 100, folder, port):
            told = json.loads(clients.communicate()[0])
    times = told["live_after_s"]
    kept = len(times) == count and max(times) <= 10 and told["snapshots"] == 0
    spent = f"median {statistics.median(times):.1f} s, last {max(times):.1f} s, " if times else ""
    yield Row(
        f"{count} consoles reconnect after kill -9 and a restart", "all live ≤ 10 s, no snapshot",
        f"{len(times)} live, {spent}{told['snapshots']} snapshots", kept,
    )  # fmt: skip
