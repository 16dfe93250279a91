"""The gateway's door: listens, seats every console at a desk, beats, and shows out whose right has ended."""

from __future__ import annotations

import asyncio
import logging
import ssl
import time
from pathlib import Path
from typing import Any, Final

from websockets.asyncio.server import ServerConnection
from websockets.typing import Subprotocol

from config.certificates import load_pair
from config.schema import Site
from feeds import wire
from feeds.gateway.asking.agents import Agents
from feeds.gateway.asking.archive import Archive
from feeds.gateway.asking.beside import Beside
from feeds.gateway.asking.shifts import Shifts
from feeds.gateway.books.store import Store
from feeds.gateway.consoles.desk import Desk
from feeds.gateway.consoles.door import Door, Overcrowded, doorway, most_silent
from feeds.gateway.consoles.entrance import Entrance
from feeds.gateway.consoles.services import Services
from feeds.gateway.credentials import Credentials
from feeds.gateway.ordering.layouts import Layouts
from feeds.gateway.ordering.orders import Orders
from feeds.gateway.publishing.hub import Hub
from feeds.gateway.publishing.pump import Pump
from feeds.gateway.publishing.views import View, Views
from feeds.gateway.running.engine import Engine
from feeds.sources.tapping import tapper_of

log = logging.getLogger("feeds.gateway")

BEAT_S: Final = 1.0
CLOSING_S: Final = 1.0
OPENING_S: Final = 5.0
"""How long a guest has for the handshake of TLS, and again for that of the feed."""


class GatewayError(Exception):
    """The gateway cannot be opened; the message says what to do."""


def cannot_listen(host: str, port: int, error: OSError) -> GatewayError:
    """What to say and do when an address cannot be listened on."""
    return GatewayError(
        f"cannot listen on {host}:{port} ({error.strerror or error}); is another gateway running there? "
        "Choose another address with --listen"
    )


def tls_of(site: Site, folder: Path) -> ssl.SSLContext | None:
    """What consoles are served with over TLS, None where the site names no certificate. Raises GatewayError."""
    settings = site.gateway
    if not settings.certificate:
        return None
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    files = {"certificate": settings.certificate, "private_key": settings.private_key or settings.certificate}
    unfit = load_pair(context, *(folder / file for file in files.values()))
    if unfit is not None:
        raise GatewayError(
            f"TLS cannot be used: {folder / files[unfit.part]} {unfit.why}; see `gateway:` in the site folder"
        )
    return context


