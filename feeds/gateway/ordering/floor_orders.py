"""Orders for seats, calls and switches: read by the rules, carried out by the source, ended as the source shows."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any, Final

from msgspec.structs import replace

from feeds.commands import Command, Ended, LogOut, MakeReady, MoveSeat, Pause, SetSwitch
from feeds.entities import AnyEntity, Call, Seat
from feeds.facts import OrderChanged, SeatServes
from feeds.gateway.books.store import AuditRow, Store
from feeds.gateway.ordering.breaks import Breaks
from feeds.gateway.ordering.giver import Giver, Outcome
from feeds.gateway.ordering.targets import call_of
from feeds.gateway.ordering.undoing import Undoable, Undoing
from feeds.gateway.running.engine import Engine
from feeds.requests import Quota
from feeds.rules.access import allows, place_of
from feeds.rules.commands import beyond_scope, command_of
from feeds.rules.effects import Effect, effect_of
from feeds.said import said
from feeds.skills import shows
from feeds.sources.servant import Servant

NAMES: Final = (
    "seat.ready", "seat.pause", "seat.logout", "seat.move", "call.requeue", "call.redirect", "call.prioritise",
    "call.hangup", "switch.set",
)  # fmt: skip
UNDOING: Final = "undo/"
"""With what the store's words about orders that can be undone begin."""
_NAME_OF: Final[dict[type, str]] = {MakeReady: "seat.ready", Pause: "seat.pause", MoveSeat: "seat.move"}
Act = Callable[[Giver, dict[str, Any], AuditRow], Awaitable[Outcome]]


def sight(engine: Engine, giver: Giver) -> Callable[[str], AnyEntity | None]:
    """Gives the entity of a key, None for one that does not exist or that the giver may not see."""

    def look(key: str) -> AnyEntity | None:
        found = engine.session.floor.entity(key)
        return found if found is not None and giver.audience.sees(place_of(found)) else None

    return look


