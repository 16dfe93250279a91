"""Through any faults a console is never live and wrong; and each of eleven planted protocol bugs is noticed.

A state machine drives the gateway's own publishing, a proxy that loses, doubles, swaps, cuts and replays frames, and
the client's own bookkeeping. Whenever a beat proves the console's contents, they are compared with what the floor
showed at that revision; and as long as nothing is doubted after that, they are compared after every frame, and no frame
leads back to an older revision. `WATCHFLOOR_FAULT_SEQUENCES` sets how many sequences are tried (2,000).
"""

from __future__ import annotations

import os
import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from config.schema import Site
from feeds import wire
from feeds.digest import Digest
from feeds.entities import AnyEntity
from feeds.facts import AnyFact
from feeds.following import Doubt, Follower, Proved, Swap
from feeds.gateway.publishing import views
from feeds.gateway.publishing.hub import Hub
from feeds.gateway.publishing.views import View
from tests.gateway.floors import START, TOKENS, everybody_signs_in, small_site
from tests.gateway.publishing.test_equivalence import Desk, Wire, World, frames_of, random_facts, settle

SEQUENCES = int(os.environ.get("WATCHFLOOR_FAULT_SEQUENCES", "2000"))
SEEDS = st.integers(0, 1 << 30)
WHOLE = small_site()
FEW = small_site(queues={"claim": "claims", "vip": "special"}, vendors={"team-1": None, "team-3": "north"})
"""Half of it: something is out of sight of every limited token, and twice as many sequences take as long."""
FEW_PAGE_BYTES = 8 * 1024
"""So that its snapshots, too, have several pages."""
CHANGED = b'{"jsonrpc":"2.0","method":"floor.changed"'
Frame = wire.Snapshot | wire.Changed | wire.Beat


