"""The floor that was chosen last, in one file of the user's that nobody else can read.

A token is kept only where somebody asked for it, and only in a file with mode 600. One that others can read meanwhile
is not used: whoever could read it could be anybody, and it is better asked for again.
"""

from __future__ import annotations

import logging
import os
import stat
from pathlib import Path
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from config.environment.folders import data_folder
from console.machine import own_files

FILE = "connection.json"
DEMO_TOKEN = "demo-supervisor"
"""What a gateway that this desk starts for itself knows us by; it listens on this machine only."""

log = logging.getLogger("console.entry.store")


class Connection(Struct, frozen=True, omit_defaults=True):
    """What leads to a floor. A gateway has `url`, `token`, `certificate`; a recording `file`, `at` and `speed`."""

    kind: Literal["demo", "gateway", "recording"] = "demo"
    url: str = ""
    token: str = ""
    certificate: str = ""
    file: str = ""
    at: str = ""
    speed: int = 1


def connection_file() -> Path:
    """Where it is kept for this user."""
    return data_folder() / FILE


def load(path: Path) -> Connection | None:
    """What was chosen last; None when nothing was, or it cannot be read."""
    found, trouble = own_files.read(path, Connection)
    if trouble is not None:
        log.warning("the floor that was chosen last cannot be read from %s (%s)", path.name, trouble)
    if found is None:
        return None
    if found.token and _others_read(path):
        log.warning("the token in %s is not used, because others can read it; it is asked for again", path.name)
        return replace(found, token="")
    return found


def _others_read(path: Path) -> bool:
    if os.name != "posix":
        return False
    try:
        return bool(stat.S_IMODE(path.stat().st_mode) & 0o077)
    except OSError:
        return True


def save(path: Path, connection: Connection, *, with_token: bool) -> bool:
    """Keep it, whole or not at all; False when it could not be kept."""
    kept = connection if with_token else replace(connection, token="")
    try:
        own_files.write(path, kept, 0o600)
    except OSError as trouble:
        log.warning("the chosen floor could not be kept in %s (%s)", path, trouble.strerror)
        return False
    return True


def is_complete(connection: Connection) -> bool:
    """Whether it leads to a floor without asking anybody."""
    if connection.kind == "gateway":
        return bool(connection.url and connection.token)
    return connection.kind == "demo" or bool(connection.file)