class Gateway:
    """Serves one engine's floor to consoles. `folder` is the site folder: its tokens are watched, its keys read."""

    def __init__(self, site: Site, engine: Engine, store: Store, folder: Path | None = None) -> None:
        self._layouts = layouts = Layouts(engine, folder, store.path.parent)
        pump = Pump(site.gateway.frame_ms / 1000, self._beat, engine.catching_up, lambda: engine.fastest)
        beside = Beside()
        self.services = Services(
            site=site, engine=engine, credentials=Credentials(site, folder),
            orders=Orders(engine, store, tapper_of(engine.source), layouts), archive=Archive(engine, beside),
            shifts=Shifts(engine, beside), agents=Agents(engine, beside), pump=pump, views=Views(engine.session.hub),
            door=Door(most_silent()), beat_ms=int(BEAT_S * 1000),
        )  # fmt: skip
        self._folder = folder
        self._desks: set[Desk] = set()
        self._entrance: Entrance | None = None
        self._overcrowded: Overcrowded | None = None
        self._tasks: list[asyncio.Task[None]] = []
        engine.connect(self._published, pump.notify, pump.proved)

    @property
    def address(self) -> tuple[str, int]:
        """Where the gateway listens: host and port."""
        assert self._entrance is not None
        return self._entrance.address

    @property
    def consoles(self) -> int:
        """How many consoles are served."""
        return len(self.services.pump.subscribers)

    async def start(self, host: str, port: int) -> None:
        """Open the door, then let the floor run. Raises GatewayError."""
        tls = tls_of(self.services.site, self._folder or Path())
        # No door counts a guest before that handshake is over: asyncio's minute for it would fill the gateway's files.
        at_once: dict[str, Any] = {} if tls is None else {"ssl_handshake_timeout": OPENING_S}
        entrance = Entrance(
            self._seat, ssl=tls, subprotocols=[Subprotocol(wire.SUBPROTOCOL)], compression=None,
            max_size=wire.INBOUND_LIMIT, max_queue=4, ping_interval=None, open_timeout=OPENING_S,
            close_timeout=CLOSING_S, server_header=None, create_connection=doorway(self.services.door), **at_once,
        )  # fmt: skip
        self._overcrowded = Overcrowded(asyncio.get_running_loop())
        try:
            await entrance.open(host, port)
        except OSError as error:
            raise cannot_listen(host, port, error) from error
        self._entrance = entrance
        self.services.engine.start()
        await self.services.orders.begin()
        await self._layouts.begin()
        self._tasks = [
            asyncio.create_task(entrance.watch(), name="gateway entrance"),
            asyncio.create_task(self._beats(), name="gateway beats"),
            asyncio.create_task(self._watch_credentials(), name="gateway credentials"),
            asyncio.create_task(self._watch_expiry(), name="gateway expiry"),
            asyncio.create_task(self._watch_layout(), name="gateway layout"),
        ]
        log.info("listening on %s:%d, %s", *self.address, "with TLS" if tls else "without TLS")

    async def stop(self) -> None:
        """Close the door: consoles are told to come back (1012), the log is closed whole."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self.services.orders.listening.close()
        self.services.pump.close()
        if self._entrance is not None:
            await self._entrance.close(wire.RESTART, "the gateway restarts")
        await self.services.orders.close()
        await self.services.engine.stop()
        if self._overcrowded is not None:
            self._overcrowded.close()

    # ── consoles ─────────────────────────────────────────────────────────────────────────────────────────────────────

    async def _seat(self, connection: ServerConnection) -> None:
        desk = Desk(self.services, connection)
        self._desks.add(desk)
        try:
            await desk.attend()
        except Exception:
            log.exception("the conversation with %s failed", desk.name)
            raise
        finally:
            self._desks.discard(desk)

    def _published(self, hub: Hub) -> None:
        """Another epoch: everybody gets it from the start."""
        self.services.views = Views(hub)
        self.services.pump.publish(hub.absorb)
        for desk in list(self._desks):
            desk.show_epoch()
        self.services.pump.notify()

    async def _watch_credentials(self) -> None:
        while True:
            await self.services.credentials.changed()
            await self._show_out()

    async def _watch_expiry(self) -> None:
        while True:
            await asyncio.sleep(BEAT_S)
            await self._show_out()

    async def _watch_layout(self) -> None:
        # By itself: a layout is told as a fact, which waits for room on a full disk, and no right may outlive that.
        while True:
            await asyncio.sleep(BEAT_S)
            await self._layouts.look()

    async def _show_out(self) -> None:
        """Close on whoever has lost the right to be here, or has another right now."""
        leaving = []
        for desk in list(self._desks):
            if desk.credential is None:
                continue
            current = self.services.credentials.now(desk.credential.token.id)
            reason = "the token was removed" if current is None else self.services.credentials.refusal(current)
            if reason is not None:
                leaving.append(desk.dismiss(wire.REVOKED, reason))
            elif current != desk.credential:
                leaving.append(desk.dismiss(wire.RESTART, "the token's rights have changed"))
        await asyncio.gather(*leaving, return_exceptions=True)

    # ── beats ────────────────────────────────────────────────────────────────────────────────────────────────────────

    async def _beats(self) -> None:
        loop = asyncio.get_running_loop()
        due = loop.time()
        while True:
            due = max(due + BEAT_S, loop.time() + BEAT_S / 2)
            await asyncio.sleep(due - loop.time())
            pump = self.services.pump
            self.services.views.keep({subscriber.view for subscriber in pump.subscribers})
            pump.beat()

    def _beat(self, view: View) -> wire.BeatParams:
        engine = self.services.engine
        return wire.BeatParams(
            epoch=view.hub.epoch, rev=view.hub.rev, digest=view.digest(), now=engine.now(), sources=engine.sources(),
            pace=engine.pace, sent_ms=int(time.monotonic() * 1000), seeking=engine.seeking,
            fastest=engine.fastest,
        )  # fmt: skip
