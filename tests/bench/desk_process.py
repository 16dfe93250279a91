"""A desk in a process of its own for the desk's bench: `python -m tests.bench.desk_process URL MODE SECONDS [sort]`.

It follows the floor with the seats as MODE (`map`, `table`) for so long and prints what it saw as one line of JSON.
With `sort` it measures besides how long sorting, filtering and opening panels take.
"""

from __future__ import annotations

import gc
import os
import sys
import time
from collections import defaultdict
from collections.abc import Callable
from functools import partial

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import msgspec
from msgspec import Struct, field
from msgspec.structs import replace
from PySide6.QtCore import QCoreApplication, QEventLoop, QObject, Qt, QTimer

from console import app
from console.command import parsed
from console.desk import Desk
from console.floor import columns
from console.floor.columns import TableView
from console.floor.keeping import FloorView
from feeds.entities import Seat

SETTLE_S = 3.0
ROUNDS = 3
"""How often somebody does each of their deeds."""
FILTERS: dict[str, object] = {
    "state": "tally.talking", "team": "team-1", "skill": "rescue", "language": "en", "overdue": True, "text": "王",
}  # fmt: skip


class Seen(Struct):
    """What the desk saw; times in milliseconds."""

    paints: list[float] = []
    """From a change's sending to its being painted, of those that were in sight and to be seen: from one kind of break
    to another a card stays as it is."""
    stall: float = 0.0
    """The longest time in which the window answered to nothing."""
    busy: float = 0.0
    """The longest work of the window's thread between two turns of its loop, in processor time: the same stall where
    nobody else wants the processor."""
    cpu: float = 0.0
    """Share of a core of the whole process."""
    changes: float = 0.0
    """Changes a second that arrived."""
    behind: float = 0.0
    """How old the newest change was when the time was over."""
    megabytes: float = 0.0
    deeds: dict[str, list[tuple[float, float]]] = field(default_factory=dict)
    """Sorting, filtering and opening, each by what it is and as often as it was done: processor time, and time by the
    clock."""


class Watch(QObject):
    """Notes the moment of every paint and the gaps between two turns of the event loop."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk, self.seen, self.counting = desk, Seen(), False
        self._painted: dict[str, tuple[str, object]] = {}
        self._turn, self._used = time.perf_counter(), time.thread_time()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._on_turn)
        self._timer.start(2)
        self._wrap_paints()

    def _on_turn(self) -> None:
        now, used = time.perf_counter(), time.thread_time()
        if self.counting:
            self.seen.stall = max(self.seen.stall, 1000 * (now - self._turn) - 2)
            self.seen.busy = max(self.seen.busy, 1000 * (used - self._used))
        self._turn, self._used = now, used

    def _wrap_paints(self) -> None:
        from widgets.seats import field_painting
        from widgets.tables import key_rows

        draw, paint = field_painting.draw_card, key_rows._Painter.paint

        def drawn(painter, cell, *more):  # type: ignore[no-untyped-def]
            draw(painter, cell, *more)
            self._note(cell.key, (cell.title, cell.shape, cell.shade))

        def painted(delegate, painter, option, index):  # type: ignore[no-untyped-def]
            paint(delegate, painter, option, index)
            if index.column() == 3:
                key = delegate._table.rows.keys[index.row()]
                self._note(key, delegate._table.rows.row(key).cells[2])

        field_painting.draw_card, key_rows._Painter.paint = drawn, painted  # type: ignore[assignment,method-assign]

    def _note(self, key: str, look: object) -> None:
        """A seat was painted as the panel saw it last: how long ago was that sent, if it is news?"""
        seat = self.desk.floor.cards.roll.by_key.get(key)
        if seat is None or not seat.by:
            return
        by, before = self._painted.get(key, ("", look))
        self._painted[key] = seat.by, look
        if self.counting and by and by != seat.by and look != before:
            self.seen.paints.append(time.monotonic_ns() / 1e6 - int(seat.by) / 1000)


def spin(seconds: float) -> None:
    """Let the desk run."""
    loop = QEventLoop()
    QTimer.singleShot(round(seconds * 1000), loop.quit)
    loop.exec()


def until(condition: Callable[[], bool], seconds: float = 60.0) -> None:
    """Let the desk run until something holds."""
    end = time.monotonic() + seconds
    while not condition() and time.monotonic() < end:
        spin(0.05)


def timed(act: Callable[[], object]) -> tuple[float, float]:
    """Milliseconds until something is done and painted: of the processor, and by the clock."""
    QCoreApplication.processEvents()
    begun, used = time.perf_counter(), time.thread_time()
    act()
    QCoreApplication.processEvents()
    return 1000 * (time.thread_time() - used), 1000 * (time.perf_counter() - begun)


def deeds(desk: Desk) -> dict[str, list[tuple[float, float]]]:
    """How long what somebody does takes with all those seats; the desk does not follow the feed meanwhile."""
    floor, found = desk.floor, defaultdict[str, list[tuple[float, float]]](list)
    desk.refresh.stop()
    desk.session.link.stop()
    QCoreApplication.processEvents()
    for _ in range(ROUNDS):
        for name in columns.COLUMNS:
            view = TableView(columns=tuple(columns.COLUMNS), sort=name)
            found[f"sort {name}"].append(timed(partial(floor.show_view, FloorView(mode="table", table=view))))
        for mode in ("table", "map"):
            floor.show_view(replace(floor.view, mode=mode))
            for kind, value in FILTERS.items():
                found[f"filter {mode} {kind}"].append(timed(partial(floor.filters.choose, **{kind: value})))
                found[f"clear {mode} {kind}"].append(timed(floor.show_all))
        for name, dock in desk.window.docks.items():
            dock.close()
            found[f"open {name}"].append(timed(partial(desk.window.open_panel, name)))
        found["open table"].append(timed(floor.turn))
        found["open map"].append(timed(floor.turn))
    return found


def main(url: str, mode: str, seconds: float, more: list[str]) -> None:
    """Run the desk and print what it saw."""
    app.application()
    gc.freeze()  # as the real one does
    desk = Desk(parsed(["--gateway", url, "--token", "x", "--lang", "zh_CN"]))
    desk.window.resize(1920, 1080)
    desk.floor.show_view(FloorView(mode="table" if mode == "table" else "map"))
    watch = Watch(desk)
    desk.start()
    until(lambda: desk.session.live.complete and not desk.session.live.stale)
    spin(SETTLE_S)
    newest = lambda: max((seat.rev for seat in desk.session.live.entities.of(Seat)), default=0)  # noqa: E731
    begun, used, rev = time.perf_counter(), time.process_time(), newest()
    watch.counting = True
    spin(seconds)
    watch.counting = False
    spent = time.perf_counter() - begun
    seen, stamp = watch.seen, max(int(seat.by or 0) for seat in desk.session.live.entities.of(Seat))
    seen.behind = time.monotonic_ns() / 1e6 - stamp / 1000
    seen.changes, seen.cpu = (newest() - rev) / spent, (time.process_time() - used) / spent
    from tests.bench.harness import resident_mb

    seen.megabytes = resident_mb(os.getpid())
    if more:
        seen.deeds = deeds(desk)
    desk.stop()
    sys.stdout.write(msgspec.json.encode(seen).decode() + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], float(sys.argv[3]), sys.argv[4:])
