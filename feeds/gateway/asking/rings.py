"""Whose phone rang for which call: the ledger knows when, and only the facts know whose."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Callable
from typing import Final

from msgspec.structs import replace

from feeds.facts import AttemptEnded, AttemptStarted
from feeds.gateway.asking.beside import Beside
from feeds.gateway.running.session import Before, FloorLog, Session
from feeds.ledger import Span
from feeds.records import LegRecord

OF_RINGS: Final = frozenset(("attempts", "ring_no_answer", "ring_no_answer_rate"))
"""Figures of phones: at a team they are about its agents' phones, whoever answered in the end."""
REACH_MS: Final = 26 * 3600 * 1000
"""How far back is read: a day of 25 hours, and some."""
AT_A_TIME: Final = 5000
"""Facts read between frames."""
LAST: Final = 1 << 62
"""Later than any moment."""

Ring = tuple[int, str, str, bool]
"""When, for which leg, whose phone, and whether this is that it was not answered."""


class Part:
    """A log of facts of which the rings are read up to a revision; what was before a session's log never grows."""

    def __init__(self, log: FloorLog | Before, begin: int, beside: Beside) -> None:
        self._log = log
        self._beside = beside
        self._begin = begin
        self._rev: int | None = None
        self._end = 0

    async def read(self, end: int | None, found: list[Ring]) -> None:
        """Add the rings that are not read yet, none of before the beginning; None: as far as there is anything.

        Raises LogError.
        """
        if self._rev is None:
            self._end = await self._beside.run(self._log.rev_at, LAST) if end is None else 0
            self._rev = await self._beside.run(self._log.rev_at, self._begin - 1)
        until = self._end if end is None else end
        while self._rev < until:
            last = min(self._rev + AT_A_TIME, until)
            found += await self._beside.run(self._rings, self._rev, last)
            self._rev = last

    def _rings(self, after: int, until: int) -> list[Ring]:
        found = []
        for entry in self._log.entries(after, until):
            fact = entry.fact
            if isinstance(fact, AttemptStarted):
                found.append((fact.at, fact.leg, fact.agent, False))
            elif isinstance(fact, AttemptEnded) and fact.result in ("no_answer", "rejected"):
                found.append((fact.at, fact.leg, fact.agent, True))
        return found


class Rings:
    """Every ring that a log tells of, read on as far as the log goes whenever somebody asks."""

    def __init__(self, beside: Beside) -> None:
        self._beside = beside
        self._session: Session | None = None
        self._begin = 0
        self._before: Part | None = None
        self._log: Part | None = None
        self._found: list[Ring] = []
        self._reading = asyncio.Lock()

    async def at_phones(
        self, session: Session, legs: list[LegRecord], span: Span, ours: Callable[[str], bool]
    ) -> list[LegRecord]:
        """The legs for which phones of `ours` rang in a period, with those rings only. Raises LogError."""
        rings = await self._since(session, span.begin)
        return await self._beside.run(_with_rings, rings, legs, span, ours)

    async def _since(self, session: Session, begin: int) -> list[Ring]:
        async with self._reading:
            if self._log is None or (
                self._session is not session or begin < self._begin or self._begin < begin - REACH_MS
            ):
                self._session, self._begin, self._found = session, begin, []
                self._before = None if session.before is None else Part(session.before, begin, self._beside)
                self._log = Part(session.log, begin, self._beside)
            if self._before is not None:
                await self._before.read(None, self._found)
            await self._log.read(session.log.rev, self._found)
            return self._found


def _with_rings(
    rings: list[Ring], legs: list[LegRecord], span: Span, ours: Callable[[str], bool]
) -> list[LegRecord]:  # fmt: skip
    rang: defaultdict[str, list[int]] = defaultdict(list)
    missed: defaultdict[str, list[int]] = defaultdict(list)
    for at, leg, agent, is_missed in rings:
        if span.holds(at) and ours(agent):
            (missed if is_missed else rang)[leg].append(at)
    return [
        replace(
            leg,
            rang_at=[at for at in rang[leg.leg] if at in leg.rang_at],
            missed_at=[at for at in missed[leg.leg] if at in leg.missed_at],
        )
        for leg in legs
        if leg.leg in rang or leg.leg in missed
    ]
