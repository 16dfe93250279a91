"""Why there is no connection, in words: what has to be mended, and what was said of it, in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from console.phrases.said import worded
from console.sight import LinkState, Sight
from console.words import Words

TROUBLES: Final[Mapping[str, str]] = {
    "connect.authority": "certificate", "connect.certificate": "certificate",
    "connect.language": "language", "connect.unreachable": "address",
    "hello.unknown_token": "token", "hello.revoked": "token", "hello.expired": "token", "closed.revoked": "token",
    "hello.first": "version", "hello.unfit": "version", "connect.unreadable": "version",
    "connect.version": "version",
}  # fmt: skip
"""What has to be mended, by the code of what the gateway or the feed's client said."""
_UNSAID: Final = "token"
"""What an older gateway, which gives its refusals no code, says in most of them."""


def trouble_of(link: LinkState) -> str:
    """What has to be mended before a connection can be made: a value of `TROUBLES`, empty where nobody knows."""
    if link.code:
        return TROUBLES.get(link.code, "")
    return _UNSAID if _UNSAID in link.reason else ""


def reason_text(sight: Sight, words: Words) -> str:
    """Why there is no connection; the gateway's own text where it says what this version does not know."""
    link = sight.link
    return worded(sight, link.code, link.values, link.reason, words)
