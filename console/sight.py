"""One look at the floor: its entities, the moment they speak of, and how far they can be trusted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final, TypeVar, get_args

from msgspec import Struct, field

from feeds.definitions import STAFF_FIGURES, is_of_all_teams
from feeds.entities import Alarm, AnyEntity, Figures, Queue, ScopeKind, Seat, SiteInfo, Source, Staff, Trend
from feeds.requests import HelloResult
from feeds.said import Value

MAIN = "main"
_Kind = TypeVar("_Kind", bound=AnyEntity)


class Entities(dict[str, AnyEntity]):
    """Entities by key, and by kind as well, so that "all queues" need not look at every call."""

    def __init__(self, entities: Iterable[AnyEntity] = ()) -> None:
        super().__init__()
        self.site: SiteInfo | None = None
        """Asked for more often than everything else."""
        self._kinds: dict[type[AnyEntity], dict[str, AnyEntity]] = {}
        for entity in entities:
            self.put(entity)

    def put(self, entity: AnyEntity) -> None:
        """Have an entity in this version and no other."""
        self[entity.key] = entity
        self._kinds.setdefault(type(entity), {})[entity.key] = entity
        if isinstance(entity, SiteInfo):
            self.site = entity

    def drop(self, key: str) -> None:
        """Have it no longer; nothing happens if it was not there."""
        gone = self.pop(key, None)
        if gone is not None:
            self._kinds[type(gone)].pop(key, None)
            if gone is self.site:
                self.site = next(self.of(SiteInfo), None)

    def of(self, kind: type[_Kind]) -> Iterator[_Kind]:
        """All entities of a kind."""
        return iter(self._kinds.get(kind, {}).values())  # type: ignore[arg-type]

    def count(self, kind: type[AnyEntity]) -> int:
        """How many there are of a kind."""
        return len(self._kinds.get(kind, ()))


WINDOWS: Final = ("today", "30m", "60m", "15m", "5m")


ABOUT_AGENTS = frozenset({"occupancy", "utilisation", "staffed", "calls_per_hour"})


GRAVITY: Final[Mapping[str, int]] = {"critical": 0, "warn": 1, "info": 2}
"""Priorities of alarms, the gravest first."""


LOSSES: Final = ("source:", "trunk:")
"""Scopes of what is not there, which makes much else go wrong."""


def _urgency(alarm: Alarm) -> tuple[int, bool, int, int, str]:
    cause = 0 if alarm.scope.startswith(LOSSES) else 2 if alarm.figure in ABOUT_AGENTS else 1
    return GRAVITY[alarm.priority], bool(alarm.acknowledged_by), cause, -alarm.since, alarm.key


class LinkState(Struct, frozen=True):
    """How the connection stands: `connecting`, `live`, `stale` or `refused`.

    `attempt` counts failed connections, `next_at` is the monotonic second of the next one, None while there is none.
    `reason` is English for every reader; `code` and `values` are what it says (feeds/said.py), empty where nobody said.
    """

    phase: str = "connecting"
    attempt: int = 0
    next_at: float | None = None
    reason: str = ""
    code: str = ""
    values: Mapping[str, Value] = {}

    @property
    def counted(self) -> int | None:
        """Percent of the day so far that a gateway has counted which has only just begun with it; else None."""
        return self.begun if self.code == "connect.catching_up" else None

    @property
    def begun(self) -> int | None:
        """The same, or percent of its log that a gateway has read which has just started and lets nobody in yet."""
        percent = self.values.get("percent") if self.code in ("connect.catching_up", "connect.starting") else None
        return percent if isinstance(percent, int) else None


class SourceSight(Struct, frozen=True):
    """A source as the console sees it: `age` in real seconds since its last proof of life, `held` in floor time.

    `behind` says that it lives and tells what happened so long ago.
    """

    id: str
    stale: bool
    age: float
    held: int
    mode: str = "live"
    speed: float = 1.0
    title: str = ""
    behind: bool = False
    orders: bool = True
    """Whether it takes orders for its seats and calls."""
    why: str = ""
    """Why nothing comes from it, in the gateway's words; empty where nobody knows."""


