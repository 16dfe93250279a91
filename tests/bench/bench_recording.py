"""Recordings: how large, how fast to write, open and enter anywhere; and the import of a month of real calls."""

from __future__ import annotations

import gc
import gzip
import json
import os
import random
import statistics
import subprocess
import tempfile
import time
from collections.abc import Iterable, Sequence
from io import StringIO
from pathlib import Path

from config.load import site_from_name_or_path
from config.schema import Site
from feeds.facts import AnyFact
from feeds.importing.importer import Importer
from feeds.importing.lines import Lines
from feeds.importing.progress import Progress
from feeds.log.opening import NewRecording, open_recording
from feeds.sources.framing import write_key_frames
from feeds.sources.recorded import open_source, state_at
from tests.bench import bench_fold
from tests.bench.harness import Row, percentile, say

MONTH = "data/anonbank-1999-02/1999-02_queue_log.gz"
BATCH = 500
SEEKS = 100


def run(quick: bool) -> Iterable[Row]:
    """The rows of the table."""
    with tempfile.TemporaryDirectory() as folder:
        yield from _recordings(Path(folder), quick)
        shared = Path(os.environ.get("WATCHFLOOR_SHARED") or Path(__file__).resolve().parents[3] / "shared")
        if (shared / MONTH).is_file():
            yield _import(shared / MONTH, Path(folder), 3 if quick else 7)
        else:
            say(f"  not measured: there is no month of calls at {shared / MONTH}")


def _recordings(folder: Path, quick: bool) -> Iterable[Row]:
    yield from _recording(folder, 110, 1 if quick else 8)
    yield from _recording(folder, *((1_000, 1) if quick else (5_000, 8)))


def _recording(folder: Path, seats: int, hours: int) -> Iterable[Row]:
    bench_fold.QUEUE_COPIES.setdefault(seats, 5)
    site = bench_fold.grown(site_from_name_or_path("demo"), seats)
    say(f"  {seats:,} seats × {hours} h: facts …")
    _, facts = bench_fold.day(site, 9.0, 9.0 + hours)
    path = folder / f"{seats}.floor"
    written = _write(path, site, facts)
    size = path.stat().st_size / len(facts)
    total = len(facts)
    name = f"recording, {seats:,} seats × {hours} h, {total:,} facts"
    yield Row(f"{name}: write", "≥ 150,000 facts/s", f"{written:,.0f} facts/s", written >= 150_000)
    say("  key frames …")
    framed = folder / f"{seats}-framed.floor"
    with NewRecording(framed, site) as log:
        for start in range(0, len(facts), BATCH):
            log.append([(fact, None) for fact in facts[start : start + BATCH]])
        count = write_key_frames(site, log)
    with_frames = framed.stat().st_size / len(facts)
    del facts
    gc.collect()
    gc.freeze()  # what the bench itself holds is no work of the recording
    measured = f"{size:.1f} B, {with_frames:.1f} B with {count:,} key frames"
    yield Row(f"{name}: size", "≤ 25 bytes a fact", measured, max(size, with_frames) <= 25)
    yield _opening(framed, name)
    yield _seeking(framed, name)


def _write(path: Path, site: Site, facts: Sequence[AnyFact]) -> float:
    begun = time.perf_counter()
    with NewRecording(path, site) as log:
        for start in range(0, len(facts), BATCH):
            log.append([(fact, None) for fact in facts[start : start + BATCH]])
    return len(facts) / (time.perf_counter() - begun)


def _opening(path: Path, name: str) -> Row:
    spent = []
    for _ in range(20):
        begun = time.perf_counter()
        _, log = open_recording(path)
        assert log.rev and next(log.entries()).rev == 1
        log.close()
        spent.append((time.perf_counter() - begun) * 1000)
    return Row(f"{name}: open", "≤ 100 ms", f"{percentile(spent, 0.5):.1f} ms", percentile(spent, 0.5) <= 100)


def _seeking(path: Path, name: str) -> Row:
    dice, spent = random.Random(5), []
    source = open_source(path)
    span = source.recording.span()
    assert span is not None
    for _ in range(SEEKS):
        at = dice.randrange(*span)
        begun = time.perf_counter()
        assert state_at(source.site, source.recording, at).now == at
        spent.append((time.perf_counter() - begun) * 1000)
    source.close()
    p50, p99 = percentile(spent, 0.5), percentile(spent, 0.99)
    return Row(f"{name}: seek", "p99 ≤ 30 ms", f"p50 {p50:.1f}, p99 {p99:.1f} ms", p99 <= 30)


def _spent() -> float:
    """Processor time of this process and of those that it has run: others on the machine do not count."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def _import(source: Path, folder: Path, rounds: int) -> Row:
    site = site_from_name_or_path("demo")
    with gzip.open(source, "rt") as text:
        fields = [line.rstrip("\n").split("|") for line in text]
    names = ("time", "call", "queue", "agent", "event")
    encoded = [json.dumps(dict(zip(names, row, strict=False)) | {"data": row[5:]}) for row in fields]
    count = len(fields)
    del fields
    gc.collect()
    gc.freeze()  # what the bench itself holds is no work of either
    ours, bare = [], []
    for _ in range(rounds):
        begun = _spent()
        subprocess.run(["gzip", "-dc", str(source)], stdout=subprocess.DEVNULL, check=True)
        for one in encoded:
            json.loads(one)
        bare.append(_spent() - begun)
        begun = _spent()
        lines = Lines(source)
        with NewRecording(folder / "month.floor", site) as log:
            importer = Importer(site, lambda facts: log.append([(fact, None) for fact in facts]) and None)
            with Progress(StringIO(), source.name, lambda: lines.share) as progress:  # noqa: B023
                importer.run(lines, progress)
        lines.close()
        ours.append(_spent() - begun)
    # Round by round, because a short work finds a quick moment of the machine more easily than a long one.
    ratios = sorted(mine / theirs for mine, theirs in zip(ours, bare, strict=True))
    ratio, spread = statistics.median(ratios), f"{ratios[0]:.1f}–{ratios[-1]:.1f}"
    spent = f"{statistics.median(ours):.2f} s against {statistics.median(bare):.2f} s of processor time"
    measured = f"{ratio:.1f}× ({spread}; {spent}, {count:,} lines)"
    return Row("import of a month, with progress", "≤ 4× gzip -dc + json.loads", measured, ratio <= 4)
