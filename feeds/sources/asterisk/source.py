"""A live Asterisk as a source: connect, look at everything, follow the events, compare each minute, connect again."""

from __future__ import annotations

import asyncio
import logging
import random
import time
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from config.schema import Site
from feeds.entities import AnyEntity, Call, Seat
from feeds.facts import AnyFact, GapSeen, SourceChecked, SourceMode
from feeds.sources.asterisk.acting import Acting
from feeds.sources.asterisk.ami.link import DeniedError, LinkLostError, LoginRefusedError
from feeds.sources.asterisk.ami.messages import AmiError, Message
from feeds.sources.asterisk.comparison import differences
from feeds.sources.asterisk.pbx import Pbx
from feeds.sources.asterisk.pulse import Pulse
from feeds.sources.asterisk.snapshot import LISTS, NEEDED, Meeting, Snapshot, note_priorities, snapshot_of, stand_in
from feeds.sources.asterisk.switches import Switches
from feeds.sources.asterisk.translation import Translation
from feeds.sources.asterisk.whereabouts import tapper_on
from feeds.sources.base import Clock, Emit

log = logging.getLogger("feeds.sources.asterisk")

LOOK_S: Final = 0.1
"""How often what is due by time is looked at while no event comes."""
AGAIN_S: Final = 1.0
"""A difference counts when a second look, so much later, shows it too: events may have been on their way."""
RETRY_MOST_S: Final = 5.0
RETRY_FIRST_S: Final = 0.25
RETRIES: Final = 10
"""Attempts after which waits grow no more."""
REFUSED_S: Final = 60.0
"""Who is refused again and again is shut out on some machines (fail2ban), and nobody mends a secret in seconds."""
LIVE_S: Final = 10.0
"""A connection that lasted for so long was a good one: the next attempt comes soon."""
BACKLOG: Final = 200_000
"""Events that may wait while facts cannot be kept; more, and the floor is looked at anew instead."""
STEP_MS: Final = 2000
"""A clock that differs by so much from what it was has been changed."""
CLOCKS_MS: Final = 250
"""Clocks that differ by more are put right; less is the way of the messages."""
BEHIND_MS: Final = 100


