"""A recorded stream of a manager interface as a source: what some PBX really said, told again at any pace.

A capture is the text as it came in over the connection of the events (`gateway --source asterisk --capture FILE`, or
any other recording with `timestampevents = yes`), plain or .gz: events, and the rows of the lists that were asked for.
One that an editor saved with line feeds alone is told like any other.
"""

from __future__ import annotations

import gzip
import logging
import re
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from config.asterisk import Asterisk
from config.schema import Site
from feeds.facts import AnyFact, GapSeen, SourceMode
from feeds.sources.asterisk.ami.messages import AmiError, Framer, Message, number
from feeds.sources.asterisk.snapshot import LISTS, Meeting, snapshot_of
from feeds.sources.asterisk.translation import Translation
from feeds.sources.base import Clock, Emit, SourceError

log = logging.getLogger("feeds.sources.asterisk")

READ: Final = 1 << 16
_STAMP: Final = re.compile(rb"\nTimestamp: ([0-9.]+)[\r\n]")
AT_ONCE_MS: Final = 20
"""Events of so much real time are told together."""
_ROWS: Final = {
    "QueueParams": "QueueStatus", "QueueMember": "QueueStatus", "QueueEntry": "QueueStatus",
    "CoreShowChannel": "CoreShowChannels", "DeviceStateChange": "DeviceStateList",
}  # fmt: skip
_ENDS: Final = {
    "QueueStatusComplete": "QueueStatus", "CoreShowChannelsComplete": "CoreShowChannels",
    "DeviceStateListComplete": "DeviceStateList",
}  # fmt: skip
_LISTED: Final = frozenset((*_ROWS, *_ENDS, "WatchfloorConnected"))


class CaptureSource:
    """Tells a capture's facts; a position is the number of the fact. Raises SourceError for what is no capture."""

    def __init__(self, site: Site, file: Path) -> None:
        self._site, self._file = site, file
        self._has_line_feeds_alone = True
        span = self._span()
        if span is None:
            raise SourceError(
                f"{file}: no event of a manager interface with a time; a PBX writes times with `timestampevents = yes` "
                "in manager.conf"
            )
        self._begins_at, self._ends_at = span
        self.trouble = ""

    @property
    def id(self) -> str:
        """The source's name in facts; `main` for the only one."""
        return "main"

    @property
    def mode(self) -> SourceMode:
        """Whether its facts are live, simulated or replayed."""
        return "replay"

    @property
    def servant(self) -> None:
        """Nobody carries orders out here."""

    @property
    def begins_at(self) -> int:
        """Floor time of its first event, UTC milliseconds."""
        return self._begins_at

    @property
    def ends_at(self) -> int | None:
        """Floor time of its last event, UTC milliseconds."""
        return self._ends_at

    def _span(self) -> tuple[int, int] | None:
        """When the capture begins and ends, UTC milliseconds, without looking at what it says; notes how lines end."""
        first, last, rest = 0, 0, b""
        try:
            for data in _read(self._file):
                joined = rest + data
                if b"\r\n" in joined:
                    self._has_line_feeds_alone = False
                found = _STAMP.findall(joined)
                rest = joined[-40:]
                if found:
                    first = first or int(number(found[0].decode()) * 1000)
                    last = max(last, int(number(found[-1].decode()) * 1000))
        except EOFError:
            log.warning("%s is cut off; it is told as far as it goes", self._file)
        except (OSError, zlib.error) as error:
            raise SourceError(f"{self._file} cannot be read: {error}") from error
        return (first, last) if first else None

    def _messages(self) -> Iterator[Message]:
        framer = Framer()
        try:
            for data in _read(self._file):
                # Only where no line ends otherwise: a line feed alone may stand inside a value that a PBX sent.
                yield from framer.feed(data.replace(b"\n", b"\r\n") if self._has_line_feeds_alone else data)
        except EOFError:
            return  # said when it was opened
        except AmiError as error:
            raise SourceError(f"{self._file}: {error}") from error
        except (OSError, zlib.error) as error:
            raise SourceError(f"{self._file} cannot be read: {error}") from error

    async def run(self, clock: Clock, emit: Emit, after: int) -> None:
        """Emit facts in order as the clock reaches them, beginning behind position `after`; returns at the end."""
        telling = Retelling(self._site, self._site.asterisk or Asterisk(), self._begins_at)
        position, until = 0, 0
        batch: list[tuple[AnyFact, int | None]] = []
        for message in self._messages():
            at = telling.time_of(message)
            if at > until:
                if batch:
                    await emit(batch)
                    batch = []
                if position >= after:
                    await clock.reach(at)
                until = at + int(min(clock.speed * AT_ONCE_MS, 60_000))
            for fact in telling.take(message, at):
                position += 1
                if position > after:
                    batch.append((fact, position))
        if batch:
            await emit(batch)

    def close(self) -> None:
        """Nothing stays open."""


