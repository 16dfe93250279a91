"""What a site says of its Asterisk: every mistake with its place, and where the secret comes from, which is not here."""

# ruff: noqa: E501 - one case a line reads as a table

from __future__ import annotations

import os
from pathlib import Path

import pytest

from config.asterisk import Asterisk
from config.asterisk_secret import VARIABLE, SecretError, asterisk_secret
from config.load import load
from feeds.rules.pauses import PauseWords
from tests.config.sites import HERE, SOUND, mistakes, places, write

SECTION = """\
asterisk:
  host: pbx.example
  port: 5038
  user: watchfloor
  secret_file: asterisk.secret
  queues: [{asterisk: "600", queue: claim}, {asterisk: support line, queue: rescue}]
  pauses: [{reason: 小休, state: break}, {reason: Team meeting, state: meeting}]
  wrap_ups: [{queue: claim, seconds: 15}]
  media: {listen: "127.0.0.1:29093", connection: gateway-media}
  dialplan: {ask: ask, spy: spy, requeue: floor-requeue, family: floor}
"""

CASES = {
    "unknown queue": ("queue: claim}, {a", "queue: ▸clam}, {a", "there is no queue `clam` (did you mean `claim`?)"),
    "unknown queue of a wrap-up": ("queue: claim, seconds", "queue: ▸x, seconds", "there is no queue `x`"),
    "one queue of Asterisk twice": ("asterisk: support line", 'asterisk: ▸"600"', "`600` is given twice in this list"),
    "one wrap-up twice": ("seconds: 15}", "seconds: 15}, {queue: ▸claim, seconds: 5}", "`claim` is given twice"),
    "unknown state": ("state: break", "state: ▸brake", "there is no seat state `brake` (did you mean `break`?)"),
    "twice the same reason": ("reason: Team meeting", "reason: ▸小休", "`小休` is given twice in this list"),
    "port out of range": ("port: 5038", "port: ▸65536", "`port` is 65536; it must be from 1 to 65535"),
    "port nought": ("port: 5038", "port: ▸0", "`port` is 0"),
    "port that is a text": ("port: 5038", "port: ▸ami", "expects a whole number, not `ami`"),
    "media address without a port": ('"127.0.0.1:29093"', "▸localhost", "`localhost` is not HOST:PORT, such as 127.0.0.1:8766"),
    "media address that is a link": ('"127.0.0.1:29093"', "▸ws://here:29093/media", "is not HOST:PORT"),
    "host with a space": ("pbx.example", "▸pbx example", "`pbx example` cannot be such a name: no spaces"),
    "host with its port": ("pbx.example", "▸ami://pbx", "`ami://pbx` cannot be such a name"),
    "user with a space": ("user: watchfloor", "user: ▸watch floor", "`watch floor` cannot be such a name"),
    "context with a space": ("requeue: floor-requeue", "requeue: ▸floor requeue", "`floor requeue` cannot be such a name"),
    "context with an extension": ("ask: ask", "ask: ▸claims@ask", "`claims@ask` cannot be such a name"),
    "family with a slash": ("family: floor", "family: ▸floor/mode", "`floor/mode` cannot be such a name"),
    "no name of a context": ("spy: spy", 'spy: ▸""', "`` cannot be such a name"),
    "no name of a file": ("secret_file: asterisk.secret", 'secret_file: ▸" "', "`secret_file` names no file"),
    "unknown key": ("host: pbx", "▸hots: x\n  host: pbx", "`hots` is not known here (did you mean `host`?)"),
    "negative wrap-up": ("seconds: 15", "seconds: ▸-1", "`seconds` is -1; it must be from 0 to 86400"),
    "restless comparison": ("port: 5038", "port: 5038\n  resync_s: ▸1", "`resync_s` is 1; it must be from 5 to 3600"),
    "secret in the open": ("user: watchfloor", "user: watchfloor\n  ▸secret: hunter2", "`secret` does not belong here, because a site is copied into every recording: set WATCHFLOOR_ASTERISK_SECRET, or write it into the file that `secret_file` names"),
    "password in the open": ("user: watchfloor", "user: watchfloor\n  ▸password: hunter2", "`password` does not belong here"),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_a_mistake_about_the_pbx_is_told_once_and_with_its_place(case: str, tmp_path: Path) -> None:
    old, new, message = CASES[case]
    assert SECTION.count(old) == 1
    text = SOUND + SECTION.replace(old, new)
    found = mistakes(write(tmp_path / "site", {"site.yaml": text.replace(HERE, "")}))
    assert len(found) == 1, found
    line, column = places(text)[0]
    assert found[0].startswith(f"site.yaml:{line}:{column}: ")
    assert message in found[0]
    assert "hunter2" not in found[0]


def test_what_the_site_says_is_what_is_used(tmp_path: Path) -> None:
    one = load(write(tmp_path, {"site.yaml": SOUND + SECTION})).asterisk
    assert one is not None
    assert (one.host, one.user, one.port, one.tls) == ("pbx.example", "watchfloor", 5038, False)
    assert {line.asterisk: line.queue for line in one.queues} == {"600": "claim", "support line": "rescue"}
    assert (one.dialplan.requeue, one.dialplan.redirect) == ("floor-requeue", Asterisk().dialplan.redirect)


def test_reasons_may_stand_in_the_older_list_too_and_names_only_in_the_sites_own(tmp_path: Path) -> None:
    own = "pauses: [{reason: Tee, state: break, name: {zh: 茶歇, en: Tea}}, {reason: 回访, name: {zh: 回访, en: Visit}}]\n"
    site = load(write(tmp_path / "both", {"site.yaml": SOUND + SECTION + own}))
    words = PauseWords.of(site)
    assert [words.state(one) for one in ("小休", "Team meeting", "tee", "回访", "x")] == [
        "break", "meeting", "break", "busy", "busy",
    ]  # fmt: skip
    assert list(words.states)[:3] == ["Tee", "小休", "Team meeting"] and "回访" not in words.states
    twice = mistakes(write(tmp_path / "twice", {"site.yaml": SOUND + SECTION + own.replace("Tee", "小休")}))
    assert len(twice) == 1 and "`小休` has a line already in site.yaml:" in twice[0]
    named = SECTION.replace("{reason: 小休, ", "{reason: 小休, name: {zh: 小休, en: Break}, ")
    assert mistakes(write(tmp_path / "named", {"site.yaml": SOUND + named})) == [
        "site.yaml:62:25: `name` is not known here: move the whole line to the site's own `pauses`, where reasons have names"
    ]


def test_a_site_without_a_pbx_has_none_and_an_empty_section_the_usual_one(tmp_path: Path) -> None:
    assert load(write(tmp_path / "none", {"site.yaml": SOUND})).asterisk is None
    assert load(write(tmp_path / "usual", {"site.yaml": SOUND + "asterisk: {}\n"})).asterisk == Asterisk()


# The secret


def secret_of(folder: Path, content: bytes | None, environment: dict[str, str] | None = None) -> str:
    """What is found for a site whose file holds this."""
    file = folder / "asterisk.secret"
    if content is not None:
        file.write_bytes(content)
        file.chmod(0o600)
    return asterisk_secret(folder, Asterisk(), environment or {})


@pytest.mark.parametrize("content", [b"w\xc3\xb6rd 1", b"w\xc3\xb6rd 1\n", b"\xef\xbb\xbfw\xc3\xb6rd 1\r\n", b"  w\xc3\xb6rd 1\n\n"])
def test_the_secret_is_the_files_text_without_mark_and_margin(tmp_path: Path, content: bytes) -> None:
    assert secret_of(tmp_path, content) == "wörd 1"


def test_the_environment_wins_unless_it_is_empty(tmp_path: Path) -> None:
    assert secret_of(tmp_path, b"file", {VARIABLE: " variable\n"}) == "variable"
    assert secret_of(tmp_path, b"file", {VARIABLE: ""}) == "file"


def test_the_file_may_lie_elsewhere(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").write_text("word")
    (tmp_path / "elsewhere").chmod(0o600)
    for name in ("../elsewhere", str(tmp_path / "elsewhere")):
        (tmp_path / "site").mkdir(exist_ok=True)
        assert asterisk_secret(tmp_path / "site", Asterisk(secret_file=name), {}) == "word"


def test_a_missing_secret_names_both_ways_and_how_to_make_the_file(tmp_path: Path) -> None:
    with pytest.raises(SecretError) as caught:
        secret_of(tmp_path, None)
    said = str(caught.value)
    assert "`gateway`: set WATCHFLOOR_ASTERISK_SECRET, or write the secret into the file " in said
    if os.name == "posix":
        assert said.endswith(f"`install -m 600 /dev/null {tmp_path / 'asterisk.secret'}` makes it so that only you can read it")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is empty"),
        (b"\xef\xbb\xbf \n", "is empty"),
        ("hunter2".encode("utf-16"), "is not UTF-8 text"),
        (b"hunter2\nhunter3", "holds more than one line"),
        (b"hunter2\0", "holds more than one line or a control character"),
    ],
)
def test_a_file_that_cannot_be_a_secret_is_refused_without_being_shown(tmp_path: Path, content: bytes, said: str) -> None:
    with pytest.raises(SecretError, match=said) as caught:
        secret_of(tmp_path, content)
    assert "hunter" not in str(caught.value)


def test_a_variable_of_two_lines_is_refused_without_being_shown(tmp_path: Path) -> None:
    with pytest.raises(SecretError, match=f"the variable {VARIABLE} holds more than one line") as caught:
        secret_of(tmp_path, None, {VARIABLE: "hunter2\nhunter3"})
    assert "hunter" not in str(caught.value)


def test_a_folder_in_the_files_place_is_no_crash(tmp_path: Path) -> None:
    (tmp_path / "asterisk.secret").mkdir()
    with pytest.raises(SecretError, match="cannot read "):
        secret_of(tmp_path, None)


@pytest.mark.skipif(os.name != "posix", reason="file modes mean little elsewhere")
@pytest.mark.parametrize(("mode", "warned"), [(0o600, False), (0o640, False), (0o604, True), (0o644, True)])
def test_a_file_that_everybody_can_read_is_warned_of(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, mode: int, warned: bool
) -> None:
    file = tmp_path / "asterisk.secret"
    file.write_text("word")
    file.chmod(mode)
    assert asterisk_secret(tmp_path, Asterisk(), {}) == "word"
    assert (f"chmod 600 {file}" in caplog.text) == warned
    assert "word" not in caplog.text.replace(str(tmp_path), "")
