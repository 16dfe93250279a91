"""A gateway that lets supervisors listen on a real Asterisk, and supervisors who hear and say tones."""

from __future__ import annotations

import array
import asyncio
import contextlib
import math
import time
from collections.abc import AsyncIterator, Sequence
from pathlib import Path

from config.asterisk import Asterisk, Media
from config.schema import Site
from feeds import wire
from feeds.client import FeedClient
from feeds.gateway.consoles.serve import Gateway
from feeds.sources.asterisk.ami.messages import AmiError
from feeds.sources.asterisk.listening import WANTED, AsteriskTapper
from feeds.sources.asterisk.pbx import Pbx
from tests.asterisk.floor import USERS, Talk, loudness
from tests.asterisk.floor.reach import Reachable
from tests.asterisk.floor.sound import RATE
from tests.asterisk.stories import AGENT_HZ, CALLER_HZ, SUPERVISOR_HZ
from tests.listening.taps import Hearing, gateway_with

LOUD, FAINT = 4000, 40
"""A tone of 8000 is there, and is not: what is left then is 46 dB below it."""


class Channels:
    """Where seats are now, as Asterisk lists it: seat s0 is the phone 8001, and leg l1 its call."""

    def __init__(self, pbx: Pbx) -> None:
        self._pbx = pbx
        self._of_phone: dict[str, str] = {}

    async def look(self) -> list[str]:
        """Ask anew; the names of all channels."""
        names = [row["Channel"] for row in await self._pbx.rows("CoreShowChannels")]
        self._of_phone = {name.removeprefix("PJSIP/").rpartition("-")[0]: name for name in names}
        return names

    def of_seat(self, seat: str) -> str | None:
        return self._of_phone.get(str(8001 + int(seat.removeprefix("s"))))

    def of_leg(self, leg: str) -> str | None:
        return self.of_seat(f"s{int(leg.removeprefix('l')) - 1}")


@contextlib.asynccontextmanager
async def connected(floor: Reachable) -> AsyncIterator[tuple[Pbx, AsteriskTapper, Channels]]:
    """The PBX and a tapper on it, as a source has them: lost when Asterisk is."""
    media = Media(f"127.0.0.1:{floor.ports.media}")
    settings = Asterisk(*floor.ami, media=media)
    pbx = Pbx(settings, USERS["gateway"], WANTED | {"FullyBooted"})
    channels = Channels(pbx)
    await pbx.open(lambda messages: None)

    async def answered() -> None:
        pass

    async def stay() -> None:
        with contextlib.suppress(AmiError):
            await pbx.stay(answered)
        await pbx.close()

    staying = asyncio.create_task(stay(), name="test pbx")
    try:
        yield pbx, AsteriskTapper(pbx, channels.of_seat, channels.of_leg, lambda queue: "claims"), channels
    finally:
        staying.cancel()
        await asyncio.gather(staying, return_exceptions=True)
        await pbx.close()


@contextlib.asynccontextmanager
async def listening_gateway(
    floor: Reachable, folder: Path, site: Site | None = None, talks: int = 2
) -> AsyncIterator[tuple[Gateway, Channels]]:
    """A gateway whose first seats talk, and whose tapper is on that Asterisk."""
    async with connected(floor) as (_, tapper, channels), gateway_with(tapper, folder, site, talks) as (gateway, _):
        yield gateway, channels


class Speaker:
    """A supervisor who says a tone into a session, frame after frame."""

    def __init__(self, link: FeedClient, session: int, hz: float = SUPERVISOR_HZ) -> None:
        self._link, self._session, self._hz = link, session, hz

    async def say(self) -> None:
        """Until cancelled."""
        at, due = 0, time.monotonic()
        while True:
            await self._link.say(self._session, linear_tone(self._hz, at), at * wire.SOUND_MS)
            at += 1
            due += wire.SOUND_MS / 1000
            await asyncio.sleep(max(0.0, due - time.monotonic()))


def linear_tone(hz: float, frame: int) -> bytes:
    """20 ms of a tone as the wire has it."""
    wave = (int(8000 * math.sin(2 * math.pi * hz * one / RATE)) for one in range(frame * 160, (frame + 1) * 160))
    return array.array("h", wave).tobytes()


def samples(sounds: Sequence[wire.Sound]) -> array.array[int]:
    """What a console heard, as numbers."""
    return array.array("h", b"".join(one.pcm for one in sounds))


async def console_hears(memory: Hearing, seconds: float = 0.4) -> dict[str, float]:
    """How loud agent, caller and supervisor are in what comes to the console from now on."""
    begun = len(memory.sounds)
    await memory.until(lambda: len(memory.sounds) - begun >= seconds * 1000 / wire.SOUND_MS)
    return spectrum(samples(memory.sounds[begun:]))


async def phone_hears(talk: Talk, seconds: float = 0.4) -> dict[str, float]:
    """The same at a phone."""
    return spectrum(await talk.sound.next_heard(seconds))


def spectrum(heard: array.array[int]) -> dict[str, float]:
    """How loud each of the three is."""
    tones = {"agent": AGENT_HZ, "caller": CALLER_HZ, "supervisor": SUPERVISOR_HZ}
    return {who: loudness(heard, hz) for who, hz in tones.items()}


def who_is_heard(loud: dict[str, float]) -> set[str]:
    """Whose tones are there; fails for one that is neither there nor gone."""
    unclear = {who: level for who, level in loud.items() if FAINT <= level <= LOUD}
    assert not unclear, f"neither heard nor silent: {unclear}"
    return {who for who, level in loud.items() if level > LOUD}
