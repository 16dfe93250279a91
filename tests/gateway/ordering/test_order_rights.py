"""Whose orders are carried out: rights that are gone, alarms and queues of others, somebody else in the seat."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from feeds import wire
from feeds.client import FeedClient, Refused
from feeds.commands import Ended, MakeReady, Pause
from feeds.entities import Seat
from feeds.facts import SeatChanged
from feeds.gateway.consoles.serve import Gateway
from feeds.gateway.credentials import Pass
from feeds.gateway.ordering.giver import Giver
from feeds.requests import OrderParams, OrderResult
from feeds.rules.access import audience
from tests.gateway.floors import START, TOKENS, everybody_signs_in, small_site, token
from tests.gateway.giving import ALARM, give, raise_an_alarm
from tests.gateway.harness import Remembering, ToldSource, console, running_gateway
from tests.gateway.servants import Obedient

pytestmark = pytest.mark.usefixtures("orders_have_time")

Story = Callable[[Obedient, FeedClient, Remembering, Gateway], Awaitable[None]]
PAUSE: dict[str, Any] = {"seat": "s1", "reason": "小休"}


def play(tmp_path: Path, story: Story, name: str = "all-supervisor") -> None:
    """Run a story on a floor where everybody has signed in, at the console of a credential."""

    async def scenario() -> None:
        site, source = small_site(tokens=(*TOKENS, token("boss-of-team-1", "manager", teams=["team-1"]))), ToldSource()
        servant = Obedient(site, source)
        source.servant = servant
        async with running_gateway(site, source, tmp_path) as gateway, console(gateway, name) as (link, memory):
            await memory.live()
            await source.tell(*everybody_signs_in())
            await memory.until(lambda: bool(memory.entities))
            await story(servant, link, memory, gateway)

    asyncio.run(scenario())


def seat(memory: Remembering, name: str) -> Seat:
    found = memory.entities[f"seat:{name}"]
    assert isinstance(found, Seat)
    return found


async def everybody_sits(memory: Remembering, *names: str) -> None:
    await memory.until(lambda: all(f"seat:{name}" in memory.entities for name in names))


def test_who_has_lost_the_right_is_told_what_became_of_what_was_ordered_with_it(tmp_path: Path) -> None:
    async def story(servant: Obedient, link: FeedClient, memory: Remembering, gateway: Gateway) -> None:
        await everybody_sits(memory, "s1", "s2")
        assert (await give(link, "seat.pause", "mine", args=PAUSE)).state == "done"
        held = gateway.services.credentials.now("all-supervisor")
        assert held is not None
        poor = Pass(held.token, replace(held.role, rights=()))
        giver = Giver(poor, audience(gateway.services.site, poor.role, poor.token))
        orders = gateway.services.orders
        again = await orders.give(giver, OrderParams("mine", "seat.pause", PAUSE, expires_ms=0))
        assert isinstance(again, OrderResult) and again.state == "done"
        other = await orders.give(giver, OrderParams("new", "seat.pause", {**PAUSE, "seat": "s2"}))
        assert not isinstance(other, OrderResult) and other.data is not None and other.data.rule == "access.rights"
        assert servant.served == [Pause("s1", "小休")]

    play(tmp_path, story)


def test_an_order_that_is_not_begun_is_in_the_books_with_why(tmp_path: Path) -> None:
    async def story(servant: Obedient, link: FeedClient, memory: Remembering, gateway: Gateway) -> None:
        await everybody_sits(memory, "s1")
        for name, more in (
            ("seat.logout", {"args": {"seat": "s1"}}),
            ("seat.pause", {"args": PAUSE, "expires_ms": 0}),
            ("seat.pause", {"args": PAUSE, "expect": {"seat:s1": 0}}),
        ):
            with pytest.raises(Refused):
                await give(link, name, **more)
        await asyncio.gather(*gateway.services.orders._noting)
        rows = await gateway.services.orders._store.audit()
        assert [(row.stage, row.token, row.name) for row in rows] == [
            ("refused", "all-wall", name) for name in ("seat.logout", "seat.pause", "seat.pause")
        ]
        assert all("no right to give" in row.text for row in rows)

    play(tmp_path, story, "all-wall")


def test_an_order_does_not_make_everybodys_feed_and_the_books_as_long_as_somebody_likes(tmp_path: Path) -> None:
    async def story(servant: Obedient, link: FeedClient, memory: Remembering, gateway: Gateway) -> None:
        for name, args in (
            ("seat.pause", {"seat": "y" * 60_000, "reason": "x"}),
            ("alarm.acknowledge", {"alarm": "x" * 60_000}),
            ("replay.pause", {"nobody": ["reads", "this" * 10_000]}),
        ):
            with pytest.raises(Refused, match="at most 8192 bytes") as refused:
                await give(link, name, args=args)
            assert refused.value.error.data is not None and refused.value.error.data.code == "order.args"
        for name, args in (("alarm.acknowledge", {"alarm": "x" * 8000}), ("seat.ready", {"seat": "y" * 8000})):
            key = f"order:{(await give(link, name, args=args)).order}"
            await memory.until(lambda key=key: key in memory.entities and memory.entities[key].state == "refused")  # type: ignore[misc]
            assert len(wire.encode(memory.entities[key])) < 1000
        await asyncio.gather(*gateway.services.orders._noting)
        rows = await gateway.services.orders._store.audit()
        assert [row.args for row in rows if "8192" in row.text] == [b"{}"] * 3

    play(tmp_path, story)


def test_an_order_that_is_for_somebody_is_not_given_to_whoever_sits_there_now(tmp_path: Path) -> None:
    async def story(servant: Obedient, link: FeedClient, memory: Remembering, gateway: Gateway) -> None:
        await everybody_sits(memory, "s1", "s2")
        assert (await give(link, "seat.pause", args={**PAUSE, "agent": "a1"})).state == "done"
        await servant.source.tell(SeatChanged(at=START, seat="s1", state="ready", agent="a5"))
        await memory.until(lambda: seat(memory, "s1").agent == "a5")
        for name, args in (
            ("seat.pause", PAUSE),
            ("seat.logout", {"seat": "s1"}),
            ("seat.move", {"seat": "s1", "leave": ["claim"]}),
        ):
            for rehearse in (True, False):
                found = await give(link, name, args={**args, "agent": "a1"}, rehearse=rehearse)
                assert (found.state, found.code) == ("refused", "seat.other"), name
        assert servant.served == [Pause("s1", "小休")]
        assert (await give(link, "seat.ready", args={"seat": "s1", "agent": "a5"})).state == "done"

    play(tmp_path, story)


@pytest.mark.parametrize("name", ["alarm.acknowledge", "alarm.shelve", "alarm.out_of_service"])
def test_an_alarm_of_a_queue_is_not_silenced_by_whoever_has_single_teams(tmp_path: Path, name: str) -> None:
    async def story(servant: Obedient, link: FeedClient, memory: Remembering, gateway: Gateway) -> None:
        await raise_an_alarm(servant.source, memory)
        args = {"alarm": ALARM, "reason": "in my way"} | ({"minutes": 5} if name == "alarm.shelve" else {})
        found = await give(link, name, args=args)
        assert (found.state, found.code) == ("refused", "scope.alarm")
        async with console(gateway, "all-manager") as (other, others):
            await others.live()
            assert (await give(other, name, args=args)).state == "done"

    play(tmp_path, story, "boss-of-team-1")


def test_whoever_has_single_queues_pauses_nobody_who_serves_others_now_whatever_the_site_says(tmp_path: Path) -> None:
    async def story(servant: Obedient, link: FeedClient, memory: Remembering, gateway: Gateway) -> None:
        await everybody_sits(memory, "s0")
        servant.serves = lambda _: {"claim": 0, "vip": 3}  # type: ignore[method-assign]
        found = await give(link, "seat.pause", args={"seat": "s0", "reason": "小休"})
        assert (found.state, found.code, found.values) == ("refused", "scope.other_queues", {"seat": "s0"})
        assert "vip" not in found.text
        servant.serves = lambda _: {"claim": 0}  # type: ignore[method-assign]
        assert (await give(link, "seat.pause", args={"seat": "s0", "reason": "小休"})).state == "done"
        assert servant.served == [Pause("s0", "小休")]

    play(tmp_path, story, "only-claim")


def test_whoever_has_single_queues_takes_nothing_back_that_reaches_beyond_them_now(tmp_path: Path) -> None:
    async def story(servant: Obedient, link: FeedClient, memory: Remembering, gateway: Gateway) -> None:
        await everybody_sits(memory, "s0")
        servant.serves = lambda _: {"claim": 0}  # type: ignore[method-assign]
        paused = await give(link, "seat.pause", args={"seat": "s0", "reason": "小休"})
        await shows(memory, "s0", "break", "小休")
        servant.serves = lambda _: {"claim": 0, "vip": 3}  # type: ignore[method-assign]
        for rehearse in (True, False):
            found = await give(link, "seat.undo", args={"order": paused.order}, rehearse=rehearse)
            assert (found.state, found.code) == ("refused", "scope.other_queues")
        assert servant.served == [Pause("s0", "小休")]

    play(tmp_path, story, "only-claim")


def test_whoever_has_single_queues_is_not_told_what_else_somebody_serves_who_was_moved(tmp_path: Path) -> None:
    async def story(servant: Obedient, link: FeedClient, memory: Remembering, gateway: Gateway) -> None:
        await everybody_sits(memory, "s0")
        servant.end = Ended("done", "serves claim (1), vip (2)")
        found = await give(link, "seat.move", args={"seat": "s0", "join": [{"queue": "claim"}]})
        assert (found.state, found.text) == ("done", "")
        async with console(gateway, "all-manager") as (other, others):
            await others.live()
            move = {"seat": "s0", "join": [{"queue": "claim"}]}
            assert (await give(other, "seat.move", args=move)).text == "serves claim (1), vip (2)"

    play(tmp_path, story, "only-claim")


def test_what_somebody_has_done_at_the_seat_since_is_not_taken_back_with_the_order(tmp_path: Path) -> None:
    async def story(servant: Obedient, link: FeedClient, memory: Remembering, gateway: Gateway) -> None:
        await everybody_sits(memory, "s1", "s2", "s3")
        for name, then in (("s1", ("break", "用餐")), ("s2", ("ready", ""))):
            order = await give(link, "seat.pause", args={"seat": name, "reason": "培训"})
            await shows(memory, name, "training", "培训")
            await becomes(servant, memory, name, *then)
            assert (await give(link, "seat.undo", args={"order": order.order})).code == "undo.past"
            assert (seat(memory, name).state, seat(memory, name).reason) == then
        order = await give(link, "seat.pause", args={"seat": "s3", "reason": "培训"})
        await becomes(servant, memory, "s3", "talking")
        await becomes(servant, memory, "s3", "training", "培训")
        assert (await give(link, "seat.undo", args={"order": order.order})).state == "done", "a call in between is none"
        assert servant.served[-1] == MakeReady("s3")

    play(tmp_path, story)


async def becomes(servant: Obedient, memory: Remembering, name: str, state: Any, reason: str = "") -> None:
    """Have the floor show a seat in a state that nobody ordered."""
    await servant.becomes(name, state, reason)
    await shows(memory, name, state, reason)


async def shows(memory: Remembering, name: str, state: Any, reason: str) -> None:
    """Wait for it: an order's result can be here before its fact, and "ready" is also what stood there before."""
    await memory.until(lambda: (seat(memory, name).state, seat(memory, name).reason) == (state, reason))


def test_what_an_order_expects_of_what_is_out_of_sight_is_answered_as_if_it_were_not_there(tmp_path: Path) -> None:
    async def story(servant: Obedient, link: FeedClient, memory: Remembering, gateway: Gateway) -> None:
        await everybody_sits(memory, "s0")
        hidden = gateway.services.engine.session.floor.entity("seat:s1")
        assert hidden is not None and "seat:s1" not in memory.entities
        told = set()
        for key, rev in (("seat:s1", hidden.rev), ("seat:s1", hidden.rev + 1), ("seat:none", 1)):
            with pytest.raises(Refused) as refused:
                await link.ask("order", rehearsal({key: rev}), OrderResult)
            told.add(refused.value.error.message.replace(key, "KEY"))
        assert len(told) == 1, told
        for key in ("seat:s1", "seat:none"):
            assert (await link.ask("order", rehearsal({key: None}), OrderResult)).state == "accepted"

    def rehearsal(expect: dict[str, Any]) -> OrderParams:
        args = {"seat": "s0", "reason": "小休"}
        return OrderParams("look", "seat.pause", args, expect=expect, rehearse=True)

    play(tmp_path, story, "only-team-1")
