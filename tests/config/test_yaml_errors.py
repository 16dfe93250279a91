"""A text that is no YAML is told where the mistake was made, which is seldom where the parser notices it."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from config import nodes
from config.load import shipped_sites
from tests.config.sites import HERE, mistakes, places, write

CASES = {
    "quotation mark to the end": ('id: a\nshort: ▸"95518\nzone: UTC\n', "never closed; close it where the text ends"),
    "single quotation mark": ("agents:\n  - {id: ▸'1101, team: one}\n  - {id: 2}\n", "opens here and is never closed"),
    "mark to the next": ('id: a\nshort: ▸"95518\nzone: "UTC"\nb: 1\n', "opens here and closes only on line 3"),
    "brace": ("a: 1\ngroups: ▸{id: first\nzone: UTC\n", "`{` opens here and is not closed by `}` before line 3"),
    "bracket": ("a: 1\ngroups: ▸[first\nzone: UTC\n", "`[` opens here and is not closed by `]` before line 3"),
    "bracket to the end": ("a: 1\ngroups: ▸[first, second\n", "`[` opens here and is not closed by `]`"),
    "comma in a list of many lines": ("a: [\n  b,\n  c\n  d▸: 1,\n  e,\n]\n", "while parsing a flow sequence"),
    "other bracket": ("a: [1, 2▸}\n", "`}` closes nothing here; first close `[` of line 1, column 4 by `]`"),
    "bracket with nothing in it": ("a: [1]\nb: ['[', {c: ▸[\n", "`[` opens here and is never closed by `]`"),
    "bracket before a comment": ("a: ▸[  # [1, 2] {\n", "`[` opens here and is never closed by `]`"),
    "star": ("rights: [▸*]\n", "no text begins with `*`; put it in quotation marks"),
    "apostrophe": ("a: {b: 'Bob'▸s queue', c: 1}\n", "marks close before this; write `''` for `'` inside them"),
    "mark inside marks": ('a: "the "▸big" one"\n', "the quotation marks close before this"),
    "blank that does not break": ("id: a\nzone:▸\xa0UTC\nb: 1\n", "a blank that does not break stands here"),
    "blank": ("id: a\n▸zone:Asia/Shanghai\nb: 1\n", "a blank is missing behind `zone:`"),
    "blank in the first line": ("▸zone:Asia/Shanghai\nb: 1\n", "a blank is missing behind `zone:`"),
    "blank in a list": ("a:\n  - ▸id:one\n    b: 1\n", "a blank is missing behind `id:`"),
    "blank in the last line": ("id: a\n▸zone:UTC\n", "a blank is missing behind `zone:`"),
    "key without a colon": ("id: a\n▸zone\nb: 1\n", "is a colon missing?"),
    "two pairs on a line": ("id: a▸: b\n", "mapping values are not allowed"),
    "pair that is indented too deep": ("a: 1\n b▸: 2\n", "is the line indented too deep"),
    "tab before a key": ("a: 1\n▸\tb: 2\n", "a tab stands here; indent by spaces"),
    "tab before an entry": ("a:\n▸\t- b\n", "a tab stands here; indent by spaces"),
    "sign at the beginning": ("a: ▸@home\n", "no text begins with `@`; put it in quotation marks"),
    "entry at another column": (
        "a:\n  - b: 1\n   ▸- c: 1\n", "does not belong to the list that begins on line 2 in column 3: indent it alike",
    ),
    "entry without a blank": ("a:\n  - {b: 1}\n  ▸-{c: 1}\n", "indent it alike, and leave a blank behind `-`"),
    "entry before the list's column": (
        "a:\n   - b: 1\n  ▸- c: 1\n", "belongs to no list: indent it like the entries before it",
    ),
    "pairs at another column": (
        "a:\n  b: 1\n ▸c: 2\n", "does not belong to the pairs that begin on line 1 in column 1: indent it alike",
    ),
    "wide colon": ("id: a\nzone▸： UTC\nb: 1\n", "`：` is a wide sign; YAML needs `:`, and a blank behind it"),
    "wide colon in the first line": ("zone▸： UTC\nb: 1\n", "`：` is a wide sign; YAML needs `:`"),
    "wide comma": ("a: 1\nname: {zh: 小▸，en: Small}\n", "`，` is a wide sign; YAML needs `,`, and a blank behind it"),
    "wide bracket": ("a: [1, 2▸］\nb: [3]\n", "`］` is a wide sign; YAML needs `]`"),
    "wide blank": ("id: a\nzone:▸　UTC\nb: 1\n", "a wide blank stands here; YAML needs an ordinary one"),
    "wide signs inside a text": ('a: {b: "一，二", c: 1▸]}\nb: 1\n', "`]` closes nothing here; first close `{` of"),
}  # fmt: skip


@pytest.mark.parametrize("loader", [yaml.SafeLoader, getattr(yaml, "CSafeLoader", yaml.SafeLoader)])
@pytest.mark.parametrize("case", CASES)
def test_what_is_no_yaml_is_told_where_it_began(
    case: str, loader: type, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(nodes, "_LOADER", loader)
    text, message = CASES[case]
    (found,) = mistakes(write(tmp_path, {"x.yaml": text.replace(HERE, "")}))
    ((line, column),) = places(text)
    assert found.startswith(f"x.yaml:{line}:{column}: "), found
    assert message in found


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("site.yaml", 'short: "95518"', 'short: ▸"95518'),
        ("agents.yaml", '"1101"', "▸'1101"),
        ("site.yaml", "zone: Asia", "▸zone:Asia"),
    ],
)
def test_a_slip_in_the_demo_site_is_told_where_it_was_made(file: str, old: str, new: str, tmp_path: Path) -> None:
    files = {one.name: one.read_text(encoding="utf-8") for one in shipped_sites()["demo"].glob("*.yaml")}
    text = files[file].replace(old, new, 1)
    assert HERE in text
    folder = write(tmp_path, {**files, file: text.replace(HERE, "")})
    found = [one for one in mistakes(folder) if one.startswith(file)]
    line, column = places(text)[0]
    assert found[0].startswith(f"{file}:{line}:{column}: "), found
