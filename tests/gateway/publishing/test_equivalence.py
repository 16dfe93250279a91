"""Whatever is done to a console, it ends with what the floor shows it: facts, cuts, views, slow reads in any order."""

from __future__ import annotations

import random

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from websockets.protocol import State

from config.schema import Site
from feeds import wire
from feeds.entities import AnyEntity, Call, Queue
from feeds.facts import AnyFact
from feeds.floor import Floor
from feeds.following import Apply, Doubt, Follower, Swap
from feeds.gateway.publishing.hub import Hub
from feeds.gateway.publishing.pump import Pump, Subscriber
from feeds.gateway.publishing.views import View, Views
from feeds.requests import ViewRequest
from feeds.rules.access import Audience, audience, place_of, shown
from tests.examples import examples
from tests.gateway.floors import QUEUES, START, TOKENS, a_call, everybody_signs_in, small_site

SITE = small_site()


class Wire:
    """Stands for a transport: takes everything, or nothing more until it is read."""

    def __init__(self) -> None:
        self.sent: list[bytes] = []
        self.blocked = False
        self.aborted = False

    def get_write_buffer_size(self) -> int:
        return sum(map(len, self.sent)) if self.blocked else 0

    def write(self, data: bytes) -> None:
        assert not self.get_write_buffer_size(), "written although the socket could not take it"
        self.sent.append(data)

    def is_closing(self) -> bool:
        return self.aborted

    def abort(self) -> None:
        self.aborted = True


class Connection:
    """Stands for a server connection."""

    state = State.OPEN

    def __init__(self) -> None:
        self.transport = Wire()


def frames_of(data: bytes) -> list[bytes]:
    """The payloads in a stretch of server frames."""
    found = []
    while data:
        size, begin = data[1], 2
        if size == 126:
            size, begin = int.from_bytes(data[2:4], "big"), 4
        elif size == 127:
            size, begin = int.from_bytes(data[2:10], "big"), 10
        found.append(data[begin : begin + size])
        data = data[begin + size :]
    return found


class World:
    """A floor, its publication, and consoles, all in one thread and without a clock."""

    def __init__(self, site: Site = SITE) -> None:
        self.site = site
        self.floor = Floor(site)
        self.facts: list[AnyFact] = []
        self.restart(Hub(site, self.floor, "e1"))

    def restart(self, hub: Hub) -> None:
        """Publish anew; all consoles are cut."""
        self.hub, self.views = hub, Views(hub)
        self.pump = Pump(0.05, self.beat)
        self.pump.notify = lambda: None  # type: ignore[method-assign]
        self.pump.publish(lambda: self.hub.absorb())

    def beat(self, view: View) -> wire.BeatParams:
        return wire.BeatParams(view.hub.epoch, view.hub.rev, view.digest(), self.floor.now, [])

    def tell(self, facts: list[AnyFact]) -> None:
        for fact in facts:
            self.facts.append(fact)
            self.floor.apply(fact, len(self.facts))

    def begin_again(self, closely: int) -> None:
        """As after kill -9: fold everything anew, following the last facts closely."""
        self.floor = Floor(self.site)
        hub = None
        for rev, fact in enumerate(self.facts, 1):
            if rev > len(self.facts) - closely and hub is None:
                hub = Hub(self.site, self.floor, "e1")
            self.floor.apply(fact, rev)
            if hub is not None:
                hub.absorb()
        self.restart(hub or Hub(self.site, self.floor, "e1"))


class Desk:
    """A console: what it believes, and its end of the line."""

    def __init__(self, token: str, site: Site = SITE) -> None:
        self.site = site
        self.token = next(one for one in TOKENS if one.id == token)
        self.role = next(role for role in site.roles if role.id == self.token.role)
        self.view: ViewRequest | None = None
        self.follower = Follower()
        self.entities: dict[str, AnyEntity] = {}
        self.subscriber: Subscriber | None = None
        self.seen: set[str] = set()
        self.resumed = 0
        self.doubts = 0

    def audience(self) -> Audience:
        return audience(self.site, self.role, self.token, self.view)

    def connect(self, world: World) -> None:
        world.hub.absorb()
        view = world.views.of(self.audience())
        self.subscriber = Subscriber(Connection(), view, self.token.id)  # type: ignore[arg-type]
        resume = self.follower.resume()
        fits = resume is not None and resume.view == view.fingerprint and resume.epoch == world.hub.epoch
        if resume is not None and fits and world.hub.resumable(view.viewer, resume.rev):
            self.subscriber.resume(resume.rev)
            self.follower.connected(view.fingerprint, True)
            self.resumed += 1
        else:
            self.subscriber.show_all(view)
            self.follower.connected(view.fingerprint, False)
        world.pump.subscribers.add(self.subscriber)

    def cut(self, world: World) -> None:
        if self.subscriber is not None:
            world.pump.subscribers.discard(self.subscriber)
        self.subscriber = None

    def read(self, world: World) -> None:
        """Take what lies in the line."""
        if self.subscriber is None:
            return
        line: Wire = self.subscriber.transport  # type: ignore[assignment]
        data, line.sent = b"".join(line.sent), []
        for payload in frames_of(data):
            frame = wire.decode_frame(payload)
            assert isinstance(frame, wire.Snapshot | wire.Changed | wire.Beat)
            self._take(world, frame)

    def _take(self, world: World, frame: wire.Snapshot | wire.Changed | wire.Beat) -> None:
        if not isinstance(frame, wire.Beat):
            self.seen.update(entity.key for entity in frame.params.entities)
        step = self.follower.frame(frame)
        if isinstance(step, Swap):
            self.entities = {entity.key: entity for entity in step.entities}
        elif isinstance(step, Apply):
            self.entities.update({entity.key: entity for entity in step.entities})
            for key in step.gone:
                self.entities.pop(key, None)
        elif isinstance(step, Doubt) and self.subscriber is not None:
            self.doubts += 1
            self.subscriber.show_all(self.subscriber.view)

    def should_have(self, world: World) -> dict[str, AnyEntity]:
        viewer = self.audience()
        return {e.key: shown(viewer, e) for e in world.floor.entities() if viewer.sees(place_of(e))}