class AsteriskSource:
    """Tells what an Asterisk does. `standing` gives the floor's entities at the start, to go on from; `began` its time.

    `trouble` says why nothing comes at present, empty while all is well.
    """

    def __init__(
        self, site: Site, pbx: Pbx, standing: Callable[[], Sequence[AnyEntity]] = tuple, began: int = 0,
    ) -> None:  # fmt: skip
        assert site.asterisk is not None
        self.pbx = pbx
        self.model = Translation(site, site.asterisk)
        self.trouble = "not connected yet"
        self._settings = site.asterisk
        self._standing = standing
        self._proved_at = began
        """Until when the floor was told, UTC milliseconds; 0 for never. Goes on with the clock while nothing comes."""
        self._heard_at = 0
        """When Asterisk last said anything on a connection that had begun: behind it nothing is known."""
        self._begun = False
        self._boot = 0.0
        self._measured = 0
        """What the clocks differed by when this connection began, milliseconds."""
        self._zone = site.zone
        self._inbox: list[tuple[list[Message], int]] = []
        self._waiting = 0
        self._news = asyncio.Event()
        self._resync_wanted = asyncio.Event()
        self._one_at_a_time = asyncio.Lock()
        self._may_read_wraps = True
        self.drift = 0
        """Differences that were found and put right since the gateway started."""
        self._pulse = Pulse()
        self._switches = Switches(pbx, self.model.names, self.model.tell, self._time)
        self.model.on_user_event["FloorRoute"] = self._switches.on_route
        self.model.on_user_event["FloorAnswer"] = self._switches.on_answer
        self.servant = Acting(pbx, self.model, self._switches, self._pulse)
        self.tapper = tapper_on(pbx, self.model)
        self.model.reloaded = lambda message, at: self._resync_wanted.set()

    @property
    def id(self) -> str:
        """The source's name in facts; `main` for the only one."""
        return "main"

    @property
    def mode(self) -> SourceMode:
        """Whether its facts are live, simulated or replayed."""
        return "live"

    @property
    def begins_at(self) -> int:
        """Floor time of its first fact, UTC milliseconds."""
        return _now()

    @property
    def ends_at(self) -> int | None:
        """A live source has no end."""
        return None

    async def run(self, clock: Clock, emit: Emit, after: int) -> None:
        """Emit facts as they happen, for ever; whatever stands in the way is `trouble` and may pass."""
        standing = self._standing()
        calls = [one for one in standing if isinstance(one, Call)]
        stand_in(self.model, calls, [one for one in standing if isinstance(one, Seat)], self._proved_at or _now())
        attempt = 0
        while True:
            begun, refused = time.monotonic(), False
            try:
                await self._attend(emit)
            except AmiError as error:
                if self.trouble != str(error):
                    log.warning("no word from Asterisk: %s", error)
                self.trouble, refused = str(error), isinstance(error, LoginRefusedError)
            except Exception:  # a fault of ours must not end the floor: everything is looked at anew
                log.exception("what Asterisk said could not be used; the connection begins anew")
                self.trouble = "the gateway could not use what Asterisk said; its log says what"
            finally:
                await self.pbx.close()
            attempt = 0 if time.monotonic() - begun > LIVE_S else min(attempt + 1, RETRIES)
            least = REFUSED_S / 2 if refused else 0.0
            most = REFUSED_S if refused else min(RETRY_MOST_S, RETRY_FIRST_S * 2**attempt)
            await asyncio.sleep(random.uniform(least, most))

    async def _attend(self, emit: Emit) -> None:
        """One connection from its beginning to its end, which is an AmiError."""
        self._inbox, self._waiting = [], 0
        self._begun = False
        known = min(self._heard_at or self._proved_at, self._proved_at)
        boot = await self.pbx.open(self._hear)
        self._set_clocks()
        if self._boot and boot - self._boot > 2:
            log.warning("Asterisk was started again: calls that it cut are closed as lost")
        self._boot = boot
        await self._begin(emit, known)
        if self.trouble:
            log.info("Asterisk is connected")
        self.trouble = ""
        tasks = [
            asyncio.create_task(self.pbx.stay(lambda: self._prove(emit)), name="asterisk pings"),
            asyncio.create_task(self._follow(emit), name="asterisk events"),
            asyncio.create_task(self._compare(emit), name="asterisk comparison"),
            asyncio.create_task(self._switches.watch(), name="asterisk switches"),
        ]
        try:
            await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
            ended = [task for task in tasks if task.done()]  # the pings first: they know why
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
        for task in ended:
            task.result()

    async def _prove(self, emit: Emit) -> None:
        self._heard_at = _now()
        await emit([])

    def _time(self) -> int:
        """Now, for what no event dates: a little behind the clock, never before what was told."""
        return max(self.model.now, _now() - BEHIND_MS)

    def _set_clocks(self) -> None:
        offset = self._measured = self.pbx.offset_ms
        self.model.offset_ms = offset if abs(offset) > CLOCKS_MS else 0
        if self.model.offset_ms:
            log.warning("Asterisk's clock is %.1f s behind this machine's; its times are put right", offset / 1000)
        if self.model.now > _now() + STEP_MS:
            log.warning("this machine's clock was put back by %.1f s", (self.model.now - _now()) / 1000)
            self.model.now = _now()

    def _hear(self, messages: list[Message]) -> None:
        if self._waiting > BACKLOG:
            self.pbx.give_up(f"over {BACKLOG} events wait to be kept; the floor is looked at anew instead")
            return
        arrived = _now()
        if self._begun:
            self._heard_at = arrived
        self._inbox.append((messages, arrived))
        self._waiting += len(messages)
        self._news.set()

    # At the beginning of a connection

    async def _begin(self, emit: Emit, known: int) -> None:
        """Take what is there for the truth; until `known` everything was heard, 0 for never."""
        self._inbox, self._waiting = [], 0  # all this the lists will show; told again it would be counted twice
        snapshot = await self._ask()
        at = max(self.model.now, _now())
        before = self._proved_at or at
        Meeting(self.model, snapshot, at, before).meet()
        self.model.advance(at)
        await self.tapper.meet({row["Uniqueid"]: row.get("BridgeId", "") for row in snapshot.channels})
        self._may_read_wraps = True  # rights may be others since the last connection
        await self._read_wraps()
        await self._ask_holds(at)
        await self._tell(emit, [GapSeen(at=at, begin=known or self._day_begin(at), end=at)])
        self._proved_at = self._heard_at = at
        self._begun = True

    def _day_begin(self, at: int) -> int:
        """Where the site's day began: of what happened since then nothing is known."""
        now = datetime.fromtimestamp(at / 1000, ZoneInfo(self._zone))
        return int(now.replace(hour=0, minute=0, second=0, microsecond=0, fold=0).timestamp() * 1000)

    async def _ask(self) -> Snapshot:
        """Everything at this moment. Raises AmiError."""
        lists = []
        for action in LISTS:
            try:
                lists.append(await self.pbx.state_rows(action))
            except LinkLostError:
                raise
            except AmiError as error:
                if action in NEEDED:
                    raise
                log.debug("Asterisk does not tell %s: %s", action, error)
        return snapshot_of(lists)

    async def _read_wraps(self) -> None:
        """Wrap-up is nowhere but in the configuration; a user without that right leaves it to the site folder."""
        if not self._may_read_wraps:
            return
        try:
            found = await self.pbx.state_action("GetConfig", {"Filename": "queues.conf"})
        except DeniedError as error:
            self._may_read_wraps = False
            log.info("%s; wrap-up times are those of the site folder (asterisk: wrap_ups:)", error)
            return
        self.model.use_wraps(found)

    async def _ask_holds(self, at: int) -> None:
        """Hold is told when it begins and ends only: after an outage it must be asked for."""
        for person in self.model.people:
            for leg in person.talks:
                phone = self.model.channels.behind(leg.agent_channel)
                channel = self.model.channels.get(phone) if phone is not None else None
                if channel is None:
                    continue
                try:
                    asked = {"Channel": channel.name, "Variable": "CHANNEL(rtp,hold)"}
                    answer = await self.pbx.action("Getvar", asked)
                except DeniedError as error:
                    log.info("%s; who holds a customer is not known until the next change", error)
                    return
                if answer.get("Value", "") in ("0", "1"):  # a phone that is no SIP phone does not say
                    self.model.calls.talks.on_hold(channel, answer["Value"] == "1", at)

    # While it lasts

    async def _follow(self, emit: Emit) -> None:
        while True:
            self._news.clear()
            if not self._inbox:
                try:
                    async with asyncio.timeout(LOOK_S):
                        await self._news.wait()
                except TimeoutError:
                    pass
            if abs(self.pbx.offset_ms - self._measured) > STEP_MS or self.model.now > _now() + STEP_MS:
                raise AmiError("a clock was changed, Asterisk's or this machine's: the connection begins anew")
            async with self._one_at_a_time:
                await self._drain(emit)

    async def _drain(self, emit: Emit) -> None:
        """Use what has come in; what is due by time is done a little behind the clock, so that no event comes late."""
        while self._inbox:
            messages, arrived = self._inbox.pop(0)
            self._waiting -= len(messages)
            for message in messages:
                self.model.take(message, arrived)
        self.model.advance(_now() - BEHIND_MS)
        self._proved_at = max(self._proved_at, self.model.now)
        if self.model.out:
            await self._tell(emit)
        else:
            self._pulse.beat()

    async def _tell(self, emit: Emit, first: Sequence[AnyFact] = ()) -> None:
        facts = [*first, *self.model.out]
        self.model.out.clear()
        self._pulse.hold()
        await emit([(fact, None) for fact in facts])
        self._pulse.beat()

    async def _compare(self, emit: Emit) -> None:
        """Look at everything now and then, and put right what a second look shows to differ too."""
        while True:
            try:
                async with asyncio.timeout(self._settings.resync_s):
                    await self._resync_wanted.wait()
            except TimeoutError:
                pass
            reloaded = self._resync_wanted.is_set()
            self._resync_wanted.clear()
            async with self._one_at_a_time:
                await self._drain(emit)
                looked = await self._ask()
                await self._read_wraps()  # the console's `queue reload` takes others and causes no event
                first = differences(self.model, looked, self.model.now)
                note_priorities(self.model, looked)
                self.model.people.note_engaged(looked.members, self.model.now)
            if first:
                await asyncio.sleep(AGAIN_S)
            async with self._one_at_a_time:
                await self._repair(emit, first, reloaded)

    async def _repair(self, emit: Emit, first: set[str], reloaded: bool) -> None:
        await self._drain(emit)
        snapshot = await self._ask() if first else None
        drifted = first & differences(self.model, snapshot, self.model.now) if snapshot is not None else set()
        if drifted and snapshot is not None:
            # A reload changes members without an event; anything else is an event that was missed or misread.
            level = logging.INFO if reloaded else logging.WARNING
            examples = "; ".join(sorted(drifted)[:5])
            log.log(level, "%d differences from Asterisk were put right: %s", len(drifted), examples)
            at = max(self.model.now, _now())
            before = self.model.now
            Meeting(self.model, snapshot, at, before).meet()
            self.model.advance(at)
        self.drift += 0 if reloaded else len(drifted)
        fact = SourceChecked(at=self._time(), drift=self.drift, found=sorted(drifted)[:20])
        await self._tell(emit, [fact])


def _now() -> int:
    return int(time.time() * 1000)
