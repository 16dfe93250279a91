"""`main.py doctor`: what this machine or a PBX lacks, diagnostics for a maintainer, and the wire's schema."""

from __future__ import annotations

import argparse
import importlib
import json
import platform
import sys
from collections.abc import Sequence
from pathlib import Path

from config.arguments import file_name, site_name
from console.doctor import checks, diagnostics, pbx
from console.doctor.findings import Finding, State

FAILED, USAGE = 1, 2


def main(argv: Sequence[str]) -> int:
    """Examine the machine; 1 when something that matters is missing."""
    options = _parser().parse_args(argv)
    if options.schema is not None:
        return write_schema(options.schema)
    named = options.site if options.asterisk is None else options.asterisk or options.site
    if named is None and options.asterisk is not None:
        return _refuse("name the site whose Asterisk is to be examined: doctor --asterisk SITE", USAGE)
    site = None if named is None else checks.site_named(named)
    if options.asterisk is not None and site is not None:
        findings = pbx.examine(site)
    else:
        findings = list(checks.examine(site, options.listen))
    if options.json:
        _write(json.dumps([vars(finding) for finding in findings], ensure_ascii=False, indent=2) + "\n")
    else:
        _write(as_text(findings))
    if options.zip is not None:
        try:
            held = diagnostics.write(options.zip, findings, site)
        except OSError as error:
            return _refuse(f"cannot write {options.zip}: {error.strerror or error}")
        said = f"\n{options.zip} holds {', '.join(held)}. Have a look before you send it.\n"
        (sys.stderr if options.json else sys.stdout).write(said)
    return int(any(finding.state is State.LACKING for finding in findings))


def as_text(findings: Sequence[Finding]) -> str:
    """The findings as a person reads them, and one line that sums them up."""
    missing = sum(finding.state is State.LACKING for finding in findings)
    head = f"Watchfloor {diagnostics.version()} on {platform.system()} {platform.machine()}\n\n"
    end = f"\n{missing} of these keep something from working.\n" if missing else "\nNothing that matters is missing.\n"
    return head + "".join(finding.lines() for finding in findings) + end


def write_schema(folder: Path) -> int:
    """Write the contract of the wire, generated from the types, to that folder."""
    try:
        schema = importlib.import_module("feeds.schema")
    except ModuleNotFoundError as error:
        if error.name == "feeds.schema":
            return _refuse("this release has no wire schema to write (feeds/schema.py is not there)")
        return _refuse(f"the wire schema needs {error.name}, which is not installed: run `main.py doctor`")
    try:
        schema.write(folder)
    except OSError as error:
        return _refuse(f"cannot write the wire schema to {folder}: {error.strerror or error}")
    _write(f"the wire schema is in {folder}\n")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="main.py doctor", description=__doc__)
    parser.add_argument("--site", type=site_name, metavar="SITE", help="examine this site folder, or shipped site, too")
    parser.add_argument(
        "--asterisk", nargs="?", const="", metavar="SITE", help="examine the Asterisk of SITE (or of --site) instead"
    )
    parser.add_argument("--listen", metavar="HOST:PORT", help="where a gateway shall listen")
    parser.add_argument("--json", action="store_true", help="the findings as JSON")
    parser.add_argument(
        "--zip", type=file_name, metavar="FILE", help="write diagnostics without names, numbers and secrets"
    )
    parser.add_argument(
        "--schema", type=file_name, metavar="DIR", help="write the wire's AsyncAPI and JSON Schema, no more"
    )
    return parser


def _refuse(message: str, code: int = FAILED) -> int:
    sys.stderr.write(f"watchfloor doctor: {message}\n")
    return code


def _write(text: str) -> None:
    sys.stdout.write(text)
