"""The columns that a table of seats can have: what each shows, what it is sorted by, and which somebody has chosen."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from functools import lru_cache
from itertools import takewhile
from operator import attrgetter
from typing import Any, Final

from msgspec import Struct, field

from console.floor.choosing import OWN, group_of
from console.floor.roll import NOBODY, natural
from console.phrases.figures import EMPTY, ended_text
from console.phrases.reasons import reason_name
from console.phrases.scopes import label_name
from console.phrases.states import FOLDED, agent_name, doubt_since, language_name, masked, seat_number
from console.sight import Sight
from console.words import Words
from feeds.entities import AgentDay, Call, Seat
from widgets.elapsed import clock_text


class Look(Struct):
    """What a column may look at."""

    sight: Sight
    words: Words
    seconds: Callable[[Seat], float]
    call: Callable[[Seat], Call | None]
    names: dict[tuple[str, str], str] = field(default_factory=dict)
    """What was looked up before."""
    groups: dict[tuple[str, str], str] = field(default_factory=dict)

    def label(self, kind: str, number: str) -> str:
        """What people call a thing of the site."""
        if not number:
            return ""
        found = self.names.get((kind, number))
        if found is None:
            found = label_name(getattr(self.sight.site, kind, None), number, self.words)
            self.names[kind, number] = found
        return found

    def reason(self, seat: Seat) -> str:
        """What people call the reason of a seat's state."""
        if not seat.reason:
            return ""
        found = self.names.get(("reason", seat.reason))
        if found is None:
            found = self.names["reason", seat.reason] = reason_name(self.sight.site, seat.reason, self.words)
        return found

    def list(self, names: list[str], name: Callable[[str], str]) -> str:
        """Several names behind each other; few different lists make up a floor, so they are kept."""
        key = name.__name__, " ".join(names)
        found = self.names.get(key)
        if found is None:
            found = self.names[key] = self.words("floor.list").join(map(name, names))
        return found

    def group(self, seat: Seat) -> str:
        """The group of a seat's area."""
        key = seat.area, seat.group
        found = self.groups.get(key)
        if found is None:
            found = self.groups[key] = self.label("groups", group_of(self.sight, seat))
        return found

    def skill(self, number: str) -> str:
        """What people call a skill."""
        return self.label("queues", number)

    def language(self, code: str) -> str:
        """What a language is called."""
        return language_name(code, self.words)

    def day(self, seat: Seat) -> AgentDay | None:
        """The counts of whoever sits there."""
        found = self.sight.entities.get(f"agent:{seat.agent}") if seat.agent else None
        return found if isinstance(found, AgentDay) else None

    def days(self, seats: Sequence[Seat]) -> Sequence[AgentDay | None]:
        """The same of many seats."""
        known = {day.key.partition(":")[2]: day for day in self.sight.entities.of(AgentDay)}
        return [known.get(seat.agent) for seat in seats]


_Order = Callable[[Look, Sequence[Seat]], Sequence[Any]]


class Column(Struct, frozen=True):
    """A column: its title is `floor.column.<id>`.

    `order` gives what the rows of seats are sorted by, for all of them at once; None for those that have nothing.
    """

    id: str
    width: int
    text: Callable[[Look, Seat], str]
    order: _Order
    right: bool = False


_PLACE: Final = {state: place for place, (_, _, states) in enumerate(FOLDED) for state in states}


@lru_cache(maxsize=65_536)
def by_name(text: str) -> bytes | None:
    """A key by which names stand in the order of pinyin (that of GB 2312), Latin ones by letters."""
    return text.casefold().encode("gb18030", "replace") if text else None


def _named(text: Callable[[Look, Seat], str], of: Callable[[Seat], Hashable]) -> _Order:
    """Sorted by a name that depends on nothing but `of` a seat: each is looked up once, and few make up a floor.

    What is `of` a seat is best a text: a tuple is hashed and compared anew, part by part, each time it is looked for.
    """

    def order(look: Look, seats: Sequence[Seat]) -> list[bytes | None]:
        told = list(map(of, seats))
        names = {one: by_name(text(look, seat)) for one, seat in dict(zip(told, seats, strict=True)).items()}
        return list(map(names.__getitem__, told))

    return order


def _numbered(of: Callable[[Seat], str]) -> _Order:
    return lambda look, seats: list(map(natural, map(of, seats)))


def _name(look: Look, seat: Seat) -> str:
    return "" if seat.state in NOBODY else agent_name(seat, look.words)


def _state(look: Look, seat: Seat) -> str:
    return look.words(f"state.{seat.state}")


def _time(look: Look, seat: Seat) -> str:
    return "" if seat.state in NOBODY else clock_text(look.seconds(seat))


def _reason(look: Look, seat: Seat) -> str:
    return doubt_since(look.sight, seat, look.words) or look.reason(seat)


def _vendor(look: Look, seat: Seat) -> str:
    if not seat.agent:
        return ""
    return look.label("vendors", seat.vendor) if seat.vendor else look.words("wall.own_staff")


def _caller(look: Look, seat: Seat) -> str:
    call = look.call(seat)
    return masked(call.number) if call is not None else ""


