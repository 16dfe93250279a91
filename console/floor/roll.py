"""The seats that are looked at, kept from look to look: which are wanted, in which areas, and what has changed.

Ten thousand seats are too many to be weighed ten times a second; only those whose entity is another one are.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from itertools import compress
from operator import is_not
from typing import Final

from console.floor.choosing import Chosen, judge
from console.sight import Sight
from console.words import Words
from feeds.entities import Seat

NOBODY = ("offline",)
_NUMBERS: Final = re.compile(r"(\d+)")


@lru_cache(maxsize=65_536)
def natural(text: str) -> tuple[tuple[int, int, str], ...] | None:
    """A key by which `8002` comes before `8010` and `A9` before `A10`."""
    if not text:
        return None
    if text.isdigit():
        return ((0, int(text), text),)
    parts = _NUMBERS.split(text)
    return tuple((0, int(part), part) if place % 2 else (1, 0, part) for place, part in enumerate(parts) if part)


class Roll:
    """Everybody on the floor, and who of them is wanted."""

    def __init__(self) -> None:
        self.by_key: dict[str, Seat] = {}
        self.keys: list[str] = []
        """Those that fit the filters, by number."""
        self.tally: Counter[str] = Counter()
        """How many of those that are wanted are in which state."""
        self.moves: list[tuple[str, int]] = []
        """Which of those that are wanted somebody sat down at (1) or left (-1) since the look before."""
        self.turn = 0
        """Counts up whenever the list of those that are wanted, or where one of them stands, is another one."""
        self.weighed = 0
        """How many seats were ever weighed against the filters: a measure for tests."""
        self._order: list[str] = []
        self._before: list[Seat] = []
        self._fits: dict[str, bool] = {}
        """Of each seat whether it fits; nothing where everybody does."""
        self._chosen = Chosen()
        self._site = -1
        self._language = ""
        self._second = -1

    @property
    def total(self) -> int:
        """How many seats there are."""
        return len(self._order)

    @property
    def seats(self) -> list[Seat]:
        """All of them, by number."""
        return [self.by_key[key] for key in self._order]

    @property
    def wanted(self) -> list[Seat]:
        """Those that fit the filters, by number."""
        return [self.by_key[key] for key in self.keys]

    def look(self, sight: Sight, chosen: Chosen, words: Words) -> list[Seat]:
        """Take over what differs; returns the seats that do."""
        seats = list(sight.seats())
        site = sight.site.rev if sight.site is not None else -1
        second = sight.now // 1000 if chosen.overdue else 0
        others = (site, chosen, words.language) != (self._site, self._chosen, self._language)
        before, self._before, self.moves = self._before, seats, []
        if len(seats) != len(before):
            changed, moved = seats, True
        else:
            pairs = list(compress(zip(seats, before, strict=True), map(is_not, seats, before)))
            changed = [new for new, _ in pairs]
            moved = any(new.key != old.key for new, old in pairs)
        self._site, self._chosen, self._language = site, chosen, words.language
        if moved:
            self._begin_anew(sight, seats, chosen, words)
            changed = seats
        elif others:
            self.by_key.update((seat.key, seat) for seat in changed)
            self._fits = self._weigh(sight, self.by_key.values(), chosen, words)
            self._list()
            changed = seats
        elif changed or second != self._second:
            self._follow(sight, changed, second != self._second, chosen, words)
        self._second = second
        return changed

    def _begin_anew(self, sight: Sight, seats: list[Seat], chosen: Chosen, words: Words) -> None:
        self.by_key = {seat.key: seat for seat in seats}
        self._order = sorted(self.by_key, key=lambda key: natural(key.partition(":")[2]) or ())
        self._fits = self._weigh(sight, seats, chosen, words)
        self._list()

    def _follow(self, sight: Sight, changed: list[Seat], all_anew: bool, chosen: Chosen, words: Words) -> None:
        """Weigh what changed; with time as a filter, everybody once a second."""
        pairs = [(self.by_key[seat.key], seat) for seat in changed]
        self.by_key.update((seat.key, seat) for seat in changed)
        if all_anew:
            found = self._weigh(sight, self.by_key.values(), chosen, words)
        elif chosen.everything:
            found = {}
        else:
            found = self._weigh(sight, changed, chosen, words)
        others = any(self._fits[key] != fit for key, fit in found.items())
        self._fits.update(found)
        if others or any(old.area != new.area for old, new in pairs):
            self._list()
        else:
            self._count(pairs)

    def _count(self, pairs: list[tuple[Seat, Seat]]) -> None:
        """Count those that are in another state than before, where nothing else about the list is new."""
        fits, tally = self._fits, self.tally
        for old, new in pairs:
            if old.state != new.state and (not fits or fits[new.key]):
                tally[old.state] -= 1
                tally[new.state] += 1
                if (old.state in NOBODY) is not (new.state in NOBODY):
                    self.moves.append((new.key, 1 if old.state in NOBODY else -1))

    def _weigh(self, sight: Sight, seats: Iterable[Seat], chosen: Chosen, words: Words) -> dict[str, bool]:
        if chosen.everything:
            return {}
        fit = judge(sight, chosen, words)
        found = {seat.key: fit(seat) for seat in seats}
        self.weighed += len(found)
        return found

    def _list(self) -> None:
        fit = self._fits
        self.keys = [key for key in self._order if fit[key]] if fit else self._order
        self.tally = Counter([self.by_key[key].state for key in self.keys])
        self.turn += 1
