"""The sheet while time goes on under it: to the end of its shift, into the next one, and opened again hours later."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from msgspec import Struct
from PySide6.QtCore import QCoreApplication, QObject, Signal

from console.desk import Desk
from console.handover.panel import CHOSEN, HandoverDialog
from console.handover.present import FIGURES
from console.questions import Questions
from console.sight import Sight
from console.theme import palette
from console.words import Words
from feeds.entities import ShiftInfo
from feeds.requests import JournalParams, JournalResult, ShiftFigures, ShiftParams, ShiftResult
from tests.desk.conftest import make_desk as make_desk
from tests.wall import floors

DAY = ShiftInfo("day", "白班", "Day shift", "08:00-20:00")
NIGHT = ShiftInfo("night", "夜班", "Night shift", "20:00-08:00")
HALF = ShiftInfo("half", "半班", "Half shift", "08:00-12:00")


def at(hour: int, minute: int, second: int = 0, day: int = 22) -> int:
    return round(datetime(2026, 11, day, hour, minute, second, tzinfo=ZoneInfo("Asia/Shanghai")).timestamp() * 1000)


class Gateway(QObject):
    """Answers at once, as of the floor's time."""

    told = Signal(int, object)
    reading = Signal(int, float)

    def __init__(self) -> None:
        super().__init__()
        self.shifts = (DAY, NIGHT)
        self.now = at(19, 59, 50)
        self.epoch = "played"
        self.asked: list[ShiftParams] = []

    def look(self) -> Sight:
        return floors.sight(floors.floor(shifts=list(self.shifts)), now=self.now, held=self.now, epoch=self.epoch)

    def ask(self, number: int, method: str, params: Struct, answer: type) -> bool:
        if isinstance(params, ShiftParams):
            self.asked.append(params)
            end = min(self.now, params.end or self.now)
            figures = [ShiftFigures("site", dict.fromkeys(FIGURES, 96.4))]
            self.told.emit(number, ShiftResult(params.begin, end, end, 0, figures, []))
        elif isinstance(params, JournalParams):
            self.told.emit(number, JournalResult(params.begin, params.end or self.now, 0, []))
        return True


class Opened:
    """The sheet over a floor whose time a test moves."""

    def __init__(self, desk: Desk) -> None:
        self.gateway = Gateway()
        questions = Questions(self.gateway, desk)  # type: ignore[arg-type]
        words, look = Words("en"), self.gateway.look
        self.dialog = HandoverDialog(desk.window, words, palette("light"), questions, desk.orders, look)
        self.dialog.set_look(words, palette("light"))

    def open(self) -> None:
        self.dialog.open_sheet()
        self.settle()

    def settle(self) -> None:
        QCoreApplication.processEvents()

    def go_to(self, now: int) -> None:
        """Have the floor's time move on, and the sheet look as it does twice a minute."""
        self.gateway.now = now
        self.dialog._on_again()
        self.settle()

    def jump_to(self, now: int) -> None:
        """Have a recording moved elsewhere, and the sheet look as it does each second."""
        self.gateway.now, self.gateway.epoch = now, f"from {now} on"
        self.dialog._on_second()
        self.settle()

    @property
    def page(self) -> str:
        return self.dialog.page.text if self.dialog.page is not None else ""

    @property
    def offered(self) -> list[str]:
        return [choice.label for choice in self.dialog.choice._choices]


@pytest.fixture
def opened(make_desk: Callable[..., Desk]) -> Opened:
    return Opened(make_desk())


def test_a_sheet_that_is_open_when_its_shift_ends_is_of_the_whole_shift(opened: Opened) -> None:
    opened.open()
    assert "The shift goes on" in opened.page and "19:59:50" in opened.page
    opened.go_to(at(20, 0, 20))
    assert "The shift goes on" not in opened.page and "Data as of 2026-11-22 20:00:00" in opened.page
    asked = len(opened.gateway.asked)
    opened.go_to(at(20, 0, 50))
    assert len(opened.gateway.asked) == asked, "a shift that has been told whole is not asked about again"


