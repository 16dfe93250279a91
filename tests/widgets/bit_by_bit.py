"""A field of cards painted bit by bit on a screen of its own pixel ratio: prints how many pixels painting all mends.

    QT_SCALE_FACTOR=1.5 python -m tests.widgets.bit_by_bit
"""

from __future__ import annotations

import random
import sys

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QImage

from console import app
from console.theme import palette
from widgets.desk_texts import FieldBlock, FieldCell
from widgets.screens import screen_of
from widgets.seats.seat_field import SeatField
from widgets.texts import Shape
from widgets.tones import Tone

STEPS = 60
NEAR = 2
"""So many of 255 may a colour differ: the screen's own rounding where a clip ends within a pixel."""


class Told:
    """The cards, as they were told last."""

    def __init__(self) -> None:
        self.cells: dict[str, FieldCell] = {}

    def cell(self, key: str) -> FieldCell:
        return self.cells.get(key) or FieldCell(key, "王芳", key[5:], "00:10", shape=Shape.DISC)

    def spoken(self, key: str) -> str:
        return key

    tip = spoken


def differing(one: QImage, other: QImage) -> int:
    """How many pixels of two pictures differ by more than can be helped."""
    wide, high = one.width(), one.height()
    if (wide, high) != (other.width(), other.height()):
        return wide * high
    before, after = bytes(one.constBits()), bytes(other.constBits())
    if before == after:
        return 0
    far = {place // 4 for place, (a, b) in enumerate(zip(before, after, strict=True)) if abs(a - b) > NEAR}
    return len(far)


def picture(field: SeatField) -> QImage:
    """What is on the screen now."""
    QCoreApplication.processEvents()
    return screen_of(field).grabWindow(field.winId()).toImage().convertToFormat(QImage.Format.Format_RGB32)


def main() -> int:
    """Have cards change by chance, then paint all of them once more."""
    app.application()
    told, colours = Told(), palette("light")
    field = SeatField(colours, told)
    field.resize(1203, 807)
    keys = tuple(f"seat:{number:04d}" for number in range(110))
    field.set_blocks([FieldBlock(title="查勘", keys=keys)])
    field.show()
    dice, tones = random.Random(3), (Tone.CALM, Tone.WARN, Tone.CRITICAL)
    picture(field)
    for step in range(STEPS):
        for key in dice.sample(keys, 6):
            time, shape, tone = f"{step:02d}:14", dice.choice(list(Shape)), dice.choice(tones)
            told.cells[key] = FieldCell(key, "刘洋", key[5:], time, tone=tone, shape=shape, vacant=dice.random() < 0.2)
        field.look_again()
        QCoreApplication.processEvents()
    by_bits = picture(field)
    field.viewport().update()
    sys.stdout.write(f"{field.devicePixelRatioF():g} {differing(by_bits, picture(field))}\n")
    field.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
