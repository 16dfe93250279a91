"""`main.py import queue_log FILE --site SITE -o DAY.floor`: an Asterisk queue_log into a recording."""

from __future__ import annotations

import argparse
import sqlite3
import sys
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from config.arguments import file_name, site_name
from config.load import SiteError, site_from_name_or_path
from config.schema import Site
from feeds.facts import AnyFact
from feeds.importing.importer import Importer
from feeds.importing.lines import Lines, ReadingError, lines_of
from feeds.importing.problems import SHOWN, Report
from feeds.importing.progress import Progress
from feeds.importing.queue_log import FOREIGN
from feeds.log.base import LogError
from feeds.log.embedded import EmbeddedLog
from feeds.log.files import LOCKED, Lock
from feeds.log.opening import NewRecording, open_recording
from feeds.log.rows import APPLICATION
from feeds.sources.framing import write_key_frames

_NAMES_SHOWN = 20
CREATED_BY = "import queue_log"
_HEAD, _SQLITE = 100, b"SQLite format 3\0"
"""Length of SQLite's file header, which begins so and has the application's number at 68 to 71."""
SHORT_MS = 7 * 86_400_000
"""Recordings up to this long get key frames unasked; longer ones are mostly imported for their figures."""


def main(argv: Sequence[str]) -> int:
    """Run the command: 0 when a recording was written, 1 when not, 2 for wrong arguments (by argparse)."""
    arguments = _parser().parse_args(argv)
    target: Path = arguments.output
    refusal = _refused(arguments.file, target, arguments.force)
    if refusal:
        return _fail(f"{target}: {refusal}")
    try:
        site = site_from_name_or_path(arguments.site)
        report = _import(arguments.file, site, target, arguments.key_frames)
    except SiteError as error:
        return _fail(f"the site cannot be used:\n{error}")
    except LogError as error:
        return _fail(f"{error}; nothing was written")
    except (ReadingError, _NothingUsable) as error:
        return _fail(str(error))
    sys.stdout.write(told(report, target, ZoneInfo(site.zone)))
    if arguments.key_frames == "auto" and not _is_short(report):
        sys.stdout.write("jumps in a replay of it take seconds; made with --key-frames always they do not\n")
    return 0


def _refused(source: Path, target: Path, force: bool) -> str:
    """Why the target may not be written, empty if it may: a log is the original, and nobody can make it again."""
    if str(target) == "-":
        return "a recording cannot go to standard output; name a file (./- is one of that name)"
    # The recording grows beside its name until it is complete, so what lies there is lost as well.
    place = target.resolve()
    for lost in (place, place.with_name(place.name + ".part")):
        if _is_same(source, lost):
            return "is the log itself, which would be lost; choose another name for the recording"
    if target.is_dir():
        return "is a folder; name the recording in it"
    if not target.exists() or (not force and _is_import(target)):
        return ""
    if not force:
        return "is there and was not made by an import; choose another name or add --force"
    if _is_written(place):
        return "is the log of a gateway that runs; stop that one first, or choose another name"
    if _is_recording(target):
        return ""
    return "is there and is no recording, which --force does not replace either; choose another name"


def _is_same(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:
        return False


def _is_written(path: Path) -> bool:
    """Whether a program writes that log now; it would go on in a file that nobody finds any more."""
    if not path.with_name(path.name + LOCKED).exists():
        return False
    try:
        Lock(path).release()
    except (LogError, sqlite3.Error):
        return True
    return False


def _is_recording(path: Path) -> bool:
    """Whether a file says that it is a log or recording, however damaged it may be behind that; or is empty."""
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD)
    except OSError:
        return False
    return not head or (head.startswith(_SQLITE) and head[68:72] == APPLICATION.to_bytes(4, "big"))


def _is_import(path: Path) -> bool:
    """Whether a file can be made again at any time, so that replacing it loses nothing."""
    try:
        with open_recording(path)[1] as log:
            return log.meta("created_by") == CREATED_BY
    except LogError:
        return False


class _NothingUsable(Exception):
    """Not a single line gave a fact; the message says why."""


def _import(source: Path, site: Site, target: Path, key_frames: str) -> Report:
    lines = Lines(source)
    try:
        with NewRecording(target, site, created_by=CREATED_BY) as log:

            def put(facts: list[AnyFact]) -> None:
                log.append([(fact, None) for fact in facts])

            importer = Importer(site, put, lambda: lines_of(source))
            note = lambda: f"{importer.report.lines:,} lines, {importer.report.facts:,} facts"  # noqa: E731
            with Progress(sys.stderr, source.name, lambda: lines.share, note) as progress:
                report = importer.run(lines, progress)
            report.cut_short, report.ignored = lines.cut_short, lines.ignored
            if not report.facts:
                raise _NothingUsable(f"{source}: {_useless(report)}; nothing was written")
            if key_frames == "always" or (key_frames == "auto" and _is_short(report)):
                _write_key_frames(site, log, target)
    finally:
        lines.close()
    return report


