"""The doctor and a real Asterisk: a floor with the package is well; what is taken from it is told by the right word."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from config.asterisk_secret import VARIABLE
from console.doctor import pbx
from console.doctor.findings import Finding, State
from tests.asterisk.conftest import MakeFloor
from tests.asterisk.floor import USERS, AsteriskFloor, small_floor
from tests.asterisk.floor.reach import Reach, Reachable
from tests.asterisk.floor.sites import write_site

SECTION = """\
asterisk:
  host: {host}
  port: {port}
  user: {user}
  media: {{listen: "127.0.0.1:{media}", connection: gateway-media}}
  dialplan: {{ask: ask, spy: spy, requeue: floor-requeue, redirect: floor-redirect}}
"""


def site_of(folder: Path, floor: Reachable, user: str = "gateway") -> Path:
    """A site for a floor, whose secret lies beside it."""
    host, port = floor.ami
    extra = SECTION.format(host=host, port=port, user=user, media=floor.ports.media)
    site = write_site(folder, floor, extra)
    secret = site / "asterisk.secret"
    secret.touch(mode=0o600)
    secret.write_text(f"{USERS[user]}\n")
    return site


def examined(
    folder: Path, floor: Reachable, monkeypatch: pytest.MonkeyPatch, user: str = "gateway"
) -> list[Finding]:  # fmt: skip
    """What the doctor finds."""
    monkeypatch.delenv(VARIABLE, raising=False)
    return pbx.examine(site_of(folder, floor, user))


def lacking(findings: list[Finding]) -> dict[str, str]:
    """What is said of each topic that keeps something from working."""
    return {one.topic: one.said for one in findings if one.state is State.LACKING}


def test_a_floor_with_the_package_lacks_nothing(
    floor: AsteriskFloor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    findings = examined(tmp_path, floor, monkeypatch)
    assert lacking(findings) == {}
    # Whether seats that do not answer are paused is each floor's own choice; this one lets them ring.
    assert {one.topic for one in findings if one.state is State.NOTE} <= {"Autopause"}
    said = {one.topic: one.said for one in findings}
    assert said["Queues"] == "all 12 are known on both sides"
    assert said["Members"] == "all 110 are agents of the site"
    assert said["Switch answers"].endswith("would meet: normal")
    assert said["Talk start"] == "each talk notes when it began"
    assert "0 results found" in floor.cli("database show floor watchfloor")


def test_the_command_ends_with_nothing_and_tells_no_secret(
    floor: AsteriskFloor, tmp_path: Path, repository: Path
) -> None:
    words = [sys.executable, "-X", "utf8", "main.py", "doctor", "--asterisk", str(site_of(tmp_path, floor))]
    done = subprocess.run(words, cwd=repository, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Nothing that matters is missing." in done.stdout
    assert USERS["gateway"] not in done.stdout + done.stderr


def test_a_user_who_only_looks_lacks_each_right_to_act(
    floor: AsteriskFloor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    findings = examined(tmp_path, floor, monkeypatch, "viewer")
    assert set(lacking(findings)) == {"Seats", "Calls", "Listening", "Right to switch"}
    assert "QueuePause" in lacking(findings)["Seats"]
    remedy = next(one.remedy for one in findings if one.topic == "Listening")
    assert "[viewer] write = …,originate,call" in remedy


def test_a_user_without_originate_and_configuration_lacks_what_needs_them(
    floor: AsteriskFloor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    findings = examined(tmp_path, floor, monkeypatch, "limited")
    assert lacking(findings) == {
        "Listening": "may not give Originate", "Right to switch": "may not give Originate",
    }  # fmt: skip
    notes = {one.topic for one in findings if one.state is State.NOTE}
    assert "Events" in notes


def test_a_user_who_hears_nothing_is_told_so(
    floor: AsteriskFloor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("feeds.sources.asterisk.checking.inspection.BOOTED_S", 0.5)
    findings = examined(tmp_path, floor, monkeypatch, "deaf")
    assert "fully booted" in lacking(findings)["Booted"]
    assert "CoreShowChannels" in lacking(findings)["Right to look"]


def test_a_missing_context_module_and_connection_are_named(
    make_floor: MakeFloor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    floor = make_floor(small_floor())
    folder = floor.workspace / "etc"
    plan = folder / "extensions_watchfloor.conf"
    plan.write_text(plan.read_text("utf-8").replace("[spy]", "[listens]").replace("[ask]", "[asks]"), "utf-8")
    floor.reload("pbx_config")
    (folder / "websocket_client.conf").write_text("", "utf-8")
    floor.cli("module unload chan_websocket.so")
    findings = examined(tmp_path, floor, monkeypatch)
    said = "; ".join(one.said for one in findings if one.state is State.LACKING)
    assert "spy: no context spy" in said
    assert "ask: no context ask" in said
    assert "chan_websocket is not loaded: no listening in the console" in said
    assert "websocket_client.conf has no connection [gateway-media]" in said
    assert {one.topic for one in findings if one.state is State.LACKING} == {"Dialplan", "Modules", "Listening sound"}


def test_queues_that_lie_and_strangers_are_named(
    make_floor: MakeFloor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    floor = make_floor(small_floor(more=("ringinuse = yes", "membergosub = somewhere-else")))
    # A site that knows two of the three agents, and one of the queues by a slip of the pen.
    plan = small_floor(2)
    plan = replace(plan, queues=(plan.queue("claims"), replace(plan.queue("inquiry"), name="inquires")))
    findings = examined(tmp_path, Reach(plan, floor.ports), monkeypatch)
    assert lacking(findings) == {}
    notes = {one.topic: one for one in findings if one.state is State.NOTE}
    assert "not in the site: inquiry (did you mean `inquires`?)" in notes["Queues"].said
    assert "{asterisk: 'inquiry', queue: inquires}" in notes["Queues"].remedy
    assert notes["Members"].said.startswith("1 are not agents of the site: PJSIP/8003 (8003 ")
    assert notes["Ring in use"].said.endswith(": claims")
    assert "no membergosub that sets TALK_SINCE in claims" in notes["Talk start"].said


def test_a_pbx_that_is_frozen_or_gone_is_told(
    make_floor: MakeFloor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("feeds.sources.asterisk.ami.link.CONNECT_S", 1.0)
    floor = make_floor(small_floor())
    floor.freeze()
    (address,) = lacking(examined(tmp_path, floor, monkeypatch)).values()
    assert "says nothing" in address
    floor.thaw()
    floor.stop()
    (address,) = lacking(examined(tmp_path, floor, monkeypatch)).values()
    assert "is Asterisk running" in address
