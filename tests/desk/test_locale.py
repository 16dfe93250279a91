"""Dates, numbers and Qt's own words as the language of the desk has them."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from console.desk import Desk
from console.machine import qt_words
from console.phrases.figures import number_text
from console.phrases.numbers import count_text
from console.phrases.times import day_text, file_stamp, moment_text
from console.words import Words
from tests.wall import floors

pytestmark = pytest.mark.slow

MakeDesk = Callable[..., Desk]
EN, ZH = Words("en"), Words("zh_CN")


@pytest.fixture
def silent(qapp: QApplication) -> Iterator[None]:
    """Qt speaks English before and after."""
    qt_words.speak("en")
    yield
    qt_words.speak("en")


def said_by_qt(text: str, context: str = "QPlatformTheme") -> str:
    return QCoreApplication.translate(context, text)


def test_thousands_stand_apart_in_every_count() -> None:
    assert count_text(1234567) == "1,234,567"
    assert count_text(999) == "999"
    assert number_text("waiting", 1234) == "1,234"


def test_the_day_is_written_in_the_order_of_the_language() -> None:
    assert day_text(floors.site(), floors.NOW, ZH) == "2026年11月22日"
    assert day_text(floors.site(), floors.NOW, EN) == "22 Nov 2026"
    assert moment_text(floors.site(), floors.NOW, EN) == "22 Nov 2026 14:32:08"
    assert file_stamp(floors.site(), floors.NOW) == "20261122-143208"


def test_qts_own_buttons_speak_the_language_of_the_desk(make_desk: MakeDesk, silent: None) -> None:
    desk = make_desk("--lang", "zh_CN")
    assert said_by_qt("Cancel") == "取消"
    assert QLocale().language() is QLocale.Language.Chinese
    desk.window.choose_language("en")
    assert said_by_qt("Cancel") == "Cancel"
    desk.window.choose_language("zh_CN")
    assert said_by_qt("Cancel") == "取消"


@pytest.mark.logs("its dialogs speak English")
def test_without_qts_words_the_desk_says_so_in_the_log_and_goes_on(
    silent: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QTranslator, "load", lambda *_: False)
    assert not qt_words.speak("zh_CN")
    assert said_by_qt("Cancel") == "Cancel"
