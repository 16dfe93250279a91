"""What the page of floors says: why a floor cannot be shown, and what to do about it."""

from __future__ import annotations

import re
import ssl
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from config.reading import CERTIFICATES, whole
from console.arguments import DEFAULT_GATEWAY, address_of, is_plain
from console.entry.store import Connection
from console.phrases.troubles import reason_text, trouble_of
from console.sight import Sight
from console.words import Words

SPEEDS = (1, 2, 5, 10, 30, 60, 600)
TIME = re.compile(r"(\d{4}-\d{2}-\d{2}[T ])?([01]?\d|2[0-3]):[0-5]\d(:[0-5]\d)?")
KINDS = ("demo", "gateway", "recording")


class Trouble(Struct, frozen=True):
    """Why it does not work: a title, what to do, the program's own words, and the field that has to be mended."""

    title: str
    advice: str
    detail: str = ""
    field: str = ""


def mistake(connection: Connection, words: Words) -> Trouble | None:
    """What cannot be meant, found before anything is tried; None when it can be tried."""
    if connection.kind == "gateway":
        return _of_gateway(connection, words)
    return _of_recording(connection, words) if connection.kind == "recording" else None


def _said(words: Words, key: str, field: str, **values: object) -> Trouble:
    return Trouble(words(f"entry.{key}"), words(f"entry.{key}.advice", **values), field=field)


def _of_gateway(connection: Connection, words: Words) -> Trouble | None:
    try:
        address = address_of(connection.url.strip())
    except ValueError:
        return _said(words, "odd_address", "url", example=DEFAULT_GATEWAY)
    if not connection.token.strip():
        return _said(words, "no_token", "token")
    if connection.certificate and is_plain(address):
        secure = "wss:" + address.partition(":")[2]
        return _said(words, "plain_address", "url", secure=secure)
    return _of_certificate(connection.certificate, words)


def _of_certificate(file: str, words: Words) -> Trouble | None:
    """Looked at here, because later only the feed's thread would find out, and could not say it."""
    if not file:
        return None
    try:
        content = whole(Path(file), CERTIFICATES)
    except OSError as trouble:
        found = _said(words, "no_certificate", "certificate")
        return Trouble(found.title, found.advice, f"{file}: {trouble.strerror}", "certificate")
    try:
        ssl.create_default_context(cadata=content.decode("ascii"))
    except (ssl.SSLError, UnicodeDecodeError, ValueError):
        return _said(words, "odd_certificate", "certificate")
    return None


def _of_recording(connection: Connection, words: Words) -> Trouble | None:
    path = Path(connection.file.strip())
    if not connection.file.strip() or not path.is_file():
        return _said(words, "no_recording", "file")
    with path.open("rb") as file:
        if file.read(15) != b"SQLite format 3":
            return _said(words, "odd_recording", "file")
    if connection.at and not TIME.fullmatch(connection.at.strip()):
        return _said(words, "odd_time", "at")
    return None


def resumed(connection: Connection, at: str) -> Connection:
    """The same floor, begun where it stood (`2024-02-29T10:30`); a simulated day has no date. Empty: unchanged."""
    if not at:
        return connection
    return replace(connection, at=at.partition("T")[2] if connection.kind == "demo" else at)


def refused(sight: Sight, connection: Connection, words: Words) -> Trouble:
    """Why a gateway cannot be shown, by what it or the feed's client said."""
    what, reason = trouble_of(sight.link), reason_text(sight, words)
    field = {"certificate": "certificate", "language": "url", "address": "url", "token": "token"}.get(what, "")
    if what == "language" and connection.url.startswith("ws://"):
        return Trouble(words("entry.trouble.language"), words("entry.trouble.language.plain"), reason, "url")
    key = f"entry.trouble.{what or 'other'}"
    return Trouble(words(key), words(f"{key}.advice"), reason, field)


def silent(seconds: float, words: Words) -> Trouble:
    """The gateway did not say anything in time."""
    return Trouble(
        words("entry.trouble.silent"), words("entry.trouble.silent.advice", seconds=f"{seconds:g}"), "", "url"
    )


def died(said: str, connection: Connection, words: Words) -> Trouble:
    """The gateway that the desk started for itself did not come up, or has ended."""
    key = "entry.trouble.recording" if connection.kind == "recording" else "entry.trouble.demo"
    return Trouble(words(key), words(f"{key}.advice"), said, "at" if connection.kind == "recording" else "")
