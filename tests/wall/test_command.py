"""The wall's command line: refuses in one line, before Qt, what cannot work."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from console.arguments import renewed
from console.machine import display_server
from console.wall.command import main, parsed
from tests.displays import a_display
from tests.gateway.floors import small_site
from tests.gateway.harness import ToldSource, gateway_in_a_thread

linux = pytest.mark.skipif(sys.platform != "linux", reason="not checked: X11 and Wayland are Linux's here")
NOWHERE = ":5955"


def wall(repository: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run `main.py wall` to its end on a machine without a display, but for what is given."""
    bare = {name: value for name, value in os.environ.items() if not name.startswith(("QT_", "DISPLAY", "WAYLAND"))}
    bare.pop("WATCHFLOOR_TOKEN", None)
    command = [sys.executable, str(repository / "main.py"), "wall", "--gateway", "ws://127.0.0.1:9", *arguments]
    return subprocess.run(
        command, cwd=repository, env=bare | environment, capture_output=True, text=True, timeout=60, check=False
    )


# Size


@pytest.mark.parametrize(
    ("more", "size"),
    [
        ([], (1280, 720)),
        (["--shot", "wall.png"], (1920, 1080)),
        (["--size", "1600x900"], (1600, 900)),
        (["--shot", "wall.png", "--size", "640X480"], (640, 480)),
    ],
)
def test_a_size_is_that_of_the_window_or_of_the_picture(more: list[str], size: tuple[int, int]) -> None:
    options = parsed(["--token", "secret", "--windowed", *more])
    assert (options.width, options.height) == size


# Numbers


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        *((["--shot", "a.png", "--timeout", wrong], "give more than 0 and at most 3600 seconds")
          for wrong in ("nan", "-1", "0", "inf", "1e400", "3601")),
        *((["--diagonal", wrong], "give one from 5 to 2000") for wrong in ("-1", "nan", "inf", "4.9", "2001")),
        *((["--distance", wrong], "give one from 0.3 to 200") for wrong in ("nan", "1e9", "0", "-3")),
        *((["--dpr", wrong], "give one from 0.5 to 4") for wrong in ("nan", "inf", "0", "-1")),
        *((["--size", wrong], "write it like 1920x1080, from 320x240")
          for wrong in ("big", "1920", "0x0", "1920x-1", "1e3x1e3", "²³²³x1080", "99999x99999", "1920x1080x3")),
    ],
)  # fmt: skip
def test_a_number_that_nothing_can_be_done_with_is_refused_in_one_line_with_its_range(
    arguments: list[str], said: str, capfd: pytest.CaptureFixture[str]
) -> None:
    assert main(["--token", "x", *arguments]) == 2
    (line,) = capfd.readouterr().err.splitlines()
    assert line.startswith(f"watchfloor wall: {arguments[-2]} ")
    assert said in line


def test_numbers_at_the_ends_of_their_ranges_are_taken() -> None:
    least = parsed(["--token", "x", "--timeout", "0.001", "--diagonal", "5", "--distance", "0.3", "--dpr", "0.5"])
    assert (least.timeout, least.diagonal, least.distance, least.dpr) == (0.001, 5, 0.3, 0.5)
    most = parsed(["--token", "x", "--timeout", "3600", "--diagonal", "2000", "--distance", "200", "--dpr", "4"])
    assert (most.timeout, most.diagonal, most.distance, most.dpr) == (3600, 2000, 200, 4)


# Display


@linux
@pytest.mark.parametrize(
    ("environment", "said"),
    [
        ({}, display_server.NONE_HERE),
        ({"QT_QPA_PLATFORM": ""}, display_server.NONE_HERE),
        ({"DISPLAY": NOWHERE}, f"cannot open display {NOWHERE}"),
        ({"DISPLAY": NOWHERE, "QT_QPA_PLATFORM": ""}, f"cannot open display {NOWHERE}"),
        ({"DISPLAY": NOWHERE, "QT_QPA_PLATFORM": "xcb"}, f"cannot open display {NOWHERE}"),
        ({"DISPLAY": "nonsense"}, "cannot open display nonsense"),
        ({"WAYLAND_DISPLAY": "no-such-socket"}, "cannot open display no-such-socket"),
        ({"DISPLAY": NOWHERE, "QT_QPA_PLATFORM": "offscreen"}, ""),
        ({"QT_QPA_PLATFORM": "offscreen"}, ""),
    ],
)
def test_a_display_that_is_not_there_is_named(environment: dict[str, str], said: str) -> None:
    assert display_server.refusal(environment) == said


@linux
def test_a_wayland_socket_that_answers_is_a_display(tmp_path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(tmp_path / "wayland-7"))
        server.listen()
        assert display_server.refusal({"WAYLAND_DISPLAY": "wayland-7", "XDG_RUNTIME_DIR": str(tmp_path)}) == ""


@linux
@pytest.mark.slow
@pytest.mark.skipif(shutil.which("Xvfb") is None, reason="not checked: there is no Xvfb here")
def test_an_x_server_that_answers_is_a_display() -> None:
    with a_display() as display:
        assert display_server.refusal({"DISPLAY": display.name}) == ""


@linux
@pytest.mark.slow
@pytest.mark.parametrize(
    ("environment", "said"), [({}, display_server.NONE_HERE), ({"DISPLAY": NOWHERE}, f"cannot open display {NOWHERE}")]
)
def test_a_wall_without_a_display_ends_with_one_line(repository: Path, environment: dict[str, str], said: str) -> None:
    done = wall(repository, "--token", "x", **environment)
    assert (done.returncode, done.stderr) == (1, f"watchfloor wall: {said}\n")


