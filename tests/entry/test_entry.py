"""The page of floors: what it says of a floor that cannot be shown, and that everything can be tried again in place."""

from __future__ import annotations

import asyncio
import contextlib
import os
import re
import socket
import stat
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from config.schema import GatewaySettings
from console import command as desk_command
from console.entry import present, store
from console.entry.child import ChildGateway, arguments
from console.entry.forms import GatewayForm, RecordingForm
from console.entry.panel import EntryPage
from console.entry.store import Connection
from console.looks import Look
from console.theme import load_faces
from console.wall import command as wall_command
from console.words import Words
from feeds.facts import Tick
from feeds.gateway.consoles.vestibule import Vestibule
from feeds.sources.base import Clock, Emit
from tests.desk.test_running import made_certificate
from tests.gateway.floors import START, small_site
from tests.gateway.harness import HOUR, ListSource, ToldSource, free_port, gateway_in_a_thread

pytestmark = pytest.mark.slow

EN = Words("en")
WAIT_MS = 60_000
MakePage = Callable[..., EntryPage]


@pytest.fixture
def make_page(qapp: QApplication) -> Iterator[MakePage]:
    load_faces()
    made: list[EntryPage] = []

    def make(connection: Connection | None = None, language: str = "en", **look: object) -> EntryPage:
        page = EntryPage(replace(Look(language=language), **look), connection)
        page.show()
        made.append(page)
        return page

    yield make
    for page in made:
        page.close()
        if page.child is not None:
            page.child.end()
            page.child.deleteLater()
        page.deleteLater()


def at(url: str, token: str = "all-supervisor", certificate: str = "") -> Connection:
    return Connection("gateway", url=url, token=token, certificate=certificate)


def said(page: EntryPage) -> str:
    """What the page says is wrong, in full."""
    parts = (page.trouble, page.advice, page.detail)
    return " | ".join(part.text() for part in parts if part.isVisible())


def try_it(page: EntryPage, qtbot: QtBot) -> str:
    page.enter.click()
    qtbot.waitUntil(lambda: bool(said(page)), timeout=WAIT_MS)
    return said(page)


# What is wrong is said in place, and can be mended there


def test_a_wrong_address_a_wrong_token_and_the_right_ones_in_one_sitting(
    make_page: MakePage, qtbot: QtBot, tmp_path: Path
) -> None:
    with gateway_in_a_thread(small_site(), ToldSource(), tmp_path) as url, socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        page = make_page(at(f"ws://127.0.0.1:{taken.getsockname()[1]}", "nobody"))
        form = page.forms["gateway"]
        assert isinstance(form, GatewayForm)
        assert "Check host and port" in try_it(page, qtbot)
        form.url.setText(url)
        assert "does not accept this token" in try_it(page, qtbot)
        assert "ask for a new one" in said(page)
        form.token.setText("all-supervisor")
        with qtbot.waitSignal(page.entered, timeout=WAIT_MS) as entered:
            page.enter.click()
        assert entered.args[1].url == url
        assert said(page) == ""


def test_a_certificate_that_nobody_trusts_and_files_that_are_none_are_said_until_the_right_one_is_chosen(
    make_page: MakePage, qtbot: QtBot, tmp_path: Path
) -> None:
    certificate = made_certificate(tmp_path)
    settings = GatewaySettings(frame_ms=10, certificate="cert.pem", private_key="key.pem")
    with gateway_in_a_thread(
        replace(small_site(), gateway=settings), ToldSource(), tmp_path, site_folder=tmp_path
    ) as url:
        page = make_page(at(url, "all-wall"))
        form = page.forms["gateway"]
        assert isinstance(form, GatewayForm)
        assert "certificate is not trusted" in try_it(page, qtbot)
        assert "Choose the certificate of its authority" in said(page)
        form.certificate.setText(str(tmp_path / "nowhere.pem"))
        assert "cannot be read" in try_it(page, qtbot)
        form.certificate.setText(__file__)
        assert "holds no certificate" in try_it(page, qtbot)
        form.certificate.setText(str(certificate))
        with qtbot.waitSignal(page.entered, timeout=WAIT_MS):
            page.enter.click()


def test_a_certificate_for_an_address_without_encryption_is_said_before_anything_is_tried(tmp_path: Path) -> None:
    file = tmp_path / "c.pem"
    file.write_text("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", encoding="ascii")
    for address in ("ws://127.0.0.1:9", "127.0.0.1:9"):
        found = present.mistake(Connection("gateway", url=address, token="x", certificate=str(file)), EN)
        assert found is not None
        assert (found.field, found.title) == ("url", "This address is without encryption")
        assert "write wss://127.0.0.1:9, or take the certificate away" in found.advice
        given = ["--gateway", address, "--token", "x", "--certificate", str(file)]
        for parsed in (desk_command.parsed, wall_command.parsed):
            with pytest.raises(ValueError, match="is without; write wss:"):
                parsed(given)
    secure = ["--gateway", "wss://127.0.0.1:9", "--token", "x", "--certificate", str(file)]
    assert desk_command.parsed(secure).certificate == wall_command.parsed(secure).certificate == str(file)
    assert desk_command.parsed(["--certificate", str(file)]).gateway == "", "which floor is asked for then"


