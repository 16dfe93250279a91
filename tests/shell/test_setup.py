"""Set-up for real, without a network: a small project whose one package lies in a folder beside it."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest

from config.environment import setup
from config.environment.setup import EnvironmentProblem, Places

pytestmark = pytest.mark.timeout(300)

COMMAND = """import sys
import watchfloor_planted
def main(argv):
    print(watchfloor_planted.VERSION, sys.prefix, *argv)
    return 7
"""


class Project:
    """A project that is set up like ours and needs one package."""

    def __init__(self, root: Path, repository: Path) -> None:
        self.root = root
        self.wheels = root.parent / "wheels"
        self.wheels.mkdir()
        shutil.copytree(repository / "config/environment", root / "config/environment")
        (root / "config/__init__.py").write_text("")
        (root / "config/check.py").write_text(COMMAND)
        shutil.copy(repository / "main.py", root)
        lines = ["[project]", 'name = "small"', 'version = "1"', 'dependencies = ["watchfloor-planted>=1"]']
        (root / "pyproject.toml").write_text("\n".join(lines))
        self.places = Places(root)
        self.lock("1.0")

    def lock(self, version: str) -> None:
        """Make that version of the package and pin it."""
        path = self.wheels / f"watchfloor_planted-{version}-py3-none-any.whl"
        about = f"watchfloor_planted-{version}.dist-info"
        with zipfile.ZipFile(path, "w") as file:
            file.writestr("watchfloor_planted.py", f"VERSION = {version!r}\n")
            file.writestr(f"{about}/METADATA", f"Metadata-Version: 2.1\nName: watchfloor-planted\nVersion: {version}\n")
            file.writestr(f"{about}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
            file.writestr(f"{about}/RECORD", "")
        pin = f"watchfloor-planted=={version} \\\n    --hash=sha256:{hashlib.sha256(path.read_bytes()).hexdigest()}\n"
        (self.root / "requirements.lock").write_text(pin)

    def environment(self, tool: str) -> dict[str, str]:
        """With the folder as the only place to install from, and with uv on the path or not."""
        folders = [*os.environ["PATH"].split(os.pathsep), str(Path(sys.prefix) / "bin")]
        if tool == "pip":
            folders = [folder for folder in folders if not (Path(folder) / "uv").exists()]
        wheels = str(self.wheels)
        only = {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": wheels, "UV_NO_INDEX": "1", "UV_FIND_LINKS": wheels}
        return {**os.environ, **only, "PATH": os.pathsep.join(folders), "UV_NO_CACHE": "1"}

    def start(self, tool: str = "pip") -> subprocess.Popen[str]:
        """Start its command `check`."""
        command = [sys.executable, str(self.root / "main.py"), "check", "one", "two"]
        pipe = subprocess.PIPE
        return subprocess.Popen(command, stdout=pipe, stderr=pipe, text=True, env=self.environment(tool))

    def run(self, tool: str = "pip") -> tuple[str, str]:
        """Run its command `check`, which must end as it wants; what it said on both streams."""
        process = self.start(tool)
        out, err = process.communicate(timeout=250)
        assert process.returncode == 7, err
        return out, err


@pytest.fixture
def project(tmp_path: Path, repository: Path) -> Project:
    (tmp_path / "project").mkdir()
    return Project(tmp_path / "project", repository)


@pytest.mark.slow
@pytest.mark.parametrize("tool", ["pip", "uv"])
def test_a_fresh_machine_sets_itself_up_once_and_hands_over_arguments_and_exit_code(
    project: Project, tool: str
) -> None:
    if tool == "uv" and not shutil.which("uv", path=project.environment("uv")["PATH"]):
        pytest.skip("not checked: uv is not on this machine")
    out, err = project.run(tool)
    assert out == f"1.0 {project.places.venv} one two\n"
    assert f"making {project.places.venv} with {tool}" in err
    assert project.places.read_stamp() == project.places.wanted_stamp()
    assert project.run(tool) == (out, "")


@pytest.mark.slow
def test_an_installation_that_was_cut_short_heals_on_the_next_run(project: Project) -> None:
    project.run()
    project.places.stamp.write_text("installing something\n")
    for path in project.places.venv.rglob("watchfloor_planted*"):
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    out, err = project.run()
    assert "is unfinished or does not run: making it anew" in err
    assert out.startswith("1.0 ")


@pytest.mark.slow
def test_a_new_lock_is_installed_and_a_foreign_environment_is_completed(project: Project) -> None:
    subprocess.run([sys.executable, "-m", "venv", project.places.venv], check=True)
    assert project.places.read_stamp() is None
    assert project.run()[0].startswith("1.0 ")
    project.lock("2.0")
    out, err = project.run()
    assert out.startswith("2.0 ")
    assert "making" not in err


@pytest.mark.slow
def test_two_that_start_at_the_same_time_do_not_install_at_the_same_time(project: Project) -> None:
    both = [project.start(), project.start()]
    told = [process.communicate(timeout=250) for process in both]
    assert [process.returncode for process in both] == [7, 7], told
    assert sum("installing the packages" in err for _, err in told) == 1


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="not checked: a lock cannot be handed to a child on Windows")
def test_what_a_killed_set_up_has_left_running_is_waited_for(project: Project) -> None:
    first = project.start()
    end = time.monotonic() + 60
    while not (project.places.venv / "pyvenv.cfg").exists() and time.monotonic() < end:
        time.sleep(0.01)
    first.kill()  # while `venv` has pip to put in, which takes it seconds
    first.wait()
    out, err = project.run()
    assert "another Watchfloor is setting up; waiting for it" in err
    assert out.startswith("1.0 ")
    first.communicate(timeout=60)


@pytest.mark.slow
def test_what_cannot_be_installed_is_one_clear_line_and_the_next_run_tries_again(project: Project) -> None:
    good = project.places.lock.read_text()
    project.places.lock.write_text(good.replace("sha256:", "sha256:00"))
    process = project.start()
    _, err = process.communicate(timeout=250)
    assert process.returncode == 1
    assert "could not set up" in err.splitlines()[-1]
    assert "Traceback" not in err
    project.places.lock.write_text(good)
    assert project.run()[0].startswith("1.0 ")


@pytest.mark.slow
@pytest.mark.parametrize("retries", ["1", "0"])
def test_without_a_network_the_last_line_says_so_and_which_setting_names_another_index(
    project: Project, retries: str
) -> None:
    environment = project.environment("pip")
    for name in ("PIP_NO_INDEX", "PIP_FIND_LINKS", "PIP_EXTRA_INDEX_URL"):
        environment.pop(name, None)
    nowhere = {"PIP_INDEX_URL": "http://127.0.0.1:1", "PIP_CONFIG_FILE": os.devnull, "PIP_RETRIES": retries}
    command = [sys.executable, str(project.root / "main.py"), "check"]
    done = subprocess.run(command, capture_output=True, text=True, env={**environment, **nowhere}, check=False)
    assert done.returncode == 1
    last = done.stderr.splitlines()[-1]
    assert "the package index that PIP_INDEX_URL names could not be reached" in last
    assert "set PIP_NO_INDEX=1 and PIP_FIND_LINKS to a folder" in last
    assert "No matching distribution" in done.stderr, "what pip says is shown as well"


@pytest.mark.parametrize(
    ("said", "environment", "told"),
    [
        ("WARNING: Retrying after connection broken by X", {}, "the package index could not be reached: name one"),
        ("ERROR: no version (from versions: none)", {}, "could not be reached, or lacks the packages"),
        ("(from versions: none)", {"PIP_NO_INDEX": "1"}, "the folder that PIP_FIND_LINKS names lacks the packages"),
        ("Max retries exceeded", {"PIP_INDEX_URL": "https://me:secret@here"}, "that PIP_INDEX_URL names could not"),
    ],
)
def test_what_pip_could_not_get_is_told_with_what_to_set(said: str, environment: dict[str, str], told: str) -> None:
    advice = setup.index_trouble(said, environment)
    assert told in advice
    assert "secret" not in advice


@pytest.mark.parametrize("code", [5, 32])
def test_packages_that_a_running_program_holds_are_told_with_what_to_close(code: int) -> None:
    said = f"ERROR: Could not install packages due to an OSError: [WinError {code}] Access is denied: 'x.pyd'"
    assert "close every Watchfloor that was started from this folder" in setup.install_trouble(said)


def test_an_environment_out_of_which_a_program_runs_is_not_half_deleted(
    bare: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Windows deletes what is not open and refuses the rest; it refuses at once to rename the folder."""
    (bare.venv / "bin").mkdir(parents=True)
    (bare.venv / "bin/desk.pyd").write_text("open")
    bare.stamp.write_text("installing x\n")

    def refuse(*_: object) -> None:
        raise PermissionError(13, "The process cannot access the file", "desk.pyd")

    monkeypatch.setattr(os, "rename", refuse)
    with pytest.raises(EnvironmentProblem, match=r"is in use: close every Watchfloor"):
        setup.prepare(bare.root, ["wall"])
    assert (bare.venv / "bin/desk.pyd").exists() and bare.was_interrupted()


