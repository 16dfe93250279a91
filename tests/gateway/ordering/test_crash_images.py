"""A gateway killed behind each single write of its orders: the next one ends them all, and nobody is told otherwise.

While orders are given, the files are copied behind every write, as a kill would leave them. On each copy a gateway is
started, and books, floor and keys are asked what became of everything that was ordered until then.
`WATCHFLOOR_ORDER_SEEDS` sets how many random shifts are tried (1).
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import random
import secrets
import shutil
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from msgspec import Struct
from msgspec.structs import replace
from websockets.asyncio.client import ClientConnection

from feeds import wire
from feeds.client import FeedClient, Refused
from feeds.commands import Command, Ended, Join, MoveSeat, Pause
from feeds.facts import AnyFact
from feeds.gateway.books.audit import WHOLE, main
from feeds.gateway.consoles.serve import Gateway
from feeds.requests import OrderParams, OrderResult
from tests.gateway.floors import small_site
from tests.gateway.giving import ALARM, raise_an_alarm
from tests.gateway.harness import ToldSource, console, running_gateway
from tests.gateway.raw_line import answer_to, raw_line
from tests.gateway.servants import Obedient

SEEDS = range(int(os.environ.get("WATCHFLOOR_ORDER_SEEDS", "1")))
WRITES = ("intend", "conclude", "note")
KEPT = {(state, state) for state in ("done", "refused", "unknown")} | {("done", "undone")}
"""How an order was answered and may be answered later."""
BESIDE = ("-shm", "-lock", "-lock-journal")


class Asked(Struct):
    """An order of a credential, and its answer once that has come."""

    token: str
    params: OrderParams
    answer: OrderResult | None = None


class Image(Struct):
    """What a kill would leave behind a write, what had been asked and answered then, and what the source had done."""

    folder: Path
    write: str
    asked: list[Asked]
    served: list[Command]


class Mover(Obedient):
    """Says of a move what takes it back."""

    async def serve(self, command: Command, by: str) -> Ended:
        ended = await super().serve(command, by)
        return Ended("done", inverse=command) if isinstance(command, MoveSeat) and self.end is None else ended


class Witness:
    """Takes an image behind each write of a gateway."""

    def __init__(self, gateway: Gateway, folder: Path, images: Path, servant: Obedient) -> None:
        self.images: list[Image] = []
        self.asked: list[Asked] = []
        self._folder, self._images, self._servant = folder, images, servant
        self._store = gateway.services.orders._store
        for name in WRITES:
            self._stand_behind(name, getattr(self._store, name))
        log = gateway.services.engine.session.log
        append = log.append

        def appended(facts: Sequence[tuple[AnyFact, int | None]]) -> int:
            rev = append(facts)
            self._take(f"the log's {type(facts[0][0]).__name__}" if facts else "nothing")
            return rev

        log.append = appended  # type: ignore[method-assign]

    def _stand_behind(self, name: str, write: Callable[..., Awaitable[None]]) -> None:
        async def written(row: Any, *more: Any) -> None:
            await write(row, *more)
            self._take(f"the books' {row.stage} of {row.name}")

        setattr(self._store, name, written)

    def _take(self, write: str) -> None:
        folder = self._images / str(len(self.images))
        # In the thread that writes the books, so that no file is copied while it is written.
        self._store._thread.submit(
            shutil.copytree, self._folder, folder, ignore=lambda _, names: {n for n in names if n.endswith(BESIDE)}
        ).result()
        asked = [Asked(one.token, one.params, one.answer) for one in self.asked]
        self.images.append(Image(folder, write, asked, list(self._servant.served)))

    async def give(self, link: FeedClient, name: str, **args: Any) -> OrderResult | None:
        token = link.session.by if link.session is not None else ""
        one = Asked(token, OrderParams(secrets.token_hex(4), name, args))
        self.asked.append(one)
        try:
            one.answer = await link.ask("order", one.params, OrderResult)
        except Refused:
            self.asked.remove(one)
        return one.answer


Script = Callable[[Witness, Mover, FeedClient, FeedClient], Awaitable[None]]


async def of_every_kind(witness: Witness, servant: Mover, one: FeedClient, other: FeedClient) -> None:
    """Orders of every kind of two people, one after the other and at once."""
    give = witness.give
    paused = await give(one, "seat.pause", seat="s0", reason="lunch")
    moved = await give(other, "seat.move", seat="s1", join=[Join("vip")])
    assert paused is not None and moved is not None
    await give(other, "seat.undo", order=paused.order)
    await give(one, "seat.undo", order=paused.order)
    await asyncio.gather(*(give(other, "seat.undo", order=moved.order) for _ in range(2)))
    await asyncio.gather(*(give(link, "alarm.acknowledge", alarm=ALARM) for link in (one, other)))
    note = await give(one, "handover.note", text="mind the queue")
    assert note is not None
    await give(one, "handover.settle", note=f"note:{note.order}")
    servant.end = Ended("unknown", "not seen")
    await give(one, "seat.logout", seat="s3")


def at_random(seed: int) -> Script:
    """Two people who order and take back what comes to their minds, at once, at a source that fails now and then."""

    async def script(witness: Witness, servant: Mover, one: FeedClient, other: FeedClient) -> None:
        chance, orders = random.Random(seed), ["none"]

        async def something(link: FeedClient) -> None:
            seat, name = f"s{chance.randrange(2)}", chance.choice(["pause", "pause", "ready", "move", "undo", "undo"])
            args: dict[str, Any] = {"order": chance.choice(orders)} if name == "undo" else {"seat": seat}
            if name == "pause":
                args["reason"] = f"reason {len(witness.asked)}"
            elif name == "move":
                args["join"] = [Join(chance.choice(["vip", "dual"]), chance.randrange(3))]
            result = await witness.give(link, f"seat.{name}", **args)
            if result is not None:
                orders.append(result.order)

        for _ in range(6):
            servant.end = chance.choice([None, None, None, Ended("unknown", "not seen"), Ended("refused", "not now")])
            await asyncio.gather(something(one), something(other))

    return script


async def a_shift(folder: Path, images: Path, script: Script) -> list[Image]:
    """What a kill would leave behind each write of what two people order."""
    site, source = small_site(), ToldSource()
    servant = source.servant = Mover(site, source)
    async with (
        running_gateway(site, source, folder) as gateway,
        console(gateway, "all-manager") as (one, memory),
        console(gateway, "all-supervisor") as (other, others),
    ):
        await memory.live()
        await others.live()
        await raise_an_alarm(source, memory)
        witness = Witness(gateway, folder, images, servant)
        await script(witness, servant, one, other)
        return witness.images


async def wrong_after(image: Image) -> list[str]:
    """What a gateway that goes on from an image tells otherwise than it was, or leaves open."""
    site, source = small_site(), ToldSource()
    servant = source.servant = Obedient(site, source)
    wrong: list[str] = []
    async with running_gateway(site, source, image.folder) as gateway, contextlib.AsyncExitStack() as stack:
        lines = Lines(gateway, stack)
        orders, floor = gateway.services.orders, gateway.services.engine.session.floor
        books: dict[str, list[str]] = {}
        for row in await orders._store.audit():
            books.setdefault(row.order, []).append(row.stage)
        for order, (first, *ends) in books.items():
            if first != "asked" or (len(ends) != 1 and ends != ["done", "undone"]):
                wrong.append(f"the books tell of {order}: {first}, {ends}")
        for order, record in floor.state.orders.items():
            if record.state != books[order][-1]:
                wrong.append(f"{record.name} is {record.state} on the floor and {books[order]} in the books")
        for one in image.asked:
            again = await lines.order(one.token, replace(one.params, expires_ms=0))
            state = again.state if again is not None else "not begun"
            if again is not None and state not in books.get(again.order, []):
                wrong.append(f"{one.params.name} is answered with {state}")
            if one.answer is not None and (one.answer.state, state) not in KEPT:
                wrong.append(f"{one.params.name} was answered with {one.answer.state} and is now with {state}")
            was_served = any(isinstance(c, Pause) and c.reason == one.params.args.get("reason") for c in image.served)
            told = {"not begun": False, "done": True, "undone": True}.get(state, was_served)
            if one.params.name == "seat.pause" and was_served != told:
                wrong.append(f"a pause is answered with {state}, and the source was asked for it: {was_served}")
            record_now = floor.state.orders.get(again.order) if again is not None else None
            if record_now is not None and again is not None and record_now.state == "undone":
                undo = OrderParams(secrets.token_hex(4), "seat.undo", {"order": again.order})
                twice = await lines.order(one.token, undo)
                if twice is None or twice.code not in ("undo.twice", "undo.gone"):
                    wrong.append(f"what was undone is undone once more: {twice}")
        if servant.served:
            wrong.append(f"the source was asked again: {servant.served}")
    if main(["verify", str(image.folder / "gateway.db")]) != WHOLE:
        wrong.append("the audit is broken")
    return wrong


class Lines:
    """One line to a gateway for each credential."""

    def __init__(self, gateway: Gateway, stack: contextlib.AsyncExitStack) -> None:
        self._gateway, self._stack = gateway, stack
        self._lines: dict[str, ClientConnection] = {}
        self._number = 1

    async def order(self, token: str, params: OrderParams) -> OrderResult | None:
        """What an order is answered with; None where it is not begun."""
        if token not in self._lines:
            line = self._lines[token] = await self._stack.enter_async_context(raw_line(self._gateway, token))
            await answer_to(line, 1)
        self._number += 1
        await self._lines[token].send(wire.request("order", params, self._number), text=True)
        answer = await answer_to(self._lines[token], self._number)
        return None if answer.error is not None else wire.decode_result(answer, OrderResult)


def a_power_cut(before: Image, after: Image, folder: Path) -> Image:
    """An image of the books as they were later than the log, whose newest facts a power cut may take."""
    shutil.copytree(after.folder, folder, ignore=lambda _, names: {n for n in names if n.startswith("log")})
    for file in before.folder.glob("log*"):
        shutil.copy(file, folder)
    write = f"{after.write} without what followed {before.write}"
    return Image(folder, write, after.asked, after.served)


@pytest.mark.slow
def test_whatever_a_power_cut_takes_of_the_log_the_ends_that_the_books_have_are_told(tmp_path: Path) -> None:
    floor, cut = tmp_path / "floor", tmp_path / "cut"
    floor.mkdir()
    cut.mkdir()

    async def scenario() -> dict[str, list[str]]:
        images = await a_shift(floor, tmp_path / "images", of_every_kind)
        found = {}
        for place in range(0, len(images) - 5, 3):
            one = a_power_cut(images[place], images[place + 5], cut / str(place))
            found[f"{place}, {one.write}"] = await wrong_after(one)
        return {place: wrong for place, wrong in found.items() if wrong}

    assert asyncio.run(scenario()) == {}


@pytest.mark.slow
@pytest.mark.parametrize("script", [of_every_kind, *map(at_random, SEEDS)], ids=["every kind", *map(str, SEEDS)])
def test_whichever_write_a_gateway_is_killed_behind_every_order_has_one_end_that_all_agree_on(
    tmp_path: Path, script: Script
) -> None:
    floor = tmp_path / "floor"
    floor.mkdir()

    async def scenario() -> dict[str, list[str]]:
        images = await a_shift(floor, tmp_path / "images", script)
        assert len(images) > 40
        found = {f"{one.folder.name}, behind {one.write}": await wrong_after(one) for one in images}
        return {place: wrong for place, wrong in found.items() if wrong}

    assert asyncio.run(scenario()) == {}
