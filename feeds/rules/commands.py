"""Orders for seats, calls and switches: what their arguments mean on this floor, or why they cannot be given.

Pure: arguments and entities in, a command for the source or a refusal out. That whoever asks may see what they ask for
is checked by who calls; what is out of sight is here as if it did not exist.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, Final, TypeVar

import msgspec
from msgspec import Struct

from config.schema import Site
from feeds.commands import (
    Command,
    HangUp,
    Join,
    LogOut,
    MakeReady,
    MoveSeat,
    Pause,
    Prioritise,
    Redirect,
    Requeue,
    SetSwitch,
)  # fmt: skip
from feeds.entities import AnyEntity, Call, Queue, Seat, Switch
from feeds.rules.access import Audience
from feeds.said import said

Look = Callable[[str], AnyEntity | None]
"""Gives the entity of a key, None for one that does not exist or is out of sight."""

LONGEST_REASON: Final = 79
"""Bytes: Asterisk keeps so many of a reason, and one that comes back shorter is not the one that was asked for."""
HIGHEST_PRIORITY: Final = 100
HIGHEST_PENALTY: Final = 1000
_NUMBER: Final = re.compile(r"[0-9+*#]{1,32}")
ANSWERED: Final = said("call.answered", "an agent has this call already")
MODES: Final = ("normal", "announce", "callback", "backup")
"""What a switch can be set to beside `overflow:<queue>`."""

T = TypeVar("T", bound=Struct)


class SeatArgs(Struct, frozen=True, forbid_unknown_fields=True):
    """Arguments of seat orders: the seat's id, `reason` for a pause, and whom they are meant for.

    With `agent` an order is refused where somebody else sits by the time it comes, or nobody.
    """

    seat: str
    reason: str = ""
    agent: str | None = None


class MoveArgs(Struct, frozen=True, forbid_unknown_fields=True):
    """Arguments of `seat.move`; `agent` as for other seat orders."""

    seat: str
    join: list[Join] = []
    leave: list[str] = []
    agent: str | None = None


class CallArgs(Struct, frozen=True, forbid_unknown_fields=True):
    """Arguments of call orders: the call's entity key or leg, and what the order needs.

    That is `queue` to requeue, `to` (a number) to redirect, `priority` (0 to 100) to prioritise.
    """

    call: str
    queue: str = ""
    to: str = ""
    priority: int | None = None


class SwitchArgs(Struct, frozen=True, forbid_unknown_fields=True):
    """Arguments of `switch.set`: a queue's id or `all`, and a mode.

    Modes are `normal`, `overflow:<queue>`, `announce`, `callback` and `backup`.
    """

    switch: str
    value: str


def command_of(name: str, args: dict[str, Any], look: Look) -> Command | str:
    """The command that an order is, or why it cannot be given."""
    feature, _, act = name.partition(".")
    if feature == "seat":
        return _seat_command(act, args, look)
    if feature == "call":
        return _call_command(act, args, look)
    return _switch_command(args, look)


def _read(args: dict[str, Any], form: type[T]) -> T | str:
    try:
        return msgspec.convert(args, form)
    except msgspec.ValidationError as error:
        return said("args.unusable", "the arguments cannot be used: {error}", error=str(error))


def _no_queue(queue: str) -> str:
    return said("queue.unknown", "there is no queue '{queue}' in sight", queue=queue)


# Seats


def _seat_command(act: str, args: dict[str, Any], look: Look) -> Command | str:
    given: SeatArgs | MoveArgs | str = _read(args, MoveArgs) if act == "move" else _read(args, SeatArgs)
    if isinstance(given, str):
        return given
    seat = look(f"seat:{given.seat}")
    if not isinstance(seat, Seat):
        return said("seat.unknown", "there is no seat '{seat}' in sight", seat=given.seat)
    if given.agent is not None and given.agent != seat.agent:
        return said("seat.other", "somebody else sits at seat {seat} now, or nobody", seat=given.seat)
    if isinstance(given, MoveArgs):
        return _move(given, look)
    if seat.state in ("offline", "fault"):
        return said("seat.nobody", "nobody is signed in at seat {seat}", seat=given.seat)
    if act == "ready":
        return MakeReady(given.seat)
    if act == "logout":
        return LogOut(given.seat)
    reason = given.reason.strip()
    if not reason:
        return said("pause.reason_missing", "a pause needs a reason")
    if len(reason.encode()) > LONGEST_REASON or not reason.isprintable():
        most = "a reason is one line of at most {bytes} bytes, that is {chinese} Chinese characters"
        return said("pause.reason_long", most, bytes=LONGEST_REASON, chinese=LONGEST_REASON // 3)
    return Pause(given.seat, reason)


def _move(given: MoveArgs, look: Look) -> Command | str:
    if not given.join and not given.leave:
        return said("move.empty", "a move needs a queue to join or to leave")
    for queue in (*(one.queue for one in given.join), *given.leave):
        if not isinstance(look(f"queue:{queue}"), Queue):
            return _no_queue(queue)
    joined = {one.queue for one in given.join}
    if len(joined) < len(given.join):
        return said("move.twice", "a queue is named twice among those to join")
    if joined & set(given.leave):
        return said("move.both", "a queue cannot be joined and left at once")
    if any(not 0 <= one.penalty <= HIGHEST_PENALTY for one in given.join):
        return said("move.penalty", "a penalty is 0 to {most}", most=HIGHEST_PENALTY)
    return MoveSeat(given.seat, tuple(given.join), tuple(given.leave))


# Calls


def _call_command(act: str, args: dict[str, Any], look: Look) -> Command | str:
    given = _read(args, CallArgs)
    if isinstance(given, str):
        return given
    leg = given.call.removeprefix("call:")
    call = look(f"call:{leg}")
    if not isinstance(call, Call) or call.state == "acw":
        return said("call.over", "this call is over, or out of sight")
    if act == "hangup":
        return HangUp(leg)
    if act == "redirect":
        if not _NUMBER.fullmatch(given.to):
            return said("call.number", "`to` is a number: digits, +, * and #, at most 32")
        return Redirect(leg, given.to)
    if call.state not in ("waiting", "ringing"):
        return ANSWERED
    if act == "prioritise":
        if given.priority is None or not 0 <= given.priority <= HIGHEST_PRIORITY:
            return said("call.priority", "a priority is 0 to {most}", most=HIGHEST_PRIORITY)
        return Prioritise(leg, given.priority)
    if not isinstance(look(f"queue:{given.queue}"), Queue):
        return _no_queue(given.queue)
    if given.queue == call.queue:
        return said("call.there", "the call waits in {queue} already", queue=given.queue)
    return Requeue(leg, given.queue)


# Scope


def beyond_scope(
    command: Command, giver: Audience, look: Look, site: Site, serves: Callable[[str], Mapping[str, int] | None]
) -> str | None:
    """Why a command would reach further than its giver may, None if it does not.

    What may be seen is not always whose it is: a waiting call and a switch are nobody's team's, and a seat's pause or
    sign-out is one in all its queues. `serves` tells which those are, None where the source cannot; then it is what the
    site says of whoever sits there.
    """
    if giver.everything:
        return None
    if isinstance(command, SetSwitch) and giver.teams is not None:
        return said(
            "scope.switch",
            "a switch is for every caller of a queue: it is not given to a credential or a view of single teams",
        )
    if isinstance(command, Requeue | Redirect | Prioritise | HangUp):
        call = look(f"call:{command.leg}")
        if isinstance(call, Call) and not call.agent and giver.teams is not None:
            return said(
                "scope.waiting_call",
                "a waiting call is no team's yet: it is not given to a credential or a view of single teams",
            )
    if isinstance(command, MakeReady | Pause | LogOut) and giver.queues is not None:
        seat = look(f"seat:{command.seat}")
        queues = serves(command.seat)
        if queues is None:
            agent = next((one for one in site.agents if isinstance(seat, Seat) and one.id == seat.agent), None)
            queues = {skill.queue: 0 for skill in agent.skills} if agent is not None else {}
        if queues.keys() - giver.queues:  # which they are is out of sight, as in the seat itself
            return said("scope.other_queues", "seat {seat} also serves queues out of your scope", seat=command.seat)
    return None


# Switches


def _switch_command(args: dict[str, Any], look: Look) -> Command | str:
    given = _read(args, SwitchArgs)
    if isinstance(given, str):
        return given
    if not isinstance(look(f"switch:{given.switch}"), Switch):
        return said("switch.unknown", "there is no switch '{switch}' in sight", switch=given.switch)
    mode, colon, queue = given.value.partition(":")
    if mode == "overflow" and colon:
        if not isinstance(look(f"queue:{queue}"), Queue):
            text = "calls cannot overflow to '{queue}': there is no such queue in sight"
            return said("switch.overflow", text, queue=queue)
        if queue == given.switch:
            return said("switch.itself", "a queue cannot overflow to itself")
    elif given.value not in MODES:
        return said("switch.value", "a switch is set to {modes} or overflow:<queue>", modes=list(MODES))
    return SetSwitch(given.switch, given.value)
