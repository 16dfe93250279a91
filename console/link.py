"""The one place where the feed's thread meets Qt's: what the thread tells becomes one queued signal."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from console.feeding import Batch, Feed

if TYPE_CHECKING:
    from concurrent.futures import Future

    from msgspec import Struct

    from feeds.requests import OrderParams


class Link(QObject):
    """A feed as a Qt object.

    Signals: `arrived()`, sent from the feed's thread when there is something to take; `answered(str, object)`, sent
    from there as well, when the order of that key was answered: with an OrderResult or the exception that ended it;
    `told(int, object)`, the same for the question of that number; `reading(int, float)`, how much of the past is read
    for it, 0 to 1, while the gateway still reads.
    """

    arrived = Signal()
    answered = Signal(str, object)
    told = Signal(int, object)
    reading = Signal(int, float)

    def __init__(self, feed: Feed, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._feed = feed

    def start(self) -> None:
        """Listen to the feed, and begin to follow it unless it runs already."""
        self._feed.listen(self.arrived.emit)
        if not self._feed.started:
            self._feed.start()

    @property
    def failed(self) -> bool:
        """Whether the feed has ended although nobody stopped it."""
        return self._feed.failed

    def settle(self) -> None:
        """There is time now for the connection that lasts."""
        self._feed.settle()

    def stop(self) -> None:
        """End the feed's thread and wait until it has ended."""
        self._feed.stop()

    def reconnect(self) -> None:
        """Drop the connection and come back at once, resuming where we were; for a machine that has slept."""
        self._feed.reconnect()

    def order(self, params: OrderParams) -> bool:
        """Send an order; its answer comes as a signal. False when there is nothing to send it to."""
        from feeds.requests import OrderResult  # the wall, which gives no orders, need not load it

        return self._ask("order", params, OrderResult, lambda answer: self.answered.emit(params.key, answer))

    def ask(self, number: int, method: str, params: Struct, answer: type) -> bool:
        """Ask about the past; the answer comes as the signal `told`. False when there is nothing to ask."""
        return self._ask(
            method, params, answer, lambda found: self.told.emit(number, found),
            lambda share: self.reading.emit(number, share),
        )  # fmt: skip

    def _ask(
        self, method: str, params: Struct, answer: type, tell: Callable[[object], None],
        progress: Callable[[float], None] | None = None,
    ) -> bool:  # fmt: skip
        future: Future[object] | None = self._feed.ask(method, params, answer, progress)
        if future is None:
            return False

        def _on_done(done: Future[object]) -> None:  # called in the feed's thread
            if not done.cancelled():
                tell(done.exception() or done.result())

        future.add_done_callback(_on_done)
        return True

    def take(self) -> Batch:
        """Everything new since the last call; empty when there is nothing."""
        return self._feed.take()
