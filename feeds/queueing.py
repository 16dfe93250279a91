"""Waiting lines by formula: how likely and how long callers wait for a number of agents, and how many are needed.

Erlang C (M/M/n): callers come at random, nobody gives up, any agent takes any caller of the pool. It asks for a little
more than a floor needs whose callers hang up (HANDBOOK 7.2, 7.3). Loads are in erlang, times in seconds.
"""

from __future__ import annotations

from math import ceil, exp
from typing import Final

MOST_AGENTS: Final = 20_000
"""Where the search for a staffing ends; no floor is that large."""


def waiting_share(load: float, agents: int) -> float:
    """The share of callers who wait at all (Erlang C), 0 to 1; 1 where the agents cannot carry the load."""
    if load <= 0:
        return 0.0
    if agents <= load:
        return 1.0
    blocked = 1.0
    for number in range(1, agents + 1):  # the recursion of Erlang B: no factorials, so no overflow
        blocked = load * blocked / (number + load * blocked)
    return _delayed(blocked, load, agents)


def _delayed(blocked: float, load: float, agents: int) -> float:
    """Erlang C from Erlang B."""
    return agents * blocked / (agents - load * (1.0 - blocked))


def mean_wait(load: float, handle_s: float, agents: int) -> float | None:
    """The mean wait of all callers in seconds; None where the line would grow without end."""
    return waiting_share(load, agents) * handle_s / (agents - load) if agents > load else None


def answered_within(load: float, handle_s: float, agents: int, seconds: float) -> float:
    """The share of callers who wait at most so long, 0 to 1."""
    if agents <= load:
        return 1.0 if load <= 0 else 0.0
    return 1.0 - waiting_share(load, agents) * exp(-(agents - load) * seconds / handle_s)


def agents_needed(load: float, handle_s: float, seconds: float, share: float) -> int | None:
    """The fewest agents with whom that share (0 to 1) of the callers waits at most so long; None beyond any floor.

    Raises ValueError for a handle time that is not above 0 or a share that is not below 1.
    """
    if handle_s <= 0 or not 0 <= share < 1:
        raise ValueError(f"a handle time is above 0 and a share below 1, not {handle_s} and {share}")
    if load <= 0:
        return 0
    blocked, least = 1.0, ceil(load)
    for agents in range(1, MOST_AGENTS + 1):
        blocked = load * blocked / (agents + load * blocked)
        if agents < least or agents <= load:
            continue
        late = _delayed(blocked, load, agents) * exp(-(agents - load) * seconds / handle_s)
        if 1.0 - late >= share:
            return agents
    return None


def predicted_wait(place: int, handle_s: float | None, agents: int) -> float | None:
    """How long somebody will still wait at a place in line (1: next), seconds; None without a time or an agent.

    While somebody waits all agents are busy, and of so many conversations one ends every handle time ÷ agents
    (HANDBOOK 1.5, expected wait).
    """
    return place * handle_s / agents if handle_s is not None and agents > 0 else None
