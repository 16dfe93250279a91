"""`main.py gateway control`: pauses, speeds up, moves and questions a gateway's replay."""

from __future__ import annotations

import argparse
import asyncio
import logging
import math
import os
import secrets
import ssl
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from config.arguments import file_name
from config.reading import CERTIFICATES, credential, whole
from feeds.addresses import FORM, USUAL, is_address
from feeds.client import FeedClient, FeedError, LinkState
from feeds.entities import AnyEntity, SiteInfo
from feeds.gateway.moments import moment, written
from feeds.gateway.moments import speed as speed_of
from feeds.requests import OrderParams, OrderResult
from feeds.wire import BeatParams

FAILED, USAGE = 1, 2
CONNECT_S = 10.0


def main(arguments: Sequence[str]) -> int:
    """Run the command: 0 when it was done, 1 when it could not be, 2 when it makes no sense."""
    options = parser().parse_args(arguments)
    logging.basicConfig(level=logging.ERROR)
    try:
        if options.act == "seek":
            moment(options.to, "UTC", 0)
    except ValueError as error:
        sys.stderr.write(f"gateway control: {error}\n")
        return USAGE
    try:
        return asyncio.run(_control(options))
    except (FeedError, ValueError, OSError) as error:
        sys.stderr.write(f"gateway control: {error}\n")
        return FAILED


def parser() -> argparse.ArgumentParser:
    """What the command understands."""
    found = argparse.ArgumentParser(prog="main.py gateway control", description="Moves a gateway's floor in time.")
    found.add_argument(
        "--gateway", type=_address, default=USUAL, metavar="URL", help="ws://HOST:PORT or wss://HOST:PORT"
    )
    found.add_argument(
        "--token-file", type=file_name, help="a file that holds the token (else WATCHFLOOR_TOKEN is read)"
    )
    found.add_argument("--certificate", type=file_name, help="trust this certificate of a wss gateway")
    acts = found.add_subparsers(dest="act", required=True)
    acts.add_parser("status", help="floor time, speed and sources")
    acts.add_parser("pause", help="let floor time stand still")
    acts.add_parser("resume", help="go on as fast as before")
    speed = acts.add_parser("speed", help="go on faster or slower")
    speed.add_argument("speed", type=speed_of, help="1 to 600, or max")
    seek = acts.add_parser("seek", help="go to another moment of a recording")
    seek.add_argument("to", metavar="TIME", help="10:30 (of the day shown) or 2024-02-29T10:30")
    return found


def _address(text: str) -> str:
    if not is_address(text):
        raise argparse.ArgumentTypeError(f"{text!r} is not an address of a gateway; write {FORM}")
    return text


class _Watcher:
    """Keeps what the feed last said that this command needs."""

    def __init__(self) -> None:
        self.site: SiteInfo | None = None
        self.beat: BeatParams | None = None
        self.trouble = ""
        self.news = asyncio.Event()

    def on_snapshot(self, entities: list[AnyEntity]) -> None:
        self.site = next((entity for entity in entities if isinstance(entity, SiteInfo)), None)

    def on_changed(self, entities: list[AnyEntity], gone: list[str]) -> None:
        pass

    def on_beat(self, beat: BeatParams) -> None:
        self.beat = beat
        self.news.set()

    def on_state(self, state: LinkState, attempt: int, next_retry_s: float | None, reason: str) -> None:
        if state != "live" and attempt:
            self.trouble = reason
            self.news.set()

    async def next_beat(self) -> BeatParams:
        """The next proof. Raises FeedError when there is none."""
        self.beat, self.trouble = None, ""
        while self.beat is None:
            self.news.clear()
            try:
                async with asyncio.timeout(CONNECT_S):
                    await self.news.wait()
            except TimeoutError:
                raise FeedError("the gateway says nothing") from None
            if self.trouble and self.beat is None:
                raise FeedError(self.trouble)
        return self.beat


def _token(file: Path | None) -> str:
    """The token of a file, or of the environment. Raises ValueError with what to do when there is none."""
    if file is None:
        token = os.environ.get("WATCHFLOOR_TOKEN", "").strip()
        if not token:
            raise ValueError("no token: name a file that holds one with --token-file, or set WATCHFLOOR_TOKEN")
        return token
    try:
        token = credential(file).decode("utf-8-sig").strip()
    except OSError as error:
        raise ValueError(f"the token file {file} cannot be read: {error.strerror or error}") from error
    except UnicodeError as error:
        raise ValueError(f"the token file {file} is not text in UTF-8: write the token into it again") from error
    if not token:
        raise ValueError(f"the token file {file} is empty")
    return token


def _trust(certificate: Path | None) -> ssl.SSLContext:
    """Whom to believe that it is the gateway. Raises ValueError with what to do."""
    try:
        if certificate is not None:
            whole(certificate, CERTIFICATES)  # the library of TLS would read a device without end
        return ssl.create_default_context(cafile=certificate)
    except ssl.SSLError:
        raise ValueError(f"the certificate {certificate} is none in PEM form (-----BEGIN CERTIFICATE-----)") from None
    except OSError as error:
        raise ValueError(f"the certificate {certificate} cannot be read: {error.strerror or error}") from error


async def _control(options: argparse.Namespace) -> int:
    token = _token(options.token_file)
    tls = _trust(options.certificate) if options.gateway.startswith("wss:") else None
    watcher = _Watcher()
    client = FeedClient(options.gateway, token, watcher, tls=tls, name="gateway control")
    running = asyncio.create_task(client.run(), name="gateway control")
    try:
        beat = await watcher.next_beat()
        if options.act == "status":
            _say(watcher, beat)
            return 0
        return await _order(options, client, watcher, beat)
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)


async def _order(options: argparse.Namespace, client: FeedClient, watcher: _Watcher, beat: BeatParams) -> int:
    args: dict[str, Any] = {}
    if options.act == "speed":
        args["speed"] = "max" if math.isinf(options.speed) else options.speed
    elif options.act == "seek":
        args["to"] = moment(options.to, watcher.site.zone if watcher.site else "UTC", beat.now)
    params = OrderParams(key=secrets.token_hex(8), name=f"replay.{options.act}", args=args)
    result = await client.ask("order", params, OrderResult)
    if result.state not in ("done", "running"):
        sys.stderr.write(f"gateway control: {result.state}: {result.text}\n")
        return FAILED
    beat = await watcher.next_beat()
    while beat.seeking is not None:
        sys.stderr.write(f"seeking: {beat.seeking.done:.0%}\n")
        beat = await watcher.next_beat()
    _say(watcher, beat)
    return 0


def _say(watcher: _Watcher, beat: BeatParams) -> None:
    zone = watcher.site.zone if watcher.site else "UTC"
    pace = "max" if beat.fastest else "paused" if beat.pace == 0 else f"{beat.pace:g} x"
    sources = ", ".join(f"{source.id} {source.state} ({source.age_ms} ms)" for source in beat.sources)
    sys.stdout.write(f"{written(beat.now, zone)}  {pace}  epoch {beat.epoch} revision {beat.rev}  {sources}\n")
