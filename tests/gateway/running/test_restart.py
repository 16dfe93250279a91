"""Kill -9 and start again, with a real process: same epoch, same revision, and consoles that hardly notice."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import socket
import sys
import time
from collections.abc import AsyncIterator, Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec
import pytest

from feeds.client import FeedClient
from feeds.facts import AnyFact
from feeds.gateway.running.session import RETURNING
from feeds.gateway.running.shelf import open_session
from feeds.log.base import Entry, LogError
from feeds.log.embedded import EmbeddedLog
from tests.gateway.floors import a_morning, small_site
from tests.gateway.harness import Remembering, console, free_port

ROOT = Path(__file__).resolve().parents[3]
SITE = small_site()
DAY_MS = 86_400_000


@contextlib.asynccontextmanager
async def gateway_process(
    port: int, folder: Path, *more: str, end: signal.Signals = signal.SIGKILL
) -> AsyncIterator[asyncio.subprocess.Process]:
    """`main.py gateway` in a process of its own, killed with -9 at the end; what it logs goes to a file."""
    errors = (folder / "gateway.log").open("ab")
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.gateway.process", "--site", "demo", "--listen", f"127.0.0.1:{port}",
        "--data", str(folder), *more, cwd=ROOT, stdout=asyncio.subprocess.PIPE, stderr=errors,
    )  # fmt: skip
    assert process.stdout is not None
    try:
        line = await asyncio.wait_for(process.stdout.readline(), 30)
        assert line.startswith(b"listening on ws://"), line
        yield process
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.kill(process.pid, end)
        await process.communicate()
        errors.close()


async def settled(memory: Remembering) -> None:
    """The simulated morning has been caught up."""
    await memory.until(
        lambda: memory.state == "live" and memory.beats[-1].sources[0].lag_ms < 5000 and memory.beats[-1].rev > 1000
    )


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="there is no kill -9 on Windows")
@pytest.mark.parametrize("end", ["SIGKILL", "SIGTERM"])
def test_ended_and_started_again_it_is_the_same_floor_for_every_console(tmp_path: Path, end: str) -> None:
    async def scenario() -> None:
        port, arguments = free_port(), ("--at", "06:00", "--speed", "60")
        url = f"ws://127.0.0.1:{port}"
        async with contextlib.AsyncExitStack() as stack:
            tokens = ["demo-manager", "demo-wall", "demo-vendor-lead", "demo-supervisor"] * 5
            consoles: list[tuple[FeedClient, Remembering]] = []
            async with gateway_process(port, tmp_path, *arguments, end=signal.Signals[end]):
                for token in tokens:
                    consoles.append(await stack.enter_async_context(console(url, token)))
                for _, memory in consoles:
                    await settled(memory)
                snapshots = [memory.snapshots for _, memory in consoles]
                before = [(link.follower.epoch, link.follower.rev) for link, _ in consoles]
            ended_at = time.monotonic()
            async with gateway_process(port, tmp_path, *arguments):
                marks = [len(memory.beats) for _, memory in consoles]
                for (_, memory), mark in zip(consoles, marks, strict=True):
                    await memory.until(
                        lambda memory=memory, mark=mark: len(memory.beats) > mark and memory.state == "live"
                    )
                assert time.monotonic() - ended_at < 15
                for (link, memory), (epoch, rev), count in zip(consoles, before, snapshots, strict=True):
                    assert link.follower.epoch == epoch and link.follower.rev >= rev
                    assert memory.snapshots == count, "resumed, without a snapshot"
                assert "ERROR" not in (tmp_path / "gateway.log").read_text("utf-8")

    asyncio.run(scenario())


def ended(folder: Path, facts: Sequence[AnyFact]) -> tuple[bytes, int]:
    """A gateway's log is ended as when it stops, with a key frame; the floor then, and the last revision."""
    session = open_session(SITE, folder / "log.floor")
    for start in range(0, len(facts), 500):
        session.take([(fact, None) for fact in facts[start : start + 500]])
    session.close()
    return session.floor.freeze(), session.log.rev


