"""`main.py gateway`: serves a floor from a source, until it is told to stop."""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import errno
import gc
import logging
import os
import signal
import socket
import sys
import threading
import time
from collections.abc import Sequence
from pathlib import Path

from config.arguments import file_name, site_name
from config.asterisk_secret import SecretError, asterisk_secret
from config.environment.folders import data_folder
from config.load import folder_of, load
from config.mistakes import SiteError
from config.schema import Site
from config.tokens import DEMO_TOKENS, find_token
from feeds.gateway import control
from feeds.gateway.books.chain import FILE
from feeds.gateway.books.store import Store, StoreError
from feeds.gateway.consoles.door import open_more_files
from feeds.gateway.consoles.serve import Gateway, GatewayError, cannot_listen, tls_of
from feeds.gateway.consoles.vestibule import Vestibule
from feeds.gateway.moments import moment, speed, spoken
from feeds.gateway.running.engine import Engine
from feeds.gateway.running.playing import open_engine
from feeds.gateway.running.shelf import Wish, held
from feeds.log.base import LogError
from feeds.sources.base import SourceError, WishError

log = logging.getLogger("feeds.gateway.command")

USAGE, FAILED = 2, 1
LOOK_S = 0.05


def main(arguments: Sequence[str]) -> int:
    """Run the command: 0 when it was done, 1 when it could not be, 2 when it makes no sense."""
    if arguments and arguments[0] == "control":
        return control.main(arguments[1:])
    options = parser().parse_args(arguments)
    logging.basicConfig(
        level=logging.DEBUG if options.verbose else logging.INFO,
        format="%(asctime)s %(levelname)s %(name)s: %(message)s",
    )
    logging.getLogger("websockets").setLevel(logging.WARNING)
    open_more_files()
    try:
        folder = folder_of(options.site)
        site = load(folder)
        host, port = _address(site.gateway.listen if options.listen is None else options.listen)
        _check_tokens(site, host)
        asyncio.run(_serve(site, folder, options, host, port))
    except WishError as error:
        sys.stderr.write(f"gateway: {error}\n")
        return USAGE
    except SiteError as error:
        sys.stderr.write(f"{error}\n")
        return FAILED
    except (GatewayError, SecretError, SourceError, LogError, StoreError, ValueError) as error:
        sys.stderr.write(f"gateway: {error}\n")
        return FAILED
    except KeyboardInterrupt:
        return 0
    return 0


def parser() -> argparse.ArgumentParser:
    """What the command understands."""
    found = argparse.ArgumentParser(
        prog="main.py gateway",
        description="Publishes a floor's feed. `gateway control --help` tells how to move one in time.",
    )
    found.add_argument("--site", type=site_name, default="demo", help="a shipped site's name or a site folder (demo)")
    found.add_argument("--source", default="simulator", help="simulator, recorded:FILE, asterisk, or ami-capture:FILE")
    found.add_argument(
        "--listen", metavar="HOST:PORT", help="where to listen (the site's own setting); port 0 picks one"
    )
    found.add_argument("--at", metavar="TIME", help="floor time to begin at: 10:30 or 2024-02-29T10:30")
    found.add_argument(
        "--until", metavar="TIME", help="stop when floor time gets there; `end`: when the source has ended"
    )
    found.add_argument("--speed", type=speed, default=1.0, help="floor seconds per second: 1 to 600, or max")
    found.add_argument("--seed", type=int, default=1, help="which of the possible days the simulator plays (1)")
    found.add_argument("--scenario", default="normal", help="what happens on the simulated floor (normal)")
    found.add_argument(
        "--capture",
        metavar="FILE",
        type=file_name,
        help="write what Asterisk says into a file too (numbers of callers too)",
    )
    found.add_argument("--data", type=file_name, help="folder for the log and the audit")
    found.add_argument("--fresh", action="store_true", help="begin anew instead of going on where it stopped")
    found.add_argument(
        "--until-input-ends", action="store_true", help="stop when the standard input ends: with whoever started it"
    )
    found.add_argument("--verbose", action="store_true", help="say more on the standard error stream")
    return found


def _address(text: str) -> tuple[str, int]:
    host, _, port = text.rpartition(":")
    if not host or not (port.isascii() and port.isdigit()) or int(port) > 65535:
        raise WishError(f"--listen {text}: this is not HOST:PORT; write for example 127.0.0.1:8765")
    return host.strip("[]"), int(port)


def at_address(host: str, port: int) -> str:
    """Host and port as an address has them: an IPv6 host in brackets."""
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


