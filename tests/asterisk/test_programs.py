"""Where the tests' Asterisk comes from: a tree that is named, found, made once and whole, or a clear word why not."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
from pathlib import Path

import pytest

if sys.platform == "win32":
    pytest.skip("Asterisk is tested on Linux only", allow_module_level=True)

from tests.asterisk.floor import NoAsterisk, find_program
from tests.asterisk.floor.locks import take_slot
from tests.asterisk.floor.programs import REQUIRE, TREE, cached_tree, make_tree, program_in

DEBOOTSTRAP = """#!/bin/sh
echo "$@" >> "$(dirname "$0")/asked"
[ -e "$(dirname "$0")/breaks" ] && mkdir -p "$4" && exit 3
mkdir -p "$4/usr/sbin" "$4/srv" && touch "$4/usr/sbin/asterisk"
"""
APT_GET = "#!/bin/sh\necho http://mirror.example/debian/\n"


@pytest.fixture
def tools(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine without Asterisk whose debootstrap makes an empty tree; we are root, and nothing is cached."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for name, text in (("debootstrap", DEBOOTSTRAP), ("apt-get", APT_GET)):
        (folder / name).write_text(text, "utf-8")
        (folder / name).chmod(0o755)
    for name in ("sh", "mkdir", "touch", "dirname"):
        (folder / name).symlink_to(shutil.which(name) or name)
    monkeypatch.setenv("PATH", str(folder))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.delenv(TREE, raising=False)
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    return folder


def test_a_tree_is_made_where_there_is_no_asterisk_and_found_the_next_time(tools: Path) -> None:
    assert find_program().tree == cached_tree()
    assert find_program().tree == cached_tree()
    assert len((tools / "asked").read_text("utf-8").splitlines()) == 1
    assert (cached_tree() / "srv/floor").stat().st_mode & 0o1777 == 0o1777


def test_a_tree_that_could_not_be_finished_is_never_taken_for_a_whole_one(tools: Path) -> None:
    (tools / "breaks").touch()
    with pytest.raises(NoAsterisk, match="none could be made"):
        find_program()
    assert not cached_tree().exists()
    (tools / "breaks").unlink()
    assert find_program().tree == cached_tree()


def test_two_who_want_a_tree_at_the_same_time_make_one(tools: Path) -> None:
    makers = [threading.Thread(target=make_tree, args=(cached_tree(),)) for _ in range(2)]
    for maker in makers:
        maker.start()
    for maker in makers:
        maker.join()
    assert len((tools / "asked").read_text("utf-8").splitlines()) == 1


def test_who_may_not_make_a_tree_is_told_what_to_do(tools: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    with pytest.raises(NoAsterisk, match="as root run"):
        find_program()
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    (tools / "debootstrap").unlink()
    with pytest.raises(NoAsterisk, match="no debootstrap"):
        find_program()


def test_a_named_tree_without_asterisk_is_refused(tools: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(TREE, str(tools))
    with pytest.raises(NoAsterisk, match="there is no Asterisk in"):
        find_program()


def test_the_systems_own_asterisk_is_used_as_it_is(tools: Path) -> None:
    own = tools / "asterisk"
    own.symlink_to(tools / "debootstrap")
    program = find_program()
    assert program.tree is None
    assert program.command("-V") == [str(own), "-V"]
    assert program.inside(tools) == str(tools)


def test_a_tree_is_entered_by_root_and_by_others_in_their_own_way(
    tools: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tree = make_tree(tmp_path / "tree")
    program = program_in(tree)
    assert program.command("-V") == ["chroot", "--userspec=asterisk:asterisk", str(tree), "/usr/sbin/asterisk", "-V"]
    assert program.inside(tree / "srv/floor/one") == "/srv/floor/one"
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    assert program.command()[0] == "unshare"
    with pytest.raises(NoAsterisk, match="unshare"):
        program_in(tree)


def test_two_floors_never_get_the_same_ports() -> None:
    slots = [take_slot() for _ in range(3)]
    try:
        assert len({port for slot in slots for port in (slot.ports.ami, slot.ports.sip, slot.ports.media)}) == 9
    finally:
        for slot in slots:
            slot.release()


@pytest.mark.slow
@pytest.mark.parametrize("required", ["", "1"])
def test_tests_of_a_server_without_an_asterisk_are_skipped_with_the_reason_or_fail_where_it_is_required(
    required: str, repository: Path, tmp_path: Path
) -> None:
    environment = {**os.environ, TREE: str(tmp_path / "nowhere"), REQUIRE: required}
    command = [sys.executable, "-m", "pytest", "-q", "-rs", "-p", "no:xdist", "-p", "no:cacheprovider"]
    done = subprocess.run(
        [*command, "tests/asterisk/test_server.py"], cwd=repository, env=environment,
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    counts = done.stdout.splitlines()[-1]
    assert "passed" not in counts, done.stdout
    if required:
        assert done.returncode == 1
        assert "failed" not in counts, done.stdout
        assert f"{REQUIRE} is set, and there is there is no Asterisk in" in done.stdout
    else:
        assert done.returncode == 0, done.stdout
        assert "not checked: what needs a real Asterisk: there is no Asterisk in" in done.stdout
