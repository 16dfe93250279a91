"""What a PBX lacks is found, named, and told with what to write where; a PBX that lacks nothing is told to be well."""

# ruff: noqa: E501 - one case a line reads as a table

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from config.asterisk import Asterisk
from feeds.sources.asterisk.checking import inspection as checking
from feeds.sources.asterisk.checking.inspection import check
from feeds.sources.asterisk.checking.values import Check, tried
from tests.asterisk_ami.fake import FakeAmi
from tests.asterisk_ami.good_pbx import GoodPbx, examined, site_of

Spoil = Callable[[GoodPbx], object]
NAMES = [
    "Address", "Login", "Booted", "Version", "Clock", "Right to look", "Seats", "Calls", "Listening", "Right to switch",
    "Modules", "Dialplan", "Dialplan", "Dialplan", "Dialplan", "Events", "Event filter", "Event times", "Switches",
    "Switch answers", "Queues", "Members", "Queue settings", "Wrap-up", "Talk start", "Listening sound",
]  # fmt: skip
NO_RIGHTS = {"Originate", "PlayDTMF", "QueuePause", "DBPut"}


def found(folder: Path, spoil: Spoil = lambda pbx: None, **more: str) -> list[Check]:
    """What is found about a good PBX of which something was taken away."""

    async def life() -> list[Check]:
        async with GoodPbx() as pbx:
            spoil(pbx)
            checks = await examined(pbx, folder, **more)
            assert pbx.database == {}, "a key of our own was left in the database"
            return checks

    return asyncio.run(life())


def not_well(checks: list[Check]) -> dict[str, Check]:
    """The findings that are not well, by name."""
    return {one.name: one for one in checks if one.state != "ok"}


def test_a_good_pbx_is_all_well(tmp_path: Path) -> None:
    checks = found(tmp_path)
    assert not_well(checks) == {}
    assert all(one.text and not one.remedy for one in checks)
    assert [one.name for one in checks] == NAMES


