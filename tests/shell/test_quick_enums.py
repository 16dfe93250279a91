"""Enumerations that are built quickly are those that Python builds; what is unlike PySide6's is left to Python."""

from __future__ import annotations

import enum
import json
import os
import pickle
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from console.machine import quick_enums

ROOT = Path(__file__).resolve().parent.parent.parent
Pairs = list[tuple[str, int]]

LISTED = """
import enum, json, re
from console.machine.quick_enums import anatomy
from PySide6 import QtCore, QtGui, QtWidgets
seen = {}
def look(holder, path):
    for name, part in sorted(vars(holder).items()):
        if isinstance(part, enum.EnumMeta):
            told = {key: re.sub(" at 0x[0-9a-f]+", "", repr(value)) for key, value in anatomy(part).items()}
            several = [part(value) for value in part._value2member_map_]
            seen[f"{path}.{name}"] = [told, part.__module__, part.__qualname__, repr(list(part)), repr(several)]
        elif isinstance(part, type) and path.count(".") < 2:
            look(part, f"{path}.{name}")
for module in (QtCore, QtGui, QtWidgets):
    for name in dir(module):
        getattr(module, name)
    look(module, module.__name__)
print(json.dumps(seen, sort_keys=True))
"""


@pytest.fixture
def quick() -> Iterator[None]:
    quick_enums.begin()
    yield
    quick_enums.end()


def listed(before: str = "", after: str = "") -> list[str]:
    """All enumerations of PySide6's three modules in a new Python, and what it says after them."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    code = f"{before}\n{LISTED}\n{after}"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout.splitlines()


@pytest.mark.slow
def test_all_enumerations_of_pyside_are_as_python_builds_them() -> None:
    (python,) = listed()
    counting = """
from console.machine import quick_enums
real, built = quick_enums._build, []
quick_enums._build = lambda *given: (built.append(1), real(*given))[1]
quick_enums.begin()
"""
    ours, count = listed(counting, "print(len(built))")
    plain, quickly = json.loads(python), json.loads(ours)
    assert quickly.keys() == plain.keys()
    for name, told in plain.items():
        assert quickly[name] == told, name
    assert int(count) > 0.9 * len(plain) > 300


@pytest.mark.parametrize("kind", quick_enums.KINDS)
def test_a_quick_one_has_the_very_parts_of_pythons(kind: type[enum.Enum], quick: None) -> None:
    pairs: Pairs = [("B", 4), ("Zero", 0), ("A", 1), ("Same", 4), ("Mixed", 5), ("C", 2)]
    ours = kind("Made", pairs)  # type: ignore[call-overload]
    quick_enums.end()
    theirs = kind("Made", pairs)  # type: ignore[call-overload]
    assert quick_enums._known[kind]
    assert quick_enums.anatomy(ours) == quick_enums.anatomy(theirs)
    assert (ours.__module__, ours["Same"], ours(4).name) == (__name__, ours.B, "B")
    assert [member.name for member in ours] == [member.name for member in theirs]
    assert all(ours(member.value) is member for member in ours)
    if issubclass(kind, enum.Flag):
        assert repr(ours(3)) == repr(theirs(3))
        assert (ours.A | ours.C).value == 3
        assert (~ours.A).value == (~theirs.A).value


Pickled = enum.Flag("Pickled", [("One", 1), ("Two", 2)])


def test_a_quick_one_can_be_kept_and_read_back(quick: None, monkeypatch: pytest.MonkeyPatch) -> None:
    made = enum.Flag("Pickled", [("One", 1), ("Two", 2)], module=__name__)
    monkeypatch.setitem(globals(), "Pickled", made)
    assert pickle.loads(pickle.dumps(made["Two"])) is made["Two"]


@pytest.mark.parametrize(
    "names",
    [
        "ONE TWO",
        ["ONE", "TWO"],
        [("ONE", "1")],
        [("real", 1)],
        [("_one", 1)],
        [("ONE", -1)],
        {"ONE": 1},
        [("ONE", True)],
    ],
)
def test_what_pyside_does_not_ask_for_is_left_to_python(
    names: object, quick: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*given: object) -> None:
        raise AssertionError("built here")

    monkeypatch.setattr(quick_enums, "_build", refuse)
    made = enum.Enum("Made", names)  # type: ignore[misc,arg-type]
    assert len(made.__members__) >= 1
    assert made.__module__ == __name__


def test_a_python_whose_enumerations_have_other_parts_builds_them_itself(
    quick: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(quick_enums, "_known", {})
    monkeypatch.setattr(quick_enums, "anatomy", lambda built: id(built))
    built: list[object] = []
    real = quick_enums._build
    monkeypatch.setattr(quick_enums, "_build", lambda *given: (built.append(given[1]), real(*given))[1])
    made = enum.Enum("Made", [("ONE", 1)])
    assert (built, made["ONE"].value) == (["Sample"], 1)


def test_after_the_end_python_builds_them(quick: None) -> None:
    quick_enums.end()
    assert enum.EnumType._create_ is quick_enums._python  # type: ignore[attr-defined]
