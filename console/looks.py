"""How somebody wants the desk to look and speak, and what follows from that and from the system."""

from __future__ import annotations

from typing import Final

from msgspec import Struct

THEMES: Final = ("system", "light", "dark")
CONTRASTS: Final = ("system", "usual", "high")
COLOURS: Final = ("site", "house", "classic")
MOTIONS: Final = ("system", "usual", "still")
TEXTS: Final = (90, 100, 110, 125, 150)
"""Text sizes to choose from, in per cent; every whole number between the first and the last is understood."""


class Look(Struct, frozen=True, omit_defaults=True):
    """What somebody chose; `text` is the size of the whole desk in per cent, an empty language the site's."""

    theme: str = "system"
    contrast: str = "system"
    colours: str = "site"
    motion: str = "system"
    text: int = 100
    language: str = ""


class System(Struct, frozen=True):
    """What the system asks of every program: dark colours, high contrast, nothing that moves."""

    dark: bool = False
    contrast: bool = False
    still: bool = False


def sound(look: Look) -> Look:
    """The same look with the usual choice where a file holds one that does not exist."""
    return Look(
        theme=look.theme if look.theme in THEMES else "system",
        contrast=look.contrast if look.contrast in CONTRASTS else "system",
        colours=look.colours if look.colours in COLOURS else "site",
        motion=look.motion if look.motion in MOTIONS else "system",
        text=min(max(look.text, TEXTS[0]), TEXTS[-1]),
        language=look.language if look.language in ("", "zh_CN", "en") else "",
    )


def palette_name(look: Look, system: System) -> str:
    """The name of the theme file: `light`, `dark`, `contrast-light` or `contrast-dark`."""
    dark = system.dark if look.theme == "system" else look.theme == "dark"
    high = system.contrast if look.contrast == "system" else look.contrast == "high"
    return ("contrast-" if high else "") + ("dark" if dark else "light")


def is_classic(look: Look, site_wants: bool) -> bool:
    """Whether agents are green, amber and red."""
    return site_wants if look.colours == "site" else look.colours == "classic"


def is_still(look: Look, system: System) -> bool:
    """Whether nothing may blink or slide."""
    return system.still if look.motion == "system" else look.motion == "still"


def scale_of(look: Look) -> float:
    """By how much everything is larger than the design."""
    return look.text / 100
