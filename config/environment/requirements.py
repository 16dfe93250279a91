"""What the programs need: requirements as the project states them, compared with what an environment really holds."""

from __future__ import annotations

import ast
import importlib.metadata
import os
import platform
import re
import sys
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

_REQUIREMENT = re.compile(
    r"^\s*(?P<name>[A-Za-z0-9][A-Za-z0-9._-]*)\s*(?:\[[^\]]*\])?\s*(?P<rest>[^;]*)(?:;(?P<marker>.*))?$"
)
_SPECIFIER = re.compile(r"(===|==|~=|!=|<=|>=|<|>)\s*([^\s,()]+)")
_VERSION = re.compile(r"^v?(?:(\d+)!)?(\d+(?:\.\d+)*)(.*)$")

VersionKey = tuple[int, tuple[int, ...], int, str]


def canonical(name: str) -> str:
    """The one spelling of a distribution's name, so that `PySide6_Essentials` and `pyside6-essentials` are the same."""
    return re.sub(r"[-_.]+", "-", name).lower()


def version_key(version: str) -> VersionKey:
    """A sortable form of a version: epoch, release numbers, then pre-release below final below post-release.

    Raises ValueError when the text is no version at all.
    """
    match = _VERSION.match(version.strip().lower())
    if match is None:
        raise ValueError(f"not a version: {version!r}")
    release = [int(part) for part in match[2].split(".")]
    while len(release) > 1 and release[-1] == 0:
        release.pop()
    suffix = match[3].split("+")[0].lstrip(".-_")
    phase = 0 if not suffix else (1 if suffix.startswith(("post", "rev", "r")) and not suffix.startswith("rc") else -1)
    return int(match[1] or 0), tuple(release), phase, suffix


def _begins(version: str, prefix: str) -> bool:
    """Whether a version's release begins with these numbers; `00` is 0, and what is not written is 0 as well."""
    have, want = _VERSION.match(version.strip().lower()), _VERSION.match(prefix.strip().lower())
    if have is None or want is None:
        raise ValueError(f"not a version: {version if have is None else prefix!r}")
    numbers, wanted = ([int(part) for part in match[2].split(".")] for match in (have, want))
    numbers += [0] * (len(wanted) - len(numbers))
    return (have[1], numbers[: len(wanted)]) == (want[1], wanted)


def _matches(version: str, operator: str, wanted: str) -> bool:
    if wanted.endswith(".*"):
        inside = _begins(version, wanted[:-2])
        return inside if operator == "==" else not inside
    if operator == "~=":
        return version_key(version) >= version_key(wanted) and _begins(version, wanted.rpartition(".")[0])
    have, want = version_key(version), version_key(wanted)
    return {
        "==": have == want,
        "===": version == wanted,
        "!=": have != want,
        "<": have < want,
        "<=": have <= want,
        ">": have > want,
        ">=": have >= want,
    }[operator]


def _marker_names() -> dict[str, str]:
    return {
        "extra": "",
        "implementation_name": sys.implementation.name,
        "os_name": os.name,
        "platform_machine": platform.machine(),
        "platform_python_implementation": platform.python_implementation(),
        "platform_release": platform.release(),
        "platform_system": platform.system(),
        "platform_version": platform.version(),
        "python_full_version": platform.python_version(),
        "python_version": ".".join(platform.python_version_tuple()[:2]),
        "sys_platform": sys.platform,
    }


def marker_holds(marker: str, names: Mapping[str, str] | None = None) -> bool:
    """Whether an environment marker such as `sys_platform == 'win32' and python_version < '3.12'` is true here."""
    known = {**_marker_names(), **(names or {})}
    return _evaluate(ast.parse(marker.strip(), mode="eval").body, known, marker)


