"""How long something has lasted, in the few characters a wall has room for."""

from __future__ import annotations


def clock_text(seconds: float) -> str:
    """`03:12` below an hour, `1:03:12` below a day, `2 d 03 h` beyond; negative durations count as zero."""
    whole = max(0, int(seconds))
    if whole < 3600:
        return f"{whole // 60:02d}:{whole % 60:02d}"
    if whole < 86_400:
        return f"{whole // 3600}:{whole // 60 % 60:02d}:{whole % 60:02d}"
    return f"{whole // 86_400} d {whole // 3600 % 24:02d} h"


def age_text(seconds: float) -> str:
    """`0.4 s` below ten seconds, `12 s` below a minute, then as a clock."""
    shown = max(0.0, seconds)
    if shown < 9.95:
        return f"{shown:.1f} s"
    if shown < 60:
        return f"{int(shown)} s"
    return clock_text(shown)
