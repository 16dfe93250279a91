"""Practice people in a process of their own, told by a socket in the floor's folder how many calls to make."""

from __future__ import annotations

import asyncio
import contextlib
import json
import random
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Collection, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from tests.asterisk.floor.manager import manager_of
from tests.asterisk.floor.people import Agents, Callers, Diary
from tests.asterisk.floor.phones import Phones, phones_of
from tests.asterisk.floor.reach import Reach, Reachable
from tests.asterisk.floor.server import AsteriskFloor

_ROOT = Path(__file__).resolve().parents[3]
_SOCKET = "people.sock"


async def live(
    floor: Reachable,
    workspace: Path,
    ready: Callable[[], None],
    diary_file: Path | None = None,
    seed: int | None = None,
    without: Collection[str] = (),
    with_input: bool = False,
) -> None:
    """Be all people of a floor until SIGTERM; whoever connects to the socket and writes `RATE SECONDS …` gets calls.

    `with_input`: the end of the standard input ends them as well.
    """
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    if with_input:
        # Whoever was killed closes nothing else, and phones that stay take the calls of the next floor on these ports.
        asyncio.get_running_loop().add_reader(sys.stdin.fileno(), stop.set)
    diary, chance = Diary(diary_file), random.Random(seed)
    async with phones_of(floor, silent=True) as phones:
        agents = Agents(floor, phones, diary, chance, without)

        async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            callers = Callers(floor, phones, diary, chance)
            words = [float(word) for word in (await reader.readline()).split()]
            try:
                for rate, seconds in zip(words[::2], words[1::2], strict=True):
                    await callers.run(rate, seconds)
            except asyncio.CancelledError:  # the floor ends before its calls do; asyncio would report it as a fault
                writer.close()
                return
            said = {**callers.counts, "agents": dict(agents.counts)}
            with contextlib.suppress(OSError):
                writer.write(json.dumps(said).encode() + b"\n")
                await writer.drain()
            writer.close()

        plugged = asyncio.Event()
        phones.line.spawn(_stay_plugged(floor, phones, agents.numbers, plugged))
        await plugged.wait()
        server = await asyncio.start_unix_server(serve, workspace / _SOCKET)
        ready()
        await stop.wait()
        server.close()
    diary.close()


async def _stay_plugged(floor: Reachable, phones: Phones, numbers: Sequence[str], plugged: asyncio.Event) -> None:
    """Register the phones, and again whenever Asterisk came back from the dead; its manager tells when it went."""
    while True:
        with contextlib.suppress(OSError, AssertionError, TimeoutError):
            async with manager_of(floor, "people") as manager:
                await phones.plug_all(numbers)
                plugged.set()
                await manager.closed.wait()
            phones.line.cut()
        await asyncio.sleep(0.2)  # until the next try; there is nothing that could tell


class Stream:
    """Calls that are being made; `wait` returns what became of them."""

    def __init__(self, workspace: Path, plan: tuple[float, ...]) -> None:
        if not plan or len(plan) % 2:
            raise ValueError("say RATE SECONDS, as often as you like")
        self._link = socket.socket(socket.AF_UNIX)
        self._link.connect(str(workspace / _SOCKET))
        self._link.sendall((" ".join(map(str, plan)) + "\n").encode())

    def wait(self) -> dict[str, int]:
        """Return when the last call is over: how many were made, talked, gave up …"""
        with self._link, self._link.makefile() as lines:
            said = lines.readline()
        if not said:
            raise RuntimeError("the practice people went away while they called")
        counts: dict[str, int] = json.loads(said)
        return counts

    def close(self) -> None:
        """Let go of it, whatever becomes of the calls."""
        self._link.close()


class PracticePeople:
    """The people of a floor, in a process of their own; a context manager.

    `diary` is where they note what they did, `without` are the phones that the test keeps for itself.
    """

    def __init__(
        self, floor: AsteriskFloor, *, diary: Path | None = None, seed: int | None = None, without: Collection[str] = ()
    ) -> None:
        self._workspace = floor.workspace
        Reach(floor.plan, floor.ports).save(floor.workspace)
        words = ["people", str(floor.workspace), str(diary or ""), "" if seed is None else str(seed), *without]
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.asterisk.floor", *words],
            cwd=_ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, start_new_session=True,
        )  # fmt: skip
        assert self._process.stdin is not None and self._process.stdout is not None
        if self._process.stdout.readline().strip() != "ready":
            self.close()
            raise RuntimeError("the practice people did not come; what they said stands above")

    def calls(self, *plan: float) -> dict[str, int]:
        """Make calls, `rate, seconds, rate, seconds …`, and return when they are over: what became of them."""
        return self.begin_calls(*plan).wait()

    def begin_calls(self, *plan: float) -> Stream:
        """The same, without waiting."""
        return Stream(self._workspace, plan)

    def close(self) -> None:
        """Send them home: calls are hung up, phones are unplugged."""
        self._process.terminate()
        try:
            self._process.wait(8)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe:
                pipe.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()
