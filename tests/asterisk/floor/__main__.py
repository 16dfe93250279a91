"""`python -m tests.asterisk.floor`: a floor on a real Asterisk to play with by hand.

    up [small]                      start Asterisk and all its people; says where to connect
    calls RATE SECONDS [...]        RATE calls a second for SECONDS, and so on: `calls 4 120 14 60` is a surge
    cli COMMAND...                  what Asterisk's console answers, such as `cli queue show claims`
    site FOLDER                     write a site folder for `main.py gateway`
    down                            stop all of it
    tree [FOLDER]                   make a Debian tree with Asterisk (root, about 70 s), where tests will find it
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.asterisk.floor.plan import small_floor, whole_floor
from tests.asterisk.floor.practice import Stream, live
from tests.asterisk.floor.programs import NoAsterisk, Program, cached_tree, make_tree
from tests.asterisk.floor.reach import Reach, reach_in
from tests.asterisk.floor.server import USERS, AsteriskFloor, FloorError, ask_console, end_process

_STATE = Path(tempfile.gettempdir()) / f"watchfloor-asterisk-by-hand-{os.getuid()}.json"


def main(words: list[str]) -> int:
    """Do what the first word says."""
    command, rest = (words[0], words[1:]) if words else ("help", [])
    try:
        if command == "up":
            return _up(rest)
        if command == "hold":
            return _hold(rest)
        if command == "people":
            return _people(*rest)
        if command == "tree":
            _say(str(make_tree(Path(rest[0]).resolve() if rest else cached_tree())))
            return 0
        if command in ("calls", "cli", "site", "down"):
            return _with_running(command, rest)
    except (NoAsterisk, FloorError, RuntimeError, ValueError) as error:
        return _refuse(str(error))
    _say(__doc__ or "")
    return 0 if command in ("help", "-h", "--help") else 2


def _up(words: list[str]) -> int:
    if _running():
        return _refuse("a floor is up already; `down` ends it")
    with subprocess.Popen(
        [sys.executable, "-m", "tests.asterisk.floor", "hold", *words],
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True, start_new_session=True,
    ) as process:  # fmt: skip
        assert process.stdout is not None
        for line in process.stdout:
            if line.strip() == "ready":
                os._exit(0)  # it lives on without us: leaving this block would wait for it
            _say(line.rstrip())
    return 1


def _hold(words: list[str]) -> int:
    """Be the floor, until `down`."""
    with AsteriskFloor(small_floor() if words == ["small"] else whole_floor()) as floor:
        Reach(floor.plan, floor.ports).save(floor.workspace)
        tree = str(floor.program.tree) if floor.program.tree else None
        state = {"pid": os.getpid(), "workspace": str(floor.workspace), "tree": tree, "binary": floor.program.binary}
        _STATE.write_text(json.dumps(state), "utf-8")
        users = ", ".join(f"{name} / {secret}" for name, secret in USERS.items())
        _say(f"manager  {floor.host}:{floor.ports.ami}  {users}")
        _say(f"media    Asterisk will call ws://{floor.host}:{floor.ports.media}/media")
        _say(f"phones   {len(floor.plan.phones)} at udp {floor.host}:{floor.ports.sip}")
        _say(f"logs     {floor.workspace / 'log'}")
        try:
            asyncio.run(live(floor, floor.workspace, lambda: _say("ready")))
        finally:
            _STATE.unlink(missing_ok=True)
    return 0


def _people(workspace: str, diary: str, seed: str, *without: str) -> int:
    """Be the people of a floor that another process runs (tests)."""
    folder = Path(workspace)
    file, number = Path(diary) if diary else None, int(seed) if seed else None
    asyncio.run(live(reach_in(folder), folder, lambda: _say("ready"), file, number, without, with_input=True))
    return 0


def _with_running(command: str, words: list[str]) -> int:
    state = _running()
    if not state:
        return _refuse("no floor is up; `up` starts one")
    workspace = Path(str(state["workspace"]))
    if command == "calls":
        _say(json.dumps(Stream(workspace, tuple(map(float, words))).wait(), indent=2))
    elif command == "cli":
        program = Program(Path(str(state["tree"])) if state["tree"] else None, str(state["binary"]))
        _say(ask_console(program, workspace, " ".join(words)).rstrip())
    elif command == "site":
        from tests.asterisk.floor.sites import write_site  # needs what main.py installs; the rest does not

        _say(str(write_site(Path(words[0]), reach_in(workspace))))
    else:
        end_process(int(str(state["pid"])), signal.SIGTERM)
    return 0


def _running() -> dict[str, object]:
    """What the floor that is up left, empty when there is none."""
    try:
        state: dict[str, object] = json.loads(_STATE.read_text("utf-8"))
        os.kill(int(str(state["pid"])), 0)
    except (OSError, ValueError, KeyError):
        return {}
    return state


def _say(text: str) -> None:
    with contextlib.suppress(BrokenPipeError):
        sys.stdout.write(f"{text}\n")
        sys.stdout.flush()


def _refuse(text: str) -> int:
    sys.stderr.write(f"floor: {text}\n")
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
