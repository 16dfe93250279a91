"""How somebody left the desk: its place on the screen, its docks, theme and language, kept in one file of theirs."""

from __future__ import annotations

import base64
import binascii
import contextlib
import logging
from pathlib import Path

import msgspec
from msgspec import Struct

from config.environment.folders import data_folder

FILE = "desk.json"
BROKEN = ".broken"
VERSION = 1
"""Counts up when docks are named otherwise, so that an old layout is left aside instead of half applied."""

log = logging.getLogger("console.layouts")


class Saved(Struct, frozen=True, omit_defaults=True):
    """What is kept; `geometry` and `docks` are Qt's own bytes in base64."""

    version: int = VERSION
    geometry: str = ""
    docks: str = ""
    theme: str = ""
    language: str = ""


def layout_file() -> Path:
    """Where it is kept for this user."""
    return data_folder() / FILE


def load(path: Path) -> tuple[Saved, bool]:
    """What was kept, and whether that could be read; a file that could not is put aside and the usual desk opens."""
    try:
        saved = msgspec.json.decode(path.read_bytes(), type=Saved)
        for text in (saved.geometry, saved.docks):
            base64.b64decode(text, validate=True)
    except FileNotFoundError:
        return Saved(), True
    except (OSError, ValueError, msgspec.DecodeError, RecursionError, binascii.Error) as trouble:
        put_aside(path, str(trouble))
        return Saved(), False
    if saved.version != VERSION:
        return Saved(theme=saved.theme, language=saved.language), True
    return saved, True


def put_aside(path: Path, why: str) -> None:
    """Keep a file that cannot be used beside where it was, for whoever wants to know."""
    log.warning("the layout in %s cannot be used (%s); the usual one is shown", path.name, why)
    with contextlib.suppress(OSError):
        path.replace(path.with_name(path.name + BROKEN))


def save(path: Path, saved: Saved) -> None:
    """Keep it, whole or not at all."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = path.with_name(path.name + ".new")
        fresh.write_bytes(msgspec.json.format(msgspec.json.encode(saved)))
        fresh.replace(path)
    except OSError as trouble:
        log.warning("the layout could not be kept in %s (%s)", path, trouble.strerror)


def to_text(raw: bytes) -> str:
    """Bytes of Qt as text."""
    return base64.b64encode(raw).decode()


def to_bytes(text: str) -> bytes:
    """The bytes again."""
    return base64.b64decode(text)
