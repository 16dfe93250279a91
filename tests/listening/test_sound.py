"""Sound between a tap and a loudspeaker: even, bounded, and never in the floor's way."""

from __future__ import annotations

import asyncio
import selectors
import threading
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds import wire
from feeds.gateway.publishing import sound
from feeds.gateway.publishing.sound import LATE, SILENCE, Budget, Line, Steady
from feeds.sound import Ear
from tests.listening.taps import TONE, give, hearing, tapped_gateway

pytestmark = pytest.mark.slow  # together they take seconds; the quick part has a minute for all

FRAME = b"\1\1" * 160


def test_steady_sound_goes_through_as_it_comes() -> None:
    steady = Steady()
    out = [one for turn in range(50) for one in steady.take(FRAME, 1000 + 20 * turn)]
    assert out == [(1000 + 20 * turn, FRAME) for turn in range(50)]


def test_a_gap_becomes_silence_and_what_follows_is_not_late() -> None:
    steady = Steady()
    steady.take(FRAME, 0)
    silence = [one for now in range(20, 1020, 20) for one in steady.pass_time(now)]
    assert silence == [(20 * turn, SILENCE) for turn in range(1, 51 - LATE - 1)]
    (late, *_) = [at for at, frame in steady.take(FRAME, 1020) if frame == FRAME]
    assert 1020 - late <= 20 * (LATE + 1)


@given(st.lists(st.tuples(st.integers(0, 400), st.integers(0, 800)), max_size=60))
def test_whatever_comes_the_clock_is_even_and_nothing_piles_up(arrivals: list[tuple[int, int]]) -> None:
    steady, now, out = Steady(), 5000, []
    for pause, size in arrivals:
        for moment in range(now, now + pause, 20):
            out += steady.pass_time(moment)
        now += pause
        out += steady.take(bytes(2 * size), now)
    times = [at for at, _ in out]
    assert times == list(range(times[0], times[0] + 20 * len(times), 20)) if times else True
    assert all(len(frame) == wire.SOUND_BYTES for _, frame in out)
    assert all(at <= now + 20 * (sound.EARLY + 1) for at in times)


def test_a_console_may_speak_no_faster_than_time_passes() -> None:
    budget = Budget()
    assert sum(budget.takes(FRAME) for _ in range(100)) <= 17


def test_an_ear_gives_what_came_in_order_and_silence_for_what_did_not() -> None:
    ear = Ear(7, ahead_ms=40)
    assert ear.take(20) == bytes(320), "nothing is given before something is gathered"
    for turn in (1, 0, 3, 2):
        ear.put(wire.Sound(7, 1000 + 20 * turn, bytes([turn, 0]) * 160))
    ear.put(wire.Sound(8, 1000, FRAME))
    assert [ear.take(20)[0] for _ in range(3)] == [1, 2, 3]
    assert ear.late == 1, "a frame from before the first one has no turn any more"
    assert ear.take(20) == bytes(320) and ear.missing == 1
    ear.put(wire.Sound(7, 1100, FRAME))
    ear.put(wire.Sound(7, 1120, FRAME))
    assert (ear.take(10) + ear.take(30))[-320:] == FRAME, "a hole is as long as what is missing in it"


def test_an_ear_that_falls_behind_goes_on_in_the_present() -> None:
    ear = Ear(7)
    start = (1 << 32) - 100
    for turn in range(30):
        ear.put(wire.Sound(7, (start + 20 * turn) % (1 << 32), bytes([turn, 0]) * 160))
    assert ear.passed_over > 0
    assert ear.take(20)[0] >= 19


@given(st.binary(max_size=4000))
def test_no_binary_frame_breaks_the_reader(data: bytes) -> None:
    try:
        found = wire.decode_sound(data)
    except wire.MalformedFrame:
        return
    assert wire.encode_sound(found.session, found.at_ms, found.pcm) == data


