"""The drawn floor in a site folder: what cannot be meant has its place, and what may be told is no mistake."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from msgspec.structs import replace

from config.check import main
from config.layout_file import layout_of, text_of
from config.load import load, shipped_sites
from config.mistakes import SiteError
from config.schema import Name, Room

HEAD = "layout:\n  rooms:\n"
HALL = "    - {id: hall, name: {zh: 厅, en: Hall}, column: 0, line: 0, rows: ['001 002 .', '003']}\n"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    shutil.copytree(shipped_sites()["demo"], tmp_path / "site")
    return tmp_path / "site"


def mistakes(site: Path, text: str) -> list[tuple[str, int, str]]:
    (site / "layout.yaml").write_text(text, "utf-8")
    with pytest.raises(SiteError) as caught:
        load(site)
    return [(Path(one.file).name, one.line, one.message) for one in caught.value.mistakes]


@pytest.mark.parametrize(
    ("second", "line", "message"),
    [
        ("{id: side, name: {zh: 侧, en: Side}, column: 2, line: 1, rows: ['004']}", 4, "rooms hall and side overlap"),
        ("{id: side, name: {zh: 侧, en: Side}, column: 9, rows: ['002']}", 4, "the seat 002 stands in two places"),
        ("{id: side, name: {zh: 侧, en: Side}, column: -1, line: 9}", 4, "`column` and `line` are 0 to"),
        ("{id: hall, name: {zh: 侧, en: Side}, column: 9}", 4, "is used twice"),
        ("{id: side, name: {zh: 侧}, column: 9}", 4, "`en` is missing"),
        ("{id: side, name: {zh: 侧, en: Side}, colunm: 9}", 4, "is not known here"),
    ],
)
def test_a_mistake_in_the_layout_has_its_place(site: Path, second: str, line: int, message: str) -> None:
    found = mistakes(site, f"{HEAD}{HALL}    - {second}\n")
    assert any(name == "layout.yaml" and at == line and message in text for name, at, text in found), found


def test_seats_that_have_left_the_site_are_no_mistake_but_check_tells_of_them(
    site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (site / "layout.yaml").write_text(HEAD + HALL.replace("003", "999"), "utf-8")
    assert main([str(site)]) == 0
    told = capsys.readouterr().out
    assert "Layout: 2 of 110 seats stand in a room. Drawn, and not in the site: 999." in told


def test_a_site_without_a_layout_says_nothing_of_one(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["demo"]) == 0
    assert "Layout:" not in capsys.readouterr().out


@pytest.mark.parametrize("text", ["", "# nothing\n", "seats: []\n", "layout: [1]\n", "layout: {rooms: 7}", "{", "\x00"])
def test_a_file_that_is_no_layout_is_told_with_its_place(text: str) -> None:
    with pytest.raises(SiteError) as caught:
        layout_of(text.encode(), "layout.yaml")
    assert caught.value.mistakes[0].file == "layout.yaml"


BY_HAND = """\
# the plan of May, ask Mei before you change it
layout:
  rooms:
    # beside the windows
    - id: hall
      name: {zh: 大厅, en: Hall}
      column: 0
      line: 0
      rows:
        - "001 002 003"  # the printer stands behind 003
        # the aisle
        - "004 .   005"
        - 006 007  # quiet
    # locked at night
    - id: back
      name: {zh: 后, en: Back}
      column: 9
      line: 0
      rows: ["008"]
# measured in June
"""


def test_what_people_wrote_beside_rooms_and_rows_stays_there_when_the_layout_is_saved() -> None:
    rooms = layout_of(BY_HAND.encode(), "layout.yaml").rooms
    kept = text_of(rooms, BY_HAND)
    assert layout_of(kept.encode(), "layout.yaml").rooms == rooms
    lines = [line.strip() for line in kept.splitlines()]
    assert lines[lines.index("# the plan of May, ask Mei before you change it") + 1] == "layout:"
    assert lines[lines.index("# beside the windows") + 1] == "- id: hall"
    assert lines[lines.index("# locked at night") + 1] == "- id: back"
    assert '- "001 002 003"  # the printer stands behind 003' in lines
    assert lines[lines.index("# the aisle") + 1] == '- "004 .   005"'
    assert any(line.endswith("# quiet") for line in lines)
    assert lines[-1] == "# measured in June"
    assert text_of(rooms, kept) == kept, "and saving again changes nothing"


def test_of_rows_that_are_alike_each_keeps_its_own_comment_and_members_keep_theirs() -> None:
    text = """\
layout:
  rooms:  # two of them
    - id: hall  # the old one
      name: {zh: "厅 # 1", en: Hall}  # as on the door
      column: 0
      line: 0
      rows:
        - ". ."  # aisle one
        # above aisle two
        - ". ."
        - ""  # empty
"""
    rooms = layout_of(text.encode(), "layout.yaml").rooms
    kept = text_of(rooms, text)
    lines = [line.strip() for line in kept.splitlines()]
    assert lines.count('- ". ."  # aisle one') == 1
    assert lines[lines.index("# above aisle two") + 1] == '- ". ."'
    assert lines.count("# above aisle two") == 1
    assert '- "."  # empty' in lines
    place = lines.index("- id: hall")
    assert lines[place - 2 : place] == ["# the old one", "# as on the door"]
    assert "# two of them" in lines
    assert text_of(layout_of(kept.encode(), "layout.yaml").rooms, kept) == kept


def test_comments_of_what_is_gone_are_not_lost() -> None:
    hall, _ = layout_of(BY_HAND.encode(), "layout.yaml").rooms
    kept = text_of([replace(hall, rows=("001 003", "006 007"))], BY_HAND)
    lines = [line.strip() for line in kept.splitlines()]
    place = lines.index("- id: hall")
    assert lines[place - 3 : place] == ["# beside the windows", "# the printer stands behind 003", "# the aisle"]
    assert lines[-2:] == ["# locked at night", "# measured in June"]
    assert '- "006 007"  # quiet' in lines


def test_what_is_written_is_read_again_whatever_the_names_are() -> None:
    rooms = (
        Room("a", Name('引"号: #1', "O'Neill's {room}"), 3, 4, ("1 2 .", ". 3")),
        Room("b", Name("no", "yes"), 0, 9, ("0400",)),
        Room("c", Name("空", "Empty"), 9, 0, ()),
    )
    read = layout_of(text_of(rooms).encode(), "layout.yaml").rooms
    assert [(room.id, room.name, room.column, room.line) for room in read] == [
        (room.id, room.name, room.column, room.line) for room in rooms
    ]
    assert [[*map(str.split, room.rows)] for room in read] == [[*map(str.split, room.rows)] for room in rooms]
    assert layout_of(text_of(()).encode(), "layout.yaml").rooms == ()
