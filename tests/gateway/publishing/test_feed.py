"""A real gateway and real consoles on loopback: what they are sent, and when they believe it."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from feeds.client import Refused
from feeds.entities import AnyEntity, Call, Figures
from feeds.gateway.consoles.serve import Gateway
from feeds.requests import AgentParams, AgentResult, CallsParams, CallsResult, HistoryParams, HistoryResult, ViewRequest
from feeds.rules.access import audience, place_of, shown
from tests.gateway.floors import NUMBER, START, a_call, a_morning, everybody_signs_in, small_site
from tests.gateway.harness import Remembering, ToldSource, console, running_gateway


def floor_view(gateway: Gateway, token: str, view: ViewRequest | None = None) -> dict[str, AnyEntity]:
    """What a token should see, straight from the floor."""
    found = gateway.services.credentials.find(token)
    assert found is not None
    viewer = audience(gateway.services.site, found.role, found.token, view)
    return {
        entity.key: shown(viewer, entity)
        for entity in gateway.services.engine.session.floor.entities()
        if viewer.sees(place_of(entity))
    }


async def caught_up(gateway: Gateway, memory: Remembering, token: str, view: ViewRequest | None = None) -> None:
    await memory.until(lambda: memory.entities == floor_view(gateway, token, view))


def test_a_console_has_what_the_floor_has_after_every_burst_of_facts(tmp_path: Path) -> None:
    async def scenario() -> None:
        site, source, facts = small_site(), ToldSource(), a_morning()
        async with running_gateway(site, source, tmp_path) as gateway, console(gateway, "all-manager") as (_, memory):
            await memory.live()
            for begin in range(0, len(facts), 20):
                await source.tell(*facts[begin : begin + 20])
                await caught_up(gateway, memory, "all-manager")
            assert memory.snapshots == 1
            assert any(isinstance(entity, Call) and entity.number == NUMBER for entity in memory.entities.values())

    asyncio.run(scenario())


@pytest.mark.slow
@pytest.mark.parametrize("token", ["all-wall", "only-claim", "only-team-1", "only-north", "claim-of-team-1"])
def test_a_limited_console_has_exactly_what_its_scope_covers(tmp_path: Path, token: str) -> None:
    async def scenario() -> None:
        site, source = small_site(), ToldSource()
        async with running_gateway(site, source, tmp_path) as gateway, console(gateway, token) as (_, memory):
            await memory.live()
            facts = a_morning()
            for begin in range(0, len(facts), 25):
                await source.tell(*facts[begin : begin + 25])
                await caught_up(gateway, memory, token)
            beats = len(memory.beats)
            await memory.until(lambda: len(memory.beats) > beats)
            assert memory.snapshots == 1
            assert memory.state == "live"

    asyncio.run(scenario())


@pytest.mark.slow
def test_a_console_may_narrow_and_widen_what_it_sees(tmp_path: Path) -> None:
    async def scenario() -> None:
        site, source = small_site(), ToldSource()
        async with (
            running_gateway(site, source, tmp_path) as gateway,
            console(gateway, "all-manager") as (link, memory),
        ):
            await memory.live()
            await source.tell(*a_morning())
            narrow = ViewRequest(queues=["claim"])
            await link.view(narrow)
            await caught_up(gateway, memory, "all-manager", narrow)
            assert "figures:site:today" not in memory.entities
            await source.tell(
                *a_call(90, "vip", START + 3_000_000), *a_call(91, "claim", START + 3_000_000, ends=False)
            )
            await caught_up(gateway, memory, "all-manager", narrow)
            await link.view(None)
            await caught_up(gateway, memory, "all-manager")
            assert "figures:site:today" in memory.entities
            beats = len(memory.beats)
            await memory.until(lambda: len(memory.beats) > beats and memory.state == "live")

    asyncio.run(scenario())


def test_a_returning_console_is_told_only_what_it_missed(tmp_path: Path) -> None:
    async def scenario() -> None:
        site, source = small_site(), ToldSource()
        async with running_gateway(site, source, tmp_path) as gateway, console(gateway, "only-claim") as (link, memory):
            await memory.live()
            await source.tell(*everybody_signs_in(), *a_call(1, "claim", START + 1000, ends=False))
            await caught_up(gateway, memory, "only-claim")
            assert "call:l1" in memory.entities
            for desk in list(gateway._desks):
                desk.connection.transport.abort()
            await source.tell(*a_call(2, "claim", START + 2000, 0), *a_call(1, "claim", START + 1000)[2:])
            await memory.until(lambda: [state for state, _ in memory.states].count("live") > 1)
            await caught_up(gateway, memory, "only-claim")
            assert "call:l1" not in memory.entities
            assert memory.snapshots == 1
            assert link.session is not None and link.session.resumed

    asyncio.run(scenario())


def test_history_is_told_by_quarter_hours_and_only_inside_the_scope(tmp_path: Path) -> None:
    async def scenario() -> None:
        site, source = small_site(), ToldSource()
        async with running_gateway(site, source, tmp_path) as gateway, console(gateway, "only-claim") as (link, memory):
            await memory.live()
            await source.tell(*a_morning())
            asked = HistoryParams("offered", START, START + 3_600_000, queue="claim")
            result = await link.ask("history", asked, HistoryResult)
            assert sum(point or 0 for point in result.points) == 6
            assert result.definition and result.step == 900
            with pytest.raises(Refused, match="outside your scope") as refused:
                await link.ask("history", HistoryParams("offered", START, START + 3_600_000), HistoryResult)
            assert refused.value.error.data is not None
            assert (refused.value.error.data.retry, refused.value.error.data.rule) == ("no", "access.scope")
            with pytest.raises(Refused, match="no figure"):
                await link.ask("history", HistoryParams("nonsense", START, START + 1, queue="claim"), HistoryResult)

    asyncio.run(scenario())


def test_a_display_opens_no_calls(tmp_path: Path) -> None:
    async def scenario() -> None:
        site, source = small_site(), ToldSource()
        async with running_gateway(site, source, tmp_path) as gateway, console(gateway, "all-wall") as (link, memory):
            await memory.live()
            await source.tell(*a_morning())
            await caught_up(gateway, memory, "all-wall")
            result = await link.ask("calls", CallsParams("offered", queue="claim", window="today"), CallsResult)
            assert (result.calls, result.total, result.hidden) == ([], 0, 6)
            for asked in (AgentParams(agent="a0"), AgentParams(seat="s0")):
                with pytest.raises(Refused, match="no such agent in sight"):
                    await link.ask("agent", asked, AgentResult)

    asyncio.run(scenario())


@pytest.mark.parametrize("token", ["all-manager", "only-claim"])
def test_an_opened_figure_shows_the_very_calls_that_it_counts(tmp_path: Path, token: str) -> None:
    async def scenario() -> None:
        site, source = small_site(), ToldSource()
        async with running_gateway(site, source, tmp_path) as gateway, console(gateway, token) as (link, memory):
            await memory.live()
            await source.tell(*a_morning())
            await caught_up(gateway, memory, token)
            for window in ("today", "5m", "15m", "30m", "60m"):
                figures = memory.entities[f"figures:queue:claim:{window}"]
                assert isinstance(figures, Figures)
                for figure in ("offered", "answered", "abandoned", "handled", "pending", "waiting", "short_abandons"):
                    asked = CallsParams(figure, queue="claim", window=window)
                    result = await link.ask("calls", asked, CallsResult)
                    assert sum(result.counted) == figures.values[figure], (window, figure)
                    masked = token != "all-manager"
                    assert {call.number for call in result.calls} <= {"138****5678" if masked else NUMBER}
            few = await link.ask("calls", CallsParams("offered", queue="claim", limit=2), CallsResult)
            assert len(few.calls) == 2 and few.total == 6
            past = await link.ask(
                "calls", CallsParams("waiting", queue="claim", at=START + 1000, window="now"), CallsResult
            )
            assert [call.leg for call in past.calls] == ["l0"] and past.calls[0].outcome == "waiting"

    asyncio.run(scenario())
