"""What stands on the sheet: figures against their targets, what is open, and what happened out of the ordinary."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from math import inf
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from console.handover.spans import Span
from console.phrases.alarms import alarm_place, alarm_text
from console.phrases.figures import figure_name, limit_over_time, limit_text, number_text, unit_text
from console.phrases.happenings import mode_name, order_text, receiver
from console.phrases.people import person_name, who_acknowledged, who_put_aside, who_sits_here
from console.phrases.said import worded
from console.phrases.scopes import label_name
from console.phrases.states import agent_name, seat_number, state_text, tone_of
from console.phrases.times import date_text, local
from console.sight import Entities, Sight
from console.words import Words
from feeds.entities import Alarm, Note, Notice, Order, Seat, SiteInfo, Source, Switch, Trunk
from feeds.records import Happening
from feeds.requests import JournalResult, ShiftFigures, ShiftResult
from widgets.elapsed import clock_text
from widgets.tones import Tone

FIGURES: Final = (
    "offered", "answered", "abandoned", "answer_rate_a2", "service_level_f8", "asa", "aht", "longest_wait", "occupancy",
)  # fmt: skip
"""The columns; all of them are computed by the gateway over the shift."""
WHEN_OVER: Final = {"service_level_f8": "service_level_f1"}
"""What stands in a column once the shift is over: F8 is of the moment, and knows nothing of those who were refused."""
OTHERWISE: Final = ("flowed_out", "blocked", "pending")
"""What else becomes of offered calls: columns behind those that were abandoned, where there was any of it."""
ORDERLY: Final = frozenset({"done", "undone", "accepted", "running"})
DAY_MS: Final = 24 * 3600 * 1000
OLD_S: Final = 60.0
"""A sheet about a running shift whose data is older than this says so."""


class Cell(Struct, frozen=True):
    """A number on the sheet; `missed` says that it is beyond its target."""

    text: str
    missed: Tone = Tone.CALM
    muted: bool = False


class FigureLine(Struct, frozen=True):
    """A scope's figures; `depth` 0 is the site, 1 a group, 2 a queue."""

    title: str
    depth: int
    cells: tuple[Cell, ...]


class Section(Struct, frozen=True):
    """A list under its title; `empty` stands there when there is nothing to list."""

    title: str
    lines: tuple[tuple[str, ...], ...]
    empty: str
    more: int = 0
    """How many lines were left out for want of room."""


class Sheet(Struct, frozen=True):
    """All of the sheet, in words."""

    title: str
    site: str
    span: str
    made: str
    warnings: tuple[str, ...]
    columns: tuple[str, ...]
    targets: tuple[str, ...]
    figures: tuple[FigureLine, ...]
    legend: str
    sections: tuple[Section, ...]
    signatures: tuple[str, ...]


def sheet(span: Span, shift: ShiftResult, journal: JournalResult, sight: Sight, words: Words) -> Sheet | None:
    """The sheet of a shift as it was told; `sight` is the desk's look now, for names and for how old all that is."""
    site = sight.site
    if site is None:
        return None
    then = as_of(shift, site, sight)
    columns = _columns(shift.figures, sight, is_over=_is_over(span, shift))
    return Sheet(
        title=words("handover.title"),
        site=f"{site.short} {words.name(site)}",
        span=span.label,
        made=_made(shift, sight, site, words),
        warnings=tuple(_warnings(span, shift, journal, sight, then, words)),
        columns=tuple(_column(figure, words) for figure in columns),
        targets=tuple(_target(then, figure, words) for figure in columns),
        figures=tuple(_line(then, one, columns, site, words) for one in _in_order(shift.figures, site)),
        legend=_legend(span, shift, words),
        sections=(
            _alarms(then, words),
            _people(then, words),
            _modes(then, site, words),
            _orders(journal, then, site, words),
            _notes(then, shift, site, words),
        ),
        signatures=(words("handover.from"), words("handover.to")),
    )


