"""Turns seats into cards: blocks by area, a legend with counts, each card with its state, its time and its sentence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Mapping
from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from console.floor.choosing import Chosen, fits
from console.phrases.scopes import label_name
from console.phrases.states import (
    FOLDED,
    agent_name,
    calls_in_hand,
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
from feeds.entities import Call, Seat, SiteInfo
from widgets.desk_texts import FieldBlock, FieldCell, LegendItem
from widgets.elapsed import clock_text

NOBODY = ("offline",)


class FloorText(Struct, frozen=True):
    """All that the panel shows."""

    blocks: tuple[FieldBlock, ...]
    legend: tuple[LegendItem, ...]
    shown: int
    total: int
    note: str = ""
    empty: str = ""


class Kept(NamedTuple):
    """A card as it was made last, and of what."""

    known: object
    second: int
    cell: FieldCell
    sentence: tuple[str, str]


class Cards:
    """Makes the cards, and makes none anew whose seat, call and second are the same as last time."""

    def __init__(self) -> None:
        self._kept: dict[str, Kept] = {}
        self._visible: Container[str] | None = None
        self._site = -1
        self._sources: dict[str, tuple[int, bool]] = {}
        self.made = 0
        """How many cards were ever made: a measure for tests."""

    def floor(self, sight: Sight, chosen: Chosen, words: Words, visible: Container[str] | None = None) -> FloorText:
        """The whole panel for those seats that are chosen.

        With `visible` the clocks of other seats stand still: nobody sees them, and a thousand are a lot of work.
        """
        self._visible = visible
        self._site = sight.site.rev if sight.site is not None else -1
        self._sources = {
            name: (sight.moment(name), not sight.stale and sight.stale_for(name))
            for name in {seat.source for seat in sight.seats()}
        }
        seats = list(sight.seats())
        wanted = seats if chosen.everything else [seat for seat in seats if fits(sight, seat, chosen, words)]
        calls = calls_in_hand(sight)
        areas: dict[str, list[Seat]] = {area: [] for area in _areas(sight.site)}
        for seat in wanted:
            areas.setdefault(seat.area or seat.seat_type, []).append(seat)
        blocks = tuple(
            FieldBlock(area_name(sight.site, area, words), _staffed(inside), self._cells(sight, inside, calls, words))
            for area, inside in areas.items()
            if inside
        )
        if len(self._kept) > 2 * len(seats) + 100:
            self._kept.clear()
        partial = "" if chosen.everything else words("floor.shown", shown=len(wanted), total=len(seats))
        return FloorText(blocks, legend(wanted, words), len(wanted), len(seats), partial, _empty(sight, seats, words))

    def _cells(
        self, sight: Sight, seats: list[Seat], calls: Mapping[tuple[str, str], Call], words: Words
    ) -> tuple[FieldCell, ...]:
        return tuple(self._cell(sight, seat, calls, words) for seat in sorted(seats, key=lambda seat: seat.key))

    def _cell(self, sight: Sight, seat: Seat, calls: Mapping[tuple[str, str], Call], words: Words) -> FieldCell:
        moment, stale = self._sources[seat.source]
        seconds = max(0.0, (moment - seat.since) / 1000) if seat.state not in NOBODY else 0.0
        second = int(seconds)
        call = calls.get((seat.call, seat.agent)) if seat.call else None
        known = (seat.rev, seat.state, stale, words.language, None if call is None else call.rev, self._site)
        kept = self._kept.get(seat.key)
        if kept is not None and kept.known == known:
            if kept.second == second or (self._visible is not None and seat.key not in self._visible):
                return kept.cell
            made = at_second(kept.cell, kept.sentence, seat, seconds, words)
            self._kept[seat.key] = Kept(known, second, made, kept.sentence)
        else:
            sentence = spoken(sight, seat, words)
            made = at_second(still(sight, seat, call, words, stale), sentence, seat, seconds, words)
            self._kept[seat.key] = Kept(known, second, made, sentence)
        self.made += 1
        return made


def still(sight: Sight, seat: Seat, call: Call | None, words: Words, stale: bool) -> FieldCell:
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
        tip=tip(sight, seat, call, words),
        shade=shade_of(seat),
    )


def at_second(card: FieldCell, sentence: tuple[str, str], seat: Seat, seconds: float, words: Words) -> FieldCell:
    """The card when its state has lasted so long."""
    if card.vacant:
        return replace(card, spoken=", ".join(filter(None, sentence)))
    time, tone = clock_text(seconds), tone_of(seat, seconds)
    limit = passed_limit(seat, tone)
    over = "" if limit is None else words("floor.over", limit=clock_text(limit))
    told = ", ".join(filter(None, (sentence[0], time, over, sentence[1])))
    return replace(card, time=time, tone=tone, spoken=told)


def spoken(sight: Sight, seat: Seat, words: Words) -> tuple[str, str]:
    """A seat in one sentence, for those who hear the floor: what stands before its time and what behind."""
    parts = (words("floor.seat", number=seat_number(seat)), agent_name(seat, words), state_text(seat, words))
    vendor = label_name(sight.site.vendors if sight.site else None, seat.vendor, words) if seat.vendor else ""
    return ", ".join(filter(None, parts)), vendor


def tip(sight: Sight, seat: Seat, call: Call | None, words: Words) -> str:
    """What is told of a seat while the mouse rests on it."""
    site = sight.site
    lines = [words("floor.seat", number=seat_number(seat))]
    if seat.agent:
        lines.append(f"{agent_name(seat, words)} · {words('agent.number', number=seat.agent)}")
    lines.append(state_text(seat, words))
    if seat.team or seat.vendor:
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
    return "\n".join(lines)


def legend(seats: list[Seat], words: Words) -> tuple[LegendItem, ...]:
    """How many seats are in which state; what is rare and wrong only where it occurs."""
    counts = Counter[str](seat.state for seat in seats)
    items = []
    for key, shape, states in FOLDED:
        count = sum(counts[state] for state in states)
        if count or not key.startswith("state.") or key == "state.offline":
            items.append(LegendItem(shape, words(key), count))
    return tuple(items)


def area_name(site: SiteInfo | None, area: str, words: Words) -> str:
    """What people call an area; by its queue where that has a shorter name."""
    if site is None:
        return area
    names = [label_name(labels, area, words) for labels in (site.seat_types, site.queues)]
    known = [name for name in names if name and name != area]
    return min(known, key=len) if known else area or words("floor.no_area")


def _areas(site: SiteInfo | None) -> list[str]:
    return [kind.id for kind in site.seat_types] if site is not None else []


def _staffed(seats: list[Seat]) -> str:
    return f"{sum(seat.state not in NOBODY for seat in seats)}/{len(seats)}"


def _empty(sight: Sight, seats: list[Seat], words: Words) -> str:
    if sight.site is None:
        return ""
    return words("floor.none_fits" if seats else "floor.no_seats")
