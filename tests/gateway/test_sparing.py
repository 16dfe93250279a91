"""Orders that do nothing: a person's are all in the audit, those of a program that never stops are counted there."""

from __future__ import annotations

import asyncio
import secrets
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from feeds.client import FeedClient, Refused
from feeds.gateway.audit import WHOLE, main
from feeds.gateway.sparing import MOST, SPAN_S, Sparing
from feeds.requests import OrderParams, OrderResult
from tests.gateway.floors import small_site
from tests.gateway.harness import ToldSource, console, running_gateway


def test_the_first_of_each_span_are_kept_and_the_others_told_by_their_number_when_it_is_over() -> None:
    now = 100.0
    sparing = Sparing(lambda: now)
    assert [sparing.take("a") for _ in range(MOST)] == [(True, 0)] * MOST
    assert [sparing.take("a") for _ in range(5)] == [(False, 0)] * 5
    assert sparing.take("b") == (True, 0), "each credential by itself"
    now += SPAN_S
    assert sparing.take("a") == (True, 5)
    assert sparing.take("a") == (True, 0)
    now += SPAN_S
    assert sparing.take("a") == (True, 0)


def test_what_was_not_told_is_told_at_the_end_once() -> None:
    sparing = Sparing(lambda: 100.0)
    for _ in range(MOST + 3):
        sparing.take("a")
    sparing.take("b")
    assert (sparing.rest(), sparing.rest()) == ({"a": 3}, {})


async def ask(link: FeedClient, *, rehearse: bool) -> str:
    params = OrderParams(secrets.token_hex(4), "seat.logout", {"seat": "s0"}, rehearse=rehearse)
    try:
        return (await link.ask("order", params, OrderResult)).state
    except Refused as refused:
        return refused.error.message


@pytest.mark.parametrize("rehearse", [False, True], ids=["denied", "rehearsed"])
def test_a_program_that_never_stops_asking_does_not_fill_the_audit_and_is_in_it(
    rehearse: bool, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    token = "all-manager" if rehearse else "all-wall"
    count = MOST + 40

    async def scenario() -> None:
        async with (
            running_gateway(small_site(), ToldSource(), tmp_path) as gateway,
            console(gateway, token) as (link, memory),
        ):
            await memory.live()
            for _ in range(count):
                await ask(link, rehearse=rehearse)

    asyncio.run(scenario())
    (book,) = tmp_path.glob("*.db")
    with closing(sqlite3.connect(book)) as connection:
        rows = connection.execute("SELECT stage, text FROM audit").fetchall()
    assert len(rows) == MOST + 1
    assert rows[-1] == ("left_out", "40 more orders were refused or rehearsed within a minute")
    assert main(["verify", str(book)]) == WHOLE
    capsys.readouterr()
    assert main(["list", str(book)]) == WHOLE
    assert "left_out" in capsys.readouterr().out
