"""The one place where the feed's thread meets Qt's: what the thread tells becomes one queued signal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from console.feeding import Batch, Feed

if TYPE_CHECKING:
    from concurrent.futures import Future

    from feeds.requests import OrderParams, OrderResult


class Link(QObject):
    """A feed as a Qt object.

    Signals: `arrived()`, sent from the feed's thread when there is something to take; `answered(str, object)`, sent
    from there as well, when the order of that key was answered: with an OrderResult or the exception that ended it.
    """

    arrived = Signal()
    answered = Signal(str, object)

    def __init__(self, feed: Feed, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._feed = feed

    def start(self) -> None:
        """Listen to the feed, and begin to follow it unless it runs already."""
        self._feed.listen(self.arrived.emit)
        if not self._feed.started:
            self._feed.start()

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
        future = self._feed.order(params)
        if future is None:
            return False
        future.add_done_callback(lambda done: self._tell(params.key, done))
        return True

    def _tell(self, key: str, done: Future[OrderResult]) -> None:
        """Called in the feed's thread."""
        if not done.cancelled():
            self.answered.emit(key, done.exception() or done.result())

    def take(self) -> Batch:
        """Everything new since the last call; empty when there is nothing."""
        return self._feed.take()
