"""Where a text stops being YAML, and why: at what was opened and never closed, not where the parser ran out of it."""

from __future__ import annotations

import re
from typing import Any, Final, NamedTuple

from yaml.error import MarkedYAMLError

from config.mistakes import quoted

_GLUED: Final = re.compile(r"\s*(?:- +)*(?=[\w-]+:[^\s:/])")
"""What stands before a key whose colon has no blank behind it; `http://…` and `10:30` inside a text are none."""
_ENDS: Final = re.compile("\r\n|[\r\n\x85\u2028\u2029]")


class Flaw(NamedTuple):
    """A mistake of a whole text; `line` and `column` count from 1."""

    line: int
    column: int
    message: str


class Quote(NamedTuple):
    """A quoted text as the parser took it: the lines and columns of both its ends, from 1."""

    line: int
    column: int
    end_line: int
    end_column: int


def flaw(error: MarkedYAMLError, text: str, last: Quote | None) -> Flaw:
    """What is wrong. `last` is the quoted text that the parser read last: it may have run into the next one."""
    lines = _ENDS.split(text)
    problem, begun = _place(error.problem_mark or error.context_mark), _place(error.context_mark)
    context = error.context or ""
    if "quoted scalar" in context and "end of stream" in (error.problem or ""):
        return Flaw(*begun, "a quotation mark opens here and is never closed; close it where the text ends")
    if last is not None and last.line < last.end_line and (last.end_line, last.end_column) == problem:
        message = f"a quotation mark opens here and closes only on line {last.end_line}; close it where the text ends"
        return Flaw(last.line, last.column, message)
    if "parsing a flow" in context and _ran_on(begun, problem, lines):
        opening, closing = ("{", "}") if "mapping" in context else ("[", "]")
        return Flaw(
            *begun, f"{quoted(opening)} opens here and is not closed by {quoted(closing)} before line {problem[0]}"
        )
    glued = _glued(begun if "simple key" in context else (problem[0] - 1, 1), lines)
    if glued is not None and ("simple key" in context or "mapping values" in (error.problem or "")):
        return glued
    if "simple key" in context:
        return Flaw(*begun, "is neither a `key: value` pair nor part of a list; is a colon missing?")
    return Flaw(*problem, _as_said(error))


def _place(mark: Any) -> tuple[int, int]:
    return (mark.line + 1, mark.column + 1) if mark else (1, 1)


def _ran_on(begun: tuple[int, int], problem: tuple[int, int], lines: list[str]) -> bool:
    """Whether the next entry was taken for a part of it: what really goes on is indented deeper."""
    return begun[0] < problem[0] and (
        problem[0] >= len(lines) or _indent(lines[problem[0] - 1]) <= _indent(lines[begun[0] - 1])
    )


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _glued(place: tuple[int, int], lines: list[str]) -> Flaw | None:
    line = lines[place[0] - 1] if 0 < place[0] <= len(lines) else ""
    found = _GLUED.match(line)
    if found is None:
        return None
    column = max(found.end() + 1, place[1])
    word = line[column - 1 :].partition(":")[0]
    return Flaw(place[0], column, f"a blank is missing behind {quoted(word + ':')}")


def _as_said(error: MarkedYAMLError) -> str:
    problem = error.problem or "is not YAML"
    text = f"{error.context}: {problem}" if error.context else problem
    if "cannot start any token" in problem:
        text += " (indent by spaces; put texts that begin with such a character in quotation marks)"
    return text
