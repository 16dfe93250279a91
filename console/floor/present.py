"""Turns seats into cards: blocks by area or room, a legend with counts, each card with its state, time and sentence."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from math import inf
from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from console.floor.choosing import Chosen
from console.floor.roll import NOBODY, Roll
from console.phrases.scopes import label_name
from console.phrases.states import (
    FOLDED,
    agent_name,
    calls_in_hand,
    doubt_since,
    doubt_text,
    language_names,
    masked,
    passed_limit,
    seat_number,
    shade_of,
    shape_of,
    state_text,
    tone_of,
)
from console.sight import Sight
from console.words import Words
from feeds.entities import Call, Layout, Seat, SiteInfo
from feeds.layout import Room, height, places, width
from widgets.desk_texts import FieldBlock, FieldCell, LegendItem
from widgets.elapsed import clock_text


class FloorText(Struct, frozen=True):
    """All that the panel shows beside the cards themselves."""

    blocks: tuple[FieldBlock, ...]
    legend: tuple[LegendItem, ...]
    shown: int
    total: int
    note: str = ""
    empty: str = ""


class Kept(NamedTuple):
    """A card as it was made last, and of what."""

    seat: Seat
    call: Call | None
    known: object
    begin: float
    end: float
    """From when on, and up to when, its time reads as it does, floor milliseconds."""
    cell: FieldCell


class Cards:
    """Makes the card of a seat when it is asked for, and none anew that would be the same as last time."""

    def __init__(self) -> None:
        self.roll = Roll()
        self.made = 0
        """How many cards were ever made: a measure for tests."""
        self.rich = False
        """Whether cards have room for what is told below the time."""
        self._kept: dict[str, Kept] = {}
        self.sight: Sight | None = None
        """The last look."""
        self._words = Words()
        self._calls: dict[tuple[str, str], Call] | None = None
        self._sources: dict[str, tuple[int, bool]] = {}
        self._plan: tuple[object, ...] = ()
        self._areas: tuple[FieldBlock, ...] = ()
        self._whole: tuple[tuple[object, ...], tuple[FieldBlock, ...]] = ((), ())
        self._text: FloorText | None = None

    def floor(self, sight: Sight, chosen: Chosen, words: Words, *, blocks: bool = True) -> FloorText:
        """The whole panel for those seats that are chosen; without `blocks` what a table has no use for is left out."""
        changed = self.roll.look(sight, chosen, words)
        self.sight, self._words, self._calls = sight, words, None
        self._sources = {}
        layout = _layout(sight)
        plan = (self.roll.turn, words.language, chosen.everything, None if layout is None else layout.rev, blocks)
        if self._text is not None and plan == self._plan and not changed and sight.site is not None:
            return self._text
        if plan != self._plan:
            self._areas = self._blocks(sight, layout, whole=chosen.everything) if blocks else ()
            self._plan = plan
        shown, total = len(self.roll.keys), self.roll.total
        if len(self._kept) > total + 100:
            self._kept.clear()
        partial = "" if chosen.everything else words("floor.shown", shown=shown, total=total)
        empty = _empty(sight, total, words)
        self._text = FloorText(self._noted(), legend(self.roll.tally, sight, words), shown, total, partial, empty)
        return self._text

    def _blocks(self, sight: Sight, layout: Layout | None, *, whole: bool) -> tuple[FieldBlock, ...]:
        """The blocks of those that are wanted; those of the `whole` floor are kept until they would be others."""
        roll, words = self.roll, self._words
        if not whole:
            return blocks_of(sight, roll.wanted, layout, words, drawn=False)
        basis = (roll.moves, words.language, sight.site, layout)
        if basis != self._whole[0]:
            self._whole = basis, blocks_of(sight, roll.wanted, layout, words, drawn=True)
        return self._whole[1]

    def _noted(self) -> tuple[FieldBlock, ...]:
        """The blocks, each with at how many of its seats somebody sits."""
        empty = self.roll.empty
        return tuple(
            replace(block, note=f"{len(block.keys) - len(empty.intersection(block.keys))}/{len(block.keys)}")
            if block.keys
            else block
            for block in self._areas
        )

    @property
    def calls(self) -> Mapping[tuple[str, str], Call]:
        """The calls in hand, gathered once a look and only when something asks for them."""
        if self._calls is None:
            self._calls = calls_in_hand(self.sight) if self.sight is not None else {}
        return self._calls

    def call_of(self, seat: Seat) -> Call | None:
        return self.calls.get((seat.call, seat.agent)) if seat.call else None

    def moment(self, source: str) -> tuple[int, bool]:
        """Up to when durations of a source count, and whether it alone is old."""
        found = self._sources.get(source)
        if found is None:
            sight = self.sight
            assert sight is not None
            found = self._sources[source] = (sight.moment(source), not sight.stale and sight.stale_for(source))
        return found

    def seconds_of(self, seat: Seat) -> float:
        """How long the state has lasted."""
        return 0.0 if seat.state in NOBODY else max(0.0, (self.moment(seat.source)[0] - seat.since) / 1000)

    def cell(self, key: str) -> FieldCell:
        """The card of a seat as of the last look."""
        seat, sight = self.roll.by_key.get(key), self.sight
        if seat is None or sight is None:
            return FieldCell(key, key.partition(":")[2])
        moment, stale = self.moment(seat.source)
        call, known = self.call_of(seat), (stale, self._words.language, self.rich)
        kept = self._kept.get(key)
        before = None
        if kept is not None and kept.seat is seat and kept.call is call and kept.known == known:
            if kept.begin <= moment < kept.end:
                return kept.cell
            before = kept.cell
        seconds = self.seconds_of(seat)
        cell = before or still(sight, seat, call, self._words, stale, rich=self.rich)
        cell = at_second(cell, seat, seconds)
        begin = seat.since + int(seconds) * 1000
        first, end = (-inf, inf) if cell.vacant else (begin if seconds >= 1 else -inf, begin + 1000)
        self._kept[key] = Kept(seat, call, known, first, end, cell)
        self.made += 1
        return cell

    def spoken(self, key: str) -> str:
        """A seat in one sentence, for those who hear the floor."""
        seat, sight = self.roll.by_key.get(key), self.sight
        if seat is None or sight is None:
            return ""
        return spoken(sight, seat, self.seconds_of(seat), self._words)

    def tip(self, key: str) -> str:
        """What is told of a seat while the mouse rests on it."""
        seat, sight = self.roll.by_key.get(key), self.sight
        if seat is None or sight is None:
            return ""
        return tip(sight, seat, self.call_of(seat), self.seconds_of(seat), self._words)


def still(
    sight: Sight, seat: Seat, call: Call | None, words: Words, stale: bool, *, rich: bool = False
) -> FieldCell:
    """What of a card does not change from second to second."""
    vacant = seat.state in NOBODY
    return FieldCell(
        key=seat.key,
        title=words("floor.vacant") if vacant else agent_name(seat, words) or words(f"state.{seat.state}"),
        number=seat_number(seat),
        shape=shape_of(seat),
        notched=bool(seat.vendor) and not vacant,
        vacant=vacant,
        stale=stale,
        shade=shade_of(seat),
        details=details(sight, seat, call, words) if rich and not vacant else (),
        chips=chips(sight, seat, words) if rich and not vacant else (),
    )


def at_second(card: FieldCell, seat: Seat, seconds: float) -> FieldCell:
    """The card when its state has lasted so long."""
    if card.vacant:
        return card
    return replace(card, time=clock_text(seconds), tone=tone_of(seat, seconds))


def details(sight: Sight, seat: Seat, call: Call | None, words: Words) -> tuple[str, ...]:
    """What a larger card tells below its time: what is doubted, else the queue and the masked caller."""
    doubt = doubt_text(seat, words)
    if doubt:
        return (doubt,)
    queue = label_name(sight.site.queues if sight.site else None, seat.queue, words) if seat.queue else ""
    caller = masked(call.number) if call is not None else ""
    return tuple(filter(None, (queue, caller))) or (state_text(sight.site, seat, words),)


def chips(sight: Sight, seat: Seat, words: Words) -> tuple[str, ...]:
    """The languages of whoever sits there, then their skills, best first."""
    queues = sight.site.queues if sight.site is not None else None
    return (*language_names(seat, words), *(label_name(queues, skill, words) for skill in seat.skills))


def spoken(sight: Sight, seat: Seat, seconds: float, words: Words) -> str:
    """A seat in one sentence: who, where, what for how long, and what is wrong with that."""
    state = state_text(sight.site, seat, words)
    parts = [words("floor.seat", number=seat_number(seat)), agent_name(seat, words), state]
    if seat.state not in NOBODY:
        limit = passed_limit(seat, tone_of(seat, seconds))
        parts += [clock_text(seconds), "" if limit is None else words("floor.over", limit=clock_text(limit))]
    vendor = label_name(sight.site.vendors if sight.site else None, seat.vendor, words) if seat.vendor else ""
    parts += [doubt_since(sight, seat, words), vendor, words("floor.list").join(language_names(seat, words))]
    return ", ".join(filter(None, parts))


def tip(sight: Sight, seat: Seat, call: Call | None, seconds: float, words: Words) -> str:
    """What is told of a seat while the mouse rests on it."""
    site, between = sight.site, words("floor.list")
    lines = [words("floor.seat", number=seat_number(seat))]
    if seat.agent:
        lines.append(f"{agent_name(seat, words)} · {words('agent.number', number=seat.agent)}")
    time = "" if seat.state in NOBODY else f" · {clock_text(seconds)}"
    lines.append(state_text(sight.site, seat, words) + time)
    lines.append(doubt_since(sight, seat, words))
    names = (
        label_name(site.teams if site else None, seat.team, words),
        label_name(site.vendors if site else None, seat.vendor, words),
    )
    lines.append(" · ".join(filter(None, names)))
    if seat.queue:
        queue = label_name(site.queues if site else None, seat.queue, words)
        lines.append(words("floor.tip_queue", queue=queue))
    if call is not None and call.number:
        lines.append(words("floor.tip_caller", number=masked(call.number)))
    if seat.skills:
        skills = between.join(label_name(site.queues if site else None, skill, words) for skill in seat.skills)
        lines.append(words("floor.tip_skills", skills=skills))
    if seat.languages:
        lines.append(words("floor.tip_languages", languages=between.join(language_names(seat, words))))
    return "\n".join(filter(None, lines))


def legend(counts: Counter[str], sight: Sight, words: Words) -> tuple[LegendItem, ...]:
    """How many seats are in which state; what is rare and wrong only where it occurs.

    A seat at which nobody sits is no team's: who sees some of the people only cannot know how many there are.
    """
    items = []
    for key, shape, states in FOLDED:
        count = sum(counts[state] for state in states)
        if key == "state.offline" and not count and sight.of_some_people:
            continue
        if count or not key.startswith("state.") or key == "state.offline":
            items.append(LegendItem(shape, words(key), count))
    return tuple(items)


# Blocks


def blocks_of(
    sight: Sight, wanted: list[Seat], layout: Layout | None, words: Words, *, drawn: bool
) -> tuple[FieldBlock, ...]:
    """The seats in their rooms where the floor is drawn, those that stand in none by area.

    What is filtered needs no aisles: then rooms are blocks like any other, so that what is left stands together.
    """
    if layout is None:
        return _by_area(sight, wanted, words)
    there = {seat_number(seat): seat for seat in wanted}
    blocks: list[FieldBlock] = []
    for room in layout.rooms:
        found = [(there.pop(name).key, (column, row)) for name, column, row in places(room) if name in there]
        if drawn:
            blocks.append(room_block(room, found, words))
        elif found:
            blocks.append(FieldBlock(words.name(room), keys=tuple(key for key, _ in found), key=room.id))
    return (*blocks, *_by_area(sight, there.values(), words))


def _by_area(sight: Sight, seats: Iterable[Seat], words: Words) -> tuple[FieldBlock, ...]:
    areas = defaultdict[str, list[str]](list, {area: [] for area in _areas(sight.site)})
    for seat in seats:
        areas[seat.area or seat.seat_type].append(seat.key)
    return tuple(
        FieldBlock(area_name(sight.site, area, words), keys=tuple(keys)) for area, keys in areas.items() if keys
    )


def room_block(room: Room, found: list[tuple[str, tuple[int, int]]], words: Words) -> FieldBlock:
    """A room where it stands; seats that the floor does not have leave their places empty."""
    return FieldBlock(
        words.name(room), keys=tuple(key for key, _ in found), key=room.id, places=tuple(place for _, place in found),
        column=room.column, line=room.line, columns=width(room), lines=height(room) - 1,
    )  # fmt: skip


def _layout(sight: Sight) -> Layout | None:
    found = sight.entities.get("layout:floor")
    return found if isinstance(found, Layout) else None


def area_name(site: SiteInfo | None, area: str, words: Words) -> str:
    """What people call an area; by its queue where that has a shorter name."""
    if site is None:
        return area
    names = [label_name(labels, area, words) for labels in (site.seat_types, site.queues)]
    known = [name for name in names if name and name != area]
    return min(known, key=len) if known else area or words("floor.no_area")


def _areas(site: SiteInfo | None) -> list[str]:
    return [kind.id for kind in site.seat_types] if site is not None else []


def _empty(sight: Sight, total: int, words: Words) -> str:
    if sight.site is None:
        return ""
    return words("floor.none_fits" if total else "floor.no_seats")
