"""Commands: allowed, not given before, written down, carried out, written down again.

The intent is durable before anything happens and the answer before it is sent, so a repeated key is answered alike
even across a restart. An end that the disk does not take is answered all the same, because it has happened and is seen
on the floor; it is owed to the books (:mod:`feeds.gateway.books.ends`), and after a crash the floor's log tells it. An
order of which a crash left no end is told and answered as `unknown`: it may have happened.
"""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import logging
import secrets
import time
from collections.abc import Awaitable, Callable, Coroutine
from functools import partial
from pathlib import Path
from typing import Any, Final, TypeVar

import msgspec

from feeds import wire
from feeds.facts import OrderChanged, OrderState
from feeds.gateway import refusals
from feeds.gateway.books.ends import Ends
from feeds.gateway.books.sparing import Sparing
from feeds.gateway.books.store import NEVER, AuditRow, Store, StoreError
from feeds.gateway.ordering import alarm_orders, replay_orders
from feeds.gateway.ordering.expecting import LONGEST_ABOUT, why_outdated
from feeds.gateway.ordering.floor_orders import FloorOrders
from feeds.gateway.ordering.giver import EXPIRED, Giver, Outcome
from feeds.gateway.ordering.layouts import Layouts
from feeds.gateway.ordering.leftovers import LOST, end_leftovers
from feeds.gateway.ordering.listening import Listening
from feeds.gateway.ordering.messages import NAMES as MESSAGES
from feeds.gateway.ordering.messages import Messages
from feeds.gateway.refusals import refusal
from feeds.gateway.running.engine import Engine
from feeds.requests import OrderParams, OrderResult, Quota
from feeds.rules.access import allows
from feeds.rules.effects import MOST_HITS, Effect
from feeds.rules.notices import FLOOR
from feeds.rules.orders import ORDERS, unavailable
from feeds.rules.reasons import reason_refusal
from feeds.said import parts, said
from feeds.sources.tapping import Tapper
from feeds.wire import ErrorBody

log = logging.getLogger("feeds.gateway.ordering.orders")
T = TypeVar("T")

KEEPING_S: Final = 5.0
"""How long an order may wait for its first fact to be kept."""
AT_ONCE_S: Final = 1.0
"""How long the answer to an order waits for its end; what takes longer is told as the entity `order:<id>`."""
_QUICK: Final = alarm_orders.NAMES | replay_orders.QUICK | MESSAGES
LONGEST_KEY: Final = 200
LARGEST_ARGUMENTS: Final = 8192
"""Bytes, but for a drawn floor: orders are told to everybody, kept in the log, and in the books for good."""
LONGEST_TEXT: Final = 500
"""Characters of what became of an order, which may repeat what was asked for."""
UNSEEN: Final = said("order.running", "asked, and not seen yet")
RINGING: Final = said("listen.ringing", "your phone rings; take the call to listen")
UNSAID: Final = said("effect.unsaid", "rehearsed only: nothing was done")
NO_LOG: Final = said("order.log", "the floor's log cannot be written; nothing was done")
_ON_ITS_WAY: Final[dict[str, str]] = {
    "replay.seek": said("replay.beats", "beats tell how far it is"),
    "listening.start": said("listen.joining", "joining the call and waiting for its sound"),
}


