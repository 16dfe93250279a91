"""The floor as the windows know it: one owner in the GUI thread, trusted or stale, with the floor's own clock."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from math import ceil

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from console.feeding import Batch, Beat
from console.machine.steady import steady
from console.sight import Entities, LinkState, Sight, SourceSight, sources_of
from feeds.requests import HelloResult

FLOOR_LIMIT = 3.0
"""Seconds without a proof of life after which nothing may be shown as live."""
SOURCE_LIMIT = 5.0
"""The same for a source that is silent although the gateway lives."""
HEADROOM = 0.1
"""Both limits are met that much earlier, so that the grey picture is on the screen in time."""

log = logging.getLogger("console.live")


class Live(QObject):
    """The entities of the floor and whether they can be trusted.

    Signals: `changed(frozenset[str])` after entities changed, `trust_changed()` when the floor or a source turned
    stale or trusted, `link_changed()` when the connection's state changed.
    """

    changed = Signal(object)
    trust_changed = Signal()
    link_changed = Signal()

    def __init__(self, monotonic: Callable[[], float] = steady, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._monotonic = monotonic
        self._entities = Entities()
        self._complete = False
        self._proof: float | None = None
        self._beat: Beat | None = None
        self._source_proofs: dict[str, float] = {}
        self._source_states: dict[str, str] = {}
        self._source_troubles: dict[str, str] = {}
        self._behind: frozenset[str] = frozenset()
        self._link = LinkState()
        self._welcome: HelloResult | None = None
        self._lost: frozenset[str] = frozenset()
        self._stale = True
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._on_deadline)

    @property
    def entities(self) -> Entities:
        return self._entities

    @property
    def complete(self) -> bool:
        """Whether a whole view of the floor has ever arrived."""
        return self._complete

    @property
    def stale(self) -> bool:
        return self._stale

    @property
    def welcome(self) -> HelloResult | None:
        """Who we are to the gateway and what we may do there; None before it ever greeted us."""
        return self._welcome

    def take(self, batch: Batch) -> None:
        """Make a batch the truth and tell what changed."""
        keys = self._take_entities(batch)
        if batch.beat is not None:
            self._take_beat(batch.beat)
        if batch.proof is not None:
            self._proof = max(self._proof or 0.0, batch.proof)
        link_changed = batch.link is not None and batch.link != self._link
        if batch.link is not None:
            self._link = batch.link
        if batch.welcome is not None:
            self._welcome = batch.welcome
        self._weigh()
        if keys:
            self.changed.emit(keys)
        if link_changed:
            self.link_changed.emit()

    def check(self) -> None:
        """Weigh anew what can be trusted; after a sleep no timer of the machine tells in time."""
        self._weigh()

    def distrust(self) -> None:
        """Take nothing for live until the next proof of life; called after the machine slept."""
        self._proof = None
        self._source_proofs.clear()
        self._weigh()

    def stop(self) -> None:
        """Let go of the timer; nothing is told any more."""
        self._timer.stop()

    def sight(self) -> Sight:
        """One look at everything, with ages as of now."""
        moment = self._monotonic()
        last = self._last_proof()
        sources = self._source_sights(moment)
        if sources and all(source.stale for source in sources.values()):
            last = min(last, max(moment - source.age for source in sources.values()))
        held = self.floor_time(last)
        return Sight(
            # Of what came without a beat, as while a gateway counts the day so far, nobody knows of when it is.
            entities=self._entities if self._beat is not None else Entities(),
            # The time of a played floor is its gateway's alone: without that it goes on for nobody.
            now=held if self._stale and self._played else self.floor_time(moment),
            held=held,
            stale=self._stale or not self._complete,
            age=max(0.0, moment - last) if self._beat is not None else 0.0,
            monotonic=moment,
            link=self._link,
            sources=sources,
            welcome=self._welcome,
            epoch=self._beat.epoch if self._beat is not None else "",
            seeking=self._beat.seeking if self._beat is not None else None,
        )

    def floor_time(self, moment: float) -> int:
        """The floor's clock at a monotonic moment, in UTC milliseconds; the machine's clock before the first beat."""
        if self._beat is None:
            return int(time.time() * 1000)
        return round(self._beat.now + (moment - self._beat.at) * 1000 * self.pace)

    @property
    def pace(self) -> float:
        """Floor seconds per second: 1 for a live floor, 0 while a simulation or a replay is paused."""
        if self._beat is not None and self._beat.pace is not None:
            return self._beat.pace
        speeds = [source.speed for source in sources_of(self._entities).values() if source.mode != "live"]
        return min(max(speeds, default=1.0), 100_000.0)

    @property
    def _played(self) -> bool:
        """Whether the floor is simulated or a recording."""
        modes = [source.mode for source in sources_of(self._entities).values()]
        return bool(modes) and "live" not in modes

    def _take_entities(self, batch: Batch) -> frozenset[str]:
        touched = set(batch.entities)
        if batch.whole:
            touched |= set(self._entities)
            self._entities = Entities()
            self._complete = True
        for key, entity in batch.entities.items():
            if entity is None:
                self._entities.drop(key)
            else:
                self._entities.put(entity)
        return frozenset(touched)

    def _take_beat(self, beat: Beat) -> None:
        self._beat = beat
        self._source_states = {source.id: source.state for source in beat.sources}
        self._source_troubles = {source.id: source.why for source in beat.sources if source.why}
        # What a source tells too late is old, however alive the source is: nothing here is newer than its facts.
        self._source_proofs = {source.id: beat.at - max(source.age, source.lag) for source in beat.sources}
        self._behind = frozenset(source.id for source in beat.sources if source.lag > source.age)
        self._proof = max(self._proof or 0.0, beat.at)

    def _last_proof(self) -> float:
        if self._proof is not None:
            return self._proof
        return self._beat.at if self._beat is not None else self._monotonic()

    def _source_lost(self, source: str, moment: float) -> bool:
        if self._source_states.get(source) in ("down", "silent"):
            return True
        proof = self._source_proofs.get(source)
        return proof is not None and moment - proof >= SOURCE_LIMIT - HEADROOM

    def _source_sights(self, moment: float) -> dict[str, SourceSight]:
        known = sources_of(self._entities)
        sights = {}
        for name in set(known) | set(self._source_states):
            proof = self._source_proofs.get(name, self._last_proof())
            entity = known.get(name)
            sights[name] = SourceSight(
                id=name,
                stale=name in self._lost,
                behind=name in self._behind,
                age=max(0.0, moment - proof),
                held=self.floor_time(proof),
                mode=entity.mode if entity else "live",
                speed=entity.speed if entity else 1.0,
                why=self._source_troubles.get(name, ""),
                title=entity.title if entity else "",
                orders=entity.orders if entity else False,
            )
        return sights

    def _on_deadline(self) -> None:
        self._weigh()

    def _weigh(self) -> None:
        """Decide anew what can be trusted and when that must be asked again, even if nothing ever arrives."""
        moment = self._monotonic()
        lost = frozenset(name for name in self._source_states if self._source_lost(name, moment))
        silent = self._proof is None or moment - self._proof >= FLOOR_LIMIT - HEADROOM
        silent = silent or self._link.phase in ("stale", "refused")
        stale = silent or (bool(self._source_states) and lost == frozenset(self._source_states))
        self._arm(moment, lost)
        if (stale, lost) == (self._stale, self._lost):
            return
        if stale != self._stale:
            log.info("the floor is %s", "stale" if stale else "live")
        self._stale, self._lost = stale, lost
        self.trust_changed.emit()

    def _arm(self, moment: float, lost: frozenset[str]) -> None:
        deadlines = [] if self._proof is None else [self._proof + FLOOR_LIMIT - HEADROOM]
        deadlines += [
            proof + SOURCE_LIMIT - HEADROOM for name, proof in self._source_proofs.items() if name not in lost
        ]
        ahead = [deadline - moment for deadline in deadlines if deadline > moment]
        if not ahead:
            self._timer.stop()
            return
        self._timer.start(max(1, ceil(min(ahead) * 1000)))
