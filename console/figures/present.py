"""Turns an opened figure into text: what it is called and how it is made, and every call behind it as a line."""

from __future__ import annotations

from typing import Final

from msgspec import Struct

from console.phrases.figures import (
    EMPTY,
    ended_text,
    figure_name,
    limit_of,
    limit_text,
    number_text,
    tone_of_value,
    unit_text,
    value_of,
    window_text,
)  # fmt: skip
from console.phrases.numbers import count_text
from console.phrases.rest import OF, basis_text, rest_text
from console.phrases.scopes import queue_name, scope_name
from console.phrases.states import masked
from console.phrases.times import clock_text as time_of_day
from console.phrases.times import date_text, local
from console.sight import Sight
from console.words import Words
from feeds.definitions import DEFINITIONS
from feeds.records import LegRecord
from feeds.requests import CallsResult
from widgets.desk_texts import FactText, LineText
from widgets.elapsed import clock_text
from widgets.tones import Tone

NOT_OF_CALLS: Final = frozenset(
    ("inbound", "carried_in", "occupancy", "utilisation", "staffed", "staffed_mean", "on_queue_mean", "waiting_mean")
)
"""Figures of agents' time, of trunks and of levels: a test holds them against feeds.ledger."""
COLUMNS: Final = (
    ("joined", "joined", 84), ("queue", "queue", 96), ("number", "", 112), ("outcome", "outcome", 116),
    ("wait", "wait", 66), ("agent", "agent", 74), ("handle", "handle", 74), ("counted", "counted", 0),
)  # fmt: skip
"""A column's word, by what the gateway orders it (empty: by nothing), and its width."""
NUMBERS: Final = frozenset((4, 6))


class Asked(Struct, frozen=True):
    """Which figure somebody opened."""

    scope: str
    figure: str
    window: str

    @property
    def has_calls(self) -> bool:
        """Whether calls stand behind it."""
        return self.figure not in NOT_OF_CALLS


class FigureText(Struct, frozen=True):
    """What stands above the calls."""

    title: str
    value: str
    tone: Tone
    target: str
    facts: tuple[FactText, ...]
    window: str = ""
    """The period that it is about, as one of the facts says it."""
    missed: str = ""
    """That it is beyond its limit, in words: the colour does not stand alone."""
    why_none: str = ""
    """Why there are no calls to show; empty where there may be some."""


def figure(sight: Sight, asked: Asked, found: CallsResult | None, words: Words) -> FigureText:
    """The figure itself; `found` is the gateway's answer, None while it is on its way or where none is asked for."""
    value = found.value if found is not None and found.value is not None else _live(sight, asked)
    tone = tone_of_value(sight, asked.scope, asked.figure, asked.window, value)
    definition = DEFINITIONS.get(asked.figure)
    title = f"{figure_name(asked.figure, words)} · {scope_name(sight, asked.scope, words)}"
    window = _window(sight, asked, found, words)
    facts = [FactText(words("figures.window"), window)]
    if definition is not None:
        formula = definition.formula_en if words.language == "en" else definition.formula_zh
        facts.insert(0, FactText(words("figures.formula"), formula))
        facts.append(FactText(words("figures.definition"), f"{definition.definition_id} · {definition.source}"))
    facts.append(FactText(words("figures.source"), _sources(sight, words)))
    if asked.figure in OF:
        named = zip(("figures.meaning", "figures.basis"), _rest(sight, asked, words), strict=True)
        facts += [FactText(words(key), text) for key, text in named if text]
    if found is not None:
        facts += _parts(found, words)
    return FigureText(
        title=title,
        value=number_text(asked.figure, value) + (unit_text(asked.figure, words) if value is not None else ""),
        tone=tone,
        target=_target(sight, asked, words),
        missed=words("figures.missed") if tone in (Tone.WARN, Tone.CRITICAL) else "",
        facts=tuple(facts),
        window=window,
        why_none=_why_none(sight, asked, words),
    )


def _why_none(sight: Sight, asked: Asked, words: Words) -> str:
    name = figure_name(asked.figure, words)
    if sight.withholds(asked.scope, asked.figure):
        return words("figure.withheld", name=name)
    return "" if asked.has_calls else words("figures.not_of_calls", name=name)