class Orders:
    """Takes orders for one engine: written down one after the other, carried out side by side."""

    def __init__(
        self, engine: Engine, store: Store, tapper: Tapper | None = None, layouts: Layouts | None = None
    ) -> None:
        self._ends = Ends(store, lambda trouble: engine.tell_books(trouble))
        self.listening = Listening(engine, self._ends, tapper)
        self._engine = engine
        self._store = store
        self._begun = asyncio.Event()
        """Set once what a gateway before this one left open is ended: until then a key may not know its answer."""
        self._one_at_a_time = asyncio.Lock()
        self._in_turn = asyncio.Lock()
        self._acting: dict[tuple[str, str], tuple[str, asyncio.Task[OrderResult]]] = {}
        """Orders on their way by credential and key: content and task."""
        self._noting: set[asyncio.Task[Any]] = set()
        self._sparing = Sparing(time.monotonic)
        self._floor_orders = FloorOrders(engine)
        self._messages = Messages(engine)
        self._layouts = layouts or Layouts(engine, None, Path())
        self._acts: dict[str, Callable[[Giver, dict[str, Any], AuditRow], Awaitable[Outcome]]] = {
            **self._messages.acts,
            **alarm_orders.alarm_orders(engine),
            **replay_orders.replay_orders(engine),
            **self.listening.acts,
            **self._floor_orders.acts,
            "seat.undo": self._undo,
            "layout.save": self._layouts.save,
        }

    async def begin(self) -> None:
        """End what a gateway that stopped could not end, and be ready for orders."""
        await end_leftovers(self._engine, self._store, self._tell, self._conclude)
        await self._floor_orders.begin(self._store)
        await self.listening.begin()
        self._begun.set()

    async def give(self, giver: Giver, params: OrderParams, came: float | None = None) -> OrderResult | ErrorBody:
        """Carry out an order, or say why not; never both. Repeating the same key and content changes nothing.

        `came` is the monotonic second at which it came in, from which its time to begin counts; now unless given.
        """
        if params.expires_ms is not None:
            begin = time.monotonic() if came is None else came
            giver = msgspec.structs.replace(giver, deadline=begin + params.expires_ms / 1000)
        giver = msgspec.structs.replace(giver, outdated=partial(why_outdated, self._engine, giver, params))
        if not 0 < len(params.key) <= LONGEST_KEY:
            text = "an order needs a key of 1 to {most} characters"
            return refusal(refusals.BAD_PARAMETERS, said("order.key", text, most=LONGEST_KEY), "orders.key")
        # A console that goes takes nothing back: what was written down must also be carried out and ended.
        begun = await asyncio.shield(self._keep(self._begin_in_turn(giver, params)))
        return begun if isinstance(begun, OrderResult | ErrorBody) else await self._end(*begun)

    async def _begin_in_turn(
        self, giver: Giver, params: OrderParams
    ) -> OrderResult | ErrorBody | tuple[AuditRow, asyncio.Task[OrderResult]]:
        with contextlib.suppress(TimeoutError):  # the log may be full: then nothing is begun, and that is answered
            async with asyncio.timeout(KEEPING_S):
                await self._begun.wait()
        async with self._one_at_a_time:
            try:
                return await self._begin(giver, params)
            except StoreError as error:
                log.error("an order was not carried out because its intent cannot be kept: %s", error)
                text = said("order.audit", "the gateway cannot write its audit, so nothing was done")
                return refusal(refusals.FAILED, text, "orders.audit", "after_ms", 5000)

    def _keep(self, work: Coroutine[Any, Any, T]) -> asyncio.Task[T]:
        """Begin work that :meth:`close` waits for, whoever asked for it has gone or not."""
        task = asyncio.create_task(work, name="order that is written down")
        self._noting.add(task)
        task.add_done_callback(self._noting.discard)
        return task

    async def _end(self, row: AuditRow, acting: asyncio.Task[OrderResult]) -> OrderResult:
        """The end of an order if it comes soon, else that it is on its way."""
        await asyncio.wait([acting], timeout=AT_ONCE_S)
        if acting.done() and not acting.cancelled():
            return acting.result()
        text = _on_its_way(row)
        if not acting.done():
            await self._tell(row, "running", text, unless=partial(self._is_ended, row.order))
        return _result(row.order, "running", text)

    def _is_ended(self, order: str) -> bool:
        """Whether the floor shows how an order ended, though its books may be slow."""
        record = self._engine.session.floor.state.orders.get(order)
        return record is not None and record.ended

    async def _begin(
        self, giver: Giver, params: OrderParams
    ) -> OrderResult | ErrorBody | tuple[AuditRow, asyncio.Task[OrderResult]]:
        content = _fingerprint(params)
        # First of all: who has lost a right since then is told all the same what became of what was given with it.
        known = await self._known(giver, params, content)
        if isinstance(known, OrderResult):
            return known
        denied = known if known is not None else self._denied(giver, params)
        if denied is None:
            return await self._intend(giver, params, content)
        if known is None and denied.code == refusals.EXPIRED and not params.rehearse:
            # The same order may still be under way on a line that broke: whoever is told now that it was not done
            # would see it done when it arrives.
            answer = wire.encode(_result(NEVER, "refused", EXPIRED))
            await self._store.fence(_row(giver, params, "refused"), params.key, content, answer)
        if params.name in ORDERS:
            row = _row(giver, params, "refused")
            args = row.args if len(row.args) <= LARGEST_ARGUMENTS else b"{}"
            reason = row.reason[:LONGEST_ABOUT]
            self._note_soon(msgspec.structs.replace(row, args=args, reason=reason, text=denied.message))
        return denied

    async def _known(self, giver: Giver, params: OrderParams, content: str) -> OrderResult | ErrorBody | None:
        """What became of the order that was given with this key, or that it was another one; None for a new key."""
        token = giver.credential.token.id
        running = self._acting.get((token, params.key))
        if running is not None and running[0] == content:
            return _result(running[1].get_name(), "running", said("order.same", "this very order is on its way"))
        before = await self._store.key(token, params.key, _now())
        if before is not None and before.content != content:
            text = said("order.key_conflict", "this key already stands for another order")
            return refusal(refusals.KEY_CONFLICT, text, "orders.key_conflict")
        if before is None:
            return None
        if before.order == NEVER:
            return refusal(refusals.EXPIRED, EXPIRED, "orders.expires")
        answer = self._ends.answer(before.order) or before.answer
        if answer is None:
            return _result(before.order, "unknown", LOST)
        return msgspec.json.decode(answer, type=OrderResult)

    def _denied(self, giver: Giver, params: OrderParams) -> ErrorBody | None:
        """Why an order is not begun at all, None if it may be."""
        if params.name in ORDERS and not allows(giver.credential.role, params.name):
            text = "the role {role} has no right to give {order}"
            reason = said("access.rights", text, role=giver.credential.role.id, order=params.name)
            return refusal(refusals.FORBIDDEN, reason, "access.rights")
        if params.name != "layout.save" and len(msgspec.json.encode(params.args)) > LARGEST_ARGUMENTS:
            text = "the arguments of an order are at most {most} bytes; nothing was done"
            return refusal(refusals.BAD_PARAMETERS, said("order.args", text, most=LARGEST_ARGUMENTS), "orders.args")
        missing = unavailable(params.name)
        if missing is not None:
            return refusal(refusals.NOT_AVAILABLE, missing, "orders.available")
        why = params.reason or str(params.args.get("reason", ""))
        if why.strip() or not params.rehearse:  # a rehearsal is where a reason is asked for
            lacking = reason_refusal(self._engine.session.site, params.name, why)
            if lacking is not None:
                return refusal(refusals.BAD_PARAMETERS, lacking, "orders.reason")
        if giver.late:
            return refusal(refusals.EXPIRED, EXPIRED, "orders.expires")
        outdated = giver.outdated()
        if outdated is not None:
            return refusal(refusals.OUTDATED, outdated, "orders.expect", "resync")
        if not self._begun.is_set():
            return refusal(refusals.FAILED, NO_LOG, "orders.log", "after_ms", 5000)
        return None

    async def _intend(
        self, giver: Giver, params: OrderParams, content: str
    ) -> OrderResult | tuple[AuditRow, asyncio.Task[OrderResult]]:
        """Write the intent down, then begin."""
        row = _row(giver, params, "rehearsed" if params.rehearse else "asked")
        if params.rehearse:
            self._note_soon(row)
            return await self._rehearse(giver, params, row)
        self._ends.check()
        await self._store.intend(row, params.key, content)
        try:
            async with asyncio.timeout(KEEPING_S):
                await self._tell(row, "accepted")
        except TimeoutError:
            # Done an hour later, when there is room again, it would be another order than was given.
            return await self._conclude(row, "failed", NO_LOG)
        place = (row.token, params.key)
        acting = asyncio.create_task(self._carry_out(giver, params, row), name=row.order)
        self._acting[place] = (content, acting)
        acting.add_done_callback(lambda task: self._acting.pop(place, None))
        return row, acting

    async def _carry_out(self, giver: Giver, params: OrderParams, row: AuditRow) -> OrderResult:
        try:
            state, text = await self._act(giver, params, row)
        except Exception:
            log.exception("the order %s (%s) failed", row.order, params.name)
            state, text = "failed", said("order.mistake", "the gateway made a mistake; its log says which")
        text = _bounded(text)
        await self._tell(row, state, text, self._floor_orders.undo_until(row) if state == "done" else None)
        return await self._conclude(row, state, text)

    async def _conclude(self, row: AuditRow, state: OrderState, text: str, at: int | None = None) -> OrderResult:
        """Write the end down, so that the order's key is answered with it from now on; `at` is real time, else now."""
        answer = _result(row.order, state, text)
        done = msgspec.structs.replace(row, at=_now() if at is None else at, stage=state, text=answer.text)
        await self._ends.keep(done, wire.encode(answer), self._floor_orders.to_keep())
        return answer

    async def _act(self, giver: Giver, params: OrderParams, row: AuditRow) -> Outcome:
        act = self._acts[params.name]
        # Of two who do the same at once, the second sees what the first did.
        async with self._in_turn if params.name in _QUICK else contextlib.nullcontext():
            hindrance = giver.hindrance()
            return ("refused", hindrance) if hindrance is not None else await act(giver, params.args, row)

    def _note_soon(self, row: AuditRow) -> None:
        """Write down what did nothing: nobody need wait for the disk, least of all a hundred rehearsals in a row.

        A program that asks without end must not fill the disk (:class:`feeds.gateway.books.sparing.Sparing`).
        """
        kept, left = self._sparing.take((row.token, row.stage))
        if left is not None:
            self._note(left.row(_now(), row.token, row.role))
        if kept:
            self._note(row)

    def _note(self, row: AuditRow) -> None:

        async def note() -> None:
            try:
                await self._store.note(row)
            except StoreError as error:
                log.error("that %s was %s cannot be kept: %s", row.name, row.stage, error)

        self._keep(note())

    async def _rehearse(self, giver: Giver, params: OrderParams, row: AuditRow) -> OrderResult:
        """What an order would do and whom it would reach, or why it would be refused; nothing is done."""
        effect, quota = self._effect(giver, params.name, params.args)
        if isinstance(effect, str):
            return msgspec.structs.replace(_result(row.order, "refused", _bounded(effect)), quota=quota)
        told, hits = parts(effect.text), effect.hits
        return OrderResult(
            row.order, "accepted", told.text, told.code, told.values, list(hits[:MOST_HITS]), len(hits), quota
        )

    def _effect(self, giver: Giver, name: str, args: dict[str, Any]) -> tuple[Effect | str, Quota | None]:
        """What an order would do, or why it would be refused: by the very rules that the order itself goes by."""
        if name in self._floor_orders.acts:
            return self._floor_orders.rehearse(giver, name, args)
        if name == "seat.undo":
            return self._floor_orders.rehearse_undo(giver, args)
        if name == "notice.send":
            return self._messages.effect(giver, args), None
        if name in alarm_orders.NAMES:
            return alarm_orders.rehearse(self._engine, giver, name, args), None
        return self._refusal(giver, name, args) or Effect(UNSAID), None

    def _refusal(self, giver: Giver, name: str, args: dict[str, Any]) -> str | None:
        """Why an order would be refused of which nothing more can be said before it is given."""
        if name in self.listening.acts:
            return self.listening.refusal(giver, name, args)
        if name in self._messages.acts:
            return self._messages.refusal(giver, name, args)
        if name == "layout.save":
            return self._layouts.refusal(giver, args)
        return replay_orders.refusal(self._engine, giver, name, args)

    # ── what orders do ───────────────────────────────────────────────────────────────────────────────────────────────

    async def _undo(self, giver: Giver, args: dict[str, Any], row: AuditRow) -> Outcome:
        """Take an order back; it is undone when the floor shows what was before it."""
        found, (state, text) = await self._floor_orders.undo(giver, args, row)
        if found is not None and state == "done":
            taken_back = said("undo.done", "undone by the order {id}", id=row.order)
            await self._tell(found.row, "undone", taken_back)
            await self._conclude(found.row, "undone", taken_back)
        return state, text

    async def _tell(
        self, row: AuditRow, state: OrderState, text: str = "", undo_until: int | None = None,
        unless: Callable[[], bool] = lambda: False,
    ) -> None:  # fmt: skip
        """Have everybody see how far an order is, as a fact like any other."""
        told = parts(text)
        fact = OrderChanged(
            at=self._engine.own_time(), order=row.order, name=row.name, state=state, by=row.token, text=told.text,
            about=about(msgspec.json.decode(row.args)), code=told.code, values=told.values, undo_until=undo_until,
        )  # fmt: skip
        await self._engine.emit_own(fact, unless)

    async def close(self) -> None:
        """Give up what is on its way; asked again, nobody knows what became of it."""
        for (token, _), left in self._sparing.rest().items():
            self._note(left.row(_now(), token))
        await asyncio.gather(*self._noting, return_exceptions=True)
        tasks = [acting for _, acting in self._acting.values()]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, *self._noting, return_exceptions=True)
        await self._ends.close()


