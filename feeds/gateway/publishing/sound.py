"""Sound on its way through a gateway: made even, written to a console only as far as its line takes it."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from typing import Final

from websockets.asyncio.server import ServerConnection
from websockets.exceptions import ConnectionClosed
from websockets.protocol import State

from feeds import whole_frames, wire
from feeds.gateway.publishing.outgoing import unsent
from feeds.gateway.publishing.pump import Subscriber

LATE: Final = 5
"""Turns that may pass before a frame that has not come is replaced by silence."""
EARLY: Final = 2
"""Turns that frames may be ahead of the clock; what is beyond is dropped, so that no delay builds up."""
HELD_S: Final = 0.2
"""Sound that has waited for so long for a console's line is dropped: a supervisor hears the present."""
TOGETHER_S: Final = 0.005
"""What comes within this time goes in one write: with four calls that is half of what sending costs."""
UNSENT: Final = 32 * 1024
"""Bytes on their way to a console beyond which sound is held back: what the kernel has cannot be dropped any more."""
ASK_S: Final = 0.4
ANSWER_S: Final = 1.4
"""A console that does not answer for so long hears nothing either: its sessions end within two seconds."""
LOOKS: Final = 7
"""How often it is looked in that time whether the answer has come. A gateway that was held up itself has lost one look
by that and not the whole time: the answer lies in its socket, or is on its way."""
SILENCE: Final = bytes(wire.SOUND_BYTES)


class Steady:
    """One frame every 20 ms, whatever comes: gaps become silence, bursts are cut. Times are monotonic milliseconds."""

    def __init__(self) -> None:
        self.filled = self.dropped = 0
        self._begin: int | None = None
        self._turn = 0
        self._rest = b""

    def take(self, pcm: bytes, now: int) -> list[tuple[int, bytes]]:
        """Sound has come: the frames that are to go out, with their times."""
        if self._begin is None:
            self._begin = now
        found: list[tuple[int, bytes]] = []
        self._rest += pcm
        while len(self._rest) >= wire.SOUND_BYTES:
            frame, self._rest = self._rest[: wire.SOUND_BYTES], self._rest[wire.SOUND_BYTES :]
            found += self._fill(now)
            if self._turn > (now - self._begin) // wire.SOUND_MS + EARLY:
                self.dropped += 1
                continue
            found.append((self._at(), frame))
            self._turn += 1
        return found

    def pass_time(self, now: int) -> list[tuple[int, bytes]]:
        """Time has passed: the silence that is to go out for what has not come."""
        return [] if self._begin is None else self._fill(now)

    def _fill(self, now: int) -> list[tuple[int, bytes]]:
        assert self._begin is not None
        found = []
        while self._turn < (now - self._begin) // wire.SOUND_MS - LATE:
            found.append((self._at(), SILENCE))
            self._turn += 1
            self.filled += 1
        return found

    def _at(self) -> int:
        assert self._begin is not None
        return self._begin + self._turn * wire.SOUND_MS


class Line:
    """A console's connection as a way for sound.

    Floor frames go first: sound is written only when the pump has nothing left to say to this console and the line is
    free; else it waits a moment, and then the oldest is dropped.
    """

    def __init__(self, connection: ServerConnection, name: str) -> None:
        self.name = name
        self.subscriber: Subscriber | None = None
        self.dropped = 0
        self._connection = connection
        self._held: deque[tuple[float, bytes]] = deque()
        self._sent_at = 0.0
        self._due: asyncio.TimerHandle | None = None

    def send(self, session: int, at_ms: int, pcm: bytes) -> None:
        """Send a frame, or hold it; what is held too long is dropped."""
        loop = asyncio.get_running_loop()
        now = loop.time()
        self._held.append((now, whole_frames.binary_frame(wire.encode_sound(session, at_ms, pcm))))
        while self._held[0][0] < now - HELD_S:
            self._held.popleft()
            self.dropped += 1
        if self._due is None:
            wait = self._sent_at + TOGETHER_S - now
            if wait <= 0:
                self._flush()
            else:
                self._due = loop.call_later(wait, self._flush)

    def _flush(self) -> None:
        self._due = None
        if self._held and self._free():
            self._sent_at = asyncio.get_running_loop().time()
            self._connection.transport.write(b"".join([frame for _, frame in self._held]))
            self._held.clear()

    def _free(self) -> bool:
        connection, subscriber = self._connection, self.subscriber
        transport: asyncio.WriteTransport = connection.transport
        if connection.state is not State.OPEN or transport.is_closing() or transport.get_write_buffer_size():
            return False
        return not (subscriber is not None and subscriber.behind) and unsent(transport) < UNSENT

    async def lost(self) -> None:
        """Return when the console does not answer any more."""
        while True:
            if not await self._answers():
                return
            await asyncio.sleep(ASK_S)

    async def _answers(self) -> bool:
        asking = asyncio.create_task(self._ask(), name="console asked for an answer")
        try:
            for _ in range(LOOKS):
                done, _ = await asyncio.wait([asking], timeout=ANSWER_S / LOOKS)
                if done:
                    return asking.result()
            return False
        finally:
            asking.cancel()

    async def _ask(self) -> bool:
        """Wait for the answer to a ping; False where the connection ends before."""
        try:
            await (await self._connection.ping())
        except ConnectionClosed:
            return False
        return True


class Budget:
    """How much sound somebody may send: as much as there is time, and a little ahead."""

    AHEAD_S: Final = 0.3

    def __init__(self) -> None:
        self._until = 0.0

    def takes(self, pcm: bytes) -> bool:
        """Whether this much may still be sent now."""
        now = time.monotonic()
        begin = max(self._until, now)
        if begin - now > self.AHEAD_S:
            return False
        self._until = begin + len(pcm) / 2 / wire.SOUND_RATE
        return True