def as_of(shift: ShiftResult, site: SiteInfo, sight: Sight) -> Sight:
    """A look at the floor as it stood at the end of the shift, by which its durations and alarms are told.

    A recording knows how its source spoke then, not that it is played now.
    """
    entities = [
        replace(one, mode="replay") if sight.replayed and isinstance(one, Source) else one for one in shift.entities
    ]
    return Sight(
        entities=Entities([site, *entities]), now=shift.at, held=shift.at, stale=False, age=0.0,
        sources={}, welcome=sight.welcome,
    )  # fmt: skip


# Head


def _made(shift: ShiftResult, sight: Sight, site: SiteInfo, words: Words) -> str:
    who = who_sits_here(sight, words)
    # The floor's clock when the desk last knew it: while it is stale, nobody knows what time it is there.
    made = sight.held if sight.stale else sight.now
    return words("handover.made", at=_moment(site, shift.at), made=_moment(site, made), by=who)


def _warnings(
    span: Span, shift: ShiftResult, journal: JournalResult, sight: Sight, then: Sight, words: Words
) -> Iterator[str]:
    site = then.site
    assert site is not None
    if sight.stale:
        yield words("handover.stale", age=clock_text(sight.age), time=_moment(site, sight.held))
    running = not _is_over(span, shift)
    age = (sight.now - shift.at) / 1000
    if running and not sight.stale and age > OLD_S:
        yield words("handover.old", age=clock_text(age), time=_moment(site, shift.at))
    if running:
        yield words("handover.running", end=_moment(site, span.end), time=_moment(site, shift.at))
    for source in then.entities.of(Source):
        if source.state != "up":
            name = source.title or source.key.partition(":")[2]
            yield words("handover.source_lost", source=name, time=_moment(site, source.since))
        if source.mode != "live":
            yield words(f"handover.mode.{source.mode}")
    if any(one.incomplete for one in shift.figures):
        yield words("handover.incomplete")
    for known_from, key in ((shift.known_from, "handover.known_from"), (journal.known_from, "handover.journal_from")):
        if known_from > shift.begin + 60_000:
            yield words(key, time=_moment(site, known_from))
            break
    if journal.left_off:
        yield words("handover.left_off", count=journal.left_off)


# Figures


def _is_over(span: Span, shift: ShiftResult) -> bool:
    return shift.at >= span.end


def _columns(figures: Sequence[ShiftFigures], sight: Sight, *, is_over: bool) -> list[str]:
    usual = [WHEN_OVER.get(figure, figure) for figure in FIGURES] if is_over else FIGURES
    behind = usual.index("abandoned") + 1
    otherwise = [one for one in OTHERWISE if any(told.values.get(one) for told in figures)]
    columns = (*usual[:behind], *otherwise, *usual[behind:])
    scopes = [told.scope for told in figures] or ["site"]
    return [figure for figure in columns if not all(sight.withholds(scope, figure) for scope in scopes)]


def _legend(span: Span, shift: ShiftResult, words: Words) -> str:
    parts = [words("handover.legend")]
    if _is_over(span, shift):
        parts += [words("handover.legend_calls"), words("handover.legend_level")]
    return words("handover.legend_stop").join(parts)


def _in_order(figures: Iterable[ShiftFigures], site: SiteInfo) -> list[ShiftFigures]:
    """The site, then each group with its queues, as the site lists them."""
    places = {"site": (0, 0, 0)}
    groups = {group.id: number for number, group in enumerate(site.groups, 1)}
    places |= {f"group:{name}": (number, 0, 0) for name, number in groups.items()}
    for number, queue in enumerate(site.queues):
        places[f"queue:{queue.id}"] = (groups.get(queue.parent, len(groups) + 1), 1, number)
    last = (len(groups) + 2, 0, 0)
    return sorted(figures, key=lambda one: places.get(one.scope, last))


def _line(
    then: Sight, told: ShiftFigures, figures: Sequence[str], site: SiteInfo, words: Words
) -> FigureLine:
    kind, _, number = told.scope.partition(":")
    names = {"group": site.groups, "queue": site.queues}
    title = words("handover.whole") if kind == "site" else label_name(names.get(kind), number, words)
    cells = tuple(_cell(then, told, figure, words) for figure in figures)
    return FigureLine(title, {"site": 0, "group": 1}.get(kind, 2), cells)


