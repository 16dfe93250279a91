"""The fold: facts in, floor out. Pure: no clock, no input or output, no randomness."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import msgspec

from config.bulk import in_bulk
from config.schema import AlarmSettings, GatewaySettings, OrderSettings, Site, WallSettings
from feeds.counters import Tally
from feeds.entities import AnyEntity
from feeds.facts import SEAT_STATES, AnyFact
from feeds.folding import (
    alarming,
    arriving,
    booking,
    handling,
    leaving,
    passing,
    publishing,
    seats,
    tallying,
    telling,
    wiring,
)  # fmt: skip
from feeds.folding.copies import Copies, Copy, Fetch, named
from feeds.folding.core import Core
from feeds.folding.sheets import Sheet, sheet_of
from feeds.folding.state import CREW_SLOT, QUEUE_SLOT, RING, WINDOWS, AlarmMark, FloorState
from feeds.folding.tables import Part, add_newest, pack_state, unpack_state
from feeds.records import LegRecord

if TYPE_CHECKING:
    from feeds.folding.stepping import Walk

FIGURE_WINDOWS = (*WINDOWS, "today")
"""Windows in which figures are published for every scope."""

_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(tuple[bytes, dict[bytes, bytes]]).decode

Handler = Callable[["Floor", AnyFact], None]
_HANDLERS: dict[type, Handler] = {
    **arriving.HANDLERS, **leaving.HANDLERS, **handling.HANDLERS, **seats.HANDLERS, **telling.HANDLERS,
    **alarming.HANDLERS,
}  # fmt: skip


def _nothing(name: bytes) -> bytes:
    raise KeyError(name)


def folded_part(site: Site) -> Site:
    """What of a site the fold depends on: who may look at it or order it, and how it is shown is none of that."""
    teams = tuple(msgspec.structs.replace(team, break_quota=None) for team in site.teams)
    return msgspec.structs.replace(
        site, roles=(), tokens=(), wall=WallSettings(), gateway=GatewaySettings(), simulation=None, asterisk=None,
        alarm_settings=AlarmSettings(), break_quota=None, shifts=(), classic_colours=False, teams=teams,
        orders=OrderSettings(), layout=None, pauses=(),
    )  # fmt: skip


class Floor(Core):
    """The whole floor as folded from facts.

    `ledger` is called with every leg that is concluded, and again when it is booked, `journal` with whatever
    happens to an alarm. `retain_days` bounds how many
    days of quarter-hours are kept besides today (None: all). Two floors of one site that applied the same facts have
    equal `freeze()` bytes, wherever they were frozen and thawed in between.
    """

    __slots__ = ()

    def __init__(
        self,
        site: Site,
        *,
        alarms: bool = True,
        retain_days: int | None = 2,
        ledger: Callable[[LegRecord], None] | None = None,
        journal: Callable[[AlarmMark], None] | None = None,
        state: FloorState | None = None,
        fetch: Fetch = _nothing,
    ) -> None:
        if state is not None and any(len(crew.counts) != len(SEAT_STATES) for crew in state.crews.values()):
            raise msgspec.ValidationError("this floor was frozen when there were other seat states")
        self.site = site
        self.zone = ZoneInfo(site.zone)
        self.alarms_on = alarms
        self.retain_days = retain_days
        self.ledger = ledger
        self.journal = journal
        self.state = FloorState() if state is None else state
        self.rev = self.state.rev
        self.now = self.state.now
        self.bucket = self.state.bucket
        self.slot_begin = passing.slot_begin(self.state)
        self.next_due = 0
        newest = max(0, self.slot_begin)
        self.queue_copies, self.crew_copies = (
            Copies.of(names, slot, RING[slot], newest // slot, fetch)
            for names, slot in ((self.state.queue_copies, QUEUE_SLOT), (self.state.crew_copies, CREW_SLOT))
        )
        self.queues = self.state.queues
        self.crews = []
        self.agents = self.state.agents
        self.order = self.state.order
        self.late_order: Callable[[], dict[str, int]] | None = None
        self.pending: dict[str, int] = {}
        self.bundled: dict[str, int] = {}
        self.cache: dict[str, AnyEntity] = {}
        wiring.connect(self)
        if state is None:
            wiring.furnish(self)
        else:
            wiring.watch(self)
            passing.plan(self)

    def apply(self, fact: AnyFact, rev: int) -> None:
        """Fold one fact in. `rev` must be greater than every revision before."""
        self.rev = rev
        at = fact.at
        if at > self.now:
            if at >= self.next_due:
                passing.advance(self, at)
            self.now = at
        _HANDLERS[type(fact)](self, fact)

    def advance(self, at: int) -> None:
        """Let time pass to `at` (UTC milliseconds) without a fact; going back is ignored."""
        if at > self.now:
            passing.advance(self, at)
            self.now = at
            # The revision stands still, so it cannot tell what was built before from what time has changed since.
            self.cache.clear()

    # What is published

    def entity(self, key: str) -> AnyEntity | None:
        """The entity with this key as of the newest revision, None if there is none."""
        return publishing.entity(self, key)

    def keys(self) -> Iterator[str]:
        """All published keys, oldest change first."""
        booking.settle_order(self)
        for key in list(self.order):
            yield from publishing.expand(key)

    def entities(self) -> Iterator[AnyEntity]:
        """All published entities, oldest change first."""
        for key in list(self.keys()):
            found = self.entity(key)
            if found is not None:
                yield found

    def touched_since(self, rev: int) -> list[tuple[str, int]]:
        """Keys and revisions of what changed after `rev`, youngest first."""
        booking.settle_order(self)
        found: list[tuple[str, int]] = []
        for key, last in reversed(self.order.items()):
            if last <= rev:
                break
            for published in publishing.expand(key):
                found.append((published, last))
        return found

    def gone_since(self, rev: int) -> list[str]:
        """Keys of entities that ceased to exist after `rev`; complete for rev >= horizon."""
        found: list[str] = []
        for key, (last, _) in reversed(self.state.gone.items()):
            if last <= rev:
                break
            found.append(key)
        return found

    @property
    def horizon(self) -> int:
        """The oldest revision from which `touched_since` and `gone_since` tell the whole story."""
        return self.state.horizon

    def tally(self, scope: str, begin: int, end: int) -> Tally:
        """All counters of a scope in [begin, end), UTC milliseconds, multiples of a quarter of an hour.

        `scope` is `site` or `kind:id`; an unknown one counts nothing. Raises ValueError for other boundaries.
        """
        return tallying.period(self, scope, begin, end)

    # Freezing

    def freeze(self) -> bytes:
        """Everything that the future depends on, as bytes; equal folds give equal bytes."""
        state, copies = self.frame()
        return _encode((state, {name: copy.packed for name, copy in copies.items()}))

    def make_whole(self, hold: Callable[[Iterable[bytes]], None]) -> None:
        """Have every copy held that nobody has looked into yet, and make all people and seats: for a floor that lasts.

        `hold` takes the names. Raises what it raises; the floor is as it was then.
        """
        hold(copy.name for copy in (*self.queue_copies, *self.crew_copies) if copy.is_away)
        booking.settle_order(self)
        state = self.state
        self.agents = state.agents = dict(state.agents.items())
        state.seats, state.legs = dict(state.seats.items()), dict(state.legs.items())
        state.calls = dict(state.calls.items())

    def frame(self) -> tuple[bytes, Mapping[bytes, Copy | Part]]:
        """The same in parts, of which a log that has them already need not keep those with a name again."""
        booking.settle_order(self)
        passing.store(self)
        state, parts = pack_state(self.state, self.queue_copies.newest.rows, self.crew_copies.newest.rows)
        return state, {**named((self.queue_copies, self.crew_copies)), **parts}

    def sheet(self) -> Sheet:
        """The state laid out for finding what differs from one moment to another. Raises NoSheetError."""
        booking.settle_order(self)
        passing.store(self)
        return sheet_of(self.state, self.queue_copies.newest.rows, self.crew_copies.newest.rows)

    def copies(self) -> Mapping[bytes, Copy]:
        """The copies that a frame would name, without the parts of a whole one."""
        return named((self.queue_copies, self.crew_copies))

    @classmethod
    def thaw(
        cls,
        site: Site,
        frozen: bytes,
        *,
        alarms: bool = True,
        retain_days: int | None = 2,
        ledger: Callable[[LegRecord], None] | None = None,
    ) -> Floor:
        """The floor that was frozen. Raises msgspec.ValidationError for bytes of another version."""
        state, copies = _decode(frozen)
        return cls.of_frame(
            site, state, copies.__getitem__, alarms=alarms, retain_days=retain_days, ledger=ledger
        )  # fmt: skip

    @classmethod
    def of_frame(
        cls,
        site: Site,
        state: bytes,
        fetch: Fetch,
        steps: Sequence[tuple[bytes, int]] = (),
        *,
        alarms: bool = True,
        retain_days: int | None = 2,
        ledger: Callable[[LegRecord], None] | None = None,
    ) -> Floor:
        """The floor of a frame; `fetch` is asked for copies when they are looked into, and its errors are raised then.
        What the state itself needs is asked for at once. `steps` lead from there to the frame that is wanted.

        Raises msgspec.ValidationError for a state of another version.
        """
        with in_bulk():
            walk: Walk | None = None
            if steps:
                from feeds.folding.stepping import unpack_steps  # not every gateway loads numpy for it

                thawed, walk = unpack_steps(state, fetch, steps)
                order: Callable[[], dict[str, int]] = walk.order
            else:
                thawed, order = unpack_state(state, fetch)
            floor = cls(site, alarms=alarms, retain_days=retain_days, ledger=ledger, state=thawed, fetch=fetch)
            floor.late_order = order
            queues, crews = floor.queue_copies.newest.rows, floor.crew_copies.newest.rows
            if walk is None:
                add_newest(thawed, queues, crews)
            else:
                walk.add_since(queues, crews)
            return floor
