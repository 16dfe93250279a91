"""A seat whose facts contradict each other, as the agent panel tells it: what disagrees, and since when."""

from __future__ import annotations

import pytest

from console.agent.present import agent
from console.words import Words
from feeds.states import DOUBTS
from tests.floor.test_present import with_seat
from tests.wall import floors

ZH, EN = Words("zh_CN"), Words("en")
HOUR_MS = 3_600_000


def test_the_band_says_what_disagrees_and_since_when() -> None:
    sight = with_seat(
        state="unknown", agent="7", doubt=["device_without_call"], doubt_since=floors.NOW - HOUR_MS, since=floors.NOW
    )
    band = agent(sight, "seat:001", None, "", EN).band
    assert band.title == "Unknown"
    assert band.detail == "phone in use, no call known since 13:32:08"
    assert agent(sight, "seat:001", None, "", ZH).band.detail == "话机占用，但无通话，自 13:32:08"


def test_of_another_day_the_date_is_said() -> None:
    sight = with_seat(
        state="unknown", agent="7", doubt=["device_unknown"], doubt_since=floors.NOW - 72 * HOUR_MS, since=floors.NOW
    )
    assert agent(sight, "seat:001", None, "", EN).band.detail.endswith("since 11-19 14:32")


@pytest.mark.parametrize("words", [ZH, EN], ids=["zh", "en"])
def test_every_doubt_has_words(words: Words) -> None:
    assert all(words.has(f"doubt.{code}") for code in DOUBTS)


def test_an_old_recording_that_says_the_doubt_as_a_reason_is_told_in_words_too() -> None:
    sight = with_seat(state="unknown", agent="7", reason="device_unknown", since=floors.NOW)
    assert agent(sight, "seat:001", None, "", EN).band.title == "Unknown · state of the phone not known"
