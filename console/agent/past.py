"""Turns what the gateway tells of an agent's day into a time line, figures beside the team's, and a list of calls."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Final

from msgspec.structs import replace

from console.phrases.figures import EMPTY, ended_text, number_text
from console.phrases.reading import reading_text
from console.phrases.reasons import beside, reason_name
from console.phrases.scopes import label_name
from console.phrases.states import FOLDED, SHAPES, masked, seconds_of, tone_of
from console.phrases.times import clock_text as time_of_day
from console.phrases.times import local
from console.sight import Sight
from console.words import Words
from feeds.entities import Seat
from feeds.records import LegRecord
from feeds.requests import AgentResult, AgentSpan
from widgets.desk_texts import CountText, LineText, SpanText, TimelineText
from widgets.elapsed import clock_text
from widgets.texts import Shape
from widgets.tones import Tone

HOURS_2, DAY = "2h", "day"
REACH_MS: Final[Mapping[str, int]] = {HOURS_2: 2 * 3600_000, DAY: 12 * 3600_000}
STEP_MS: Final = 10_000
"""The line moves on in steps, so that it is not painted anew for a tenth of a pixel."""
SHADES: Final[Mapping[str, str]] = {
    "talking": "dark", "outbound": "dark", "internal": "dark", "hold": "dark", "acw": "middle", "ready": "open",
    "ringing": "open", "reserved": "open", "offline": "none", "unknown": "hatched", "fault": "hatched",
    "not_responding": "hatched",
}  # fmt: skip
"""States that are not listed are away from the queue and light."""
FIGURES: Final = ("answered", "aht", "occupancy", "ring_no_answer", "transfers")
_KEYS: Final = {state: key for key, _, states in FOLDED for state in states}


def timeline(
    sight: Sight, seat: Seat, past: AgentResult | None, reach: str, words: Words, failed: str = ""
) -> TimelineText:
    """The agent's states of the last two hours or of the day, up to the floor's clock.

    `failed` is why the gateway has not told them, where it was asked and has not.
    """
    now = sight.moment(seat.source)
    end = now - now % STEP_MS + STEP_MS
    if past is None or past.agent != seat.agent or not past.spans:
        return TimelineText(empty=_unknown(sight, failed, words) if past is None else words("agent.line_nothing"))
    begin = end - REACH_MS[HOURS_2]
    if reach == DAY:
        first = next((span.begin for span in past.spans if span.state != "offline"), past.begin)
        begin = max(first, end - REACH_MS[DAY])
    spans = _cut(past.spans, begin, end)
    length = max(1, end - begin)
    told = end - STEP_MS  # what lasts still has no end that lies ahead
    shown = tuple(_span(sight, span, (start, until, told), begin, length, words) for span, start, until in spans)
    kinds = list(dict.fromkeys(_KEYS.get(span.state, "tally.away") for span, _, _ in spans))
    return TimelineText(
        spans=_with_tone(shown, sight, seat),
        marks=_marks(sight, begin, end, reach),
        legend=tuple(
            (_shade(states[0]), shape, words(key)) for key, shape, states in FOLDED if key in kinds
        ),
        spoken=words("agent.line_spoken", begin=_minute(sight, begin), end=_minute(sight, end), count=len(spans)),
    )  # fmt: skip


def _cut(spans: Sequence[AgentSpan], begin: int, end: int) -> list[tuple[AgentSpan, int, int]]:
    """What of the spans lies in [begin, end), with where each begins and ends there."""
    found = []
    for number, span in enumerate(spans):
        until = spans[number + 1].begin if number + 1 < len(spans) else end
        if until > begin and span.begin < end:
            found.append((span, max(span.begin, begin), min(until, end)))
    return found


def _shade(state: str) -> str:
    return SHADES.get(state, "light")


def _span(
    sight: Sight, span: AgentSpan, ends: tuple[int, int, int], begin: int, length: int, words: Words
) -> SpanText:
    start, until, told = ends
    known = max(span.begin, min(until, told))
    state = beside(words(f"state.{span.state}"), reason_name(sight.site, span.reason, words))
    tip = words(
        "agent.line_tip", begin=time_of_day(sight.site, span.begin), end=time_of_day(sight.site, known),
        state=state, time=clock_text((known - span.begin) / 1000),
    )  # fmt: skip
    return SpanText(
        (start - begin) / length, (until - begin) / length, _shade(span.state), SHAPES.get(span.state, Shape.SQUARE),
        tip=tip,
    )  # fmt: skip


def _with_tone(spans: tuple[SpanText, ...], sight: Sight, seat: Seat) -> tuple[SpanText, ...]:
    """The state that goes on stands out where it has lasted too long."""
    tone = Tone.CALM if seat.state == "offline" else tone_of(seat, seconds_of(sight, seat))
    return (*spans[:-1], replace(spans[-1], tone=tone)) if spans and tone is not Tone.CALM else spans


def _marks(sight: Sight, begin: int, end: int, reach: str) -> tuple[tuple[float, str], ...]:
    """The ends, and the full hours or half hours between that do not stand too near to them."""
    step = 30 * 60_000 if reach == HOURS_2 else 2 * 3600_000
    length, found = max(1, end - begin), [(0.0, _minute(sight, begin))]
    offset = round((local(sight.site, begin).utcoffset() or timedelta()).total_seconds() * 1000)
    at = begin - (begin + offset) % step + step
    while at < end:
        share = (at - begin) / length
        if 0.2 < share < 0.8:
            found.append((share, _minute(sight, at)))
        at += step
    return (*found, (1.0, _minute(sight, end)))


def _minute(sight: Sight, at: int) -> str:
    return f"{local(sight.site, at):%H:%M}"


def counts(past: AgentResult | None, words: Words) -> tuple[CountText, ...]:
    """The figures of the day, each beside the team's; empty while they are not known."""
    if past is None or not past.figures:
        return ()
    found = []
    for figure in FIGURES:
        team = past.team.get(figure)
        note = words("agent.team_mean", time=_number(figure, team, mean=True)) if team is not None else ""
        value = past.figures.get(figure)
        found.append(CountText(words(f"agent.figure.{figure}"), _number(figure, value), note))
    return tuple(found)


