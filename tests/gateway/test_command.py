"""The gateway's commands: stop at a moment, control a running floor, refuse in one line."""

from __future__ import annotations

import asyncio
import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from config.load import folder_of
from feeds.facts import Tick
from feeds.gateway.command import at_address, main
from feeds.gateway.control import _say, _Watcher
from feeds.gateway.control import _token as token_of
from feeds.log.opening import open_recording
from feeds.wire import BeatParams
from tests.gateway.floors import START, a_morning, everybody_signs_in, small_site
from tests.gateway.harness import ListSource, running_gateway, url_of
from tests.gateway.recordings import a_recording


@pytest.fixture
def token_file(tmp_path: Path) -> Path:
    file = tmp_path / "token"
    file.write_text("all-supervisor\n")
    return file


async def control(gateway: str, token_file: Path, *act: str) -> tuple[int | None, str, str]:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.gateway.process", "control", "--gateway", gateway, "--token-file", str(token_file),
        *act, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    out, errors = await asyncio.wait_for(process.communicate(), 30)
    return process.returncode, out.decode(), errors.decode()


@pytest.mark.slow
def test_control_pauses_speeds_up_and_tells_how_the_floor_is(tmp_path: Path, token_file: Path) -> None:
    stranger = tmp_path / "stranger"
    stranger.write_text("nobody")

    async def scenario() -> None:
        source = ListSource([*everybody_signs_in(), Tick(at=START + 36_000_000)])
        async with running_gateway(small_site(), source, tmp_path) as gateway:
            url = url_of(gateway)
            code, out, _ = await control(url, token_file, "speed", "30")
            assert code == 0 and "30 x" in out
            code, out, _ = await control(url, token_file, "pause")
            assert code == 0 and "paused" in out and gateway.services.engine.clock.paused
            code, out, _ = await control(url, token_file, "status")
            assert code == 0 and out.startswith("2024-02-29T09:") and "main up" in out
            code, out, errors = await control(url, token_file, "seek", "10:00")
            assert (code, out) == (1, "") and "only a recording" in errors
            code, _, errors = await control(url, stranger, "status")
            assert code == 1 and "does not know the token" in errors and "Traceback" not in errors

    asyncio.run(scenario())


@pytest.mark.slow
def test_a_recording_played_to_its_end_leaves_a_log_that_is_a_recording(tmp_path: Path) -> None:
    file, data = a_recording(tmp_path / "day.floor", a_morning()), tmp_path / "data"
    arguments = ["--source", f"recorded:{file}", "--speed", "max", "--until", "end", "--data", str(data)]

    async def scenario() -> tuple[int | None, str]:
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "tests.gateway.process", *arguments, "--listen", "127.0.0.1:0",
            stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
        )  # fmt: skip
        out, _ = await asyncio.wait_for(process.communicate(), 60)
        return process.returncode, out.decode()

    code, out = asyncio.run(scenario())
    assert code == 0 and out.startswith("listening on ws://127.0.0.1:")
    (made,) = data.glob("replay-*.floor")
    site, log = open_recording(made)
    assert site.id == "small"
    told = [entry.fact for entry in log.entries() if entry.position is not None]
    log.close()
    assert told == a_morning()[:-1], "all but the tick, which a gateway makes itself"


@pytest.mark.slow
def test_an_end_that_lies_before_the_beginning_is_said_and_not_only_met(tmp_path: Path) -> None:
    file = a_recording(tmp_path / "day.floor", a_morning())
    arguments = ["--source", f"recorded:{file}", "--at", "09:05", "--until", "00:30", "--data", str(tmp_path / "data")]

    async def scenario() -> str:
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "tests.gateway.process", *arguments, "--listen", "127.0.0.1:0",
            stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.PIPE,
        )  # fmt: skip
        _, errors = await asyncio.wait_for(process.communicate(), 60)
        return errors.decode()

    told = asyncio.run(scenario())
    assert "the floor is at 2024-02-29T09:05:00 already, nothing is played up to 2024-02-29T00:30:00 (--until)" in told


