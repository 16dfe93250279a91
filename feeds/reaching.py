"""Opens the connection to a gateway, and says of each way in which that fails what it was and whom it is up to."""

from __future__ import annotations

import errno
import re
import ssl
from pathlib import Path
from typing import Any, Final

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import InvalidHandshake, InvalidMessage, InvalidStatus, InvalidURI
from websockets.typing import Subprotocol

from feeds import starting, wire
from feeds.addresses import host_of, next_after_s
from feeds.said import said

Trusted = ssl.SSLContext | Path
"""Whom to trust at the other end of TLS: a context, or a file with the authority's certificate in PEM form."""

_FAMILY: Final = re.compile(rb"watchfloor\.v\d+")
"""Our protocol in any version."""


class Unreached(Exception):
    """There is no connection; the text says why.

    `refused` when trying again will not help unless somebody mends something, `nobody_listens` when the machine is
    there and the gateway is not yet, as while it is started again.
    """

    def __init__(self, reason: str, *, refused: bool = False, nobody_listens: bool = False) -> None:
        super().__init__(reason)
        self.reason, self.refused, self.nobody_listens = reason, refused, nobody_listens


async def reach(url: str, tls: Trusted | None, patience_s: float) -> ClientConnection:
    """A connection to the gateway there, within so many seconds; a file of `tls` is read now. Raises Unreached."""
    try:
        trusted: dict[str, Any] = {} if tls is None else {"ssl": _trusting(tls)}
    except OSError as error:  # as ssl.SSLError is
        why = "it holds no certificate" if isinstance(error, ssl.SSLError) else error.strerror or str(error)
        text = "the certificates to trust for {url} cannot be read from {file}: {why}"
        raise Unreached(said("connect.authority", text, url=url, file=str(tls), why=why)) from error
    try:
        return await connect(
            url, subprotocols=[Subprotocol(wire.SUBPROTOCOL)], compression=None, proxy=None, max_size=None,
            open_timeout=patience_s, ping_interval=None, close_timeout=1, max_queue=64,
            happy_eyeballs_delay=next_after_s(host_of(url)), **trusted,
        )  # fmt: skip
    except (InvalidHandshake, InvalidURI) as error:
        raise _not_understood(url, error) from error
    except ssl.SSLCertVerificationError as error:
        text = "the certificate of {url} is not trusted: {why}"
        reason = said("connect.certificate", text, url=url, why=error.verify_message)
        raise Unreached(reason, refused=True) from error
    except (OSError, EOFError) as error:
        why = str(error) or type(error).__name__
        # Of a name with several addresses asyncio tells one error that only quotes those of the addresses.
        nobody = isinstance(error, ConnectionRefusedError) or f"[Errno {errno.ECONNREFUSED}]" in why
        reason = said("connect.unreachable", "{url} cannot be reached: {why}", url=url, why=why)
        raise Unreached(reason, nobody_listens=nobody) from error


def _trusting(tls: Trusted) -> ssl.SSLContext:
    return ssl.create_default_context(cafile=tls) if isinstance(tls, Path) else tls


def _not_understood(url: str, error: InvalidHandshake | InvalidURI) -> Unreached:
    """Somebody is there who does not speak as a gateway of this version does, or has nothing to tell yet."""
    answer = error.response if isinstance(error, InvalidStatus) else None
    share = None if answer is None else starting.share_of(answer.status_code, answer.body)
    if share is not None:
        text = "the gateway has started and reads its log: {percent}%"
        # It is to be found soon, as one that starts again.
        return Unreached(said("connect.starting", text, percent=int(share * 100)), nobody_listens=True)
    theirs = _another_version(error)
    if theirs:
        text = "{url} is a gateway of another version: it speaks {theirs}, this program {protocol}"
        reason = said("connect.version", text, url=url, theirs=theirs, protocol=wire.SUBPROTOCOL)
        return Unreached(reason, refused=True)
    broke = isinstance(error, InvalidMessage) or (answer is not None and answer.status_code >= 500)
    text = "{url} does not speak {protocol}: {why}"
    reason = said("connect.language", text, url=url, protocol=wire.SUBPROTOCOL, why=str(error))
    return Unreached(reason, refused=not broke)


def _another_version(error: Exception) -> str:
    """What a gateway speaks instead of our protocol, by what it says to whoever asks for ours; empty for all others."""
    if not isinstance(error, InvalidStatus) or not error.response.body:
        return ""
    spoken = {found.decode() for found in _FAMILY.findall(error.response.body)}
    return ", ".join(sorted(spoken - {wire.SUBPROTOCOL}))
