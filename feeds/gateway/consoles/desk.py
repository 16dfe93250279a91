"""One console's conversation with the gateway: hello, then requests, one after the other."""

from __future__ import annotations

import asyncio
import logging
import socket
import time
from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path
from typing import Final, TypeVar

import msgspec
from msgspec import Struct
from websockets.asyncio.server import ServerConnection
from websockets.exceptions import ConnectionClosed

from feeds import wire
from feeds.gateway import refusals
from feeds.gateway.consoles.abreast import Abreast
from feeds.gateway.consoles.services import Services
from feeds.gateway.credentials import Pass
from feeds.gateway.ordering.giver import Giver
from feeds.gateway.ordering.orders import about
from feeds.gateway.publishing.pump import Subscriber
from feeds.gateway.publishing.sound import Line
from feeds.gateway.refusals import refusal
from feeds.log.base import LogError
from feeds.requests import (
    AgentParams,
    CallsParams,
    HelloParams,
    HelloResult,
    HistoryParams,
    JournalParams,
    OrderParams,
    Scope,
    ShiftParams,
    ViewRequest,
)  # fmt: skip
from feeds.rules.access import Audience, audience
from feeds.said import said

log = logging.getLogger("feeds.gateway.consoles.desk")

T = TypeVar("T")

HELLO_S: Final = 5.0
SEND_BUFFER: Final = 64 * 1024
UNSENT: Final = 16 * 1024
"""Bytes that may lie unsent in the kernel: what a console gets is composed late, not queued early."""
VANISHED_MS: Final = 10_000
WAITING: Final = 4
TELL_S: Final = 1.0
"""Whoever waits for an answer hears so often how far it is."""
"""Requests of a console that may wait for those before them."""
_APART: Final = frozenset({"seat", "call"})
"""Features whose orders for different things have nothing to do with one another."""
Reply = bytes
Act = Callable[[], Awaitable[Reply]]


class _Shown(Struct, frozen=True):
    """The token of a hello, whatever else is wrong with it."""

    token: str = ""


