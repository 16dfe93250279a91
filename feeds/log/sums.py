"""How a file's rows are known to be what was written: a check sum over all that they say, and times that can be."""

from __future__ import annotations

import zlib
from typing import Final

import msgspec

LATEST: Final = 253_402_300_799_999
"""The last millisecond of the year 9999; the first one that a fact can have is 0, of 1970."""

_encode = msgspec.msgpack.Encoder().encode


class BlockDamagedError(Exception):
    """The bytes of a block or a row are not what was written."""


def check_sum(*values: object) -> int:
    """A number that SQLite keeps in four bytes, another one where any of the values or their kinds is another."""
    return zlib.crc32(_encode(values)) - (1 << 31)


def check_times(*times: int) -> None:
    """Raises BlockDamagedError for a moment that no floor had: folding would walk there slot by slot."""
    if min(times) < 0 or max(times) > LATEST:
        raise BlockDamagedError("a time before 1970 or behind the year 9999")
