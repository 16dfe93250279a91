"""A trunk to a carrier that goes and comes back, at a real Asterisk that asks it whether it is there."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from config.asterisk_secret import VARIABLE
from console.doctor import pbx
from console.doctor.findings import State
from feeds.entities import Alarm, Trunk
from tests.asterisk.conftest import MakeFloor
from tests.asterisk.floor import AsteriskFloor, small_floor
from tests.asterisk.floor.sites import write_site
from tests.asterisk.gateways import SUPERVISOR, attached, section, source_of
from tests.asterisk.test_doctor import site_of
from tests.gateway.harness import Remembering, console

ANSWER_S = 30.0
CARRIER = """
[carrier](line)
context = from-trunk
aors = carrier
[carrier]
type = aor
contact = sip:carrier@127.0.0.1:{port}
qualify_frequency = 1
qualify_timeout = 0.5
[unwatched](line)
context = from-trunk
aors = unwatched
[unwatched]
type = aor
contact = sip:unwatched@127.0.0.1:{port}
"""
SITE = """
trunks:
  - {id: carrier, name: {zh: 甲线, en: First carrier}, device: PJSIP/carrier}
  - {id: unwatched, name: {zh: 乙线, en: Second carrier}, device: PJSIP/unwatched}
  - {id: faceless, name: {zh: 丙线, en: Third carrier}, device: PJSIP/trunk}
  - {id: elsewhere, name: {zh: 丁线, en: Fourth carrier}, device: PJSIP/nobody}
alarms:
  - {id: dead, lost: trunk, priority: critical, text: {zh: 中继中断, en: Trunk down}}
"""


class Carrier(asyncio.DatagramProtocol):
    """The carrier's side: says 200 to whoever asks whether it is there."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport: Any = transport

    def datagram_received(self, data: bytes, address: tuple[str, int]) -> None:
        first, *lines = data.decode().split("\r\n")
        if first.startswith("OPTIONS "):
            kept = [line for line in lines if line.partition(":")[0] in ("Via", "From", "To", "Call-ID", "CSeq")]
            answer = ["SIP/2.0 200 OK", *kept, "Content-Length: 0", "", ""]
            self._transport.sendto("\r\n".join(answer).encode(), address)


@contextlib.asynccontextmanager
async def carrier(port: int = 0) -> AsyncIterator[int]:
    """A carrier that is there at a port of loopback, a free one unless said otherwise."""
    transport, _ = await asyncio.get_running_loop().create_datagram_endpoint(Carrier, local_addr=("127.0.0.1", port))
    try:
        yield transport.get_extra_info("sockname")[1]
    finally:
        transport.close()


def lead_to(floor: AsteriskFloor, port: int) -> None:
    """Give Asterisk two ways to the carrier, of which it asks one whether it is there."""
    phones = floor.workspace / "etc/pjsip_phones.conf"
    phones.write_text(phones.read_text("utf-8") + CARRIER.format(port=port), "utf-8")
    floor.reload("res_pjsip")


def ask_the_carrier(floor: AsteriskFloor) -> None:
    """Return when Asterisk has asked it and had an answer, which takes a second or two."""
    deadline = time.monotonic() + ANSWER_S
    while " Avail " not in (said := floor.cli("pjsip show contacts")):
        assert time.monotonic() < deadline, said
        time.sleep(0.1)


def state_of(memory: Remembering, trunk: str) -> str:
    """The state of a trunk as a console knows it."""
    found = memory.entities.get(f"trunk:{trunk}")
    return found.state if isinstance(found, Trunk) else ""


def alarm(memory: Remembering, trunk: str) -> str:
    """The state of a trunk's alarm as a console knows it."""
    found = memory.entities.get(f"alarm:trunk:{trunk}:dead")
    return found.state if isinstance(found, Alarm) else ""


@pytest.mark.logs("no word from Asterisk", "Asterisk was started again")
def test_a_carrier_that_goes_is_an_alarm_until_it_is_there_again_also_over_a_restart_of_asterisk(
    make_floor: MakeFloor, tmp_path: Path
) -> None:
    floor = make_floor(small_floor())

    async def story() -> None:
        async with carrier() as port:
            lead_to(floor, port)
            write_site(tmp_path / "site", floor, section(floor) + SITE)
        async with attached(floor, tmp_path) as gateway, console(gateway, SUPERVISOR) as (_, memory):
            async with carrier(port):
                await memory.until(lambda: state_of(memory, "carrier") == "up")
                seen = [state_of(memory, one) for one in ("unwatched", "faceless", "elsewhere")]
                assert seen == ["up", "down", "unknown"], "nobody asks the first, and no call is on the second"
                await memory.until(lambda: alarm(memory, "faceless") == "unacknowledged")
                assert alarm(memory, "carrier") == ""
            await memory.until(lambda: alarm(memory, "carrier") == "unacknowledged")
            found = memory.entities["trunk:carrier"]
            assert isinstance(found, Trunk)
            assert (found.state, found.text, found.en) == ("down", "UNAVAILABLE", "First carrier")
            async with carrier(port):
                await memory.until(lambda: alarm(memory, "carrier") == "returned")
                floor.stop()
                await memory.until(lambda: source_of(memory) == "down")
                assert [state_of(memory, one) for one in ("carrier", "unwatched")] == ["unknown", "unknown"]
                floor.start()
                await memory.until(lambda: source_of(memory) == "up")
                await memory.until(lambda: [state_of(memory, one) for one in ("carrier", "unwatched")] == ["up", "up"])
            assert alarm(memory, "unwatched") == "", "it was not known, which is no alarm"

    asyncio.run(story())


def test_the_doctor_says_of_which_trunk_asterisk_can_tell(
    make_floor: MakeFloor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    floor = make_floor(small_floor())

    async def told() -> list[tuple[State, str]]:
        async with carrier() as port:
            lead_to(floor, port)
            site = site_of(tmp_path, floor)
            with (site / "site.yaml").open("a", encoding="utf-8") as text:
                text.write(SITE)
            monkeypatch.delenv(VARIABLE, raising=False)
            await asyncio.to_thread(ask_the_carrier, floor)
            findings = await asyncio.to_thread(pbx.examine, site)
        return [(one.state, one.said) for one in findings if one.topic == "Trunks"]

    watched, unwatched, faceless, elsewhere = asyncio.run(told())
    assert watched == (State.GOOD, "carrier: PJSIP/carrier is NOT_INUSE")
    assert (unwatched[0], "a dead one looks alive" in unwatched[1]) == (State.NOTE, True)
    assert (faceless[0], "PJSIP/trunk has no AOR" in faceless[1]) == (State.LACKING, True)
    assert (elsewhere[0], "there is no device PJSIP/nobody here" in elsewhere[1]) == (State.LACKING, True)
