"""The audit's chain: whatever is done to its rows shows, and what a chain cannot see is said."""

from __future__ import annotations

import asyncio
import csv
import errno
import hashlib
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import TextIO

import pytest

from feeds.gateway.books import audit
from feeds.gateway.books.audit import BROKEN, USAGE, WHOLE, main
from feeds.gateway.books.chain import COLUMNS, GENESIS, link_hash
from feeds.gateway.books.store import AuditRow, Store

Capture = pytest.CaptureFixture[str]
ROWS = 6


def audit_row(number: int, **more: object) -> AuditRow:
    values = {
        "at": 1_700_000_000_000 + number * 60_000, "order": f"o{number // 2}",
        "stage": "done" if number % 2 else "asked",
        "token": "night" if number > 3 else "day", "role": "supervisor", "name": "seat.pause",
        "args": b'{"seat":"s1"}', "reason": "用餐",
    }  # fmt: skip
    return AuditRow(**{**values, **more})  # type: ignore[arg-type]


def write(path: Path, *rows: AuditRow) -> None:
    store = Store(path)

    async def note() -> None:
        for row in rows:
            await store.note(row)

    try:
        asyncio.run(note())
    finally:
        store.close()


@pytest.fixture
def book(tmp_path: Path) -> Path:
    path = tmp_path / "gateway.db"
    write(path, *map(audit_row, range(ROWS)))
    return path


def tamper(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path)) as connection:
        for statement in statements:
            connection.execute(statement)
        connection.commit()


def verified(capsys: Capture, *arguments: object) -> tuple[int, str]:
    code = main(["verify", *map(str, arguments)])
    return code, capsys.readouterr().out


def head_of(path: Path, capsys: Capture) -> str:
    assert main(["head", str(path)]) == WHOLE
    return capsys.readouterr().out.strip()


def test_a_whole_audit_is_said_to_be_whole_with_its_head(book: Path, capsys: Capture) -> None:
    code, said = verified(capsys, book)
    assert code == WHOLE and "6 rows." in said and "Whole. Head: 6:" in said
    assert "cannot show that its end was cut off" in said
    assert verified(capsys, "--data", book.parent) == (code, said)
    assert f"Head: {head_of(book, capsys)}" in said


def test_the_hash_is_what_the_documentation_says(book: Path) -> None:
    with closing(sqlite3.connect(book)) as connection:
        names = ", ".join(f'"{name}"' for name in COLUMNS)
        first, second = connection.execute(f"SELECT {names}, before, hash FROM audit ORDER BY row LIMIT 2").fetchall()
    assert first[-2] == GENESIS and second[-2] == first[-1]
    values = ["watchfloor audit 1", 2, *second[:-1]]
    parts = [value if isinstance(value, bytes) else str(value).encode() for value in values]
    told = b"".join(str(len(part)).encode() + b":" + part + b"," for part in parts)
    assert hashlib.sha256(told).hexdigest() == second[-1]


@pytest.mark.parametrize("column", [*COLUMNS, "before", "hash"])
def test_a_changed_value_shows_whichever_it_is(book: Path, capsys: Capture, column: str) -> None:
    tamper(book, f"""UPDATE audit SET "{column}" = '7' WHERE row = 3""")
    code, said = verified(capsys, book)
    assert code == BROKEN and "BROKEN: row 3 " in said
    assert main(["head", str(book)]) == BROKEN


def test_a_value_moved_to_its_neighbour_shows(tmp_path: Path, capsys: Capture) -> None:
    book = tmp_path / "gateway.db"
    write(book, audit_row(0, reason="ab", text="c"))
    tamper(book, "UPDATE audit SET reason = 'a', text = 'bc'")
    assert verified(capsys, book)[0] == BROKEN


def test_a_changed_row_with_a_hash_made_anew_shows_at_the_next_row(book: Path, capsys: Capture) -> None:
    with closing(sqlite3.connect(book)) as connection:
        names = ", ".join(f'"{name}"' for name in COLUMNS)
        row = list(connection.execute(f"SELECT {names}, before FROM audit WHERE row = 3").fetchone())
        row[COLUMNS.index("token")] = "somebody"
        connection.execute(
            "UPDATE audit SET token = 'somebody', hash = ? WHERE row = 3", (link_hash(3, row[:-1], row[-1]),)
        )
        connection.commit()
    code, said = verified(capsys, book)
    assert code == BROKEN and "row 4 was written behind another row than row 3 as it is now" in said


