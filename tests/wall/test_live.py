"""When the floor may be called live: never three seconds after the last proof, never five after its source's."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from console.feeding import Batch, Beat, SourceBeat
from console.live import Live
from console.phrases.freshness import banner_text
from console.sight import LinkState, Sight
from console.wall.display import Display
from console.wall.panel import WallPanel
from console.words import Words
from feeds.entities import Queue, Source
from feeds.facts import SourceMode
from tests.wall import floors
from tests.wall.conftest import HandClock, beat, whole_floor


def test_a_proved_floor_is_live(live: Live) -> None:
    assert not live.stale
    assert not live.sight().stale


@pytest.mark.parametrize(("seconds", "stale"), [(0.5, False), (2.5, False), (2.95, True), (3.0, True), (60.0, True)])
def test_the_floor_is_stale_three_seconds_after_the_last_proof(
    live: Live, clock: HandClock, seconds: float, stale: bool
) -> None:
    clock.pass_(seconds)
    live.check()
    assert live.stale is stale


def test_the_floor_turns_stale_by_itself_when_nothing_arrives_any_more(qtbot: QtBot, clock: HandClock) -> None:
    made = Live(clock)
    made.take(whole_floor(clock.now - 2.7))
    assert not made.stale
    clock.pass_(0.3)
    with qtbot.waitSignal(made.trust_changed):
        pass
    assert made.stale
    made.stop()


def test_entities_alone_are_no_proof_of_life(live: Live, clock: HandClock) -> None:
    clock.pass_(2.5)
    queue = Queue(key="queue:claim", rev=9, waiting=9, ringing=0, in_service=0)
    live.take(Batch({"queue:claim": queue}))
    clock.pass_(0.5)
    live.check()
    assert live.stale


def test_one_silent_source_is_stale_while_the_other_is_live(live: Live, clock: HandClock) -> None:
    clock.pass_(1.0)
    live.take(Batch(beat=beat(clock.now, floors.NOW + 1000, 0.1, 4.8)))
    assert not live.sight().stale_for("second")
    clock.pass_(0.15)
    live.check()
    sight = live.sight()
    assert sight.stale_for("second")
    assert not sight.stale_for("main")
    assert not sight.stale


def test_the_floor_is_stale_when_its_only_source_is_silent_although_the_gateway_lives(
    live: Live, clock: HandClock
) -> None:
    for second in range(1, 7):
        clock.pass_(1.0)
        live.take(Batch(beat=beat(clock.now, floors.NOW + second * 1000, second)))
    sight = live.sight()
    assert sight.stale
    assert sight.age == pytest.approx(6.0)
    assert sight.held == pytest.approx(floors.NOW, abs=1)


def test_a_source_that_the_gateway_calls_down_is_stale_at_once(live: Live, clock: HandClock) -> None:
    live.take(Batch(beat=Beat(clock.now, floors.NOW, (SourceBeat("main", "down", 0.0),), 1.0)))
    assert live.stale


def test_what_is_told_an_hour_late_is_not_shown_as_live_however_alive_its_source_is(
    live: Live, clock: HandClock
) -> None:
    words = Words("zh_CN")
    late = (SourceBeat("main", "up", age=0.1, lag=3_771.0),)
    live.take(Batch(beat=Beat(clock.now, floors.NOW, late, 1.0)))
    sight = live.sight()
    assert sight.stale and sight.stale_for("main")
    assert sight.held == pytest.approx(floors.NOW - 3_771_000, abs=1)
    banner = banner_text(sight, words)
    assert banner is not None
    assert banner.title == "数据滞后 1:02:51"
    assert "网关正在追赶" in banner.detail
    live.take(Batch(beat=Beat(clock.now, floors.NOW, (SourceBeat("main", "up", age=0.1, lag=0.02),), 1.0)))
    assert not live.stale
    assert banner_text(live.sight(), words) is None


def test_a_link_that_doubts_what_it_has_is_stale_at_once(live: Live) -> None:
    live.take(Batch(link=LinkState("stale", reason="the digest differs")))
    assert live.stale


def test_the_floor_is_live_again_with_the_next_proof(live: Live, clock: HandClock) -> None:
    clock.pass_(30)
    live.check()
    assert live.stale
    live.take(Batch(beat=beat(clock.now, floors.NOW + 30_000)))
    assert not live.stale


def test_after_a_sleep_nothing_is_live_until_the_next_proof(live: Live) -> None:
    live.distrust()
    assert live.stale


def test_durations_stand_still_while_the_floor_is_stale_and_the_clock_goes_on(live: Live, clock: HandClock) -> None:
    clock.pass_(42)
    live.check()
    sight = live.sight()
    assert sight.moment("") == floors.NOW - 200  # when the source proved itself last
    assert sight.now == floors.NOW + 42_000
    assert sight.age == pytest.approx(42.2)


@pytest.mark.parametrize(("pace", "expected"), [(1.0, 2_000), (60.0, 120_000), (0.0, 0)])
def test_the_floor_s_clock_runs_at_the_pace_of_its_source(
    live: Live, clock: HandClock, pace: float, expected: int
) -> None:
    live.take(Batch(beat=beat(clock.now, floors.NOW, 0.0, pace=pace)))
    clock.pass_(2)
    assert live.sight().now == floors.NOW + expected


def test_a_whole_floor_replaces_everything_and_tells_what_is_gone(live: Live, clock: HandClock) -> None:
    told: list[frozenset[str]] = []
    live.changed.connect(told.append)
    live.take(Batch({"site:demo": floors.site()}, whole=True))
    assert set(live.entities) == {"site:demo"}
    assert "queue:claim" in told[0]


def test_an_entity_that_is_gone_is_gone_from_its_kind_as_well(live: Live) -> None:
    live.take(Batch({"queue:claim": None}))
    assert live.sight().queue("claim") is None
    assert "queue:claim" not in {queue.key for queue in live.sight().queues()}


def test_without_any_data_nothing_is_live(qtbot: QtBot) -> None:
    empty = Live()
    assert empty.sight().stale
    assert empty.sight().site is None
    empty.stop()


def test_what_changes_before_a_display_starts_is_shown_once_when_it_does(qtbot: QtBot, clock: HandClock) -> None:
    shown: list[bool] = []

    class Page(WallPanel):
        def look_at(self, sight: Sight, now: float) -> None:
            shown.append(sight.stale)

    made, page = Live(clock), Page()
    qtbot.addWidget(page)
    display = Display(made, page)
    try:
        made.take(whole_floor(clock.now))
        assert shown == []
        display.start()
        assert shown == [False]
        clock.pass_(3.0)
        made.check()
        assert shown == [False, True]
    finally:
        display.stop()
        made.stop()


@pytest.mark.parametrize(("mode", "goes_on"), [("live", True), ("simulated", False), ("replay", False)])
def test_the_time_of_a_played_floor_stands_without_its_gateway_and_that_of_a_real_one_goes_on(
    live: Live, clock: HandClock, mode: SourceMode, goes_on: bool
) -> None:
    source = Source(key="source:main", rev=2, state="up", mode=mode, speed=60.0, since=0)
    live.take(Batch({"source:main": source}, beat=beat(clock.now, floors.NOW, 0.0, pace=60.0)))
    clock.pass_(1)
    assert live.sight().now == floors.NOW + 60_000
    clock.pass_(600)
    live.check()
    sight = live.sight()
    assert sight.stale and sight.held == floors.NOW
    assert (sight.now > sight.held) is goes_on
    live.take(Batch(beat=beat(clock.now, floors.NOW + 120_000, pace=60.0)))
    clock.pass_(1)
    assert live.sight().now == floors.NOW + 180_000


def test_what_came_without_a_beat_is_not_shown_as_of_now_when_its_gateway_goes(qapp: QApplication) -> None:
    clock, words = HandClock(), Words("zh_CN")
    live = Live(clock)
    counting = LinkState("connecting", code="connect.catching_up", values={"percent": 54})
    live.take(Batch(dict(floors.floor()), whole=True, link=counting))
    assert live.sight().site is None
    live.take(Batch(link=LinkState("stale", attempt=3, next_at=1010.0, code="connect.address")))
    clock.pass_(600)
    sight = live.sight()
    banner = banner_text(sight, words)
    assert sight.stale and not list(sight.queues())
    assert banner is not None and "00:00" not in banner.title
    live.take(Batch(beat=beat(clock.now), link=LinkState("live")))
    assert live.sight().site is not None, "and with the first beat it is there"
    live.stop()
