"""What Asterisk's no means, in words that a desk has."""

from __future__ import annotations

import pytest

from feeds.said import parts
from feeds.sources.asterisk.refusing import meaning


@pytest.mark.parametrize(
    ("message", "code"),
    [
        ("Interface not found", "asterisk.no_member"),
        ("Unable to remove interface: Not there", "asterisk.no_member"),
        ("Unable to add interface: Already there", "asterisk.is_member"),
        ("Member not dynamic", "asterisk.is_fixed"),
        ("Unable to add interface to queue: No such queue", "asterisk.unknown_queue"),
        ("No such channel", "asterisk.no_channel"),
        ("Channel does not exist: PJSIP/8001-00000001", "asterisk.no_channel"),
        ("Unable to find specified channel", "asterisk.no_channel"),
        ("Permission denied", "asterisk.no_right"),
    ],
)
def test_a_known_no_is_told_by_a_code_without_asterisks_own_words(message: str, code: str) -> None:
    told = parts(meaning(message))
    assert (told.code, told.values) == (code, {})
    assert message not in told.text and told.text.startswith("Asterisk refuses: ")


def test_an_unknown_no_keeps_its_words() -> None:
    told = parts(meaning("The moon is full"))
    assert (told.text, told.code) == ("Asterisk refuses: The moon is full", "asterisk.refuses")
    assert told.values == {"message": "The moon is full"}
