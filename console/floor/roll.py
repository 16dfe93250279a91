"""The seats that are looked at, kept from look to look: which are wanted, in which areas, and what has changed.

Ten thousand seats are too many to be weighed ten times a second; only those whose entity is another one are.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from console.floor.choosing import Chosen, fits
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
        self.seats: list[Seat] = []
        """All of them, by number."""
        self.wanted: list[Seat] = []
        """Those that fit the filters, by number."""
        self.by_key: dict[str, Seat] = {}
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

    def look(self, sight: Sight, chosen: Chosen, words: Words) -> list[Seat]:
        """Take over what differs; returns the seats that do."""
        seats = list(sight.seats())
        site = sight.site.rev if sight.site is not None else -1
        second = sight.now // 1000 if chosen.overdue else 0
        others = (site, chosen, words.language) != (self._site, self._chosen, self._language)
        before, self._before = self._before, seats
        if len(seats) != len(before):
            changed, moved = seats, True
        else:
            pairs = [(new, old) for new, old in zip(seats, before, strict=True) if new is not old]
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
        elsewhere = any(self.by_key[seat.key].area != seat.area for seat in changed)
        for seat in changed:
            self.by_key[seat.key] = seat
        if all_anew:
            found = self._weigh(sight, self.by_key.values(), chosen, words)
        elif chosen.everything:
            found = {}
        else:
            found = self._weigh(sight, changed, chosen, words)
        others = any(self._fits[key] != fit for key, fit in found.items())
        self._fits.update(found)
        if others or elsewhere:
            self._list()
        elif changed:
            by_key, whole = self.by_key, self.wanted is self.seats
            self.seats = [by_key[key] for key in self._order]
            self.wanted = self.seats if whole else [by_key[seat.key] for seat in self.wanted]

    def _weigh(self, sight: Sight, seats: Iterable[Seat], chosen: Chosen, words: Words) -> dict[str, bool]:
        if chosen.everything:
            return {}
        found = {seat.key: fits(sight, seat, chosen, words) for seat in seats}
        self.weighed += len(found)
        return found

    def _list(self) -> None:
        by_key, fit = self.by_key, self._fits
        self.seats = [by_key[key] for key in self._order]
        self.wanted = [seat for seat in self.seats if fit[seat.key]] if fit else self.seats
        self.turn += 1

    def counts(self) -> Counter[str]:
        """How many of those that are wanted are in which state."""
        return Counter(seat.state for seat in self.wanted)


def staffed(seats: list[Seat]) -> str:
    """How many of some seats somebody sits at, and how many those are."""
    return f"{sum(seat.state not in NOBODY for seat in seats)}/{len(seats)}"
