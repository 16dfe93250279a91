"""Many orders of one console: those for different seats do not wait for one another, those for one seat do."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from feeds.client import FeedClient, Refused
from feeds.commands import Command, Ended, LogOut, Pause, SetSwitch
from feeds.facts import SwitchRead
from feeds.gateway.ordering.orders import AT_ONCE_S
from feeds.requests import CallsParams, CallsResult, OrderParams, OrderResult, ViewRequest
from feeds.rules.access import Audience
from feeds.wire import ErrorBody
from tests.gateway.floors import START, everybody_signs_in, small_site
from tests.gateway.harness import Remembering, ToldSource, console, running_gateway, stopwatch

Story = Callable[["Slow", FeedClient, Remembering], Awaitable[None]]


class Slow:
    """A servant that takes as long for each command as the test says."""

    def __init__(self) -> None:
        self.begun: list[Command] = []
        self.release = asyncio.Event()

    def serves(self, seat: str) -> dict[str, int] | None:
        return None

    async def serve(self, command: Command, by: str) -> Ended:
        self.begun.append(command)
        await self.release.wait()
        return Ended("done")


def play(folder: Path, story: Story) -> None:
    """A gateway whose source obeys slowly, and a manager's console."""

    async def scenario() -> None:
        source, servant = ToldSource(), Slow()
        source.servant = servant
        async with (
            running_gateway(small_site(), source, folder) as gateway,
            console(gateway, "all-manager") as (link, memory),
        ):
            await memory.live()
            await source.tell(*everybody_signs_in(), *(_read(switch) for switch in ("all", "claim")))
            await story(servant, link, memory)
            servant.release.set()

    asyncio.run(scenario())


def _read(switch: str) -> SwitchRead:
    return SwitchRead(at=START, switch=switch, value="normal", asked="normal", proved=True)


async def give(link: FeedClient, name: str, expires_ms: int | None = None, **args: object) -> str:
    """The first answer to an order: its state, or why it was not begun."""
    params = OrderParams(secrets.token_hex(4), name, args=args, expires_ms=expires_ms)
    try:
        return (await link.ask("order", params, OrderResult)).state
    except Refused as refused:
        return refused.error.message


def pause(link: FeedClient, seat: str) -> Awaitable[str]:
    return give(link, "seat.pause", seat=seat, reason="用餐")


@pytest.mark.slow
def test_orders_for_many_seats_are_all_begun_at_once_and_answered_together(tmp_path: Path) -> None:
    seats = [f"s{number}" for number in range(6)]

    async def story(servant: Slow, link: FeedClient, memory: Remembering) -> None:
        async with stopwatch() as passed:
            answers = await asyncio.gather(*(pause(link, seat) for seat in seats))
            took = passed()
        assert answers == ["running"] * 6
        assert [one.seat for one in servant.begun if isinstance(one, Pause)] == seats, "in the order in which they came"
        # Each takes so long until it is answered; one after the other they would have taken six times as long.
        assert took < 4 * AT_ONCE_S

    play(tmp_path, story)


def test_a_second_order_for_a_seat_waits_for_the_first_answer_and_others_do_not(tmp_path: Path) -> None:
    async def story(servant: Slow, link: FeedClient, memory: Remembering) -> None:
        first = asyncio.ensure_future(pause(link, "s0"))
        await asyncio.sleep(0)
        second = asyncio.ensure_future(give(link, "seat.logout", seat="s0"))
        await memory.until(lambda: servant.begun)
        assert not first.done()
        assert servant.begun == [Pause("s0", "用餐")]
        servant.release.set()
        assert await first == "done"
        await second
        assert servant.begun == [Pause("s0", "用餐"), LogOut("s0")]

    play(tmp_path, story)


@pytest.mark.slow
def test_switches_are_turned_one_after_the_other_as_one_may_decide_what_another_does(tmp_path: Path) -> None:
    async def story(servant: Slow, link: FeedClient, memory: Remembering) -> None:
        first, second = (
            asyncio.ensure_future(give(link, "switch.set", switch=one, value="announce")) for one in ("all", "claim")
        )
        await memory.until(lambda: servant.begun)
        for seat in ("s0", "s1"):  # what comes behind is held up with them, and for no longer
            assert await pause(link, seat) == "running"
        assert first.done()
        assert await second == "running"
        assert servant.begun[:2] == [SetSwitch("all", "announce"), SetSwitch("claim", "announce")]

    play(tmp_path, story)


@pytest.mark.slow
def test_the_time_that_an_order_has_to_begin_counts_from_when_it_came(tmp_path: Path) -> None:
    async def story(servant: Slow, link: FeedClient, memory: Remembering) -> None:
        first = asyncio.ensure_future(pause(link, "s0"))
        await asyncio.sleep(0)
        late = await give(link, "seat.logout", expires_ms=round(AT_ONCE_S * 500), seat="s0")
        assert "expired" in late, "it was behind another one for as long as it may be"
        assert servant.begun == [Pause("s0", "用餐")]
        assert await first == "running"

    play(tmp_path, story)


