"""What is looked at on a machine, one function a topic; standard library only, and nothing here needs Qt to run."""

from __future__ import annotations

import importlib.metadata
import json
import os
import platform
import shutil
import socket
import sqlite3
import subprocess
import sys
import tempfile
import zoneinfo
from collections.abc import Iterator
from pathlib import Path

from config.environment import setup
from config.environment.folders import DATA_FOLDER, HomelessError, data_folder
from config.environment.requirements import project_requirements
from console.doctor.findings import Finding, good, lacking, note
from console.machine import display_server, system_libraries

ROOT = Path(__file__).resolve().parent.parent.parent
FACES = ("FloorSansSC-Bold.otf", "FloorSansSC-Regular.otf")
ZONES = ("Asia/Shanghai", "Asia/Tehran", "Europe/Berlin", "UTC")
ROOM = 1_000_000_000
"""Bytes that a data folder should have free: about a month of recordings of a floor of 110 seats."""


def examine(site: Path | None, listen: str | None) -> Iterator[Finding]:
    """Everything there is to find, in the order in which it should be mended."""
    yield good("Python", f"{platform.python_version()} ({platform.python_implementation()})")
    yield packages()
    yield system()
    yield display()
    yield fonts()
    yield time_zones()
    yield data()
    yield database()
    if site is not None:
        yield site_folder(site)
    listen = listen or gateway_address(site)
    if listen:
        yield port(listen)


def packages() -> Finding:
    """Whether every package that the programs need is installed, in a version that will do."""
    wrong = setup.lacking(setup.Places(ROOT))
    if wrong:
        remedy = f"python -m pip install --require-hashes -r {ROOT / 'requirements.lock'}"
        return lacking("Packages", "; ".join(wrong), remedy)
    return good("Packages", ", ".join(f"{name} {version}" for name, version in versions().items()))


def versions() -> dict[str, str]:
    """The version of each package that the project names and that is installed."""
    found = {}
    for requirement in project_requirements(ROOT / "pyproject.toml"):
        try:
            found[requirement.name] = importlib.metadata.version(requirement.name)
        except importlib.metadata.PackageNotFoundError:
            found[requirement.name] = "missing"
    return found


def system() -> Finding:
    """Whether the libraries of the operating system that Qt needs are there."""
    topic = "System libraries"
    if system_libraries.qt_folder() is None:
        return note(topic, "not looked at: Qt itself is not installed")
    needed = system_libraries.missing(on_screen=system_libraries.needs_xcb(os.environ))
    if needed:
        return lacking(topic, f"missing: {', '.join(needed)}", system_libraries.install_line(needed))
    wanted = system_libraries.missing(on_screen=True)
    if wanted:
        said = f"enough to draw into memory; for a screen also {', '.join(wanted)}"
        return note(topic, said, system_libraries.install_line(wanted))
    return good(topic, "all there" if sys.platform == "linux" else f"those of {platform.system()}")


def display() -> Finding:
    """Where windows will appear."""
    named = os.environ.get("QT_QPA_PLATFORM")
    unknown = system_libraries.unknown_platform(os.environ)
    if unknown:
        return lacking("Display", unknown, "unset QT_QPA_PLATFORM, or set it to one of these")
    if not named and not system_libraries.has_display(os.environ):
        remedy = "set DISPLAY or WAYLAND_DISPLAY to show windows"
        return note("Display", "none: `demo` and `wall --shot` draw into memory", remedy)
    closed = display_server.refusal(os.environ)
    if closed:
        remedy = "set DISPLAY or WAYLAND_DISPLAY to a display that may be opened, or unset both to draw into memory"
        return lacking("Display", closed, remedy)
    if named:
        return note("Display", f"QT_QPA_PLATFORM={named.split(':')[0]} decides")
    return good("Display", "Wayland" if os.environ.get("WAYLAND_DISPLAY") else "there is one")


def fonts() -> Finding:
    """Whether the bundled faces are there and Qt loads them; without them Chinese text gets a Japanese face or none."""
    folder = ROOT / "resources/fonts"
    absent = [name for name in FACES if not (folder / name).is_file()]
    if absent:
        return lacking("Fonts", f"missing in resources/fonts: {', '.join(absent)}", "git checkout -- resources/fonts")
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    system_libraries.lead_to_plugins(environment)
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-m", "console.machine.font_probe", str(folder)],
        cwd=ROOT, env=environment, capture_output=True, text=True, encoding="utf-8", errors="replace", timeout=60,
        check=False,
    )  # fmt: skip
    if done.returncode:
        last = (done.stderr.strip().splitlines() or [f"exit code {done.returncode}"])[-1]
        return lacking("Fonts", f"Qt does not start: {last}", "mend the packages and system libraries above first")
    told = json.loads(done.stdout.splitlines()[-1])
    if told["refused"]:
        return lacking("Fonts", f"Qt refuses {', '.join(told['refused'])}", "git checkout -- resources/fonts")
    if not told["arabic"]:
        said = f"{', '.join(told['families'])} loaded; no face for Arabic and Persian names"
        apt = shutil.which("apt")
        return note("Fonts", said, "sudo apt install fonts-noto-core" if apt else "install Noto Sans Arabic")
    return good("Fonts", f"{', '.join(told['families'])} loaded, Arabic by {told['arabic'][0]}")


