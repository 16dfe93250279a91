"""Orders about alarms against a real gateway: rights, names, reasons, times; audit, journal and restart."""

from __future__ import annotations

import asyncio
import secrets
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from config.schema import AlarmSettings, Role, Site, Token
from feeds.client import FeedClient, Refused
from feeds.entities import Alarm
from feeds.facts import LegAbandoned, SeatChanged, Tick
from feeds.requests import JournalParams, JournalResult, OrderParams, OrderResult
from feeds.rules.alarm_orders import decided_on
from feeds.wire import ErrorBody
from tests.alarms.sites import rule
from tests.gateway.floors import NUMBER, ROLES, START, TOKENS, a_call, everybody_signs_in, small_site, token
from tests.gateway.harness import Remembering, ToldSource, console, running_gateway

pytestmark = pytest.mark.usefixtures("orders_have_time")

KEY = "alarm:queue:claim:waiting:now"
SITE = "alarm:site:waiting:now"


def alarmed_site(**changes: Any) -> Site:
    """The small site with a shared credential and rules about seats."""
    role = Role("lead", ROLES[0].name, ("alarm.acknowledge", "alarm.shelve", "alarm.unshelve"), masked=True)
    shared: Token = token("desk-of-all", "lead", shared=True)
    made = replace(
        small_site(tokens=(*TOKENS, shared)), roles=(*ROLES, role), alarms=(rule("long", state="acw", longer_s=30.0),),
        alarm_settings=AlarmSettings(longest_shelf_minutes=60),
    )  # fmt: skip
    return replace(made, **changes)


async def waiting(source: ToldSource) -> None:
    """Three callers wait in one queue, long enough for its alarm and the site's."""
    facts = everybody_signs_in()
    for number in range(3):
        facts += a_call(number, "claim", START + number, ends=False)
    await source.tell(*facts, *(Tick(at=START + second * 1000) for second in range(1, 60)))


async def order(client: FeedClient, order_: str, key: str = KEY, **args: Any) -> OrderResult:
    params = OrderParams(secrets.token_hex(8), order_, {"alarm": key, **args})
    return await client.ask("order", params, OrderResult)


def state(memory: Remembering, key: str = KEY) -> str:
    found = memory.entities.get(key)
    return found.state if isinstance(found, Alarm) else "none"


def test_a_shared_credential_has_to_give_a_name_and_everybody_sees_it(tmp_path: Path) -> None:
    async def story() -> None:
        source = ToldSource()
        async with (
            running_gateway(alarmed_site(), source, tmp_path) as gateway,
            console(gateway, "desk-of-all") as (client, mine),
            console(gateway, "all-wall") as (_, wall),
        ):
            await mine.live()
            await wall.live()
            await waiting(source)
            await wall.until(lambda: state(wall) == "unacknowledged")
            refused = await order(client, "alarm.acknowledge")
            assert (refused.state, "give your name" in refused.text) == ("refused", True)
            assert (await order(client, "alarm.acknowledge", name="Wang Li")).state == "done"
            await wall.until(lambda: state(wall) == "acknowledged")
            alarm = wall.entities[KEY]
            assert isinstance(alarm, Alarm)
            assert (alarm.acknowledged_by, alarm.acknowledged_name) == ("desk-of-all", "Wang Li")
            assert state(wall, SITE) == "acknowledged"  # it was only a consequence
            twice = await order(client, "alarm.acknowledge", name="Li")
            assert twice.text == "already acknowledged by Wang Li"

    asyncio.run(story())


def test_shelving_needs_a_right_a_reason_and_a_time_that_the_site_allows(tmp_path: Path) -> None:
    async def story() -> None:
        source = ToldSource()
        async with (
            running_gateway(alarmed_site(), source, tmp_path) as gateway,
            console(gateway, "all-manager") as (client, memory),
            console(gateway, "all-supervisor") as (lesser, _),
        ):
            await memory.live()
            await waiting(source)
            await memory.until(lambda: state(memory) == "unacknowledged")
            try:
                await order(lesser, "alarm.shelve", minutes=5, reason="known")
            except Refused as error:
                assert "no right" in error.error.message
            else:
                raise AssertionError("a role without the right shelved an alarm")
            for args, says in (
                ({"minutes": 5}, "give a reason"), ({"minutes": 61, "reason": "r"}, "1 to 60 minutes"),
            ):  # fmt: skip
                told = await order(client, "alarm.shelve", **args)
                assert (told.state, says in told.text) == ("refused", True), told
            assert (await order(client, "alarm.shelve", minutes=5, reason="known")).state == "done"
            await memory.until(lambda: state(memory) == "shelved")
            assert "shelved already" in (await order(client, "alarm.acknowledge")).text
            await source.tell(Tick(at=START + 400_000))
            await memory.until(lambda: state(memory) == "unacknowledged")
            assert "may have ended" in (await order(client, "alarm.shelve", "alarm:no", minutes=5, reason="r")).text

    asyncio.run(story())


