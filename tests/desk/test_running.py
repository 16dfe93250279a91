"""The desk against a real gateway on loopback: what it shows when it is there, wrong, or gone."""

from __future__ import annotations

import shutil
import socket
import subprocess
from pathlib import Path

import msgspec
import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from config.schema import GatewaySettings
from console.command import main, parsed
from console.desk import Desk
from tests.desk.conftest import options
from tests.gateway.floors import small_site
from tests.gateway.harness import ToldSource, gateway_in_a_thread

pytestmark = pytest.mark.slow

WAIT_MS = 60_000


def test_the_desk_shows_the_floor_of_a_gateway_and_who_we_are(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> None:
    with gateway_in_a_thread(small_site(), ToldSource(), tmp_path) as url:
        called = next(role.name.en for role in small_site().roles if role.id == "supervisor")
        desk = Desk(options("--lang", "en", url=url, token="all-supervisor"))
        desk.start()
        try:
            qtbot.waitUntil(lambda: len(desk.floor.field.cards.rows) == 8, timeout=WAIT_MS)
            qtbot.waitUntil(lambda: desk.window.who.text() == called, timeout=WAIT_MS)
            qtbot.waitUntil(lambda: not desk.window.banner.isVisible(), timeout=WAIT_MS)
            assert desk.window.focusWidget() is desk.floor.field, "the keyboard begins at the seats"
            desk.floor.turn()
            desk.floor.take_keyboard()
            assert desk.window.focusWidget() is desk.floor.table
        finally:
            desk.stop()


def test_a_wrong_token_is_said_with_what_to_do(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> None:
    with gateway_in_a_thread(small_site(), ToldSource(), tmp_path) as url:
        desk = Desk(options("--lang", "en", url=url, token="nobody"))
        desk.start()
        try:
            qtbot.waitUntil(
                lambda: "does not accept this token" in desk.window.banner.accessibleName(), timeout=WAIT_MS
            )
        finally:
            desk.stop()


def test_a_wrong_address_is_said_with_what_to_do(qtbot: QtBot, qapp: QApplication) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        desk = Desk(options("--lang", "en", url=f"ws://127.0.0.1:{taken.getsockname()[1]}"))
        desk.start()
        try:
            qtbot.waitUntil(lambda: "cannot be reached" in desk.window.banner.accessibleName(), timeout=WAIT_MS)
        finally:
            desk.stop()


def made_certificate(folder: Path) -> Path:
    """A certificate of this machine's own with its key, as `cert.pem` and `key.pem` in a folder."""
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("not checked: TLS needs openssl to make a certificate")
    make = [openssl, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost"]
    files = ["-keyout", str(folder / "key.pem"), "-out", str(folder / "cert.pem")]
    subprocess.run([*make, "-addext", "subjectAltName=IP:127.0.0.1", *files], check=True, capture_output=True)
    return folder / "cert.pem"


def test_a_certificate_that_nobody_trusts_is_said_with_what_to_do(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path
) -> None:
    made_certificate(tmp_path)
    settings = GatewaySettings(frame_ms=10, certificate="cert.pem", private_key="key.pem")
    site = msgspec.structs.replace(small_site(), gateway=settings)
    with gateway_in_a_thread(site, ToldSource(), tmp_path, site_folder=tmp_path) as url:
        desk = Desk(options("--lang", "en", url=url, token="all-wall"))
        desk.start()
        try:
            said = desk.window.banner.accessibleName
            qtbot.waitUntil(lambda: "certificate is not trusted" in said(), timeout=WAIT_MS)
            assert "--certificate" in said()
        finally:
            desk.stop()
        trusting = Desk(options("--certificate", str(tmp_path / "cert.pem"), url=url, token="all-wall"))
        trusting.start()
        try:
            qtbot.waitUntil(lambda: not trusting.session.live.stale, timeout=WAIT_MS)
        finally:
            trusting.stop()


@pytest.mark.slow
def test_a_picture_of_the_desk_is_written_in_its_size_and_pixel_ratio(qapp: QApplication, tmp_path: Path) -> None:
    file = tmp_path / "desk.png"
    with gateway_in_a_thread(small_site(), ToldSource(), tmp_path) as url:
        arguments = ["--gateway", url, "--token", "all-wall", "--shot", str(file), "--size", "1280x800", "--dpr", "2"]
        assert main(arguments) == 0
    image = QImage(str(file))
    assert (image.width(), image.height()) == (2560, 1600)


def test_a_picture_that_cannot_be_taken_says_why(
    qapp: QApplication, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    with gateway_in_a_thread(small_site(), ToldSource(), tmp_path) as url:
        assert main(["--gateway", url, "--token", "nobody", "--shot", str(tmp_path / "desk.png")]) == 1
    assert "token" in capfd.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--gateway", "http://x", "--token", "t"], "write ws://HOST:PORT"),
        (["--gateway", "ws://127.0.0.1:notaport"], "write ws://HOST:PORT"),
        (["--gateway", "ws://127.0.0.1:99999"], "write ws://HOST:PORT"),
        (["--gateway", "ws://:8765"], "write ws://HOST:PORT"),
        (["--gateway", "ws://a b:8765"], "write ws://HOST:PORT"),
        (["--token-file", "/nowhere/token"], "--token-file"),
        (["--token", "t", "--certificate", "/nowhere/ca.pem"], "cannot be read"),
        (["--token", "t", "--certificate", __file__], "no certificate in PEM form"),
        (["--token", "t", "--size", "big"], "--size"),
        (["--token", "t", "--size", "²³²³x1080"], "--size"),
        (["--token", "t", "--dpr", "9"], "--dpr"),
        (["--token", "t", "--dpr", "nan"], "from 0.5 to 4"),
        (["--token", "t", "--text", "1000"], "from 90 to 150"),
        (["--token", "t", "--shot", "a.png", "--timeout", "nan"], "more than 0 and at most 3600"),
        (["--token", "t", "--shot", "a.png", "--timeout", "-1"], "more than 0 and at most 3600"),
        (["--token", "t", "--shot", "a.png", "--timeout", "inf"], "more than 0 and at most 3600"),
    ],
)
def test_a_command_line_that_makes_no_sense_says_what_to_do(arguments: list[str], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        parsed(arguments)


@pytest.mark.parametrize(
    ("link", "said"),
    [
        ("nonsense://x", '"nonsense://x" is no floor:// link, such as floor://seat/108'),
        ("108", '"108" is no floor:// link, such as floor://seat/108'),
        ("floor://", '"floor://" is no floor:// link, such as floor://seat/108'),
        ("floor://seat/", '"floor://seat/" is no floor:// link, such as floor://seat/108'),
        ("floor://agent/8001", 'there are no links to "agent"; there are seat, queue and alarm'),
        ("no\nsense\x1b[2J", '"no\ufffdsense\ufffd[2J" is no floor:// link, such as floor://seat/108'),
        ("floor://se\nat/1", 'there are no links to "se\ufffdat"; there are seat, queue and alarm'),
    ],
)
def test_a_link_that_leads_to_no_floor_is_refused_in_one_line_before_a_window(
    link: str, said: str, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("console.running.show", lambda _: pytest.fail("the desk was opened"))
    assert main(["floor://seat/1", link]) == 2
    assert capfd.readouterr().err == f"watchfloor console: {said}\n"


def test_links_to_everything_that_has_one_are_taken() -> None:
    links = ("floor://seat/108", "floor://queue/claims", "floor://alarm/site:waiting:now", " floor://seat/%E5%BA%A7 ")
    assert parsed(links).links == links
