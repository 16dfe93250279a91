"""A label with less room than its words want is read from both ends, in the colours that a plain one has."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget
from pytestqt.qtbot import QtBot

from widgets.desk_style import style_sheet
from widgets.palette import Palette
from widgets.shortened_label import ShortenedLabel

WORDS = "Write your name first: several people use this credential"


@pytest.mark.parametrize("tone", ["", "warn", "critical"])
def test_what_has_no_room_goes_from_the_middle_and_looks_like_any_other_label(
    qtbot: QtBot, palette: Palette, tone: str
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.setStyleSheet(style_sheet(palette))
    row, made = QHBoxLayout(window), [ShortenedLabel("note"), QLabel()]
    made[1].setProperty("part", "note")
    for one in made:
        one.setProperty("tone", tone)
        row.addWidget(one)
    made[0].setText(WORDS)
    window.show()
    wanted = made[0].sizeHint().width()
    made[0].setFixedWidth(wanted)
    assert made[0].shown == WORDS
    for width in (wanted, wanted // 2):
        for one in made:
            one.setFixedWidth(width)
        made[1].setText(made[0].shown)
        assert made[0].grab().toImage() == made[1].grab().toImage()
    assert "…" in made[0].shown and made[0].shown[:5] == WORDS[:5] and made[0].shown[-5:] == WORDS[-5:]
    assert made[0].text() == WORDS, "it is heard whole"
