"""Orders for seats, calls and switches by the rules: every command that they can be, every reason why they cannot."""

from __future__ import annotations

from typing import Any

import pytest

from config.schema import Agent, Name, Role, Site, Skill, Team, Token
from config.schema import Queue as SiteQueue
from feeds.commands import (
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
from feeds.gateway.ordering.floor_orders import NAMES
from feeds.rules.access import Audience, audience
from feeds.rules.commands import MODES, beyond_scope, command_of
from feeds.rules.orders import AVAILABLE
from feeds.states import SEAT_STATES


def seat(name: str, state: str) -> Seat:
    return Seat(key=f"seat:{name}", rev=1, state=state, since=0, agent="8001")  # type: ignore[arg-type]


def call(name: str, state: str, queue: str = "claims") -> Call:
    return Call(key=f"call:{name}", rev=1, call=name, queue=queue, state=state, joined_at=0, since=0)  # type: ignore[arg-type]


FLOOR: dict[str, AnyEntity] = {
    entity.key: entity
    for entity in (
        *(seat(state, state) for state in SEAT_STATES),
        *(call(state, state) for state in ("waiting", "ringing", "talking", "hold", "acw")), call("1-2.3#2", "waiting"),
        *(Queue(key=f"queue:{name}", rev=1, waiting=0, ringing=0, in_service=0) for name in ("claims", "inquiry")),
        *(
            Switch(key=f"switch:{name}", rev=1, state="off", value="normal", since=0, checked_at=0)
            for name in ("all", "claims")
        ),
    )
}  # fmt: skip


def ordered(name: str, **args: Any) -> Any:
    """What an order is on this floor."""
    return command_of(name, args, FLOOR.get)


@pytest.mark.parametrize(
    ("name", "args", "command"),
    [
        ("seat.ready", {"seat": "break"}, MakeReady("break")),
        ("seat.pause", {"seat": "ready", "reason": " 会议 "}, Pause("ready", "会议")),
        ("seat.pause", {"seat": "ready", "reason": "x" * 79}, Pause("ready", "x" * 79)),
        ("seat.logout", {"seat": "talking"}, LogOut("talking")),
        (
            "seat.move", {"seat": "offline", "join": [{"queue": "claims", "penalty": 2}], "leave": ["inquiry"]},
            MoveSeat("offline", (Join("claims", 2),), ("inquiry",)),
        ),
        ("seat.move", {"seat": "ready", "join": [{"queue": "claims"}]}, MoveSeat("ready", (Join("claims", 0),))),
        ("call.requeue", {"call": "call:waiting", "queue": "inquiry"}, Requeue("waiting", "inquiry")),
        ("call.requeue", {"call": "ringing", "queue": "inquiry"}, Requeue("ringing", "inquiry")),
        ("call.redirect", {"call": "waiting", "to": "95502"}, Redirect("waiting", "95502")),
        ("call.redirect", {"call": "talking", "to": "+86*1#"}, Redirect("talking", "+86*1#")),
        ("call.redirect", {"call": "hold", "to": "1" * 32}, Redirect("hold", "1" * 32)),
        ("call.prioritise", {"call": "1-2.3#2", "priority": 0}, Prioritise("1-2.3#2", 0)),
        ("call.prioritise", {"call": "waiting", "priority": 100}, Prioritise("waiting", 100)),
        ("call.hangup", {"call": "call:talking"}, HangUp("talking")),
        *(("switch.set", {"switch": "all", "value": mode}, SetSwitch("all", mode)) for mode in MODES),
        ("switch.set", {"switch": "claims", "value": "overflow:inquiry"}, SetSwitch("claims", "overflow:inquiry")),
        ("switch.set", {"switch": "all", "value": "overflow:claims"}, SetSwitch("all", "overflow:claims")),
    ],
)  # fmt: skip
def test_an_order_is_the_command_that_it_says(name: str, args: dict[str, Any], command: object) -> None:
    assert ordered(name, **args) == command


REFUSED: list[tuple[str, dict[str, Any], str]] = [
    ("seat.ready", {}, "the arguments cannot be used: Object missing required field `seat`"),
    ("seat.ready", {"seat": 1}, "cannot be used: Expected `str`"),
    ("seat.ready", {"seat": "ready", "more": 1}, "unknown field `more`"),
    ("seat.ready", {"seat": "nowhere"}, "there is no seat 'nowhere' in sight"),
    ("seat.ready", {"seat": "ready:claims"}, "there is no seat"),
    ("seat.ready", {"seat": "offline"}, "nobody is signed in at seat offline"),
    ("seat.pause", {"seat": "fault", "reason": "x"}, "nobody is signed in at seat fault"),
    ("seat.logout", {"seat": "offline"}, "nobody is signed in"),
    ("seat.pause", {"seat": "ready"}, "a pause needs a reason"),
    ("seat.pause", {"seat": "ready", "reason": "  "}, "a pause needs a reason"),
    ("seat.pause", {"seat": "ready", "reason": "x" * 81}, "one line of at most 79 bytes"),
    ("seat.pause", {"seat": "ready", "reason": "a\r\nAction: Command"}, "one line"),
    ("seat.move", {"seat": "ready"}, "a move needs a queue to join or to leave"),
    ("seat.move", {"seat": "nowhere", "leave": ["claims"]}, "there is no seat"),
    ("seat.move", {"seat": "ready", "join": [{"queue": "nowhere"}]}, "there is no queue 'nowhere' in sight"),
    ("seat.move", {"seat": "ready", "leave": ["nowhere"]}, "there is no queue 'nowhere' in sight"),
    ("seat.move", {"seat": "ready", "leave": ["claims"], "join": [{"queue": "claims"}]}, "joined and left at once"),
    ("seat.move", {"seat": "ready", "join": [{"queue": "claims", "penalty": -1}]}, "a penalty is 0 to 1000"),
    ("seat.move", {"seat": "ready", "join": [{"queue": "claims", "penalty": 1001}]}, "a penalty is 0 to 1000"),
    ("seat.move", {"seat": "ready", "join": [{"queue": "claims", "penalty": "1"}]}, "cannot be used"),
    (
        "seat.move", {"seat": "ready", "join": [{"queue": "claims"}, {"queue": "claims", "penalty": 1}]},
        "a queue is named twice",
    ),
    ("call.hangup", {"call": "none"}, "this call is over, or out of sight"),
    ("call.hangup", {"call": "acw"}, "this call is over"),
    ("call.hangup", {"call": 1}, "cannot be used"),
    ("call.hangup", {}, "cannot be used"),
    *(("call.redirect", {"call": "waiting", "to": to}, "`to` is a number") for to in
      ("", "abc", "1" * 33, "95502\n", "95502\r\nAction: x", "١٢٣", "1 2")),
    ("call.redirect", {"call": "acw", "to": "1"}, "this call is over"),
    ("call.requeue", {"call": "talking", "queue": "inquiry"}, "an agent has this call already"),
    ("call.requeue", {"call": "hold", "queue": "inquiry"}, "an agent has this call already"),
    ("call.requeue", {"call": "waiting", "queue": "nowhere"}, "there is no queue 'nowhere' in sight"),
    ("call.requeue", {"call": "waiting"}, "there is no queue ''"),
    ("call.requeue", {"call": "waiting", "queue": "claims"}, "the call waits in claims already"),
    ("call.prioritise", {"call": "talking", "priority": 1}, "an agent has this call already"),
    ("call.prioritise", {"call": "waiting"}, "a priority is 0 to 100"),
    ("call.prioritise", {"call": "waiting", "priority": -1}, "a priority is 0 to 100"),
    ("call.prioritise", {"call": "waiting", "priority": 101}, "a priority is 0 to 100"),
    ("call.prioritise", {"call": "waiting", "priority": True}, "cannot be used"),
    ("switch.set", {"switch": "claims"}, "cannot be used"),
    ("switch.set", {"switch": "inquiry", "value": "announce"}, "there is no switch 'inquiry' in sight"),
    ("switch.set", {"switch": "claims", "value": "party"}, "normal, announce, callback, backup or overflow:<queue>"),
    ("switch.set", {"switch": "claims", "value": ""}, "a switch is set to"),
    ("switch.set", {"switch": "claims", "value": "overflow"}, "a switch is set to"),
    ("switch.set", {"switch": "claims", "value": "announce:inquiry"}, "a switch is set to"),
    ("switch.set", {"switch": "claims", "value": "overflow:"}, "calls cannot overflow to ''"),
    ("switch.set", {"switch": "claims", "value": "overflow:nowhere"}, "calls cannot overflow to 'nowhere'"),
    ("switch.set", {"switch": "claims", "value": "overflow:claims"}, "a queue cannot overflow to itself"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "args", "why"), REFUSED)
def test_what_cannot_be_ordered_is_refused_with_what_stands_in_the_way(
    name: str, args: dict[str, Any], why: str
) -> None:
    refused = ordered(name, **args)
    assert isinstance(refused, str)
    assert why in refused


def test_who_is_not_signed_in_can_only_be_moved() -> None:
    for state in SEAT_STATES:
        here = state not in ("offline", "fault")
        assert isinstance(ordered("seat.ready", seat=state), MakeReady) is here
        assert isinstance(ordered("seat.move", seat=state, leave=["claims"]), MoveSeat)


def test_what_is_out_of_sight_is_as_if_it_did_not_exist() -> None:
    for name, args, _ in REFUSED:
        assert isinstance(command_of(name, args, lambda key: None), str)
    refused = command_of("switch.set", {"switch": "claims", "value": "overflow:inquiry"}, lambda key: (
        None if key == "queue:inquiry" else FLOOR.get(key)
    ))  # fmt: skip
    assert refused == "calls cannot overflow to 'inquiry': there is no such queue in sight"


def test_every_order_that_the_source_carries_out_is_one_of_the_protocol() -> None:
    assert set(NAMES) <= AVAILABLE


def limited(**more: Any) -> Audience:
    """Who sees the queue claims, or one team, only."""
    return audience(SITE, Role("supervisor", Name("", "")), Token("one", "supervisor", "", **more))


AGENT = Agent("8001", Name("", ""), "own", "usual", skills=(Skill("claims"), Skill("inquiry")))
SITE = Site(
    id="x", short="x", name=Name("", ""), zone="UTC", agents=(AGENT,), teams=(Team("own", Name("", "")),),
    queues=tuple(SiteQueue(name, Name("", ""), "all", "usual") for name in ("claims", "inquiry")),
)  # fmt: skip


@pytest.mark.parametrize(
    ("command", "limits", "said"),
    [
        (SetSwitch("claims", "normal"), {"teams": ("own",)}, "every caller of a queue"),
        (SetSwitch("claims", "normal"), {"queues": ("claims",)}, None),
        (HangUp("waiting"), {"teams": ("own",)}, "no team's yet"),
        (Requeue("waiting", "inquiry"), {"teams": ("own",)}, "no team's yet"),
        (HangUp("waiting"), {"queues": ("claims",)}, None),
        (Pause("ready", "x"), {"queues": ("claims",)}, "also serves queues out of your scope"),
        (LogOut("ready"), {"queues": ("claims",)}, "also serves queues out of your scope"),
        (Pause("ready", "x"), {"teams": ("own",)}, None),
        (Pause("ready", "x"), {"queues": ("claims", "inquiry")}, None),
        (SetSwitch("claims", "normal"), {}, None),
    ],
)
def test_nobody_orders_further_than_the_scope_reaches(command: Any, limits: dict[str, Any], said: str | None) -> None:
    found = beyond_scope(command, limited(**limits), FLOOR.get, SITE, lambda _: None)
    assert (found is None) if said is None else (found is not None and said in found)
