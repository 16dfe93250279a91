"""A phone's ear and mouth: sends a tone as RTP (PCMU), keeps what it receives, and measures tones in it."""

from __future__ import annotations

import array
import asyncio
import functools
import math
import random
import struct
import time
from collections.abc import Callable, Iterable, Sequence
from typing import Self

from tests.asterisk.floor.sip.message import HOST
from tests.asterisk.floor.waiting import DEADLINE_S

RATE = 8000
FRAME = 160
"""Samples in 20 ms."""
_KEYS = "0123456789*#ABCD"
_PCMU, _KEY_EVENTS, _RTCP = 0, 101, (72, 73)
_LOUD = 8000.0


class Sound(asyncio.DatagramProtocol):
    """An RTP port of its own; `hz` 0 is silence, for which nothing at all is sent."""

    def __init__(self, hz: float) -> None:
        self.hz = hz
        self.peer: tuple[str, int] | None = None
        self.port = 0
        self.keys = ""
        self._frames: list[bytes] = []
        self._news = asyncio.Event()
        self._last_key = b""
        self._transport: asyncio.DatagramTransport | None = None
        self._task: asyncio.Task[None] | None = None

    @classmethod
    async def open(cls, hz: float = 0.0) -> Self:
        """Take a free port; sends once `start` says where to."""
        loop = asyncio.get_running_loop()
        transport, sound = await loop.create_datagram_endpoint(lambda: cls(hz), local_addr=(HOST, 0))
        sound._transport = transport
        sound.port = transport.get_extra_info("sockname")[1]
        return sound

    @property
    def length(self) -> int:
        """How many samples were heard so far."""
        return FRAME * len(self._frames)

    def start(self, peer: tuple[str, int]) -> None:
        """Send there from now on."""
        self.peer = peer
        if self._task is None:
            self._task = asyncio.get_running_loop().create_task(self._send())

    def heard(self, since: int = 0) -> array.array[int]:
        """The samples that were heard, from the one with that number on."""
        return decode(b"".join(self._frames[since // FRAME :]))

    async def next_heard(self, seconds: float = 0.4, deadline: float = DEADLINE_S) -> array.array[int]:
        """So many seconds of what is heard from now on."""
        since = self.length
        await self.until(lambda: self.length - since >= seconds * RATE, deadline)
        return self.heard(since)

    async def hears(self, hz: float, deadline: float = DEADLINE_S) -> None:
        """Return when a fifth of a second of that tone was heard."""
        since = self.length
        fifth = RATE // 5

        def heard() -> bool:
            return self.length - since >= fifth and loudness(self.heard(self.length - fifth), hz) > _LOUD / 20

        await self.until(heard, deadline)

    async def until(self, condition: Callable[[], bool], deadline: float = DEADLINE_S) -> None:
        """Return when the condition holds, which is asked whenever something was heard."""
        try:
            async with asyncio.timeout(deadline):
                while not condition():
                    self._news.clear()
                    await self._news.wait()
        except TimeoutError:
            raise AssertionError(f"not within {deadline:g} s: what must be heard; {self.length} samples were") from None

    def press(self, key: str) -> None:
        """Send a key (RFC 4733), 160 ms long."""
        assert self._transport is not None
        code, source = _KEYS.index(key), random.randrange(1 << 31)
        stamp, number = random.randrange(1 << 31), random.randrange(1 << 15)
        for one in range(8):
            body = struct.pack("!BBH", code, (0x80 if one >= 5 else 0) | 10, min(one + 1, 6) * FRAME)
            marked = _KEY_EVENTS | (0x80 if one == 0 else 0)
            self._transport.sendto(struct.pack("!BBHII", 0x80, marked, number + one, stamp, source) + body, self.peer)

    def close(self) -> None:
        """Let go of the port; what was heard stays."""
        if self._task:
            self._task.cancel()
        if self._transport:
            self._transport.close()

    def error_received(self, error: Exception) -> None:
        """The other side has closed its port: its end of the call is on the way."""

    def datagram_received(self, data: bytes, address: tuple[str, int]) -> None:
        """Keep what is sound, note what is a key."""
        kind = data[1] & 0x7F if len(data) > 12 else -1
        if kind == _KEY_EVENTS and len(data) > 13:
            if data[13] & 0x80 and data[4:8] != self._last_key:
                self._last_key = data[4:8]
                self.keys += _KEYS[data[12]]
        elif kind == _PCMU:
            self._frames.append(data[12:])
        self._news.set()

    async def _send(self) -> None:
        number, stamp, source = random.randrange(1 << 16), random.randrange(1 << 31), random.randrange(1 << 31)
        at, due = 0, time.monotonic()
        while True:
            if self.hz and self._transport and self.peer:
                header = struct.pack("!BBHII", 0x80, _PCMU, number, stamp, source)
                # A tone of whole hertz is the same each second, so that many phones cost next to nothing.
                frame = at % (RATE // FRAME) if self.hz == int(self.hz) else at
                self._transport.sendto(header + tone(self.hz, frame), self.peer)
            at += 1
            number, stamp = (number + 1) & 0xFFFF, (stamp + FRAME) & 0xFFFFFFFF
            due += FRAME / RATE
            await asyncio.sleep(max(0.0, due - time.monotonic()))


@functools.lru_cache(4096)
def tone(hz: float, frame: int) -> bytes:
    """One frame of a tone, so that frame follows on frame without a click."""
    wave = (_LOUD * math.sin(2 * math.pi * hz * one / RATE) for one in range(frame * FRAME, (frame + 1) * FRAME))
    return encode(wave)


def loudness(samples: Sequence[int], hz: float) -> float:
    """The amplitude of one tone in samples (Goertzel); a phone's own tone has 8000, others leave next to nothing."""
    if not samples:
        return 0.0
    turn = 2 * math.cos(2 * math.pi * hz / RATE)
    last = before = 0.0
    for sample in samples:
        last, before = sample + turn * last - before, last
    power = last * last + before * before - turn * last * before
    return 2 * math.sqrt(max(power, 0.0)) / len(samples)


def encode(samples: Iterable[float]) -> bytes:
    """Linear samples as PCMU."""
    return bytes(_encoded(max(-32_635, min(32_635, int(sample)))) for sample in samples)


def decode(data: bytes) -> array.array[int]:
    """PCMU as linear samples."""
    return array.array("h", (_DECODED[code] for code in data))


@functools.lru_cache(65_536)
def _encoded(sample: int) -> int:
    level = abs(sample) + 132
    exponent = max(0, level.bit_length() - 8)
    return ~((0x80 if sample < 0 else 0) | exponent << 4 | (level >> (exponent + 3)) & 0x0F) & 0xFF


def _decoded(code: int) -> int:
    code = ~code & 0xFF
    level = (((code & 0x0F) << 3) + 132) << (code >> 4 & 7)
    return (132 - level) if code & 0x80 else (level - 132)


_DECODED = [_decoded(code) for code in range(256)]
