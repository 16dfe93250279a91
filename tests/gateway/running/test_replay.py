"""A recording as a floor: a seek shows what a straight run shows, and says how far it is."""

from __future__ import annotations

import asyncio
import math
import threading
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from websockets.protocol import State

from feeds.client import FeedClient
from feeds.entities import Source
from feeds.facts import (
    FASTEST,
    AnyFact,
    AttemptEnded,
    AttemptStarted,
    CallArrived,
    LegAnswered,
    LegJoined,
)  # fmt: skip
from feeds.gateway.asking import archive
from feeds.gateway.books.store import Store
from feeds.gateway.consoles import desk as desk_module
from feeds.gateway.consoles.serve import Gateway
from feeds.gateway.moments import moment, spoken, written
from feeds.gateway.publishing.hub import Hub
from feeds.gateway.publishing.pump import Pump, Subscriber
from feeds.gateway.publishing.views import View
from feeds.gateway.running import recording as recording_module
from feeds.gateway.running.clock import PacedClock
from feeds.gateway.running.engine import Engine, Seek
from feeds.gateway.running.recording import Player, open_recorded, speaking_of
from feeds.gateway.running.session import Past
from feeds.gateway.running.shelf import Shelf, Wish
from feeds.log.base import Entry
from feeds.records import LegRecord
from feeds.requests import CallsParams, CallsResult
from feeds.rules.access import audience
from feeds.sources.base import Clock, Emit, SourceError
from feeds.sources.recorded import open_source
from feeds.wire import BeatParams
from tests import windows_files
from tests.gateway.floors import ROLES, START, TOKENS, a_call, a_morning, everybody_signs_in, small_site
from tests.gateway.giving import give
from tests.gateway.harness import ListSource, ToldSource, console, running_gateway
from tests.gateway.recordings import a_recording, run_to, straight, without_rev

pytestmark = pytest.mark.slow  # together they take seconds; the quick part has a minute for all

SITE = small_site()
HOUR = 3_600_000


def test_contents_after_a_seek_equal_those_of_a_straight_run(tmp_path: Path) -> None:
    async def scenario() -> None:
        facts = a_morning()
        file, store = a_recording(tmp_path / "day.floor", facts), Store(tmp_path / "gateway.db")
        engine = open_recorded(SITE, Wish(f"recorded:{file}"), file, Shelf(tmp_path, store))
        gateway = Gateway(SITE, engine, store)
        await gateway.start("127.0.0.1", 0)
        try:
            async with console(gateway, "all-manager") as (link, memory):
                await memory.live()
                await give(link, "replay.pause")
                for share in (0.9, 0.35, 0.35, 0.0, 1.0, 0.6):
                    to = START + int((facts[-1].at - START) * share)
                    epoch = memory.beats[-1].epoch
                    assert (await give(link, "replay.seek", args={"to": to})).state == "done"
                    await memory.until(lambda epoch=epoch: memory.beats[-1].epoch != epoch and memory.state == "live")
                    floor = engine.session.floor
                    assert without_rev(floor) == without_rev(straight(facts, to))
                    shown = {e.key: e for e in floor.entities()}
                    await memory.until(lambda shown=shown: memory.entities == shown)
                await give(link, "replay.seek", args={"to": START + 400_000})
                opened = await link.ask("calls", CallsParams("answered", queue="claim"), CallsResult)
                assert opened.total == floor_answered(engine, "claim")
        finally:
            await gateway.stop()
            store.close()

    asyncio.run(scenario())


