"""The simulated floor's switches: what happens to new calls, as Asterisk's dialplan decides it (resources/asterisk)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from feeds.facts import AnyFact, SwitchRead

ALL: Final = "all"
NORMAL: Final = "normal"


class Switches:
    """A switch for each queue and `all`, which wins; `tell` gets what is read back."""

    def __init__(self, queues: Sequence[str], tell: Callable[[AnyFact], None]) -> None:
        self._values = dict.fromkeys((ALL, *queues), NORMAL)
        self._by = dict.fromkeys(self._values, "")
        self._tell = tell

    def leads_to(self, switch: str) -> str:
        """What happens to a new call for a queue."""
        every = self._values[ALL]
        return every if every != NORMAL else self._values[switch]

    def route(self, queue: str) -> tuple[str, str]:
        """The mode for a queue's new calls, and the other queue where they overflow.

        The other queue's own switch is not asked: two that overflow into each other would pass a call for ever.
        """
        mode, _, other = self.leads_to(queue).partition(":")
        return ("normal", "") if other == queue else (mode, other)

    def read(self, at: int) -> list[SwitchRead]:
        """All switches as they stand."""
        return [self._read(switch, at) for switch in self._values]

    def put(self, switch: str, value: str, by: str, at: int) -> None:
        """Turn a switch, and tell those of which something is otherwise now."""
        before = {name: (self._values[name], self.leads_to(name)) for name in self._values}
        self._values[switch] = value
        self._by[switch] = by
        for name, was in before.items():
            if name == switch or was != (self._values[name], self.leads_to(name)):
                self._tell(self._read(name, at))

    def _read(self, switch: str, at: int) -> SwitchRead:
        value, by = self._values[switch], self._by[switch]
        return SwitchRead(at=at, switch=switch, value=value, asked=self.leads_to(switch), proved=True, by=by)
