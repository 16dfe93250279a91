"""What holds for every file: where it may lie, how it opens, and that it knows nothing of one machine."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

import main

TOP = {
    "config", "console", "feeds", "resources", "tests", "widgets",
    "main.py", "pyproject.toml", "requirements.lock",
    "README.md", "CONTRIBUTING.md", "CHANGELOG.md", "LICENSE",
}  # fmt: skip
# A home, or a folder of the machine that it was written on; a path in a text is only one when something follows it.
MACHINE = re.compile(rb"(?<![\w.~>])/(?:home|root|work|Users|opt/(?:pypi|wheels))/[\w.]|[A-Z]:\\Users\\\w")
REGISTRY = re.compile(rb"(?i)(?:py" rb"pi\.org|python" rb"hosted|npm" rb"js\.org|deb\." rb"debian\.org)")
EXAMPLES = re.compile(rb"/(?:home|Users)/(?:USER|NAME|<)|C:\\Users\\(?:USER|NAME|<)")


def test_the_top_of_the_project_holds_only_what_the_architecture_names(repository: Path, own_files: list[Path]) -> None:
    names = {path.relative_to(repository).parts[0] for path in own_files}
    assert sorted(name for name in names if name not in TOP and not name.startswith(".")) == []


def test_no_file_names_a_path_of_one_machine(repository: Path, own_files: list[Path]) -> None:
    found = []
    for path in own_files:
        content = path.read_bytes()
        if b"\0" not in content[:8000]:
            lines = enumerate(EXAMPLES.sub(b"", content).splitlines(), 1)
            found += [f"{path.relative_to(repository)}:{number}" for number, line in lines if MACHINE.search(line)]
    assert found == []


def test_no_file_names_a_registrys_host(repository: Path, own_files: list[Path]) -> None:
    found = [path.relative_to(repository) for path in own_files if REGISTRY.search(path.read_bytes())]
    assert found == []
    assert REGISTRY.search(b"https://" + b".".join([b"files", b"python" + b"hosted", b"org"]))


def test_every_link_of_the_documents_leads_somewhere(repository: Path) -> None:
    for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md"):
        links = re.findall(r"\]\((?!https?:)([^)#]+)", (repository / name).read_text(encoding="utf-8"))
        assert [link for link in links if not (repository / link).exists()] == []


def test_the_readme_names_every_command(repository: Path) -> None:
    rows = [line for line in (repository / "README.md").read_text("utf-8").splitlines() if line.startswith("| `")]
    named = {name for row in rows for name in re.findall(r"`([a-z]+)`", row.split("|")[1])}
    assert set(main.COMMANDS) - named == set()


def test_the_search_for_machine_paths_finds_one() -> None:
    home = b"/".join([b"", b"home", b"somebody", b"watchfloor"])
    assert MACHINE.search(b'open("' + home + b'")')
    assert not MACHINE.search(b"see the /homes/ of the brave, and https://example.org/home/page or ~/work/x")


@pytest.mark.slow
def test_every_module_opens_with_a_sentence(own_modules: dict[str, Path]) -> None:
    sentence = re.compile(r"\S.{10,}[.:?]", re.DOTALL)

    def opening(path: Path) -> str:
        return (ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or "").split("\n\n")[0]

    assert [name for name, path in own_modules.items() if not sentence.fullmatch(opening(path))] == []


def test_every_test_module_lies_below_tests(own_files: list[Path], repository: Path) -> None:
    tests = [path for path in own_files if path.name.startswith("test_") and path.suffix == ".py"]
    outside = [path for path in tests if path.relative_to(repository).parts[0] != "tests"]
    assert tests
    assert outside == []
