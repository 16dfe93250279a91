"""Orders that can be taken back for a while: what would undo them, and why it cannot be done any more."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final

import msgspec
from msgspec import Struct

from feeds.commands import Command, Ended, MakeReady, MoveSeat, Pause
from feeds.entities import AnyEntity, Seat
from feeds.gateway.books.store import AuditRow
from feeds.rules.effects import PAUSED
from feeds.said import Said, said

log = logging.getLogger("feeds.gateway.ordering.undoing")

KEPT: Final = 2000
"""Orders that are remembered; older ones cannot be undone."""
GONE: Final = said("undo.gone", "this order cannot be undone any more")

Look = Callable[[str], AnyEntity | None]
Serves = Callable[[str], dict[str, int] | None]
"""Gives the queues that are served at a seat, None where nobody can tell."""


class Undoable(Struct):
    """An order that was carried out, what takes it back, and until when (floor time)."""

    row: AuditRow
    seat: str
    agent: str
    inverse: Command
    until: int
    undone: bool = False
    meant: Command | None = None
    """What the order was; None of one that was kept before this was."""
    serves: dict[str, int] | None = None
    """Of a move: the queues that were served when it was done; None where nobody could tell."""


class Last(Struct):
    """The last order that was done at a seat, and what takes it back where something does."""

    order: str
    undoable: Undoable | None = None


class Undoing:
    """The orders of a gateway that can be undone, over restarts as well if :meth:`news` is kept and given back."""

    def __init__(self) -> None:
        self._orders: dict[str, Undoable] = {}
        self._last: dict[str, str] = {}
        """The last order that was done, by seat."""
        self._news: dict[str, bytes] = {}

    def restore(self, kept: Iterable[bytes], orders: Mapping[str, str]) -> None:
        """Go on from what another gateway kept; `orders` are those of this floor, others are of another one.

        Their states tell what was undone as well where that gateway died before it kept it.
        """
        for body in kept:
            try:
                last = msgspec.json.decode(body, type=Last)
            except msgspec.MsgspecError as error:  # of another version, or damaged: no reason not to begin
                log.warning("an order of before cannot be undone any more, what would undo it is unreadable: %s", error)
                continue
            if last.order in orders and last.undoable is not None:
                last.undoable.undone = last.undoable.undone or orders[last.order] == "undone"
                self._orders[last.order] = last.undoable
                if not last.undoable.undone:
                    self._last[last.undoable.seat] = last.order

    def standing(self) -> Iterator[Undoable]:
        """The last order at each seat, where it could be undone and was not."""
        return (self._orders[order] for order in self._last.values() if order in self._orders)

    def news(self) -> dict[str, bytes]:
        """What is to be kept by seat since this was last asked."""
        news, self._news = self._news, {}
        return news

    def knows(self, order: str) -> bool:
        """Whether that order may be undone, if it is still time."""
        return order in self._orders

    def done(
        self, row: AuditRow, command: Command, ended: Ended, before: Seat | None, until: int, serves: Serves
    ) -> bool:
        """Remember that a command was carried out; True if it can be undone."""
        if before is None or not isinstance(command, MakeReady | Pause | MoveSeat):
            return False
        self._last[before.key] = row.order
        inverse = ended.inverse or inverse_of(command, before)
        if inverse is None:
            self._note(before.key, Last(row.order))
            return False
        found = self._orders[row.order] = Undoable(
            row, before.key, before.agent, inverse, until, meant=command,
            serves=serves(command.seat) if isinstance(command, MoveSeat) else None,
        )  # fmt: skip
        self._note(before.key, Last(row.order, found))
        while len(self._orders) > KEPT:
            del self._orders[next(iter(self._orders))]
        return True

    def find(self, order: object, by: str, now: int, look: Look, serves: Serves) -> Undoable | Said:
        """What undoes an order of that credential, or why it cannot be undone."""
        found = self._orders.get(order) if isinstance(order, str) else None
        if found is None or found.row.token != by:
            return GONE
        if found.undone:
            return said("undo.twice", "this order was undone already")
        if now > found.until:
            return said("undo.late", "it is too late to undo this order")
        seat = look(found.seat)
        if not isinstance(seat, Seat) or seat.agent != found.agent:
            return said("undo.other", "somebody else sits there now, or nobody")
        if self._last.get(found.seat) != found.row.order:
            return said("undo.overtaken", "another order was carried out there since")
        if _is_past(found.meant, seat) or _is_moved(found, serves):
            return said("undo.past", "what was ordered is over: something else was done there since")
        return found

    def undone(self, found: Undoable) -> None:
        """It was."""
        found.undone = True
        self._last.pop(found.seat, None)
        self._note(found.seat, Last(found.row.order, found))

    def _note(self, seat: str, last: Last) -> None:
        self._news[seat] = msgspec.json.encode(last)


def _is_past(command: Command | None, seat: Seat) -> bool:
    """Whether somebody has ended at the seat what was ordered: taking that back would take back what they did."""
    if isinstance(command, Pause):
        return seat.state == "ready" or (seat.state in PAUSED and seat.reason != command.reason)
    return isinstance(command, MakeReady) and seat.state in PAUSED


def _is_moved(found: Undoable, serves: Serves) -> bool:
    """Whether other queues are served than after the move: an agent's own code or another tool gives no order."""
    now = serves(found.meant.seat) if isinstance(found.meant, MoveSeat) else None
    return now is not None and found.serves is not None and now != found.serves


def inverse_of(command: Command, before: Seat) -> Command | None:
    """What takes a command back where the seat stood as it did before; None where nothing would."""
    paused = before.state in PAUSED and bool(before.reason)
    seat = before.key.partition(":")[2]
    if isinstance(command, Pause):
        if before.state in PAUSED:
            return Pause(seat, before.reason) if paused and before.reason != command.reason else None
        return MakeReady(seat)
    return Pause(seat, before.reason) if isinstance(command, MakeReady) and paused else None
