"""Planted secrets must not get out: each test plants one where it could stand and looks for it in what is sent."""

from __future__ import annotations

import errno
import getpass
import json
import re
import socket
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.doctor import diagnostics, redaction
from console.doctor.command import main
from console.doctor.findings import good, lacking
from console.doctor.redaction import Redactor

CLEAN = Redactor({"pbx-west": "<host>", "王伟": "<site>", "Mina Rahimi": "<site>"}).text


@pytest.mark.parametrize(
    ("line", "secret"),
    [
        ("token: hunter2", "hunter2"),
        ("WATCHFLOOR_TOKEN=abc", "=abc"),
        ('{"password": "two words"}', "two words"),
        ("Authorization: Bearer eyJhbGciOiJI.eyJzdWIi.c2ln", "eyJ"),
        ("sent eyJhbGciOiJIUzI1NiJ9eyJzdWIiOiIxMjM0NTY3ODkwIn0 away", "eyJ"),
        ("digest 9f86d081884c7d65 of it", "9f86d081"),
        ("api_key = 'k-1'", "k-1"),
        ("caller 13812345678 gave up", "13812345678"),
        ("caller +86 138-1234-5678 gave up", "1234"),
        ("caller (021) 8888 7777", "8888"),
        ("caller 138.1234.5678 waits", "1234"),
        ("masked 138****5678", "5678"),
        ("شماره ۰۹۱۲۳۴۵۶۷۸۹", "۹۱۲۳"),
        ("sip:1001@pbx.example.com;transport=udp", "1001"),
        ("tel:+8610", "8610"),
        ("exten=1042 rings", "1042"),
        ("called_number: 95588", "95588"),
        ("connected to wss://floor.bank.example:8765/feed", "bank"),
        ("connected to 10.20.30.40:5038", "10.20"),
        ("from fe80::1ff:fe23:4567:890a", "fe80"),
        ("from 2001:db8:0:1:1:1:1:1 it came", "2001:db8"),
        ("lost switch1:5038 again", "switch1"),
        ("resolved pbx7.callcentre.local in 3 ms", "callcentre"),
        ("test.bank.com answered", "bank"),
        ("host=alpha", "alpha"),
        ("PBX-West went away", "West"),
        ("login: zhang.san", "zhang"),
        ("agent=Li Lei, queue=Q7", "Lei"),
        ("by 王伟 at the desk", "王伟"),
        ('from "李雷" <13800138001>', "李雷"),
        ("2026-11-23 04:30:25,123 INFO feeds.client: agent: Li Lei", "Lei"),
        ("2026-11-23 04:30:25,123 INFO feeds.gateway.credentials: password:\n  hunter2", "hunter2"),
        ("Mina Rahimi pressed it", "Rahimi"),
        ("to someone@bank.com", "someone"),
        ("open /".replace("open ", "open ") + "home/zhangsan/floor.db", "zhangsan"),
        ("open C:" + "\\Users\\zhangsan\\floor.db", "zhangsan"),
    ],
)
def test_it_does_not_get_through(line: str, secret: str) -> None:
    assert secret not in CLEAN(line)


@pytest.mark.parametrize(
    "line",
    [
        "2026-11-23 04:30:25,123 WARNING feeds.gateway.consoles.serve: 3 of 110 seats are stale for 12.5 s",
        "2026-11-23 04:30:25,123 WARNING feeds.client: no connection, the gateway restarts",
        "2026-11-23 04:30:25,123 INFO feeds.gateway.credentials: tokens and roles were read again",
        '  File "feeds/client.py", line 170, in resume',
        "websockets.exceptions.ConnectionClosed after rev 48213",
        "seats.yaml:12:3 unknown member",
        "PySide6 6.11.3 on Python 3.11.7",
        "20261123T043025Z-wall.txt",
    ],
)
def test_what_helps_a_maintainer_stays(line: str) -> None:
    assert CLEAN(line) == line


@given(
    st.text(alphabet="abc ,:=\n", max_size=20),
    st.from_regex(r"\+?[1-9][0-9]{6,14}", fullmatch=True),
    st.text(alphabet="abc ,:=\n", max_size=20),
)
def test_no_phone_number_gets_through_whatever_surrounds_it(before: str, number: str, after: str) -> None:
    assert number.lstrip("+") not in CLEAN(before + number + after)


@given(st.text(max_size=200))
def test_any_text_can_be_redacted_and_twice_is_no_more_than_once(text: str) -> None:
    once = CLEAN(text)
    assert isinstance(once, str)
    assert len(CLEAN(once)) <= len(once) + 8 * once.count("<")


SITE = """
gateway:
  listen: pbx-north:8765
  tokens: [{name: Mina Rahimi, hash: scrypt-xyzzy}, plughsecret]
agents:
  - {id: a1, name: {zh: 王伟, en: Wei Wang}, extension: 4711}
queues:
  - {id: q1, target: 0.95}
"""


@pytest.fixture
def planted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A site, a log and a crash report full of what must not be sent; the site's folder."""
    site, data = tmp_path / "bank-of-examples", tmp_path / "data"
    for folder in (site, data / "crashes", data / "logs"):
        folder.mkdir(parents=True)
    monkeypatch.setenv("WATCHFLOOR_DATA", str(data))
    (site / "site.yaml").write_text(SITE, "utf-8")
    lines = [
        "2026-11-23 04:30:25,123 WARNING feeds.gateway.consoles.serve: Wei Wang on 4711 called 13812345678",
        "2026-11-23 04:30:26,123 INFO feeds.client: Wang was asked, 王伟 joined from pbx-north by plughsecret",
        f"2026-11-23 04:30:27,123 INFO here is {getpass.getuser()} at {socket.gethostname()}",
    ]
    (data / "logs/gateway.log").write_text("\n".join(lines), "utf-8")
    crash = 'Traceback (most recent call last):\n  File "/srv/Wei Wang/feeds/client.py", line 7, in ask\n'
    (data / "crashes/20261123T043025Z-wall.txt").write_text(f"{crash}KeyError: 'Mina Rahimi 13812345678'\n", "utf-8")
    return site


