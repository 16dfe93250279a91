"""The embedded log: the contract, crashes, full disks, broken files, other people's files."""

from __future__ import annotations

import contextlib
import errno
import gc
import logging
import os
import random
import signal
import sqlite3
import subprocess
import sys
import textwrap
import tracemalloc
from collections.abc import Callable, Iterator
from pathlib import Path, PurePath, PurePosixPath, PureWindowsPath

import msgspec
import pytest
from msgspec.structs import replace

from config import replacing
from config.schema import Name, Queue, Role, Site, SkillGroup, Token, WallSettings
from config.tokens import hash_pin, hash_token
from feeds.entities import Notice
from feeds.facts import AnyFact, LegJoined
from feeds.log.base import Log, LogError
from feeds.log.embedded import EmbeddedLog
from feeds.log.files import address_of
from feeds.log.opening import NewRecording, open_log, open_recording
from feeds.log.sites import without_secrets
from feeds.log.words import Words
from feeds.records import Happening
from tests import windows_files
from tests.feeds.log_contract import BEGIN, SECOND, LogContract, Shared, some_facts

NAME = Name(zh="测试", en="Test")
SITE = Site(
    id="test",
    short="T",
    name=NAME,
    zone="Asia/Shanghai",
    groups=(SkillGroup(id="g", name=NAME),),
    queues=(Queue(id="claim", name=NAME, group="g", seat_type=""),),
)


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Callable[[], EmbeddedLog]]:
    """Opens the same log again and again, closing it before."""
    log: list[EmbeddedLog] = []

    def again() -> EmbeddedLog:
        while log:
            log.pop().close()
        log.append(open_log(tmp_path / "day.floor", SITE))
        return log[0]

    yield again
    while log:
        log.pop().close()


class TestEmbeddedLog(LogContract):
    """The contract."""

    @pytest.fixture
    def reopened(self, opened: Callable[[], EmbeddedLog]) -> Callable[[], Log]:
        return opened


def test_the_site_comes_back_out_of_the_file_byte_for_byte(tmp_path: Path) -> None:
    path = tmp_path / "day.floor"
    with NewRecording(path, SITE, created_by="0.1.0") as log:
        log.append(some_facts(1_234))
    site, read = open_recording(path)
    with read:
        assert site == SITE
        assert read.rev == 1_234
        assert read.meta("created_by") == "0.1.0"
        assert read.meta("zone") == "Asia/Shanghai"
        assert read.span() == (BEGIN, BEGIN + 1_233 * SECOND)
        assert read.damage is None


def test_a_recording_is_one_file_and_can_be_read_where_nothing_may_be_written(tmp_path: Path) -> None:
    path = tmp_path / "day.floor"
    with NewRecording(path, SITE) as log:
        log.append(some_facts(10))
    assert [file.name for file in tmp_path.iterdir()] == ["day.floor"]
    path.chmod(0o444)
    tmp_path.chmod(0o555)
    try:
        with open_recording(path)[1] as read:
            assert read.rev == 10
            with pytest.raises(LogError, match="reading only"):
                read.append(some_facts(1))
    finally:
        tmp_path.chmod(0o755)


def test_a_failed_recording_leaves_nothing_behind(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError), NewRecording(tmp_path / "day.floor", SITE) as log:
        log.append(some_facts(10))
        raise RuntimeError
    assert list(tmp_path.iterdir()) == []


@windows_files.here
def test_a_recording_that_cannot_replace_one_that_is_played_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with NewRecording(tmp_path / "day.floor", SITE) as log:
        log.append(some_facts(10))
    windows_files.hold_what_is_open(monkeypatch)
    monkeypatch.setattr(replacing, "WAITS_S", (0.0,))
    with open_recording(tmp_path / "day.floor")[1] as played:
        with pytest.raises(LogError, match="cannot be written"), NewRecording(tmp_path / "day.floor", SITE) as log:
            log.append(some_facts(20))
        assert played.rev == 10
    assert list(tmp_path.iterdir()) == [tmp_path / "day.floor"]


