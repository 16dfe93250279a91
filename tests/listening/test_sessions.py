"""Sessions of a gateway with a tapper that does as it is told: states, rights, ends, limits, and the audit."""

from __future__ import annotations

import asyncio
from pathlib import Path

import msgspec
import pytest

from config.schema import Site
from feeds import facts
from feeds.entities import Listening
from feeds.floor import Floor
from feeds.gateway.ordering import listening
from feeds.requests import OrderParams, OrderResult
from tests.gateway.floors import START, TOKENS, small_site, token
from tests.gateway.harness import ToldSource, running_gateway, stopwatch
from tests.listening.taps import TONE, give, hearing, talking, tapped_gateway

pytestmark = pytest.mark.slow  # together they take seconds; the quick part has a minute for all


@pytest.fixture(autouse=True)
def a_tap_has_its_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """No session ends by itself before a slow machine has come to what a test does next."""
    monkeypatch.setattr(listening, "JOIN_S", 600.0)


def site_with_listeners() -> Site:
    """The small site where supervisors may listen, but for the wall."""
    own = token("ear-of-claim", "listener", queues=["claim"], phones=["9001"])
    site = small_site(tokens=(*TOKENS, token("ear", "listener"), own))
    manager = site.roles[0]
    role = msgspec.structs.replace(manager, id="listener", rights=("listening.*",), masked=True)
    return msgspec.structs.replace(site, roles=(*site.roles, role))


