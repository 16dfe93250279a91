"""The other checks of `main.py test` bite too: strict types where there is no screen, a script that CI can run."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from console.machine.system_libraries import PACKAGES

UNTYPED = "def twice(number):\n    return number * 2\n"
VAGUE = "def first(many: list) -> int:\n    return len(many)\n"
PRINTS = '"""Says something."""\n\nprint("hello")\n'


@pytest.mark.slow
def test_types_are_strict_on_config_and_feeds_and_asked_for_everywhere(tmp_path: Path, repository: Path) -> None:
    settings = (repository / "pyproject.toml").read_text(encoding="utf-8")
    own = settings[settings.index("[tool.mypy]") : settings.index("[tool.pytest")]
    (tmp_path / "pyproject.toml").write_text(own, encoding="utf-8")
    (tmp_path / "main.py").write_text("")
    for package in ("config", "feeds", "widgets", "console"):
        (tmp_path / package).mkdir()
        for name, text in {"__init__": "", "untyped": UNTYPED, "vague": VAGUE}.items():
            (tmp_path / package / f"{name}.py").write_text(text)
    done = subprocess.run([sys.executable, "-m", "mypy"], cwd=tmp_path, capture_output=True, text=True, check=False)
    found = {line.split(":")[0].replace("\\", "/") for line in done.stdout.splitlines() if ": error:" in line}
    everywhere = {f"{package}/untyped.py" for package in ("config", "feeds", "widgets", "console")}
    assert found == everywhere | {"config/vague.py", "feeds/vague.py"}


def test_a_module_that_prints_is_refused(tmp_path: Path, repository: Path) -> None:
    (tmp_path / "planted.py").write_text(PRINTS)
    command = [sys.executable, "-m", "ruff", "check", "--no-cache", "--config", str(repository / "pyproject.toml")]
    done = subprocess.run([*command, str(tmp_path)], capture_output=True, text=True, check=False)
    assert "T201" in done.stdout


def test_ci_runs_the_one_command_and_installs_what_qt_needs(repository: Path) -> None:
    script = (repository / ".ci/run").read_text(encoding="utf-8")
    assert script.rstrip().endswith("\nexec python3 main.py test")
    listed = re.search(r"packages=\((.*?)\)", script, re.DOTALL)
    assert listed is not None
    assert {debian for debian, _ in PACKAGES.values()} - set(listed[1].split()) == set()
    assert os.name == "nt" or os.access(repository / ".ci/run", os.X_OK)