def settle(world: World, desks: list[Desk]) -> None:
    """Let everybody read to the end."""
    for desk in desks:
        if desk.subscriber is None:
            desk.connect(world)
        assert desk.subscriber is not None
        desk.subscriber.transport.blocked = False  # type: ignore[attr-defined]
    for _ in range(6):
        for subscriber in world.pump.subscribers:
            subscriber.beat_due = True
        world.pump.flush()
        for desk in desks:
            desk.read(world)


def random_facts(rng: random.Random, number: int, at: int, site: Site = SITE) -> list[AnyFact]:
    agent = rng.choice([None, *range(len(site.agents))])
    queue = rng.choice([queue.id for queue in site.queues])
    return sorted(a_call(number, queue, at, agent, rng.random() < 0.8), key=lambda fact: fact.at)


ACTS = st.lists(
    st.tuples(
        st.sampled_from(
            ["facts"] * 6 + ["flush"] * 6 + ["read", "read", "block", "unblock", "cut", "connect", "view", "kill"]
        ),
        st.integers(0, 1 << 30),
    ),
    max_size=60,
)  # fmt: skip


@pytest.mark.slow
@settings(max_examples=examples(40), deadline=None)
@given(acts=ACTS)
def test_any_interleaving_ends_with_the_floors_view_and_never_a_doubt(acts: list[tuple[str, int]]) -> None:
    world = World()
    desks = [Desk(token) for token in ("all-manager", "all-wall", "only-claim", "only-team-1", "claim-of-team-1")]
    world.tell(everybody_signs_in())
    at = START
    for number, (act, seed) in enumerate(acts):
        rng = random.Random(seed)
        desk = rng.choice(desks)
        if act == "facts":
            facts = random_facts(rng, number, at)
            world.tell(facts)
            at = facts[-1].at
        else:
            act_on(world, desks, desk, act, rng)
    settle(world, desks)
    for desk in desks:
        assert desk.entities == desk.should_have(world)
        assert desk.doubts == 0


def act_on(world: World, desks: list[Desk], desk: Desk, act: str, rng: random.Random) -> None:
    if act == "flush":
        if rng.random() < 0.3 and desk.subscriber is not None:
            desk.subscriber.beat_due = True
        world.pump.flush()
    elif act == "kill":
        world.begin_again(rng.choice([0, 30, 1000]))
        for one in desks:
            one.subscriber = None
    elif act == "view":
        desk.view = rng.choice([None, ViewRequest(queues=["claim"]), ViewRequest(teams=["team-1", "team-3"])])
        desk.cut(world)
    elif act == "cut":
        desk.cut(world)
    elif act == "connect" and desk.subscriber is None:
        desk.connect(world)
    elif desk.subscriber is not None:
        line: Wire = desk.subscriber.transport  # type: ignore[assignment]
        if act == "read":
            desk.read(world)
        elif act == "block":
            line.blocked = True
        elif act == "unblock":
            line.blocked = False


def test_a_limited_console_that_comes_back_after_a_restart_needs_no_snapshot() -> None:
    world, desk = World(), Desk("only-claim")
    world.tell(everybody_signs_in() + a_call(1, "claim", START, ends=False) + a_call(2, "vip", START, ends=False))
    settle(world, [desk])
    held = len(desk.entities)
    world.tell(a_call(1, "claim", START)[2:] + a_call(3, "claim", START + 5000, 0, ends=False))
    world.begin_again(closely=1000)
    desk.subscriber = None
    desk.connect(world)
    settle(world, [desk])
    assert desk.resumed == 1
    assert "call:l1" not in desk.entities and "call:l3" in desk.entities and held > 10
    assert desk.entities == desk.should_have(world)


