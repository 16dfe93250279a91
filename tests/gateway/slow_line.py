"""A line between console and gateway that does what lines do: takes its time, falls silent, breaks."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator

PIECE = 1 << 16


class Line:
    """A proxy. `down_s` and `up_s` are how long bytes take to the console and to the gateway; both may be changed.

    While `stalled` nothing arrives anywhere, as on a half-open connection; `cut` breaks all there are.
    """

    def __init__(self, port: int) -> None:
        self.down_s = self.up_s = 0.0
        self.stalled = False
        self.opened = 0
        self.url = ""
        self._port = port
        self._tasks: set[asyncio.Task[None]] = set()
        self._writers: set[asyncio.StreamWriter] = set()

    def cut(self) -> None:
        """Break every connection."""
        for writer in list(self._writers):
            writer.transport.abort()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.opened += 1
        there, back = await asyncio.open_connection("127.0.0.1", self._port)
        ends = {writer, back}
        self._writers |= ends
        ways = (self._carry(reader, back, lambda: self.up_s), self._carry(there, writer, lambda: self.down_s))
        tasks = [asyncio.create_task(way, name="slow line") for way in ways]
        self._tasks |= set(tasks)
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        for one in ends:
            one.transport.abort()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        self._writers -= ends
        self._tasks -= set(tasks)

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, takes_s: object) -> None:
        assert callable(takes_s)
        loop = asyncio.get_running_loop()
        under_way: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue()

        async def deliver() -> None:
            while True:
                due, piece = await under_way.get()
                await asyncio.sleep(max(0.0, due - loop.time()))
                while self.stalled:  # noqa: ASYNC110
                    await asyncio.sleep(0.01)
                writer.write(piece)

        delivering = asyncio.create_task(deliver(), name="slow line delivers")
        try:
            with contextlib.suppress(OSError):
                while piece := await reader.read(PIECE):
                    under_way.put_nowait((loop.time() + takes_s(), piece))
        finally:
            delivering.cancel()
            await asyncio.gather(delivering, return_exceptions=True)


@contextlib.asynccontextmanager
async def slow_line(port: int) -> AsyncIterator[Line]:
    """A line to the gateway on that port of this machine; console reach it at `url`."""
    line = Line(port)
    server = await asyncio.start_server(line._serve, "127.0.0.1", 0)
    line.url = "ws://{}:{}".format(*server.sockets[0].getsockname()[:2])
    try:
        yield line
    finally:
        server.close()
        line.cut()
        tasks = list(line._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await asyncio.sleep(0.05)
