"""A recording as a source: pace, moments, what is left out, and the floor at any moment by key frames."""

from __future__ import annotations

import asyncio
import contextlib
import math
import random
import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec
import pytest

from config.schema import FigureSettings, Site, WallSettings
from feeds.entities import AnyEntity
from feeds.facts import FASTEST, AnyFact, LegAbandoned, LegJoined, SeatChanged, SourceChanged, Tick
from feeds.floor import Floor
from feeds.importing.importer import Importer
from feeds.log.opening import NewRecording, open_log, open_recording
from feeds.sources import framing
from feeds.sources.base import SourceError
from feeds.sources.framing import write_key_frames
from feeds.sources.recorded import RecordedSource, open_source, state_at
from tests.feeds.damaging import changed, of_schema_5
from tests.feeds.log_contract import BEGIN, SECOND, some_facts
from tests.importing.logs import SITE, made_up

pytestmark = pytest.mark.slow  # together: the quick tests are to end within a minute


class StepClock:
    """A clock that is at once where it is asked to be, and remembers where that was."""

    def __init__(self, speed: float) -> None:
        self.speed = speed
        self.at = 0
        self.asked: list[int] = []

    def now(self) -> int:
        return self.at

    async def reach(self, at: int) -> None:
        self.asked.append(at)
        self.at = max(self.at, at)


Told = list[tuple[int, AnyFact, int | None]]


def played(source: RecordedSource, speed: float, after: int = 0) -> tuple[Told, StepClock]:
    """(clock when told, fact, position) of everything, and the clock."""
    clock = StepClock(speed)
    told: Told = []

    async def emit(facts: Sequence[tuple[AnyFact, int | None]]) -> None:
        told.extend((clock.at, fact, position) for fact, position in facts)

    asyncio.run(source.run(clock, emit, after))
    return told, clock


@pytest.fixture
def source(tmp_path: Path) -> Iterator[RecordedSource]:
    """Half an hour of facts a second apart, with ticks and a source change of the gateway that recorded them."""
    with open_log(tmp_path / "live.floor", SITE) as log:
        log.append([(SourceChanged(at=BEGIN, state="up", mode="live", title="PBX"), None)])
        for start in range(0, 1_800, 60):
            log.append([*some_facts(60, start), (Tick(at=BEGIN + (start + 59) * SECOND), None)])
    opened = open_source(tmp_path / "live.floor")
    yield opened
    opened.close()


@pytest.mark.parametrize("speed", [1.0, 60.0, 600.0, math.inf])
def test_nothing_is_told_before_it_happened_nor_much_later(source: RecordedSource, speed: float) -> None:
    told, _ = played(source, speed)
    assert [fact for _, fact, _ in told if not isinstance(fact, SourceChanged)] == [
        fact for fact, _ in some_facts(1_800)
    ]
    late = [clock - fact.at for clock, fact, _ in told]
    assert min(late) >= 0
    assert max(late) <= min(speed * 20, 60_000)


def test_it_stands_for_a_source_with_a_beginning_and_an_end(source: RecordedSource) -> None:
    assert (source.id, source.mode) == ("main", "replay")
    assert (source.begins_at, source.ends_at) == (BEGIN, BEGIN + 1_799 * SECOND)


def test_the_gateways_ticks_are_left_out_and_its_source_is_told_as_replay(source: RecordedSource) -> None:
    told, _ = played(source, math.inf)
    facts = [fact for _, fact, _ in told]
    assert not any(isinstance(fact, Tick) for fact in facts)
    assert facts[0] == SourceChanged(at=BEGIN, state="up", mode="replay", speed=FASTEST, title="PBX")
    assert msgspec.json.decode(msgspec.json.encode(facts[0]), type=SourceChanged) == facts[0], "a log can keep it"


def test_positions_are_revisions_of_the_recording_and_playing_goes_on_behind_one(source: RecordedSource) -> None:
    whole, _ = played(source, math.inf)
    positions = [position for _, _, position in whole]
    assert positions == sorted(set(positions), key=lambda position: position or 0)
    behind = positions[700]
    assert behind is not None
    rest, _ = played(source, math.inf, behind)
    assert [(fact, position) for _, fact, position in rest] == [(fact, position) for _, fact, position in whole[701:]]


