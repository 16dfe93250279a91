"""Where a text stops being YAML, and why: at what was opened and never closed, not where the parser ran out of it."""

from __future__ import annotations

import re
from typing import Any, Final, NamedTuple

from yaml.error import MarkedYAMLError

from config.mistakes import quoted

_GLUED: Final = re.compile(r"\s*(?:- +)*(?=[\w-]+:[^\s:/])")
"""What stands before a key whose colon has no blank behind it; `http://…` and `10:30` inside a text are none."""
_WIDE: Final = {"，": ",", "：": ":", "［": "[", "］": "]", "｛": "{", "｝": "}", "“": '"', "”": '"', "　": " "}
"""What a Chinese keyboard writes for the signs of YAML."""
_BLANKS: Final = {"　": "wide blank", "\xa0": "blank that does not break"}
"""What looks like a blank and is none for YAML; the second comes with what was copied from a page."""
_QUOTED: Final = re.compile(r"""(?<![^\s,\[{])(?:"[^"]*"|'[^']*')""")
_CLOSED_BY: Final = {"[": "]", "{": "}"}
_COMMENT: Final = re.compile(r"(?<!\S)#.*")
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
    if "scanning an a" in context:  # an alias or an anchor without a name
        return Flaw(*begun, f"no text begins with {quoted(_sign(begun, lines))}; put it in quotation marks")
    if last is not None and (last.end_line, last.end_column) == problem and _sign(problem, lines).isalnum():
        sign = lines[problem[0] - 1][problem[1] - 2]
        inside = "''" if sign == "'" else '\\"'
        message = f"the quotation marks close before this; write {quoted(inside)} for {quoted(sign)} inside them"
        return Flaw(*problem, message)
    wide = _wide(error, begun, problem, lines)
    if wide is not None:
        return wide
    if "parsing a flow node" in context and problem[0] >= len(lines):
        open_at = _left_open(lines)
        if open_at is not None:
            opening = _sign(open_at, lines)
            return Flaw(*open_at, f"{quoted(opening)} opens here and is never closed by {quoted(_CLOSED_BY[opening])}")
    if "parsing a flow" in context and _ran_on(begun, problem, lines):
        opening, closing = ("{", "}") if "mapping" in context else ("[", "]")
        return Flaw(
            *begun, f"{quoted(opening)} opens here and is not closed by {quoted(closing)} before line {problem[0]}"
        )
    if "parsing a flow" in context and _sign(problem, lines) in ("]", "}"):
        opening, other = _sign(begun, lines), _sign(problem, lines)
        closing = _CLOSED_BY.get(opening, other)
        if closing != other:
            first = f"{quoted(opening)} of line {begun[0]}, column {begun[1]} by {quoted(closing)}"
            return Flaw(*problem, f"{quoted(other)} closes nothing here; first close {first}")
    glued = _glued(begun if "simple key" in context else (problem[0] - 1, 1), lines)
    if glued is not None and ("simple key" in context or "mapping values" in (error.problem or "")):
        return glued
    if "simple key" in context:
        return Flaw(*begun, "is neither a `key: value` pair nor part of a list; is a colon missing?")
    return Flaw(*problem, _as_said(error, begun, problem, lines))


def _place(mark: Any) -> tuple[int, int]:
    return (mark.line + 1, mark.column + 1) if mark else (1, 1)


def _sign(place: tuple[int, int], lines: list[str]) -> str:
    line = lines[place[0] - 1] if 0 < place[0] <= len(lines) else ""
    return line[place[1] - 1 : place[1]]


def _left_open(lines: list[str]) -> tuple[int, int] | None:
    """The last bracket that is opened and not closed; those inside quotation marks and comments are none."""
    found: list[tuple[int, int]] = []
    for place in range(1, len(lines) + 1):
        for column, sign in enumerate(_COMMENT.sub("", _bare(place, lines)), 1):
            if sign in _CLOSED_BY:
                found.append((place, column))
            elif sign in _CLOSED_BY.values() and found:
                found.pop()
    return found[-1] if found else None


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


def _wide(error: MarkedYAMLError, begun: tuple[int, int], problem: tuple[int, int], lines: list[str]) -> Flaw | None:
    """A sign of a Chinese keyboard in the place of one that means something in YAML."""
    context = error.context or ""
    if "parsing a flow" in context and _ran_on(begun, problem, lines):
        return _wide_sign(begun[0], _bare(begun[0], lines), "］｝", last=True)
    if "parsing a flow" in context:
        return _wide_sign(problem[0], _bare(problem[0], lines)[: problem[1]], "，：［］｛｝“”", last=True)
    places: tuple[int, ...] = ()
    if "simple key" in context:
        places = (begun[0],)
    elif "mapping values" in (error.problem or ""):
        places = problem[0] - 1, problem[0]
    # Behind a real colon such a sign stands inside a text.
    found = [_wide_sign(place, _bare(place, lines).partition(": ")[0], "：　\xa0") for place in places]
    return next((one for one in found if one is not None), None)


def _bare(place: int, lines: list[str]) -> str:
    """A line with blanks for what stands in quotation marks."""
    line = lines[place - 1] if 0 < place <= len(lines) else ""
    return _QUOTED.sub(lambda found: " " * len(found[0]), line)


def _wide_sign(place: int, text: str, signs: str, *, last: bool = False) -> Flaw | None:
    columns = [column for column, sign in enumerate(text, 1) if sign in signs]
    if not columns:
        return None
    column = columns[-1 if last else 0]
    sign = text[column - 1]
    if sign in _BLANKS:
        return Flaw(place, column, f"a {_BLANKS[sign]} stands here; YAML needs an ordinary one")
    blank = ", and a blank behind it" if sign in "：，" else ""
    return Flaw(place, column, f"{quoted(sign)} is a wide sign; YAML needs {quoted(_WIDE[sign])}{blank}")


def _as_said(error: MarkedYAMLError, begun: tuple[int, int], problem: tuple[int, int], lines: list[str]) -> str:
    said, context = error.problem or "is not YAML", error.context or ""
    line = lines[problem[0] - 1] if 0 < problem[0] <= len(lines) else ""
    sign = line[problem[1] - 1 : problem[1]]
    if sign == "\t":
        return "a tab stands here; indent by spaces"
    if "cannot start any token" in said:
        return f"no text begins with {quoted(sign)}; put it in quotation marks"
    if "parsing a block mapping" in context and line.strip().startswith("-"):
        return "belongs to no list: indent it like the entries before it, with a blank behind `-`"
    if "parsing a block" in context:
        what = "pairs that begin" if "mapping" in context else "list that begins"
        blank = ", and leave a blank behind `-`" if re.match("-[^ ]", line.strip()) else ""
        return f"does not belong to the {what} on line {begun[0]} in column {begun[1]}: indent it alike{blank}"
    if "mapping values are not allowed" in said:
        return f"{said} (is the line indented too deep, or does a text with a colon lack its quotation marks?)"
    return f"{context}: {said}" if context else said
