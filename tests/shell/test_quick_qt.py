"""PySide6 loaded from kept bytecode is the same PySide6, and whatever is wrong with what is kept does no harm."""

from __future__ import annotations

import builtins
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from console.machine import quick_qt
from console.machine.quick_qt import HELPERS, Helpers, PatternLater

ROOT = Path(__file__).resolve().parent.parent.parent
TELLS = """
from PySide6.QtCore import QRect
from shibokensupport.signature import get_signature
try:
    QRect("one", 2.5)
except TypeError as error:
    print(error)
print(get_signature(QRect.adjusted), get_signature(QRect.contains))
"""


def python(code: str, folder: Path, **more: str) -> str:
    """What a new Python says that keeps its bytecode in a folder."""
    environment = {**os.environ, "PYTHONPYCACHEPREFIX": str(folder), "QT_QPA_PLATFORM": "offscreen", **more}
    environment = {name: value for name, value in environment.items() if value or name != "PYTHONDONTWRITEBYTECODE"}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def kept(folder: Path) -> list[Path]:
    """The files of helpers' bytecode below a folder."""
    return [path for path in folder.rglob("*") if path.is_file() and path.name.startswith(HELPERS)]


LOAD = "from console.machine import quick_qt; quick_qt.load()"
COUNT = f"""
import builtins
real, compiled = builtins.compile, []
def counting(source, name, *more, **others):
    if str(name).startswith({HELPERS!r}):
        compiled.append(name)
    return real(source, name, *more, **others)
builtins.compile = counting
{LOAD}
print(len(compiled), builtins.compile is counting)
"""


@pytest.mark.slow
def test_errors_and_signatures_are_told_as_without_it(tmp_path: Path) -> None:
    plain = python(TELLS, tmp_path, PYTHONDONTWRITEBYTECODE="")
    assert "Supported signatures" in plain
    for _ in range(2):
        assert python(f"{LOAD}\n{TELLS}", tmp_path, PYTHONDONTWRITEBYTECODE="") == plain


@pytest.mark.slow
def test_the_second_start_compiles_nothing_and_a_damaged_file_only_costs_time(tmp_path: Path) -> None:
    first = python(COUNT, tmp_path, PYTHONDONTWRITEBYTECODE="")
    count = int(first.split()[0])
    assert first == f"{count} True\n"
    assert count > 5
    assert python(COUNT, tmp_path, PYTHONDONTWRITEBYTECODE="") == "0 True\n"
    (file,) = kept(tmp_path)
    whole = file.read_bytes()
    for damaged in (b"", whole[:-1], whole[:5000], b"x" + whole[1:], whole[:-1] + bytes([whole[-1] ^ 1])):
        file.write_bytes(damaged)
        assert python(COUNT, tmp_path, PYTHONDONTWRITEBYTECODE="") == first
        assert file.read_bytes() == whole


@pytest.mark.slow
def test_nothing_is_written_where_python_may_not_write_bytecode(tmp_path: Path) -> None:
    python(LOAD, tmp_path, PYTHONDONTWRITEBYTECODE="1")
    assert kept(tmp_path) == []


def compiling(file: Path) -> tuple[Helpers, Callable[..., Any], list[object]]:
    """Helpers over a file, their `compile`, and the names that the real one was asked for."""
    asked: list[object] = []

    def real(source: object, name: object, *more: Any) -> object:
        asked.append(name)
        return builtins.compile(source, name, *more)  # type: ignore[call-overload]

    helpers = Helpers(file)
    return helpers, helpers.compiling(real), asked


def test_another_text_under_the_same_name_is_compiled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    name = f"{HELPERS}/feature.py"
    helpers, compile_code, asked = compiling(tmp_path / "kept" / "helpers.pyc")
    compile_code(b"x = 1", name, "exec")
    compile_code(b"x = 1", name, "exec")
    compile_code(b"x = 2", name, "exec")
    helpers.keep()
    assert asked == [name, name]
    _, compile_code, asked = compiling(tmp_path / "kept" / "helpers.pyc")
    found: dict[str, object] = {}
    exec(compile_code(b"x = 2", name, "exec"), found)
    assert (asked, found["x"]) == ([], 2)
    compile_code("x = 2", name, "exec")
    compile_code(b"x = 2", "elsewhere.py", "exec")
    compile_code(b"2", name, "eval")
    assert asked == [name, "elsewhere.py", name]


def test_a_folder_that_cannot_be_written_does_no_harm(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    (tmp_path / "file").write_bytes(b"")
    helpers, compile_code, _ = compiling(tmp_path / "file" / "helpers.pyc")
    compile_code(b"x = 1", f"{HELPERS}/feature.py", "exec")
    helpers.keep()
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_a_pattern_is_built_when_it_is_used_and_not_when_it_is_asked_for() -> None:
    built: list[str] = []

    def build() -> re.Pattern[str]:
        built.append("a+")
        return re.compile("a+")

    pattern = PatternLater(build)
    find = pattern.findall
    assert not hasattr(pattern, "__isabstractmethod__")
    assert built == []
    assert find("aa b a") == ["aa", "a"]
    assert (pattern.pattern, pattern.findall("a"), built) == ("a+", ["a"], ["a+"])


def test_nothing_happens_where_pyside_is_loaded_already(qapp: object) -> None:
    before = builtins.compile, re.compile
    quick_qt.load()
    assert (builtins.compile, re.compile) == before


TURNS = f"""
import builtins
import sys
real, turns = builtins.compile, []
def noting(source, name, *more, **others):
    if str(name).startswith({HELPERS!r}):
        turns.append(sys.getswitchinterval())
    return real(source, name, *more, **others)
builtins.compile = noting
before = sys.getswitchinterval()
{LOAD}
print(min(turns) > 10 * before, sys.getswitchinterval() == before)
"""


@pytest.mark.slow
def test_no_thread_that_imports_takes_its_turn_while_pyside_walks_through_all_modules(tmp_path: Path) -> None:
    assert python(TURNS, tmp_path, PYTHONDONTWRITEBYTECODE="") == "True True\n"
