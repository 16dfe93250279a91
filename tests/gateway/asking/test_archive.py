"""What is asked of the past: unknown names are refused, lists go on page by page and say what they leave out."""

from __future__ import annotations

import asyncio
import gc
import threading
from collections.abc import Awaitable, Callable
from datetime import datetime
from pathlib import Path
from types import ModuleType
from zoneinfo import ZoneInfo

import pytest
from msgspec.structs import replace

from config.schema import Site
from feeds.client import FeedClient, Refused
from feeds.definitions import DEFINITIONS, STAFF_FIGURES
from feeds.entities import AgentDay, Figures
from feeds.facts import (
    AnyFact,
    AttemptEnded,
    AttemptStarted,
    CallArrived,
    CallEnded,
    GapSeen,
    LegAbandoned,
    LegAnswered,
    LegFlowedOut,
    LegJoined,
    TalkEnded,
    Tick,
)
from feeds.floor import Floor
from feeds.gateway.asking import archive, beside, rings
from feeds.gateway.refusals import FAILED, NOT_FOUND
from feeds.gateway.running.session import Past
from feeds.gateway.running.shelf import open_session
from feeds.ledger import behind
from feeds.records import LegRecord
from feeds.requests import CallsParams, CallsResult, HistoryParams, HistoryResult, ShiftParams, ShiftResult
from feeds.rules.access import audience, leg_visible
from feeds.rules.masking import masked_number
from tests.feeds.damaging import changed
from tests.gateway.floors import NUMBER, ROLES, START, a_call, a_morning, everybody_signs_in, small_site, token
from tests.gateway.harness import Remembering, ToldSource, console, running_gateway

HOUR = 3_600_000


@pytest.mark.slow
def test_a_log_of_days_keeps_few_old_key_frames_and_shows_the_past_as_it_was(tmp_path: Path) -> None:
    session, floor = open_session(small_site(), tmp_path / "log.floor"), Floor(small_site())
    looks, was = [START + hours * HOUR + 1_000_000 for hours in (0, 7, 31, 60)], []
    for rev, fact in enumerate([fact for day in range(3) for fact in a_day_of(day)], 1):
        if len(was) < len(looks) and fact.at > looks[len(was)]:
            then = Floor.thaw(small_site(), floor.freeze())
            then.advance(looks[len(was)])
            was.append({entity.key: entity for entity in then.entities()})
        floor.apply(fact, rev)
        session.take([(fact, rev)])
    session.keep_frame()
    old, at = 0, session.floor.now - 24 * HOUR
    while (frame := session.log.newest_key_frame(at=at)) is not None:
        old, at = old + 1, Floor.of_frame(session.site, frame.state, frame.copy, frame.steps).now - 1
    assert old <= 50, "of 288"
    assert [{entity.key: entity for entity in session.floor_at(at).entities()} for at in looks] == was
    session.close()


def a_day_of(number: int) -> list[AnyFact]:
    """A call and a tick every ten minutes."""
    begin = START + number * 24 * HOUR
    told = [] if number else everybody_signs_in(begin)
    for place in range(144):
        at = begin + 60_000 + place * 600_000
        told += [*a_call(number * 144 + place, "claim", at, place % 8), Tick(at=at + 300_000)]
    return sorted(told, key=lambda fact: fact.at)


def asking(
    folder: Path, name: str, scenario: Callable[[FeedClient, Remembering], Awaitable[None]], facts: list[AnyFact],
    site: Site | None = None,
) -> None:  # fmt: skip
    """Run a scenario with a console that follows a floor on which the facts have happened."""

    async def life() -> None:
        source = ToldSource()
        async with (
            running_gateway(site or small_site(), source, folder) as gateway,
            console(gateway, name) as (link, memory),
        ):
            await memory.live()
            await source.tell(*facts)
            await scenario(link, memory)

    asyncio.run(life())


