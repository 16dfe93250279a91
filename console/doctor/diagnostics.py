"""The file that may be sent to a maintainer: findings, versions, crash reports and logs, all of it redacted."""

from __future__ import annotations

import hashlib
import json
import os
import platform
import re
import sys
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path, PureWindowsPath

from config.environment.folders import HomelessError, data_folder
from config.reading import beginning, regular, whole
from config.replacing import written_beside
from console.doctor import checks, redaction
from console.doctor.findings import Finding
from console.machine import system_libraries

LARGEST = 512 * 1024
"""Bytes of one log that are packed, from its young end."""
_LONGEST = 16 * 1024 * 1024  # nodes.LONGEST, which cannot be had where the packages are missing
UNREADABLE = "whoever asked the doctor may not read this file\n"
_VARIABLES = ("CI", "LANG", "LC_ALL", "QT_QPA_PLATFORM", "QT_SCALE_FACTOR")
_FRAME = re.compile(r'^\s+File "(?P<path>[^"]+)", line (?P<line>\d+), in (?P<function>[\w<>]+)$', re.MULTILINE)
_ERROR = re.compile(r"^(?P<kind>[A-Za-z_][\w.]*)(?=:|$)", re.MULTILINE)
ABOUT = """Diagnostics of Watchfloor.

Secrets, phone numbers, names of hosts and of people were taken out; marks such as <host> stand in their place.
{logs}
"""
_WITH = "Logs and crash reports were searched for the names and numbers of the site folder that was named."
_WITHOUT = (
    "No site folder that can be read was named, so names of its people could not be told from other words: logs were\n"
    "left out, and of crash reports only the places in the code are here. More is packed by\n"
    "`main.py doctor --site DIR --zip FILE`."
)


def version() -> str:
    """The version that pyproject.toml states."""
    lines = (checks.ROOT / "pyproject.toml").read_text(encoding="utf-8").splitlines()
    return next(line.split('"')[1] for line in lines if line.startswith("version"))


def write(path: Path, findings: Sequence[Finding], site: Path | None) -> list[str]:
    """Pack everything into a zip at `path` and return the names of its parts. Raises OSError where it cannot."""
    documents = read_site(site) if site is not None else None
    known = redaction.of_this_machine() | (redaction.of_a_site(documents) if documents is not None else {})
    clean = redaction.Redactor(known).text
    parts = {
        "about.txt": ABOUT.format(logs=_WITHOUT if documents is None else _WITH),
        "findings.json": _json([{key: clean(str(value)) for key, value in asdict(one).items()} for one in findings]),
        "machine.json": _json(machine(clean)),
    }
    if site is not None:
        parts["site.json"] = _json(shape(site))
    parts |= crashes(clean if documents is not None else None)
    if documents is not None:
        parts |= logs(clean)
    with written_beside(path) as place, zipfile.ZipFile(place, "w", zipfile.ZIP_DEFLATED) as file:
        for name, text in parts.items():
            file.writestr(name, text)
    return list(parts)


def machine(clean: Callable[[str], str]) -> dict[str, object]:
    """What runs here: releases, packages, and the few environment variables that change how Qt draws."""
    return {
        "watchfloor": version(),
        "python": platform.python_version(),
        "system": platform.system(),
        "release": clean(platform.release()),
        "architecture": platform.machine(),
        "cores": os.cpu_count(),
        "encoding": sys.getfilesystemencoding(),
        "packages": checks.versions(),
        "display": system_libraries.has_display(os.environ),
        "environment": {key: os.environ[key] for key in _VARIABLES if key in os.environ},
    }


def read_site(site: Path) -> list[object] | None:
    """The site's YAML documents; None when one cannot be read, because then its names would not be known."""
    try:
        import yaml
    except ImportError:
        return None
    found: list[object] = []
    try:
        for path in sorted([*site.rglob("*.yaml"), *site.rglob("*.yml")]):
            found += yaml.safe_load_all(whole(path, _LONGEST).decode("utf-8"))
    except (OSError, UnicodeError, yaml.YAMLError):
        return None
    return found or None


def shape(site: Path) -> list[dict[str, object]]:
    """The site's files without their content: kind, size, fingerprint; of what is no YAML only that it is there.

    A secret lies there too, and a short one could be found by its length and fingerprint.
    """
    found: list[dict[str, object]] = []
    for number, path in enumerate(sorted(one for one in site.rglob("*") if one.is_file()), 1):
        told: dict[str, object] = {"file": f"{number}{path.suffix}"}
        if path.suffix.lower() in (".yaml", ".yml"):
            try:
                content = beginning(path, _LONGEST)
                told["kilobytes"] = round(path.stat().st_size / 1024, 1)
            except OSError as error:
                told["unreadable"] = error.strerror
            else:
                told |= {"lines": content.count(b"\n"), "sha256": hashlib.sha256(content).hexdigest()}
        found.append(told)
    return found


def crashes(clean: Callable[[str], str] | None) -> dict[str, str]:
    """The five youngest crash reports, redacted; without a redactor that knows the site only the places in the code."""
    found = _kept("crashes/*.txt")[-5:]
    read = {f"crashes/{path.name}": _end(path) for path in found}
    return {name: (clean or places_only)(text) if text is not None else UNREADABLE for name, text in read.items()}


def places_only(text: str) -> str:
    """Of a traceback, the files without their folders, the lines, the functions and the kind of error."""
    found = _FRAME.finditer(text)
    frames = [f"{PureWindowsPath(one['path']).name}:{one['line']} in {one['function']}" for one in found]
    endings = ("Error", "Exception", "Problem", "Exit")
    kinds = [one["kind"] for one in _ERROR.finditer(text) if one["kind"].endswith(endings)]
    return "\n".join(frames + kinds) + "\n"


def logs(clean: Callable[[str], str]) -> dict[str, str]:
    """The young ends of the logs below the data folder, redacted."""
    found = {}
    for number, path in enumerate(_kept("**/*.log*", "**/*-faults.txt"), 1):
        text = _end(path)
        found[f"logs/{number}.log"] = UNREADABLE if text is None else clean(text)
    return found


def _kept(*patterns: str) -> list[Path]:
    try:
        return sorted(path for pattern in patterns for path in data_folder().glob(pattern))
    except HomelessError:
        return []


def _end(path: Path) -> str | None:
    """The young end of a file from the beginning of a line on; None where it cannot be read."""
    try:
        regular(path)
        with path.open("rb") as file:
            file.seek(max(0, path.stat().st_size - LARGEST))
            text = file.read().decode("utf-8", "replace")
    except OSError:
        return None
    return text.partition("\n")[2] if len(text) >= LARGEST else text


def _json(content: object) -> str:
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"
