"""The drawn floor as geometry: what stands where in rooms on a grid, and what cannot be meant."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple, Protocol, TypeVar

AISLE: Final = "."
"""A place in a row where no seat is."""
MOST_ROOMS, MOST_SIDE, FARTHEST = 200, 500, 2000
"""Rooms of a floor; columns and rows of a room; columns and lines of the grid."""


class Drawn(Protocol):
    """A room: where it is on the grid, and its rows, each a text of seats and aisles."""

    @property
    def id(self) -> str: ...

    @property
    def column(self) -> int: ...

    @property
    def line(self) -> int: ...

    @property
    def rows(self) -> Sequence[str]: ...


_Room = TypeVar("_Room", bound=Drawn)


class Flaw(NamedTuple):
    """What cannot be meant: in which room, in which row (-1: in the room as such), and why."""

    room: int
    row: int
    why: str


def places(room: Drawn) -> Iterator[tuple[str, int, int]]:
    """The seats of a room with the column and the row in which each stands."""
    for row, text in enumerate(room.rows):
        for column, seat in enumerate(text.split()):
            if seat != AISLE:
                yield seat, column, row


def width(room: Drawn) -> int:
    """How many columns of the grid a room takes."""
    return max((len(row.split()) for row in room.rows), default=0) or 1


def height(room: Drawn) -> int:
    """How many lines of the grid a room takes, that of its name included."""
    return len(room.rows) + 1


def overlap(first: Drawn, second: Drawn) -> bool:
    """Whether two rooms want the same place on the grid."""
    across = first.column < second.column + width(second) and second.column < first.column + width(first)
    down = first.line < second.line + height(second) and second.line < first.line + height(first)
    return across and down


def overlapping(rooms: Sequence[_Room]) -> tuple[_Room, _Room] | None:
    """Two rooms that overlap, None when no two do."""
    ordered = sorted(rooms, key=lambda room: room.line)
    for number, room in enumerate(ordered):
        for other in ordered[number + 1 :]:
            if other.line >= room.line + height(room):
                break
            if overlap(room, other):
                return room, other
    return None


def flaws(rooms: Sequence[Drawn]) -> Iterator[Flaw]:
    """All that cannot be meant. Seats that the site does not have can: they may have left, or may come."""
    if len(rooms) > MOST_ROOMS:
        yield Flaw(MOST_ROOMS, -1, f"a floor has at most {MOST_ROOMS} rooms")
        return
    seen: dict[str, str] = {}
    for number, room in enumerate(rooms):
        if not 0 <= room.column <= FARTHEST or not 0 <= room.line <= FARTHEST:
            yield Flaw(number, -1, f"`column` and `line` are 0 to {FARTHEST}")
        if len(room.rows) > MOST_SIDE or width(room) > MOST_SIDE:
            yield Flaw(number, -1, f"a room has at most {MOST_SIDE} rows of at most {MOST_SIDE} places")
        for seat, _, row in places(room):
            if seat in seen:
                yield Flaw(number, row, f"the seat {seat} stands in two places, first in the room {seen[seat]}")
            seen.setdefault(seat, room.id)
    both = overlapping(rooms)
    if both is not None:
        yield Flaw(rooms.index(both[1]), -1, f"the rooms {both[0].id} and {both[1].id} overlap")


def placed(rooms: Iterable[Drawn]) -> list[str]:
    """All seats that stand in a room."""
    return [seat for room in rooms for seat, _, _ in places(room)]
