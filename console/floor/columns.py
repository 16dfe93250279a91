"""The columns that a table of seats can have: what each shows, what it is sorted by, and which somebody has chosen."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from itertools import takewhile
from operator import itemgetter
from typing import Any, Final

from msgspec import Struct, field

from console.floor.choosing import group_of
from console.floor.roll import NOBODY, natural
from console.phrases.figures import EMPTY
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


class Column(Struct, frozen=True):
    """A column: its title is `floor.column.<id>`; `order` gives what its rows are sorted by, None for nothing.

    `lively` columns differ from second to second, so a table that is sorted by one is sorted anew each second.
    """

    id: str
    width: int
    text: Callable[[Look, Seat], str]
    order: Callable[[Look, Seat], Any]
    lively: bool = False
    right: bool = False


_PLACE: Final = {state: place for place, (_, _, states) in enumerate(FOLDED) for state in states}


@lru_cache(maxsize=65_536)
def by_name(text: str) -> bytes | None:
    """A key by which names stand in the order of pinyin (that of GB 2312), Latin ones by letters."""
    return text.casefold().encode("gb18030", "replace") if text else None


def _named(text: Callable[[Look, Seat], str]) -> Callable[[Look, Seat], Any]:
    return lambda look, seat: by_name(text(look, seat))


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


def _mean_talk(day: AgentDay | None) -> float | None:
    return day.talk_s / day.handled if day is not None and day.handled else None


def _talk(look: Look, seat: Seat) -> str:
    mean = _mean_talk(look.day(seat))
    return "" if look.day(seat) is None else EMPTY if mean is None else clock_text(mean)


def _lasting(look: Look, seat: Seat) -> int | None:
    return None if seat.state in NOBODY else -seat.since


def _count(look: Look, seat: Seat) -> int | None:
    day = look.day(seat)
    return None if day is None else day.handled


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
        Column("seat", 74, lambda look, seat: seat_number(seat), lambda look, seat: natural(seat_number(seat))),
        Column("agent", 116, _name, _named(_name)),
        Column("number", 70, lambda look, seat: seat.agent, lambda look, seat: natural(seat.agent)),
        Column("state", 124, _state, lambda look, seat: _PLACE.get(seat.state, 99)),
        Column("time", 108, _time, _lasting, lively=True, right=True),
        Column("reason", 230, _reason, _named(lambda look, seat: look.reason(seat) or "".join(seat.doubt))),
        Column("team", 110, _team, _named(_team)),
        Column("vendor", 120, _vendor, _named(_vendor)),
        Column("group", 110, _group, _named(_group)),
        Column("area", 110, _area, _named(_area)),
        Column("queue", 120, _queue, _named(_queue)),
        Column("caller", 120, _caller, _named(_caller)),
        Column("extension", 80, lambda look, seat: seat.extension, lambda look, seat: natural(seat.extension)),
        Column("languages", 130, _languages, _named(_languages)),
        Column("skills", 200, _skills, _named(_skills)),
        Column("handled", 84, _handled, _count, right=True),
        Column("talk", 96, _talk, lambda look, seat: _mean_talk(look.day(seat)), right=True),
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


def ordered(look: Look, seats: list[Seat], view: TableView) -> list[str]:
    """The keys of seats in the order of the table, those that have nothing to be sorted by last, either way.

    Equal ones stay in the order in which they come.
    """
    order = COLUMNS[view.sort].order
    told = [(order(look, seat), seat.key) for seat in seats]
    found = [pair for pair in told if pair[0] is not None]
    found.sort(key=itemgetter(0), reverse=view.descending)
    return [key for _, key in found] + [key for value, key in told if value is None]
