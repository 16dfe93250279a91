"""`main.py demo`: a simulated floor with its own gateway, its wall and the supervisor's desk, on this machine alone."""

from __future__ import annotations

import argparse
import contextlib
import itertools
import logging
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

from config.arguments import file_name, site_name
from config.environment.folders import DATA_FOLDER, data_folder
from config.load import folder_of, load, shipped_sites
from config.mistakes import SiteError
from config.tokens import DEMO_TOKENS, find_token
from console.arguments import TOKEN
from console.machine import system_libraries
from console.machine.endings import ending_signals
from console.wall import command as wall
from console.wall import guardian

MAIN = Path(__file__).resolve().parent.parent / "main.py"
FAILED, USAGE = 1, 2
READY_S = 60.0
ENDING_S = 10.0
MOST_DEMOS = 9
"""So many demonstrations beside each other have a desk of their own."""
WALL_TOKEN = "demo-wall"
DESK_TOKEN = "demo-supervisor"
assert {WALL_TOKEN, DESK_TOKEN} <= set(DEMO_TOKENS)
LISTENING = "listening on "
PICTURES = (
    ("wall.png", ()),
    ("wall-en.png", ("--lang", "en")),
    ("wall-light.png", ("--theme", "light")),
    ("wall-seats.png", ("--page", "seats")),
)
STALE_PICTURE = "wall-stale.png"
"""Taken last: it shows the wall after its gateway has gone."""


READABLE = {"PYTHONIOENCODING": "utf-8"}
"""Has a child say in UTF-8, not as the system's language wants it, what is read here."""
LOGGED = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3} ")
"""How a line of the gateway's log begins, as against what it says of why it does not start."""

log = logging.getLogger("console.demo")


class DemoError(Exception):
    """The demonstration cannot run; the message says why, `code` whether the command makes no sense."""

    def __init__(self, message: str, code: int = FAILED) -> None:
        self.code = code
        super().__init__(message)


def main(arguments: Sequence[str]) -> int:
    """Run the demonstration and return its exit code."""
    options = _parser().parse_args(list(arguments))
    try:
        _lets_us_in(options.site)
        with _asked_to_end(), gateway(options) as (address, end):
            if options.pictures is None and system_libraries.has_display(os.environ):
                return _window(options, address)
            return _pictures(options, address, end)
    except DemoError as trouble:
        sys.stderr.write(f"watchfloor demo: {trouble}\n")
        return trouble.code


def _lets_us_in(name: str) -> None:
    """Raise DemoError for a site whose gateway would not know the windows of the demonstration."""
    if name in shipped_sites():
        return
    try:
        site = load(folder_of(name))
    except SiteError:
        return  # the gateway tells all that is wrong with it
    unknown = [token for token in (WALL_TOKEN, DESK_TOKEN) if find_token(token, site.tokens) is None]
    if unknown:
        raise DemoError(
            f"the site {name} does not know the practice tokens {' and '.join(unknown)}, with which the windows of the "
            f"demonstration come in. Start `main.py gateway --site {name} --source simulator` and then `main.py wall` "
            "and `main.py console` with tokens of its own",
            USAGE,
        )


