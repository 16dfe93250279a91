"""Lines of a queue_log into facts: every call through its legs, whatever order and gaps the lines have."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from typing import Final

from config.schema import Site
from feeds.facts import (
    AgentFound,
    AnyFact,
    AttemptEnded,
    AttemptResult,
    AttemptStarted,
    CallArrived,
    CallEnded,
    EndedBy,
    FlowKind,
    GapSeen,
    LegAbandoned,
    LegAnswered,
    LegFlowedOut,
    LegJoined,
    LegTransferred,
    QueueFound,
    TalkEnded,
)  # fmt: skip
from feeds.importing.ahead import SILENT_MS, Ahead
from feeds.importing.callers import ROUNDING_MS, Caller, Earlier, begun_at, remember, repeats, reported
from feeds.importing.members import Word
from feeds.importing.problems import REPEATED, Report
from feeds.importing.queue_log import MEMBER_WORDS, Line, number_of, rang_ms, talked, waited

PATIENCE_MS: Final = 30_000
"""How long a line waits for the one that should have come before it."""
LINGER_MS: Final = 10 * 60_000
"""How long a call that left its queue may come back as another leg of the same call."""
KNOWN_MS: Final = 24 * 3_600_000
"""How long the number of legs of a call that is over is known, so that no two of its legs ever have one name."""
LONGEST_WAIT_MS: Final = SILENT_MS
LONGEST_TALK_MS: Final = 24 * 3_600_000
"""A leg open for longer has lost its last line, unless the log has one further on."""
SWEEP_MS: Final = 3_600_000
NOBODY: Final = frozenset({"", "none", "unknown"})
NO_QUEUE: Final = frozenset({"", "none"})
_FLOWS: Final[dict[str, FlowKind]] = {
    "EXITWITHTIMEOUT": "timeout", "EXITEMPTY": "no_agent", "EXITWITHKEY": "ivr", "WITHDRAW": "queue",
}  # fmt: skip
_ENDS: Final[dict[str, EndedBy]] = {
    "COMPLETEAGENT": "agent", "COMPLETECALLER": "caller", "TRANSFER": "transfer", "BLINDTRANSFER": "transfer",
    "ATTENDEDTRANSFER": "transfer",
}  # fmt: skip
_RESULTS: Final[dict[str, AttemptResult]] = {
    "RINGNOANSWER": "no_answer", "RINGCANCELED": "caller_gone", "AGENTDUMP": "rejected",
}  # fmt: skip


class Translation:
    """Give it well-formed lines in file order; facts and member words come out in `out`, not yet in order of time."""

    def __init__(self, site: Site, report: Report, ahead: Ahead) -> None:
        self.out: list[AnyFact | Word] = []
        self.clock = 0
        self._report = report
        self._ahead = ahead
        self._queues = {queue.number: queue.id for queue in site.queues if queue.number}
        self._queues |= {queue.id: queue.id for queue in site.queues}
        self._queues |= {one.asterisk: one.queue for one in site.asterisk.queues} if site.asterisk else {}
        self._agents = {agent.id: agent.id for agent in site.agents}
        self._numbers = frozenset(self._agents)
        self._by_name = _by_name(site)
        self._callers: dict[str, Caller] = {}
        self._known: dict[str, tuple[int, int]] = {}
        """Calls that are over, first over first: how many legs they had, and since when."""
        self._lingering: deque[tuple[int, Caller]] = deque()
        self._waiting: deque[tuple[int, Caller]] = deque()
        self._dialled: dict[str, str] = {}
        self._sweep_at = self._due = 0
        self._call_words: dict[str, Callable[[Caller, Line], bool]] = {
            "CONNECT": self._on_connect,
            "ABANDON": self._on_abandon,
            **dict.fromkeys(_FLOWS, self._on_flow),
            **dict.fromkeys(_RESULTS, self._on_attempt),
            **dict.fromkeys(_ENDS, self._on_end),
        }

    def take(self, line: Line) -> None:
        """Use one line."""
        before = self.clock
        if line.at > before:
            self.clock = line.at
            if line.at >= self._due:
                self._let_go(line.number)
        word = line.word
        if word == "ENTERQUEUE":
            self._on_enter(line)
        elif word in self._call_words:
            caller = self._callers.get(line.call)
            if caller is None:
                caller = self._new_caller(line.call)
            self._use(caller, line)
        elif word in MEMBER_WORDS:
            self._on_member(line)
        elif word == "QUEUESTART":
            self._on_restart(before, line)
        elif word == "DID" and line.data:
            if len(self._dialled) > 10_000:
                self._dialled.clear()
            self._dialled[line.call] = line.data[0].strip()

    # A call's way

    def _new_caller(self, name: str) -> Caller:
        before, _ = self._known.pop(name, (0, 0))
        caller = self._callers[name] = Caller(name, before)
        return caller

    def _on_enter(self, line: Line) -> None:
        if not line.call or (line.queue not in self._queues and line.queue.casefold() in NO_QUEUE):
            self._report.problem("no call or no queue", line.number)
            return
        caller = self._callers.get(line.call)
        if caller is None:
            caller = self._new_caller(line.call)
        if repeats(caller, line):
            self._report.problem(REPEATED, line.number)
            return
        at = max(line.at, caller.last)
        self._end_earlier(caller)
        if caller.leg and caller.answered >= 0:
            caller.earlier = Earlier(caller.leg, caller.queue, caller.answered, at)
            self._waiting.append((line.at + PATIENCE_MS, caller))
        elif caller.leg:
            self._lose(caller, at, "queue")
        data = line.data
        number = data[1].strip() if len(data) > 1 else ""
        queue = self._queue(line.queue, at)
        came_from = ""
        if caller.legs:
            came_from = caller.leg_name()
        else:
            self._report.calls += 1
            self.out.append(CallArrived(at=at, call=line.call, number=number, trunk=self._dialled.pop(line.call, "")))
        caller.legs += 1
        caller.leg = caller.leg_name()
        caller.queue, caller.joined, caller.answered, caller.last = queue, at, -1, at
        caller.number, caller.takes_place = number, False
        remember(caller, line)
        self.out.append(
            LegJoined(at=at, leg=caller.leg, call=line.call, queue=queue, number=number, came_from=came_from)
        )
        if caller.waiting_lines:
            self._retry(caller)

    def _use(self, caller: Caller, line: Line) -> None:
        if caller.takes_place and not caller.leg:
            self._take_place(caller, line)
        if repeats(caller, line):
            self._report.problem(REPEATED, line.number)
        elif caller.earlier is not None and self._ends_earlier(caller, line):
            remember(caller, line)
        elif caller.leg and self._call_words[line.word](caller, line):
            remember(caller, line)
            if caller.waiting_lines:
                self._retry(caller)
        else:
            caller.waiting_lines.append(line)
            self._waiting.append((line.at + PATIENCE_MS, caller))

    def _ends_earlier(self, caller: Caller, line: Line) -> bool:
        """Whether a line is the late end of the conversation before, not of the leg that the call is in now."""
        earlier = caller.earlier
        if earlier is None or line.word not in _ENDS or self._queues.get(line.queue) != earlier.queue:
            return False
        if caller.answered >= 0 and caller.queue == earlier.queue:
            return False
        caller.earlier = None
        self._end_talk(line, earlier.leg, earlier.answered, max(earlier.answered, min(line.at, earlier.at)))
        return True

    def _end_earlier(self, caller: Caller) -> None:
        """The end of the conversation before was never told: it was over when the call waited again."""
        if caller.earlier is not None:
            self._report.lost_calls += 1
            self.out.append(TalkEnded(at=caller.earlier.at, leg=caller.earlier.leg))
            caller.earlier = None

    def _take_place(self, caller: Caller, line: Line) -> None:
        """Who was passed on to a queue has the place in which the agent's own call had waited; no line says so."""
        queue = self._queues.get(line.queue)
        for one in self._callers.values():
            if one.leg and one.answered < 0 and one.queue == queue and one.number == caller.agent:
                caller.takes_place = False
                caller.leg, caller.queue, caller.joined, caller.answered = one.leg, one.queue, one.joined, -1
                one.last = max(one.last, caller.last)
                self._leave(one, gone=True)
                return

    def _retry(self, caller: Caller) -> None:
        """Lines that came too early get another chance, each in its turn."""
        waiting, caller.waiting_lines = caller.waiting_lines, []
        for line in waiting:
            self._use(caller, line)

    def _on_connect(self, caller: Caller, line: Line) -> bool:
        if caller.answered >= 0:
            return False
        at = caller.last = max(line.at, caller.last)
        begun = begun_at(caller, line, at)
        agent = self._agent(line.agent, begun)
        if agent:
            self._ring(caller, agent, begun, at, "answered")
        caller.answered, caller.agent = at, agent
        wait = reported(waited(line), at - caller.joined)
        self.out.append(LegAnswered(at=at, leg=caller.leg, agent=agent, wait_ms=wait))
        return True

    def _on_abandon(self, caller: Caller, line: Line) -> bool:
        if caller.answered >= 0:
            return False
        at = caller.last = max(line.at, caller.last)
        self.out.append(LegAbandoned(at=at, leg=caller.leg, wait_ms=reported(waited(line), at - caller.joined)))
        self._leave(caller, gone=True)
        return True

    def _on_flow(self, caller: Caller, line: Line) -> bool:
        if caller.answered >= 0:
            return False
        at = caller.last = max(line.at, caller.last)
        wait = reported(waited(line), at - caller.joined)
        self.out.append(LegFlowedOut(at=at, leg=caller.leg, kind=_FLOWS[line.word], wait_ms=wait))
        self._leave(caller, gone=False)
        return True

    def _on_attempt(self, caller: Caller, line: Line) -> bool:
        if caller.answered >= 0:
            return False
        at = caller.last = max(line.at, caller.last)
        begun = begun_at(caller, line, at)
        agent = self._agent(line.agent, begun)
        if agent:
            result = _RESULTS[line.word]
            if result == "no_answer" and (rang_ms(line) or 0) < ROUNDING_MS:
                result = "rejected"  # nobody lets a phone ring so shortly: it was busy or could not be reached
            self._ring(caller, agent, begun, at, result)
        return True

    def _on_end(self, caller: Caller, line: Line) -> bool:
        if caller.answered < 0:
            return False
        at = caller.last = max(line.at, caller.last)
        caller.takes_place = line.word == "ATTENDEDTRANSFER" and line.data[:2] == ["APP", "Queue"]
        self._end_talk(line, caller.leg, caller.answered, at)
        self._leave(caller, gone=_ENDS[line.word] == "caller")
        return True

    def _end_talk(self, line: Line, leg: str, answered: int, at: int) -> None:
        by = _ENDS[line.word]
        if by == "transfer":
            attended = line.word == "ATTENDEDTRANSFER"
            self.out.append(LegTransferred(at=at, leg=leg, kind="attended" if attended else "blind"))
        self.out.append(TalkEnded(at=at, leg=leg, by=by, talk_ms=reported(talked(line), at - answered)))

    def _answer_from_end(self, caller: Caller, line: Line) -> bool:
        """Take the end of a conversation whose beginning was lost: it says when that was, and with whom."""
        talk = talked(line)
        if line.word not in _ENDS or not caller.leg or caller.answered >= 0 or talk is None:
            return False
        caller.waiting_lines.remove(line)
        at = max(line.at - talk * 1000, caller.joined)
        agent = self._agent(line.agent, at)
        caller.answered, caller.last = at, max(at, caller.last)
        wait = number_of(line.data, 0) if line.word.startswith("COMPLETE") else None
        self.out.append(LegAnswered(at=at, leg=caller.leg, agent=agent, wait_ms=reported(wait, at - caller.joined)))
        self._use(caller, line)
        return True

    def _ring(self, caller: Caller, agent: str, begun: int, at: int, result: AttemptResult) -> None:
        self.out.append(AttemptStarted(at=begun, leg=caller.leg, agent=agent))
        self.out.append(AttemptEnded(at=at, leg=caller.leg, agent=agent, result=result))

    def _leave(self, caller: Caller, *, gone: bool) -> None:
        """The call is in no queue now. When the caller is not known to be gone, it may yet come back."""
        if gone:
            self.out.append(CallEnded(at=caller.last, call=caller.name))
            caller.ended = True
        caller.leg = ""
        self._lingering.append((self.clock + LINGER_MS, caller))

    def _lose(self, caller: Caller, at: int, why: FlowKind | None = None) -> None:
        """Close a leg whose last line is missing, so that it does not wait for ever."""
        self._end_earlier(caller)
        self._report.lost_calls += 1
        if caller.answered >= 0:
            self.out.append(TalkEnded(at=at, leg=caller.leg))
        elif why is not None:
            self.out.append(LegFlowedOut(at=at, leg=caller.leg, kind=why))
        else:
            self.out.append(LegAbandoned(at=at, leg=caller.leg))
        caller.last = at
        caller.leg = ""

    # Members, restarts, what is over

    def _on_member(self, line: Line) -> None:
        agent = self._agent(line.agent, line.at)
        if not agent:
            self._report.problem("no agent", line.number)
            return
        queue = "" if line.queue.casefold() in NOBODY else self._queue(line.queue, line.at)
        reason = line.data[0].strip() if line.data and line.word.startswith("PAUSE") else ""
        self.out.append(Word(line.at, line.word, agent, queue, reason))

    def _on_restart(self, before: int, line: Line) -> None:
        """Asterisk started anew: calls that were open are lost, and when each of them ended nobody knows."""
        open_callers = [caller for caller in self._callers.values() if caller.leg]
        if not open_callers:
            return
        end = max(line.at, before)
        for caller in open_callers:
            self._lose(caller, max(before, caller.last))
            self._leave(caller, gone=True)
        self.out.append(GapSeen(at=end, begin=before, end=end))

    def _let_go(self, number: int) -> None:
        """Forget what is over, give up on lines that fit nothing, close legs that have lost their end.

        `number` is that of the line at which this is asked.
        """
        clock = self.clock
        while self._waiting and self._waiting[0][0] <= clock:
            self._give_up(self._waiting.popleft()[1])
        while self._lingering and self._lingering[0][0] <= clock:
            self._forget(*self._lingering.popleft())
        if clock >= self._sweep_at:
            self._sweep_at = clock + SWEEP_MS
            self._sweep(number)
        # Whatever begins to wait from now on is due after this.
        self._due = min(clock + PATIENCE_MS, self._sweep_at)
        if self._lingering:
            self._due = min(self._due, self._lingering[0][0])
        if self._waiting:
            self._due = min(self._due, self._waiting[0][0])

    def _give_up(self, caller: Caller) -> None:
        if caller.earlier is not None and caller.earlier.at + PATIENCE_MS <= self.clock:
            self._end_earlier(caller)
        overdue = [line for line in caller.waiting_lines if line.at + PATIENCE_MS <= self.clock]
        overdue = [line for line in overdue if not self._answer_from_end(caller, line)]
        for line in overdue:
            self._report.problem(
                "a call without a beginning" if not caller.legs else "does not fit its call", line.number
            )
            caller.waiting_lines.remove(line)
        if not caller.legs and not caller.waiting_lines:
            self._callers.pop(caller.name, None)
            if caller.before:
                self._known[caller.name] = caller.before, self.clock

    def _forget(self, due: int, caller: Caller) -> None:
        if caller.leg or caller.last + LINGER_MS > due or self._callers.get(caller.name) is not caller:
            return
        if not caller.ended:
            self.out.append(CallEnded(at=max(due, caller.last), call=caller.name))
        del self._callers[caller.name]
        self._known[caller.name] = caller.before + caller.legs, self.clock

    def _sweep(self, number: int) -> None:
        for name in [name for name, (_, since) in self._known.items() if since < self.clock - KNOWN_MS]:
            del self._known[name]
        for caller in list(self._callers.values()):
            longest = LONGEST_TALK_MS if caller.answered >= 0 else LONGEST_WAIT_MS
            if caller.leg and caller.last < self.clock - longest and not self._ahead.follows(caller.name, number):
                joined = caller.joined
                self._lose(caller, caller.last + longest)
                self.out.append(GapSeen(at=caller.last, begin=joined, end=joined + 1))
                self._leave(caller, gone=True)

    def finish(self) -> None:
        """The file has ended: give up on what still waits for its beginning, count what is still open."""
        for caller in list(self._callers.values()):
            self._end_earlier(caller)
            for line in list(caller.waiting_lines):
                if self._answer_from_end(caller, line):
                    continue
                kind = "a call without a beginning" if not caller.legs else "does not fit its call"
                self._report.problem(kind, line.number)
            self._report.open_calls += bool(caller.leg)

    # Names

    def _queue(self, name: str, at: int) -> str:
        found = self._queues.get(name)
        if found is None:
            found = self._queues[name] = name
            self._report.new_queues.append(name)
            self.out.append(QueueFound(at=at, queue=name))
        return found

    def _agent(self, name: str, at: int) -> str:
        """The agent's id: as the site has it, else the name as it stands; empty for nobody in particular."""
        found = self._agents.get(name)
        if found is None:
            found = self._agents[name] = self._new_agent(name, at)
        return found

    def _new_agent(self, name: str, at: int) -> str:
        if name.casefold() in NOBODY:
            return ""
        # The number is what the site knows: of SIP/1001, Agent/1001, Local/1001@agents/n, of a name like `1001 Ann`.
        first = name.partition(" ")[0]
        for number in (first, first.partition("/")[2].partition("@")[0].partition("/")[0]):
            if number in self._numbers:
                return number
        if name in self._by_name:
            return self._by_name[name]
        self._report.new_agents.append(name)
        self.out.append(AgentFound(at=at, agent=name))
        return name


def _by_name(site: Site) -> dict[str, str]:
    """Agents by the names that the site gives them, without those that several have."""
    found: dict[str, set[str]] = {}
    for agent in site.agents:
        for name in (agent.name.zh, agent.name.en):
            found.setdefault(name, set()).add(agent.id)
    return {name: next(iter(agents)) for name, agents in found.items() if name and len(agents) == 1}
