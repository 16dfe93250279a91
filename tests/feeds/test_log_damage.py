"""Damaged logs and recordings: what is read is what was written, up to the damage, and the damage is told."""

from __future__ import annotations

import contextlib
import csv
import os
import signal
import sqlite3
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FrameType

import msgspec
import pytest

from feeds.entities import Notice
from feeds.facts import AnyFact, Tick
from feeds.log import rows
from feeds.log.base import LogError
from feeds.log.checked import read_facts
from feeds.log.embedded import EmbeddedLog
from feeds.log.opening import NewRecording, open_log, open_recording
from feeds.log.rows import expand, squeeze
from feeds.log.sums import LATEST, BlockDamagedError, check_sum
from feeds.records import Happening
from feeds.reporting.command import main as figures
from tests.feeds.damaging import changed, damages, is_prefix, of_schema_4
from tests.feeds.log_contract import BEGIN, SECOND, leg, some_facts
from tests.feeds.test_log_embedded import SITE

pytestmark = pytest.mark.slow  # together: the quick tests are to end within a minute

COUNT = 1_600
WHOLE = some_facts(COUNT)
NO_TEXT = "CAST(x'FFFEFD' AS TEXT)"
"""Text that is none, whatever SQLite says of it."""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A gateway's log with a block and some rows, closed."""
    path = tmp_path / "day.floor"
    with open_log(path, SITE) as log:
        for start in range(0, COUNT, 50):
            log.append(WHOLE[start : start + 50])
        log.write_legs([leg("a", 10), leg("b", 20)])
        log.write_happenings([happening(1), happening(2)])
    return path


def happening(rev: int) -> Happening:
    notice = Notice(key=f"notice:{rev}", rev=rev, to="floor", text="late", by="a", since=BEGIN, until=BEGIN + SECOND)
    return Happening(rev=rev, at=BEGIN + rev, what="sent", entity=notice)


def told(log: EmbeddedLog) -> list[tuple[AnyFact, int | None]]:
    return [(entry.fact, entry.position) for entry in log.entries()]


# Rows


@pytest.mark.parametrize(
    ("statement", "sound"),
    [
        ("UPDATE facts SET body = replace(body, CAST('l1400' AS BLOB), CAST('l1402' AS BLOB)) WHERE rev = 1401", 1_400),
        ("UPDATE facts SET at = at + 1000 WHERE rev = 1401", 1_400),
        ("UPDATE facts SET source = 'x' WHERE rev = 1401", 1_400),
        (f"UPDATE facts SET source = {NO_TEXT} WHERE rev = 1401", 1_400),
        ("UPDATE facts SET position = 7 WHERE rev = 1401", 1_400),
        (f"UPDATE facts SET position = {NO_TEXT} WHERE rev = 1401", 1_400),
        ("UPDATE facts SET body = NULL WHERE rev = 1401", 1_400),
        ("UPDATE facts SET body = 'text' WHERE rev = 1401", 1_400),
        ("UPDATE facts SET sum = NULL WHERE rev = 1401", 1_400),
        ("UPDATE facts SET body = (SELECT body FROM facts WHERE rev = 1403) WHERE rev = 1401", 1_400),
        ("DELETE FROM facts WHERE rev = 1401", 1_400),
        ("UPDATE facts SET rev = 1 WHERE rev = 1600", 1_000),
        ("UPDATE facts SET rev = 5000 WHERE rev = 1001", 1_000),
        ("DELETE FROM facts WHERE rev = 1600", 1_599),
        ("DELETE FROM facts", 1_000),
        ("DELETE FROM blocks", 0),
        ("UPDATE positions SET position = 3 WHERE source = 'main'", 1_600),
        ("DELETE FROM positions WHERE source = 'main'", 1_600),
        ("DELETE FROM positions WHERE source = ''", 1_600),
        (f"UPDATE positions SET source = {NO_TEXT} WHERE source = ''", 1_600),
        (f"UPDATE blocks SET latest = {LATEST}", 0),
        ("UPDATE blocks SET earliest = 0", 0),
        ("UPDATE blocks SET last = 900", 0),
        ("UPDATE blocks SET first = 3, last = 1002", 0),
    ],
)
@pytest.mark.logs("damaged behind revision")
def test_a_row_that_is_not_what_was_written_ends_a_recording_and_keeps_a_gateway_from_going_on(
    path: Path, statement: str, sound: int
) -> None:
    changed(path, statement)
    site, read = open_recording(path)
    with read:
        found = told(read)
        assert site == SITE
        assert is_prefix(found, WHOLE)
        assert len(found) == read.rev == sound
        assert read.damage is not None and f"damaged behind revision {sound}: restore a copy" in read.damage
    before = path.read_bytes()
    with pytest.raises(LogError, match=r"day\.floor: damaged .*: restore a copy, or begin a new log with --fresh"):
        open_log(path, SITE)
    assert path.read_bytes() == before