@pytest.mark.parametrize(
    ("path", "address"),
    [
        (PurePosixPath("/floors/day #1?.floor"), "file:///floors/day%20%231%3F.floor"),
        (PureWindowsPath("C:/floors/day 1.floor"), "file:///C:/floors/day%201.floor"),
        (PureWindowsPath("//server/share/日.floor"), "file:////server/share/%E6%97%A5.floor"),
    ],
)
def test_a_path_is_an_address_that_sqlite_takes_also_in_a_network_folder_of_windows(
    path: PurePath, address: str
) -> None:
    assert address_of(path) == address
    with pytest.raises(sqlite3.OperationalError, match="unable to open"):
        sqlite3.connect(f"{address}?mode=ro", uri=True)


@pytest.mark.skipif(sys.platform == "win32", reason="not checked: there it is the system that refuses")
def test_a_recording_is_flushed_through_what_may_write_it_as_windows_demands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import fcntl

    def flush(descriptor: int) -> None:
        if fcntl.fcntl(descriptor, fcntl.F_GETFL) & os.O_ACCMODE == os.O_RDONLY:
            raise OSError(errno.EBADF, "Bad file descriptor")

    monkeypatch.setattr(os, "fsync", flush)
    with NewRecording(tmp_path / "day.floor", SITE) as log:
        log.append(some_facts(3))
    assert (tmp_path / "day.floor").exists()


def test_a_running_gateways_log_can_be_read_by_others(opened: Callable[[], EmbeddedLog]) -> None:
    log = opened()
    log.append(some_facts(1_500))
    with open_recording(log.path)[1] as read:
        assert [entry.rev for entry in read.entries()] == list(range(1, 1_501))
        assert read.epoch == log.epoch


def test_two_gateways_cannot_write_one_log(opened: Callable[[], EmbeddedLog]) -> None:
    log = opened()
    with pytest.raises(LogError, match=r"day\.floor: another gateway is writing this log: stop that one first"):
        open_log(log.path, SITE)
    again = opened()
    assert again.append(some_facts(1)) == 1


def test_a_missing_recording_is_said_to_be_missing(tmp_path: Path) -> None:
    with pytest.raises(LogError, match=r"nothing\.floor: there is no such recording"):
        open_recording(tmp_path / "nothing.floor")


def test_another_kind_of_file_is_refused(tmp_path: Path) -> None:
    text = tmp_path / "notes.txt"
    text.write_text("hello " * 1_000, encoding="utf-8")
    with pytest.raises(LogError, match="not a Watchfloor log or recording"):
        open_recording(text)
    with pytest.raises(LogError, match="not a Watchfloor log or recording"):
        open_log(text, SITE)
    other = tmp_path / "other.sqlite"
    connection = sqlite3.connect(other)
    connection.execute("CREATE TABLE cats (name TEXT)")
    connection.commit()
    connection.close()
    with pytest.raises(LogError, match="not a Watchfloor log or recording"):
        open_recording(other)


def test_no_log_and_no_recording_keeps_what_somebody_could_come_in_with(tmp_path: Path) -> None:
    tokens = (Token("boss", "manager", hash_token("open sesame")), Token("desk", "manager", hash_token("let me in")))
    roles, wall = (Role("manager", NAME, ("*",)),), WallSettings(pin_hash=hash_pin("95518"))
    site = replace(SITE, roles=roles, tokens=tokens, wall=wall)
    live, made, old = (tmp_path / name for name in ("live.floor", "made.floor", "old.floor"))
    with open_log(live, SITE) as log:
        log.adopt(site, refold=False)
    with NewRecording(made, site):
        pass
    with open_log(old, SITE) as log:
        log.set_meta("site", msgspec.msgpack.encode(site))  # as versions before did
        epoch = log.epoch
    with open_log(old, site) as log:
        assert log.epoch == epoch and log.site == without_secrets(site)
    for path in (live, made, old):
        body = path.read_bytes()
        kept, read = open_recording(path)
        read.close()
        assert [token.id for token in kept.tokens] == ["boss", "desk"] and kept == without_secrets(kept)
        for secret in (site.wall.pin_hash, *(token.hash for token in tokens)):
            assert not any(part.encode() in body for part in secret.split("$")[1:])
    assert without_secrets(site) != without_secrets(replace(site, wall=WallSettings(pin_hash=hash_pin("95519"))))


