"""The feed's thread meets Qt's: a real gateway on loopback, killed, restarted and resumed."""

from __future__ import annotations

import asyncio
import gc
import random
import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest
from pytestqt.qtbot import QtBot

from config.load import load, shipped_sites
from console import refresh
from console.app import Session
from console.feeding import PAUSE_S, SLACK_S, Address, Batch, Beat, Feed
from console.machine import quick_enums
from console.phrases.freshness import banner_text
from console.wall.command import begin, parsed
from console.words import Words
from feeds import wire
from feeds.entities import Queue
from feeds.glance import Glance
from feeds.wire import BeatParams, Seeking, SourceBeat
from tests.gateway.floors import START, small_site
from tests.gateway.harness import ToldSource, free_port, gateway_in_a_thread
from widgets.texts import BannerText

WAIT_MS = 60_000
ROOT = Path(__file__).resolve().parent.parent.parent


def test_a_session_turns_live_with_the_whole_floor(qtbot: QtBot, tmp_path: Path) -> None:
    with gateway_in_a_thread(small_site(), ToldSource(), tmp_path) as url:
        session = Session(Address(url, "all-wall"))
        session.start()
        try:
            qtbot.waitUntil(lambda: not session.live.stale, timeout=WAIT_MS)
            sight = session.live.sight()
            assert sight.site is not None
            assert {queue.key for queue in sight.queues()} >= {"queue:claim", "queue:vip"}
            assert abs(sight.now - START) < 60_000
            assert sight.welcome is not None and sight.epoch == sight.welcome.epoch != ""
        finally:
            session.stop()


@pytest.mark.slow
@pytest.mark.parametrize("hours", [24, -24])
def test_a_machine_whose_clock_is_a_day_off_shows_the_floor_s_time_and_is_live(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, hours: int
) -> None:
    real, off_s = time.time, [hours * 3600.0]
    monkeypatch.setattr(time, "time", lambda: real() + off_s[0])
    with gateway_in_a_thread(small_site(), ToldSource(), tmp_path) as url:
        session = Session(Address(url, "all-wall"))
        session.start()
        stale: list[bool] = []
        try:
            qtbot.waitUntil(lambda: not session.live.stale, timeout=WAIT_MS)
            session.live.trust_changed.connect(lambda: stale.append(session.live.stale))
            for off_s[0] in (hours * 3600.0, 0.0, -hours * 3600.0):  # it may also be put right meanwhile
                beat = session.live._beat
                qtbot.waitUntil(lambda old=beat: session.live._beat is not old, timeout=WAIT_MS)
                sight = session.live.sight()
                assert abs(sight.now - START) < 60_000 and 0 <= sight.age < 3
                assert all(0 <= source.age < 5 for source in sight.sources.values())
            assert stale == [] and not session.live.stale
        finally:
            session.stop()


@pytest.mark.slow
def test_a_session_is_stale_without_its_gateway_and_comes_back_by_itself(qtbot: QtBot, tmp_path: Path) -> None:
    port = free_port()
    with gateway_in_a_thread(small_site(), ToldSource(), tmp_path, port=port) as url:
        session = Session(Address(url, "all-wall"))
        session.start()
        try:
            qtbot.waitUntil(lambda: not session.live.stale, timeout=WAIT_MS)
        except BaseException:
            session.stop()
            raise
    try:
        qtbot.waitUntil(lambda: session.live.stale, timeout=WAIT_MS)
        qtbot.waitUntil(lambda: session.live.sight().link.attempt >= 1, timeout=WAIT_MS)
        assert session.live.sight().site is not None, "the last values stay"
        with gateway_in_a_thread(small_site(), ToldSource(), tmp_path, port=port):
            qtbot.waitUntil(lambda: not session.live.stale, timeout=WAIT_MS)
    finally:
        session.stop()