def test_what_is_wanted_at_the_end_is_how_it_goes_on_where_a_seek_leads(tmp_path: Path) -> None:
    async def scenario() -> None:
        facts = a_morning()
        file, store = a_recording(tmp_path / "day.floor", facts), Store(tmp_path / "gateway.db")
        engine = open_recorded(SITE, Wish(f"recorded:{file}", speed=math.inf), file, Shelf(tmp_path, store))
        gateway = Gateway(SITE, engine, store)
        await gateway.start("127.0.0.1", 0)

        async def speed_after(order: str, **args: object) -> float:
            await engine.ended.wait()
            assert engine.clock.paused
            assert (await give(link, order, args=args)).state == "done"
            assert engine.clock.paused, "there is nothing more to play"
            await give(link, "replay.seek", args={"to": START})
            found = engine.clock.speed
            await give(link, "replay.speed", args={"speed": 600})  # at max it may have ended before that is looked at
            await give(link, "replay.seek", args={"to": facts[-1].at - 1000})
            return found

        try:
            async with console(gateway, "all-manager") as (link, memory):
                await memory.live()
                assert await speed_after("replay.speed", speed=5) == 5
                assert await speed_after("replay.resume") == 600
                assert await speed_after("replay.pause") == 0
        finally:
            await gateway.stop()
            store.close()

    asyncio.run(scenario())


def test_rings_of_people_are_opened_wherever_the_replay_was_entered(tmp_path: Path) -> None:
    facts: list[AnyFact] = [*everybody_signs_in()]
    for number in range(12):
        at, leg, call = START + 60_000 + number * 30_000, f"l{number:02d}", f"c{number}"
        facts += [
            CallArrived(at=at, call=call),
            LegJoined(at=at, call=call, leg=leg, queue="claim"),
            AttemptStarted(at=at + 1_000, leg=leg, agent="a0"),
            AttemptEnded(at=at + 16_000, leg=leg, agent="a0", result="no_answer"),
            AttemptStarted(at=at + 17_000, leg=leg, agent="a1"),
            AttemptEnded(at=at + 20_000, leg=leg, agent="a1", result="answered"),
            LegAnswered(at=at + 20_000, leg=leg, agent="a1"),
        ]

    async def scenario() -> None:
        file, store = a_recording(tmp_path / "day.floor", facts), Store(tmp_path / "gateway.db")
        engine = open_recorded(SITE, Wish(f"recorded:{file}", at="09:04"), file, Shelf(tmp_path, store))
        gateway = Gateway(SITE, engine, store)
        await gateway.start("127.0.0.1", 0)
        engine.clock.pause()
        try:
            async with console(gateway, "all-manager") as (link, memory):
                await memory.live()
                for to in (None, START + 300_000, START + 120_000):
                    if to is not None:
                        assert (await give(link, "replay.seek", args={"to": to})).state == "done"
                    await _opens_to_what_it_says(link)
                engine.clock.resume()
                await run_to(engine, START + 380_000)
                engine.clock.pause()
                assert await _opens_to_what_it_says(link) > 8, "what was told behind the entry is there too"
        finally:
            await gateway.stop()
            store.close()

    asyncio.run(scenario())


async def _opens_to_what_it_says(link: FeedClient) -> int:
    """How many phones of a team rang in vain by now, all of which are there when the figure is opened."""
    opened = await link.ask("calls", CallsParams("ring_no_answer", scope="team:team-1"), CallsResult)
    missed = [at for leg in opened.calls for at in leg.missed_at]
    assert missed and len(missed) == opened.value == opened.total
    others = await link.ask("calls", CallsParams("ring_no_answer", scope="team:team-2"), CallsResult)
    assert (others.total, others.value) == (0, 0)
    return len(missed)


