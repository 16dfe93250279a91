"""What the widgets of a desk show, as values: text, tones and shapes, free of Qt, so that a test can say them all."""

from __future__ import annotations

from typing import Protocol

from msgspec import Struct

from widgets.texts import Badge, Shape
from widgets.tones import Tone


class FieldCell(Struct, frozen=True):
    """One place: who, its number, what it is doing as a shape, for how long; `notched` marks somebody from outside.

    `vacant` places are only an outline with their title. `details` and `chips` are shown where a card has room.
    """

    key: str
    title: str
    number: str = ""
    time: str = ""
    shape: Shape = Shape.DASH
    tone: Tone = Tone.CALM
    notched: bool = False
    vacant: bool = False
    stale: bool = False
    shade: str = ""
    """`free`, `busy` or `away` where classic colours are wanted (:meth:`widgets.palette.Palette.shade`)."""
    details: tuple[str, ...] = ()
    chips: tuple[str, ...] = ()


class CellSource(Protocol):
    """Tells what a place shows, when it comes into sight."""

    def cell(self, key: str) -> FieldCell:
        """The card of that key."""

    def spoken(self, key: str) -> str:
        """All of it in one sentence for a screen reader."""

    def tip(self, key: str) -> str:
        """What is told while the mouse rests on it."""


class FieldBlock(Struct, frozen=True):
    """Places that belong together, under one heading.

    Without `places` they follow each other where the field has room for the block. With them the block is drawn: each
    key has a (column, line) of its own in a frame of `columns` by `lines` that stands at `column`, `line` of the field.
    """

    title: str
    note: str = ""
    keys: tuple[str, ...] = ()
    key: str = ""
    places: tuple[tuple[int, int], ...] | None = None
    column: int = 0
    line: int = 0
    columns: int = 0
    lines: int = 0


class TitleText(Struct, frozen=True):
    """The head of a column; `right` for numbers, `by_hand` where somebody chose its width."""

    key: str
    label: str
    width: int
    right: bool = False
    by_hand: bool = False


class RowText(Struct, frozen=True):
    """A row of a table of many: its cells, the shape of its state, and whether something is wrong with it."""

    key: str
    cells: tuple[str, ...]
    tone: Tone = Tone.CALM
    shape: Shape | None = None
    faint: bool = False
    stale: bool = False


class RowSource(Protocol):
    """Tells what a row shows, when it comes into sight."""

    def row(self, key: str) -> RowText:
        """The row of that key."""

    def spoken(self, key: str) -> str:
        """All of it in one sentence for a screen reader."""

    def tip(self, key: str) -> str:
        """What is told while the mouse rests on it."""


class LegendItem(Struct, frozen=True):
    """What a shape means and how many places have it."""

    shape: Shape
    label: str
    count: int


class TopBarText(Struct, frozen=True):
    """What the head of a desk shows; `proof` is empty when nothing proves that the data is live.

    `day` is there where it need not be today.
    """

    short: str = ""
    name: str = ""
    shift: tuple[str, str] | None = None
    """The name of the running shift, and its hours."""
    badges: tuple[Badge, ...] = ()
    alarms: tuple[tuple[Tone, int], ...] = ()
    alarms_spoken: str = ""
    proof: str = ""
    clock: str = ""
    more: str = ""
    """What else the tooltip of the left side says."""
    day: str = ""


class Choice(Struct, frozen=True):
    """One entry of a list to choose from; an empty key stands for all."""

    key: str
    label: str


class BandText(Struct, frozen=True):
    """What the strip of a state shows: its shape, its words, what was passed, and for how long it has lasted."""

    shape: Shape = Shape.DASH
    title: str = ""
    detail: str = ""
    time: str = ""
    tone: Tone = Tone.CALM


class SpanText(Struct, frozen=True):
    """A stretch of a time line, from `begin` to `end` as shares of the whole (0–1).

    `shade` is `dark`, `middle`, `light`, `open`, `hatched` or `none`: with the shape in it, no two kinds look alike.
    """

    begin: float
    end: float
    shade: str = "none"
    shape: Shape = Shape.DASH
    tone: Tone = Tone.CALM
    tip: str = ""


class TimelineText(Struct, frozen=True):
    """A time line: stretches in order, moments marked below as (share, text), and what the shapes mean."""

    spans: tuple[SpanText, ...] = ()
    marks: tuple[tuple[float, str], ...] = ()
    legend: tuple[tuple[str, Shape, str], ...] = ()
    """Shade, shape and words of each kind that occurs."""
    spoken: str = ""
    empty: str = ""
    """What is said instead when nothing is known."""


class FactText(Struct, frozen=True):
    """One labelled fact."""

    label: str
    value: str


class CountText(Struct, frozen=True):
    """One number with what it counts and what to compare it with."""

    label: str
    value: str
    note: str = ""


class ActionText(Struct, frozen=True):
    """A button: what it does, whether it can be pressed, and why not, or what became of the last press."""

    key: str
    label: str
    icon: str = ""
    enabled: bool = True
    why: str = ""
    note: str = ""
    tone: Tone = Tone.CALM
    busy: bool = False


class CardText(Struct, frozen=True):
    """A card of a list: its name, one big number and three smaller values, each with its label and tone.

    `muted` are the places of values that stand on too little to judge.
    """

    key: str
    title: str
    subtitle: str = ""
    value: str = "—"
    unit: str = ""
    value_tone: Tone = Tone.CALM
    facts: tuple[tuple[str, str, Tone], ...] = ()
    muted: frozenset[int] = frozenset()
    tone: Tone = Tone.CALM
    acknowledged: bool = False
    stale: bool = False
    spoken: str = ""
    tip: str = ""


class LineText(Struct, frozen=True):
    """A row of a table; `signed` shows the sign of its tone in the first column, whose words are for screen readers.

    With `tones` each cell has its own and only those that are out of their limit are loud; the row keeps its bar.
    `muted` are columns whose values stand on too little to judge.
    The sign of an `urgent` one blinks where the table is told to. `deeds` are the buttons that the line has, where the
    table shows any.
    """

    key: str
    cells: tuple[str, ...]
    tone: Tone = Tone.CALM
    tones: tuple[Tone, ...] = ()
    muted: frozenset[int] = frozenset()
    acknowledged: bool = False
    signed: bool = False
    faint: bool = False
    stale: bool = False
    tip: str = ""
    urgent: bool = False
    deeds: tuple[str, ...] = ()
