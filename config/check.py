"""`main.py check SITE`: every mistake in a site folder, or what the site holds; and fresh tokens and PINs."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from config import tokens
from config.arguments import site_name
from config.cells import padded, width
from config.drawing import placed
from config.load import SiteError, folder_of, load, shipped_sites
from config.mistakes import did_you_mean, quoted
from config.schema import Site

_PRACTICE: Final = "demo"
"""The site whose roles a token is made for when none is named."""
_WELL, _MISTAKES, _USAGE = 0, 1, 2


def main(argv: Sequence[str]) -> int:
    """Check a site or make a credential; 0 when all is well, 1 for mistakes, 2 for a command that makes no sense."""
    parser = _parser()
    options = parser.parse_args(argv)
    scoped = options.team or options.vendor or options.queue
    if scoped and options.new_token is None:
        return _refuse("--team, --vendor and --queue narrow what a new token sees: they go with --new-token ROLE")
    if options.new_pin is not None and options.new_token is not None:
        return _refuse("a token and a PIN are made one after the other: --new-token ROLE or --new-pin")
    if options.new_pin is not None:
        return _new_pin(options.new_pin, options.json)
    if options.new_token is None and options.site is None:
        parser.print_usage(sys.stderr)
        return _refuse(f"name a site folder, or a site that is shipped: {', '.join(shipped_sites())}")
    name = options.site or _PRACTICE
    try:
        site = load(folder_of(name), thorough=True)
    except SiteError as error:
        return _tell_mistakes(name, error, options.json)
    if options.new_token is not None:
        return _new_token(options, site)
    _write(_as_json(options.site, site) if options.json else summary(site, folder_of(options.site)))
    return _WELL


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="main.py check", description=__doc__, allow_abbrev=False)
    parser.add_argument(
        "site", type=site_name, nargs="?", metavar="SITE", help="a site folder, or the name of a shipped site (demo)"
    )
    parser.add_argument("--json", action="store_true", help="print for programs instead of people")
    parser.add_argument("--new-token", metavar="ROLE", help="print a fresh token of SITE (demo), once, to paste")
    for name in ("team", "vendor", "queue"):
        parser.add_argument(f"--{name}", action="append", default=[], metavar="ID", help="the new token sees this only")
    parser.add_argument(
        "--new-pin", nargs="?", const="", metavar="PIN", help="print a fresh PIN (or this) and its hash"
    )
    return parser


def _tell_mistakes(name: str, error: SiteError, as_json: bool) -> int:
    if as_json:
        found = [
            {"file": one.file, "line": one.line, "column": one.column, "message": one.message} for one in error.mistakes
        ]
        _write(_json({"site": name, "ok": False, "incomplete": error.incomplete, "mistakes": found}))
        return _MISTAKES
    number = len(error.mistakes)
    _write(f"{error}\n\n{number} mistake{'' if number == 1 else 's'}.\n")
    if error.incomplete:
        _write("Not everything could be read. References between the files are checked once it can.\n")
    return _MISTAKES


def counts(site: Site) -> dict[str, int]:
    """How many of each thing a site holds."""
    vendors = {team.id for team in site.teams if team.vendor is not None}
    return {
        "groups": len(site.groups),
        "seat_types": len(site.seat_types),
        "queues": len(site.queues),
        "seats": len(site.seats),
        "teams": len(site.teams),
        "vendors": len(site.vendors),
        "agents": len(site.agents),
        "agents_of_vendors": sum(agent.team in vendors for agent in site.agents),
        "languages": len({language.code for agent in site.agents for language in agent.languages}),
        "thresholds": len(site.thresholds),
        "alarm rules": len(site.alarms),
        "trunks": len(site.trunks),
        "seat_limits": len(site.seat_limits),
        "roles": len(site.roles),
        "tokens": len(site.tokens),
        "wall_pages": len(site.wall.pages),
        "headlines": len(site.wall.headlines),
        "scenarios": len(site.simulation.scenarios) if site.simulation else 0,
        "rooms": len(site.layout.rooms) if site.layout else 0,
    }


def drawn(site: Site) -> str:
    """What is to know of the drawn floor: who stands nowhere, and who is drawn and not there. Neither is a mistake."""
    if site.layout is None:
        return ""
    known, there = {seat.id for seat in site.seats}, set(placed(site.layout.rooms))
    told = [f"{len(known & there)} of {len(known)} seats stand in a room."]
    if there - known:
        names = sorted(there - known)
        told.append(f"Drawn, and not in the site: {', '.join(names[:10])}{' …' if len(names) > 10 else ''}.")
    return f"Layout: {' '.join(told)}\n"


def summary(site: Site, folder: Path) -> str:
    """What a site holds, as a person reads it."""
    head = f"{site.short}  {site.name.zh}  {site.name.en}  ({site.id}, {site.zone})\n{folder}\n\n"
    rows = [("group", "seat types", "queues", "seats", "agents")]
    for group in site.groups:
        types = [one.id for one in site.seat_types if one.group == group.id]
        seats = sum(seat.area in types for seat in site.seats)
        agents = sum(agent.seat_type in types for agent in site.agents)
        queues = [one.id for one in site.queues if one.group == group.id]
        rows.append((f"{group.id} {group.name.zh}", " ".join(types), " ".join(queues), str(seats), str(agents)))
    lines = [f"  {name.replace('_', ' '):<18}{number:>6}\n" for name, number in counts(site).items()]
    listens = site.gateway.listen + (" with TLS" if site.gateway.certificate else " without TLS")
    return f"{head}{_table(rows)}\n{''.join(lines)}\n{drawn(site)}The gateway listens on {listens}. No mistakes.\n"


def _table(rows: Sequence[Sequence[str]]) -> str:
    widths = [max(map(width, column)) for column in zip(*rows, strict=True)]
    lines = ("  ".join(map(padded, row, widths)) for row in rows)
    return "".join(f"  {line.rstrip()}\n" for line in lines)


def _as_json(name: str, site: Site) -> str:
    return _json({"site": name, "ok": True, "id": site.id, "zone": site.zone, "counts": counts(site)})


def _json(content: object) -> str:
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def _new_token(options: argparse.Namespace, site: Site) -> int:
    role: str = options.new_token
    scopes: dict[str, list[str]] = {"teams": options.team, "vendors": options.vendor, "queues": options.queue}
    # Lines for a role or a team that no site has would be refused where they are pasted, and the token is gone by then.
    for field, words in {"roles": [role], **scopes}.items():
        known = [one.id for one in getattr(site, field)]
        for word in words:
            if word not in known:
                whose = "the site" if options.site else f"the shipped site {_PRACTICE}"
                hint = "" if options.site else "; name your own: check SITE --new-token ROLE"
                return _refuse(f"{whose} has no {quoted(word)} among its {field}{did_you_mean(word, known)}{hint}")
    token = tokens.new_token()
    lines = [f"  - id: {role}-{tokens.fingerprint(token)}", f"    role: {role}"]
    lines += [f"    {field}: [{', '.join(words)}]" for field, words in scopes.items() if words]
    lines.append(f"    hash: {tokens.hash_token(token)}")
    if options.json:
        _write(_json({"token": token, "yaml": "\n".join(lines) + "\n"}))
        return _WELL
    _write(
        f"The token, shown this once:\n\n{token}\n\nPaste under `tokens:` of the site:\n\n" + "\n".join(lines) + "\n"
    )
    return _WELL


def _new_pin(given: str, as_json: bool) -> int:
    pin = given or tokens.new_pin()
    if not (pin.isascii() and pin.isdigit() and 4 <= len(pin) <= 12):
        return _refuse("a PIN has 4 to 12 digits")
    line = f"  pin_hash: {tokens.hash_pin(pin)}\n"
    if as_json:
        _write(_json({"yaml": line} if given else {"pin": pin, "yaml": line}))
        return _WELL
    shown = "" if given else f"The PIN, shown this once: {pin}\n\n"
    _write(f"{shown}Paste under `wall:` of the site:\n\n{line}")
    return _WELL


def _refuse(message: str) -> int:
    sys.stderr.write(f"watchfloor check: {message}\n")
    return _USAGE


def _write(text: str) -> None:
    sys.stdout.write(text)
