"""The guards of the test suite themselves: each must catch the fault that it is there for."""

from __future__ import annotations

from pathlib import Path

import pytest

pytest_plugins = ["pytester"]
pytestmark = pytest.mark.slow

HEAD = """
import asyncio, logging, threading, time
import pytest
from PySide6.QtCore import QObject, QThread, QTimer
"""


@pytest.fixture
def suite(pytester: pytest.Pytester, repository: Path) -> pytest.Pytester:
    """An empty project that has our conftest and our strict settings, and whose `feeds` can be written to."""
    (pytester.path / "tests").mkdir()
    for name in ("__init__.py", "conftest.py", "guards.py"):
        (pytester.path / "tests" / name).write_text((repository / "tests" / name).read_text("utf-8"), "utf-8")
    settings = (repository / "pyproject.toml").read_text("utf-8")
    (pytester.path / "pyproject.toml").write_text(settings[settings.index("[tool.pytest") :], "utf-8")
    return pytester


def outcome(suite: pytest.Pytester, body: str) -> pytest.RunResult:
    """The result of a run of one test module with that body."""
    (suite.path / "tests/test_planted.py").write_text(HEAD + body, "utf-8")
    return suite.runpytest_subprocess("-p", "no:cacheprovider", "-p", "no:randomly", timeout=60)


def test_a_thread_that_outlives_its_test_fails_it(suite: pytest.Pytester) -> None:
    result = outcome(suite, "def test_it():\n    threading.Thread(target=time.sleep, args=(3,), name='left').start()\n")
    result.stdout.fnmatch_lines(["*outlived the test: thread 'left'*"])
    result.assert_outcomes(passed=1, errors=1)


def test_a_timer_that_outlives_its_test_fails_it(suite: pytest.Pytester) -> None:
    body = "kept = []\ndef test_it(qtbot):\n    kept.append(QTimer())\n    kept[0].start(1000)\n"
    result = outcome(suite, body)
    result.stdout.fnmatch_lines(["*outlived the test: QTimer*"])
    result.assert_outcomes(passed=1, errors=1)


def test_a_qthread_that_outlives_its_test_fails_it(suite: pytest.Pytester) -> None:
    body = (
        "kept = []\n@pytest.fixture(scope='session', autouse=True)\ndef end():\n    yield\n"
        "    kept[0].quit()\n    kept[0].wait()\n"
        "def test_it(qtbot):\n    kept.append(QThread())\n    kept[0].start()\n"
    )
    result = outcome(suite, body)
    result.stdout.fnmatch_lines(["*outlived the test: QThread*"])
    result.assert_outcomes(passed=1, errors=1)


def test_a_task_that_outlives_its_test_fails_it(suite: pytest.Pytester) -> None:
    body = (
        "loop = asyncio.new_event_loop()\n"
        "def test_it():\n    global kept\n    kept = loop.create_task(asyncio.sleep(9), name='left')\n"
        "    loop.run_until_complete(asyncio.sleep(0))\n"
        "def test_that_ends_it():\n    kept.cancel()\n    loop.run_until_complete(asyncio.sleep(0))\n    loop.close()\n"
        "    assert kept.cancelled()\n"
    )
    result = outcome(suite, body)
    result.stdout.fnmatch_lines(["*outlived the test: task 'left' of sleep*"])
    result.assert_outcomes(passed=2, errors=1)


@pytest.mark.parametrize("closed", [False, True])
def test_an_sqlite_connection_that_is_not_closed_fails_its_test(suite: pytest.Pytester, closed: bool) -> None:
    body = (
        "def test_it(tmp_path):\n    import sqlite3\n    connection = sqlite3.connect(tmp_path / 'left.db')\n"
        f"    connection.execute('CREATE TABLE t (a)')\n    {'connection.close()' if closed else 'pass'}\n"
    )
    result = outcome(suite, body)
    if not closed:
        result.stdout.fnmatch_lines(["*outlived the test: SQLite connection to *left.db*"])
    result.assert_outcomes(passed=1, errors=0 if closed else 1)


def test_a_timer_and_a_thread_that_end_with_their_test_pass(suite: pytest.Pytester) -> None:
    body = (
        "def test_it(qtbot):\n    parent = QObject()\n    timer = QTimer(parent)\n    timer.start(1000)\n"
        "    thread = threading.Thread(target=time.sleep, args=(0.2,))\n    thread.start()\n"
    )
    outcome(suite, body).assert_outcomes(passed=1)


@pytest.mark.parametrize(
    ("declared", "errors"),
    [("", 1), ("@pytest.mark.logs('pipe')", 0), ("@pytest.mark.logs('another word')", 1)],
    ids=["undeclared", "declared", "declared differently"],
)
def test_a_warning_of_ours_must_be_declared(suite: pytest.Pytester, declared: str, errors: int) -> None:
    (suite.path / "feeds").mkdir()
    (suite.path / "feeds/__init__.py").write_text("import logging\nlogger = logging.getLogger('link')\n", "utf-8")
    leak = "from feeds import logger\ndef warn():\n    logger.warning('a pipe leaks')\n"
    (suite.path / "feeds/leak.py").write_text(leak, "utf-8")
    result = outcome(suite, f"{declared}\ndef test_it():\n    from feeds.leak import warn\n    warn()\n")
    result.assert_outcomes(passed=1, errors=errors)


def test_a_test_with_caplog_may_log_what_it_likes_and_other_peoples_loggers_are_theirs(suite: pytest.Pytester) -> None:
    body = (
        "def test_it():\n    logging.getLogger('theirs').warning('not ours')\n"
        "def test_with_caplog(caplog):\n    logging.getLogger('asyncio').error('expected')\n    assert caplog.records\n"
    )
    outcome(suite, body).assert_outcomes(passed=2)


def test_a_warning_of_python_and_a_warning_of_qt_fail_a_test(suite: pytest.Pytester) -> None:
    body = (
        "def test_python():\n    import warnings\n    warnings.warn('old', DeprecationWarning)\n"
        "def test_qt(qtbot):\n    from PySide6.QtCore import qWarning\n    qWarning('a bad connect')\n"
    )
    outcome(suite, body).assert_outcomes(failed=2)


def test_without_the_shared_data_the_run_ends_with_what_was_not_checked(
    suite: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WATCHFLOOR_SHARED", str(suite.path / "nowhere"))
    body = "def test_it(shared_data):\n    assert shared_data\ndef test_that(shared_data):\n    assert shared_data\n"
    result = outcome(suite, body)
    result.assert_outcomes(skipped=2)
    result.stdout.fnmatch_lines(["2 tests were not checked: there is no shared material at *nowhere*"])
