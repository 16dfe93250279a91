"""The head of a panel: what it leaves out where the room is short."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from console.theme import palette
from widgets import panel_head
from widgets.desk_texts import LegendItem
from widgets.panel_head import PanelHead
from widgets.texts import Shape

STATES = tuple(
    LegendItem(shape, label, count)
    for shape, label, count in (
        (Shape.DISC, "Talking", 34),
        (Shape.RING, "Ready", 16),
        (Shape.HALF_DISC, "Wrap-up", 8),
        (Shape.DASH, "Offline", 43),
    )
)


def test_however_narrow_a_panel_is_its_first_states_are_the_last_to_go(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    head = PanelHead(palette("light"))
    head.set_title("Floor")
    head.set_legend(STATES)
    painted: list[str] = []
    write = panel_head.write

    def remembered(*arguments: object, **more: object) -> float:
        painted.append(str(arguments[3]))
        return write(*arguments, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(panel_head, "write", remembered)
    seen = set()
    for width in range(900, 80, -10):
        painted.clear()
        head.resize(width, head.height())
        head.grab()
        counts = [text.split()[-1] for text in painted if text not in ("", "Floor")][::-1]
        assert counts == ["34", "16", "8", "43"][: len(counts)]
        seen.add(len(counts))
    assert seen == {0, 1, 2, 3, 4}
