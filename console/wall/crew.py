"""The people on the wall: how many are in which state, and the field of seats; entities in, shapes and text out."""

from __future__ import annotations

from collections.abc import Sequence

from console.phrases.states import FAR_SHAPES
from console.sight import Sight
from console.words import Words
from feeds.entities import Label, Seat, SiteInfo
from widgets.elapsed import clock_text
from widgets.texts import SeatBlock, SeatCell, Shape, TallyLine, TallyText
from widgets.tones import Tone

_TALKING, _RINGING = ("talking", "outbound", "internal"), ("ringing", "reserved")
_LINES: tuple[tuple[str, Shape, str, tuple[str, ...]], ...] = (
    ("tally.talking", Shape.DISC, "d1", _TALKING),
    ("tally.ready", Shape.RING, "hi", ("ready",)),
    ("tally.ringing", Shape.RING_DOT, "d1", _RINGING),
    ("tally.acw", Shape.HALF_DISC, "d2", ("acw",)),
    ("tally.hold", Shape.TWO_BARS, "d3", ("hold",)),
    ("tally.away", Shape.SQUARE, "d3", ()),
)
_FEWER: tuple[tuple[str, Shape, str, tuple[str, ...]], ...] = (
    ("tally.talking", Shape.DISC, "d1", (*_TALKING, *_RINGING, "hold")),
    ("tally.ready", Shape.RING, "hi", ("ready",)),
    ("tally.acw", Shape.HALF_DISC, "d2", ("acw",)),
    ("tally.away", Shape.SQUARE, "d3", ()),
)
_FEWEST: tuple[tuple[str, Shape, str, tuple[str, ...]], ...] = (
    ("tally.talking", Shape.DISC, "d1", (*_TALKING, *_RINGING, "hold")),
    ("tally.ready", Shape.RING, "hi", ("ready",)),
    ("tally.other", Shape.SQUARE, "d2", ()),
)


def tally(sight: Sight, scope: str, words: Words, rows: int) -> TallyText:
    """How many agents of a scope are in which state; few rows fold kindred states together, none is lost."""
    lines = _LINES if rows >= 6 else _FEWER if rows >= 4 else _FEWEST
    staff = sight.staff(scope)
    counts = dict(staff.states) if staff is not None else {}
    counts.pop("offline", None)
    named = {state for _, _, _, states in lines for state in states}
    rest = sum(count for state, count in counts.items() if state not in named)
    shown = tuple(
        TallyLine(
            shape,
            words(key),
            words.sub(key),
            None if staff is None else sum(counts.get(state, 0) for state in states) if states else rest,
            shade,
        )
        for key, shape, shade, states in lines
    )
    seats = _seats(sight, scope)
    staffed = staff.staffed if staff is not None else 0
    total = "" if staff is None else f"{staffed} / {seats}" if seats else str(staffed)
    return TallyText(words("wall.agents"), words.sub("wall.agents"), total, shown)


def _seats(sight: Sight, scope: str) -> int:
    staff, site = sight.staff(scope), sight.site
    if staff is not None and staff.seats:
        return staff.seats
    return site.seats if site is not None and scope == "site" else 0


def tally_sources(sight: Sight, scope: str) -> set[str]:
    """The sources that the counts of a scope come from."""
    kind, _, number = scope.partition(":")
    return {seat.source for seat in sight.seats() if kind == "site" or seat.group == number}


def seat_blocks(sight: Sight, columns: int, lines: int) -> tuple[tuple[str, ...], ...]:
    """Which seats stand on which seat page: groups in the site's order, cut where a page is full."""
    total = sum(-(-len(seats) // columns) for _, seats in _by_group(sight))
    lines = -(-total // max(1, -(-total // lines))) if total else lines
    pages: list[tuple[str, ...]] = []
    current: list[str] = []
    used = 0
    for _, seats in _by_group(sight):
        rest = [seat.key for seat in seats]
        while rest:
            room = lines - used
            if room < 1:
                pages.append(tuple(current))
                current, used, room = [], 0, lines
            taken, rest = rest[: room * columns], rest[room * columns :]
            current += taken
            used += -(-len(taken) // columns)
    if current or not pages:
        pages.append(tuple(current))
    return tuple(pages)


def _by_group(sight: Sight) -> list[tuple[str, list[Seat]]]:
    site = sight.site
    order = [group.id for group in site.groups] if site is not None else []
    parents = {kind.id: kind.parent for kind in site.seat_types} if site is not None else {}
    blocks: dict[str, list[Seat]] = {group: [] for group in order}
    for seat in sight.seats():
        blocks.setdefault(parents.get(seat.area) or seat.group, []).append(seat)
    return [(group, sorted(seats, key=lambda seat: seat.key)) for group, seats in blocks.items() if seats]


def seat_page(sight: Sight, keys: Sequence[str], words: Words) -> tuple[SeatBlock, ...]:
    """The blocks of one seat page."""
    wanted = set(keys)
    blocks = []
    for group, seats in _by_group(sight):
        shown = [seat for seat in seats if seat.key in wanted]
        if shown:
            label = _group_label(sight.site, group)
            staffed = sum(seat.state != "offline" for seat in seats)
            ready = sum(seat.state == "ready" for seat in seats)
            note = words("wall.block_note", staffed=staffed, ready=ready)
            name = words.name(label) if label is not None else group
            blocks.append(SeatBlock(name, note, tuple(seat_cell(sight, seat) for seat in shown)))
    return tuple(blocks)


def _group_label(site: SiteInfo | None, group: str) -> Label | None:
    return next((label for label in site.groups if label.id == group), None) if site is not None else None


def seat_cell(sight: Sight, seat: Seat) -> SeatCell:
    """One seat. Its time is shown once it stands out: 110 running clocks would say nothing."""
    seconds = max(0.0, (sight.moment(seat.source) - seat.since) / 1000)
    tone = Tone.CALM
    if seat.critical_after_s is not None and seconds > seat.critical_after_s:
        tone = Tone.CRITICAL
    elif seat.warn_after_s is not None and seconds > seat.warn_after_s:
        tone = Tone.WARN
    return SeatCell(
        key=seat.key,
        title=seat.agent or seat.extension or seat.key.partition(":")[2],
        shape=FAR_SHAPES.get(seat.state, Shape.SQUARE),
        since=clock_text(seconds) if tone is not Tone.CALM else "",
        tone=tone,
        notched=bool(seat.vendor),
        faint=seat.state == "offline",
        stale=not sight.stale and sight.stale_for(seat.source),
    )


def legend(words: Words) -> tuple[tuple[Shape, str], ...]:
    """What the shapes of the seat page mean."""
    lines = [(shape, words(key)) for key, shape, _, _ in _LINES]
    return (*lines, (Shape.DASH, words("state.offline")))
