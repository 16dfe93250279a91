"""One line of Asterisk's `queue_log`: what its fields are in all the layouts that were ever written.

A line is `time|call|queue|agent|WORD|data…`. Asterisk writes whole seconds; databases and other writers of the same
layout give fractions (`1716.123456`), milliseconds or microseconds.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from msgspec import Struct

EARLIEST: Final = 504_921_600_000
"""1986, where the history of floors begins (HANDBOOK 1.9); milliseconds. Clocks without a battery say 1970 or 1980."""
LATEST: Final = 4_102_444_800_000
"""2100: what claims to be later is not a time."""

FOREIGN: Final = "not a queue_log line"
"""Why a line of another layout cannot be used."""

CALL_WORDS: Final = frozenset({
    "ENTERQUEUE", "CONNECT", "ABANDON", "EXITWITHTIMEOUT", "EXITEMPTY", "EXITWITHKEY", "WITHDRAW", "RINGNOANSWER",
    "RINGCANCELED", "AGENTDUMP", "COMPLETEAGENT", "COMPLETECALLER", "TRANSFER", "BLINDTRANSFER", "ATTENDEDTRANSFER",
    "DID",
})  # fmt: skip
MEMBER_WORDS: Final = frozenset({
    "ADDMEMBER", "REMOVEMEMBER", "PAUSE", "UNPAUSE", "PAUSEALL", "UNPAUSEALL", "AGENTLOGIN", "AGENTLOGOFF",
    "AGENTCALLBACKLOGIN", "AGENTCALLBACKLOGOFF",
})  # fmt: skip
OTHER_WORDS: Final = frozenset({"QUEUESTART", "CONFIGRELOAD", "PENALTY", "SYSCOMPAT", "INFO"})
WORDS: Final = CALL_WORDS | MEMBER_WORDS | OTHER_WORDS


class Line(Struct, frozen=True, gc=False):
    """A well-formed line: time in UTC milliseconds, and the words behind the event word as they stand."""

    number: int
    at: int
    call: str
    queue: str
    agent: str
    word: str
    data: list[str]
    text: str


class Garbage(NamedTuple):
    """A line that says nothing; `kind` is the reason, told to the person who imports."""

    number: int
    kind: str


def parse(number: int, text: str) -> Line | Garbage | None:
    """The line, or why it is none; None for an empty one."""
    fields = text.split("|")
    if len(fields) < 5:
        return Garbage(number, FOREIGN) if text.strip("\x00 \t") else None
    stamp = fields[0]
    if 9 <= len(stamp) <= 10 and stamp.isdecimal():
        at = int(stamp) * 1000
    else:
        at = time_of(stamp)
    if not EARLIEST <= at < LATEST:
        return Garbage(number, "no time" if at < 0 else "time before 1986" if at < EARLIEST else "time after 2099")
    word = fields[4]
    if word not in WORDS:
        word = word.strip().upper()
        if word not in WORDS:
            return Garbage(number, "unknown word" if word.isidentifier() and word.isascii() else "no word")
    return Line(number, at, fields[1].strip(), fields[2].strip(), fields[3].strip(), word, fields[5:], text)


def time_of(stamp: str) -> int:
    """UTC milliseconds from seconds, fractional seconds, milliseconds or microseconds; -1 for anything else."""
    whole, point, fraction = stamp.strip().partition(".")
    if not (whole.isascii() and whole.isdecimal()) or len(whole) > 17:
        return -1
    if point and not (fraction.isascii() and (fraction.isdecimal() or not fraction)):
        return -1
    number = int(whole)
    if len(whole) >= 15:
        return number // 1000
    if len(whole) >= 12:
        return number
    return number * 1000 + int((fraction + "000")[:3])


def number_of(data: list[str], place: int) -> int | None:
    """A count or a duration at a place of the data words, None when it is missing or no number."""
    if not -len(data) <= place < len(data):
        return None
    word = data[place]
    if word.isdecimal() and len(word) < 10:
        return int(word)
    word = word.strip()
    if word.isdecimal() and len(word) < 10:
        return int(word)
    whole, _, fraction = word.partition(".")
    if whole.isascii() and whole.isdecimal() and fraction.isascii() and fraction.isdecimal() and len(whole) < 10:
        return int(whole)
    return None


def waited(line: Line) -> int | None:
    """Seconds that a leg waited, as the line that ends its wait reports them; None in layouts that do not."""
    word, data = line.word, line.data
    if word == "CONNECT":
        return number_of(data, 0)
    place = 3 if word == "EXITWITHKEY" else 2
    return number_of(data, place)


def talked(line: Line) -> int | None:
    """Seconds of conversation, as the line that ends it reports them; None in layouts that do not."""
    data = line.data
    if line.word in ("COMPLETEAGENT", "COMPLETECALLER"):
        return number_of(data, 1)
    if line.word != "ATTENDEDTRANSFER":
        return number_of(data, 3)
    # The destination takes one to three words, so the durations are counted from the end.
    while data and not data[-1].strip():
        data = data[:-1]
    return number_of(data, -2) if len(data) >= 5 else None


def rang_ms(line: Line) -> int | None:
    """How long a phone rang, milliseconds: CONNECT reports seconds, the others milliseconds; None if not told."""
    if line.word == "CONNECT":
        seconds = number_of(line.data, 2)
        return None if seconds is None else seconds * 1000
    return number_of(line.data, 0)
