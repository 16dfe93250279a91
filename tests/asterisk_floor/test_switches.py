"""The dialplan's switches without a dialplan: on only where written, read back and said; who turned them."""

from __future__ import annotations

import asyncio

import pytest

from feeds.commands import Ended, SetSwitch
from feeds.facts import AnyFact, SwitchRead
from feeds.sources.asterisk import switches as module
from feeds.sources.asterisk.switches import Switches
from tests.asterisk_floor.ordered import DENIED, LOST, FakePbx, Ordered
from tests.asterisk_floor.paper import message_of
from tests.asterisk_floor.watched import signed_in


def ordered(**database: str) -> Ordered:
    """A floor with two queues whose switches were looked at once."""
    found = Ordered(signed_in("8001"), {key.replace("_", "/"): value for key, value in database.items()})
    found.run(found.switches.look)
    return found


@pytest.fixture
def no_long_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    """A dialplan that does not answer is given up soon."""
    monkeypatch.setattr(module, "ANSWER_S", 0.02)


def test_switches_are_off_where_nothing_is_written() -> None:
    floor = ordered()
    assert [floor.switch(name) for name in ("all", "claims", "inquiry")] == [("off", "normal", "normal")] * 3


def test_a_switch_is_on_when_it_is_written_read_back_and_said_by_the_dialplan() -> None:
    floor = ordered()
    assert floor.order(SetSwitch("claims", "overflow:inquiry")) == Ended("done")
    assert floor.switch("claims") == ("on", "overflow:inquiry", "overflow:inquiry")
    assert floor.turned_by()[-1] == ("claims", "overflow:inquiry", "supervisor")
    assert floor.order(SetSwitch("claims", "normal")) == Ended("done")
    assert floor.switch("claims")[0] == "off"


def test_a_switch_that_the_dialplan_does_not_obey_is_unsure_and_the_order_failed() -> None:
    floor = ordered()
    floor.pbx.dialplan = lambda queue: "normal"
    ended = floor.order(SetSwitch("claims", "announce"))
    assert (ended.state, "still says normal" in ended.text) == ("failed", True)
    assert floor.switch("claims") == ("unsure", "announce", "normal")


@pytest.mark.logs("the dialplan does not answer")
@pytest.mark.usefixtures("no_long_waits")
def test_a_switch_of_which_the_dialplan_says_nothing_is_unsure_and_the_order_unknown() -> None:
    floor = ordered()
    floor.pbx.dialplan = lambda queue: None
    ended = floor.order(SetSwitch("claims", "announce"))
    assert (ended.state, "does not say" in ended.text) == ("unknown", True), "what it said before does not count"
    assert floor.switch("claims") == ("unsure", "announce", "")


def test_a_switch_that_somebody_else_turns_at_once_is_theirs_and_the_order_failed() -> None:
    floor = ordered()
    floor.pbx.effects["DBPut"] = lambda fields: floor.pbx.database.update({fields["Key"]: "backup"})
    ended = floor.order(SetSwitch("claims", "announce"))
    assert ended == Ended("failed", "written, but backup is read back: somebody else turned it")
    assert floor.turned_by()[-1] == ("claims", "backup", "")


def test_a_switch_that_is_turned_at_asterisks_console_is_seen_and_nobody_of_ours_is_named() -> None:
    floor = ordered()
    floor.pbx.database["mode/claims"] = "callback"
    floor.run(floor.switches.look)
    assert floor.switch("claims") == ("on", "callback", "callback")
    assert floor.turned_by()[-1] == ("claims", "callback", "")


@pytest.mark.parametrize("error", ["Failed to put", DENIED])
def test_a_switch_that_cannot_be_written_is_a_failure_and_the_next_turn_is_not_put_down_to_it(error: object) -> None:
    floor = ordered()
    floor.pbx.errors["DBPut"] = error  # type: ignore[assignment]
    assert floor.order(SetSwitch("claims", "announce")).state == "failed"
    del floor.pbx.errors["DBPut"]
    floor.pbx.database["mode/claims"] = "announce"
    floor.run(floor.switches.look)
    assert floor.turned_by()[-1] == ("claims", "announce", "")


def test_a_connection_that_is_lost_while_writing_leaves_the_order_unknown() -> None:
    floor = ordered()
    floor.pbx.errors["DBPut"] = LOST
    ended = floor.order(SetSwitch("claims", "announce"))
    assert (ended.state, "may have happened" in ended.text) == ("unknown", True)


def test_what_is_written_and_may_not_be_read_is_unknown() -> None:
    floor = ordered()
    floor.pbx.errors["DBGetTree"] = DENIED
    ended = floor.order(SetSwitch("claims", "announce"))
    assert ended == Ended("unknown", f"written, but it cannot be read back: {DENIED}")


@pytest.mark.parametrize("command", [SetSwitch("nowhere", "announce"), SetSwitch("claims", "overflow:nowhere")])
def test_a_queue_that_asterisk_does_not_have_is_never_written(command: SetSwitch) -> None:
    floor = ordered()
    assert floor.order(command) == Ended("failed", "Asterisk has no queue nowhere: nothing was written")
    assert floor.pbx.database == {}


