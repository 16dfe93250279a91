"""What people of a simulated floor say why they are away or dial out, in the language that is spoken there."""

from __future__ import annotations

from typing import Final

from msgspec import Struct

from config.schema import Site


class Reasons(Struct, frozen=True):
    """A word for each; those for breaks and training mean the same on every floor (config.asterisk.PAUSES)."""

    meal: str
    rest: str
    training: str
    dispatch: str
    visit: str


CHINESE: Final = Reasons("用餐", "小休", "业务培训", "调度派工", "回访")
OTHERS: Final = Reasons("Meal", "Break", "Training", "Dispatching", "Return visit")


def reasons_of(site: Site) -> Reasons:
    """The words of a site."""
    return CHINESE if site.language.partition("-")[0].lower() in ("zh", "yue", "cmn") else OTHERS