def _useless(report: Report) -> str:
    if report.used:
        return "none of its lines tells of a call or an agent"
    if report.problems.keys() - {FOREIGN}:
        return f"no line of it can be used: {'; '.join(_skipped(report))}"
    if report.problems:
        return "no line of it is a queue_log line"
    if report.lines:
        return "all its lines are empty"
    if report.cut_short:
        return f"no line of it can be read, it is damaged from its beginning on ({report.cut_short})"
    return "it is empty"


def _is_short(report: Report) -> bool:
    return report.begin is not None and report.end is not None and report.end - report.begin <= SHORT_MS


def _write_key_frames(site: Site, log: EmbeddedLog, target: Path) -> None:
    done = 0.0

    def progress(share: float) -> None:
        nonlocal done
        done = share
        shown()

    with Progress(sys.stderr, f"{target.name}: key frames", lambda: done) as shown:
        write_key_frames(site, log, progress)


def told(report: Report, target: Path, zone: ZoneInfo) -> str:
    """The report in words for the person who imported."""
    rows = [f"{target}: {report.calls:,} calls, {report.facts:,} facts from {report.lines:,} lines"]
    if report.begin is not None and report.end is not None:
        first, last = (
            datetime.fromtimestamp(at / 1000, zone).isoformat(" ", "seconds") for at in (report.begin, report.end)
        )
        rows.append(f"from {first} to {last} ({zone.key})")
    if report.cut_short:
        rows.append(f"the file ends in the middle ({report.cut_short}); what lies before that is in the recording")
    if report.ignored:
        rows.append("what follows the packed lines is not packed by gzip; it was ignored, as gzip does")
    rows += [f"skipped: {words}" for words in _skipped(report)]
    if report.late_lines:
        rows.append(
            f"{report.late_lines:,} lines were out of order by more than three minutes; they restate the past, and may "
            "leave out how many waited or talked at a time: of logs put together the earlier one goes first"
        )
    if report.lost_calls:
        rows.append(f"{report.lost_calls:,} calls have no last line; the times they touch are marked incomplete")
    if report.open_calls:
        rows.append(f"{report.open_calls:,} calls were still open at the end of the file")
    rows += _created("queue", report.new_queues) + _created("agent", report.new_agents)
    return "\n".join(rows) + "\n"


def _skipped(report: Report) -> Iterator[str]:
    """What could not be used, kind by kind, with the first lines of each."""
    for kind, problem in sorted(report.problems.items()):
        numbers = ", ".join(str(number) for number in problem.lines)
        more = ", …" if problem.count > SHOWN else ""
        yield f"{problem.count:,} × {kind} (line {numbers}{more})"


def _created(kind: str, names: list[str]) -> list[str]:
    if not names:
        return []
    shown = ", ".join(sorted(names)[:_NAMES_SHOWN])
    more = f" and {len(names) - _NAMES_SHOWN} more" if len(names) > _NAMES_SHOWN else ""
    return [f"created {len(names)} {kind}{'s' if len(names) > 1 else ''} unknown to the site: {shown}{more}"]


def _fail(message: str) -> int:
    sys.stderr.write(message.rstrip() + "\n")
    return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="main.py import", description="Turn another system's file into a recording.")
    kinds = parser.add_subparsers(dest="kind", required=True, metavar="KIND")
    log = kinds.add_parser("queue_log", help="an Asterisk queue_log, plain or .gz", description=__doc__)
    log.add_argument(
        "file", type=file_name, metavar="FILE", help="the log; its times are UTC seconds, as Asterisk writes them"
    )
    log.add_argument(
        "--site", type=site_name, required=True, help="a site folder, or the name of a shipped site such as demo"
    )
    log.add_argument(
        "-o", "--output", required=True, type=file_name, metavar="DAY.floor", help="the recording to write"
    )
    log.add_argument("--force", action="store_true", help="replace any recording that is there")
    log.add_argument(
        "--key-frames",
        choices=("auto", "always", "never"),
        default="auto",
        help="whether to prepare the recording for quick jumps in replay: a minute a month (default: up to a week)",
    )
    return parser
