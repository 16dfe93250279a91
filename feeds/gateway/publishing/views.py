"""What one audience is sent: frames composed once per revision, however many consoles take them."""

from __future__ import annotations

import logging
import time
from hashlib import blake2b
from typing import Final

import msgspec

from feeds import whole_frames, wire
from feeds.digest import Digest
from feeds.gateway.publishing.hub import Hub
from feeds.rules.access import Audience, Place

log = logging.getLogger("feeds.gateway.publishing.views")

PAGE_BYTES: Final = 32 * 1024
"""About the size of a frame that is not the last of several: a line of 10 kB/s shows progress every three seconds."""
BEFORE_ALL: Final = -1
RECOUNT: Final = 20
"""Every so many digests are counted from nothing."""
SNAPSHOT_AGE_S: Final = 1.0
"""A snapshot younger than this is given to the next console too; changes since follow it anyway."""


class Pages(msgspec.Struct):
    """A snapshot, ready to be sent: the revision it shows and its frames."""

    rev: int
    frames: list[bytes]
    made_at: float


class View:
    """The floor as one audience sees it. Frames are whole WebSocket frames, ready for any transport."""

    def __init__(self, hub: Hub, viewer: Audience) -> None:
        self.hub = hub
        self.viewer = viewer
        self.fingerprint = fingerprint(viewer)
        self._sees: dict[Place, bool] = {}
        self._digest = Digest()
        self._digest_rev = -1
        self._digests = 0
        self._changed: dict[int, list[tuple[int, bytes]]] = {}
        self._composed_rev = -1
        self._pages: Pages | None = None

    def sees(self, key: str) -> bool:
        """Whether the entity with this key is there and visible."""
        place = self.hub.places.get(key)
        if place is None:
            return False
        known = self._sees.get(place)
        if known is None:
            known = self._sees[place] = self.viewer.sees(place)
        return known

    def changed(self, prev: int) -> list[tuple[int, bytes]]:
        """Frames that lead from revision `prev` to the newest, each with the revision that it leads to.

        Usually one, or none when nothing changed here. A long way is told in several frames, the oldest changes first,
        so that what has arrived when a line breaks need not be sent again.
        """
        hub = self.hub
        if self._composed_rev != hub.rev:
            self._changed.clear()
            self._composed_rev = hub.rev
        frames = self._changed.get(prev)
        if frames is None:
            frames = self._changed[prev] = self._compose(prev)
        return frames

    def _compose(self, prev: int) -> list[tuple[int, bytes]]:
        hub, sees, viewer = self.hub, self.sees, self.viewer
        gone = hub.left_sight(viewer, prev)
        frames: list[tuple[int, bytes]] = []
        pieces: list[bytes] = []
        begin, size, last = prev, 0, prev
        for key, rev in reversed(hub.touched(prev)):
            if not sees(key):
                continue
            piece = hub.encoded(key, rev, viewer)
            if piece is None:
                continue
            if size > PAGE_BYTES and rev != last:
                frame = wire.changed(hub.epoch, begin, last, pieces, gone, more=True)
                frames.append((last, whole_frames.text_frame(frame)))
                begin, size, pieces, gone = last, 0, [], []
            pieces.append(piece)
            size += len(piece)
            last = rev
        if pieces or gone:
            frames.append((hub.rev, whole_frames.text_frame(wire.changed(hub.epoch, begin, hub.rev, pieces, gone))))
        return frames

    def nothing_changed(self, prev: int) -> bytes:
        """The frame that leads from `prev` to the newest revision where nothing visible changed."""
        return whole_frames.text_frame(wire.changed(self.hub.epoch, prev, self.hub.rev, [], []))

    def pages(self) -> Pages:
        """The complete state of the view."""
        known = self._pages
        if (
            known is not None
            and time.monotonic() - known.made_at < SNAPSHOT_AGE_S
            and self.hub.resumable(self.viewer, known.rev)
        ):
            return known
        self.hub.absorb()  # a resync comes between frames: old places would let new contents into sight
        self._pages = Pages(self.hub.rev, self._paged(), time.monotonic())
        return self._pages

    def _paged(self) -> list[bytes]:
        hub = self.hub
        pages: list[list[bytes]] = [[]]
        size = 0
        for key, rev in reversed(hub.touched(BEFORE_ALL)):
            piece = hub.encoded(key, rev, self.viewer) if self.sees(key) else None
            if piece is None:
                continue
            if size > PAGE_BYTES:
                pages.append([])
                size = 0
            pages[-1].append(piece)
            size += len(piece)
        count = len(pages)
        return [
            whole_frames.text_frame(wire.snapshot(hub.epoch, hub.rev, number, count, pieces))
            for number, pieces in enumerate(pages, 1)
        ]

    def digest(self) -> str:
        """The digest of everything visible at the newest revision; costs what changed since it was last asked for.

        Now and then everything is counted again: a proof must not rest on the same bookkeeping as what it proves.
        """
        hub = self.hub
        if self._digest_rev < 0 or not hub.resumable(self.viewer, self._digest_rev):
            self._digest, self._digests = self._counted(), 0
        elif self._digest_rev != hub.rev:
            for key, rev in hub.touched(self._digest_rev):
                if self.sees(key):
                    self._digest.put(key, rev)
            for key in hub.left_sight(self.viewer, self._digest_rev):
                self._digest.drop(key)
        self._digest_rev = hub.rev
        self._digests += 1
        if self._digests % RECOUNT == 0:
            counted = self._counted()
            if counted.text != self._digest.text:
                log.error("the view %s was not what was sent of it; its consoles will ask anew", self.fingerprint)
                self._digest = counted
        return self._digest.text

    def _counted(self) -> Digest:
        digest = Digest()
        for key, rev in self.hub.touched(BEFORE_ALL):
            if self.sees(key):
                digest.put(key, rev)
        return digest


class Views:
    """The views of one hub, one for each audience that somebody belongs to."""

    def __init__(self, hub: Hub) -> None:
        self.hub = hub
        self._views: dict[Audience, View] = {}

    def of(self, viewer: Audience) -> View:
        """The view of an audience."""
        view = self._views.get(viewer)
        if view is None:
            view = self._views[viewer] = View(self.hub, viewer)
        return view

    def keep(self, used: set[View]) -> None:
        """Let go of views that nobody looks at."""
        self._views = {viewer: view for viewer, view in self._views.items() if view in used}


def fingerprint(viewer: Audience) -> str:
    """A short word that is equal for audiences who see the same."""
    words = [sorted(value) if isinstance(value, frozenset) else value for value in msgspec.structs.astuple(viewer)]
    return blake2b(msgspec.json.encode(words), digest_size=8).hexdigest()
