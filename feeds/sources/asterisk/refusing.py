"""What Asterisk's no to an action means: known words by a code, so that a desk says them in its own language."""

from __future__ import annotations

from typing import Final

from feeds.said import Said, said

_MEANT: Final = (
    (("interface not found", ": not there"), said("asterisk.no_member", "Asterisk refuses: it is not in this queue")),
    ((": already there",), said("asterisk.is_member", "Asterisk refuses: the phone is in this queue already")),
    (("not dynamic",), said("asterisk.is_fixed", "Asterisk refuses: its configuration keeps the phone in this queue")),
    (("no such queue",), said("asterisk.unknown_queue", "Asterisk refuses: it has no such queue")),
    (
        ("no such channel", "channel does not exist", "channel not found", "unable to find specified channel"),
        said("asterisk.no_channel", "Asterisk refuses: the call is over, or somewhere else"),
    ),
    (("permission denied",), said("asterisk.no_right", "Asterisk refuses: the gateway's manager user may not")),
)
"""Parts of what manager.c, app_queue.c and res_pjsip of Asterisk 16 to 22 answer, in lower case."""


def meaning(message: str) -> Said:
    """A refusal in words that can be translated; Asterisk's own where nobody knows them."""
    lowered = message.lower()
    for parts, words in _MEANT:
        if any(part in lowered for part in parts):
            return words
    return said("asterisk.refuses", "Asterisk refuses: {message}", message=message)
