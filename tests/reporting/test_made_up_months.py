"""Made-up weeks with everything that real ones have, through log, fold and tables, against brute force."""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from config.schema import Name, Queue, Site, SkillGroup
from feeds.importing.importer import Importer
from feeds.log.opening import NewRecording, open_recording
from feeds.reporting.command import TABLES, write_csv
from feeds.reporting.tables import Request
from tests.reporting import brute_force
from tests.reporting.brute_force import Call, Rows

NAME = Name(zh="甲", en="A")
SITE = Site(
    id="s",
    short="S",
    name=NAME,
    zone="Asia/Jerusalem",
    groups=(SkillGroup(id="g", name=NAME),),
    queues=(Queue(id="PS", name=NAME, group="g", seat_type="", service_seconds=45),),
)
BRUTE: dict[str, Callable[[Sequence[Call], ZoneInfo], Rows]] = {
    "hour": brute_force.by_hour,
    "day": brute_force.by_day,
    "queue-day": brute_force.by_queue_and_day,
    "agent-day": brute_force.by_agent_and_day,
    "snapshot": brute_force.snapshots,
}
ZONES = ("UTC", "Asia/Jerusalem", "America/New_York", "Asia/Kathmandu", "Australia/Lord_Howe")
# Begins shortly before clocks change somewhere and before a month ends.
BEGINS = ("1999-03-30", "1999-10-29", "1999-04-02", "1999-10-30", "1999-06-29")


def day_begin(text: str) -> int:
    """UTC seconds of a midnight in UTC."""
    return int(datetime.fromisoformat(f"{text}T00:00:00+00:00").timestamp())


moments = st.one_of(
    st.integers(0, 4 * 86_400 - 1),
    # Crowds around midnights, quarters and hours, where every boundary mistake shows.
    st.builds(lambda quarter, off: max(0, quarter * 900 + off), st.integers(0, 4 * 96 - 1), st.integers(-40, 2)),
    st.integers(40_000, 40_120),
)
durations = st.one_of(st.sampled_from((0, 1, 4, 5, 6, 9, 10, 19, 20, 21, 900)), st.integers(0, 1_200))


@st.composite
def weeks(draw: st.DrawFn) -> tuple[list[str], list[Call], ZoneInfo]:
    """Lines of a queue_log, the calls in them as the tables must see them, and a zone to see them in."""
    begin = day_begin(draw(st.sampled_from(BEGINS)))
    drawn = draw(
        st.lists(
            st.tuples(
                moments, durations, durations, st.sampled_from(("PS", "NW", "TT")),
                st.sampled_from(("A01", "A02", "A03", "UNKNOWN", "")),
            ),
            min_size=1,
            max_size=25,
        )
    )  # fmt: skip
    step_at, step = draw(moments), draw(st.sampled_from((0, 0, -3, 2)))

    def clock(at: int) -> int:
        """What the log's clock shows: stepped by some seconds at a moment."""
        return begin + at + (step if at >= step_at else 0)

    rows: list[tuple[int, int, str]] = []
    calls: list[Call] = []
    for number, (at, wait, talk, queue, agent) in enumerate(drawn):
        name = f"c{number}"
        joined, left, ended = clock(at), clock(at + wait), clock(at + wait + talk)
        rows.append((at, len(rows), f"{joined}|{name}|{queue}|NONE|ENTERQUEUE||anon|1"))
        left, ended = max(left, joined), max(ended, left, joined)
        if agent:
            rows.append((at + wait, len(rows), f"{clock(at + wait)}|{name}|{queue}|{agent}|CONNECT|{wait}|x|0"))
            end = f"{clock(at + wait + talk)}|{name}|{queue}|{agent}|COMPLETECALLER|{wait}|{talk}|1"
            rows.append((at + wait + talk, len(rows), end))
            calls.append(Call(queue, joined, left, wait, agent, ended, talk))
        else:
            rows.append((at + wait, len(rows), f"{clock(at + wait)}|{name}|{queue}|NONE|ABANDON|1|1|{wait}"))
            calls.append(Call(queue, joined, left, wait, ""))
    return [row for _, _, row in sorted(rows)], calls, ZoneInfo(draw(st.sampled_from(ZONES)))


def recorded(path: Path, lines: Sequence[str], site: Site = SITE) -> Path:
    """The lines as a recording."""
    with NewRecording(path, site) as log:
        report = Importer(site, lambda facts: log.append([(fact, None) for fact in facts]) and None).run(
            enumerate(lines, 1)
        )
    assert report.problems == {}
    return path


def table(path: Path, by: str, zone: ZoneInfo, **more: object) -> Rows:
    """A table of a recording as CSV cells."""
    site, log = open_recording(path)
    with log:
        out = io.StringIO()
        write_csv(TABLES[by](Request(site, log, zone, **more)), out)  # type: ignore[arg-type]
    return list(csv.reader(io.StringIO(out.getvalue())))


@pytest.mark.slow
@pytest.mark.parametrize("by", list(TABLES))
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(week=weeks())
def test_a_made_up_week_has_the_figures_that_brute_force_finds(
    by: str, week: tuple[list[str], list[Call], ZoneInfo], tmp_path_factory: pytest.TempPathFactory
) -> None:
    lines, calls, zone = week
    path = recorded(tmp_path_factory.mktemp("week") / "week.floor", lines)
    assert table(path, by, zone) == BRUTE[by](calls, zone)


def month(seed: int) -> tuple[list[str], list[Call]]:
    """April 1999: two days closed, surges, services across midnights and into May, agents with two calls at once."""
    dice = random.Random(seed)
    begin, rows, calls = day_begin("1999-04-01"), list[tuple[int, int, str]](), list[Call]()
    for day in range(30):
        if day in (6, 20):
            continue
        for _ in range(dice.choice((4, 10, 16))):
            at = day * 86_400 + dice.choice((dice.randrange(25_000, 86_400), 46_800 + dice.randrange(600), 86_390))
            wait, talk = dice.choice((0, 0, 20, dice.randrange(400))), dice.randrange(900)
            name, queue, agent = (
                f"c{len(calls)}",
                dice.choice(("PS", "NW", "IN")),
                dice.choice(("A1", "A2", "UNKNOWN", "")),
            )
            joined, left = begin + at, begin + at + wait
            rows.append((joined, len(rows), f"{joined}|{name}|{queue}|NONE|ENTERQUEUE||anon|1"))
            if agent:
                rows.append((left, len(rows), f"{left}|{name}|{queue}|{agent}|CONNECT|{wait}|x|0"))
                rows.append(
                    (left + talk, len(rows), f"{left + talk}|{name}|{queue}|{agent}|COMPLETEAGENT|{wait}|{talk}|1")
                )
            else:
                rows.append((left, len(rows), f"{left}|{name}|{queue}|NONE|ABANDON|1|1|{wait}"))
            calls.append(Call(queue, joined, left, wait, agent, left + talk, talk))
    return [row for _, _, row in sorted(rows)], calls


@pytest.mark.slow
@pytest.mark.parametrize("by", list(TABLES))
def test_a_made_up_month_with_closed_days_has_the_figures_that_brute_force_finds(by: str, tmp_path: Path) -> None:
    lines, calls = month(11)
    zone = ZoneInfo("Asia/Jerusalem")
    assert table(recorded(tmp_path / "april.floor", lines), by, zone) == BRUTE[by](calls, zone)