def test_trying_can_be_stopped_and_shows_that_it_goes_on(make_page: MakePage, qtbot: QtBot) -> None:
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        page = make_page(at(f"ws://127.0.0.1:{silent.getsockname()[1]}"), motion="usual")
        page.enter.click()
        assert page.progress.isVisible()
        assert page.doing.text() == "Connecting to the gateway…"
        assert not page.enter.isEnabled()
        assert page.leave.text() == "Cancel"
        qtbot.keyClick(page, Qt.Key.Key_Escape)
        assert not page.progress.isVisible()
        assert page.enter.isEnabled()
        page.leave.click()
        assert not page.isVisible()


class Counting(ListSource):
    """Tells most of eight hours in as many seconds, once it may, and never the rest."""

    def __init__(self) -> None:
        super().__init__([Tick(at=START + n * HOUR // 8) for n in range(64)], "simulated")
        self.go = threading.Event()

    async def run(self, clock: Clock, emit: Emit, after: int) -> None:
        """Emit them one by one."""
        for position, fact in enumerate(self.facts[:-2], 1):
            await emit([(fact, position)])
            await asyncio.sleep(0.125)
            while not self.go.is_set():  # noqa: ASYNC110
                await asyncio.sleep(0.01)
        await asyncio.Event().wait()


def test_a_gateway_that_still_counts_the_day_is_waited_for_and_shows_how_far_it_is(
    make_page: MakePage, qtbot: QtBot, tmp_path: Path
) -> None:
    source = Counting()
    with gateway_in_a_thread(small_site(), source, tmp_path, at=START + 8 * HOUR) as url:
        page = make_page(at(url), motion="still")
        page.enter.click()
        qtbot.waitUntil(lambda: page.progress.maximum() == 100 and page.progress.isVisible(), timeout=WAIT_MS)
        first = page.progress.value()
        assert page.doing.text() == f"the gateway counts the day so far: {first}%"
        assert page._reaching is not None
        page._reaching._limit.setInterval(3000)  # it says how far it is once a second
        with qtbot.assertNotEmitted(page.entered):
            source.go.set()
            qtbot.waitUntil(lambda: page.progress.value() > first + 60 or not page.progress.isVisible())
        assert page.progress.isVisible() and page.progress.value() > first + 60
        assert page.progress.minimum() == 0
        assert not page.trouble.isVisible(), "it says how far it is: that is no silence"
        qtbot.keyClick(page, Qt.Key.Key_Escape)
        assert not page.progress.isVisible()


def test_a_gateway_that_reads_its_log_is_waited_for_and_shows_how_far_it_is(make_page: MakePage, qtbot: QtBot) -> None:
    port = free_port()
    with Vestibule("127.0.0.1", port, None, patience_s=0) as vestibule:
        vestibule.progress(0.42)
        stands_open(port)
        page = make_page(at(f"ws://127.0.0.1:{port}"), motion="still")
        page.enter.click()
        qtbot.waitUntil(lambda: page.progress.value() == 42, timeout=WAIT_MS)
        assert page.doing.text() == "the gateway has started and reads its log: 42%" and page.progress.isVisible()
        vestibule.progress(0.8)
        qtbot.waitUntil(lambda: page.progress.value() == 80, timeout=WAIT_MS)
        assert not page.trouble.isVisible()
        qtbot.keyClick(page, Qt.Key.Key_Escape)
        assert not page.progress.isVisible()


def stands_open(port: int) -> None:
    """Return once somebody listens there."""
    for _ in range(500):
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=5):
            return
        time.sleep(0.02)
    raise AssertionError(f"nobody listens at {port}")


def test_with_reduced_motion_the_progress_is_said_and_nothing_moves(make_page: MakePage) -> None:
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        page = make_page(at(f"ws://127.0.0.1:{silent.getsockname()[1]}"), motion="still")
        page.enter.click()
        assert page.doing.isVisible()
        assert not page.progress.isVisible()
        page.stop()


@pytest.mark.parametrize(
    ("connection", "field", "words"),
    [
        (at("http://floor"), "url", "ws://127.0.0.1:8765"),
        (at("ws://token=x@floor"), "url", "without a token"),
        (at("ws://"), "url", "ws://127.0.0.1:8765"),
        (at("ws://127.0.0.1:notaport"), "url", "ws://127.0.0.1:8765"),
        (at("ws://floor:1", token=" "), "token", "--new-token"),
        (Connection("recording"), "file", ".floor file"),
        (Connection("recording", file=__file__), "file", "main.py import"),
    ],
)
def test_what_cannot_be_meant_is_said_before_anything_is_tried(
    make_page: MakePage, qtbot: QtBot, connection: Connection, field: str, words: str
) -> None:
    page = make_page(connection)
    assert words in try_it(page, qtbot)
    assert page.focusWidget() is page.forms[connection.kind].fields[field], "the keyboard is where it can be mended"


def test_a_time_that_is_none_is_said(tmp_path: Path) -> None:
    file = tmp_path / "day.floor"
    file.write_bytes(b"SQLite format 3\0")
    one = Connection("recording", file=str(file))
    assert present.mistake(one, EN) is None
    for said_at in ("09:00", "9:00", "2024-02-29T10:30"):
        assert present.mistake(replace(one, at=said_at), EN) is None
    for said_at in ("25:00", "noon", "10:60"):
        found = present.mistake(replace(one, at=said_at), EN)
        assert found is not None
        assert found.field == "at"


# Floors of our own


def test_the_gateway_of_a_recording_plays_it_from_that_time_at_that_speed() -> None:
    given = arguments(Connection("recording", file="day.floor", at="13:00", speed=60), "data")
    assert given[:6] == ["gateway", "--source", "recorded:day.floor", "--at", "13:00", "--speed"]
    assert given[6] == "60"
    assert "--until-input-ends" in given, "it ends with the desk, however that ends"
    assert "127.0.0.1:0" in given


def test_a_floor_of_our_own_goes_on_where_it_stood_when_the_desk_starts_itself_again() -> None:
    recording = Connection("recording", file="day.floor", at="09:00")
    assert present.resumed(recording, "2024-02-29T13:07").at == "2024-02-29T13:07"
    assert present.resumed(Connection("demo"), "2026-11-26T13:07").at == "13:07"
    assert present.resumed(recording, "") == recording


@pytest.mark.slow
def test_the_demo_starts_a_floor_of_its_own_and_ends_it(make_page: MakePage, qtbot: QtBot) -> None:
    page = make_page()
    with qtbot.waitSignal(page.entered) as entered:
        page.enter.click()
    connection, address = entered.args
    assert connection.kind == "demo"
    assert address.url.startswith("ws://127.0.0.1:")
    assert page.child is not None
    port = int(address.url.rpartition(":")[2])
    page.child.end()
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", port)) != 0, "nobody listens there any more"


@pytest.mark.slow
def test_a_recording_that_cannot_be_played_says_why_in_the_gateways_words(
    make_page: MakePage, qtbot: QtBot, tmp_path: Path
) -> None:
    file = tmp_path / "day.floor"
    file.write_bytes(b"SQLite format 3\0" + b"\0" * 200)
    page = make_page(Connection("recording", file=str(file)))
    page.enter.click()
    qtbot.waitUntil(lambda: bool(said(page)))
    assert "The recording cannot be played" in said(page)
    assert page.detail.text() != ""


def test_a_gateway_that_cannot_be_started_is_said(
    qtbot: QtBot, qapp: QApplication, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("console.entry.child.sys.executable", str(tmp_path / "nothing"))
    child = ChildGateway()
    with qtbot.waitSignal(child.failed):
        child.start(Connection("demo"))
    child.end()
    child.deleteLater()


def test_why_a_gateway_ended_is_readable_whatever_the_systems_language_is(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PYTHONIOENCODING", "cp936")
    child = ChildGateway()
    with qtbot.waitSignal(child.failed) as ended:
        child.start(Connection("recording", file=str(tmp_path / "早班.floor")))
    child.end()
    child.deleteLater()
    assert "早班.floor" in ended.args[0]


# What is kept


def test_what_was_chosen_is_kept_and_the_token_only_where_somebody_asked_for_it(tmp_path: Path) -> None:
    path = tmp_path / "data" / store.FILE
    one = at("wss://floor:1", "secret", "ca.pem")
    assert store.save(path, one, with_token=False)
    assert store.load(path) == replace(one, token="")
    assert b"secret" not in path.read_bytes()
    assert store.save(path, one, with_token=True)
    assert store.load(path) == one
    if os.name == "posix":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.skipif(os.name != "posix", reason="rights are others on Windows")
@pytest.mark.logs("is not used, because others can read it")
def test_a_token_that_others_can_read_meanwhile_is_not_used(tmp_path: Path) -> None:
    path = tmp_path / store.FILE
    store.save(path, at("wss://floor:1", "secret"), with_token=True)
    path.chmod(0o644)
    found = store.load(path)
    assert found == at("wss://floor:1", "")
    assert not store.is_complete(found)
    path.with_name(path.name + ".new").write_text("left behind by a crash, readable to everybody")
    path.with_name(path.name + ".new").chmod(0o666)
    store.save(path, at("wss://floor:1", "secret"), with_token=True)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600, "and its successor is private again"


@pytest.mark.parametrize("content", [b"", b"{", b"\xff", b"[" * 5000, b'{"kind": "moon"}', b'{"speed": "fast"}'])
@pytest.mark.logs("cannot be read")
def test_a_broken_file_means_to_be_asked_again(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / store.FILE
    path.write_bytes(content)
    assert store.load(path) is None
    assert path.with_name(f"{path.name}.broken").read_bytes() == content


@pytest.mark.logs("could not be kept")
def test_where_nothing_can_be_kept_the_floor_is_shown_all_the_same(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("no folder")
    assert not store.save(blocked / store.FILE, Connection(), with_token=True)


def test_what_was_chosen_last_stands_in_the_fields(make_page: MakePage) -> None:
    page = make_page(Connection("recording", file="day.floor", at="09:00", speed=10))
    form = page.forms["recording"]
    assert isinstance(form, RecordingForm)
    assert page.kinds["recording"].isChecked()
    assert page.taken() == Connection("recording", file="day.floor", at="09:00", speed=10)
    page.kinds["gateway"].click()
    assert page.taken().kind == "gateway"


# Words and hands


def texts_of(page: QWidget) -> list[str]:
    found: list[str] = []
    for widget in page.findChildren(QWidget):
        if isinstance(widget, QLabel | QAbstractButton):
            found.append(widget.text())
        if isinstance(widget, QLineEdit):
            found.append(widget.placeholderText())
        found += [widget.toolTip(), widget.accessibleName()]
    return [text for text in found if text]


def test_it_speaks_either_language_and_changes_it_in_place(make_page: MakePage) -> None:
    page = make_page(language="en")
    chinese = re.compile(r"[\u4e00-\u9fff]")
    assert {text for text in texts_of(page) if chinese.search(text)} == {"中文"}
    page.language.click()
    latin = re.compile(r"[A-Za-z]{3,}")
    known = re.compile(r"English|wss?://\S*|main\.py|\.floor|import|check --new-token|BEGIN CERTIFICATE|PEM|Watchfloor")
    assert [text for text in texts_of(page) if latin.search(known.sub("", text))] == []
    assert page.look.language == "zh_CN"


def test_every_control_has_a_name_and_can_be_reached_by_tab(make_page: MakePage, qtbot: QtBot) -> None:
    page = make_page(at("ws://floor:1"))
    wanted = {
        widget
        for widget in page.findChildren(QWidget)
        if isinstance(widget, QLineEdit | QAbstractButton) and widget.isVisible() and widget.isEnabled()
    }
    silent = [one for one in wanted if not (one.accessibleName() or getattr(one, "text", str)())]
    assert silent == []
    page.enter.setFocus()
    reached = set()
    for _ in range(3 * len(wanted)):
        focused = page.focusWidget()
        reached.add(focused)
        qtbot.keyClick(focused, Qt.Key.Key_Tab)
    buttons = set(page.kinds.values())
    assert wanted - reached - buttons == set()
    assert buttons & reached, "one of the kinds is reached, the arrows lead to the others"


def test_enter_tries_from_any_field(make_page: MakePage, qtbot: QtBot) -> None:
    page = make_page(at("odd"))
    form = page.forms["gateway"]
    assert isinstance(form, GatewayForm)
    form.token.clear()
    form.token.setFocus()
    qtbot.keyClick(form.token, Qt.Key.Key_Return)
    assert "token" in said(page)


def test_enter_on_another_button_presses_that_one(make_page: MakePage, qtbot: QtBot) -> None:
    page = make_page(at("odd"))
    before = page.words.language
    page.language.setFocus()
    qtbot.waitUntil(page.language.hasFocus)
    qtbot.keyClick(page.language, Qt.Key.Key_Return)
    assert page.words.language != before and said(page) == ""
    page.leave.setFocus()
    with qtbot.waitSignal(page.left):
        qtbot.keyClick(page.leave, Qt.Key.Key_Return)


def test_what_qt_says_itself_as_where_a_file_is_chosen_is_in_the_language_of_the_page(
    make_page: MakePage, qtbot: QtBot
) -> None:
    page = make_page(Connection("recording"), language="zh_CN")
    assert QApplication.translate("QFileDialog", "Look in:") == "查找范围："
    qtbot.mouseClick(page.language, Qt.MouseButton.LeftButton)
    assert QApplication.translate("QFileDialog", "Look in:") == "Look in:"
