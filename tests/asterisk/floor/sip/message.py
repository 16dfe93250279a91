"""SIP messages and session descriptions: read, taken apart, written."""

from __future__ import annotations

import random
import re
from collections.abc import Iterable
from typing import Self

HOST = "127.0.0.1"
ALLOW = ("Allow", "INVITE, ACK, CANCEL, BYE, UPDATE, REFER, NOTIFY, MESSAGE, INFO")
Headers = Iterable[tuple[str, str]]


class Message:
    """One request or response; headers keep their order and spelling."""

    def __init__(self, start: str, headers: Headers = (), body: str = "") -> None:
        self.start = start
        self.headers = list(headers)
        self.body = body

    @classmethod
    def parse(cls, data: bytes) -> Self:
        """A message as it came from the network."""
        head, _, body = data.decode("utf-8", "replace").partition("\r\n\r\n")
        first, *lines = head.split("\r\n")
        pairs = (line.partition(":") for line in lines)
        return cls(first, ((name.strip(), value.strip()) for name, _, value in pairs), body)

    def get(self, name: str) -> str:
        """The first header of that name, empty when there is none."""
        name = name.lower()
        return next((value for key, value in self.headers if key.lower() == name), "")

    def all(self, name: str) -> list[str]:
        """Every header of that name."""
        name = name.lower()
        return [value for key, value in self.headers if key.lower() == name]

    def encode(self) -> bytes:
        """The message as it goes to the network."""
        body = self.body.encode()
        lines = [self.start, *(f"{key}: {value}" for key, value in self.headers), f"Content-Length: {len(body)}"]
        return "\r\n".join(lines).encode() + b"\r\n\r\n" + body

    @property
    def status(self) -> int:
        """The code of a response, 0 for a request."""
        return int(self.start.split(" ", 2)[1]) if self.start.startswith("SIP/2.0") else 0

    @property
    def method(self) -> str:
        """The request's method, or that of the request which is answered."""
        return self.get("CSeq").split(" ")[-1] if self.status else self.start.split(" ", 1)[0]

    @property
    def number(self) -> int:
        """The number of the request within its dialog."""
        return int(self.get("CSeq").split(" ")[0])

    @property
    def transaction(self) -> tuple[str, str]:
        """What a request and its answers have in common."""
        found = re.search(r"branch=([^;,\s]+)", self.get("Via"))
        return (found[1] if found else "", self.method)


def tag_of(value: str) -> str:
    """The tag of a From or To."""
    found = re.search(r";tag=([^;>\s]+)", value)
    return found[1] if found else ""


def uri_of(value: str) -> str:
    """The address in a From, To or Contact."""
    found = re.search(r"<([^>]+)>", value)
    return found[1] if found else value.split(";")[0].strip()


def user_of(value: str) -> str:
    """The user, which is a number here, of an address."""
    found = re.search(r"sips?:([^@;>]+)@", value)
    return found[1] if found else ""


def token(length: int = 8) -> str:
    """A random word."""
    return "".join(random.choices("abcdefghijklmnopqrstuvwxyz0123456789", k=length))


def description(port: int, direction: str = "sendrecv", version: int = 1) -> str:
    """A session description (SDP): PCMU and keys at a port of ours."""
    return (
        f"v=0\r\no=- {port} {version} IN IP4 {HOST}\r\ns=-\r\nc=IN IP4 {HOST}\r\nt=0 0\r\n"
        f"m=audio {port} RTP/AVP 0 101\r\na=rtpmap:0 PCMU/8000\r\na=rtpmap:101 telephone-event/8000\r\n"
        f"a=fmtp:101 0-16\r\na=ptime:20\r\na={direction}\r\n"
    )


def sound_address(body: str) -> tuple[str, int] | None:
    """Where the other side of a description wants its sound."""
    port = re.search(r"^m=audio (\d+)", body, re.MULTILINE)
    address = re.search(r"^c=IN IP4 (\S+)", body, re.MULTILINE)
    return (address[1], int(port[1])) if port and address else None
