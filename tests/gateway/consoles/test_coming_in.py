"""Who comes in and who stays: broken frames, hellos, rights that end, certificates, a gateway that is not there."""

from __future__ import annotations

import asyncio
import contextlib
import shutil
import socket
import ssl
import subprocess
import time
from pathlib import Path
from types import SimpleNamespace

import msgspec
import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus
from websockets.typing import Subprotocol

from config.load import load, shipped_sites
from config.schema import GatewaySettings, Name, Site
from feeds import wire
from feeds.gateway.consoles import serve
from feeds.gateway.consoles.serve import GatewayError
from feeds.log.base import LogError
from feeds.said import parts
from tests.gateway.floors import everybody_signs_in, small_site
from tests.gateway.harness import Remembering, ToldSource, console, running_gateway, stopwatch, url_of
from tests.gateway.raw_line import answer_to, end_of, raw_line

WAIT_S = 15.0

# ── what comes in ────────────────────────────────────────────────────────────────────────────────────────────────────


def test_whoever_sends_no_request_is_sent_away_and_whoever_asks_nonsense_is_answered(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with running_gateway(small_site(), ToldSource(), tmp_path) as gateway:
            for bad in (b"[" * 1000, b"nonsense", b"[]", b'{"jsonrpc":"2.0","id":1}', b"[" * 60_000):
                async with raw_line(gateway) as line:
                    await line.send(bad, text=True)
                    assert (await end_of(line))[0] == wire.MALFORMED
            async with raw_line(gateway) as line:
                await line.send(b"\x00\x01")
                code, why = await end_of(line)
                assert code == wire.MALFORMED and why.startswith("not a frame of sound")
            async with raw_line(gateway) as line:
                await line.send("x" * (wire.INBOUND_LIMIT + 1))
                assert (await end_of(line))[0] == 1009
            async with raw_line(gateway) as line:
                await answer_to(line, 1)
                await line.send(wire.request("floor.paint", {"colour": "red"}, 2), text=True)
                error = (await answer_to(line, 2)).error
                assert error is not None and error.code == -32601 and "floor.paint" in error.message
                await line.send(wire.request("order", {"key": 1}, "three"), text=True)
                error = (await answer_to(line, "three")).error
                assert error is not None and error.code == -32602
                await line.send(wire.request("resync", {"more": [1]}, 4), text=True)
                assert (await answer_to(line, 4)).error is None
            assert gateway.services.engine.sources()[0].state == "up"

    asyncio.run(scenario())


def test_nobody_comes_in_without_a_valid_hello(tmp_path: Path) -> None:
    async def scenario() -> None:
        site = small_site()
        old = msgspec.structs.replace(site.tokens[0], id="old", expires="2020-01-01")
        site = msgspec.structs.replace(site, tokens=(old, *site.tokens[1:]))
        async with running_gateway(site, ToldSource(), tmp_path) as gateway:
            for token, code in (("wrong", wire.UNAUTHENTICATED), ("all-manager", wire.REVOKED)):
                async with raw_line(gateway, token) as line:
                    error = (await answer_to(line, 1)).error
                    assert error is not None and error.data is not None and error.data.retry == "reauth"
                    assert (await end_of(line))[0] == code
            async with raw_line(gateway, None) as line:
                await line.send(wire.request("resync", None, 1), text=True)
                assert (await end_of(line))[0] == wire.UNAUTHENTICATED
            async with raw_line(gateway, None) as line:
                await line.send(wire.request("hello", {"client": "no token"}, 1), text=True)
                assert (await end_of(line))[0] == wire.MALFORMED
            assert gateway.consoles == 0
            with pytest.raises(InvalidStatus):
                async with connect(url_of(gateway), subprotocols=[Subprotocol("watchfloor.v9")], proxy=None):
                    pass
            async with console(gateway, "wrong") as (_, memory):
                await memory.until(lambda: memory.state == "refused")
                assert "does not know the token" in memory.states[-1][1]

    asyncio.run(scenario())


@pytest.mark.parametrize("expires", ["9999-12-31", "9999-12-31T23:59", "9999-12-31T23:59-14:00", "9999-12-30"])
def test_a_token_that_expires_on_the_last_day_of_all_never_does(tmp_path: Path, expires: str) -> None:
    async def scenario() -> None:
        site = small_site()
        lasting = msgspec.structs.replace(site.tokens[0], expires=expires)
        site = msgspec.structs.replace(site, zone="America/St_Johns", tokens=(lasting, *site.tokens[1:]))
        async with (
            running_gateway(site, ToldSource(), tmp_path) as gateway,
            console(gateway, "all-manager") as (_, memory),
        ):
            await memory.live()

    asyncio.run(scenario())


def test_a_console_is_told_what_the_site_calls_its_role(tmp_path: Path) -> None:
    async def scenario() -> None:
        site = small_site()
        own = [msgspec.structs.replace(role, name=Name("领班", "Shift lead")) for role in site.roles]
        site = msgspec.structs.replace(site, roles=tuple(own))
        async with (
            running_gateway(site, ToldSource(), tmp_path) as gateway,
            console(gateway, "all-manager") as (link, memory),
        ):
            await memory.live()
            assert link.session is not None
            assert (link.session.role_zh, link.session.role_en) == ("领班", "Shift lead")

    asyncio.run(scenario())


def test_whoever_is_refused_is_told_why_in_a_code_as_well(tmp_path: Path) -> None:
    """A console has words of its own for each (tests/ordering/test_said.py)."""
    hellos: list[tuple[str, object, str, dict[str, str]]] = [
        ("hello", {"token": "wrong"}, "hello.unknown_token", {}),
        ("hello", {"token": "all-manager"}, "hello.expired", {"token": "old", "expires": "2020-01-01"}),
        ("hello", {"token": "all-supervisor"}, "hello.revoked", {"token": "stolen"}),
        ("resync", None, "hello.first", {}),
    ]

    async def scenario() -> None:
        site = small_site()
        old = msgspec.structs.replace(site.tokens[0], id="old", expires="2020-01-01")
        stolen = msgspec.structs.replace(site.tokens[1], id="stolen", revoked=True)
        site = msgspec.structs.replace(site, tokens=(old, stolen, *site.tokens[2:]))
        async with running_gateway(site, ToldSource(), tmp_path) as gateway:
            for method, params, code, values in hellos:
                async with raw_line(gateway, None) as line:
                    await line.send(wire.request(method, params, 1), text=True)  # type: ignore[arg-type]
                    error = (await answer_to(line, 1)).error
                    assert error is not None and error.data is not None, code
                    assert (error.data.code, error.data.values) == (code, values)
            for token in ("wrong", 12):
                async with raw_line(gateway, None) as line:
                    hello = {"token": token, "resume": "none"}
                    await line.send(wire.request("hello", hello, 1), text=True)
                    error = (await answer_to(line, 1)).error
                    assert error is not None and error.data is not None
                    assert (error.data.code, error.data.values) == ("hello.unfit", {"why": error.message})
            async with console(gateway, "all-supervisor") as (_, memory):
                await memory.until(lambda: memory.state == "refused")
                told = parts(memory.states[-1][1])
                assert (told.code, told.values) == ("hello.revoked", {"token": "stolen"})

    asyncio.run(scenario())


def test_only_a_hello_without_a_good_token_is_told_to_ask_for_one(tmp_path: Path) -> None:
    resume = {"epoch": "x", "rev": "a"}
    mistyped = [
        ({"token": "all-manager", "resume": resume}, -32602, "no", "protocol"),
        (["all-manager"], -32602, "no", "protocol"),
        ({"token": 12}, -32602, "no", "protocol"),
        ({"token": "wrong", "resume": resume}, -32001, "reauth", "hello"),
        ({"client": "no token"}, -32001, "reauth", "hello"),
    ]

    async def scenario() -> None:
        async with running_gateway(small_site(), ToldSource(), tmp_path) as gateway:
            for params, code, retry, rule in mistyped:
                async with raw_line(gateway, None) as line:
                    await line.send(wire.request("hello", params, 1), text=True)  # type: ignore[arg-type]
                    error = (await answer_to(line, 1)).error
                    assert error is not None and error.data is not None, params
                    assert (error.code, error.data.retry, error.data.rule) == (code, retry, rule), params
                    assert "the parameters of hello do not fit" in error.message
                    assert (await end_of(line))[0] == wire.MALFORMED

    asyncio.run(scenario())


@pytest.mark.slow
def test_a_caller_that_says_nothing_is_sent_away_after_five_seconds(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with running_gateway(small_site(), ToldSource(), tmp_path) as gateway, raw_line(gateway, None) as line:
            begun = time.monotonic()
            async with stopwatch() as passed:
                assert (await end_of(line))[0] == wire.UNAUTHENTICATED
                assert time.monotonic() - begun > 4.5 and passed() < 7

    asyncio.run(scenario())


# ── rights that end ──────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def site_folder(tmp_path: Path) -> Path:
    """A copy of the demo site that may be edited."""
    return Path(shutil.copytree(shipped_sites()["demo"], tmp_path / "site"))


@pytest.mark.slow
@pytest.mark.logs("hold mistakes")
def test_a_revoked_token_is_shown_out_within_two_seconds(site_folder: Path, tmp_path: Path) -> None:
    async def scenario() -> None:
        site, access = load(site_folder), site_folder / "access.yaml"
        async with (
            running_gateway(site, ToldSource(), tmp_path, site_folder=site_folder) as gateway,
            console(gateway, "demo-qa") as (_, qa),
            console(gateway, "demo-wall") as (_, wall),
        ):
            await qa.live()
            await wall.live()
            before = access.read_text("utf-8")
            access.write_text(before.replace("    role: qa\n", "    role: qa\n    revoked: true\n"), "utf-8")
            async with stopwatch() as passed:
                await qa.until(lambda: qa.state == "refused")
                assert passed() < 2
            assert "revoked" in qa.states[-1][1]
            assert parts(next(why for state, why in qa.states if state == "refused")).code == "closed.revoked"
            await qa.until(lambda: parts(qa.states[-1][1]).code == "hello.revoked")
            access.write_text("roles: [", "utf-8")
            assert gateway.consoles == 1
            marks = len(wall.beats)
            await wall.until(lambda: len(wall.beats) > marks + 1)
            assert wall.state == "live", "a file with mistakes changes nothing"
            access.write_text(before, "utf-8")
            await qa.until(lambda: qa.state == "live")

    asyncio.run(scenario())


@pytest.mark.slow
@pytest.mark.logs("hold mistakes")
def test_a_revoked_token_is_shown_out_although_the_sites_files_hold_mistakes(site_folder: Path, tmp_path: Path) -> None:
    async def scenario() -> None:
        site, access, wall = load(site_folder), site_folder / "access.yaml", site_folder / "wall.yaml"
        async with (
            running_gateway(site, ToldSource(), tmp_path, site_folder=site_folder) as gateway,
            console(gateway, "demo-qa") as (_, qa),
            console(gateway, "demo-manager") as (_, manager),
        ):
            await qa.live()
            await manager.live()
            wall.write_text(wall.read_text("utf-8") + "nonsense: 1\n", "utf-8")
            before = access.read_text("utf-8")
            access.write_text(before.replace("    role: qa\n", "    role: qa\n    revoked: true\n"), "utf-8")
            await qa.until(lambda: parts(qa.states[-1][1]).code == "hello.revoked")
            marks = len(manager.beats)
            await manager.until(lambda: len(manager.beats) > marks + 1)
            assert manager.state == "live"

    asyncio.run(scenario())


@pytest.mark.slow
@pytest.mark.logs("hold mistakes")
def test_a_token_that_is_taken_out_is_shown_out_although_the_sites_files_hold_mistakes(
    site_folder: Path, tmp_path: Path
) -> None:
    async def scenario() -> None:
        site, access, wall = load(site_folder), site_folder / "access.yaml", site_folder / "wall.yaml"
        async with (
            running_gateway(site, ToldSource(), tmp_path, site_folder=site_folder) as gateway,
            console(gateway, "demo-qa") as (_, qa),
            console(gateway, "demo-manager") as (_, manager),
        ):
            await qa.live()
            await manager.live()
            before = access.read_text("utf-8")
            access.write_text(before.replace("tokens:\n", "tokens:\n  - [no, token\n"), "utf-8")
            marks = len(qa.beats)
            await qa.until(lambda: len(qa.beats) > marks + 1)
            assert qa.state == "live", "what cannot be read says of no token that it is gone"
            wall.write_text(wall.read_text("utf-8") + "nonsense: 1\n", "utf-8")
            ours, others = before.index("  - id: qa  #"), before.index("  - id: vendor-lead  #")
            access.write_text(before[:ours] + before[others:], "utf-8")
            await qa.until(lambda: qa.state == "refused")
            marks = len(manager.beats)
            await manager.until(lambda: len(manager.beats) > marks + 1)
            assert manager.state == "live"

    asyncio.run(scenario())


@pytest.mark.slow
def test_a_file_of_the_site_is_watched_however_its_ending_is_written(site_folder: Path, tmp_path: Path) -> None:
    async def scenario() -> None:
        access = (site_folder / "access.yaml").rename(site_folder / "ACCESS.YML")
        async with (
            running_gateway(load(site_folder), ToldSource(), tmp_path, site_folder=site_folder) as gateway,
            console(gateway, "demo-qa") as (_, qa),
        ):
            await qa.live()
            before = access.read_text("utf-8")
            access.write_text(before.replace("    role: qa\n", "    role: qa\n    revoked: true\n"), "utf-8")
            await qa.until(lambda: parts(qa.states[-1][1]).code == "hello.revoked")

    asyncio.run(scenario())


@pytest.mark.slow
def test_what_is_not_taken_before_the_next_start_is_said_when_it_is_edited(
    site_folder: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")

    def read_again() -> list[str]:
        return [one.getMessage() for one in caplog.records if one.getMessage().startswith("tokens read again")]

    def edit(file: Path, old: str, new: str) -> None:
        file.write_text(file.read_text("utf-8").replace(old, new, 1), "utf-8")

    async def edited(file: Path, old: str, new: str, memory: Remembering) -> str:
        times = len(read_again())
        edit(file, old, new)
        await memory.until(lambda: len(read_again()) > times)
        return read_again()[-1]

    async def scenario() -> None:
        access, wall = site_folder / "access.yaml", site_folder / "wall.yaml"
        async with (
            running_gateway(load(site_folder), ToldSource(), tmp_path, site_folder=site_folder) as gateway,
            console(gateway, "demo-wall") as (_, memory),
        ):
            await memory.live()
            assert await edited(access, "masked: false", "masked: true", memory) == "tokens read again: 6"
            said = await edited(wall, "rotate_seconds: 20", "rotate_seconds: 30", memory)
            assert said.endswith("; what else was edited counts from the next start of the gateway on")
            assert await edited(wall, "rotate_seconds: 30", "rotate_seconds: 20", memory) == "tokens read again: 6"

    asyncio.run(scenario())


@pytest.mark.slow
def test_a_changed_scope_reaches_the_console_at_once(site_folder: Path, tmp_path: Path) -> None:
    async def scenario() -> None:
        site, access = load(site_folder), site_folder / "access.yaml"
        async with (
            running_gateway(site, ToldSource(), tmp_path, site_folder=site_folder) as gateway,
            console(gateway, "demo-supervisor") as (_, memory),
        ):
            await memory.live()
            assert "figures:site:today" in memory.entities
            before = access.read_text("utf-8")
            limited = before.replace("    role: supervisor\n", "    role: supervisor\n    queues: [claim]\n")
            access.write_text(limited, "utf-8")
            await memory.until(lambda: "figures:site:today" not in memory.entities and memory.state == "live")
            assert "queue:claim" in memory.entities and "queue:vip" not in memory.entities

    asyncio.run(scenario())


@pytest.mark.slow
@pytest.mark.logs("facts cannot be kept")
def test_a_token_expires_while_a_layout_waits_for_room_on_a_full_disk(
    site_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    off_s, real = [0.0], time.time
    monkeypatch.setattr("feeds.gateway.credentials.time", SimpleNamespace(time=lambda: real() + off_s[0]))

    async def scenario() -> None:
        access = site_folder / "access.yaml"
        text = access.read_text("utf-8").replace("    role: qa\n", "    role: qa\n    expires: 2199-01-01\n")
        access.write_text(text, "utf-8")
        async with (
            running_gateway(load(site_folder), ToldSource(), tmp_path, site_folder=site_folder) as gateway,
            console(gateway, "demo-qa") as (_, memory),
        ):
            await memory.live()
            log = gateway.services.engine.session.log
            append = log.append

            def full(facts: object) -> int:
                raise LogError(f"{log.path}: no space left")

            log.append = full  # type: ignore[method-assign, assignment]
            layout = """layout:
  rooms:
    - id: hall
      name: {zh: 厅, en: Hall}
      rows: ["001"]
"""
            (site_folder / "layout.yaml").write_text(layout, "utf-8")
            await memory.until(lambda: memory.beats[-1].sources[0].state == "down")
            await memory.until(gateway._layouts._one_at_a_time.locked)
            off_s[0] = 200 * 366 * 86_400.0
            await memory.until(lambda: memory.state == "refused")
            assert parts(next(why for state, why in memory.states if state == "refused")).code == "closed.revoked"
            log.append = append  # type: ignore[method-assign]
            await memory.until(lambda: not gateway._layouts._one_at_a_time.locked())

    asyncio.run(scenario())


# ── the line itself ──────────────────────────────────────────────────────────────────────────────────────────────────


def with_certificate(site: Site, folder: Path) -> Site:
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("not checked: TLS needs openssl to make a certificate")
    command = [
        openssl, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost",
        "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", str(folder / "key.pem"), "-out", str(folder / "cert.pem"),
    ]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True)
    settings = GatewaySettings(frame_ms=10, certificate="cert.pem", private_key="key.pem")
    return msgspec.structs.replace(site, gateway=settings)


@pytest.mark.slow
def test_over_tls_everything_is_as_without_and_a_stranger_is_not_trusted(tmp_path: Path) -> None:
    async def scenario() -> None:
        site, source = with_certificate(small_site(), tmp_path), ToldSource()
        trusting = ssl.create_default_context(cafile=tmp_path / "cert.pem")
        async with (
            running_gateway(site, source, tmp_path, site_folder=tmp_path) as gateway,
            console(gateway, "all-wall", tls=trusting) as (_, memory),
            console(gateway, "all-wall") as (_, stranger),
        ):
            await memory.live()
            await source.tell(*everybody_signs_in())
            await memory.until(lambda: memory.entities["staff:site"].staffed == 8)  # type: ignore[union-attr]
            await stranger.until(lambda: stranger.state == "refused")
            assert "not trusted" in stranger.states[-1][1]
        (tmp_path / "key.pem").write_text("no key")
        with pytest.raises(GatewayError, match="holds no private key"):
            async with running_gateway(site, source, tmp_path, site_folder=tmp_path):
                pass

    asyncio.run(scenario())


@pytest.mark.slow
def test_whoever_begins_tls_and_says_no_more_is_cut_and_keeps_nobody_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(serve, "OPENING_S", 0.3)

    async def scenario() -> None:
        site = with_certificate(small_site(), tmp_path)
        trusting = ssl.create_default_context(cafile=tmp_path / "cert.pem")
        async with running_gateway(site, ToldSource(), tmp_path, site_folder=tmp_path) as gateway:
            idle = [await asyncio.open_connection(*gateway.address) for _ in range(20)]
            for _, writer in idle:
                writer.write(b"\x16")
            async with asyncio.timeout(WAIT_S):  # of itself asyncio would wait for a minute
                for reader, writer in idle:
                    with contextlib.suppress(ConnectionError):
                        assert await reader.read() == b""
                    writer.close()
            async with console(gateway, "all-wall", tls=trusting) as (_, memory):
                await memory.live()

    asyncio.run(scenario())


@pytest.mark.slow
def test_a_file_with_the_authority_that_is_replaced_is_read_again_while_the_console_runs(tmp_path: Path) -> None:
    async def scenario() -> None:
        site, trusted = with_certificate(small_site(), tmp_path), tmp_path / "authority.pem"
        async with (
            running_gateway(site, ToldSource(), tmp_path, site_folder=tmp_path) as gateway,
            console(gateway, "all-wall", tls=trusted) as (_, memory),
        ):
            for content, why in ((None, "No such file"), ("half a ", "it holds no certificate")):
                if content is not None:
                    trusted.write_text(content)
                await memory.until(lambda why=why: any(why in reason for _, reason in memory.states[-1:]))
                told = parts(memory.states[-1][1])
                assert told.code == "connect.authority" and told.values["file"] == str(trusted)
                assert memory.state != "refused", "it is tried again soon"
            shutil.copyfile(tmp_path / "cert.pem", trusted)
            await memory.live()

    asyncio.run(scenario())


AUTHORITY = """
[ca]
default_ca = own
[own]
database = index
new_certs_dir = .
rand_serial = yes
default_md = sha256
policy = any
x509_extensions = names
[any]
commonName = supplied
[names]
subjectAltName = {names}
[req]
distinguished_name = nobody
[nobody]
"""


def with_certificate_of(site: Site, folder: Path, names: str, begins: str, ends: str) -> Site:
    """The same for other names, or for days that are not today."""
    made = with_certificate(site, folder)
    (folder / "ca.conf").write_text(AUTHORITY.format(names=names))
    (folder / "index").touch()
    for command in (
        ["req", "-new", "-key", "key.pem", "-subj", "/CN=gateway", "-config", "ca.conf", "-out", "asked.pem"],
        ["ca", "-batch", "-selfsign", "-notext", "-config", "ca.conf", "-keyfile", "key.pem", "-in", "asked.pem",
         "-startdate", begins, "-enddate", ends, "-out", "cert.pem"],
    ):  # fmt: skip
        subprocess.run(["openssl", *command], check=True, capture_output=True, cwd=folder)
    return made


@pytest.mark.slow
@pytest.mark.parametrize(
    ("names", "begins", "ends", "why"),
    [
        ("IP:127.0.0.1", "20200101000000Z", "20200201000000Z", "expired"),
        ("IP:127.0.0.1", "20480101000000Z", "20490101000000Z", "not yet valid"),
        ("IP:192.0.2.7,DNS:other.example", "20200101000000Z", "20490101000000Z", "IP address mismatch"),
    ],
)
def test_a_certificate_of_another_day_or_place_is_refused_and_the_reason_told(
    tmp_path: Path, names: str, begins: str, ends: str, why: str
) -> None:
    async def scenario() -> None:
        site = with_certificate_of(small_site(), tmp_path, names, begins, ends)
        trusting = ssl.create_default_context(cafile=tmp_path / "cert.pem")
        async with (
            running_gateway(site, ToldSource(), tmp_path, site_folder=tmp_path) as gateway,
            console(gateway, "all-wall", tls=trusting) as (_, memory),
        ):
            await memory.until(lambda: memory.state == "refused")
            told = parts(memory.states[-1][1])
            assert told.code == "connect.certificate" and why in str(told.values["why"])
            assert not memory.snapshots and gateway.consoles == 0

    asyncio.run(scenario())


def test_a_gateway_that_cannot_be_reached_is_tried_again_and_again_and_told_once(
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level("INFO", "feeds.client")

    async def scenario() -> None:
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            port = taken.getsockname()[1]
        async with console(f"ws://127.0.0.1:{port}", "x") as (link, memory):
            await memory.until(lambda: len(memory.states) > 3)
            assert {state for state, _ in memory.states} == {"connecting"}
            assert "cannot be reached" in memory.states[-1][1]
            assert link.session is None
        assert caplog.text.count("cannot be reached") == 1

    asyncio.run(scenario())