def test_shelving_is_rehearsed_with_all_that_will_be_silent(tmp_path: Path) -> None:
    async def story() -> None:
        source = ToldSource()
        async with (
            running_gateway(alarmed_site(), source, tmp_path) as gateway,
            console(gateway, "all-manager") as (client, mine),
        ):
            await mine.live()
            await waiting(source)
            await mine.until(lambda: state(mine) == "unacknowledged")
            args = {"alarm": KEY, "reason": "known", "minutes": 30}
            rehearsed = OrderParams(secrets.token_hex(8), "alarm.shelve", args, rehearse=True)
            told = await client.ask("order", rehearsed, OrderResult)
            assert (told.state, told.code, told.hits) == ("accepted", "effect.shelve", [KEY, SITE])
            assert (await order(client, "alarm.shelve", reason="known", minutes=30)).state == "done"
            await mine.until(lambda: state(mine) == "shelved")
            site = mine.entities[SITE]
            assert isinstance(site, Alarm)
            assert site.cause == KEY

    asyncio.run(story())


def test_what_was_put_aside_survives_a_restart_and_so_do_journal_and_audit(tmp_path: Path) -> None:
    async def story() -> None:
        site, source = alarmed_site(), ToldSource()
        async with (
            running_gateway(site, source, tmp_path) as gateway,
            console(gateway, "all-manager") as (client, memory),
        ):
            await memory.live()
            await waiting(source)
            await memory.until(lambda: state(memory) == "unacknowledged")
            assert (await order(client, "alarm.out_of_service", reason="works on the trunk")).state == "done"
        async with (
            running_gateway(site, ToldSource(), tmp_path) as gateway,
            console(gateway, "all-manager") as (client, memory),
        ):
            await memory.live()
            await memory.until(lambda: state(memory) == "out_of_service")
            assert (await order(client, "alarm.return_to_service", name="Li")).state == "done"
            await memory.until(lambda: state(memory) == "unacknowledged")
            told = await client.ask("journal", JournalParams(begin=START, kinds=["alarm"]), JournalResult)
            mine = [one for one in told.happened if one.entity.key == KEY]
            assert [one.what for one in mine][:2] == ["raised", "out_of_service"]
            assert mine[-1].what == "in_service"
            last, aside = mine[-1].entity, mine[1].entity
            assert isinstance(last, Alarm) and isinstance(aside, Alarm)
            assert (aside.suppressed_reason, last.brought_back_by, last.brought_back_name) == (
                "works on the trunk", "all-manager", "Li",
            )  # fmt: skip
            rows = await gateway.services.orders._store.audit()
            named = [(row.stage, row.name) for row in rows]
            assert named == [
                ("asked", "alarm.out_of_service"), ("done", "alarm.out_of_service"),
                ("asked", "alarm.return_to_service"), ("done", "alarm.return_to_service"),
            ]  # fmt: skip
            assert b"works on the trunk" in rows[0].args

    asyncio.run(story())


def test_an_alarm_of_a_seat_is_seen_and_acknowledged_only_by_who_sees_the_seat(tmp_path: Path) -> None:
    async def story() -> None:
        source = ToldSource()
        async with (
            running_gateway(alarmed_site(), source, tmp_path) as gateway,
            console(gateway, "only-team-1") as (client, team),
            console(gateway, "only-north") as (other, north),
        ):
            await team.live()
            await north.live()
            wrapping_up = [SeatChanged(at=START, seat=f"s{n}", state="acw", agent=f"a{n}") for n in (0, 2)]
            ticks = [Tick(at=START + second * 1000) for second in range(1, 90)]
            await source.tell(*everybody_signs_in(), *wrapping_up, *ticks)
            await team.until(lambda: state(team, "alarm:seat:s0:long") == "unacknowledged")
            await north.until(lambda: state(north, "alarm:seat:s2:long") == "unacknowledged")
            assert "alarm:seat:s2:long" not in team.entities
            assert "alarm:seat:s0:long" not in north.entities
            assert "no such alarm" in (await order(other, "alarm.acknowledge", "alarm:seat:s0:long")).text
            assert (await order(client, "alarm.acknowledge", "alarm:seat:s0:long")).state == "done"

    asyncio.run(story())


