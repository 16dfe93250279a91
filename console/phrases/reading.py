"""How far the gateway is that reads the past for somebody who waits."""

from __future__ import annotations

from console.words import Words


def reading_text(share: float, words: Words) -> str:
    """So much of it, 0 to 1, is read."""
    return words("question.reading", percent=int(share * 100))
