"""Practice people, for load: agents who ring, talk, hold, transfer and rest; callers who wait and lose patience."""

from __future__ import annotations

import asyncio
import contextlib
import json
import random
import time
from collections import Counter
from collections.abc import Collection
from pathlib import Path
from typing import TextIO

from tests.asterisk.floor.manager import manager_of
from tests.asterisk.floor.phones import Phones
from tests.asterisk.floor.reach import Reachable
from tests.asterisk.floor.talks import Call, Ringing, Talk

REASONS = ("rest", "meal", "training", "meeting", "after-call")
"""Why an agent pauses, as the queue log has it."""


_SETTLES_S = 40.0
"""A call that is neither answered nor refused by then went to an Asterisk that has died."""


class Diary:
    """What each practice person really did, one JSON object a line: a truth that owes nothing to Asterisk's reports."""

    def __init__(self, file: Path | None) -> None:
        self._stream: TextIO | None = file.open("a", buffering=1, encoding="utf-8") if file else None

    def note(self, who: str, what: str, **more: str) -> None:
        """Write a line, with the time."""
        if self._stream:
            row = {"t": round(time.time(), 3), "who": who, "what": what, **more}
            self._stream.write(json.dumps(row, ensure_ascii=False) + "\n")

    def close(self) -> None:
        """No more lines."""
        if self._stream:
            self._stream.close()


class Agents:
    """All seats of a floor."""

    def __init__(
        self, floor: Reachable, phones: Phones, diary: Diary, chance: random.Random, without: Collection[str] = ()
    ) -> None:
        self.how = floor.plan.behaviour
        self.numbers = [number for number in floor.plan.phones if number not in without]
        self.counts: Counter[str] = Counter()
        self._floor, self._phones, self._diary, self._chance = floor, phones, diary, chance
        self._busy: set[str] = set()
        self._queues = [one.number for one in floor.plan.queues if one.members]
        loud = floor.plan.agents[: self.how.with_tone]
        self._tones = {one.number: 400.0 + 40 * place for place, one in enumerate(loud)}
        for one in floor.plan.agents:
            phones[one.number].on_call = self.take
        for one in floor.plan.supervisors:
            phones[one.number].answer_by_itself()

    async def take(self, ringing: Ringing) -> None:
        """What an agent does with a call."""
        who = ringing.phone.number
        if who in self._busy or self._chance.random() < self.how.busy:
            self._tell(who, "rejects")
            ringing.refuse()
            return
        self._busy.add(who)
        try:
            if await self._lets_it_ring(ringing):
                return
            talk = await ringing.answer(self._tones.get(who, 0.0))
            self._tell(who, "answers", caller=talk.other)
            await self._talk(who, talk)
            self._tell(who, "ends", caller=talk.other, why=talk.reason)
        finally:
            self._busy.discard(who)
        if self._chance.random() < self.how.rest_after_call:
            self._phones.line.spawn(self._rest(who))

    async def _lets_it_ring(self, ringing: Ringing) -> bool:
        """Whether it stopped ringing before the agent took it."""
        who = ringing.phone.number
        self._tell(who, "rings", caller=ringing.caller)
        ringing.ring()
        never = self._chance.random() < self.how.no_answer
        if await passes(ringing.stopped, 600 if never else spread(self.how.ring, self._chance)):
            self._tell(who, "stops ringing")
            return True
        return False

    async def _talk(self, who: str, talk: Talk) -> None:
        left, what = spread(self.how.talk, self._chance), self._chance.random()
        if what < self.how.hold:
            left /= 3
            if not await passes(talk.ended, left):
                self._tell(who, "holds")
                await talk.dialog.point("sendonly")
            if not await passes(talk.ended, left):
                await talk.dialog.point("sendrecv")
                self._tell(who, "resumes")
        elif what < self.how.hold + self.how.transfer:
            if not await passes(talk.ended, left / 2):
                number = self._chance.choice(self._queues)
                self._tell(who, "transfers", to=number)
                await talk.dialog.refer(number)
                await passes(talk.dialog.referred, 3)
            left = 0
        await passes(talk.ended, left)
        await talk.hang_up()

    async def _rest(self, who: str) -> None:
        reason = self._chance.choice(REASONS)
        self._tell(who, "rests", reason=reason)
        await self._pause(who, "true", reason)
        await asyncio.sleep(spread(self.how.rest, self._chance))
        await self._pause(who, "false", reason)
        self._tell(who, "is back")

    async def _pause(self, who: str, paused: str, reason: str) -> None:
        with contextlib.suppress(OSError, TimeoutError):  # Asterisk may be gone, and forgets pauses when it goes
            async with manager_of(self._floor, "people") as manager:
                await manager.action("QueuePause", Interface=f"PJSIP/{who}", Paused=paused, Reason=reason)

    def _tell(self, who: str, what: str, **more: str) -> None:
        self.counts[what] += 1
        self._diary.note(who, what, **more)