def test_a_call_opened_as_it_waited_tells_a_limited_credential_nothing_of_what_came_later(tmp_path: Path) -> None:
    facts = [*everybody_signs_in(), *a_call(1, "claim", START + 1000, 0), Tick(at=START + 120_000)]

    async def scenario(link: FeedClient, memory: Remembering) -> None:
        asked = CallsParams("waiting", queue="claim", window="now", at=START + 2000)
        (leg,) = (await link.ask("calls", asked, CallsResult)).calls
        assert leg == LegRecord(
            leg="l1", call="c1", queue="claim", joined_at=START + 1000, outcome="waiting", number=masked_number(NUMBER),
        )  # fmt: skip
        later = await link.ask("calls", replace(asked, figure="answered", at=None, window="today"), CallsResult)
        assert (later.calls, later.hidden) == ([], 1), "another team answered it"

    asking(tmp_path, "only-north", scenario, facts)


def test_a_figure_of_a_period_does_not_open_as_one_of_the_moment(tmp_path: Path) -> None:
    facts = [*everybody_signs_in(), *a_call(1, "claim", START + 1000), Tick(at=START + 2 * 3_600_000)]

    async def scenario(link: FeedClient, memory: Remembering) -> None:
        for one in DEFINITIONS.values():
            asked = CallsParams(one.id, queue="claim", window="now")
            if behind(one.id) is None:
                continue
            if one.basis == "now":
                found = await link.ask("calls", asked, CallsResult)
                assert found.total == 0, one.id
            else:
                with pytest.raises(Refused, match="is of a period"):
                    await link.ask("calls", asked, CallsResult)

    asking(tmp_path, "all-manager", scenario, facts)


def test_a_call_that_ends_while_the_ledger_is_read_is_listed_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reading = archive._read

    async def life() -> None:
        source, loop = ToldSource(), asyncio.get_running_loop()
        waits, ends = a_call(1, "claim", START + 1000)[:2], a_call(1, "claim", START + 1000)[2:]

        def read_while_it_ends(log: Past, begin: int, end: int) -> list[LegRecord]:
            found = reading(log, begin, end)
            asyncio.run_coroutine_threadsafe(source.tell(*ends), loop).result(10)
            return found

        async with (
            running_gateway(small_site(), source, tmp_path) as gateway,
            console(gateway, "all-manager") as (link, memory),
        ):
            await memory.live()
            await source.tell(*everybody_signs_in(), *waits, Tick(at=START + 3000))
            monkeypatch.setattr(archive, "_read", read_while_it_ends)
            opened = await link.ask("calls", CallsParams("waiting", queue="claim", window="now"), CallsResult)
            monkeypatch.setattr(archive, "_read", reading)
            assert gateway.services.engine.session.floor.entity("call:l1") is None
            assert [(leg.leg, leg.outcome) for leg in opened.calls] == [("l1", "waiting")]
            await link.ask("calls", CallsParams("offered", window="5m"), CallsResult)  # so that it is read anew
            asked = CallsParams("waiting", queue="claim", window="now", at=opened.at)
            assert (await link.ask("calls", asked, CallsResult)).calls == opened.calls

    asyncio.run(life())


@pytest.mark.parametrize(("scope", "figure"), [("site", "answered"), ("team:team-1", "attempts")])
def test_a_ledger_is_gone_through_beside_the_loop_and_without_the_collector(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, scope: str, figure: str
) -> None:
    """At 5,000 seats the calls of a day held everybody's feed up for most of a second."""
    met: dict[str, tuple[bool, bool]] = {}

    def watched(module: ModuleType, name: str) -> None:
        work = getattr(module, name)

        def noted(*args: object) -> object:
            met[name] = (threading.current_thread() is threading.main_thread(), gc.isenabled())
            return work(*args)

        monkeypatch.setattr(module, name, noted)

    for module, name in ((archive, "_read"), (archive, "_listed"), (archive, "_chosen"), (rings, "_with_rings")):
        watched(module, name)

    async def scenario(link: FeedClient, memory: Remembering) -> None:
        assert (await link.ask("calls", CallsParams(figure, scope=scope), CallsResult)).total > 0

    asking(tmp_path, "all-manager", scenario, a_morning())
    assert set(met) == {"_read", "_listed", "_chosen"} | ({"_with_rings"} if figure == "attempts" else set())
    assert set(met.values()) == {(False, False)}
    assert gc.isenabled()