@pytest.mark.parametrize(
    ("statements", "words"),
    [
        (["DELETE FROM audit WHERE row = 3"], "row 3 is missing: row 4 stands behind row 2"),
        (["DELETE FROM audit WHERE row IN (3, 4)"], "rows 3 to 4 are missing: row 5 stands behind row 2"),
        (["DELETE FROM audit WHERE row = 1"], "what stood before it is missing"),
        (
            [
                "DELETE FROM audit WHERE row = 3",
                *(f"UPDATE audit SET row = {n - 1} WHERE row = {n}" for n in (4, 5, 6)),
            ],
            "row 3 was written behind another row than row 2",
        ),
        (
            [f"UPDATE audit SET row = {new} WHERE row = {old}" for old, new in ((3, 99), (4, 3), (99, 4))],
            "row 3 is out of order: what was written behind row 2 now stands as row 4",
        ),
    ],
)
def test_rows_that_were_taken_out_or_moved_show_with_their_place(
    book: Path, capsys: Capture, statements: list[str], words: str
) -> None:
    tamper(book, *statements)
    code, said = verified(capsys, book)
    assert code == BROKEN and words in said


def _forged(hash_of: str) -> str:
    names = '"row", ' + ", ".join(f'"{name}"' for name in COLUMNS)
    return (
        f"INSERT INTO audit ({names}, before, hash) SELECT 7, "
        + ", ".join(f'"{name}"' for name in COLUMNS)
        + f", (SELECT hash FROM audit WHERE row = 6), {hash_of} FROM audit WHERE row = 5"
    )


@pytest.mark.parametrize(
    ("hash_of", "words"), [("NULL", "row 7 carries no hash"), ("hash", "row 7 does not fit its own hash")]
)
def test_a_forged_row_at_the_end_shows_and_what_is_written_behind_it_does_not_hide_it(
    book: Path, capsys: Capture, hash_of: str, words: str
) -> None:
    tamper(book, _forged(hash_of))
    for _ in range(2):
        code, said = verified(capsys, book)
        assert code == BROKEN and words in said and "do not fit either" not in said
        write(book, audit_row(8))


def _cut(path: Path) -> None:
    tamper(path, "DELETE FROM audit WHERE row > 4")


def _write_anew(path: Path) -> None:
    path.unlink()
    write(path, *(audit_row(number, token="nobody") for number in range(ROWS)))


@pytest.mark.parametrize(
    ("harm", "words"), [(_cut, "the end was cut off"), (_write_anew, "row 6 is not the head that was noted")]
)
def test_what_the_chain_cannot_see_the_noted_head_shows(
    book: Path, capsys: Capture, harm: Callable[[Path], None], words: str
) -> None:
    noted = head_of(book, capsys)
    assert verified(capsys, book, "--head", noted)[0] == WHOLE
    harm(book)
    code, said = verified(capsys, book)
    assert code == WHOLE and "note the head elsewhere" in said
    code, said = verified(capsys, book, "--head", noted)
    assert code == BROKEN and words in said


def test_a_noted_head_is_found_although_the_audit_has_grown(book: Path, capsys: Capture) -> None:
    noted = head_of(book, capsys)
    write(book, audit_row(6))
    code, said = verified(capsys, book, "--head", noted)
    assert code == WHOLE and "The head that was noted is row 6" in said


def make_old(path: Path) -> None:
    """The file as a version without a chain left it."""
    tamper(path, "ALTER TABLE audit DROP COLUMN before", "ALTER TABLE audit DROP COLUMN hash")


def test_an_audit_of_an_older_version_is_bound_by_a_marked_first_link(book: Path, capsys: Capture) -> None:
    make_old(book)
    code, said = verified(capsys, book)
    assert code == BROKEN and "kept no chain" in said
    write(book, audit_row(6))
    code, said = verified(capsys, book)
    assert code == WHOLE and "8 rows, 6 of them from before there was a chain" in said
    write(book)
    assert verified(capsys, book) == (code, said), "bound once"
    main(["list", str(book)])
    assert "the 6 rows before this one had no chain" in capsys.readouterr().out


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit SET text = 'x' WHERE row = 2",
        "DELETE FROM audit WHERE row = 6",
        "DELETE FROM audit WHERE row = 1",
        "DELETE FROM audit WHERE row < 7",
        "DELETE FROM audit WHERE row = 7",
        "UPDATE audit SET hash = NULL WHERE row = 7",
        "UPDATE audit SET args = '{}' WHERE row = 7",
    ],
)
def test_old_rows_and_their_link_are_bound_from_then_on(book: Path, capsys: Capture, statement: str) -> None:
    make_old(book)
    write(book, audit_row(6))
    tamper(book, statement)
    assert verified(capsys, book)[0] == BROKEN


def test_rows_are_read_while_a_gateway_writes_and_from_a_folder_that_cannot_be_written(
    book: Path, tmp_path: Path, capsys: Capture
) -> None:
    store = Store(book)
    try:
        asyncio.run(store.note(audit_row(6)))
        code, said = verified(capsys, book)
        assert code == WHOLE and "7 rows." in said
    finally:
        store.close()
    locker = tmp_path / "locker"
    locker.mkdir()
    shutil.copy(book, locker)
    locker.chmod(0o500)
    try:
        assert verified(capsys, locker / "gateway.db")[0] == WHOLE
        assert [one.name for one in locker.iterdir()] == ["gateway.db"], "nothing is left beside it"
    finally:
        locker.chmod(0o700)


