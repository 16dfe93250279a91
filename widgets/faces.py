"""The type of the house: one family, two weights, sizes in pixels, widths remembered."""

from __future__ import annotations

from enum import IntEnum
from functools import lru_cache
from math import ceil, floor

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPixmap

FAMILIES = (
    "Floor Sans SC",
    "Noto Sans CJK SC",
    "Microsoft YaHei UI",
    "PingFang SC",
    "Source Han Sans SC",
    "Noto Sans CJK JP",
    "Noto Sans Arabic",
)
"""Bare fallback picks a Japanese face for Chinese text on Debian, so the faces are named."""

CAP_SHARE = 0.733
"""Height of a capital or a digit as a share of the font's pixel size."""


SMALL = 20.0
"""Up to this size many more lines are kept: they are small pictures, and a desk shows hundreds of names."""
NUMERIC = frozenset("0123456789:.%/- ")


class Side(IntEnum):
    """Which end of a text its position fixes."""

    LEFT = 0
    RIGHT = 1
    MIDDLE = 2


@lru_cache(maxsize=256)
def _face(quarter_pixels: int, bold: bool) -> QFont:
    font = QFont(list(FAMILIES))
    font.setPixelSize(max(6, round(quarter_pixels / 4)))
    font.setWeight(QFont.Weight.Bold if bold else QFont.Weight.Normal)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return font


def face(pixels: float, bold: bool = False) -> QFont:
    """The font of that size in pixels; the same object for the same size and weight."""
    return _face(round(pixels * 4), bold)


@lru_cache(maxsize=256)
def _metrics(quarter_pixels: int, bold: bool) -> QFontMetricsF:
    return QFontMetricsF(_face(quarter_pixels, bold))


@lru_cache(maxsize=4096)
def _width(text: str, quarter_pixels: int, bold: bool) -> float:
    return float(_metrics(quarter_pixels, bold).horizontalAdvance(text))


def width_of(text: str, pixels: float, bold: bool = False) -> float:
    """How far the text reaches, in pixels."""
    return _width(text, round(pixels * 4), bold)


def shortened(text: str, pixels: float, bold: bool, room: float, *, middle: bool = False) -> str:
    """The text, or as much of it as fits into `room` pixels with an ellipsis at its end, or in its `middle`.

    Names are cut in the middle: many of them differ only at their end.
    """
    if width_of(text, pixels, bold) <= room:
        return text
    return _elided(text, round(pixels * 4), bold, int(max(0.0, room)), middle)


@lru_cache(maxsize=2048)
def _elided(text: str, quarter_pixels: int, bold: bool, room: int, middle: bool) -> str:
    mode = Qt.TextElideMode.ElideMiddle if middle else Qt.TextElideMode.ElideRight
    return _metrics(quarter_pixels, bold).elidedText(text, mode, room)


def fitted(text: str, pixels: float, bold: bool, room: float, least: float = 0.5) -> float:
    """The font size at which the text fits into `room`, never below `least` of `pixels`."""
    width = width_of(text, pixels, bold)
    if width <= room or width <= 0:
        return pixels
    smallest = ceil(pixels * least)
    size = max(smallest, floor(pixels * room / width))
    while size > smallest and width_of(text, size, bold) > room:  # faces come in whole pixels only
        size -= 1
    return size


def pixel_ratio(painter: QPainter) -> float:
    """Pixels of what is painted on per logical pixel: a picture of a widget has its own, not that of the screen."""
    return painter.deviceTransform().m11()


