"""Keeps how the desk is left while it runs, a moment after each change, so that not even a crash loses it."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path

from msgspec.structs import replace
from PySide6.QtCore import QObject, QTimer

from console.window import layouts
from console.window.layouts import LONGEST_NAME, MOST_LAYOUTS, Saved, tidy_name
from console.window.window import DeskWindow

log = logging.getLogger("console.window.keeping")

PAUSE_MS = 800
"""What changes again within this time is written once."""


class Keeper(QObject):
    """The one who writes the layout file, and who knows the named layouts.

    Args:
        window: whose state it is.
        path: the file.
        saved: what the file held.
        cleaned: what of a state is wanted always; the command line may have chosen something for this once.
    """

    def __init__(
        self,
        window: DeskWindow,
        path: Path,
        saved: Saved,
        cleaned: Callable[[Saved], Saved] = lambda saved: saved,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._window, self._path, self._saved, self._cleaned = window, path, saved, cleaned
        self._written: Saved | None = None
        self._failed = False
        """Whether it could not be written when it was last to be."""
        self._before: tuple[layouts.Arrangement, str] | None = None
        """Where everything stood before another layout took its place, and what that was called."""
        self._deleted: tuple[str, layouts.Arrangement, int] | None = None
        """The layout that was deleted last, and its place among the others."""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE_MS)
        self._timer.timeout.connect(self.keep)
        window.changed.connect(self.touch)
        window.layout_asked.connect(self._on_asked)
        window.offer_layouts(tuple(saved.layouts), saved.layout)

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(self._saved.layouts)

    @property
    def current(self) -> str:
        """The layout that was chosen last; empty for the usual one."""
        return self._saved.layout

    def touch(self) -> None:
        """Something is to be kept."""
        self._timer.start()

    def stop(self) -> None:
        """Write what is not written yet, and nothing from now on."""
        self._window.changed.disconnect(self.touch)
        self._timer.stop()
        self.keep()

    def keep(self) -> None:
        """Write now, unless that is in the file already."""
        self._timer.stop()
        left = self._cleaned(replace(self._saved, **self._window.kept_parts()))
        if left == self._written:
            return
        kept = layouts.save(self._path, left, told=self._failed)
        if kept:
            self._written = left
            if self._failed:
                log.info("the layout is kept again in %s", self._path)
        self._failed = not kept

    # Named layouts

    def save_as(self, name: str) -> str:
        """Keep where everything stands under a name; returns why not, as a key of words, empty when it was kept."""
        name = tidy_name(name)
        if not name:
            return "layout.no_name"
        if name not in self._saved.layouts and len(self._saved.layouts) >= MOST_LAYOUTS:
            return "layout.too_many"
        self._change({**self._saved.layouts, name: self._window.board.arrangement()}, name)
        return ""

    def choose(self, name: str) -> None:
        """Have everything stand as it was kept under that name; empty for the usual places."""
        wanted = self._saved.layouts.get(name)
        self._leave()
        if wanted is None:
            self._window.board.reset()
        elif not self._window.board.arrange(wanted):
            self._window.say("layout.unusable")
            return
        self._change(self._saved.layouts, name if wanted is not None else "")

    def back(self) -> None:
        """Have everything stand as before another layout took its place; once more leads there again."""
        if self._before is None:
            return
        before, name = self._before
        self._leave()
        if not self._window.board.arrange(before):
            self._window.say("layout.unusable")
            return
        self._change(self._saved.layouts, name if name in self._saved.layouts else "")

    def _leave(self) -> None:
        """Remember where everything stands: what nobody gave a name would be gone for good."""
        self._before = self._window.board.arrangement(), self.current
        self._window.offer(layout_before=True)

    def rename(self, old: str, new: str) -> str:
        """Call a layout otherwise; returns why not, as a key of words, empty when it was done."""
        new = tidy_name(new)
        if not new:
            return "layout.no_name"
        if new != old and new in self._saved.layouts:
            return "layout.name_taken"
        renamed = {new if name == old else name: one for name, one in self._saved.layouts.items()}
        self._change(renamed, new if self.current == old else self.current)
        return ""

    def delete(self, name: str) -> None:
        """Forget a layout; nothing moves. Until another is deleted it can be had back."""
        known = self._saved.layouts
        if name not in known:
            return
        self._deleted = name, known[name], list(known).index(name)
        left = {other: one for other, one in known.items() if other != name}
        self._change(left, "" if self.current == name else self.current)

    def restore(self) -> None:
        """Have the layout again that was deleted last, where it stood among the others; nothing moves."""
        if self._deleted is None:
            return
        (name, arrangement, place), rows = self._deleted, list(self._saved.layouts.items())
        rows.insert(place, (name, arrangement))
        self._change(dict(rows), self.current)

    def _change(self, kept: dict[str, layouts.Arrangement], current: str) -> None:
        self._saved = replace(self._saved, layouts=kept, layout=current)
        if self._deleted is not None and (self._deleted[0] in kept or len(kept) >= MOST_LAYOUTS):
            self._deleted = None  # its name or its place was given away, or it is back
        self._window.offer(layout_deleted="" if self._deleted is None else self._deleted[0])
        self._window.offer_layouts(self.names, current)
        self.touch()

    def _on_asked(self, what: str, name: str) -> None:
        if what == "choose":
            self.choose(name)
        elif what == "back":
            self.back()
        elif what == "leave":
            self._leave()
        elif what == "reset":
            self._change(self._saved.layouts, "")
        elif what == "delete":
            self.delete(name)
        elif what == "restore":
            self.restore()
        elif what == "save":
            self._ask(name, self._saving(name))
        elif what == "rename":
            self._ask(name, lambda new: self.rename(name, new))

    def _saving(self, offered: str) -> Callable[[str], str]:
        """Keeps it under the name that is given; one that another layout has only when it is given a second time."""
        given = {offered}

        def use(name: str) -> str:
            name = tidy_name(name)
            if name in self._saved.layouts and name not in given:
                given.add(name)
                return "layout.replace"
            return self.save_as(name)

        return use

    def _ask(self, name: str, use: Callable[[str], str]) -> None:
        self._window.ask_name(name, use, LONGEST_NAME)