class Line:
    """World, one console and the proxy between them; remembers what was true at every published revision."""

    def __init__(self, token: str, site: Site = WHOLE) -> None:
        self.world = World(site)
        self.desk = Desk(token, site)
        self.at = START
        self.calls = 0
        self.coming: list[AnyFact] = []
        self.truth: dict[tuple[str, int], dict[str, AnyEntity]] = {}
        self.under_way: list[bytes] = []
        self.old: list[bytes] = []
        self.snapshots: list[list[bytes]] = []
        """The pages of every snapshot that came, for the proxy to bring again."""
        self.proofs = 0
        self.live = False
        """Proved, and neither replaced nor doubted since: what a console shows as live between two beats."""
        self.partial: set[bytes] = set()
        """Frames that lead a part of a long way: what changes again on the rest of it comes with the rest."""
        self.on_the_way = False
        self.world.tell(everybody_signs_in(agents=len(site.agents)))
        self.desk.connect(self.world)

    def facts(self, rng: random.Random) -> None:
        for _ in range(rng.randint(1, 4)):
            self.calls += 1
            self.coming += random_facts(rng, self.calls, self.at, self.world.site)
            self.at += rng.randint(0, 10_000)
        self.coming.sort(key=lambda fact: fact.at)
        some = rng.randint(1, len(self.coming))
        self.world.tell(self.coming[:some])
        del self.coming[:some]

    def publish(self, beat: bool) -> None:
        """What a frame interval does at the gateway; the frames are then with the proxy."""
        subscriber = self.desk.subscriber
        if subscriber is None:
            return
        subscriber.beat_due = subscriber.beat_due or beat
        self.world.pump.flush()
        hub = self.world.hub
        self.truth[hub.epoch, hub.rev] = self.desk.should_have(self.world)
        line: Wire = subscriber.transport  # type: ignore[assignment]
        sent, line.sent = b"".join(line.sent), []
        frames = frames_of(sent)
        self.partial.update([one for one in frames if one.startswith(CHANGED)][:-1])
        self.under_way += frames

    def arrive(self, count: int) -> None:
        """Let frames through to the console."""
        for payload in self.under_way[:count]:
            self.old = [*self.old[-20:], payload]
            frame = wire.decode_frame(payload)
            assert isinstance(frame, Frame)
            if isinstance(frame, wire.Snapshot):
                if frame.params.page == 1 or not self.snapshots:
                    self.snapshots.append([])
                self.snapshots[-1].append(payload)
            doubts, before, follower = self.desk.doubts, self._stands(), self.desk.follower
            awaited = follower.awaiting_snapshot
            self.desk._take(self.world, frame)
            stands = self._stands()
            # Whoever waits for a snapshot takes any, and is live again only when a beat has proved it.
            led_back = not awaited and stands[0] == before[0] and stands[1] < before[1]
            assert not (self.live and led_back), "live and led back"
            if self.desk.doubts != doubts or follower.awaiting_snapshot or _is_last_page(frame):
                self.live = False
            elif isinstance(frame, wire.Beat) and self._believed(frame):
                self.proofs += 1
                self.live = True
                assert self.desk.entities == self.truth[frame.params.epoch, frame.params.rev], "live and wrong"
            if not isinstance(frame, wire.Beat):
                self.on_the_way = payload in self.partial
            if self.live and not self.on_the_way:
                assert self.desk.entities == self.truth[stands], "live and wrong between beats"
        del self.under_way[:count]

    def _stands(self) -> tuple[str, int]:
        return self.desk.follower.epoch, self.desk.follower.rev

    def _believed(self, beat: wire.Beat) -> bool:
        follower = self.desk.follower
        return not follower.awaiting_snapshot and (follower.epoch, follower.rev) == (beat.params.epoch, beat.params.rev)

    def reconnect(self) -> None:
        self.under_way.clear()
        self.desk.cut(self.world)
        self.desk.connect(self.world)

    def restart(self, closely: int) -> None:
        self.under_way.clear()
        self.world.begin_again(closely)
        self.desk.subscriber = None
        self.desk.connect(self.world)

    def seek(self) -> None:
        """Another history under another epoch: the same facts without the newest."""
        self.world.facts = self.world.facts[: max(8, len(self.world.facts) * 2 // 3)]
        self.world.begin_again(0)
        self.world.hub.epoch = f"e{len(self.truth) + 2}"
        self.under_way.clear()
        self.desk.subscriber = None
        self.desk.connect(self.world)

    def clean_end(self) -> None:
        """Without further faults the console is right within a few frames; one that waits for a snapshot of which
        every frame was lost connects anew, as feeds.client does after five seconds."""
        settle(self.world, [self.desk])
        if self.desk.follower.awaiting_snapshot:
            self.reconnect()
        settle(self.world, [self.desk])
        assert self.desk.entities == self.desk.should_have(self.world)


def _is_last_page(frame: Frame) -> bool:
    """Whether it replaces everything, so that nothing is proved any more (feeds.client does the same)."""
    return isinstance(frame, wire.Snapshot) and frame.params.page == frame.params.pages


class Faults(RuleBasedStateMachine):
    """What may happen to a line, in any order."""

    line: Line

    @initialize(token=st.sampled_from([token.id for token in TOKENS]))
    def begin(self, token: str) -> None:
        self.line = Line(token, FEW)

    @rule(seed=SEEDS)
    def things_happen_and_are_sent(self, seed: int) -> None:
        self.line.facts(random.Random(seed))
        self.line.publish(beat=bool(seed & 1))

    @rule(count=st.integers(1, 6))
    def frames_arrive(self, count: int) -> None:
        self.line.publish(beat=True)
        self.line.arrive(count)

    @rule(place=st.integers(0, 5))
    def a_frame_is_lost(self, place: int) -> None:
        if self.line.under_way:
            del self.line.under_way[place % len(self.line.under_way)]

    @rule(place=st.integers(0, 5))
    def a_frame_comes_twice(self, place: int) -> None:
        if self.line.under_way:
            self.line.under_way.insert(0, self.line.under_way[place % len(self.line.under_way)])

    @rule(place=st.integers(0, 5))
    def frames_change_places(self, place: int) -> None:
        way = self.line.under_way
        if len(way) > 1:
            one = place % (len(way) - 1)
            way[one], way[one + 1] = way[one + 1], way[one]

    @rule(place=st.integers(0, 20))
    def an_old_frame_comes_again(self, place: int) -> None:
        if self.line.old:
            self.line.under_way.insert(0, self.line.old[place % len(self.line.old)])

    @rule(place=st.integers(0, 3))
    def an_old_snapshot_comes_again(self, place: int) -> None:
        if self.line.snapshots:
            self.line.under_way[:0] = self.line.snapshots[place % len(self.line.snapshots)]

    @rule()
    def the_line_breaks(self) -> None:
        self.line.reconnect()

    @rule(closely=st.sampled_from([0, 10, 1000]))
    def the_gateway_is_killed(self, closely: int) -> None:
        self.line.restart(closely)

    @rule()
    def somebody_seeks(self) -> None:
        self.line.seek()

    def teardown(self) -> None:
        if hasattr(self, "line"):
            self.line.arrive(len(self.line.under_way))
            self.line.under_way.clear()
            self.line.clean_end()


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_through_thousands_of_fault_sequences_no_console_is_live_and_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    from hypothesis.stateful import run_state_machine_as_test

    monkeypatch.setattr(views, "PAGE_BYTES", FEW_PAGE_BYTES)
    line = Line("only-claim", FEW)
    assert len(line.world.views.of(line.desk.audience()).pages().frames) > 2
    run_state_machine_as_test(  # type: ignore[no-untyped-call]
        Faults,
        settings=settings(
            max_examples=SEQUENCES, stateful_step_count=14, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )


# ── planted bugs ─────────────────────────────────────────────────────────────────────────────────────────────────────

Plant = Callable[[pytest.MonkeyPatch], None]


def _patched(cls: type, name: str, make: Callable[[Any], Any]) -> Plant:
    return lambda patch: patch.setattr(cls, name, make(getattr(cls, name)))


def _snapshot_without_its_last_entity(real: Any) -> Any:
    return lambda epoch, rev, page, pages, entities: real(epoch, rev, page, pages, entities[:-1])


def _frame_without_its_oldest_entity(real: Any) -> Any:
    return lambda epoch, prev, rev, entities, gone: real(epoch, prev, rev, entities[1:], gone)


def _stale_bytes(real: Any) -> Any:
    first: dict[str, bytes | None] = {}

    def encoded(hub: Hub, key: str, rev: int, viewer: Any) -> bytes | None:
        return first.setdefault(key, real(hub, key, rev, viewer))

    return encoded


def _swap_at_the_first_page(real: Any) -> Any:
    def page(follower: Follower, one: wire.SnapshotParams) -> Any:
        return real(follower, msgspec.structs.replace(one, page=1, pages=1))

    return page


def _old_snapshots_are_taken(real: Any) -> Any:
    def page(follower: Follower, one: wire.SnapshotParams) -> Any:
        rev, follower.rev = follower.rev, min(follower.rev, one.rev)
        step = real(follower, one)
        if not isinstance(step, Swap):
            follower.rev = rev
        return step

    return page


def _prev_is_not_looked_at(real: Any) -> Any:
    def changed(follower: Follower, change: wire.ChangedParams) -> Any:
        return real(follower, msgspec.structs.replace(change, prev=follower.rev, epoch=follower.epoch))

    return changed


class _Forgetful(Digest):
    def drop(self, key: str) -> None:
        pass


BUGS: dict[str, tuple[Plant, str]] = {
    "a frame forgets what is gone": (_patched(Hub, "left_sight", lambda real: lambda hub, viewer, prev: []), "send"),
    "a frame leaves out a change": (
        lambda patch: patch.setattr(wire, "changed", _frame_without_its_oldest_entity(wire.changed)), "send",
    ),
    "a snapshot lacks an entity": (
        lambda patch: patch.setattr(wire, "snapshot", _snapshot_without_its_last_entity(wire.snapshot)), "send",
    ),
    "the cache gives yesterday's bytes": (_patched(Hub, "encoded", _stale_bytes), "send"),
    "a restart resumes from anywhere": (
        _patched(Hub, "resumable", lambda real: lambda hub, viewer, rev: rev <= hub.rev), "restart",
    ),
    "a seek keeps the epoch": (lambda patch: None, "seek"),
    "the console's digest forgets what is gone": (
        lambda patch: patch.setattr("feeds.following.Digest", _Forgetful), "send",
    ),
    "the console swaps at the first page": (_patched(Follower, "_page", _swap_at_the_first_page), "pages"),
    "the console takes a snapshot that is over": (
        _patched(Follower, "_page", _old_snapshots_are_taken), "replay",
    ),
    "the console does not look at prev": (_patched(Follower, "_changed", _prev_is_not_looked_at), "lose"),
    "moves out of sight are forgotten": (
        _patched(View, "sees", lambda real: lambda view, key: real(view, key) or key.startswith("call:")), "sight",
    ),
}  # fmt: skip


@contextmanager
def planted(bug: str) -> Iterator[str]:
    plant, how = BUGS[bug]
    with pytest.MonkeyPatch.context() as patch:
        plant(patch)
        yield how


def noticed(bug: str) -> bool:
    """Whether ordinary life with this bug leads to a doubt, or else to a comparison that fails."""
    with planted(bug) as how:
        for seed in range(40):
            rng = random.Random(seed)
            line = Line("only-claim" if how in ("sight", "restart", "send") else "all-manager")
            try:
                for _ in range(8):
                    _live(line, how, rng)
            except AssertionError:
                return True
            if line.desk.doubts and how != "replay":  # there a doubt is what is right
                return True
    return False


def _live(line: Line, how: str, rng: random.Random) -> None:
    line.facts(rng)
    line.publish(beat=True)
    if how == "lose" and len(line.under_way) > 1:
        del line.under_way[0]
    if how == "replay" and line.snapshots:
        line.under_way += line.snapshots[0]
    line.arrive(len(line.under_way))
    if how == "restart" and rng.random() < 0.5:
        line.facts(rng)
        line.restart(0)
    if how == "seek" and rng.random() < 0.5:
        line.seek()
        line.world.hub.epoch = "e1"
        line.reconnect()
        line.facts(rng)


@pytest.mark.parametrize("bug", BUGS)
def test_a_planted_protocol_bug_is_noticed(bug: str) -> None:
    assert noticed(bug)


@pytest.mark.slow
def test_without_a_bug_ordinary_life_raises_no_doubt() -> None:
    for seed in range(10):
        rng, line = random.Random(seed), Line(TOKENS[seed % len(TOKENS)].id)
        for _ in range(8):
            _live(line, "send", rng)
        assert line.desk.doubts == 0 and line.proofs >= 8


def test_the_follower_used_here_is_the_one_that_consoles_use() -> None:
    from feeds import client

    assert client.Follower is Follower and client.Proved is Proved and client.Swap is Swap and client.Doubt is Doubt
