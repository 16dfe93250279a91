"""Follows every leg, agent and seat through the facts and refuses anything that a real floor could not do."""

from __future__ import annotations

from collections import Counter

from feeds import facts as f

NEXT: dict[str, set[str]] = {
    "offline": {"ready", "ringing", "outbound"},
    "ready": {"ringing", "outbound", "break", "training", "offline"},
    "ringing": {"talking", "not_responding", "ready", "ringing", "outbound", "break", "training", "offline"},
    "talking": {"hold", "acw", "ready", "ringing", "outbound", "break", "training", "offline"},
    "hold": {"talking", "acw"},
    "acw": {"ready", "ringing", "outbound", "break", "training", "offline"},
    "outbound": {"ready", "ringing", "outbound", "break", "training", "offline"},
    "break": {"ready", "ringing", "outbound", "break", "training", "offline"},
    "training": {"ready", "ringing", "outbound", "break", "offline"},
    "not_responding": {"ready", "ringing", "outbound", "break", "training", "offline"},
}
"""Which state may follow which on one seat; whoever is free may be called at once."""

PAUSES = ("busy", "break", "training", "meeting", "coaching")
"""States that a supervisor's pause may be, if there are supervisors (`ordered`)."""

LEG_OF = {"ringing": "ringing", "talking": "talking", "hold": "hold", "acw": "worked"}


class Lives:
    """Feed it facts in order; it raises AssertionError with the fact that cannot be."""

    def __init__(self, *, ordered: bool = False) -> None:
        self._ordered = ordered
        self.now = 0
        self.calls: dict[str, set[str]] = {}
        self.legs: dict[str, str] = {}
        self.holder: dict[str, str] = {}
        self.seats: dict[str, tuple[str, str]] = {}
        self.at_seat: dict[str, str] = {}
        self.kinds: Counter[str] = Counter()
        self.states: Counter[str] = Counter()
        self.ended: set[str] = set()
        self.trunks: dict[str, str] = {}

    def see(self, fact: f.AnyFact) -> None:
        """One more fact."""
        assert fact.at >= self.now, fact
        self.now = fact.at
        self.kinds[type(fact).__name__] += 1
        getattr(self, f"_{type(fact).__name__}")(fact)

    def _step(self, leg: str, before: str, after: str, fact: f.AnyFact) -> None:
        assert self.legs[leg] == before, (self.legs[leg], fact)
        self.legs[leg] = after

    def _CallArrived(self, fact: f.CallArrived) -> None:
        assert fact.call not in self.calls, fact
        self.calls[fact.call] = set()

    def _CallEnded(self, fact: f.CallEnded) -> None:
        assert fact.call not in self.ended, fact
        assert not self.calls.get(fact.call), fact
        self.ended.add(fact.call)

    def _LegJoined(self, fact: f.LegJoined) -> None:
        assert fact.leg not in self.legs, fact
        assert (fact.came_from != "") == fact.leg.endswith(tuple(f".{number}" for number in range(2, 10))), fact
        if fact.came_from:
            assert self.legs[fact.came_from] in {"worked", "booked", "gone"}, fact
        self.legs[fact.leg] = "waiting"
        self.calls[fact.call].add(fact.leg)

    def _LegPrioritised(self, fact: f.LegPrioritised) -> None:
        assert self.legs[fact.leg] in {"waiting", "ringing"}, fact

    def _SwitchRead(self, fact: f.SwitchRead) -> None:
        assert fact.proved, fact

    def _TrunkChanged(self, fact: f.TrunkChanged) -> None:
        assert self.trunks.get(fact.trunk) != fact.state, fact
        self.trunks[fact.trunk] = fact.state

    def _LegBlocked(self, fact: f.LegBlocked) -> None:
        assert fact.leg not in self.legs, fact
        self.legs[fact.leg] = "gone"

    def _AttemptStarted(self, fact: f.AttemptStarted) -> None:
        self._step(fact.leg, "waiting", "ringing", fact)
        self.holder[fact.leg] = fact.agent

    def _AttemptEnded(self, fact: f.AttemptEnded) -> None:
        assert self.holder[fact.leg] == fact.agent, fact
        after = {"answered": "picked up", "no_answer": "waiting", "caller_gone": "waiting"}[fact.result]
        self._step(fact.leg, "ringing", after, fact)

    def _LegAnswered(self, fact: f.LegAnswered) -> None:
        assert self.holder[fact.leg] == fact.agent, fact
        self._step(fact.leg, "picked up", "talking", fact)

    def _leaves(self, leg: str) -> None:
        self.calls[leg.rpartition(".")[0]].discard(leg)

    def _LegAbandoned(self, fact: f.LegAbandoned) -> None:
        self._step(fact.leg, "waiting", "gone", fact)
        self._leaves(fact.leg)

    _LegFlowedOut = _LegAbandoned

    def _HoldStarted(self, fact: f.HoldStarted) -> None:
        self._step(fact.leg, "talking", "hold", fact)

    def _HoldEnded(self, fact: f.HoldEnded) -> None:
        self._step(fact.leg, "hold", "talking", fact)

    def _LegTransferred(self, fact: f.LegTransferred) -> None:
        self._step(fact.leg, "talking", "passed on", fact)

    def _TalkEnded(self, fact: f.TalkEnded) -> None:
        assert (fact.by == "transfer") == (self.legs[fact.leg] == "passed on"), fact
        assert self.legs[fact.leg] in {"talking", "passed on"}, fact
        self.legs[fact.leg] = "worked" if fact.work_follows else "booked"
        self._leaves(fact.leg)

    def _WorkEnded(self, fact: f.WorkEnded) -> None:
        self._step(fact.leg, "worked", "booked", fact)

    def _SeatChanged(self, fact: f.SeatChanged) -> None:
        self.states[fact.state] += 1
        state, agent = self.seats.get(fact.seat, ("offline", ""))
        known = NEXT["break" if self._ordered and state in PAUSES else state]
        assert fact.state in known or (self._ordered and fact.state in PAUSES and "break" in known), (state, fact)
        if fact.by:
            assert self._ordered and fact.state in (*PAUSES, "offline"), fact
        assert (fact.agent == "") == (fact.state == "offline"), fact
        if state == "offline":
            assert fact.agent not in self.at_seat, fact
            self.at_seat[fact.agent] = fact.seat
        elif fact.state == "offline":
            del self.at_seat[agent]
        else:
            assert fact.agent == agent, fact
        if fact.state in LEG_OF:
            assert self.holder[fact.leg] == fact.agent, fact
            assert self.legs[fact.leg] == LEG_OF[fact.state], (self.legs[fact.leg], fact)
        self.seats[fact.seat] = fact.state, fact.agent
