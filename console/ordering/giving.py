"""Gives one order to many targets, a few at a time, each with a key of its own, and keeps which became what."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import QObject, Signal

from console.given import Given
from console.ordering.deeds import UNDO, Target, can_undo
from console.orders import Orders

AT_ONCE: Final = 4
"""Orders on their way at a time: the gateway takes those of a desk one after the other, and a clock runs for each."""


class Giving(QObject):
    """The orders that were made of a deed, by place.

    Signals: `changed()` when one of them was given or came a step further.
    """

    changed = Signal()

    def __init__(
        self, name: str, orders: Orders, why_not: Callable[[], str], reason: str = "", parent: QObject | None = None
    ) -> None:
        """`why_not` tells why nothing can be given at this moment: what is left then stays ungiven."""
        super().__init__(parent)
        self.name, self.reason = name, reason
        self.keys: dict[str, str] = {}
        self.left_out: dict[str, str] = {}
        """Places that were not ordered, and why."""
        self._orders, self._why_not = orders, why_not
        self._left: list[Target] = []
        orders.changed.connect(self._on_changed)

    def start(self, targets: Sequence[Target]) -> None:
        """Give to all of them."""
        self._left += targets
        self._go_on()

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
            why = self._why_not()
            if why:
                self.left_out.update((one.place, why) for one in self._left)
                self._left.clear()
                self.changed.emit()
                return
            asked = [one for place in self.keys if (one := self.given(place)) is not None and one.phase == "asked"]
            if len(asked) >= AT_ONCE:
                return
            target = self._left.pop(0)
            self.keys[target.place] = self._orders.give(target.place, self.name, target.args, self.reason)

    def _on_changed(self, place: str) -> None:
        if place in self.keys:
            self._go_on()
            self.changed.emit()
