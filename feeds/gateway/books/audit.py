"""`main.py audit verify|list|head`: whether a gateway's audit is whole, what it says, and its head to note elsewhere.

Reads only, beside a running gateway too. Exit codes: 0 whole, 1 broken, 2 for what cannot be read or makes no sense.
"""

from __future__ import annotations

import argparse
import csv
import itertools
import json
import re
import sqlite3
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any, Final, TextIO

from config.arguments import file_name, site_name
from config.environment.folders import data_folder
from config.load import folder_of, load
from config.mistakes import SiteError
from config.zones import zone_argument
from feeds.gateway.books.chain import COLUMNS, FILE, Finding, Head, Link, walk
from feeds.gateway.moments import moment, written
from feeds.log.files import address_of
from feeds.writing import written_whole

WHOLE, BROKEN, USAGE = 0, 1, 2
_HEAD: Final = re.compile(r"(\d{1,18}):([0-9a-f]{64})")
_LIMIT: Final = (
    "A chain cannot show that its end was cut off, or that all of it was written anew: note the head elsewhere "
    "(`audit head`), and later verify with --head."
)


class AuditError(Exception):
    """An audit cannot be read; the message says which file and what to do."""


class Audit:
    """The audit in a gateway's file, opened to be read; one moment of it, although a gateway goes on writing."""

    def __init__(self, path: Path) -> None:
        """Raises AuditError."""
        self.path = path
        if not path.is_file():
            raise AuditError(f"{path}: there is no such file; name the gateway's {FILE}, or its folder with --data")
        # Without a -wal nobody has it open, and one that lies on a medium that cannot be written is read all the same.
        how = "mode=ro" if path.with_name(path.name + "-wal").exists() else "mode=ro&immutable=1"
        try:
            self._connection = sqlite3.connect(f"{address_of(path.resolve())}?{how}", uri=True, isolation_level=None)
        except sqlite3.Error as error:
            raise self._explained(error) from error
        self._connection.text_factory = bytes
        try:
            self._connection.execute("BEGIN")
            known = {bytes(row[1]).decode() for row in self._connection.execute("PRAGMA table_info(audit)")}
        except sqlite3.Error as error:
            self.close()
            raise self._explained(error) from error
        if not known:
            self.close()
            raise AuditError(f"{path}: there is no audit in it; name the gateway's {FILE}")
        self._chained = {"before", "hash"} <= known

    def _explained(self, error: sqlite3.Error) -> AuditError:
        return AuditError(f"{self.path}: {error}; is this a gateway's {FILE}, and may you read it?")

    def links(self) -> Iterator[Link]:
        """Every row, from the first. Raises AuditError."""
        chain = ", before, hash" if self._chained else ", NULL, NULL"
        names = ", ".join(f'"{name}"' for name in COLUMNS)
        try:
            for row in self._connection.execute(f"SELECT row, {names}{chain} FROM audit ORDER BY row"):
                yield Link(row[0], tuple(row[1:-2]), row[-2], row[-1])
        except sqlite3.Error as error:
            raise self._explained(error) from error

    def behind(self, of: str) -> int | None:
        """The row that says it was written behind the row of a hash."""
        found = self._connection.execute("SELECT row FROM audit WHERE before = ? LIMIT 1", (of,)).fetchone()
        return None if found is None else int(found[0])

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()


def main(argv: Sequence[str]) -> int:
    """Run the command; returns its exit code."""
    options = _parser().parse_args(argv)
    try:
        path, zone = _place(options)
        with closing(Audit(path)) as audit:
            if options.act == "verify":
                return _verify(audit, options.head)
            if options.act == "head":
                return _tell_head(audit)
            return _list(audit, options, options.zone.key if options.zone is not None else zone)
    except (AuditError, SiteError, ValueError) as error:
        sys.stderr.write(f"audit: {error}\n")
        return USAGE


def _place(options: argparse.Namespace) -> tuple[Path, str]:
    """The file, and the time zone of its site where that is known."""
    if options.file is not None and options.data is not None:
        raise ValueError("name a file, or a folder with --data, not both")
    given: Path | None = options.file if options.file is not None else options.data
    if given is not None:
        return given / FILE if given.is_dir() or options.file is None else given, "UTC"
    site = load(folder_of(options.site))
    return data_folder() / "gateway" / site.id / FILE, site.zone


# ── verify ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def _verify(audit: Audit, noted: Head | None) -> int:
    seen: dict[int, str] = {}

    def watched() -> Iterator[Link]:
        for link in audit.links():
            if noted is not None and link.row == noted.row and isinstance(link.hash, bytes):
                seen[link.row] = link.hash.decode("utf-8", "replace")
            yield link

    found = walk(watched(), audit.behind)
    lines = [_summary(audit.path, found)]
    if found.broken is not None:
        lines.append(f"BROKEN: {found.broken.text}.")
        if found.more:
            lines.append(f"{found.more} more row{'' if found.more == 1 else 's'} behind it do not fit either.")
    cut = noted is not None and noted.row > 0 and seen.get(noted.row) != noted.hash
    if noted is not None and cut:
        gone = "that row is not there any more: the end was cut off" if noted.row not in seen else "it has another hash"
        lines.append(f"BROKEN: row {noted.row} is not the head that was noted: {gone}.")
    elif noted is not None and noted.row > 0:
        lines.append(f"The head that was noted is row {noted.row}: nothing up to it was cut off or written anew.")
    broken = cut or found.broken is not None
    if not broken:
        lines.append(f"Whole. Head: {found.head}")
    if noted is None:
        lines.append(_LIMIT)
    sys.stdout.write("\n".join(lines) + "\n")
    return BROKEN if broken else WHOLE


