"""A whole queue_log into a recording: reads, translates, sorts by time, derives seats, writes; in flat memory."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable
from operator import attrgetter
from typing import Final

from config.bulk import in_bulk
from config.schema import Site
from feeds.facts import AnyFact
from feeds.importing.ahead import Ahead, Told
from feeds.importing.members import Members, Word
from feeds.importing.problems import REPEATED, Report
from feeds.importing.queue_log import Garbage, Line, parse
from feeds.importing.translation import Translation
from feeds.rules.pauses import PauseWords

REACH_MS: Final = 180_000
"""How far back facts are sorted into place: longer than a phone rings, far longer than clocks are stepped."""
STRETCH: Final = 8192
"""Facts that are held at least before some are sorted and let go."""
JUMP_MS: Final = 86_400_000
"""A time this far from its neighbours must be confirmed by the next line, else it is garbage."""
FAR_MS: Final = 366 * JUMP_MS
"""The first and the last lines have neighbours on one side only, and days without a call may lie there: so far away
from them a time is garbage. One such line would stretch every table over years."""
FIRST: Final = 3
"""Lines that are looked at together at the beginning: of two nobody could say which one is wrong."""

Put = Callable[[list[AnyFact]], None]
Again = Callable[[], Iterable[tuple[int, str]]]
_time = attrgetter("at")


class Importer:
    """Takes numbered lines, hands facts in order of time to `put`; `report` tells how it went.

    `again` gives the same lines once more, to find out whether a call that has long been silent goes on after all, and
    whether a line that comes late was there before; without it such a call is lost, and such a line is used.
    """

    def __init__(self, site: Site, put: Put, again: Again = tuple) -> None:
        self.report = Report()
        self._put = put
        self._translation = Translation(site, self.report, Ahead(again))
        self._told = Told(again, REACH_MS, JUMP_MS)
        self._members = Members(PauseWords.of(site))
        self._held: Line | None = None
        self._first: list[Line] | None = []
        """The first lines, until there are enough of them to compare."""
        self._odd: Line | None = None
        """The last line that was used after being looked at closely: its neighbour needs nobody else to confirm it."""

    def run(self, lines: Iterable[tuple[int, str]], watch: Callable[[], None] = lambda: None) -> Report:
        """Translate all lines; `watch` is called now and then, for progress."""
        with in_bulk():  # lines and facts hold on to nothing: a test watches the memory of an import
            return self._run(lines, watch)

    def _run(self, lines: Iterable[tuple[int, str]], watch: Callable[[], None]) -> Report:
        translation, report, number = self._translation, self.report, 0
        out, take = translation.out, translation.take
        for number, text in lines:
            if not number & 2047:
                report.lines = number
                watch()
            line = parse(number, text)
            # Nearly every line is at or shortly behind the newest time; all others are looked at closely.
            if line.__class__ is Line and self._held is None and 0 <= line.at - translation.clock <= JUMP_MS:
                take(line)
            else:
                self._take_odd(number, line)
            if len(out) >= STRETCH:
                self._flush(translation.clock - REACH_MS)
        report.lines = number
        self._finish()
        return report

    def _is_near(self, line: Line) -> bool:
        clock, odd = self._translation.clock, self._odd
        if not clock or abs(line.at - clock) <= JUMP_MS:
            return True
        return odd is not None and odd.number == line.number - 1 and abs(line.at - odd.at) <= JUMP_MS

    def _is_late(self, line: Line) -> bool:
        return line.at < self._translation.clock - REACH_MS

    def _take(self, line: Line) -> None:
        self.report.late_lines += self._is_late(line)
        self._translation.take(line)
        self._odd = line

    def _take_odd(self, number: int, line: Line | Garbage | None) -> None:
        """Garbage, empty lines, and times that only make sense if the next line agrees."""
        if isinstance(line, Garbage):
            self.report.problem(line.kind, number)
        if not isinstance(line, Line):
            self.report.empty += line is None
            return
        if self._first is not None:
            self._first.append(line)
            if len(self._first) == FIRST:
                self._begin()
            return
        # Logs that overlap, put together: what was told an hour or a month ago is no new call.
        if self._is_late(line) and self._told.before(line):
            self.report.problem(REPEATED, number)
            return
        self._take_or_hold(line)

    def _begin(self) -> None:
        """Take the first lines, without those far from the middle one of them."""
        first, self._first = self._first or [], None
        middle = sorted(line.at for line in first)[len(first) // 2] if len(first) == FIRST else None
        for line in first:
            if middle is not None and abs(line.at - middle) > FAR_MS:
                self.report.problem("time far from its neighbours", line.number)
            else:
                self._take_or_hold(line)

    def _take_or_hold(self, line: Line) -> None:
        held, self._held = self._held, None
        if held is None:
            if self._is_near(line):
                self._take(line)
            else:
                self._held = line
            return
        if abs(line.at - held.at) <= JUMP_MS:
            self._take(held)
            self._take(line)
        else:
            self.report.problem("time far from its neighbours", held.number)
            if self._is_near(line):
                self._take(line)
            else:
                self._held = line

    def _finish(self) -> None:
        if self._first is not None:
            self._begin()
        # Nothing can confirm the last line; a long silence before it is likelier than a broken time if it is later.
        if self._held is not None:
            if 0 < self._held.at - self._translation.clock <= FAR_MS:
                self._translation.take(self._held)
            else:
                self.report.problem("time far from its neighbours", self._held.number)
        self._translation.finish()
        self._flush(1 << 62)
        if self.report.end is not None:
            self._hand_over(self._members.finish(self._translation.clock))
        self.report.used = self.report.lines - self.report.skipped - self.report.empty

    def _flush(self, until: int) -> None:
        """Let go of the facts up to a time; those at one instant stay together and keep the order of their lines."""
        out: list[AnyFact | Word] = self._translation.out
        out.sort(key=_time)
        count = bisect_right(out, until, key=_time)
        if count:
            ready, out[:count] = out[:count], []
            self._hand_over(self._members.feed(ready))

    def _hand_over(self, facts: list[AnyFact]) -> None:
        if not facts:
            return
        report = self.report
        report.begin = min(facts[0].at, facts[0].at if report.begin is None else report.begin)
        report.end = max(facts[-1].at, report.end or 0)
        report.facts += len(facts)
        self._put(facts)
