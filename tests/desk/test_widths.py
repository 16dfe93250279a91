"""Columns are as wide as somebody made them, also at the next start."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytestqt.qtbot import QtBot

from console.desk import Desk
from console.habits import FILE, Habits
from console.widths import LEAST, MOST, read, written
from tests.desk.conftest import make_desk as make_desk
from widgets.tables.lines_table import LinesTable

pytestmark = pytest.mark.slow

SETS = st.sampled_from(["", "open", "aside", "journal"])


@given(st.dictionaries(SETS, st.dictionaries(st.integers(0, 20), st.integers(LEAST, MOST), min_size=1)))
def test_what_is_kept_is_read_again(widths: dict[str, dict[int, int]]) -> None:
    assert read(written(widths)) == widths


@pytest.mark.parametrize(
    ("kept", "found"),
    [
        ("", {}),
        ("open", {}),
        ("open 0:x 1: :2 -1:5 ٣:90 1:100000 2:120", {"open": {2: 120}}),
        (" 0:1 1:99999;;journal 3:40", {"": {0: LEAST, 1: MOST}, "journal": {3: 40}}),
    ],
)
def test_what_makes_no_sense_is_left_out(kept: str, found: dict[str, dict[int, int]]) -> None:
    assert read(kept) == found


def _draw(table: LinesTable, column: int, width: int) -> None:
    table.horizontalHeader().resizeSection(column, width)


def test_columns_that_somebody_drew_are_as_wide_at_the_next_start(
    make_desk: Callable[..., Desk], qtbot: QtBot, tmp_path: Path
) -> None:
    first = make_desk(habits=Habits(tmp_path / FILE))
    _draw(first.alarms.table, 1, 131)
    _draw(first.queues.callers, 1, 97)
    kept = tmp_path / FILE
    qtbot.waitUntil(kept.exists)  # a moment after it was drawn, and not with every pixel
    first.alarms.show_page("journal")
    _draw(first.alarms.table, 1, 143)
    for one in first.widths:
        one.stop()
    assert "143" in kept.read_text("utf-8"), "what was not kept yet is kept at the end"
    second = make_desk(habits=Habits(kept))
    assert second.alarms.table.columnWidth(1) == 131
    assert second.queues.callers.columnWidth(1) == 97
    second.alarms.show_page("journal")
    assert second.alarms.table.columnWidth(1) == 143
    second.alarms.show_page("open")
    assert second.alarms.table.columnWidth(1) == 131
