"""Queues: a figure opened to its calls on a day of seven thousand, and the day's curves drawn anew."""

from __future__ import annotations

import asyncio
import os
import random
import statistics
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path

from feeds import facts
from feeds.client import FeedClient
from feeds.facts import AnyFact
from feeds.requests import CallsParams, CallsResult, HistoryParams, HistoryResult
from tests.bench.harness import Row, percentile, say
from tests.gateway.floors import START, everybody_signs_in, small_site
from tests.gateway.harness import ToldSource, console, running_gateway
from widgets.curves.curve_texts import CurvesText, CurveText, LimitText, PaneText
from widgets.tones import Tone

CALLS, HOURS = 7_000, 10
SERIES, QUARTERS, MINUTES = 8, 8 * 4, 8 * 60
"""Eight series of eight hours: a point a quarter of an hour, as the desk asks for them, and a point a minute."""


def run(quick: bool = False) -> Iterable[Row]:
    """All rows of the queues."""
    with tempfile.TemporaryDirectory() as name:
        opened, history = asyncio.run(_ask(Path(name), 5 if quick else 25))
    rows = [
        Row(
            f"a figure opens to its first 200 of {CALLS:,} calls", "≤ 200 ms", _spread(opened),
            statistics.median(opened) <= 0.200,
        ),
        Row("a day's course of one figure, 40 quarters", "", _spread(history)),
    ]  # fmt: skip
    times = 20 if quick else 100
    return [*rows, _curves(times, QUARTERS, "a quarter"), _curves(times, MINUTES, "a minute")]


def _spread(seconds: list[float]) -> str:
    return f"p50 {statistics.median(seconds) * 1000:.1f} ms, p95 {percentile(seconds, 0.95) * 1000:.1f} ms"


def a_day() -> list[AnyFact]:
    """Seven thousand calls in four queues, nineteen of twenty answered."""
    dice = random.Random(3)
    told: list[AnyFact] = everybody_signs_in(START)
    for number in range(CALLS):
        at = START + dice.randrange(HOURS * 3_600_000)
        call, leg = f"c{number}", f"l{number}"
        queue, agent = dice.choice(("claim", "dual", "enquiry", "vip")), f"a{dice.randrange(8)}"
        wait = dice.randrange(40_000)
        told += [
            facts.CallArrived(at=at, call=call, number=f"138{number:08}"),
            facts.LegJoined(at=at, leg=leg, call=call, queue=queue, number=f"138{number:08}"),
        ]
        if dice.random() < 0.05:
            told.append(facts.LegAbandoned(at=at + wait, leg=leg))
        else:
            told.append(facts.LegAnswered(at=at + wait, leg=leg, agent=agent))
            told.append(facts.TalkEnded(at=at + wait + dice.randrange(300_000), leg=leg))
    return sorted(told, key=lambda fact: fact.at)


async def _ask(folder: Path, times: int) -> tuple[list[float], list[float]]:
    source = ToldSource()
    running = running_gateway(small_site(), source, folder)
    async with running as gateway, console(gateway, "all-manager") as (link, seen):
        await seen.live()
        say(f"  telling {CALLS} calls …")
        day = a_day()
        for begin in range(0, len(day), 2000):
            await source.tell(*day[begin : begin + 2000])
        figures = ("answer_rate_a2", "service_level_f1", "offered", "aht", "abandoned")
        opened = [await _opened(link, figures[number % len(figures)]) for number in range(times)]
        history = []
        for _ in range(times):
            begun = time.perf_counter()
            asked = HistoryParams("need", START, START + HOURS * 3_600_000)
            await link.ask("history", asked, HistoryResult)
            history.append(time.perf_counter() - begun)
        return opened, history


async def _opened(link: FeedClient, figure: str) -> float:
    begun = time.perf_counter()
    found = await link.ask("calls", CallsParams(figure, limit=200, order="-wait"), CallsResult)
    assert found.total > 100 and len(found.calls) == 200
    return time.perf_counter() - begun


def _curves(times: int, steps: int, point: str) -> Row:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from console import app
    from console.theme import palette

    application = app.application()
    from widgets.curves.curve_plot import CurvePlot

    plot = CurvePlot(palette("light"))
    plot.resize(920, 560)
    plot.show()
    spent, clock = [], []
    for number in range(times + 3):
        text = _text(number, steps)
        begun, used = time.perf_counter(), time.thread_time()
        plot.set_text(text)
        plot.grab()  # offscreen a repaint may be put off; a picture may not
        spent.append(time.thread_time() - used)
        clock.append(time.perf_counter() - begun)
    plot.close()
    plot.deleteLater()
    application.sendPostedEvents(None, 52)
    spent, clock = spent[3:], clock[3:]  # the first ones make what the later ones only fill
    measured = f"{_spread(clock)}; p50 {statistics.median(spent) * 1000:.1f} ms of processor time"
    work = f"curves of 8 h × {SERIES} series redraw, a point {point}"
    if steps != QUARTERS:
        return Row(work, "", measured)
    return Row(work, "≤ 10 ms", measured, statistics.median(clock) <= 0.010)


def _text(seed: int, steps: int) -> CurvesText:
    dice = random.Random(seed)
    panes = []
    for pane in range(4):
        curves = tuple(
            CurveText(
                f"{pane}{one}", f"series {one}", tuple(90 + dice.random() * 10 for _ in range(steps)),
                tuple(Tone.WARN if dice.random() < 0.05 else Tone.CALM for _ in range(steps)), weight=one + 1,
            )
            for one in range(SERIES // 4)
        )  # fmt: skip
        panes.append(PaneText(f"pane {pane}", curves, (LimitText(95.0, "≥ 95%"),), 0.0, 101.0))
    ticks = tuple((hour * steps / 8, f"{hour + 8:02}:00") for hour in range(8))
    return CurvesText(tuple(panes), steps, ticks, frozenset({10, 11}), unfinished=True)
