"""What an order would do and whom it would reach, said before it is given. Pure: entities in sight in, words out."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final

from msgspec import Struct

from feeds.commands import (
    Command,
    HangUp,
    LogOut,
    MakeReady,
    MoveSeat,
    Pause,
    Prioritise,
    Redirect,
    Requeue,
    SetSwitch,
)  # fmt: skip
from feeds.entities import AgentDay, AnyEntity, Call, Seat
from feeds.rules.notices import FLOOR, Notice
from feeds.said import Said, said
from feeds.states import WITH_A_CALL

Look = Callable[[str], AnyEntity | None]
CallOf = Callable[[Seat], Call | None]
"""Gives the call in hand at a seat, None where there is none or it is out of sight."""

MOST_HITS: Final = 500
"""Keys that a rehearsal names; how many there are is told as well."""
PAUSED: Final = frozenset({"break", "training", "meeting", "coaching", "casework", "busy", "forced_busy"})
"""States that a pause leads to, by its reason."""


class Effect(Struct, frozen=True):
    """What an order would do, and the keys of what it would reach."""

    text: Said
    hits: tuple[str, ...] = ()


def effect_of(command: Command, look: Look, call_of: CallOf) -> Effect:
    """The effect of a command that no rule refuses."""
    if isinstance(command, MakeReady | Pause | LogOut | MoveSeat):
        return _on_seat(command, look, call_of)
    if isinstance(command, SetSwitch):
        text = said("effect.switch", "new calls for {queue}: {value}", queue=command.switch, value=command.value)
        return Effect(text, (f"switch:{command.switch}",))
    return _on_call(command, look)


def _on_seat(command: MakeReady | Pause | LogOut | MoveSeat, look: Look, call_of: CallOf) -> Effect:
    seat, key = look(f"seat:{command.seat}"), f"seat:{command.seat}"
    busy = isinstance(seat, Seat) and seat.state in WITH_A_CALL
    works = isinstance(seat, Seat) and seat.state == "acw"
    if isinstance(command, MoveSeat):
        joined, left = [one.queue for one in command.join], list(command.leave)
        if joined and left:
            text = "serves {queues} from now on, and {left} no more"
            return Effect(said("effect.move", text, queues=joined, left=left), (key,))
        if joined:
            return Effect(said("effect.join", "serves {queues} from now on", queues=joined), (key,))
        return Effect(said("effect.leave", "serves {left} no more", left=left), (key,))
    if isinstance(command, MakeReady):
        if isinstance(seat, Seat) and seat.state == "ready":
            return Effect(said("effect.ready_already", "takes calls already"), (key,))
        text = said("after_call.ready", "takes calls again when the call is over")
        return Effect(text if busy else said("effect.ready", "takes calls again at once"), (key,))
    call = call_of(seat) if isinstance(seat, Seat) else None
    hits = (key,) if call is None else (key, call.key)
    if isinstance(command, Pause) and works:
        return Effect(said("after_work.pause", "the pause begins when the present work is over"), hits)
    if isinstance(command, Pause) and isinstance(seat, Seat) and seat.state in PAUSED:
        other = said("effect.pause_other", "is away already: its time begins anew")
        same = said("effect.pause_same", "is away for this reason already")
        return Effect(same if seat.reason == command.reason else other, hits)
    if isinstance(command, Pause):
        text = said("after_call.pause", "the pause begins when the call is over")
        return Effect(text if busy else said("effect.pause", "gets no calls from now on"), hits)
    if busy:
        return Effect(said("effect.logout_call", "gets no more calls; the call in hand goes on"), hits)
    return Effect(said("effect.logout", "leaves all queues and is signed out"), hits)


def _on_call(command: Requeue | Redirect | Prioritise | HangUp, look: Look) -> Effect:
    key = f"call:{command.leg}"
    call = look(key)
    agent = look(f"agent:{call.agent}") if isinstance(call, Call) and call.agent else None
    hits = (key, f"seat:{agent.seat}") if isinstance(agent, AgentDay) and agent.seat else (key,)
    talks = isinstance(call, Call) and call.state in ("talking", "hold")
    if isinstance(command, HangUp):
        if talks:
            return Effect(said("effect.hangup_talk", "a conversation is cut off; the caller is not called back"), hits)
        return Effect(said("effect.hangup", "the caller is cut off and is not called back"), hits)
    if isinstance(command, Redirect):
        if talks:
            return Effect(said("effect.redirect_talk", "the agent loses the call to {to}", to=command.to), hits)
        return Effect(said("effect.redirect", "the caller leaves the queue and goes to {to}", to=command.to), hits)
    if isinstance(command, Requeue):
        return Effect(said("effect.requeue", "the caller waits in {queue} from now on", queue=command.queue), hits)
    before = call.priority if isinstance(call, Call) else 0
    text = "priority {after} instead of {before}: higher ones are taken first"
    return Effect(said("effect.prioritise", text, before=before, after=command.priority), hits)


def effect_of_notice(notice: Notice, seats: Iterable[Seat]) -> Effect:
    """Whom a notice would be shown to: everybody who is signed in and meant, of the seats that are in sight."""
    meant = [
        seat.key
        for seat in seats
        if seat.agent and (notice.to == FLOOR or seat.key == notice.to or notice.to == f"team:{seat.team}")
    ]
    text = "{count} who are signed in can see it for {minutes} min"
    return Effect(said("effect.notice", text, count=len(meant), minutes=notice.lasts_ms // 60_000), tuple(meant))