def test_a_refused_session_says_why(qtbot: QtBot, tmp_path: Path) -> None:
    with gateway_in_a_thread(small_site(), ToldSource(), tmp_path) as url:
        session = Session(Address(url, "no such token"))
        session.start()
        try:
            qtbot.waitUntil(lambda: session.live.sight().link.phase == "refused", timeout=WAIT_MS)
            sight = session.live.sight()
            assert "token" in sight.link.reason
            assert sight.link.code == "hello.unknown_token"
            banner = banner_text(sight, Words("zh_CN"))
            assert banner == BannerText("令牌无效", "请更新令牌文件，或用新令牌重启大屏  ·  网关不认识此令牌")
            assert session.live.stale
        finally:
            session.stop()


@pytest.mark.slow
def test_a_wall_whose_token_is_revoked_says_so_in_its_language_and_what_to_do(qtbot: QtBot, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(shipped_sites()["demo"], tmp_path / "site"))
    access = folder / "access.yaml"
    with gateway_in_a_thread(load(folder), ToldSource(), tmp_path, site_folder=folder) as url:
        session = Session(Address(url, "demo-wall"))
        session.start()
        try:
            qtbot.waitUntil(lambda: not session.live.stale, timeout=WAIT_MS)
            text = access.read_text("utf-8")
            assert "    role: wall\n" in text
            access.write_text(text.replace("    role: wall\n", "    role: wall\n    revoked: true\n"), "utf-8")
            qtbot.waitUntil(lambda: session.live.sight().link.code == "hello.revoked", timeout=WAIT_MS)
            banner = banner_text(session.live.sight(), Words("zh_CN"))
            assert banner is not None and banner.title.startswith("数据中断")
            assert "请更新令牌文件，或用新令牌重启大屏  ·  令牌 wall 已作废" in banner.detail
            english = banner_text(session.live.sight(), Words("en"))
            assert english is not None
            advice = "Put a new token into its file, or restart the wall with one"
            assert english.detail.endswith(f"{advice}  ·  token wall revoked")
        finally:
            session.stop()


@pytest.mark.slow
def test_a_refused_wall_is_live_by_itself_once_another_token_is_in_its_file(qtbot: QtBot, tmp_path: Path) -> None:
    file = tmp_path / "token"
    file.write_text("an old one\n", "utf-8")
    with gateway_in_a_thread(small_site(), ToldSource(), tmp_path) as url:
        feed = begin(parsed(["--gateway", url, "--token-file", str(file)]))
        session = Session(feed)
        session.start()
        session.settle()
        try:
            qtbot.waitUntil(lambda: session.live.sight().link.phase == "refused", timeout=WAIT_MS)
            file.write_text("all-wall\n", "utf-8")
            qtbot.waitUntil(lambda: not session.live.stale, timeout=WAIT_MS)
        finally:
            session.stop()
            gc.enable()
            quick_enums.end()


