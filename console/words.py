"""The words on screen, in the floor's language with English beneath it where there is room."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Protocol

from msgspec.json import decode

FOLDER = Path(__file__).resolve().parent.parent / "resources" / "i18n"
LANGUAGES = ("zh_CN", "en")


class Named(Protocol):
    """Anything that has a name in both languages."""

    @property
    def zh(self) -> str: ...

    @property
    def en(self) -> str: ...


@lru_cache(maxsize=4)
def catalogue(language: str) -> dict[str, str]:
    """All words of a language by key; raises `ValueError` for a language the house does not speak."""
    if language not in LANGUAGES:
        raise ValueError(f"unknown language {language!r}: choose one of {', '.join(LANGUAGES)}")
    return decode((FOLDER / f"{language}.json").read_bytes(), type=dict[str, str])


class Words:
    """Looks words up: call it with a key and the values to put in."""

    def __init__(self, language: str = "zh_CN") -> None:
        self.language = language
        self._words = catalogue(language)
        self._english = catalogue("en")

    def __call__(self, key: str, /, **values: object) -> str:
        """The words of that key; raises `KeyError` for a key that does not exist."""
        text = self._words[key]
        return text.format(**values) if values else text

    def sub(self, key: str, /, **values: object) -> str:
        """The small English label beneath; empty where the floor's language is English already."""
        if self.language == "en":
            return ""
        text = self._english[key]
        return text.format(**values) if values else text

    def has(self, key: str) -> bool:
        return key in self._words

    def name(self, named: Named) -> str:
        """A thing's name in the floor's language, in the other one when it has none."""
        first, second = (named.en, named.zh) if self.language == "en" else (named.zh, named.en)
        return first or second

    def subname(self, named: Named) -> str:
        """A thing's small English name; empty where it stands there already."""
        return "" if self.language == "en" or named.en == self.name(named) else named.en