def test_listening_is_said_only_after_the_tap_is_on_the_call_and_sound_has_come(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with tapped_gateway(tmp_path) as (gateway, tapped), hearing(gateway, "all-manager") as (link, memory):
            result = await give(link, "listening.start", seat="s0")
            assert result.state == "running"
            tap = await tapped.tapper.tap()
            assert (tap.channel, tap.mode) == ("PJSIP/8000-00000000", "listen")
            began = await memory.session("starting")
            assert (began.seat, began.leg, began.order, began.by) == ("s0", "l1", result.order, "all-manager")
            tap.hearer.joined()
            await memory.session("waiting")
            assert memory.entities[f"order:{result.order}"].state == "running"  # type: ignore[union-attr]
            tap.hearer.heard(TONE)
            await memory.session("on")
            assert await memory.order(result, "done") == "nobody hears you"
            await memory.until(lambda: memory.sounds)
            assert (memory.sounds[0].session, memory.sounds[0].pcm) == (began.session, TONE)
            tap.hearer.ended("the call has ended")
            assert (await memory.session("ended")).reason == "the call has ended"
            await memory.until(lambda: tap.closed)

    asyncio.run(scenario())


def test_sound_that_overtakes_the_word_of_the_tap_counts_when_the_word_comes(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with tapped_gateway(tmp_path) as (gateway, tapped), hearing(gateway, "all-manager") as (link, memory):
            result = await give(link, "listening.start", call="l1")
            tap = await tapped.tapper.tap()
            tap.hearer.heard(TONE)
            await memory.until(lambda: memory.sounds)
            assert (await memory.session("starting")).seat == "s0"
            tap.hearer.joined()
            await memory.session("on")
            await memory.order(result, "done")

    asyncio.run(scenario())


def test_a_line_without_sound_is_waited_for_in_clear_words_and_fails_with_the_call(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def scenario() -> None:
        async with tapped_gateway(tmp_path) as (gateway, tapped), hearing(gateway, "all-manager") as (link, memory):
            result = await give(link, "listening.start", seat="s0")
            tap = await tapped.tapper.tap()
            monkeypatch.setattr(listening, "JOIN_S", 0.2)  # from when it has joined
            tap.hearer.joined()
            key = f"order:{result.order}"
            await memory.until(lambda: getattr(memory.entities.get(key), "text", "") == listening.UNHEARD)
            assert (await memory.session("waiting")).reason == ""
            tapped.tapper.taps[0].hearer.ended("the call has ended")
            assert await memory.order(result, "failed") == "the call has ended"

    asyncio.run(scenario())


def test_a_tap_that_never_joins_the_call_fails_and_is_closed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listening, "JOIN_S", 0.2)

    async def scenario() -> None:
        async with tapped_gateway(tmp_path) as (gateway, tapped), hearing(gateway, "all-manager") as (link, memory):
            result = await give(link, "listening.start", seat="s0")
            assert "did not join" in await memory.order(result, "failed")
            assert tapped.tapper.taps[0].closed
            tapped.tapper.cannot_open = "Asterisk refuses Originate: no such thing"
            result = await give(link, "listening.start", seat="s0")
            assert await memory.order(result, "failed") == "Asterisk refuses Originate: no such thing"

    asyncio.run(scenario())


def test_modes_are_switched_and_told_and_what_cannot_be_is_as_before(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with tapped_gateway(tmp_path) as (gateway, tapped), hearing(gateway, "all-manager") as (link, memory):
            await give(link, "listening.start", seat="s0")
            tap = await tapped.tapper.tap()
            number = (await memory.session("starting")).session
            early = await give(link, "listening.mode", session=number, mode="barge")
            assert early.state == "refused" and "not joined" in early.text
            tap.hearer.joined()
            tap.hearer.heard(TONE)
            await memory.session("on")
            for mode in ("whisper", "barge", "listen", "take_over"):
                done = await give(link, "listening.mode", session=number, mode=mode)
                assert done.state == "done" and done.text
                assert tap.mode == mode
                await memory.until(lambda mode=mode: memory.sessions()[-1].mode == mode)
            back = await give(link, "listening.mode", session=number, mode="listen")
            assert back.state == "refused" and "taken over" in back.text
            for wrong in ({"mode": "shout"}, {"mode": "listen", "session": 0}, {}, {"session": True}):
                assert (await give(link, "listening.mode", **({"session": number} | wrong))).state == "refused"

    asyncio.run(scenario())


def test_a_mode_that_the_source_refuses_stays_as_it_was(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with tapped_gateway(tmp_path) as (gateway, tapped), hearing(gateway, "all-manager") as (link, memory):
            await give(link, "listening.start", seat="s0")
            tap = await tapped.tapper.tap()
            tap.hearer.joined()
            number = (await memory.session("waiting")).session
            tap.refuses = "there is not one caller joined to the agent now"
            failed = await give(link, "listening.mode", session=number, mode="take over")
            assert failed.state == "failed" and failed.text.endswith("the mode is listen as before")
            assert memory.sessions()[-1].mode == "listen"

    asyncio.run(scenario())


def test_what_a_console_says_is_heard_in_speaking_modes_of_its_own_sessions_only(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with (
            tapped_gateway(tmp_path) as (gateway, tapped),
            hearing(gateway, "all-manager") as (link, memory),
            hearing(gateway, "all-manager") as (other, _),
        ):
            await give(link, "listening.start", seat="s0")
            tap = await tapped.tapper.tap()
            tap.hearer.joined()
            tap.hearer.heard(TONE)
            number = (await memory.session("on")).session
            await link.say(number, b"\1\1" * 160)
            await give(link, "listening.mode", session=number, mode="whisper")
            assert tap.said == [], "in listen mode nothing of the supervisor's leaves the gateway"
            await other.say(number, b"\2\2" * 160)
            await link.say(number + 1, b"\3\3" * 160)
            await give(other, "alarm.acknowledge", alarm="alarm:none")
            await link.say(number, b"\4\4" * 160)
            await memory.until(lambda: tap.said)
            assert tap.said == [b"\4\4" * 160]

    asyncio.run(scenario())


def test_more_sound_than_there_is_time_for_is_not_passed_on(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with tapped_gateway(tmp_path) as (gateway, tapped), hearing(gateway, "all-manager") as (link, memory):
            await give(link, "listening.start", seat="s0", mode="barge")
            tap = await tapped.tapper.tap()
            tap.hearer.joined()
            number = (await memory.session("waiting")).session
            for _ in range(200):
                await link.say(number, TONE)
            await give(link, "listening.stop", session=number)
            assert 10 <= len(tap.said) <= 40

    asyncio.run(scenario())


def test_a_malformed_binary_frame_sends_the_console_away(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with tapped_gateway(tmp_path) as (gateway, _), hearing(gateway, "all-manager") as (link, memory):
            await link.say(1, b"odd")
            await memory.until(lambda: any("frame of sound" in reason for _, reason in memory.states))

    asyncio.run(scenario())


def test_a_session_ends_with_its_console_its_right_and_its_order_and_says_why(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with tapped_gateway(tmp_path) as (gateway, tapped), hearing(gateway, "all-manager") as (_, watcher):
            async with hearing(gateway, "all-manager") as (link, memory):
                await give(link, "listening.start", seat="s0")
                await memory.session("starting")
            assert (await watcher.session("ended")).reason == "the console is gone"
            await watcher.until(lambda: tapped.tapper.taps[0].closed)
            async with hearing(gateway, "all-manager") as (link, memory):
                await give(link, "listening.start", seat="s0")
                shown = await memory.session("starting")
                stopped = await give(link, "listening.stop", session=shown.session)
                assert stopped.state == "done"
                assert (await memory.session("ended")).reason == "stopped by all-manager"
                again = await give(link, "listening.stop", session=shown.session)
                assert again.state == "refused"
                await give(link, "listening.start", seat="s0")
                await memory.session("starting")
                desk = next(iter(one for one in gateway._desks if one.line in {
                    session.line for session in gateway.services.orders.listening.sessions.values()
                }))  # fmt: skip
                await desk.dismiss(4403, "the token was revoked; ask for a new one")
                assert "revoked" in (await watcher.session("ended")).reason

    asyncio.run(scenario())


def test_a_right_that_is_taken_away_ends_the_session_within_two_seconds(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with (
            tapped_gateway(tmp_path, site_with_listeners()) as (gateway, tapped),
            hearing(gateway, "all-manager") as (_, watcher),
            hearing(gateway, "ear") as (link, _),
        ):
            await give(link, "listening.start", seat="s0")
            (await tapped.tapper.tap()).hearer.joined()
            await watcher.session("waiting")
            passes = gateway.services.credentials._passes
            role = msgspec.structs.replace(passes["ear"].role, rights=())
            async with stopwatch() as passed:
                passes["ear"] = msgspec.structs.replace(passes["ear"], role=role)
                assert (await watcher.session("ended")).reason == "the token's rights have changed"
                assert passed() < 2
            await watcher.until(lambda: tapped.tapper.taps[0].closed)

    asyncio.run(scenario())


def test_a_caller_taken_over_waits_again_when_the_console_is_lost_but_not_when_it_stops(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with tapped_gateway(tmp_path) as (gateway, tapped), hearing(gateway, "all-manager") as (_, watcher):
            for stops in (False, True):
                async with hearing(gateway, "all-manager") as (link, memory):
                    await give(link, "listening.start", seat="s0", mode="take over")
                    tap = await tapped.tapper.tap(1 + stops)
                    assert tap.mode == "listen"
                    tap.hearer.joined()
                    number = (await memory.session("waiting")).session
                    assert tap.mode == "take_over"
                    if stops:
                        await give(link, "listening.stop", session=number)
                await watcher.until(lambda tap=tap: tap.closed)
                assert tap.kept == (None if stops else "claim")

    asyncio.run(scenario())


def test_a_talk_that_was_taken_over_at_a_phone_needs_neither_console_nor_gateway(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with tapped_gateway(tmp_path) as (gateway, tapped), hearing(gateway, "all-manager") as (_, watcher):
            async with hearing(gateway, "all-manager") as (link, memory):
                await give(link, "listening.start", seat="s0", mode="take over", phone="7001")
                await give(link, "listening.start", seat="s1", phone="7002")
                await tapped.tapper.tap(2)
                for tap in tapped.tapper.taps:
                    tap.hearer.joined()
                await memory.until(lambda: [one.state for one in memory.sessions()] == ["on", "on"])
            talk, heard = tapped.tapper.taps
            await watcher.until(lambda: heard.closed)
            assert [one.state for one in watcher.sessions()] == ["on", "ended"]
            assert not talk.closed
        assert not talk.closed, "the gateway has stopped"

    async def next_run() -> None:
        async with (
            running_gateway(small_site(), ToldSource(), tmp_path) as gateway,
            hearing(gateway, "all-manager") as (_, memory),
        ):
            await memory.until(lambda: [one.state for one in memory.sessions()] == ["ended", "ended"])
            assert "goes on at 7001" in memory.sessions()[0].reason

    asyncio.run(scenario())
    asyncio.run(next_run())


def test_a_phone_that_rings_is_said_to_ring(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with tapped_gateway(tmp_path) as (gateway, _), hearing(gateway, "all-manager") as (link, _):
            result = await give(link, "listening.start", seat="s0", phone="7001")
            assert (result.state, result.code) == ("running", "listen.ringing")

    asyncio.run(scenario())


def test_nobody_opens_a_microphone_at_another_desk_though_the_credential_is_the_same(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with (
            tapped_gateway(tmp_path) as (gateway, tapped),
            hearing(gateway, "all-manager") as (link, memory),
            hearing(gateway, "all-manager") as (other, _),
        ):
            await give(link, "listening.start", seat="s0")
            tap = await tapped.tapper.tap()
            tap.hearer.joined()
            tap.hearer.heard(TONE)
            number = (await memory.session("on")).session
            result = await give(other, "listening.mode", session=number, mode="barge")
            assert (result.state, "at the console that listens" in result.text) == ("refused", True)
            assert (await give(link, "listening.mode", session=number, mode="barge")).state == "done"

    asyncio.run(scenario())


def test_what_may_not_be_heard_is_refused_in_clear_words(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with (
            tapped_gateway(tmp_path, site_with_listeners()) as (gateway, tapped),
            hearing(gateway, "ear-of-claim") as (link, _),
            hearing(gateway, "ear") as (whole, memory),
        ):

            async def refused(one=link, **args: object) -> str:  # type: ignore[no-untyped-def]
                result: OrderResult = await give(one, "listening.start", **args)
                assert result.state == "refused"
                return result.text

            assert "either the `seat` or the `call`" in await refused()
            assert "either the `seat` or the `call`" in await refused(seat="s0", call="l1")
            assert "no mode 'shout'" in await refused(seat="s0", mode="shout")
            assert "not the number" in await refused(seat="s0", phone="7001,evil")
            assert "no seat 's1' in your sight" in await refused(seat="s1")
            assert "no call 'l2' in your sight" in await refused(call="l2")
            assert "has no call now" in await refused(whole, seat="s5")
            assert "the phone of a seat" in await refused(whole, seat="s0", phone="s4")
            tapped.tapper.channels.clear()
            assert "no channel" in await refused(seat="s0")
            tapped.tapper.reason = "Asterisk is not connected now"
            assert await refused(seat="s0") == "Asterisk is not connected now"
            tapped.tapper.reason, tapped.tapper.channels = None, {"s0": "PJSIP/8000-00000000"}
            await give(whole, "listening.start", seat="s0")
            await memory.session("starting")
            assert "you hear this call already" in await refused(whole, call="l1")

    asyncio.run(scenario())


def test_one_console_hears_four_calls_and_one_call_is_heard_by_many(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with tapped_gateway(tmp_path) as (gateway, tapped):
            kinds = ("claim", "dual", "enquiry", "vip")
            calls = [fact for number in range(3, 7) for fact in talking(number, kinds[number % 4], number - 1)]
            await tapped.source.tell(*sorted(calls, key=lambda fact: fact.at))
            async with (
                hearing(gateway, "all-manager") as (link, memory),
                hearing(gateway, "all-manager") as (other, _),
            ):
                for seat in ("s0", "s1", "s2", "s3"):
                    assert (await give(link, "listening.start", seat=seat)).state == "running"
                fifth = await give(link, "listening.start", seat="s4")
                assert fifth.state == "refused" and "4 calls already" in fifth.text
                assert (await give(other, "listening.start", seat="s0")).state == "running"
                await memory.until(lambda: len(memory.sessions()) == 5)

    asyncio.run(scenario())


def test_who_listens_is_seen_by_themselves_and_by_who_sees_everything_but_on_no_display(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with (
            tapped_gateway(tmp_path, site_with_listeners()) as (gateway, tapped),
            hearing(gateway, "ear-of-claim") as (link, memory),
            hearing(gateway, "all-manager") as (_, manager),
            hearing(gateway, "only-claim") as (_, neighbour),
            hearing(gateway, "all-wall") as (_, wall),
        ):
            result = await give(link, "listening.start", seat="s0")
            tap = await tapped.tapper.tap()
            tap.hearer.joined()
            tap.hearer.heard(TONE)
            await memory.session("on")
            await manager.session("on")
            for one in (neighbour, wall):
                count = len(one.beats)
                await one.until(lambda one=one, count=count: len(one.beats) > count + 1)
                assert one.sessions() == [] and one.state == "live"
            rights = await give(link, "listening.stop", session=manager.sessions()[0].session)
            assert (rights.state, result.state) == ("done", "running")

    asyncio.run(scenario())


def test_every_step_is_in_the_audit(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with tapped_gateway(tmp_path) as (gateway, tapped):
            store = gateway.services.orders._store
            async with hearing(gateway, "all-manager") as (link, memory):
                result = await give(link, "listening.start", seat="s0")
                tap = await tapped.tapper.tap()
                tap.hearer.joined()
                tap.hearer.heard(TONE)
                number = (await memory.session("on")).session
                await give(link, "listening.mode", session=number, mode="whisper")
                await give(link, "listening.stop", session=number)
                await memory.session("ended")
            rows = [(row.name, row.stage, row.text) for row in await store.audit()]
            assert rows[:2] == [("listening.start", "asked", ""), ("listening.start", "done", "nobody hears you")]
            assert ("listening.mode", "done", "the agent hears you, the caller does not") in rows
            assert ("listening.stop", "asked", "") in rows
            ends = [row for row in await store.audit(result.order) if row.stage == "ended"]
            assert [row.text for row in ends] == ["stopped by all-manager"]
            whom = {"session": number, "seat": "s0", "agent": "a0", "call": "l1", "mode": "whisper"}
            assert msgspec.json.decode(ends[0].args) == whom, "orders that change a mode name the session only"

    asyncio.run(scenario())


@pytest.mark.parametrize(
    ("phone", "mode", "joins", "why"),
    [
        ("", "listen", False, "the gateway stopped while somebody listened"),
        ("7001", "take_over", False, "the gateway stopped while somebody listened"),
        ("7001", "take_over", True, "the gateway stopped; the call that was taken over goes on at 7001"),
    ],
)
def test_a_session_that_a_gateway_could_not_end_is_ended_by_the_next_one(
    tmp_path: Path, phone: str, mode: str, joins: bool, why: str
) -> None:
    async def first() -> int:
        async with tapped_gateway(tmp_path) as (gateway, tapped), hearing(gateway, "all-manager") as (link, memory):
            await give(link, "listening.start", seat="s0", phone=phone, mode=mode)
            number = (await memory.session("starting")).session
            if joins:
                (await tapped.tapper.tap()).hearer.joined()
                await memory.session("on")
            sessions = gateway.services.orders.listening
            for one in sessions.sessions.values():
                one.ended = lambda why: None  # type: ignore[method-assign]
            for task in sessions._tasks:
                task.remove_done_callback(sessions._tasks.discard)
                sessions._end = _never  # type: ignore[method-assign, assignment]
                task.cancel()
            return number

    async def second(number: int) -> None:
        async with (
            running_gateway(small_site(), ToldSource(), tmp_path) as gateway,
            hearing(gateway, "all-manager") as (link, memory),
        ):
            shown = await memory.session("ended")
            assert (shown.session, shown.reason) == (number, why)
            result = await give(link, "listening.start", seat="s0")
            assert (result.state, result.text) == ("refused", "this floor's source lets nobody listen")
            assert link.session is not None and link.session.sound_rate == 0
            rows = await gateway.services.orders._store.audit(shown.order)
            assert rows[-1].stage == "ended"

    asyncio.run(second(asyncio.run(first())))


async def _never(*_: object) -> None: ...


def test_an_ended_session_is_gone_a_minute_later() -> None:
    floor = Floor(small_site(), alarms=False)
    for rev, state in enumerate(("starting", "on", "ended"), 1):
        floor.apply(
            facts.ListeningChanged(at=START + rev, session=7, state=state, mode="listen", by="w", seat="s1"), rev  # type: ignore[arg-type]
        )  # fmt: skip
    shown = floor.entity("listening:7")
    assert isinstance(shown, Listening) and (shown.began_at, shown.since) == (START + 1, START + 3)
    thawed = Floor.thaw(small_site(), floor.freeze(), alarms=False)
    for one in (floor, thawed):
        one.apply(facts.Tick(at=START + 150_000), 4)
        assert one.entity("listening:7") is None and "listening:7" in one.gone_since(3)
    assert floor.freeze() == thawed.freeze()


def test_whoever_sees_a_part_of_the_floor_learns_of_no_number_whether_it_is_a_seats(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with (
            tapped_gateway(tmp_path, site_with_listeners()) as (gateway, tapped),
            hearing(gateway, "ear-of-claim") as (link, memory),
        ):
            told = set()
            for phone in ("s4", "s1", "7777"):
                for rehearse in (False, True):
                    asked = OrderParams(f"{phone}{rehearse}", "listening.start", {"seat": "s0", "phone": phone},
                                        rehearse=rehearse)  # fmt: skip
                    answer = await link.ask("order", asked, OrderResult)
                    assert answer.code == "listen.other_phone"
                    told.add((answer.state, answer.text.replace(phone, "")))
            assert len(told) == 1
            await give(link, "listening.start", seat="s0", phone="9001")
            assert (await tapped.tapper.tap()).phone == "9001"
            await memory.session("starting")

    asyncio.run(scenario())
