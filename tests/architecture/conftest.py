"""What the tests of the architecture look at: the project's own files and modules."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

PACKAGES = ("config", "console", "feeds", "widgets")


@pytest.fixture(scope="session")
def own_files(repository: Path) -> list[Path]:
    """Every file that is, or is about to be, part of the project."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    try:
        listed = subprocess.run(command, cwd=repository, capture_output=True, text=True, encoding="utf-8", check=True)
    except (OSError, subprocess.CalledProcessError):  # an unpacked archive has no git
        hidden = (".venv", ".git", "__pycache__", "_cache")
        every = [path.relative_to(repository) for path in repository.rglob("*") if path.is_file()]
        return [repository / path for path in every if not any(part.endswith(hidden) for part in path.parts)]
    names = sorted(set(listed.stdout.split("\0")) - {""})
    return [repository / name for name in names if (repository / name).is_file()]


@pytest.fixture(scope="session")
def own_modules(repository: Path) -> dict[str, Path]:
    """Every module of the four packages by its dotted name."""
    found = {}
    for package in PACKAGES:
        for path in sorted((repository / package).rglob("*.py")):
            name = ".".join(path.relative_to(repository).with_suffix("").parts)
            found[name.removesuffix(".__init__")] = path
    return found