def test_the_figures_of_a_shift_add_up_though_the_floor_goes_on_while_it_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(beside, "SLICE_S", 0.0)

    async def life() -> None:
        source = ToldSource()
        async with (
            running_gateway(small_site(), source, tmp_path) as gateway,
            console(gateway, "all-manager") as (link, memory),
        ):
            await memory.live()
            await source.tell(*everybody_signs_in())
            floor = gateway.services.engine.session.floor

            async def callers(first: int) -> None:
                for number in range(first, first + 400):
                    at = START + 1000 + number
                    floor.apply(LegJoined(at=at, leg=f"l{number}", call=f"c{number}", queue="vip"), floor.rev + 1)
                    await asyncio.sleep(0)

            for first in (1, 401, 801):
                coming = asyncio.create_task(callers(first))
                asked = ShiftParams(begin=START, figures=["offered"])
                told = await link.ask("shift", asked, ShiftResult)
                await coming
                offered = {one.scope: one.values["offered"] for one in told.figures}
                queues = [value or 0 for scope, value in offered.items() if scope.startswith("queue:")]
                assert offered["site"] == sum(queues)
            assert sum(queues) > 0

    asyncio.run(life())


def test_unknown_scopes_and_figures_are_refused_with_what_was_meant(tmp_path: Path) -> None:
    async def scenario(link: FeedClient, memory: Remembering) -> None:
        for scope, told in (
            ("queue:nope", "there is no queue 'nope'"),
            ("queue:clam", "there is no queue 'clam' .did you mean `claim`"),
            ("group:claim", "there is no group 'claim' .did you mean `claims`"),
            ("team:team-9", "there is no team 'team-9' .did you mean"),
            ("seat_type:x", "there is no seat type 'x'"),
            ("planet:earth", "'planet:earth' is no scope; write site or one of queue:ID"),
        ):
            with pytest.raises(Refused, match=told):
                await link.ask("calls", CallsParams("offered", scope=scope), CallsResult)
            with pytest.raises(Refused, match=told):
                await link.ask("history", HistoryParams("offered", START, START + HOUR, scope=scope), HistoryResult)
        with pytest.raises(Refused, match="no queue 'nope'") as refused:
            await link.ask("calls", CallsParams("offered", queue="nope"), CallsResult)
        assert refused.value.error.code == NOT_FOUND
        with pytest.raises(Refused, match=r"no figure 'answerd' .did you mean `answered`"):
            await link.ask("calls", CallsParams("answerd"), CallsResult)

    asking(tmp_path, "all-manager", scenario, a_morning())


def test_whoever_is_limited_is_not_told_what_there_is_elsewhere(tmp_path: Path) -> None:
    async def scenario(link: FeedClient, memory: Remembering) -> None:
        for queue in ("vip", "nope"):
            with pytest.raises(Refused, match=f"queue:{queue} is outside your scope"):
                await link.ask("calls", CallsParams("offered", queue=queue), CallsResult)

    asking(tmp_path, "only-claim", scenario, a_morning())


def test_whoever_is_limited_to_people_is_not_told_what_the_others_do_with_their_time(tmp_path: Path) -> None:
    async def scenario(link: FeedClient, memory: Remembering) -> None:
        with pytest.raises(Refused, match="occupancy of queue:claim tells of people who are outside your scope"):
            await link.ask("history", HistoryParams("occupancy", START, START + HOUR, queue="claim"), HistoryResult)
        assert (await link.ask("history", HistoryParams("offered", START, START + HOUR), HistoryResult)).points
        asked = HistoryParams("occupancy", START, START + HOUR, scope="team:team-1")
        assert (await link.ask("history", asked, HistoryResult)).points
        for names in ([], ["answered", "occupancy"]):
            told = await link.ask("shift", ShiftParams(START, None, names), ShiftResult)
            assert told.figures and all("answered" in one.values for one in told.figures)
            assert not any(one.values.keys() & STAFF_FIGURES for one in told.figures)

    asking(tmp_path, "only-team-1", scenario, a_morning())