def test_what_was_decided_on_another_state_of_an_alarm_is_refused_with_what_changed(tmp_path: Path) -> None:
    async def story() -> None:
        source = ToldSource()
        async with (
            running_gateway(alarmed_site(), source, tmp_path) as gateway,
            console(gateway, "all-manager") as (client, mine),
        ):
            await mine.live()
            await waiting(source)
            await mine.until(lambda: state(mine) == "unacknowledged")
            seen = mine.entities[KEY]
            assert isinstance(seen, Alarm)

            async def decided(order_: str, expected: Any, **args: Any) -> ErrorBody | OrderResult:
                params = OrderParams(secrets.token_hex(8), order_, {"alarm": KEY, **args}, expect={KEY: expected})
                try:
                    return await client.ask("order", params, OrderResult)
                except Refused as refused:
                    return refused.error

            def code(answer: ErrorBody | OrderResult) -> str:
                assert isinstance(answer, ErrorBody) and answer.data is not None
                assert (answer.data.rule, answer.data.retry) == ("orders.expect", "resync")
                return answer.data.code

            milder = replace(seen, level="warn")
            assert code(await decided("alarm.acknowledge", decided_on(milder))) == "alarm.outdated"
            assert code(await decided("alarm.acknowledge", None)) == "alarm.outdated"
            assert code(await decided("alarm.acknowledge", {"no such member": None})) == "alarm.outdated"
            assert state(mine) == "unacknowledged"
            # Its value has moved since, which is no reason.
            await source.tell(Tick(at=START + 61_000), *a_call(9, "claim", START + 61_500, ends=False))
            await source.tell(Tick(at=START + 62_000), Tick(at=START + 63_000))
            answer = await decided("alarm.acknowledge", decided_on(seen))
            assert isinstance(answer, OrderResult) and answer.state == "done"
            await mine.until(lambda: state(mine) == "acknowledged")
            assert code(await decided("alarm.acknowledge", decided_on(seen))) == "alarm.acknowledged"

    asyncio.run(story())


@pytest.mark.parametrize("who", ["all-supervisor", "all-manager"])
def test_nobody_finds_out_by_what_they_expect_what_they_may_not_see(who: str, tmp_path: Path) -> None:
    async def story() -> None:
        source = ToldSource()
        async with (
            running_gateway(alarmed_site(), source, tmp_path) as gateway,
            console(gateway, who) as (client, mine),
        ):
            await mine.live()
            await waiting(source)
            await mine.until(lambda: state(mine) == "unacknowledged")
            expect = {"call:l0": {"number": NUMBER}}
            params = OrderParams("k", "alarm.acknowledge", {"alarm": KEY}, expect=expect)
            if who == "all-manager":
                assert (await client.ask("order", params, OrderResult)).state == "done"
                return
            with pytest.raises(Refused, match="has changed"):
                await client.ask("order", params, OrderResult)

    asyncio.run(story())


def test_who_sees_one_queue_only_acknowledges_no_alarm_of_the_whole_site_with_it(tmp_path: Path) -> None:
    async def story() -> None:
        source = ToldSource()
        async with (
            running_gateway(alarmed_site(), source, tmp_path) as gateway,
            console(gateway, "only-claim") as (client, _),
            console(gateway, "all-wall") as (_, wall),
        ):
            await wall.live()
            await waiting(source)
            await wall.until(lambda: state(wall) == "unacknowledged")
            assert (await order(client, "alarm.acknowledge")).state == "done"
            await wall.until(lambda: state(wall) == "acknowledged")
            assert state(wall, SITE) == "unacknowledged"
            await source.tell(LegAbandoned(at=START + 61_000, leg="l0"), Tick(at=START + 62_000))

    asyncio.run(story())
