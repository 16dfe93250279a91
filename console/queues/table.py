"""Turns queues into the lines of a table that can be sorted by any of its columns."""

from __future__ import annotations

from typing import Final

from msgspec import Struct

from console.phrases.figures import EMPTY, ROW_FIGURES, acknowledged, number_tone, printed, value_of
from console.phrases.scopes import queue_name, queues_in_order
from console.queues.present import row_tone, withheld
from console.sight import Sight
from console.words import Words
from feeds.entities import Queue
from widgets.desk_texts import LineText
from widgets.tones import Tone


class Column(Struct, frozen=True):
    """A column: its word (`queues.column.<key>`), the figure in it with its window, and its width in pixels."""

    key: str
    figure: str = ""
    window: str = ""
    width: int = 72


COLUMNS: Final = (
    Column("queue", width=104),
    Column("waiting", "waiting", "now", 54),
    Column("longest", "longest_wait_now", "now", 66),
    Column("expected", "expected_wait", "60m", 66),
    Column("average", "average_wait", "today", 66),
    Column("rate", "answer_rate_a2", "30m", 72),
    Column("level", "service_level_f8", "30m", 66),
    Column("offered", "offered", "today", 60),
    Column("answered", "answered", "today", 60),
    Column("abandoned", "abandoned", "today", 60),
    Column("ready", "staffed", "now", 66),
)
RATES: Final = ("answer_rate", "service_level")
NUMBERS: Final = frozenset(range(1, len(COLUMNS)))
MENU: Final = (
    ("waiting", "now"), ("longest_wait_now", "now"), ("answer_rate_a2", "30m"), ("service_level_f8", "30m"),
    ("expected_wait", "60m"), ("aht", "60m"), ("offered", "today"), ("answered", "today"), ("abandoned", "today"),
    ("rest_answer_rate", "today"),
)  # fmt: skip
"""What a queue's menu opens."""


class Order(Struct, frozen=True):
    """By which column lines are sorted, and whether the greatest stands above; column -1 is the site's own order."""

    column: int = -1
    downwards: bool = False

    def pressed(self, column: int) -> Order:
        """The order after a title was pressed: numbers from the greatest, a second press turns it, a third ends it."""
        first = column in NUMBERS
        if column != self.column:
            return Order(column, first)
        return Order(column, not first) if self.downwards is first else Order()


def lines(sight: Sight, order: Order, words: Words) -> tuple[LineText, ...]:
    """Every queue as a line; what has no value stands below, whichever way the others are sorted."""
    queues = queues_in_order(sight)
    if order.column >= 0:
        keys = [(_key(sight, queue, COLUMNS[order.column], words), queue) for queue in queues]
        known = sorted((one for one in keys if one[0] is not None), key=lambda one: one[0], reverse=order.downwards)  # type: ignore[arg-type,return-value]
        queues = [queue for _, queue in (*known, *(one for one in keys if one[0] is None))]
    return tuple(_line(sight, queue, words) for queue in queues)


def _key(sight: Sight, queue: Queue, column: Column, words: Words) -> float | str | None:
    if column.key == "queue":
        return queue_name(sight, queue.key, words)
    if column.key == "ready":
        staff = sight.staff(queue.key)
        return float(staff.states.get("ready", 0)) if staff is not None else None
    return value_of(sight, queue.key, column.figure, column.window)


def _line(sight: Sight, queue: Queue, words: Words) -> LineText:
    cells, tones, muted, tone = [], [], set[int](), row_tone(sight, queue.key)
    for place, column in enumerate(COLUMNS):
        cells.append(_cell(sight, queue, column, words))
        limited = (column.figure, column.window) in ROW_FIGURES or column.key == "level"
        if column.figure.startswith(RATES) and printed(sight, queue.key, column.figure, column.window, words).muted:
            muted.add(place)
        tones.append(number_tone(sight, queue.key, column.figure, column.window) if limited else Tone.CALM)
    return LineText(
        key=queue.key, cells=tuple(cells), tones=tuple(tones), tone=tone, signed=tone is not Tone.CALM,
        muted=frozenset(muted),
        acknowledged=acknowledged(sight, queue.key, ROW_FIGURES)[0],
        stale=not sight.stale and sight.stale_for(queue.source),
        tip="\n".join(withheld(sight, queue.key, ("expected_wait", "staffed"), words)) or " ",
    )  # fmt: skip


def _cell(sight: Sight, queue: Queue, column: Column, words: Words) -> str:
    if column.key == "queue":
        return queue_name(sight, queue.key, words)
    if column.key == "ready":
        staff = sight.staff(queue.key)
        return f"{staff.states.get('ready', 0)}/{staff.staffed}" if staff is not None else EMPTY
    if column.key == "waiting":
        return str(queue.waiting)
    found = printed(sight, queue.key, column.figure, column.window, words)
    return found.text + (found.unit if column.figure.startswith(RATES) else "")
