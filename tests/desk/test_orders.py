"""Orders from the desk against a real gateway: pressed, waited for, and ended only as the floor or the gateway says."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from config.schema import Name, PauseReason
from console.agent.present import LOGOUT, PAUSE, READY
from console.desk import Desk
from console.feeding import Batch
from console.live import Live
from console.orders import Orders
from console.sight import LinkState
from feeds.client import NotConnected, Refused
from feeds.commands import Command, Ended, LogOut, MakeReady, Pause
from feeds.entities import Order, Seat
from feeds.facts import SeatChanged
from feeds.requests import OrderParams, OrderResult
from feeds.said import said
from feeds.states import SeatState
from feeds.wire import ErrorBody, ErrorData
from tests.desk.conftest import options
from tests.gateway.floors import START, everybody_signs_in, small_site
from tests.gateway.harness import ToldSource, free_port, gateway_in_a_thread

pytestmark = pytest.mark.slow  # together: the quick tests are to end within a minute

WAIT_MS = 60_000


class Obedient:
    """A source's servant that does what it is told, as it is told to: at once, never, or only in part."""

    def __init__(self, source: ToldSource) -> None:
        self.source = source
        self.end: Ended | None = None
        self.served: list[Command] = []
        self.free = threading.Event()
        self.free.set()

    def serves(self, seat: str) -> dict[str, int] | None:
        return None

    async def serve(self, command: Command, by: str) -> Ended:
        self.served.append(command)
        while not self.free.is_set():  # noqa: ASYNC110 - set in Qt's thread; one that waited would keep the gateway up
            await asyncio.sleep(0.01)
        if self.end is not None:
            return self.end
        states: dict[type, SeatState] = {MakeReady: "ready", Pause: "break", LogOut: "offline"}
        assert isinstance(command, MakeReady | Pause | LogOut)
        state = states[type(command)]
        agent = "" if state == "offline" else f"a{command.seat[1:]}"
        reason = command.reason if isinstance(command, Pause) else ""
        await self.source.tell(
            SeatChanged(at=START + 60_000, seat=command.seat, state=state, agent=agent, reason=reason, by=by)
        )
        return Ended("done")


class SignedIn(ToldSource):
    """A source that begins with everybody signed in."""

    def __init__(self) -> None:
        super().__init__()
        self._told.put_nowait((everybody_signs_in(), asyncio.Event()))


@pytest.fixture
def servant() -> Obedient:
    source = SignedIn()
    made = Obedient(source)
    source.servant = made
    return made


@pytest.fixture
def desk(qtbot: QtBot, qapp: QApplication, tmp_path: Path, servant: Obedient) -> Iterator[Desk]:
    site = replace(small_site(), pauses=(PauseReason("茶歇", "break", Name("茶歇", "Tea")),))
    with gateway_in_a_thread(site, servant.source, tmp_path) as url:
        made = Desk(options("--lang", "en", url=url, token="all-supervisor"))
        made.start()
        try:
            qtbot.waitUntil(lambda: seat(made).state == "ready", timeout=WAIT_MS)
            qtbot.waitUntil(lambda: made.floor.field.cards.place_of("seat:s1") >= 0, timeout=WAIT_MS)
            made.floor.locate("seat:s1")
            qtbot.waitUntil(lambda: made.agent.buttons[READY].isEnabled(), timeout=WAIT_MS)
            yield made
        finally:
            servant.free.set()
            made.stop()


def seat(desk: Desk) -> Seat:
    found = desk.session.live.entities.get("seat:s1")
    return found if isinstance(found, Seat) else Seat(key="seat:s1", rev=0, state="unknown", since=0)


def note(desk: Desk) -> str:
    return desk.agent.note.text()


def test_a_pause_is_done_when_the_floor_shows_it(qtbot: QtBot, desk: Desk, servant: Obedient) -> None:
    assert not desk.agent.buttons[PAUSE].isEnabled()
    desk.agent.reason.setText("meal")
    qtbot.mouseClick(desk.agent.buttons[PAUSE], Qt.MouseButton.LeftButton)
    assert "waiting for the floor" in note(desk)
    assert not desk.agent.buttons[READY].isEnabled(), "one order after the other"
    qtbot.waitUntil(lambda: "done" in note(desk), timeout=WAIT_MS)
    qtbot.waitUntil(lambda: desk.agent.band.text.title == "Break · meal", timeout=WAIT_MS)
    assert servant.served == [Pause("s1", "meal")]