def _summary(path: Path, found: Finding) -> str:
    rows = f"{path}: {found.rows} row{'' if found.rows == 1 else 's'}"
    if found.older:
        rows += f", {found.older} of them from before there was a chain and bound as they stood when it began"
    return rows + "."


def _tell_head(audit: Audit) -> int:
    """The head goes to the standard output alone, so that a script can keep it."""
    found = walk(audit.links(), audit.behind)
    if found.broken is not None:
        sys.stderr.write(f"audit: {found.broken.text}; `audit verify` tells more\n")
        return BROKEN
    sys.stdout.write(f"{found.head}\n")
    return WHOLE


# ── list ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _list(audit: Audit, options: argparse.Namespace, zone: str) -> int:
    since = None if options.since is None else moment(options.since, zone, int(time.time() * 1000))
    rows = _wanted(audit, since, options.by, options.order)
    first = next(rows, None)
    if first is None:
        sys.stderr.write(f"audit: {audit.path}: no row is like that\n")
    rows = itertools.chain(() if first is None else (first,), rows)
    if options.csv is None:
        sys.stdout.writelines(f"{_line(row, values, zone)}\n" for row, values in rows)
    else:
        try:
            with written_whole(options.csv) as out:
                _write_csv(rows, zone, out)
        except BrokenPipeError:
            raise
        except OSError as error:
            raise AuditError(f"{options.csv}: cannot be written ({error.strerror}); choose another place") from error
    return WHOLE


def _wanted(audit: Audit, since: int | None, by: str | None, order: str | None) -> Iterator[tuple[int, dict[str, Any]]]:
    for link in audit.links():
        values = {name: _said(value) for name, value in zip(COLUMNS, link.values, strict=True)}
        if since is not None and isinstance(values["at"], int) and values["at"] < since:
            continue
        if by in (None, values["token"]) and order in (None, values["order"]):
            yield link.row, values


def _said(value: Any) -> Any:
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else value


def _at(value: Any, zone: str) -> str:
    try:
        return written(value, zone)
    except (ValueError, OverflowError, OSError, TypeError):
        return f"{value} (UTC ms)"


def _line(row: int, values: dict[str, Any], zone: str) -> str:
    """One row as a person reads it; what would break the line, or pretend to be another, is escaped."""
    who = f"{values['token']} ({values['role']})" if values["role"] else values["token"]
    parts = [
        str(row), _at(values["at"], zone), f"{values['stage']:<9}", values["order"] or "-", who or "-", values["name"],
        values["args"] if values["args"] not in ("", "{}") else "",
        f"reason {json.dumps(values['reason'], ensure_ascii=False)}" if values["reason"] else "",
        f"→ {values['text']}" if values["text"] else "",
    ]  # fmt: skip
    text = "  ".join(part for part in map(str, parts) if part)
    return "".join(one if one.isprintable() else one.encode("unicode_escape").decode() for one in text)


def _write_csv(rows: Iterator[tuple[int, dict[str, Any]]], zone: str, out: TextIO) -> None:
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["row", *COLUMNS])
    for row, values in rows:
        writer.writerow([row, _at(values.pop("at"), zone), *(_cell(value) for value in values.values())])


def _cell(value: Any) -> Any:
    # A table program takes what begins so for a formula, and whoever gives an order chooses the words of its reason.
    return f"'{value}" if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r") else value


# ── arguments ────────────────────────────────────────────────────────────────────────────────────────────────────────


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="main.py audit", description=__doc__, allow_abbrev=False)
    acts = parser.add_subparsers(dest="act", required=True, metavar="verify | list | head")
    verify = acts.add_parser("verify", help="walk the chain and say where it does not hold", allow_abbrev=False)
    verify.add_argument("--head", type=_head, metavar="ROW:HASH", help="a head that was noted: must still be there")
    listing = acts.add_parser("list", help="the audit as lines, or as CSV", allow_abbrev=False)
    listing.add_argument("--since", metavar="TIME", help="10:30 (today), 2024-02-29T10:30, or UTC milliseconds")
    listing.add_argument("--by", metavar="TOKEN", help="orders given with this credential only")
    listing.add_argument("--order", metavar="ID", help="the lines of one order only")
    listing.add_argument(
        "--zone", type=zone_argument, help="the time zone of --since and of what is shown (the site's, else UTC)"
    )
    listing.add_argument("--csv", type=file_name, metavar="OUT", help="write CSV to this file, - for standard output")
    head = acts.add_parser("head", help="the newest row and its hash, to be noted elsewhere", allow_abbrev=False)
    for one in (verify, listing, head):
        one.add_argument("file", nargs="?", type=file_name, metavar="FILE", help=f"a gateway's {FILE}, a copy included")
        one.add_argument(
            "--data", type=file_name, metavar="DIR", help="the folder that the gateway was given with --data"
        )
        one.add_argument("--site", type=site_name, default="demo", help="else: the site whose gateway it was (demo)")
    return parser


def _head(text: str) -> Head:
    found = _HEAD.fullmatch(text.strip())
    if found is None:
        raise argparse.ArgumentTypeError(f"{text!r} is no head; write it as `audit head` does: ROW:HASH")
    return Head(int(found[1]), found[2])
