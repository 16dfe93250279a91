"""Turns one seat into the text of its panel: who, in which state since when, with which call, and what can be done."""

from __future__ import annotations

from msgspec import Struct

from console.given import Given
from console.phrases.figures import EMPTY
from console.phrases.scopes import label_name
from console.phrases.states import (
    agent_name,
    calls_in_hand,
    doubt_since,
    masked,
    passed_limit,
    seat_number,
    seconds_of,
    shape_of,
    state_text,
    tone_of,
)
from console.phrases.times import clock_text as time_of_day
from console.rights import outcome, refusal, source_refusal
from console.sight import Sight
from console.words import Words
from feeds.entities import AgentDay, Call, Seat
from feeds.rules.commands import LONGEST_REASON
from widgets.desk_texts import ActionText, BandText, CountText, FactText
from widgets.elapsed import clock_text
from widgets.tones import Tone

READY, PAUSE, LOGOUT = "seat.ready", "seat.pause", "seat.logout"
ICONS = {READY: "check", PAUSE: "pause", LOGOUT: "close"}


class AgentText(Struct, frozen=True):
    """All that the panel shows; without a seat only `hint`."""

    hint: str = ""
    initial: str = ""
    name: str = ""
    detail: str = ""
    chips: tuple[str, ...] = ()
    band: BandText = BandText()
    facts: tuple[FactText, ...] = ()
    counts: tuple[CountText, ...] = ()
    actions: tuple[ActionText, ...] = ()
    why: str = ""
    """Why no button can be pressed, where it is the same for all."""
    note: str = ""
    note_tone: Tone = Tone.CALM
    reasons: tuple[str, ...] = ()


def agent(sight: Sight, key: str, given: Given | None, reason: str, words: Words) -> AgentText:
    """The panel for the seat of that key; `given` is its last order, `reason` what is written as reason of a pause."""
    seat = sight.entities.get(key)
    if not isinstance(seat, Seat):
        return AgentText(hint=words("agent.choose" if not key else "agent.gone"))
    vacant = seat.state == "offline" and not seat.agent
    name = words("floor.vacant") if vacant else agent_name(seat, words) or words(f"state.{seat.state}")
    detail = words("floor.seat", number=seat_number(seat))
    if seat.agent:
        detail += f" · {words('agent.number', number=seat.agent)}"
    actions = _actions(sight, seat, given, reason, words)
    why = {action.why for action in actions}
    note, tone = outcome(sight, given, words) if given is not None else ("", Tone.CALM)
    return AgentText(
        initial=name[:1] if seat.agent else "",
        name=name,
        detail=detail,
        chips=_chips(sight, seat, words),
        band=_band(sight, seat, words),
        facts=_facts(sight, seat, words),
        counts=_counts(sight, seat, words),
        actions=actions,
        why=next(iter(why)) if len(why) == 1 else "",
        note=note,
        note_tone=tone,
        reasons=_reasons(sight),
    )


def _chips(sight: Sight, seat: Seat, words: Words) -> tuple[str, ...]:
    site = sight.site
    if site is None:
        return ()
    found = [
        label_name(site.teams, seat.team, words),
        label_name(site.vendors, seat.vendor, words) if seat.vendor else words("wall.own_staff") if seat.agent else "",
        label_name(site.seat_types, seat.seat_type or seat.area, words),
    ]
    return tuple(filter(None, found))


def _band(sight: Sight, seat: Seat, words: Words) -> BandText:
    seconds = seconds_of(sight, seat)
    tone = Tone.CALM if seat.state == "offline" else tone_of(seat, seconds)
    limit = passed_limit(seat, tone)
    return BandText(
        shape=shape_of(seat),
        title=state_text(seat, words),
        detail=doubt_since(sight, seat, words)
        or ("" if limit is None else words("floor.over", limit=clock_text(limit))),
        time=clock_text(seconds) if seat.since else "",
        tone=tone,
    )


