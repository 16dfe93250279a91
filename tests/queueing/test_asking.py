"""What the gateway answers about the course of a day and about the calls behind a figure, in the order asked for."""

from __future__ import annotations

from pathlib import Path

import pytest

from feeds.client import FeedClient, Refused
from feeds.entities import Figures
from feeds.requests import CallsParams, CallsResult, HistoryParams, HistoryResult
from tests.gateway.asking.test_archive import HOUR, asking
from tests.gateway.floors import START, a_morning
from tests.gateway.harness import Remembering


def test_a_days_course_is_means_over_the_time_that_has_passed(tmp_path: Path) -> None:
    async def scenario(link: FeedClient, memory: Remembering) -> None:
        found = {}
        for figure in ("waiting_mean", "staffed_mean", "on_queue_mean", "need"):
            asked = HistoryParams(figure, START, START + HOUR, scope="site")
            found[figure] = (await link.ask("history", asked, HistoryResult)).points
        assert found["staffed_mean"][0] == found["on_queue_mean"][0] == 8.0
        assert found["waiting_mean"][0] is not None and found["waiting_mean"][0] > 0
        assert found["need"][0] is None  # fewer calls than a handle time could be told from
        nobody = HistoryParams("waiting_mean", START, START + HOUR, scope="team:team-1")
        assert set((await link.ask("history", nobody, HistoryResult)).points) == {None}

    asking(tmp_path, "all-manager", scenario, a_morning())


def test_a_figure_of_the_moment_has_no_course_and_says_which_one_has(tmp_path: Path) -> None:
    async def scenario(link: FeedClient, memory: Remembering) -> None:
        for figure, told in (
            ("waiting", "its course over the day is waiting_mean"),
            ("staffed", "its course over the day is staffed_mean"),
            ("longest_wait_now", "one moment only$"),
            ("rest_answer_rate", "one moment only$"),
        ):
            with pytest.raises(Refused, match=told):
                await link.ask("history", HistoryParams(figure, START, START + HOUR), HistoryResult)

    asking(tmp_path, "all-manager", scenario, a_morning())


def test_calls_come_in_the_order_that_was_asked_for_page_by_page(tmp_path: Path) -> None:
    async def scenario(link: FeedClient, memory: Remembering) -> None:
        for order, first in (
            ("wait", lambda leg, at: at - leg.joined_at if leg.outcome == "waiting" else leg.wait_ms),
            ("agent", lambda leg, at: leg.agent),
            ("queue", lambda leg, at: leg.queue),
        ):
            legs = []
            asked = CallsParams("offered", limit=10, order=order)
            while len(legs) < 24:
                page = await link.ask("calls", asked, CallsResult)
                legs += page.calls
                asked = CallsParams("offered", limit=10, order=order, at=page.at, after=page.calls[-1].leg)
            keys = [(first(leg, page.at), leg.joined_at, leg.leg) for leg in legs]
            assert keys == sorted(keys)
            back = await link.ask("calls", CallsParams("offered", order=f"-{order}", at=page.at), CallsResult)
            assert back.calls == legs[::-1]
        with pytest.raises(Refused, match="not by 'colour'"):
            await link.ask("calls", CallsParams("offered", order="colour"), CallsResult)

    asking(tmp_path, "all-manager", scenario, a_morning())


def test_an_opened_share_is_its_calls_and_the_number_on_the_screen(tmp_path: Path) -> None:
    async def scenario(link: FeedClient, memory: Remembering) -> None:
        key = "figures:queue:claim:today"
        await memory.until(lambda: isinstance(memory.entities.get(key), Figures))
        await memory.until(lambda: memory.entities[key].values["offered"] == 6)  # type: ignore[union-attr]
        figures = memory.entities[key]
        assert isinstance(figures, Figures)
        for figure in ("answer_rate_a2", "abandon_rate", "service_level_f1"):
            found = await link.ask("calls", CallsParams(figure, queue="claim"), CallsResult)
            assert found.ratio and found.value == figures.values[figure]
            assert found.over * 100 / (found.total + found.hidden) == found.value
        plain = await link.ask("calls", CallsParams("offered", queue="claim"), CallsResult)
        assert (plain.ratio, plain.over, plain.value) == (False, 6, 6)
        past = await link.ask("calls", CallsParams("answer_rate_a2", queue="claim", at=START + 60_000), CallsResult)
        assert past.value is None

    asking(tmp_path, "all-manager", scenario, a_morning())


def test_what_is_hidden_is_part_of_the_value_all_the_same(tmp_path: Path) -> None:
    async def scenario(link: FeedClient, memory: Remembering) -> None:
        found = await link.ask("calls", CallsParams("answer_rate_a2", queue="claim"), CallsResult)
        assert (found.total, found.hidden, found.over, sum(found.counted)) == (4, 2, 4, 4)
        assert found.value == 400 / 6

    asking(tmp_path, "claim-of-team-1", scenario, a_morning())
