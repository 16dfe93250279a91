"""Who may import whom, seen at work: the contracts catch each fault, and what needs no screen runs without Qt."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

import main

pytestmark = pytest.mark.slow  # together they take seconds; the quick part has a minute for all

WITHOUT_QT = """
import importlib, sys

class NoQt:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in ("PySide6", "shiboken6", "pyqtgraph"):
            raise ModuleNotFoundError(f"{name} is not there, as on a server", name=name)

sys.meta_path.insert(0, NoQt())
"""


def run(code: str, repository: Path) -> subprocess.CompletedProcess[str]:
    """Run that code by a new Python in the repository."""
    return subprocess.run(
        [sys.executable, "-c", code], cwd=repository, capture_output=True, text=True, encoding="utf-8", check=False
    )


def test_feeds_and_config_import_where_qt_does_not(repository: Path, own_modules: dict[str, Path]) -> None:
    names = [name for name in own_modules if name.split(".")[0] in ("feeds", "config")]
    code = f"{WITHOUT_QT}\nfor name in {names!r}:\n    importlib.import_module(name)\nprint(len(sys.modules))"
    done = run(code, repository)
    assert len(names) > 10
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("name", [name for name, command in main.COMMANDS.items() if command.module])
def test_the_module_of_a_command_has_a_main_and_imports_qt_only_to_draw(repository: Path, name: str) -> None:
    command = main.COMMANDS[name]
    needs_qt = command.draws and name != "test"
    head = "import importlib" if needs_qt else WITHOUT_QT
    done = run(f"{head}\nprint(callable(importlib.import_module({command.module!r}).main))", repository)
    assert done.stdout == "True\n", done.stderr


def imported(path: Path) -> set[str]:
    """The top-level packages that a file imports anywhere in it."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module.split(".")[0])
    return found


def test_widgets_import_neither_feeds_nor_config_nor_console(own_modules: dict[str, Path]) -> None:
    found = {name: imported(path) for name, path in own_modules.items() if name.split(".")[0] == "widgets"}
    assert found
    assert {name: names for name, names in found.items() if names & {"feeds", "config", "console"}} == {}


def test_nothing_imports_main(own_modules: dict[str, Path]) -> None:
    assert [name for name, path in own_modules.items() if "main" in imported(path)] == []


def test_the_contracts_find_nothing_in_a_sound_project(tmp_path: Path, repository: Path) -> None:
    assert broken(tmp_path, repository, {}) == []


@pytest.mark.parametrize(
    ("module", "line", "contract"),
    [
        ("feeds/planted.py", "import console", "they lean on config alone"),
        ("feeds/planted.py", "import widgets", "they lean on config alone"),
        ("widgets/planted.py", "import config", "widgets know text and tones"),
        ("config/planted.py", "import feeds", "they lean on config alone"),
        ("config/planted.py", "from PySide6 import QtCore", "where there is no screen"),
        ("feeds/planted.py", "def later():\n    import pyqtgraph", "where there is no screen"),
        ("console/wall/present.py", "from PySide6 import QtCore", "decided without Qt"),
        ("console/phrases/planted.py", "from PySide6 import QtCore", "decided without Qt"),
        ("console/doctor/planted.py", "import PySide6", "run where Qt does not"),
        ("console/feeding.py", "from PySide6 import QtCore", "while Qt is still being loaded"),
        ("feeds/planted.py", "import feeds.other", "no circles"),
    ],
)
def test_the_contracts_catch(tmp_path: Path, repository: Path, module: str, line: str, contract: str) -> None:
    other = {"feeds/other.py": "import feeds.planted\n"} if "other" in line else {}
    found = broken(tmp_path, repository, {module: f"{line}\n", **other})
    assert [name for name in found if contract in name], found


def broken(folder: Path, repository: Path, planted: dict[str, str]) -> list[str]:
    """The contracts of ours that import-linter finds broken in a bare project with these files."""
    files = dict.fromkeys(
        ("__init__.py", "selftest.py", "feeding.py", "machine/__init__.py", "machine/mishap.py", "doctor/__init__.py",
         "machine/system_libraries.py", "wall/__init__.py", "wall/options.py", "phrases/__init__.py"), "",
    )  # fmt: skip
    files = {f"console/{name}": text for name, text in files.items()} | {"console/wall/present.py": ""}
    files |= {f"{package}/__init__.py": "" for package in ("config", "feeds", "widgets")} | planted
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    settings = (repository / "pyproject.toml").read_text(encoding="utf-8")
    (folder / "pyproject.toml").write_text(settings[settings.index("[tool.importlinter]") :], encoding="utf-8")
    code = "import sys; sys.path.insert(0, '.'); from importlinter.cli import lint_imports_command as c; sys.exit(c())"
    environment = {**os.environ, "COLUMNS": "200"}
    done = subprocess.run(
        [sys.executable, "-c", code, "--no-cache"],
        cwd=folder, env=environment, capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip
    found = [line for line in done.stdout.splitlines() if line.endswith("BROKEN")]
    assert bool(done.returncode) == bool(found), done.stdout + done.stderr
    return found
