"""What the rest of the day must reach, in one sentence."""

from __future__ import annotations

from console.phrases.figures import limit_of, limit_text, number_text, unit_text
from console.sight import Sight
from console.words import Words

OF = {"rest_answer_rate": ("answer_rate_a2",), "rest_service_level": ("service_level_f1", "service_level_f8")}
"""The figure whose limit is the target of each."""


def rest_text(sight: Sight, scope: str, figure: str, words: Words, *, short: bool = False) -> str:
    """`To close the day at 95% the rest must reach 97.2%`; empty where that is not known."""
    figures = sight.figures(scope, "today")
    value = figures.values.get(figure) if figures is not None else None
    limit = next((found for name in OF[figure] if (found := limit_of(sight, scope, name)) is not None), None)
    if value is None or limit is None:
        return ""
    target = limit_text(OF[figure][0], limit.warn, words, high=limit.better == "high")
    key = "rest.lost" if value > 100 else "rest.won" if value <= 0 else "rest.needed"
    needed = number_text(figure, value) + unit_text(figure, words)
    return words(f"{key}.short" if short else key, target=target, needed=needed)


def basis_text(sight: Sight, scope: str, words: Words) -> str:
    """From what the rest of the day was reckoned; empty where it was not."""
    figures = sight.figures(scope, "today")
    return words(f"rest.basis.{figures.rest_basis}") if figures is not None and figures.rest_basis else ""
