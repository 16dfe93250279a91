"""Requests with numbers that no calendar, no database and no clock has, and those whose answer lies in damage."""

from __future__ import annotations

import asyncio
import itertools
import json
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
import pytest
from websockets.asyncio.client import ClientConnection

from feeds import wire
from feeds.gateway.consoles.serve import Gateway
from feeds.gateway.refusals import BAD_PARAMETERS, EXPIRED, FAILED
from feeds.log.base import LogError
from feeds.schema import _METHODS
from tests.gateway.floors import START, a_morning, small_site
from tests.gateway.harness import ToldSource, console, running_gateway
from tests.gateway.raw_line import answer_to, raw_line

EDGES = (2**31, 2**53, 2**63, 10**30, 10**400)
FAR = sorted({sign * (edge + step) for edge in EDGES for step in (-1, 0, 1) for sign in (1, -1)})
BEFORE_ALL_CALENDARS = (-62_135_596_800_001, -62_135_596_800_000, -62_135_510_400_000, 253_402_300_800_000)
VALUES = (*FAR, *BEFORE_ALL_CALENDARS, 0, -1)
PLAIN: dict[str, dict[str, Any]] = {
    "hello": {"token": "all-manager", "resume": {"epoch": "x", "rev": 0}},
    "resync": {},
    "view": {},
    "history": {"figure": "answered", "from": START, "to": START + 3_600_000},
    "calls": {"figure": "answered"},
    "agent": {"seat": "s1"},
    "shift": {"from": START},
    "journal": {"from": START},
    "order": {"key": "k", "name": "seat.ready", "args": {"seat": "s1"}, "rehearse": True},
}
"""A request of each method that is answered."""


class Place(NamedTuple):
    """A number in a request's parameters: its method, and the members that lead to it."""

    method: str
    way: tuple[str, ...]


def numbers_in(shape: Any) -> Iterator[tuple[str, ...]]:
    """The ways to every integer in a shape, by the names that the wire has for its members."""
    match shape:
        case msgspec.inspect.IntType():
            yield ()
        case msgspec.inspect.UnionType():
            for one in shape.types:
                yield from numbers_in(one)
        case msgspec.inspect.StructType():
            for one in shape.fields:
                yield from ((one.encode_name, *way) for way in numbers_in(one.type))


PLACES = [
    Place(method, way)
    for method, (asked, _, _) in _METHODS.items()
    for way in numbers_in(msgspec.inspect.type_info(asked))
]


def with_number(place: Place, value: int) -> dict[str, Any]:
    """The parameters with that number in its place."""
    found: dict[str, Any] = json.loads(json.dumps(PLAIN[place.method]))
    inner = found
    for name in place.way[:-1]:
        inner = inner.setdefault(name, {})
    inner[place.way[-1]] = value
    return found


def test_every_method_has_a_plain_request_and_the_known_numbers_are_found() -> None:
    assert set(PLAIN) == set(_METHODS)
    assert {Place("journal", ("from",)), Place("calls", ("at",)), Place("hello", ("resume", "rev"))} <= set(PLACES)
    assert {place.method for place in PLACES} == set(_METHODS) - {"resync", "view"}


@asynccontextmanager
async def a_gateway(folder: Path) -> AsyncIterator[Gateway]:
    source = ToldSource()
    async with (
        running_gateway(small_site(), source, folder) as gateway,
        console(gateway, "all-wall") as (_, memory),
    ):
        await memory.live()
        await source.tell(*a_morning())
        yield gateway


async def asked(line: ClientConnection, method: str, params: object, number: int = 7) -> wire.Answer:
    async with asyncio.timeout(20):
        await line.send(json.dumps({"jsonrpc": "2.0", "id": number, "method": method, "params": params}))
        return await answer_to(line, number)


def test_a_number_that_is_out_of_reach_is_refused_with_its_name_and_the_line_stays(tmp_path: Path) -> None:
    """Whatever number stands in whatever place, the request is answered or it is said which number does not fit."""

    async def scenario() -> None:
        async with a_gateway(tmp_path) as gateway, raw_line(gateway) as line:
            await answer_to(line, 1)
            for place, value in itertools.product(PLACES, VALUES):
                params = with_number(place, value)
                if place.method == "hello":
                    async with raw_line(gateway, None) as fresh:
                        found = await asked(fresh, "hello", params)
                else:
                    found = await asked(line, place.method, params)
                if found.error is not None and found.error.code != EXPIRED:
                    assert found.error.code == BAD_PARAMETERS, (place, value, found.error)
                    assert place.way[-1] in found.error.message, (place, value, found.error)
            for number in (*FAR, *(-one for one in FAR)):
                assert (await asked(line, "resync", {}, number)).error is None

    asyncio.run(scenario())


@pytest.mark.parametrize("name", ["calls", "journal", "shift", "agent"])
def test_a_request_into_damage_is_told_so_in_plain_words_and_the_line_stays(
    name: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async def scenario() -> None:
        async with a_gateway(tmp_path) as gateway, raw_line(gateway) as line:
            await answer_to(line, 1)
            session = gateway.services.engine.session
            path = session.log.path

            def damaged(*_: object, **__: object) -> Any:
                raise LogError(f"{path}: a page is damaged: restore a copy")

            for method in ("legs", "happenings", "entries", "newest_key_frame"):
                setattr(session.log, method, damaged)
            params = PLAIN[name] | ({"to": START + 900_000} if name == "shift" else {})
            for _ in range(2):
                found = await asked(line, name, params)
                assert found.error is not None and found.error.data is not None
                assert (found.error.code, found.error.data.rule) == (FAILED, f"{name}.log")
                assert found.error.message == "log.floor: a page is damaged: restore a copy"
            assert (await asked(line, "resync", {})).error is None

    asyncio.run(scenario())
    said = [record.getMessage() for record in caplog.records if "cannot be told of the past" in record.getMessage()]
    assert len(said) == 1 and "log.floor: a page is damaged" in said[0], "once, not at every request"
