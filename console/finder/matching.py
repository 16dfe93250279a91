"""Searches ten thousand things while somebody types: what is exact, what begins so, what holds it, what is like it."""

from __future__ import annotations

import heapq
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from unicodedata import normalize

from msgspec import Struct

from console.finder.pinyin import spellings

SHOWN = 50
"""How many are given back."""
LOOSE_BELOW = 12
"""Letters in the right order with others between them are looked for only where hardly anything else was found; on a
large floor only where nothing was."""
LOOSEST = 3
"""Letters that lie further apart than so many times their number are no likeness."""
LOOSE_FROM = 3
"""Letters that a term has at least before others may stand between them."""
MANY = 1500
"""More entries than that are not weighed one by one."""
USUAL = 2
"""The first spellings of a name are those of its usual reading: in full, and by initials."""
_EDGE = "\x01"
_EXACT, _BEGINS, _WORD, _INSIDE, _LOOSE = 0, 10, 20, 40, 80
_CHINESE = f"{chr(0x3400)}-{chr(0x9FFF)}"
_TERM = re.compile(rf"[{_CHINESE}]+|[^\s{_CHINESE}]+")


class Entry(Struct, frozen=True):
    """Something that can be found: `text` is all that it is known by; a small `weight` stands in front."""

    key: str
    kind: str
    title: str
    text: str
    weight: int = 0


def entry(key: str, kind: str, title: str, known: Iterable[str], weight: int = 0) -> Entry:
    """An entry that is known by its title and other texts, and by how Chinese is typed."""
    fields: dict[str, None] = {}
    for field in (title, *known):
        if field:
            fields.setdefault(field.casefold())
            for place, spelling in enumerate(spellings(field)):
                # Behind a blank a reading that is not the usual one stands behind everything that begins so.
                fields.setdefault(spelling if place < USUAL else f" {spelling}")
    return Entry(key, kind, title, _EDGE + _EDGE.join(fields) + _EDGE, weight)


def found(entries: Sequence[Entry], query: str, recent: Mapping[str, int], limit: int = SHOWN) -> list[Entry]:
    """The entries that fit best, best first; `recent` says how long ago a key was chosen, 0 being the last one.

    Nothing typed gives what was chosen lately, then the entries as they are.
    """
    terms = _TERM.findall(normalize("NFKC", query).casefold())  # letters of full width, as Chinese input writes them
    if not terms:
        return heapq.nsmallest(limit, entries, key=lambda one: (recent.get(one.key, 10_000), one.weight))
    ranked = _ranked(entries, terms, recent, limit)
    if len(ranked) < (LOOSE_BELOW if len(entries) <= MANY else 1):
        ranked += _loosely(entries, terms, {place for _, place in ranked})
    if recent:
        ranked = [(price - _favour(recent.get(entries[place].key)), place) for price, place in ranked]
    return [entries[place] for _, place in heapq.nsmallest(limit, ranked)]


def _favour(ago: int | None) -> int:
    """How much further in front something stands that was chosen lately."""
    return 0 if ago is None else max(0, 15 - ago)


_Ranked = list[tuple[int, int]]
"""Prices, small being good, and the places of the entries that they are for."""


def _ranked(entries: Sequence[Entry], terms: Sequence[str], recent: Mapping[str, int], limit: int) -> _Ranked:
    """Those that hold every term; where nearly all do, only those that can be among the best."""
    texts = [one.text for one in entries]
    first, others = terms[0], terms[1:]
    places = [place for place, text in enumerate(texts) if first in text]
    for term in others:
        places = [place for place in places if term in texts[place]]
    if len(places) > MANY:
        places = _promising(entries, texts, places, terms, recent, limit)
    tests = [(f"{_EDGE}{term}{_EDGE}", f"{_EDGE}{term}", f" {term}") for term in terms]
    ranked: _Ranked = []
    for place in places:
        text, price = texts[place], entries[place].weight
        for exact, begins, word in tests:
            if begins in text:
                price += _EXACT if exact in text else _BEGINS
            else:
                price += _WORD if word in text else _INSIDE
        ranked.append((price, place))
    return ranked


def _promising(
    entries: Sequence[Entry],
    texts: Sequence[str],
    places: list[int],
    terms: Sequence[str],
    recent: Mapping[str, int],
    limit: int,
) -> list[int]:
    """Of a great many that hold every term: those in which each begins something, the first others, and recent ones."""
    better = places
    for term in terms:
        edge, blank = f"{_EDGE}{term}", f" {term}"
        better = [place for place in better if edge in texts[place] or blank in texts[place]]
    if len(better) > MANY:
        exact = better
        for term in terms:
            whole = f"{_EDGE}{term}{_EDGE}"
            exact = [place for place in exact if whole in texts[place]]
        better = [*exact[:MANY], *better[:limit]]
    late = [place for place in places if entries[place].key in recent] if recent else []
    others = places[:limit] if len(better) < limit else []
    return list(dict.fromkeys([*better, *others, *late]))


def _loosely(entries: Sequence[Entry], terms: Sequence[str], have: set[int]) -> _Ranked:
    """Those that hold the letters of every long term in order, the closer the better; short ones as they are."""
    short = [term for term in terms if len(term) < LOOSE_FROM]
    patterns = [(_loose_pattern(term), LOOSEST * len(term)) for term in terms if len(term) >= LOOSE_FROM]
    ranked: _Ranked = []
    for place, one in enumerate(entries if patterns else ()):
        if place in have or any(term not in one.text for term in short):
            continue
        price = one.weight
        for pattern, longest in patterns:
            match = pattern.search(one.text)
            if match is None or match.end() - match.start() > longest:
                break
            price += _LOOSE + match.end() - match.start()
        else:
            ranked.append((price, place))
    return ranked


@lru_cache(maxsize=64)
def _loose_pattern(term: str) -> re.Pattern[str]:
    """Takes the first place of each letter after the one before, without ever going back: a long text costs no more."""
    first, rest = term[0], term[1:]
    steps = "".join(f"[^{_EDGE}{re.escape(letter)}]*+{re.escape(letter)}" for letter in rest)
    return re.compile(re.escape(first) + steps)
