"""Every refusal and end of an order has words in every language of the desk, found by reading the gateway's code."""

from __future__ import annotations

import ast
import string
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from console.given import Given
from console.ordering.present import summary
from console.phrases.said import worded
from console.sight import Entities, Sight
from console.words import LANGUAGES, Words, catalogue
from feeds.entities import Label, SiteInfo
from feeds.said import parts, said

GATEWAY = ("ordering/*.py", "credentials.py")
"""Modules of feeds/gateway that say no to orders and to consoles."""
SOURCES = ("simulator/acting.py", "asterisk/acting.py")
ENDS = {"refused", "failed", "unknown"}


def modules(repository: Path) -> list[Path]:
    feeds = repository / "feeds"
    found = sorted((feeds / "rules").glob("*.py")) + [feeds / "sources" / name for name in SOURCES]
    for pattern in GATEWAY:
        here = sorted((feeds / "gateway").glob(pattern))
        assert here, f"nothing is called {pattern} any more"
        found += here
    return found


def codes(repository: Path) -> dict[str, set[str]]:
    """Every code that `said` is called with, and the blanks that are filled in at all of its calls."""
    found: dict[str, set[str]] = {}
    for path in sorted((repository / "feeds").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "said":
                code = node.args[0]
                assert isinstance(code, ast.Constant), f"{path.name}:{node.lineno}: a code is written out"
                values = {str(keyword.arg) for keyword in node.keywords}
                found[code.value] = found.get(code.value, values) & values
    return found


def is_bare(node: ast.expr | None) -> bool:
    """Whether an expression is a sentence that no code stands for."""
    if isinstance(node, ast.JoinedStr):
        return any(is_bare(part) for part in node.values)
    return isinstance(node, ast.Constant) and isinstance(node.value, str) and " " in node.value


def bare_refusals(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        said_no: list[ast.expr | None] = []
        if isinstance(node, ast.Return):
            said_no = [node.value, *(node.value.elts[1:] if _is_end(node.value) else [])]
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("Ended", "_Refusal"):
            said_no = list(node.args)
        for one in said_no:
            if is_bare(one):
                yield f"{path.name}:{node.lineno}"  # type: ignore[attr-defined]


def _is_end(node: ast.expr | None) -> bool:
    first = node.elts[0] if isinstance(node, ast.Tuple) and node.elts else None
    return isinstance(first, ast.Constant) and first.value in ENDS


def blanks(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_refusal_and_end_has_words_in_every_language(repository: Path, language: str) -> None:
    known, found = catalogue(language), codes(repository)
    assert len(found) > 100
    assert sorted(code for code in found if f"said.{code}" not in known) == []


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_words_use_no_value_that_the_gateway_does_not_send(repository: Path, language: str) -> None:
    known, found = catalogue(language), codes(repository)
    assert {code: more for code, values in found.items() if (more := blanks(known[f"said.{code}"]) - values)} == {}


def test_no_refusal_of_the_rules_and_of_orders_goes_without_a_code(repository: Path) -> None:
    assert [place for path in modules(repository) for place in bare_refusals(path)] == []


def test_the_search_finds_a_refusal_without_a_code(tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.py"
    wrong.write_text('def a(x):\n    return f"no {x}"\n\n\ndef b():\n    return "refused", "not now"\n')
    assert list(bare_refusals(wrong)) == ["wrong.py:2", "wrong.py:6"]


def a_sight() -> Sight:
    queues = [Label("claim", "报案", "Claims"), Label("vip", "VIP 专席", "VIP")]
    site = SiteInfo(
        key="site:s", rev=1, short="S", zh="现场", en="Floor", zone="Asia/Shanghai", groups=[], seat_types=[],
        queues=queues, teams=[Label("t1", "一班", "Team 1")], vendors=[], seats=1, service_seconds=20, minimum_sample=1,
        limits=[], pages=[], headlines=[], rotate_seconds=20, theme="dark", language="zh_CN", diagonal_inches=55.0,
        farthest_metres=4.0,
    )  # fmt: skip
    return Sight(entities=Entities([site]), now=0, held=0, stale=False, age=0.0)


def test_ids_are_shown_by_their_names_and_lists_in_the_manner_of_the_language() -> None:
    refusal = parts(said("effect.join", "{queues}", queues=["claim", "vip"]))
    found = {one: worded(a_sight(), refusal.code, refusal.values, refusal.text, Words(one)) for one in LANGUAGES}
    assert found["zh_CN"] == "从现在起服务 报案、VIP 专席"
    assert found["en"] == "serves Claims, VIP from now on"


def test_a_quota_says_its_numbers_and_the_team_by_name() -> None:
    refusal = parts(said("break.full", "{away}{quota}{team}", away=3, quota=3, team="t1"))
    assert worded(a_sight(), refusal.code, refusal.values, "", Words("en")) == "3 of 3 of Team 1 are on break"


def test_what_a_newer_gateway_says_is_shown_in_english() -> None:
    words = Words("zh_CN")
    assert worded(a_sight(), "later.new", {}, "something new", words) == "something new"
    assert worded(a_sight(), "break.full", {"who": "x"}, "said otherwise", words) == "said otherwise"
    assert worded(a_sight(), "", {}, "no code", words) == "no code"


def test_what_begins_only_when_present_work_is_over_is_not_counted_as_done() -> None:
    given = [Given(str(number), "seat:s", "seat.pause", {}, phase="done") for number in range(3)]
    given.append(replace(given[0], code="after_call.pause"))
    given.append(replace(given[0], phase="refused"))
    assert summary(given, Words("en")) == "3 done · 1 taken on · 1 refused"