@linux
@pytest.mark.slow
def test_a_picture_needs_no_display(repository: Path, tmp_path: Path) -> None:
    done = wall(repository, "--token", "x", "--timeout", "1", "--shot", str(tmp_path / "a.png"), DISPLAY=NOWHERE)
    assert done.returncode == 1
    assert "cannot be reached" in done.stderr


# Address


NO_ADDRESSES = [
    "ws://127.0.0.1:notaport", "127.0.0.1:notaport", "ws://127.0.0.1:99999", "ws://127.0.0.1:0", "ws://127.0.0.1:", "ws://",
    "ws://:8765", "", "http://127.0.0.1:8765", "ws://127.0.0.1:87 65", " ws://127.0.0.1:8765", "ws://a\nb:8765", "ws://::1:8765",
    "ws://[::1:8765", "ws://[floor]:8765", "ws://floor..here:8765", f"ws://{'a' * 64}:8765", "ws://floor:8765#top",
]  # fmt: skip


@pytest.mark.parametrize("address", NO_ADDRESSES)
def test_an_address_where_no_gateway_can_be_is_refused_in_one_line_that_says_what_one_looks_like(
    address: str, capfd: pytest.CaptureFixture[str]
) -> None:
    assert main(["--token", "x", "--gateway", address]) == 2
    (line,) = capfd.readouterr().err.splitlines()
    assert line.startswith("watchfloor wall: --gateway ")
    assert "write ws://HOST:PORT or wss://HOST:PORT, such as ws://127.0.0.1:8765" in line


@pytest.mark.parametrize(
    "address",
    ["ws://127.0.0.1:8765", "wss://floor.example", "ws://[::1]:8765", "ws://floor/a?b=1", "ws://floor.:1", "ws://大厅"],
)
def test_an_address_where_a_gateway_can_be_is_taken_as_it_is(address: str) -> None:
    assert parsed(["--token", "x", "--gateway", address]).gateway == address


def test_a_credential_in_an_address_is_refused_and_not_repeated() -> None:
    with pytest.raises(ValueError, match="a credential does not belong") as refused:
        parsed(["--gateway", "http://me:secret@floor:notaport"])
    assert "secret" not in str(refused.value)


# Token


def test_a_wall_without_a_token_says_so_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("WATCHFLOOR_TOKEN", raising=False)
    with pytest.raises(ValueError, match=r"^no token: --token-file FILE or WATCHFLOOR_TOKEN$"):
        parsed([])


@pytest.mark.parametrize("written", [b"\xef\xbb\xbfsecret\r\n", b"secret\n", b"  secret"])
def test_a_token_file_may_come_from_any_editor(tmp_path: Path, written: bytes) -> None:
    file = tmp_path / "token"
    file.write_bytes(written)
    assert parsed(["--token-file", str(file)]).token == "secret"


@pytest.mark.parametrize(("written", "said"), [(b"\r\n", "is empty"), (b"\xff\xfes\0", "no text in UTF-8")])
def test_a_token_file_that_holds_none_is_refused(tmp_path: Path, written: bytes, said: str) -> None:
    file = tmp_path / "token"
    file.write_bytes(written)
    with pytest.raises(ValueError, match=said):
        parsed(["--token-file", str(file)])


def test_a_token_is_read_anew_from_its_file_and_stays_what_it_was_where_none_can_be(tmp_path: Path) -> None:
    file = tmp_path / "token"
    file.write_text("one", "utf-8")
    read = renewed("one", file)
    assert callable(read)
    for written, found in ((b"two\n", "two"), (b"", "one"), (b"\xff\xfe", "one"), (b"three", "three")):
        file.write_bytes(written)
        assert read() == found
    file.unlink()
    assert read() == "one"
    assert renewed("one", None) == "one"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="not checked: this system has no pipes with names")
def test_a_pipe_that_has_told_its_token_is_not_waited_for_again(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    read = renewed("told", pipe)
    assert callable(read)
    assert read() == "told"


@pytest.mark.slow
def test_a_picture_with_a_token_that_is_refused_ends_at_once(repository: Path, tmp_path: Path) -> None:
    with gateway_in_a_thread(small_site(), ToldSource(), tmp_path) as url:
        picture = str(tmp_path / "a.png")
        done = wall(repository, "--gateway", url, "--token", "nobody", "--timeout", "50", "--shot", picture)
    assert done.returncode == 1
    assert "token" in done.stderr
    assert "waited" not in done.stderr


# Ending


ASKED_TOO_SOON = """
import os, signal, sys
from PySide6.QtWidgets import QApplication
from console import app

made = QApplication([])
app.quit_on_signals(made)
os.kill(os.getpid(), signal.SIGTERM)
sys.exit(made.exec() + 7)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGTERM that a program could hear on Windows")
@pytest.mark.slow
def test_a_picture_of_a_floor_whose_source_is_down_says_why_there_is_none(repository: Path, tmp_path: Path) -> None:
    source = ToldSource()
    source.trouble = "the line is cut"
    picture = str(tmp_path / "a.png")
    with gateway_in_a_thread(small_site(), source, tmp_path) as url:
        done = wall(repository, "--gateway", url, "--token", "all-wall", "--timeout", "3", "--shot", picture)
    assert done.returncode == 1
    assert "down: the line is cut" in done.stderr


def test_a_wall_that_is_asked_to_end_before_its_loop_runs_ends(repository: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", ASKED_TOO_SOON], cwd=repository, env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        timeout=30, check=False,
    )  # fmt: skip
    assert done.returncode == 7
