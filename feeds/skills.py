"""Which queues somebody serves, best first: by the site's list, or by the penalties with which they are a member."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from config.schema import Agent


def by_site(agent: Agent) -> list[str]:
    """The queues that the site's list gives an agent."""
    return [skill.queue for skill in sorted(agent.skills, key=lambda skill: skill.level)]


def best_first(queues: Mapping[str, int]) -> list[str]:
    """Queues by their penalties; those with the same one as they come."""
    return sorted(queues, key=queues.__getitem__)


def served_first(queues: Mapping[str, int]) -> list[str]:
    """Those with the lowest penalty: for them somebody counts."""
    least = min(queues.values(), default=0)
    return [queue for queue, penalty in queues.items() if penalty == least]


def shows(skills: Sequence[str], queues: Mapping[str, int]) -> bool:
    """Whether a list says what penalties say: these queues, none with a lower penalty behind one with a higher."""
    if len(skills) != len(queues) or not all(queue in queues for queue in skills):
        return False
    penalties = [queues[queue] for queue in skills]
    return penalties == sorted(penalties)
