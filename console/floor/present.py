"""Turns seats into cards: blocks by area, a legend with counts, each card with its state, its time and its sentence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from msgspec import Struct

from console.floor.choosing import Chosen, fits
from console.floor.states import (
    FOLDED,
    agent_name,
    calls_in_hand,
    label_name,
    masked,
    passed_limit,
    seat_number,
    seconds_of,
    shape_of,
    state_text,
    tone_of,
)
from console.sight import Sight
from console.words import Words
from feeds.entities import Call, Seat, SiteInfo
from widgets.desk_texts import FieldBlock, FieldCell, LegendItem
from widgets.elapsed import clock_text
from widgets.tones import Tone

NOBODY = ("offline",)


class FloorText(Struct, frozen=True):
    """All that the panel shows."""

    blocks: tuple[FieldBlock, ...]
    legend: tuple[LegendItem, ...]
    shown: int
    total: int
    note: str = ""
    empty: str = ""


class Cards:
    """Makes the cards, and makes none anew whose seat, call and second are the same as last time."""

    def __init__(self) -> None:
        self._kept: dict[str, tuple[object, FieldCell]] = {}
        self.made = 0
        """How many cards were ever made: a measure for tests."""

    def floor(self, sight: Sight, chosen: Chosen, words: Words) -> FloorText:
        """The whole panel for those seats that are chosen."""
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
        seconds = int(seconds_of(sight, seat)) if seat.state not in NOBODY else 0
        stale = not sight.stale and sight.stale_for(seat.source)
        call = calls.get((seat.call, seat.agent)) if seat.call else None
        site = sight.site.rev if sight.site is not None else -1
        state = (seat.rev, seat.state, seconds, stale, words.language, None if call is None else call.rev, site)
        before = self._kept.get(seat.key)
        if before is not None and before[0] == state:
            return before[1]
        self.made += 1
        made = cell(sight, seat, call, words)
        self._kept[seat.key] = (state, made)
        return made


def cell(sight: Sight, seat: Seat, call: Call | None, words: Words) -> FieldCell:
    """One seat as a card."""
    vacant = seat.state in NOBODY
    seconds = seconds_of(sight, seat)
    tone = Tone.CALM if vacant else tone_of(seat, seconds)
    time = "" if vacant else clock_text(seconds)
    name = agent_name(seat, words)
    return FieldCell(
        key=seat.key,
        title=words("floor.vacant") if vacant else name or words(f"state.{seat.state}"),
        number=seat_number(seat),
        time=time,
        shape=shape_of(seat),
        tone=tone,
        notched=bool(seat.vendor) and not vacant,
        vacant=vacant,
        stale=not sight.stale and sight.stale_for(seat.source),
        spoken=spoken(sight, seat, time, tone, words),
        tip=tip(sight, seat, call, words),
    )


def spoken(sight: Sight, seat: Seat, time: str, tone: Tone, words: Words) -> str:
    """A seat in one sentence, for those who hear the floor."""
    parts = [words("floor.seat", number=seat_number(seat)), agent_name(seat, words), state_text(seat, words), time]
    limit = passed_limit(seat, tone)
    if limit is not None:
        parts.append(words("floor.over", limit=clock_text(limit)))
    if seat.vendor:
        parts.append(label_name(sight.site.vendors if sight.site else None, seat.vendor, words))
    return ", ".join(filter(None, parts))


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
