"""A test's own Asterisk: started in a second, stopped, killed, frozen, restarted, and asked by its console."""

from __future__ import annotations

import contextlib
import os
import select
import shutil
import signal
import socket
import subprocess
import time
from pathlib import Path
from types import TracebackType
from typing import Self

from tests.asterisk.floor.configuration import write_configuration, write_plan
from tests.asterisk.floor.locks import Ports, Slot, take_slot
from tests.asterisk.floor.plan import FloorPlan
from tests.asterisk.floor.programs import Program, find_program
from tests.asterisk.floor.reach import HOST

USERS = {name: f"{name}-secret" for name in ("gateway", "viewer", "limited", "everything", "deaf", "people")}
"""Who may use the manager interface, and the secret of each; see etc/manager.conf."""
_BOOT_S, _END_S = 60.0, 10.0


class FloorError(Exception):
    """Asterisk did not do what a floor needs."""


class AsteriskFloor:
    """An Asterisk with the queues and phones of a plan, alone on its ports; a context manager starts and stops it."""

    def __init__(self, plan: FloorPlan, program: Program | None = None) -> None:
        self.plan = plan
        self.program = program or find_program()
        self._slot: Slot = take_slot(lambda number: _end_a_leftover(workspace_of(self.program, number)))
        self.ports: Ports = self._slot.ports
        self.workspace: Path = workspace_of(self.program, self._slot.number)
        self._process: subprocess.Popen[bytes] | None = None
        self._frozen = False
        try:
            shutil.rmtree(self.workspace, ignore_errors=True)
            write_configuration(self.workspace, self.program, plan, self.ports)
        except BaseException:
            self._slot.release()
            raise

    def __enter__(self) -> Self:
        try:
            self.start()
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    @property
    def host(self) -> str:
        """Where its manager interface and its SIP are: loopback."""
        return HOST

    @property
    def ami(self) -> tuple[str, int]:
        """Host and port of the manager interface."""
        return HOST, self.ports.ami

    @property
    def queue_log(self) -> Path:
        """What app_queue writes about calls and members."""
        return self.workspace / "log/queue_log"

    @property
    def messages(self) -> Path:
        """Asterisk's notices, warnings and errors."""
        return self.workspace / "log/messages.log"

    @property
    def pid(self) -> int:
        """The process of Asterisk itself."""
        assert self._process is not None, "Asterisk was not started"
        return self._process.pid

    @property
    def runs(self) -> bool:
        """Whether it runs, frozen or not."""
        return self._process is not None and self._process.poll() is None

    def start(self) -> None:
        """Start Asterisk and return when it is fully booted."""
        assert not self.runs, "Asterisk runs already"
        words = ("-f", "-C", self.program.inside(self.workspace / "etc/asterisk.conf"))
        with (self.workspace / "log/console.log").open("ab") as log:
            self._process = subprocess.Popen(
                self.program.command(*words), stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True
            )
        deadline = time.monotonic() + _BOOT_S
        while not self._is_booted():
            if time.monotonic() > deadline:
                self.kill()
                raise FloorError(f"Asterisk did not boot in {_BOOT_S:.0f} s; it said:\n{self._last_words()}")
            with contextlib.suppress(subprocess.TimeoutExpired):
                code = self._process.wait(0.03)
                raise FloorError(f"Asterisk ended with {code} instead of booting; it said:\n{self._last_words()}")

    def stop(self) -> None:
        """End Asterisk as a system does that is shut down (SIGTERM): calls are cut, files are written."""
        self._end(signal.SIGTERM)

    def kill(self) -> None:
        """End it at once (SIGKILL), as a power cut does."""
        self._end(signal.SIGKILL)

    def restart(self) -> None:
        """Stop it if it runs, and start it with the same ports, files and database."""
        self.stop()
        self.start()

    def freeze(self) -> None:
        """Let it stand still: its connections stay open and nothing answers."""
        os.kill(self.pid, signal.SIGSTOP)
        self._frozen = True

    def thaw(self) -> None:
        """Let it go on."""
        os.kill(self.pid, signal.SIGCONT)
        self._frozen = False

    def cli(self, text: str) -> str:
        """What Asterisk's console answers to a command."""
        return ask_console(self.program, self.workspace, text)

    def reload(self, module: str) -> str:
        """Have a module read its configuration again, such as `app_queue`."""
        return self.cli(f"module reload {module}.so")

    def change(self, plan: FloorPlan) -> None:
        """Write another plan and have the queues and numbers read again; phones need a restart."""
        self.plan = plan
        write_plan(self.workspace, plan)
        self.reload("pbx_config")
        self.reload("app_queue")

    def close(self) -> None:
        """End it and give back its ports; the workspace stays for a look until the next floor takes it."""
        self.kill()  # at once: nobody needs the half second in which it would say goodbye
        self._slot.release()

    def _end(self, number: signal.Signals) -> None:
        if self._process is None:
            return
        if self._frozen:
            self.thaw()
        if self._process.poll() is None:
            self._process.send_signal(number)
        try:
            self._process.wait(_END_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait(_END_S)

    def _is_booted(self) -> bool:
        login = f"Action: Login\r\nUsername: viewer\r\nSecret: {USERS['viewer']}\r\n\r\n"
        said = b""
        with contextlib.suppress(OSError), socket.create_connection(self.ami, 1) as link:
            link.settimeout(2)
            link.sendall(login.encode())
            while b"FullyBooted" not in said:
                more = link.recv(65_536)
                if not more:
                    break
                said += more
        return b"FullyBooted" in said

    def _last_words(self) -> str:
        said = ""
        for file in (self.messages, self.workspace / "log/console.log"):
            with contextlib.suppress(OSError):
                said += "\n".join(file.read_text("utf-8", "replace").splitlines()[-15:]) + "\n"
        return said


def workspace_of(program: Program, slot: int) -> Path:
    """The folder of the floor in a slot; of each user his own, because nobody can tidy up after another."""
    return program.workspaces / f"watchfloor-{os.geteuid()}-{slot}"


def ask_console(program: Program, workspace: Path, text: str) -> str:
    """What the console of the Asterisk in a workspace answers to a command."""
    words = ("-C", program.inside(workspace / "etc/asterisk.conf"), "-rx", text)
    done = subprocess.run(program.command(*words), capture_output=True, text=True, check=False, timeout=30)
    if done.returncode:
        raise FloorError(f"`{text}` failed with {done.returncode}: {done.stdout}{done.stderr}")
    return done.stdout


def _end_a_leftover(workspace: Path) -> None:
    """End the Asterisk of a test run that was killed: it would keep the ports and write into the next one's files."""
    try:
        pid = int((workspace / "run/asterisk.pid").read_text("utf-8"))
        command = Path(f"/proc/{pid}/cmdline").read_bytes()
    except (OSError, ValueError):
        return
    if f"/{workspace.name}/etc/asterisk.conf".encode() in command:
        with contextlib.suppress(ProcessLookupError):
            end_process(pid, signal.SIGKILL)


def end_process(pid: int, number: signal.Signals, seconds: float = 20.0) -> None:
    """Signal a process that is no child of ours and return when it has ended. Raises ProcessLookupError if it has."""
    handle = os.pidfd_open(pid)
    try:
        signal.pidfd_send_signal(handle, number)
        if not select.select([handle], [], [], seconds)[0]:
            raise FloorError(f"process {pid} does not end")
    finally:
        os.close(handle)
