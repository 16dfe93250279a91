"""No visible text is untranslated: every word of ours stands in brackets, what has none is written in the code."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QApplication

from console import words
from console.desk import Desk
from tests.desk.everywhere import DATA, Painted, states, texts

MakeDesk = Callable[..., Desk]
INSIDE = re.compile(r"⟦[^⟦⟧]*(?:⟧|$)")
NAMES = re.compile(
    rf"{DATA}[^,，;；:：·\n⟦⟧]*|Watchfloor|\b9[0-9]+\b|Enter|STALE|(?:Ctrl|Shift|Alt|Meta)\+\S+|\bF\d+\b|\b\d+[hms]\b"
)
"""What is no word: the site's names, ours, and the names on keys."""
UNITS = re.compile(r"(?<=\d) (?:s|d|h)\b|\d×")
LETTERS = re.compile(r"[^\W\d_]{2,}")


@pytest.fixture(params=words.LANGUAGES)
def bracketed(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """A language in which every word stands in brackets."""
    real = words.catalogue

    def pseudo(language: str) -> dict[str, str]:
        return {key: f"⟦{text}⟧" for key, text in real(language).items()}

    monkeypatch.setattr(words, "catalogue", pseudo)
    return str(request.param)


def left_over(text: str) -> str:
    """What of a text is neither a word of the catalogue nor data."""
    before = ""
    while text != before:
        before, text = text, INSIDE.sub(" ", text)
    found = LETTERS.findall(UNITS.sub("", NAMES.sub(" ", text)))
    return " ".join(found)


@pytest.mark.slow
def test_every_text_that_is_shown_said_or_painted_is_a_word_of_the_catalogue(
    make_desk: MakeDesk, bracketed: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    painted = Painted(monkeypatch)
    desk = make_desk("--lang", bracketed)
    desk.window.activateWindow()
    wrong: set[tuple[str, str]] = set()
    count = 0
    for step in states(desk):
        QApplication.processEvents()
        shown = [(one.where, one.text) for one in texts(desk)] + [("painted", line) for line in painted.of(desk)]
        count += len(shown)
        wrong |= {(f"{step}: {where}", text) for where, text in shown if left_over(text)}
    assert count > 1000
    assert sorted(wrong) == []


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("⟦Seats⟧ 12 · §Min", ""), ("⟦waits ⟦long⟧ now⟧", ""), ("⟦a word that was shorten…", ""), ("Seats 12", "Seats"),
        ("⟦Live⟧ 0.4 s", ""), ("⟦Search⟧ (Ctrl+K)", ""), ("⟦a⟧ over", "over"),
    ],
)  # fmt: skip
def test_the_search_for_untranslated_words_finds_one(text: str, left: str) -> None:
    assert left_over(text) == left