def test_another_failure_of_pip_is_not_blamed_on_the_network() -> None:
    assert setup.index_trouble("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES", {}) == ""


@pytest.fixture
def bare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Places:
    """A project whose needs are not met, in a process that never starts another."""
    monkeypatch.setattr(setup, "lacking", lambda *_: ["something"])
    monkeypatch.setattr(setup, "start_again", lambda *_: 0)
    monkeypatch.delenv(setup.INSIDE, raising=False)
    (tmp_path / "requirements.lock").write_text("one==1\n")
    return Places(tmp_path)


def test_a_folder_in_the_way_is_not_deleted(bare: Places) -> None:
    bare.venv.mkdir()
    (bare.venv / "thesis.txt").write_text("ten years of work")
    with pytest.raises(EnvironmentProblem, match="is in the way and is no Python environment: move it"):
        setup.prepare(bare.root, ["wall"])
    assert (bare.venv / "thesis.txt").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="not checked: links need a right of their own on Windows")
def test_a_file_or_a_link_to_nowhere_in_the_way_is_told_and_not_deleted(bare: Places) -> None:
    bare.venv.write_text("ten years of work")
    with pytest.raises(EnvironmentProblem, match="is in the way and is no Python environment: move it"):
        setup.prepare(bare.root, ["wall"])
    assert bare.venv.read_text() == "ten years of work"
    bare.venv.unlink()
    bare.venv.symlink_to(bare.root / "nowhere")
    with pytest.raises(EnvironmentProblem, match="is in the way and is no Python environment: move it"):
        setup.prepare(bare.root, ["wall"])
    assert bare.venv.is_symlink()


def test_a_folder_that_cannot_be_written_says_what_to_do(bare: Places) -> None:
    (bare.root / ".venv.busy").mkdir()
    with pytest.raises(EnvironmentProblem, match="Make the folder writable, or run this once as its owner"):
        setup.prepare(bare.root, ["wall"])


def test_an_environment_that_does_not_lead_inside_ends_instead_of_starting_for_ever(
    bare: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(setup.INSIDE, str(bare.venv))
    with pytest.raises(EnvironmentProblem, match=r"Python does not start inside .*: delete it"):
        setup.prepare(bare.root, ["wall"])


def test_a_complete_environment_is_used_as_it_is(bare: Places, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(setup, "lacking", lambda *_: [])
    assert setup.prepare(bare.root, ["wall"]) is None
    assert not bare.venv.exists()
