"""Two floors that differ only in what a credential may not see are one floor to it, in every frame and every answer."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from config.schema import Role, Token
from feeds import wire
from feeds.definitions import DEFINITIONS
from feeds.facts import AnyFact
from feeds.floor import Floor
from feeds.gateway.credentials import Pass
from feeds.gateway.ordering.giver import Giver
from feeds.gateway.publishing.hub import Hub
from feeds.gateway.publishing.views import View
from feeds.requests import AgentParams, CallsParams, HistoryParams, JournalParams, OrderParams, ShiftParams
from feeds.rules.access import Audience, audience
from tests.examples import examples
from tests.gateway.floors import QUEUES, START, TEAMS, token
from tests.gateway.harness import ToldSource, running_gateway
from tests.gateway.servants import Obedient
from tests.gateway.twins import CASES, KINDS, ROLES, SITE, Day, Twin

Known = dict[str, dict[str, Any]]


def states(viewer: Audience, day: list[AnyFact]) -> Iterator[tuple[str, Known, set[str]]]:
    """What a console knows after each fact, by key, and what of it was told just then; what a new one is told at last.

    Revisions are left out: that something has changed of which nothing is shown, and when, may be told, because some
    entities are looked at together.
    """
    floor = Floor(SITE)
    hub = Hub(SITE, floor, "e1")
    view = View(hub, viewer)
    known: Known = {}
    for rev, fact in enumerate(day, 1):
        floor.apply(fact, rev)
        hub.absorb()
        touched: set[str] = set()
        for _, frame in view.changed(rev - 1):
            body = body_of(frame)
            touched |= {one["key"] for one in body["entities"]} | set(body["gone"])
            known.update(bare(body["entities"]))
            for key in body["gone"]:
                known.pop(key, None)
        yield f"{rev} {type(fact).__name__}", known, touched
    whole = bare([one for frame in view.pages().frames for one in body_of(frame)["entities"]])
    yield "all", whole, set(whole)


def bare(entities: list[dict[str, Any]]) -> Known:
    return {one["key"]: {name: value for name, value in one.items() if name != "rev"} for one in entities}


def body_of(frame: bytes) -> dict[str, Any]:
    begin = {126: 4, 127: 10}.get(frame[1], 2)
    return msgspec.json.decode(frame[begin:])["params"]  # type: ignore[no-any-return]


def differences(viewer: Audience, day: list[AnyFact], other: list[AnyFact]) -> Iterator[str]:
    """What is told otherwise, a line each."""
    for (what, one, now), (_, two, then) in zip(states(viewer, day), states(viewer, other), strict=True):
        for key in sorted(now | then):
            if one.get(key) != two.get(key):
                first, second = one.get(key) or {}, two.get(key) or {}
                parts = sorted(name for name in first.keys() | second.keys() if first.get(name) != second.get(name))
                yield f"{what}: {key} {parts} {[(first.get(part), second.get(part)) for part in parts]}"


@pytest.mark.slow
@pytest.mark.parametrize(("role", "limits"), CASES)
def test_frames_tell_nothing_of_what_is_out_of_sight(role: Role, limits: dict[str, list[str]]) -> None:
    mine = token("mine", role.id, **limits)
    viewer = audience(SITE, role, mine)
    for seed in range(examples(2)):
        day = Day(seed).lived(60)
        other = Twin(mine, role, seed).of(day)
        assert day != other
        assert next(differences(viewer, day, other), None) is None


async def answers(folder: Path, day: list[AnyFact], role: Role, mine: Token) -> list[tuple[str, str]]:
    """What somebody is told who asks for everything that they know of, and for what they do not."""
    source = ToldSource(begins_at=day[-1].at)
    source.servant = Obedient(SITE, source)
    viewer = audience(SITE, role, mine)
    giver = Giver(Pass(mine, role), viewer)
    found: list[tuple[str, str]] = []
    async with running_gateway(SITE, source, folder, speed=0.0) as gateway:
        await source.tell(*day)
        services = gateway.services
        for name, asked in questions():
            answer = getattr({"agent": services.agents, "shift": services.shifts, "journal": services.shifts}.get(
                name, services.archive), name)  # fmt: skip
            found.append((f"{name} {asked}", without_revisions(await answer(viewer, asked))))
        for name, args in wishes():
            for rehearse in (True, False):
                params = OrderParams(f"{name}{args}{rehearse}", name, args, rehearse=rehearse)
                result = await services.orders.give(giver, params)
                found.append((f"{rehearse} {name} {args}", without_revisions(result)))
        kept = await services.orders._store.audit()
        assert kept
    return found


def without_revisions(answer: object) -> str:
    """An answer as JSON, without numbers that only count what happened, and those that chance gives to orders."""
    body = re.sub(rb'"rev":\d+', b"", wire.encode(answer))
    return re.sub(rb'"(order|key)":"(order:)?[0-9a-f]{12}"', b"", body).decode()


def questions() -> Iterator[tuple[str, Any]]:
    people = [f"agent:a{n}" for n in range(16)]
    kinds = {
        "queue": KINDS,
        "team": list(TEAMS),
        "vendor": ["north", "south"],
        "seat_type": KINDS,
        "group": set(QUEUES.values()),
    }
    scopes = ["site", "queue:no", "team:no", "agent:no", *people]
    scopes += [f"{kind}:{one}" for kind, names in kinds.items() for one in sorted(names)]
    for scope in scopes:
        for figure in (
            "answered",
            "waiting",
            "expected_wait",
            "aht",
            "ring_no_answer",
            "transfers",
            "offered",
            "flowed_out",
            "longest_wait",
        ):
            for window in ("today", "now"):
                yield "calls", CallsParams(figure, scope=scope, window=window)
        yield "calls", CallsParams("answered", scope=scope, at=START + 200_000)
        yield "calls", CallsParams("offered", scope=scope, order="-agent", limit=5, after="l3")
        for figure in DEFINITIONS:
            yield "history", HistoryParams(figure, START, START + 900_000, scope=scope)
    for n in range(17):
        yield "agent", AgentParams(agent=f"a{n}")
        yield "agent", AgentParams(seat=f"s{n}")
    for end in (None, START + 120_000):
        yield "shift", ShiftParams(START, end)
        for kind in ([], ["alarm"], ["order"], ["notice"], ["note"], ["switch"], ["listening"]):
            yield "journal", JournalParams(START - 1, end, kind)


REST: tuple[tuple[str, dict[str, Any]], ...] = (
    ("notice.send", {"to": "floor", "text": "x"}), ("handover.note", {"text": "x"}), ("replay.pause", {}),
    ("replay.seek", {"to": START}), ("layout.save", {"rooms": []}), ("seat.undo", {"order": "r3"}),
    ("handover.settle", {"note": "note:o5"}), ("listening.stop", {"session": 20}),
)  # fmt: skip


def wishes() -> Iterator[tuple[str, dict[str, Any]]]:
    for n in range(17):
        seat = f"s{n}"
        for name, more in (
            ("seat.pause", {"reason": "小休"}), ("seat.ready", {}), ("seat.logout", {"agent": "a1"}),
            ("seat.move", {"join": [{"queue": "vip", "penalty": 1}]}), ("seat.move", {"leave": ["dual"]}),
        ):  # fmt: skip
            yield name, {"seat": seat, **more}
        yield "listening.start", {"seat": seat}
        yield "notice.send", {"to": f"seat:{seat}", "text": "come"}
        yield "alarm.acknowledge", {"alarm": f"alarm:seat:{seat}:long-break", "name": "Li"}
    for leg in (f"l{n}{more}" for n in range(1, 30) for more in ("", "t", "f")):
        yield "call.hangup", {"call": leg}
        yield "call.requeue", {"call": leg, "queue": "dual"}
        yield "call.prioritise", {"call": leg, "priority": 2}
        yield "listening.start", {"call": leg}
    for scope in ("site", *(f"queue:{one}" for one in KINDS), *(f"team:{one}" for one in TEAMS)):
        yield "alarm.acknowledge", {"alarm": f"alarm:{scope}:breaks", "name": "Li"}
        yield "alarm.shelve", {"alarm": f"alarm:{scope}:waiting:now", "name": "Li", "minutes": 5, "reason": "known"}
        yield "notice.send", {"to": scope, "text": "come"}
    for queue in KINDS:
        yield "switch.set", {"switch": queue, "value": "announce"}
        yield "switch.set", {"switch": "claim", "value": f"overflow:{queue}"}
    yield from REST


@pytest.mark.slow
@pytest.mark.parametrize(("role", "limits"), [one for one in CASES if one.values[0] is ROLES[1]])
def test_answers_tell_nothing_of_what_is_out_of_sight(role: Role, limits: dict[str, list[str]], tmp_path: Path) -> None:
    mine = token("mine", role.id, **limits)
    for seed in range(1):
        day = Day(seed).lived(60)
        other = Twin(mine, role, seed).of(day)
        for number in range(2):
            (tmp_path / f"{seed}{number}").mkdir()
        both = [asyncio.run(answers(tmp_path / f"{seed}{n}", one, role, mine)) for n, one in enumerate((day, other))]
        for (what, one), (_, two) in zip(*both, strict=True):
            assert one == two, (seed, what)
