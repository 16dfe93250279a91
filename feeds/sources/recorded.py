"""A recording as a source: told again at any pace, from any moment, and the floor at that moment by key frames."""

from __future__ import annotations

import importlib
import logging
from collections.abc import Callable
from pathlib import Path
from typing import Final

import msgspec

from config.bulk import in_bulk
from config.schema import Site
from feeds.enduring import Enduring
from feeds.facts import FASTEST, AnyFact, SourceChanged, SourceMode, Tick
from feeds.floor import Floor, folded_part
from feeds.log.base import KeyFrame, LogError
from feeds.log.embedded import EmbeddedLog
from feeds.log.opening import open_recording
from feeds.records import LegRecord
from feeds.sources.base import Clock, Emit, SourceError

log = logging.getLogger("feeds.sources.recorded")

AT_ONCE: Final = 1000
"""Facts told at once at most, so that a pause or a seek is heard soon at any speed."""
MOMENT_S: Final = 0.02
"""Facts due within this much real time are told together, at the end of it: never before they happened."""

Progress = Callable[[float], None]


class RecordedSource:
    """Tells a recording's facts; a position is the fact's revision in the recording.

    What the gateway of that time made by itself (ticks) is left out, what it said of its sources is told as replay.
    """

    def __init__(self, site: Site, recording: EmbeddedLog, source_id: str = "main") -> None:
        span = recording.span()
        if span is None:
            raise SourceError(f"{recording.path}: this recording is empty: there is nothing to play")
        # Entering a recording needs numpy: whoever plays one waits for it now, not when somebody jumps.
        importlib.import_module("feeds.folding.stepping")
        self.site = site
        self.recording = recording
        self._id = source_id
        self._begins_at, self._ends_at = span

    @property
    def id(self) -> str:
        """The source's name in facts; `main` for the only one."""
        return self._id

    @property
    def mode(self) -> SourceMode:
        """Whether its facts are live, simulated or replayed."""
        return "replay"

    @property
    def begins_at(self) -> int:
        """Floor time of its first fact, UTC milliseconds."""
        return self._begins_at

    @property
    def ends_at(self) -> int | None:
        """Floor time of its last fact, UTC milliseconds."""
        return self._ends_at

    def position_at(self, at: int) -> int:
        """The position up to which everything has been told when the clock stands at `at` (UTC milliseconds)."""
        return self.recording.rev_at(at)

    @property
    def servant(self) -> None:
        """Nobody carries orders out here."""

    @property
    def trouble(self) -> str:
        """Why nothing comes at present, in words; empty while all is well."""
        return ""

    async def run(self, clock: Clock, emit: Emit, after: int) -> None:
        """Emit facts in order as the clock reaches them, beginning behind position `after`; returns at the end.

        Raises SourceError where the recording turns out to be damaged.
        """
        batch: list[tuple[AnyFact, int | None]] = []
        due = until = 0
        try:
            for entry in self.recording.entries(after):
                fact = _as_replayed(entry.fact, clock.speed)
                if fact is None:
                    continue
                if batch and (fact.at > until or len(batch) >= AT_ONCE):
                    await clock.reach(due)
                    await emit(batch)
                    batch = []
                if not batch:
                    due = fact.at
                    until = due + _reach_ms(clock.speed)
                due = max(due, fact.at)
                batch.append((fact, entry.rev))
        except LogError as error:
            raise SourceError(str(error)) from error
        if batch:
            await clock.reach(due)
            await emit(batch)
        if self.recording.damage is not None:
            raise SourceError(self.recording.damage)

    def close(self) -> None:
        """Let go of the recording."""
        self.recording.close()


def open_source(path: Path, source_id: str = "main") -> RecordedSource:
    """The recording in a file, ready to be played. Raises SourceError."""
    try:
        site, recording = open_recording(path)
    except LogError as error:
        raise SourceError(str(error)) from error
    try:
        return RecordedSource(site, recording, source_id)
    except LogError as error:
        recording.close()
        raise SourceError(str(error)) from error
    except SourceError:
        recording.close()
        raise


