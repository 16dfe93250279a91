"""Which alarm is only a consequence of another: one cause shall not ring forty times.

The rule is careful, because what it folds away is neither counted nor sounded. An alarm is a consequence of another
only

- while that other one stands and is not put aside: a shelved alarm hides nothing;
- when the other is at least as grave: a warning never hides a critical alarm;
- when the other came first, or at most a minute later, because scopes are evaluated one after the other; and
- when the other is a source that was lost, on which it depends; or says the same (figure and window, people in a state)
  of a part of the same scope: the queue for its group and the site, the team for its vendor; or of the very same scope.

Different figures of one queue stay different alarms: that one explains the other is for people to say.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final

from msgspec import Struct

from config.schema import Site

GRACE_MS: Final = 60_000
_NARROW: Final = {"source": 0, "seat": 1, "queue": 2, "team": 2, "seat_type": 3, "group": 4, "vendor": 4, "site": 5}


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
    """Key of a consequence -> key of its cause, which is never a consequence itself."""
    alarms = sorted(standing, key=lambda one: (rank(one.scope), one.number))
    sources = [one for one in alarms if one.scope.startswith("source:")]
    alike: dict[str, list[Standing]] = {}
    found: dict[str, str] = {}
    for one in alarms:
        cause = next((source for source in sources if _is_lost_for(source, one)), None)
        peers = alike.setdefault(one.subject, []) if one.subject else []
        if cause is None:
            cause = next((peer for peer in peers if _is_part_of(peer, one, wider)), None)
        if cause is not None:
            found[one.key] = found.get(cause.key, cause.key)
        peers.append(one)
    return found


def _may_cause(cause: Standing, one: Standing) -> bool:
    return cause.level >= one.level and cause.since <= one.since + GRACE_MS


def _is_lost_for(source: Standing, one: Standing) -> bool:
    if one.scope.startswith("source:") or one.since < source.since - GRACE_MS or not source.level >= one.level:
        return False
    return one.sources is None or source.scope.partition(":")[2] in one.sources


def _is_part_of(peer: Standing, one: Standing, wider: Callable[[str], frozenset[str]]) -> bool:
    return _may_cause(peer, one) and (peer.scope == one.scope or one.scope in wider(peer.scope))