def test_a_shift_tells_nothing_that_is_true_at_one_moment_only(tmp_path: Path) -> None:
    facts = [*everybody_signs_in(), *a_call(1, "claim", START + 1000, ends=False), Tick(at=START + 60_000)]

    async def scenario(link: FeedClient, memory: Remembering) -> None:
        told = await link.ask("shift", ShiftParams(START), ShiftResult)
        (site,) = (one.values for one in told.figures if one.scope == "site")
        assert (site["offered"], site["pending"]) == (1, 1), "who waits is counted as pending"
        of_the_moment = {one.id for one in DEFINITIONS.values() if one.basis in ("now", "day")}
        assert not site.keys() & of_the_moment
        for name in sorted(of_the_moment):
            with pytest.raises(Refused, match=f"{name} is true at one moment only"):
                await link.ask("shift", ShiftParams(START, figures=["offered", name]), ShiftResult)

    asking(tmp_path, "all-manager", scenario, facts)


def test_a_figure_may_be_asked_for_by_the_id_of_its_definition(tmp_path: Path) -> None:
    async def scenario(link: FeedClient, memory: Remembering) -> None:
        for short, figure in (
            ("A2", "answer_rate_a2"),
            ("f8", "service_level_f8"),
            ("A2p", "answer_rate_a2_pessimistic"),
            ("a2P/1", "answer_rate_a2_pessimistic"),
            ("ASA", "asa"),
            ("W1", "asa"),
            ("AHT", "aht"),
            ("Answer_Rate_A2", "answer_rate_a2"),
        ):
            opened = await link.ask("calls", CallsParams(short, queue="claim"), CallsResult)
            assert opened == await link.ask("calls", CallsParams(figure, queue="claim", at=opened.at), CallsResult)
            trend = await link.ask("history", HistoryParams(short, START, START + HOUR), HistoryResult)
            assert opened.figure == trend.figure == figure

    asking(tmp_path, "all-manager", scenario, a_morning())


@pytest.mark.slow
def test_a_day_that_begins_twice_begins_the_first_time(tmp_path: Path) -> None:
    """In the Azores clocks go back from one in the morning to midnight."""
    zone = "Atlantic/Azores"
    midnight = int(datetime(2026, 10, 25, tzinfo=ZoneInfo(zone)).timestamp() * 1000)
    facts: list[AnyFact] = []
    for number, minutes in enumerate((10, 40, 70, 100)):
        at = midnight + minutes * 60_000
        facts += [
            CallArrived(at=at, call=f"c{number}"),
            LegJoined(at=at, call=f"c{number}", leg=f"l{number}", queue="vip"),
        ]
        facts += [LegAbandoned(at=at + 9_000, leg=f"l{number}"), CallEnded(at=at + 9_000, call=f"c{number}")]

    async def scenario(link: FeedClient, memory: Remembering) -> None:
        opened = await link.ask("calls", CallsParams("abandoned"), CallsResult)
        assert opened.begin == midnight
        assert opened.value == opened.total == 4

    asking(tmp_path, "all-manager", scenario, facts, replace(small_site(), zone=zone))


def test_pages_put_together_are_the_whole_list(tmp_path: Path) -> None:
    async def scenario(link: FeedClient, memory: Remembering) -> None:
        whole = await link.ask("calls", CallsParams("offered"), CallsResult)
        assert whole.total == len(whole.calls) == 24
        pages: list[LegRecord] = []
        after = ""
        while len(pages) < whole.total:
            asked = CallsParams("offered", at=whole.at, limit=7, after=after)
            page = await link.ask("calls", asked, CallsResult)
            assert 0 < len(page.calls) <= 7 and page.total == whole.total and len(page.counted) == len(page.calls)
            pages += page.calls
            after = page.calls[-1].leg
        assert pages == whole.calls
        beyond = await link.ask("calls", CallsParams("offered", after=after), CallsResult)
        assert beyond.calls == []
        with pytest.raises(Refused, match="no call 'l999' to go on after"):
            await link.ask("calls", CallsParams("offered", after="l999"), CallsResult)

    asking(tmp_path, "all-manager", scenario, a_morning())


