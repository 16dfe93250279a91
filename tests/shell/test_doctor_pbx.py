"""The doctor and a site's Asterisk: what stands in the way before it is asked, how it is told, and no secret told."""

from __future__ import annotations

import asyncio
import contextlib
import json
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from config.asterisk_secret import VARIABLE
from console.doctor import command, pbx
from console.doctor.findings import State
from tests.asterisk_ami.good_pbx import GoodPbx, site_of
from tests.config.sites import SOUND, write

SECRET = "hunter2"


@contextlib.contextmanager
def served(server: GoodPbx) -> Iterator[int]:
    """A fake PBX in a thread of its own, because the doctor has a loop of its own; gives its port."""
    ready, done = threading.Event(), threading.Event()

    async def life() -> None:
        async with server:
            ready.set()
            await asyncio.to_thread(done.wait)

    thread = threading.Thread(target=lambda: asyncio.run(life()), name="fake PBX")
    thread.start()
    try:
        assert ready.wait(10)
        yield server.port
    finally:
        done.set()
        thread.join(10)


def pbx_with_secret() -> GoodPbx:
    """A good PBX whose user's secret is one that would be seen if it were told."""
    server = GoodPbx()
    server.secrets["gateway"] = SECRET
    return server


def test_a_good_pbx_ends_with_nothing_and_one_that_lacks_something_with_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(VARIABLE, SECRET)
    server = pbx_with_secret()
    with served(server) as port:
        site_of(tmp_path, port)
        assert command.main(["--asterisk", str(tmp_path)]) == 0
        assert "Nothing that matters is missing." in capsys.readouterr().out
        server.may.discard("QueuePause")
        assert command.main(["--site", str(tmp_path), "--asterisk", "--json"]) == 1
    told = capsys.readouterr().out
    (seats,) = (one for one in json.loads(told) if one["state"] != "good")
    assert (seats["topic"], seats["state"], seats["said"]) == ("Seats", "lacking", "may not give QueuePause")
    assert "[gateway] write = …,agent" in seats["remedy"]
    assert SECRET not in told


def test_a_wrong_secret_is_told_without_being_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(VARIABLE, "hunter3")
    with served(pbx_with_secret()) as port:
        site_of(tmp_path, port)
        assert command.main(["--asterisk", str(tmp_path)]) == 1
    told = capsys.readouterr().out
    assert "refuses the manager user 'gateway' (Authentication failed)" in told
    assert "hunter" not in told


def test_without_a_secret_both_ways_to_give_one_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    site_of(tmp_path, 5038)
    site, secret = pbx.examine(tmp_path)
    assert (site.state, secret.state) == (State.GOOD, State.LACKING)
    assert secret.remedy.startswith(f"set {VARIABLE}, or write the secret into the file {tmp_path / 'asterisk.secret'}")


def test_a_site_with_mistakes_or_without_a_pbx_is_told_first(tmp_path: Path) -> None:
    (one,) = pbx.examine(write(tmp_path / "wrong", {"site.yaml": SOUND.replace("theme: dark", "theme: drak")}))
    assert (one.topic, one.state) == ("Site", State.LACKING)
    assert "did you mean `dark`?" in one.said
    (one,) = pbx.examine(write(tmp_path / "none", {"site.yaml": SOUND}))
    assert "says nothing of an Asterisk" in one.said
    assert "asterisk: {host:" in one.remedy


def test_a_site_must_be_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main(["--asterisk"]) == 2
    assert "doctor --asterisk SITE" in capsys.readouterr().err


def test_where_packages_are_missing_the_doctor_says_so_and_comes_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "config.load", None)
    (one,) = pbx.examine(tmp_path)
    assert (one.topic, one.state) == ("Packages", State.LACKING)
