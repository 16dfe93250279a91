"""A finished file takes another's place, with patience for whoever has that open."""

from __future__ import annotations

import os
import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest

from config import layout_file, replacing
from console.machine import own_files
from feeds.writing import written_whole
from tests import windows_files


def _table(path: Path) -> None:
    with written_whole(path) as out:
        out.write("new")


WAYS = {
    "a layout": lambda path: layout_file.write(path, "new"),
    "a file of one's own": lambda path: own_files.write_bytes(path, b"new"),
    "a table": _table,
}


@windows_files.here
@pytest.mark.parametrize("way", WAYS)
def test_a_file_that_is_looked_at_for_a_moment_is_replaced_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    windows_files.hold_what_is_open(monkeypatch)
    path = tmp_path / "kept"
    path.write_text("old", encoding="utf-8")
    looking = path.open(encoding="utf-8")
    done = threading.Timer(0.05, looking.close)
    done.start()
    try:
        WAYS[way](path)
    finally:
        done.join()
    assert path.read_text(encoding="utf-8") == "new"
    assert list(tmp_path.iterdir()) == [path]


@windows_files.here
def test_a_file_that_stays_open_is_as_before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    windows_files.hold_what_is_open(monkeypatch)
    monkeypatch.setattr(replacing, "WAITS_S", (0.0,))
    path = tmp_path / "kept"
    path.write_text("old", encoding="utf-8")
    with path.open(encoding="utf-8"), pytest.raises(PermissionError):
        layout_file.write(path, "new")
    assert path.read_text(encoding="utf-8") == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_table_does_not_take_the_place_of_a_book(tmp_path: Path) -> None:
    book = tmp_path / "gateway.db"
    with closing(sqlite3.connect(book)) as connection:
        connection.execute("CREATE TABLE audit (row)")
    before = book.read_bytes()
    link = tmp_path / "link.csv"
    if os.name != "nt":  # where a link takes rights of its own
        link.symlink_to(book)
    for path in (book, *(link,) * (os.name != "nt")):
        with pytest.raises(FileExistsError, match="a recording, a log or an audit, which would be lost"):
            _table(path)
    assert book.read_bytes() == before


@pytest.mark.parametrize("folder", [Path("/"), Path()])
def test_a_folder_is_no_place_for_a_table(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(OSError, match=r"directory|Permission denied"):
        _table(folder)
    assert not list(tmp_path.iterdir())
