"""Notices: sent within one's scope, seen by whoever sees the addressee, gone when their time is over, and audited."""

from __future__ import annotations

import asyncio
import secrets
from pathlib import Path

import pytest

from feeds.client import FeedClient, Refused
from feeds.entities import Notice, Seat
from feeds.facts import NoticeSent, SeatChanged, Tick
from feeds.floor import Floor
from feeds.requests import OrderParams, OrderResult
from feeds.rules.access import audience
from feeds.rules.notices import notice_of
from tests.gateway.floors import START, everybody_signs_in, small_site
from tests.gateway.harness import Remembering, ToldSource, console, running_gateway

pytestmark = pytest.mark.usefixtures("orders_have_time")

SITE = small_site()
MINUTE = 60_000
EVERYBODY = ("all-manager", "all-wall", "only-claim", "only-team-1", "only-north", "claim-of-team-1")
SEEN = {
    "floor": set(EVERYBODY),
    "team:team-1": {"all-manager", "all-wall", "only-claim", "only-team-1", "claim-of-team-1"},
    "team:team-3": {"all-manager", "all-wall", "only-claim", "only-north"},
    "seat:s0": {"all-manager", "only-claim", "only-team-1", "claim-of-team-1"},
    "seat:s4": {"all-manager", "only-team-1"},
}
"""Who sees a notice to whom: s0 and s4 are of team-1, and only s0 takes claims."""


def floor_with(*facts: object) -> Floor:
    floor = Floor(SITE)
    for rev, fact in enumerate([*everybody_signs_in(), *facts], 1):
        floor.apply(fact, rev)  # type: ignore[arg-type]
    return floor


def viewer(token: str) -> object:
    found = next(one for one in SITE.tokens if one.id == token)
    return audience(SITE, next(role for role in SITE.roles if role.id == found.role), found)


def asked(token: str, to: str, text: str = "早会改到九点", **more: object) -> object:
    return notice_of({"to": to, "text": text, **more}, SITE, viewer(token), floor_with().entity)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("token", "to", "words"),
    [
        ("only-team-1", "floor", "the whole floor is not in your scope"),
        ("only-claim", "floor", "the whole floor is not in your scope"),
        ("only-team-1", "team:team-2", "no team 'team-2' that is wholly in your scope"),
        ("only-claim", "team:team-1", "no team 'team-1' that is wholly in your scope"),
        ("all-manager", "team:team-9", "no team 'team-9'"),
        ("all-manager", "seat:s99", "no seat 's99' in sight"),
        ("all-manager", "queue:claim", "a notice goes to `floor`"),
        ("all-manager", "", "a notice goes to `floor`"),
    ],
)
def test_a_notice_to_what_is_out_of_scope_is_refused(token: str, to: str, words: str) -> None:
    refused = asked(token, to)
    assert isinstance(refused, str) and words in refused


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"text": "  "}, "needs words"),
        ({"text": "x" * 201}, "at most 200"),
        ({"text": "two\nlines"}, "one line"),
        ({"text": "\u202eturned round"}, "one line"),
        ({"minutes": 0}, "1 to 720 minutes"),
        ({"minutes": 721}, "1 to 720 minutes"),
        ({"minutes": "soon"}, "cannot be used"),
        ({"sound": True}, "cannot be used"),
    ],
)
def test_a_notice_that_nobody_could_show_is_refused(more: dict[str, object], words: str) -> None:
    refused = asked("all-manager", "floor", **more)  # type: ignore[arg-type]
    assert isinstance(refused, str) and words in refused


def test_a_seat_where_nobody_sits_gets_no_notice() -> None:
    floor = floor_with(SeatChanged(at=START, seat="s0", state="offline"))
    assert isinstance(floor.entity("seat:s0"), Seat)
    refused = notice_of({"to": "seat:s0", "text": "x"}, SITE, viewer("all-manager"), floor.entity)  # type: ignore[arg-type]
    assert refused == "nobody is signed in at seat s0"


def a_notice(until: int, name: str = "n1") -> NoticeSent:
    return NoticeSent(at=START, notice=name, to="floor", text="x", by="boss", until=until)


def test_a_notice_is_gone_when_its_time_is_over_also_over_a_quiet_night() -> None:
    floor = floor_with(a_notice(START + 5 * MINUTE))
    notice = floor.entity("notice:n1")
    assert isinstance(notice, Notice) and (notice.since, notice.until) == (START, START + 5 * MINUTE)
    frozen = floor.freeze()
    floor.apply(Tick(at=START + 5 * MINUTE - 1), 100)
    assert floor.entity("notice:n1") is not None
    floor.apply(Tick(at=START + 6 * MINUTE), 101)
    assert floor.entity("notice:n1") is None and "notice:n1" in floor.gone_since(100)
    other = Floor.thaw(SITE, frozen)
    assert other.entity("notice:n1") == notice
    other.apply(Tick(at=START + 20 * 60 * MINUTE), 100)
    assert other.entity("notice:n1") is None


def test_a_notice_that_is_told_when_its_time_is_over_was_never_there() -> None:
    floor = floor_with(Tick(at=START + 10 * MINUTE), a_notice(START + 5 * MINUTE))
    assert floor.entity("notice:n1") is None and "notice:n1" not in set(floor.keys())


async def give(link: FeedClient, **args: object) -> OrderResult:
    return await link.ask("order", OrderParams(secrets.token_hex(4), "notice.send", args=args), OrderResult)


def texts(memory: Remembering) -> set[str]:
    return {one.text for one in memory.entities.values() if isinstance(one, Notice)}


def test_whoever_sees_the_addressee_sees_the_notice_and_nobody_else(tmp_path: Path) -> None:
    async def scenario() -> None:
        source = ToldSource()
        async with running_gateway(SITE, source, tmp_path) as gateway:
            await source.tell(*everybody_signs_in())
            async with console(gateway, "all-manager") as (link, memory):
                await memory.live()
                for to in SEEN:
                    assert (await give(link, to=to, text=to)).state == "done"
                await memory.until(lambda: texts(memory) == set(SEEN))
            for token in EVERYBODY:
                async with console(gateway, token) as (_, late):
                    await late.live()
                    assert texts(late) == {to for to, who in SEEN.items() if token in who}, token
            rows = await gateway.services.orders._store.audit()
            assert [row.stage for row in rows] == ["asked", "done"] * len(SEEN)
            assert b'"to":"floor"' in rows[0].args and rows[0].token == "all-manager"

    asyncio.run(scenario())


def test_a_notice_needs_the_right_and_names_who_sent_it_and_when_it_ends(tmp_path: Path) -> None:
    async def scenario() -> None:
        source = ToldSource()
        async with (
            running_gateway(SITE, source, tmp_path) as gateway,
            console(gateway, "only-claims") as (link, memory),
            console(gateway, "all-supervisor") as (other, _),
        ):
            await memory.live()
            await source.tell(*everybody_signs_in())
            with pytest.raises(Refused, match=r"no right to give notice\.send"):
                await give(other, to="floor", text="x")
            done = await give(link, to="seat:s0", text=" 请回电 ", minutes=5)
            await memory.until(lambda: f"notice:{done.order}" in memory.entities)
            notice = memory.entities[f"notice:{done.order}"]
            assert isinstance(notice, Notice)
            assert (notice.to, notice.text, notice.by) == ("seat:s0", "请回电", "only-claims")
            assert notice.until - notice.since == 5 * MINUTE
            await source.tell(Tick(at=notice.until + MINUTE))
            await memory.until(lambda: f"notice:{done.order}" not in memory.entities)

    asyncio.run(scenario())
