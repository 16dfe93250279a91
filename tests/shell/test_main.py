"""The one entry: what each first word leads to, and what a person reads when it leads nowhere."""

from __future__ import annotations

import ast
import errno
import io
import os
import signal
import subprocess
import sys
import types
from collections.abc import Iterator
from pathlib import Path

import pytest

import main
from config.environment import setup
from config.environment.folders import data_folder


@pytest.fixture
def planted(monkeypatch: pytest.MonkeyPatch) -> Iterator[types.ModuleType]:
    """A command `gateway` that tests can give a `main`; the environment counts as complete."""
    endings = [signal.Signals[name] for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]
    before = {number: signal.getsignal(number) for number in endings}
    module = types.ModuleType("planted_command")
    monkeypatch.setitem(sys.modules, "planted_command", module)
    monkeypatch.setitem(main.COMMANDS, "gateway", main.Command("planted_command", "planted"))
    monkeypatch.setattr(setup, "prepare", lambda *_: None)
    yield module
    for number, handler in before.items():
        signal.signal(number, handler)


class Screen(io.BytesIO):
    """What somebody reads."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("encoding", "terminal", "chosen", "kept"),
    [
        ("cp1252", False, "", "早班 é".encode()),
        ("cp1252", True, "", "?? é".encode("cp1252")),
        ("cp1252", False, "cp1252", "?? é".encode("cp1252")),
        ("cp936", False, "", "早班 é".encode("cp936")),
        ("utf-8", False, "", "早班 é".encode()),
    ],
)
def test_names_are_in_a_file_of_any_windows_and_never_end_in_a_traceback(
    monkeypatch: pytest.MonkeyPatch, encoding: str, terminal: bool, chosen: str, kept: bytes
) -> None:
    monkeypatch.setenv("PYTHONIOENCODING", chosen)
    raw = Screen() if terminal else io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding=encoding)
    main.speak(stream)
    stream.write("早班 é")
    stream.flush()
    assert raw.getvalue() == kept


def test_a_misspelt_command_is_refused_with_the_one_that_was_meant(capsys: pytest.CaptureFixture[str]) -> None:
    assert main.main(["gatway"]) == 2
    assert "there is no command 'gatway'; did you mean 'gateway'?" in capsys.readouterr().err


def test_a_word_like_no_command_is_refused_without_a_guess(capsys: pytest.CaptureFixture[str]) -> None:
    assert main.main(["xyzzy"]) == 2
    assert "did you mean" not in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [["replay"], ["replay", "a.sqlite"]])
def test_what_comes_with_a_later_release_says_so_and_what_to_use(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main.main(arguments) == 2
    said = capsys.readouterr().err
    assert "comes with a later release. Use `main.py gateway --source recorded:FILE` to play" in said
    assert said.count("\n") == 1


def test_the_help_lists_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert main.main(["--help"]) == 0
    said = capsys.readouterr().out
    assert [name for name in main.COMMANDS if f"\n  {name} " not in said] == []


def test_the_version_is_the_projects(capsys: pytest.CaptureFixture[str], repository: Path) -> None:
    assert main.main(["--version"]) == 0
    assert f'version = "{capsys.readouterr().out.split()[1]}"' in (repository / "pyproject.toml").read_text("utf-8")


def test_a_command_gets_its_own_arguments_and_gives_its_exit_code(planted: types.ModuleType) -> None:
    got: list[str] = []
    planted.main = lambda arguments: got.extend(arguments) or 7
    assert main.main(["gateway", "--site", "here"]) == 7
    assert got == ["--site", "here"]


def test_what_nobody_foresaw_becomes_one_line_and_a_report(
    planted: types.ModuleType, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def fail(_arguments: list[str]) -> int:
        raise ValueError("a queue\nwith no name")

    planted.main = fail
    monkeypatch.setenv("WATCHFLOOR_DATA", str(tmp_path))
    assert main.main(["gateway"]) == 1
    said = capsys.readouterr().err
    assert said.startswith("watchfloor: `gateway` failed: ValueError: a queue with no name. The details are in ")
    assert said.count("\n") == 1
    (report,) = (tmp_path / "crashes").iterdir()
    assert "in fail" in report.read_text("utf-8")


def test_a_file_that_is_forbidden_is_one_line_and_no_crash(
    planted: types.ModuleType, capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WATCHFLOOR_DATA", str(tmp_path))

    def forbidden(arguments: list[str]) -> int:
        raise PermissionError(errno.EACCES, "Permission denied", "/srv/day.floor")

    planted.main = forbidden
    assert main.main(["gateway"]) == 1
    said = capsys.readouterr().err
    assert "/srv/day.floor: Permission denied: check who owns it and its folders' rights." in said
    assert said.count("\n") == 1 and not list(tmp_path.rglob("crashes/*"))


def test_a_report_that_cannot_be_written_still_leaves_the_line(
    planted: types.ModuleType, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def fail(_arguments: list[str]) -> int:
        raise KeyError("Q7")

    planted.main = fail
    (tmp_path / "a file").write_text("in the way")
    monkeypatch.setenv("WATCHFLOOR_DATA", str(tmp_path / "a file"))
    assert main.main(["gateway"]) == 1
    assert "KeyError: 'Q7'. The details could not be written" in capsys.readouterr().err


def test_an_interrupted_command_ends_quietly(planted: types.ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    def stop(_arguments: list[str]) -> int:
        raise KeyboardInterrupt

    planted.main = stop
    assert main.main(["gateway"]) == 130
    assert capsys.readouterr().err == ""


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such signals")
@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP"])
def test_a_command_that_is_asked_to_end_or_whose_terminal_closes_clears_away_what_it_began(
    name: str, planted: types.ModuleType, tmp_path: Path
) -> None:
    half, number = tmp_path / "half", signal.Signals[name]
    signal.signal(number, signal.SIG_DFL)

    def work(_arguments: list[str]) -> int:
        half.touch()
        try:
            if signal.getsignal(number) != signal.SIG_DFL:  # else it would end the tests
                os.kill(os.getpid(), number)
                signal.pause()
        finally:
            half.unlink()
        return 0

    planted.main = work
    assert main.enter(["gateway"]) == 128 + number
    assert not half.exists()


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such signal")
def test_a_command_goes_on_without_its_terminal_under_nohup(planted: types.ModuleType) -> None:
    signal.signal(signal.SIGHUP, signal.SIG_IGN)

    def work(_arguments: list[str]) -> int:
        os.kill(os.getpid(), signal.SIGHUP)
        return 0

    planted.main = work
    assert main.enter(["gateway"]) == 0


def heard_by_nobody(repository: Path, *arguments: str) -> tuple[int, str]:
    """The exit code and the errors of a command whose reader has gone before it says its first word."""
    read, write = os.pipe()
    os.close(read)
    with open(write, "wb") as out:  # noqa: PTH123 - a pipe has no path
        environment = {key: value for key, value in os.environ.items() if key != "PYTHONUNBUFFERED"}
        done = subprocess.run(
            [sys.executable, "main.py", *arguments], cwd=repository, env=environment, stdout=out,
            stderr=subprocess.PIPE, text=True, check=False,
        )  # fmt: skip
    return done.returncode, done.stderr


@pytest.mark.parametrize(
    ("arguments", "code"),
    [(("--help",), 0), (("check", "--help"), 0), (("check", "--new-pin"), 0), (("check", "x"), 1)],
)
def test_few_words_that_nobody_reads_end_no_worse_than_many(
    arguments: tuple[str, ...], code: int, repository: Path
) -> None:
    assert heard_by_nobody(repository, *arguments) == (code, "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no disk that is always full")
@pytest.mark.parametrize("arguments", [("--help",), ("check", "--new-pin")])
def test_words_that_a_full_disk_does_not_take_are_a_failure_in_one_line(
    arguments: tuple[str, ...], repository: Path
) -> None:
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONUNBUFFERED"}
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "main.py", *arguments], cwd=repository, env=environment, stdout=full,
            stderr=subprocess.PIPE, text=True, check=False,
        )  # fmt: skip
    told = "watchfloor: standard output: cannot be written (No space left on device).\n"
    assert (done.returncode, done.stderr) == (1, told)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no disk that is always full")
@pytest.mark.parametrize("arguments", [("--help",), ("check", "demo")])
def test_a_full_disk_is_no_crash_where_words_leave_at_once_either(
    arguments: tuple[str, ...], repository: Path, tmp_path: Path
) -> None:
    environment = os.environ | {"PYTHONUNBUFFERED": "1", "WATCHFLOOR_DATA": str(tmp_path)}
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "main.py", *arguments], cwd=repository, env=environment, stdout=full,
            stderr=subprocess.PIPE, text=True, check=False,
        )  # fmt: skip
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert "No space left on device" in done.stderr
    assert not list(tmp_path.rglob("*.txt"))


@pytest.mark.skipif(os.name == "nt", reason="names are text on Windows")
def test_a_file_name_that_is_no_text_is_told_with_marks_in_any_language(repository: Path, tmp_path: Path) -> None:
    plain = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "WATCHFLOOR_DATA": str(tmp_path)}
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONIOENCODING"}
    done = subprocess.run(
        [sys.executable, "main.py", "check", b"\xb0\xe0"], cwd=repository, env=environment | plain,
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.stdout.startswith("??: there is no such site folder\n")
    assert (done.returncode, done.stderr) == (1, "")


def test_a_report_of_a_name_that_is_no_text_is_written(planted: types.ModuleType, tmp_path: Path) -> None:
    def fail(_arguments: list[str]) -> int:
        raise ValueError("\udcb0\udce0")

    planted.main = fail
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("WATCHFLOOR_DATA", str(tmp_path))
        assert main.main(["gateway"]) == 1
    assert r"ValueError: \udcb0\udce0" in next((tmp_path / "crashes").iterdir()).read_text(encoding="utf-8")


@pytest.fixture
def homeless(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever runs this has no home, as in many containers."""

    def nowhere() -> Path:
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.setattr(Path, "home", nowhere)
    for name in ("WATCHFLOOR_DATA", "XDG_DATA_HOME", "LOCALAPPDATA"):
        monkeypatch.delenv(name, raising=False)


