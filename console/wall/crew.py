"""The people on the wall: how many are in which state, and the field of seats; entities in, shapes and text out."""

from __future__ import annotations

from collections.abc import Sequence

from console.phrases.states import FAR_SHAPES
from console.sight import Sight
from console.wall.grid import SeatRoom
from console.words import Words
from feeds.entities import Label, Seat, SiteInfo
from widgets.elapsed import clock_text
from widgets.texts import SeatBlock, SeatCell, SeatLegend, Shape, TallyLine, TallyText
from widgets.tones import Tone

_TALKING, _RINGING = ("talking", "outbound", "internal"), ("ringing", "reserved")
_LINES: tuple[tuple[str, Shape, str, tuple[str, ...]], ...] = (
    ("tally.talking", Shape.DISC, "d1", _TALKING),
    ("tally.ready", Shape.RING, "hi", ("ready",)),
    ("tally.ringing", Shape.RING_DOT, "d1", _RINGING),
    ("tally.acw", Shape.HALF_DISC, "d2", ("acw",)),
    ("tally.hold", Shape.TWO_BARS, "d1", ("hold",)),  # a caller is in it, and what stands beside it is darker
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
    if staff is None and sight.withholds(scope, "staffed"):
        total = words("target.withheld")
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


def seat_blocks(sight: Sight, room: SeatRoom) -> tuple[tuple[str, ...], ...]:
    """Which seats stand on which seat page: groups in the site's order, on as few pages as their lines need.

    Of the ways to cut so many pages the evenest is taken, and a group is not torn where pages nearly as even spare it.
    """
    lines = [
        (group, [seat.key for seat in seats[start : start + room.columns]])
        for group, seats in _by_group(sight)
        for start in range(0, len(seats), room.columns)
    ]
    best: list[tuple[int, float, int]] = [(0, 0.0, 0)]
    for end in range(1, len(lines) + 1):
        ways: list[tuple[int, float, int]] = []
        for begin in range(end - 1, -1, -1):
            high = end - begin + room.head * len({group for group, _ in lines[begin:end]})
            if high > room.lines and ways:
                break
            pages, cost, _ = best[begin]
            torn = room.lines if begin and lines[begin - 1][0] == lines[begin][0] else 0.0
            ways.append((pages + 1, cost + high**2 + torn, begin))
        best.append(min(ways))
    found: list[tuple[str, ...]] = []
    end = len(lines)
    while end:
        begin = best[end][2]
        found.insert(0, tuple(key for _, keys in lines[begin:end] for key in keys))
        end = begin
    return tuple(found) or ((),)


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


def legend(blocks: Sequence[SeatBlock], words: Words) -> SeatLegend:
    """What is to be seen on a seat page: the usual shapes always, what is rare only while it is there."""
    cells = [cell for block in blocks for cell in block.cells]
    shapes = [(shape, words(key)) for key, shape, _, _ in _LINES]
    shapes.append((Shape.DASH, words("state.offline")))
    if any(cell.shape is Shape.CROSS for cell in cells):
        shapes.append((Shape.CROSS, words("wall.legend.trouble")))
    return SeatLegend(tuple(shapes), words("wall.legend.vendor") if any(cell.notched for cell in cells) else "")
