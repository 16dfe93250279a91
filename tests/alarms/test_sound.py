"""The sound of alarms: by priority, again while a critical one waits, muted for a time, and never silent unsaid."""

from __future__ import annotations

import io
import sys
import wave
from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec.structs import replace
from pytestqt.qtbot import QtBot

from console.alarms.sound import AGAIN_S, FOLDER, Player, Sounding, way_here
from console.desk import Desk
from feeds.entities import Level
from tests.alarms.test_alarms import RESCUE, SITE, a_sight, put
from tests.alarms.waves import SOUNDS, made
from tests.desk.conftest import make_desk as make_desk

pytestmark = pytest.mark.slow

WAIT_MS = 60_000


class Ear:
    """Hears what would be played."""

    def __init__(self, way: str = "ear") -> None:
        self.way = way
        self.heard: list[str] = []

    def play(self, level: Level) -> None:
        self.heard.append(level)


class Room:
    """A sounding with an ear and a clock that is moved by hand."""

    def __init__(self) -> None:
        self.ear, self.now = Ear(), 1000.0
        self.sounding = Sounding(self.ear, lambda: self.now)


@pytest.fixture
def room(qapp: object) -> Room:
    return Room()


def test_a_new_critical_alarm_is_heard_again_until_somebody_acknowledges_it(room: Room) -> None:
    room.sounding.look_at(a_sight())
    assert room.ear.heard == ["critical"]
    room.now += AGAIN_S - 1
    room.sounding.look_at(a_sight())
    assert room.ear.heard == ["critical"]
    room.now += 1
    room.sounding.look_at(a_sight())
    assert room.ear.heard == ["critical"] * 2
    room.now += 60
    room.sounding.look_at(a_sight(acknowledged_by="w"))
    assert room.ear.heard == ["critical"] * 2


def test_a_warning_is_heard_once_and_a_consequence_old_data_and_what_is_put_aside_never(room: Room) -> None:
    sight = a_sight(acknowledged_by="w")
    for _ in range(3):
        room.sounding.look_at(sight)
        room.now += 60
    assert room.ear.heard == ["warn"]
    put(sight, number=9)
    room.sounding.look_at(replace(sight, stale=True))
    put(sight, number=9, cause=RESCUE)
    room.sounding.look_at(sight)
    put(sight, number=9, cause="", shelved_until=1 << 60)
    room.sounding.look_at(sight)
    assert room.ear.heard == ["warn"]
    put(sight, number=9, shelved_until=None)
    room.sounding.look_at(sight)
    assert room.ear.heard == ["warn"] * 2
    assert SITE in sight.entities


def test_muted_nothing_is_heard_and_a_critical_one_that_still_waits_is_heard_when_the_time_is_over(room: Room) -> None:
    room.sounding.mute(10)
    room.sounding.look_at(a_sight())
    assert (room.ear.heard, room.sounding.muted_s) == ([], 600.0)
    room.now += 601
    room.sounding.look_at(a_sight())
    assert (room.ear.heard, room.sounding.muted_s) == (["critical"], 0.0)
    room.sounding.stop()


@pytest.mark.parametrize(("way", "says"), [("", "No sound here"), ("beep", "System bell only"), ("ear", "")])
def test_the_panel_says_when_alarms_may_not_be_heard(
    way: str, says: str, make_desk: Callable[..., Desk], qtbot: QtBot
) -> None:
    panel = make_desk("--lang", "en").alarms
    panel.sounding.player = Ear(way)
    panel.look_at(a_sight())
    assert panel.sound.silence.text() == says


def test_the_panel_shows_for_how_long_it_is_still_muted(make_desk: Callable[..., Desk]) -> None:
    panel = make_desk("--lang", "en").alarms
    panel.look_at(a_sight())
    assert panel.sound.text() == "Sound"
    panel.sounding.mute(5)
    assert panel.sound.text() in ("Muted 05:00", "Muted 04:59")
    panel.sound._offer_mutes()
    texts = [action.text() for action in panel.sound._mutes.actions() if action.text()]
    assert texts == ["Mute for 5 min", "Mute for 10 min", "Mute for 30 min", "Mute for 60 min", "Be heard again"]
    panel.sound._mutes.actions()[-1].trigger()
    assert panel.sound.text() == "Sound"


def player_that(tmp_path: Path, code: str) -> Path:
    script = tmp_path / "player"
    script.write_text(f"#!/bin/sh\n{code}\n", encoding="utf-8")
    script.chmod(0o755)
    return script


@pytest.mark.skipif(sys.platform == "win32", reason="a script is no program there")
def test_the_systems_player_is_given_the_file_and_keeps_nobody_waiting(qtbot: QtBot, tmp_path: Path) -> None:
    told = tmp_path / "told"
    player = Player(str(player_that(tmp_path, f"printf %s \"$1\" > '{told}'")))
    player.play("warn")
    qtbot.waitUntil(lambda: told.exists() and told.read_text() == str(FOLDER / "warn.wav"), timeout=WAIT_MS)
    qtbot.waitUntil(lambda: not player.playing, timeout=WAIT_MS)
    assert player.way.endswith("player")


@pytest.mark.skipif(sys.platform == "win32", reason="a script is no program there")
@pytest.mark.logs("cannot play a sound")
def test_a_player_that_fails_is_given_up_for_the_bell_and_says_so(qtbot: QtBot, tmp_path: Path) -> None:
    player = Player(str(player_that(tmp_path, "exit 3")))
    with qtbot.waitSignal(player.failed, timeout=WAIT_MS):
        player.play("critical")
    assert player.way == "beep"
    missing = Player(str(tmp_path / "nowhere"))
    missing.play("critical")
    assert missing.way == "beep"


def test_without_a_screen_there_is_no_sound(qapp: object) -> None:
    assert way_here() == ""


def test_the_sounds_are_what_their_formula_makes_and_play_for_under_a_second() -> None:
    for name in SOUNDS:
        body = (FOLDER / f"{name}.wav").read_bytes()
        assert body == made(name)
        with wave.open(io.BytesIO(body)) as file:
            assert 0.2 < file.getnframes() / file.getframerate() < 1.0
