"""What is remembered of a caller and of each leg (HANDBOOK 1.1) while it lasts."""

from __future__ import annotations

from feeds.states import EndedBy


class Attempt:
    """An agent's phone that rings for a leg; `closing` is since when only the word why it stopped is missing."""

    __slots__ = ("agent", "begun", "channel", "closing", "interface")

    def __init__(self, agent: str, interface: str, channel: str, begun: int) -> None:
        self.agent, self.interface, self.channel, self.begun = agent, interface, channel, begun
        self.closing = False


class Leg:
    """A stay in a queue and what follows from it. Times are UTC milliseconds, -1 where it has not come to that.

    `left` and `abandoned` are words of the queue whose meaning another event decides; `ending` is when the talk seems
    to have ended, until it is known by whom.
    """

    __slots__ = (
        "abandoned", "agent", "agent_channel", "answered", "attempts", "call", "completed", "ending", "held",
        "interface", "joined", "last_call", "left", "name", "over", "priority", "queue", "shown_at", "stopped",
        "transferred", "works",
    )  # fmt: skip

    def __init__(self, name: str, call: str, queue: str, joined: int) -> None:
        self.name, self.call, self.queue, self.joined = name, call, queue, joined
        self.attempts: dict[str, Attempt] = {}
        self.stopped: dict[str, int] = {}
        """When a phone stopped ringing for it the last time, by interface."""
        self.left = self.abandoned = self.answered = self.ending = -1
        self.agent = self.agent_channel = self.interface = ""
        self.held = self.transferred = self.over = self.works = False
        self.completed: tuple[EndedBy, int] | None = None
        """By whom AgentComplete says that the talk was ended, and the wrap-up that follows, milliseconds."""
        self.last_call = -1
        """What the queue said of the agent's last call when this one was answered, -1 where nobody knows."""
        self.priority = 0
        self.shown_at = -1
        """When a snapshot showed it as it is: what was on its way then tells nothing new."""

    @property
    def waits(self) -> bool:
        """Whether nobody has answered yet."""
        return self.answered < 0

    @property
    def talks(self) -> bool:
        """Whether caller and agent are in conversation."""
        return self.answered >= 0 and not self.over


class Caller:
    """A call: the caller's channel and the leg that it is in now, if any."""

    __slots__ = ("before", "channel", "handed_over", "leg", "legs", "moved_by_us", "number", "unique")

    def __init__(self, unique: str, channel: str, number: str) -> None:
        self.unique, self.channel, self.number = unique, channel, number
        self.leg: Leg | None = None
        self.legs = self.before = 0
        self.handed_over = ""
        """The queue whose agent gave it to a colleague: it still runs there, and no agent of the queue has it."""
        self.moved_by_us = False
        """The gateway itself takes it out of its queue: that is no abandonment."""


ENDED_BY: dict[str, EndedBy] = {"caller": "caller", "agent": "agent", "transfer": "transfer"}
"""What AgentComplete gives as its reason."""
