"""The lock file: it satisfies pyproject.toml, pins everything by hash and names no registry."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from config.environment.requirements import Requirement, locked_requirements, project_requirements

PYTHONS = ("3.11.9", "3.12.7", "3.13.1")


@pytest.fixture(scope="module")
def pins(repository: Path) -> list[Requirement]:
    return locked_requirements(repository / "requirements.lock")


@pytest.mark.parametrize("python", PYTHONS)
@pytest.mark.parametrize("system", ["linux", "win32"])
def test_the_lock_satisfies_the_project_on(
    repository: Path, pins: list[Requirement], python: str, system: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.platform", system)
    monkeypatch.setattr("platform.python_version", lambda: python)
    there = {pin.name: pin.specifiers[0][1] for pin in pins if pin.applies()}
    wanted = project_requirements(repository / "pyproject.toml", ["dev"])
    assert [str(one) for one in wanted if not (one.name in there and one.allows(there[one.name]))] == []
    assert len(wanted) > 15


def test_every_pin_is_exact_and_has_a_hash(repository: Path, pins: list[Requirement]) -> None:
    assert [str(pin) for pin in pins if [operator for operator, _ in pin.specifiers] != ["=="]] == []
    text = (repository / "requirements.lock").read_text(encoding="utf-8")
    blocks = re.split(r"^(?=[a-z0-9])", text, flags=re.MULTILINE)[1:]
    assert len(blocks) == len(pins)
    assert [block.splitlines()[0] for block in blocks if "--hash=sha256:" not in block] == []


def test_the_lock_names_no_registry(repository: Path) -> None:
    text = (repository / "requirements.lock").read_text(encoding="utf-8")
    assert re.findall(r"^.*(?:://|--(?:extra-)?index|--find-links|--trusted-host).*$", text, re.MULTILINE) == []


def test_qt_is_held_below_the_release_that_loses_references(pins: list[Requirement], repository: Path) -> None:
    wanted = {one.name: one for one in project_requirements(repository / "pyproject.toml")}["pyside6-essentials"]
    assert [wanted.allows(version) for version in ("6.7.3", "6.8.0", "6.11.3", "6.12.0")] == [False, True, True, False]