WHERE_TO = "no home folder of this user is known: set WATCHFLOOR_DATA to a folder for data"


@pytest.mark.usefixtures("homeless")
def test_whoever_has_no_home_is_told_what_to_set(planted: types.ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    planted.main = lambda _arguments: bool(data_folder())
    assert main.main(["gateway"]) == 1
    assert capsys.readouterr().err == f"watchfloor: {WHERE_TO}.\n"

    def fail(_arguments: list[str]) -> int:
        raise ValueError("oh")

    planted.main = fail
    assert main.main(["gateway"]) == 1
    told = f"watchfloor: `gateway` failed: ValueError: oh. The details could not be written: {WHERE_TO}.\n"
    assert capsys.readouterr().err == told


@pytest.mark.usefixtures("homeless")
def test_the_doctor_examines_a_machine_without_a_home(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main.main(["doctor", "--zip", str(tmp_path / "out.zip")]) == 1
    told = capsys.readouterr().out
    assert "lacking  Data folder        no home folder of this user is known\n" in told
    assert "-> set WATCHFLOOR_DATA to a folder for data\n" in told
    assert (tmp_path / "out.zip").exists()


def test_a_reader_of_a_pipe_may_stop_reading(repository: Path) -> None:
    code = (
        "import main, sys, types\n"
        "planted = types.ModuleType('planted')\n"
        "planted.main = lambda arguments: [sys.stdout.write('a line of the floor\\n') for _ in range(100000)] and 0\n"
        "sys.modules['planted'] = planted\n"
        "sys.exit(main.run('figures', 'planted', []))\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code], cwd=repository, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        said = process.stderr.read()
    assert (process.returncode, said) == (0, b"")


def test_an_environment_that_cannot_be_made_is_one_line_but_the_doctor_still_comes(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(*_: object) -> None:
        raise setup.EnvironmentProblem("no room on the disk")

    monkeypatch.setattr(setup, "prepare", fail)
    seen: list[str] = []
    monkeypatch.setattr(main, "run", lambda name, *_: seen.append(name) or 0)
    assert main.main(["gateway"]) == 1
    assert capsys.readouterr().err == "watchfloor: no room on the disk (`main.py doctor` tells more).\n"
    assert main.main(["doctor"]) == 0
    assert seen == ["doctor"]
    assert capsys.readouterr().err == "watchfloor: no room on the disk.\n"


def test_a_command_that_draws_is_not_started_while_qts_libraries_lack(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(setup, "prepare", lambda *_: None)
    monkeypatch.setattr("console.machine.system_libraries.missing", lambda on_screen: ["libxcb-cursor.so.0"])
    monkeypatch.setattr("shutil.which", lambda name: f"/usr/bin/{name}" if name == "apt" else None)
    monkeypatch.setattr(main, "run", lambda *_: pytest.fail("it was started"))
    assert main.main(["wall"]) == 1
    assert capsys.readouterr().err.endswith("Run: sudo apt install libxcb-cursor0\n")


def test_a_python_that_is_too_old_looks_for_another_and_else_says_which_it_needs(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 9, 0))
    monkeypatch.setattr("shutil.which", lambda _name: None)
    assert main.main(["gateway"]) == 2
    assert "needs Python 3.11, 3.12 or 3.13, but this is 3.9" in capsys.readouterr().err
    calls: list[list[str]] = []
    monkeypatch.setattr("shutil.which", lambda name: "/bin/other" if name == "python3.12" else None)
    monkeypatch.setattr("subprocess.call", lambda command, **_: calls.append(command) or 0)
    if os.name != "nt":  # a child would be left behind where this process is ended
        monkeypatch.setattr("os.execvp", lambda name, command: calls.append(command) or sys.exit(0))
        with pytest.raises(SystemExit, match="0"):
            main.main(["gateway", "--help"])
    else:
        assert main.main(["gateway", "--help"]) == 0
    assert calls[-1] == ["/bin/other", str(main.ROOT / "main.py"), "gateway", "--help"]


def test_a_python_of_ten_years_ago_can_read_the_entry(repository: Path) -> None:
    source = (repository / "main.py").read_text(encoding="utf-8")
    tree = ast.parse(source, feature_version=(3, 6))
    assert not [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module == "__future__"]
    compile(tree, "main.py", "exec")


def test_the_entry_finds_its_own_packages_where_python_does_not_look_beside_scripts(
    repository: Path, tmp_path: Path
) -> None:
    done = subprocess.run(
        [sys.executable, str(repository / "main.py"), "check", "--help"], cwd=tmp_path,
        env={**os.environ, "PYTHONSAFEPATH": "1"}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize(("arguments", "code"), [(("check", "demo"), 0), (("nonsense",), 2)])
def test_a_command_that_nobody_can_hear_ends_as_it_would(
    repository: Path, tmp_path: Path, arguments: tuple[str, ...], code: int
) -> None:
    deaf = "import os, sys; os.close(1); os.close(2); os.execv(sys.executable, [sys.executable, *sys.argv[1:]])"
    done = subprocess.run(
        [sys.executable, "-c", deaf, str(repository / "main.py"), *arguments],
        env={**os.environ, "WATCHFLOOR_DATA": str(tmp_path)}, check=False,
    )  # fmt: skip
    assert done.returncode == code
    assert not (tmp_path / "crashes").exists()
