"""What a floor's source can be asked to do: commands for seats, calls and switches, and how each of them may end."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from feeds.states import OrderState

SwitchValue = str
"""`normal`, `overflow:<queue>`, `announce`, `callback` or `backup`."""


class Join(Struct, frozen=True):
    """A queue that somebody shall serve; a higher penalty is tried later."""

    queue: str
    penalty: int = 0


class MakeReady(Struct, frozen=True, tag_field="command", tag="ready"):
    """Have a seat take calls again."""

    seat: str


class Pause(Struct, frozen=True, tag_field="command", tag="pause"):
    """Give a seat no calls, for a reason that the floor shows."""

    seat: str
    reason: str


class LogOut(Struct, frozen=True, tag_field="command", tag="logout"):
    """Take a seat out of all its queues."""

    seat: str


class MoveSeat(Struct, frozen=True, tag_field="command", tag="move"):
    """Have a seat serve other queues; a queue that it serves already only gets the penalty."""

    seat: str
    join: tuple[Join, ...] = ()
    leave: tuple[str, ...] = ()


class Requeue(Struct, frozen=True, tag_field="command", tag="requeue"):
    """Have a waiting call wait in another queue."""

    leg: str
    queue: str


class Redirect(Struct, frozen=True, tag_field="command", tag="redirect"):
    """Send a call to a number: a waiting one out of its queue, a conversation by a blind transfer."""

    leg: str
    to: str


class Prioritise(Struct, frozen=True, tag_field="command", tag="prioritise"):
    """Have a waiting call be taken before those of a lower priority."""

    leg: str
    priority: int


class HangUp(Struct, frozen=True, tag_field="command", tag="hangup"):
    """End a call."""

    leg: str


class SetSwitch(Struct, frozen=True, tag_field="command", tag="switch"):
    """Decide what happens to new calls for a queue, or for all (`all`, which wins)."""

    switch: str
    value: SwitchValue


Command = MakeReady | Pause | LogOut | MoveSeat | Requeue | Redirect | Prioritise | HangUp | SetSwitch

End = Literal["done", "refused", "failed", "unknown"]


class Ended(Struct, frozen=True):
    """How a command ended: `done` when the source shows it, `unknown` when it may have happened and is not seen.

    `inverse` would take it back, where the source alone knows what that is.
    """

    state: End
    text: str = ""
    inverse: Command | None = None

    @property
    def order_state(self) -> OrderState:
        """The same for the order."""
        return self.state