@contextlib.contextmanager
def _asked_to_end() -> Iterator[None]:
    """Tidy up also when the system asks to end: else desk and files stay behind where no wall passes the word on."""

    def leave(number: int, _: object) -> None:
        sys.exit(128 + number)

    before = [(name, signal.signal(name, leave)) for name in ending_signals() if name != signal.SIGINT]
    try:
        yield
    finally:
        for name, handler in before:
            signal.signal(name, handler)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="main.py demo", description=__doc__)
    parser.add_argument("--site", type=site_name, default="demo", help="the site, or a copy of it (demo)")
    parser.add_argument("--at", metavar="HH:MM", default="10:30", help="the hour at which to join the day (10:30)")
    parser.add_argument("--speed", default="1", help="floor seconds per second: 1 to 600 (1)")
    parser.add_argument(
        "--scenario", default="normal",
        help="normal, storm (storm_announced, storm_simplified, storm_reinforced: with ever more done about it), "
        "trunk_loss or short_staffing (normal)",
    )  # fmt: skip
    parser.add_argument("--seed", default="1", help="which of the possible days is played (1)")
    parser.add_argument("--lang", choices=("zh_CN", "en"), help="language of the windows (the site's)")
    parser.add_argument("--theme", choices=("dark", "light"), help="theme of the windows (the site's and the system's)")
    parser.add_argument("--show", choices=("both", "wall", "desk"), default="both", help="which windows to open (both)")
    parser.add_argument("--fullscreen", action="store_true", help="the wall as in the hall: no cursor, PIN to leave")
    parser.add_argument(
        "--pictures", metavar="FOLDER", type=file_name, help="write PNGs of wall and desk there instead of opening it"
    )
    return parser


@contextlib.contextmanager
def gateway(options: argparse.Namespace) -> Iterator[tuple[str, Callable[[], None]]]:
    """A gateway in a child process for as long as the block lasts: its address, and how to end it sooner.

    Raises DemoError when it does not start.
    """
    data = tempfile.mkdtemp(prefix="watchfloor-demo-")
    command = [
        sys.executable, str(MAIN), "gateway", "--site", options.site, "--source", "simulator", "--at", options.at,
        "--speed", options.speed, "--scenario", options.scenario, "--seed", options.seed, "--listen", "127.0.0.1:0",
        "--data", data, "--fresh", "--until-input-ends",
    ]  # fmt: skip
    written = Path(data) / "gateway.log"
    with written.open("wb") as sink:
        child = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=sink, env={**os.environ, **READABLE}
        )
    try:
        yield _address(child, written), lambda: _end(child)
    finally:
        _end(child)
        shutil.rmtree(data, ignore_errors=True)


def _end(child: subprocess.Popen[bytes]) -> None:
    """Let the gateway close its log and its consoles in its own time: its input ends."""
    assert child.stdin is not None and child.stdout is not None
    child.stdin.close()
    try:
        child.wait(timeout=ENDING_S)
    except subprocess.TimeoutExpired:
        child.kill()
        log.warning("the gateway of the demonstration did not end within %g s and was killed", ENDING_S)
        child.wait()
    child.stdout.close()


def _address(child: subprocess.Popen[bytes], written: Path) -> str:
    """Wait until the gateway says where it listens."""
    assert child.stdout is not None
    timer = threading.Timer(READY_S, child.kill)
    timer.start()
    try:
        line = child.stdout.readline().decode(errors="replace").strip()
    finally:
        timer.cancel()
        timer.join()
    if line.startswith(LISTENING):
        return line.removeprefix(LISTENING)
    code = child.wait()
    said = written.read_text(encoding="utf-8", errors="replace").strip().splitlines()
    raise DemoError(f"the gateway did not start: {_why(said)}", USAGE if code == USAGE else FAILED)


def _why(said: Sequence[str]) -> str:
    """What a gateway that does not start says of it: one line, or every mistake of its site."""
    if not said:
        return f"no word within {READY_S:g} s"
    reasons = list(itertools.takewhile(lambda line: not LOGGED.match(line), reversed(said)))[::-1]
    if len(reasons) < 2 or reasons[0].startswith("usage: "):
        return said[-1].removeprefix("gateway: ")
    return "\n".join(["its site cannot be used", *reasons])


def _asked(options: argparse.Namespace, address: str) -> list[str]:
    os.environ[TOKEN] = WALL_TOKEN  # whatever else is there opens the door of another gateway
    asked = ["--gateway", address]
    asked += ["--lang", options.lang] if options.lang else []
    return asked + (["--theme", options.theme] if options.theme else [])


def _shot(options: argparse.Namespace, address: str, file: Path) -> list[str]:
    """A picture of the wall, for which a busy machine may take its time."""
    return [*_asked(options, address), "--page", "overview", "--timeout", "60", "--shot", str(file)]


