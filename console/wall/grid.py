"""Where everything stands on a wall page, for any screen: pure arithmetic over the 1920×1080 design."""

from __future__ import annotations

from enum import Enum
from functools import lru_cache
from math import hypot, radians, tan

from msgspec import Struct
from PySide6.QtCore import QRect

MARGIN, GAP = 40.0, 20.0
ARC_MINUTES = 16.0
"""Least height of a capital at the farthest reading place, in minutes of arc (NUREG-0700)."""
CAP_SHARE = 0.733


class Density(Enum):
    """How large the rows are: their type in units of the page and how many a page holds."""

    S = (40, 7)
    M = (60, 5)
    L = (80, 3)

    @property
    def pixels(self) -> int:
        return self.value[0]

    @property
    def rows(self) -> int:
        return self.value[1]

    @property
    def grow(self) -> float:
        """How much larger than in the densest form."""
        return self.value[0] / 40


def density_for(diagonal_inches: float, farthest_metres: float, width: int = 1920, height: int = 1080) -> Density:
    """The densest form whose rows can still be read from the farthest place.

    A row's capital must subtend 16 minutes of arc. The type scales with the screen, so only its physical size and the
    distance count, not its resolution. A slack of a tenth is allowed, as the design's own table has it.
    """
    if diagonal_inches <= 0 or farthest_metres <= 0:
        return Density.S
    unit_metres = diagonal_inches * 0.0254 * unit_of(width, height) / hypot(width, height)
    needed = farthest_metres * tan(radians(ARC_MINUTES / 60)) / (unit_metres * CAP_SHARE)
    for density in Density:
        if density.pixels * 1.1 >= needed:
            return density
    return Density.L


def reading_distance(density: Density, diagonal_inches: float) -> float:
    """From how many metres the rows of that density can be read on a 16:9 screen of that diagonal."""
    unit_metres = diagonal_inches * 0.0254 / hypot(1920, 1080)
    return density.pixels * unit_metres * CAP_SHARE / tan(radians(ARC_MINUTES / 60))


def unit_of(width: int, height: int) -> float:
    """How many pixels one unit of the design has on a screen of that many."""
    if _is_upright(width, height):
        return min(width / 1080, height / 1700)
    return min(width / 1920, height / 1080)


def _is_upright(width: int, height: int) -> bool:
    return height > width * 1.2


class Places(Struct, frozen=True):
    """Rectangles in pixels; `unit` is how many pixels one unit of the design has."""

    unit: float
    masthead: QRect
    clock: QRect
    tiles: tuple[QRect, ...]
    table: QRect
    tally: QRect
    field: QRect
    alarms: QRect


@lru_cache(maxsize=8)
def places(width: int, height: int, density: Density) -> Places:
    """Lay a page out on a screen of that many pixels; kept, because every look at the floor asks."""
    if _is_upright(width, height):
        return _portrait(width, height, density)
    return _landscape(width, height, density)


def _foot(high: float, density: Density, lines: int = 1) -> tuple[float, float]:
    """Top of the alarm line and bottom of what stands above it."""
    line = {Density.S: 52.0, Density.M: 66.0, Density.L: 84.0}[density]
    line *= 1.0 if lines == 1 else 1.8
    top = high - 22.0 - line
    return top, top - 18.0


def _landscape(width: int, height: int, density: Density) -> Places:
    unit = unit_of(width, height)
    wide, high = width / unit, height / unit
    spare = max(0.0, high - 1080)
    tile_bottom = 462.0 + spare * 0.3
    line_top, bottom = _foot(high, density)
    tile = (wide - 2 * MARGIN - 3 * GAP) / 4
    tally = (wide - 2 * MARGIN) * 572 / 1840
    table_top = tile_bottom + GAP
    rect = _Rects(unit)
    return Places(
        unit=unit,
        masthead=rect(MARGIN, 30, wide - 2 * MARGIN - 313, 98),
        clock=rect(wide - MARGIN - 290, 30, 290, 98),
        tiles=tuple(rect(MARGIN + n * (tile + GAP), 140, tile, tile_bottom - 140) for n in range(4)),
        table=rect(MARGIN, table_top, wide - 2 * MARGIN - tally - GAP, bottom - table_top),
        tally=rect(wide - MARGIN - tally, table_top, tally, bottom - table_top),
        field=rect(MARGIN, 140, wide - 2 * MARGIN, bottom - 140),
        alarms=rect(MARGIN, line_top, wide - 2 * MARGIN, high - 22 - line_top),
    )


def _portrait(width: int, height: int, density: Density) -> Places:
    unit = unit_of(width, height)
    wide, high = width / unit, height / unit
    line_top, bottom = _foot(high, density, lines=2)
    tile = (wide - 2 * MARGIN - GAP) / 2
    table_top = 220.0 + 2 * (322 + GAP)
    table_bottom = table_top + (bottom - table_top - GAP) * (0.47 if density is Density.L else 0.53)
    rect = _Rects(unit)
    return Places(
        unit=unit,
        masthead=rect(MARGIN, 30, wide - 2 * MARGIN, 180),  # the clock stands upon its corner
        clock=rect(wide - MARGIN - 290, 30, 290, 98),
        tiles=tuple(rect(MARGIN + n % 2 * (tile + GAP), 220 + n // 2 * (322 + GAP), tile, 322) for n in range(4)),
        table=rect(MARGIN, table_top, wide - 2 * MARGIN, table_bottom - table_top),
        tally=rect(MARGIN, table_bottom + GAP, wide - 2 * MARGIN, bottom - table_bottom - GAP),
        field=rect(MARGIN, 220, wide - 2 * MARGIN, bottom - 220),
        alarms=rect(MARGIN, line_top, wide - 2 * MARGIN, high - 22 - line_top),
    )


class _Rects(Struct, frozen=True):
    """Turns units into whole pixels edge by edge, so that neighbours never overlap or gape."""

    unit: float

    def __call__(self, left: float, top: float, width: float, height: float) -> QRect:
        x, y = round(left * self.unit), round(top * self.unit)
        return QRect(x, y, round((left + width) * self.unit) - x, round((top + height) * self.unit) - y)


class SeatRoom(Struct, frozen=True):
    """How many seats stand in a line of a seat page, how many lines on it, and how much of one a heading takes."""

    columns: int
    lines: float
    head: float


_SEAT = {Density.S: (198.0, 90.0), Density.M: (248.0, 126.0), Density.L: (332.0, 150.0)}
"""Least width and height that a seat needs for a number of the density's size, with the gap to its neighbours."""
_SEAT_GAP, _SEAT_HEAD, _SEAT_LEGEND = 8.0, 48.0, 96.0
"""As the map of seats has them; not taken from it, so that this arithmetic needs no widget."""


def seat_room(where: Places, density: Density) -> SeatRoom:
    """As many seats as can be read from afar. On a narrow page the legend has no room beside a heading."""
    wide, high = where.field.width() / where.unit, where.field.height() / where.unit
    least_width, least_height = _SEAT[density]
    grow = min(density.grow, 1.3)
    legend = _SEAT_LEGEND * grow if wide < 1200 else 0.0
    columns = max(1, int((wide + _SEAT_GAP) / least_width))
    return SeatRoom(columns, (high - legend) / least_height, _SEAT_HEAD * grow / least_height)