@pytest.mark.logs("cannot be told of the past")
def test_a_ledger_that_lost_a_call_is_said_to_be_damaged_and_the_console_stays(tmp_path: Path) -> None:
    async def scenario(link: FeedClient, memory: Remembering) -> None:
        changed(tmp_path / "log.floor", "UPDATE legs SET body = x'93' WHERE leg = (SELECT min(leg) FROM legs)")
        said = r"^log\.floor: its ledger \(table legs\) is damaged, .* cannot all be listed: restore a copy"
        with pytest.raises(Refused, match=said) as refused:
            await link.ask("calls", CallsParams("answered"), CallsResult)
        assert refused.value.error.code == FAILED
        assert (await link.ask("history", HistoryParams("offered", START, START + HOUR), HistoryResult)).points

    asking(tmp_path, "all-manager", scenario, a_morning())


def test_calls_that_joined_in_the_same_moment_are_not_lost_between_pages(tmp_path: Path) -> None:
    async def scenario(link: FeedClient, memory: Remembering) -> None:
        found: list[str] = []
        for _ in range(5):
            page = await link.ask(
                "calls", CallsParams("offered", limit=1, after=found[-1] if found else ""), CallsResult
            )
            found += [leg.leg for leg in page.calls]
        assert found == [f"l{n}" for n in range(5)]

    facts: list[AnyFact] = []
    for n in (3, 1, 4, 0, 2):
        facts += [CallArrived(at=START, call=f"c{n}"), LegJoined(at=START, leg=f"l{n}", call=f"c{n}", queue="claim")]
    asking(tmp_path, "all-manager", scenario, facts)


def test_callers_who_wait_still_stand_in_the_order_of_waits_by_how_long_they_do(tmp_path: Path) -> None:
    async def scenario(link: FeedClient, memory: Remembering) -> None:
        found, after = list[str](), ""
        for _ in range(2):
            params = CallsParams("offered", limit=2, order="-wait", after=after, at=START + 60_000)
            page = await link.ask("calls", params, CallsResult)
            found += [leg.leg for leg in page.calls]
            after = found[-1]
        assert found == ["waits-long", "lost", "waits", "answered"]

    facts: list[AnyFact] = [*everybody_signs_in()]
    for leg, joined in (("waits-long", 5_000), ("lost", 10_000), ("answered", 20_000), ("waits", 40_000)):
        at = START + joined
        facts += [CallArrived(at=at, call=leg), LegJoined(at=at, leg=leg, call=leg, queue="claim")]
    facts.sort(key=lambda fact: fact.at)
    facts += [
        LegAnswered(at=START + 41_000, leg="answered", agent="a1", wait_ms=3_000),
        LegAbandoned(at=START + 42_000, leg="lost", wait_ms=32_000), Tick(at=START + 60_000),
    ]  # fmt: skip
    asking(tmp_path, "all-manager", scenario, facts)


@pytest.mark.parametrize("name", ["all-manager", "only-team-1", "only-north", "claim-of-team-1"])
def test_what_a_list_leaves_out_is_counted_so_that_it_equals_the_number(tmp_path: Path, name: str) -> None:
    async def scenario(link: FeedClient, memory: Remembering) -> None:
        await memory.until(lambda: "figures:queue:claim:today" in memory.entities)
        await memory.until(lambda: memory.entities["figures:queue:claim:today"].values["offered"] == 6)  # type: ignore[union-attr]
        figures = memory.entities["figures:queue:claim:today"]
        assert isinstance(figures, Figures)
        for figure in ("offered", "answered", "abandoned", "pending"):
            opened = await link.ask("calls", CallsParams(figure, queue="claim"), CallsResult)
            assert opened.total + opened.hidden == figures.values[figure], figure
            assert opened.total == len(opened.calls)
        rate = await link.ask("calls", CallsParams("A2", queue="claim"), CallsResult)
        assert (rate.hidden == 0) == (name == "all-manager")
        if name != "all-manager":
            teams = {"only-north": "team-3"}.get(name, "team-1")
            assert {leg.team for leg in rate.calls} <= {teams}

    asking(tmp_path, name, scenario, a_morning())


