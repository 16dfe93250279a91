"""Turns one seat into the text of its panel: who, in which state since when, with which call, and what can be done."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from console.given import Given
from console.ordering.deeds import can_undo
from console.phrases.people import person_name
from console.phrases.reasons import reason_meant, reason_name
from console.phrases.scopes import label_name
from console.phrases.states import (
    agent_name,
    calls_in_hand,
    doubt_since,
    language_names,
    masked,
    passed_limit,
    seat_number,
    seconds_of,
    shape_of,
    state_text,
    tone_of,
)
from console.phrases.times import since_text
from console.rights import outcome, refusal, source_refusal
from console.sight import Sight
from console.words import Words
from feeds.entities import Call, Notice, Seat
from feeds.rules.commands import LONGEST_REASON
from widgets.desk_texts import ActionText, BandText, FactText
from widgets.elapsed import clock_text
from widgets.tones import Tone

READY, PAUSE, LOGOUT, MOVE, NOTICE = "seat.ready", "seat.pause", "seat.logout", "seat.move", "notice.send"
ICONS = {READY: "check", PAUSE: "pause", LOGOUT: "close", MOVE: "transfer", NOTICE: "bell"}
ASKS_MORE = frozenset({LOGOUT, MOVE, NOTICE})
"""Orders that open a dialog first."""
AWAY = frozenset({"break", "training", "meeting", "coaching", "casework", "busy"})


class AgentText(Struct, frozen=True):
    """All that the panel shows; without a seat only `hint`."""

    hint: str = ""
    initial: str = ""
    name: str = ""
    detail: str = ""
    chips: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    band: BandText = BandText()
    facts: tuple[FactText, ...] = ()
    actions: tuple[ActionText, ...] = ()
    why: str = ""
    """Why no button can be pressed, where it is the same for all."""
    pause_why: str = ""
    """Why a pause cannot be given for the reason that is written."""
    note: str = ""
    note_tone: Tone = Tone.CALM
    can_undo: bool = False
    notices: tuple[str, ...] = ()
    """What the seat is told at present."""
    reasons: tuple[str, ...] = ()


def agent(
    sight: Sight, key: str, given: Given | None, reason: str, words: Words, targets: Sequence[Seat] | None = None
) -> AgentText:
    """The panel for the seat of that key; `given` is its last order, `reason` what is written as reason of a pause.

    `targets` are the seats that the buttons are for, where that is not the seat alone.
    """
    seat = sight.entities.get(key)
    if not isinstance(seat, Seat):
        return AgentText(hint=words("agent.choose" if not key else "agent.gone"))
    vacant = seat.state == "offline" and not seat.agent
    name = words("floor.vacant") if vacant else agent_name(seat, words) or words(f"state.{seat.state}")
    detail = words("floor.seat", number=seat_number(seat))
    if seat.agent:
        detail += f" · {words('agent.number', number=seat.agent)}"
    actions = _actions(sight, targets if targets is not None else (seat,), given, reason, words)
    why = {action.why for action in actions if action.key != NOTICE}
    note, tone = outcome(sight, given, words) if given is not None else ("", Tone.CALM)
    return AgentText(
        initial=name[:1] if seat.agent else "",
        name=name,
        detail=detail,
        chips=_chips(sight, seat, words),
        languages=language_names(seat, words),
        band=_band(sight, seat, words),
        facts=_facts(sight, seat, words),
        can_undo=given is not None and can_undo(given, sight.now),
        notices=_notices(sight, seat, words),
        actions=actions,
        why=next(iter(why)) if len(why) == 1 else "",
        pause_why=next(one.why for one in actions if one.key == PAUSE) if reason.strip() else "",
        note=note,
        note_tone=tone,
        reasons=_reasons(sight, words),
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
        title=state_text(sight.site, seat, words),
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
        facts.append(FactText(words("agent.since"), since_text(sight.site, seat.since, sight.now)))
    if seat.by:
        facts.append(FactText(words("agent.by"), person_name(sight.site, seat.by, words)))
    call = calls_in_hand(sight).get((seat.call, seat.agent)) if seat.call else None
    if call is not None:
        facts += _call_facts(sight, call, words)
    elif seat.queue:
        queue = label_name(sight.site.queues if sight.site else None, seat.queue, words)
        facts.append(FactText(words("agent.queue"), queue))
    if seat.skills:
        queues = sight.site.queues if sight.site else None
        names = [label_name(queues, skill, words) for skill in seat.skills]
        facts.append(FactText(words("agent.skills"), words("floor.list").join(names)))
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


def _actions(
    sight: Sight, seats: Sequence[Seat], given: Given | None, reason: str, words: Words
) -> tuple[ActionText, ...]:
    """The orders for one seat or several; each that cannot be given says why."""
    seated = [seat for seat in seats if seat.state not in ("offline", "fault")]
    general = ""
    if len(seats) == 1 and given is not None and not given.ended:
        general = words("why.waiting")
    elif not seated:
        general = words("why.nobody" if len(seats) == 1 else "why.nobody_of_them")
    made = []
    for order in (READY, PAUSE, MOVE, NOTICE, LOGOUT):
        why = refusal(sight, order, words)
        if order != NOTICE:
            silent = (source_refusal(sight, seat.source, words) for seat in seats)
            why = why or next(filter(None, silent), "") or general
        if order == PAUSE and not why:
            meant = reason_meant(sight.site, reason, words)
            why = _reason_refusal(meant, words) or quota_refusal(sight, seated, meant, words)
        label = words(f"order.{order}") + (words("agent.more") if order in ASKS_MORE or len(seats) > 1 else "")
        made.append(ActionText(order, label, ICONS[order], not why, why))
    return tuple(made)


def quota_refusal(sight: Sight, seats: Sequence[Seat], reason: str, words: Words) -> str:
    """Why nobody of these can be sent on a break with that reason: the quota of a team with its numbers.

    Breaks that are ordered and have not begun are known to the gateway alone, which decides.
    """
    site = sight.site
    folded = {known.casefold(): state for known, state in site.pauses.items()} if site is not None else {}
    if site is None or folded.get(reason.casefold()) != "break":
        return ""
    full = ""
    for team in dict.fromkeys(seat.team for seat in seats):
        quota = site.break_quotas.get(team)
        ours = {seat.key for seat in seats if seat.team == team}
        if len(ours) == 1 and any(seat.state == "break" for seat in seats if seat.key in ours):
            return ""
        away = sum(1 for seat in sight.seats() if seat.team == team and seat.state == "break")
        if quota is None or away < quota:
            return ""
        name = label_name(site.teams, team, words)
        key = "said.break.full" if quota else "said.break.none"
        full = full or words(key, **({"away": away, "quota": quota} if quota else {}), team=name)
    return full


def _notices(sight: Sight, seat: Seat, words: Words) -> tuple[str, ...]:
    """The notices that whoever sits there is told now, the newest first."""
    to = {"floor", seat.key, f"team:{seat.team}"}
    found = [one for one in sight.entities.of(Notice) if one.to in to and one.until > sight.now]
    newest = sorted(found, key=lambda one: -one.since)
    return tuple(
        words("agent.notice", text=one.text, by=person_name(sight.site, one.by, words)) for one in newest
    )


def _reason_refusal(reason: str, words: Words) -> str:
    """Why a pause cannot be given for this reason: the gateway counts bytes, of which a Chinese character has three."""
    if not reason:
        return words("why.reason")
    if len(reason.encode()) > LONGEST_REASON:
        return words("why.reason_long", latin=LONGEST_REASON, chinese=LONGEST_REASON // 3)
    return ""


def _reasons(sight: Sight, words: Words) -> tuple[str, ...]:
    """Reasons that are in use on this floor, the commonest first, then those that the site has words for.

    A site that names its reasons is offered these and not the usual ones of other floors as well.
    """
    site, counts = sight.site, dict[str, int]()
    for seat in sight.seats():
        if seat.reason and seat.state in AWAY:
            counts[seat.reason] = counts.get(seat.reason, 0) + 1
    used = sorted(counts, key=lambda reason: (-counts[reason], reason))
    states = site.pauses if site is not None else {}
    named = {one.id for one in site.reasons if states.get(one.id) in AWAY} if site is not None else set()
    known = [reason for reason, state in states.items() if state in AWAY and (reason in named or not named)]
    shown: dict[str, str] = {}
    for name in (reason_name(site, one, words) for one in (*used, *known)):
        shown.setdefault(name.casefold(), name)
    return tuple(shown.values())[:14]
