"""How somebody has their floor: as map or table, its zoom, its columns; kept for them beside the desk's layout."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path
from typing import Literal

from msgspec import Struct
from PySide6.QtCore import QObject, QTimer

from config.environment.folders import data_folder
from console.floor.columns import TableView
from console.machine import own_files

FILE = "floor.json"
PAUSE_MS = 400
"""What changes again within this time is written once."""

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


class Keeping(QObject):
    """Keeps the view a moment after it changed: a column that is drawn wider makes another view with every pixel, and
    each would wait for the disk.
    """

    def __init__(self, path: Path, view: Callable[[], FloorView], parent: QObject) -> None:
        super().__init__(parent)
        self._path, self._view = path, view
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE_MS)
        self._timer.timeout.connect(self.keep)

    def touch(self) -> None:
        """There is something new to be kept."""
        self._timer.start()

    def keep(self) -> None:
        """Write it now."""
        self._timer.stop()
        save(self._path, self._view())

    def stop(self) -> None:
        """Write what is not written yet, and nothing from now on."""
        if self._timer.isActive():
            self.keep()
