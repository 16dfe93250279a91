"""Notes for the next shift: written by right, seen by whoever sees the whole floor, settled once, audited."""

from __future__ import annotations

import asyncio
import secrets
from pathlib import Path

import pytest

from feeds.client import FeedClient, Refused
from feeds.entities import Note
from feeds.facts import AnyFact, NoteSettled, NoteWritten, Tick
from feeds.floor import Floor
from feeds.requests import OrderParams, OrderResult
from feeds.rules.access import Audience, audience
from feeds.rules.handover import LONGEST_NOTE, MOST_NOTES, Written, note_of, settle_refusal
from tests.gateway.floors import START, everybody_signs_in, small_site
from tests.gateway.harness import Remembering, ToldSource, console, running_gateway

pytestmark = pytest.mark.usefixtures("orders_have_time")

SITE = small_site()
HOUR = 3_600_000


def viewer(token: str) -> Audience:
    found = next(one for one in SITE.tokens if one.id == token)
    return audience(SITE, next(role for role in SITE.roles if role.id == found.role), found)


def floor_with(*facts: AnyFact) -> Floor:
    floor = Floor(SITE)
    for rev, fact in enumerate([*everybody_signs_in(), *facts], 1):
        floor.apply(fact, rev)
    return floor


@pytest.mark.parametrize(
    ("args", "kept", "words"),
    [
        ({"text": " \n "}, 0, "needs words"),
        ({"text": "x" * (LONGEST_NOTE + 1)}, 0, f"at most {LONGEST_NOTE}"),
        ({"text": "\n".join("abcdefghi")}, 0, "at most 8 lines"),
        ({"text": "\u202eturned round"}, 0, "a note is at most"),
        ({"text": "x", "to": "me"}, 0, "cannot be used"),
        ({}, 0, "cannot be used"),
        ({"text": "x"}, MOST_NOTES, f"there are {MOST_NOTES} notes already"),
    ],
)
def test_a_note_that_nobody_could_read_is_refused(args: dict[str, object], kept: int, words: str) -> None:
    refused = note_of(args, viewer("all-manager"), kept)
    assert isinstance(refused, str) and words in refused


def test_lines_are_kept_and_blanks_around_them_are_not() -> None:
    found = note_of({"text": "  外线 B 报修 \r\n 单号 4711 \n"}, viewer("all-manager"), 0)
    assert found == Written("外线 B 报修\n单号 4711")


@pytest.mark.parametrize("token", ["only-claim", "only-team-1", "only-north"])
def test_who_does_not_see_the_whole_floor_neither_writes_nor_settles(token: str) -> None:
    refused = note_of({"text": "x"}, viewer(token), 0)
    assert isinstance(refused, str) and "not in your scope" in refused
    note = Note(key="note:n", rev=1, text="x", by="boss", at=START)
    assert settle_refusal(note, viewer(token)) == "there is no such note in sight"


def test_a_note_is_settled_once_and_whoever_was_first_keeps_the_credit() -> None:
    floor = floor_with(
        NoteWritten(at=START, note="n", text="x", by="boss"),
        NoteSettled(at=START + 1000, note="n", by="mei"),
        NoteSettled(at=START + 2000, note="n", by="lu"),
        NoteSettled(at=START + 2000, note="nobody-knows", by="lu"),
    )
    note = floor.entity("note:n")
    assert isinstance(note, Note) and (note.settled_by, note.settled_at) == ("mei", START + 1000)
    assert settle_refusal(note, viewer("all-manager")) == "already settled by mei"


@pytest.mark.slow
def test_an_open_note_stays_a_week_and_a_settled_one_a_day_also_over_quiet_nights() -> None:
    floor = floor_with(
        NoteWritten(at=START, note="open", text="x", by="boss"),
        NoteWritten(at=START, note="done", text="x", by="boss"),
        NoteSettled(at=START + HOUR, note="done", by="mei"),
    )
    other = Floor.thaw(SITE, floor.freeze())
    assert other.entity("note:open") == floor.entity("note:open")
    floor.apply(Tick(at=START + 25 * HOUR - 1), 100)
    assert floor.entity("note:done") is not None
    floor.apply(Tick(at=START + 25 * HOUR), 101)
    assert floor.entity("note:done") is None and "note:done" in floor.gone_since(100)
    floor.apply(Tick(at=START + 7 * 24 * HOUR - 1), 102)
    assert floor.entity("note:open") is not None
    for fold, ticks in ((floor, (7 * 24,)), (other, range(1, 7 * 24 + 1))):
        for number, hours in enumerate(ticks):
            fold.apply(Tick(at=START + hours * HOUR), 200 + number)
        assert fold.entity("note:open") is None


async def give(link: FeedClient, name: str, **args: object) -> OrderResult:
    return await link.ask("order", OrderParams(secrets.token_hex(4), name, args=args), OrderResult)


def notes(memory: Remembering) -> list[Note]:
    return [one for one in memory.entities.values() if isinstance(one, Note)]


def test_the_next_shift_sees_the_note_also_after_a_restart_and_displays_never_do(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with (
            running_gateway(SITE, ToldSource(), tmp_path) as gateway,
            console(gateway, "all-manager") as (link, memory),
        ):
            await memory.live()
            assert (await give(link, "handover.note", text="外线 B 报修")).state == "done"
            await memory.until(lambda: [one.text for one in notes(memory)] == ["外线 B 报修"])
        async with running_gateway(SITE, ToldSource(), tmp_path) as gateway:
            for token, sees in (("all-supervisor", True), ("all-wall", False), ("only-claim", False)):
                async with console(gateway, token) as (_, late):
                    await late.live()
                    assert bool(notes(late)) is sees, token
            async with console(gateway, "all-supervisor") as (other, memory):
                await memory.live()
                with pytest.raises(Refused, match=r"no right to give handover\.note"):
                    await give(other, "handover.note", text="x")
            async with console(gateway, "all-manager") as (link, memory):
                await memory.live()
                (note,) = notes(memory)
                assert (await give(link, "handover.settle", note=note.key)).state == "done"
                await memory.until(lambda: notes(memory)[0].settled_by == "all-manager")
                again = await give(link, "handover.settle", note=note.key)
                assert (again.state, again.text) == ("refused", "already settled by all-manager")
                unknown = await give(link, "handover.settle", note="seat:s1")
                assert (unknown.state, unknown.text) == ("refused", "there is no such note in sight")
            rows = await gateway.services.orders._store.audit()
            assert [(row.name, row.stage) for row in rows[:5]] == [
                ("handover.note", "asked"), ("handover.note", "done"), ("handover.note", "refused"),
                ("handover.settle", "asked"), ("handover.settle", "done"),
            ]  # fmt: skip

    asyncio.run(scenario())
