"""A console's end of the feed: connect, resume, prove, ask; comes back by itself for as long as it runs.

Lives in one asyncio loop and calls its handler there. A console that shows windows runs it in a thread of its own
(console/link.py).
"""

import asyncio
import logging
import random
from collections.abc import Callable
from typing import Any, Final, Literal, Protocol, TypeVar

import msgspec
from websockets.asyncio.client import ClientConnection
from websockets.exceptions import ConnectionClosed

from feeds import wire
from feeds.answers import Answers
from feeds.answers import FeedError as FeedError
from feeds.answers import NotConnected as NotConnected
from feeds.answers import Refused as Refused
from feeds.boottime import now
from feeds.following import Apply, Doubt, Follower, Proved, Swap, Taker, Unproved, catching_up_text
from feeds.lateness import Lateness
from feeds.reaching import Trusted, Unreached, reach
from feeds.requests import HelloParams, HelloResult, ViewRequest
from feeds.said import heard, said

log = logging.getLogger("feeds.client")

LinkState = Literal["connecting", "live", "stale", "refused"]
T = TypeVar("T")

LIVENESS_S: Final = 3.0
"""Without a proof for this long nothing is live (PROTOCOL rule 5)."""
ANSWER_S: Final = 5.0
"""How long opening, hello and the first page of a snapshot may take."""
WATCH_S: Final = 0.1
PING_S: Final = 0.9
"""How often the line is asked at most, while frames come, how long an answer takes."""
RETRY_BASE_S: Final = 0.5
RETRY_CAP_S: Final = 15.0
RESTART_CAP_S: Final = 2.0
"""The same where a machine is there and nobody listens: a gateway that starts again is to be found soon, p95 within two
seconds, and such an answer costs neither side anything."""
SETTLED_S: Final = 10.0
"""A feed that was live for this long begins counting attempts anew (PROTOCOL rule 6)."""
SENT_AWAY: Final = {wire.UNAUTHENTICATED: "closed.unauthenticated", wire.REVOKED: "closed.revoked"}
"""Codes (feeds/said.py) of the ends by which a gateway refuses us; the text of a closing frame comes without one."""
CUT: Final = {wire.TOO_SLOW: "closed.slow", wire.RESYNC: "closed.resync"}
"""The same of ends after which we come back by ourselves."""


class Handler(Taker, Protocol):
    """Who is told. All calls come from the client's loop and must return quickly."""

    def on_beat(self, beat: wire.BeatParams) -> None:
        """The gateway proved that this console is up to date; floor time, pace and the sources' ages are fresh."""

    def on_state(self, state: LinkState, attempt: int, next_retry_s: float | None, reason: str) -> None:
        """How the link is. `attempt` counts failed connections, `next_retry_s` is the pause before the next.

        connecting: no proof, but nothing that is old either: at the start, and for up to three seconds after a
        connection that was live broke. live: proved within the last three seconds. stale: what was handed over is
        not proved any more, connected or not. refused: the gateway does not accept the credential, or the address
        answers in another language; it is asked again now and then nevertheless. `reason` may be a text that was
        said (feeds/said.py).
        """


class SoundHandler(Protocol):
    """Who is given sound; called from the client's loop, must return quickly (feeds/sound.py evens it out)."""

    def on_sound(self, sound: wire.Sound) -> None:
        """20 ms of a listening session."""


