"""Turns the floor's entities into the text and the tones of a wall page: pure, it knows no widget."""

from __future__ import annotations

from console.phrases.alarms import alarm_title, is_back
from console.phrases.figures import (
    EMPTY,
    ROW_FIGURES,
    acknowledged,
    figure_name,
    figure_subname,
    limit_of,
    limit_value,
    number_text,
    number_tone,
    printed,
    settling_text,
    target_and_note,
    tile_tone,
    tone_of,
    value_of,
    window_text,
)
from console.phrases.people import who_acknowledged
from console.phrases.scopes import label_of
from console.phrases.times import since_text
from console.sight import Sight
from console.wall.pages import Page
from console.words import Words
from feeds.entities import HeadlineInfo
from widgets.elapsed import clock_text
from widgets.texts import AlarmText, Cell, Column, ColumnKind, FigureText, TableRow
from widgets.tones import Tone, worst

HEADLINES = (
    HeadlineInfo("answer_rate_a2", "30m"),
    HeadlineInfo("service_level_f8", "30m"),
    HeadlineInfo("waiting", "now"),
    HeadlineInfo("longest_wait_now", "now"),
)


def headline_figures(sight: Sight, scope: str, words: Words, whose: str = "") -> tuple[FigureText, ...]:
    """The big figures of a page, four at most; `whose` is said on each where the page is about something else."""
    site = sight.site
    chosen = (site.headlines if site is not None else ()) or HEADLINES
    return tuple(headline(sight, scope, one, words, whose) for one in list(chosen)[:4])


def headline(sight: Sight, scope: str, info: HeadlineInfo, words: Words, whose: str = "") -> FigureText:
    """One big figure of a scope."""
    figure, window = info.figure, info.window
    value = printed(sight, scope, figure, window, words)
    tone = tile_tone(sight, scope, figure, window)
    is_acknowledged, urgent = acknowledged(sight, scope, ((figure, window),))
    limit = limit_of(sight, scope, figure)
    trend = sight.trend(scope, figure)
    target, note = target_and_note(sight, scope, figure, window, words)
    sublabel = window_text(window, words) or figure_subname(figure, words) or words("window.now")
    return FigureText(
        label=figure_name(figure, words),
        sublabel=" · ".join(filter(None, (sublabel, whose))),
        value=value.text,
        unit=value.unit,
        target=target,
        note=note,
        tone=tone,
        acknowledged=is_acknowledged,
        urgent=urgent and not sight.stale,
        muted=value.muted or not value.known,
        trend=_line(figure, trend.points) if trend is not None else (),
        trend_target=None if limit is None else limit_value(sight, scope, limit, tone),
    )


def _line(figure: str, points: list[float | None]) -> tuple[float | None, ...]:
    """The points of a trend; where nobody waits, the longest wait is no gap in the data but nothing."""
    if figure == "longest_wait_now":
        return tuple(0.0 if point is None else point for point in points)
    return tuple(points)


def queue_columns(sight: Sight, words: Words) -> tuple[Column, ...]:
    """The columns of the queue table."""
    return (
        Column(words("wall.queue"), ColumnKind.NAME),
        Column(words("wall.waiting"), ColumnKind.GAUGE),
        Column(words("wall.longest"), content=105),
        Column(figure_name("answer_rate_a2", words), content=108),
        Column(words("wall.idle_staffed"), content=180 if sight.of_some_people else 121, optional=True),
    )


def queue_rows(sight: Sight, page: Page, words: Words) -> tuple[TableRow, ...]:
    """The queues of a page, one row each."""
    return tuple(queue_row(sight, number, words) for number in page.items)


def queue_row(sight: Sight, number: str, words: Words) -> TableRow:
    """One queue: how many wait, how long, how many were answered, who is free."""
    scope, queue = f"queue:{number}", sight.queue(number)
    label = label_of(sight, "queues", number)
    tones = {figure: tone_of(sight, scope, figure, window) for figure, window in ROW_FIGURES}
    rate = printed(sight, scope, "answer_rate_a2", "30m", words)
    tone = worst(*tones.values())
    if tone is not Tone.CALM:
        tones = {
            figure: Tone.CALM if own is Tone.CALM else number_tone(sight, scope, figure, window)
            for (figure, window), own in zip(ROW_FIGURES, tones.values(), strict=True)
        }
    settled = tone is not Tone.CALM and all(own is Tone.CALM for own in tones.values())
    is_acknowledged, urgent = acknowledged(sight, scope, ROW_FIGURES)
    waiting = queue.waiting if queue is not None else 0
    wait = value_of(sight, scope, "longest_wait_now", "now")
    staff = sight.staff(scope)
    ready = staff.states.get("ready", 0) if staff is not None else 0
    gauge_tone = worst(tones["waiting"], tones["longest_wait_now"])
    return TableRow(
        key=scope,
        cells=(
            Cell(words.name(label) if label is not None else number),
            Cell(str(waiting) if queue is not None else EMPTY, gauge_tone, bold=True, filled=waiting),
            Cell(clock_text(wait) if wait is not None else EMPTY, tones["longest_wait_now"]),
            Cell(rate.text + rate.unit, tones["answer_rate_a2"], muted=rate.muted or not rate.known),
            Cell(
                str(ready),
                tone if not ready and waiting else Tone.CALM,
                bold=True,
                tail=f"/ {staff.staffed}",
            )
            if staff is not None
            else Cell(words("target.withheld"), muted=True)
            if sight.withholds(scope, "staffed")
            else Cell(EMPTY, bold=True),
        ),
        sublabel=words.subname(label) if label is not None else "",
        why=_why_tinted(sight, scope, tone, words) if settled else "",
        tone=tone,
        acknowledged=is_acknowledged,
        urgent=urgent and not sight.stale,
        stale=not sight.stale and queue is not None and sight.stale_for(queue.source),
    )