def test_all_wins_and_a_queues_own_switch_says_so() -> None:
    floor = ordered()
    assert floor.order(SetSwitch("all", "announce")) == Ended("done")
    assert floor.switch("all") == ("on", "announce", "announce")
    assert floor.switch("claims")[2] == "announce"
    assert floor.order(SetSwitch("claims", "callback")) == Ended("done", "`all` wins: calls go by announce")
    assert floor.order(SetSwitch("all", "normal")) == Ended("done")
    assert floor.switch("claims") == ("on", "callback", "callback")


def many(count: int, database: dict[str, str] | None = None) -> tuple[Ordered, list[str]]:
    """A floor with many queues that were all asked."""
    floor = Ordered(signed_in("8001"), database)
    names = [f"q{place}" for place in range(count)]
    model = floor.watched.model
    for name in names:
        model.names._queues[name] = name
        model.names.queue(name, model.now)
    for _ in range(count // module.AT_ONCE + 1):
        floor.run(floor.switches.look)
    return floor, names


def test_of_very_many_queues_the_one_that_is_turned_is_asked_first() -> None:
    floor, names = many(60)
    for name in reversed(names):
        floor.switches._asked_at.pop(name, None)
    assert floor.order(SetSwitch(names[50], "announce")) == Ended("done")


def test_the_floors_switch_is_proved_by_those_queues_that_were_asked_since() -> None:
    floor, names = many(60)
    assert floor.switch("all") == ("off", "normal", "normal")
    assert floor.order(SetSwitch("all", "announce")) == Ended("done")
    assert floor.switch("all") == ("on", "announce", "announce")
    assert floor.switch(names[59])[2] in ("", "announce"), "never what it was before"
    for _ in range(4):
        floor.run(floor.switches.look)
    assert floor.switch(names[59])[2] == "announce"


@pytest.mark.logs("the dialplan does not answer")
@pytest.mark.usefixtures("no_long_waits")
def test_a_dialplan_that_does_not_answer_is_asked_less_and_less() -> None:
    floor, _ = many(30)
    floor.pbx.dialplan = lambda queue: None
    floor.pbx.asked.clear()
    floor.switches._forget("all")
    floor.run(floor.switches.look)
    assert len(floor.pbx.given("Originate")) == module.SILENT
    floor.run(floor.switches.look)
    asked = [fields["Channel"] for fields in floor.pbx.given("Originate")]
    assert len(asked) == len(set(asked)) == module.SILENT + 1


@pytest.mark.usefixtures("no_long_waits")
def test_one_queue_that_never_answers_keeps_nobody_else_from_being_asked() -> None:
    floor = Ordered(signed_in("8001"))
    floor.pbx.dialplan = lambda queue: None if queue == "claims" else "normal"
    floor.run(floor.switches.look)
    assert floor.switch("inquiry") == ("off", "normal", "normal")
    assert floor.switch("claims") == ("unsure", "normal", "")
    before = len(floor.pbx.given("Originate"))
    for _ in range(5):
        floor.run(floor.switches.look)
    assert len(floor.pbx.given("Originate")) == before, "asked again after a minute only"


@pytest.mark.logs("no switch can be proved")
def test_who_may_not_ask_sees_what_is_written_and_is_told_once_that_nothing_is_proved() -> None:
    floor = Ordered(signed_in("8001"), {"mode/claims": "announce"})
    floor.pbx.errors["Originate"] = DENIED
    floor.run(floor.switches.look)
    floor.run(floor.switches.look)
    assert floor.switch("claims") == ("unsure", "announce", "")
    assert len(floor.pbx.given("Originate")) == 1


@pytest.mark.logs("switches are not shown")
def test_who_may_not_look_sees_no_switches_and_the_floor_goes_on() -> None:
    floor = Ordered(signed_in("8001"))
    floor.pbx.errors["DBGetTree"] = DENIED

    async def story() -> bool:
        watching = asyncio.create_task(floor.switches.watch())
        await asyncio.wait([watching], timeout=0.05)
        ended = watching.done()
        watching.cancel()
        await asyncio.gather(watching, return_exceptions=True)
        return ended

    assert asyncio.run(story()) is False
    assert floor.switch("claims") == ("", "", "")


def test_a_call_that_goes_another_way_than_is_known_has_the_switches_looked_at(
    monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "LOOK_S", 3600.0)  # by themselves they are not looked at again
    pbx, model = FakePbx(), signed_in("8001").model

    async def story() -> list[AnyFact]:
        told: asyncio.Queue[AnyFact] = asyncio.Queue()
        switches = Switches(pbx, model.names, told.put_nowait, lambda: model.now)  # type: ignore[arg-type]
        pbx.on_answer = switches.on_answer
        watching = asyncio.create_task(switches.watch())
        for _ in range(3):
            await told.get()
        pbx.database["mode/claims"] = "backup"
        switches.on_route(message_of({"Event": "UserEvent", "Queue": "claims", "Mode": "backup"}), model.now)
        async with asyncio.timeout(20):
            changed = await told.get()
        watching.cancel()
        await asyncio.gather(watching, return_exceptions=True)
        return [changed]

    (changed,) = asyncio.run(story())
    assert isinstance(changed, SwitchRead)
    assert (changed.switch, changed.value) == ("claims", "backup")
