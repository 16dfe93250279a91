"""Whether a machine went down under a log: then its newest facts may be lost although consoles have seen them."""

from __future__ import annotations

from pathlib import Path
from typing import Final

CLOSED: Final = ""
"""What a log says of its boot when it was closed: nothing can be lost any more."""
_BOOT: Final = Path("/proc/sys/kernel/random/boot_id")


def this_boot() -> str:
    """What this machine calls the time since it was started; empty where it does not say."""
    try:
        return _BOOT.read_text("ascii").strip()
    except (OSError, UnicodeDecodeError):
        return ""


def went_down(told: object, boot: str) -> bool:
    """Whether the machine was started again since a log, which told of that boot, was opened and never closed."""
    return isinstance(told, str) and bool(told) and bool(boot) and told != boot
