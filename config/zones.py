"""Time zones by their names, and which one was meant where there is none of that name."""

from __future__ import annotations

import argparse
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from config.mistakes import did_you_mean, quoted

_NOT_ITS_CITY: Final = frozenset({"beijing", "peking"})
"""What people call the zone of Asia/Shanghai; by their letters alone they are nearer to Brunei."""


class ZoneError(ValueError):
    """There is no such time zone; the message says which one may have been meant."""


def zone_named(name: str) -> ZoneInfo:
    """The time zone of that name. Raises ZoneError."""
    try:
        return ZoneInfo(name)
    # A name of a directory or of a file that is no zone raises one of these, depending on the platform.
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ZoneError(f"there is no time zone {quoted(name)}{_meant(name)}") from error


def zone_argument(text: str) -> ZoneInfo:
    """The same on a command line. Raises ArgumentTypeError."""
    try:
        return zone_named(text)
    except ZoneError as error:
        raise argparse.ArgumentTypeError(str(error)) from error


def _meant(name: str) -> str:
    city = name.rpartition("/")[2].strip().casefold()
    if city in _NOT_ITS_CITY:
        return " (did you mean `Asia/Shanghai`?)"
    # An offset such as GMT+8 differs from another one by a letter and by hours.
    near = "" if any(letter.isdigit() for letter in name) else did_you_mean(name, available_timezones())
    return near or " (such as Asia/Shanghai or UTC)"