@pytest.mark.logs("damaged behind revision")
def test_a_block_under_another_revision_neither_leaves_out_facts_nor_numbers_them_anew(tmp_path: Path) -> None:
    path, whole = tmp_path / "day.floor", some_facts(3_500)
    with NewRecording(path, SITE) as log:
        log.append(whole)
    changed(path, "UPDATE blocks SET first = 1995 WHERE first = 2001")
    with open_recording(path)[1] as read:
        found = [(entry.rev, entry.fact, entry.position) for entry in read.entries()]
        assert found == [(rev, fact, position) for rev, (fact, position) in enumerate(whole[:2_000], 1)]
        assert read.damage is not None


def test_a_log_whose_rows_are_sealed_while_it_is_opened_is_not_taken_for_damaged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_log(tmp_path / "day.floor", SITE) as log:
        log.append(WHOLE[:999])

        def meanwhile(connection: sqlite3.Connection, after: int) -> Iterator[tuple[AnyFact, int | None]]:
            log.append(WHOLE[999:1_100])
            return read_facts(connection, after)

        monkeypatch.setattr("feeds.log.blocks.read_facts", meanwhile)
        with open_recording(log.path)[1] as read:
            assert (read.damage, told(read)) == (None, WHOLE[:999])


def test_a_fact_of_a_time_that_cannot_be_is_refused_and_nothing_has_happened(tmp_path: Path) -> None:
    with open_log(tmp_path / "day.floor", SITE) as log:
        log.append(some_facts(10))
        for count, at in ((1, LATEST + 1), (1, -1), (1_200, LATEST + 1)):
            with pytest.raises(LogError, match=r"day\.floor: cannot write facts to it: a time before 1970 .* check"):
                log.append([(Tick(at=BEGIN), None)] * (count - 1) + [(Tick(at=at), None)])
        assert log.rev == 10
        assert log.append([(Tick(at=at), None) for at in (0, LATEST)]) == 12