class Desk:
    """A connection, from the first frame to the last."""

    def __init__(self, services: Services, connection: ServerConnection) -> None:
        self.services = services
        self.connection = connection
        self.credential: Pass | None = None
        self.subscriber: Subscriber | None = None
        self.name = "{}:{}".format(*(connection.remote_address or ("?", 0))[:2])
        self.line = Line(connection, self.name)
        self._wanted: ViewRequest | None = None
        self._dismissed = False
        self._unread = ""
        """Why the log could not be read when it was last asked for something."""
        self._methods: dict[str, Callable[[wire.Request], Awaitable[Reply]]] = {
            "resync": self._resync,
            "view": self._view,
        }
        self._questions: dict[str, Callable[[wire.Request, Audience], Awaitable[Reply]]] = {
            "history": partial(self._told, HistoryParams, services.archive.history),
            "calls": partial(self._told, CallsParams, services.archive.calls),
            "agent": partial(self._told, AgentParams, services.agents.agent),
            "shift": partial(self._told, ShiftParams, services.shifts.shift),
            "journal": partial(self._told, JournalParams, services.shifts.journal),
        }

    async def attend(self) -> None:
        """Serve the console until it leaves or is sent away."""
        tune(self.connection)
        try:
            if not await self._welcome():
                return
            async with asyncio.TaskGroup() as both:
                requests: asyncio.Queue[tuple[str, float]] = asyncio.Queue(WAITING)
                both.create_task(self._answer(requests, both), name="desk answers")
                while True:
                    data = await self.connection.recv()
                    if self._dismissed:  # until the goodbye is answered more may come in
                        continue
                    if isinstance(data, str):
                        await requests.put((data, time.monotonic()))
                    else:
                        # At once: an order may take a second, and whoever whispers meanwhile is not to falter.
                        self.services.orders.listening.said(self.line, data)
        except* ConnectionClosed:
            pass
        except* wire.MalformedFrame as group:
            error = group.exceptions[0]
            log.info("sending %s away: %s", self.name, error)
            await self.connection.close(wire.MALFORMED, _short(str(error)))
        finally:
            self.services.orders.listening.lose(self.line)
            if self.subscriber is not None:
                self.services.pump.remove(self.subscriber)

    async def _answer(self, requests: asyncio.Queue[tuple[str, float]], tasks: asyncio.TaskGroup) -> None:
        """Attend to one request after the other, but to orders for different seats and calls side by side.

        An order may take a second until it is answered: of twenty seats the last one would not wait for the others.
        Nor does an order wait for the answer to a question, which on a large floor takes as long.
        """
        abreast = Abreast(tasks)
        asked: asyncio.Queue[tuple[wire.Request, Act]] = asyncio.Queue(WAITING)
        tasks.create_task(self._tell(asked), name="desk tells")
        while True:
            data, came = await requests.get()
            if self._dismissed:
                continue
            request = _request(data)
            if request.method == "order":
                await abreast.begin(self._subject(request), partial(self._order, request, came))
            elif request.method in self._questions:
                # For whom it was asked: the view may be another when its turn comes.
                await asked.put((request, partial(self._questions[request.method], request, self.audience())))
            else:
                method = self._methods.get(request.method, self._unknown)
                await self._send(request, await self._attend_to(request, partial(method, request)))

    async def _tell(self, asked: asyncio.Queue[tuple[wire.Request, Act]]) -> None:
        """Answer one question after the other."""
        while True:
            request, act = await asked.get()
            if not self._dismissed:
                await self._send(request, await self._answered(request, act))

    async def _answered(self, request: wire.Request, act: Act) -> Reply:
        """The answer to a question; until it is there, each second, how much of the past is read for it."""
        answering = asyncio.create_task(self._attend_to(request, act), name="desk reads")
        try:
            while not (await asyncio.wait([answering], timeout=TELL_S))[0]:
                share = self.services.archive.reading
                if share is not None and request.id is not None:
                    await self.connection.send(wire.reading(wire.ReadingParams(request.id, share)), text=True)
            return answering.result()
        finally:
            answering.cancel()

    async def _send(self, request: wire.Request, reply: Reply) -> None:
        if reply and request.id is not None:
            await self.connection.send(reply, text=True)

    # ── hello ────────────────────────────────────────────────────────────────────────────────────────────────────────

    async def _welcome(self) -> bool:
        try:
            async with asyncio.timeout(HELLO_S):
                request = _request(await self.connection.recv())
        except TimeoutError:
            await self.connection.close(wire.UNAUTHENTICATED, "no hello within five seconds")
            return False
        if request.method != "hello":
            reason = said("hello.first", "the first frame must be hello")
            await self._send_away(request, wire.UNAUTHENTICATED, _unknown(reason))
            return False
        hello = _params(request, HelloParams)
        if isinstance(hello, wire.ErrorBody):
            await self._send_away(request, wire.MALFORMED, self._mistyped(request, hello))
            return False
        found = self.services.credentials.find(hello.token)
        if found is None:
            log.info("unknown token from %s", self.name)
            reason = said("hello.unknown_token", "this gateway does not know the token")
            await self._send_away(request, wire.UNAUTHENTICATED, _unknown(reason))
            return False
        ended = self.services.credentials.refusal(found)
        if ended is not None:
            await self._send_away(request, wire.REVOKED, _unknown(ended))
            return False
        self.services.door.left(self.connection)
        self.credential, self._wanted = found, hello.view
        await self._begin(request, hello)
        return True

    def _mistyped(self, request: wire.Request, error: wire.ErrorBody) -> wire.ErrorBody:
        """What a hello that does not fit is told: with a good token, another token would not mend it."""
        why = said("hello.unfit", "{why}", why=error.message)
        shown = _params(request, _Shown)
        if isinstance(shown, _Shown) and self.services.credentials.find(shown.token) is None:
            return _unknown(why)
        return refusal(error.code, why, "protocol")

    async def _send_away(self, request: wire.Request, code: int, error: wire.ErrorBody) -> None:
        await self.connection.send(wire.refusal(request.id, error), text=True)
        await self.connection.close(code, _short(error.message))

    def audience(self) -> Audience:
        """Who this console belongs to: its credential, narrowed to what it wants to see."""
        assert self.credential is not None
        return audience(self.services.site, self.credential.role, self.credential.token, self._wanted)

    async def _begin(self, request: wire.Request, hello: HelloParams) -> None:
        assert self.credential is not None
        services, credential = self.services, self.credential
        services.engine.session.hub.absorb()
        view = services.views.of(self.audience())
        hub, resume = view.hub, hello.resume
        resumed = (
            resume is not None
            and resume.epoch == hub.epoch
            and resume.view in ("", view.fingerprint)
            and hub.resumable(view.viewer, resume.rev)
        )
        token, role = credential.token, credential.role
        welcome = HelloResult(
            epoch=hub.epoch, rev=hub.rev, role=role.id, rights=list(role.rights),
            scope=Scope(list(token.teams), list(token.vendors), list(token.queues)), masked=role.masked,
            beat_ms=services.beat_ms, now=services.engine.now(), resumed=resumed, view=view.fingerprint,
            sound_rate=services.orders.listening.rate, shared=token.shared, by=token.id,
            role_zh=role.name.zh, role_en=role.name.en,
        )  # fmt: skip
        await self.connection.send(wire.answer(request.id, welcome), text=True)
        view = services.views.of(self.audience())  # the epoch may have changed while the welcome was on its way
        subscriber = self.subscriber = self.line.subscriber = Subscriber(self.connection, view, self.name)
        if resumed and resume is not None and view.hub is hub:
            subscriber.resume(resume.rev)
        else:
            subscriber.show_all(view)
        log.info("%s is %s (%s), %s", self.name, token.id, role.id, "resumed" if resumed else "from the start")
        services.pump.add(subscriber)

    # ── requests ─────────────────────────────────────────────────────────────────────────────────────────────────────

    async def _attend_to(self, request: wire.Request, act: Act) -> Reply:
        while True:
            session = self.services.engine.session
            try:
                return await act()
            except LogError as error:  # the floor goes on, so does whoever asks for something else than what is damaged
                if session is self.services.engine.session:
                    return self._unreadable(request, error)
            # Somebody moved the floor to another moment, and its log was closed meanwhile: of where it is now.

    async def _unknown(self, request: wire.Request) -> Reply:
        text = "this gateway does not know the method '{method}'"
        message = said("question.method", text, method=_short(request.method, 40))
        return wire.refusal(request.id, refusal(refusals.UNKNOWN_METHOD, message, "protocol"))

    def _unreadable(self, request: wire.Request, error: LogError) -> Reply:
        """What a request is told for which the log would have to be read where it cannot be."""
        where, colon, why = str(error).partition(": ")
        detail = f"{Path(where).name}{colon}{why}"  # consoles need no folders of ours
        if detail != self._unread:
            log.warning("%s cannot be told of the past: %s", self.name, error)
        self._unread = detail
        text = said("question.unreadable", "{detail}", detail=detail)
        return wire.refusal(request.id, refusal(refusals.FAILED, text, f"{request.method}.log"))

    async def _resync(self, request: wire.Request) -> Reply:
        assert self.subscriber is not None
        self.subscriber.show_all(self.services.views.of(self.audience()))
        self.services.pump.notify()
        return wire.answer(request.id, {})

    async def _view(self, request: wire.Request) -> Reply:
        assert self.subscriber is not None
        wanted = _params(request, ViewRequest)
        if isinstance(wanted, wire.ErrorBody):
            return wire.refusal(request.id, wanted)
        self._wanted = wanted
        view = self.services.views.of(self.audience())
        await self.connection.send(wire.answer(request.id, {"view": view.fingerprint}), text=True)
        self.subscriber.show_all(self.services.views.of(self.audience()))
        self.services.pump.notify()
        return b""

    def _subject(self, request: wire.Request) -> str:
        """The seat or the call that an order is for, else its feature: switches, say, depend on one another.

        Whatever is wrong with it is said by whoever carries it out.
        """
        params = _params(request, OrderParams)
        if isinstance(params, wire.ErrorBody):
            return ""
        feature = params.name.partition(".")[0]
        if feature not in _APART:
            return feature
        taken_back = self.services.engine.session.floor.state.orders.get(str(params.args.get("order", "")))
        return about(params.args) or (taken_back.about if taken_back is not None else "") or feature

    async def _order(self, request: wire.Request, came: float) -> None:
        """Carry out an order that came at a monotonic second, and answer it."""
        assert self.credential is not None
        if self._dismissed:
            return
        params = _params(request, OrderParams)
        if isinstance(params, wire.ErrorBody):
            reply = wire.refusal(request.id, params)
        else:
            giver = Giver(self.credential, self.audience(), self.line, sent_away=lambda: self._dismissed)
            reply = _reply(request, await self.services.orders.give(giver, params, came))
        await self._send(request, reply)

    async def _told(
        self, form: type[T], tell: Callable[[Audience, T], Awaitable[msgspec.Struct]], request: wire.Request,
        viewer: Audience,
    ) -> Reply:  # fmt: skip
        """What is told of the past to whoever asks with parameters of that form."""
        params = _params(request, form)
        if isinstance(params, wire.ErrorBody):
            return wire.refusal(request.id, params)
        return _reply(request, await tell(viewer, params))

    # ── what the gateway does to it ──────────────────────────────────────────────────────────────────────────────────

    def show_epoch(self) -> None:
        """Another epoch has begun: everything anew."""
        if self.subscriber is not None:
            self.subscriber.show_all(self.services.views.of(self.audience()))

    async def dismiss(self, code: int, reason: str) -> None:
        """Send nothing more, do nothing more of what it asks, and close."""
        self._dismissed = True
        self.services.orders.listening.leave(self.line, reason)
        if self.subscriber is not None:
            self.services.pump.remove(self.subscriber)
        await self.connection.close(code, _short(reason))


