"""Turns seats into the lines of a table: the columns that somebody has chosen, in the order that they want."""

from __future__ import annotations

from console.floor.columns import COLUMNS, Column, Look, TableView, ordered
from console.floor.present import Cards
from console.words import Words
from widgets.desk_texts import RowText, TitleText


class Lines:
    """The table over the seats that the cards are made of; `keys` are its rows in order."""

    def __init__(self, cards: Cards) -> None:
        self.cards = cards
        self.view = TableView()
        self.keys: list[str] = []
        self.made = 0
        """How many lines were ever made: a measure for tests."""
        self._look: Look | None = None
        self._columns: tuple[Column, ...] = ()
        self._sorted: tuple[object, ...] = ()

    def order(self, view: TableView, words: Words, *, hold: bool = False) -> bool:
        """Put the seats in order as of the cards' last look, if they could have another one; whether that was done.

        With `hold` no row moves merely because time has passed: somebody is pressing one.
        """
        sight = self.cards.sight
        assert sight is not None
        self._look = Look(sight, words, self.cards.seconds_of, self.cards.call_of)
        self.view, self._columns = view, tuple(COLUMNS[name] for name in view.columns)
        by_number = view.sort in ("seat", "extension")
        second = 0 if by_number else sight.now // 1000
        wanted = (self.cards.roll.turn, view.sort, view.descending, second, words.language)
        if wanted == self._sorted or (hold and (*wanted[:3], *wanted[4:]) == (*self._sorted[:3], *self._sorted[4:])):
            return False
        self._sorted = wanted
        keys = self.cards.roll.keys
        if view.sort == "seat":
            self.keys = keys[::-1] if view.descending else keys
        else:
            self.keys = [keys[place] for place in ordered(self._look, self.cards.roll.wanted, view)]
        return True

    def titles(self, words: Words) -> tuple[TitleText, ...]:
        """The heads of the columns."""
        return tuple(
            TitleText(
                name, words(f"floor.column.{name}"), self.view.widths.get(name, COLUMNS[name].width),
                right=COLUMNS[name].right, by_hand=name in self.view.widths,
            )
            for name in self.view.columns
        )  # fmt: skip

    def row(self, key: str) -> RowText:
        """The line of a seat as of the cards' last look."""
        seat, look = self.cards.roll.by_key.get(key), self._look
        if seat is None or look is None:
            return RowText(key, ("",) * len(self._columns))
        self.made += 1
        cell = self.cards.cell(key)
        return RowText(
            key, tuple(column.text(look, seat) for column in self._columns), tone=cell.tone, shape=cell.shape,
            faint=cell.vacant, stale=cell.stale,
        )  # fmt: skip

    def spoken(self, key: str) -> str:
        return self.cards.spoken(key)

    def tip(self, key: str) -> str:
        return self.cards.tip(key)