@pytest.mark.parametrize("count", [10, 1_000])
@pytest.mark.logs("damaged behind revision")
def test_a_time_that_cannot_be_is_damage_whatever_its_check_sum_says(
    count: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "day.floor"
    with monkeypatch.context() as faulty:
        for module in ("blocks", "checked"):
            faulty.setattr(f"feeds.log.{module}.check_times", lambda *times: None)
        with NewRecording(path, SITE) as log:
            log.append([*some_facts(count - 1), (Tick(at=LATEST + 1), None)])
    with open_recording(path)[1] as read:
        assert read.damage is not None
        assert told(read) == (some_facts(9) if count == 10 else [])


# Files from before there were check sums


def test_a_recording_without_check_sums_is_read_and_not_changed(path: Path) -> None:
    of_schema_4(path)
    before = path.read_bytes()
    site, read = open_recording(path)
    with read:
        assert (site, read.rev, read.damage, told(read)) == (SITE, COUNT, None, WHOLE)
        assert read.position("main") == COUNT
        assert [one.leg for one in read.legs(BEGIN, BEGIN + 60 * SECOND)] == ["a", "b"]
        assert [one.rev for one in read.happenings(BEGIN, BEGIN + SECOND)] == [1, 2]
    assert path.read_bytes() == before


@pytest.mark.logs("damaged behind revision")
def test_a_log_without_check_sums_gets_them_and_goes_on_under_its_epoch(path: Path) -> None:
    with open_recording(path)[1] as read:
        epoch = read.epoch
    of_schema_4(path)
    with open_log(path, SITE) as log:
        assert (log.epoch, log.site, log.rev, log.position("main")) == (epoch, SITE, COUNT, COUNT)
        log.append(some_facts(7, COUNT))
        log.write_legs([leg("c", 30)])
    with open_log(path, SITE) as log:
        assert (log.epoch, told(log)) == (epoch, some_facts(COUNT + 7))
        assert [one.leg for one in log.legs(BEGIN, BEGIN + 60 * SECOND)] == ["a", "b", "c"]
        assert [one.rev for one in log.happenings(BEGIN, BEGIN + SECOND)] == [1, 2]
    changed(path, "UPDATE facts SET position = 3 WHERE rev = 1100")
    with open_recording(path)[1] as read:
        assert (read.rev, told(read)) == (1_099, WHOLE[:1_099])


@pytest.mark.parametrize(
    ("statement", "sound"),
    [
        ("UPDATE facts SET at = at + 1000 WHERE rev = 1401", 1_400),
        (f"UPDATE facts SET source = {NO_TEXT} WHERE rev = 1401", 1_400),
        ("UPDATE facts SET body = x'93' WHERE rev = 1401", 1_400),
        ("DELETE FROM facts WHERE rev = 1401", 1_400),
        (f"UPDATE blocks SET latest = {LATEST + 1}", 0),
        ("UPDATE blocks SET last = 900", 0),
    ],
)
@pytest.mark.logs("damaged behind revision")
def test_what_shows_without_check_sums_is_damage_too_and_is_given_none(path: Path, statement: str, sound: int) -> None:
    of_schema_4(path)
    changed(path, statement)
    before = path.read_bytes()
    with open_recording(path)[1] as read:
        assert (read.rev, told(read)) == (sound, WHOLE[:sound])
        assert read.damage is not None
    with pytest.raises(LogError, match=r"day\.floor: damaged .*: restore a copy"):
        open_log(path, SITE)
    assert path.read_bytes() == before


# What a file says about itself


@pytest.mark.parametrize("value", ["x'93'", NO_TEXT, "'another'", "7", "1.5", "NULL", "x''", "substr(value, 2)"])
@pytest.mark.parametrize("name", ["site", "epoch", "zone"])
def test_a_damaged_word_of_a_file_about_itself_is_said_to_be_damaged(path: Path, name: str, value: str) -> None:
    changed(path, f"UPDATE meta SET value = {value} WHERE name = '{name}'")
    said = rf"day\.floor: what it says of its {name} is damaged: restore a copy"
    with pytest.raises(LogError, match=said), open_recording(path)[1] as read:
        read.meta(name)
    if name == "site":  # the gateway's own is as good
        with open_log(path, SITE) as log:
            log.adopt(SITE, refold=True)
            assert log.site == SITE
    if name == "epoch":
        with open_log(path, SITE) as log, pytest.raises(LogError, match=r"day\.floor: .*epoch"):
            assert log.epoch


@pytest.mark.parametrize("value", ["x'93'", NO_TEXT, "7", "1.5", "NULL", "x''", "substr(value, 2)"])
@pytest.mark.parametrize("name", ["site", "epoch"])
def test_so_is_one_without_a_check_sum_that_cannot_be_read(path: Path, name: str, value: str) -> None:
    of_schema_4(path)
    changed(path, f"UPDATE meta SET value = {value} WHERE name = '{name}'")
    if name == "epoch" and value in (NO_TEXT, "substr(value, 2)"):
        return  # some text, and which one it was only the sum could tell
    with pytest.raises(LogError, match=rf"day\.floor: .*{name}.*: restore a copy"), open_recording(path)[1] as read:
        assert read.epoch


def test_a_zone_that_there_is_not_makes_a_site_that_cannot_be_read(path: Path) -> None:
    of_schema_4(path)
    body = msgspec.msgpack.encode(msgspec.structs.replace(SITE, zone="Asia/Shanghaj"))
    changed(path, f"UPDATE meta SET value = x'{body.hex()}' WHERE name = 'site'")
    with pytest.raises(LogError, match=r"day\.floor: the site inside cannot be read .*Asia/Shanghaj.*: restore a copy"):
        open_recording(path)


def test_a_file_without_our_tables_is_said_to_be_none_of_ours_or_cut(path: Path) -> None:
    changed(path, "DROP TABLE meta")
    said = r"day\.floor: .* no recording or log of ours, or its beginning is damaged"
    with pytest.raises(LogError, match=said):
        open_recording(path)
    with pytest.raises(LogError, match=said), open_log(path, SITE) as log:
        assert log.epoch


@pytest.mark.logs("damaged behind revision")
def test_a_name_of_a_table_in_bytes_that_are_no_text_is_damage(path: Path) -> None:
    whole = path.read_bytes()
    place = whole.index(b"CREATE TABLE meta")
    path.write_bytes(whole[:place] + b"CREATE \xff\xfe\xfd\xfc" + whole[place + 11 :])
    with pytest.raises(LogError, match=r"day\.floor: .* no recording or log of ours, or its beginning is damaged"):
        open_recording(path)
    with pytest.raises(LogError, match=r"day\.floor: .*: restore a copy"):
        open_log(path, SITE)


def test_figures_of_a_file_of_which_nothing_opens_do_not_speak_of_playing_it(
    path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    whole = path.read_bytes()
    path.write_bytes(whole[:100] + os.urandom(4_000) + whole[4_100:])
    assert figures([str(path), "--by", "hour"]) == 1
    said = capsys.readouterr().err
    assert "day.floor: " in said and "restore a copy" in said
    assert "play" not in said


# What lies beside a file, and who may read it


def test_a_recording_is_read_past_what_another_file_left_beside_it(tmp_path: Path) -> None:
    path, other = tmp_path / "day.floor", tmp_path / "other.floor"
    with NewRecording(path, SITE) as made:
        made.append(WHOLE)
    with open_log(other, SITE) as log:
        log.append(some_facts(400))
        for ending in ("-wal", "-shm"):
            path.with_name(f"day.floor{ending}").write_bytes(other.with_name(f"other.floor{ending}").read_bytes())
    with open_recording(path)[1] as read:
        assert (read.damage, told(read)) == (None, WHOLE)
    before = path.read_bytes()
    with pytest.raises(LogError, match=r"day\.floor-wal: does not belong to day\.floor: move it away"):
        open_log(path, SITE)
    assert path.read_bytes() == before
    path.with_name("day.floor-wal").unlink()
    with open_log(path, SITE) as log:
        assert told(log) == WHOLE


@contextlib.contextmanager
def nobody() -> Iterator[None]:
    """A stretch in which we are nobody in particular: root may read everything."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65_534)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="rights are others on Windows")
@pytest.mark.parametrize("closed", ["day.floor", "."])
def test_a_recording_that_may_not_be_read_is_said_to_be_that(path: Path, closed: str) -> None:
    target = path.parent / closed
    mode = target.stat().st_mode
    target.chmod(0)
    try:
        with nobody(), pytest.raises(LogError, match=r"day\.floor: may not be read: check the owner and the rights"):
            open_recording(path)
    finally:
        target.chmod(mode)


# The ledger and the journal


@pytest.mark.parametrize("summed", [True, False])
@pytest.mark.parametrize(
    "change", ["body = x'93'", "body = 'text'", "body = NULL", f"body = CAST({NO_TEXT} AS BLOB)", "at = at + 1"]
)
def test_a_record_that_cannot_be_read_is_an_error_and_not_left_out(path: Path, change: str, summed: bool) -> None:
    if not summed:
        of_schema_4(path)
    changed(path, f"UPDATE journal SET {change} WHERE rev = 1")
    changed(path, f"UPDATE legs SET {change.replace('at', 'joined')} WHERE leg = 'a'")
    for opening in (lambda: open_recording(path)[1], lambda: open_log(path, SITE)):
        with opening() as log:
            with pytest.raises(LogError, match=r"day\.floor: its ledger \(table legs\) is damaged.*: restore a copy"):
                list(log.legs(BEGIN, BEGIN + 60 * SECOND))
            with pytest.raises(LogError, match=r"day\.floor: its journal \(table journal\) is damaged.*restore a copy"):
                list(log.happenings(BEGIN, BEGIN + 60 * SECOND))
            assert told(log) == WHOLE


def test_a_record_that_says_something_else_than_was_written_is_an_error(path: Path) -> None:
    changed(path, "UPDATE legs SET body = replace(body, CAST('waiting' AS BLOB), CAST('blocked' AS BLOB))")
    with open_log(path, SITE) as log, pytest.raises(LogError, match=r"its ledger \(table legs\) is damaged"):
        list(log.legs(BEGIN, BEGIN + 60 * SECOND))


# Key frames


@pytest.mark.logs("is damaged, an older one is used")
def test_a_key_frame_whose_steps_lead_from_nowhere_is_looked_for_once(path: Path) -> None:
    with open_log(path, SITE) as log:
        log.key_frame(500, BEGIN, b"whole", {})
        log.key_steps(500, [(600, BEGIN + 1), (700, BEGIN + 2)], b"steps")
    changed(path, "UPDATE parts SET frame = 9000")
    with open_log(path, SITE) as log:
        frame = log.newest_key_frame()
        assert frame is not None and frame.rev == 500


# Anything at all


def small_recording(path: Path) -> None:
    with NewRecording(path, SITE) as log:
        log.append(WHOLE)


@pytest.mark.slow
def test_whatever_byte_or_page_is_damaged_all_that_is_read_was_written_and_no_log_goes_on_with_less(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "day.floor"
    small_recording(path)
    whole = path.read_bytes()
    with open_recording(path)[1] as read:
        epoch = read.epoch
    counts = {"refused": 0, "told": 0, "whole": 0}
    for name, body in damages(whole, 240, 11):
        path.write_bytes(body)
        try:
            with open_recording(path)[1] as read:
                found = told(read)
                assert is_prefix(found, WHOLE), name
                assert read.damage is not None or len(found) == COUNT, name
                assert read.epoch == epoch, name
                counts["told" if read.damage else "whole"] += 1
        except LogError as error:
            assert "day.floor: " in str(error), name
            counts["refused"] += 1
        try:
            with open_log(path, SITE) as log:
                assert (log.rev, log.epoch) == (COUNT, epoch), name
                assert told(log) == WHOLE, name
        except LogError as error:
            assert "day.floor" in str(error), name
    assert min(counts.values()) >= 5, counts


class Hanging(Exception):
    """It took far too long."""


def hangs(number: int, frame: FrameType | None) -> None:
    raise Hanging


def figures_of(path: Path, folder: Path) -> tuple[list[list[str]], list[list[str]]] | None:
    """Rows and marks of a recording's figures; None where they were refused."""
    tables = [folder / "hours.csv", folder / "marks.csv"]
    signal.alarm(20)
    try:
        if figures([str(path), "--by", "hour", "--csv", str(tables[0]), "--marks", str(tables[1])]) != 0:
            return None
    finally:
        signal.alarm(0)
    rows, marks = (list(csv.reader(table.read_text("utf-8").splitlines())) for table in tables)
    return rows, marks


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(signal, "alarm"), reason="needs an alarm that ends a hang")
def test_whatever_byte_or_page_is_damaged_figures_that_are_not_marked_are_those_of_the_whole(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "day.floor"
    spread = [(msgspec.structs.replace(fact, at=BEGIN + 20 * (fact.at - BEGIN)), at) for fact, at in WHOLE]
    with NewRecording(path, SITE) as log:
        log.append(spread)
    sound = figures_of(path, tmp_path)
    assert sound is not None and len(sound[0]) > 8
    whole = path.read_bytes()
    before = signal.signal(signal.SIGALRM, hangs)
    seen = 0
    try:
        for name, body in damages(whole, 120, 23):
            path.write_bytes(body)
            capsys.readouterr()
            found = figures_of(path, tmp_path)
            said = capsys.readouterr().err
            if found is None:
                assert "day.floor: " in said, name
                continue
            rows, marks = found
            column = marks[0].index("incomplete")
            for row, mark in zip(rows, marks, strict=True):
                assert row in sound[0] or mark[column] == "1", (name, row)
            if rows != sound[0]:
                assert "damaged behind revision" in said, name
                seen += 1
    finally:
        signal.signal(signal.SIGALRM, before)
    assert seen >= 20


@pytest.mark.parametrize("squeezed", [squeeze, zlib.compress])
def test_few_bytes_that_expand_to_more_than_is_ever_kept_are_damage_not_memory(
    squeezed: Callable[[bytes], bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rows, "MOST_BYTES", 1 << 16)
    assert expand(squeezed(bytes(1 << 16))) == bytes(1 << 16)
    with pytest.raises(BlockDamagedError):
        expand(squeezed(bytes((1 << 16) + 1)))


def test_a_check_sum_takes_four_bytes_and_is_another_for_other_values() -> None:
    sums = {check_sum(1, None, "", 2, b"x"), check_sum(1, None, "", 2, "x"), check_sum(1, 0, "", 2, b"x")}
    assert len(sums) == 3
    assert all(-(1 << 31) <= one < 1 << 31 for one in sums)
