"""Listening sessions: begun and changed by orders, ended by whatever ends them first, told and audited at every step.

A session is *on* only when the source says that the tap is on the call **and** sound has come. It ends with the call,
with the right to it, with the console that began it and with the source, whichever is first. A call that a supervisor
took over on a phone of their own needs neither console nor source any more, and is not torn apart for their sake.
"""

from __future__ import annotations

import asyncio
import itertools
import logging
import time
from collections.abc import Awaitable, Callable
from typing import Any, Final

import msgspec

from feeds import wire
from feeds.entities import Listening as Shown
from feeds.facts import ListeningChanged, ListeningState, OrderChanged, OrderState
from feeds.gateway.books.ends import Ends
from feeds.gateway.books.store import AuditRow
from feeds.gateway.ordering.giver import Giver, Outcome
from feeds.gateway.ordering.targets import Target, find
from feeds.gateway.publishing.sound import Budget, Line, Steady
from feeds.gateway.running.engine import Engine
from feeds.rules import listening as rules
from feeds.rules.access import place_of
from feeds.said import parts, said
from feeds.sources.tapping import Tap, TapError, Tapper
from feeds.states import ListeningMode

log = logging.getLogger("feeds.gateway.ordering.listening")

JOIN_S: Final = 5.0
"""How long a tap may take to be on the call; so long is sound waited for before that is told."""
RING_S: Final = 30.0
"""How long a supervisor's own phone may ring."""
UNHEARD: Final = said("listen.unheard", "waiting for sound: the phones of this call send none")
NO_ANSWER: Final = said("listen.console_silent", "the console does not answer")

Act = Callable[[Giver, dict[str, Any], AuditRow], Awaitable[Outcome]]


class Session:
    """One listener, and what a tap tells of it (feeds.sources.tapping.Hearer)."""

    def __init__(self, number: int, line: Line, target: Target, asked: rules.Wish, row: AuditRow) -> None:
        self.number, self.line, self.target, self.row = number, line, target, row
        self.mode: ListeningMode = asked.mode
        self.phone = asked.phone
        self.state: ListeningState = "starting"
        self.tap: Tap | None = None
        self.why = ""
        self.keep_caller: str | None = target.queue or None
        """The queue in which a caller waits again who was taken over and would else be cut off."""
        self.goes_on = False
        """The call is left as it is when the session ends."""
        self.steps: asyncio.Queue[str] = asyncio.Queue()
        self.steady = Steady()
        self.budget = Budget()
        self.has_sound = False
        self.began_at = row.at
        self.outcome: asyncio.Future[Outcome] = asyncio.get_running_loop().create_future()
        """What its order comes to: done when it is on, failed when it ended before."""
        self.switching = asyncio.Lock()

    def shown(self) -> Shown:
        """As the rules look at it."""
        return Shown(
            key=f"listening:{self.number}", rev=0, session=self.number, state=self.state, mode=self.mode,
            by=self.row.token, since=0, began_at=self.began_at, seat=self.target.seat, leg=self.target.leg,
            phone=self.phone,
        )  # fmt: skip

    def settle(self, state: OrderState, text: str) -> None:
        """The order has come to something; only the first word counts."""
        if not self.outcome.done():
            self.outcome.set_result((state, text))

    def joined(self) -> None:
        self.steps.put_nowait("joined")

    def heard(self, pcm: bytes) -> None:
        if not self.has_sound:
            self.has_sound = True
            self.steps.put_nowait("sound")
        if self.state != "ended" and not self.phone:
            for at, frame in self.steady.take(pcm, _clock()):
                self.line.send(self.number, at, frame)

    def ended(self, why: str) -> None:
        if not self.why:
            self.why = why
            self.steps.put_nowait("ended")

    @property
    def is_talk(self) -> bool:
        """Whether it is a talk at a supervisor's phone by now, for which nobody need listen here."""
        return bool(self.phone) and self.mode == "take_over" and self.state == "on"

    def console_lost(self, why: str) -> None:
        """Whom nobody can ask any more must not listen."""
        if not self.is_talk:
            self.ended(why)

    def pass_time(self, now: int) -> None:
        """Fill with silence what has not come in time."""
        if self.state == "on" and not self.phone:
            for at, frame in self.steady.pass_time(now):
                self.line.send(self.number, at, frame)


