"""An absence at a real desk on a real gateway: what is listed when somebody is back, also after the desk was closed."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from msgspec import Struct
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from console.away import memory, watch
from console.away.absence import SLEPT
from console.away.curtain import Curtain
from console.away.memory import Memory, Seen
from console.desk import Desk
from feeds.entities import Alarm
from feeds.facts import AnyFact, SeatChanged, Tick
from feeds.requests import OrderParams, OrderResult
from tests.desk.conftest import options
from tests.desk.test_orders import SignedIn
from tests.gateway.floors import START, a_call, small_site
from tests.gateway.harness import ToldSource, console, gateway_in_a_thread

pytestmark = pytest.mark.slow

WAIT_MS = 60_000
KEY = "alarm:queue:claim:waiting:now"


@pytest.fixture
def source() -> ToldSource:
    return SignedIn()


@pytest.fixture
def url(source: ToldSource, tmp_path: Path) -> Iterator[str]:
    with gateway_in_a_thread(small_site(), source, tmp_path) as address:
        yield address


@contextmanager
def a_desk(url: str, qtbot: QtBot) -> Iterator[Desk]:
    made = Desk(options("--lang", "en", url=url, token="all-manager"))
    made.start()
    try:
        qtbot.waitUntil(lambda: not made.session.live.stale, timeout=WAIT_MS)
        yield made
    finally:
        made.stop()


def only_one(known: Memory) -> tuple[str, Seen]:
    """Who was seen at a desk where nobody else was."""
    ((by, seen),) = known.people.items()
    return by, seen


@pytest.fixture
def desk(url: str, qtbot: QtBot, qapp: QApplication) -> Iterator[Desk]:
    memory.memory_file().unlink(missing_ok=True)
    with a_desk(url, qtbot) as made:
        yield made
    memory.memory_file().unlink(missing_ok=True)


def tell(source: ToldSource, *facts: AnyFact) -> None:
    """Have the gateway's thread take facts, without waiting for it."""
    source._told.put_nowait((facts, asyncio.Event()))


def an_alarm(source: ToldSource, desk: Desk, qtbot: QtBot) -> None:
    """Callers wait until there is an alarm."""
    tell(source, *a_call(1, "claim", START + 60_000, ends=False), Tick(at=START + 90_000))
    qtbot.waitUntil(lambda: isinstance(desk.session.live.entities.get(KEY), Alarm), timeout=WAIT_MS)


def somebody_elses_order(url: str) -> None:
    async def give() -> None:
        async with console(url, "all-manager") as (link, memory_):
            await memory_.live()
            params = OrderParams(secrets.token_hex(4), "alarm.acknowledge", {"alarm": KEY})
            assert (await link.ask("order", params, OrderResult)).state == "done"

    asyncio.run(give())


def rows(desk: Desk) -> list[str]:
    return [" | ".join(line.cells[2:]) for line in desk.duty.away.dialog.text.lines]


def test_who_steps_away_and_comes_back_sees_what_others_did_and_each_line_leads_there(
    qtbot: QtBot, desk: Desk, source: ToldSource, url: str
) -> None:
    away = desk.duty.away
    QAbstractItemModelTester(away.dialog.table.lines, QAbstractItemModelTester.FailureReportingMode.Fatal)
    assert desk.hands.actions.run("away.leave")
    assert away.curtain.isVisible()
    an_alarm(source, desk, qtbot)
    somebody_elses_order(url)
    qtbot.keyClick(away.curtain, Qt.Key.Key_Space)
    assert not away.curtain.isVisible()
    qtbot.waitUntil(lambda: away.dialog.isVisible(), timeout=WAIT_MS)
    assert set(rows(desk)) == {
        "claim | Waiting 1, over 0 | Acknowledged by all-manager",
        "All queues | Waiting 1, over 0 | Acknowledged by all-manager",  # a consequence of the other
    }
    table = away.dialog.table
    table.choose(KEY)
    assert away.dialog.locate.isEnabled()
    qtbot.keyClick(table, Qt.Key.Key_Return)
    assert desk.alarms.table.chosen_key == KEY
    qtbot.keyClick(away.dialog, Qt.Key.Key_Escape)
    assert not away.dialog.isVisible()
    assert desk.hands.actions.run("away.open"), "and it can be read again"
    qtbot.waitUntil(lambda: len(rows(desk)) == 2, timeout=WAIT_MS)
    assert away.dialog.isVisible() and away.dialog.text.title.startswith("What changed since")


