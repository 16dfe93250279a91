"""Practice people: what they did, as they noted it, is what Asterisk's queue log tells."""

from __future__ import annotations

import asyncio
import dataclasses
import json
from collections import Counter
from pathlib import Path

import pytest

from tests.asterisk.conftest import MakeFloor
from tests.asterisk.floor import Behaviour, PracticePeople, manager_of, phones_of, small_floor, whole_floor
from tests.asterisk.stories import CALLER, logged

BRISK = Behaviour(ring=0.2, talk=0.6, patience=6, no_answer=0, hold=0.2, transfer=0.2, rest_after_call=0.1, rest=0.5)


def test_a_stream_of_calls_is_answered_held_and_transferred_and_every_answer_is_in_the_queue_log(
    make_floor: MakeFloor, tmp_path: Path
) -> None:
    # Nobody hangs up while a phone rings: an answer that crosses such an end is one for the agent, and none in the log.
    faithful = dataclasses.replace(BRISK, patience=600, caller_hangs_up=0)
    floor = make_floor(dataclasses.replace(whole_floor(), behaviour=faithful))
    diary = tmp_path / "diary"
    with PracticePeople(floor, diary=diary, seed=7) as people:
        counts = people.calls(12, 4)
    noted = Counter(json.loads(line)["what"] for line in diary.read_text("utf-8").splitlines())
    told = Counter(event for _, event in logged(floor))
    assert counts["made"] > 20
    assert counts["is in"] == counts["made"]
    assert noted["answers"] == told["CONNECT"] >= counts["is connected"]
    assert noted["transfers"] > 0 < noted["holds"]
    assert told["ENTERQUEUE"] == counts["is in"] + told["BLINDTRANSFER"]
    assert told["ABANDON"] == 0


def test_callers_who_find_nobody_lose_patience(make_floor: MakeFloor) -> None:
    queues = tuple(dataclasses.replace(queue, members=()) for queue in small_floor().queues)
    floor = make_floor(dataclasses.replace(small_floor(), queues=queues, behaviour=Behaviour(patience=0.3)))
    with PracticePeople(floor) as people:
        counts = people.calls(10, 1)
    assert counts["made"] == counts["is in"] == counts["gives up"]


def test_people_come_back_when_asterisk_does_and_leave_a_phone_to_the_test(make_floor: MakeFloor) -> None:
    plan = small_floor(2, strategy="linear", wrapup=0)
    floor = make_floor(dataclasses.replace(plan, behaviour=dataclasses.replace(BRISK, rest_after_call=0)))

    async def both_ring() -> None:
        async with phones_of(floor, "8001") as phones, manager_of(floor, "gateway") as manager:
            await phones.call("95501", CALLER)
            ringing = await phones["8001"].next_call()
            phones["8001"].refuse_by_itself()
            ringing.refuse()
            await manager.until(Event="AgentConnect", Interface="PJSIP/8002")

    with PracticePeople(floor, without=["8001"]):
        asyncio.run(both_ring())
        floor.kill()
        floor.start()
        asyncio.run(both_ring())


def test_calls_go_on_beside_the_test_and_end_when_asterisk_dies(make_floor: MakeFloor) -> None:
    floor = make_floor(dataclasses.replace(small_floor(), behaviour=BRISK))

    async def first_call() -> None:
        async with manager_of(floor, "gateway") as manager:
            await manager.until(Event="AgentConnect")

    with PracticePeople(floor) as people:
        stream = people.begin_calls(5, 30)
        asyncio.run(first_call())
        floor.kill()
    with pytest.raises(RuntimeError, match="went away"):
        stream.wait()
