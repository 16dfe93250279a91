"""Each feature's folder opens with its map: where its settings, words and tests are; every row must be true."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

SHELL = {"doctor", "hands", "machine", "phrases", "window"}
"""Folders of the console that are no feature of a supervisor's."""
ROW = re.compile(r"^(?P<topic>[a-z]+) {2,}(?P<places>\S.*(?:\n {4,}\S.*)*)$", re.MULTILINE)
PLACE = re.compile(r"(?<![\w.])(?:config|console|feeds|resources|tests|widgets)/[\w./-]*\w/?")
NAMES = re.compile(r"(?P<file>\S+\.py) \((?P<names>[\w, \n]+)\)")


def features(repository: Path) -> list[Path]:
    """The folders of the console that a supervisor would name."""
    folders = sorted((repository / "console").iterdir())
    return [one for one in folders if (one / "__init__.py").is_file() and one.name not in SHELL]


def feature_map(folder: Path) -> str:
    return ast.get_docstring(ast.parse((folder / "__init__.py").read_text(encoding="utf-8"))) or ""


def test_every_feature_has_a_map_with_its_panel_its_words_and_its_tests(repository: Path) -> None:
    found = {one.name: {row["topic"] for row in ROW.finditer(feature_map(one))} for one in features(repository)}
    assert "wall" in found
    assert {name: topics for name, topics in found.items() if not {"present", "panel", "tests"} <= topics} == {}


def test_every_place_on_a_map_exists(repository: Path) -> None:
    places = {(one.name, place) for one in features(repository) for place in PLACE.findall(feature_map(one))}
    assert places
    assert sorted(one for one in places if not (repository / one[1]).exists()) == []


def test_every_type_on_a_map_is_defined_where_the_map_says(repository: Path) -> None:
    wrong = []
    for folder in features(repository):
        for match in NAMES.finditer(feature_map(folder)):
            source = ast.parse((repository / match["file"]).read_text(encoding="utf-8"))
            defined = {node.name for node in ast.walk(source) if isinstance(node, ast.ClassDef | ast.FunctionDef)}
            wrong += [f"{folder.name}: {name}" for name in re.findall(r"\w+", match["names"]) if name not in defined]
    assert wrong == []


@pytest.mark.parametrize("text", ["tests     tests/nowhere, feeds/facts.py", "tests     tests/nowhere\n          x"])
def test_the_reader_of_maps_finds_a_place_that_is_not_there(text: str, repository: Path) -> None:
    (row,) = ROW.finditer(text)
    assert row["topic"] == "tests"
    assert [place for place in PLACE.findall(row["places"]) if not (repository / place).exists()] == ["tests/nowhere"]