@pytest.mark.slow
def test_what_cannot_be_served_is_said_in_one_line(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    file = str(tmp_path / "ami")
    (tmp_path / "a file").touch()
    for arguments, code, told in (
        (["--source", "telepathy"], 2, "is not a source"),
        (["--source", "simulatr"], 2, "(did you mean `simulator`?)"),
        (["--source", "Simulator"], 2, "(did you mean `simulator`?)"),
        (["--source", "recorded"], 2, "'recorded' is not a source; write one of simulator, recorded:FILE"),
        (["--source", "recorded:nowhere.floor"], 1, "no such recording"),
        (["--source", f"recorded:{tmp_path}"], 1, "this is a folder, not a recording"),
        (["--source", "ami-capture:x", "--at", "10:30"], 2, "leave out --at"),
        (["--capture", file], 2, "what Asterisk says, and simulator asks none: leave it out"),
        (["--capture", file, "--source", "recorded:x.floor"], 2, "recorded:FILE asks none"),
        (["--listen", "here"], 2, "--listen here: this is not HOST:PORT"),
        (["--listen", "9770"], 2, "--listen 9770: this is not HOST:PORT"),
        (["--listen", ""], 2, "is not HOST:PORT"),
        (["--listen", "0.0.0.0:0"], 1, "are public"),
        (["--at", "soon"], 2, "--at: 'soon' is not a moment"),
        (["--at", "25:00"], 2, "--at: '25:00' is not a moment"),
        (["--at", ""], 2, "is not a moment"),
        (["--until", "yesterday"], 2, "--until: 'yesterday' is not a moment"),
        (["--at", "0001-01-01T00:00"], 2, "lies outside the years 1970 to 2199"),
        (["--scenario", "dragon"], 2, "no scenario"),
        (["--scenario", "strom"], 2, "did you mean “storm”?"),
        (["--site", "atlantis"], 1, "atlantis"),
        (["--data", str(tmp_path / "a file" / "here")], 1, "choose another folder"),
    ):
        where = [] if "--data" in arguments else ["--data", str(tmp_path)]
        assert main([*arguments, *where]) == code, arguments
        errors = capfd.readouterr().err
        assert told in errors and "Traceback" not in errors, errors
        assert len(errors.splitlines()) == 1, errors
        assert not list(tmp_path.glob("*.floor")), "no log is made for what cannot be served"
        assert not (tmp_path / "ami").exists()
        named = errors.partition("it has: ")[2].partition(")")[0].split(", ")
        assert len(named) == len(set(named)), errors
    with pytest.raises(SystemExit):
        main(["--speed", "0.5"])
    assert "1 to 600, or max" in capfd.readouterr().err


def test_a_secret_that_is_not_there_is_said_in_one_line_and_is_no_crash(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("WATCHFLOOR_ASTERISK_SECRET", raising=False)
    site = tmp_path / "site"
    shutil.copytree(folder_of("demo"), site)
    (site / "pbx.yaml").write_text("asterisk: {host: 127.0.0.1, user: watchfloor}\n", "utf-8")
    ask = ["--site", str(site), "--source", "asterisk", "--listen", "127.0.0.1:0", "--data", str(tmp_path / "data")]
    assert main(ask) == 1
    told = capfd.readouterr()
    assert told.out == ""
    assert told.err.startswith("gateway: no secret for Asterisk's manager user `watchfloor`: set WATCHFLOOR_ASTERISK_")


def test_a_port_in_use_is_found_before_a_log_is_made(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        listen = f"127.0.0.1:{taken.getsockname()[1]}"
        assert main(["--listen", listen, "--data", str(tmp_path / "data")]) == 1
    said = capfd.readouterr()
    assert "Choose another address with --listen" in said.err and "listening" not in said.out
    assert not list(tmp_path.glob("**/*.floor"))
    if os.name == "posix":
        assert (tmp_path / "data").stat().st_mode & 0o077 == 0, "the log holds whole numbers of customers"


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="not checked: nobody can be asked to end on Windows")
def test_a_gateway_that_ends_before_its_input_does_ends_well(tmp_path: Path) -> None:
    words = ["--listen", "127.0.0.1:0", "--data", str(tmp_path), "--source", "simulator", "--until-input-ends"]
    pipe = subprocess.PIPE
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.gateway.process", *words], stdin=pipe, stdout=pipe, stderr=pipe
    )
    assert process.stdout is not None
    assert process.stderr is not None
    assert process.stdin is not None
    with process.stdin, process.stdout, process.stderr:
        assert process.stdout.readline().startswith(b"listening on")
        process.terminate()
        said = process.stderr.read()
        assert process.wait(30) == 0, said
    assert b"Fatal Python error" not in said


def test_an_address_of_ipv6_is_told_as_one_that_can_be_used() -> None:
    assert at_address("::1", 8765) == "[::1]:8765"
    assert at_address("127.0.0.1", 8765) == "127.0.0.1:8765"


@pytest.mark.parametrize(
    ("beat", "pace"),
    [
        (BeatParams("e", 1, "d", START, [], pace=0.0), "paused"),
        (BeatParams("e", 1, "d", START, [], pace=60.0), "60 x"),
        (BeatParams("e", 1, "d", START, [], pace=0.0, fastest=True), "max"),
    ],
)
def test_a_status_tells_a_pause_from_the_greatest_speed(
    beat: BeatParams, pace: str, capfd: pytest.CaptureFixture[str]
) -> None:
    _say(_Watcher(), beat)
    assert capfd.readouterr().out.split("  ")[1] == pace


@pytest.mark.parametrize("content", [b"a-token", b"\xef\xbb\xbfa-token\r\n", b" a-token\n\n"])
def test_a_token_file_may_come_from_any_editor(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "token").write_bytes(content)
    assert token_of(tmp_path / "token") == "a-token"


def test_a_token_that_is_not_there_is_said_in_one_line(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("WATCHFLOOR_TOKEN", raising=False)
    (tmp_path / "empty").write_bytes(b"\xef\xbb\xbf\r\n")
    (tmp_path / "wide").write_bytes("token".encode("utf-16"))
    for arguments, told in (
        ([], "no token: name a file that holds one with --token-file, or set WATCHFLOOR_TOKEN"),
        (["--token-file", str(tmp_path / "nofile")], "nofile cannot be read: No such file"),
        (["--token-file", str(tmp_path / "empty")], "empty is empty"),
        (["--token-file", str(tmp_path / "wide")], "is not text in UTF-8"),
    ):
        assert main(["control", *arguments, "status"]) == 1
        (line,) = capfd.readouterr().err.splitlines()
        assert line.startswith("gateway control: ") and told in line


@pytest.mark.parametrize(
    "address",
    ["ws://127.0.0.1:notaport", "ws://127.0.0.1:99999", "ws://:8765", "http://127.0.0.1:8765", "ws://a b:8765"],
)
def test_control_at_an_address_where_no_gateway_can_be_says_what_one_looks_like(
    address: str, capfd: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as refused:
        main(["control", "--gateway", address, "status"])
    assert refused.value.code == 2
    last = capfd.readouterr().err.splitlines()[-1]
    assert last.endswith("write ws://HOST:PORT or wss://HOST:PORT, such as ws://127.0.0.1:8765")


def test_a_pace_or_a_moment_that_makes_no_sense_is_refused_before_anybody_is_asked(
    token_file: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    nobody = ["control", "--gateway", "ws://127.0.0.1:9", "--token-file", str(token_file)]
    for pace in ("x", "0.5", "601", "nan"):
        with pytest.raises(SystemExit) as ended:
            main([*nobody, "speed", pace])
        assert ended.value.code == 2
        assert f"a speed is 1 to 600, or max, not '{pace}'" in capfd.readouterr().err
    assert main([*nobody, "seek", "25:00"]) == 2
    (line,) = capfd.readouterr().err.splitlines()
    assert line.startswith("gateway control: '25:00' is not a moment; write 10:30")