def test_whoever_asks_while_somebody_moves_the_floor_is_told_of_where_it_stands_then(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reading, moved = archive._read, threading.Event()

    def read_when_moved(log: Past, begin: int, end: int) -> list[LegRecord]:
        assert moved.wait(10)
        return reading(log, begin, end)

    async def scenario() -> None:
        facts = a_morning()
        file, store = a_recording(tmp_path / "day.floor", facts), Store(tmp_path / "gateway.db")
        engine = open_recorded(SITE, Wish(f"recorded:{file}"), file, Shelf(tmp_path, store))
        gateway = Gateway(SITE, engine, store)
        await gateway.start("127.0.0.1", 0)
        try:
            async with console(gateway, "all-manager") as (link, memory), console(gateway, "all-manager") as (other, _):
                await memory.live()
                await give(link, "replay.pause")
                monkeypatch.setattr(archive, "_read", read_when_moved)
                asked = asyncio.create_task(link.ask("calls", CallsParams("answered", queue="claim"), CallsResult))
                to = START + 400_000
                assert (await give(other, "replay.seek", args={"to": to})).state == "done"
                moved.set()
                opened = await asked
                assert opened.at == to and opened.total == floor_answered(engine, "claim") > 0
        finally:
            moved.set()
            await gateway.stop()
            store.close()

    asyncio.run(scenario())


def test_whoever_asks_for_what_takes_long_to_read_hears_how_far_it_is_and_may_wait_longer_than_a_question_may(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    half_read, told = threading.Event(), list[float]()
    entries = recording_module.Unrolled.entries

    def slowly(before: recording_module.Unrolled, after: int = 0, until: int | None = None) -> Iterator[Entry]:
        assert until is not None
        for entry in entries(before, after, until):
            if entry.rev == after + (until - after) // 2:
                assert half_read.wait(10)
            yield entry

    monkeypatch.setattr(recording_module.Unrolled, "entries", slowly)
    monkeypatch.setattr(recording_module, "TOLD_FACTS", 1)
    monkeypatch.setattr(desk_module, "TELL_S", 0.05)

    def hear(share: float) -> None:
        told.append(share)
        if sum(one > 0.4 for one in told) == 24:  # which is longer than a question may take
            half_read.set()

    async def scenario() -> None:
        file, store = a_recording(tmp_path / "day.floor", a_morning()), Store(tmp_path / "gateway.db")
        engine = open_recorded(SITE, Wish(f"recorded:{file}", at="09:10"), file, Shelf(tmp_path, store))
        gateway = Gateway(SITE, engine, store)
        await gateway.start("127.0.0.1", 0)
        engine.clock.pause()
        try:
            async with console(gateway, "all-manager") as (link, memory):
                await memory.live()
                before = engine.session.before
                assert before is not None and before.reading is None
                opened = await link.ask("calls", CallsParams("answered", queue="claim"), CallsResult, 1.0, hear)
                assert opened.total == floor_answered(engine, "claim") > 0
                assert told == sorted(told) and sum(0.4 < one < 0.6 for one in told) >= 24
                assert before.reading is None, "what is read is not read again"
                heard = len(told)
                await link.ask("calls", CallsParams("offered", queue="claim"), CallsResult, 1.0, hear)
                assert len(told) == heard
        finally:
            half_read.set()
            await gateway.stop()
            store.close()

    asyncio.run(scenario())


class HurriedSource(ListSource):
    """A recording without end: every slice is an hour of floor time in which a hundred calls come and go."""

    def __init__(self) -> None:
        super().__init__(everybody_signs_in())
        self.slices = 0

    async def run(self, clock: Clock, emit: Emit, after: int) -> None:
        position = after
        while True:
            begin = START + self.slices * HOUR
            calls = [a_call(100 * self.slices + n, "claim", begin + n * 30_000) for n in range(100)]
            facts = sorted((fact for call in calls for fact in call), key=lambda fact: fact.at)
            await clock.reach(facts[-1].at)
            await emit([(fact, position + n) for n, fact in enumerate(facts, 1)])
            position += len(facts)
            self.slices += 1


def test_at_speed_max_a_console_gets_one_snapshot_then_changes_each_with_its_time(tmp_path: Path) -> None:
    async def scenario() -> None:
        source = HurriedSource()
        async with (
            running_gateway(SITE, source, tmp_path, speed=math.inf) as gateway,
            console(gateway, "all-manager") as (_, memory),
            console(gateway, "only-north") as (_, limited),
        ):
            await memory.live()
            await limited.live()
            slices, beats, frames = source.slices, len(memory.beats), memory.frames
            # Then a day of the floor has passed, and old tombstones would be forgotten.
            await memory.until(lambda: source.slices > slices + 20 and len(memory.beats) >= beats + 6)
            await limited.until(lambda: len(limited.beats) >= 5)
            assert len(memory.beats) - beats > memory.frames - frames - 3, "a second of it is ten hours and more"
            assert memory.snapshots == limited.snapshots == 1 and memory.frames > 5
            assert {state for state, _ in memory.states} == {"connecting", "live"}
            told = memory.entities["source:main"]
            assert isinstance(told, Source) and told.speed == FASTEST
            assert memory.beats[-1].fastest and memory.beats[-1].pace == 0, "max is no pause, and nothing to count by"
            await gateway.services.engine.set_speed(0)
            await memory.until(lambda: not memory.beats[-1].fastest and memory.entities["source:main"].speed == 0)  # type: ignore[union-attr]
            assert memory.beats[-1].pace == 0

    asyncio.run(scenario())


def test_only_at_speed_max_a_source_waits_until_consoles_have_their_proof(tmp_path: Path) -> None:
    async def scenario() -> None:
        waited, proof = asyncio.Event(), asyncio.Event()

        async def proved() -> None:
            waited.set()
            await proof.wait()

        facts, source = a_morning(), ToldSource("replay")
        async with running_gateway(SITE, source, tmp_path, speed=600) as gateway:
            engine = gateway.services.engine
            engine.connect(lambda hub: None, lambda: None, proved)
            await source.tell(*facts[:10])
            assert not waited.is_set()
            engine.clock.set_speed(math.inf)
            telling = asyncio.create_task(source.tell(*facts[10:20]))
            await asyncio.wait_for(waited.wait(), 10)
            assert engine.session.log.position("main") == 20 and not telling.done()
            proof.set()
            await telling

    asyncio.run(scenario())


class Wire:
    """A console's line that takes frames only while it is `open`."""

    def __init__(self) -> None:
        self.open = False
        self.state = State.OPEN
        self.transport = self
        self.frames: list[bytes] = []

    def get_write_buffer_size(self) -> int:
        return 0 if self.open else 1

    def is_closing(self) -> bool:
        return False

    def write(self, frame: bytes) -> None:
        self.frames.append(frame)


def test_a_proof_is_waited_for_as_long_as_a_console_takes_nothing_and_no_longer() -> None:
    async def scenario() -> None:
        floor = straight(a_morning(), START)
        view = View(Hub(SITE, floor, "e"), audience(SITE, ROLES[0], TOKENS[0]))
        # Between two frames lies a minute: what goes out is what the test lets out.
        pump, line = Pump(60.0, lambda view: BeatParams("e", view.hub.rev, view.digest(), 0, [])), Wire()
        subscriber = Subscriber(line, view, "console")  # type: ignore[arg-type]
        subscriber.resume(view.hub.rev)
        pump.add(subscriber)
        proving = asyncio.create_task(pump.proved())
        for _ in range(3):
            pump.flush()
            await asyncio.sleep(0)
        assert not proving.done() and not line.frames
        line.open = True
        pump.flush()
        await proving
        assert b"floor.beat" in line.frames[-1]
        await pump.proved()
        pump.beat()
        again = asyncio.create_task(pump.proved())
        await asyncio.sleep(0)
        assert not again.done(), "another second, another beat"
        pump.flush()
        await again
        pump.close()

    asyncio.run(scenario())


def floor_answered(engine: Engine, queue: str) -> int:
    figures = engine.session.floor.entity(f"figures:queue:{queue}:today")
    return int(figures.values["answered"] or 0)  # type: ignore[union-attr]


def test_a_sought_floor_survives_a_restart_under_its_epoch(tmp_path: Path) -> None:
    facts = a_morning()
    file = a_recording(tmp_path / "day.floor", facts)
    wish, to = Wish(f"recorded:{file}"), START + 300_000

    async def first() -> tuple[str, int, int]:
        store = Store(tmp_path / "gateway.db")
        engine = open_recorded(SITE, wish, file, Shelf(tmp_path, store))
        engine.start()
        await engine.seek(to)
        await run_to(engine, to + 120_000)
        told = engine.session.epoch, engine.session.floor.rev, engine.session.floor.now
        await engine.stop()
        store.close()
        return told

    async def second() -> tuple[Engine, tuple[str, int, int]]:
        store = Store(tmp_path / "gateway.db")
        engine = open_recorded(SITE, wish, file, Shelf(tmp_path, store))
        told = engine.session.epoch, engine.session.floor.rev, engine.session.floor.now
        engine.start()
        engine.clock.set_speed(math.inf)
        await engine.ended.wait()
        end = without_rev(engine.session.floor)
        await engine.stop()
        store.close()
        assert end == without_rev(straight(facts[:-1], facts[-2].at)), "the last fact is a tick, which is not replayed"
        return engine, told

    before = asyncio.run(first())
    _, after = asyncio.run(second())
    assert after == before


def test_a_long_seek_tells_its_progress_and_the_old_floor_stays_until_it_is_done(tmp_path: Path) -> None:
    async def scenario() -> None:
        facts = a_morning()
        file, store = a_recording(tmp_path / "day.floor", facts), Store(tmp_path / "gateway.db")
        engine = open_recorded(SITE, Wish(f"recorded:{file}"), file, Shelf(tmp_path, store))
        seek, go_on = engine._seek, asyncio.Event()
        assert seek is not None

        async def slowly(to: int, progress: object) -> object:
            progress(0.5)  # type: ignore[operator]
            await go_on.wait()
            return await seek.prepare(to, progress)  # type: ignore[arg-type]

        engine._seek = Seek(seek.begins_at, seek.ends_at, slowly)  # type: ignore[arg-type]
        gateway = Gateway(SITE, engine, store)
        await gateway.start("127.0.0.1", 0)
        try:
            async with console(gateway, "all-manager") as (link, memory):
                await memory.live()
                to, epoch = START + 500_000, memory.beats[-1].epoch
                assert (await give(link, "replay.seek", args={"to": to})).state == "running"
                await memory.until(lambda: memory.beats[-1].seeking is not None)
                beat = memory.beats[-1]
                assert beat.seeking is not None and (beat.seeking.to, beat.seeking.done) == (to, 0.5)
                assert (beat.epoch, beat.pace, memory.state) == (epoch, 0.0, "live")
                refused = await give(link, "replay.seek", args={"to": to})
                assert refused.state == "refused" and "on its way" in refused.text
                go_on.set()
                await memory.until(lambda: memory.beats[-1].epoch != epoch and memory.beats[-1].seeking is None)
                outside = await give(link, "replay.seek", args={"to": to + 10**9})
                assert outside.state == "refused"
                assert "reaches from 2024-02-29T09:00:00 to 2024-02-29T09:" in outside.text
                assert "; 2024-03-11T22:55:00" in outside.text and outside.text.endswith(" is outside")
                nowhere = await give(link, "replay.seek", args={"to": 1 << 62})
                assert nowhere.state == "refused" and "(UTC ms) is outside" in nowhere.text
        finally:
            await gateway.stop()
            store.close()

    asyncio.run(scenario())


def test_a_recording_may_begin_in_the_middle_but_not_outside(tmp_path: Path) -> None:
    file, store = a_recording(tmp_path / "day.floor", a_morning()), Store(tmp_path / "gateway.db")
    shelf = Shelf(tmp_path, store)
    try:

        async def scenario() -> int:
            engine = open_recorded(SITE, Wish(f"recorded:{file}", at="09:05"), file, shelf)
            now = engine.session.floor.now
            await engine.stop()
            return now

        assert asyncio.run(scenario()) == START + 300_000
        with pytest.raises(SourceError, match="outside"):
            open_recorded(SITE, Wish(f"recorded:{file}", at="08:00", fresh=True), file, shelf)
        with pytest.raises(SourceError, match="no such recording"):
            open_recorded(SITE, Wish("recorded:x"), tmp_path / "x", shelf)
    finally:
        store.close()


def test_only_the_newest_log_of_a_moved_recording_is_kept(tmp_path: Path) -> None:
    file, store = a_recording(tmp_path / "day.floor", a_morning()), Store(tmp_path / "gateway.db")
    source = open_source(file)
    player = Player(SITE, source, Shelf(tmp_path, store), "floor x")
    for minutes in (1, 2, 3):
        player.at(START + minutes * 60_000).close()
    player.tidy()
    assert len(list(tmp_path.glob("replay-*.floor"))) == 1
    source.close()
    store.close()


@windows_files.here
def test_a_seek_leaves_nothing_behind_where_what_is_open_cannot_be_removed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    windows_files.hold_what_is_open(monkeypatch)

    def left() -> list[str]:
        return [one.name for one in tmp_path.glob("replay-*.floor")]

    async def scenario() -> None:
        file, store = a_recording(tmp_path / "day.floor", a_morning()), Store(tmp_path / "gateway.db")
        engine = open_recorded(SITE, Wish(f"recorded:{file}"), file, Shelf(tmp_path, store))
        engine.start()
        for minutes in (1, 3, 2):
            await engine.seek(START + minutes * 60_000)
            assert left() == [engine.session.log.path.name]
        await engine.stop()
        store.close()

    asyncio.run(scenario())


def test_another_sites_recording_keeps_its_structure_and_takes_our_tokens() -> None:
    other = msgspec.structs.replace(SITE, id="other", tokens=(), roles=())
    served = speaking_of(other, SITE)
    assert (served.id, served.tokens, served.roles) == ("other", SITE.tokens, SITE.roles)
    assert speaking_of(msgspec.structs.replace(SITE, tokens=()), SITE) == SITE


def test_a_paced_clock_runs_stands_and_jumps() -> None:
    async def scenario() -> None:
        clock = PacedClock(1000, 600)
        await clock.reach(1600)
        assert clock.now() >= 1600
        clock.pause()
        stood = clock.now()
        waiting = asyncio.create_task(clock.reach(stood + 10))
        await asyncio.sleep(0.01)
        assert clock.waiting and not waiting.done() and clock.now() == stood
        clock.jump(stood + 10)
        await waiting
        assert not clock.waiting
        clock.resume()
        assert clock.speed == 600
        clock.set_speed(math.inf)
        await clock.reach(10**9)
        assert clock.now() == 10**9
        with pytest.raises(ValueError, match="not possible"):
            clock.set_speed(-1)

    asyncio.run(scenario())


def test_moments_are_read_as_people_write_them() -> None:
    zone = "Asia/Shanghai"
    assert moment("09:00", zone, START + 3_600_000) == START
    assert moment("9:00:30", zone, START) == START + 30_000
    assert moment("2024-02-29T09:00", zone, 0) == START
    assert moment("2024-02-29T01:00Z", zone, 0) == START
    assert moment(str(START), zone, 0) == START
    assert moment("24:00", zone, START) == START + 15 * 3_600_000
    for hours, noon in ((25, "2026-10-25T12:00"), (23, "2026-03-29T12:00")):
        day = moment(noon, "Europe/Berlin", 0)
        assert moment("24:00", "Europe/Berlin", day) - moment("00:00", "Europe/Berlin", day) == hours * 3_600_000
    assert moment(spoken(START + 1000, zone), zone, 0) == START + 1000
    assert written(START, zone) == "2024-02-29T09:00:00+08:00"
    for wrong in ("25:00", "soon", "24:01", "", "2024-13-01"):
        with pytest.raises(ValueError):
            moment(wrong, zone, START)
