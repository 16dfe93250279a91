"""The drawn floor as facts, entities and orders carry it; its geometry is that of the site folder's."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import Struct

from config import schema
from config.drawing import height as height
from config.drawing import places as places
from config.drawing import width as width


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


def rooms_of(layout: schema.Layout | None) -> list[Room]:
    """The rooms of a site's layout."""
    rooms = layout.rooms if layout is not None else ()
    return [Room(one.id, one.name.zh, one.name.en, one.column, one.line, plain(one.rows)) for one in rooms]


def plain(rows: Iterable[str]) -> list[str]:
    """Rows with one blank between two places, however they were written."""
    return [" ".join(row.split()) for row in rows]


def configured(rooms: Sequence[Room]) -> tuple[schema.Room, ...]:
    """The same as the site folder has them."""
    return tuple(
        schema.Room(one.id, schema.Name(one.zh, one.en), one.column, one.line, tuple(one.rows)) for one in rooms
    )
