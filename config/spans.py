"""Spans of the local day as a site writes them: `HH:MM-HH:MM`, where the end may be `24:00` or lie on the next day."""

from __future__ import annotations

import re
from typing import Final

_SPAN: Final = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9])-(?:([01][0-9]|2[0-3]):([0-5][0-9])|(24):(00))")


def minutes_of(span: str) -> tuple[int, int] | None:
    """Begin and end in minutes after local midnight, None when the span does not parse.

    The end is greater than the begin and at most a day later: `22:00-07:30` is (1320, 1890).
    """
    found = _SPAN.fullmatch(span)
    if found is None:
        return None
    begin = int(found[1]) * 60 + int(found[2])
    end = 1440 if found[5] else int(found[3]) * 60 + int(found[4])
    return (begin, end) if end > begin else (begin, end + 1440) if end < begin else None