def _cell(then: Sight, told: ShiftFigures, figure: str, words: Words) -> Cell:
    value = told.values.get(figure)
    text = number_text(figure, value) + (unit_text(figure, words) if value is not None else "")
    muted = figure in told.muted
    return Cell(text, Tone.CALM if muted else _missed(then, told.scope, figure, value), muted)


def _missed(then: Sight, scope: str, figure: str, value: float | None) -> Tone:
    """Whether a figure is beyond its target."""
    limit = limit_over_time(then, scope, figure)
    if limit is None or value is None:
        return Tone.CALM
    if limit.better == "high":
        return Tone.CRITICAL if value < limit.critical else Tone.WARN if value < limit.warn else Tone.CALM
    return Tone.CRITICAL if value > limit.critical else Tone.WARN if value > limit.warn else Tone.CALM


def _column(figure: str, words: Words) -> str:
    key = f"handover.figure.{figure}"
    return words(key) if words.has(key) else figure_name(figure, words)


def _target(then: Sight, figure: str, words: Words) -> str:
    limit = limit_over_time(then, "site", figure)
    if limit is None:
        return ""
    sign = "≥" if limit.better == "high" else "≤"
    return f"{sign} {limit_text(figure, limit.warn, words, high=limit.better == 'high')}"


# Lists


def _alarms(then: Sight, words: Words) -> Section:
    """Those that stand, then those that somebody put aside: they stand too, and nobody hears them."""
    aside = [one for one in then.entities.of(Alarm) if one.out_of_service or one.shelved_until is not None]
    lines = []
    for alarm in (*then.alarms(), *sorted(aside, key=lambda one: one.key)):
        text = f"{alarm_place(then, alarm, words)} · {alarm_text(then, alarm, words)}"
        state = _alarm_state(then, alarm, words)
        lines.append((_sign(alarm.priority), _when(then, alarm.since, words), text, state))
    return Section(words("handover.alarms"), tuple(lines), words("handover.no_alarms"))


def _alarm_state(then: Sight, alarm: Alarm, words: Words) -> str:
    if alarm.out_of_service:
        return words("handover.out_of_service", by=who_put_aside(then.site, alarm, words))
    if alarm.shelved_until is not None:
        return words("handover.shelved", time=_when(then, alarm.shelved_until, words))
    by = who_acknowledged(then.site, alarm, words)
    return words("alarms.acknowledged", by=by) if by else words("alarms.fresh")


def _people(then: Sight, words: Words) -> Section:
    """Those who are overdue first, the longest first."""
    found = []
    for seat in then.seats():
        seconds = max(0.0, (then.now - seat.since) / 1000)
        tone = tone_of(seat, seconds)
        limit = seat.warn_after_s if seat.warn_after_s is not None else inf
        found.append((seconds <= limit, -seconds, _person(then, seat, tone, words)))
    found.sort(key=lambda one: one[:2])
    return Section(words("handover.people"), tuple(line for _, _, line in found), words("handover.no_people"))


def _person(then: Sight, seat: Seat, tone: Tone, words: Words) -> tuple[str, ...]:
    name = agent_name(seat, words) or words("floor.vacant")
    late = words("floor.over", limit=clock_text(seat.warn_after_s or 0)) if tone is not Tone.CALM else ""
    since = words("handover.since", time=_when(then, seat.since, words))
    told = f"{since} · {late}" if late else since
    return _sign(tone.value), f"{seat_number(seat)} {name}", state_text(then.site, seat, words), told


def _modes(then: Sight, site: SiteInfo, words: Words) -> Section:
    """Switches that are on or unsure, and notices that hold."""
    lines = []
    for switch in then.entities.of(Switch):
        if switch.state != "off":
            where = label_name(site.queues, switch.key.partition(":")[2], words)
            where = words("alarm.site") if switch.key == "switch:all" else where
            by = words("handover.by", by=person_name(site, switch.by, words)) if switch.by else ""
            what = words("handover.switch", where=where, value=mode_name(then, switch.value, words))
            sign = "▲" if switch.state == "unsure" else "●"
            lines.append((sign, _when(then, switch.since, words), what, by))
    for notice in sorted(then.entities.of(Notice), key=lambda one: one.since):
        to = receiver(then, notice, words)
        text = words("handover.notice", to=to, text=notice.text, until=_when(then, notice.until, words))
        by = words("handover.by", by=person_name(site, notice.by, words))
        lines.append(("", _when(then, notice.since, words), text, by))
    return Section(words("handover.modes"), tuple(lines), words("handover.no_modes"))


