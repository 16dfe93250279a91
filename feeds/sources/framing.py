"""Key frames for a recording: whole floors now and then, and between them steps that tell what is different."""

from __future__ import annotations

import logging
from typing import Final

from config.schema import Site
from feeds.enduring import Enduring
from feeds.floor import Floor
from feeds.folding.comparing import Stepper
from feeds.folding.copies import Copy
from feeds.folding.sheets import NoSheetError
from feeds.folding.tables import Part
from feeds.log.embedded import EmbeddedLog
from feeds.log.rows import LASTING_LEVEL
from feeds.sources.recorded import Progress

log = logging.getLogger("feeds.sources.framing")

FRAME_FACTS: Final = 1100
"""At least so many facts lie between two frames, where there are as many in two minutes, and at most twice as many."""
FRAME_MS: Final = (10_000, 20_000, 30_000, 60_000, 120_000)
"""How far frames may lie apart. At these moments the floor has just copied its totals, and least is different."""
FRAME_MOST: Final = 600
"""About how many frames a long recording gets for the time that it spans."""
TOGETHER: Final = 24
VALUES_TOGETHER: Final = 100_000
"""Steps that are packed together, and about how many values: of more, whoever wants the first ones reads too much."""
HELD: Final = 24
"""How many frames are written before the copies that they name: those are packed together too."""
WHOLE_SHARE: Final = 2.0
"""Steps behind a whole frame may take so many times as much as it: then going through them takes too long."""


def write_key_frames(site: Site, recording: EmbeddedLog, progress: Progress = lambda share: None) -> int:
    """Fold a recording and keep key frames in it, some thousand facts or two minutes (longer in one of days) apart.

    Gives their number. Times in which nothing happened get none: the frame before them is as near. Raises LogError.
    """
    floor = Floor(site, alarms=True, retain_days=site.gateway.retain_days)
    folding = Enduring(floor, str(recording.path))
    frames = _Frames(floor, recording)
    span = recording.span() or (0, 0)
    longest = max(FRAME_MS[-1], (span[1] - span[0]) // FRAME_MOST)
    due = framed_rev = framed_at = 0
    for entry in recording.entries():
        folding.apply(entry.fact, entry.rev)
        if not due:
            due, framed_at = floor.now + FRAME_MS[0], floor.now
        if floor.now >= due or entry.rev - framed_rev >= 2 * FRAME_FACTS:
            folding.mark()
            frames.keep()
            apart = _apart((entry.rev - framed_rev) / max(1, floor.now - framed_at), longest)
            due, framed_rev, framed_at = floor.now - floor.now % apart + apart, floor.rev, floor.now
        if not entry.rev & 255:
            progress(entry.rev / recording.rev)
    folding.mark()
    if floor.rev > framed_rev:
        frames.keep()
    frames.flush()
    return frames.count


def _apart(rate: float, longest: int) -> int:
    """Milliseconds to the next frame, for a rate of facts per millisecond."""
    return next((apart for apart in FRAME_MS if apart * rate >= FRAME_FACTS), longest)


class _Frames:
    """Keeps frames of a floor in its recording, as steps as long as that takes less."""

    def __init__(self, floor: Floor, recording: EmbeddedLog) -> None:
        self.count = 0
        self._floor = floor
        self._recording = recording
        self._stepper: Stepper | None = None
        self._whole_rev = self._left = self._held = 0
        self._places: list[tuple[int, int]] = []
        self._copies: dict[bytes, Copy | Part] = {}

    def keep(self) -> None:
        """Keep the floor as it is."""
        self.count += 1
        floor, stepper = self._floor, self._stepper
        try:
            sheet = floor.sheet()
        except NoSheetError:
            sheet = None
        if sheet is not None and stepper is not None and self._left > 0:
            try:
                stepper.step(sheet)
            except NoSheetError as reason:
                log.debug("%s: a whole frame at revision %d: %s", self._recording.path, floor.rev, reason)
            else:
                self._places.append((floor.rev, floor.now))
                self._copies.update(floor.copies())
                if len(self._places) == TOGETHER or stepper.size >= VALUES_TOGETHER:
                    self._flush_steps()
                    self._flush_copies(HELD)
                return
        self._flush_steps()
        state, copies = floor.frame()
        self._recording.key_frame(floor.rev, floor.now, state, {}, level=LASTING_LEVEL)
        self._copies.update(copies)
        self._held += 1
        self._stepper = Stepper(sheet) if sheet is not None else None
        self._whole_rev, self._left = floor.rev, int(len(state) * WHOLE_SHARE)
        self._flush_copies(HELD)

    def flush(self) -> None:
        """Write what is not written yet."""
        self._flush_steps()
        self._flush_copies(1)

    def _flush_steps(self) -> None:
        if self._stepper is not None and self._places:
            packed = self._stepper.pack()
            self._left -= len(packed)
            self._recording.key_steps(self._whole_rev, self._places, packed)
            self._held += len(self._places)
        self._places = []

    def _flush_copies(self, least: int) -> None:
        if self._held >= least:
            self._recording.key_copies(self._copies)
            self._copies, self._held = {}, 0
