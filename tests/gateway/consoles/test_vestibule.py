"""A gateway that reads a long log: whoever comes is told how far it is, and is let in when there is a floor."""

from __future__ import annotations

import asyncio
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from feeds import starting
from feeds.gateway.consoles.serve import tls_of
from feeds.gateway.consoles.vestibule import Vestibule
from feeds.gateway.running import session as sessions
from feeds.gateway.running.shelf import open_session
from feeds.said import parts
from tests.gateway.consoles.test_coming_in import with_certificate
from tests.gateway.floors import a_morning, small_site
from tests.gateway.harness import Remembering, ToldSource, console, free_port, running_gateway
from tests.gateway.running.test_edited_site import SITE, a_run, edited


def told(memory: Remembering) -> object:
    """How much of the log a console has been told is read, in per cent; None where it was told something else."""
    said = parts(memory.states[-1][1]) if memory.states else None
    return said.values["percent"] if said is not None and said.code == "connect.starting" else None


@pytest.mark.parametrize("encrypted", [pytest.param(True, marks=pytest.mark.slow), False])
def test_who_comes_is_told_how_much_is_read_and_is_let_in_afterwards(tmp_path: Path, encrypted: bool) -> None:
    async def scenario() -> None:
        site, port = with_certificate(small_site(), tmp_path) if encrypted else small_site(), free_port()
        url, tls = f"{'wss' if encrypted else 'ws'}://127.0.0.1:{port}", tls_of(site, tmp_path)
        trusted = tmp_path / "cert.pem" if encrypted else None
        async with console(url, "all-wall", tls=trusted) as (_, memory):
            with Vestibule("127.0.0.1", port, tls, patience_s=0) as vestibule:
                await memory.until(lambda: told(memory) == 0)
                vestibule.progress(0.379)
                await memory.until(lambda: told(memory) == 37)
                assert memory.state == "connecting" and not memory.snapshots
            async with running_gateway(site, ToldSource(), tmp_path, port=port, site_folder=tmp_path):
                await memory.live()

    asyncio.run(scenario())


def test_who_looks_with_a_browser_is_told_to_come_again(tmp_path: Path) -> None:
    port = free_port()
    with Vestibule("127.0.0.1", port, None, patience_s=0) as vestibule:
        vestibule.progress(0.5)
        for _ in range(200):
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}", timeout=5)
            except urllib.error.HTTPError as answer:
                with answer:
                    assert (answer.code, answer.headers["Retry-After"]) == (503, "1")
                    assert starting.share_of(answer.code, answer.read()) == 0.5
                break
            except urllib.error.URLError:  # its thread has not opened the port yet
                time.sleep(0.02)
        else:
            pytest.fail("nobody stood there")


@pytest.mark.parametrize(
    ("status", "body"), [(503, b"overloaded"), (503, b'{"starting":7}'), (503, None), (500, b'{"starting":0.5}')]
)
def test_what_others_say_is_no_word_of_a_gateway_that_starts(status: int, body: bytes | None) -> None:
    assert starting.share_of(status, body) is None


def test_a_port_that_is_taken_hinders_nobody_from_reading(caplog: pytest.LogCaptureFixture) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = int(taken.getsockname()[1])
        with Vestibule("127.0.0.1", port, None, patience_s=0) as vestibule:
            vestibule._thread.join(10)  # it ends by itself
            assert not vestibule._thread.is_alive()
    assert f"nobody can be told at 127.0.0.1:{port}" in caplog.text


def test_of_a_log_that_is_folded_again_it_is_told_how_much(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sessions, "FRAME_FACTS", 10)
    monkeypatch.setattr(sessions, "CLOSELY", 20)
    a_run(tmp_path, SITE).close()
    shares: list[float] = []
    open_session(edited(), tmp_path / "log.floor", progress=shares.append).close()
    assert len(shares) == (len(a_morning()) - 20) // 10 and shares == sorted(shares)
    assert 0 < shares[0] < 0.2 and 0.8 < shares[-1] <= 1
    again: list[float] = []
    open_session(edited(), tmp_path / "log.floor", progress=again.append).close()
    assert again == [], "there was a key frame at the end"


SLOW = """
import sys, time
from pathlib import Path
from feeds.gateway import command
from feeds.gateway.consoles import vestibule

real = command.open_engine

def slow(site, wish, folder, store, secret, capture, progress):
    progress(0.25)
    while not (folder / "go").exists():
        time.sleep(0.01)
    return real(site, wish, folder, store, secret, capture, progress)

command.open_engine = slow
sys.exit(command.main(sys.argv[1:]))
"""


@pytest.mark.slow
def test_the_command_lets_nobody_wait_without_a_word(tmp_path: Path) -> None:
    async def scenario() -> None:
        port, data = free_port(), tmp_path / "data"
        words = ["--listen", f"127.0.0.1:{port}", "--at", "10:00", "--data", str(data)]
        with (tmp_path / "log.txt").open("wb") as out:
            process = await asyncio.create_subprocess_exec(
                sys.executable, "-c", SLOW, *words, stdout=out, stderr=subprocess.STDOUT
            )
            try:
                async with console(f"ws://127.0.0.1:{port}", "demo-wall") as (_, memory):
                    await memory.until(lambda: told(memory) == 25)
                    (data / "go").touch()
                    await memory.live()
            finally:
                process.kill()
                await process.wait()

    asyncio.run(scenario())
