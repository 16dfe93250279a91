"""What the doctor finds: a topic, how it stands, and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """How a topic stands: `lacking` keeps something from working, `note` is worth knowing."""

    GOOD = "good"
    NOTE = "note"
    LACKING = "lacking"


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at."""

    topic: str
    state: State
    said: str
    remedy: str = ""

    def lines(self) -> str:
        """As a person reads it."""
        head = f"  {self.state:<9}{self.topic:<19}{self.said}\n"
        return head + (f"{'':30}-> {self.remedy}\n" if self.remedy else "")


def good(topic: str, said: str) -> Finding:
    """It will do."""
    return Finding(topic, State.GOOD, said)


def note(topic: str, said: str, remedy: str = "") -> Finding:
    """Everything works, but somebody may wonder."""
    return Finding(topic, State.NOTE, said, remedy)


def lacking(topic: str, said: str, remedy: str) -> Finding:
    """Something will not work until the remedy is applied."""
    return Finding(topic, State.LACKING, said, remedy)