def _live(sight: Sight, asked: Asked) -> float | None:
    return value_of(sight, asked.scope, asked.figure, asked.window)


def _target(sight: Sight, asked: Asked, words: Words) -> str:
    limit = limit_of(sight, asked.scope, asked.figure)
    if limit is None or limit.relative_to is not None:
        return ""
    high = limit.better == "high"
    shown = limit_text(asked.figure, limit.warn, words, high=high)
    return words("target.at_least" if high else "target.at_most", limit=shown)


def _window(sight: Sight, asked: Asked, found: CallsResult | None, words: Words) -> str:
    name = window_text(asked.window, words) or words("figures.now")
    if found is None or asked.window == "now":
        return name if found is None else f"{name} · {time_of_day(sight.site, found.at)}"
    if local(sight.site, found.at).date() != local(sight.site, sight.now).date():
        day = date_text(sight.site, found.at, words, year=sight.replayed)
        name = day if asked.window == "today" else f"{name} · {day}"
    return f"{name} · {time_of_day(sight.site, found.begin)} – {time_of_day(sight.site, min(found.end, found.at))}"


def _sources(sight: Sight, words: Words) -> str:
    """Whose facts the figure is made of, and whether they are live."""
    names = []
    for source in sight.sources.values():
        mode = words(f"figures.mode.{source.mode}") if words.has(f"figures.mode.{source.mode}") else source.mode
        stale = f" · {words('figures.stale')}" if sight.stale_for(source.id) else ""
        names.append(f"{source.title or source.id} ({mode}){stale}")
    return "; ".join(names) or EMPTY


def _rest(sight: Sight, asked: Asked, words: Words) -> tuple[str, ...]:
    return rest_text(sight, asked.scope, asked.figure, words), basis_text(sight, asked.scope, words)


def _parts(found: CallsResult, words: Words) -> list[FactText]:
    """Numerator and denominator as the gateway counted them, and what of it is out of sight."""
    whole = found.total + found.hidden
    if found.ratio:
        over, under = count_text(found.over or 0), count_text(whole)
        facts = [FactText(words("figures.parts"), words("figures.share", over=over, under=under))]
    else:
        facts = [FactText(words("figures.parts"), words("figures.calls", count=count_text(whole)))]
    if found.hidden:
        facts.append(FactText(words("figures.hidden"), words("figures.hidden_calls", count=found.hidden)))
    return facts


def shown(found: CallsResult, count: int, words: Words) -> str:
    """How many of the calls are on the screen."""
    if not found.total:
        return words("figures.only_hidden", count=found.hidden) if found.hidden else words("figures.no_calls")
    return words("figures.shown", shown=f"{count:,}", total=f"{found.total:,}")


def call_lines(sight: Sight, found: CallsResult, words: Words) -> list[LineText]:
    """The calls of one page; what counts only for the denominator is faint."""
    legs = zip(found.calls, found.counted, strict=True)
    return [_call(sight, leg, found.at, counted, words) for leg, counted in legs]


def _call(sight: Sight, leg: LegRecord, at: int, counted: bool, words: Words) -> LineText:
    handle = None if leg.talk_ms is None else leg.talk_ms + leg.hold_ms + leg.acw_ms
    wait = clock_text((at - leg.joined_at) / 1000) if leg.outcome == "waiting" else ended_text(leg.wait_ms / 1000)
    outcome = words("figures.outcome.short") if leg.short else words(f"figures.outcome.{leg.outcome}")
    return LineText(
        key=leg.leg,
        cells=(
            time_of_day(sight.site, leg.joined_at),
            queue_name(sight, f"queue:{leg.queue}", words),
            masked(leg.number) or EMPTY,
            outcome,
            wait,
            leg.agent or EMPTY,
            EMPTY if handle is None else ended_text(handle / 1000),
            words("figures.counts") if counted else words("figures.counts_not"),
        ),
        faint=not counted,
        tip=words("figures.call_tip", call=leg.call, leg=leg.leg),
    )
