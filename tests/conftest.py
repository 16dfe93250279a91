"""What every test shares: a screen in memory, the shared data, and guards against what a test leaves behind."""

from __future__ import annotations

import gc
import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from pytestqt.qtbot import QtBot

from tests import guards

ROOT = Path(__file__).resolve().parent.parent
SHARED_FOLDER = "WATCHFLOOR_SHARED"
NOT_CHECKED = "not checked:"

# A busy machine is no fault of the code: examples have no deadline of their own, the whole test has.
settings.register_profile("watchfloor", deadline=None, print_blob=True)
settings.load_profile("watchfloor")
for wait in (QtBot.waitUntil, QtBot.waitSignal):  # nor has what is over as soon as it happens
    wait.__kwdefaults__["timeout"] = 60_000
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.pop("WATCHFLOOR_DATA", None)
guards.watch_connections()
# A shell without job control has whatever it starts with `&` ignore it, and so would all processes of the tests.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

LONG_S = 600
"""A test that may take so long is begun first."""


@pytest.fixture(scope="session")
def repository() -> Path:
    """The folder that holds main.py."""
    return ROOT


@pytest.fixture(scope="session")
def shared_folder() -> Path:
    """The folder of shared material beside the repository, or where WATCHFLOOR_SHARED says; skips loudly without it."""
    folder = Path(os.environ.get(SHARED_FOLDER) or ROOT.parent / "shared")
    if not folder.is_dir():
        pytest.skip(f"{NOT_CHECKED} there is no shared material at {folder} (set {SHARED_FOLDER} to where it is)")
    return folder


@pytest.fixture(scope="session")
def shared_data(shared_folder: Path) -> Path:
    """The shared test data (`data` in the shared folder); skips loudly without it."""
    folder = shared_folder / "data"
    if not folder.is_dir():
        pytest.skip(f"{NOT_CHECKED} there is no test data at {folder}")
    return folder


@pytest.fixture(autouse=True)
def own_data_folder(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test reads or writes the data folder of the person who runs it."""
    monkeypatch.setenv("WATCHFLOOR_DATA", str(tmp_path_factory.getbasetemp() / "data"))


@pytest.fixture(autouse=True)
def garbage_stays_in_the_windows_thread(request: pytest.FixtureRequest) -> Iterator[None]:
    """A gateway's thread that collects garbage would destroy windows of earlier tests, and hang with them.

    What a test wanted deleted later is deleted with it: no event loop comes after it, and all the windows of hundreds
    of tests took longer to look over than the next test took. So did what is left behind them, caches and what modules
    share: it is not looked over again.
    """
    if "qapp" not in request.fixturenames:
        yield
        return
    gc.disable()
    yield
    guards.delete_what_was_to_be_deleted()
    gc.collect()
    gc.freeze()
    gc.enable()


@pytest.fixture
def orders_have_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """An order that ends by itself is answered with its end, and never as running because the machine is busy."""
    monkeypatch.setattr("feeds.gateway.ordering.orders.AT_ONCE_S", 8.0)


@pytest.fixture(autouse=True)
def keys_are_let_go(request: pytest.FixtureRequest) -> Iterator[None]:
    """Qt goes on taking Shift for held after a test pressed something with it, and selects accordingly in the next."""
    yield
    if "qapp" in request.fixturenames:
        from PySide6.QtCore import Qt
        from PySide6.QtGui import QGuiApplication
        from PySide6.QtTest import QTest
        from PySide6.QtWidgets import QWidget

        if QGuiApplication.keyboardModifiers() != Qt.KeyboardModifier.NoModifier:
            QTest.keyClick(QWidget(), Qt.Key.Key_Shift)


@pytest.fixture(autouse=True)
def nothing_is_left_behind(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fails the test when a thread, an active QTimer, a task or an SQLite connection of its own outlives it."""
    with_qt = "qapp" in request.fixturenames
    before = guards.running(with_qt)
    yield
    if request.node.get_closest_marker("leaves_running") is None:
        left = guards.left_running(before, with_qt)
        if left:
            pytest.fail("outlived the test: " + "; ".join(left), pytrace=False)


@pytest.fixture(autouse=True)
def no_unexpected_log_lines(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fails the test when our code logs a warning or worse and the test neither uses `caplog` nor is marked `logs`."""
    marker = request.node.get_closest_marker("logs")
    patterns = tuple(marker.args) if marker else ()
    with guards.LogLines(ROOT) as lines:
        yield
    if "caplog" not in request.fixturenames:
        unexpected = lines.unexpected(patterns)
        if unexpected:
            pytest.fail("unexpected log lines: " + "; ".join(unexpected), pytrace=False)


def pytest_collection_finish() -> None:
    """What was imported so far is never garbage nor left behind by a test: looking it over each time took a tenth."""
    gc.collect()
    gc.freeze()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whoever uses the shared material carries its mark, so that `-m 'not shared'` is complete; the longest come first.

    One that is begun last has a worker of its own while the other has nothing left to do.
    """
    items.sort(key=lambda item: -_minutes(item))
    for item in items:
        if {"shared_folder", "shared_data"} & set(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.shared)


def _minutes(item: pytest.Item) -> int:
    """How many minutes a test asked for, of those that asked for more than any other has; else none."""
    marker = item.get_closest_marker("timeout")
    return int(marker.args[0]) // 60 if marker is not None and marker.args and marker.args[0] >= LONG_S else 0


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Name at the very end what this run did not check, because a skip among dots is easily overlooked."""
    reasons: dict[str, int] = {}
    for report in terminalreporter.stats.get("skipped", []):
        reason = str(report.longrepr[2]) if isinstance(report.longrepr, tuple) else str(report.longrepr)
        if NOT_CHECKED in reason:
            reason = reason.removeprefix("Skipped: ")
            reasons[reason] = reasons.get(reason, 0) + 1
    for reason, count in sorted(reasons.items()):
        terminalreporter.write_line(f"{count} {'test was' if count == 1 else 'tests were'} {reason}", yellow=True)
