"""The strip of time: what is painted where, and what hand and key choose."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from console.theme import load_faces, palette
from widgets.desk_texts import SpanText, TimelineText
from widgets.palette import Palette
from widgets.texts import Shape
from widgets.timeline import STRIP, Timeline
from widgets.tones import Tone

LINE = TimelineText(
    spans=(
        SpanText(0.0, 0.25, "dark", Shape.DISC, tip="09:00 talking"),
        SpanText(0.25, 0.5, "open", Shape.RING, tip="09:30 ready"),
        SpanText(0.5, 1.0, "light", Shape.SQUARE, Tone.WARN, tip="10:00 break"),
    ),
    marks=((0.0, "09:00"), (1.0, "11:00")),
    legend=(("dark", Shape.DISC, "Talking"), ("open", Shape.RING, "Ready"), ("light", Shape.SQUARE, "Break")),
    spoken="three states",
)


@pytest.fixture
def line(qtbot: QtBot, qapp: QApplication) -> Timeline:
    load_faces()
    made = Timeline(palette("light"))
    qtbot.addWidget(made)
    made.set_text(LINE)
    made.resize(400, made.height())
    made.show()
    return made


def colour_at(line: Timeline, share: float, y: int) -> QColor:
    image = QImage(line.size(), QImage.Format.Format_RGB32)
    line.render(image)
    return QColor(image.pixel(QPoint(round(share * 400), y)))


def test_each_stretch_has_its_shade_and_what_lasts_too_long_its_tone(line: Timeline) -> None:
    colours: Palette = palette("light")
    assert colour_at(line, 0.05, 6) == colours.d1
    assert colour_at(line, 0.30, 6) == colours.raised
    assert colour_at(line, 0.60, 6) == colours.fill(Tone.WARN)


def test_a_stretch_with_room_shows_its_shape_and_a_narrow_one_its_shade_alone(line: Timeline) -> None:
    assert colour_at(line, 0.125, 14) == palette("light").panel, "a disc upon the dark"
    line.set_text(TimelineText(spans=(SpanText(0.12, 0.13, "dark", Shape.DISC),)))
    assert colour_at(line, 0.125, 14) == palette("light").d1


def test_arrow_keys_go_from_stretch_to_stretch_and_are_heard(qtbot: QtBot, line: Timeline) -> None:
    assert line.accessibleName() == "three states"
    line.setFocus()
    for key, said in (
        (Qt.Key.Key_Right, "09:00 talking"), (Qt.Key.Key_Right, "09:30 ready"), (Qt.Key.Key_End, "10:00 break"),
        (Qt.Key.Key_Right, "10:00 break"), (Qt.Key.Key_Left, "09:30 ready"), (Qt.Key.Key_Home, "09:00 talking"),
    ):  # fmt: skip
        qtbot.keyClick(line, key)
        assert line.accessibleDescription() == said


def test_a_press_chooses_what_lies_there_and_below_the_strip_nothing(qtbot: QtBot, line: Timeline) -> None:
    qtbot.mouseClick(line, Qt.MouseButton.LeftButton, pos=QPoint(350, round(STRIP) + 8))
    assert line.chosen is None
    qtbot.mouseClick(line, Qt.MouseButton.LeftButton, pos=QPoint(350, 10))
    assert line.chosen is LINE.spans[2]


def test_the_legend_takes_as_many_rows_as_it_needs(line: Timeline) -> None:
    wide = line.height()
    line.resize(130, line.height())
    assert line.height() > wide


def test_the_same_text_again_paints_nothing_anew(qtbot: QtBot, line: Timeline) -> None:
    QApplication.processEvents()
    painted = []
    line.paint_parts = lambda *_: painted.append(1)  # type: ignore[method-assign]
    line.set_text(TimelineText(**{name: getattr(LINE, name) for name in LINE.__struct_fields__}))
    QApplication.processEvents()
    assert painted == []


def test_nothing_known_is_said(line: Timeline) -> None:
    line.set_text(TimelineText(empty="nothing is known"))
    assert line.accessibleName() == "nothing is known"
