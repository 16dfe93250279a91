"""What command lines have in common: an unset variable in a script is told, not taken for the folder one is in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from console import command as desk
from console import demo
from console.doctor import command as doctor
from console.wall import command as wall
from feeds.gateway import command as gateway
from feeds.gateway.books import audit
from feeds.importing import command as importing
from feeds.reporting import alarms
from feeds.reporting import command as figures

COMMANDS: dict[str, tuple[Callable[[Sequence[str]], int], list[str]]] = {
    "gateway --data": (gateway.main, ["--data"]),
    "gateway --capture": (gateway.main, ["--source", "asterisk", "--capture"]),
    "gateway control --token-file": (gateway.main, ["control", "--token-file"]),
    "audit --data": (audit.main, ["verify", "--data"]),
    "audit --csv": (audit.main, ["list", "--csv"]),
    "audit FILE": (audit.main, ["head"]),
    "import FILE": (importing.main, ["queue_log", "--site", "demo", "-o", "x.floor"]),
    "import -o": (importing.main, ["queue_log", "log", "--site", "demo", "-o"]),
    "figures FILE": (figures.main, ["--by", "day"]),
    "figures --marks": (figures.main, ["day.floor", "--by", "day", "--marks"]),
    "alarms --csv": (alarms.main, ["day.floor", "--csv"]),
    "doctor --zip": (doctor.main, ["--zip"]),
    "doctor --schema": (doctor.main, ["--schema"]),
    "demo --pictures": (demo.main, ["--pictures"]),
    "wall --shot": (wall.main, ["--token", "x", "--shot"]),
    "wall --token-file": (wall.main, ["--token-file"]),
    "console --shot": (desk.main, ["--token", "x", "--shot"]),
}


@pytest.mark.parametrize("name", COMMANDS)
def test_an_empty_name_makes_no_sense_and_writes_nothing(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    main, arguments = COMMANDS[name]
    with pytest.raises(SystemExit, match="2"):
        main([*arguments, ""])
    assert capsys.readouterr().err.endswith(": the name is empty: name a file or folder\n")
    assert not list(tmp_path.iterdir())
