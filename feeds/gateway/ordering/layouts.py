"""The drawn floor between the site folder and the feed: told when the file says something else, written when ordered.

A site that is shipped with the program stays as it is: its layout is kept beside the gateway's own data.
"""

from __future__ import annotations

import asyncio
import hashlib
import logging
from pathlib import Path
from typing import Any, Final

from config.layout_file import FILE, layout_of, text_of, write
from config.load import shipped_sites
from config.mistakes import SiteError
from config.reading import beginning
from feeds.facts import LayoutDrawn
from feeds.gateway.books.store import AuditRow
from feeds.gateway.ordering.giver import Giver, Outcome
from feeds.gateway.running.engine import Engine
from feeds.layout import Room, configured, rooms_of
from feeds.rules import layout as rules
from feeds.said import said

log = logging.getLogger("feeds.gateway.ordering.layouts")

LARGEST: Final = 16 * 1024 * 1024
CHANGED: Final = said(
    "layout.changed", "{file} was changed by hand meanwhile; the map shows what it says, draw it from there", file=FILE
)


class Layouts:
    """Keeps a site's `layout.yaml` and the floor's layout the same; `folder` is None where there is no site folder."""

    def __init__(self, engine: Engine, folder: Path | None, data: Path) -> None:
        self._engine = engine
        self._elsewhere = False
        """Whether the layout stands in another file of the folder, which this must not touch."""
        self.path: Path | None = None
        if folder is not None:
            shipped = folder.resolve() in {one.resolve() for one in shipped_sites().values()}
            self.path = (data if shipped else folder) / FILE
            self._elsewhere = not shipped and engine.session.site.layout is not None and not self.path.exists()
        self._digest = ""
        self._seen: tuple[int, int] | None = None
        self._complained = False
        self._one_at_a_time = asyncio.Lock()

    async def begin(self) -> None:
        """Tell the floor what the folder says, where it says something else than was told last."""
        async with self._one_at_a_time:
            if self.path is None:
                return
            if self._elsewhere:
                await self._tell(rooms_of(self._engine.session.site.layout), "")
                return
            await self._take_file()

    async def look(self) -> None:
        """Take over a file that somebody has changed by hand; asked for now and then, it costs one look at a date."""
        if self.path is None or self._elsewhere or self._one_at_a_time.locked():
            return
        if _dated(self.path) != self._seen:
            async with self._one_at_a_time:
                await self._take_file()

    async def save(self, giver: Giver, args: dict[str, Any], row: AuditRow) -> Outcome:
        """The order `layout.save`: written first, told when it is kept."""
        rooms = self._rooms(giver, args)
        if isinstance(rooms, str):
            return "refused", rooms
        assert self.path is not None
        async with self._one_at_a_time:
            hindrance = giver.hindrance()  # whoever drew before this may have changed what this was drawn from
            if hindrance is not None:
                return "refused", hindrance
            try:
                if self._changed_by_hand(self.path):
                    await self._take_file()
                    return "refused", CHANGED
                before = (_bytes(self.path) or b"").decode("utf-8", "replace")
                text = text_of(configured(rooms), before)
                await asyncio.to_thread(write, self.path, text)
            except OSError as error:
                log.warning("%s cannot be written: %s", self.path.name, error.strerror)
                return "failed", _unwritable(error)
            self._digest, self._seen = hashlib.sha256(text.encode()).hexdigest(), _dated(self.path)
            await self._tell(rooms, row.token)
        return "done", ""

    def refusal(self, giver: Giver, args: dict[str, Any]) -> str | None:
        """Why the order would be refused, None if it would not; nothing is taken over and nothing written."""
        rooms = self._rooms(giver, args)
        if isinstance(rooms, str):
            return rooms
        assert self.path is not None
        if self._one_at_a_time.locked():  # a file that is being written is neither what it was nor what it will be
            return None
        try:
            return CHANGED if self._changed_by_hand(self.path) else None
        except OSError as error:
            return _unwritable(error)

    def _rooms(self, giver: Giver, args: dict[str, Any]) -> list[Room] | str:
        """The rooms to be kept, or why they cannot be kept here; there is a path if they can."""
        rooms = rules.rooms_of(args, giver.audience)
        if isinstance(rooms, str):
            return rooms
        if self.path is None:
            return said("layout.no_folder", "this gateway has no site folder to keep the layout in")
        if self._elsewhere:
            text = "the layout stands in another file of the site folder; move it to {file} first"
            return said("layout.elsewhere", text, file=FILE)
        return rooms

    def _changed_by_hand(self, path: Path) -> bool:
        """Raises OSError."""
        return _digest(path) != self._digest

    async def _take_file(self) -> None:
        """What the file says is the layout from now on; one with mistakes changes nothing but is told in the log."""
        assert self.path is not None
        self._seen = _dated(self.path)
        try:
            data = await asyncio.to_thread(_bytes, self.path)
            rooms = rooms_of(layout_of(data, str(self.path))) if data is not None else []
        except (OSError, SiteError) as error:
            if not self._complained:
                log.warning("the layout of the floor stays as it is: %s", error)
            self._complained = True
            return
        if self._complained:
            log.info("%s can be used again", self.path.name)
        self._complained = False
        self._digest = "" if data is None else hashlib.sha256(data).hexdigest()
        await self._tell(rooms, "")

    async def _tell(self, rooms: list[Room], by: str) -> None:
        known = self._engine.session.floor.state.layout
        if (known.rooms if known is not None else []) != rooms:
            await self._engine.emit_own(LayoutDrawn(at=self._engine.own_time(), rooms=rooms, by=by))


def _unwritable(error: OSError) -> str:
    text = "{file} cannot be written ({why}); nothing was changed"
    return said("layout.unwritable", text, file=FILE, why=error.strerror or str(error))


def _bytes(path: Path) -> bytes | None:
    try:
        return beginning(path, LARGEST)
    except FileNotFoundError:
        return None


def _digest(path: Path) -> str:
    data = _bytes(path)
    return "" if data is None else hashlib.sha256(data).hexdigest()


def _dated(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size
