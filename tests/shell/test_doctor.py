"""The doctor: what it finds, what it advises, and the exit code that a script can trust."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import types
import zoneinfo
from pathlib import Path

import pytest

from config.environment import setup
from config.load import folder_of
from console.doctor import checks, command
from console.doctor.findings import Finding, State, good, lacking
from console.machine import system_libraries


def test_on_a_machine_where_the_tests_run_nothing_that_matters_is_missing() -> None:
    found = {finding.topic: finding for finding in checks.examine(None, "127.0.0.1:0")}
    assert {topic for topic, one in found.items() if one.state is State.LACKING} == {"Port"}
    assert set(found) >= {"Python", "Packages", "System libraries", "Display", "Fonts", "Time zones", "Data folder"}
    assert "Floor Sans SC loaded" in found["Fonts"].said


def test_packages_that_are_missing_come_with_the_line_that_installs_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(setup, "lacking", lambda _places: ["msgspec is not installed"])
    found = checks.packages()
    assert (found.state, found.said) == (State.LACKING, "msgspec is not installed")
    assert "-m pip install --require-hashes -r " in found.remedy


def test_libraries_that_only_a_screen_needs_are_no_fault_where_there_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    monkeypatch.setattr(system_libraries, "missing", lambda on_screen: ["libxcb-cursor.so.0"] * on_screen)
    assert checks.system().state is State.NOTE
    monkeypatch.setenv("QT_QPA_PLATFORM", "xcb")
    assert checks.system().state is State.LACKING
    assert "install" in checks.system().remedy


def test_a_face_that_is_missing_is_found(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(checks, "ROOT", tmp_path)
    assert checks.fonts().said == "missing in resources/fonts: FloorSansSC-Bold.otf, FloorSansSC-Regular.otf"


@pytest.mark.parametrize(
    ("printed", "code", "state", "said"),
    [
        ('{"loaded": [], "refused": ["a.otf"], "families": [], "arabic": []}', 0, State.LACKING, "Qt refuses a.otf"),
        ('{"loaded": ["a"], "refused": [], "families": ["A"], "arabic": []}', 0, State.NOTE, "no face for Arabic"),
        ("", 134, State.LACKING, "Qt does not start: aborted"),
    ],
)
def test_what_the_font_probe_says_decides(
    monkeypatch: pytest.MonkeyPatch, printed: str, code: int, state: State, said: str
) -> None:
    done = subprocess.CompletedProcess([], code, printed, "aborted\n")
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: done)
    found = checks.fonts()
    assert found.state is state
    assert said in found.said


def test_a_broken_face_is_refused_by_the_real_probe(tmp_path: Path, repository: Path) -> None:
    (tmp_path / "Broken.otf").write_bytes(b"OTTO but no more")
    code = (
        "import sys, pathlib; from PySide6.QtGui import QGuiApplication; from console.machine.font_probe import probe;"
        f"application = QGuiApplication([]); print(probe(pathlib.Path({str(tmp_path)!r}))['refused'])"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=repository, capture_output=True, text=True, check=False)
    assert done.stdout == "['Broken.otf']\n"


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there is always a display")
@pytest.mark.parametrize(
    ("environment", "state", "said"),
    [
        ({"DISPLAY": ":7777"}, State.LACKING, "cannot open display :7777"),
        ({"WAYLAND_DISPLAY": "wayland-77"}, State.LACKING, "cannot open display wayland-77"),
        ({"QT_QPA_PLATFORM": "nonsense"}, State.LACKING, "Qt has no platform 'nonsense'"),
        ({"QT_QPA_PLATFORM": "xcb"}, State.LACKING, "no display here"),
        ({"QT_QPA_PLATFORM": "offscreen"}, State.NOTE, "QT_QPA_PLATFORM=offscreen decides"),
        ({}, State.NOTE, "none"),
    ],
)
def test_a_display_is_good_when_it_can_be_opened(
    environment: dict[str, str], state: State, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "WAYLAND_SOCKET", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    found = checks.display()
    assert (found.state, found.said[: len(said)]) == (state, said)


def test_a_missing_zone_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def without(name: str) -> None:
        if name == "Asia/Tehran":
            raise zoneinfo.ZoneInfoNotFoundError(name)

    monkeypatch.setattr(zoneinfo, "ZoneInfo", without)
    assert (checks.time_zones().state, checks.time_zones().said) == (State.LACKING, "no data for Asia/Tehran")


def test_a_data_folder_that_cannot_be_written_is_found(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "a file").write_text("in the way")
    monkeypatch.setenv("WATCHFLOOR_DATA", str(tmp_path / "a file" / "data"))
    assert checks.data().state is State.LACKING
    assert "WATCHFLOOR_DATA" in checks.data().remedy


def test_a_full_disk_is_worth_a_note(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.disk_usage", lambda _path: types.SimpleNamespace(free=5_000_000))
    assert checks.data().state is State.NOTE


def test_a_port_that_somebody_holds_is_seen() -> None:
    with socket.create_server(("127.0.0.1", 0)) as held:
        address = f"127.0.0.1:{held.getsockname()[1]}"
        assert checks.port(address).state is State.NOTE
    assert checks.port(address).state is State.GOOD


@pytest.mark.parametrize("listen", ["nowhere", "127.0.0.1:", "127.0.0.1:99999"])
def test_an_address_that_is_none_is_said_to_be_none(listen: str) -> None:
    assert checks.port(listen).said == f"{listen!r} is no host:port"


def test_a_site_with_mistakes_shows_the_first_and_how_to_see_all(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    done = subprocess.CompletedProcess([], 1, "site.yaml:3:1 no queue 'x'\nsite.yaml:4:1 no team 'y'\n", "")
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: done)
    found = checks.site_folder(tmp_path)
    assert (found.state, found.said) == (State.LACKING, "site.yaml:3:1 no queue 'x' (and 1 more lines)")
    assert found.remedy == f"python3 main.py check {tmp_path}"
    assert checks.site_named(str(tmp_path)) == tmp_path
    none = tmp_path / "none"
    assert checks.site_folder(checks.site_named(str(none))).said == f"there is no folder {none}"


def test_the_demo_site_is_sound_and_has_a_name() -> None:
    found = checks.site_folder(checks.site_named("demo"))
    assert found.state is State.GOOD, found.said


def test_a_folder_beside_does_not_hide_the_shipped_site_from_the_doctor_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "demo").mkdir()
    monkeypatch.chdir(tmp_path)
    assert checks.site_named("demo") == folder_of("demo")
    assert checks.site_named("./demo") == Path("demo")


def test_the_gateways_address_is_the_sites_or_the_usual_one(tmp_path: Path) -> None:
    from config.schema import GatewaySettings

    assert checks.gateway_address(None) == GatewaySettings().listen
    (tmp_path / "gateway.yaml").write_text("gateway:\n  listen: '0.0.0.0:9001' # for the whole house\n")
    (tmp_path / "unreadable.yaml").mkdir()
    assert checks.gateway_address(tmp_path) == "0.0.0.0:9001"


@pytest.mark.parametrize(("findings", "code"), [([good("A", "b")], 0), ([good("A", "b"), lacking("C", "d", "e")], 1)])
def test_the_exit_code_is_one_when_something_that_matters_is_missing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], findings: list[Finding], code: int
) -> None:
    monkeypatch.setattr(checks, "examine", lambda *_: iter(findings))
    assert command.main([]) == code
    assert ("-> e" in capsys.readouterr().out) == bool(code)
    assert command.main(["--json"]) == code
    assert [one["topic"] for one in json.loads(capsys.readouterr().out)] == [one.topic for one in findings]


def test_the_schema_is_written_by_the_feeds(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    schema = types.ModuleType("feeds.schema")
    schema.write = lambda folder: (folder / "watchfloor.json").write_text("{}")
    monkeypatch.setitem(sys.modules, "feeds.schema", schema)
    assert command.main(["--schema", str(tmp_path)]) == 0
    assert (tmp_path / "watchfloor.json").exists()
    assert command.main(["--schema", str(tmp_path / "not" / "there")]) == 1
    assert "cannot write the wire schema to" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("name", "said"),
    [("feeds.schema", "this release has no wire schema"), ("msgspec", "needs msgspec, which is not installed")],
)
def test_a_schema_that_cannot_be_made_is_one_clear_line(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, said: str
) -> None:
    def fail(_module: str) -> None:
        raise ModuleNotFoundError(name=name)

    monkeypatch.setattr("importlib.import_module", fail)
    assert command.main(["--schema", str(tmp_path)]) == 1
    assert said in capsys.readouterr().err


def test_the_doctor_comes_when_nothing_is_installed(repository: Path, tmp_path: Path) -> None:
    code = (
        "import sys; sys.path[:] = [one for one in sys.path if 'site-packages' not in one]\n"
        "from console.doctor.command import main; sys.exit(main(['--zip', sys.argv[1]]))"
    )
    done = subprocess.run(
        [sys.executable, "-S", "-c", code, str(tmp_path / "out.zip")],
        cwd=repository, capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert done.returncode == 1, done.stderr
    assert "msgspec>=" in done.stdout
    assert (tmp_path / "out.zip").exists()
