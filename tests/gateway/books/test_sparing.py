"""Orders that do nothing: a person's are all in the audit, those of a program that never stops are counted there."""

from __future__ import annotations

import asyncio
import secrets
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from feeds.client import FeedClient, Refused
from feeds.gateway.books import sparing
from feeds.gateway.books.audit import WHOLE, main
from feeds.gateway.books.sparing import A_SECOND, AT_ONCE, Left, Sparing
from feeds.requests import OrderParams, OrderResult
from tests.gateway.floors import small_site
from tests.gateway.harness import ToldSource, console, running_gateway

A, B = ("a", "refused"), ("a", "rehearsed")


def test_a_person_who_reviews_an_order_for_a_whole_floor_is_in_the_books_seat_by_seat() -> None:
    now = 100.0
    books = Sparing(lambda: now)
    assert [books.take(A) for _ in range(AT_ONCE)] == [(True, None)] * AT_ONCE
    assert [books.take(A) for _ in range(5)] == [(False, None)] * 5
    assert books.take(B) == (True, None), "each credential, and each kind, by itself"
    now += AT_ONCE / A_SECOND
    assert books.take(A) == (True, Left("refused", 5, AT_ONCE / A_SECOND))
    assert [books.take(A) for _ in range(AT_ONCE - 1)] == [(True, None)] * (AT_ONCE - 1)


def test_of_a_program_that_never_stops_some_are_kept_and_once_a_minute_the_number_of_the_others() -> None:
    now = 0.0
    books = Sparing(lambda: now)
    kept, told = 0, []
    for _ in range(36_000):  # ten a second for an hour
        keep, tell = books.take(A)
        kept += keep
        told += [tell.count] if tell else []
        now += 0.1
    rows = 3600 * A_SECOND + AT_ONCE
    assert kept == pytest.approx(rows, abs=2)
    assert len(told) == pytest.approx(60, abs=2)
    assert kept + sum(told) + sum(one.count for one in books.rest().values()) == 36_000, "none is lost"


def test_what_was_not_told_is_told_at_the_end_once() -> None:
    books = Sparing(lambda: 100.0)
    for _ in range(AT_ONCE + 3):
        books.take(A)
    books.take(B)
    assert (books.rest(), books.rest()) == ({A: Left("refused", 3, 0.0)}, {})


async def ask(link: FeedClient, *, rehearse: bool) -> str:
    params = OrderParams(secrets.token_hex(4), "seat.logout", {"seat": "s0"}, rehearse=rehearse)
    try:
        return (await link.ask("order", params, OrderResult)).state
    except Refused as refused:
        return refused.error.message


@pytest.mark.parametrize("rehearse", [False, True], ids=["denied", "rehearsed"])
def test_a_program_that_never_stops_asking_does_not_fill_the_audit_and_is_in_it(
    rehearse: bool, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    token = "all-manager" if rehearse else "all-wall"
    monkeypatch.setattr(sparing, "AT_ONCE", 20)
    monkeypatch.setattr(sparing, "A_SECOND", 0.0)
    count = 60

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
    assert len(rows) == 20 + 1
    stage = "rehearsed" if rehearse else "refused"
    assert rows[-1][0] == "left_out" and rows[-1][1].startswith(f"40 more orders were {stage} in the ")
    assert main(["verify", str(book)]) == WHOLE
    capsys.readouterr()
    assert main(["list", str(book)]) == WHOLE
    assert "left_out" in capsys.readouterr().out