def test_an_audit_in_a_network_folder_of_windows_is_read(
    book: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Path, "as_uri", lambda path: f"file://server/share/{path.name}")  # no address for SQLite
    assert verified(capsys, book)[0] == WHOLE


@pytest.mark.parametrize("name", ["a%20b", "5% 早班", "#1"])
def test_the_books_lie_in_the_folder_that_was_named_whatever_its_name(tmp_path: Path, name: str) -> None:
    (tmp_path / name).mkdir()
    Store(tmp_path / name / "gateway.db").close()
    assert (tmp_path / name / "gateway.db").stat().st_size > 0
    assert [one.name for one in tmp_path.iterdir()] == [name]


def test_the_list_is_lines_that_nobody_can_break(book: Path, capsys: Capture) -> None:
    write(book, audit_row(6, token="day", reason="late\n7  2099  done  forged", order="odd"))
    assert main(["list", str(book), "--by", "day", "--zone", "Asia/Shanghai"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines] == ["1", "2", "3", "4", "7"]
    assert lines[0] == (
        '1  2023-11-15T06:13:20+08:00  asked      o0  day (supervisor)  seat.pause  {"seat":"s1"}  reason "用餐"'
    )
    main(["list", str(book), "--order", "o1"])
    assert [line.split()[2:4] for line in capsys.readouterr().out.splitlines()] == [["asked", "o1"], ["done", "o1"]]
    main(["list", str(book), "--since", "2023-11-14T22:18"])
    assert [line.split()[0] for line in capsys.readouterr().out.splitlines()] == ["6", "7"]


def test_the_list_as_csv_is_text_for_a_table_program_and_no_formula(book: Path, capsys: Capture) -> None:
    write(book, audit_row(6, reason="=HYPERLINK(1)"))
    out = book.with_name("orders.csv")
    assert main(["list", str(book), "--csv", str(out)]) == 0
    text = out.read_text(encoding="utf-8")
    rows = list(csv.DictReader(text.splitlines()))
    assert len(rows) == 7 and rows[0]["reason"] == "用餐" and rows[-1]["reason"] == "'=HYPERLINK(1)"
    assert rows[0]["at"] == "2023-11-14T22:13:20+00:00"
    assert main(["list", str(book), "--csv", "-"]) == 0
    assert capsys.readouterr().out == text
    assert main(["list", str(book), "--csv", str(book.parent / "nowhere" / "x")]) == USAGE


def test_a_list_that_could_not_be_written_leaves_the_one_before(
    book: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    out = book.with_name("orders.csv")
    out.write_text("before\n", encoding="utf-8")

    def half(rows: object, zone: str, file: TextIO) -> None:
        file.write("row,at")
        file.flush()
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(audit, "_write_csv", half)
    assert main(["list", str(book), "--csv", str(out)]) == USAGE
    assert "orders.csv: cannot be written (No space left on device)" in capsys.readouterr().err
    assert out.read_text(encoding="utf-8") == "before\n"


def test_what_cannot_be_read_is_neither_whole_nor_broken(book: Path, tmp_path: Path, capsys: Capture) -> None:
    text, empty, other = tmp_path / "text", tmp_path / "empty", tmp_path / "other"
    text.write_text("not a database, but long enough to be looked at " * 40)
    empty.write_bytes(b"")
    tamper(other, "CREATE TABLE words (name)")
    for wrong in (text, empty, other, tmp_path / "none", tmp_path):
        code = main(["verify", str(wrong)]) if wrong != tmp_path else main(["verify", str(book), "--data", str(wrong)])
        assert code == USAGE and capsys.readouterr().err.startswith("audit: "), wrong
    for arguments in ([], ["verify", "--head", "x"], ["list", "--zone", "Nowhere"], ["explode"]):
        with pytest.raises(SystemExit) as left:
            main(arguments)
        assert left.value.code == USAGE
    assert main(["list", str(book), "--since", "soon"]) == USAGE


def test_an_empty_audit_is_whole_and_says_how_little_that_is(tmp_path: Path, capsys: Capture) -> None:
    write(tmp_path / "gateway.db")
    code, said = verified(capsys, tmp_path / "gateway.db")
    assert code == WHOLE and "0 rows." in said and f"Head: 0:{GENESIS}" in said


def test_a_list_is_not_written_over_the_audit_itself(book: Path, capsys: Capture) -> None:
    before = book.read_bytes()
    assert main(["list", str(book), "--csv", str(book)]) == USAGE
    told = "cannot be written (it is a recording, a log or an audit, which would be lost); choose another place"
    assert capsys.readouterr().err == f"audit: {book}: {told}\n"
    assert book.read_bytes() == before


def test_a_list_of_nothing_says_so_beside_it(book: Path, capsys: Capture) -> None:
    assert main(["list", str(book), "--by", "nigth"]) == WHOLE
    told = capsys.readouterr()
    assert (told.out, told.err) == ("", f"audit: {book}: no row is like that\n")