def time_zones() -> Finding:
    """Whether local times can be computed; Windows has no zone data of its own, the package tzdata brings it."""
    absent = []
    for name in ZONES:
        try:
            zoneinfo.ZoneInfo(name)
        except (zoneinfo.ZoneInfoNotFoundError, OSError):
            absent.append(name)
    if absent:
        return lacking("Time zones", f"no data for {', '.join(absent)}", "python -m pip install tzdata")
    return good("Time zones", f"{len(zoneinfo.available_timezones())} known")


def data() -> Finding:
    """Whether there is a place to write recordings and the books to."""
    try:
        folder = data_folder()
    except HomelessError as error:
        return lacking("Data folder", *str(error).split(": "))
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder) as file:
            file.write(b"written")
        free = shutil.disk_usage(folder).free
    except OSError as error:
        said = f"cannot write to {folder}: {error.strerror or error}"
        return lacking("Data folder", said, f"make it writable, or set {DATA_FOLDER} to a folder that is")
    said = f"{folder}, {free / 1e9:.1f} GB free"
    if free < ROOM:
        return note("Data folder", said, "a month of recordings needs about 1 GB")
    return good("Data folder", said)


def database() -> Finding:
    """SQLite's release: one connection writes, so its known fault with several writers in a WAL does not touch us."""
    if sqlite3.sqlite_version_info < (3, 35):
        return lacking("SQLite", f"{sqlite3.sqlite_version} is too old", "a Python with SQLite 3.35 or later")
    return good("SQLite", sqlite3.sqlite_version)


def site_named(name: str) -> Path:
    """The folder of the shipped site of that name, as every command takes it, else of that path; it need not exist."""
    shipped = {one.name: one for one in (ROOT / "config/sites").iterdir() if (one / "site.yaml").is_file()}
    return shipped.get(name, Path(name))


def site_folder(site: Path) -> Finding:
    """What `check` says of a site folder."""
    if not site.is_dir():
        return lacking("Site", f"there is no folder {site}", "name the folder that holds the site's YAML files")
    done = subprocess.run(
        [sys.executable, "-X", "utf8", str(ROOT / "main.py"), "check", str(site.resolve())],
        capture_output=True, text=True, encoding="utf-8", errors="replace", timeout=60, check=False,
    )  # fmt: skip
    said = [line for line in (done.stdout + done.stderr).splitlines() if line.strip()]
    if done.returncode:
        first = said[0] if said else f"exit code {done.returncode}"
        more = f" (and {len(said) - 1} more lines)" if len(said) > 1 else ""
        return lacking("Site", first + more, f"python3 main.py check {site}")
    return good("Site", said[-1] if said else "no mistake found")


def gateway_address(site: Path | None) -> str | None:
    """Where the site's gateway listens, or any site's by default; None while packages are missing."""
    try:
        from config import schema
    except ImportError:
        return None
    listen = schema.GatewaySettings().listen
    if site is not None:
        for path in sorted(site.glob("*.yaml")) if site.is_dir() else ():
            try:
                lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
            except OSError:  # `check` tells that it cannot be read
                continue
            for line in lines:
                if line.strip().startswith("listen:"):
                    listen = line.partition(":")[2].split(" #")[0].strip(" '\"")
    return listen


def port(listen: str) -> Finding:
    """Whether a gateway could listen at `host:port`."""
    host, _, number = listen.rpartition(":")
    topic = f"Port {number}"
    if not number.isdigit() or not 0 < int(number) < 65536:
        return lacking("Port", f"{listen!r} is no host:port", "write it as 127.0.0.1:8765")
    host = host.strip("[]")
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        if os.name != "nt":  # a closed gateway's connections linger for a minute; on Windows the option means theft
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, int(number)))
        except OSError as error:
            remedy = "a gateway runs already, or choose another port"
            return note(topic, f"not free ({error.strerror or error})", remedy)
    return good(topic, "free")