def write(
    painter: QPainter,
    x: float,
    baseline: float,
    text: str,
    pixels: float,
    colour: QColor,
    bold: bool = False,
    side: Side = Side.LEFT,
    ratio: float = 0.0,
) -> float:
    """Draw one line of text on its baseline and return its width in pixels.

    Whoever writes hundreds of lines with one painter tells its pixel ratio, which otherwise is asked for each time.

    What is drawn comes from pictures kept from the last time: setting type is most of the work of a wall that changes
    a few numbers a second. Numbers are kept digit by digit, because every second makes another one.
    """
    if not text:
        return 0.0
    quarters = round(pixels * 4)
    width = _width(text, quarters, bold)
    left = x if side is Side.LEFT else x - width if side is Side.RIGHT else x - width / 2
    ratio, rgba = ratio or pixel_ratio(painter), colour.rgba()
    if text.isascii() and NUMERIC.issuperset(text):
        _stamp_number(painter, left, baseline, _number(text, quarters, bold, rgba, ratio), ratio)
    else:
        kept = _small_line if pixels <= SMALL else _line
        _stamp(painter, left, baseline, kept(text, quarters, bold, rgba, ratio), ratio)
    return width


_Picture = tuple[QPixmap, float, float, float]
_Digits = tuple[tuple[QPixmap, int, int], ...]


def _stamp(painter: QPainter, left: float, baseline: float, picture: _Picture, ratio: float) -> None:
    """Put a kept picture onto whole pixels of the device, where it stays as sharp as it was drawn."""
    pixmap, right_by, down_by, _ = picture
    put(painter, round((left + right_by) * ratio), round((baseline + down_by) * ratio), pixmap, ratio)


def put(painter: QPainter, x: int, y: int, picture: QPixmap, ratio: float) -> None:
    """Put a picture down so many pixels of the device, of which `ratio` make a logical one, from the left and top."""
    if ratio == 1.0:  # half the price, and there are thousands of them
        painter.drawPixmap(x, y, picture)
    else:
        painter.drawPixmap(QPointF(x / ratio, y / ratio), picture)


def _stamp_number(painter: QPainter, left: float, baseline: float, digits: _Digits, ratio: float) -> None:
    """Put a number down digit by digit, each so many whole pixels of the device from its beginning."""
    x, y = round(left * ratio), round(baseline * ratio)
    if ratio == 1.0:
        for pixmap, right, down in digits:
            painter.drawPixmap(x + right, y + down, pixmap)
        return
    for pixmap, right, down in digits:
        painter.drawPixmap(QPointF((x + right) / ratio, (y + down) / ratio), pixmap)


def _drawn(text: str, quarters: int, bold: bool, rgba: int, ratio: float) -> _Picture:
    """A text as a picture, where its corner lies seen from the beginning of the baseline, and how far it reaches."""
    box = _metrics(quarters, bold).tightBoundingRect(text).adjusted(-1.5, -1.5, 1.5, 1.5)
    left, top = floor(box.left()), floor(box.top())
    wide, high = ceil(box.right()) - left, ceil(box.bottom()) - top
    pixmap = QPixmap(max(1, ceil(wide * ratio)), max(1, ceil(high * ratio)))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setFont(_face(quarters, bold))
    painter.setPen(QColor.fromRgba(rgba))
    painter.drawText(QPointF(-left, -top), text)
    painter.end()
    return pixmap, float(left), float(top), _width(text, quarters, bold)


_digit = lru_cache(maxsize=384)(_drawn)
_line = lru_cache(maxsize=128)(_drawn)
_small_line = lru_cache(maxsize=1024)(_drawn)


@lru_cache(maxsize=1024)
def _number(text: str, quarters: int, bold: bool, rgba: int, ratio: float) -> _Digits:
    """The pictures of a number's digits, and how many pixels of the device each stands right of and below its begin."""
    digits, reached = [], 0.0
    for character in text:
        pixmap, right_by, down_by, wide = _digit(character, quarters, bold, rgba, ratio)
        digits.append((pixmap, round((reached + right_by) * ratio), round(down_by * ratio)))
        reached += wide
    return tuple(digits)


def forget() -> None:
    """Drop all that was measured and drawn: another face has come, and the same text is another size now."""
    for kept in (_face, _metrics, _width, _elided, _digit, _number, _line, _small_line):
        kept.cache_clear()


def centred_baseline(middle: float, pixels: float) -> float:
    """The baseline on which digits and capitals of that size stand centred about `middle`."""
    return middle + pixels * CAP_SHARE / 2
