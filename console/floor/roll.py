"""The seats that are looked at, kept from look to look: which are wanted, in which areas, and what has changed.

Ten thousand seats are too many to be weighed ten times a second; only those whose entity is another one are.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from itertools import compress
from operator import attrgetter, is_not
from typing import Final

from console.floor.choosing import Chosen, wanted_of
from console.sight import Sight
from console.words import Words
from feeds.entities import Seat, SiteInfo

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
        self.empty: set[str] = set()
        """At which of all seats nobody sits."""
        self.longest = 0
        """How many characters the longest number has."""
        self.turn = 0
        """Counts up whenever the list of those that are wanted, or where one of them stands, is another one."""
        self.moves = 0
        """Counts up whenever a seat has come, has gone or is in another area, wanted or not."""
        self.weighed = 0
        """How many seats were ever weighed against the filters: a measure for tests."""
        self._order: list[str] = []
        self._before: list[Seat] = []
        self._fits: set[str] | None = None
        """Those that fit the filters; None where everybody does."""
        self._wanted: list[Seat] | None = None
        """Their seats; None, like all seats below, until somebody asks for them after a change."""
        self._seats: list[Seat] | None = None
        self._chosen = Chosen()
        self._site: SiteInfo | None = None
        self._language = ""
        self._second = -1

    @property
    def total(self) -> int:
        """How many seats there are."""
        return len(self._order)

    @property
    def seats(self) -> list[Seat]:
        """All of them, by number."""
        if self._seats is None:
            self._seats = list(map(self.by_key.__getitem__, self._order))
        return self._seats

    @property
    def wanted(self) -> list[Seat]:
        """Those that fit the filters, by number."""
        if self._wanted is None:
            self._wanted = list(map(self.by_key.__getitem__, self.keys))
        return self._wanted

    def look(self, sight: Sight, chosen: Chosen, words: Words) -> list[Seat]:
        """Take over what differs; returns the seats that do."""
        seats = list(sight.seats())
        site = sight.site
        second = sight.now // 1000 if chosen.overdue else 0
        # Itself and not its revision, which begins anew where a site was edited.
        others = site is not self._site or (chosen, words.language) != (self._chosen, self._language)
        before, self._before = self._before, seats
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
            self._note_moves([(self.by_key[seat.key], seat) for seat in changed])
            self._take(changed)
            self._weigh(sight, chosen, words)
            self._list()
            changed = seats
        elif changed or second != self._second:
            self._follow(sight, changed, second != self._second, chosen, words)
        self._second = second
        return changed

    def _note_moves(self, pairs: list[tuple[Seat, Seat]]) -> bool:
        """Whether one of those that changed is in another area than before."""
        moved = any(old.area != new.area for old, new in pairs)
        self.moves += moved
        return moved

    def _begin_anew(self, sight: Sight, seats: list[Seat], chosen: Chosen, words: Words) -> None:
        self.moves += 1
        self.by_key, self.empty = {}, set()
        self._seats = self._wanted = None
        self._take(seats)
        self._order = sorted(self.by_key, key=lambda key: natural(key.partition(":")[2]) or ())
        self.longest = max((len(key.partition(":")[2]) for key in self._order), default=0)
        self._weigh(sight, chosen, words)
        self._list()

    def _take(self, seats: list[Seat]) -> None:
        if seats:
            self._seats = self._wanted = None
        keys = [seat.key for seat in seats]
        self.by_key.update(zip(keys, seats, strict=True))
        self.empty.difference_update(keys)
        self.empty.update([seat.key for seat in seats if seat.state in NOBODY])

    def _follow(self, sight: Sight, changed: list[Seat], all_anew: bool, chosen: Chosen, words: Words) -> None:
        """Weigh what changed; with time as a filter, everybody once a second."""
        pairs = [(self.by_key[seat.key], seat) for seat in changed]
        moved = self._note_moves(pairs)
        self._take(changed)
        before = self._fits
        if all_anew:
            self._weigh(sight, chosen, words)
        elif before is not None:
            self.weighed += len(changed)
            found = wanted_of(changed, sight, chosen, words)
            self._fits = before.difference([seat.key for seat in changed]).union([seat.key for seat in found])
            if self._fits != before:
                self.keys = list(filter(self._fits.__contains__, self._order))
        if moved or self._fits != before:
            self._list()
        else:
            self._count(pairs)

    def _count(self, pairs: list[tuple[Seat, Seat]]) -> None:
        """Count those that are in another state than before, where nothing else about the list is new."""
        fits, tally = self._fits, self.tally
        for old, new in pairs:
            if old.state != new.state and (fits is None or new.key in fits):
                tally[old.state] -= 1
                tally[new.state] += 1

    def _weigh(self, sight: Sight, chosen: Chosen, words: Words) -> None:
        """Find anew who of all is wanted."""
        if chosen.everything:
            self._fits, self.keys, self._wanted = None, self._order, self.seats
            return
        self.weighed += len(self._order)
        self._wanted = wanted_of(self.seats, sight, chosen, words)
        self.keys = [seat.key for seat in self._wanted]
        self._fits = set(self.keys)

    def _list(self) -> None:
        self.tally = Counter(map(attrgetter("state"), self.wanted))
        self.turn += 1
