"""A command on its way: one key for each press, and whatever the gateway and the floor say became of it."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable, Iterable
from typing import Any, Final, Protocol

import msgspec
from PySide6.QtCore import QObject, QTimer, Signal, SignalInstance

from console.given import Given, Phase
from console.live import Live
from console.machine.steady import steady
from console.sight import Sight
from feeds.client import FeedError, NotConnected, Refused
from feeds.entities import Order, Seat
from feeds.requests import OrderParams, OrderResult
from feeds.rules.effects import PAUSED

UNSEEN_S: Final = 5.0
"""After this many seconds without an end it is said in so many words that nothing was seen."""
AGAIN_MS: Final = 250
"""How soon after a lost answer it is asked for again, if the link lives then."""
KEPT: Final = 1000
"""How many orders that have ended are remembered."""
SAID: Final = "said."
"""With what the words of a code begin (console/phrases/said.py)."""
FORGOTTEN: Final = "said.order.lost"
BEGUN: Final = {"seat.pause": PAUSED, "seat.ready": frozenset({"ready"}), "seat.logout": frozenset({"offline"})}
"""States of a seat by which the floor shows that an order has begun which had to wait for present work."""
_PHASES: Final[dict[str, Phase]] = {
    "accepted": "running",
    "running": "running",
    "done": "done",
    "refused": "refused",
    "failed": "failed",
    "unknown": "unknown",
    "undone": "undone",
}

log = logging.getLogger("console.orders")


class Carrier(Protocol):
    """What takes orders to the gateway (:class:`console.link.Link`)."""

    @property
    def answered(self) -> SignalInstance: ...

    def order(self, params: OrderParams) -> bool: ...


class Orders(QObject):
    """Gives orders and follows each until it has ended; it never takes one for done by itself.

    An order whose answer was lost is unknown until the link lives again. Then the same order is asked once more with no
    time left to begin: the gateway knows its key and tells the end, or has never seen it and says that it did nothing.

    Signals: `changed(str)` with the place of an order that was given or is in another state now.
    """

    changed = Signal(str)

    def __init__(
        self, live: Live, carrier: Carrier, monotonic: Callable[[], float] = steady, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._live, self._carrier, self._monotonic = live, carrier, monotonic
        self._given: dict[str, Given] = {}
        self._by_order: dict[str, str] = {}
        self._latest: dict[str, str] = {}
        self._deferred: set[str] = set()
        """The places of orders whose effect is still to come."""
        self._late = QTimer(self)
        self._late.setSingleShot(True)
        self._late.timeout.connect(self._on_late)
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(AGAIN_MS)
        self._again.timeout.connect(self._ask_for_lost)
        carrier.answered.connect(self._on_answered)
        live.changed.connect(self._on_changed)
        live.link_changed.connect(self._on_link)

    def give(
        self, place: str, name: str, args: dict[str, Any], reason: str = "", expect: dict[str, Any] | None = None
    ) -> str:
        """Send an order that belongs to a place on the screen; returns its key, which no other press will have.

        `expect` maps keys of entities to the revisions on which it was decided, None for one that was not there.
        """
        key = secrets.token_urlsafe(12)
        self._latest[place] = key
        moment = self._monotonic()
        given_at = self._live.floor_time(moment)
        given = Given(key, place, name, args, asked_at=moment, given_at=given_at, reason=reason, expect=expect)
        self._put(given)
        if not self._carrier.order(OrderParams(key, name, args, expect, reason)):
            self._change(key, phase="unknown", lost=True, code="unsent.none")
        elif not self._late.isActive():
            self._late.start(round(UNSEEN_S * 1000))
        return key

    def give_up(self, place: str, name: str, args: dict[str, Any], reason: str, why: str) -> str:
        """Note that an order was wanted and could not be given, and why; it ends as refused, seen by nobody but us."""
        key, moment = secrets.token_urlsafe(12), self._monotonic()
        self._latest[place] = key
        given_at = self._live.floor_time(moment)
        self._put(Given(key, place, name, args, "refused", why, asked_at=moment, given_at=given_at, reason=reason))
        return key

    def sight(self) -> Sight:
        """The floor as it is now: what may be ordered follows from it."""
        return self._live.sight()

    def latest(self, place: str) -> Given | None:
        """The last order that was given for a place."""
        return self._given.get(self._latest.get(place, ""))

    def all(self) -> list[Given]:
        """Every order that is remembered, the newest first."""
        return sorted(self._given.values(), key=lambda given: -given.asked_at)

    def of_key(self, key: str) -> Given | None:
        """The order that was given with that key."""
        return self._given.get(key)

    def waiting(self, place: str) -> bool:
        """Whether an order for that place has not ended yet: another press would be a second order."""
        given = self.latest(place)
        return given is not None and not given.ended

    def stop(self) -> None:
        """Let go of the timers."""
        self._late.stop()
        self._again.stop()

    def _on_answered(self, key: str, answer: OrderResult | Exception) -> None:
        given = self._given.get(key)
        if given is None:
            return
        if isinstance(answer, OrderResult):
            self._by_order[answer.order] = key
            self._change(
                key, phase=_PHASES[answer.state], text=answer.text, code=answer.code, values=answer.values,
                order=answer.order, lost=False, seen=False,
            )  # fmt: skip
            self._look(answer.order)
        elif isinstance(answer, Refused):
            more = answer.error.data
            code, values = (more.code, more.values) if more is not None else ("", {})
            if given.order:  # it was begun; the gateway of now has never heard of it, whatever it says no with
                self._change(key, phase="unknown", text="", code=FORGOTTEN.removeprefix(SAID), values={}, lost=False)
                return
            self._change(key, phase="refused", text=answer.error.message, code=code, values=values, lost=False)
        elif isinstance(answer, NotConnected):
            self._change(key, phase="unknown", text=str(answer), code="unsent.broke", lost=True)
            self._again.start()  # the link may live again before this is heard, and then tells nothing more
        else:
            if not isinstance(answer, FeedError):
                log.error("the order %s could not be given", given.name, exc_info=answer)
            self._change(key, phase="unknown", text=str(answer), code="")

    def _on_changed(self, keys: Iterable[str]) -> None:
        for key in keys:
            if key.startswith("order:"):
                self._look(key.partition(":")[2])
            elif key in self._deferred:
                self._look_for_begun(key)

    def _look(self, order: str) -> None:
        """Take over what the floor says of an order of ours."""
        key, entity = self._by_order.get(order), self._live.entities.get(f"order:{order}")
        if key is None:
            return
        given = self._given[key]
        if not isinstance(entity, Order):
            if given.phase == "running" and given.seen:  # the floor has let go of it before its end was told
                self._lose(key)
            return
        phase = _PHASES[entity.state]
        if given.ended and phase == "running":  # the answer overtook the entity
            return
        self._change(
            key, phase=phase, text=entity.text, code=entity.code, values=entity.values, undo_until=entity.undo_until,
            seen=True,
        )  # fmt: skip

    def _look_for_begun(self, place: str) -> None:
        """Note which orders for a seat had to wait for present work and have begun."""
        seat = self._live.entities.get(place)
        waiting = [given for given in self._given.values() if given.place == place and given.deferred]
        if not waiting:
            self._deferred.discard(place)
        for given in waiting:
            if isinstance(seat, Seat) and seat.since >= given.given_at and seat.state in BEGUN.get(given.name, ()):
                self._change(given.key, begun=True)

    def _on_link(self) -> None:
        """Of what was on its way and is not on this floor, the end may have been told while nobody listened."""
        if self._live.sight().link.phase == "live":
            for given in list(self._given.values()):
                if given.phase == "running" and f"order:{given.order}" not in self._live.entities:
                    self._lose(given.key)
        self._ask_for_lost()

    def _lose(self, key: str) -> None:
        """Have the gateway asked what became of an order that was on its way."""
        self._change(key, phase="unknown", text="", code="", lost=True)
        self._again.start()

    def _ask_for_lost(self) -> None:
        if self._live.sight().link.phase != "live":
            return
        for given in [one for one in self._given.values() if one.lost]:
            params = OrderParams(given.key, given.name, given.args, given.expect, given.reason, expires_ms=0)
            # Noted before it is sent: the answer, another loss perhaps, may be there before `order` returns.
            self._change(given.key, lost=False)
            if not self._carrier.order(params):
                self._change(given.key, lost=True)

    def _on_late(self) -> None:
        """Say of what was asked long ago that it was not seen, and look again when the next one is due."""
        moment = self._monotonic()
        open_ = [given for given in self._given.values() if not given.ended and not given.late]
        for given in open_:
            if moment - given.asked_at >= UNSEEN_S - 0.05:
                self._change(given.key, late=True)
        rest = [given.asked_at for given in open_ if moment - given.asked_at < UNSEEN_S - 0.05]
        if rest:
            self._late.start(max(1, round((min(rest) + UNSEEN_S - moment) * 1000)))

    def _change(self, key: str, **news: object) -> None:
        before = self._given[key]
        after = msgspec.structs.replace(before, **news)
        if after != before:
            self._put(after)

    def _put(self, given: Given) -> None:
        self._given[given.key] = given
        if given.deferred and given.place not in self._deferred:
            self._deferred.add(given.place)
            self._look_for_begun(given.place)
        if len(self._given) > KEPT:
            self._forget()
        self.changed.emit(given.place)

    def _forget(self) -> None:
        old = next((one for one in self._given.values() if one.ended and not one.lost), None)
        if old is not None:
            del self._given[old.key]
            self._by_order.pop(old.order, None)
            if self._latest.get(old.place) == old.key:
                del self._latest[old.place]
