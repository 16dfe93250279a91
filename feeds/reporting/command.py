"""`main.py figures DAY.floor --by hour|day|queue-day|agent-day|snapshot`: the figures of a recording as a table."""

from __future__ import annotations

import argparse
import csv
import re
import sys
from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import TextIO
from zoneinfo import ZoneInfo

from config.arguments import file_name
from config.cells import padded, width
from config.schema import Site
from config.zones import zone_argument
from feeds.importing.progress import Progress
from feeds.log.base import LogError
from feeds.log.embedded import EmbeddedLog
from feeds.log.opening import open_recording
from feeds.reporting.columns import Cell
from feeds.reporting.explaining import explained
from feeds.reporting.marks import damage_note, notes, write_marks
from feeds.reporting.names import queue_refusal
from feeds.reporting.tables import (
    RangeError,
    Request,
    Table,
    by_agent_and_day,
    by_day,
    by_hour,
    by_queue_and_day,
    snapshots,
)
from feeds.writing import written_whole

TABLES: dict[str, Callable[[Request], Table]] = {
    "hour": by_hour,
    "day": by_day,
    "queue-day": by_queue_and_day,
    "agent-day": by_agent_and_day,
    "snapshot": snapshots,
}
_UNITS = {"s": 1_000, "m": 60_000, "h": 3_600_000}
_DAY_MS = 86_400_000
YEARS = range(1970, 2200)
"""In which days can be asked for."""


def main(argv: Sequence[str]) -> int:
    """Run the command: 0 when the table was written, 1 when not, 2 for wrong arguments (by argparse)."""
    parser = _parser()
    arguments = parser.parse_args(argv)
    if arguments.queue is not None and len(arguments.queue) > 1:
        parser.error("--queue: a table is of one queue or of all; ask for each with a command of its own")
    arguments.queue = arguments.queue[0] if arguments.queue else None
    if arguments.begin and arguments.end and arguments.end < arguments.begin:
        parser.error("--to lies before --from")
    if arguments.marks is not None and arguments.marks in (arguments.csv, Path("-")):
        parser.error("--marks needs a file of its own")
    for target in (arguments.csv, arguments.marks):
        if target is not None and _is_same(target, arguments.recording):
            parser.error(f"{target} is the recording itself, which would be lost")
    if arguments.recording.is_dir():
        return _fail(f"{arguments.recording}: this is a directory: name the recording in it")
    try:
        site, log = open_recording(arguments.recording)
        with log:
            refusal = queue_refusal(site, log, arguments.queue) if arguments.queue is not None else ""
            if refusal:
                parser.error(f"--queue: {refusal}")
            table = _table(arguments, site, log)
            zone = arguments.zone or ZoneInfo(site.zone)
            damage = damage_note(log, zone)
        _tell(table, arguments, zone)
        if damage:
            sys.stderr.write(f"the figures end where the recording does{damage}\n")
    except RangeError as error:
        parser.error(str(error))
    except (LogError, _Unwritable) as error:
        return _fail(str(error))
    except (BrokenPipeError, PermissionError):
        raise  # whoever reads has seen enough, and that is no failure; whom a file is forbidden, main.py tells
    except OSError as error:
        return _fail(f"standard output: cannot be written ({error.strerror})")
    return 0