def _evaluate(node: ast.expr, known: Mapping[str, str], marker: str) -> bool:
    if isinstance(node, ast.BoolOp):
        answers = [_evaluate(value, known, marker) for value in node.values]
        return all(answers) if isinstance(node.op, ast.And) else any(answers)
    if isinstance(node, ast.Compare) and len(node.ops) == 1:
        sides = [node.left, node.comparators[0]]
        left, right = (_text(side, known, marker) for side in sides)
        operator = node.ops[0]
        if isinstance(operator, ast.In | ast.NotIn):
            return (left in right) == isinstance(operator, ast.In)
        symbols: dict[type[ast.cmpop], str] = {
            ast.Eq: "==", ast.NotEq: "!=", ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=",
        }  # fmt: skip
        symbol = symbols[type(operator)]
        if any(isinstance(side, ast.Name) and side.id.startswith("python_") for side in sides):
            return _matches(left, symbol, right)
        return (left == right) if symbol == "==" else (left != right)
    raise ValueError(f"cannot read the environment marker {marker!r}")


def _text(node: ast.expr, known: Mapping[str, str], marker: str) -> str:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.Name) and node.id in known:
        return known[node.id]
    raise ValueError(f"cannot read the environment marker {marker!r}")


@dataclass(frozen=True)
class Requirement:
    """One distribution and the versions of it that will do."""

    name: str
    specifiers: tuple[tuple[str, str], ...] = ()
    marker: str = ""

    @classmethod
    def parse(cls, line: str) -> Requirement:
        """Read one requirement as pyproject.toml, a lock file or a distribution's metadata writes it.

        Raises ValueError when the line is no requirement.
        """
        match = _REQUIREMENT.match(line)
        if match is None:
            raise ValueError(f"not a requirement: {line!r}")
        specifiers = () if match["rest"].lstrip().startswith("@") else tuple(_SPECIFIER.findall(match["rest"]))
        return cls(canonical(match["name"]), specifiers, (match["marker"] or "").strip())

    def allows(self, version: str) -> bool:
        """Whether that version of the distribution will do."""
        return all(_matches(version, operator, wanted) for operator, wanted in self.specifiers)

    def applies(self) -> bool:
        """Whether this Python on this platform needs it at all."""
        return not self.marker or marker_holds(self.marker)

    def __str__(self) -> str:
        return self.name + ",".join(operator + wanted for operator, wanted in self.specifiers)


def project_requirements(pyproject: Path, groups: Iterable[str] = ()) -> list[Requirement]:
    """What the project needs to run, and for the named dependency groups (`dev`) what they add to that."""
    with pyproject.open("rb") as file:
        content = tomllib.load(file)
    lines: list[str] = list(content["project"]["dependencies"])
    for group in groups:
        lines += content["dependency-groups"][group]
    return [Requirement.parse(line) for line in lines]


def locked_requirements(lock: Path) -> list[Requirement]:
    """The pins of a lock file, without their hashes."""
    lines = lock.read_text(encoding="utf-8").splitlines()
    return [Requirement.parse(line.rstrip("\\ ")) for line in lines if line[:1].isalnum()]


@dataclass
class _Walk:
    """Requirements that were looked at, and what was wrong with them."""

    seen: set[str] = field(default_factory=set)
    wrong: list[str] = field(default_factory=list)


def shortcomings(requirements: Iterable[Requirement]) -> list[str]:
    """What this environment lacks of them and of all they need in turn, one line each; empty when complete."""
    walk = _Walk()
    for requirement in requirements:
        _look(requirement, "Watchfloor", walk)
    return walk.wrong


def _look(requirement: Requirement, wanted_by: str, walk: _Walk) -> None:
    if re.search(r"\bextra\b", requirement.marker) or not requirement.applies():
        return
    try:
        distribution = importlib.metadata.distribution(requirement.name)
    except importlib.metadata.PackageNotFoundError:
        walk.wrong.append(f"{requirement} is not installed ({wanted_by} needs it)")
        return
    version = _version(distribution)
    if not version or not requirement.allows(version):
        walk.wrong.append(f"{requirement.name} is {version or 'damaged'}, but {wanted_by} needs {requirement}")
        return
    if requirement.name not in walk.seen:
        walk.seen.add(requirement.name)
        for line in distribution.requires or ():
            _look(Requirement.parse(line), requirement.name, walk)


def _version(distribution: importlib.metadata.Distribution) -> str:
    try:
        return "".join(distribution.metadata.get_all("Version") or ())
    except (AttributeError, TypeError):  # an interrupted installation can leave a folder without its METADATA file
        return ""