def calls_head(sight: Sight, total: int | None, words: Words) -> str:
    """How many calls somebody had today, once that is known."""
    known = total is not None and not sight.is_display
    return words("agent.calls", count=total) if known else words("agent.calls_today")


def no_calls(sight: Sight, total: int | None, words: Words, read: float | None = None, failed: str = "") -> str:
    """Why there is no call in the list: there was none, nobody knows yet, or they are not for displays.

    `read` is how much of the past the gateway has read for them, 0 to 1, where that takes its time; `failed` is why it
    has not told them.
    """
    if total is None and read is not None and not sight.is_display:
        return reading_text(read, words)
    return words("agent.no_calls") if total is not None and not sight.is_display else _unknown(sight, failed, words)


def _unknown(sight: Sight, failed: str, words: Words) -> str:
    """Why nothing was told yet."""
    if sight.is_display:
        return words("agent.withheld")
    if sight.stale:
        return words("agent.line_stale")
    return words("agent.line_failed", why=failed) if failed else words("agent.line_asking")


def _number(figure: str, value: float | None, *, mean: bool = False) -> str:
    if value is None:
        return EMPTY
    if figure == "occupancy":
        return f"{number_text(figure, value)}%"
    if mean and figure != "aht":
        return f"{value:.1f}"
    return number_text(figure, value)


def call_lines(sight: Sight, calls: Sequence[LegRecord], words: Words) -> tuple[LineText, ...]:
    """The calls of the day, the newest first."""
    found = []
    queues = sight.site.queues if sight.site is not None else None
    for leg in sorted(calls, key=_answered_at, reverse=True):
        talk = ended_text(leg.talk_ms / 1000) if leg.talk_ms is not None else words("agent.call_open")
        cells = (
            f"{local(sight.site, _answered_at(leg)):%H:%M}", label_name(queues, leg.queue, words),
            masked(leg.number) or words("agent.no_number"), talk,
        )  # fmt: skip
        waited = words("agent.waited", time=ended_text(leg.wait_ms / 1000))
        found.append(LineText(leg.leg, cells, tip=f"{' · '.join(cells)} · {waited}"))
    return tuple(found)


def _answered_at(leg: LegRecord) -> int:
    return leg.concluded_at or leg.joined_at
