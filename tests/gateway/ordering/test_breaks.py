"""The break quota: one more than it allows is refused with the numbers, on whatever floor and however many ask."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Awaitable, Callable, Collection, Iterable
from pathlib import Path

import pytest
from msgspec.structs import replace

from config.asterisk import Asterisk, PauseWord
from config.schema import Name, PauseReason, Site
from feeds.client import FeedClient
from feeds.commands import Ended, LogOut, Pause
from feeds.entities import Label, Seat, SiteInfo
from feeds.facts import SeatState, Tick
from feeds.floor import Floor, folded_part
from feeds.requests import OrderParams, OrderResult, Quota
from feeds.rules.breaks import full_refusal, is_break, later_refusal, place_of_break, quota_of
from tests.gateway.floors import START, a_call, everybody_signs_in, small_site
from tests.gateway.harness import Remembering, ToldSource, console, running_gateway
from tests.gateway.servants import Obedient

pytestmark = pytest.mark.usefixtures("orders_have_time")

TEAM = "team-1"
MINE = ("s0", "s4")
"""The two seats of team-1; s1 is of another team."""


def site_with(quota: int | None, *, of_team: int | None = None, people: int = 2) -> Site:
    site = small_site()
    agents = tuple(replace(one, team=TEAM) if place < people else one for place, one in enumerate(site.agents))
    teams = tuple(replace(one, break_quota=of_team) if one.id == TEAM else one for one in site.teams)
    return replace(site, agents=agents if people > 2 else site.agents, teams=teams, break_quota=quota)


def seat(name: str, state: SeatState = "ready", team: str = TEAM) -> Seat:
    return Seat(key=f"seat:{name}", rev=1, state=state, since=START, agent=f"a{name}", team=team)


def quota_refusal(site: Site, one: Seat, floor: Iterable[Seat], on_the_way: Collection[str] = ()) -> str | None:
    quota, _ = place_of_break(site, one, floor, on_the_way)
    return None if quota is None else full_refusal(quota)


def test_the_refusal_says_its_numbers() -> None:
    site, me = site_with(3), seat("s9")
    away = [seat(f"s{number}", "break") for number in range(3)]
    assert quota_refusal(site, me, [me, *away[:2]]) is None
    assert quota_refusal(site, me, [me, *away]) == "3 of 3 of team-1 are on break"
    assert quota_refusal(site, me, [me, *away, seat("s5", "break")]) == "4 of 3 of team-1 are on break"
    others = [seat("s5", "break", "team-2"), seat("s6", "training"), seat("s7", "meeting"), seat("s8")]
    assert quota_refusal(site, me, [me, *away[:2], *others]) is None
    assert quota_refusal(site, me, [me, *away[:2], seat("s5", "talking")], ["seat:s5"]) == (
        "3 of 3 of team-1 are on break, 1 of them as soon as their work is over"
    )
    assert quota_refusal(site, away[0], away) is None, "whoever is on a break already may change its reason"
    assert quota_refusal(site_with(0), me, [me]) == "nobody of team-1 may be sent on a break: its quota is 0"


def test_a_place_is_told_with_its_numbers_and_whoever_has_one_takes_no_other() -> None:
    site, me, mate = site_with(3), seat("s9"), seat("s5", "talking")
    floor = [me, mate, seat("s1", "break"), seat("s2", "offline"), seat("s3", "break", "team-2")]
    floor[3] = replace(floor[3], agent="")
    quota, has_one = place_of_break(site, me, floor, ["seat:s5"])
    assert (quota, has_one) == (Quota(TEAM, most=3, people=3, away=2, soon=1), False)
    assert quota is not None
    assert quota.free == 1
    assert place_of_break(site, mate, floor, ["seat:s5"])[1], "a break that is ordered has its place"
    assert place_of_break(site, floor[2], floor)[1]
    assert place_of_break(site_with(None), me, floor) == (None, False)
    assert (full_refusal(quota), later_refusal(quota, 0)) == (None, None)
    later = later_refusal(quota, 1)
    assert later == "no place in team-1 after 1 before this one (2 of 3 are on break)"


def test_a_teams_own_quota_wins_and_without_one_nothing_is_refused() -> None:
    assert quota_of(site_with(3), TEAM) == 3
    assert quota_of(site_with(3, of_team=1), TEAM) == 1
    assert quota_of(site_with(3, of_team=0), TEAM) == 0
    assert quota_of(site_with(None, of_team=1), "team-2") is None
    assert quota_of(site_with(3), "") is None
    assert quota_refusal(site_with(None), seat("s9"), [seat("s1", "break")] * 9) is None


def test_what_a_break_is_the_sites_words_say() -> None:
    own = replace(small_site(), asterisk=Asterisk(pauses=(PauseWord("Kaffee", "break"), PauseWord("用餐", "meeting"))))
    for site, reasons in (
        (small_site(), {"用餐", "小休", "lunch", "LUNCH"}),
        (own, {"kaffee", "小休", "lunch", "LUNCH"}),
    ):
        for reason in ("用餐", "小休", "lunch", "LUNCH", "kaffee", "培训", "anything"):
            assert is_break(site, Pause("s0", reason)) == (reason in reasons), reason
    assert not is_break(small_site(), LogOut("s0"))


def test_a_changed_quota_makes_nobody_fold_the_log_again() -> None:
    assert folded_part(site_with(3, of_team=1)) == folded_part(small_site())


def test_the_names_of_reasons_are_published_and_make_nobody_fold_the_log_again() -> None:
    tea = PauseReason("Tee", "break", Name("茶歇", "Tea"))
    site = replace(small_site(), pauses=(tea, PauseReason("Kaffee", "break")))
    assert folded_part(site) == folded_part(small_site())
    told = Floor(site).entity(f"site:{site.id}")
    assert isinstance(told, SiteInfo)
    assert told.reasons == [Label("Tee", "茶歇", "Tea")]
    assert list(told.pauses.items())[:2] == [("Tee", "break"), ("Kaffee", "break")]
    assert is_break(site, Pause("s0", "TEE")) and not is_break(site, Pause("s0", "Tea")), "orders say the reason itself"


async def give(link: FeedClient, name: str, **args: object) -> tuple[str, str]:
    found = await link.ask("order", OrderParams(secrets.token_hex(4), name, args=args), OrderResult)
    return found.state, found.text


FULL = ("refused", "1 of 1 of team-1 are on break")
LATER = ("refused", "1 of 1 of team-1 are on break, 1 of them as soon as their work is over")


def play(tmp_path: Path, site: Site, story: object, token: str = "all-manager") -> None:
    async def scenario() -> None:
        source = ToldSource()
        servant = Obedient(site, source)
        source.servant = servant
        async with running_gateway(site, source, tmp_path) as gateway, console(gateway, token) as (link, memory):
            await memory.live()
            await source.tell(*everybody_signs_in())
            await story(servant, link, memory)  # type: ignore[operator]

    asyncio.run(scenario())


def test_the_gateway_refuses_a_break_beyond_the_quota_and_nothing_else(tmp_path: Path) -> None:
    async def story(servant: Obedient, link: FeedClient, memory: Remembering) -> None:
        mine, mate = MINE
        assert await give(link, "seat.pause", seat=mine, reason="用餐") == ("done", "")
        assert await give(link, "seat.pause", seat=mate, reason="小休") == FULL
        assert servant.served == [Pause(mine, "用餐")], "a refused order does not reach the source"
        assert await give(link, "seat.pause", seat=mate, reason="培训") == ("done", "")
        assert await give(link, "seat.pause", seat=mine, reason="小休") == ("done", "")
        assert await give(link, "seat.pause", seat="s1", reason="小休") == ("done", "")
        assert await give(link, "seat.ready", seat=mine) == ("done", "")
        assert await give(link, "seat.pause", seat=mate, reason="小休") == ("done", "")

    play(tmp_path, site_with(1), story)


def test_of_two_who_ask_at_once_one_is_refused(tmp_path: Path) -> None:
    async def story(servant: Obedient, link: FeedClient, memory: Remembering) -> None:
        both = await asyncio.gather(*(give(link, "seat.pause", seat=one, reason="用餐") for one in MINE))
        assert sorted(both) == [("done", ""), FULL]

    play(tmp_path, site_with(1), story)


def test_a_break_that_begins_after_the_call_counts_until_it_has_been_or_is_called_off(tmp_path: Path) -> None:
    mine, mate = MINE

    async def story(servant: Obedient, link: FeedClient, memory: Remembering) -> None:
        servant.busy = {mine}
        await servant.source.tell(*a_call(1, "claim", START, 0, ends=False))
        assert (await give(link, "seat.pause", seat=mine, reason="用餐"))[0] == "done"
        assert await give(link, "seat.pause", seat=mate, reason="用餐") == LATER
        await give(link, "seat.ready", seat=mine)
        assert (await give(link, "seat.pause", seat=mate, reason="用餐"))[0] == "done"
        await give(link, "seat.ready", seat=mate)
        # It begins and is over, unseen by any order.
        assert (await give(link, "seat.pause", seat=mine, reason="用餐"))[0] == "done"
        await servant.becomes(mine, "break", "用餐")
        await servant.source.tell(Tick(at=START + 60_000))
        await servant.becomes(mine, "ready")
        assert (await give(link, "seat.pause", seat=mate, reason="用餐"))[0] == "done"

    play(tmp_path, site_with(1), story)


def test_a_break_that_begins_after_the_call_counts_over_a_restart_of_the_gateway(tmp_path: Path) -> None:
    mine, mate = MINE
    site = site_with(1)

    async def run(story: Callable[[Obedient, FeedClient, Remembering], Awaitable[None]]) -> None:
        source = ToldSource()
        source.servant = servant = Obedient(site, source)
        async with (
            running_gateway(site, source, tmp_path) as gateway,
            console(gateway, "all-manager") as (link, memory),
        ):
            await memory.live()
            await story(servant, link, memory)

    async def before(servant: Obedient, link: FeedClient, memory: Remembering) -> None:
        servant.busy = {mine}
        await servant.source.tell(*everybody_signs_in(), *a_call(1, "claim", START, 0, ends=False))
        assert (await give(link, "seat.pause", seat=mine, reason="用餐"))[0] == "done"

    async def after(servant: Obedient, link: FeedClient, memory: Remembering) -> None:
        assert await give(link, "seat.pause", seat=mate, reason="用餐") == LATER
        await servant.becomes(mine, "ready")
        assert (await give(link, "seat.pause", seat=mate, reason="用餐"))[0] == "done"

    asyncio.run(run(before))
    asyncio.run(run(after))


@pytest.mark.slow
def test_a_source_that_takes_its_time_with_one_team_keeps_no_other_waiting(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def story(servant: Obedient, link: FeedClient, memory: Remembering) -> None:
        servant.slow = asyncio.Event()
        with monkeypatch.context() as soon:
            soon.setattr("feeds.gateway.ordering.orders.AT_ONCE_S", 0.05)
            first = asyncio.create_task(give(link, "seat.pause", seat=MINE[0], reason="用餐"))
            await memory.until(lambda: servant.served)
        slow, servant.slow = servant.slow, None
        assert await give(link, "seat.pause", seat="s1", reason="用餐") == ("done", "")
        assert (await first)[0] == "running"
        slow.set()
        await memory.until(lambda: memory.entities[f"seat:{MINE[0]}"].state == "break")  # type: ignore[union-attr]

    play(tmp_path, site_with(1), story)


@pytest.mark.parametrize(("end", "counts"), [("failed", False), ("refused", False), ("unknown", True)])
def test_a_break_counts_if_it_may_have_happened(tmp_path: Path, end: str, counts: bool) -> None:
    mine, mate = MINE

    async def story(servant: Obedient, link: FeedClient, memory: Remembering) -> None:
        servant.end = Ended(end, "so it ended")  # type: ignore[arg-type]
        await give(link, "seat.pause", seat=mine, reason="用餐")
        servant.end = None
        assert await give(link, "seat.pause", seat=mate, reason="用餐") == (LATER if counts else ("done", ""))

    play(tmp_path, site_with(1), story)


def test_those_out_of_sight_are_counted_too(tmp_path: Path) -> None:
    async def story(servant: Obedient, link: FeedClient, memory: Remembering) -> None:
        await servant.becomes("s2", "break", "用餐")
        assert "seat:s2" not in memory.entities
        assert await give(link, "seat.pause", seat="s0", reason="用餐") == FULL

    play(tmp_path, site_with(1, people=4), story, "claim-of-team-1")


def test_a_break_that_waited_behind_another_until_it_expired_is_not_begun(tmp_path: Path) -> None:
    async def scenario() -> None:
        site, source = site_with(2), ToldSource()
        servant = Obedient(site, source)
        source.servant, servant.slow = servant, asyncio.Event()
        async with (
            running_gateway(site, source, tmp_path) as gateway,
            console(gateway, "all-manager") as (link, memory),
            console(gateway, "all-supervisor") as (other, others),
        ):
            await memory.live()
            await others.live()
            await source.tell(*everybody_signs_in())
            await memory.until(lambda: "seat:s4" in memory.entities)
            first = asyncio.create_task(give(link, "seat.pause", seat="s0", reason="用餐"))
            await memory.until(lambda: any(key.startswith("order:") for key in memory.entities))
            params = OrderParams("late", "seat.pause", args={"seat": "s4", "reason": "用餐"}, expires_ms=50)
            second = asyncio.create_task(other.ask("order", params, OrderResult))
            await others.until(lambda: any(key.startswith("order:") for key in others.entities))
            await asyncio.sleep(0.06)
            servant.slow.set()
            assert (await first)[0] == "done"
            ended = await second
            assert (ended.state, ended.code) == ("refused", "order.expired")
            assert servant.served == [Pause("s0", "用餐")]

    asyncio.run(scenario())
