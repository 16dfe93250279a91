"""Whole numbers as bytes: as wide as the longest of them needs, all first bytes before all second ones.

Reading them costs nothing that grows with how many there are, and numbers that are alike squeeze well.
"""

from __future__ import annotations

import sys
from array import array
from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate
from operator import sub
from typing import Final

import msgspec

CODES: Final = {1: "b", 2: "h", 4: "i", 8: "q"}


def pack_numbers(numbers: Iterable[int]) -> bytes:
    """Numbers of up to 64 bits."""
    values = list(numbers)
    longest = max((value if value >= 0 else ~value for value in values), default=0).bit_length()
    width = next(width for width in CODES if longest < 8 * width)
    found = array(CODES[width], values)
    if sys.byteorder == "big":
        found.byteswap()
    body = found.tobytes()
    return bytes((width,)) + b"".join(body[place::width] for place in range(width))


PLAIN, MORE, MOMENT, RISING, LATER, OTHER = range(6)
"""What a column holds: numbers themselves, how much more they are than before, how long before the floor's time they
were, how much more they are than the one above, the same with the first as how much more than the floor's time; or
something else than numbers."""

Told = tuple[int, bytes]
"""How a column is told, and its packed numbers or, of OTHER, something else that is packed."""


def shortest(ways: Mapping[int, Sequence[int]]) -> Told:
    """The numbers told in the way that takes the least, going by the longest and by all of them."""
    way = min(ways, key=lambda way: _weight(ways[way]))
    return way, pack_numbers(ways[way])


def _weight(values: Sequence[int]) -> int:
    lengths = list(map(int.bit_length, values))
    return sum(lengths) + len(lengths) * (max(lengths, default=0) // 8)


def differences(values: Sequence[int], first: int = 0) -> list[int]:
    """How much more each number is than the one before, the first than `first`."""
    return [*(value - first for value in values[:1]), *map(sub, values[1:], values)]


def column_told(values: Sequence[int], now: int) -> Told:
    """A whole column of numbers at a floor time."""
    return shortest({
        PLAIN: values, MOMENT: [now - value for value in values],
        RISING: differences(values), LATER: differences(values, now),
    })  # fmt: skip


def told_column(told: Told, now: int) -> list[int]:
    """The column. Raises msgspec.ValidationError for other bytes."""
    way, packed = told
    width = width_of(packed)
    body = bytearray(len(packed) - 1)
    count = len(body) // width
    for place in range(width):
        body[place::width] = packed[1 + place * count : 1 + (place + 1) * count]
    found = array(CODES[width])
    found.frombytes(body)
    if sys.byteorder == "big":
        found.byteswap()
    if way in (RISING, LATER):
        return list(accumulate(found, initial=now if way == LATER else 0))[1:]
    return [now - value for value in found] if way == MOMENT else found.tolist()


def width_of(packed: bytes) -> int:
    """How many bytes a packed number has. Raises msgspec.ValidationError for bytes that are no numbers."""
    width = packed[0] if packed else 0
    if width not in CODES or (len(packed) - 1) % width:
        raise msgspec.ValidationError("these are no numbers")
    return width