def _reach_ms(speed: float) -> int:
    """How much floor time is told together."""
    return int(min(speed * MOMENT_S, 60.0) * 1000)


def _as_replayed(fact: AnyFact, speed: float) -> AnyFact | None:
    if isinstance(fact, Tick):
        return None
    if isinstance(fact, SourceChanged):
        return msgspec.structs.replace(fact, mode="replay", speed=min(speed, FASTEST), orders=False)
    return fact


# Seeking


def state_at(
    site: Site,
    recording: EmbeddedLog,
    at: int,
    *,
    alarms: bool = True,
    retain_days: int | None = 2,
    ledger: Callable[[LegRecord], None] | None = None,
    whole: bool = False,
    progress: Progress = lambda share: None,
) -> Floor:
    """The floor of a recording at a moment (UTC milliseconds): the nearest key frame and the facts behind it.

    Equal to folding from the beginning, with the same keyword arguments, everything that a player has told by then;
    `ledger` gets the legs behind the key frame only. Unless `whole`, the floor reads on in the recording when somebody
    looks into its past. `progress` is told 0 to 1 now and then.
    """
    with in_bulk():
        return _state_at(site, recording, at, alarms, retain_days, ledger, whole=whole, progress=progress)


def _state_at(
    site: Site,
    recording: EmbeddedLog,
    at: int,
    alarms: bool,
    retain_days: int | None,
    ledger: Callable[[LegRecord], None] | None,
    *,
    whole: bool,
    progress: Progress,
) -> Floor:
    # Key frames are of a floor with alarms, of the recorded site and its depth; another is folded from the beginning.
    framed = recording.site
    alike = alarms and retain_days == framed.gateway.retain_days and folded_part(site) == folded_part(framed)
    frame = recording.newest_key_frame(at=at) if alike else None
    while frame is not None:
        floor, reason = _thawed(site, frame, at, alarms, retain_days, ledger, whole=whole)
        if floor is not None:
            try:
                _go_on(floor, recording, at, progress)
                return floor
            except LogError as error:
                reason = str(error)
        log.warning("%s: the key frame at revision %d is not used: %s", recording.path, frame.rev, reason)
        frame = recording.newest_key_frame(rev=frame.rev - 1, at=at) if frame.rev > 1 else None
    floor = Floor(site, alarms=alarms, retain_days=retain_days, ledger=ledger)
    _go_on(floor, recording, at, progress)
    return floor


def _thawed(
    site: Site,
    frame: KeyFrame,
    at: int,
    alarms: bool,
    retain_days: int | None,
    ledger: Callable[[LegRecord], None] | None,
    *,
    whole: bool,
) -> tuple[Floor | None, str]:
    """The floor of a key frame, or why it cannot be used.

    What it lacks of a `whole` one shows before it is folded on: what is lost of the past is lost to hundreds of frames.
    """
    try:
        floor = Floor.of_frame(
            site, frame.state, frame.copy, frame.steps, alarms=alarms, retain_days=retain_days, ledger=ledger
        )  # fmt: skip
        if whole:
            floor.make_whole(frame.copy.hold)
    except Exception as error:  # a state of another version may fail in any way
        return None, str(error)
    if floor.rev != frame.rev or floor.now > at:
        return None, f"it is of revision {floor.rev} and of another time"
    return floor, ""


def _go_on(floor: Floor, recording: EmbeddedLog, at: int, progress: Progress) -> None:
    folding = Enduring(floor, str(recording.path))
    begin = floor.now or _begin_of(recording)
    for entry in recording.entries(floor.rev):
        if entry.fact.at > at:
            break
        folding.apply(entry.fact, entry.rev)
        if not entry.rev & 1023:
            progress(min(1.0, max(0.0, (floor.now - begin) / max(1, at - begin))))
    folding.mark()
    floor.advance(at)


def _begin_of(recording: EmbeddedLog) -> int:
    """When a recording's first fact happened, UTC milliseconds; 0 for an empty one."""
    span = recording.span()
    return span[0] if span else 0
