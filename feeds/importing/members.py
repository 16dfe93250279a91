"""Seat states as far as a queue_log tells them: who talks, rings, pauses, is logged in, or was merely heard of.

An agent who only ever appears in calls is talking, then ready (reason `derived`), and offline after half an hour
without one. Somebody with two calls at once talks until the last of them ends.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from typing import Any, Final

from msgspec import Struct

from feeds.facts import AnyFact, AttemptEnded, AttemptStarted, LegAnswered, SeatChanged, SeatState, TalkEnded
from feeds.rules.pauses import PauseWords

QUIET_MS: Final = 30 * 60_000
"""After this long without a call nobody who never logged in is thought to be there."""


NEVER: Final = 1 << 62


class Word(Struct, frozen=True):
    """Something a log says about a member of queues; sorted among the facts by time, then used up here."""

    at: int
    word: str
    agent: str
    queue: str = ""
    reason: str = ""


class _Agent:
    __slots__ = ("calls", "heard_at", "here", "paused", "queues", "reason", "rings", "shown")

    def __init__(self) -> None:
        self.calls: dict[str, None] = {}
        self.rings: dict[str, None] = {}
        self.queues: set[str] = set()
        self.paused: set[str] = set()
        self.reason = ""
        self.here: bool | None = None
        """Logged in (True) or out (False) by the log's own word; None when it never said."""
        self.heard_at = 0
        self.shown: tuple[SeatState, str, str] = ("offline", "", "")


class Members:
    """Turns facts and member words, in order of time, into the same facts with seat changes among them."""

    def __init__(self, pauses: PauseWords) -> None:
        self._pauses = pauses
        self._agents: dict[str, _Agent] = {}
        self._talks: dict[str, str] = {}
        self._quiet: deque[tuple[int, str]] = deque()
        self._words: dict[type, Callable[[Any], None]] = {
            LegAnswered: self._on_answered,
            TalkEnded: self._on_talk_ended,
            AttemptStarted: self._on_ringing,
            AttemptEnded: self._on_rung,
            Word: self._on_word,
        }
        self._out: list[AnyFact] = []

    def feed(self, items: Sequence[AnyFact | Word]) -> list[AnyFact]:
        """The facts of a stretch with seat changes; whatever happens at one instant must come in one stretch."""
        out = self._out = []
        quiet, words, skip = self._quiet, self._words, False
        due = quiet[0][0] if quiet else NEVER
        for place, item in enumerate(items):
            while item.at >= due:
                self._fall_quiet(*quiet.popleft())
                due = quiet[0][0] if quiet else NEVER
            kind = item.__class__
            if kind is not Word:
                out.append(item)  # type: ignore[arg-type]
            if kind not in words:
                continue
            if skip:
                skip = False
            elif kind is AttemptStarted and place + 1 < len(items) and _at_once(item, items[place + 1]):
                skip = True  # the phone did not ring long enough to show
            else:
                words[kind](item)
                due = quiet[0][0] if quiet else NEVER
        return out

    def finish(self, at: int) -> list[AnyFact]:
        """Who falls silent up to the end of the file."""
        self._out = []
        while self._quiet and self._quiet[0][0] <= at:
            self._fall_quiet(*self._quiet.popleft())
        return self._out

    def _agent(self, name: str) -> _Agent:
        found = self._agents.get(name)
        if found is None:
            found = self._agents[name] = _Agent()
        return found

    def _on_answered(self, fact: LegAnswered) -> None:
        if not fact.agent:
            return
        agent = self._agent(fact.agent)
        if not agent.here:
            agent.here = None
        agent.calls[fact.leg] = None
        self._talks[fact.leg] = fact.agent
        self._show(fact.agent, agent, fact.at)

    def _on_talk_ended(self, fact: TalkEnded) -> None:
        name = self._talks.pop(fact.leg, None)
        if name is not None:
            agent = self._agents[name]
            agent.calls.pop(fact.leg, None)
            self._show(name, agent, fact.at)

    def _on_ringing(self, fact: AttemptStarted) -> None:
        agent = self._agent(fact.agent)
        if not agent.here:
            agent.here = None
        agent.rings[fact.leg] = None
        self._show(fact.agent, agent, fact.at)

    def _on_rung(self, fact: AttemptEnded) -> None:
        agent = self._agent(fact.agent)
        agent.rings.pop(fact.leg, None)
        # An answer follows at the same instant; showing "ready" in between would be a lie.
        if fact.result != "answered":
            self._show(fact.agent, agent, fact.at)

    def _on_word(self, word: Word) -> None:
        agent, name = self._agent(word.agent), word.word
        if name in ("PAUSE", "PAUSEALL"):
            agent.paused.add(word.queue if name == "PAUSE" else "")
            agent.reason = word.reason
        elif name == "UNPAUSE":
            agent.paused.discard(word.queue)
        elif name == "UNPAUSEALL":
            agent.paused.clear()
        elif name == "ADDMEMBER":
            agent.queues.add(word.queue)
            agent.here = True
        elif name == "REMOVEMEMBER":
            agent.queues.discard(word.queue)
            agent.paused.discard(word.queue)
            if not agent.queues:
                agent.here = False
        elif name in ("AGENTLOGIN", "AGENTCALLBACKLOGIN"):
            agent.here = True
        else:
            agent.here = False
            agent.queues.clear()
            agent.paused.clear()
        self._show(word.agent, agent, word.at)

    def _wanted(self, agent: _Agent, at: int) -> tuple[SeatState, str, str]:
        if agent.calls:
            return "talking", "", next(reversed(agent.calls))
        if agent.here is False:
            return "offline", "", ""
        if agent.rings:
            return "ringing", "", next(reversed(agent.rings))
        # Paused in all the queues that are known of, or everywhere at once.
        if "" in agent.paused or (agent.paused and agent.paused >= agent.queues):
            return self._pauses.state(agent.reason), agent.reason, ""
        if agent.here:
            return "ready", "", ""
        return ("ready", "derived", "") if at < agent.heard_at + QUIET_MS else ("offline", "", "")

    def _show(self, name: str, agent: _Agent, at: int) -> None:
        agent.heard_at = at
        wanted = self._wanted(agent, at)
        if wanted != agent.shown:
            agent.shown = wanted
            state, reason, leg = wanted
            sitting = "" if state == "offline" else name
            self._out.append(SeatChanged(at=at, seat=name, state=state, agent=sitting, reason=reason, leg=leg))
        if wanted[1] == "derived" and wanted[0] == "ready":
            self._quiet.append((at + QUIET_MS, name))

    def _fall_quiet(self, due: int, name: str) -> None:
        agent = self._agents[name]
        if agent.heard_at + QUIET_MS == due and agent.shown[:2] == ("ready", "derived"):
            self._out.append(SeatChanged(at=due, seat=name, state="offline"))
            agent.shown = ("offline", "", "")


def _at_once(started: AnyFact | Word, ended: AnyFact | Word) -> bool:
    return (
        isinstance(started, AttemptStarted)
        and isinstance(ended, AttemptEnded)
        and started.at == ended.at
        and started.leg == ended.leg
        and started.agent == ended.agent
    )
