"""A real month of calls: every cell of every reference table, through the very commands that people use."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from feeds.reporting.command import main as figures_main
from tests.months import month_recording as month_recording
from tests.months import real_month as real_month

TABLES = {
    "hour": "ref_hour",
    "day": "ref_day",
    "queue-day": "ref_queue_day",
    "agent-day": "ref_agent_day",
    "snapshot": "ref_snapshot15",
}


def rows_of(path: Path) -> list[list[str]]:
    """The cells of a CSV file."""
    with path.open(encoding="utf-8", newline="") as text:
        return list(csv.reader(text))


def differences(found: list[list[str]], expected: list[list[str]]) -> list[str]:
    """Cells that differ: ratios by more than a millionth, everything else at all."""
    if found[0] != expected[0] or len(found) != len(expected):
        return [f"{len(found)} rows of {found[0]} instead of {len(expected)} of {expected[0]}"]
    problems = []
    for row, wanted in zip(found, expected, strict=True):
        for name, cell, right in zip(expected[0], row, wanted, strict=True):
            same = cell == right
            if not same and "." in right and cell:
                same = abs(float(cell) - float(right)) <= 1e-6
            if not same:
                problems.append(f"{wanted[:2]} {name}: {cell!r} instead of {right!r}")
    return problems


@pytest.mark.slow
@pytest.mark.parametrize("by", list(TABLES))
def test_the_real_month_has_the_reference_figures_to_the_last_cell(
    by: str, month_recording: Path, real_month: Path, tmp_path: Path
) -> None:
    target = tmp_path / "out.csv"
    assert figures_main([str(month_recording), "--by", by, "--zone", "UTC", "--csv", str(target)]) == 0
    expected = rows_of(real_month / f"1999-02_{TABLES[by]}.csv")
    assert len(expected) > 28
    assert differences(rows_of(target), expected) == []


def test_a_changed_cell_would_be_noticed() -> None:
    table = [["start", "offered", "asa"], ["1999-02-01", "12", "3.5"], ["1999-02-02", "0", ""]]
    assert differences(table, table) == []
    for row, cell, value in ((1, 1, "13"), (1, 2, "3.500002"), (2, 2, "0.0"), (1, 2, "")):
        other = [list(cells) for cells in table]
        other[row][cell] = value
        assert len(differences(other, table)) == 1
    assert differences(table[:2], table) != []