def test_a_wall_at_an_address_of_something_else_says_so_in_its_language(qtbot: QtBot) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        url = f"ws://127.0.0.1:{server.getsockname()[1]}"

        def answer() -> None:
            line, _ = server.accept()
            with line:
                line.recv(4096)
                line.sendall(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n")

        elsewhere = threading.Thread(target=answer)
        elsewhere.start()
        session = Session(Address(url, "all-wall"))
        session.start()
        try:
            qtbot.waitUntil(lambda: session.live.sight().link.phase == "refused", timeout=WAIT_MS)
            banner = banner_text(session.live.sight(), Words("zh_CN"))
            assert banner is not None and banner.title == "不是 Watchfloor 网关"
            assert banner.detail.startswith(f"请检查 --gateway 的主机和端口  ·  {url} 不支持 watchfloor.v1 协议")
        finally:
            session.stop()
            elsewhere.join()


def test_a_wall_at_a_gateway_of_another_protocol_says_which_to_update_and_not_to_look_for_another_address(
    qtbot: QtBot, tmp_path: Path
) -> None:
    with pytest.MonkeyPatch.context() as newer:
        newer.setattr(wire, "SUBPROTOCOL", "watchfloor.v2")
        with gateway_in_a_thread(small_site(), ToldSource(), tmp_path) as url:
            newer.undo()
            session = Session(Address(url, "all-wall"))
            session.start()
            try:
                qtbot.waitUntil(lambda: session.live.sight().link.phase == "refused", timeout=WAIT_MS)
                banner = banner_text(session.live.sight(), Words("en"))
                assert banner is not None and banner.title == "Gateway of another version"
                said = f"{url} is a gateway of another version: it speaks watchfloor.v2, this program watchfloor.v1"
                assert banner.detail == f"Update the wall or the gateway  ·  {said}"
            finally:
                session.stop()


def test_a_machine_that_woke_up_connects_anew_and_resumes(qtbot: QtBot, tmp_path: Path) -> None:
    with gateway_in_a_thread(small_site(), ToldSource(), tmp_path) as url:
        session = Session(Address(url, "all-wall"))
        session.start()
        try:
            qtbot.waitUntil(lambda: not session.live.stale, timeout=WAIT_MS)
            session.wake()
            assert session.live.stale
            qtbot.waitUntil(lambda: not session.live.stale, timeout=WAIT_MS)
        finally:
            session.stop()


def test_the_feed_s_thread_ends_with_its_link(qtbot: QtBot) -> None:
    link = Feed(Address("ws://127.0.0.1:9"))
    link.start()
    qtbot.waitUntil(lambda: any(thread.name == "feed" for thread in threading.enumerate()))
    link.stop()
    assert not any(thread.name == "feed" for thread in threading.enumerate())


def test_a_link_that_was_never_started_stops_quietly(qtbot: QtBot) -> None:
    feed = Feed(Address("ws://127.0.0.1:9"))
    feed.stop()
    assert not feed.started
    assert not any(thread.name == "feed" for thread in threading.enumerate())


def test_a_feed_that_runs_before_its_session_has_the_floor_ready(qtbot: QtBot, tmp_path: Path) -> None:
    with gateway_in_a_thread(small_site(), ToldSource(), tmp_path) as url:
        feed = Feed(Address(url, "all-wall"))
        feed.start()
        session = Session(feed)
        try:
            qtbot.waitUntil(lambda: feed._pending.beat is not None, timeout=WAIT_MS)
            assert session.live.stale, "nobody has told it anything yet"
            session.start()
            assert session.live.complete
            assert not session.live.stale, "what was proved meanwhile is live at once"
        finally:
            session.stop()


@pytest.mark.slow
def test_a_wall_is_live_by_a_glance_and_stays_so_when_the_client_takes_over(qtbot: QtBot, tmp_path: Path) -> None:
    with gateway_in_a_thread(small_site(), ToldSource(), tmp_path) as url:
        feed = Feed(Address(url, "all-wall"), glance=True)
        feed.start()
        session = Session(feed)
        stale: list[bool] = []
        session.start()
        try:
            qtbot.waitUntil(lambda: not session.live.stale, timeout=WAIT_MS)
            assert session.live.sight().site is not None
            assert feed._loop is None, "the client is not there yet"
            session.live.trust_changed.connect(lambda: stale.append(session.live.stale))
            session.settle()
            qtbot.waitUntil(lambda: feed._task is not None, timeout=WAIT_MS)
            beat = session.live._beat
            qtbot.waitUntil(lambda: session.live._beat is not beat, timeout=WAIT_MS)
            qtbot.waitUntil(lambda: session.live.sight().link.phase == "live", timeout=WAIT_MS)
            assert stale == [], "nobody saw the change"
        finally:
            session.stop()


def test_a_glance_ends_with_its_feed(qtbot: QtBot, tmp_path: Path) -> None:
    with gateway_in_a_thread(small_site(), ToldSource(), tmp_path) as url:
        feed = Feed(Address(url, "all-wall"), glance=True)
        feed.start()
        qtbot.waitUntil(lambda: feed._pending.beat is not None, timeout=WAIT_MS)
        feed.stop()
        assert not any(thread.name == "feed" for thread in threading.enumerate())
        assert feed._loop is None, "the client was not loaded only to be ended"


def test_a_refused_glance_says_why_through_the_client(qtbot: QtBot, tmp_path: Path) -> None:
    with gateway_in_a_thread(small_site(), ToldSource(), tmp_path) as url:
        session = Session(Feed(Address(url, "no such token"), glance=True))
        session.start()
        try:
            qtbot.waitUntil(lambda: session.live.sight().link.phase == "refused", timeout=WAIT_MS)
            assert "token" in session.live.sight().link.reason
        finally:
            session.stop()


def test_a_machine_that_woke_up_during_a_glance_connects_anew(qtbot: QtBot, tmp_path: Path) -> None:
    with gateway_in_a_thread(small_site(), ToldSource(), tmp_path) as url:
        session = Session(Feed(Address(url, "all-wall"), glance=True))
        session.start()
        try:
            qtbot.waitUntil(lambda: not session.live.stale, timeout=WAIT_MS)
            session.wake()
            assert session.live.stale
            qtbot.waitUntil(lambda: not session.live.stale, timeout=WAIT_MS)
        finally:
            session.stop()


@pytest.mark.logs("the first look at the feed failed")
def test_a_glance_that_fails_in_a_way_that_nobody_foresaw_leaves_the_feed_to_the_client(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: Glance) -> None:
        raise RuntimeError("planted")

    monkeypatch.setattr(Glance, "follow", fail)
    with gateway_in_a_thread(small_site(), ToldSource(), tmp_path) as url:
        session = Session(Feed(Address(url, "all-wall"), glance=True))
        session.start()
        try:
            qtbot.waitUntil(lambda: not session.live.stale, timeout=WAIT_MS)
        finally:
            session.stop()


def test_a_proof_that_came_too_long_before_the_session_is_not_live(qtbot: QtBot) -> None:
    feed = Feed(Address("ws://127.0.0.1:9"))
    session = Session(feed)
    feed.on_snapshot([])
    feed.on_beat(BeatParams("e", 1, "d", 77, [SourceBeat("main", "up", 0, 0)]))
    beat = feed._pending.beat
    assert beat is not None
    feed._pending.beat = Beat(beat.at - 3.0, beat.now, beat.sources)
    session.start()
    try:
        assert session.live.complete
        assert session.live.stale
    finally:
        session.stop()


async def _told_on_the_way(feed: Feed, told: list[bool]) -> None:
    feed._loop = asyncio.get_running_loop()
    feed.listen(lambda: told.append(feed._pending.beat is not None))
    feed.on_snapshot([])
    feed.on_beat(BeatParams("e", 1, "d", 77, []))
    feed.on_state("live", 0, None, "")


def test_a_snapshot_is_told_together_with_the_beat_that_proves_it() -> None:
    told: list[bool] = []
    asyncio.run(_told_on_the_way(Feed(Address("ws://127.0.0.1:9")), told))
    assert told == [True]


class Rhythm:
    """A loop whose time is moved by hand, and a feed in it."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now, self.due = 0.0, list[tuple[float, Callable[[], None]]]()
        self.feed, self.told = Feed(Address("ws://127.0.0.1:9")), dict[float, int]()
        self.feed._loop = self  # type: ignore[assignment]
        monkeypatch.setattr("console.feeding.time", SimpleNamespace(monotonic=lambda: self.now))
        self.feed.listen(self._take)

    def call_later(self, wait: float, call: Callable[[], None]) -> Rhythm:
        self.due = [(self.now + wait, call)]
        return self

    def cancel(self) -> None:
        self.due = []

    def _take(self) -> None:
        self.told[self.now] = len(self.feed.take().entities)

    def until(self, moment: float) -> None:
        while self.due and self.due[0][0] <= moment:
            (self.now, call), self.due = self.due[0], []
            call()
        self.now = moment

    def frame(self, moment: float) -> None:
        self.until(moment)
        self.feed.on_changed([], [f"call:{moment}"])


def test_frames_in_a_rhythm_are_told_as_they_come_however_the_rhythm_sways(monkeypatch: pytest.MonkeyPatch) -> None:
    rhythm, dice = Rhythm(monkeypatch), random.Random(3)
    frames = [number / 20 + dice.random() * 0.008 for number in range(200)]
    for frame in frames:
        rhythm.frame(frame)
    assert set(rhythm.told) <= set(frames), "no telling is made just before the next frame"
    assert sum(rhythm.told.values()) >= 199
    assert len(rhythm.told) <= 102, "ten tellings a second"


def test_a_beat_between_two_frames_does_not_put_the_rhythm_out(monkeypatch: pytest.MonkeyPatch) -> None:
    rhythm = Rhythm(monkeypatch)
    for number in range(200):
        rhythm.frame(number / 20)
        rhythm.until(number / 20 + 0.02)
        rhythm.feed.on_beat(BeatParams("e", 1, "d", 77, []))
    assert set(rhythm.told) <= {number / 20 for number in range(200)}


def test_one_change_after_quiet_is_told_at_once_and_the_last_of_many_soon(monkeypatch: pytest.MonkeyPatch) -> None:
    rhythm = Rhythm(monkeypatch)
    for moment in (5.0, 5.03, 5.04):
        rhythm.frame(moment)
    rhythm.until(6.0)
    first, last = rhythm.told
    assert (first, rhythm.told[first], rhythm.told[last]) == (5.0, 1, 2)
    assert last - first < 1.2 * PAUSE_S


def test_what_the_feed_tells_in_its_rhythm_waits_for_no_second_clock() -> None:
    assert refresh.PAUSE_MS / 1000 < PAUSE_S - SLACK_S


def test_the_feed_is_followed_without_loading_qt() -> None:
    code = "import sys, console.wall.command, console.feeding, feeds.client; sys.exit('PySide6' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0


def test_how_far_a_move_in_a_recording_is_comes_with_the_beat_until_it_is_done(qtbot: QtBot) -> None:
    feed = Feed(Address("ws://127.0.0.1:9"))
    session = Session(feed)
    try:
        for seeking, seen in ((Seeking(START, 0.4), 0.4), (None, None)):
            feed.on_beat(BeatParams("e", 1, "d", START, [SourceBeat("main", "up", 0, 0)], seeking=seeking))
            session.live.take(feed.take())
            assert session.live.sight().seeking == seen
    finally:
        session.stop()


def test_what_comes_while_nobody_takes_it_becomes_one_batch(qtbot: QtBot) -> None:
    link = Feed(Address("ws://127.0.0.1:9"))

    def queue(waiting: int) -> Queue:
        return Queue(key="queue:claim", rev=waiting, waiting=waiting, ringing=0, in_service=0)

    link.on_snapshot([queue(1)])
    for waiting in range(2, 500):
        link.on_changed([queue(waiting)], ["queue:gone"])
    link.on_beat(BeatParams("e", 1, "d", 77, [SourceBeat("main", "down", 500, 0, "disk full")], pace=2.0))
    link.on_state("live", 0, None, "")
    batch = link.take()
    assert batch.whole
    assert batch.entities == {"queue:claim": queue(499), "queue:gone": None}
    assert batch.beat is not None
    assert (batch.beat.now, batch.beat.pace, batch.beat.sources[0].age) == (77, 2.0, 0.5)
    assert (batch.beat.sources[0].state, batch.beat.sources[0].why) == ("down", "disk full")
    assert link.take() == Batch()
