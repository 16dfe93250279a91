"""One catalogue, two languages: no word is missing, none hides in the code."""

from __future__ import annotations

import ast
import re
import string
from pathlib import Path

import pytest

from console.looks import THEMES
from console.phrases.troubles import TROUBLES
from console.words import LANGUAGES, Words, catalogue
from feeds.client import SENT_AWAY
from feeds.facts import SEAT_STATES
from feeds.rules.orders import ORDERS

CHINESE = re.compile(r"[\u4e00-\u9fff]")


def sources(repository: Path) -> list[Path]:
    return [path for folder in ("console", "widgets") for path in sorted((repository / folder).rglob("*.py"))]


def texts(path: Path) -> list[str]:
    """Every string of a module that is not a docstring."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    bodies = [node.body for node in ast.walk(tree) if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef))]
    docs = {id(line.value) for body in bodies for line in body if isinstance(line, ast.Expr)}
    return [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs
    ]


@pytest.mark.slow
def test_no_chinese_is_written_into_the_code(repository: Path) -> None:
    shown = [path for path in sources(repository) if not {"doctor", "font_probe.py"} & set(path.parts)]
    found = [f"{path.name}: {text}" for path in shown for text in texts(path) if CHINESE.search(text)]
    assert len(shown) > 50
    assert found == []


@pytest.mark.slow
def test_every_key_that_the_code_names_exists(repository: Path) -> None:
    known = catalogue("en")
    heads = {key.partition(".")[0] for key in known}
    wanted = {
        text
        for path in sources(repository)
        for text in texts(path)
        if re.fullmatch(r"[a-z]+(\.[a-z0-9_]+)+", text) and text.partition(".")[0] in heads
    }
    ours, files = ("console.", "feeds.", "widgets."), (".png", ".json", ".lock")
    wanted = {key for key in wanted if not key.startswith(ours) and not key.endswith(files)}
    assert len(wanted) > 30
    actions = {key.removeprefix("action.") for key in known if key.startswith("action.")}
    codes = {key.removeprefix("said.") for key in known if key.startswith("said.")}  # what a gateway says, by its code
    assert sorted(wanted - ORDERS - actions - codes - known.keys()) == []


def named(text: str) -> set[str]:
    """The blanks of a text."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_the_languages_have_the_same_keys_and_the_same_blanks() -> None:
    blanks = {language: {key: named(text) for key, text in catalogue(language).items()} for language in LANGUAGES}
    assert blanks["zh_CN"].keys() == blanks["en"].keys()
    dates = {"date.day"}  # a language may leave out the month's word or put it elsewhere, never another blank
    assert {key for key in blanks["en"] if blanks["en"][key] != blanks["zh_CN"][key]} - dates == set()


def test_the_words_that_are_put_together_from_ids_exist() -> None:
    words = Words("en")
    for state in SEAT_STATES:
        assert words(f"state.{state}")
    for theme in THEMES:
        assert words(f"desk.theme.{theme}")
    for language in LANGUAGES:
        assert words(f"desk.language.{language}")
    for trouble in TROUBLES.values():
        assert words(f"trouble.{trouble}")
        assert words(f"trouble.{trouble}.detail")
        assert words(f"entry.trouble.{trouble}")
        assert words(f"entry.trouble.{trouble}.advice")
        if trouble != "address":  # a gateway that is not there refuses nobody
            assert words(f"refused.{trouble}")
            assert words(f"refused.{trouble}.do")
    for code in (*TROUBLES, *SENT_AWAY.values()):
        assert words(f"said.{code}")
    for number in range(1, 8):
        assert words(f"date.weekday.{number}")
    for number in range(1, 13):
        assert words(f"date.month.{number}")


def test_an_unknown_language_is_refused_with_the_known_ones() -> None:
    with pytest.raises(ValueError, match="zh_CN, en"):
        Words("tlh")
