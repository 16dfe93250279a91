"""Every letter and sign that the program shows is in the face that it ships: a wall may have no other."""

from __future__ import annotations

import ast
import json
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QRawFont
from PySide6.QtWidgets import QApplication

from console.words import FOLDER, LANGUAGES, catalogue

ROOT = Path(__file__).resolve().parents[2]
FACES = sorted((ROOT / "resources" / "fonts").glob("*.otf"))


def shown() -> Iterator[tuple[str, str]]:
    """Where something is said, and what."""
    for language in LANGUAGES:
        for key, words in json.loads((FOLDER / f"{language}.json").read_text(encoding="utf-8")).items():
            yield f"{language} {key}", json.dumps(words, ensure_ascii=False)
    for file in (ROOT / "config" / "sites").rglob("*.yaml"):
        yield file.name, file.read_text(encoding="utf-8")
    for folder in ("console", "widgets"):
        for file in (ROOT / folder).rglob("*.py"):
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Constant) and isinstance(node.value, str):
                    yield f"{file.name}:{node.lineno}", node.value


@pytest.mark.parametrize("face", FACES, ids=lambda face: face.stem)
def test_the_faces_that_are_shipped_have_every_letter(face: Path, qapp: QApplication) -> None:
    del qapp
    font, known = QRawFont(str(face), 14), dict[str, bool]()

    def has(letter: str) -> bool:
        if letter not in known:
            never = unicodedata.category(letter) in ("Cc", "Cs") or letter == "\N{REPLACEMENT CHARACTER}"
            known[letter] = never or bool((font.glyphIndexesForString(letter) or [0])[0])
        return known[letter]

    assert not has("\N{ARABIC LETTER ALEF}"), "a face that claims to have everything would prove nothing"
    lacking = {(letter, where) for where, words in shown() for letter in set(words) if not has(letter)}
    assert not lacking


def test_english_words_have_no_quotation_marks_that_the_face_makes_as_wide_as_chinese_ones() -> None:
    wide = [key for key, words in catalogue("en").items() if set(words) & set("“”‘’")]
    assert wide == []
