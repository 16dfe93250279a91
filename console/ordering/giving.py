"""Gives one order to many targets, a few at a time, each with a key of its own, and keeps which became what."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal

from console import rights
from console.given import Given
from console.ordering.deeds import UNDO, Target, can_undo
from console.orders import Orders
from console.words import Words

AGAIN_MS: Final = 500
"""How soon what waits for a floor that lives again is tried once more."""
AT_ONCE: Final = 4
"""Orders on their way at a time: the gateway takes those of a desk one after the other, and a clock runs for each."""


class Giving(QObject):
    """The orders that were made of a deed, by place.

    It belongs to the desk's orders and not to a dialog: what was given to twelve is given to twelve, also where the
    dialog is closed after the third. Once nobody watches and all have ended, it goes.

    Signals: `changed()` when one of them was given or came a step further.
    """

    changed = Signal()

    def __init__(self, name: str, orders: Orders, words: Words, reason: str = "") -> None:
        """What cannot be given at its moment, as the right to it is gone, stays ungiven and says so in `words`."""
        super().__init__(orders)
        self.name, self.reason = name, reason
        self.keys: dict[str, str] = {}
        self.left_out: dict[str, str] = {}
        """Places that were not ordered, and why."""
        self._orders, self._words = orders, words
        self._left: list[Target] = []
        self._watched, self._over = True, False
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(AGAIN_MS)
        self._again.timeout.connect(self._go_on)
        orders.changed.connect(self._on_changed)

    def start(self, targets: Sequence[Target]) -> None:
        """Give to all of them."""
        self._left += targets
        self._go_on()

    def let_go(self) -> None:
        """Nobody watches any more: go on until all is given and has ended."""
        self._watched = False
        self._go_on()
        self._end_if_over()

    def given(self, place: str) -> Given | None:
        """What became of the order for a place so far."""
        key = self.keys.get(place)
        return self._orders.of_key(key) if key is not None else None

    @property
    def waiting(self) -> int:
        """How many are not given yet or have not ended."""
        on_their_way = [one for place in self.keys if (one := self.given(place)) is not None and not one.ended]
        return len(self._left) + len(on_their_way)

    def undoable(self, now: int) -> list[str]:
        """The places whose order can still be taken back at a moment of the floor."""
        found = []
        for place in self.keys:
            given = self.given(place)
            if given is not None and can_undo(given, now) and not self._orders.waiting(place):
                found.append(place)
        return found

    def undo(self, places: Sequence[str]) -> None:
        """Take back the orders for those places; each ends as undone when the floor shows it."""
        for place in places:
            given = self.given(place)
            if given is not None:
                self._orders.give(place, UNDO, {"order": given.order})

    def _go_on(self) -> None:
        while self._left:
            why = rights.refusal(self._orders.sight(), self.name, self._words)
            if why:
                self._wait_or_leave_out(why)
                return
            asked = [one for place in self.keys if (one := self.given(place)) is not None and one.phase == "asked"]
            if len(asked) >= AT_ONCE:
                return
            target = self._left.pop(0)
            self.keys[target.place] = self._orders.give(
                target.place, self.name, target.args, self.reason, target.expect
            )

    def _wait_or_leave_out(self, why: str) -> None:
        """What cannot be given now is told where somebody watches; else it waits for a floor that lives again.

        A right that is gone does not come back: then the list of orders says of each that it was not given.
        """
        if not self._watched and self._orders.sight().stale:
            self._again.start()
            return
        for one in self._left:
            self.left_out[one.place] = why
            if not self._watched:
                self._orders.give_up(one.place, self.name, one.args, self.reason, why)
        self._left.clear()
        self.changed.emit()
        self._end_if_over()

    def _on_changed(self, place: str) -> None:
        if place in self.keys:
            self._go_on()
            self.changed.emit()
            self._end_if_over()

    def _end_if_over(self) -> None:
        if not self._watched and not self.waiting and not self._over:
            self._over = True
            self._orders.changed.disconnect(self._on_changed)
            self.deleteLater()