def test_the_shift_that_begins_while_a_sheet_is_open_is_offered(opened: Opened) -> None:
    opened.open()
    opened.go_to(at(20, 0, 20))
    assert opened.offered[0] == "Night shift · Sun 22 Nov 20:00–08:00"
    assert opened.dialog.choice.text().startswith("Day shift"), "what was chosen stays chosen"


def test_a_sheet_that_is_opened_again_hours_later_is_of_the_shift_that_runs_then(opened: Opened) -> None:
    opened.open()
    opened.dialog.close()
    opened.gateway.now = at(7, 50, day=23)
    opened.open()
    assert "Night shift · Sun 22 Nov 20:00–08:00" in opened.page
    assert opened.dialog.begin.text() == "2026-11-22 20:00"


def test_two_shifts_that_begin_together_can_both_be_chosen(opened: Opened) -> None:
    opened.gateway.shifts, opened.gateway.now = (DAY, HALF), at(10, 0)
    opened.open()
    for label in ("Day shift · Sun 22 Nov 08:00–20:00", "Half shift · Sun 22 Nov 08:00–12:00"):
        choice = next(one for one in opened.dialog.choice._choices if one.label == label)
        opened.dialog.choice._on_triggered(choice.key)
        opened.settle()
        assert label in opened.page


def test_the_last_hours_of_a_site_without_shifts_go_on(opened: Opened) -> None:
    opened.gateway.shifts = ()
    opened.open()
    last = next(one for one in opened.dialog.choice._choices if one.label == "Last 8 hours")
    opened.dialog.choice._on_triggered(last.key)
    opened.settle()
    opened.go_to(at(21, 30))
    assert opened.gateway.asked[-1].begin == at(13, 30) and "Data as of 2026-11-22 21:30:00" in opened.page


def test_a_sheet_is_of_what_is_played_after_a_jump_in_a_recording(opened: Opened) -> None:
    opened.open()
    opened.jump_to(at(7, 10))
    assert "Night shift · Sat 21 Nov 20:00–08:00" in opened.page and "Data as of 2026-11-22 07:10:00" in opened.page
    opened.jump_to(at(23, 0))
    assert opened.offered[0] == "Night shift · Sun 22 Nov 20:00–08:00"
    assert "Night shift · Sat 21 Nov 20:00–08:00" in opened.page and "Data as of 2026-11-22 08:00:00" in opened.page


@pytest.mark.parametrize(
    ("begin", "end", "why"),
    [
        ("2026-11-23 08:00", "2026-11-23 20:00", "not begun"),
        ("2026-11-22 12:00", "2026-11-22 08:00", ""),
        ("noon", "2026-11-22 20:00", ""),
    ],
)
def test_of_a_time_of_which_there_is_no_sheet_that_of_before_is_neither_shown_nor_saved(
    opened: Opened, begin: str, end: str, why: str
) -> None:
    opened.open()
    assert opened.page and opened.dialog.save.isEnabled()
    opened.dialog.choice._on_triggered(CHOSEN)
    opened.settle()
    opened.dialog.begin.setText(begin)
    opened.dialog.end.setText(end)
    opened.dialog._on_edited()
    opened.settle()
    assert not opened.page and not opened.dialog.save.isEnabled() and not opened.dialog.print_out.isEnabled()
    assert opened.dialog.said and why in opened.dialog.said


def test_a_sheet_that_was_closed_is_not_shown_again_when_a_recording_was_moved_meanwhile(opened: Opened) -> None:
    opened.open()
    assert "19:59:50" in opened.page
    opened.dialog.close()
    opened.gateway.now, opened.gateway.epoch = at(12, 0), "moved back"
    opened.dialog.open_sheet()
    assert not opened.page, "nobody has answered yet"
    opened.settle()
    assert "12:00:00" in opened.page
