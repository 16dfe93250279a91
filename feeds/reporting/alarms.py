"""`main.py alarms DAY.floor [--site SITE]`: how many alarms a site's limits raise, so that they can be tuned."""

from __future__ import annotations

import argparse
import csv
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final, TextIO
from zoneinfo import ZoneInfo

from config.arguments import file_name, site_name
from config.cells import padded, width
from config.load import site_from_name_or_path
from config.mistakes import SiteError
from config.schema import Site
from config.spans import minutes_of
from feeds.importing.progress import Progress
from feeds.log.base import Log, LogError
from feeds.log.opening import open_recording
from feeds.reporting.alarm_counts import WHOLE_DAY, Cell, Counts, by_hour, by_rule, by_shift, count
from feeds.reporting.marks import damage_note
from feeds.writing import written_whole

Rows = list[dict[str, Cell]]
TABLES: Final[dict[str, Callable[[Counts], Rows]]] = {"rule": by_rule, "hour": by_hour, "shift": by_shift}
_LEGEND: Final = (
    "alarms: those that stood for themselves; followed: consequences of another, neither counted nor sounded; "
    "again: came back within 5 min after it was over"
)


def main(argv: Sequence[str]) -> int:
    """Run the command: 0 when it was counted, 1 when not, 2 for wrong arguments (by argparse)."""
    arguments = _parser().parse_args(argv)
    if arguments.csv is not None and _is_same(arguments.csv, arguments.recording):
        _parser().error(f"{arguments.csv} is the recording itself, which would be lost")
    try:
        recorded, log = open_recording(arguments.recording)
        with log:
            site = recorded if arguments.site is None else site_from_name_or_path(arguments.site)
            hours = arguments.shift or [shift.hours for shift in site.shifts] or [WHOLE_DAY]
            counts = _counted(site, log, hours, arguments.recording.name)
            damage = damage_note(log, ZoneInfo(site.zone))
        if damage:
            sys.stderr.write(f"what is counted ends where the recording does{damage}\n")
        _tell(counts, arguments, site)
    except (LogError, SiteError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    except (BrokenPipeError, PermissionError):
        raise  # whoever reads has seen enough, and that is no failure; whom a file is forbidden, main.py tells
    except OSError as error:
        sys.stderr.write(f"{arguments.csv or 'standard output'}: cannot be written ({error.strerror})\n")
        return 1
    return 0


def _counted(site: Site, log: Log, hours: Sequence[str], name: str) -> Counts:
    done = 0

    def watch(rev: int) -> None:
        nonlocal done
        done = rev
        progress()

    with Progress(sys.stderr, name, lambda: done / max(log.rev, 1), lines=False) as progress:
        return count(site, log, ZoneInfo(site.zone), hours, watch)


def _tell(counts: Counts, arguments: argparse.Namespace, site: Site) -> None:
    rows = TABLES[arguments.by](counts)
    if arguments.csv is None:
        sys.stdout.write(summary(counts, site))
        sys.stdout.write(as_text(rows) + _LEGEND + "\n" if rows else "no alarm would have come\n")
    else:
        with written_whole(arguments.csv) as out:
            write_csv(rows, out)
        if str(arguments.csv) != "-":
            sys.stdout.write(summary(counts, site))
    sys.stdout.flush()


def summary(counts: Counts, site: Site) -> str:
    """What it comes to: so many a shift."""
    if not counts.shifts:
        return "the recording is empty\n"
    first, last = counts.shifts[0].day, counts.shifts[-1].day
    own, outside = counts.own, counts.outside()
    told = f"{len(own)} alarms, {counts.a_shift(own):.1f} a shift" + (f", {outside} outside of them" if outside else "")
    lines = [f"With the limits of {site.id}, {first} to {last}: {told}"]
    rows = by_shift(counts)
    for hours in dict.fromkeys(shift.hours for shift in counts.shifts):
        of_it = [row for row in rows if row["shift"] == hours]
        numbers = [int(row["alarms"]) for row in of_it]
        worst = max(of_it, key=lambda row: int(row["alarms"]))
        mean = sum(numbers) / len(numbers)
        lines.append(
            f"  {hours}  {mean:.1f} a shift of {len(of_it)}, most {worst['alarms']} on {worst['day']}, "
            f"{max(int(row['most_in_10_min']) for row in of_it)} within 10 min at most"
        )
    return "\n".join(lines) + "\n\n"


def as_text(rows: Rows) -> str:
    """Rows for reading: columns aligned under their names."""
    names = list(rows[0])
    cells = [[_text(row[name]) for name in names] for row in rows]
    widths = [max(map(width, column)) for column in zip(names, *cells, strict=True)]
    words = [any(isinstance(row[name], str) for row in rows) for name in names]

    def line(texts: Sequence[str]) -> str:
        pairs = zip(texts, widths, words, strict=True)
        return "  ".join(padded(text, wide, right=not word) for text, wide, word in pairs).rstrip()

    return "\n".join([line(names), *map(line, cells)]) + "\n"


def write_csv(rows: Rows, out: TextIO) -> None:
    """Rows as CSV with a header; nothing where there are none."""
    if rows:
        writer = csv.DictWriter(out, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def _text(cell: Cell) -> str:
    return f"{cell:.2f}" if isinstance(cell, float) else str(cell)


def _is_same(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:
        return False


def _span(text: str) -> str:
    if minutes_of(text) is None:
        raise argparse.ArgumentTypeError(f"{text!r} is no shift; write it as 08:00-20:00")
    return text


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="main.py alarms", description="How many alarms a site's limits raise on a recording, so as to tune them."
    )
    parser.add_argument("recording", type=file_name, metavar="DAY.floor", help="a recording or a gateway's log")
    parser.add_argument(
        "--site", type=site_name, help="whose limits: a site folder or shipped site (default: the recording's own)"
    )
    parser.add_argument(
        "--shift", type=_span, action="append", metavar="08:00-20:00", help="a shift's hours; may be given again "
        "(default: the site's shifts, else whole days)",
    )  # fmt: skip
    parser.add_argument("--by", choices=TABLES, default="rule", help="what a row is (default: rule)")
    parser.add_argument("--csv", type=file_name, metavar="OUT", help="write the rows as CSV to this file, - for stdout")
    return parser
