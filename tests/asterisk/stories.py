"""What tests of a floor have in common: the usual caller, a talk that goes on, what the queue log says of it."""

from __future__ import annotations

from tests.asterisk.floor import AsteriskFloor, Call, Phones, Talk

CALLER = "13800000001"
OTHER_CALLER = "13900000002"
AGENT_HZ, CALLER_HZ, SUPERVISOR_HZ = 440.0, 700.0, 1000.0


async def a_talk(
    phones: Phones, agent: str = "8001", number: str = "95501", caller: str = CALLER
) -> tuple[Call, Talk]:  # fmt: skip
    """A caller and an agent who talk, each with a tone of his own: the caller's side and the agent's."""
    call = await phones.call(number, caller, hz=CALLER_HZ)
    talk = await (await phones[agent].next_call()).answer(hz=AGENT_HZ)
    await call.until_connected()
    # An answered call is not a talk yet: a hold or a transfer that comes before the bridge is lost.
    await call.sound.hears(AGENT_HZ)
    await talk.sound.hears(CALLER_HZ)
    return call, talk


def logged(floor: AsteriskFloor) -> list[tuple[str, str]]:
    """Queue and event of every line of the queue log about calls."""
    rows = (line.split("|") for line in floor.queue_log.read_text("utf-8").splitlines())
    return [(row[2], row[4]) for row in rows if row[4] != "QUEUESTART"]
