"""Ends of orders that a full disk does not take: tried again until they are kept, in order, and told meanwhile."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping
from pathlib import Path

import pytest

from feeds.client import FeedClient
from feeds.entities import Order
from feeds.gateway.books import ends as ends_module
from feeds.gateway.books.audit import WHOLE, main
from feeds.gateway.books.ends import Ends
from feeds.gateway.books.store import AuditRow, Store, StoreError
from feeds.gateway.consoles.serve import Gateway
from feeds.requests import OrderResult
from tests.gateway.books.test_audit import audit_row
from tests.gateway.floors import everybody_signs_in, small_site
from tests.gateway.giving import give, refused
from tests.gateway.harness import Remembering, ToldSource, console, running_gateway
from tests.gateway.servants import a_slow_floor

pytestmark = pytest.mark.usefixtures("orders_have_time")

NO_ROOM = "database or disk is full"


class Disk:
    """A disk that takes what is asked, and no ends as long as it is full."""

    def __init__(self, store: Store) -> None:
        self.full = True
        self.tried = 0
        self._conclude, self._note, self._path = store.conclude, store.note, store.path
        store.conclude = self._concluded  # type: ignore[method-assign]
        store.note = self._noted  # type: ignore[method-assign]

    async def _concluded(self, row: AuditRow, answer: bytes, words: Mapping[str, bytes]) -> None:
        self._check()
        await self._conclude(row, answer, words)

    async def _noted(self, row: AuditRow) -> None:
        self._check()
        await self._note(row)

    def _check(self) -> None:
        if self.full:
            self.tried += 1
            raise StoreError(f"{self._path}: {NO_ROOM}")


def a_full_disk(gateway: Gateway) -> Disk:
    return Disk(gateway.services.orders._store)


async def ready(link: FeedClient, seat: str, key: str = "") -> OrderResult:
    return await give(link, "seat.ready", key or seat, args={"seat": seat})


def whole(folder: Path) -> bool:
    return main(["verify", str(folder / "gateway.db")]) == WHOLE


async def told(memory: Remembering, trouble: str) -> None:
    """Wait until beats say that, of a source that is up all the time."""
    await memory.until(lambda: memory.beats[-1].sources[0].text == trouble)
    assert memory.beats[-1].sources[0].state == "up", "what the floor shows is as live as ever"


@pytest.mark.slow
@pytest.mark.logs("the end of the order", "intent cannot be kept")
def test_an_end_that_a_full_disk_did_not_take_is_told_and_kept_when_there_is_room(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ends_module, "RETRY_S", 0.05)

    async def scenario() -> None:
        async with a_slow_floor(tmp_path) as (gateway, servant, link, memory):
            disk, store = a_full_disk(gateway), gateway.services.orders._store
            first = await ready(link, "s1")
            assert first.state == "done", "it has happened, and everybody sees it"
            await told(memory, f"gateway.db: {NO_ROOM}")
            assert memory.beats[-1].pace == 1, "the floor goes on"
            assert await ready(link, "s1") == first, "asked again while its end is owed, the key answers alike"
            assert (await refused(link, "seat.ready", key="s2", args={"seat": "s2"}))[0] == "orders.audit"
            assert len(servant.served) == 1
            assert [row.stage for row in await store.audit()] == ["asked"]
            await memory.until(lambda: disk.tried > 2)
            freed, disk.full = int(time.time() * 1000), False
            await told(memory, "")
            second = await ready(link, "s2")
            rows = await store.audit()
            assert [(row.order, row.stage) for row in rows] == [
                (first.order, "asked"), (first.order, "done"), (second.order, "asked"), (second.order, "done"),
            ]  # fmt: skip
            assert rows[0].at <= rows[1].at <= freed, "when it ended, not when there was room"
            assert await ready(link, "s1") == first

    asyncio.run(scenario())
    assert whole(tmp_path)


@pytest.mark.slow
@pytest.mark.logs("the end of the order")
def test_ends_of_orders_side_by_side_are_kept_in_order_when_the_gateway_stops(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ends_module, "RETRY_S", 3600.0)  # what is kept here is kept at the end
    answers: list[OrderResult] = []

    async def scenario() -> None:
        async with a_slow_floor(tmp_path) as (gateway, _, link, memory):
            store = gateway.services.orders._store
            entered, intend = 0, store.intend
            all_asked = asyncio.Event()

            async def asked(row: AuditRow, key: str, content: str) -> None:
                nonlocal entered
                await intend(row, key, content)
                entered += 1
                if entered == 3:
                    all_asked.set()

            store.intend = asked  # type: ignore[method-assign]
            serve = gateway.services.engine.source.servant.serve  # type: ignore[union-attr]

            async def served(*command: object) -> object:
                await all_asked.wait()
                return await serve(*command)  # type: ignore[arg-type]

            gateway.services.engine.source.servant.serve = served  # type: ignore[union-attr, method-assign, assignment]
            disk = a_full_disk(gateway)
            answers.extend(await asyncio.gather(*(ready(link, f"s{number}") for number in range(3))))
            assert {one.state for one in answers} == {"done"}
            await told(memory, f"gateway.db: {NO_ROOM}")
            assert gateway.services.orders._ends.owed == 3
            disk.full = False

    asyncio.run(scenario())
    rows = asyncio.run(_audit(tmp_path))
    assert [row.stage for row in rows] == ["asked"] * 3 + ["done"] * 3
    ended = [row.at for row in rows[3:]]
    assert ended == sorted(ended)
    assert whole(tmp_path)


async def _audit(folder: Path) -> list[AuditRow]:
    store = Store(folder / "gateway.db")
    try:
        return await store.audit()
    finally:
        store.close()


@pytest.mark.logs("the end of the order", "ends of orders that cannot be kept")
def test_an_end_that_was_owed_when_a_gateway_died_is_kept_by_the_next_one_and_its_key_answers_alike(
    tmp_path: Path,
) -> None:
    async def first() -> tuple[OrderResult, int]:
        async with a_slow_floor(tmp_path) as (gateway, _, link, memory):
            a_full_disk(gateway)
            result = await ready(link, "s1")
            await memory.until(lambda: isinstance(memory.entities.get(f"order:{result.order}"), Order))
            record = gateway.services.engine.session.floor.state.orders[result.order]
            return result, record.at

    async def second(result: OrderResult, at: int) -> None:
        async with a_slow_floor(tmp_path) as (gateway, servant, link, _):
            assert await ready(link, "s1") == result
            assert servant.served == [], "nothing is done twice"
            rows = await gateway.services.orders._store.audit(result.order)
            assert [row.stage for row in rows] == ["asked", "done"]
            assert rows[1].at == at, "when it ended, as the floor's log tells"

    result, at = asyncio.run(first())
    assert [row.stage for row in asyncio.run(_audit(tmp_path))] == ["asked"]
    asyncio.run(second(result, at))
    assert whole(tmp_path)
    asyncio.run(second(result, at))


@pytest.mark.logs("intent cannot be kept")
def test_a_key_tells_what_became_of_its_order_also_while_nothing_can_be_written(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with a_slow_floor(tmp_path) as (gateway, servant, link, _):
            store, done = gateway.services.orders._store, await ready(link, "s1")
            await ready(link, "s2")
            await store._work(lambda books: books.exec_driver_sql("UPDATE keys SET at = 0 WHERE key = 's2'"))
            await store._work(lambda books: books.exec_driver_sql("PRAGMA query_only=ON"))
            assert await ready(link, "s1") == done, "what was done is not told to have been refused"
            assert (await refused(link, "seat.ready", args={"seat": "s3"}))[0] == "orders.audit"
            await store._work(lambda books: books.exec_driver_sql("PRAGMA query_only=OFF"))
            again = await ready(link, "s2")
            assert again.state == "done" and len(servant.served) == 3, "a key is another's after a day"
            kept = await store._work(lambda books: books.exec_driver_sql("SELECT key FROM keys ORDER BY key").all())
            assert [key for (key,) in kept] == ["s1", "s2"]

    asyncio.run(scenario())


@pytest.mark.logs("the end of the order")
def test_a_row_without_a_key_is_owed_like_an_end_and_one_that_no_disk_takes_holds_up_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ends_module, "RETRY_S", 0.01)

    async def scenario() -> list[str]:
        store = Store(tmp_path / "gateway.db")
        try:
            troubles: list[str] = []
            room = asyncio.Event()

            def told(trouble: str) -> None:
                troubles.append(trouble)
                if not trouble:
                    room.set()

            ends, disk = Ends(store, told), Disk(store)
            await ends.keep(audit_row(0))
            with pytest.raises(StoreError, match=NO_ROOM):
                ends.check()
            await ends.keep(audit_row(1, text="\ud800"))
            await ends.keep(audit_row(2))
            assert ends.owed == 3
            disk.full = False
            await room.wait()
            assert ends.owed == 0
            ends.check()
            await ends.close()
            assert set(troubles[:-1]) == {f"gateway.db: {NO_ROOM}"} and troubles[-1] == ""
            return [row.stage for row in await store.audit()]
        finally:
            store.close()

    assert asyncio.run(scenario()) == ["asked", "asked"]


@pytest.mark.slow
def test_an_order_whose_books_are_slow_does_not_fall_back_to_running(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("feeds.gateway.ordering.orders.AT_ONCE_S", 0.05)

    async def scenario() -> None:
        source = ToldSource()
        async with (
            running_gateway(small_site(), source, tmp_path) as gateway,
            console(gateway, "all-manager") as (link, memory),
        ):
            await memory.live()
            await source.tell(*everybody_signs_in())
            store, slowly = gateway.services.orders._store, asyncio.Event()
            conclude = store.conclude

            async def concluded(row: AuditRow, answer: bytes, words: Mapping[str, bytes]) -> None:
                await slowly.wait()
                await conclude(row, answer, words)

            store.conclude = concluded  # type: ignore[method-assign]
            result = await give(link, "notice.send", args={"to": "floor", "text": "the tea is ready"})
            assert result.state == "running"
            slowly.set()
            rev = gateway.services.engine.session.log.rev
            await memory.until(lambda: memory.beats[-1].rev >= rev)
            shown = memory.entities[f"order:{result.order}"]
            assert isinstance(shown, Order) and shown.state == "done"

    asyncio.run(scenario())
