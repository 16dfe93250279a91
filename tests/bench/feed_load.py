"""Many consoles in one process: some decode what they get and measure how late it is, the others only take it.

    python -m tests.bench.feed_load HOST PORT CONSOLES SAMPLED SECONDS WARM_UP TOKEN,TOKEN,…

Prints one JSON object: frames, bytes, latencies of sampled changes in ms, seconds until all were live. Plain sockets
and a selector, because the load must cost little beside what is measured.
"""

from __future__ import annotations

import json
import os
import selectors
import socket
import sys
import time

import msgspec

from feeds import wire
from feeds.entities import Seat
from feeds.requests import HelloParams, Resume
from tests.gateway.floors import START

HEADER = (
    "GET / HTTP/1.1\r\nHost: gateway\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
    f"Sec-WebSocket-Protocol: {wire.SUBPROTOCOL}\r\n\r\n"
)


def masked(payload: bytes) -> bytes:
    """A client's text frame; a mask of zeroes is a mask."""
    size = len(payload)
    length = bytes([0x80 | size]) if size < 126 else b"\xfe" + size.to_bytes(2, "big")
    return b"\x81" + length + b"\0\0\0\0" + payload


class Console:
    """One connection."""

    def __init__(self, address: tuple[str, int], token: str, sampled: bool, resume: Resume | None = None) -> None:
        self.raw = socket.create_connection(address)
        self.raw.sendall(HEADER.encode())
        head = b""
        while b"\r\n\r\n" not in head:
            head += self.raw.recv(65536)
        hello = HelloParams(token, "bench", resume)
        self.raw.sendall(masked(wire.request("hello", hello, 1)))
        self.raw.setblocking(False)
        self.sampled = sampled
        self.rest = head.partition(b"\r\n\r\n")[2]
        self.live_at: float | None = None
        self.snapshots = self.frames = self.bytes = 0
        self.last: wire.Beat | None = None
        self._heard_at = 0.0

    def take(self, latencies: list[float] | None) -> None:
        """Read what is there."""
        data = self.raw.recv(1 << 18)
        if not data:
            raise ConnectionError("cut")
        self.bytes += len(data)
        moment = time.monotonic()
        if not self.sampled and self.live_at is not None:
            return
        self.rest += data
        while (payload := self._frame()) is not None:
            self._look(payload, latencies, moment)

    def _frame(self) -> bytes | None:
        rest = self.rest
        if len(rest) < 2:
            return None
        size, begin = rest[1], 2
        if size == 126:
            size, begin = int.from_bytes(rest[2:4], "big"), 4
        elif size == 127:
            size, begin = int.from_bytes(rest[2:10], "big"), 10
        if len(rest) < begin + size:
            return None
        self.rest = rest[begin + size :]
        return rest[begin : begin + size]

    def _look(self, payload: bytes, latencies: list[float] | None, moment: float) -> None:
        self.frames += 1
        frame = wire.decode_frame(payload)
        if isinstance(frame, wire.Beat):
            self.last = frame
            self.live_at = self.live_at or moment
        elif isinstance(frame, wire.Snapshot):
            self.snapshots += 1
        elif isinstance(frame, wire.Changed):
            self.live_at = self.live_at or moment
            if latencies is not None:
                now_ms = moment * 1000
                latencies += [now_ms - _told_ms(seat) for seat in frame.params.entities if isinstance(seat, Seat)]


def _told_ms(seat: Seat) -> float:
    """When the seat changed by the monotonic clock; see tests.bench.feed_gateway."""
    return seat.since - START if seat.since >= START else seat.since / 1000


def connect_all(address: tuple[str, int], count: int, sampled: int, tokens: list[str]) -> list[Console]:
    """Open the consoles, one after the other; the sampled ones are spread over the tokens."""
    every = max(1, count // max(1, sampled))
    return [Console(address, tokens[number % len(tokens)], number % every == 0) for number in range(count)]


def drain(consoles: list[Console], seconds: float, latencies: list[float] | None) -> None:
    """Read from all of them for so long."""
    selector = selectors.DefaultSelector()
    for one in consoles:
        selector.register(one.raw, selectors.EVENT_READ, one)
    end = time.monotonic() + seconds
    while (left := end - time.monotonic()) > 0:
        for key, _ in selector.select(left):
            key.data.take(latencies)
    selector.close()


def main() -> None:
    """Connect, warm up, measure, tell."""
    host, port, count, sampled = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4])
    seconds, warm_up, tokens = float(sys.argv[5]), float(sys.argv[6]), sys.argv[7].split(",")
    begun = time.monotonic()
    consoles = connect_all((host, port), count, sampled, tokens)
    drain(consoles, warm_up, None)
    sys.stdout.write(json.dumps({"ready": time.monotonic() - begun, "pid": os.getpid()}) + "\n")
    sys.stdout.flush()
    latencies: list[float] = []
    before = sum(one.bytes for one in consoles)
    drain(consoles, seconds, latencies)
    told = {
        "latencies": latencies[:: max(1, len(latencies) // 20_000)], "changes": len(latencies),
        "bytes": sum(one.bytes for one in consoles) - before, "frames": sum(one.frames for one in consoles),
    }  # fmt: skip
    sys.stdout.write(msgspec.json.encode(told).decode() + "\n")


if __name__ == "__main__":
    main()
