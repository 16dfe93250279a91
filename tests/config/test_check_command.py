"""`main.py check` tells every mistake or what a site holds, and makes tokens and PINs that the site then accepts."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from config.check import main
from config.load import load, shipped_sites
from config.tokens import find_token, verify_pin
from tests.config.sites import SOUND, write


def test_a_sound_site_is_summed_up(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["demo"]) == 0
    said = capsys.readouterr().out
    assert "北京客服中心" in said
    for name, number in (("seats", 110), ("agents", 170), ("agents of vendors", 68), ("queues", 7), ("teams", 10)):
        assert any(line.split() == [*name.split(), str(number)] for line in said.splitlines()), name
    assert said.endswith("The gateway listens on 127.0.0.1:8765 without TLS. No mistakes.\n")


def test_every_mistake_is_told_and_counted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = write(tmp_path, {"site.yaml": SOUND.replace("dark", "drak").replace("Asia/", "Asai/")})
    assert main([str(folder)]) == 1
    said = capsys.readouterr().out.splitlines()
    assert said[0].startswith(f"{folder / 'site.yaml'}:4:7: there is no time zone")
    assert said[1].startswith(f"{folder / 'site.yaml'}:")
    assert said[-1] == "2 mistakes."


def test_it_says_when_not_everything_could_be_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = write(tmp_path, {"site.yaml": SOUND, "more.yaml": "a: ["})
    assert main([str(folder)]) == 1
    said = capsys.readouterr().out
    assert "1 mistake.\nNot everything could be read." in said


def test_programs_get_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = write(tmp_path, {"site.yaml": SOUND.replace("dark", "drak")})
    assert main([str(folder), "--json"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert not told["ok"]
    (mistake,) = told["mistakes"]
    assert mistake["file"] == str(folder / "site.yaml")
    assert SOUND.split("\n")[mistake["line"] - 1][mistake["column"] - 1 :] == "dark"
    assert main(["demo", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["ok"]
    assert told["counts"]["agents"] == 170


def test_a_new_token_works_where_it_is_pasted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["demo", "--new-token", "vendor-lead", "--vendor", "yunling", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    for file in shipped_sites()["demo"].glob("*.yaml"):
        (tmp_path / file.name).write_bytes(file.read_bytes())
    (tmp_path / "mine.yaml").write_text("tokens:\n" + told["yaml"], encoding="utf-8")
    found = find_token(told["token"], load(tmp_path).tokens)
    assert found is not None
    assert (found.role, found.vendors) == ("vendor-lead", ("yunling",))
    assert told["token"] not in told["yaml"]


def test_a_new_token_is_shown_once_with_its_lines(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--new-token", "wall"]) == 0
    said = capsys.readouterr().out
    assert "    role: wall\n    hash: sha256$" in said


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "name a site folder, or a site that is shipped: demo"),
        (["demo", "--new-token", "wal"], "the site has no `wal` among its roles (did you mean `wall`?)"),
        (["demo", "--new-token", "wall", "--team", "team-77"], "the site has no `team-77` among its teams"),
        (["--new-token", "Wall display"], "the shipped site demo has no `Wall display` among its roles"),
        (["--new-token", "wal"], "(did you mean `wall`?); name your own: check SITE --new-token ROLE"),
        (["--new-token", "vendor-lead", "--vendor", "nobody"], "no `nobody` among its vendors; name your own"),
        (["demo", "--team", "team-1"], "they go with --new-token ROLE"),
        (["--new-pin", "12"], "a PIN has 4 to 12 digits"),
    ],
)
def test_a_command_that_makes_no_sense_is_refused(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == 2
    told = capsys.readouterr()
    assert said in told.err
    assert told.out == ""


def test_a_new_pin_is_made_or_taken(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--new-pin"]) == 0
    said = capsys.readouterr().out
    pin = said.split("once: ")[1].split()[0]
    assert verify_pin(pin, said.split("pin_hash: ")[1].strip())
    taken = "258025802580"  # so long that no hash holds it by chance
    assert main(["--new-pin", taken]) == 0
    said = capsys.readouterr().out
    assert taken not in said
    assert verify_pin(taken, said.split("pin_hash: ")[1].strip())


def test_a_site_that_is_not_there_is_a_mistake_with_a_hint(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["dmo"]) == 1
    assert "dmo: there is no such site folder (did you mean `demo`?)" in capsys.readouterr().out


def test_a_new_pin_is_told_to_programs_too(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--new-pin", "--json"]) == 0
    made = json.loads(capsys.readouterr().out)
    assert made["yaml"].startswith("  pin_hash: scrypt$")
    assert made["pin"].isdigit()


def test_a_token_is_not_forgotten_over_a_pin(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["demo", "--new-token", "admin", "--new-pin"]) == 2
    assert "one after the other" in capsys.readouterr().err
