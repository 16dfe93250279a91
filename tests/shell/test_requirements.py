"""Requirements as the project, the lock and a distribution's metadata write them, compared with what is installed."""

from __future__ import annotations

import importlib.metadata
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from packaging.markers import Marker
from packaging.specifiers import SpecifierSet
from packaging.version import Version

from config.environment import requirements
from config.environment.requirements import Requirement, marker_holds, shortcomings, version_key
from tests.examples import examples

versions = st.from_regex(r"[0-9]{1,3}(\.[0-9]{1,3}){0,3}((a|b|rc)[0-9]|\.post[0-9]|\.dev[0-9])?", fullmatch=True)
finals = st.from_regex(r"[0-9]{1,2}(\.[0-9]{1,2}){1,2}", fullmatch=True)


@settings(max_examples=examples(100))
@given(versions, versions)
def test_versions_of_different_releases_sort_as_the_reference_sorts_them(one: str, other: str) -> None:
    a, b = Version(one), Version(other)
    if a.release != b.release:
        assert (version_key(one) < version_key(other)) == (a < b)
    assert version_key(one) == version_key(one)


@settings(max_examples=examples(100))
@given(finals, st.sampled_from(["==", "!=", ">=", "<=", "<", ">", "~="]), finals)
@example("0.0", "~=", "00.0")
@example("1.2", "~=", "1.2.0")
def test_a_final_release_is_allowed_as_the_reference_allows_it(version: str, operator: str, wanted: str) -> None:
    assert Requirement.parse(f"some-thing{operator}{wanted}").allows(version) == (
        Version(version) in SpecifierSet(f"{operator}{wanted}")
    )


@pytest.mark.parametrize(
    ("marker", "system", "python"),
    [
        ("sys_platform == 'win32'", "win32", "3.11.7"),
        ("sys_platform == 'win32' and python_version < '3.12'", "linux", "3.11.7"),
        ("python_full_version >= '3.12' or os_name == 'nt'", "linux", "3.12.1"),
        ("(sys_platform != 'win32' and platform_python_implementation == 'CPython')", "linux", "3.13.0"),
        ("'linux' in sys_platform", "linux", "3.11.0"),
        ("python_version not in '3.10 3.11'", "linux", "3.11.0"),
    ],
)
def test_a_marker_holds_where_the_reference_says_so(marker: str, system: str, python: str) -> None:
    names = {
        "sys_platform": system,
        "os_name": "nt" if system == "win32" else "posix",
        "python_full_version": python,
        "python_version": python.rpartition(".")[0],
    }
    assert marker_holds(marker, names) == Marker(marker).evaluate(names)


def test_a_marker_that_is_no_marker_says_which() -> None:
    with pytest.raises(ValueError, match=r"cannot read the environment marker 'sys_platform\(\)'"):
        marker_holds("sys_platform()")


@pytest.mark.parametrize(
    ("line", "name", "specifiers"),
    [
        ("PySide6_Essentials>=6.8,<6.12", "pyside6-essentials", ((">=", "6.8"), ("<", "6.12"))),
        ("shiboken6 (==6.11.3) ; extra == 'x'", "shiboken6", (("==", "6.11.3"),)),
        ("uvicorn[standard] ~= 0.30", "uvicorn", (("~=", "0.30"),)),
        ("own @ file:///somewhere/own-1.0.whl", "own", ()),
    ],
)
def test_a_requirement_is_read_as_it_is_written(line: str, name: str, specifiers: tuple[tuple[str, str], ...]) -> None:
    read = Requirement.parse(line)
    assert (read.name, read.specifiers) == (name, specifiers)


class Installed(importlib.metadata.Distribution):
    """A distribution that is installed nowhere but here."""

    def __init__(self, text: str | None) -> None:
        self._text = text

    def read_text(self, filename: str) -> str | None:
        return self._text if filename == "METADATA" else None

    def locate_file(self, path: object) -> Path:
        return Path(str(path))


@pytest.fixture
def environment(monkeypatch: pytest.MonkeyPatch) -> dict[str, str | None]:
    """What is installed: a name to its metadata."""
    there: dict[str, str | None] = {}

    def distribution(name: str) -> Installed:
        if name not in there:
            raise importlib.metadata.PackageNotFoundError(name)
        return Installed(there[name])

    monkeypatch.setattr(requirements.importlib.metadata, "distribution", distribution)
    return there


def metadata(version: str, *requires: str) -> str:
    head = ["Metadata-Version: 2.1", "Name: one", f"Version: {version}"]
    lines = [*head, *(f"Requires-Dist: {one}" for one in requires)]
    return "\n".join(lines) + "\n"


def test_what_a_package_needs_in_turn_is_looked_at_too(environment: dict[str, str | None]) -> None:
    environment |= {"one": metadata("1.5", "two>=2", "three; extra == 'all'", "one"), "two": metadata("1.0")}
    assert shortcomings([Requirement.parse("one>=1")]) == ["two is 1.0, but one needs two>=2"]


def test_a_package_that_is_missing_or_too_young_is_named_with_what_is_wanted(
    environment: dict[str, str | None],
) -> None:
    environment["qt"] = metadata("6.12.0")
    assert shortcomings([Requirement.parse("qt>=6.8,<6.12"), Requirement.parse("away")]) == [
        "qt is 6.12.0, but Watchfloor needs qt>=6.8,<6.12",
        "away is not installed (Watchfloor needs it)",
    ]


@pytest.mark.parametrize("text", [None, "Name: half\n"], ids=["no file", "no version"])
def test_a_package_whose_installation_was_cut_short_counts_as_damaged(
    environment: dict[str, str | None], text: str | None
) -> None:
    environment["half"] = text
    assert shortcomings([Requirement.parse("half>=1")]) == ["half is damaged, but Watchfloor needs half>=1"]


def test_a_package_for_another_platform_is_not_missed(environment: dict[str, str | None]) -> None:
    assert shortcomings([Requirement.parse("colorama; sys_platform == 'another'")]) == []
