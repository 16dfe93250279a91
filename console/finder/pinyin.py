"""How Chinese names are typed in Latin letters: in full, by initials, and with every usual reading of a character."""

from __future__ import annotations

from functools import lru_cache
from itertools import islice, product
from pathlib import Path

FILE = Path(__file__).resolve().parent.parent.parent / "resources" / "pinyin" / "readings.txt"
FIRST, LAST = 0x4E00, 0x9FFF
"""The Chinese characters that the table knows."""
MOST = 6
"""A name of many characters with two readings each would be written in a thousand ways."""


@lru_cache(maxsize=1)
def _table() -> str:
    """The file as it is: a few hundred characters are ever looked up, and to sort all twenty thousand takes longer."""
    return "\n" + FILE.read_text(encoding="utf-8")


@lru_cache(maxsize=8192)
def readings(character: str) -> tuple[str, ...]:
    """How a character is read, without tones, the usual reading first; nothing for what is not Chinese."""
    if not FIRST <= ord(character) <= LAST:
        return ()
    table, place, found = _table(), -1, []
    while (place := table.find(character, place + 1)) >= 0:
        begin = table.rfind("\n", 0, place) + 1
        syllable = table[begin : table.find(" ", begin)]
        found.append((table.count(" ", begin, place), syllable))
    return tuple(syllable for _, syllable in sorted(found))


@lru_cache(maxsize=16384)
def spellings(name: str) -> tuple[str, ...]:
    """A name as it may be typed: `张敏` gives `zhangmin` and `zm`; one without Chinese characters gives nothing."""
    if name.isascii():
        return ()
    parts = [readings(character) or (character,) for character in name if not character.isspace()]
    found: dict[str, None] = {}
    for chosen in islice(product(*parts), MOST):
        found["".join(chosen)] = None
        found["".join([syllable[0] for syllable in chosen])] = None
    return tuple(found)