def test_a_log_s_site_is_read_again_only_when_the_file_has_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, other, looks = tmp_path / "live.floor", replace(SITE, short="95519"), list[str]()
    read_word = Words.read
    monkeypatch.setattr(Words, "read", lambda words, name: (looks.append(name), read_word(words, name))[1])
    with open_log(path, SITE) as log:
        _, read = open_recording(path)
        with read:
            assert log.site == read.site == SITE
            looks.clear()
            assert log.site == read.site == SITE and looks == []
            log.adopt(other, refold=False)
            assert log.site == read.site == other, "also to whoever only reads the file"
            assert looks == ["site", "site"]


def test_a_file_of_a_newer_version_is_refused_with_what_to_do(opened: Callable[[], EmbeddedLog]) -> None:
    path = opened().path
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA user_version=99")
    connection.close()
    with pytest.raises(LogError, match=r"newer version of Watchfloor \(format 99.*update this installation"):
        open_recording(path)


def frames_of(log: EmbeddedLog) -> list[int]:
    """The revisions of all whole key frames."""
    found: list[int] = []
    frame = log.newest_key_frame()
    while frame is not None:
        found.append(frame.rev)
        frame = log.newest_key_frame(rev=frame.rev - 1) if frame.rev else None
    return found[::-1]


def test_old_key_frames_are_thinned_out_but_for_the_first_and_what_steps_lead_on_from(
    opened: Callable[[], EmbeddedLog],
) -> None:
    log = opened()
    log.append(some_facts(2_000))
    log.key_frame(0, BEGIN, b"what it begins with", {})
    for rev in range(100, 2_000, 100):
        log.key_frame(rev, BEGIN + rev * SECOND, b"%d" % rev, {b"shared": Shared(b"shared")})
    log.key_steps(400, [(450, BEGIN + 450 * SECOND)], b"")
    for _ in range(3):
        log = opened()
        log.thin_key_frames(BEGIN + 1_300 * SECOND, 10_000, 300 * SECOND)
        log.thin_key_frames(BEGIN + 1_300 * SECOND, 10_000, 300 * SECOND)
        assert frames_of(log) == [0, 300, 400, 450, 700, 1_000, 1_200, *range(1_300, 2_000, 100)]
    log.thin_key_frames(BEGIN + 1_800 * SECOND, 400, 10_000 * SECOND)
    assert frames_of(log) == [0, 400, 450, 700, 1_000, 1_400, 1_700, 1_800, 1_900]
    frame = log.newest_key_frame(rev=1_650)
    assert frame is not None and (frame.rev, frame.copy(b"shared")) == (1_400, b"shared")


@pytest.mark.slow
def test_a_log_of_many_days_is_no_burden_on_memory(opened: Callable[[], EmbeddedLog]) -> None:
    log = opened()
    log.append(some_facts(10))

    def frames(first: int) -> None:
        for number in range(first, first + 40):
            parts = {b"%d.%d" % (number, part): Shared(b"%d" % part) for part in range(500)}
            log.key_frame(1, BEGIN + number, b"state", parts)

    frames(0)
    gc.collect()
    tracemalloc.start()
    try:
        frames(40)
        gc.collect()
        assert tracemalloc.get_traced_memory()[0] < 300_000  # 20,000 names are two megabytes
    finally:
        tracemalloc.stop()


