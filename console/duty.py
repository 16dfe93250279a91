"""What belongs to a shift and not to a panel: the handover sheet, and what changed while nobody was here."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from console.away.watch import AwayWatch
from console.hands.hands import Hands
from console.live import Live
from console.orders import Orders
from console.questions import Questions
from console.shortcuts.actions import Action, named

if TYPE_CHECKING:
    from console.handover.panel import HandoverDialog

OFFERED = ("handover.open", "away.open", "away.leave")
"""Actions that stand in the desk's menu."""


class Duty(QObject):
    """Joins the shift's features to a desk; windows of theirs are made when they are first opened."""

    def __init__(
        self, hands: Hands, live: Live, questions: Questions, orders: Orders, memory: Path | None, parent: QObject
    ) -> None:
        super().__init__(parent)
        self.window, self.hands = hands.window, hands
        self._questions, self._orders, self._look = questions, orders, live.sight
        self.away = AwayWatch(hands, live, questions, orders, memory, self)
        self._handover: HandoverDialog | None = None
        self._offer("handover.open", self.open_handover, "Ctrl+Shift+H")
        self._offer("away.open", self.away.open_list, "Ctrl+Shift+A")
        self._offer("away.leave", self.away.leave, "Ctrl+Shift+L")
        self.window.dressed.connect(self.dress)
        self.dress()

    def _offer(self, id_: str, run: Callable[[], None], keys: str) -> None:
        self.hands.actions.add(Action(id_, named(f"action.{id_}"), run, keys))

    def dress(self) -> None:
        """Have the words and colours of the window, and a place in its menu."""
        words = self.window.words
        self.window.menu.set_others([self.hands.actions.qaction(id_) for id_ in OFFERED], words)
        self.away.dress()
        if self._handover is not None:
            self._handover.set_look(words, self.window.colours)

    @property
    def handover(self) -> HandoverDialog:
        """The window of the handover sheet, made when it is first wanted: printing is a library of its own."""
        if self._handover is None:
            from console.handover.panel import HandoverDialog

            window = self.window
            made = HandoverDialog(window, window.words, window.colours, self._questions, self._orders, self._look)
            made.set_look(window.words, window.colours)
            self._handover = made
        return self._handover

    def open_handover(self) -> None:
        """Show the handover sheet."""
        self.handover.open_sheet()

    def stop(self) -> None:
        """Close what is open and notice nothing any more."""
        self.away.stop()
        if self._handover is not None:
            self._handover.close()