class Listening:
    """The sessions of a gateway. `tapper` is None where the source lets nobody listen."""

    def __init__(self, engine: Engine, ends: Ends, tapper: Tapper | None) -> None:
        self.tapper = tapper
        self.sessions: dict[int, Session] = {}
        self.acts: dict[str, Act] = {
            "listening.start": self._start,
            "listening.mode": self._mode,
            "listening.stop": self._stop,
        }
        self._engine = engine
        self._ends = ends
        # Numbers are not used twice, restarts included: a console must not take one session for another.
        self._numbers = itertools.count(int(time.time()) - 1_700_000_000)
        self._tasks: set[asyncio.Task[None]] = set()
        self._even: asyncio.Task[None] | None = None
        self._closed = False

    @property
    def rate(self) -> int:
        """The rate of sound that consoles are sent, in samples a second; 0 where nobody can listen."""
        return 0 if self.tapper is None else self.tapper.rate

    # ── running ──────────────────────────────────────────────────────────────────────────────────────────────────────

    async def begin(self) -> None:
        """End in the books what a gateway that stopped could not end, and be ready for orders."""
        floor = self._engine.session.floor
        for key in [key for key, _ in floor.touched_since(-1) if key.startswith("listening:")]:
            shown = floor.entity(key)
            # What a recording tells of is history, and was ended by its own gateway.
            if isinstance(shown, Shown) and shown.state != "ended" and self._engine.source.mode == "live":
                await self._end_left_over(shown)
        if self.tapper is None:
            return
        try:
            await self.tapper.start()
        except TapError as error:
            log.error("nobody can listen: %s", error)
        self._even = asyncio.create_task(self._keep_even(), name="listening evenness")

    async def _end_left_over(self, shown: Shown) -> None:
        why = "the gateway stopped while somebody listened"
        if shown.mode == "take_over" and shown.phone and shown.state == "on":
            why = _goes_on(shown.phone)
        await self._engine.emit_own(
            ListeningChanged(
                at=self._engine.own_time(), session=shown.session, state="ended", mode=shown.mode, by=shown.by,
                seat=shown.seat, leg=shown.leg, phone=shown.phone, order=shown.order, reason=str(why),
            )
        )  # fmt: skip
        row = AuditRow(_now(), shown.order, "ended", shown.by, "", "listening.start", _whom(shown), "", str(why))
        await self._ends.keep(row)

    async def close(self) -> None:
        """End every session and let go of the source's taps."""
        self._closed = True
        for one in self.sessions.values():
            one.goes_on = one.is_talk
            one.ended(_goes_on(one.phone) if one.goes_on else said("listen.stops", "the gateway stops"))
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self._even is not None:
            self._even.cancel()
            await asyncio.gather(self._even, return_exceptions=True)
        if self.tapper is not None:
            await self.tapper.stop()

    async def _keep_even(self) -> None:
        while True:
            await asyncio.sleep(wire.SOUND_MS / 1000)
            now = _clock()
            for one in self.sessions.values():
                one.pass_time(now)

    # ── what consoles do ─────────────────────────────────────────────────────────────────────────────────────────────

    def said(self, line: Line, data: bytes) -> None:
        """Sound from a console: for a session of its own in which somebody hears it, else it is passed over.

        A frame may cross the order that ended its session, so that is no mistake. Raises wire.MalformedFrame.
        """
        sound = wire.decode_sound(data)
        one = self.sessions.get(sound.session)
        if one is None or one.line is not line or one.tap is None or one.phone:
            return
        if one.mode in rules.SPEAKING and one.state in ("waiting", "on") and one.budget.takes(sound.pcm):
            one.tap.say(sound.pcm)

    def leave(self, line: Line, why: str) -> None:
        """A console may not be here any more: it hears nothing from now on."""
        for one in self.sessions.values():
            if one.line is line:
                one.ended(why)

    def lose(self, line: Line) -> None:
        """A console is gone."""
        for one in self.sessions.values():
            if one.line is line:
                one.console_lost(said("listen.console_gone", "the console is gone"))

    async def _start(self, giver: Giver, args: dict[str, Any], row: AuditRow) -> Outcome:
        able = self._able(giver, args)
        if isinstance(able, str):
            return "refused", able
        line, asked, found = able
        one = Session(next(self._numbers), line, found, asked, row)
        self.sessions[one.number] = one
        await self._tell(one)
        task = asyncio.create_task(self._live(one), name=f"listening {one.number}")
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return await asyncio.shield(one.outcome)

    def refusal(self, giver: Giver, name: str, args: dict[str, Any]) -> str | None:
        """Why an order to listen would be refused, None if it would not."""
        if name == "listening.start":
            able = self._able(giver, args)
            return able if isinstance(able, str) else None
        one = self._session(giver, args)
        if one is None or (name == "listening.stop" and one.why):
            return rules.NO_SESSION
        return self._mode_refusal(one, giver, args) if name == "listening.mode" else None

    def _able(self, giver: Giver, args: dict[str, Any]) -> tuple[Line, rules.Wish, Target] | str:
        """The console that would hear, what it asks for and whom it would hear; or why it cannot."""
        asked = rules.wish(args)
        if isinstance(asked, str):
            return asked
        elsewhere = rules.phone_refusal(asked.phone, giver.credential.token)
        if elsewhere is not None:
            return elsewhere
        line, tapper = giver.line, self.tapper
        if tapper is None:
            return said("listen.impossible", "this floor's source lets nobody listen")
        if line is None or self._closed:
            return said("listen.console", "listening needs a console that is connected")
        reason = tapper.trouble()
        if reason is not None:
            return reason
        found = find(self._engine, giver.audience, asked, tapper)
        if isinstance(found, str):
            return found
        return self._start_refusal(asked, line, found) or (line, asked, found)

    def _start_refusal(self, asked: rules.Wish, line: Line, found: Target) -> str | None:
        session = self._engine.session
        running = [one.shown() for one in self.sessions.values()]
        here = [one.shown() for one in self.sessions.values() if one.line is line]
        phone = asked.phone
        is_seat = bool(phone) and (
            session.floor.entity(f"seat:{phone}") is not None
            or any(phone in (seat.id, seat.extension) for seat in session.site.seats)
        )
        exact = msgspec.structs.replace(asked, seat=found.seat, leg=found.leg)
        return rules.start_refusal(exact, running, here, is_seat=is_seat)

    async def _mode(self, giver: Giver, args: dict[str, Any], row: AuditRow) -> Outcome:
        one = self._session(giver, args)
        mode = rules.mode_of(args.get("mode"))
        if one is None:
            return "refused", rules.NO_SESSION
        async with one.switching:  # of two who change it at once, the second sees what the first did
            reason = self._mode_refusal(one, giver, args)
            if reason is not None or one.tap is None or mode is None:
                return "refused", reason or rules.NO_SESSION
            try:
                await one.tap.switch(mode)
            except TapError as error:
                text = "{error}; the mode is {mode} as before"
                return "failed", said("listen.mode_kept", text, error=str(error), mode=one.mode)
            one.mode = mode
            if one.state != "ended":
                await self._tell(one)
        return "done", rules.meaning(mode)

    def _mode_refusal(self, one: Session, giver: Giver, args: dict[str, Any]) -> str | None:
        here = giver.line is one.line
        return rules.mode_refusal(one.shown(), args.get("mode"), by=giver.credential.token.id, here=here)

    async def _stop(self, giver: Giver, args: dict[str, Any], row: AuditRow) -> Outcome:
        one = self._session(giver, args)
        if one is None or one.why:
            return "refused", rules.NO_SESSION
        one.keep_caller = None  # whoever took a call over and stops has finished with the caller
        one.ended(said("listen.stopped", "stopped by {by}", by=giver.credential.token.id))
        return "done", ""

    def _session(self, giver: Giver, args: dict[str, Any]) -> Session | None:
        """The session that an order names, if its giver sees it."""
        number = args.get("session")
        one = self.sessions.get(number) if isinstance(number, int) and not isinstance(number, bool) else None
        return one if one is not None and giver.audience.sees(place_of(one.shown())) else None

    # ── the life of a session ────────────────────────────────────────────────────────────────────────────────────────

    async def _live(self, one: Session) -> None:
        watching = asyncio.create_task(one.line.lost(), name=f"listening {one.number} console")
        watching.add_done_callback(lambda task: one.console_lost(NO_ANSWER))
        try:
            await self._attend(one)
        except TapError as error:
            one.ended(error.text)
        except Exception:
            log.exception("the listening session %d failed", one.number)
            one.ended(said("order.mistake", "the gateway made a mistake; its log says which"))
        finally:
            watching.cancel()
            await asyncio.gather(watching, return_exceptions=True)
            await self._end(one)

    async def _attend(self, one: Session) -> None:
        """Return when it has ended. Raises TapError."""
        assert self.tapper is not None
        first: ListeningMode = "listen" if one.mode == "take_over" else one.mode
        one.tap = await self.tapper.open(one.target.channel, first, one, one.phone)
        patience: float | None = RING_S if one.phone else JOIN_S
        while True:
            try:
                async with asyncio.timeout(patience):
                    step = await one.steps.get()
            except TimeoutError:
                if one.state == "starting":
                    text = "the telephone system did not join the call within {seconds} s"
                    raise TapError(said("listen.not_joined", text, seconds=round(patience or 0))) from None
                patience = None
                await self._tell_unheard(one)
                continue
            if step == "ended":
                return
            patience = await self._step(one, step, patience)

    async def _step(self, one: Session, step: str, patience: float | None) -> float | None:
        """What follows from being joined or from the first sound; how long to wait for the next step."""
        if step == "joined" and one.state == "starting":
            assert one.tap is not None
            if one.mode == "take_over":
                await one.tap.switch("take_over")
            one.state = "waiting"
            patience = JOIN_S
            if not one.has_sound and not one.phone:
                await self._tell(one)
        if one.state == "waiting" and (one.has_sound or one.phone):
            one.state = "on"
            await self._tell(one)
            text = rules.meaning(one.mode)
            if one.phone:
                text = said(
                    "listen.on_phone",
                    "{meaning}; your phone is joined, whether it hears anything the gateway cannot know",
                    meaning=str(text), mode=one.mode,
                )  # fmt: skip
            one.settle("done", text)
            patience = None
        return patience

    async def _end(self, one: Session) -> None:
        one.state = "ended"
        try:
            if one.tap is not None and not one.goes_on:
                await one.tap.close(one.keep_caller if one.mode == "take_over" else None)
        except TapError as error:
            log.warning("the tap of listening session %d cannot be closed: %s", one.number, error)
        self.sessions.pop(one.number, None)
        await self._tell(one)
        one.settle("failed", one.why)
        whom = _whom(one.shown(), one.target.agent)
        row = msgspec.structs.replace(one.row, at=_now(), stage="ended", text=str(one.why), args=whom)
        await self._ends.keep(row)

    async def _tell(self, one: Session) -> None:
        fact = ListeningChanged(
            at=self._engine.own_time(), session=one.number, state=one.state, mode=one.mode, by=one.row.token,
            seat=one.target.seat, leg=one.target.leg, phone=one.phone, order=one.row.order,
            reason=str(one.why) if one.state == "ended" else "",
        )  # fmt: skip
        await self._engine.emit_own(fact)

    async def _tell_unheard(self, one: Session) -> None:
        row, told = one.row, parts(UNHEARD)
        fact = OrderChanged(
            at=self._engine.own_time(), order=row.order, name=row.name, state="running", by=row.token, text=told.text,
            code=told.code,
        )  # fmt: skip
        await self._engine.emit_own(fact)


def _whom(one: Shown, agent: str = "") -> bytes:
    """Who was heard, for books that outlive the floor's log: orders that change a mode name the session only."""
    told = {"session": one.session, "seat": one.seat, "agent": agent, "call": one.leg, "mode": one.mode}
    return msgspec.json.encode({name: value for name, value in {**told, "phone": one.phone}.items() if value})


def _goes_on(phone: str) -> str:
    return said("listen.goes_on", "the gateway stopped; the call that was taken over goes on at {phone}", phone=phone)


def _now() -> int:
    return int(time.time() * 1000)


def _clock() -> int:
    return int(time.monotonic() * 1000)
