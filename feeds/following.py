"""What a console may believe of the frames it is sent: pure bookkeeping of epoch, revision, pages and digest."""

from typing import Protocol

from msgspec import Struct

from feeds.digest import Digest
from feeds.entities import AnyEntity
from feeds.requests import Resume
from feeds.said import said
from feeds.wire import Beat, BeatParams, CatchingUpParams, Changed, ChangedParams, Snapshot, SnapshotParams


class Swap(Struct, frozen=True):
    """The complete state of the view: replaces whatever was there."""

    entities: list[AnyEntity]


class Apply(Struct, frozen=True):
    """Whole entities to replace or add, and keys to remove."""

    entities: list[AnyEntity]
    gone: list[str]


class Proved(Struct, frozen=True):
    """A beat that shows that the console has what the gateway has."""

    beat: BeatParams


class Doubt(Struct, frozen=True):
    """The console cannot prove any more that it has what the gateway has: ask for a snapshot, say stale meanwhile."""

    reason: str


class Wait(Struct, frozen=True):
    """Nothing to do for this frame: a page of an unfinished snapshot, or a frame from before an expected one."""


Step = Swap | Apply | Proved | Doubt | Wait


class Taker(Protocol):
    """Who is told of the floor."""

    def on_snapshot(self, entities: list[AnyEntity]) -> None:
        """The complete state of the view: replaces everything."""

    def on_changed(self, entities: list[AnyEntity], gone: list[str]) -> None:
        """Whole entities to replace or add, and keys to remove."""


class Unproved:
    """A snapshot and what came behind it: handed over with their proof, as nothing shown before can be proved."""

    def __init__(self, taker: Taker) -> None:
        self._taker = taker
        self._held: list[Swap | Apply] = []

    def __bool__(self) -> bool:
        return bool(self._held)

    def take(self, step: Swap | Apply) -> None:
        """What a frame meant; without a snapshot that is held, changes go on at once."""
        if isinstance(step, Swap):
            self._held = [step]
        elif self._held:
            self._held.append(step)
        else:
            self._taker.on_changed(step.entities, step.gone)

    def hand_over(self) -> None:
        """Let go of what is held."""
        steps, self._held = self._held, []
        for step in steps:
            if isinstance(step, Swap):
                self._taker.on_snapshot(step.entities)
            else:
                self._taker.on_changed(step.entities, step.gone)

    def drop(self) -> None:
        """Forget what is held."""
        self._held = []


class Follower:
    """Follows one feed over any number of connections; holds keys and hashes, not entities.

    A snapshot is handed over only when its last page is there. Frames that arrive while a snapshot is expected cannot
    be trusted to fit and are passed over; the beat behind the snapshot proves that nothing was missed.
    """

    def __init__(self) -> None:
        self.epoch = ""
        self.rev = -1
        self.view = ""
        self.awaiting_snapshot = True
        self._digest = Digest()
        self._pages: list[SnapshotParams] = []

    def __len__(self) -> int:
        return len(self._digest)

    def resume(self) -> Resume | None:
        """What to tell the gateway when connecting again; None without a state that could be continued."""
        if self.awaiting_snapshot or self.rev < 0:
            return None
        return Resume(self.epoch, self.rev, self.view)

    def forget(self) -> None:
        """Trust nothing of what is there: only a snapshot will do."""
        self.awaiting_snapshot = True
        self._pages = []

    def connected(self, view: str, resumed: bool) -> None:
        """The gateway says welcome: `view` is a fingerprint, `resumed` whether changes follow instead of a snapshot."""
        self.view = view
        self._pages = []
        if not resumed:
            self.awaiting_snapshot = True

    def frame(self, frame: Snapshot | Changed | Beat) -> Step:
        """What this frame means."""
        if isinstance(frame, Changed):
            return self._changed(frame.params)
        if isinstance(frame, Beat):
            return self._beat(frame.params)
        return self._page(frame.params)

    def _page(self, page: SnapshotParams) -> Step:
        if not self.awaiting_snapshot and page.epoch == self.epoch and page.rev < self.rev:
            return self._doubt(f"a snapshot of revision {page.rev}, which is over: this console is at {self.rev}")
        if page.page == 1:
            self._pages = []
        elif not self._pages:
            return self._doubt("the first page of a snapshot is missing") if self.awaiting_snapshot else Wait()
        if page.page != len(self._pages) + 1 or (self._pages and not _same_snapshot(self._pages[0], page)):
            return self._doubt(f"page {len(self._pages) + 1} of a snapshot is missing")
        self._pages.append(page)
        if page.page < page.pages:
            return Wait()
        return self._swap()

    def _swap(self) -> Step:
        pages, self._pages = self._pages, []
        self._digest = Digest()
        entities: list[AnyEntity] = []
        for page in pages:
            entities += page.entities
            for item in (*page.entities, *page.unreadable):
                self._digest.put(item.key, item.rev)
        self.epoch, self.rev = pages[0].epoch, pages[0].rev
        self.awaiting_snapshot = False
        return Swap(entities)

    def _unfinished(self) -> Step:
        """Nothing else comes between the pages of a snapshot: if it does, the rest was lost."""
        return self._doubt("a snapshot was not finished") if self._pages else Wait()

    def _changed(self, change: ChangedParams) -> Step:
        if self.awaiting_snapshot or self._pages:
            return self._unfinished()
        if change.epoch != self.epoch:
            return self._doubt("the gateway tells another history")
        if change.prev != self.rev:
            return self._doubt(f"changes since revision {change.prev} do not fit on revision {self.rev}")
        for entity in change.entities:
            self._digest.put(entity.key, entity.rev)
        gone = change.gone
        for item in change.unreadable:
            self._digest.put(item.key, item.rev)
            gone = [*gone, item.key]
        for key in change.gone:
            self._digest.drop(key)
        self.rev = change.rev
        return Apply(change.entities, gone)

    def _beat(self, beat: BeatParams) -> Step:
        if self.awaiting_snapshot or self._pages:
            return self._unfinished()
        if beat.epoch != self.epoch:
            return self._doubt("the gateway tells another history")
        if beat.rev != self.rev:
            return self._doubt(f"the gateway is at revision {beat.rev}, this console at {self.rev}")
        if beat.digest != self._digest.text:
            return self._doubt("contents differ from the gateway's")
        return Proved(beat)

    def _doubt(self, reason: str) -> Doubt:
        self.forget()
        return Doubt(reason)


def catching_up_text(told: CatchingUpParams) -> str:
    """Why there is no proof yet, to be worded by whoever shows it."""
    text = "the gateway counts the day so far: {percent} %"
    return said("connect.catching_up", text, percent=int(told.share * 100))


def _same_snapshot(one: SnapshotParams, other: SnapshotParams) -> bool:
    return (one.epoch, one.rev, one.pages) == (other.epoch, other.rev, other.pages)
