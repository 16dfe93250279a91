"""The floor being drawn: seats, rows and rooms moved on a grid, each step a new plan, so that it can be undone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from config.drawing import AISLE, FARTHEST, MOST_ROOMS, MOST_SIDE
from feeds.layout import Room, height, places, width
from widgets.seats.field_layout import bands

Spot = tuple[int, int]
"""A column and a line of the floor's grid, or a column and a row of a room."""
NEW_COLUMNS, NEW_LINES = 8, 2
ACROSS: Final = 10
"""How many seats stand side by side in the first plan of a floor that was never drawn."""


class Hall(Struct, frozen=True):
    """A room of the plan: its corner and size on the grid, and who stands where in it."""

    id: str
    zh: str
    en: str
    column: int
    line: int
    columns: int
    lines: int
    seats: Mapping[Spot, str] = {}

    def covers(self, column: int, line: int) -> bool:
        """Whether a spot of the grid lies in it; its name's line does not."""
        return 0 <= column - self.column < self.columns and 1 <= line - self.line <= self.lines


class Plan(Struct, frozen=True):
    """All rooms."""

    halls: tuple[Hall, ...] = ()

    def where(self) -> dict[str, Spot]:
        """On which spot of the grid each seat stands."""
        return {
            seat: (hall.column + column, hall.line + 1 + row)
            for hall in self.halls
            for (column, row), seat in hall.seats.items()
        }


class Refusal(Exception):
    """Why a step cannot be made; `key` are the words that say so."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


def plan_of(rooms: Iterable[Room], known: set[str]) -> Plan:
    """The plan of a drawn floor, without seats that the floor has no more."""
    halls = []
    for room in rooms:
        seats = {(column, row): seat for seat, column, row in places(room) if seat in known}
        halls.append(
            Hall(room.id, room.zh, room.en, room.column, room.line, width(room), max(1, height(room) - 1), seats)
        )
    return Plan(tuple(halls))


def first_plan(areas: Sequence[tuple[str, str, str, Sequence[str]]]) -> Plan:
    """A plan to begin with: a room for each area (id, Chinese and English name, seats), as the map has them."""
    inhabited = [area for area in areas if area[3]]
    halls: list[Hall] = []
    top = 0
    for band in bands([len(area[3]) for area in inhabited], ACROSS, 1.0):
        left = 0
        for (id_, zh, en, seats), columns in zip(inhabited[band.first : band.last], band.columns, strict=True):
            standing = {(number % columns, number // columns): seat for number, seat in enumerate(seats)}
            halls.append(Hall(id_, zh, en, left, top, columns, band.lines, standing))
            left += columns + 1
        top += band.lines + 1
    return Plan(tuple(halls))


def rooms_of(plan: Plan) -> list[Room]:
    """The rooms to be saved, without empty rows and columns at the end of a room that has seats."""
    return [
        Room(hall.id, hall.zh, hall.en, hall.column, hall.line, _rows(hall))
        for hall in plan.halls
    ]  # fmt: skip


def _rows(hall: Hall) -> list[str]:
    columns = max((column for column, _ in hall.seats), default=hall.columns - 1) + 1
    lines = max((row for _, row in hall.seats), default=hall.lines - 1) + 1
    return [" ".join(hall.seats.get((column, row), AISLE) for column in range(columns)) for row in range(lines)]


# Steps


def move_seats(plan: Plan, seats: Sequence[str], anchor: str, to: Spot) -> Plan:
    """Some seats elsewhere, the anchor at a spot and the others as they stand about it. Raises Refusal.

    One seat that is put onto another changes places with it; a room grows by the row or column beside it.
    """
    where = plan.where()
    wanted = _spots(seats, anchor, to, where)
    others = {spot: seat for seat, spot in where.items() if seat not in wanted}
    taken = [others[spot] for spot in wanted.values() if spot in others]
    changed = dict(wanted)
    if taken:
        if len(wanted) > 1 or anchor not in where:
            raise Refusal("floor.edit.taken")
        changed[taken[0]] = where[anchor]
    halls = list(take_out(plan, changed).halls)
    for seat, spot in changed.items():
        number, hall = _room_for(halls, spot)
        halls[number] = replace(hall, seats={**hall.seats, (spot[0] - hall.column, spot[1] - hall.line - 1): seat})
    return Plan(tuple(halls))


def _spots(seats: Sequence[str], anchor: str, to: Spot, where: Mapping[str, Spot]) -> dict[str, Spot]:
    """Where each goes: those that stand somewhere keep their distance, the others follow in a row."""
    begin = where.get(anchor, to)
    found: dict[str, Spot] = {anchor: to}
    for seat in seats:
        if seat != anchor and seat in where and anchor in where:
            column, line = where[seat]
            found[seat] = to[0] + column - begin[0], to[1] + line - begin[1]
    column = to[0]
    for seat in seats:
        if seat in found:
            continue
        while (column, to[1]) in found.values():
            column += 1
        found[seat] = column, to[1]
    return found


def _room_for(halls: Sequence[Hall], spot: Spot) -> tuple[int, Hall]:
    """The room on a spot, else one just beside it that can grow so far. Raises Refusal."""
    for number, hall in enumerate(halls):
        if hall.covers(*spot):
            return number, hall
    why = Refusal("floor.edit.no_room")
    for number, hall in enumerate(halls):
        if replace(hall, columns=hall.columns + 1, lines=hall.lines + 1).covers(*spot):
            try:
                return number, _grown(halls, number, spot)
            except Refusal as refusal:
                why = refusal
    raise why


def _grown(halls: Sequence[Hall], number: int, spot: Spot) -> Hall:
    hall = halls[number]
    columns = max(hall.columns, spot[0] - hall.column + 1)
    lines = max(hall.lines, spot[1] - hall.line)
    grown = replace(hall, columns=columns, lines=lines)
    _check(grown, [one for place, one in enumerate(halls) if place != number])
    return grown


def _check(hall: Hall, others: Iterable[Hall]) -> None:
    if hall.column < 0 or hall.line < 0 or max(hall.column, hall.line) > FARTHEST:
        raise Refusal("floor.edit.edge")
    if hall.columns > MOST_SIDE or hall.lines > MOST_SIDE:
        raise Refusal("floor.edit.too_large")
    for other in others:
        across = hall.column < other.column + other.columns and other.column < hall.column + hall.columns
        down = hall.line <= other.line + other.lines and other.line <= hall.line + hall.lines
        if across and down:
            raise Refusal("floor.edit.overlap")


def take_out(plan: Plan, seats: Iterable[str]) -> Plan:
    """Without some seats: they stand below the rooms until they are placed again."""
    gone = set(seats)
    return Plan(
        tuple(
            replace(hall, seats={at: seat for at, seat in hall.seats.items() if seat not in gone})
            for hall in plan.halls
        )
    )


def move_row(plan: Plan, of: Spot, to: Spot) -> Plan:
    """The row on a spot of the grid to where another is, in this room or another one; others make room for it."""
    halls = list(plan.halls)
    source, target = _covering(halls, of), _room_for(halls, to)[0]
    row = of[1] - halls[source].line - 1
    moved = {column: seat for (column, at), seat in halls[source].seats.items() if at == row}
    rest = {
        (column, at - (at > row)): seat for (column, at), seat in halls[source].seats.items() if at != row
    }  # fmt: skip
    lines = halls[source].lines - 1
    if source != target and lines == 0:
        lines = 1
    halls[source] = replace(halls[source], seats=rest, lines=lines)
    hall = halls[target]
    place = min(max(0, to[1] - hall.line - 1), hall.lines)
    seats = {(column, at + (at >= place)): seat for (column, at), seat in hall.seats.items()}
    seats.update({(column, place): seat for column, seat in moved.items()})
    columns = max(hall.columns, max(moved, default=0) + 1)
    halls[target] = replace(hall, seats=seats, lines=hall.lines + 1, columns=columns)
    _check(halls[target], [one for number, one in enumerate(halls) if number != target])
    return Plan(tuple(halls))


def move_room(plan: Plan, id_: str, by: Spot) -> Plan:
    """A room elsewhere on the grid. Raises Refusal where another one stands."""
    number = _number(plan, id_)
    hall = plan.halls[number]
    moved = replace(hall, column=hall.column + by[0], line=hall.line + by[1])
    _check(moved, [one for place, one in enumerate(plan.halls) if place != number])
    return _with(plan, number, moved)


def add_room(plan: Plan, zh: str, en: str) -> Plan:
    """One more room, empty, below all others. Raises Refusal where there are enough."""
    if len(plan.halls) >= MOST_ROOMS:
        raise Refusal("floor.edit.too_many")
    taken = {hall.id for hall in plan.halls}
    id_ = next(f"room-{number}" for number in range(1, MOST_ROOMS + 2) if f"room-{number}" not in taken)
    line = max((hall.line + hall.lines + 2 for hall in plan.halls), default=0)
    return Plan((*plan.halls, Hall(id_, zh, en, 0, line, NEW_COLUMNS, NEW_LINES)))


def rename_room(plan: Plan, id_: str, zh: str, en: str) -> Plan:
    """A room by another name."""
    number = _number(plan, id_)
    return _with(plan, number, replace(plan.halls[number], zh=zh, en=en))


def remove_room(plan: Plan, id_: str) -> Plan:
    """Without a room: its seats stand below until they are placed again."""
    return Plan(tuple(hall for hall in plan.halls if hall.id != id_))


def hall_of(plan: Plan, spot: Spot) -> Hall | None:
    """The room in which a spot of the grid lies, its name's line included."""
    for hall in plan.halls:
        if hall.covers(*spot) or hall.covers(spot[0], spot[1] + 1):
            return hall
    return None