class FeedClient:
    """One console's feed. `run()` until cancelled; `ask()` from the same loop meanwhile.

    `token` is a text or a callable that reads it anew for every attempt; `tls` is needed for `wss:` addresses with a
    certificate that the system does not know: a file with its authority is read anew for every attempt as well, since
    it is replaced while a wall runs for years. `session` is the gateway's welcome while connected.
    """

    def __init__(
        self,
        url: str,
        token: str | Callable[[], str],
        handler: Handler,
        *,
        view: ViewRequest | None = None,
        tls: Trusted | None = None,
        name: str = "watchfloor",
        liveness_s: float = LIVENESS_S,
        sound: SoundHandler | None = None,
    ) -> None:
        self.url = url
        self.session: HelloResult | None = None
        self.state: LinkState = "connecting"
        self.follower = Follower()
        self._token = token
        self._handler = handler
        self._view = view
        self._tls = tls
        self._name = name
        self._liveness_s = liveness_s
        self._sound = sound
        self._socket: ClientConnection | None = None
        self._answers = Answers()
        self._attempt = 0
        self._next_retry_s: float | None = None
        self._reason = ""
        self._had_data = False
        self._heard_at = self._proved_at = float("-inf")
        self._live_since: float | None = None
        self._snapshot_due: float | None = None
        self._unproved = Unproved(handler)
        self._lateness = Lateness()
        self._hello_at = self._pinged_at = float("-inf")
        self._failed_by = self._ended_by = ""
        self._nobody_listens = False

    def go_on(self, follower: Follower, proved_at: float) -> None:
        """Resume, once it runs, what another connection has followed; `proved_at` is its last proof by `now`."""
        self.follower = follower
        self._had_data = follower.resume() is not None
        self._proved_at = proved_at

    async def run(self) -> None:
        """Follow the feed until cancelled; every failure is told to the handler and tried again."""
        watch = asyncio.create_task(self._watch(), name="feed watch")
        try:
            self._tell("connecting", "not connected yet")
            while True:
                try:
                    refused, reason = await self._connection()
                except Exception as error:  # a console that is lost for good is worse than any mistake of its own
                    refused, reason = False, self._failed(error)
                self._note_end(reason)
                self._attempt += 1
                doublings = min(self._attempt - 1, 10)
                cap_s = RESTART_CAP_S if self._nobody_listens else RETRY_CAP_S
                self._next_retry_s = random.uniform(0, min(cap_s, RETRY_BASE_S * 2**doublings))
                self._tell("refused" if refused else self._without_proof(), reason)
                await asyncio.sleep(self._next_retry_s)
        finally:
            watch.cancel()
            await asyncio.gather(watch, return_exceptions=True)

    async def ask(
        self, method: str, params: msgspec.Struct | dict[str, Any] | None, answer: type[T], timeout_s: float = 10.0,
        progress: Callable[[float], None] | None = None,
    ) -> T:  # fmt: skip
        """Send a request and decode its result as `answer`. Raises Refused, NotConnected, Unanswered.

        `progress` is called with how much of the past is read for it, 0 to 1, while the gateway still reads.
        """
        socket = self._socket
        if socket is None or self.session is None:
            raise NotConnected(f"there is no connection to {self.url}; wait until the link is live and ask again")
        reply = await self._answers.ask(socket, method, params, timeout_s, progress)
        if reply.error is not None:
            raise Refused(reply.error)
        try:
            return wire.decode_result(reply, answer)
        except wire.MalformedFrame as error:
            raise FeedError(f"the gateway answered {method} in a form unknown to this version: {error}") from error

    async def say(self, session: int, pcm: bytes, at_ms: int = 0) -> None:
        """Send sound (8 kHz, signed 16 bit) to a call whose session lets this console speak. Raises NotConnected."""
        socket = self._socket
        if socket is None or self.session is None:
            raise NotConnected(f"there is no connection to {self.url}")
        try:
            await socket.send(wire.encode_sound(session, at_ms, pcm))
        except ConnectionClosed:
            raise NotConnected("the connection broke before the sound was sent") from None

    async def view(self, wanted: ViewRequest | None) -> None:
        """See another part of the floor from now on, also after reconnecting. Raises as :meth:`ask`."""
        self._view = wanted
        if self.session is not None:
            self.follower.forget()
            self._snapshot_due = now() + ANSWER_S
            result = await self.ask("view", wanted or ViewRequest(), dict[str, Any])
            self.follower.view = str(result.get("view", ""))

    # ── one connection ───────────────────────────────────────────────────────────────────────────────────────────────

    async def _connection(self) -> tuple[bool, str]:
        """One connection from beginning to end: (the gateway refused us, why it is over)."""
        self._nobody_listens = False
        try:
            socket = await reach(self.url, self._tls, ANSWER_S)
        except Unreached as error:
            self._nobody_listens = error.nobody_listens
            return error.refused, error.reason
        self._socket = socket
        self._heard_at = now()
        self._lateness = Lateness()
        try:
            return await self._follow(socket)
        finally:
            self._hang_up(socket)

    def _note_end(self, reason: str) -> None:
        """Write down why there is no connection: once, for the next attempts will meet the same."""
        if reason != self._ended_by:
            log.info("no connection to %s: %s", self.url, reason)
        self._ended_by = reason

    def _failed(self, error: Exception) -> str:
        """Why a connection ended that met what nobody foresaw: whatever has been handed over may be half of something.

        It may meet the same again at every attempt, so it is told in the log once.
        """
        why = f"{type(error).__name__}: {error}"
        if why != self._failed_by:
            log.error("following %s failed; it is tried again", self.url, exc_info=error)
        self._failed_by = why
        self.follower.forget()
        self._proved_at = float("-inf")
        return said("connect.failed", "following {url} failed: {why}", url=self.url, why=why)

    async def _follow(self, socket: ClientConnection) -> tuple[bool, str]:
        reader = asyncio.create_task(self._read(socket), name="feed reader")
        try:
            return await self._conversation(socket, reader)
        except (NotConnected, ConnectionClosed):
            return self._closed(socket)
        except wire.MalformedFrame as error:
            self.follower.forget()
            return False, said(
                "connect.unreadable", "{url} sent what this version cannot read: {why}", url=self.url, why=str(error)
            )
        finally:
            reader.cancel()
            await asyncio.gather(reader, return_exceptions=True)

    async def _conversation(self, socket: ClientConnection, reader: asyncio.Task[None]) -> tuple[bool, str]:
        try:
            refusal = await self._hello(socket)
        except NotConnected:
            if reader.done():
                await reader  # raises why, where the welcome itself could not be read
            raise
        if refusal is not None:
            return True, refusal
        await reader
        return False, "the connection ended"

    async def _hello(self, socket: ClientConnection) -> str | None:
        """Introduce ourselves; why the gateway does not want us, or None."""
        token = self._token() if callable(self._token) else self._token
        hello = HelloParams(token, self._name, self.follower.resume(), self._view)
        self._hello_at = now()
        reply = await self._answers.ask(socket, "hello", hello, ANSWER_S)
        if reply.error is not None:
            told = reply.error.data
            return heard(reply.error.message, told.code, told.values) if told is not None else reply.error.message
        assert self.session is not None
        log.info("connected to %s as %s%s", self.url, self.session.role, ", resumed" if self.session.resumed else "")
        return None

    def _closed(self, socket: ClientConnection) -> tuple[bool, str]:
        code, reason = socket.close_code, socket.close_reason
        if code in SENT_AWAY:
            return True, heard(reason or "the gateway does not accept the token", SENT_AWAY[code])
        if code in (wire.RESYNC, wire.MALFORMED, wire.NOT_TEXT):
            self.follower.forget()
        if code in CUT:
            return False, heard(reason or "the gateway closed the connection", CUT[code])
        return False, reason or f"the connection to {self.url} broke"

    def _hang_up(self, socket: ClientConnection) -> None:
        socket.transport.abort()
        if self._unproved:
            self._proved_at = float("-inf")  # what was proved is not what is shown now
            self._unproved.hand_over()  # what has been followed is where the next connection goes on
        self._socket = self.session = self._snapshot_due = None
        if self._live_since is not None and now() - self._live_since >= SETTLED_S:
            self._attempt = 0
        self._live_since = None
        self._answers.give_up()

    async def _read(self, socket: ClientConnection) -> None:
        try:
            while True:
                data = await socket.recv()
                self._heard_at = now()
                if isinstance(data, bytes):
                    if self._sound is not None:
                        self._sound.on_sound(wire.decode_sound(data))
                    continue
                frame = wire.decode_frame(data)
                if isinstance(frame, wire.Answer):
                    self._answered(frame)
                elif isinstance(frame, wire.CatchingUp):
                    self._not_yet(catching_up_text(frame.params))
                elif isinstance(frame, wire.Reading):
                    self._answers.read(frame.params)
                elif isinstance(frame, (wire.Snapshot, wire.Changed, wire.Beat)):
                    await self._floor_frame(socket, frame)
        except BaseException:
            self._answers.give_up()
            raise

    def _answered(self, answer: wire.Answer) -> None:
        waiting = self._answers.waiting_for(answer)
        if waiting is None:
            return
        if self.session is None and answer.error is None:
            # Before the next frame is read: what follows on the heels of the welcome depends on it.
            self.session = wire.decode_result(answer, HelloResult)
            self._lateness.answered(self._hello_at)
            self.follower.connected(self.session.view, self.session.resumed)
            if self.follower.awaiting_snapshot:
                self._snapshot_due = now() + ANSWER_S
        waiting.set_result(answer)

    async def _floor_frame(self, socket: ClientConnection, frame: wire.Snapshot | wire.Changed | wire.Beat) -> None:
        await self._ping(socket)
        step = self.follower.frame(frame)
        if isinstance(step, (Swap, Apply)):
            if isinstance(step, Swap):
                self._snapshot_due = None
            self._unproved.take(step)
        elif isinstance(step, Proved):
            self._unproved.hand_over()
            self._proved(step.beat)
        elif isinstance(step, Doubt):
            log.warning("asking %s for a snapshot: %s", self.url, step.reason)
            self._unproved.drop()
            self._proved_at = float("-inf")
            self._tell(self._without_proof(), step.reason)
            self._snapshot_due = now() + ANSWER_S
            await socket.send(wire.request("resync", None, None), text=True)
        elif isinstance(frame, wire.Snapshot):
            self._snapshot_due = now() + ANSWER_S

    async def _ping(self, socket: ClientConnection) -> None:
        """Ask the line how slow it is; the answer comes the same way as data, behind what was sent before it."""
        moment, lateness = now(), self._lateness
        if moment - self._pinged_at < PING_S:
            return
        self._pinged_at = moment
        pong = asyncio.ensure_future(await socket.ping())

        def answered(done: asyncio.Future[float]) -> None:
            if not done.cancelled() and done.exception() is None:
                lateness.answered(moment)

        pong.add_done_callback(answered)

    # ── proof of life ────────────────────────────────────────────────────────────────────────────────────────────────

    def _proved(self, beat: wire.BeatParams) -> None:
        late_s, at_most_s = self._lateness.of(beat.sent_ms)
        if at_most_s > self._liveness_s:
            seconds = round(min(at_most_s, 999.0))
            text = "the line is too slow: what arrives may be {seconds} s old"
            self._tell("stale", said("line.slow", text, seconds=seconds))
            return
        self._proved_at = now() - late_s
        self._had_data, self._ended_by = True, ""
        if self._live_since is None:
            self._live_since = now()
        elif now() - self._live_since >= SETTLED_S:
            self._attempt = 0
        self._handler.on_beat(_arrived(beat, late_s))
        self._next_retry_s = None
        self._tell("live", "")

    def _without_proof(self) -> LinkState:
        """What to call a link that is not live: old data is there, or nothing yet, or nothing that is old already."""
        return "stale" if self._had_data and now() - self._proved_at > self._liveness_s else "connecting"

    def _not_yet(self, reason: str) -> None:
        """There is nothing to prove, and this is why; what was proved a moment ago stays so for its three seconds."""
        if self.state == "live":
            self._reason = reason
        else:
            self._tell(self._without_proof(), reason)

    async def _watch(self) -> None:
        """Three seconds without a proof are stale; three without any frame, or five without a page, are a dead line."""
        checked_at = now()
        while True:
            await asyncio.sleep(WATCH_S)
            moment = now()
            asleep, checked_at = moment - checked_at > 1.0, moment
            if self.state in ("live", "connecting") and self._without_proof() == "stale":
                self._tell("stale", self._reason or f"no proof of life from {self.url} for {self._liveness_s:g} s")
            if self._socket is None or asleep:  # frames may lie ready that this process had no chance to read
                continue
            silent = self.session is not None and moment - self._heard_at > self._liveness_s
            if silent or (self._snapshot_due is not None and moment > self._snapshot_due):
                log.info("giving up a dead line to %s", self.url)
                self._socket.transport.abort()

    def _tell(self, state: LinkState, reason: str) -> None:
        if state == self.state == "live":
            return
        if state != "live":
            self._live_since = None
        self.state, self._reason = state, reason
        self._handler.on_state(state, self._attempt, self._next_retry_s, reason)


def _arrived(beat: wire.BeatParams, late_s: float) -> wire.BeatParams:
    """A beat as of its arrival: the sources' proofs have grown older on the way, and the floor's time has gone on."""
    late_ms = int(late_s * 1000)
    sources = [msgspec.structs.replace(one, age_ms=one.age_ms + late_ms) for one in beat.sources]
    return msgspec.structs.replace(beat, now=beat.now + round(late_ms * beat.pace), sources=sources)
