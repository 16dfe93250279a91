"""The drawn floor: rooms on a grid, each with rows of seats, as facts, entities and orders carry it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from msgspec import Struct

AISLE: Final = "."
"""A place in a row where no seat is."""


class Room(Struct, frozen=True, omit_defaults=True):
    """A room: its upper left corner on the floor's grid, and its rows, each a text of seats and aisles (`.`).

    The grid is as fine as a seat; the line of a room's corner holds its name, its rows follow below.
    """

    id: str
    zh: str
    en: str
    column: int = 0
    line: int = 0
    rows: list[str] = []


def places(room: Room) -> Iterator[tuple[str, int, int]]:
    """The seats of a room with the column and the row in which each stands."""
    for row, text in enumerate(room.rows):
        for column, seat in enumerate(text.split()):
            if seat != AISLE:
                yield seat, column, row


def width(room: Room) -> int:
    """How many columns of the grid a room takes."""
    return max((len(row.split()) for row in room.rows), default=0) or 1


def height(room: Room) -> int:
    """How many lines of the grid a room takes, that of its name included."""
    return len(room.rows) + 1


def overlap(first: Room, second: Room) -> bool:
    """Whether two rooms want the same place on the grid."""
    across = first.column < second.column + width(second) and second.column < first.column + width(first)
    down = first.line < second.line + height(second) and second.line < first.line + height(first)
    return across and down


def overlapping(rooms: Sequence[Room]) -> tuple[Room, Room] | None:
    """Two rooms that overlap, None when no two do."""
    ordered = sorted(rooms, key=lambda room: room.line)
    for number, room in enumerate(ordered):
        for other in ordered[number + 1 :]:
            if other.line >= room.line + height(room):
                break
            if overlap(room, other):
                return room, other
    return None


def twice(rooms: Iterable[Room]) -> str:
    """A seat that stands in two places, empty when none does."""
    seen: set[str] = set()
    for room in rooms:
        for seat, _, _ in places(room):
            if seat in seen:
                return seat
            seen.add(seat)
    return ""