def test_a_record_is_seen_by_the_team_that_answered_and_a_waiting_one_as_its_call() -> None:
    site = small_site()

    def viewer(**limits: list[str]) -> object:
        return audience(site, ROLES[0], token("t", "manager", **limits))

    def leg(outcome: str, team: str = "") -> LegRecord:
        return LegRecord(leg="l", call="c", queue="claim", joined_at=1, outcome=outcome, team=team)  # type: ignore[arg-type]

    everybody, claim, own = viewer(), viewer(queues=["claim"]), viewer(teams=["team-1"])
    vendor, other = viewer(vendors=["north"]), viewer(queues=["vip"])
    for record, seen in (
        (leg("answered", "team-1"), (True, True, True, False, False)),
        (leg("answered", "team-3"), (True, True, False, True, False)),
        (leg("answered"), (True, True, False, False, False)),
        (leg("abandoned"), (True, True, False, False, False)),
        (leg("flow_out"), (True, True, False, False, False)),
        (leg("waiting"), (True, True, True, True, False)),
    ):
        assert tuple(leg_visible(one, record) for one in (everybody, claim, own, vendor, other)) == seen, record  # type: ignore[arg-type]


def test_history_says_which_points_lack_facts_and_which_were_told_late(tmp_path: Path) -> None:
    async def scenario(link: FeedClient, memory: Remembering) -> None:
        trend = await link.ask("history", HistoryParams("offered", START, START + HOUR, queue="claim"), HistoryResult)
        assert trend.points == [0, 1, 0, 0] and (trend.incomplete, trend.restated) == ([2], [1])
        with pytest.raises(Refused, match=r"86400 .a day. at most, not 900000"):
            await link.ask("history", HistoryParams("offered", START, START + HOUR, step=900_000), HistoryResult)

    quarter = 900_000
    joined, left = START + 2 * quarter - 10_000, START + 2 * quarter + 20_000
    facts: list[AnyFact] = [
        Tick(at=START),
        Tick(at=left),
        CallArrived(at=joined, call="c"),
        LegJoined(at=joined, leg="l", call="c", queue="claim"),
        LegAbandoned(at=left, leg="l"),
        CallEnded(at=left, call="c"),
        GapSeen(at=left + 60_000, begin=left, end=left + 60_000),
        Tick(at=START + HOUR - 1000),
    ]
    asking(tmp_path, "all-manager", scenario, facts)


def test_a_queue_that_others_overflow_into_has_answered_whom_it_answered_also_when_the_time_is_over(
    tmp_path: Path,
) -> None:
    """Thirty callers find nobody in the first queue and are answered in the second, where ten more give up."""
    facts: list[AnyFact] = [*everybody_signs_in()]
    for number in range(30):
        call, first, second, at = f"c{number}", f"f{number}", f"s{number}", START + 1000 * number
        facts += [
            LegJoined(at=at, leg=first, call=call, queue="claim"),
            LegFlowedOut(at=at + 60_000, leg=first, kind="queue"),
            LegJoined(at=at + 60_000, leg=second, call=call, queue="enquiry", came_from=first),
            LegAnswered(at=at + 61_000, leg=second, agent="a1"),
            TalkEnded(at=at + 90_000, leg=second),
        ]
    for number in range(10):
        facts += [
            LegJoined(at=START + 1000, leg=f"g{number}", call=f"g{number}", queue="enquiry"),
            LegAbandoned(at=START + 40_000, leg=f"g{number}"),
        ]
    facts.sort(key=lambda fact: fact.at)

    async def scenario(link: FeedClient, memory: Remembering) -> None:
        rates = {}
        for scope in ("site", "queue:enquiry"):
            asked = HistoryParams("answer_rate_a2", START, START + 900_000, 900, scope=scope)
            shift = await link.ask("shift", ShiftParams(START, START + 900_000, ["answer_rate_a2"]), ShiftResult)
            told = next(one.values["answer_rate_a2"] for one in shift.figures if one.scope == scope)
            rates[scope] = (await link.ask("history", asked, HistoryResult)).points[0], told
        assert rates == {"site": (75.0, 75.0), "queue:enquiry": (75.0, 75.0)}

    asking(tmp_path, "all-manager", scenario, [*facts, Tick(at=START + HOUR)])


