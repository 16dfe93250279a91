"""What the desk asks a real gateway about the past, and who gets the answer."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from console.desk import Desk
from feeds.answers import Unanswered
from feeds.client import FeedClient
from feeds.requests import CallsParams, CallsResult, HistoryParams, OrderParams, OrderResult
from tests.desk.conftest import options
from tests.gateway.floors import small_site
from tests.gateway.harness import ToldSource, gateway_in_a_thread

WAIT_MS = 60_000


def test_a_question_is_answered_or_says_why_not_and_one_that_was_dropped_is_silent(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path
) -> None:
    told: list[object] = []
    failed: list[str] = []
    with gateway_in_a_thread(small_site(), ToldSource(), tmp_path) as url:
        desk = Desk(options("--lang", "en", url=url, token="all-supervisor"))
        desk.start()
        try:
            qtbot.waitUntil(lambda: desk.session.live.welcome is not None, timeout=WAIT_MS)
            dropped = desk.questions.calls(CallsParams("answered"), told.append, failed.append)
            dropped.drop()
            desk.questions.calls(CallsParams("offered"), told.append, failed.append)
            desk.questions.history(HistoryParams("nonsense", 0, 900_000), told.append, failed.append)
            qtbot.waitUntil(lambda: bool(told) and bool(failed), timeout=WAIT_MS)
        finally:
            desk.stop()
    assert [getattr(one, "figure", "") for one in told] == ["offered"]
    assert failed == ["this gateway does not know the figure \"nonsense\""]


def test_a_refusal_is_told_in_the_desks_language_with_the_names_of_this_floor(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path
) -> None:
    failed: list[str] = []
    with gateway_in_a_thread(small_site(), ToldSource(), tmp_path) as url:
        desk = Desk(options("--lang", "zh_CN", url=url, token="only-claim"))
        desk.start()
        try:
            qtbot.waitUntil(lambda: desk.questions.sight is not None and desk.questions.sight.site is not None)
            for figure, scope in (("nonsense", "site"), ("answered", "queue:dual")):
                before = len(failed)
                desk.questions.calls(CallsParams(figure, scope=scope), failed.append, failed.append)
                qtbot.waitUntil(lambda before=before: len(failed) > before)
        finally:
            desk.stop()
    assert failed == ["本网关没有指标「nonsense」", "dual 不在您的权限范围内"]


def test_a_question_without_a_connection_says_so_later_and_not_at_once(qtbot: QtBot, qapp: QApplication) -> None:
    failed: list[str] = []
    desk = Desk(options("--lang", "en"))
    try:
        desk.questions.calls(CallsParams("offered"), failed.append, failed.append)
        assert failed == []
        qtbot.waitUntil(lambda: bool(failed), timeout=WAIT_MS)
        assert "no connection" in failed[0]
        desk.window.choose_language("zh_CN")
        desk.questions.calls(CallsParams("offered"), failed.append, failed.append)
        qtbot.waitUntil(lambda: len(failed) == 2, timeout=WAIT_MS)
        assert failed[1] == desk.window.words("question.no_link"), "in the desk's language"
    finally:
        desk.stop()


def test_the_past_has_a_minute_to_be_read_and_whoever_waits_longer_is_not_told_of_a_lost_connection(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[str, float]] = []
    failed: list[str] = []

    async def ask(client: FeedClient, method: str, params: Any, answer: type, timeout_s: float, *_: object) -> object:
        asked.append((method, timeout_s))
        raise Unanswered(f"the gateway did not answer {method} within {timeout_s:g} s")

    with gateway_in_a_thread(small_site(), ToldSource(), tmp_path) as url:
        desk = Desk(options("--lang", "en", url=url, token="all-supervisor"))
        desk.start()
        try:
            qtbot.waitUntil(lambda: desk.session.live.welcome is not None, timeout=WAIT_MS)
            monkeypatch.setattr(FeedClient, "ask", ask)
            desk.questions.ask("calls", CallsParams("offered"), CallsResult, failed.append, failed.append)
            rehearsal = OrderParams("k", "seat.pause", {"seat": "s0"}, rehearse=True)
            desk.questions.ask("order", rehearsal, OrderResult, failed.append, failed.append)
            qtbot.waitUntil(lambda: len(failed) == 2, timeout=WAIT_MS)
        finally:
            desk.stop()
    assert sorted(asked) == [("calls", 60.0), ("order", 10.0)]
    assert failed == [desk.window.words("question.late")] * 2
