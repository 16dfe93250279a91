"""What the gateway answers about a shift and about what happened, of today and of days that are over."""

from __future__ import annotations

import asyncio
import contextlib
import secrets
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from config.schema import Site
from feeds.client import FeedClient, Refused
from feeds.entities import Alarm, Notice, Order, Seat, Source, Trunk
from feeds.facts import GapSeen, LegJoined, SeatChanged, SwitchRead, Tick, TrunkChanged
from feeds.gateway.books.store import Store
from feeds.gateway.consoles.serve import Gateway
from feeds.gateway.running.recording import open_recorded
from feeds.gateway.running.shelf import Shelf, Wish
from feeds.log.opening import open_log
from feeds.requests import (
    HistoryParams,
    HistoryResult,
    JournalParams,
    JournalResult,
    OrderParams,
    OrderResult,
    ShiftParams,
    ShiftResult,
)  # fmt: skip
from feeds.states import TrunkState
from tests.feeds.damaging import changed
from tests.gateway.floors import START, a_call, a_morning, everybody_signs_in, small_site
from tests.gateway.harness import Remembering, ToldSource, console, running_gateway
from tests.gateway.recordings import a_recording, straight

pytestmark = pytest.mark.usefixtures("orders_have_time")

SITE = small_site()

MINUTE = 60_000
HOUR = 60 * MINUTE


@contextlib.asynccontextmanager
async def manager(folder: Path, site: Site = SITE) -> AsyncIterator[tuple[ToldSource, FeedClient, Remembering]]:
    """A gateway, and a console of somebody who sees all of it and may do everything."""
    source = ToldSource()
    async with running_gateway(site, source, folder) as gateway, console(gateway, "all-manager") as (link, memory):
        await memory.live()
        yield source, link, memory


async def shift(link: FeedClient, begin: int = START, end: int | None = None, *figures: str) -> ShiftResult:
    return await link.ask("shift", ShiftParams(begin, end, list(figures)), ShiftResult)


async def journal(link: FeedClient, begin: int = START, **more: object) -> JournalResult:
    return await link.ask("journal", JournalParams(begin, **more), JournalResult)  # type: ignore[arg-type]


def told(result: JournalResult) -> list[tuple[str, str]]:
    return [(one.entity.key, one.what) for one in result.happened]