def test_days_that_are_not_known_or_forgotten_are_not_said_to_have_been_empty(tmp_path: Path) -> None:
    day, midnight = 24 * HOUR, START - 9 * HOUR
    facts: list[AnyFact] = [
        fact for n in range(5) for fact in (*a_call(n, "claim", START + n * day), Tick(at=START + n * day + 60_000))
    ]

    async def scenario(link: FeedClient, memory: Remembering) -> None:
        asked = HistoryParams("offered", midnight - 2 * day, midnight + 5 * day, step=24 * 3600)
        told = await link.ask("history", asked, HistoryResult)
        assert told.points == [None, None, None, None, 1, 1, 1] and told.incomplete == [0, 1, 2, 3]
        morning = HistoryParams("offered", midnight + 2 * day, midnight + 2 * day + HOUR)
        assert (await link.ask("history", morning, HistoryResult)).points == [0, 0, 0, 0]

    asking(tmp_path, "all-manager", scenario, facts)


def test_a_phone_that_nobody_answered_is_opened_where_it_rang_whoever_answered_then(tmp_path: Path) -> None:
    """Of team-1 rings a1's phone in vain, and a2 of another team has the call; and the other way round twice."""
    facts: list[AnyFact] = []
    for number, (first, second) in enumerate((("a0", "a1"), ("a1", "a0"), ("a1", "a4"))):
        at, leg, call = START + number * 60_000, f"l{number}", f"c{number}"
        facts += [CallArrived(at=at, call=call), LegJoined(at=at, call=call, leg=leg, queue="claim")]
        facts += [AttemptStarted(at=at + 1_000, leg=leg, agent=first)]
        facts += [AttemptEnded(at=at + 16_000, leg=leg, agent=first, result="no_answer")]
        facts += [AttemptStarted(at=at + 17_000, leg=leg, agent=second)]
        facts += [AttemptEnded(at=at + 20_000, leg=leg, agent=second, result="answered")]
        facts += [LegAnswered(at=at + 20_000, leg=leg, agent=second)]

    async def scenario(link: FeedClient, memory: Remembering) -> None:
        for scope, rang, missed in (
            ("team:team-1", ["l0", "l1", "l2"], ["l0"]),
            ("team:team-2", ["l0", "l1", "l2"], ["l1", "l2"]),
            ("agent:a4", ["l2"], []),
            ("agent:a1", ["l0", "l1", "l2"], ["l1", "l2"]),
            ("queue:claim", ["l0", "l1", "l2"], ["l0", "l1", "l2"]),
        ):
            for figure, legs in (("attempts", rang), ("ring_no_answer", missed), ("ring_no_answer_rate", rang)):
                opened = await link.ask("calls", CallsParams(figure, scope=scope), CallsResult)
                assert [leg.leg for leg in opened.calls] == legs, (scope, figure)
                if figure == "ring_no_answer_rate":
                    assert [leg.leg for leg, over in zip(opened.calls, opened.counted, strict=True) if over] == missed
                if opened.value is not None and figure == "attempts":
                    assert sum(len(leg.rang_at) for leg in opened.calls) == opened.value

        # A second before the first of them rings again, while it does, and when somebody has it.
        for second, ringing in ((16, []), (18, ["l0"]), (21, [])):
            opened = await link.ask(
                "calls", CallsParams("ringing", at=START + second * 1_000, window="now"), CallsResult
            )
            assert [leg.leg for leg in opened.calls] == ringing, second

    asking(tmp_path, "all-manager", scenario, facts)


def test_an_agents_day_opens_to_what_was_answered_since_midnight_whenever_callers_joined(tmp_path: Path) -> None:
    joined = START - START % 86_400_000 + 16 * HOUR - 10_000
    facts: list[AnyFact] = [
        CallArrived(at=joined, call="c"),
        LegJoined(at=joined, call="c", leg="l", queue="claim"),
        LegAnswered(at=joined + 16_000, leg="l", agent="a0"),
        Tick(at=joined + 30_000),
    ]

    async def scenario(link: FeedClient, memory: Remembering) -> None:
        def answered() -> bool:
            day = memory.entities["agent:a0"]
            return isinstance(day, AgentDay) and day.answered == 1

        await memory.until(answered)
        opened = await link.ask("calls", CallsParams("answered", scope="agent:a0"), CallsResult)
        assert [leg.leg for leg in opened.calls] == ["l"]

    asking(tmp_path, "all-manager", scenario, facts)
