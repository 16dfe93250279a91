"""What belongs to a shift and not to a panel: the handover sheet, opened when somebody asks for it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from console.actions import Action, named
from console.hands import Hands
from console.orders import Orders
from console.questions import Questions
from console.sight import Sight

if TYPE_CHECKING:
    from console.handover.panel import HandoverDialog

OFFERED = ("handover.open",)
"""Actions that stand in the desk's menu."""


class Duty(QObject):
    """Joins the shift's features to a desk; windows of theirs are made when they are first opened."""

    def __init__(
        self, hands: Hands, questions: Questions, orders: Orders, look: Callable[[], Sight], parent: QObject
    ) -> None:
        super().__init__(parent)
        self.window, self.hands = hands.window, hands
        self._questions, self._orders, self._look = questions, orders, look
        self._handover: HandoverDialog | None = None
        self._offer("handover.open", self.open_handover, "Ctrl+Shift+H")
        self.window.dressed.connect(self.dress)
        self.dress()

    def _offer(self, id_: str, run: Callable[[], None], keys: str) -> None:
        self.hands.actions.add(Action(id_, named(f"action.{id_}"), run, keys))

    def dress(self) -> None:
        """Have the words and colours of the window, and a place in its menu, which is made anew each time."""
        words, menu = self.window.words, self.window.who.menu()
        if menu is not None:
            menu.addSeparator()
            menu.addActions([self.hands.actions.qaction(id_) for id_ in OFFERED])
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
        """Close what is open."""
        if self._handover is not None:
            self._handover.close()