def _window(options: argparse.Namespace, address: str) -> int:
    sys.stdout.write(f"A simulated floor at {options.at}, at {options.speed} times its pace, served on {address}.\n")
    sys.stdout.write("It ends when its windows are closed.\n")
    sys.stdout.flush()
    asked = _asked(options, address)
    with _own_folder() as (folder, lock):
        desk = _desk(asked, folder, lock) if options.show != "wall" else None
        try:
            code = wall.main([*asked, *([] if options.fullscreen else ["--windowed"])]) if options.show != "desk" else 0
            return code if code or desk is None or guardian.was_asked_to_end() else desk.wait()
        except KeyboardInterrupt:
            return 0
        finally:
            if desk is not None and desk.poll() is None:
                desk.terminate()
                desk.wait()


@contextlib.contextmanager
def _own_folder() -> Iterator[tuple[Path, BinaryIO | None]]:
    """A folder for the desk that no other demonstration uses now: its desk would take ours for a second start of it.

    With it comes the file that is locked for as long as that is so.
    """
    folders = [data_folder() / f"demo{more}" for more in ("", *(f"-{number}" for number in range(2, MOST_DEMOS + 1)))]
    with contextlib.ExitStack() as held:
        for folder in folders:
            try:
                folder.mkdir(parents=True, exist_ok=True)
                file = held.enter_context((folder / "demo.lock").open("ab"))
            except OSError:
                break  # the desk tells what is wrong with its folder
            if _locks(file):
                yield folder, file
                return
        yield folders[0], None


def _locks(file: BinaryIO) -> bool:
    """Whether nobody else has it locked; the lock lasts until it is closed, or its process has ended somehow."""
    try:
        if sys.platform == "win32":
            import msvcrt

            file.seek(0)
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _desk(asked: Sequence[str], folder: Path, lock: BinaryIO | None) -> subprocess.Popen[bytes]:
    """The desk in a process of its own, where it keeps its windows apart from those of a real floor.

    It holds the folder's lock too, for as long as it lives: it may outlive a demonstration that is killed.
    """
    environment = {**os.environ, TOKEN: DESK_TOKEN, DATA_FOLDER: str(folder)}
    handed = () if lock is None or sys.platform == "win32" else (lock.fileno(),)
    return subprocess.Popen([sys.executable, str(MAIN), "console", *asked], env=environment, pass_fds=handed)


def _pictures(options: argparse.Namespace, address: str, end: Callable[[], None]) -> int:
    folder = (options.pictures or Path("watchfloor-demo")).resolve()
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as trouble:
        raise DemoError(f"{folder} cannot be made: {trouble.strerror}") from None
    for name, more in PICTURES:
        code = wall.main([*_shot(options, address, folder / name), *more])
        if code:
            return code
    code = _desk_pictures(options, address, end, folder)
    if code:
        return code
    why = "" if options.pictures else "There is no display here, so "
    from console.gallery import POSES

    count = len(PICTURES) + len(POSES) + 2
    sys.stdout.write(f"{why}{count} pictures of the wall and the desk are in {folder}\n")
    return 0


def _desk_pictures(options: argparse.Namespace, address: str, end: Callable[[], None], folder: Path) -> int:
    """The desk's, and last of all both without their gateway."""
    from console import gallery
    from console.wall.shot import take

    arguments = _shot(options, address, folder / STALE_PICTURE)
    try:
        for pose in gallery.POSES:
            with gallery.Sitting(pose, address, DESK_TOKEN) as sitting:
                sitting.take(folder)
        with gallery.Sitting(gallery.STALE, address, DESK_TOKEN) as sitting:
            sitting.pose.act(sitting.desk)
            code = take(wall.parsed(arguments), lose=end)
            sitting.until_stale()
            sitting.write(folder)
    except gallery.GalleryError as trouble:
        raise DemoError(str(trouble)) from None
    return code