@pytest.mark.parametrize("mornings", [1, 8])
def test_started_again_after_a_good_end_it_knows_what_left_whose_sight_before_that(
    tmp_path: Path, mornings: int
) -> None:
    facts = [
        msgspec.structs.replace(fact, at=fact.at + day * DAY_MS) for day in range(mornings) for fact in a_morning()
    ]
    floor, rev = ended(tmp_path, facts)
    assert (rev > RETURNING) is (mornings > 1)
    again = open_session(SITE, tmp_path / "log.floor")
    assert again.floor.freeze() == floor
    assert again.hub.horizon <= max(0, rev - RETURNING)
    frames = [again.log.newest_key_frame()]
    again.close()
    assert [frame.rev for frame in frames if frame] == [rev], "and it goes on from where it was"


def unreadable(monkeypatch: pytest.MonkeyPatch, lost: int) -> None:
    """Have the fact of one revision lie on a page that is lost."""
    entries = EmbeddedLog.entries

    def damaged(self: EmbeddedLog, after: int = 0, *more: Any) -> Iterator[Entry]:
        for entry in entries(self, after, *more):
            if entry.rev == lost:
                raise LogError("a page is lost")
            yield entry

    monkeypatch.setattr(EmbeddedLog, "entries", damaged)


def test_where_facts_behind_the_last_key_frame_cannot_be_read_it_says_so_once_and_does_not_begin(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = open_session(SITE, tmp_path / "log.floor")
    facts = [(fact, None) for fact in a_morning()]
    session.take(facts[:-5])
    framed = session.log.newest_key_frame()
    session.take(facts[-5:])
    rev = session.log.rev
    session.close(keep_frame=False)
    assert framed is not None and framed.rev == rev - 5
    unreadable(monkeypatch, rev)
    with pytest.raises(LogError, match="a page is lost"):
        open_session(SITE, tmp_path / "log.floor")


@pytest.mark.logs("consoles that are limited to a part of the floor begin anew")
def test_where_facts_before_the_last_key_frame_cannot_be_read_it_begins_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    floor, rev = ended(tmp_path, a_morning())
    unreadable(monkeypatch, rev - 20)
    again = open_session(SITE, tmp_path / "log.floor")
    assert (again.floor.freeze(), again.hub.horizon, again.legs) == (floor, rev, [])
    again.close()


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="there is no kill -9 on Windows")
def test_killed_at_any_moment_of_the_catch_up_it_counts_every_call_once(tmp_path: Path) -> None:
    async def end_of(folder: Path, kills: list[float]) -> dict[str, float | int | None]:
        port, arguments = free_port(), ("--at", "07:00", "--speed", "600")
        for delay in kills:
            async with gateway_process(port, folder, *arguments):
                await asyncio.sleep(delay)  # the moment of the kill is what varies
        async with (
            gateway_process(port, folder, *arguments),
            console(f"ws://127.0.0.1:{port}", "demo-manager") as (_, memory),
        ):
            await settled(memory)
            figures = memory.entities["figures:site:today"].values  # type: ignore[union-attr]
            offered = figures["offered"]
            parts = ("answered", "abandoned", "flowed_out", "blocked", "pending")
            assert offered == sum(figures[part] or 0 for part in parts)
            return figures

    async def scenario() -> None:
        figures = await end_of(tmp_path, [0.1, 0.4, 0.7, 0.2])
        assert (figures["offered"] or 0) > 100

    asyncio.run(scenario())


@pytest.mark.slow
def test_a_taken_port_and_a_bad_address_are_told_in_one_line(tmp_path: Path) -> None:
    async def scenario() -> None:
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            taken.listen()
            for listen, told, code in (
                (f"127.0.0.1:{taken.getsockname()[1]}", b"Choose another address with --listen", 1),
                ("somewhere", b"is not HOST:PORT", 2),
            ):
                process = await asyncio.create_subprocess_exec(
                    sys.executable, "-m", "tests.gateway.process", "--listen", listen, "--data", str(tmp_path),
                    cwd=ROOT, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
                )  # fmt: skip
                _, errors = await asyncio.wait_for(process.communicate(), 30)
                assert process.returncode == code
                assert told in errors and b"Traceback" not in errors

    asyncio.run(scenario())
