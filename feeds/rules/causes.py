"""Which alarm is only a consequence of another: one cause shall not ring forty times.

The rule is careful, because what it folds away is neither counted nor sounded. An alarm is a consequence of another
only

- while that other one stands. Where it is shelved it hides its consequences still: whoever shelved it knows of it and
  for how long, and would otherwise get forty alarms for one. They tell when it is over, or no longer as grave. One that
  is out of service is not believed, and hides nothing; nor does a shelved alarm of single teams keep quiet what is
  every team's, because who may shelve the one may not shelve the other;
- when the other is at least as grave: a warning never hides a critical alarm;
- when the other came first, or at most a minute later, because scopes are evaluated one after the other; and
- when the other is a source that was lost, on which it depends; or a trunk that is down, and it says that calls were
  refused; or says the same (figure and window, people in a state)
  of a part of the same scope: the queue for its group and the site, the team for its vendor; or of the very same scope.

Different figures of one queue stay different alarms: that one explains the other is for people to say.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import chain
from typing import Final

from msgspec import Struct

from config.schema import Site
from feeds.rules.alarm_orders import OF_TEAMS

GRACE_MS: Final = 60_000
_NARROW: Final = {
    "source": 0, "trunk": 1, "seat": 1, "queue": 2, "team": 2, "seat_type": 3, "group": 4, "vendor": 4, "site": 5,
}  # fmt: skip


_REFUSED: Final = "blocked"
"""The figure that a trunk being down explains: who comes by it reaches nobody."""


class Standing(Struct, frozen=True):
    """What the rule looks at. `subject` is what it says of its scope, empty where nothing else says the same."""

    key: str
    scope: str
    subject: str
    level: int
    since: int
    number: int
    sources: frozenset[str] | None = None
    """The sources that it depends on; None for all."""
    shelved: bool = False


def rank(scope: str) -> int:
    """How narrow a scope is: of what comes at once, the narrow counts as first."""
    return _NARROW.get(scope.partition(":")[0], 6)


def wider_scopes(site: Site, queue_scopes: dict[str, tuple[str, ...]]) -> dict[str, frozenset[str]]:
    """Scope -> those that hold all of it; `queue_scopes` are queues with all scopes that they count for."""
    found = {f"queue:{queue}": frozenset(scopes) - {f"queue:{queue}"} for queue, scopes in queue_scopes.items()}
    for kind in site.seat_types:
        found[f"seat_type:{kind.id}"] = frozenset({"site", f"group:{kind.group}"})
    for team in site.teams:
        found[f"team:{team.id}"] = frozenset({"site", *([f"vendor:{team.vendor}"] if team.vendor else [])})
    for scope in (*(f"group:{one.id}" for one in site.groups), *(f"vendor:{one.id}" for one in site.vendors)):
        found[scope] = frozenset({"site"})
    return found


def causes(standing: Iterable[Standing], wider: Callable[[str], frozenset[str]]) -> dict[str, str]:
    """Key of a consequence -> key of its cause, which is never a consequence itself; one that can be seen goes first.

    A shelved alarm is nobody's consequence: it is listed among what was put aside.
    """
    alarms = sorted(standing, key=lambda one: (rank(one.scope), one.number))
    losses = [one for one in alarms if one.scope.startswith(("source:", "trunk:"))]
    parts_of: dict[tuple[str, str], list[Standing]] = {}
    """By what is said and a scope: those that say it of that scope or of a part of it."""
    roots: dict[str, Standing] = {}
    for one in alarms:
        if not one.shelved:
            lost = (loss for loss in losses if _is_lost_for(loss, one))
            parts = (part for part in parts_of.get((one.subject, one.scope), ()) if _may_cause(part, one))
            root = _root(one, (roots.get(near.key, near) for near in chain(lost, parts)))
            if root is not None:
                roots[one.key] = root
        if one.subject:
            for scope in {one.scope} | wider(one.scope):
                parts_of.setdefault((one.subject, scope), []).append(one)
    return {key: root.key for key, root in roots.items()}


def _root(one: Standing, able: Iterable[Standing]) -> Standing | None:
    """The first that can be seen, else the first that is shelved and may keep this one quiet."""
    shelved = None
    for root in able:
        if not root.shelved:
            return root
        if shelved is None and stays_quiet(root.scope, one.scope):
            shelved = root
    return shelved


def stays_quiet(cause: str, scope: str) -> bool:
    """Whether a consequence of one scope stays quiet while its cause of another is shelved: not everybody's for one."""
    return cause.partition(":")[0] not in OF_TEAMS or scope.partition(":")[0] in OF_TEAMS


def _may_cause(cause: Standing, one: Standing) -> bool:
    return cause.level >= one.level and cause.since <= one.since + GRACE_MS


def _is_lost_for(loss: Standing, one: Standing) -> bool:
    if one.scope.startswith("source:") or one.since < loss.since - GRACE_MS or not loss.level >= one.level:
        return False
    kind, _, name = loss.scope.partition(":")
    if kind == "trunk":
        apart = one.sources is not None and loss.sources is not None and one.sources.isdisjoint(loss.sources)
        return one.subject.partition(":")[0] == _REFUSED and not apart
    return one.sources is None or name in one.sources