def test_a_pause_that_waits_for_the_call_to_be_over_is_said_to_do_so_until_it_has_begun(
    qtbot: QtBot, desk: Desk, servant: Obedient
) -> None:
    def tell(state: SeatState, later_ms: int) -> None:
        given = desk.orders.latest("seat:s1")
        assert given is not None
        fact = SeatChanged(at=given.given_at + later_ms, seat="s1", state=state, agent="a1")
        servant.source._told.put_nowait(((fact,), asyncio.Event()))
        qtbot.waitUntil(lambda: seat(desk).state == state, timeout=WAIT_MS)

    servant.end = Ended("done", said("after_call.pause", "the pause begins when the call is over"))
    desk.agent.reason.setText("meal")
    qtbot.mouseClick(desk.agent.buttons[PAUSE], Qt.MouseButton.LeftButton)
    waits = "Pause: taken: the pause begins when the call is over"
    qtbot.waitUntil(lambda: note(desk) == waits, timeout=WAIT_MS)
    tell("hold", 1)
    qtbot.waitUntil(lambda: desk.agent.band.text.title == "Hold", timeout=WAIT_MS)
    assert note(desk) == waits
    tell("break", 1000)
    qtbot.waitUntil(lambda: note(desk) == "Pause: done, the floor shows it", timeout=WAIT_MS)
    tell("talking", 2000)
    qtbot.waitUntil(lambda: desk.agent.band.text.title == "Talking", timeout=WAIT_MS)
    assert note(desk) == "Pause: done, the floor shows it", "it has begun, whatever comes later"


def test_a_reason_that_was_written_is_for_who_sat_there_then_and_not_for_who_comes_next(
    qtbot: QtBot, desk: Desk, servant: Obedient
) -> None:
    agent = desk.agent

    def presented() -> tuple[str, str]:
        found = agent.sight.entities.get("seat:s1") if agent.sight is not None else None
        return (found.agent, found.state) if isinstance(found, Seat) else ("", "")

    def sits(name: str, state: SeatState) -> None:
        fact = SeatChanged(at=START + 60_000, seat="s1", state=state, agent=name)
        servant.source._told.put_nowait(((fact,), asyncio.Event()))  # taken within half a second
        qtbot.waitUntil(lambda: presented() == (name, state), timeout=WAIT_MS)

    agent.reason.setText("meal")
    sits("a1", "acw")
    sits("", "offline")
    sits("a1", "ready")
    assert agent.reason.text() == "meal", "the same person, who was away for a moment"
    sits("a2", "ready")
    qtbot.waitUntil(lambda: agent.reason.text() == "" and not agent.buttons[PAUSE].isEnabled(), timeout=WAIT_MS)


def test_the_keyboard_comes_back_to_the_button_once_it_can_be_pressed_again(
    qtbot: QtBot, desk: Desk, servant: Obedient
) -> None:
    agent = desk.agent
    agent.reason.setText("meal")
    for somewhere_else in (False, True):
        qtbot.waitUntil(agent.buttons[PAUSE].isEnabled, timeout=WAIT_MS)
        servant.free.clear()
        agent.buttons[PAUSE].setFocus()
        qtbot.keyClick(agent.buttons[PAUSE], Qt.Key.Key_Space)
        assert not agent.buttons[PAUSE].isEnabled()
        assert desk.window.focusWidget() is agent.area, "where a second press does nothing"
        if somewhere_else:
            desk.floor.search.setFocus()
        servant.free.set()
        qtbot.waitUntil(agent.buttons[PAUSE].isEnabled, timeout=WAIT_MS)
        expected = desk.floor.search if somewhere_else else agent.buttons[PAUSE]
        assert desk.window.focusWidget() is expected


def test_a_reason_that_is_chosen_by_its_name_is_ordered_as_the_sites_word(
    qtbot: QtBot, desk: Desk, servant: Obedient
) -> None:
    agent = desk.agent
    assert agent.text.reasons == ("Tea",)
    agent.pick.trigger()
    agent.usual.actions()[0].trigger()
    agent.usual.close()
    assert agent.reason.text() == "Tea"
    qtbot.mouseClick(agent.buttons[PAUSE], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: agent.band.text.title == "Break · Tea", timeout=WAIT_MS)
    assert servant.served == [Pause("s1", "茶歇")]
    assert seat(desk).reason == "茶歇"


