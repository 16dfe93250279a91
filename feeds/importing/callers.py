"""A call on its way through queues, as far as the lines of a queue_log have told it."""

from __future__ import annotations

from typing import Final, NamedTuple

from feeds.importing.queue_log import Line, rang_ms

ROUNDING_MS: Final = 1000
"""A reported duration wins over the difference of two times from here on; below, both are merely rounded."""
LONGEST_RING_MS: Final = 120_000
SEEN: Final = 40
"""Lines of a call that are remembered to know repeated ones."""


class Earlier(NamedTuple):
    """A conversation of a call that waits in a queue again; `at` is since when."""

    leg: str
    queue: str
    answered: int
    at: int


class Caller:
    """A call on its way through queues; `leg` is empty while it is in none."""

    __slots__ = (
        "agent", "answered", "before", "earlier", "ended", "joined", "last", "leg", "legs", "name", "number", "queue",
        "seen", "takes_place", "waiting_lines",
    )  # fmt: skip

    def __init__(self, name: str, before: int) -> None:
        self.name = name
        self.leg = ""
        self.legs = 0
        self.before = before
        """Legs of a call of that name which was over."""
        self.number = self.agent = self.queue = ""
        self.earlier: Earlier | None = None
        """Its line may come behind the next ENTERQUEUE: a blind transfer is written down by another thread."""
        self.takes_place = False
        """The agent has passed it on to a queue where a call of the agent's own waits."""
        self.joined = 0
        self.answered = -1
        self.last = 0
        self.ended = False
        self.seen: list[str] = []
        self.waiting_lines: list[Line] = []

    def leg_name(self) -> str:
        """The name of the newest leg: the call's own for the first."""
        number = self.before + self.legs
        return self.name if number == 1 else f"{self.name}#{number}"


def begun_at(caller: Caller, line: Line, at: int) -> int:
    """When the phone began to ring that a line at `at` speaks of."""
    return max(at - min(rang_ms(line) or 0, LONGEST_RING_MS), caller.joined)


def remember(caller: Caller, line: Line) -> None:
    """Know a line of the call again that was used for it."""
    caller.seen.append(line.text)
    if len(caller.seen) > SEEN:
        del caller.seen[0]


def repeats(caller: Caller, line: Line) -> bool:
    """Whether the very same line has been used for this call already."""
    return line.text in caller.seen


def reported(seconds: int | None, measured_ms: int) -> int | None:
    """The source's own count in milliseconds where it disagrees with its clock by more than rounding, else None."""
    if seconds is None or abs(seconds * 1000 - measured_ms) < ROUNDING_MS:
        return None
    return seconds * 1000