def _facts(sight: Sight, seat: Seat, words: Words) -> tuple[FactText, ...]:
    facts = []
    if seat.doubt:
        facts.append(FactText(words("agent.doubt"), doubt_since(sight, seat, words)))
    if seat.since:
        facts.append(FactText(words("agent.since"), time_of_day(sight.site, seat.since)))
    if seat.by:
        facts.append(FactText(words("agent.by"), seat.by))
    call = calls_in_hand(sight).get((seat.call, seat.agent)) if seat.call else None
    if call is not None:
        facts += _call_facts(sight, call, words)
    elif seat.queue:
        queue = label_name(sight.site.queues if sight.site else None, seat.queue, words)
        facts.append(FactText(words("agent.queue"), queue))
    if seat.extension:
        facts.append(FactText(words("agent.extension"), seat.extension))
    return tuple(facts)


def _call_facts(sight: Sight, call: Call, words: Words) -> list[FactText]:
    queue = label_name(sight.site.queues if sight.site else None, call.queue, words)
    caller = masked(call.number) or words("agent.no_number")
    if call.state in ("talking", "ringing"):
        end = call.since if call.state == "talking" else sight.moment(call.source)
        waited = clock_text(max(0, end - call.joined_at) / 1000)
        caller += f" · {words('agent.waited', time=waited)}"
    return [
        FactText(words("agent.caller"), caller),
        FactText(words("agent.queue"), queue),
        FactText(words("agent.call"), words(f"call.{call.state}")),
    ]


def _counts(sight: Sight, seat: Seat, words: Words) -> tuple[CountText, ...]:
    day = sight.entities.get(f"agent:{seat.agent}") if seat.agent else None
    if not isinstance(day, AgentDay):
        return ()
    spent = day.talk_s + day.hold_s + day.acw_s
    team = sight.figures(f"team:{seat.team}", "today") if seat.team else None
    handle = team.values.get("aht") if team is not None else None
    return (
        CountText(words("agent.answered"), str(day.answered)),
        CountText(
            words("agent.handle"),
            clock_text(spent / day.handled) if day.handled else EMPTY,
            words("agent.team_mean", time=clock_text(handle)) if handle is not None else "",
        ),
        CountText(words("agent.missed"), str(day.no_answers)),
        CountText(words("agent.transfers"), str(day.transfers)),
    )


def _actions(sight: Sight, seat: Seat, given: Given | None, reason: str, words: Words) -> tuple[ActionText, ...]:
    """The orders for a seat; each that cannot be given says why."""
    general = ""
    if given is not None and not given.ended:
        general = words("why.waiting")
    elif seat.state in ("offline", "fault"):
        general = words("why.nobody")
    made = []
    for order in (READY, PAUSE, LOGOUT):
        why = refusal(sight, order, words) or source_refusal(sight, seat.source, words) or general
        if order == PAUSE and not why:
            why = _reason_refusal(reason.strip(), words)
        made.append(ActionText(order, words(f"order.{order}"), ICONS[order], not why, why))
    return tuple(made)


def _reason_refusal(reason: str, words: Words) -> str:
    """Why a pause cannot be given for this reason: the gateway counts bytes, of which a Chinese character has three."""
    if not reason:
        return words("why.reason")
    if len(reason.encode()) > LONGEST_REASON:
        return words("why.reason_long", latin=LONGEST_REASON, chinese=LONGEST_REASON // 3)
    return ""


def _reasons(sight: Sight) -> tuple[str, ...]:
    """Reasons that are in use on this floor, the commonest first: what others chose need not be typed."""
    counts: dict[str, int] = {}
    for seat in sight.seats():
        if seat.reason and seat.state in ("break", "training", "meeting", "coaching", "casework", "busy"):
            counts[seat.reason] = counts.get(seat.reason, 0) + 1
    return tuple(sorted(counts, key=lambda reason: (-counts[reason], reason))[:12])