def test_playing_begins_at_a_moment(source: RecordedSource) -> None:
    at = BEGIN + 900 * SECOND
    told, clock = played(source, 1.0, source.position_at(at))
    first = told[0][1]
    assert first.at == at + SECOND
    assert clock.asked[0] == at + SECOND


def test_an_empty_recording_and_a_missing_one_are_refused_plainly(tmp_path: Path) -> None:
    with NewRecording(tmp_path / "empty.floor", SITE):
        pass
    with pytest.raises(SourceError, match="this recording is empty"):
        open_source(tmp_path / "empty.floor")
    with pytest.raises(SourceError, match="there is no such recording"):
        open_source(tmp_path / "none.floor")


def test_a_damaged_recording_is_played_up_to_the_damage_and_then_says_so(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "day.floor"
    with NewRecording(path, SITE) as log:
        log.append(some_facts(20_000))
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) * 2 // 3])
    opened = open_source(path)
    clock, told = StepClock(math.inf), []

    async def emit(facts: Sequence[tuple[AnyFact, int | None]]) -> None:
        told.extend(facts)

    try:
        with pytest.raises(SourceError, match="damaged behind revision"):
            asyncio.run(opened.run(clock, emit, 0))
    finally:
        opened.close()
    assert [fact for fact, _ in told] == [fact for fact, _ in some_facts(len(told))]
    assert len(told) >= 1_000
    assert caplog.messages


@pytest.fixture(scope="module")
def framed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three hours of calls with key frames."""
    path = tmp_path_factory.mktemp("framed") / "day.floor"
    with NewRecording(path, SITE) as log:
        Importer(SITE, lambda facts: log.append([(fact, None) for fact in facts]) and None).run(
            enumerate(made_up(540), 1)
        )
        assert write_key_frames(SITE, log) >= 12
    return path


def straight(site: Site, path: Path, at: int) -> Floor:
    """The floor at a moment, folded from the beginning as a player would have."""
    _, log = open_recording(path)
    floor = Floor(site)
    with log:
        for entry in log.entries():
            if entry.fact.at > at:
                break
            floor.apply(entry.fact, entry.rev)
    floor.advance(at)
    return floor


def content(floor: Floor) -> dict[str, AnyEntity]:
    """Everything that is published, by key."""
    return {entity.key: entity for entity in floor.entities()}


@pytest.mark.slow
def test_seeking_anywhere_gives_the_floor_of_a_straight_run(framed: Path) -> None:
    dice = random.Random(3)
    site, log = open_recording(framed)
    with log:
        span = log.span()
        assert span is not None
        moments = [span[0], span[1], span[0] - 1, span[1] + 5_000_000, *(dice.randrange(*span) for _ in range(12))]
        for at in moments:
            found, expected = state_at(site, log, at), straight(site, framed, at)
            assert (found.rev, found.now) == (expected.rev, expected.now)
            assert content(found) == content(expected)
            begin = span[0] - span[0] % 900_000
            end = max(begin, expected.now) + 900_000
            end -= end % 900_000
            assert found.tally("site", begin, end) == expected.tally("site", begin, end)


def test_a_log_that_goes_on_from_a_recording_takes_its_past_over_as_it_lies_there(framed: Path, tmp_path: Path) -> None:
    """To pack the past of 5,000 seats again takes twice as long as all the rest of going there."""
    site, recording = open_recording(framed)
    with recording:
        span = recording.span()
        assert span is not None
        at = (span[0] + 2 * span[1]) // 3
        floor = state_at(site, recording, at, whole=True)
        copies, before = set(floor.copies()), floor.freeze()
        with open_log(tmp_path / "on.floor", site) as log:
            log.key_frame(0, floor.now, *floor.frame())
    with (
        contextlib.closing(sqlite3.connect(framed)) as old,
        contextlib.closing(sqlite3.connect(tmp_path / "on.floor")) as new,
    ):
        theirs = {body for (body,) in old.execute("SELECT body FROM chunks")}
        rows = new.execute("SELECT name, body FROM copies JOIN chunks ON id = chunk").fetchall()
    made_since = {name for name, body in rows if name in copies and body not in theirs}
    assert copies <= {name for name, _ in rows}
    assert len(copies) > 50 and len(made_since) < 10, "but for those of the minutes behind the key frame"
    with open_log(tmp_path / "on.floor", site) as log:
        frame = log.newest_key_frame(rev=0)
        assert frame is not None
        again = Floor.of_frame(site, frame.state, frame.copy)
        again.make_whole(frame.copy.hold)
        assert again.freeze() == before


def test_seeking_with_key_frames_folds_little(framed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site, log = open_recording(framed)
    applied = 0
    apply = Floor.apply

    def counted(self: Floor, fact: AnyFact, rev: int) -> None:
        nonlocal applied
        applied += 1
        apply(self, fact, rev)

    monkeypatch.setattr(Floor, "apply", counted)
    with log:
        span = log.span()
        assert span is not None
        state_at(site, log, span[1] - 60_000)
    assert 0 < applied < 500 < log.rev


def test_a_key_frame_that_cannot_be_read_costs_time_not_truth(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    path = tmp_path / "day.floor"
    with NewRecording(path, SITE) as log:
        log.append([(fact, None) for fact, _ in some_facts(3_000)])
        log.key_frame(2_000, BEGIN + 1_999 * SECOND, b"of another version", {})
    site, read = open_recording(path)
    with read:
        found = state_at(site, read, BEGIN + 2_500 * SECOND)
    assert content(found) == content(straight(site, path, BEGIN + 2_500 * SECOND))
    assert "key frame at revision 2000 is not used" in caplog.text


def frames_in(path: Path) -> list[int]:
    """The revisions of a recording's key frames, kept whole or as steps."""
    connection = sqlite3.connect(path)
    found = connection.execute("SELECT rev FROM frames UNION SELECT rev FROM steps ORDER BY rev").fetchall()
    connection.close()
    return [rev for (rev,) in found]


