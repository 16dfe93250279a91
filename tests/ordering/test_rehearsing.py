"""Orders that are rehearsed, that need a reason, that two give at once and that are taken back, at a real gateway."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from config.schema import OrderSettings, Site
from feeds.client import FeedClient, Refused
from feeds.commands import Ended, Join, LogOut, MakeReady, MoveSeat, Pause
from feeds.entities import Order, Seat
from feeds.facts import SeatChanged
from feeds.gateway.books.store import StoreError
from feeds.gateway.consoles.serve import Gateway
from feeds.requests import OrderParams, OrderResult, Quota
from tests.gateway.floors import START, a_call, everybody_signs_in, small_site
from tests.gateway.harness import Remembering, ToldSource, console, running_gateway
from tests.gateway.servants import Obedient

pytestmark = pytest.mark.usefixtures("orders_have_time")

Story = Callable[[Obedient, FeedClient, Remembering, Gateway], Awaitable[None]]


def play(tmp_path: Path, story: Story, site: Site | None = None, token: str = "all-manager") -> None:
    """Run a story on a floor where everybody has signed in."""

    async def scenario() -> None:
        own, source = site or small_site(), ToldSource()
        servant = Obedient(own, source)
        source.servant = servant
        async with running_gateway(own, source, tmp_path) as gateway, console(gateway, token) as (link, memory):
            await memory.live()
            await source.tell(*everybody_signs_in())
            await memory.until(lambda: "seat:s7" in memory.entities)
            await story(servant, link, memory, gateway)

    asyncio.run(scenario())


async def order(link: FeedClient, name: str, *, rehearse: bool = False, why: str = "", **args: Any) -> OrderResult:
    params = OrderParams(secrets.token_hex(4), name, args=args, rehearse=rehearse, reason=why)
    return await link.ask("order", params, OrderResult)


def told(memory: Remembering, result: OrderResult) -> Order:
    found = memory.entities.get(f"order:{result.order}")
    return found if isinstance(found, Order) else Order(key="", rev=0, name="", state="accepted", by="", at=0)


def state_of(memory: Remembering, seat: str) -> tuple[str, str]:
    found = memory.entities[f"seat:{seat}"]
    assert isinstance(found, Seat)
    return found.state, found.reason


async def still_away(servant: Obedient, memory: Remembering, seat: str, reason: str) -> None:
    """Have a source that was there all the time show the pause that it showed to the gateway before."""
    await memory.until(lambda: state_of(memory, seat)[0] == "ready")
    found = memory.entities[f"seat:{seat}"]
    assert isinstance(found, Seat)
    await servant.source.tell(SeatChanged(at=START, seat=seat, state="break", agent=found.agent, reason=reason))
    await memory.until(lambda: state_of(memory, seat) == ("break", reason))


# Rehearsed


def test_a_rehearsal_says_what_would_happen_to_whom_and_does_nothing(tmp_path: Path) -> None:
    async def story(servant: Obedient, link: FeedClient, memory: Remembering, gateway: Gateway) -> None:
        await servant.source.tell(*a_call(1, "claim", START, 1, ends=False))
        free = await order(link, "seat.logout", rehearse=True, seat="s0")
        assert (free.state, free.code, free.hits, free.hit_count) == ("accepted", "effect.logout", ["seat:s0"], 1)
        busy = await order(link, "seat.logout", rehearse=True, seat="s1")
        assert (busy.code, busy.hits) == ("effect.logout_call", ["seat:s1", "call:l1"])
        cut = await order(link, "call.hangup", rehearse=True, call="call:l1")
        assert (cut.code, cut.hits) == ("effect.hangup_talk", ["call:l1", "seat:s1"])
        moved = await order(link, "seat.move", rehearse=True, seat="s0", join=[{"queue": "vip"}], leave=["claim"])
        assert (moved.code, moved.values) == ("effect.move", {"queues": ["vip"], "left": ["claim"]})
        await servant.source.tell(SeatChanged(at=START, seat="s2", state="acw", agent="a2"))
        wraps_up = await order(link, "seat.pause", rehearse=True, seat="s2", reason="lunch")
        assert wraps_up.code == "after_work.pause"
        assert servant.served == []
        rows = await gateway.services.orders._store.audit()
        assert [row.stage for row in rows] == ["rehearsed"] * 5

    play(tmp_path, story)


def test_a_rehearsal_names_no_call_of_a_queue_that_is_out_of_sight(tmp_path: Path) -> None:
    async def story(servant: Obedient, link: FeedClient, memory: Remembering, gateway: Gateway) -> None:
        await servant.source.tell(*a_call(1, "dual", START, 0, ends=False), *a_call(2, "claim", START, 5, ends=False))
        await memory.until(lambda: state_of(memory, "s0")[0] == "talking")
        found = await order(link, "seat.pause", rehearse=True, seat="s0", reason="lunch")
        assert (found.state, found.hits, found.hit_count) == ("accepted", ["seat:s0"], 1)

    play(tmp_path, story, token="only-claim")


def test_an_order_does_not_tell_everybody_of_a_number_that_it_was_given(tmp_path: Path) -> None:
    async def story(servant: Obedient, link: FeedClient, memory: Remembering, gateway: Gateway) -> None:
        result = await order(link, "call.redirect", call=["l1"], to="13812345678")
        await memory.until(lambda: told(memory, result).state == "refused")
        assert told(memory, result).about == ""
        assert told(memory, await order(link, "notice.send", to="floor", text="hello")).about in ("", "floor")

    play(tmp_path, story)


def test_whoever_is_away_already_is_said_to_be(tmp_path: Path) -> None:
    async def story(servant: Obedient, link: FeedClient, memory: Remembering, gateway: Gateway) -> None:
        await done(link, memory, "seat.pause", seat="s0", reason="lunch")
        same = await order(link, "seat.pause", rehearse=True, seat="s0", reason="lunch")
        assert (same.state, same.code) == ("accepted", "effect.pause_same")
        other = await order(link, "seat.pause", rehearse=True, seat="s0", reason="course")
        assert (other.state, other.code) == ("accepted", "effect.pause_other")

    play(tmp_path, story)


def test_a_rehearsal_is_refused_as_the_order_would_be(tmp_path: Path) -> None:
    async def story(servant: Obedient, link: FeedClient, memory: Remembering, gateway: Gateway) -> None:
        assert (await order(link, "seat.pause", seat="s0", reason="lunch")).state == "done"
        full = await order(link, "seat.pause", rehearse=True, seat="s4", reason="lunch")
        assert (full.state, full.code) == ("refused", "break.full")
        assert full.values == {"away": 1, "quota": 1, "team": "team-1"}
        assert (await order(link, "seat.ready", rehearse=True, seat="s99")).code == "seat.unknown"
        assert (await order(link, "alarm.acknowledge", rehearse=True, alarm="alarm:x")).code == "alarm.gone"

    play(tmp_path, story, replace(small_site(), break_quota=1))


def test_a_break_is_rehearsed_with_the_quota_whose_place_it_would_take(tmp_path: Path) -> None:
    async def story(servant: Obedient, link: FeedClient, memory: Remembering, gateway: Gateway) -> None:
        told = [
            await order(link, "seat.pause", rehearse=True, seat=seat, reason="lunch") for seat in ("s0", "s4", "s1")
        ]
        assert [one.state for one in told] == ["accepted"] * 3, "each by itself"
        assert [one.quota for one in told] == [Quota("team-1", 1, 2), Quota("team-1", 1, 2), Quota("team-2", 1, 2)]
        assert (await order(link, "seat.pause", rehearse=True, seat="s0", reason="training")).quota is None
        assert (await order(link, "seat.logout", rehearse=True, seat="s0")).quota is None
        await order(link, "seat.pause", seat="s0", reason="lunch")
        await memory.until(lambda: state_of(memory, "s0")[0] == "break")
        again = await order(link, "seat.pause", rehearse=True, seat="s0", reason="tea")
        assert (again.state, again.quota) == ("accepted", None), "has a place already"
        full = await order(link, "seat.pause", rehearse=True, seat="s4", reason="lunch")
        assert (full.state, full.code, full.quota) == ("refused", "break.full", Quota("team-1", 1, 2, away=1))

    play(tmp_path, story, replace(small_site(), break_quota=1))


def test_a_notice_is_rehearsed_with_everybody_who_would_see_it(tmp_path: Path) -> None:
    async def story(servant: Obedient, link: FeedClient, memory: Remembering, gateway: Gateway) -> None:
        team = await order(link, "notice.send", rehearse=True, to="team:team-1", text="stay", minutes=5)
        assert (sorted(team.hits), team.values) == (["seat:s0", "seat:s4"], {"count": 2, "minutes": 5})
        assert (await order(link, "notice.send", rehearse=True, to="floor", text="stay")).hit_count == 8
        assert (await order(link, "notice.send", rehearse=True, to="floor", text="")).code == "notice.empty"
        assert not [key for key in memory.entities if key.startswith("notice:")]

    play(tmp_path, story)


# Reasons


def test_an_order_for_which_the_site_asks_a_reason_is_not_begun_without_one(tmp_path: Path) -> None:
    site = replace(small_site(), orders=OrderSettings(reason_for=("seat.logout",)))

    async def story(servant: Obedient, link: FeedClient, memory: Remembering, gateway: Gateway) -> None:
        with pytest.raises(Refused) as caught:
            await order(link, "seat.logout", seat="s0")
        data = caught.value.error.data
        assert data is not None
        assert (data.rule, data.code, data.values) == (
            "orders.reason",
            "order.reason_missing",
            {"order": "seat.logout"},
        )
        with pytest.raises(Refused):
            await order(link, "seat.logout", seat="s0", why="x" * 201)
        assert servant.served == []
        assert (await order(link, "seat.logout", seat="s0", why="went home ill")).state == "done"
        rows = await gateway.services.orders._store.audit()
        assert {row.reason for row in rows if row.stage != "refused"} == {"went home ill"}
        assert sum(row.stage == "refused" for row in rows) == 2, "what was not begun is in the books as well"
        assert (await order(link, "seat.ready", seat="s1")).state == "done", "only for what the site names"

    play(tmp_path, story, site)


# Two at once


def test_of_two_supervisors_who_press_at_the_same_time_the_second_is_told_what_the_first_does(tmp_path: Path) -> None:
    async def story(servant: Obedient, link: FeedClient, memory: Remembering, gateway: Gateway) -> None:
        servant.slow = asyncio.Event()
        first = asyncio.create_task(order(link, "seat.logout", seat="s0"))
        async with console(gateway, "all-supervisor") as (other, others):
            await others.live()
            await others.until(lambda: servant.served)
            second = await order(other, "seat.pause", seat="s0", reason="lunch")
            assert (second.state, second.code) == ("refused", "order.taken")
            assert second.values == {"by": "all-manager", "order": "seat.logout"}
            servant.slow.set()
            assert (await first).state == "done"
            assert servant.served == [LogOut("s0")]
            ended = await first
            for desk in (memory, others):  # one truth on both
                await desk.until(lambda desk=desk: told(desk, ended).state == "done")  # type: ignore[misc]

    play(tmp_path, story)


# Taken back


async def done(link: FeedClient, memory: Remembering, name: str, **args: Any) -> OrderResult:
    result = await order(link, name, **args)
    assert result.state == "done"
    await memory.until(lambda: told(memory, result).state == "done")
    return result


def test_a_pause_is_undone_by_making_ready_and_is_told_as_undone(tmp_path: Path) -> None:
    async def story(servant: Obedient, link: FeedClient, memory: Remembering, gateway: Gateway) -> None:
        paused = await done(link, memory, "seat.pause", seat="s0", reason="lunch")
        until = told(memory, paused).undo_until
        assert until is not None
        assert told(memory, paused).about == "seat:s0"
        undo = await order(link, "seat.undo", order=paused.order)
        assert (undo.state, servant.served[-1]) == ("done", MakeReady("s0"))
        await memory.until(lambda: told(memory, paused).state == "undone")
        assert state_of(memory, "s0") == ("ready", "")
        assert told(memory, paused).undo_until is None
        assert (await order(link, "seat.undo", order=paused.order)).code == "undo.twice"
        assert (await order(link, "seat.undo", order=undo.order)).code == "undo.gone"

    play(tmp_path, story)


def test_the_end_of_a_pause_is_undone_by_the_same_pause(tmp_path: Path) -> None:
    async def story(servant: Obedient, link: FeedClient, memory: Remembering, gateway: Gateway) -> None:
        await servant.becomes("s0", "training", "course")
        ready = await done(link, memory, "seat.ready", seat="s0")
        assert (await order(link, "seat.undo", order=ready.order)).state == "done"
        assert servant.served[-1] == Pause("s0", "course")

    play(tmp_path, story)


def test_a_move_is_undone_by_what_the_source_says_undoes_it(tmp_path: Path) -> None:
    async def story(servant: Obedient, link: FeedClient, memory: Remembering, gateway: Gateway) -> None:
        back = MoveSeat("s0", (Join("claim", 2),), ("vip",))
        servant.end = Ended("done", inverse=back)
        moved = await done(link, memory, "seat.move", seat="s0", join=[{"queue": "vip"}], leave=["claim"])
        assert (await order(link, "seat.undo", order=moved.order)).state == "done"
        assert servant.served[-1] == back

    play(tmp_path, story)


def test_a_move_is_not_undone_where_somebody_has_moved_the_agent_since_without_an_order(tmp_path: Path) -> None:
    serves = {"claim": 1}

    async def story(servant: Obedient, link: FeedClient, memory: Remembering, gateway: Gateway) -> None:
        servant.serves = lambda _: dict(serves)  # type: ignore[method-assign]
        servant.end = Ended("done", inverse=MoveSeat("s0", (Join("claim", 0),)))
        moved = await done(link, memory, "seat.move", seat="s0", join=[{"queue": "claim", "penalty": 1}])
        serves["claim"] = 3
        found = await order(link, "seat.undo", order=moved.order)
        assert (found.state, found.code, len(servant.served)) == ("refused", "undo.past", 1)
        serves["claim"] = 1
        assert (await order(link, "seat.undo", order=moved.order)).state == "done"

    play(tmp_path, story)


def test_what_was_overtaken_or_is_anothers_is_not_undone(tmp_path: Path) -> None:
    async def story(servant: Obedient, link: FeedClient, memory: Remembering, gateway: Gateway) -> None:
        first = await done(link, memory, "seat.pause", seat="s0", reason="lunch")
        await done(link, memory, "seat.pause", seat="s0", reason="course")
        assert (await order(link, "seat.undo", order=first.order)).code == "undo.overtaken"
        mine = await done(link, memory, "seat.pause", seat="s1", reason="lunch")
        async with console(gateway, "all-supervisor") as (other, others):
            await others.live()
            assert (await order(other, "seat.undo", order=mine.order)).code == "undo.gone"
        await servant.source.tell(SeatChanged(at=START, seat="s1", state="offline"))
        assert (await order(link, "seat.undo", order=mine.order)).code == "undo.other"

    play(tmp_path, story)


@pytest.mark.logs("cannot be kept")
def test_an_order_is_undone_by_the_gateway_that_comes_after_a_crash(tmp_path: Path) -> None:
    orders = list[OrderResult]()

    async def before(servant: Obedient, link: FeedClient, memory: Remembering, gateway: Gateway) -> None:
        orders.append(await done(link, memory, "seat.pause", seat="s0", reason="lunch"))
        orders.append(await done(link, memory, "seat.pause", seat="s1", reason="lunch"))
        orders.append(await done(link, memory, "seat.pause", seat="s1", reason="course"))
        gateway.services.orders._store.conclude = _never  # type: ignore[method-assign]
        orders.append(await order(link, "seat.pause", seat="s2", reason="lunch"))

    async def after(servant: Obedient, link: FeedClient, memory: Remembering, gateway: Gateway) -> None:
        first, overtaken, newer, unkept = orders
        await still_away(servant, memory, "s0", "lunch")
        await still_away(servant, memory, "s1", "course")
        assert told(memory, first).undo_until is not None
        until = told(memory, unkept)
        assert (until.state, until.undo_until) == ("done", None), "what cannot be undone is not offered"
        assert (await order(link, "seat.undo", order=unkept.order)).code == "undo.gone"
        assert (await order(link, "seat.undo", order=overtaken.order)).code == "undo.gone"
        assert servant.served == []
        assert (await order(link, "seat.undo", order=first.order)).state == "done"
        await memory.until(lambda: told(memory, first).state == "undone")
        assert (await order(link, "seat.undo", order=newer.order)).state == "done"
        assert servant.served == [MakeReady("s0"), Pause("s1", "lunch")]

    async def at_last(servant: Obedient, link: FeedClient, memory: Remembering, gateway: Gateway) -> None:
        assert (await order(link, "seat.undo", order=orders[0].order)).code == "undo.twice"
        assert servant.served == []

    play(tmp_path, before)
    play(tmp_path, after)
    play(tmp_path, at_last)


@pytest.mark.logs("what would undo it is unreadable")
def test_a_gateway_begins_although_what_would_undo_an_order_is_unreadable(tmp_path: Path) -> None:
    orders = list[OrderResult]()

    async def before(servant: Obedient, link: FeedClient, memory: Remembering, gateway: Gateway) -> None:
        orders.append(await done(link, memory, "seat.pause", seat="s0", reason="lunch"))
        orders.append(await done(link, memory, "seat.pause", seat="s1", reason="lunch"))
        await gateway.services.orders._store.keep("undo/seat:s0", b'{"order": 7}')

    async def after(servant: Obedient, link: FeedClient, memory: Remembering, gateway: Gateway) -> None:
        await still_away(servant, memory, "s1", "lunch")
        assert [told(memory, one).undo_until is None for one in orders] == [True, False]
        assert (await order(link, "seat.undo", order=orders[0].order)).code == "undo.gone"
        assert (await order(link, "seat.undo", order=orders[1].order)).state == "done"

    play(tmp_path, before)
    play(tmp_path, after)


async def _never(*_: Any) -> None:
    raise StoreError("the power failed here")


def test_a_site_may_leave_no_time_to_undo(tmp_path: Path) -> None:
    async def story(servant: Obedient, link: FeedClient, memory: Remembering, gateway: Gateway) -> None:
        paused = await done(link, memory, "seat.pause", seat="s0", reason="lunch")
        assert told(memory, paused).undo_until is None
        assert (await order(link, "seat.undo", order=paused.order)).code == "undo.gone"

    play(tmp_path, story, replace(small_site(), orders=OrderSettings(undo_seconds=0)))
