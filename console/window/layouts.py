"""How somebody left the desk: windows, docks, named layouts and looks, kept in one file of theirs."""

from __future__ import annotations

import base64
import binascii
import logging
from collections.abc import Iterator
from pathlib import Path

import msgspec
from msgspec import Struct, field
from msgspec.structs import replace

from config.environment.folders import data_folder
from console.looks import Look, sound
from console.machine import own_files

FILE = "desk.json"
VERSION = 2
"""Counts up when docks are named otherwise, so that an old layout is left aside instead of half applied."""
MOST_BYTES = 2_000_000
"""A layout file that is larger is none; a whole desk with twenty layouts takes about 60 kB."""
MOST_LAYOUTS, LONGEST_NAME = 20, 40

_GEOMETRY = bytes.fromhex("01d9d0cb")
"""How Qt begins a window's geometry."""

log = logging.getLogger("console.window.layouts")


class Second(Struct, frozen=True, omit_defaults=True):
    """The second window: which panels stand in it, on which screen; `geometry` and `docks` are Qt's bytes in base64."""

    panels: tuple[str, ...] = ()
    screen: str = ""
    geometry: str = ""
    docks: str = ""


class Arrangement(Struct, frozen=True, omit_defaults=True):
    """Where panels stand; `docks` are Qt's own bytes in base64.

    `roomy` is how they would stand if the window were wide enough; empty while it is.
    """

    docks: str = ""
    roomy: str = ""
    second: Second = Second()


class Saved(Struct, frozen=True):
    """What is kept. `layout` names the one of `layouts` that was chosen last; `geometry` is Qt's bytes in base64."""

    version: int = VERSION
    geometry: str = ""
    arrangement: Arrangement = Arrangement()
    layouts: dict[str, Arrangement] = field(default_factory=dict)
    layout: str = ""
    look: Look = Look()
    tray: bool = False


class _First(Struct, frozen=True):
    """What the first version of the file kept and still holds."""

    version: int = 1  # which it left out
    theme: str = "system"
    language: str = ""


def layout_file() -> Path:
    """Where it is kept for this user."""
    return data_folder() / FILE


def load(path: Path) -> tuple[Saved, bool]:
    """What was kept, and whether all of it could be read; a file of which that is not so is put aside.

    Of a later version's there are the looks; its layouts would be gone for good with the next thing that is kept here.
    """
    try:
        with path.open("rb") as file:
            raw = file.read(MOST_BYTES + 1)
        if len(raw) > MOST_BYTES:
            raise ValueError(f"it has more than {MOST_BYTES} bytes")
        saved = _decoded(raw)
    except FileNotFoundError:
        return Saved(), True
    except (OSError, ValueError, msgspec.DecodeError, RecursionError, binascii.Error) as trouble:
        log.warning("the layout in %s cannot be used (%s); the usual one is shown", path.name, trouble)
        own_files.put_aside(path)
        return Saved(), False
    if saved.version <= VERSION:
        return saved, True
    log.warning("the layout in %s is of version %d, this desk knows %d", path.name, saved.version, VERSION)
    own_files.put_aside(path)
    return replace(saved, version=VERSION), False


def _decoded(raw: bytes) -> Saved:
    """Raises when it is not a layout file; one of another version gives its looks alone, a later one its version."""
    first = msgspec.json.decode(raw, type=_First)
    if first.version == 1:
        return Saved(look=sound(Look(theme=first.theme, language=first.language)))
    saved = msgspec.json.decode(raw, type=Saved)
    if saved.version != VERSION:
        return Saved(max(saved.version, VERSION), look=sound(saved.look), tray=saved.tray)
    for text in _texts(saved):
        base64.b64decode(text, validate=True)
    if len(saved.layouts) > MOST_LAYOUTS or any(tidy_name(name) != name or not name for name in saved.layouts):
        raise ValueError("its layouts are too many, or have names that nobody can have given")
    return replace(saved, look=sound(saved.look), layout=saved.layout if saved.layout in saved.layouts else "")


def _texts(saved: Saved) -> Iterator[str]:
    yield saved.geometry
    for one in (saved.arrangement, *saved.layouts.values()):
        yield from (one.docks, one.roomy, one.second.geometry, one.second.docks)


def tidy_name(text: str) -> str:
    """A layout's name as it is kept: on one line, not too long; empty when nothing is left of it."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())[:LONGEST_NAME].strip()


def save(path: Path, saved: Saved, *, told: bool = False) -> bool:
    """Keep it, whole or not at all, also when the power goes; False when it could not be kept.

    The log says why, unless it was `told` so already.
    """
    try:
        own_files.write(path, saved)
    except OSError as trouble:
        if not told:
            log.warning("the layout could not be kept in %s (%s)", path, trouble.strerror)
        return False
    return True


def is_geometry(text: str) -> bool:
    """Whether a text holds a window's geometry of Qt's, or none; one of another screen size is sound and not used."""
    return not text or to_bytes(text).startswith(_GEOMETRY)


def to_text(raw: bytes) -> str:
    """Bytes of Qt as text."""
    return base64.b64encode(raw).decode()


def to_bytes(text: str) -> bytes:
    """The bytes again."""
    return base64.b64decode(text)