def test_a_line_that_is_busy_drops_old_sound_and_no_frame_of_the_floor(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with tapped_gateway(tmp_path) as (gateway, tapped), hearing(gateway, "all-manager") as (link, memory):
            await give(link, "listening.start", seat="s0")
            tap = await tapped.tapper.tap()
            tap.hearer.joined()
            await memory.session("waiting")
            (session,) = gateway.services.orders.listening.sessions.values()
            assert session.line.subscriber is not None
            session.line.subscriber.behind = True
            count = 0
            while not session.line.dropped:
                session.line.send(session.number, 20 * count, FRAME)
                count += 1
                await asyncio.sleep(0.02)
            assert not memory.sounds
            session.line.subscriber.behind = False
            session.line.send(session.number, 20 * count, FRAME)
            await memory.until(lambda: memory.sounds and memory.sounds[-1].at_ms == 20 * count)
            assert memory.sounds[0].at_ms >= 20 * session.line.dropped > 0, "the newest are what is kept"
            await memory.session("waiting")

    asyncio.run(scenario())


def test_a_console_that_takes_nothing_loses_sound_and_its_sessions_within_two_seconds(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with (
            tapped_gateway(tmp_path) as (gateway, tapped),
            hearing(gateway, "all-manager") as (_, watcher),
            hearing(gateway, "all-manager") as (link, memory),
        ):
            await give(link, "listening.start", seat="s0")
            tap = await tapped.tapper.tap()
            tap.hearer.joined()
            tap.hearer.heard(TONE)
            await memory.session("on")
            assert link._socket is not None
            link._socket.transport.pause_reading()  # as a machine that froze, or a cable that was pulled
            ended = await watcher.session("ended")
            assert ended.reason == "the console does not answer"

    asyncio.run(scenario())


class Deaf:
    """A connection over which pings go and no answer comes."""

    def __init__(self) -> None:
        self.asked = 0

    async def ping(self) -> asyncio.Future[float]:
        self.asked += 1
        return asyncio.get_running_loop().create_future()


class NoTimePasses(asyncio.SelectorEventLoop):
    """A loop whose clock jumps to what is due next: how long something takes by it is the same on every machine."""

    def __init__(self) -> None:
        self._waited = 0.0
        selector = selectors.SelectSelector()
        select = selector.select

        def at_once(timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
            self._waited += timeout or 0.0
            return select(0)

        selector.select = at_once  # type: ignore[method-assign]
        super().__init__(selector)

    def time(self) -> float:
        return self._waited


def test_who_gives_no_answer_is_lost_within_two_seconds_whenever_they_fell_silent() -> None:
    async def scenario() -> float:
        deaf = Deaf()
        await Line(deaf, "deaf").lost()  # type: ignore[arg-type]
        assert deaf.asked == 1
        return asyncio.get_running_loop().time()

    with asyncio.Runner(loop_factory=NoTimePasses) as runner:
        assert 1.0 < runner.run(scenario()) < 2.0 - sound.ASK_S, "it may have answered just before"


def test_a_gateway_that_stood_still_itself_takes_no_console_for_silent(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with tapped_gateway(tmp_path) as (gateway, tapped), hearing(gateway, "all-manager") as (link, memory):
            await give(link, "listening.start", seat="s0")
            tap = await tapped.tapper.tap()
            tap.hearer.joined()
            tap.hearer.heard(TONE)
            await memory.session("on")
            (session,) = gateway.services.orders.listening.sessions.values()
            connection = session.line._connection
            ping, asked = connection.ping, 0

            async def stand_still() -> asyncio.Future[float]:
                nonlocal asked
                asked += 1
                pong = await ping()
                if asked == 1:
                    threading.Event().wait(sound.ANSWER_S + 0.1)  # nothing of this process runs meanwhile
                return pong  # type: ignore[return-value]

            connection.ping = stand_still  # type: ignore[method-assign, assignment]
            await memory.until(lambda: asked == 3 or session.state == "ended")
            assert (session.state, session.why) == ("on", "")

    asyncio.run(scenario())