def _languages(look: Look, seat: Seat) -> str:
    return look.list(seat.languages, look.language)


def _skills(look: Look, seat: Seat) -> str:
    return look.list(seat.skills, look.skill)


def _handled(look: Look, seat: Seat) -> str:
    day = look.day(seat)
    return "" if day is None else str(day.handled)


def _talk(look: Look, seat: Seat) -> str:
    day = look.day(seat)
    return "" if day is None else ended_text(day.talk_s / day.handled) if day.handled else EMPTY


def _names(look: Look, seats: Sequence[Seat]) -> list[bytes | None]:
    return [None if seat.state in NOBODY else by_name(agent_name(seat, look.words)) for seat in seats]


def _by_reason(look: Look, seat: Seat) -> str:
    return look.reason(seat) or "".join(seat.doubt)


def _lasting(look: Look, seats: Sequence[Seat]) -> list[int | None]:
    return [None if seat.state in NOBODY else -seat.since for seat in seats]


def _counts(look: Look, seats: Sequence[Seat]) -> list[int | None]:
    return [None if day is None else day.handled for day in look.days(seats)]


def _mean_talks(look: Look, seats: Sequence[Seat]) -> list[float | None]:
    return [None if day is None or not day.handled else day.talk_s / day.handled for day in look.days(seats)]


def _in_the_legend(look: Look, seats: Sequence[Seat]) -> list[int]:
    return [_PLACE.get(seat.state, 99) for seat in seats]


def _area(look: Look, seat: Seat) -> str:
    return look.label("seat_types", seat.area or seat.seat_type)


def _group(look: Look, seat: Seat) -> str:
    return look.group(seat)


def _team(look: Look, seat: Seat) -> str:
    return look.label("teams", seat.team)


def _queue(look: Look, seat: Seat) -> str:
    return look.label("queues", seat.queue)


COLUMNS: Final[dict[str, Column]] = {
    column.id: column
    for column in (
        Column("seat", 74, lambda look, seat: seat_number(seat), _numbered(seat_number)),
        Column("agent", 116, _name, _names),
        Column("number", 70, lambda look, seat: seat.agent, _numbered(attrgetter("agent"))),
        Column("state", 124, _state, _in_the_legend),
        Column("time", 108, _time, _lasting, right=True),
        Column("reason", 230, _reason, _named(_by_reason, lambda seat: (seat.reason, *seat.doubt))),
        Column("team", 110, _team, _named(_team, attrgetter("team"))),
        Column("vendor", 120, _vendor, _named(_vendor, lambda seat: seat.agent and (seat.vendor or OWN))),
        Column("group", 110, _group, _named(_group, lambda seat: f"{seat.area}\n{seat.group}")),
        Column("area", 110, _area, _named(_area, lambda seat: seat.area or seat.seat_type)),
        Column("queue", 120, _queue, _named(_queue, attrgetter("queue"))),
        Column("caller", 120, _caller, _named(_caller, lambda seat: seat.call and (seat.call, seat.agent))),
        Column("extension", 80, lambda look, seat: seat.extension, _numbered(attrgetter("extension"))),
        Column("languages", 130, _languages, _named(_languages, lambda seat: "\n".join(seat.languages))),
        Column("skills", 200, _skills, _named(_skills, lambda seat: "\n".join(seat.skills))),
        Column("handled", 84, _handled, _counts, right=True),
        Column("talk", 96, _talk, _mean_talks, right=True),
    )
}
"""By id, in the order in which they stand in the table."""
NAMING: Final = frozenset({"seat", "agent", "number"})
"""What tells rows apart: where these stand first, they stay in sight while the others are scrolled."""
USUAL: Final = ("seat", "agent", "state", "time", "reason", "team", "queue", "caller", "languages", "handled")


class TableView(Struct, frozen=True, omit_defaults=True):
    """How somebody has the table: its columns, what it is sorted by, and column widths that were changed."""

    columns: tuple[str, ...] = USUAL
    sort: str = "seat"
    descending: bool = False
    widths: dict[str, int] = {}

    def sound(self) -> TableView:
        """Without what this version does not know: a file may be of another one."""
        columns = tuple(dict.fromkeys(name for name in self.columns if name in COLUMNS)) or USUAL
        widths = {name: min(max(wide, 30), 900) for name, wide in self.widths.items() if name in COLUMNS}
        return TableView(columns, self.sort if self.sort in COLUMNS else "seat", self.descending, widths)


def naming(view: TableView) -> int:
    """How many of the first columns tell the rows apart."""
    return len(tuple(takewhile(NAMING.__contains__, view.columns)))


def ordered(look: Look, seats: Sequence[Seat], view: TableView) -> list[int]:
    """The places of seats in the order of the table, those that have nothing to be sorted by last, either way.

    Equal ones stay in the order in which they come.
    """
    told = COLUMNS[view.sort].order(look, seats)
    places = [place for place, value in enumerate(told) if value is not None]
    places.sort(key=told.__getitem__, reverse=view.descending)
    if len(places) < len(told):
        places += [place for place, value in enumerate(told) if value is None]
    return places
