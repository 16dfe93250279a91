"""Alarms counted on a recording: by rule, hour and shift; and on a real month that they do not flap."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from msgspec.structs import replace

from config.load import site_from_name_or_path
from config.schema import AlarmRule, Name, Site
from feeds import facts
from feeds.facts import AnyFact
from feeds.log.opening import NewRecording, open_recording
from feeds.reporting.alarm_counts import Counts, by_hour, by_rule, by_shift, count, most_in, named, shifts_between
from feeds.reporting.alarms import main
from tests.alarms.sites import BEGIN, at_, rule, site
from tests.months import month_recording as month_recording
from tests.months import real_month as real_month
from tests.simulator.test_facts import told

UTC = ZoneInfo("UTC")
HOUR = 3600


def waves(turns: int, every_s: int) -> list[AnyFact]:
    """Every so often three callers come and leave after twenty seconds."""
    rows: list[AnyFact] = []
    for turn in range(turns):
        legs = [f"{turn}{leg}" for leg in "abc"]
        rows += [facts.LegJoined(at=at_(turn * every_s), leg=leg, call=leg, queue="qa") for leg in legs]
        rows += [facts.LegAbandoned(at=at_(turn * every_s + 20), leg=leg) for leg in legs]
    return rows


@pytest.fixture
def recording(tmp_path: Path) -> Path:
    """Ten waves ten minutes apart, from 13:20 UTC on."""
    path = tmp_path / "day.floor"
    made = site(rule("wait", scopes=("queue", "group", "site")))
    with NewRecording(path, made) as log:
        log.append([(fact, None) for fact in waves(10, 600)])
    return path


def counted(path: Path, made: Site | None = None, *hours: str) -> Counts:
    recorded, log = open_recording(path)
    with log:
        return count(made or recorded, log, UTC, hours or ("00:00-24:00",))


def test_every_alarm_is_counted_once_and_what_follows_from_it_apart(recording: Path) -> None:
    counts = counted(recording)
    assert (len(counts.own), len(counts.rises)) == (10, 30)
    rows = {row["scope"]: row for row in by_rule(counts)}
    assert (rows["queue:qa"]["alarms"], rows["queue:qa"]["followed"], rows["queue:qa"]["most_in_an_hour"]) == (10, 0, 6)
    assert (rows["site"]["alarms"], rows["site"]["followed"]) == (0, 10)
    assert rows["queue:qa"]["again"] == 0


def test_a_recording_that_ends_while_somebody_waits_has_no_alarm_of_the_time_behind_its_end(tmp_path: Path) -> None:
    path = tmp_path / "morning.floor"
    with NewRecording(path, site(rule("wait"))) as log:
        log.append([(fact, None) for fact in waves(2, 600)[:-3]])  # the second wave has only just come
    counts = counted(path, None, "08:00-13:31", "13:31-20:00")
    assert [one.alarm for one in counts.own] == ["alarm:queue:qa:wait"]
    assert [shift.hours for shift in counts.shifts] == ["08:00-13:31"]


def test_an_alarm_that_comes_again_within_five_minutes_has_flapped(tmp_path: Path) -> None:
    path = tmp_path / "flaps.floor"
    with NewRecording(path, site(rule("wait"))) as log:
        log.append([(fact, None) for fact in waves(10, 60)])
    (row,) = by_rule(counted(path))
    assert (row["alarms"], row["again"]) == (10, 9)
    (calm,) = by_rule(counted(path, site(rule("wait", off_delay_s=120.0))))
    assert (calm["alarms"], calm["again"]) == (1, 0)


def test_hours_and_shifts_say_how_many_and_when_most(recording: Path) -> None:
    counts = counted(recording, None, "08:00-14:00", "14:00-22:00")
    shifts = {row["shift"]: row for row in by_shift(counts)}
    assert {hours: row["alarms"] for hours, row in shifts.items()} == {"08:00-14:00": 4, "14:00-22:00": 6}
    assert (shifts["14:00-22:00"]["most_in_10_min"], shifts["14:00-22:00"]["followed"]) == (1, 12)
    hours = {row["hour"]: row["alarms"] for row in by_hour(counts) if row["alarms"]}
    assert hours == {"13:00": 4, "14:00": 6}


def test_what_came_outside_of_the_shifts_is_in_the_average_of_none(
    recording: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    counts = counted(recording, None, "08:00-14:00")
    assert [row["alarms"] for row in by_shift(counts)] == [4]
    rows = {row["scope"]: row for row in by_rule(counts)}
    assert (rows["queue:qa"]["alarms"], rows["queue:qa"]["a_shift"]) == (10, 4.0)
    assert main([str(recording), "--shift", "20:00-22:00"]) == 0  # at the site, where the first came at 21:20
    assert "10 alarms, 4.0 a shift, 6 outside of them" in capsys.readouterr().out


def test_an_hours_average_is_over_the_days_that_were_recorded_in_it_whatever_shifts_reach_into_them(
    tmp_path: Path,
) -> None:
    path = tmp_path / "two.floor"
    with NewRecording(path, site(rule("wait"))) as log:
        log.append([(fact, None) for fact in waves(20, HOUR)])  # from 13:20 to 08:20
    hours = {row["hour"]: row["a_day"] for row in by_hour(counted(path, None, "08:00-20:00", "20:00-08:00"))}
    assert {hours[f"{hour % 24:02}:00"] for hour in range(13, 33)} == {1.0}


def test_a_shift_over_midnight_belongs_to_the_day_on_which_it_begins() -> None:
    found = shifts_between(BEGIN, BEGIN + 24 * HOUR * 1000, ("20:00-08:00",), UTC)
    assert [(shift.day.day, (shift.end - shift.begin) // 3_600_000) for shift in found] == [(1, 12)]


def test_the_most_within_a_stretch_is_found_wherever_it_lies() -> None:
    assert most_in([0, 5, 9, 10, 30], 10) == 3
    assert most_in([], 10) == 0
    assert named("alarm:seat:108:stuck") == ("seat", "stuck")
    assert named("alarm:site:waiting:now") == ("site", "waiting:now")


def test_the_command_says_how_many_a_shift_and_writes_its_rows_as_csv(
    recording: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out.csv"
    assert main([str(recording), "--shift", "20:00-08:00", "--csv", str(out)]) == 0
    said = capsys.readouterr().out
    assert "With the limits of x" in said
    assert "10 alarms, 10.0 a shift" in said
    rows = list(csv.DictReader(io.StringIO(out.read_text(encoding="utf-8"))))
    assert (rows[0]["scope"], rows[0]["rule"], rows[0]["alarms"]) == ("queue:qa", "wait", "10")
    assert main([str(recording), "--by", "shift"]) == 0
    assert "most_in_10_min" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "says"),
    [(["--shift", "8-20"], "08:00-20:00"), (["--by", "week"], "invalid choice"), (["--csv", "SAME"], "would be lost")],
)
def test_arguments_that_make_no_sense_are_refused(
    arguments: list[str], says: str, recording: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main([str(recording), *(str(recording) if one == "SAME" else one for one in arguments)])
    assert ended.value.code == 2
    assert says in capsys.readouterr().err


def test_a_recording_or_a_site_that_is_not_there_is_told(recording: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(recording.with_name("none.floor"))]) == 1
    assert "there is no such recording" in capsys.readouterr().err
    assert main([str(recording), "--site", "nowhere"]) == 1
    assert "there is no such site folder" in capsys.readouterr().err


# A real month

TUNED = (
    AlarmRule("wait", Name("w", "w"), figure="longest_wait_now", scopes=("queue",), above=300.0, deadband=60.0,
              on_delay_s=30.0, off_delay_s=600.0),
    AlarmRule("waiting", Name("w", "w"), figure="waiting", above=10.0, deadband=4.0,
              on_delay_s=30.0, off_delay_s=600.0),
    AlarmRule("service", Name("s", "s"), figure="service_level_f8", window="30m", below=40.0, deadband=10.0,
              on_delay_s=120.0, off_delay_s=900.0),
)  # fmt: skip
MOST_AN_HOUR = 4


BARE = tuple(replace(one, id=f"bare-{one.id}", deadband=0.0, on_delay_s=0.0, off_delay_s=0.0) for one in TUNED)
"""The same limits without deadband and delays."""


def soonest(counts: Counts, rules: tuple[AlarmRule, ...]) -> dict[str, float]:
    """Rule -> the least time, seconds, for which its figure was well before its alarm came again at the same scope.

    An alarm is over when that has lasted for its off-delay, so that counts as well.
    """
    off = {one.id: one.off_delay_s for one in rules}
    found: dict[str, float] = {}
    for rise in counts.rises:
        if rise.calm_ms is not None:
            name = named(rise.alarm)[1]
            found[name] = min(found.get(name, 1e9), rise.calm_ms / 1000 + off[name])
    return found


@pytest.mark.shared
@pytest.mark.slow
@pytest.mark.timeout(600)
def test_on_a_real_month_no_alarm_flaps_and_without_deadband_and_delays_they_do(month_recording: Path) -> None:
    made = replace(site_from_name_or_path("demo"), thresholds=(), alarms=(*TUNED, *BARE))
    counts = counted(month_recording, made)  # both in one go: a month takes a minute
    rows = by_rule(counts)
    most: list[int] = []
    again: list[int] = []
    for rules in (TUNED, BARE):
        of_these = [row for row in rows if row["rule"] in {one.id for one in rules}]
        assert {row["rule"] for row in of_these} == {one.id for one in rules}
        most.append(max(int(row["most_in_an_hour"]) for row in of_these))
        again.append(sum(int(row["again"]) for row in of_these))
    least = soonest(counts, made.alarms)
    for tuned, bare in zip(TUNED, BARE, strict=True):
        assert least[tuned.id] >= tuned.off_delay_s > least[bare.id]
    assert most[0] <= MOST_AN_HOUR < most[1]
    assert again[0] * 10 < again[1]


@pytest.mark.slow
def test_a_dead_trunk_is_one_alarm_and_not_one_in_every_queue(tmp_path: Path) -> None:
    """The demo's own limits, on its morning with nearly half of the calls lost on the way for an hour and a half."""
    made, counts = site_from_name_or_path("demo"), {}
    for scenario in ("normal", "trunk_loss"):
        with NewRecording(tmp_path / f"{scenario}.floor", made) as log:
            log.append([(fact, None) for fact in told(13, scenario=scenario, site=made)])
        counts[scenario] = counted(tmp_path / f"{scenario}.floor", None, "08:00-20:00")
    blocked = [row for row in by_rule(counts["trunk_loss"]) if row["rule"] == "calls-blocked"]
    assert [(row["scope"], row["alarms"], row["followed"]) for row in blocked] == [("site", 0, 1)]
    lost = [row for row in by_rule(counts["trunk_loss"]) if row["rule"] == "trunk-lost"]
    assert [(row["scope"], row["alarms"], row["again"]) for row in lost] == [("trunk:second", 1, 0)]
    assert "calls-blocked" not in {row["rule"] for row in by_rule(counts["normal"])}
    assert len(counts["trunk_loss"].own) <= len(counts["normal"].own) + 1, "what follows from it does not ring"
