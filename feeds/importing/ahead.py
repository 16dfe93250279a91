"""What only another look at the whole log can tell: whether a silent call goes on, whether a late line is repeated."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final

from feeds.importing.queue_log import CALL_WORDS, Line, parse

SILENT_MS: Final = 12 * 3_600_000
"""Nobody asks about a call that has been silent for less."""
_LAST: Final = CALL_WORDS - {"ENTERQUEUE", "CONNECT", "RINGNOANSWER", "RINGCANCELED", "AGENTDUMP", "DID"}
"""Words with which a call leaves its queue or its agent."""


class Ahead:
    """Reads a log once more when it is first asked; most logs have no such call, and are read once."""

    def __init__(self, again: Callable[[], Iterable[tuple[int, str]]]) -> None:
        self._again = again
        self._found: dict[str, list[tuple[int, bool]]] | None = None

    def follows(self, call: str, number: int) -> bool:
        """Whether, from this line on, a call goes on in its queue or with its agent before it joins another one."""
        if self._found is None:
            self._found = self._search()
        return next((goes_on for at, goes_on in self._found.get(call, ()) if at >= number), False)

    def _search(self) -> dict[str, list[tuple[int, bool]]]:
        """Call -> the lines that come after a long silence: their numbers, and whether the call goes on there."""
        found: dict[str, list[tuple[int, bool]]] = {}
        newest: dict[str, int] = {}
        for number, text in self._again():
            line = parse(number, text)
            if not isinstance(line, Line) or line.word not in CALL_WORDS or line.word == "DID":
                continue
            before = newest.pop(line.call, None)
            if before is not None and line.at - before >= SILENT_MS:
                found.setdefault(line.call, []).append((number, line.word != "ENTERQUEUE"))
            if line.word not in _LAST:
                newest[line.call] = line.at if before is None else max(line.at, before)
        return found


class Told:
    """Reads a log twice more when it is first asked; most logs have no late line, and need none of this.

    Keeps a number for each late line, so that overlapping logs of any size cost as much memory as they overlap.
    A line is late that lies further than `reach` behind the newest time; one that is further than `jump` ahead moves
    that time only when the line before it agrees. Both are milliseconds.
    """

    def __init__(self, again: Callable[[], Iterable[tuple[int, str]]], reach: int, jump: int) -> None:
        self._again = again
        self._reach, self._jump = reach, jump
        self._first: dict[int, int] | None = None

    def before(self, line: Line) -> bool:
        """Whether the very same text stood further up in the log."""
        if self._first is None:
            self._first = self._search()
        return self._first.get(hash(line.text), line.number) < line.number

    def _search(self) -> dict[int, int]:
        """The hash of each late line's text -> the number of the first line that says the same."""
        late: set[int] = set()
        newest = last = 0
        for number, text in self._again():
            line = parse(number, text)
            if not isinstance(line, Line):
                continue
            if line.at < newest - self._reach:
                late.add(hash(text))
            elif not newest or line.at - newest <= self._jump or abs(line.at - last) <= self._jump:
                newest = max(newest, line.at)
            last = line.at
        found: dict[int, int] = {}
        for number, text in self._again():
            key = hash(text)
            if key in late:
                found.setdefault(key, number)
        return found