class Callers:
    """A stream of calls."""

    def __init__(self, floor: Reachable, phones: Phones, diary: Diary, chance: random.Random) -> None:
        self.how = floor.plan.behaviour
        self.counts: Counter[str] = Counter()
        self._phones, self._diary, self._chance = phones, diary, chance
        self._numbers = [queue.number for queue in floor.plan.queues]
        self._shares = [queue.share for queue in floor.plan.queues]

    async def run(self, rate: float, seconds: float) -> None:
        """So many calls a second, at random moments, for so long; returns when the last one is over."""
        calls: set[asyncio.Task[None]] = set()
        due, until = time.monotonic(), time.monotonic() + seconds
        while (due := due + self._chance.expovariate(rate)) < until:
            await asyncio.sleep(max(0.0, due - time.monotonic()))
            call = self._phones.line.spawn(self._call())
            calls.add(call)
            call.add_done_callback(calls.discard)
            self.counts["made"] += 1
        if calls:
            await asyncio.wait(calls)

    async def _call(self) -> None:
        who = "1" + self._chance.choice("3578") + "".join(self._chance.choices("0123456789", k=9))
        number = self._chance.choices(self._numbers, self._shares)[0]
        call = await self._phones.dial(number, who)
        if not await passes(call.settled, _SETTLES_S):
            call.dialog.close("Asterisk died")
            self._tell(who, "is lost")
        elif call.refusal:
            self._tell(who, "is refused", code=str(call.refusal))
        else:
            self._tell(who, "is in", number=number)
            await self._wait(who, call)
        self._phones.callers.pop(who, None)

    async def _wait(self, who: str, call: Call) -> None:
        over = self._phones.line.spawn(_set_when(call.ended, call.connected))  # the end of a call ends the waiting, too
        patient = await passes(call.connected, spread(self.how.patience, self._chance))
        over.cancel()
        if not patient:
            self._tell(who, "gives up")
            await call.hang_up()
        elif not call.agents:
            self._tell(who, "is sent away")
        else:
            self._tell(who, "is connected", agent=call.agents[0])
            hurried = self._chance.random() < self.how.caller_hangs_up
            await passes(call.ended, spread(self.how.talk * 0.9, self._chance) if hurried else 3600)
            await call.hang_up()
            self._tell(who, "is done", why=call.reason)

    def _tell(self, who: str, what: str, **more: str) -> None:
        self.counts[what] += 1
        self._diary.note(who, what, **more)


async def _set_when(happened: asyncio.Event, event: asyncio.Event) -> None:
    await happened.wait()
    event.set()


async def passes(event: asyncio.Event, seconds: float) -> bool:
    """Whether the event happens within so many seconds."""
    try:
        await asyncio.wait_for(event.wait(), max(0.01, seconds))
    except TimeoutError:
        return False
    return True


def spread(mean: float, chance: random.Random) -> float:
    """A time around a mean, never negative and sometimes long, as people's times are."""
    return mean * chance.lognormvariate(-0.18, 0.6)