def _why_tinted(sight: Sight, scope: str, tone: Tone, words: Words) -> str:
    """What a row says whose own numbers are all within their limits: that it is on its way back."""
    figure = next(name for name, window in ROW_FIGURES if tone_of(sight, scope, name, window) is tone)
    return settling_text(figure, limit_of(sight, scope, figure), words)


def vendor_columns(words: Words) -> tuple[Column, ...]:
    """The columns of the vendors page."""
    return (
        Column(words("wall.team"), ColumnKind.NAME),
        Column(words("wall.talking"), content=70),
        Column(_windowed("wall.handled", "today", words), content=100),
        Column(_windowed("wall.aht", "today", words), content=105, optional=True),
        Column(_windowed("wall.occupancy", "30m", words), content=90),
        Column(words("wall.idle_staffed"), content=121),
    )


def _windowed(key: str, window: str, words: Words) -> str:
    return f"{words(key)} {window_text(window, words)}"


def vendor_rows(sight: Sight, page: Page, words: Words) -> tuple[TableRow, ...]:
    """Vendors and their teams, one row each."""
    return tuple(_vendor_row(sight, scope, words) for scope in page.items)


def _vendor_row(sight: Sight, scope: str, words: Words) -> TableRow:
    kind, _, number = scope.partition(":")
    label = label_of(sight, "vendors" if kind == "vendor" else "teams", number)
    staff = sight.staff(scope)
    occupancy = printed(sight, scope, "occupancy", "30m", words)
    answered = value_of(sight, scope, "answered", "today")
    handle = value_of(sight, scope, "aht", "today")
    tone = tone_of(sight, scope, "occupancy", "30m")
    is_acknowledged, urgent = acknowledged(sight, scope, (("occupancy", "30m"),))
    talking = sum(staff.states.get(state, 0) for state in ("talking", "hold")) if staff is not None else None
    whole = kind == "vendor"
    return TableRow(
        key=scope,
        cells=(
            Cell(words.name(label) if label is not None else number),
            Cell(EMPTY if talking is None else str(talking), bold=whole),
            Cell(number_text("answered", answered), bold=whole),
            Cell(number_text("aht", handle)),
            Cell(occupancy.text + occupancy.unit, tone, muted=occupancy.muted),
            Cell(
                str(staff.states.get("ready", 0)) if staff is not None else EMPTY,
                bold=True,
                tail=f"/ {staff.staffed}" if staff is not None else "",
            ),
        ),
        sublabel=words.subname(label) if label is not None else "",
        tone=tone,
        acknowledged=is_acknowledged,
        urgent=urgent and not sight.stale,
    )


def alarm_line(sight: Sight, words: Words, page: int, pages: int, held: bool) -> AlarmText:
    """The gravest alarm in one line."""
    alarms = sight.alarms()
    if not alarms or sight.site is None:
        nothing = words("alarm.none") if sight.site is not None else ""
        return AlarmText(title=nothing, page=page, pages=pages, held=held)
    # Newest first would put what is over in front of what goes on.
    grave = [alarm for alarm in alarms if (alarm.priority, alarm.fresh) == (alarms[0].priority, alarms[0].fresh)]
    first = next((alarm for alarm in grave if not is_back(sight, alarm)), alarms[0])
    who = words("alarm.unacknowledged")
    if first.acknowledged_by:
        who = words("alarm.acknowledged", by=who_acknowledged(sight.site, first, words))
    since = words("alarm.since", time=since_text(sight.site, first.since, sight.now))
    return AlarmText(
        title=alarm_title(sight, first, words),
        detail=f"{since}  ·  {who}",
        more=words("alarm.more", count=len(alarms) - 1) if len(alarms) > 1 else "",
        tone=Tone(first.priority),
        acknowledged=bool(first.acknowledged_by),
        page=page,
        pages=pages,
        held=held,
    )
