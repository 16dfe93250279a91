"""The text of the manager interface into messages and back: blocks of `Name: value` lines, ended by an empty one.

Source: Asterisk's main/manager.c and captures of versions 11 to 22. A name may repeat (`ChanVariable`, `Output`), the
space behind the colon may be missing, a value may hold colons, a block may hold two messages run together.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final, overload

BANNER: Final = "Asterisk Call Manager/"
LONGEST: Final = 4 << 20
"""Bytes without an end of a message beyond which this cannot be the manager interface."""

# Where a message begins inside another one's block. "Response" alone may be a header of OriginateResponse.
_BEGINS: Final = re.compile(r"\r\n(?=Event: |Response: \w+\r\nActionID: )")

Fields = Mapping[str, str | int | Iterable[str]]
"""Headers of an action; a value of several texts becomes a repeated header."""


class AmiError(Exception):
    """Something about the manager interface went wrong; the message says what to do."""


class Message(Mapping[str, str]):
    """A message: the last value of each header; `text` is all of it, for headers that repeat.

    Headers are looked up in what was said: a reader asks for some three of an event's twenty, so cutting all of them
    out would be most of the work. It is kept with a character for each byte, and only a value that is read is decoded:
    one name that is not ASCII would make everything about its event slower. With `bytewise` it comes so already.
    """

    __slots__ = ("_said", "at_ms", "event")

    def __init__(self, text: str, bytewise: bool = False) -> None:
        said = self._said = text if bytewise else text.encode().decode("latin-1")
        if said[:7] == "Event: ":
            name = said.partition("\r\n")[0][7:]
            self.event = name if name.isascii() else _decoded(name)
        else:
            self.event = self._rare("Event") or ""
        """Which event it is; empty for a response."""
        stamp = said.partition("\r\nTimestamp: ")[2]
        digits = stamp[:10] + stamp[11:14]
        if len(digits) == 13 and digits.isdecimal() and stamp[10] == ".":  # so until the year 2286
            self.at_ms = int(digits)
        else:
            self.at_ms = int(number(self.get("Timestamp", "")) * 1000) if stamp else 0
        """When it happened by the server's clock, UTC milliseconds; 0 where it does not say."""

    @property
    def text(self) -> str:
        """All that was said."""
        return _decoded(self._said)

    def _rare(self, name: str) -> str | None:
        """The header where it is the first line, lacks the space or the colon, or is not there."""
        if f"\r\n{name}" in self._said or self._said.startswith(name):
            return self._whole().get(name)
        return None

    def _whole(self) -> dict[str, str]:
        return dict(map(_halves, self.text.split("\r\n")))

    def __getitem__(self, name: str) -> str:
        _, found, rest = self._said.rpartition(f"\r\n{name}: ")
        if found:  # most of all reading: without a call more
            value = rest.partition("\r\n")[0]
            return value if value.isascii() else _decoded(value)
        rare = self._rare(name)
        if rare is None:
            raise KeyError(name)
        return rare

    def __iter__(self) -> Iterator[str]:
        return iter(self._whole())

    def __len__(self) -> int:
        return len(self._whole())

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and self.get(name) is not None

    @overload  # type: ignore[override]
    def get(self, name: str, /) -> str | None: ...
    @overload
    def get(self, name: str, default: str, /) -> str: ...
    def get(self, name: str, default: str | None = None, /) -> str | None:
        """The last value of a header."""
        _, found, rest = self._said.rpartition(f"\r\n{name}: ")
        if found:
            value = rest.partition("\r\n")[0]
            return value if value.isascii() else _decoded(value)
        rare = self._rare(name)
        return default if rare is None else rare

    def all(self, name: str) -> list[str]:
        """Every value of a header, in order."""
        begin = name + ":"
        lines = self.text.split("\r\n")
        return [line[len(begin) :].removeprefix(" ") for line in lines if line.startswith(begin)]

    def __repr__(self) -> str:
        return f"Message({dict(self)!r})"


def _decoded(said: str) -> str:
    """The text of what has a character for each byte."""
    return said.encode("latin-1").decode("utf-8", "replace")


def _halves(line: str) -> tuple[str, str]:
    name, _, value = line.partition(": " if ": " in line else ":")
    return name, value


class Framer:
    """Cuts a stream of bytes into messages, wherever it was cut before.

    `wanted` names the events of interest: others are passed over unread unless they answer an action.
    """

    def __init__(self, wanted: frozenset[str] | None = None) -> None:
        self._wanted = wanted
        self._rest = b""
        self.passed_over = 0
        """How many events nobody wanted."""

    def feed(self, data: bytes) -> list[Message]:
        """The messages that are complete now. Raises AmiError when none can ever be."""
        data = self._rest + data
        end = data.rfind(b"\r\n\r\n")
        if end < 0:
            if len(data) > LONGEST:
                raise AmiError("this is not the manager interface: no message ends within 4 MB")
            self._rest = data
            return []
        self._rest = data[end + 4 :]
        said = data[:end].decode("latin-1")
        blocks = said.split("\r\n\r\n")
        if self._wanted is not None or _seem_run_together(said):
            return [message for block in blocks for message in self._messages(block)]
        found: list[Message] = []
        for block in blocks:  # most of all reading: nothing runs together, so nearly every block is one message
            if block[:7] == "Event: " and block[-1] not in "\r\n":
                found.append(Message(block, True))
            else:
                found += self._messages(block)
        return found

    def _messages(self, block: str) -> list[Message]:
        block = block.strip("\r\n")
        if block.startswith(BANNER):
            block = block.partition("\r\n")[2]
        if "\r\nEvent: " in block or "\r\nResponse: " in block:
            return [message for part in _BEGINS.split(block) for message in self._one(part)]
        return self._one(block)

    def _one(self, text: str) -> list[Message]:
        if not text:
            return []
        if self._wanted is not None and text.startswith("Event: "):
            name = text[7 : text.find("\r\n")] if "\r\n" in text else text[7:]
            if name not in self._wanted and "\r\nActionID: " not in text:
                self.passed_over += 1
                return []
        return [Message(text, True)]


def _seem_run_together(said: str) -> bool:
    """Whether a message may begin inside another one's block; "Response" alone may be an OriginateResponse's header."""
    if said.count("\r\nEvent: ") > said.count("\r\n\r\nEvent: "):
        return True
    answers = said.count("\r\nResponse: ")
    return answers > 0 and answers > said.count("\r\n\r\nResponse: ")


def encode(action: str, action_id: str, fields: Fields) -> bytes:
    """An action as bytes. Raises ValueError for what would end its line, without the value: it may be a secret."""
    pairs = [("Action", action), ("ActionID", action_id)]
    for name, value in fields.items():
        pairs += [(name, str(one)) for one in ((value,) if isinstance(value, str | int) else value)]
    for name, text in pairs:
        if any(sign in name + text for sign in "\r\n\0") or ":" in name:
            raise ValueError(f"the header {name!r} of {action!r} does not fit into one line")
    return ("".join(f"{name}: {text}\r\n" for name, text in pairs) + "\r\n").encode()


def number(text: str) -> float:
    """A number that a header tells; 0 for anything else."""
    try:
        found = float(text)
    except ValueError:
        return 0.0
    return found if math.isfinite(found) else 0.0
