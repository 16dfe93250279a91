"""A gateway of the desk's own, in a child process that ends with it: the demo's simulator, or a recording."""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

from PySide6.QtCore import QObject, QProcess, QProcessEnvironment, QTimer, Signal

from console.entry.store import Connection

MAIN = Path(__file__).resolve().parent.parent.parent / "main.py"
LISTENING = "listening on "
READY_MS, END_MS = 60_000, 10_000


def arguments(connection: Connection, data: str) -> list[str]:
    """What `main.py` is told for a floor of that kind."""
    own = ["--listen", "127.0.0.1:0", "--data", data, "--fresh", "--until-input-ends", "--site", "demo"]
    if connection.kind == "recording":
        at = ["--at", connection.at] if connection.at else []
        return ["gateway", "--source", f"recorded:{connection.file}", *at, "--speed", str(connection.speed), *own]
    return ["gateway", "--source", "simulator", "--at", connection.at or "10:30", "--speed", "1", *own]


class ChildGateway(QObject):
    """A gateway that runs as long as this object is not ended.

    Signals: `ready(str)` with its address, `failed(str)` with its last words when it ended or never came up.
    """

    ready = Signal(str)
    failed = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._process = QProcess(self)
        self._process.readyReadStandardOutput.connect(self._on_said)
        self._process.readyReadStandardError.connect(self._on_complained)
        self._process.finished.connect(self._on_finished)
        self._process.errorOccurred.connect(self._on_error)
        self._limit = QTimer(self)
        self._limit.setSingleShot(True)
        self._limit.timeout.connect(self._process.kill)
        self._data = self._heard = self._complained = ""
        self.address = ""

    def start(self, connection: Connection) -> None:
        """Start it for that floor."""
        self._data = tempfile.mkdtemp(prefix="watchfloor-desk-")
        environment = QProcessEnvironment.systemEnvironment()
        environment.insert("PYTHONIOENCODING", "utf-8")  # not as the system's language wants it: it is read here
        self._process.setProcessEnvironment(environment)
        self._process.start(sys.executable, [str(MAIN), *arguments(connection, self._data)])
        self._limit.start(READY_MS)

    def end(self) -> None:
        """Let it close its log in its own time: its input ends."""
        self._limit.stop()
        self.blockSignals(True)
        if self._process.state() is not QProcess.ProcessState.NotRunning:
            self._process.closeWriteChannel()
            if not self._process.waitForFinished(END_MS):
                self._process.kill()
                self._process.waitForFinished(END_MS)
        if self._data:
            shutil.rmtree(self._data, ignore_errors=True)

    def _on_said(self) -> None:
        self._heard += bytes(self._process.readAllStandardOutput().data()).decode(errors="replace")
        line, complete, _ = self._heard.partition("\n")
        if complete and line.startswith(LISTENING) and not self.address:
            self._limit.stop()
            self.address = line.removeprefix(LISTENING).strip()
            self.ready.emit(self.address)

    def _on_complained(self) -> None:
        said = bytes(self._process.readAllStandardError().data()).decode(errors="replace")
        self._complained = (self._complained + said)[-4000:]  # it is the log as well, which may go on for days

    def _on_error(self, error: QProcess.ProcessError) -> None:
        if error is QProcess.ProcessError.FailedToStart:
            self._limit.stop()
            self.failed.emit(self._process.errorString())

    def _on_finished(self) -> None:
        self._limit.stop()
        self._on_complained()
        said = [line for line in self._complained.strip().splitlines() if line.strip()]
        self.failed.emit(said[-1].removeprefix("gateway: ") if said else "")
