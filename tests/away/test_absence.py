"""How the desk notices that nobody is there, without a second of waiting: the clock is the test's."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication, QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from console.away import memory
from console.away.absence import HIDDEN, IDLE, LEFT, SLEPT, Absence
from console.away.curtain import Curtain
from console.away.memory import MOST_PEOPLE, Memory, Seen
from console.theme import palette


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


class Told:
    def __init__(self, absence: Absence) -> None:
        self.began: list[tuple[str, float]] = []
        self.ended: list[float] = []
        absence.began.connect(lambda why, since: self.began.append((why, since)))
        absence.ended.connect(self.ended.append)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def absence(qapp: QApplication, clock: Clock) -> Iterator[Absence]:
    made = Absence(clock)
    yield made
    made.stop()


def test_after_its_minutes_without_a_hand_somebody_is_away_since_the_last_one(
    qtbot: QtBot, absence: Absence, clock: Clock
) -> None:
    window = QWindow()
    absence.watch(window)
    told = Told(absence)
    clock.now += 100
    QTest.keyClick(window, Qt.Key.Key_A)
    assert absence.seen == 1100
    clock.now += 5 * 60
    absence.set_minutes(5)  # arms the timer, which is due at once
    qtbot.waitUntil(lambda: told.began == [(IDLE, 1100.0)])
    clock.now += 60
    QTest.keyClick(window, Qt.Key.Key_B)
    assert told.ended == [1100.0]
    assert not absence.away and absence.seen == clock.now
    window.deleteLater()


def test_a_hand_in_between_puts_it_off(qtbot: QtBot, absence: Absence, clock: Clock) -> None:
    told = Told(absence)
    absence.set_minutes(5)
    clock.now += 299
    absence.come()
    clock.now += 100
    absence._on_timeout()
    assert told.began == []
    assert absence._timer.remainingTime() > 150_000


def test_never_means_never(absence: Absence, clock: Clock) -> None:
    absence.set_minutes(0)
    clock.now += 100_000
    assert not absence._timer.isActive()


def test_a_window_that_is_put_away_is_an_absence_and_shown_again_it_is_over(absence: Absence, clock: Clock) -> None:
    told = Told(absence)
    absence.hide(True)
    clock.now += 10
    absence.hide(True)
    absence.hide(False)
    assert (told.began, told.ended) == ([(HIDDEN, 1000.0)], [1000.0])


def test_a_machine_that_slept_was_left_when_it_fell_asleep(absence: Absence, clock: Clock) -> None:
    told = Told(absence)
    clock.now += 3600
    absence.sleep(3590)
    assert told.began == [(SLEPT, 1000.0)], "the last hand was before that"
    absence.come()
    assert told.ended == [1000.0]


def test_who_said_that_they_go_is_back_only_when_they_say_so(absence: Absence) -> None:
    window = QWindow()
    absence.watch(window)
    told = Told(absence)
    absence.leave()
    QTest.keyClick(window, Qt.Key.Key_A)
    assert told.began == [(LEFT, 1000.0)] and told.ended == []
    absence.come()
    assert told.ended == [1000.0]
    window.deleteLater()


def test_every_window_that_gets_the_keyboard_is_watched(absence: Absence, clock: Clock) -> None:
    window = QWindow()
    clock.now += 7
    application = QGuiApplication.instance()
    assert isinstance(application, QGuiApplication)
    application.focusWindowChanged.emit(window)
    QTest.keyClick(window, Qt.Key.Key_A)
    assert absence.seen == 1007
    window.deleteLater()


# The curtain


def test_the_curtain_covers_all_and_no_shortcut_reaches_what_lies_below(qtbot: QtBot, qapp: QApplication) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    field = QLineEdit()
    QVBoxLayout(window).addWidget(field)
    window.resize(400, 300)
    curtain = Curtain(window, palette("light"))
    curtain.set_look(palette("dark"), ("Away", "since 12:00:00"))
    window.show()
    curtain.lower()
    assert curtain.geometry() == window.rect()
    window.resize(500, 320)
    assert curtain.geometry() == window.rect()
    assert curtain.accessibleName() == "Away. since 12:00:00"
    assert window.grab().toImage().pixelColor(5, 5) == palette("dark").bg
    override = QEvent(QEvent.Type.ShortcutOverride)
    override.ignore()
    assert curtain.event(override) and override.isAccepted()
    with qtbot.waitSignal(curtain.lifted):
        qtbot.keyClick(curtain, Qt.Key.Key_Tab)
    assert not curtain.isVisible() and not field.text()
    curtain.lower()
    with qtbot.waitSignal(curtain.lifted):
        qtbot.mouseClick(curtain, Qt.MouseButton.LeftButton)


# What is remembered


def test_who_was_here_last_is_remembered_and_nonsense_is_forgotten(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / memory.FILE
    assert memory.load(path) == Memory()
    known = Memory(10).with_seen("wang", Seen("epoch", 123))
    memory.save(path, known)
    assert memory.load(path) == known
    memory.save(path, replace(known, minutes=7))
    assert memory.load(path).minutes == memory.USUAL, "nobody could have chosen that"
    path.write_bytes(b"{")
    assert memory.load(path) == Memory()
    assert "who was here last is not known" in caplog.text


def test_the_minutes_of_a_file_that_knew_one_person_only_still_count(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / memory.FILE
    path.write_text('{"minutes":15,"epoch":"e1","seen":1764300000000,"site":"site:small"}')
    assert memory.load(path) == Memory(15)
    assert not caplog.text


def test_each_is_remembered_apart_and_of_very_many_the_last_ones() -> None:
    known = Memory()
    for number in range(MOST_PEOPLE):
        known = known.with_seen(f"p{number}", Seen("epoch", number))
    known = known.with_seen("p0", Seen("epoch", 500)).with_seen("new", Seen("epoch", 501))
    assert len(known.people) == MOST_PEOPLE
    assert known.people["p0"].at == 500 and known.people["new"].at == 501, "seen again is seen last"
    assert "p1" not in known.people and known.people["p2"].at == 2
