"""Joins absences to a desk: remembers when somebody was last here, and lists what happened when they are back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from msgspec.structs import replace
from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from console.away import memory as kept
from console.away.absence import LEFT, Absence
from console.away.curtain import Curtain
from console.away.memory import Memory, Seen
from console.away.panel import AwayDialog
from console.hands.hands import Hands
from console.live import Live
from console.machine.steady import steady
from console.orders import Orders
from console.phrases.times import clock_text
from console.questions import Questions
from feeds.entities import Source

KEEP_EVERY = 60
"""Looks (seconds) between two notes in the file of who was last here."""
AGAIN_MS = 10_000
"""A list that opens by itself is asked for again after this where the gateway has not answered."""


class AwayWatch(QObject):
    """Owns the absence, the curtain and the list. Without a `path` nothing is remembered between two starts."""

    def __init__(
        self,
        hands: Hands,
        live: Live,
        questions: Questions,
        orders: Orders,
        path: Path | None,
        parent: QObject,
        clock: Callable[[], float] = steady,
    ) -> None:
        super().__init__(parent)
        self.window, self._hands, self._live, self._orders, self._path = hands.window, hands, live, orders, path
        self.memory = kept.load(path) if path is not None else Memory()
        self._before = self.memory.people
        self._span: tuple[int, int | None] | None = None
        self._due: tuple[int, int] | None = None
        self._by_itself = False
        self._looks = 0
        window = self.window
        self.absence = Absence(clock, self)
        self.curtain = Curtain(window, window.colours)
        self.others: list[Curtain] = []
        """Those over the desk's other windows, while somebody is away who said so."""
        self.dialog = AwayDialog(window, window.words, window.colours, questions, live.sight, self._own)
        self.dialog.set_minutes(self.memory.minutes)
        self.absence.set_minutes(self.memory.minutes)
        self.absence.began.connect(self._on_began)
        self.absence.ended.connect(self._on_ended)
        self.curtain.lifted.connect(self.absence.come)
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.timeout.connect(self._ask_when_live)
        self.dialog.told.connect(self._on_told)
        self.dialog.unanswered.connect(self._on_unanswered)
        self.dialog.located.connect(self._on_located)
        self.dialog.minutes_chosen.connect(self._on_minutes)
        window.installEventFilter(self)
        live.trust_changed.connect(self._ask_when_live)
        self.dress()

    def _own(self) -> list[str]:
        return [given.order for given in self._orders.all()]

    def dress(self) -> None:
        """Have the words and colours of the window."""
        words, colours = self.window.words, self.window.colours
        self.dialog.set_look(words, self.window.shown_colours)
        since = self._live.floor_time(self.absence.seen)
        lines = (
            words("away.left"),
            words("away.left_since", time=clock_text(self._live.sight().site, since)),
            words("away.come_back"),
            words("away.no_lock"),
        )
        for curtain in (self.curtain, *self.others):
            if isValid(curtain):  # its window may have been closed meanwhile
                curtain.set_look(colours, lines)

    # What can be asked for

    def leave(self) -> None:
        """Somebody goes: cover the desk until they are back."""
        self.absence.leave()

    def open_list(self) -> None:
        """Show what happened in the last absence and since, however long ago it was."""
        self._by_itself = False
        if self._span is not None:
            self.dialog.ask(self._span[0])
        self.dialog.open_list()

    # What is noticed

    def look(self) -> None:
        """Called each second: the place where somebody was last seen goes with the clock."""
        handle = self.window.windowHandle()
        if handle is not None and not self._looks:
            self.absence.watch(handle)
        self._looks += 1
        if self._looks % KEEP_EVERY == 0:
            self._keep()

    def _keep(self) -> None:
        welcome = self._live.welcome
        if self._path is None or welcome is None or self._live.stale:
            return
        seen = self._live.floor_time(self.absence.seen if self.absence.away else steady())
        self.memory = self.memory.with_seen(welcome.by, Seen(welcome.epoch, seen, self._live_site()))
        kept.save(self._path, self.memory)

    def _live_site(self) -> str:
        """The key of a site whose time is that of everybody; empty where it is simulated or played."""
        sight = self._live.sight()
        live = all(source.mode == "live" for source in sight.entities.of(Source))
        return sight.site.key if sight.site is not None and live else ""

    def stop(self) -> None:
        """Remember who was here, and notice nothing any more."""
        self._keep()
        self._again.stop()
        self.absence.stop()
        self.dialog.close()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if watched is self.window and kind in (QEvent.Type.WindowStateChange, QEvent.Type.Hide, QEvent.Type.Show):
            put_away = bool(self.window.windowState() & Qt.WindowState.WindowMinimized)
            self.absence.hide(put_away or kind is QEvent.Type.Hide)
        return False

    def _on_began(self, why: str, since: float) -> None:
        # Of an absence that nobody has been told of yet, the next one is a part.
        untold = self._span if self._by_itself else self._due
        begin = untold[0] if untold is not None else self._live.floor_time(since)
        self._span, self._due, self._by_itself = (begin, None), None, False
        self._again.stop()
        self._keep()
        self.dress()
        if why == LEFT:
            self.dialog.close()
            self._cover()

    def _cover(self) -> None:
        """Cover every window of the desk: what floats, stands on the second screen or was opened beside the work."""
        for window in self._other_windows():
            curtain = Curtain(window, self.window.colours)
            curtain.lifted.connect(self.absence.come)
            self.others.append(curtain)
        self.dress()
        for curtain in (*self.others, self.curtain):
            curtain.lower()

    def _other_windows(self) -> list[QWidget]:
        ours = {self.window, self.window.board.second}
        found = []
        for one in QApplication.topLevelWidgets():
            above: QWidget | None = one
            while above is not None and above not in ours:
                above = above.parentWidget()
            if above is not None and one is not self.window and one.isVisible():
                found.append(one)
        return found

    def _uncover(self) -> None:
        for curtain in (*self.others, self.curtain):
            if isValid(curtain):
                curtain.lift()
        for curtain in self.others:
            if isValid(curtain):
                curtain.deleteLater()
        self.others = []

    def _on_ended(self, since: float) -> None:
        self._uncover()
        begin = self._span[0] if self._span is not None else self._live.floor_time(since)
        self._due = begin, self._live.floor_time(steady())
        self._ask_when_live()

    def _ask_when_live(self) -> None:
        """Ask when there is somebody to ask, and to tell: a machine that slept is awake before its connection is."""
        if self._live.stale or self.absence.away:
            return
        if self._before:
            self._take_up()
        if self._due is not None:
            self._span, self._due = self._due, None
            self._by_itself = True
            self.dialog.ask(*self._span)

    def _on_unanswered(self) -> None:
        """Who is back shall be told nevertheless; whoever looks at the list themselves sees why it is not there."""
        if self._by_itself and self._span is not None and self._span[1] is not None:
            self._due = self._span[0], self._span[1]
            self._again.start(AGAIN_MS)

    def _on_told(self, lines: int) -> None:
        """Where nothing happened, nobody needs to be told."""
        if self._by_itself and lines:
            self.dialog.open_list()
        self._by_itself = False

    def _take_up(self) -> None:
        """The desk was closed, and somebody is back at the same floor: that was an absence too."""
        welcome, minutes, now = self._live.welcome, self.memory.minutes, self._live.floor_time(steady())
        last = self._before.get(welcome.by) if welcome is not None else None
        self._before = {}
        if welcome is None or last is None:
            return
        same = welcome.epoch == last.epoch or (last.site and last.site == self._live_site())
        if same and minutes and now - last.at >= minutes * 60_000:
            self._due = last.at, now

    def _on_minutes(self, minutes: int) -> None:
        self.memory = replace(self.memory, minutes=minutes)
        self.absence.set_minutes(minutes)
        if self._path is not None:
            kept.save(self._path, self.memory)

    def _on_located(self, target: str) -> None:
        """Show what a line is about: an alarm, a seat or a queue itself, of the rest the people."""
        kind = target.partition(":")[0]
        opener = self._hands.opener
        if kind in ("alarm", "seat", "queue", "call") and target in self._live.entities:
            opener.open(target)
        else:
            opener.locate(target)
