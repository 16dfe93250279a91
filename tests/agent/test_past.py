"""What a gateway tells of one agent: the states of the day, the calls, the queues, to whoever may see them."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from feeds.client import FeedClient, Refused
from feeds.facts import SEAT_STATES, SeatChanged, Tick
from feeds.gateway.books.store import Store
from feeds.gateway.consoles.serve import Gateway
from feeds.gateway.running.recording import open_recorded
from feeds.gateway.running.shelf import Shelf, Wish
from feeds.requests import AgentParams, AgentResult, CallsParams, CallsResult
from tests.gateway.floors import NUMBER, START, a_call, everybody_signs_in, small_site
from tests.gateway.harness import ToldSource, console, running_gateway
from tests.gateway.recordings import a_recording
from tests.gateway.servants import Obedient

MINUTE = 60_000
DAY = 24 * 60 * MINUTE


async def agent(link: FeedClient, **asked: object) -> AgentResult:
    return await link.ask("agent", AgentParams(**asked), AgentResult)  # type: ignore[arg-type]


def a_morning_of(agent: str = "a1") -> list[SeatChanged]:
    """Two desks, a pause and the way home."""
    at = START + 10 * MINUTE
    return [
        SeatChanged(at=at, seat="s1", state="break", agent=agent, reason="lunch"),
        SeatChanged(at=at + MINUTE, seat="s1", state="offline"),
        SeatChanged(at=at + 2 * MINUTE, seat="s7", state="offline"),
        SeatChanged(at=at + 3 * MINUTE, seat="s7", state="ready", agent=agent),
    ]


def test_the_states_of_an_agent_go_from_desk_to_desk_and_are_read_on(tmp_path: Path) -> None:
    async def scenario() -> None:
        source = ToldSource()
        source.servant = Obedient(small_site(), source)
        async with (
            running_gateway(small_site(), source, tmp_path) as gateway,
            console(gateway, "all-supervisor") as one,
        ):
            link, memory = one
            await memory.live()
            await source.tell(*everybody_signs_in(), *a_morning_of())
            told = await agent(link, seat="s7")
            assert told.agent == "a1"
            assert [(span.begin - START, span.state, span.seat, span.reason) for span in told.spans] == [
                (0, "ready", "s1", ""), (10 * MINUTE, "break", "s1", "lunch"), (11 * MINUTE, "offline", "s1", ""),
                (13 * MINUTE, "ready", "s7", ""),
            ]  # fmt: skip
            later = START + 20 * MINUTE
            await source.tell(SeatChanged(at=later, seat="s7", state="acw", agent="a1"))
            late = await agent(link, agent="a1", begin=START + 12 * MINUTE)
            assert [span.state for span in late.spans] == ["offline", "ready", "acw"]
            assert late.serves is None, "this source does not tell"

    asyncio.run(scenario())


def test_a_day_is_told_whole_wherever_its_recording_was_entered(tmp_path: Path) -> None:
    async def scenario() -> None:
        facts = [*everybody_signs_in(), *a_morning_of(), SeatChanged(at=START + 3600_000, seat="s7", state="offline")]
        file, store = a_recording(tmp_path / "day.floor", facts), Store(tmp_path / "gateway.db")
        engine = open_recorded(small_site(), Wish(f"recorded:{file}", at="09:30"), file, Shelf(tmp_path, store))
        gateway = Gateway(small_site(), engine, store)
        await gateway.start("127.0.0.1", 0)
        engine.clock.pause()
        try:
            async with console(gateway, "all-manager") as (link, memory):
                await memory.live()
                told = await agent(link, agent="a1")
                assert [(span.state, span.seat) for span in told.spans] == [
                    ("ready", "s1"), ("break", "s1"), ("offline", "s1"), ("ready", "s7"),
                ]  # fmt: skip
                assert told.known_from == START and told.figures["occupancy"] == 0
        finally:
            await gateway.stop()
            store.close()

    asyncio.run(scenario())


def test_a_desk_that_is_left_after_the_next_one_was_taken_ends_nothing(tmp_path: Path) -> None:
    async def scenario() -> None:
        source = ToldSource()
        async with (
            running_gateway(small_site(), source, tmp_path) as gateway,
            console(gateway, "all-supervisor") as one,
        ):
            link, memory = one
            await memory.live()
            at = START + 10 * MINUTE
            await source.tell(
                *everybody_signs_in(),
                SeatChanged(at=at, seat="s7", state="offline"),
                SeatChanged(at=at + MINUTE, seat="s7", state="ready", agent="a1"),
                SeatChanged(at=at + 2 * MINUTE, seat="s1", state="offline"),
                SeatChanged(at=at + 12 * MINUTE, seat="s7", state="acw", agent="a1"),
            )
            told = await agent(link, agent="a1")
            assert [(span.state, span.seat) for span in told.spans] == [("ready", "s1"), ("ready", "s7"), ("acw", "s7")]

    asyncio.run(scenario())


def test_what_is_told_of_an_agent_out_of_turn_leaves_the_day_as_the_floor_has_it(tmp_path: Path) -> None:
    async def scenario() -> None:
        source = ToldSource()
        async with (
            running_gateway(small_site(), source, tmp_path) as gateway,
            console(gateway, "all-supervisor") as one,
        ):
            link, memory = one
            await memory.live()
            at = START + 10 * MINUTE
            await source.tell(
                *everybody_signs_in(),
                SeatChanged(at=at, seat="s7", state="offline", agent="a7"),
                SeatChanged(at=at, seat="s7", state="talking", agent="a1"),
                SeatChanged(at=at + MINUTE, seat="s1", state="offline", agent="a1"),  # the desk that was left
                SeatChanged(at=at + 10 * MINUTE, seat="s7", state="ready", agent="a1"),
                SeatChanged(at=at + 5 * MINUTE, seat="s7", state="acw", agent="a1"),
                Tick(at=at + 20 * MINUTE),
            )
            told = await agent(link, agent="a1")
            assert [(span.begin - START, span.state, span.seat) for span in told.spans] == [
                (0, "ready", "s1"), (10 * MINUTE, "talking", "s7"), (20 * MINUTE, "ready", "s7"),
                (20 * MINUTE, "acw", "s7"),
            ]  # fmt: skip
            floor, begin = gateway.services.engine.session.floor, START - START % (15 * MINUTE)
            spent = dict(zip(SEAT_STATES, floor.tally("site", begin, begin + 30 * MINUTE).time, strict=True))
            assert (spent["talking"], spent["acw"]) == (10 * MINUTE, 10 * MINUTE)
            assert told.figures["occupancy"] == pytest.approx(100 * 20 / 30, abs=0.01), "and ten minutes ready at s1"

    asyncio.run(scenario())


def test_a_gateway_that_was_started_again_still_knows_the_morning(tmp_path: Path) -> None:
    async def scenario() -> None:
        source = ToldSource()
        async with (
            running_gateway(small_site(), source, tmp_path) as gateway,
            console(gateway, "all-supervisor") as one,
        ):
            await one[1].live()
            await source.tell(*everybody_signs_in(), *a_morning_of())
        async with (
            running_gateway(small_site(), ToldSource(), tmp_path) as gate,
            console(gate, "all-supervisor") as (link, memory),
        ):
            await memory.live()
            assert len((await agent(link, agent="a1")).spans) == 4

    asyncio.run(scenario())


def test_nobody_learns_of_an_agent_who_is_out_of_sight(tmp_path: Path) -> None:
    async def scenario() -> None:
        source = ToldSource()
        async with running_gateway(small_site(), source, tmp_path) as gate, console(gate, "only-team-1") as one:
            link, memory = one
            await memory.live()
            await source.tell(*everybody_signs_in())
            assert (await agent(link, seat="s0")).agent == "a0"
            for asked in ({"seat": "s1"}, {"agent": "a1"}, {"agent": "a99"}, {}):
                with pytest.raises(Refused, match="no such agent in sight"):
                    await agent(link, **asked)
            with pytest.raises(Refused, match="no such agent in sight"):
                await link.ask("calls", CallsParams("handled", scope="agent:a1"), CallsResult)

    asyncio.run(scenario())


def test_the_calls_of_an_agent_are_theirs_alone_and_masked(tmp_path: Path) -> None:
    async def scenario() -> None:
        source = ToldSource()
        async with (
            running_gateway(small_site(), source, tmp_path) as gateway,
            console(gateway, "all-supervisor") as one,
        ):
            link, memory = one
            await memory.live()
            facts = [*everybody_signs_in(), *a_call(1, "claim", START, 1), *a_call(2, "claim", START + MINUTE, 2)]
            await source.tell(*facts, *a_call(3, "dual", START + 2 * MINUTE, 1, ends=False))
            found = await link.ask("calls", CallsParams("answered", scope="agent:a1", window="today"), CallsResult)
            assert [(leg.leg, leg.agent) for leg in found.calls] == [("l1", "a1"), ("l3", "a1")]
            assert all(leg.number != NUMBER and leg.number.endswith(NUMBER[-4:]) for leg in found.calls)

    asyncio.run(scenario())


def test_figures_stand_beside_the_teams_for_whoever_sees_the_team(tmp_path: Path) -> None:
    async def scenario() -> None:
        source = ToldSource()
        async with running_gateway(small_site(), source, tmp_path) as gate, console(gate, "all-supervisor") as one:
            link, memory = one
            await memory.live()
            facts = [*everybody_signs_in(), *a_call(1, "claim", START, 1), *a_call(2, "claim", START + MINUTE, 1)]
            facts += a_call(3, "claim", START + 2 * MINUTE, 5)
            await source.tell(*facts, SeatChanged(at=START + 3 * MINUTE, seat="s2", state="acw", agent="a2"))
            told = await agent(link, agent="a1", end=START + 4 * MINUTE)
            assert (told.figures["answered"], told.figures["aht"]) == (2, 30.0)
            # Twice 2 s of ringing and 30 s of talk in the three minutes up to the floor's clock; the end is exclusive.
            assert told.figures["occupancy"] == pytest.approx(100 * 64 / 180, abs=0.01)
            assert told.team["answered"] == 1.5, "two of the team have worked: two calls and one"
            async with console(gate, "claim-of-team-1") as (narrow, eyes):
                await eyes.live()
                assert (await agent(narrow, agent="a0")).team["aht"] is None

    asyncio.run(scenario())


def test_what_was_over_the_day_before_is_forgotten_and_said_to_be_unknown(tmp_path: Path) -> None:
    async def scenario() -> None:
        source = ToldSource()
        async with (
            running_gateway(small_site(), source, tmp_path) as gateway,
            console(gateway, "all-supervisor") as one,
        ):
            link, memory = one
            await memory.live()
            await source.tell(*everybody_signs_in(), *a_morning_of())
            assert len((await agent(link, agent="a1")).spans) == 4
            later = START + 3 * DAY
            await source.tell(SeatChanged(at=later, seat="s7", state="acw", agent="a1"))
            told = await agent(link, agent="a1", begin=START)
            assert told.begin == told.known_from > later - 2 * DAY
            assert [(span.begin, span.state) for span in told.spans] == [(START + 13 * MINUTE, "ready"), (later, "acw")]
            diary = gateway.services.agents._diary
            assert diary is not None and len(diary._spans["a1"]) == 2, "a gateway runs for years"

    asyncio.run(scenario())