def test_a_shifts_figures_are_those_that_the_gateway_tells_of_its_quarters(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with manager(tmp_path) as (source, link, _memory):
            await source.tell(*a_morning())
            found = await shift(link, START, None, "offered", "answered", "answer_rate_a2")
            assert [one.scope for one in found.figures] == [
                "site", "group:claims", "group:service", "group:special",
                "queue:claim", "queue:dual", "queue:enquiry", "queue:vip",
            ]  # fmt: skip
            for scope in ("site", "group:claims", "queue:vip"):
                values = next(one.values for one in found.figures if one.scope == scope)
                for figure in ("offered", "answered", "answer_rate_a2"):
                    asked = HistoryParams(figure, START, START + HOUR, 3600, scope=scope)
                    assert values[figure] == (await link.ask("history", asked, HistoryResult)).points[0]
            assert found.figures[0].values["offered"] == 24

    asyncio.run(scenario())


def test_a_shift_that_is_over_is_told_as_it_was_at_its_end(tmp_path: Path) -> None:
    """At the end of the first hour somebody is on a break and an alarm stands; an hour later neither is so."""
    end = START + HOUR

    async def scenario() -> None:
        async with manager(tmp_path) as (source, link, _memory):
            await source.tell(*everybody_signs_in())
            await source.tell(SeatChanged(at=end - 5 * MINUTE, seat="s1", state="break", agent="a1", reason="meal"))
            await source.tell(*a_call(1, "claim", end - 2 * MINUTE, ends=False), Tick(at=end))
            then = await shift(link)
            keys = {one.key for one in then.entities}
            assert {"seat:s1", "alarm:queue:claim:waiting:now", "source:main"} <= keys
            assert {key for key in keys if key.startswith("seat:")} == {"seat:s1"}
            await source.tell(*a_call(2, "claim", end + 1000))
            await source.tell(SeatChanged(at=end + MINUTE, seat="s1", state="ready", agent="a1"))
            await source.tell(*list(a_call(1, "claim", end - 2 * MINUTE)[2:]), Tick(at=end + HOUR))
            now = await shift(link)
            assert not {one.key for one in now.entities if isinstance(one, Seat)}
            past = await shift(link, START, end)
            assert past.at == end
            assert [one.values for one in past.figures] == [one.values for one in then.figures]
            alike = {one.key for one in past.entities}
            assert alike == keys
            alarm = next(one for one in past.entities if isinstance(one, Alarm) and one.scope == "queue:claim")
            assert alarm.ended_at is None

    asyncio.run(scenario())


def test_a_day_on_which_the_clock_is_put_back_is_a_day(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with manager(tmp_path) as (source, link, _memory):
            await source.tell(*everybody_signs_in(), Tick(at=START + 26 * HOUR))
            told = await shift(link, START, START + 25 * HOUR)
            assert (told.begin, told.end) == (START, START + 25 * HOUR)

    asyncio.run(scenario())


def test_what_is_no_shift_is_refused_with_what_would_be(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with manager(tmp_path) as (source, link, _memory):
            await source.tell(*everybody_signs_in(), Tick(at=START + HOUR))
            for begin, end in ((START + 2 * HOUR, None), (START, START - HOUR), (START - 48 * HOUR, START + HOUR)):
                with pytest.raises(Refused, match="a shift has begun and is a day at most"):
                    await shift(link, begin, end)
            with pytest.raises(Refused, match=r"no figure 'answerd'.*did you mean"):
                await shift(link, START, None, "answerd")
            with pytest.raises(Refused, match="a limit is 1 to"):
                await journal(link, limit=0)

    asyncio.run(scenario())


def test_figures_of_a_shift_may_be_asked_for_by_the_ids_of_their_definitions(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with manager(tmp_path) as (source, link, _memory):
            await source.tell(*everybody_signs_in(), Tick(at=START + HOUR))
            known = await shift(link, START, None, "answer_rate_a2", "asa", "aht", "occupancy")
            short = await shift(link, START, None, "A2", "ASA", "aht", "p2")
            assert [one.values for one in short.figures] == [one.values for one in known.figures]
            assert list(short.figures[0].values) == ["answer_rate_a2", "asa", "aht", "occupancy"]

    asyncio.run(scenario())


def test_a_limited_reader_is_told_of_nothing_beyond_the_limit(tmp_path: Path) -> None:
    async def scenario() -> None:
        source = ToldSource()
        async with running_gateway(SITE, source, tmp_path) as gateway:
            await source.tell(*everybody_signs_in(), *a_call(1, "claim", START + 1000, ends=False))
            for seat in (1, 2):
                away = SeatChanged(at=START + MINUTE, seat=f"s{seat}", state="break", agent=f"a{seat}")
                await source.tell(away, Tick(at=START + HOUR))
            async with console(gateway, "only-claims") as (link, memory):
                await memory.live()
                found = await shift(link)
                assert [one.scope for one in found.figures] == ["group:claims", "queue:claim", "queue:dual"]
                found_keys = {key for key, _ in told(await journal(link, kinds=["alarm"]))}
                assert found_keys == {"alarm:queue:claim:waiting:now"}
            async with console(gateway, "only-north") as (link, memory):
                await memory.live()
                keys = {one.key for one in (await shift(link)).entities}
                assert {key for key in keys if key.startswith("seat:")} == {"seat:s2"}, "s1 is of another team"

    asyncio.run(scenario())


async def order(link: FeedClient, name: str, **args: object) -> OrderResult:
    return await link.ask("order", OrderParams(secrets.token_hex(4), name, args=args), OrderResult)


def test_what_happened_is_told_in_order_and_again_after_a_restart(tmp_path: Path) -> None:
    key = "alarm:queue:claim:waiting:now"

    async def scenario() -> None:
        async with manager(tmp_path) as (source, link, memory):
            await source.tell(*everybody_signs_in(), Tick(at=START + 10_000))
            await source.tell(*a_call(1, "claim", START + 20_000, ends=False), Tick(at=START + 40_000))
            await memory.until(lambda: key in memory.entities)
            assert (await order(link, "alarm.acknowledge", alarm=key)).state == "done"
            assert (await order(link, "alarm.acknowledge", alarm=key)).state == "refused"
            await order(link, "notice.send", to="floor", text="早会改到九点")
            for switch in ("all", "claim"):
                await source.tell(SwitchRead(at=START + 45_000, switch=switch, value="normal", asked="", proved=True))
            for at in (START + 50_000, START + 55_000):
                await source.tell(SwitchRead(at=at, switch="claim", value="callback", asked="callback", proved=True))
            await source.tell(*a_call(1, "claim", START + 56_000)[2:], Tick(at=START + 120_000))
            found = await journal(link)
            alarm = [what for what_key, what in told(found) if what_key == key]
            assert alarm == ["raised", "acknowledged", "returned"]
            orders = [(one.entity.name, one.what) for one in found.happened if isinstance(one.entity, Order)]
            assert orders == [("alarm.acknowledge", "done"), ("alarm.acknowledge", "refused"), ("notice.send", "done")]
            switches = [one for one in told(found) if one[0].startswith("switch:")]
            assert switches == [("switch:claim", "changed")], "read first or read back again is not changed"
            assert [one.entity.text for one in found.happened if isinstance(one.entity, Notice)] == ["早会改到九点"]
            assert [one.rev for one in found.happened] == sorted(one.rev for one in found.happened)
            ended = next(one for one in found.happened if one.what == "returned")
            assert isinstance(ended.entity, Alarm) and ended.entity.ended_at is not None
            assert ended.entity.acknowledged_by == "all-manager"
            assert (await journal(link, limit=2)).happened == found.happened[-2:]
            assert (await journal(link, limit=2)).left_off == len(found.happened) - 2
            assert all(one.at < ended.at for one in (await journal(link, end=ended.at)).happened)
        async with manager(tmp_path) as (_, link, _):
            again = await journal(link)
            assert again.happened[: len(found.happened)] == found.happened
            assert again.known_from == found.known_from == START

    asyncio.run(scenario())


def test_a_trunk_that_goes_and_comes_back_is_in_the_journal_without_any_rule_and_the_next_shift_knows_it(
    tmp_path: Path,
) -> None:
    async def scenario() -> None:
        async with manager(tmp_path) as (source, link, memory):
            await source.tell(*everybody_signs_in())
            states: tuple[TrunkState, ...] = ("up", "up", "down", "down", "up", "down")
            for second, state in enumerate(states):
                await source.tell(TrunkChanged(at=START + 1000 * second, trunk="carrier", state=state))
            await memory.until(lambda: getattr(memory.entities.get("trunk:carrier"), "state", "") == "down")
            found = [one for one in (await journal(link)).happened if isinstance(one.entity, Trunk)]
            assert [(one.what, one.at - START) for one in found] == [("down", 2000), ("up", 4000), ("down", 5000)]
            assert [one.state for one in (await shift(link)).entities if isinstance(one, Trunk)] == ["down"]

    asyncio.run(scenario())


def test_a_source_that_falls_silent_and_speaks_again_is_in_the_journal(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with manager(tmp_path) as (source, link, memory):
            await source.tell(*everybody_signs_in())
            for trouble, state in (("the PBX is gone", "down"), ("", "up")):
                source.trouble = trouble
                await memory.until(lambda state=state: memory.entities["source:main"].state == state)  # type: ignore[misc]
            await source.tell(GapSeen(at=START + 1000, begin=START, end=START + 1000))
            found = [one for one in (await journal(link, 0)).happened if isinstance(one.entity, Source)]
            assert [one.what for one in found][-2:] == ["down", "up"]
            assert [one.entity.text for one in found if isinstance(one.entity, Source)][-2:] == ["the PBX is gone", ""]

    asyncio.run(scenario())


@pytest.mark.logs("cannot be told of the past")
def test_a_journal_that_lost_a_line_is_said_to_be_damaged_and_the_console_stays(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with manager(tmp_path) as (source, link, _):
            await source.tell(*everybody_signs_in(), Tick(at=START + 10_000))
            await order(link, "notice.send", to="floor", text="早会改到九点")
            assert (await journal(link)).happened
            changed(tmp_path / "log.floor", "UPDATE journal SET body = x'93'")
            said = r"^log\.floor: its journal \(table journal\) is damaged, .* cannot all be told: restore a copy"
            for _ in range(2):
                with pytest.raises(Refused, match=said):
                    await journal(link)

    asyncio.run(scenario())


def test_a_log_of_before_the_journal_says_since_when_it_knows(tmp_path: Path) -> None:
    with open_log(tmp_path / "log.floor", SITE) as log:
        log.append([(fact, None) for fact in a_morning()])
        newest = log.span()
        log._connection.execute("DROP TABLE journal")
    assert newest is not None

    async def scenario() -> None:
        async with manager(tmp_path) as (_, link, _):
            assert (await journal(link)).known_from == newest[1]

    asyncio.run(scenario())


def test_an_edited_site_has_its_journal_written_anew(tmp_path: Path) -> None:
    async def scenario() -> None:
        source = ToldSource()
        async with running_gateway(SITE, source, tmp_path):
            await source.tell(*everybody_signs_in(), *a_call(1, "claim", START + 1000, ends=False))
            await source.tell(Tick(at=START + HOUR))
        calmer = replace(SITE, thresholds=())
        async with manager(tmp_path, calmer) as (_, link, _):
            assert told(await journal(link, kinds=["alarm"])) == []

    asyncio.run(scenario())


@pytest.mark.slow
def test_a_shift_of_a_recording_is_told_also_of_the_time_before_the_jump(tmp_path: Path) -> None:
    facts = a_morning()
    begin = START + 400_000

    async def scenario() -> None:
        file, store = a_recording(tmp_path / "day.floor", facts), Store(tmp_path / "gateway.db")
        engine = open_recorded(SITE, Wish(f"recorded:{file}"), file, Shelf(tmp_path, store))
        gateway = Gateway(SITE, engine, store)
        await gateway.start("127.0.0.1", 0)
        try:
            async with console(gateway, "all-manager") as (link, memory):
                await memory.live()
                await order(link, "replay.pause")
                epoch = memory.beats[-1].epoch
                assert (await order(link, "replay.seek", to=START + 700_000)).state == "done"
                await memory.until(lambda: memory.beats[-1].epoch != epoch and memory.state == "live")
                found = await shift(link, START, begin, "offered", "answered")
                floor = straight(facts, begin)
                offered = sum(fact.at <= begin for fact in facts if isinstance(fact, LegJoined))
                assert (found.at, found.figures[0].values["offered"]) == (begin, offered)
                alarms = {one.key: one for one in found.entities if isinstance(one, Alarm)}
                assert {key: replace(one, rev=0) for key, one in alarms.items()} == {
                    one.key: replace(one, rev=0) for one in floor.entities() if isinstance(one, Alarm)
                }
                known = (await journal(link)).known_from
                assert known == START + 700_000 < facts[-1].at, "the recording has no journal, the replay has"
        finally:
            await gateway.stop()
            store.close()

    asyncio.run(scenario())