def test_where_nothing_happened_nobody_is_told_but_whoever_asks(qtbot: QtBot, desk: Desk) -> None:
    away = desk.duty.away
    away.open_list()
    assert away.dialog.text.empty == "You have not been away yet"
    away.dialog.close()
    away.absence.leave()
    with qtbot.waitSignal(away.dialog.told, timeout=WAIT_MS):
        away.absence.come()
    assert not away.dialog.isVisible()
    away.open_list()
    qtbot.waitUntil(lambda: away.dialog.text.empty.startswith("No alarm"), timeout=WAIT_MS)


def test_what_happened_while_the_desk_was_closed_is_told_when_it_is_opened_again(
    qtbot: QtBot, desk: Desk, source: ToldSource, url: str
) -> None:
    file = memory.memory_file()
    desk.duty.away._keep()
    by, kept = only_one(memory.load(file))
    assert kept.epoch and abs(kept.at - START) < 60_000
    an_alarm(source, desk, qtbot)
    desk.duty.away._path = None  # this desk crashes: it writes nothing any more
    long_ago = replace(kept, at=START - 10 * 60_000)
    memory.save(file, Memory().with_seen(by, long_ago))
    with a_desk(url, qtbot) as again:
        qtbot.waitUntil(lambda: again.duty.away.dialog.isVisible(), timeout=WAIT_MS)
        assert "claim | Waiting 1, over 0 | New" in rows(again)
    assert kept.site == "site:small"
    memory.save(file, Memory().with_seen(by, replace(long_ago, epoch="before the site was edited")))
    with a_desk(url, qtbot) as edited:
        qtbot.waitUntil(lambda: edited.duty.away.dialog.isVisible(), timeout=WAIT_MS)
    memory.save(file, Memory().with_seen(by, replace(long_ago, epoch="another floor", site="site:other")))
    with a_desk(url, qtbot) as other:
        assert other.duty.away._due is None and not other.duty.away.dialog.isVisible()


def test_whoever_comes_back_after_somebody_else_was_at_the_desk_is_told_of_their_own_absence(
    qtbot: QtBot, desk: Desk, source: ToldSource, url: str
) -> None:
    file = memory.memory_file()
    desk.duty.away._keep()
    by, kept = only_one(memory.load(file))
    an_alarm(source, desk, qtbot)
    desk.duty.away._path = None
    long_ago = Memory().with_seen("somebody-else", replace(kept, at=START - 10 * 60_000))
    memory.save(file, long_ago)
    with a_desk(url, qtbot) as new_here:
        assert new_here.duty.away._due is None and not new_here.duty.away.dialog.isVisible()
        new_here.duty.away._path = None
    memory.save(file, long_ago.with_seen(by, replace(kept, at=START - 10 * 60_000)).with_seen("somebody-else", kept))
    with a_desk(url, qtbot) as again:
        qtbot.waitUntil(lambda: again.duty.away.dialog.isVisible(), timeout=WAIT_MS)


def test_a_machine_that_slept_asks_when_its_connection_is_back(qtbot: QtBot, desk: Desk, source: ToldSource) -> None:
    away = desk.duty.away
    began: list[str] = []
    away.absence.began.connect(lambda why, _: began.append(why))
    desk._ticked_at -= 600
    desk._on_tick()
    assert began == [SLEPT]
    assert desk.session.live.stale, "nothing is believed until it is proved again"
    away.absence.come()
    assert not away.dialog.isVisible()
    tell(source, SeatChanged(at=START + 1000, seat="s1", state="break", agent="a1"))
    with qtbot.waitSignal(away.dialog.told, timeout=WAIT_MS):
        pass
    assert not desk.session.live.stale


def test_a_list_that_the_gateway_has_not_told_is_asked_for_again_and_opens_then(
    qtbot: QtBot, desk: Desk, source: ToldSource, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watch, "AGAIN_MS", 100)
    away, link = desk.duty.away, desk.session.link
    ask = link.ask
    lost: list[str] = []

    def lose(number: int, method: str, params: Struct, answer: type) -> bool:
        if method == "journal" and len(lost) < 2:
            lost.append(method)
            return False
        return ask(number, method, params, answer)

    away.absence.leave()
    an_alarm(source, desk, qtbot)
    monkeypatch.setattr(link, "ask", lose)
    away.absence.come()
    qtbot.waitUntil(lambda: bool(lost) and away.dialog.text.empty.startswith("It cannot be told"), timeout=WAIT_MS)
    assert not away.dialog.isVisible()
    qtbot.waitUntil(away.dialog.isVisible, timeout=WAIT_MS)
    assert lost == ["journal", "journal"] and "claim | Waiting 1, over 0 | New" in rows(desk)