def test_a_log_of_the_version_before_goes_on_without_its_key_frames(opened: Callable[[], EmbeddedLog]) -> None:
    log = opened()
    log.append(some_facts(1_500))
    log.key_frame(1_500, BEGIN, b"as it was folded then", {})
    path, epoch = log.path, log.epoch
    log.close()
    connection = sqlite3.connect(path)
    connection.execute("DROP TABLE copies")
    connection.execute("DROP TABLE chunks")
    connection.execute("PRAGMA user_version=1")
    connection.close()
    with open_log(path, SITE) as log:
        assert (log.epoch, log.rev) == (epoch, 1_500)
        assert log.newest_key_frame() is None
        log.key_frame(1_500, BEGIN, b"as it is folded now", {})
        assert log.newest_key_frame() is not None


def test_the_last_facts_of_a_recording_are_in_the_file_and_a_full_disk_at_the_end_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = tmp_path / "whole.floor"
    with NewRecording(whole, SITE) as log:
        log.append(some_facts(1_700))
    with open_recording(whole)[1] as read:
        assert [entry.rev for entry in read.entries()] == list(range(1, 1_701))

    def full(*_: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    cut = tmp_path / "cut.floor"
    with pytest.raises(LogError, match="full"), NewRecording(cut, SITE) as log:
        log.append(some_facts(1_700))
        monkeypatch.setattr("feeds.log.blocks.write_facts", full)
    assert sorted(file.name for file in tmp_path.iterdir()) == ["whole.floor"]


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(LogError, match=r"no/day\.floor.*check that the folder exists"):
        open_log(tmp_path / "no" / "day.floor", SITE)


def test_a_full_disk_refuses_the_facts_and_keeps_all_that_were_acknowledged(opened: Callable[[], EmbeddedLog]) -> None:
    log = opened()
    log.append(some_facts(1_500))
    pages = log._connection.execute("PRAGMA page_count").fetchone()[0]
    log._connection.execute(f"PRAGMA max_page_count={pages + 2}")
    with pytest.raises(LogError, match="the disk is full: free some space"):
        log.append(some_facts(50_000, 1_500))
    assert log.rev == 1_500
    log._connection.execute("PRAGMA max_page_count=1000000")
    assert log.append(some_facts(700, 1_500)) == 2_200
    assert [entry.position for entry in opened().entries()] == list(range(1, 2_201))


def test_a_truncated_recording_opens_up_to_the_damage_and_says_so(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "day.floor"
    with NewRecording(path, SITE) as log:
        for start in range(0, 20_000, 5_000):
            log.append(some_facts(5_000, start))
    whole = path.read_bytes()
    kept = []
    for share in (0.35, 0.6, 0.9):
        path.write_bytes(whole[: int(len(whole) * share)])
        caplog.clear()
        site, read = open_recording(path)
        with read:
            found = [(entry.fact, entry.position) for entry in read.entries()]
            assert read.damage is not None
        assert site == SITE
        assert found == some_facts(20_000)[: len(found)]
        assert any("damaged behind revision" in line for line in caplog.messages)
        kept.append(len(found))
    assert kept == sorted(kept)
    assert kept[-1] >= 10_000


SMALL = 36
"""Facts of a block that fills a leaf of the tree and goes on in one page elsewhere."""


def many_blocks(path: Path, blocks: int, monkeypatch: pytest.MonkeyPatch) -> list[tuple[AnyFact, int | None]]:
    """The facts of a recording with so many small blocks."""
    monkeypatch.setattr("feeds.log.blocks.BLOCK", SMALL)
    dice = random.Random(blocks)
    facts: list[tuple[AnyFact, int | None]] = [
        (LegJoined(at=BEGIN + number * SECOND, leg=dice.randbytes(40).hex(), call="", queue="claim"), number + 1)
        for number in range(SMALL * blocks)
    ]
    with NewRecording(path, SITE) as log:
        for start in range(0, len(facts), 10 * SMALL):
            log.append(facts[start : start + 10 * SMALL])
    return facts


def levels(path: Path) -> int:
    """How many levels of pages the tree of blocks has, its leaves included."""
    with contextlib.closing(sqlite3.connect(path)) as connection:
        size = connection.execute("PRAGMA page_size").fetchone()[0]
        number = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'blocks'").fetchone()[0]
    whole, found = path.read_bytes(), 1
    while whole[(page := (number - 1) * size)] == 5:  # a page above others; the last of those is named in its head
        number = int.from_bytes(whole[page + 8 : page + 12])
        found += 1
    return found


@pytest.mark.parametrize(("blocks", "deep"), [(40, 2), (500, 3)])
@pytest.mark.logs("damaged behind revision")
def test_a_truncated_recording_has_all_its_blocks_up_to_the_cut_however_deep_its_tree_is(
    blocks: int, deep: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "day.floor"
    facts = many_blocks(path, blocks, monkeypatch)
    assert levels(path) == deep
    with contextlib.closing(sqlite3.connect(path)) as connection:
        bodies = [body for (body,) in connection.execute("SELECT body FROM blocks ORDER BY first")]
    whole = path.read_bytes()
    for share in (0.25, 0.5, 0.75):
        kept = whole[: int(len(whole) * share)]
        path.write_bytes(kept)
        pages = kept[: len(kept) // 1_024 * 1_024]
        there = [body[:64] in pages and body[-64:] in pages for body in bodies].index(False)
        assert there > share * blocks - 10
        _, read = open_recording(path)
        with read:
            found = [(entry.fact, entry.position) for entry in read.entries()]
            assert found == facts[: len(found)]
            assert len(found) == read.rev == SMALL * there
            assert read.span() == (BEGIN, BEGIN + (len(found) - 1) * SECOND)
            assert read.rev_at(BEGIN + (len(found) - 50) * SECOND) == len(found) - 49
            assert [entry.rev for entry in read.entries(len(found) - 50)] == [*range(len(found) - 49, len(found) + 1)]


@pytest.mark.logs("damaged behind revision")
def test_a_lost_page_above_others_costs_no_block(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "day.floor"
    facts = many_blocks(path, 500, monkeypatch)
    whole = bytearray(path.read_bytes())
    above = [page for page in range(1_024, len(whole), 1_024) if whole[page : page + 3] == b"\5\0\0"]
    assert len(above) >= 3  # the root and those of the level below it
    for page in above:
        path.write_bytes(whole[:page] + b"\0" * 1_024 + whole[page + 1_024 :])
        _, read = open_recording(path)
        with read:
            assert [(entry.fact, entry.position) for entry in read.entries()] == facts


@pytest.mark.logs("damaged behind revision")
def test_no_block_of_another_recording_is_taken_for_one_that_is_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, other = tmp_path / "day.floor", tmp_path / "other.floor"
    facts = many_blocks(path, 500, monkeypatch)
    with NewRecording(other, SITE) as log:
        log.append([(LegJoined(at=fact.at + 7, leg="x" * 80, call="", queue="claim"), None) for fact, _ in facts])
    whole = path.read_bytes()
    cut = len(whole) // 2 // 1_024 * 1_024
    path.write_bytes(whole[:cut] + other.read_bytes()[4_096:])
    _, read = open_recording(path)
    with read:
        found = [(entry.fact, entry.position) for entry in read.entries()]
        assert 0.45 * len(facts) <= len(found) <= 0.5 * len(facts)
        assert found == facts[: len(found)]


def test_a_flipped_byte_inside_the_facts_ends_the_recording_there(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "day.floor"
    with NewRecording(path, SITE) as log:
        log.append(some_facts(20_000))
    whole = bytearray(path.read_bytes())
    for place in range(len(whole) // 2, len(whole) // 2 + 64):
        whole[place] ^= 0xFF
    path.write_bytes(whole)
    with caplog.at_level(logging.WARNING), open_recording(path)[1] as read:
        found = [entry.rev for entry in read.entries()]
        assert found == list(range(1, len(found) + 1))
        assert 1_000 <= len(found) < 20_000
        assert read.rev == len(found)
        assert read.damage is not None


def test_the_place_of_a_time_in_the_log_is_found(opened: Callable[[], EmbeddedLog]) -> None:
    log = opened()
    log.append(some_facts(2_345))
    for rev in (0, 1, 999, 1_000, 1_001, 2_000, 2_344, 2_345):
        assert log.rev_at(BEGIN + (rev - 1) * SECOND) == rev
    assert log.rev_at(BEGIN + 10**9) == 2_345


def test_late_facts_neither_hide_the_place_of_a_time_nor_the_span(tmp_path: Path) -> None:
    path = tmp_path / "late.floor"
    early, late = some_facts(1_000), some_facts(1_500, 5_000)
    with NewRecording(path, SITE) as log:
        log.append([*late, *early, *some_facts(600, 7_000)])
    with open_recording(path)[1] as read:
        assert read.span() == (BEGIN, BEGIN + 7_599 * SECOND)
        assert read.rev_at(BEGIN + 6_000 * SECOND) == 1_001
        assert read.rev_at(BEGIN + 6_900 * SECOND) == 2_500
        assert read.rev_at(BEGIN + 4_999 * SECOND) == 0


def test_a_recording_takes_few_bytes_a_fact(tmp_path: Path) -> None:
    path = tmp_path / "day.floor"
    with NewRecording(path, SITE) as log:
        log.append(some_facts(50_000))
    assert path.stat().st_size / 50_000 < 25


WRITER = textwrap.dedent(
    """
    import random, sys
    from pathlib import Path
    from feeds.log.opening import open_log
    from tests.feeds.log_contract import some_facts
    from tests.feeds.test_log_embedded import SITE

    log = open_log(Path(sys.argv[1]), SITE)
    dice = random.Random(int(sys.argv[2]))
    while True:
        size = dice.choice((1, 3, 20, 400))
        log.append(some_facts(size, log.rev))
        if dice.random() < 0.1:
            log.key_frame(log.rev, 0, b"frame", {})
        print(log.rev, flush=True)
    """
)


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs a signal that cannot be caught")
def test_a_writer_killed_at_any_moment_leaves_all_that_it_acknowledged_under_the_same_epoch(tmp_path: Path) -> None:
    path = tmp_path / "day.floor"
    dice = random.Random(7)
    epochs, rev = set(), 0
    for attempt in range(12):
        command = [sys.executable, "-c", WRITER, str(path), str(attempt)]
        root = Path(__file__).resolve().parents[2]
        environment = {**os.environ, "PYTHONPATH": str(root)}
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=root, env=environment) as child:
            assert child.stdout is not None
            acknowledged = 0
            for _ in range(dice.randrange(1, 150)):
                acknowledged = int(child.stdout.readline())
            child.send_signal(signal.SIGKILL)
            rest = child.stdout.read().splitlines()
        acknowledged = max([acknowledged, *(int(line) for line in rest[:-1])])
        with open_log(path, SITE) as log:
            epochs.add(log.epoch)
            found = [(entry.fact, entry.position) for entry in log.entries()]
            assert log.rev >= acknowledged > rev
            assert found == some_facts(log.rev)
            rev = log.rev
    assert len(epochs) == 1


def test_years_of_the_journal_are_read_a_part_at_a_time_in_order(tmp_path: Path) -> None:
    def happening(rev: int) -> Happening:
        at = BEGIN + rev * 15 * 60 * SECOND
        notice = Notice(key=f"notice:{rev}", rev=rev, to="floor", text="x" * 500, by="a", since=at, until=at)
        return Happening(rev=rev, at=at, what="sent", entity=notice)

    count = 100 * 96
    with open_log(tmp_path / "years.floor", SITE) as log:
        log.write_happenings([happening(rev) for rev in range(count)])
        log.write_happenings([happening(count + 20 * 365 * 96)])  # nobody looks through the years in between
        revisions, most = [], 0
        tracemalloc.start()
        try:
            for one in log.happenings(-(2**53), 2**53):
                revisions.append(one.rev)
                most = max(most, tracemalloc.get_traced_memory()[0])
        finally:
            tracemalloc.stop()
        assert revisions == [*range(count), count + 20 * 365 * 96]
        assert most < 2_000_000, "a hundred days take seven megabytes, packed"
        assert [one.rev for one in log.happenings(happening(95).at, happening(200).at)] == [*range(95, 200)]