@pytest.mark.slow
def test_what_the_source_has_not_done_is_not_shown_as_done(qtbot: QtBot, desk: Desk, servant: Obedient) -> None:
    servant.free.clear()
    qtbot.mouseClick(desk.agent.buttons[READY], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(servant.served) == 1, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: "not seen after 5 s" in note(desk), timeout=WAIT_MS)
    assert "done" not in note(desk)
    servant.free.set()
    qtbot.waitUntil(lambda: "done" in note(desk), timeout=WAIT_MS)


@pytest.mark.parametrize(
    ("end", "said"),
    [
        (Ended("refused", "he is on a call"), "refused: he is on a call"),
        (Ended("failed", "the PBX said no"), "failed: the PBX said no"),
        (Ended("unknown", "not seen"), "trust the screen"),
    ],
)
def test_every_other_end_is_said_with_its_reason(
    qtbot: QtBot, desk: Desk, servant: Obedient, end: Ended, said: str
) -> None:
    servant.end = end
    qtbot.mouseClick(desk.agent.buttons[READY], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: said in note(desk), timeout=WAIT_MS)
    assert seat(desk).state == "ready"


def test_signing_out_is_looked_at_first_and_can_be_given_up(qtbot: QtBot, desk: Desk, servant: Obedient) -> None:
    button, opened = desk.agent.buttons[LOGOUT], []
    desk.room.opened.connect(opened.append)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: opened[-1].go.isEnabled(), timeout=WAIT_MS)
    review = opened[-1]
    assert (review.windowTitle(), review.effect.text()) == (
        "Sign out · Agent 1 s1", "leaves all queues and is signed out"
    )  # fmt: skip
    qtbot.mouseClick(review.leave, Qt.MouseButton.LeftButton)
    assert servant.served == []
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(opened) == 2 and opened[-1].go.isEnabled(), timeout=WAIT_MS)
    qtbot.mouseClick(opened[-1].go, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: seat(desk).state == "offline", timeout=WAIT_MS)
    qtbot.waitUntil(lambda: opened[-1].said.text() == "done, the floor shows it", timeout=WAIT_MS)
    opened[-1].accept()
    assert servant.served == [LogOut("s1")]
    qtbot.waitUntil(lambda: desk.agent.why.text() == "Nobody is signed in at this seat", timeout=WAIT_MS)


# The gateway goes


def a_desk(url: str) -> Desk:
    made = Desk(options("--lang", "en", url=url, token="all-supervisor"))
    made.start()
    return made


def wait_until_ready(qtbot: QtBot, desk: Desk) -> None:
    qtbot.waitUntil(lambda: desk.floor.field.cards.place_of("seat:s1") >= 0, timeout=WAIT_MS)
    desk.floor.locate("seat:s1")
    qtbot.waitUntil(lambda: seat(desk).state == "ready" and desk.agent.buttons[READY].isEnabled(), timeout=WAIT_MS)


@pytest.mark.slow
@pytest.mark.parametrize("told", [False, True], ids=["before its answer", "after it was said to be on its way"])
def test_an_order_on_its_way_when_the_gateway_goes_is_unknown_and_its_record_tells_no_more_than_it_knows(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path, servant: Obedient, told: bool
) -> None:
    servant.end = Ended("done")
    port = free_port()
    with gateway_in_a_thread(small_site(), servant.source, tmp_path, port=port) as url:
        desk = a_desk(url)
        try:
            wait_until_ready(qtbot, desk)
            servant.free.clear()
            qtbot.mouseClick(desk.agent.buttons[READY], Qt.MouseButton.LeftButton)
            qtbot.waitUntil(lambda: len(servant.served) == 1, timeout=WAIT_MS)
            if told:
                qtbot.waitUntil(lambda: "not seen after 5 s" in note(desk), timeout=WAIT_MS)
            given = desk.orders.latest("seat:s1")
        except BaseException:
            desk.stop()
            raise
    try:
        assert given is not None
        with gateway_in_a_thread(small_site(), ToldSource(), tmp_path, port=port):
            qtbot.waitUntil(lambda: not desk.session.live.stale, timeout=WAIT_MS)
            qtbot.waitUntil(lambda: "before the gateway stopped" in note(desk), timeout=WAIT_MS)
            assert "unknown" in note(desk)
            assert len(servant.served) == 1, "asked about, not carried out again"
    finally:
        desk.stop()


