"""Words for scopes: `site`, or a kind and an id such as `queue:claim`."""

from __future__ import annotations


def is_people(scope: str) -> bool:
    """Whether a scope is of agents alone: it has no queue of its own."""
    return scope.startswith(("team:", "vendor:"))
