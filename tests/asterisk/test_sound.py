"""The phones' ears and mouths: a tone survives its encoding, and is told from the others."""

from __future__ import annotations

import asyncio
import math

import pytest

from tests.asterisk.floor.sound import FRAME, RATE, Sound, decode, encode, loudness, tone


def sine(hz: float, amplitude: float, seconds: float = 0.5) -> list[float]:
    return [amplitude * math.sin(2 * math.pi * hz * one / RATE) for one in range(int(seconds * RATE))]


@pytest.mark.parametrize("amplitude", [0, 1, 100, 8000, 32_000])
def test_what_is_encoded_comes_back_within_the_steps_of_pcmu(amplitude: int) -> None:
    wave = sine(440, amplitude)
    for before, after in zip(wave, decode(encode(wave)), strict=True):
        assert abs(before - after) <= max(8, abs(before) / 16)


def test_a_tone_is_told_from_another_in_a_mix() -> None:
    mix = [int(one + other) for one, other in zip(sine(440, 8000), sine(700, 4000), strict=True)]
    assert loudness(mix, 440) == pytest.approx(8000, rel=0.02)
    assert loudness(mix, 700) == pytest.approx(4000, rel=0.02)
    assert loudness(mix, 1000) < 100
    assert loudness([], 440) == 0


def test_the_frames_of_a_tone_follow_on_each_other_without_a_click() -> None:
    heard = decode(b"".join(tone(415, frame) for frame in range(25)))
    assert len(heard) == 25 * FRAME
    assert loudness(heard, 415) == pytest.approx(8000, rel=0.02)


def test_two_phones_hear_each_others_tones_and_keys() -> None:
    async def story() -> None:
        one, other = await Sound.open(440), await Sound.open(700)
        try:
            one.start(("127.0.0.1", other.port))
            other.start(("127.0.0.1", one.port))
            await other.hears(440)
            await one.hears(700)
            one.press("7")
            await other.until(lambda: other.keys == "7")
        finally:
            one.close()
            other.close()

    asyncio.run(story())
