"""Breaks of a team: ordered one after the other, so that a quota holds however many press at once."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Callable, Iterator

from feeds.commands import Command, Ended, LogOut, MakeReady, Pause
from feeds.entities import Seat
from feeds.gateway.running.engine import Engine
from feeds.requests import Quota
from feeds.rules.breaks import full_refusal, is_break, place_of_break, quota_of
from feeds.sources.servant import Servant


class Breaks:
    """Passes orders on to a floor's source; those that send some of a team on a break go one after the other."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._one_at_a_time: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        """By team: a source that takes its time with one team keeps no other waiting."""
        self._on_the_way: dict[str, Seat] = {}
        """Seats whose break begins when their work is over, as they were when it was ordered."""

    async def serve(
        self, servant: Servant, command: Command, by: str, hindrance: Callable[[], str | None] = lambda: None
    ) -> Ended:
        """Have a command carried out, or refuse a break that is beyond the quota.

        `hindrance` says of one that waited for others why it must not begin any more.
        """
        if isinstance(command, Pause) and is_break(self._engine.session.site, command):
            seat = self._seat(command.seat)
            if seat is not None and quota_of(self._engine.session.site, seat.team) is not None:
                async with self._one_at_a_time[seat.team]:  # of two breaks at once, the second counts the first
                    why = hindrance()
                    return Ended("refused", why) if why is not None else await self._send_on_break(servant, command, by)
        ended = await servant.serve(command, by)
        if isinstance(command, MakeReady | LogOut | Pause) and ended.state == "done":
            self._on_the_way.pop(f"seat:{command.seat}", None)
        return ended

    async def _send_on_break(self, servant: Servant, command: Pause, by: str) -> Ended:
        refusal = self.refusal(command)
        if refusal is not None:
            return Ended("refused", refusal)
        ended = await servant.serve(command, by)
        now = self._seat(command.seat)
        if now is not None and now.state != "break" and ended.state in ("done", "unknown"):
            self._on_the_way[now.key] = now
        return ended

    def take_up(self, command: Command | None, agent: str, at: int) -> None:
        """Count what the gateway before this one had done at a floor time, if it is a break that has not begun."""
        seat = self._seat(command.seat) if isinstance(command, Pause) else None
        if seat is None or not isinstance(command, Pause) or not is_break(self._engine.session.site, command):
            return
        if seat.agent == agent and seat.state != "break" and seat.since <= at:
            self._on_the_way[seat.key] = seat

    def refusal(self, command: Command) -> str | None:
        """Why a command would send too many of a team on a break, None if it would not."""
        return self.rehearse(command)[1]

    def rehearse(self, command: Command) -> tuple[Quota | None, str | None]:
        """Of which quota a command would take a place, None where it takes none; and why it would be refused."""
        seat = self._seat(command.seat) if isinstance(command, Pause) else None
        if seat is None or not is_break(self._engine.session.site, command):
            return None, None
        self._forget_those_who_went()
        quota, has_one = place_of_break(self._engine.session.site, seat, self._seats(), self._on_the_way)
        refusal = None if quota is None else full_refusal(quota)
        return None if has_one and refusal is None else quota, refusal

    def _seat(self, name: str) -> Seat | None:
        found = self._engine.session.floor.entity(f"seat:{name}")
        return found if isinstance(found, Seat) else None

    def _forget_those_who_went(self) -> None:
        for key, then in list(self._on_the_way.items()):
            seat = self._engine.session.floor.entity(key)
            if not isinstance(seat, Seat) or not _is_at_the_same_work(seat, then):
                del self._on_the_way[key]

    def _seats(self) -> Iterator[Seat]:
        floor = self._engine.session.floor
        found = (floor.entity(key) for key in floor.keys() if key.startswith("seat:"))  # noqa: SIM118 - no dict
        return (one for one in found if isinstance(one, Seat))


def _is_at_the_same_work(seat: Seat, then: Seat) -> bool:
    """Whether somebody still does what they did; a break that was ordered has neither begun nor been over since."""
    if seat.agent != then.agent or seat.state == "break":
        return False
    return seat.call == then.call if then.call else seat.since == then.since
