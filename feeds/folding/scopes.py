"""Words for scopes: `site`, or a kind and an id such as `queue:claim`."""

from __future__ import annotations


def is_people(scope: str) -> bool:
    """Whether a scope is of agents alone: it has no queue of its own."""
    return scope.startswith(("team:", "vendor:"))


def counts_calls(scope: str) -> bool:
    """Whether the answer rate of a time that is over counts calls and not legs: of the whole floor alone.

    A call is of the queue that it asked for first, so a queue that others overflow into would have answered nobody
    (HANDBOOK 1.2: calls on the wallboard, legs in queue detail).
    """
    return scope == "site"