@pytest.mark.slow
def test_an_order_that_was_pressed_while_the_line_was_dead_is_never_carried_out_later(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path, servant: Obedient
) -> None:
    port = free_port()
    with gateway_in_a_thread(small_site(), servant.source, tmp_path, port=port) as url:
        desk = a_desk(url)
        try:
            wait_until_ready(qtbot, desk)
        except BaseException:
            desk.stop()
            raise
    try:
        desk.orders.give("seat:s1", READY, {"seat": "s1"})
        qtbot.waitUntil(lambda: "unknown" in note(desk), timeout=WAIT_MS)
        again = SignedIn()
        again.servant = late = Obedient(again)
        with gateway_in_a_thread(small_site(), again, tmp_path, port=port):
            qtbot.waitUntil(lambda: "expired before it could be carried out" in note(desk), timeout=WAIT_MS)
            assert late.served == servant.served == []
    finally:
        desk.stop()


# Lost answers, without a network: the carrier is a stand-in that drops what it is told to drop


class Carrier(QObject):
    answered = Signal(str, object)

    def __init__(self) -> None:
        super().__init__()
        self.sent: list[OrderParams] = []
        self.connected = True

    def order(self, params: OrderParams) -> bool:
        self.sent.append(params)
        return self.connected


@pytest.fixture
def carrier(qapp: QApplication) -> Carrier:
    return Carrier()


@pytest.fixture
def orders(live: Live, carrier: Carrier) -> Iterator[Orders]:
    made = Orders(live, carrier)
    yield made
    made.stop()


def phase(orders: Orders) -> tuple[str, str]:
    given = orders.latest("seat:s1")
    assert given is not None
    return given.phase, given.text


def test_every_press_has_a_key_of_its_own(orders: Orders, carrier: Carrier) -> None:
    keys = {orders.give("seat:s1", READY, {"seat": "s1"}) for _ in range(20)}
    assert keys == {params.key for params in carrier.sent}
    assert len(keys) == 20


def test_an_order_whose_answer_was_lost_is_unknown_until_the_link_lives_and_its_key_tells(
    orders: Orders, carrier: Carrier, live: Live
) -> None:
    key = orders.give("seat:s1", READY, {"seat": "s1"})
    carrier.answered.emit(key, NotConnected("the connection broke"))
    assert phase(orders) == ("unknown", "the connection broke")
    live.take(Batch(link=LinkState("stale", 1)))
    assert len(carrier.sent) == 1
    live.take(Batch(link=LinkState("live")))
    assert [(sent.key, sent.expires_ms) for sent in carrier.sent] == [(key, None), (key, 0)]
    carrier.answered.emit(key, OrderResult("o1", "done", ""))
    assert phase(orders) == ("done", "")


def test_an_answer_whose_loss_is_heard_when_the_link_lives_again_is_asked_for_as_well(
    qtbot: QtBot, orders: Orders, carrier: Carrier, live: Live
) -> None:
    key = orders.give("seat:s1", READY, {"seat": "s1"})
    live.take(Batch(link=LinkState("stale", 1)))
    live.take(Batch(link=LinkState("live")))
    carrier.answered.emit(key, NotConnected("the connection broke"))
    qtbot.waitUntil(lambda: [sent.expires_ms for sent in carrier.sent] == [None, 0], timeout=WAIT_MS)
    carrier.answered.emit(key, OrderResult("o1", "done", ""))
    assert phase(orders) == ("done", "")