@pytest.mark.slow
def test_what_takes_an_order_back_waits_for_the_seat_that_it_was_for(tmp_path: Path) -> None:
    async def story(servant: Slow, link: FeedClient, memory: Remembering) -> None:
        servant.release.set()
        params = OrderParams("first", "seat.ready", {"seat": "s0"})
        order = (await link.ask("order", params, OrderResult)).order
        servant.release.clear()
        busy = asyncio.ensure_future(pause(link, "s0"))
        await memory.until(lambda: len(servant.begun) == 2)
        undone = asyncio.ensure_future(give(link, "seat.undo", order=order))
        assert await pause(link, "s1") == "running", "what comes behind is held up with it"
        assert await busy == "running"
        await undone

    play(tmp_path, story)


def test_what_was_written_down_is_carried_out_and_ended_when_the_console_goes_in_that_very_moment(
    tmp_path: Path,
) -> None:
    async def scenario() -> None:
        source, servant = ToldSource(), Slow()
        source.servant = servant
        servant.release.set()
        async with running_gateway(small_site(), source, tmp_path) as gateway:
            orders = gateway.services.orders
            begin, written = orders._begin, asyncio.Event()

            async def slowly(*given: Any) -> Any:
                (asker,) = gateway.services.pump.subscribers
                written.set()
                await gone.until(lambda: asker not in gateway.services.pump.subscribers)
                return await begin(*given)

            orders._begin = slowly  # type: ignore[method-assign]
            async with console(gateway, "all-manager") as (link, gone):
                await gone.live()
                await source.tell(*everybody_signs_in())
                asking = asyncio.ensure_future(pause(link, "s0"))
                await written.wait()
            await asyncio.gather(asking, return_exceptions=True)
            async with console(gateway, "all-manager") as (_, memory):
                await memory.live()
                await memory.until(lambda: _ends(memory) == ["done"])

    asyncio.run(scenario())


def test_a_console_that_goes_while_its_orders_are_on_their_way_leaves_nothing_behind(tmp_path: Path) -> None:
    async def scenario() -> None:
        source, servant = ToldSource(), Slow()
        source.servant = servant
        async with running_gateway(small_site(), source, tmp_path) as gateway:
            async with console(gateway, "all-manager") as (link, memory):
                await memory.live()
                await source.tell(*everybody_signs_in())
                given = [asyncio.ensure_future(pause(link, f"s{number % 3}")) for number in range(9)]
                await memory.until(lambda: len(servant.begun) == 3)
            await asyncio.gather(*given, return_exceptions=True)
            servant.release.set()
            async with console(gateway, "all-manager") as (_, memory):
                await memory.live()
                await memory.until(lambda: _ends(memory) == ["done"] * len(servant.begun))

    asyncio.run(scenario())


def _ends(memory: Remembering) -> list[str]:
    return [getattr(one, "state", "") for key, one in memory.entities.items() if key.startswith("order:")]


@pytest.mark.slow
def test_an_order_does_not_wait_for_the_answer_to_a_question(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nor does a question wait for the view that was chosen after it: it is answered for whom it was asked."""

    async def scenario() -> None:
        async with running_gateway(small_site(), ToldSource(), tmp_path) as gateway:
            archive, go, asked = gateway.services.archive, asyncio.Event(), list[Audience]()
            opened = archive.calls

            async def calls(viewer: Audience, params: CallsParams) -> CallsResult | ErrorBody:
                asked.append(viewer)
                await go.wait()
                return await opened(viewer, params)

            monkeypatch.setattr(archive, "calls", calls)
            async with console(gateway, "all-manager") as (link, memory):
                await memory.live()
                question = CallsParams("answered", scope="site")
                questions = [asyncio.create_task(link.ask("calls", question, CallsResult)) for _ in range(3)]
                await memory.until(lambda: asked)
                order = OrderParams(secrets.token_hex(4), "handover.note", {"text": "look at vip"})
                assert (await link.ask("order", order, OrderResult)).state == "done"
                await link.view(ViewRequest(queues=["claim"]))
                assert not any(one.done() for one in questions) and len(asked) == 1, "one question after the other"
                go.set()
                assert [(await one).total for one in questions] == [0, 0, 0]
                assert len(asked) == 3 and len(set(asked)) == 1, "as it was when they were asked"
                await link.ask("calls", CallsParams("answered", scope="queue:claim"), CallsResult)
                assert asked[-1] != asked[0]

    asyncio.run(scenario())