def tune(connection: ServerConnection) -> None:
    """Keep little in the kernel: what waits there is old before it is read. Linux knows all of it, others a part."""
    raw = connection.transport.get_extra_info("socket")
    wanted = [(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1), (socket.SOL_SOCKET, socket.SO_SNDBUF, SEND_BUFFER)]
    for name, value in (("TCP_NOTSENT_LOWAT", UNSENT), ("TCP_USER_TIMEOUT", VANISHED_MS)):
        if hasattr(socket, name):
            wanted.append((socket.IPPROTO_TCP, getattr(socket, name), value))
    for level, option, value in wanted:
        try:
            raw.setsockopt(level, option, value)
        except OSError as error:
            log.debug("socket option %d is not possible here: %s", option, error)


def _request(data: str | bytes) -> wire.Request:
    if isinstance(data, bytes):
        raise wire.MalformedFrame("the first frame must be text")
    return wire.decode_request(data)


def _params(request: wire.Request, form: type[T]) -> T | wire.ErrorBody:
    try:
        return wire.decode_params(request, form)
    except wire.MalformedFrame as error:
        return refusal(refusals.BAD_PARAMETERS, str(error), "protocol")


def _unknown(reason: str) -> wire.ErrorBody:
    return refusal(refusals.UNAUTHENTICATED, reason, "hello", "reauth")


def _reply(request: wire.Request, found: msgspec.Struct) -> Reply:
    if isinstance(found, wire.ErrorBody):
        return wire.refusal(request.id, found)
    return wire.answer(request.id, found)


def _short(reason: str, most: int = 110) -> str:
    """Fit for a closing frame, which holds 123 bytes."""
    return reason.encode()[:most].decode(errors="ignore")