def test_whoever_leaves_again_before_they_were_told_has_no_list_opened_meanwhile_and_is_told_of_both(
    qtbot: QtBot, desk: Desk, source: ToldSource, monkeypatch: pytest.MonkeyPatch
) -> None:
    away, link = desk.duty.away, desk.session.link
    ask = link.ask
    away.absence.leave()
    an_alarm(source, desk, qtbot)
    assert away._span is not None
    begin = away._span[0]
    monkeypatch.setattr(link, "ask", lambda number, method, params, answer: False)
    away.absence.come()
    qtbot.waitUntil(lambda: away.dialog.text.empty.startswith("It cannot be told"), timeout=WAIT_MS)
    away.absence.leave()
    monkeypatch.setattr(link, "ask", ask)
    away._ask_when_live()  # as when the connection is back
    assert not away._again.isActive() and away.dialog._question is None and not away.dialog.isVisible()
    away.absence.come()
    qtbot.waitUntil(away.dialog.isVisible, timeout=WAIT_MS)
    assert away._span is not None and away._span[0] == begin and "claim | Waiting 1, over 0 | New" in rows(desk)


def test_how_long_an_absence_is_can_be_chosen_and_is_kept(qtbot: QtBot, desk: Desk) -> None:
    away = desk.duty.away
    assert away.dialog.minutes.key == "5"
    away.dialog.minutes.set_key("15")
    away.dialog.minutes.picked.emit("15")
    assert memory.load(memory.memory_file()).minutes == 15
    assert away.absence._timer.remainingTime() > 14 * 60_000


def test_the_window_put_away_counts_as_an_absence(qtbot: QtBot, desk: Desk) -> None:
    desk.window.hide()
    assert desk.duty.away.absence.away
    desk.window.show()
    assert not desk.duty.away.absence.away


def test_whoever_leaves_leaves_no_window_of_the_desk_to_be_read_and_finds_the_keyboard_where_it_was(
    qtbot: QtBot, desk: Desk
) -> None:
    away, board = desk.duty.away, desk.window.board
    desk.window.show()
    board.put_at("queues", "own")
    board.put_at("alarms", "second")
    orders = desk.room.page(desk.agent)
    assert orders is not None
    desk.window.activateWindow()
    desk.floor.search.setFocus()
    others = [board.by_name["queues"], board.second, orders]
    away.leave()
    for window in (desk.window, *others):
        at = window.rect().center()
        assert isinstance(window.childAt(at), Curtain), window.windowTitle()
        assert window.focusWidget() is window.childAt(at), "no key reaches what lies below"
    qtbot.keyClick(board.second.focusWidget(), Qt.Key.Key_X)
    assert not away.absence.away
    for window in (desk.window, *others):
        assert not isinstance(window.childAt(window.rect().center()), Curtain), window.windowTitle()
    assert desk.window.focusWidget() is desk.floor.search
    away.leave()
    orders.close()
    qtbot.keyClick(away.curtain, Qt.Key.Key_X)
    assert not away.others


def test_the_list_loses_its_hue_with_the_desk_and_says_on_paper_of_which_absence_it_tells(
    qtbot: QtBot, desk: Desk
) -> None:
    dialog = desk.duty.away.dialog
    dialog.ask(desk.session.live.sight().now - 60_000)
    desk.hands.actions.run("away.open")
    assert dialog.table.colours == desk.window.colours
    qtbot.waitUntil(lambda: bool(dialog.text.title), timeout=WAIT_MS)
    assert dialog.table.accessibleName() == dialog.head.text() == dialog.text.title
    desk.session.link.stop()
    desk.session.live.distrust()
    qtbot.waitUntil(lambda: dialog.table.colours == desk.window.colours.greyed, timeout=WAIT_MS)


def test_the_list_and_the_curtain_speak_the_desks_language(qtbot: QtBot, desk: Desk) -> None:
    desk.window.choose_language("zh_CN")
    assert desk.duty.away.dialog.windowTitle() == "离开期间的变化"
    desk.duty.away.leave()
    assert desk.duty.away.curtain.accessibleName().startswith("已离席")
