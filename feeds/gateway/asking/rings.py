"""Whose phone rang for which call: the ledger knows when, and only the facts know whose."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Callable
from typing import Final

from msgspec.structs import replace

from feeds.entities import LegRecord
from feeds.facts import AttemptEnded, AttemptStarted
from feeds.gateway.running.session import FloorLog, Session
from feeds.ledger import Span

OF_RINGS: Final = frozenset(("attempts", "ring_no_answer", "ring_no_answer_rate"))
"""Figures of phones: at a team they are about its agents' phones, whoever answered in the end."""
REACH_MS: Final = 26 * 3600 * 1000
"""How far back is read: a day of 25 hours, and some."""
AT_A_TIME: Final = 5000
"""Facts read between frames."""

Ring = tuple[int, str, str, bool]
"""When, for which leg, whose phone, and whether this is that it was not answered."""


class Rings:
    """Every ring that a log tells of, read on as far as the log goes whenever somebody asks."""

    def __init__(self) -> None:
        self._session: Session | None = None
        self._begin = self._rev = 0
        self._found: list[Ring] = []
        self._reading = asyncio.Lock()

    async def at_phones(
        self, session: Session, legs: list[LegRecord], span: Span, ours: Callable[[str], bool]
    ) -> list[LegRecord] | None:
        """The legs for which phones of `ours` rang in a period, with those rings only; None where nobody can know.

        Raises LogError.
        """
        first = session.log.span()
        if session.before is not None and (first is None or span.begin < first[0]):
            return None
        rang: defaultdict[str, list[int]] = defaultdict(list)
        missed: defaultdict[str, list[int]] = defaultdict(list)
        for at, leg, agent, is_missed in await self._since(session, span.begin):
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

    async def _since(self, session: Session, begin: int) -> list[Ring]:
        async with self._reading:
            if self._session is not session or begin < self._begin or self._begin < begin - REACH_MS:
                self._session, self._begin, self._found = session, begin, []
                self._rev = await asyncio.to_thread(session.log.rev_at, begin - 1)
            while self._rev < session.log.rev:
                self._rev = await asyncio.to_thread(self._read, session.log, self._rev)
            return self._found

    def _read(self, log: FloorLog, after: int) -> int:
        until = min(after + AT_A_TIME, log.rev)
        for entry in log.entries(after, until):
            fact = entry.fact
            if isinstance(fact, AttemptStarted):
                self._found.append((fact.at, fact.leg, fact.agent, False))
            elif isinstance(fact, AttemptEnded) and fact.result in ("no_answer", "rejected"):
                self._found.append((fact.at, fact.leg, fact.agent, True))
        return until
