"""Whatever an order is given with, its rehearsal says what the order would: over all names, with sense and nonsense."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, Final

import pytest

from feeds.client import FeedClient, Refused
from feeds.facts import NoteWritten, SwitchRead, Tick
from feeds.gateway.ordering import orders as orders_module
from feeds.gateway.running.engine import Seek
from feeds.gateway.running.session import Session
from feeds.gateway.running.shelf import open_session
from feeds.requests import OrderParams, OrderResult
from feeds.rules.orders import AVAILABLE
from tests.gateway.floors import START, a_call, everybody_signs_in, small_site
from tests.gateway.giving import ALARM
from tests.gateway.harness import ListSource, Remembering, console, running_gateway
from tests.gateway.servants import Obedient
from tests.listening.taps import FakeTapper, TappedSource, talking

pytestmark = pytest.mark.logs("tokens stay as they were")

SITE = small_site()
HALL = {"id": "hall", "zh": "大厅", "en": "Hall", "column": 0, "line": 0, "rows": ["s1 . s2"]}
SENSE: Final[dict[str, dict[str, Any]]] = {
    "seat.ready": {"seat": "s1", "agent": "a1"},
    "seat.pause": {"seat": "s1", "reason": "lunch"},
    "seat.logout": {"seat": "s2"},
    "seat.move": {"seat": "s1", "join": [{"queue": "vip", "penalty": 1}], "leave": ["dual"]},
    "seat.undo": {"order": "o1"},
    "call.requeue": {"call": "l9", "queue": "dual"},
    "call.redirect": {"call": "l9", "to": "8000"},
    "call.prioritise": {"call": "l9", "priority": 3},
    "call.hangup": {"call": "l9"},
    "listening.start": {"seat": "s0", "mode": "listen", "phone": "9000", "call": ""},
    "listening.mode": {"session": 1, "mode": "whisper"},
    "listening.stop": {"session": 1},
    "switch.set": {"switch": "claim", "value": "announce"},
    "alarm.acknowledge": {"alarm": ALARM, "name": "Li"},
    "alarm.shelve": {"alarm": ALARM, "minutes": 5, "reason": "known", "name": ""},
    "alarm.unshelve": {"alarm": ALARM},
    "alarm.out_of_service": {"alarm": ALARM, "reason": "known"},
    "alarm.return_to_service": {"alarm": ALARM},
    "notice.send": {"to": "floor", "text": "stay", "minutes": 5},
    "handover.note": {"text": "look at vip"},
    "handover.settle": {"note": "note:n1"},
    "layout.save": {"rooms": [HALL]},
    "replay.pause": {},
    "replay.resume": {},
    "replay.speed": {"speed": 2},
    "replay.seek": {"to": START + 60_000},
}
"""Arguments with which each order is done where a floor has what they name."""
NONSENSE: Final[tuple[Any, ...]] = (
    None, True, 0, -1, 1, 601, 0.5, 1e308, 2**31, 2**53, 2**63, -(2**63), 10**30, "", "x", " ", "note:x", "alarm:x",
    "日" * 1000, "\x00", [], [1], ["x"], [None], [{}], {}, {"x": 1}, [{"queue": "vip", "penalty": -1}], [{"id": "a"}],
)  # fmt: skip


def test_every_order_has_arguments_that_make_sense() -> None:
    assert set(SENSE) == AVAILABLE


def variants(name: str) -> list[dict[str, Any]]:
    """Arguments of every kind: none, those that make sense, and those with one of them wrong or one too many."""
    sense = SENSE[name]
    found: list[dict[str, Any]] = [{}, {"x": 1}, {**sense, "x": 1}]
    for field in sense:
        found.append({key: value for key, value in sense.items() if key != field})
        found += [{**sense, field: value} for value in NONSENSE]
    return [*found, sense]


async def said(
    link: FeedClient, name: str, args: dict[str, Any], *, rehearse: bool, why: str = "", key: str = ""
) -> tuple[str, str]:
    try:
        params = OrderParams(key or secrets.token_hex(4), name, args, reason=why, rehearse=rehearse)
        result = await link.ask("order", params, OrderResult)
    except Refused as refused:
        return "error", refused.error.message
    return result.state, result.text


async def ended(link: FeedClient, name: str, args: dict[str, Any], key: str) -> tuple[str, str]:
    """What an order that is to be refused comes to; a slow disk may let it run for a while before it says so."""
    async with asyncio.timeout(10):
        while True:
            found = await said(link, name, args, rehearse=False, key=key)
            if found[0] != "running":
                return found
            await asyncio.sleep(0.05)


async def compare(link: FeedClient, names: list[str]) -> set[str]:
    """Rehearse and give every order with every variant; the names of those that were accepted with some."""
    accepted = set()
    for name in names:
        for args in variants(name):
            before, key = await said(link, name, args, rehearse=True), secrets.token_hex(4)
            if before[0] == "accepted":
                accepted.add(name)
                after = await said(link, name, args, rehearse=False, key=key)
                assert after[0] in ("done", "running"), (name, args, before, after)
            else:
                after = await ended(link, name, args, key)
                assert after == before, (name, args, before, after)
    return accepted


@pytest.fixture(autouse=True)
def answers_soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(orders_module, "AT_ONCE_S", 0.1)


@pytest.mark.slow
@pytest.mark.parametrize("token", ["all-manager", "claim-of-team-1"])
def test_what_is_rehearsed_on_a_live_floor_is_what_the_order_comes_to(tmp_path: Path, token: str) -> None:
    """Nobody whose scope is limited is told anything else than those who see everything."""
    folder = tmp_path / "site"
    folder.mkdir()
    (folder / "site.yaml").write_text("id: small\n", "utf-8")

    async def scenario() -> set[str]:
        tapper = FakeTapper()
        tapper.channels, tapper.legs = {"s0": "PJSIP/8000-00000000"}, {}
        source = TappedSource(tapper)
        source.servant = Obedient(SITE, source)
        async with (
            running_gateway(SITE, source, tmp_path, site_folder=folder) as gateway,
            console(gateway, token) as (link, memory),
        ):
            await memory.live()
            facts = [*everybody_signs_in(), *talking(1)]
            facts += [fact for n in range(9, 13) for fact in a_call(n, "claim", START + n, ends=False)]
            facts.append(SwitchRead(at=START, switch="claim", value="normal"))
            facts.append(NoteWritten(at=START, note="n1", text="look", by="somebody"))
            facts.sort(key=lambda fact: fact.at)
            await source.tell(*facts, *(Tick(at=START + second * 1000) for second in range(1, 60)))
            await memory.until(lambda: "seat:s0" in memory.entities)
            return await compare(link, sorted(AVAILABLE))

    accepted = asyncio.run(scenario())
    if token == "all-manager":
        some_floor_only = {name for name in AVAILABLE if name.startswith("replay.")}
        made_here_only = {"listening.mode", "listening.stop", "seat.undo"}
        assert accepted == AVAILABLE - some_floor_only - made_here_only


@pytest.mark.parametrize("seeks", [False, True], ids=["simulated", "recorded"])
def test_what_is_rehearsed_of_a_floors_time_is_what_the_order_comes_to(tmp_path: Path, seeks: bool) -> None:
    names = sorted(name for name in AVAILABLE if name.startswith("replay."))

    async def prepare(to: int, progress: Callable[[float], None]) -> Session:
        return open_session(SITE, tmp_path / f"{to}-{secrets.token_hex(4)}.floor")

    async def scenario() -> set[str]:
        source = ListSource([*everybody_signs_in(), Tick(at=START + 36_000_000)], "replay" if seeks else "simulated")
        seek = Seek(source.begins_at, START + 36_000_000, prepare) if seeks else None
        async with (
            running_gateway(SITE, source, tmp_path, seek=seek) as gateway,
            console(gateway, "all-manager") as (link, memory),
        ):
            await memory.live()
            return await compare(link, names)

    accepted = asyncio.run(scenario())
    assert accepted == set(names) - (set() if seeks else {"replay.seek"})


def play(tmp_path: Path, story: Callable[[FeedClient, Remembering, FakeTapper], Awaitable[None]]) -> None:
    async def scenario() -> None:
        tapper = FakeTapper()
        tapper.channels = {"s0": "PJSIP/8000-00000000"}
        source = TappedSource(tapper)
        source.servant = Obedient(SITE, source)
        async with (
            running_gateway(SITE, source, tmp_path) as gateway,
            console(gateway, "all-manager") as (link, memory),
        ):
            await memory.live()
            await source.tell(*everybody_signs_in(), *talking(1))
            await memory.until(lambda: "seat:s7" in memory.entities)
            await story(link, memory, tapper)

    asyncio.run(scenario())


@pytest.mark.usefixtures("orders_have_time")
def test_taking_an_order_back_is_rehearsed_with_what_that_would_do(tmp_path: Path) -> None:
    async def story(link: FeedClient, memory: Remembering, tapper: FakeTapper) -> None:
        params = OrderParams(secrets.token_hex(4), "seat.pause", {"seat": "s1", "reason": "lunch"})
        paused = await link.ask("order", params, OrderResult)
        back = {"order": paused.order}
        assert await said(link, "seat.undo", back, rehearse=True) == ("accepted", "takes calls again at once")
        assert await said(link, "seat.undo", back, rehearse=False) == ("done", "")
        twice = ("refused", "this order was undone already")
        assert await said(link, "seat.undo", back, rehearse=True) == twice
        assert await said(link, "seat.undo", back, rehearse=False) == twice

    play(tmp_path, story)


def test_a_reason_that_cannot_be_kept_is_refused_when_it_is_rehearsed(tmp_path: Path) -> None:
    async def story(link: FeedClient, memory: Remembering, tapper: FakeTapper) -> None:
        for why in ("x" * 201, "two\nlines"):
            before = await said(link, "seat.logout", {"seat": "s2"}, rehearse=True, why=why)
            assert before[0] == "error" and "reason" in before[1]
            assert await said(link, "seat.logout", {"seat": "s2"}, rehearse=False, why=why) == before
        assert (await said(link, "seat.logout", {"seat": "s2"}, rehearse=True))[0] == "accepted"

    play(tmp_path, story)


def test_a_listening_session_is_rehearsed_as_it_stands(tmp_path: Path) -> None:
    async def story(link: FeedClient, memory: Remembering, tapper: FakeTapper) -> None:
        started = asyncio.create_task(said(link, "listening.start", {"seat": "s0"}, rehearse=False))
        tap = await tapper.tap()
        number = next(int(key.partition(":")[2]) for key in await sessions(memory))
        early = await said(link, "listening.mode", {"session": number, "mode": "barge"}, rehearse=True)
        assert early[0] == "refused" and "not joined" in early[1]
        tap.hearer.joined()
        tap.hearer.heard(b"\1\0" * 160)
        await started
        for name, args in (("mode", {"mode": "barge"}), ("stop", {})):
            args = {"session": number, **args}
            assert (await said(link, f"listening.{name}", args, rehearse=True))[0] == "accepted"
            assert (await said(link, f"listening.{name}", args, rehearse=False))[0] == "done"
            again = await said(link, f"listening.{name}", args, rehearse=True)
            assert again[0] == "refused"
            assert await said(link, f"listening.{name}", args, rehearse=False) == again

    async def sessions(memory: Remembering) -> list[str]:
        await memory.until(lambda: any(key.startswith("listening:") for key in memory.entities))
        return [key for key in memory.entities if key.startswith("listening:")]

    play(tmp_path, story)