def test_a_loss_that_is_told_while_an_order_is_asked_for_again_is_not_forgotten(
    qtbot: QtBot, orders: Orders, carrier: Carrier, live: Live, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The feed's thread may be done with a question before this one has got it back."""
    key = orders.give("seat:s1", READY, {"seat": "s1"})
    sent = carrier.order

    def broken(params: OrderParams) -> bool:
        monkeypatch.setattr(carrier, "order", sent)
        carrier.answered.emit(params.key, NotConnected("the connection broke again"))
        return True

    carrier.answered.emit(key, NotConnected("the connection broke"))
    monkeypatch.setattr(carrier, "order", broken)
    live.take(Batch(link=LinkState("live")))
    qtbot.waitUntil(lambda: [params.expires_ms for params in carrier.sent] == [None, 0], timeout=WAIT_MS)
    carrier.answered.emit(key, OrderResult("o1", "done", ""))
    assert phase(orders) == ("done", "")


def test_an_order_that_never_arrived_is_not_carried_out_late(orders: Orders, carrier: Carrier, live: Live) -> None:
    carrier.connected = False
    key = orders.give("seat:s1", READY, {"seat": "s1"})
    assert phase(orders)[0] == "unknown"
    carrier.connected = True
    live.take(Batch(link=LinkState("live")))
    assert carrier.sent[-1].expires_ms == 0
    carrier.answered.emit(key, Refused(ErrorBody(-32007, "the order expired before it could be carried out")))
    assert phase(orders) == ("refused", "the order expired before it could be carried out")


def on_its_way(orders: Orders, carrier: Carrier, live: Live, *, seen: bool) -> str:
    """An order that the gateway has begun, and that the floor shows or does not show yet."""
    live.take(Batch(link=LinkState("live"), whole=True))
    key = orders.give("seat:s1", READY, {"seat": "s1"})
    carrier.answered.emit(key, OrderResult("o1", "running", "asked, and not seen yet"))
    if seen:
        live.take(Batch({"order:o1": Order(key="order:o1", rev=1, name=READY, state="running", by="me", at=0)}))
    assert orders.waiting("seat:s1")
    return key


@pytest.mark.parametrize("seen", [True, False])
def test_an_order_on_its_way_that_the_floor_has_let_go_of_is_asked_for_and_locks_no_seat(
    qtbot: QtBot, orders: Orders, carrier: Carrier, live: Live, seen: bool
) -> None:
    key = on_its_way(orders, carrier, live, seen=seen)
    live.take(Batch(link=LinkState("stale", 1)))
    live.take(Batch(link=LinkState("live"), whole=True))
    assert (phase(orders)[0], orders.waiting("seat:s1")) == ("unknown", False)
    qtbot.waitUntil(lambda: [(sent.key, sent.expires_ms) for sent in carrier.sent] == [(key, None), (key, 0)])
    carrier.answered.emit(key, OrderResult("o1", "done", ""))
    assert phase(orders)[0] == "done"


def test_an_order_on_its_way_of_which_another_gateway_knows_nothing_is_unknown_and_not_refused(
    qtbot: QtBot, orders: Orders, carrier: Carrier, live: Live
) -> None:
    key = on_its_way(orders, carrier, live, seen=True)
    live.take(Batch(link=LinkState("stale", 1)))
    live.take(Batch(link=LinkState("live"), whole=True))
    qtbot.waitUntil(lambda: len(carrier.sent) == 2)
    why = ErrorBody(-32003, "no right to give it", data=ErrorData("no", "access.rights", code="access.rights"))
    carrier.answered.emit(key, Refused(why))
    given = orders.latest("seat:s1")
    assert given is not None
    assert (given.phase, given.code, given.lost) == ("unknown", "order.lost", False)


def test_an_order_on_its_way_goes_on_over_a_break_after_which_the_floor_still_shows_it(
    orders: Orders, carrier: Carrier, live: Live
) -> None:
    on_its_way(orders, carrier, live, seen=True)
    live.take(Batch(link=LinkState("stale", 1)))
    live.take(Batch(link=LinkState("live")))
    assert (phase(orders)[0], len(carrier.sent)) == ("running", 1)


def test_an_answer_that_comes_after_the_entity_takes_nothing_back(orders: Orders, carrier: Carrier, live: Live) -> None:
    done = Order(key="order:o1", rev=2, name=READY, state="done", by="me", at=0)
    live.take(Batch({"order:o1": done}))
    key = orders.give("seat:s1", READY, {"seat": "s1"})
    carrier.answered.emit(key, OrderResult("o1", "running", "asked, and not seen yet"))
    assert phase(orders)[0] == "done"
    live.take(Batch({"order:o1": Order(key="order:o1", rev=1, name=READY, state="running", by="me", at=0)}))
    assert phase(orders)[0] == "done"


def test_others_orders_are_none_of_ours(orders: Orders, live: Live) -> None:
    live.take(Batch({"order:x": Order(key="order:x", rev=1, name=READY, state="done", by="you", at=0)}))
    assert orders.latest("seat:s1") is None
