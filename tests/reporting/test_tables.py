"""The tables' edges: empty days, month edges, summer time, open calls, thresholds, and what the command says."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import msgspec
import pytest

from config.schema import FigureSettings
from feeds.figures import DEFINITIONS
from feeds.reporting.calendar import days, days_of, hours, label, midnight
from feeds.reporting.columns import AGENT_COLUMNS, cohort_columns, event_columns, snapshot_columns
from feeds.reporting.command import main
from tests.reporting.test_made_up_months import SITE, day_begin, recorded, table

pytestmark = pytest.mark.slow  # together they take seconds; the quick part has a minute for all

UTC = ZoneInfo("UTC")
BEGIN = day_begin("1999-02-01")


def call(
    name: str, joined: int, wait: int, talk: int | None = None, *, queue: str = "PS", agent: str = "A01"
) -> list[str]:
    """The lines of one call; `talk` None is an abandon."""
    lines = [f"{BEGIN + joined}|{name}|{queue}|NONE|ENTERQUEUE||anon|1"]
    if talk is None:
        return [*lines, f"{BEGIN + joined + wait}|{name}|{queue}|NONE|ABANDON|1|1|{wait}"]
    return [
        *lines,
        f"{BEGIN + joined + wait}|{name}|{queue}|{agent}|CONNECT|{wait}|x|0",
        f"{BEGIN + joined + wait + talk}|{name}|{queue}|{agent}|COMPLETEAGENT|{wait}|{talk}|1",
    ]


def lines_of(*calls: list[str]) -> list[str]:
    """Lines of several calls in order of time."""
    return sorted((line for one in calls for line in one), key=lambda line: int(line.partition("|")[0]))


def column(rows: list[list[str]], name: str) -> list[str]:
    """One column of a table without its name."""
    return [row[rows[0].index(name)] for row in rows[1:]]


DAY = 86_400


def test_days_without_a_call_are_rows_of_nothing(tmp_path: Path) -> None:
    path = recorded(tmp_path / "w.floor", lines_of(call("a", 100, 5, 60), call("b", 3 * DAY + 100, 5, 60)))
    rows = table(path, "day", UTC)
    assert column(rows, "offered") == ["1", "0", "0", "1"]
    assert column(rows, "asa") == ["5.0", "", "", "5.0"]
    assert column(rows, "avg_queue") == ["5.8e-05", "0.0", "0.0", "5.8e-05"]
    assert len(table(path, "hour", UTC)) == 1 + 4 * 24


def test_about_a_month_is_reported_as_a_whole_month_and_less_is_not() -> None:
    def moment(text: str) -> int:
        return day_begin(text) * 1000

    month = days_of(moment("1999-04-03"), moment("1999-04-28"), UTC)
    assert (month[0], month[-1]) == (date(1999, 4, 1), date(1999, 4, 30))
    week = days_of(moment("1999-04-03"), moment("1999-04-10"), UTC)
    assert (week[0], week[-1], len(week)) == (date(1999, 4, 3), date(1999, 4, 10), 8)
    two = days_of(moment("1999-12-02"), moment("2000-01-31"), UTC)
    assert (two[0], two[-1]) == (date(1999, 12, 1), date(2000, 1, 31))


def test_days_and_hours_are_as_long_as_the_clock_makes_them() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    spring, autumn = date(1999, 3, 28), date(1999, 10, 31)
    lengths = [(one.end - one.begin) // 3_600_000 for one in days([spring, autumn], berlin)]
    assert lengths == [23, 25]
    labels = [one.label for one in hours([spring, autumn], berlin)]
    assert len(labels) == len(set(labels)) == 48
    assert "1999-03-28 02:00:00" not in labels
    assert [label for label in labels if "10-31 02" in label] == [
        "1999-10-31 02:00:00+0200",
        "1999-10-31 02:00:00+0100",
    ]
    beirut = ZoneInfo("Asia/Beirut")
    [day] = days([date(2024, 3, 31)], beirut)
    assert (day.end - day.begin) // 3_600_000 == 23
    assert midnight(date(1999, 2, 1), ZoneInfo("Asia/Kathmandu")) == (BEGIN - 20_700) * 1000


def test_calls_that_cross_midnight_and_the_end_of_the_month_stay_in_their_cohort(tmp_path: Path) -> None:
    late = 28 * DAY - 30
    busy = [call(f"n{day}", day * DAY + 40_000, 0, 10) for day in range(28)]
    path = recorded(tmp_path / "m.floor", lines_of(*busy, call("a", late, 60, 300), call("b", late + 5, 90)))
    rows = table(path, "day", UTC)
    assert column(rows, "start") == [f"1999-02-{day:02} 00:00:00" for day in range(1, 29)]
    assert (column(rows, "offered")[-1], column(rows, "answered")[-1], column(rows, "abandoned")[-1]) == ("3", "2", "1")
    assert (column(rows, "ev_answers")[-1], column(rows, "ev_completed")[-1]) == ("1", "1")
    agents = table(path, "agent-day", UTC)
    assert agents[-1] == ["A01", "1999-02-28", "2", "310", "0", "11:06:40", "00:05:30"]
    # Whoever adds up the agents of a day has what the day and its queues say.
    assert sum(int(row[2]) for row in agents[1:] if row[1] == "1999-02-28") == int(column(rows, "answered")[-1])


def test_calls_still_open_at_the_end_count_as_offered_and_answered_but_not_completed(tmp_path: Path) -> None:
    path = recorded(tmp_path / "o.floor", lines_of(call("a", 100, 5, 60)[:2], call("b", 110, 5, 60)[:1]))
    rows = table(path, "day", UTC)
    assert [column(rows, name) for name in ("offered", "answered", "abandoned", "ev_completed")] == [
        ["2"], ["1"], ["0"], ["0"],
    ]  # fmt: skip
    assert table(path, "agent-day", UTC)[1:] == [["A01", "1999-02-01", "1", "0", "0", "00:01:45", ""]]


@pytest.mark.parametrize("zone", [UTC, ZoneInfo("America/New_York")])
def test_a_recording_that_ends_while_calls_are_open_ends_with_its_last_fact_in_hours_and_snapshots_alike(
    zone: ZoneInfo, tmp_path: Path
) -> None:
    noon = DAY + 43_200
    lines = lines_of(call("a", 100, 5, 60), call("b", noon, 5, 60)[:2], call("c", noon + 7_190, 5)[:1])
    path = recorded(tmp_path / "o.floor", lines)
    more = {"begin": date(1999, 2, 1), "end": date(1999, 2, 4)}
    hourly, looks = table(path, "hour", zone, **more), table(path, "snapshot", zone, step=3_600_000, **more)
    by_hour = dict(zip(column(hourly, "start"), column(hourly, "avg_in_service"), strict=True))
    last = label((noon + 3_600 + BEGIN) * 1000, zone)
    assert by_hour[last] == str(round(3_590 / 3600, 6))
    assert {level for start, level in by_hour.items() if start > last} == {"0.0"}
    assert dict(zip(column(looks, "at"), column(looks, "in_service"), strict=True))[last] == "1"
    assert max(column(looks, "at")) == last
    peaks = dict(zip(column(hourly, "start"), column(hourly, "max_queue"), strict=True))
    assert (peaks[last], max(peak for start, peak in peaks.items() if start > last)) == ("1", "0")


def test_columns_are_named_after_the_sites_thresholds(tmp_path: Path) -> None:
    site = msgspec.structs.replace(SITE, figures=FigureSettings(service_seconds=15, short_seconds=3))
    path = recorded(
        tmp_path / "t.floor", lines_of(call("a", 100, 15, 60), call("b", 100, 16, 60), call("c", 100, 3)), site
    )
    rows = table(path, "day", UTC)
    assert column(rows, "answered_le_15") == ["1"]
    assert column(rows, "abandoned_le_3") == ["1"]
    assert column(rows, "sl15_excl_aband_le3") == ["0.5"]


def test_one_queue_and_some_days_can_be_chosen(tmp_path: Path) -> None:
    path = recorded(
        tmp_path / "q.floor",
        lines_of(call("a", 100, 5, 60), call("b", 200, 5, 9, queue="NW", agent="A02"), call("c", DAY, 5, queue="NW")),
    )
    assert column(table(path, "day", UTC, queue="NW"), "offered") == ["1", "1"]
    assert column(table(path, "day", UTC, begin=date(1999, 2, 2), end=date(1999, 2, 3)), "offered") == ["1", "0"]
    assert [row[:2] for row in table(path, "queue-day", UTC, queue="NW")[1:]] == [
        ["NW", "1999-02-01"],
        ["NW", "1999-02-02"],
    ]
    assert [row[0] for row in table(path, "agent-day", UTC, queue="NW")[1:]] == ["A02"]
    looks = table(path, "snapshot", UTC, queue="NW", step=100_000)
    assert looks[0][-1] == "waiting_NW"
    assert looks[1] == ["1999-02-01 00:03:20", "1", "0", "0", "0", "1", "0", "0", "0", "0", "1"]
    assert looks[2] == ["1999-02-01 00:05:00", "0", "0", "0", "0", "1", "1", "1", "0", "5", "0"]


def test_the_command_prints_a_table_and_explains_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = recorded(tmp_path / "c.floor", lines_of(call("a", 100, 5, 60), call("b", DAY + 100, 5)))
    assert main([str(path), "--by", "day", "--zone", "UTC", "--explain"]) == 0
    said = capsys.readouterr().out
    assert said.splitlines()[0].split()[:3] == ["start", "offered", "answered"]
    assert "1999-02-02 00:00:00" in said
    assert "—" in said
    assert "times are those of UTC" in said
    assert "basis cohort: counted in the period in which the call joined its queue" in said
    assert "sl20_of_offered: cohort; [F1/1]" in said


def test_without_a_zone_the_days_are_the_sites(tmp_path: Path) -> None:
    path = recorded(tmp_path / "z.floor", lines_of(call("a", DAY - 3600, 5, 60)))
    assert main([str(path), "--by", "day", "--csv", str(tmp_path / "out.csv")]) == 0
    assert (tmp_path / "out.csv").read_text(encoding="utf-8").splitlines()[1].startswith("1999-02-02 00:00:00,1,")


def test_mistakes_on_the_command_line_say_what_to_do(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(tmp_path / "no.floor"), "--by", "day"]) == 1
    assert "there is no such recording" in capsys.readouterr().err
    for wrong, says in (
        (["--zone", "Mars/Base"], "there is no time zone"),
        (["--step", "7 parsecs"], "write it as 30s, 15m or 1h"),
        (["--from", "yesterday"], "write it as 2024-05-01"),
        (["--from", "2024-05-02", "--to", "2024-05-01"], "--to lies before --from"),
        (["--from", "0001-01-01"], "lies outside the years 1970 to 2199"),
        (["--to", "9999-12-31"], "lies outside the years 1970 to 2199"),
    ):
        with pytest.raises(SystemExit) as stopped:
            main(["day.floor", "--by", "day", *wrong])
        assert stopped.value.code == 2
        assert says in capsys.readouterr().err


def test_more_days_than_anybody_reads_are_refused_before_they_fill_the_memory(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = recorded(tmp_path / "y.floor", lines_of(call("a", 100, 5, 60)))
    for by in ("hour", "day", "queue-day", "snapshot"):
        with pytest.raises(SystemExit) as stopped:
            main([str(path), "--by", by, "--to", "2150-01-01"])
        assert stopped.value.code == 2
        assert "are more than ten years: choose fewer days with --from and --to" in capsys.readouterr().err
        assert main([str(path), "--by", by, "--from", "1999-01-01", "--to", "1999-12-31", "--step", "1h"]) == 0
        capsys.readouterr()


def test_a_recording_without_calls_is_a_table_without_rows(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = recorded(tmp_path / "e.floor", [f"{BEGIN}|NONE|PS|A01|ADDMEMBER|"])
    for by in ("hour", "day", "queue-day", "agent-day", "snapshot"):
        assert main([str(path), "--by", by]) == 0
        assert "nobody asked for a person" in capsys.readouterr().out


def test_every_column_says_what_it_is_and_names_only_figures_that_exist() -> None:
    columns = [*cohort_columns(20, 5), *event_columns(20), *AGENT_COLUMNS, *snapshot_columns(20, ["PS"])]
    assert [column.name for column in columns if not column.figure and not column.note] == []
    assert [column.figure for column in columns if column.figure and column.figure not in DEFINITIONS] == []
