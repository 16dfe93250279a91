"""How somebody has their floor: as map or table, its zoom, its columns; kept for them beside the desk's layout."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Literal

from msgspec import Struct

from config.environment.folders import data_folder
from console.floor.columns import TableView
from console.machine import own_files

FILE = "floor.json"

log = logging.getLogger("console.floor")


class FloorView(Struct, frozen=True, omit_defaults=True):
    """What is kept."""

    mode: Literal["map", "table"] = "map"
    zoom: float = 1.0
    table: TableView = TableView()


def view_file() -> Path:
    """Where it is kept for this user."""
    return data_folder() / FILE


def load(path: Path) -> FloorView:
    """What was kept; the usual view where nothing was, or nothing that can be read."""
    found, trouble = own_files.read(path, FloorView)
    if trouble is not None:
        log.warning("the view of the floor in %s cannot be used (%s); the usual one is shown", path.name, trouble)
    if found is None:
        return FloorView()
    zoom = found.zoom if 0.2 <= found.zoom <= 5.0 else 1.0
    return FloorView(found.mode, zoom, found.table.sound())


def save(path: Path, view: FloorView) -> None:
    """Keep it, whole or not at all."""
    try:
        own_files.write(path, view)
    except OSError as trouble:
        log.warning("the view of the floor could not be kept in %s (%s)", path, trouble.strerror)
