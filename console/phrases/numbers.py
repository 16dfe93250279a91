"""Numbers as people read them: thousands apart, the same in both languages of the house."""

from __future__ import annotations

from typing import Final

GROUP: Final = ","
"""Between thousands; Chinese and English agree, and so do their decimal points."""


def count_text(value: float) -> str:
    """A whole number: `12,345`."""
    return f"{value:,.0f}".replace(",", GROUP)
