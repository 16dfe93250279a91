"""Moments, and how fast time passes, as people write them on a command line."""

from __future__ import annotations

import argparse
import math
import re
from datetime import UTC, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

_CLOCK: Final = re.compile(r"([01]?\d|2[0-4]):([0-5]\d)(?::([0-5]\d))?")
_MS: Final = re.compile(r"\d{12,14}")
YEARS: Final = range(1970, 2200)
"""In which somebody may want to look at a floor."""


def moment(text: str, zone: str, day: int) -> int:
    """UTC milliseconds of `10:30` or `10:30:15` (on the local day of `day`), an ISO date and time, or milliseconds.

    Without an offset of its own a time is local in `zone`. Raises ValueError with what would do.
    """
    place = ZoneInfo(zone)
    text = text.strip()
    if _MS.fullmatch(text):
        return int(text)
    clock = _CLOCK.fullmatch(text)
    if clock:
        hour, minute, second = (int(part or 0) for part in clock.groups())
        if hour * 3600 + minute * 60 + second > 24 * 3600:
            raise ValueError(f"{text!r} is after midnight")
        local = datetime.fromtimestamp(day / 1000, place)
        there = local.date() + timedelta(days=hour // 24)  # by the calendar: not every day has 24 hours
        of_day = time(hour % 24, minute, second, fold=local.fold)
        return int(datetime.combine(there, of_day, place).timestamp() * 1000)
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise ValueError(f"{text!r} is not a moment; write 10:30, 2024-02-29T10:30 or 2024-02-29T10:30+08:00") from None
    if found.year not in YEARS:
        raise ValueError(f"{text!r} lies outside the years {YEARS[0]} to {YEARS[-1]}")
    return int((found if found.tzinfo else found.replace(tzinfo=place)).timestamp() * 1000)


def spoken(at: int, zone: str) -> str:
    """A moment in the form that `--at` and `seek` take: local time to the second; far outside the calendar as it is."""
    try:
        return datetime.fromtimestamp(at / 1000, ZoneInfo(zone)).strftime("%Y-%m-%dT%H:%M:%S")
    except (ValueError, OverflowError, OSError):
        return f"{at} (UTC ms)"


def written(at: int, zone: str) -> str:
    """A moment in local time with its offset, to the second."""
    return datetime.fromtimestamp(at / 1000, UTC).astimezone(ZoneInfo(zone)).isoformat(timespec="seconds")


def speed(text: str) -> float:
    """Floor seconds per second, infinity for `max`. Raises what argparse tells."""
    if text == "max":
        return math.inf
    try:
        found = float(text)
    except ValueError:
        found = math.nan
    if not 1 <= found <= 600:
        raise argparse.ArgumentTypeError(f"a speed is 1 to 600, or max, not {text!r}")
    return found
