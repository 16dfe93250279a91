"""What the widgets show, as values: text, tones and shapes, free of Qt, so that a test can say them all."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct

from widgets.tones import Tone


class Shape(StrEnum):
    """The form of a state without any hue."""

    DISC = "disc"
    RING = "ring"
    RING_DOT = "ring_dot"
    HALF_DISC = "half_disc"
    TWO_BARS = "two_bars"
    SQUARE = "square"
    DASH = "dash"
    CROSS = "cross"
    QUERY = "query"
    BARRED = "barred"


class FigureText(Struct, frozen=True):
    """What a headline figure shows."""

    label: str
    sublabel: str = ""
    value: str = "—"
    unit: str = ""
    target: str = ""
    note: str = ""
    """What there is to say about the number, above the target."""
    tone: Tone = Tone.CALM
    acknowledged: bool = False
    urgent: bool = False
    """Whether its sign blinks."""
    muted: bool = False
    trend: tuple[float | None, ...] = ()
    trend_target: float | None = None


class ColumnKind(StrEnum):
    """How the cells of a column look."""

    NAME = "name"
    GAUGE = "gauge"
    NUMBER = "number"


class Column(Struct, frozen=True):
    """A column: its heading and the room its widest content takes at the smallest type, in units."""

    title: str
    kind: ColumnKind = ColumnKind.NUMBER
    content: float = 105.0
    optional: bool = False


class Cell(Struct, frozen=True):
    """One value; `tail` is the smaller rest behind it, `filled` the number of full blocks of a gauge."""

    text: str = ""
    tone: Tone = Tone.CALM
    bold: bool = False
    muted: bool = False
    tail: str = ""
    filled: int = 0


class TableRow(Struct, frozen=True):
    """One line of the table, its first cell being the name."""

    key: str
    cells: tuple[Cell, ...]
    sublabel: str = ""
    why: str = ""
    """Why it is tinted though no number of it is; stands in place of the sub-label, and the name makes room for it."""
    tone: Tone = Tone.CALM
    acknowledged: bool = False
    urgent: bool = False
    """Whether its sign blinks."""
    stale: bool = False


class TallyLine(Struct, frozen=True):
    """One state: its shape, its words, how many (None: unknown), and the shade of its piece of the bar."""

    shape: Shape
    label: str
    sublabel: str
    count: int | None
    shade: str = "d2"


class TallyText(Struct, frozen=True):
    """What the tally shows; `total` is the text at the top right."""

    label: str
    sublabel: str = ""
    total: str = ""
    lines: tuple[TallyLine, ...] = ()


class SeatCell(Struct, frozen=True):
    """One seat: who, what it is doing as a shape, for how long; `notched` marks somebody from outside."""

    key: str
    title: str
    shape: Shape
    since: str = ""
    tone: Tone = Tone.CALM
    notched: bool = False
    faint: bool = False
    stale: bool = False


class SeatBlock(Struct, frozen=True):
    """Seats that belong together, under one heading."""

    title: str
    note: str = ""
    cells: tuple[SeatCell, ...] = ()


class SeatLegend(Struct, frozen=True):
    """What the shapes of a field of seats mean; `notched` is the word for the notch, if any seat has one."""

    shapes: tuple[tuple[Shape, str], ...] = ()
    notched: str = ""


class Badge(Struct, frozen=True):
    """A mode the whole floor is in, such as an event or a simulation; a warning has a sign as its icon."""

    label: str
    sublabel: str = ""
    icon: str = ""
    tone: Tone = Tone.INFO


class BannerText(Struct, frozen=True):
    """What the banner says in place of the head; `title` is bold.

    `partly` says that the rest is live: then the page keeps its name, because its figures go on.
    """

    title: str
    detail: str = ""
    tone: Tone = Tone.WARN
    partly: bool = False


class MastheadText(Struct, frozen=True):
    """What the head shows; `proof` stands beside a dot and is empty when nothing proves that the data is live."""

    short: str = ""
    name: str = ""
    page: str = ""
    date: str = ""
    proof: str = ""
    badges: tuple[Badge, ...] = ()
    banner: BannerText | None = None


class AlarmText(Struct, frozen=True):
    """What the line shows; `page` counts from zero, `held` says that the page does not turn now."""

    title: str = ""
    detail: str = ""
    more: str = ""
    tone: Tone = Tone.CALM
    acknowledged: bool = False
    page: int = 0
    pages: int = 1
    held: bool = False


class PinText(Struct, frozen=True):
    """The words of the dialog."""

    title: str
    prompt: str
    leave: str
    stay: str