def _on_its_way(row: AuditRow) -> str:
    if row.name == "listening.start" and msgspec.json.decode(row.args).get("phone"):
        return RINGING
    return _ON_ITS_WAY.get(row.name, UNSEEN)


def _row(giver: Giver, params: OrderParams, stage: str) -> AuditRow:
    """The books' line about an order that has just come."""
    return AuditRow(
        _now(), secrets.token_hex(6), stage, giver.credential.token.id, giver.credential.role.id, params.name,
        msgspec.json.encode(params.args), params.reason,
    )  # fmt: skip


def _result(order: str, state: OrderState, text: str = "") -> OrderResult:
    told = parts(text)
    return OrderResult(order, state, told.text, told.code, told.values)


def _bounded(text: str) -> str:
    return text if len(text) <= LONGEST_TEXT else f"{text[:LONGEST_TEXT]}…"


def about(given: dict[str, Any]) -> str:
    """The key of what an order was given for, by its arguments; empty where they name nothing."""
    for kind in ("seat", "call", "switch"):
        if isinstance(given.get(kind), str):
            return f"{kind}:{given[kind].removeprefix(kind + ':')[:LONGEST_ABOUT]}"
    named = given.get("alarm", given.get("to", ""))
    is_key = isinstance(named, str) and len(named) <= LONGEST_ABOUT and (named == FLOOR or ":" in named)
    return named if is_key else ""  # `to` may also be a number that somebody dialled


def _now() -> int:
    return int(time.time() * 1000)


def _fingerprint(params: OrderParams) -> str:
    content = [params.name, params.args, params.expect, params.reason, params.rehearse]
    return hashlib.sha256(msgspec.json.encode(content, order="sorted")).hexdigest()