class FloorOrders:
    """What orders do on an engine's floor; one after the other for a seat, a call or a switch."""

    def __init__(self, engine: Engine) -> None:
        self.acts: dict[str, Act] = dict.fromkeys(NAMES, self._act)
        self._engine = engine
        self._breaks = Breaks(engine)
        self._undoing = Undoing()
        self._done: dict[str, tuple[Command, Ended, Seat | None]] = {}
        """What was carried out and not yet asked about with :meth:`undo_until`."""
        self._busy: dict[str, AuditRow] = {}
        """The order that is on its way, by what it is for."""

    async def _act(self, giver: Giver, args: dict[str, Any], row: AuditRow) -> Outcome:
        found = self._command(giver, row.name, args)
        if isinstance(found, str):
            return "refused", found
        return await self._serve(*found, row, giver, lambda: _why_not(self._command(giver, row.name, args)))

    def rehearse(self, giver: Giver, name: str, args: dict[str, Any]) -> tuple[Effect | str, Quota | None]:
        """What an order would do, or why it would be refused; and of which quota it would take a place."""
        found = self._command(giver, name, args)
        return (found, None) if isinstance(found, str) else self._rehearse(found[1], giver)

    def rehearse_undo(self, giver: Giver, args: dict[str, Any]) -> tuple[Effect | str, Quota | None]:
        """The same of taking an order back."""
        found = self._undoable(giver, args)
        return (found, None) if isinstance(found, str) else self._rehearse(found[1].inverse, giver)

    def _rehearse(self, command: Command, giver: Giver) -> tuple[Effect | str, Quota | None]:
        taken = self._taken(command)
        if taken is not None:
            return taken, None
        quota, full = self._breaks.rehearse(command)
        return full or effect_of(command, sight(self._engine, giver), partial(self._call_in_sight, giver)), quota

    def _call_in_sight(self, giver: Giver, seat: Seat) -> Call | None:
        call = call_of(self._engine, seat)
        return call if call is not None and giver.audience.sees(place_of(call)) else None

    async def undo(self, giver: Giver, args: dict[str, Any], row: AuditRow) -> tuple[Undoable | None, Outcome]:
        """Take an order back by doing what undoes it; what was taken back comes along."""
        able = self._undoable(giver, args)
        if isinstance(able, str):
            return None, ("refused", able)
        servant, found = able
        again = partial(self._undoable, giver, args)
        outcome = await self._serve(servant, found.inverse, row, giver, lambda: _why_not(again()), is_undo=True)
        if outcome[0] == "done":
            self._undoing.undone(found)
        return found, outcome

    def _undoable(self, giver: Giver, args: dict[str, Any]) -> tuple[Servant, Undoable] | str:
        """The order that can be taken back and who does it, or why it cannot be."""
        look, by = sight(self._engine, giver), giver.credential.token.id
        found = self._undoing.find(args.get("order"), by, self._engine.now(), look, self._serves)
        if isinstance(found, str):
            return found
        servant, name = self._engine.source.servant, _NAME_OF[type(found.inverse)]
        if servant is None or not allows(giver.credential.role, name):
            text = "undoing it would be {order}, to which the role {role} has no right"
            return said("undo.right", text, order=name, role=giver.credential.role.id)
        beyond = beyond_scope(found.inverse, giver.audience, look, self._engine.session.site, servant.serves)
        return beyond if beyond is not None else (servant, found)

    async def begin(self, store: Store) -> None:
        """Undo what the gateway before this one could; of what it did not keep nobody is offered to undo it."""
        engine, records = self._engine, self._engine.session.floor.state.orders
        kept = await store.kept(UNDOING)
        self._undoing.restore(kept, {order: record.state for order, record in records.items()})
        for found in self._undoing.standing():
            self._breaks.take_up(found.meant, found.agent, records[found.row.order].at)
        for order, record in list(records.items()):
            until = record.undo_until
            if until is None or until <= engine.now() or self._undoing.knows(order):
                continue
            if not await store.audit(order):  # what a recording tells of is history
                continue
            fact = OrderChanged(
                at=engine.own_time(), order=order, name=record.name, state="done", by=record.by, text=record.text,
                about=record.about, code=record.code, values=record.values,
            )  # fmt: skip
            await engine.emit_own(fact)

    def to_keep(self) -> dict[str, bytes]:
        """What a gateway that comes after this one must know to undo orders: words for the store, by their names."""
        return {f"{UNDOING}{seat}": body for seat, body in self._undoing.news().items()}

    def undo_until(self, row: AuditRow) -> int | None:
        """Up to which floor time (UTC milliseconds) an order that is done now can be undone; None where it cannot."""
        done = self._done.pop(row.order, None)
        seconds = self._engine.session.site.orders.undo_seconds
        if done is None or not seconds:
            return None
        # A floor that runs faster than the clock gives whoever watches it as long to think.
        until = self._engine.now() + round(seconds * 1000 * min(60.0, max(1.0, self._engine.clock.speed)))
        return until if self._undoing.done(row, *done, until, self._serves) else None

    def _serves(self, seat: str) -> dict[str, int] | None:
        servant = self._engine.source.servant
        return None if servant is None else servant.serves(seat)

    def _command(self, giver: Giver, name: str, args: dict[str, Any]) -> tuple[Servant, Command] | str:
        """Who carries an order out and as what, or why it cannot be given."""
        servant, look = self._engine.source.servant, sight(self._engine, giver)
        if servant is None:
            if self._engine.source.mode == "replay":
                return said("source.recording", "this floor is a recording: its source takes no orders")
            return said("source.none", "this floor is not to be ordered: its source takes no orders")
        command = command_of(name, args, look)
        if isinstance(command, str):
            return command
        beyond = beyond_scope(command, giver.audience, look, self._engine.session.site, servant.serves)
        return beyond if beyond is not None else (servant, command)

    async def _serve(
        self, servant: Servant, command: Command, row: AuditRow, giver: Giver, refusal: Callable[[], str | None], *,
        is_undo: bool = False,
    ) -> Outcome:  # fmt: skip
        """Have a command carried out; `refusal` says of one that had to wait why it cannot be given any more."""
        taken, target = self._taken(command), target_of(command)
        if taken is not None:
            return "refused", taken
        before = self._engine.session.floor.entity(target)
        self._busy[target] = row
        try:
            ended = await self._breaks.serve(servant, command, row.token, lambda: giver.hindrance() or refusal())
        finally:
            self._busy.pop(target, None)
        if ended.state == "done" and isinstance(command, MoveSeat):
            await self._show_move(servant, command, row)
            if giver.audience.queues is not None:  # a source says all that is served now, in sight or not
                ended = replace(ended, text="")
        if ended.state == "done" and not is_undo:
            self._done[row.order] = (command, ended, before if isinstance(before, Seat) else None)
        return ended.order_state, ended.text

    async def _show_move(self, servant: Servant, command: MoveSeat, row: AuditRow) -> None:
        """Have everybody see which queues are served now, where the source says so only when it is asked."""
        seat, queues = self._engine.session.floor.entity(f"seat:{command.seat}"), servant.serves(command.seat)
        if isinstance(seat, Seat) and seat.agent and queues is not None and not shows(seat.skills, queues):
            at = self._engine.own_time()
            fact = SeatServes(at=at, seat=command.seat, agent=seat.agent, queues=queues, by=row.token)
            await self._engine.emit_own(fact)

    def _taken(self, command: Command) -> str | None:
        """Why a command must wait: of two who press at the same time the second is told what the first does."""
        row = self._busy.get(target_of(command))
        if row is None:
            return None
        text = "{by} has just asked for {order} here; see what becomes of it first"
        return said("order.taken", text, by=row.token, order=row.name)


def _why_not(found: tuple[Servant, object] | str) -> str | None:
    return found if isinstance(found, str) else None


def target_of(command: Command) -> str:
    """The key of what a command is for."""
    if isinstance(command, MakeReady | Pause | LogOut | MoveSeat):
        return f"seat:{command.seat}"
    return f"switch:{command.switch}" if isinstance(command, SetSwitch) else f"call:{command.leg}"
