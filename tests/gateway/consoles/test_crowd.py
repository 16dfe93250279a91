"""A crowd at the door that says nothing: consoles come in all the same, and the log stays short."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from feeds.gateway.consoles import door as door_module
from feeds.gateway.consoles.door import Door, Overcrowded, Seldom, most_silent, open_files, open_more_files
from tests.gateway.floors import small_site
from tests.gateway.harness import ToldSource, console, running_gateway

resource = pytest.importorskip("resource", reason="no limits of open files here")

CROWD = 400
FILES = 256


class Guest:
    """A connection as the door sees it."""

    def __init__(self, address: str) -> None:
        self.remote_address = (address, 1)
        self.transport = self
        self.cut = False

    def abort(self) -> None:
        self.cut = True


@pytest.mark.logs("say no hello")
def test_the_oldest_silent_one_of_the_most_crowded_address_makes_room() -> None:
    door: Any = Door(4, lambda: 100.0)
    console, crowd = Guest("10.0.0.1"), [Guest("10.0.0.2") for _ in range(9)]
    known = Guest("10.0.0.2")
    door.came(known)
    door.left(known)
    door.came(console)
    for one in crowd:
        door.came(one)
    assert (known.cut, console.cut, [one.cut for one in crowd]) == (False, False, [True] * 6 + [False] * 3)
    assert door.silent == 4
    for one in (*crowd, console, console):
        door.left(one)
    assert door.silent == 0


def test_what_happens_all_the_time_is_told_once_a_minute_with_its_number() -> None:
    now = 0.0
    seldom = Seldom(lambda: now)
    assert [seldom.again() for _ in range(3)] == [1, 0, 0]
    now += door_module.TOLD_S
    assert [seldom.again() for _ in range(2)] == [3, 0]


def test_the_gateway_may_open_as_many_files_as_the_system_lets_it() -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    try:
        resource.setrlimit(resource.RLIMIT_NOFILE, (512, hard))
        assert (open_files(), most_silent()) == (512, 256)
        open_more_files()
        assert resource.getrlimit(resource.RLIMIT_NOFILE) == (hard, hard)
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


def test_a_loop_that_takes_nobody_in_says_so_in_one_line_and_tells_other_errors_as_ever(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async def scenario() -> None:
        loop = asyncio.get_running_loop()
        overcrowded = Overcrowded(loop)
        full = {"message": "socket.accept() out of system resource", "exception": OSError(errno.EMFILE, "too many")}
        for _ in range(1024):
            loop.call_exception_handler(full)
        loop.call_exception_handler({"message": "something else broke", "exception": OSError(errno.EMFILE, "too many")})
        overcrowded.close()
        assert loop.get_exception_handler() is None

    asyncio.run(scenario())
    said = [(record.name, record.getMessage(), record.exc_info is None) for record in caplog.records]
    ours = [one for one in said if one[0] == "feeds.gateway.consoles.door"]
    assert len(ours) == 1 and "raise the limit of open files" in ours[0][1] and ours[0][2]
    assert [one[1] for one in said if one[0] == "asyncio"] == ["something else broke"]


class Silent(asyncio.Protocol):
    """Says nothing."""

    def __init__(self) -> None:
        self.cut = asyncio.Event()

    def connection_lost(self, exc: Exception | None) -> None:
        self.cut.set()


async def stand_there(port: int) -> None:
    """Hold a connection and say nothing; come again whenever it is cut."""
    while True:
        with contextlib.suppress(OSError):
            transport, silent = await asyncio.get_running_loop().create_connection(Silent, "127.0.0.1", port)
            try:
                await silent.cut.wait()
            finally:
                transport.abort()
        await asyncio.sleep(0.05)


@contextlib.asynccontextmanager
async def a_crowd(port: int, count: int) -> Any:
    crowd = [asyncio.create_task(stand_there(port)) for _ in range(count)]
    try:
        yield
    finally:
        for one in crowd:
            one.cancel()
        await asyncio.gather(*crowd, return_exceptions=True)


@pytest.mark.slow
@pytest.mark.logs("say no hello")
def test_those_who_say_no_hello_are_bounded_and_the_console_among_them_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(door_module, "MOST_SILENT", 8)

    async def scenario() -> None:
        async with (
            running_gateway(small_site(), ToldSource(), tmp_path) as gateway,
            console(gateway, "all-wall") as (_, old),
        ):
            await old.live()
            door = gateway.services.door
            async with a_crowd(gateway.address[1], 40), console(gateway, "all-wall") as (_, new):
                await new.live()
                await new.until(lambda: len(new.beats) >= 2)
                assert door.silent <= 8
            assert [state for state, _ in old.states].count("live") == 1, "never cut"

    asyncio.run(scenario())


@pytest.mark.slow
def test_a_console_comes_in_within_seconds_although_a_crowd_takes_more_than_all_descriptors(tmp_path: Path) -> None:
    async def scenario() -> float:
        limited = f"import resource; resource.setrlimit(resource.RLIMIT_NOFILE, ({FILES}, {FILES}))"
        start = f"{limited}; import sys; from feeds.gateway.command import main; sys.exit(main(sys.argv[1:]))"
        with (tmp_path / "errors").open("wb") as errors:
            process = await asyncio.create_subprocess_exec(
                sys.executable, "-c", start, "--site", "demo", "--source", "simulator", "--listen", "127.0.0.1:0",
                "--data", str(tmp_path / "data"), stdout=asyncio.subprocess.PIPE, stderr=errors,
            )  # fmt: skip
        assert process.stdout is not None
        try:
            async with asyncio.timeout(60):
                url = (await process.stdout.readline()).decode().split()[-1]
            async with a_crowd(int(url.rpartition(":")[2]), CROWD), console(url, "demo-admin") as (_, old):
                await old.live()
                slowest = 0.0
                for _ in range(2):
                    begun = time.monotonic()
                    async with console(url, "demo-admin") as (_, memory):
                        await memory.live()
                    slowest = max(slowest, time.monotonic() - begun)
                return slowest
        finally:
            process.terminate()
            await process.wait()

    assert asyncio.run(scenario()) < 10
    said = (tmp_path / "errors").read_text()
    assert "Traceback" not in said and len(said) < 20_000, said[-2000:]