def _orders(journal: JournalResult, then: Sight, site: SiteInfo, words: Words) -> Section:
    """Orders that did not simply end well, and how many there were in all; sources that were lost."""
    ends = {one.entity.key: one for one in journal.happened if isinstance(one.entity, Order)}
    lines = []
    for one in journal.happened:
        entity = one.entity
        if isinstance(entity, Order) and one.what not in ORDERLY and one is ends[entity.key]:
            text = words("handover.order", what=order_text(then, entity, words), end=words(f"handover.end.{one.what}"))
            said = worded(then, entity.code, entity.values, entity.text, words)
            why = f"{words('order.colon')}{said}" if said else ""
            by = words("handover.by", by=person_name(site, entity.by, words))
            lines.append(("▲", _clock(site, one.at), text + why, by))
        elif isinstance(entity, Source) and one.what in ("silent", "down"):
            lines.append(("▲", _clock(site, one.at), source_text(one, words), ""))
        elif isinstance(entity, Trunk) and one.what in ("down", "up"):
            text = words(f"handover.trunk.{one.what}", trunk=words.name(entity))
            lines.append(("▲" if one.what == "down" else "✓", _clock(site, one.at), text, ""))
    odd = sum(one.what not in ORDERLY for one in ends.values())
    title = words("handover.orders", count=len(ends), odd=odd)
    return Section(title, tuple(lines), words("handover.no_orders"))


def _notes(then: Sight, shift: ShiftResult, site: SiteInfo, words: Words) -> Section:
    """Open notes, the oldest first; those that were settled in this shift below them."""
    notes = sorted(then.entities.of(Note), key=lambda one: (bool(one.settled_by), one.at))
    lines = []
    for note in notes:
        if note.settled_at is not None and note.settled_at < shift.begin:
            continue
        by = words("handover.by", by=person_name(site, note.by, words))
        if note.settled_by:
            by = words("handover.settled", by=person_name(site, note.settled_by, words))
        at = _day_clock(site, note.at, shift.at, words, year=_replayed(then))
        lines.append(("✓" if note.settled_by else "□", at, note.text, by))
    return Section(words("handover.notes"), tuple(lines), words("handover.no_notes"))


def source_text(one: Happening, words: Words) -> str:
    """What happened to a source."""
    source = one.entity
    assert isinstance(source, Source)
    name = source.title or source.key.partition(":")[2]
    text = words(f"handover.source.{one.what}", source=name)
    return f"{text}{words('order.colon')}{source.text}" if source.text else text


def _sign(level: str) -> str:
    return {"critical": "■", "warn": "▲", "info": "●"}.get(level, "")


def _clock(site: SiteInfo | None, at: int) -> str:
    return f"{local(site, at):%H:%M}"


def _when(then: Sight, at: int, words: Words) -> str:
    """The time of what stands at the end of the shift, with its day where it is no time of the day around that."""
    assert then.site is not None
    if abs(then.now - at) < DAY_MS:
        return _clock(then.site, at)
    return _day_clock(then.site, at, then.now, words, year=_replayed(then))


def _replayed(then: Sight) -> bool:
    return any(source.mode == "replay" for source in then.entities.of(Source))


def _moment(site: SiteInfo, at: int) -> str:
    return f"{local(site, at):%Y-%m-%d %H:%M:%S}"


def _day_clock(site: SiteInfo, at: int, now: int, words: Words, *, year: bool) -> str:
    """The time, with its day when that is another one."""
    if local(site, at).date() == local(site, now).date():
        return _clock(site, at)
    return f"{date_text(site, at, words, year=year)} {_clock(site, at)}"