def _check_tokens(site: Site, host: str) -> None:
    """The practice tokens of the demo site are known to everybody, so they stay on this machine."""
    if host in ("localhost", "::1") or host.startswith("127."):
        return
    public = [found.id for text in DEMO_TOKENS if (found := find_token(text, site.tokens)) and not found.revoked]
    if public:
        raise GatewayError(
            f"the tokens {', '.join(public)} are public, so this site is served on 127.0.0.1 only; make tokens of your "
            "own with `main.py check SITE --new-token ROLE`"
        )


async def _serve(site: Site, folder: Path, options: argparse.Namespace, host: str, port: int) -> None:
    for option, text in (("--at", options.at), ("--until", None if options.until == "end" else options.until)):
        try:
            if text is not None:
                moment(text, site.zone, int(time.time() * 1000))
        except ValueError as error:
            raise WishError(f"{option}: {error}") from error
    data = options.data or data_folder() / "gateway" / site.id
    try:
        data.mkdir(mode=0o700, parents=True, exist_ok=True)  # the log holds whole numbers of customers
    except OSError as error:
        raise GatewayError(f"{data} cannot be made ({error.strerror}); choose another folder with --data") from error
    _check_free(host, port)
    wish = Wish(options.source, options.at, options.speed, options.seed, options.scenario, options.fresh)
    with held(data), contextlib.closing(Store(data / FILE)) as store:
        with Vestibule(host, port, tls_of(site, folder)) as vestibule:  # who comes learns how far a long log is read
            engine = open_engine(
                site, wish, data, store, lambda: _secret(folder, site), options.capture, vestibule.progress
            )  # fmt: skip
        gateway = Gateway(engine.session.site, engine, store, folder)
        await _run(gateway, engine, host, port, options)


def _check_free(host: str, port: int) -> None:
    """Find a port in use before a new log is made; whatever else is wrong is found when the door is opened."""
    if not port:
        return
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
        for family, kind, protocol, _, address in found:
            with contextlib.closing(socket.socket(family, kind, protocol)) as probe:
                if os.name == "posix":  # as the server does: what a closed one left behind is no hindrance
                    probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                if family == socket.AF_INET6:
                    probe.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
                probe.bind(address)
                probe.listen()
    except OSError as error:
        if error.errno in (errno.EADDRINUSE, errno.EACCES):
            raise cannot_listen(host, port, error) from error


async def _run(gateway: Gateway, engine: Engine, host: str, port: int, options: argparse.Namespace) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        try:
            loop.add_signal_handler(number, stop.set)
        except NotImplementedError:  # Windows: an interrupt arrives as KeyboardInterrupt
            # And no handler of SIGBREAK, which Windows raises in a service too when anybody at all logs off.
            log.debug("signal %s cannot be handled in the loop here", number)
    if options.until_input_ends:
        threading.Thread(target=_wait_for_input_end, args=(loop, stop), daemon=True, name="input").start()
    try:
        await gateway.start(host, port)
        scheme = "wss" if gateway.services.site.gateway.certificate else "ws"
        sys.stdout.write(f"listening on {scheme}://{at_address(*gateway.address)}\n")
        sys.stdout.flush()
        gc.collect()
        gc.freeze()  # the site and the code never become garbage; looking at them again and again costs frames
        await _until(stop, engine, options.until)
    finally:
        await gateway.stop()


def _wait_for_input_end(loop: asyncio.AbstractEventLoop, stop: asyncio.Event) -> None:
    """A pipe ends with the process at its other end, however that went: the only word that works everywhere."""
    while os.read(sys.stdin.fileno(), 4096):  # a buffered read would hold its lock and abort Python when it ends before
        pass
    with contextlib.suppress(RuntimeError):  # the loop has ended by itself
        loop.call_soon_threadsafe(stop.set)


async def _until(stop: asyncio.Event, engine: Engine, until: str | None) -> None:
    if until is None:
        await stop.wait()
        return
    zone, begin = engine.session.site.zone, engine.session.floor.now
    end = None if until == "end" else moment(until, zone, engine.clock.now())
    if end is not None and begin >= end:
        text = "the floor is at %s already, nothing is played up to %s (--until); a time without a day is of that day"
        log.warning(text, spoken(begin, zone), spoken(end, zone))
    while not stop.is_set():
        if engine.ended.is_set() or (end is not None and engine.session.floor.now >= end):
            return
        await asyncio.sleep(LOOK_S)


def _secret(folder: Path, site: Site) -> str:
    return asterisk_secret(folder, site.asterisk) if site.asterisk is not None else ""
