"""What is published of one epoch: where every entity belongs, its encoded bytes, and who lost sight of what.

The floor keeps entities in order of last change, so "what changed since revision N" is a walk from its young end. The
hub adds what only publishing needs: an entity is encoded once per change and not once per console, and a move out of
one audience's sight is remembered like a tombstone, so that a console may resume although its scope is limited.
"""

from __future__ import annotations

from collections import deque
from typing import Protocol

from config.schema import Site
from feeds import wire
from feeds.entities import AnyEntity
from feeds.rules.access import Audience, Place, place_of, place_of_key, shown


class Published(Protocol):
    """What the hub needs of a floor (feeds.floor.Floor has it)."""

    @property
    def rev(self) -> int:
        """The newest revision."""
        ...

    @property
    def horizon(self) -> int:
        """The oldest revision from which changes and tombstones are complete."""
        ...

    def entity(self, key: str) -> AnyEntity | None:
        """The entity with this key."""
        ...

    def touched_since(self, rev: int) -> list[tuple[str, int]]:
        """(key, revision) of what changed after `rev`, youngest first."""
        ...

    def gone_since(self, rev: int) -> list[str]:
        """Keys that ceased to exist after `rev`."""
        ...


class Hub:
    """Publishes a floor under an epoch. Call :meth:`absorb` after facts were applied and before anything is sent."""

    def __init__(self, site: Site, floor: Published, epoch: str) -> None:
        self.site = site
        self.floor = floor
        self.epoch = epoch
        self.rev = floor.rev
        self.horizon = floor.rev
        """The oldest revision since which moves are known; older ones can be resumed only by who sees everything."""
        self.places: dict[str, Place] = {}
        self._moves: deque[tuple[int, str, Place]] = deque()
        self._encoded: dict[str, tuple[int, bytes]] = {}
        self._masked: dict[str, tuple[int, bytes]] = {}
        self._without_staff: dict[str, tuple[int, bytes]] = {}
        """Figures and queues as anybody limited to teams may see them."""
        self._touched: dict[int, list[tuple[str, int]]] = {}
        for key, _ in floor.touched_since(-1):
            self._place(key)

    def absorb(self) -> bool:
        """Take note of what the floor has become; whether it is another revision than before."""
        floor = self.floor
        if floor.rev == self.rev:
            return False
        before, self.rev = self.rev, floor.rev
        self._touched = {}
        for key, _ in self.touched(before):
            self._place(key)
        for key in floor.gone_since(before):
            if key in self.places and floor.entity(key) is None:
                self._moves.append((self.rev, key, self.places.pop(key)))
                self._encoded.pop(key, None)
                self._masked.pop(key, None)
                self._without_staff.pop(key, None)
        while self._moves and self._moves[0][0] < floor.horizon:
            self._moves.popleft()
        return True

    def _place(self, key: str) -> None:
        old = self.places.get(key)
        place = place_of_key(key)
        if place is None:
            entity = self.floor.entity(key)
            if entity is None:
                return
            place = place_of(entity)
        elif old is not None:
            return
        if old is not None and old != place:
            self._moves.append((self.rev, key, old))
        self.places[key] = place

    def touched(self, prev: int) -> list[tuple[str, int]]:
        """(key, revision) of what changed after `prev`, youngest first; asked once per revision, however many ask."""
        found = self._touched.get(prev)
        if found is None:
            found = self._touched[prev] = self.floor.touched_since(prev)
        return found

    def left_sight(self, viewer: Audience, prev: int) -> list[str]:
        """Keys that this audience could see at some time after `prev` and cannot see any more."""
        if viewer.everything:
            gone = [key for key in self.floor.gone_since(prev) if key not in self.places]
            if not (gone and viewer.pin):
                return gone
            left = {key: place for rev, key, place in self._moves if rev > prev}
            return [key for key in gone if viewer.sees(left.get(key) or place_of_key(key) or Place(key.split(":")[0]))]
        found: dict[str, None] = {}
        for rev, key, place in reversed(self._moves):
            if rev <= prev:
                break
            now = self.places.get(key)
            if viewer.sees(place) and (now is None or not viewer.sees(now)):
                found[key] = None
        return list(found)

    def resumable(self, viewer: Audience, rev: int) -> bool:
        """Whether changes since this revision can be told to the last."""
        oldest = self.floor.horizon if viewer.everything else max(self.floor.horizon, self.horizon)
        return oldest <= rev <= self.rev

    def encoded(self, key: str, rev: int, viewer: Audience) -> bytes | None:
        """The entity as this audience may see it, as JSON; None if it is gone."""
        if (
            key.startswith("site:")
            or (viewer.queues is not None and key.startswith("seat:"))
            or (not viewer.everything and key.startswith("alarm:"))
            or (viewer.pin and key.startswith(("alarm:", "seat:")))
        ):
            entity = self.floor.entity(key)
            return None if entity is None else wire.encode(shown(viewer, entity))
        if key.startswith(("figures:", "queue:")) and viewer.teams is not None:
            cache = self._without_staff
        else:
            cache = self._masked if viewer.masked and key.startswith(("call:", "order:")) else self._encoded
        known = cache.get(key)
        if known is not None and known[0] == rev:
            return known[1]
        entity = self.floor.entity(key)
        if entity is None:
            return None
        body = wire.encode(shown(viewer, entity))
        cache[key] = (rev, body)
        return body