class Sight(Struct, frozen=True):
    """What there is to show now.

    `now` is the floor's clock and always runs, but that of a played floor without its gateway. Durations of trusted
    things count up to `now`, those of stale things stay where they were at the last proof of life, `held`.
    """

    entities: Entities
    now: int
    held: int
    stale: bool
    age: float
    monotonic: float = 0.0
    link: LinkState = field(default_factory=LinkState)
    sources: Mapping[str, SourceSight] = field(default_factory=dict)
    welcome: HelloResult | None = None
    """Who looks, and what the gateway lets them do."""
    epoch: str = ""
    """The history that is told; of another one, as after a jump in a recording, no answer about the past holds."""
    seeking: float | None = None
    """How much is done (0 to 1) of a move to elsewhere in a recording, whose time stands still meanwhile."""

    @property
    def site(self) -> SiteInfo | None:
        return self.entities.site

    def figures(self, scope: str, window: str) -> Figures | None:
        found = self.entities.get(f"figures:{scope}:{window}")
        return found if isinstance(found, Figures) else None

    def trend(self, scope: str, figure: str) -> Trend | None:
        return self._typed(f"trend:{scope}:{figure}", Trend)

    def staff(self, scope: str) -> Staff | None:
        return self._typed(f"staff:{scope}", Staff)

    def queue(self, number: str) -> Queue | None:
        return self._typed(f"queue:{number}", Queue)

    def alarm(self, scope: str, figure: str, window: str) -> Alarm | None:
        found = self.entities.get(f"alarm:{scope}:{figure}:{window}")
        return found if isinstance(found, Alarm) else None

    def alarms(self) -> list[Alarm]:
        """Alarms that stand for themselves: gravest, unacknowledged, about callers, newest first.

        How busy agents are says why callers wait and may stay so all day: it does not hide a caller who waits now.
        What was put aside and what is only a consequence of another alarm are left out.
        """
        found = [alarm for alarm in self.entities.of(Alarm) if alarm.stands and not self.cause_of(alarm)]
        return sorted(found, key=_urgency)

    def cause_of(self, alarm: Alarm) -> str:
        """The key of the alarm in sight of which this one is only a consequence; empty where it stands for itself."""
        return alarm.cause if alarm.cause in self.entities else ""

    def queues(self) -> Iterator[Queue]:
        return self.entities.of(Queue)

    def seats(self) -> Iterator[Seat]:
        return self.entities.of(Seat)

    @property
    def is_display(self) -> bool:
        """Whether it only looks, as a wall does: the gateway tells a display nothing of single people and callers."""
        return self.welcome is not None and not self.welcome.rights

    @property
    def of_some_people(self) -> bool:
        """Whether people of some teams or vendors only are in sight."""
        limits = self.welcome.scope if self.welcome is not None else None
        return limits is not None and bool(limits.teams or limits.vendors)

    def withholds(self, scope: str, figure: str) -> bool:
        """Whether the gateway keeps a figure of a scope back, for it tells of people or queues that are out of sight.

        Of what is not wholly in sight there are no figures at all; every other scope has some from the beginning.
        """
        if self.of_some_people and figure in STAFF_FIGURES and is_of_all_teams(scope):
            return True
        of_some_queues = self.welcome is not None and bool(self.welcome.scope.queues)
        has_figures = scope.partition(":")[0] in get_args(ScopeKind) and self.site is not None
        return of_some_queues and has_figures and not any(self.figures(scope, window) for window in WINDOWS)

    def stale_for(self, source: str) -> bool:
        """Whether what comes from that source must not be shown as live; an empty id means the only source."""
        known = self.sources.get(source or MAIN)
        return self.stale or (known is not None and known.stale)

    @property
    def whole(self) -> bool:
        """Whether nothing is stale, whatever it is made of."""
        return not self.stale and not any(source.stale for source in self.sources.values())

    @property
    def replayed(self) -> bool:
        """Whether what is shown is a recording, of whatever year."""
        return any(source.mode == "replay" for source in self.sources.values())

    def any_stale(self, sources: Iterable[str]) -> bool:
        """Whether something that is made of several sources has lost one of them."""
        return self.stale or any(self.stale_for(source) for source in sources)

    def moment(self, source: str) -> int:
        """The floor time up to which durations of that source's things count."""
        if self.stale:
            return self.held
        known = self.sources.get(source or MAIN)
        return known.held if known is not None and known.stale else self.now

    def _typed(self, key: str, kind: type[_Kind]) -> _Kind | None:
        found = self.entities.get(key)
        return found if isinstance(found, kind) else None


def sources_of(entities: Entities) -> dict[str, Source]:
    """The source entities by their id."""
    return {entity.key.partition(":")[2]: entity for entity in entities.of(Source)}