CASES: dict[str, tuple[Spoil, str, str, str, str]] = {
    # what is taken away: the finding, how it stands, part of what is said, part of the remedy
    "seats": (lambda p: p.may.discard("QueuePause"), "Seats", "missing", "may not give QueuePause", "write = …,agent"),
    "calls": (lambda p: p.may.discard("BlindTransfer"), "Calls", "missing", "may not give BlindTransfer", "write = …,call"),
    "switching": (lambda p: p.may.discard("DBPut"), "Right to switch", "missing", "may not give DBPut", "write = …,system"),
    "looking": (lambda p: p.may.discard("CoreShowChannels"), "Right to look", "missing", "CoreShowChannels", "…,reporting"),
    "an action": (lambda p: p.unknown.add("PlayDTMF"), "Listening", "missing", "does not know PlayDTMF", "module load"),
    "app_queue": (lambda p: p.modules.discard("app_queue"), "Modules", "missing", "app_queue is not loaded", "load => app_queue.so"),
    "chan_websocket": (lambda p: p.modules.discard("chan_websocket"), "Modules", "missing", "no listening in the console", "load => chan_websocket.so"),
    "asking for modules": (lambda p: p.may.discard("ModuleCheck"), "Modules", "warn", "right `system`", "module show like"),
    "context ask": (lambda p: p.contexts.pop("ask"), "Dialplan", "missing", "ask: no context ask", "#include extensions_watchfloor.conf"),
    "context spy": (lambda p: p.contexts.pop("spy"), "Dialplan", "missing", "spy: no context spy", "dialplan: spy:"),
    "the way back": (lambda p: p.contexts.update({"floor-requeue": ("Priority: 1",)}), "Dialplan", "warn", "who is put into a queue that takes nobody", "[floor-end]"),
    "trunks": (lambda p: p.contexts.pop("from-trunk"), "Dialplan", "warn", "none of from-trunk, from-pstn", "trunks:"),
    "asking for contexts": (lambda p: p.may.discard("ShowDialPlan"), "Dialplan", "warn", "cannot be asked for", "dialplan show ask"),
    "events of agents": (lambda p: setattr(p, "read", "system,call,user"), "Events", "missing", "events of: agent", "read = system,call,agent,user"),
    "asking for events": (lambda p: p.may.discard("Command"), "Events", "warn", "right `command`", "manager show user gateway"),
    "filtering": (lambda p: p.may.discard("Filter"), "Event filter", "warn", "may not filter", "eventfilter"),
    "filter by name": (lambda p: p.on("Filter", ("Response: Success", "ActionID: {id}")), "Event filter", "warn", "does not filter by name", "22"),
    "event times": (lambda p: setattr(p, "stamp", ()), "Event times", "missing", "do not say when", "timestampevents = yes"),
    "user events": (lambda p: p.on("UserEvent", ("Response: Success", "ActionID: {id}")), "Event times", "missing", "did not come back", "`user` in `read`"),
    "a database": (lambda p: setattr(p, "keeps_nothing", True), "Switches", "missing", "could not be read back", "read-only"),
    "deleting": (lambda p: p.on("DBDel", ("Response: Success", "ActionID: {id}")), "Switches", "warn", "cannot be taken away again", "database del floor"),
    "an answer": (lambda p: p.on("Originate", ("Response: Success", "ActionID: {id}")), "Switch answers", "missing", "gave no FloorAnswer", "[ask] as in extensions_watchfloor.conf"),
    "all queues": (lambda p: p.queues.clear(), "Queues", "missing", "has no queue at all", "queue reload all"),
    "a queue's name": (lambda p: p.queues.update(claims=p.queues.pop("claim")), "Queues", "warn", "not in the site: claims (did you mean `claim`?); not in Asterisk: claim (did you mean `claims`?)", "{asterisk: 'claims', queue: claim}"),
    "both names": (lambda p: setattr(p, "queues", {"600": p.queues["claim"]}), "Queues", "missing", "none of the site's queues", "{asterisk: '600', queue: claim}"),
    "an agent": (lambda p: p.members.append(("claim", "PJSIP/8009", "New One")), "Members", "warn", "1 are not agents of the site: PJSIP/8009 (New One)", "agents:"),
    "all members": (lambda p: p.members.clear(), "Members", "warn", "no queue has a member now", "try again"),
    "ringinuse": (lambda p: p.queues.update(claim=("strategy=ringall", "wrapuptime=1", "setinterfacevar=yes", "membergosub=talk-begins")), "Ring in use", "warn", "seems to ring: claim", "ringinuse = no"),
    "autopause": (lambda p: p.queues.update(claim=("strategy=leastrecent", *p.queues["claim"][1:])), "Autopause", "warn", "again and again: claim", "autopause = yes"),
    "wrap-up": (lambda p: p.queues.update(claim=tuple(one for one in p.queues["claim"] if "wrap" not in one)), "Wrap-up", "warn", "seem ready too soon: claim", "wrap_ups: [{queue:"),
    "shared last call": (lambda p: setattr(p, "general", ()), "Wrap-up", "warn", "do not share the last call", "shared_lastcall = yes"),
    "queues.conf": (lambda p: p.may.discard("GetConfig"), "Queue settings", "warn", "right `config`", "`config` in the user's `write`"),
    "channelvars": (lambda p: setattr(p, "variables", ()), "Talk start", "warn", "channelvars does not name TALK_SINCE", "channelvars = TALK_SINCE"),
    "membergosub": (lambda p: p.queues.update(claim=p.queues["claim"][:-1]), "Talk start", "warn", "no membergosub that sets TALK_SINCE in claim", "membergosub = talk-begins"),
    "the gosub's context": (lambda p: p.contexts.pop("talk-begins"), "Talk start", "warn", "in claim, rescue", "extensions_watchfloor.conf"),
    "setinterfacevar": (lambda p: p.queues.update(claim=tuple(one for one in p.queues["claim"] if "setint" not in one)), "Talk start", "warn", "by names only: claim", "setinterfacevar = yes"),
    "media connection": (lambda p: p.files.pop("websocket_client.conf"), "Listening sound", "missing", "no connection [gateway-media]", "uri = ws://"),
    "media port": (lambda p: p.files["websocket_client.conf"].update({"gateway-media": ("type=websocket_client", "uri=ws://x:1/media")}), "Listening sound", "missing", "waits at port 8766; protocols is not set", ":8766/media"),
    "JSON": (lambda p: p.files.pop("chan_websocket.conf"), "Listening sound", "missing", "plain text", "#include chan_websocket_watchfloor.conf"),
    "release": (lambda p: setattr(p, "release", "20.9.2"), "Version", "warn", "listening in the console needs 22.8", "22.8"),
    "clock": (lambda p: p.on("Ping", ("Response: Success", "ActionID: {id}", "Timestamp: 1000.5")), "Clock", "warn", "s behind this machine's", "time server"),
    "its time": (lambda p: p.on("Ping", ("Response: Success", "ActionID: {id}", "Ping: Pong")), "Clock", "warn", "does not tell its time", "Asterisk"),
    "booting": (lambda p: setattr(p, "boots", False), "Booted", "missing", "fully booted", "read = system"),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_what_a_pbx_lacks_is_named_with_what_to_write_where(
    case: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checking, "PROBE_S", 0.05)
    monkeypatch.setattr(checking, "BOOTED_S", 0.05)
    spoil, name, state, text, remedy = CASES[case]

    async def life() -> list[Check]:
        async with GoodPbx() as pbx:
            spoil(pbx)
            return await examined(pbx, tmp_path)

    one = not_well(asyncio.run(life()))[name]
    assert one.state == state, one
    assert text in one.text
    assert remedy in one.remedy


def test_orders_that_nobody_at_the_site_may_give_are_not_needed(tmp_path: Path) -> None:
    def spoil(pbx: GoodPbx) -> None:
        pbx.may -= NO_RIGHTS
        pbx.modules -= {"app_chanspy", "chan_websocket"}
        pbx.contexts = {"from-trunk": ("Priority: 1",)}

    assert {one.state for one in found(tmp_path / "all", spoil)} == {"ok", "warn", "missing"}
    checks = found(tmp_path / "none", spoil, rights="")
    assert {one.state for one in checks} == {"ok", "warn"}
    assert "no role of the site has a right to seat.*" in not_well(checks)["Seats"].text
    some = found(tmp_path / "seats", spoil, rights="seat.pause")
    assert [one.name for one in some if one.state == "missing"] == ["Seats"]


def test_names_and_wrap_ups_of_the_site_count(tmp_path: Path) -> None:
    def spoil(pbx: GoodPbx) -> None:
        pbx.queues = {"600": ("ringinuse=no", "autopause=yes"), "6002": ("ringinuse=no",)}
        pbx.may.discard("GetConfig")

    more = '  queues: [{asterisk: "600", queue: claim}]\n  wrap_ups: [{queue: claim, seconds: 5}, {queue: rescue, seconds: 0}]\n'
    wrong = not_well(found(tmp_path, spoil, more=more))
    assert not {"Queues", "Wrap-up"} & set(wrong)


@pytest.mark.parametrize(
    ("said", "listening", "state"),
    [
        ("22.10.1+dfsg", True, "ok"), ("22.7.0", True, "warn"), ("22.7.0", False, "ok"), ("certified/20.7-cert3", False, "ok"),
        ("18.26.1", False, "warn"), ("23.0.0", True, "ok"), ("GIT-master-abc", True, "warn"), ("", False, "warn"),
    ],
)  # fmt: skip
def test_a_release_is_judged_by_its_number(said: str, listening: bool, state: str) -> None:
    assert tried(said, "11.0.0", listening).state == state


# What is not reached


def test_a_refused_login_is_told_behind_an_address_that_is_well_and_without_the_secret(tmp_path: Path) -> None:
    async def life() -> list[Check]:
        async with GoodPbx() as pbx:
            return await examined(pbx, tmp_path, "hunter2")

    address, login = asyncio.run(life())
    assert (address.state, login.state) == ("ok", "missing")
    assert "[gateway](watchfloor-acts)" in login.remedy
    assert "hunter2" not in str(login)


def test_a_port_where_nobody_listens_and_one_of_another_service_end_the_examination(tmp_path: Path) -> None:
    async def life() -> tuple[list[Check], list[Check]]:
        with socket.create_server(("127.0.0.1", 0)) as held:
            port = held.getsockname()[1]
        site = site_of(tmp_path / "nobody", port)
        nobody = [one async for one in check(site, site.asterisk or Asterisk(), "word")]
        async with FakeAmi(b"SSH-2.0-OpenSSH_9.2\r\n") as server:
            return nobody, await examined(server, tmp_path / "other")

    (nobody,), (other,) = asyncio.run(life())
    assert (nobody.name, nobody.state) == (other.name, other.state) == ("Address", "missing")
    assert "enabled = yes" in nobody.remedy
    assert "is not Asterisk's manager port: it says 'SSH" in other.text


def test_a_pbx_that_goes_away_in_between_ends_it_with_a_word(tmp_path: Path) -> None:
    def cut(pbx: GoodPbx) -> None:
        pbx.answers["QueueStatus"] = lambda connection, asked: connection.cut()

    last = found(tmp_path, cut)[-1]
    assert (last.name, last.state, last.text) == ("Connection", "missing", "Asterisk closed the connection")