class Retelling:
    """A capture's messages into facts: rows are collected, and met where a connection began."""

    def __init__(self, site: Site, settings: Asterisk, begins_at: int) -> None:
        self.model = Translation(site, settings)
        self._now = begins_at
        self._rows: dict[str, list[Message]] = {name: [] for name in LISTS}
        self._complete: set[str] = set()
        self._is_met = False
        self._held: list[Message] | None = None
        """What came between the beginning of a connection and the end of its lists: to be used behind them."""
        self._proved_at = begins_at

    def time_of(self, message: Message) -> int:
        """When a message came, UTC milliseconds; one without a time came with the one before."""
        at = message.at_ms
        if at > self._now:
            self._now = at
        return self._now

    def take(self, message: Message, at: int) -> list[AnyFact]:
        """The facts that are known now."""
        event, model = message.event, self.model
        if not event:
            self._answered(message)
        elif event in _LISTED and self._took_for_list(event, message, at):
            pass
        elif self._held is None:
            model.use(message, at)
            self._proved_at = at
        else:
            self._held.append(message)
        if self._is_met and at > model.now:
            model.advance(at)
        if not model.out:
            return []
        facts = list(model.out)
        model.out.clear()
        return facts

    def _took_for_list(self, event: str, message: Message, at: int) -> bool:
        """Whether it is part of a list that was asked for, or the beginning of the connection that will ask."""
        if event == "WatchfloorConnected":
            self._is_met, self._complete, self._held = False, set(), []
            self._rows = {name: [] for name in LISTS}
        elif event in _ENDS:
            self._end_of_list(_ENDS[event], at)
        elif "ActionID" in message:
            self._rows[_ROWS[event]].append(message)
        else:
            return False
        return True

    def _answered(self, message: Message) -> None:
        if "Category-000000" in message:
            self.model.use_wraps(message)
        elif self._held and not self._complete and message.get("EventList", "").casefold() == "start":
            self._held.clear()  # all this the lists will show

    def _end_of_list(self, name: str, at: int) -> None:
        self._complete.add(name)
        if self._is_met or not {"QueueStatus", "CoreShowChannels"} <= self._complete:
            return
        self._is_met = True
        before, held, self._held = self._proved_at, self._held or [], None
        snapshot = snapshot_of(list(self._rows.values()))
        Meeting(self.model, snapshot, at, before).meet()
        self.model.advance(at)
        self.model.out.insert(0, GapSeen(at=at, begin=before, end=at))
        for message in held:
            self.model.use(message, at)
        self._proved_at = at


def _read(file: Path) -> Iterator[bytes]:
    """A file's bytes, unpacked where it is packed, whatever its name. Raises EOFError where a packed one is cut off."""
    with file.open("rb") as plain:
        packed = plain.peek(2)[:2] == b"\x1f\x8b"
        with gzip.open(plain, "rb") if packed else plain as stream:
            while data := stream.read1(READ):  # read() would lose what stands before the cut
                yield data