SECRETS = ("Mina", "Rahimi", "王伟", "Wei", "Wang", "4711", "13812345678", "pbx-north", "xyzzy", "plughsecret")


def content(path: Path) -> dict[str, str]:
    with zipfile.ZipFile(path) as file:
        return {name: file.read(name).decode() for name in file.namelist()}


def leaks(parts: dict[str, str]) -> set[tuple[str, str]]:
    """Which secret is in which part, the names of this machine and of its user among them."""
    machine = [word for word in (socket.gethostname(), getpass.getuser()) if len(word) > 2 and word != "localhost"]
    forms = [re.escape(word) for word in (*SECRETS, str(Path.home()))] + [rf"\b{re.escape(word)}\b" for word in machine]
    return {(name, form) for name, text in parts.items() for form in forms if re.search(form, name + "\n" + text)}


def test_with_the_site_named_logs_are_packed_and_nothing_of_it_gets_through(planted: Path, tmp_path: Path) -> None:
    findings = [good("Site", f"{planted} of Wei Wang"), lacking("Port", "pbx-north:8765 is taken", "ask Mina Rahimi")]
    diagnostics.write(tmp_path / "out.zip", findings, planted)
    parts = content(tmp_path / "out.zip")
    assert leaks(parts) == set()
    assert "feeds.gateway.consoles.serve" in parts["logs/1.log"]
    assert "client.py" in parts["crashes/20261123T043025Z-wall.txt"]
    assert json.loads(parts["findings.json"])[1]["topic"] == "Port"


@pytest.mark.parametrize("broken", [False, True], ids=["no site", "a site that cannot be read"])
def test_without_a_site_that_can_be_read_logs_and_messages_stay_at_home(
    planted: Path, tmp_path: Path, broken: bool
) -> None:
    (planted / "more.yaml").write_text("name: [unclosed", "utf-8")
    held = diagnostics.write(tmp_path / "out.zip", [good("Python", "3.11.7")], planted if broken else None)
    parts = content(tmp_path / "out.zip")
    assert leaks(parts) == set()
    assert [name for name in held if name.startswith("logs/")] == []
    assert parts["crashes/20261123T043025Z-wall.txt"] == "client.py:7 in ask\nKeyError\n"


def test_the_command_writes_it_and_says_what_is_in_it(
    planted: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("console.doctor.checks.examine", lambda *_: iter([good("Python", "3.11.7")]))
    assert main(["--zip", str(tmp_path / "out.zip"), "--site", str(planted)]) == 0
    assert "holds about.txt, findings.json, machine.json, site.json, crashes/" in capsys.readouterr().out
    assert leaks(content(tmp_path / "out.zip")) == set()


def test_a_secret_beside_the_site_cannot_be_guessed_from_what_is_told_of_its_file(
    planted: Path, tmp_path: Path
) -> None:
    (planted / "asterisk.secret").write_text("4711", "utf-8")
    diagnostics.write(tmp_path / "out.zip", [good("Python", "3.11.7")], planted)
    secret, site = json.loads(content(tmp_path / "out.zip")["site.json"])
    assert secret == {"file": "1.secret"}
    assert {"kilobytes", "lines", "sha256"} < site.keys()


def test_what_cannot_be_read_is_named_and_the_rest_is_packed(planted: Path, tmp_path: Path) -> None:
    (tmp_path / "data/crashes/20261124T000000Z-wall.txt").mkdir()
    (tmp_path / "data/logs/desk.log").mkdir()
    diagnostics.write(tmp_path / "out.zip", [good("Python", "3.11.7")], planted)
    parts = content(tmp_path / "out.zip")
    assert parts["crashes/20261124T000000Z-wall.txt"] == parts["logs/1.log"] == diagnostics.UNREADABLE
    assert "client.py" in parts["crashes/20261123T043025Z-wall.txt"]


def test_a_zip_is_written_whole_or_not_at_all(
    planted: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("console.doctor.checks.examine", lambda *_: iter([good("Python", "3.11.7")]))
    out = tmp_path / "out.zip"
    out.write_bytes(b"of yesterday")
    with monkeypatch.context() as patched:
        patched.setattr(zipfile.ZipFile, "writestr", full)
        assert main(["--zip", str(out)]) == 1
    assert capsys.readouterr().err == f"watchfloor doctor: cannot write {out}: No space left on device\n"
    assert out.read_bytes() == b"of yesterday"
    assert sorted(one.name for one in tmp_path.iterdir()) == ["bank-of-examples", "data", "out.zip"]


def test_the_names_of_this_machine_are_known_words() -> None:
    words = redaction.of_this_machine({"USER": "zhangsan", "COMPUTERNAME": "DESK-17", "HOSTNAME": "wall.bank.lan"})
    assert {word: words.get(word) for word in ("zhangsan", "DESK-17", "wall", "bank.lan")} == {
        "zhangsan": "<user>",
        "DESK-17": "<host>",
        "wall": "<host>",
        "bank.lan": "<host>",
    }
    short = redaction.of_this_machine({"USER": "li", "HOSTNAME": "vm"})
    assert (short["li"], short["vm"]) == ("<user>", "<host>")


def test_a_system_that_knows_no_users_is_no_trouble(monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody() -> str:
        raise ImportError("No module named 'pwd'")  # as on Windows where a service's environment names no user

    monkeypatch.setattr(getpass, "getuser", nobody)
    assert "<home>" in redaction.of_this_machine({}).values()