def _covering(halls: Sequence[Hall], spot: Spot) -> int:
    for number, hall in enumerate(halls):
        if hall.covers(*spot):
            return number
    raise Refusal("floor.edit.no_row")


def _number(plan: Plan, id_: str) -> int:
    for number, hall in enumerate(plan.halls):
        if hall.id == id_:
            return number
    raise Refusal("floor.edit.no_room")


def _with(plan: Plan, number: int, hall: Hall) -> Plan:
    return Plan((*plan.halls[:number], hall, *plan.halls[number + 1 :]))


class Steps:
    """The plan as it is now, and the way that led to it."""

    def __init__(self, plan: Plan) -> None:
        self._past: list[Plan] = []
        self._future: list[Plan] = []
        self.begun = plan
        """The plan that was there before the first step."""
        self.now = plan

    @property
    def can_undo(self) -> bool:
        return bool(self._past)

    @property
    def can_redo(self) -> bool:
        return bool(self._future)

    @property
    def changed(self) -> bool:
        """Whether there is anything to save."""
        return self.now != self.begun

    def take(self, plan: Plan) -> None:
        """Make a step; what was undone before is no way to go any more."""
        if plan != self.now:
            self._past.append(self.now)
            self._future.clear()
            self.now = plan

    def undo(self) -> None:
        """One step back."""
        if self._past:
            self._future.append(self.now)
            self.now = self._past.pop()

    def redo(self) -> None:
        """One step forth again."""
        if self._future:
            self._past.append(self.now)
            self.now = self._future.pop()
