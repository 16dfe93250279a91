"""Whether more is told of a call that has been silent for so long that its last line seems to be lost."""

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
