"""The running shift in the head: by the floor's own clock, over midnight, and not there where the site has none."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from console.phrases.shifts import running
from console.window import heading
from console.words import Words
from feeds.entities import ShiftInfo, SiteInfo
from tests.wall import floors

DAY = ShiftInfo("day", "白班", "Day shift", "08:00-20:00")
NIGHT = ShiftInfo("night", "夜班", "Night shift", "20:00-08:00")
PEAK = ShiftInfo("peak", "高峰班", "Peak shift", "10:00-13:00")
SHANGHAI = ZoneInfo("Asia/Shanghai")


def at(hour: int, minute: int, second: int = 0, day: int = 22) -> int:
    return round(datetime(2026, 11, day, hour, minute, second, tzinfo=SHANGHAI).timestamp() * 1000)


def site(*shifts: ShiftInfo) -> SiteInfo:
    return floors.site(shifts=list(shifts))


@pytest.mark.parametrize(
    ("hour", "minute", "second", "expected"),
    [
        (8, 0, 0, "day"), (7, 59, 59, "night"), (19, 59, 59, "day"), (20, 0, 0, "night"), (0, 0, 0, "night"),
        (11, 0, 0, "peak"), (13, 0, 0, "day"),
    ],
)  # fmt: skip
def test_the_shift_is_the_one_that_began_last_by_the_floors_clock(
    hour: int, minute: int, second: int, expected: str
) -> None:
    found = running(site(NIGHT, DAY, PEAK), at(hour, minute, second))
    assert found is not None
    assert found.shift.id == expected


def test_outside_of_all_shifts_and_without_any_there_is_none() -> None:
    assert running(site(PEAK), at(14, 0)) is None
    assert running(site(), at(14, 0)) is None
    assert heading.top_bar(floors.sight(), Words("en")).shift is None


def test_the_head_says_the_shift_in_both_languages() -> None:
    sight = floors.sight(floors.floor(shifts=[DAY]))
    assert heading.top_bar(sight, Words("zh_CN")).shift == ("白班", "08:00–20:00")
    assert heading.top_bar(sight, Words("en")).shift == ("Day shift", "08:00–20:00")
