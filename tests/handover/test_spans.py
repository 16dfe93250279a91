"""Which shifts a handover sheet can be made of, over nights, replays and days without shifts."""

from __future__ import annotations

from datetime import datetime
from itertools import pairwise
from zoneinfo import ZoneInfo

from console.handover import spans
from console.words import Words
from feeds.entities import (
    ShiftInfo,
)
from tests.handover.shifts import BEGIN, END, HOUR
from tests.wall import floors

ZH, EN = Words("zh_CN"), Words("en")


def test_the_running_shift_is_offered_first_and_those_before_it_over_midnight() -> None:
    night = ShiftInfo("night", "夜班", "Night shift", "20:00-08:00")
    site = floors.site(shifts=[ShiftInfo("day", "白班", "Day shift", "08:00-20:00"), night])
    found = spans.spans(site, floors.NOW, EN)
    assert [one.label for one in found[:3]] == [
        "Day shift · Sun 22 Nov 08:00–20:00",
        "Night shift · Sat 21 Nov 20:00–08:00",
        "Day shift · Sat 21 Nov 08:00–20:00",
    ]
    assert (found[0].begin, found[0].end) == (BEGIN, END)
    assert all(later.begin == sooner.end for later, sooner in pairwise(found))


def test_a_shift_of_a_replay_is_told_with_its_year() -> None:
    site = floors.site(shifts=[ShiftInfo("day", "白班", "Day shift", "08:00-20:00")])
    assert spans.spans(site, floors.NOW, ZH, year=True)[0].label == "白班 · 2026年11月22日 周日 08:00–20:00"
    assert spans.chosen(site, BEGIN, END, EN, year=True).label.endswith("Sun 22 Nov 2026 08:00–20:00")


BERLIN = ZoneInfo("Europe/Berlin")


def offered(now: datetime, *hours: str) -> list[tuple[str, float]]:
    """Labels and hours of what is offered at a moment in Berlin."""
    site = floors.site(zone="Europe/Berlin", shifts=[ShiftInfo(one, "班", "Shift", one) for one in hours])
    found = spans.spans(site, round(now.timestamp() * 1000), EN)
    return [(one.label.removeprefix("Shift · "), (one.end - one.begin) / HOUR) for one in found]


def test_a_shift_that_has_just_ended_is_offered_also_where_nobody_works_after_it() -> None:
    evening = datetime(2026, 11, 10, 20, 30, tzinfo=BERLIN)
    found = offered(evening, "08:00-12:00", "13:00-20:00")
    assert [label for label, _ in found] == [
        "Tue 10 Nov 13:00–20:00", "Tue 10 Nov 08:00–12:00", "Mon 9 Nov 13:00–20:00", "Mon 9 Nov 08:00–12:00",
        "Sun 8 Nov 13:00–20:00", "Sun 8 Nov 08:00–12:00",
    ]  # fmt: skip
    assert next(label for label, _ in offered(evening, "08:00-20:00")) == "Tue 10 Nov 08:00–20:00"


def test_the_shift_that_runs_is_offered_before_a_shorter_one_that_is_over() -> None:
    found = offered(datetime(2026, 11, 10, 14, 30, tzinfo=BERLIN), "08:00-20:00", "12:00-13:00")
    assert [label for label, _ in found][:3] == [
        "Tue 10 Nov 08:00–20:00",
        "Tue 10 Nov 12:00–13:00",
        "Mon 9 Nov 12:00–13:00",
    ]


def test_shifts_follow_each_other_over_nights_in_which_the_clock_is_moved() -> None:
    hours = ("02:30-10:30", "10:30-18:30", "18:30-02:30")
    spring = offered(datetime(2026, 3, 29, 4, 0, tzinfo=BERLIN), *hours)
    assert spring[:3] == [
        ("Sun 29 Mar 03:30–10:30", 7.0),
        ("Sat 28 Mar 18:30–03:30", 8.0),
        ("Sat 28 Mar 10:30–18:30", 8.0),
    ]
    autumn = offered(datetime(2026, 10, 25, 9, 0, tzinfo=BERLIN), "08:00-20:00", "20:00-08:00")
    assert autumn[:2] == [("Sun 25 Oct 08:00–20:00", 12.0), ("Sat 24 Oct 20:00–08:00", 13.0)]


def test_a_time_of_ones_own_begins_with_the_quarter_of_an_hour_as_its_figures_do() -> None:
    site = floors.site()
    chosen = spans.chosen(site, BEGIN + 10 * 60_000, END, EN)
    assert (chosen.begin, chosen.label) == (BEGIN, "Chosen time · Sun 22 Nov 08:00–20:00")


def test_a_site_without_shifts_offers_the_day_and_the_last_hours() -> None:
    found = spans.spans(floors.site(), floors.NOW, ZH)
    assert [one.label for one in found] == ["今日", "最近 8 小时"]
    assert found[0].end - found[0].begin == 24 * HOUR