def _is_same(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:
        return False


class _Unwritable(Exception):
    """A file cannot be written; the message says which."""


def _tell(table: Table, arguments: argparse.Namespace, zone: ZoneInfo) -> None:
    """Everything that is written. Raises _Unwritable, and BrokenPipeError where the reader has seen enough."""
    if table.note:
        sys.stderr.write(f"{table.note}\n")
    if arguments.csv is None:
        sys.stdout.write(as_text(table))
        sys.stdout.writelines(f"{note}\n" for note in notes(table.columns, table.rows, table.marks))
    else:
        _write(arguments.csv, partial(write_csv, table))
    if arguments.marks is not None:
        _write(arguments.marks, partial(write_marks, table.columns, table.rows, table.marks, zone))
    if arguments.explain:
        # Not into CSV that goes the same way.
        out = sys.stderr if str(arguments.csv) == "-" else sys.stdout
        out.write(explained(table, zone))
    sys.stdout.flush()


def _write(target: Path, write: Callable[[TextIO], None]) -> None:
    try:
        with written_whole(target) as out:
            write(out)
    except BrokenPipeError:  # of a named pipe, or of standard output
        raise
    except OSError as error:
        raise _Unwritable(f"{target}: cannot be written ({error.strerror}): choose another place") from error


def _table(arguments: argparse.Namespace, site: Site, log: EmbeddedLog) -> Table:
    """The table that is asked for, with a bar while it is made."""
    done = 0

    def watch(rev: int) -> None:
        nonlocal done
        done = rev
        progress()

    zone = arguments.zone or ZoneInfo(site.zone)
    with Progress(sys.stderr, arguments.recording.name, lambda: done / max(log.rev, 1), lines=False) as progress:
        return TABLES[arguments.by](
            Request(site, log, zone, arguments.begin, arguments.end, arguments.queue, arguments.step, watch)
        )


def write_csv(table: Table, out: TextIO) -> None:
    """The table as CSV: header, rows, empty cells where a figure has no value."""
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([column.name for column in table.columns])
    writer.writerows(["" if cell is None else cell for cell in row] for row in table.rows)


def as_text(table: Table) -> str:
    """The table for reading: columns aligned, "—" for a figure without a value."""
    names = [column.name for column in table.columns]
    rows = [[_text(cell) for cell in row] for row in table.rows]
    widths = [max(map(width, column)) for column in zip(names, *rows, strict=True)]
    words = [any(isinstance(row[place], str) for row in table.rows) for place in range(len(names))]

    def line(cells: Sequence[str]) -> str:
        columns = zip(cells, widths, words, strict=True)
        return "  ".join(padded(cell, wide, right=not word) for cell, wide, word in columns).rstrip()

    body = [line(names), *map(line, rows)] if rows else [line(names), "nobody asked for a person in this time"]
    return "\n".join(body) + "\n"


def _text(cell: Cell) -> str:
    if cell is None:
        return "—"
    if isinstance(cell, float):
        return f"{cell:.3f}" if abs(cell) <= 1 else f"{cell:.1f}"
    return str(cell)


def _fail(message: str) -> int:
    sys.stderr.write(message.rstrip() + "\n")
    return 1


def _day(text: str) -> date:
    try:
        found = date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r} is no day; write it as 2024-05-01") from error
    if found.year not in YEARS:
        raise argparse.ArgumentTypeError(f"{text!r} lies outside the years {YEARS[0]} to {YEARS[-1]}")
    return found


def _step(text: str) -> int:
    found = re.fullmatch(r"([0-9]{1,6})([smh])", text)
    length = int(found[1]) * _UNITS[found[2]] if found else 0
    if length <= 0 or length > _DAY_MS:
        raise argparse.ArgumentTypeError(f"{text!r} is no step; write it as 30s, 15m or 1h, at most a day")
    return length


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="main.py figures", description="The figures of a recording, as a table or as CSV."
    )
    parser.add_argument("recording", type=file_name, metavar="DAY.floor", help="a recording or a gateway's log")
    parser.add_argument("--by", required=True, choices=TABLES, help="what a row is")
    parser.add_argument("--step", type=_step, default="15m", help="time between snapshots (default 15m)")
    parser.add_argument("--zone", type=zone_argument, help="time zone of days and hours (default: the site's)")
    parser.add_argument("--from", dest="begin", type=_day, metavar="DAY", help="first day, in that zone")
    parser.add_argument("--to", dest="end", type=_day, metavar="DAY", help="last day, included")
    parser.add_argument("--queue", action="append", help="only this queue")
    parser.add_argument("--csv", type=file_name, metavar="OUT", help="write CSV to this file, - for standard output")
    parser.add_argument(
        "--marks", type=file_name, metavar="FILE", help="write to this CSV file which rows are incomplete or restated"
    )
    parser.add_argument("--explain", action="store_true", help="say how each column is counted and defined")
    return parser