@pytest.mark.slow
def test_folding_from_any_key_frame_equals_folding_from_the_start(framed: Path) -> None:
    site, log = open_recording(framed)
    revs, floor, steps = frames_in(framed), Floor(site), 0
    with log:
        for entry in log.entries():
            floor.apply(entry.fact, entry.rev)
            if entry.rev in revs:
                frame = log.newest_key_frame(rev=entry.rev)
                assert frame is not None and frame.rev == entry.rev
                assert Floor.of_frame(site, frame.state, frame.copy, frame.steps).freeze() == floor.freeze()
                steps += bool(frame.steps)
    assert steps > len(revs) / 2


LAST_STEPS = "SELECT min(rev) FROM steps WHERE part = (SELECT max(id) FROM parts)"
LAST_WALK = "SELECT min(rev) FROM steps JOIN parts ON part = id WHERE frame = (SELECT max(frame) FROM parts)"


@pytest.mark.parametrize(
    ("harm", "first_lost"),
    [
        ("UPDATE parts SET body = x'00' WHERE id = (SELECT max(id) FROM parts)", LAST_STEPS),
        ("UPDATE parts SET body = substr(body, 1, length(body) - 9)", LAST_WALK),
        ("DELETE FROM parts WHERE id = (SELECT max(id) FROM parts)", LAST_STEPS),
        ("UPDATE frames SET state = x'00' WHERE rev = (SELECT max(frame) FROM parts)", "SELECT max(frame) FROM parts"),
        ("DELETE FROM frames", "SELECT min(rev) FROM frames"),
    ],
)
def test_damaged_steps_fall_back_to_the_frame_before_them(
    framed: Path, tmp_path: Path, harm: str, first_lost: str, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "harmed.floor"
    path.write_bytes(framed.read_bytes())
    connection = sqlite3.connect(path)
    (first,) = connection.execute(first_lost).fetchone()
    connection.execute(harm)
    connection.commit()
    connection.close()
    expected = max((rev for rev in frames_in(framed) if rev < first), default=None)
    site, read = open_recording(path)
    with read:
        frame = read.newest_key_frame()
        assert (frame.rev if frame else None) == expected
        span = read.span()
        assert span is not None
        assert state_at(site, read, span[1]).freeze() == straight(SITE, path, span[1]).freeze()
    assert "is damaged, an older one is used" in caplog.text


def test_steps_that_can_be_read_and_do_not_fit_cost_time_not_truth(
    framed: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "mixed.floor"
    path.write_bytes(framed.read_bytes())
    connection = sqlite3.connect(path)
    connection.execute("UPDATE parts SET body = (SELECT body FROM parts ORDER BY id LIMIT 1 OFFSET 1)")
    connection.commit()
    connection.close()
    site, read = open_recording(path)
    with read:
        span = read.span()
        assert span is not None
        assert content(state_at(site, read, span[1])) == content(straight(site, path, span[1]))
    assert "is not used" in caplog.text


@pytest.mark.parametrize(
    "harm",
    [
        "DELETE FROM parts WHERE id = 1",
        "UPDATE parts SET frame = 7 WHERE id = 1",
        "UPDATE parts SET count = 2 WHERE id = 1",
        "UPDATE parts SET count = 'two' WHERE id = 1",
        "DELETE FROM steps WHERE part = 1 AND place = 3",
    ],
)
def test_steps_of_which_some_are_missing_in_between_are_not_used(
    tmp_path: Path, harm: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(framing, "TOGETHER", 5)
    path, states = tmp_path / "seats.floor", ("ready", "talking", "break")
    seats = [
        SeatChanged(at=BEGIN + 10_000 * turn, seat=f"s{turn % 6}", agent=f"a{turn % 6}", state=states[turn // 6 % 3])
        for turn in range(300)
    ]
    with NewRecording(path, SITE) as log:
        log.append([(fact, None) for fact in seats])
        write_key_frames(SITE, log)
    changed(path, harm)
    site, read = open_recording(path)
    with read:
        at = seats[-1].at - 60_000
        frame = read.newest_key_frame(at=at)
        assert frame is not None and not frame.steps
        assert state_at(site, read, at).freeze() == straight(site, path, at).freeze()
    assert "is damaged, an older one is used" in caplog.text


def test_key_frames_of_a_file_from_before_there_were_steps_are_used(tmp_path: Path) -> None:
    path, at = tmp_path / "live.floor", BEGIN + 3_500 * SECOND
    with open_log(path, SITE) as log:
        log.append(some_facts(4_000))
        floor = Floor(SITE)
        for entry in log.entries():
            floor.apply(entry.fact, entry.rev)
            if entry.rev == 3_000:
                log.key_frame(floor.rev, floor.now, *floor.frame())
    connection = sqlite3.connect(path)
    connection.executescript("DROP TABLE steps; DROP TABLE parts; PRAGMA user_version=3")
    connection.close()
    for opening in (open_recording, lambda path: (SITE, open_log(path, SITE)), open_recording):
        _, log = opening(path)
        with log:
            frame = log.newest_key_frame()
            assert frame is not None and frame.rev == 3_000
            shares: list[float] = []
            assert state_at(SITE, log, at, progress=shares.append).freeze() == straight(SITE, path, at).freeze()
            assert len(shares) <= 1


def test_a_recording_from_before_zstd_is_entered_by_its_whole_key_frames(framed: Path, tmp_path: Path) -> None:
    path = tmp_path / "before.floor"
    path.write_bytes(framed.read_bytes())
    of_schema_5(path)
    _, whole = open_recording(framed)
    with whole:
        entries = list(whole.entries())
    site, read = open_recording(path)
    with read:
        assert list(read.entries()) == entries
        with contextlib.closing(sqlite3.connect(path)) as connection:
            whole_ones = [rev for (rev,) in connection.execute("SELECT rev FROM frames")]
        for rev in frames_in(path)[::7]:
            frame = read.newest_key_frame(rev)
            assert frame is not None and frame.rev == max(one for one in whole_ones if one <= rev)
            at = next(read.entries(rev - 1)).fact.at
            assert content(state_at(site, read, at)) == content(straight(site, path, at))


def test_a_log_from_before_zstd_goes_on_with_it(tmp_path: Path) -> None:
    path = tmp_path / "live.floor"
    with open_log(path, SITE) as log:
        log.append(some_facts(2_500))
        floor = Floor(SITE)
        for entry in log.entries():
            floor.apply(entry.fact, entry.rev)
        log.key_frame(floor.rev, floor.now, *floor.frame())
    of_schema_5(path)
    with open_log(path, SITE) as log:
        log.append(some_facts(1_000, 2_500))
        assert [(entry.fact, entry.position) for entry in log.entries()] == some_facts(3_500)
        frame = log.newest_key_frame()
        assert frame is not None and frame.rev == 2_500
    _, read = open_recording(path)
    with read:
        assert [(entry.fact, entry.position) for entry in read.entries()] == some_facts(3_500)


@pytest.mark.logs("is not used")
def test_a_key_frame_of_a_later_time_than_its_row_says_is_not_used(tmp_path: Path) -> None:
    path, at = tmp_path / "live.floor", BEGIN + 1_500 * SECOND
    with open_log(path, SITE) as log:
        log.append(some_facts(4_000))
        floor = Floor(SITE)
        for entry in log.entries():
            floor.apply(entry.fact, entry.rev)
            if entry.rev in (1_000, 3_000):
                log.key_frame(floor.rev, floor.now, *floor.frame())
    changed(path, "UPDATE frames SET at = 0 WHERE rev = 3000")
    site, read = open_recording(path)
    with read:
        assert content(state_at(site, read, at)) == content(straight(site, path, at))


@pytest.mark.slow
def test_a_lost_part_of_a_key_frame_costs_time_not_truth(
    framed: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "lost.floor"
    path.write_bytes(framed.read_bytes())
    connection = sqlite3.connect(path)
    names = connection.execute("SELECT name FROM copies ORDER BY name").fetchall()
    connection.executemany("DELETE FROM copies WHERE name = ?", names[::50])
    connection.execute("UPDATE chunks SET body = x'00' WHERE id = (SELECT max(id) / 2 FROM chunks)")
    connection.commit()
    connection.close()
    site, read = open_recording(path)
    with read:
        span = read.span()
        assert span is not None
        for at in (span[1], (span[0] + span[1]) // 2):
            found = state_at(site, read, at, whole=True)
            assert content(found) == content(straight(site, path, at))
    assert "is not used" in caplog.text


@pytest.mark.slow
def test_what_is_lost_of_the_past_does_not_have_every_frame_folded_on_in_vain(
    framed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    path, applied = tmp_path / "lost.floor", 0
    path.write_bytes(framed.read_bytes())
    changed(path, "UPDATE chunks SET body = x'00' WHERE id = 1")
    apply = Floor.apply

    def counted(self: Floor, fact: AnyFact, rev: int) -> None:
        nonlocal applied
        applied += 1
        apply(self, fact, rev)

    site, read = open_recording(path)
    with read, monkeypatch.context() as patched:
        span = read.span()
        assert span is not None
        patched.setattr(Floor, "apply", counted)
        found = state_at(site, read, span[1], whole=True)
        assert 0 < applied <= read.rev
    assert content(found) == content(straight(site, path, span[1]))
    assert "is not used" in caplog.text


def test_a_floor_for_figures_is_never_begun_from_a_key_frame_of_another_kind(framed: Path) -> None:
    site, log = open_recording(framed)
    legs: list[str] = []
    with log:
        span = log.span()
        assert span is not None
        floor = state_at(site, log, span[1], alarms=False, retain_days=None, ledger=lambda leg: legs.append(leg.leg))
        joined = sum(isinstance(entry.fact, LegJoined) for entry in log.entries())
        abandoned = sum(isinstance(entry.fact, LegAbandoned) for entry in log.entries())
    assert len(set(legs)) == joined > abandoned > 0
    assert floor.rev == log.rev


def test_key_frames_of_a_site_with_other_limits_are_not_used(framed: Path) -> None:
    site, log = open_recording(framed)
    edited = msgspec.structs.replace(site, figures=FigureSettings(service_seconds=7))
    shown = msgspec.structs.replace(site, wall=WallSettings(rotate_seconds=5))
    with log:
        span = log.span()
        assert span is not None
        for other, folds_all in ((edited, True), (shown, False)):
            shares: list[float] = []
            found = state_at(other, log, span[1], progress=shares.append)
            assert (len(shares) > 2) == folds_all
            assert content(found) == content(straight(other, framed, span[1]))


def test_a_running_gateways_key_frames_serve_for_seeking_its_log(tmp_path: Path) -> None:
    with open_log(tmp_path / "live.floor", SITE) as log:
        log.append(some_facts(4_000))
        floor = Floor(SITE)
        for entry in log.entries():
            floor.apply(entry.fact, entry.rev)
            if entry.rev == 3_000:
                log.key_frame(floor.rev, floor.now, *floor.frame())
        with open_recording(log.path)[1] as read:
            shares: list[float] = []
            found = state_at(SITE, read, BEGIN + 3_500 * SECOND, progress=shares.append)
            assert len(shares) <= 1
            assert found.rev == 3_501
            assert content(found) == content(straight(SITE, log.path, BEGIN + 3_500 * SECOND))