@pytest.mark.slow
def test_nothing_out_of_scope_is_ever_on_a_limited_consoles_line() -> None:
    world = World()
    desks = [Desk(token.id) for token in TOKENS]
    rng, at = random.Random(5), START
    world.tell(everybody_signs_in())
    ever: dict[str, set[str]] = {desk.token.id: set() for desk in desks}
    for number in range(60):
        facts = random_facts(rng, number, at)
        for fact in facts:
            world.tell([fact])
            for desk in desks:
                ever[desk.token.id] |= desk.should_have(world).keys()
            settle(world, desks)
        at = facts[-1].at
    for desk in desks:
        assert desk.seen <= ever[desk.token.id]
        assert desk.doubts == 0
    assert len(ever["only-claim"]) < len(ever["all-manager"])


def test_a_snapshot_asked_for_between_two_frames_shows_what_is_in_sight_by_then() -> None:
    world, desk = World(), Desk("only-team-1")
    world.tell(everybody_signs_in())
    call = a_call(1, "claim", START, 1, ends=False)
    world.tell([fact for fact in call if fact.at == START])
    settle(world, [desk])
    assert "call:l1" in desk.entities
    world.tell([fact for fact in call if fact.at > START])
    assert desk.subscriber is not None
    desk.subscriber.view._pages = None  # longer ago than a snapshot is given twice
    desk.subscriber.show_all(desk.subscriber.view)
    world.pump._page(desk.subscriber)
    desk.read(world)
    assert "call:l1" not in desk.entities
    assert desk.entities == desk.should_have(world)


def test_a_long_way_back_is_told_in_several_frames_and_can_be_broken_between_any_of_them() -> None:
    tokens = TOKENS
    site = msgspec.structs.replace(SITE, tokens=tokens)
    world, desk = World(site), Desk("all-manager")
    settle(world, [desk])
    at = START
    desk.cut(world)
    world.tell(everybody_signs_in())
    for number in range(160):
        world.tell(a_call(number, list(QUEUES)[number % 4], at, None, ends=False))
        at += 1000
    world.hub.absorb()
    resume = desk.follower.resume()
    assert resume is not None
    frames = world.views.of(desk.audience()).changed(resume.rev)
    assert len(frames) > 2
    for rev, frame in frames[:-1]:
        for payload in frames_of(frame):
            decoded = wire.decode_frame(payload)
            assert isinstance(decoded, wire.Changed)
            desk._take(world, decoded)
        assert desk.follower.rev == rev
    settle(world, [desk])
    assert desk.resumed == 1 and desk.doubts == 0
    assert desk.entities == desk.should_have(world)


def test_a_frame_behind_which_the_copy_mixes_moments_says_that_more_belongs_to_it() -> None:
    world, desk = World(), Desk("all-manager")
    settle(world, [desk])
    desk.cut(world)
    world.tell(everybody_signs_in())
    for number in range(160):
        world.tell(a_call(number, list(QUEUES)[number % 4], START + number * 1000, None, ends=False))
    world.hub.absorb()
    resume = desk.follower.resume()
    assert resume is not None
    mixed: list[bool] = []
    more: list[bool] = []
    for _, frame in world.views.of(desk.audience()).changed(resume.rev):
        for payload in frames_of(frame):
            decoded = wire.decode_frame(payload)
            assert isinstance(decoded, wire.Changed)
            desk._take(world, decoded)
            more.append(decoded.params.more)
            waiting = sum(one.state == "waiting" for one in desk.entities.values() if isinstance(one, Call))
            counted = sum(one.waiting for one in desk.entities.values() if isinstance(one, Queue))
            mixed.append(waiting != counted)
    assert any(mixed) and not mixed[-1], "the queues are told with their last change, the calls before"
    assert more == [True] * (len(more) - 1) + [False]


def test_a_floor_that_changes_a_lot_in_every_frame_still_beats() -> None:
    world, desk = World(), Desk("all-manager")
    settle(world, [desk])
    beats = 0
    for round_ in range(5):
        for number in range(150):
            at = START + round_ * 10_000 + number
            world.tell(a_call(round_ * 1000 + number, list(QUEUES)[number % 4], at, None, ends=False))
        assert desk.subscriber is not None
        desk.subscriber.beat_due = True
        world.pump.flush()
        line: Wire = desk.subscriber.transport  # type: ignore[assignment]
        frames = [wire.decode_frame(payload) for payload in frames_of(b"".join(line.sent))]
        assert len(frames) > 2
        beats += isinstance(frames[-1], wire.Beat)
        desk.read(world)
    assert beats == 5 and desk.doubts == 0
