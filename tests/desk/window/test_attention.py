"""Critical alarms while nobody looks: told once each, by the tray or by the window's own call; the tray on demand."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QEvent
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QApplication, QSystemTrayIcon
from pytestqt.qtbot import QtBot

from console.desk import Desk
from console.sight import Entities, Sight
from console.window.attention import Attention, telling
from feeds.entities import Alarm
from tests.desk.minimising import spontaneous_close
from tests.wall import floors

MakeDesk = Callable[..., Desk]
pytestmark = [
    pytest.mark.qt_log_ignore("systemTrayWindowChanged"),  # of which a screen in memory knows nothing
    pytest.mark.slow,
]


class Tray(QSystemTrayIcon):
    """A tray that keeps what it was told."""

    def __init__(self) -> None:
        super().__init__()
        self.told: list[tuple[str, str]] = []

    def showMessage(self, title: str, text: str, *_: object) -> None:  # type: ignore[override]
        self.told.append((title, text))


@pytest.fixture
def tray(qapp: QApplication) -> Iterator[Tray]:
    made = Tray()
    yield made
    made.hide()
    made.deleteLater()


def alarm(scope: str, **changes: object) -> Alarm:
    one = Alarm(
        key=f"alarm:{scope}:waiting:now", rev=2, scope=scope, figure="waiting", window="now", level="critical",
        since=floors.NOW - 1000, limit=10, value=12,
    )  # fmt: skip
    return replace(one, **changes)


def sight(*alarms: Alarm, **changes: object) -> Sight:
    others = [one for one in floors.floor(**changes).values() if not isinstance(one, Alarm)]
    return floors.sight(Entities([*others, *alarms]))


def watching(desk: Desk, tray: Tray | None, *, looks: bool = False, stays: bool = False) -> Attention:
    return Attention(desk.window, looks=lambda: looks, tray=tray, stays=stays, parent=desk)


def test_a_new_critical_alarm_is_told_once_with_its_words(make_desk: MakeDesk, tray: Tray) -> None:
    desk = make_desk("--lang", "en")
    attention = watching(desk, tray)
    desk.window.look_at(sight(alarm("queue:claim")))
    assert tray.told == [], "what was there at first is on the screen that somebody opened just now"
    desk.window.look_at(sight(alarm("queue:claim"), alarm("queue:rescue", limit=4)))
    assert tray.told == [("95518: critical alarms 1", "Rescue  Waiting 5  over 4")]
    desk.window.look_at(sight(alarm("queue:claim"), alarm("queue:rescue")))
    desk.window.look_at(sight(alarm("queue:claim")))
    assert len(tray.told) == 1
    desk.window.look_at(sight(alarm("queue:claim"), alarm("queue:rescue")))
    assert len(tray.told) == 2, "it went and came back"
    attention.stop()


def test_nothing_is_told_to_somebody_who_looks(make_desk: MakeDesk, tray: Tray) -> None:
    desk = make_desk("--lang", "en")
    attention = watching(desk, tray, looks=True)
    desk.window.look_at(sight())
    desk.window.look_at(sight(alarm("queue:rescue")))
    assert tray.told == []
    attention.stop()


def test_many_at_once_are_one_message(make_desk: MakeDesk, tray: Tray) -> None:
    desk = make_desk("--lang", "en")
    attention = watching(desk, tray)
    desk.window.look_at(sight())
    desk.window.look_at(sight(*(alarm(f"queue:{name}") for name in ("claim", "dual", "disp", "enq", "rescue"))))
    ((title, text),) = tray.told
    assert title.endswith("5")
    assert text.splitlines()[-1] == "2 more"
    attention.stop()


@pytest.mark.parametrize(
    "quiet",
    [
        {"level": "warn"}, {"acknowledged_by": "desk-1"}, {"ended_at": floors.NOW}, {"cause": "alarm:source:main:x"},
        {"shelved_until": floors.NOW + 60_000}, {"out_of_service": True},
    ],
)  # fmt: skip
def test_what_wants_nobody_now_is_not_told(quiet: dict[str, object]) -> None:
    assert telling(sight(alarm("queue:rescue", **quiet))) == []
    assert len(telling(sight(alarm("queue:rescue")))) == 1


def test_old_data_tells_nothing_and_the_tray_says_that_it_is_old(make_desk: MakeDesk, tray: Tray) -> None:
    desk = make_desk("--lang", "en")
    attention = watching(desk, tray, stays=True)
    desk.window.look_at(sight())
    assert "Critical alarms: 0" in tray.toolTip()
    desk.window.look_at(replace(sight(alarm("queue:rescue")), stale=True, age=42.0))
    assert tray.told == []
    assert "No data for 00:42" in tray.toolTip()
    attention.stop()


def test_without_a_tray_the_window_calls_and_the_menu_says_so(
    make_desk: MakeDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    called: list[object] = []
    monkeypatch.setattr("console.window.attention.QApplication.alert", called.append)
    desk = make_desk("--lang", "en")
    attention = watching(desk, None)
    desk.window.look_at(sight())
    desk.window.look_at(sight(alarm("queue:rescue")))
    assert called == [desk.window]
    (said,) = [action for action in desk.window.menu.actions() if action.text().startswith("No tray here")]
    assert not said.isEnabled()
    attention.set_stays(True)
    assert not desk.window.stays, "it would be gone for good"
    attention.stop()


def test_the_tray_is_there_on_demand_and_closing_then_only_hides_the_desk(
    make_desk: MakeDesk, tray: Tray, qtbot: QtBot
) -> None:
    desk = make_desk("--lang", "en")
    attention = watching(desk, tray)
    assert not tray.isVisible()
    (action,) = [action for action in desk.window.menu.actions() if action.text() == "Stay in the tray when closed"]
    action.trigger()
    assert tray.isVisible()
    assert desk.window.saved().tray
    by_hand = spontaneous_close()
    QApplication.sendEvent(desk.window, QCloseEvent())
    desk.window.show()
    desk.window.closeEvent(by_hand)
    assert not by_hand.isAccepted()
    assert not desk.window.isVisible()
    with qtbot.waitSignal(attention.wanted):
        tray.activated.emit(QSystemTrayIcon.ActivationReason.Trigger)
    with qtbot.waitSignal(attention.ended):
        tray.contextMenu().actions()[-1].trigger()
    attention.stop()


def test_a_tray_that_was_only_shown_for_a_message_goes_when_somebody_looks(make_desk: MakeDesk, tray: Tray) -> None:
    desk = make_desk("--lang", "en")
    attention = watching(desk, tray)
    desk.window.look_at(sight())
    desk.window.look_at(sight(alarm("queue:rescue")))
    assert tray.isVisible()
    QApplication.sendEvent(desk.window, QEvent(QEvent.Type.WindowActivate))
    assert not tray.isVisible()
    attention.stop()


def test_a_press_on_the_message_opens_the_alarms(make_desk: MakeDesk, tray: Tray, qtbot: QtBot) -> None:
    desk = make_desk("--lang", "en")
    attention = watching(desk, tray)
    desk.window.docks["alarms"].close()
    with qtbot.waitSignal(attention.wanted):
        tray.messageClicked.emit()
    assert not desk.window.docks["alarms"].isHidden()
    attention.stop()
