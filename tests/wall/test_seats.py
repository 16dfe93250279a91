"""The page of seats: numbers large enough for the room, a legend that is always there, cells that use the height."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRectF
from PySide6.QtWidgets import QApplication

from console.sight import Entities, Sight
from console.theme import load_faces
from console.wall import crew
from console.wall.grid import Density, SeatRoom
from console.wall.panel import Look, WallPanel
from console.words import LANGUAGES, Words
from feeds.entities import Label, Seat
from tests.wall import floors
from widgets.texts import SeatCell, Shape
from widgets.tones import Tone
from widgets.wall.seat_cell import notch, places_of

ZH = Words("zh_CN")
SIZES = ((1920, 1080), (3840, 2160), (1280, 800), (1024, 768), (1080, 1920))
LEAST = {Density.S: 36, Density.M: 46, Density.L: 58}
LONG = "A group whose name is nearly as long as the wall is wide and says where everybody of it is sitting"


def floor(states: dict[int, str] | None = None, vendors: bool = True, name: str = "") -> Entities:
    """The floor of the mock-up, with other states at some seats, without vendors, or with long names of groups."""
    found = Entities()
    for entity in floors.floor().values():
        if isinstance(entity, Seat):
            state = (states or {}).get(int(entity.key[-3:]), entity.state)
            found.put(msgspec.structs.replace(entity, state=state, vendor=entity.vendor if vendors else ""))
        else:
            found.put(entity)
    if name:
        found.put(floors.site(groups=[Label(group[0], name, name) for group in floors.GROUPS]))
    return found


def pages(sight: Sight, size: tuple[int, int], look: Look) -> Iterator[WallPanel]:
    """A wall that shows one page of seats after the other."""
    load_faces()
    panel = WallPanel(look, only_page="seats")
    panel.resize(*size)
    panel.look_at(sight, 1.0)
    panel.grab()  # a widget that is not shown learns its size only when it is painted
    for number in range(len(panel.pages)):
        panel.carousel.current = number
        panel.show_page(sight)
        yield panel
    panel.deleteLater()


def unit_of(size: tuple[int, int]) -> float:
    width, height = size
    return min(width / 1080, height / 1700) if height > width * 1.2 else min(width / 1920, height / 1080)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("density", list(Density))
def test_a_number_is_as_large_as_its_reading_distance_asks_for(
    qapp: QApplication, size: tuple[int, int], density: Density
) -> None:
    unit = unit_of(size)
    for panel in pages(floors.sight(), size, Look("dark", "en", density)):
        for cell, rect in panel.seats.cells:
            places = places_of(cell, rect, unit, density.grow)
            assert places.title.text == cell.title
            assert places.title.size >= LEAST[density] * unit
            assert places.shape.width() >= 0.8 * places.title.size
            if cell.since:
                assert places.since.size >= 0.8 * places.title.size


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("density", list(Density))
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["", LONG])
def test_the_legend_is_always_there_and_covers_nothing(
    qapp: QApplication, size: tuple[int, int], density: Density, language: str, name: str
) -> None:
    for panel in pages(floors.sight(floor({3: "fault"}, name=name)), size, Look("dark", language, density)):
        seats = panel.seats
        entries = [entry.rect for entry in seats.entries]
        assert len(entries) >= 8
        room = QRectF(seats.rect()).adjusted(-0.5, -0.5, 0.5, 0.5)
        assert all(room.contains(rect) for rect in entries)
        assert len({rect.top() for rect in entries}) <= 2, "a line or two"
        for one, other in itertools.combinations(entries, 2):
            assert not one.intersects(other)
        for rect in entries:
            assert not any(rect.intersects(head) for head in seats.heads)
            assert not any(rect.intersects(cell) for _, cell in seats.cells)


@pytest.mark.parametrize("vendors", [True, False])
@pytest.mark.parametrize("states", [{}, {3: "fault", 50: "unknown"}])
def test_the_legend_says_every_shape_that_is_drawn_and_the_notch_only_where_one_is(
    qapp: QApplication, vendors: bool, states: dict[int, str]
) -> None:
    for panel in pages(floors.sight(floor(states, vendors)), (1920, 1080), Look("dark", "zh_CN", Density.S)):
        said = {entry.shape: entry.label for entry in panel.seats.entries}
        drawn = {cell.shape for cell, _ in panel.seats.cells}
        notched = any(cell.notched for cell, _ in panel.seats.cells)
        assert drawn <= said.keys()
        assert (Shape.CROSS in said) is (Shape.CROSS in drawn)
        assert said.get(None, "") == ("外包" if notched else "")
        assert notched is vendors


@pytest.mark.parametrize("density", list(Density))
def test_on_a_wall_that_stands_upright_the_seats_fill_the_page(qapp: QApplication, density: Density) -> None:
    for panel in pages(floors.sight(), (1080, 1920), Look("dark", "zh_CN", density)):
        lowest = max(rect.bottom() for _, rect in panel.seats.cells)
        assert 0.95 * panel.seats.height() < lowest <= panel.seats.height()


@pytest.mark.parametrize("size", SIZES)
def test_a_count_that_gains_a_digit_moves_nothing(qapp: QApplication, size: tuple[int, int]) -> None:
    one = floor(dict.fromkeys(range(1, 111), "talking"))
    other = floor(dict.fromkeys(range(1, 111), "ready"))
    for panel in pages(floors.sight(one), size, Look("dark", "en", Density.S)):
        before = ([entry.rect for entry in panel.seats.entries], [rect for _, rect in panel.seats.cells])
        panel.show_page(floors.sight(other))
        assert before == ([entry.rect for entry in panel.seats.entries], [rect for _, rect in panel.seats.cells])


@pytest.mark.usefixtures("qapp")
@given(
    st.sampled_from(["7", "2301", "80012", "80012345", "王小明", "欧阳小明", "Margaret Thornton-Smith"]),
    st.sampled_from(["00:45", "06:40", "1:23:20"]),
    st.sampled_from([Tone.CALM, Tone.WARN, Tone.CRITICAL]),
    st.booleans(),
    st.sampled_from([(198.0, 90.0, 1.0), (248.0, 126.0, 1.5), (332.0, 150.0, 2.0), (190.0, 74.0, 1.0)]),
    st.floats(0.9, 2.0),
    st.sampled_from([0.4, 1.0, 2.0]),
)
def test_nothing_in_a_cell_lies_upon_anything_else(
    title: str, since: str, tone: Tone, notched: bool, least: tuple[float, float, float], taller: float, unit: float
) -> None:
    load_faces()
    width, height, grow = least
    rect = QRectF(7, 11, (width - 8) * unit, (height * taller - 8) * unit)
    cell = SeatCell("seat:1", title, Shape.DISC, since if tone is not Tone.CALM else "", tone, notched)
    places = places_of(cell, rect, unit, grow)
    boxes = [places.shape, places.title.box]
    if tone is not Tone.CALM:
        boxes += [places.sign, places.since.box]
    for box in boxes:
        assert rect.contains(box)
    for one, another in itertools.combinations(boxes, 2):
        assert not one.intersects(another)
    if notched:
        left, corner, _ = notch(rect, unit, grow)
        side, box = corner.x() - left.x(), places.title.box
        below = max(0.0, box.top() - rect.top())
        assert box.right() <= rect.right() - max(0.0, side - below) + 1


@pytest.mark.parametrize(
    "room", [SeatRoom(9, 9.4, 0.53), SeatRoom(7, 6.6, 0.5), SeatRoom(5, 5.4, 0.4), SeatRoom(4, 1, 1)]
)
def test_every_seat_stands_on_exactly_one_seat_page(room: SeatRoom) -> None:
    found = crew.seat_blocks(floors.sight(), room)
    keys = [key for page in found for key in page]
    assert len(keys) == len(set(keys)) == 110
    for page in found:
        blocks = crew.seat_page(floors.sight(), page, ZH)
        lines = [-(-len(block.cells) // room.columns) for block in blocks]
        assert sum(lines) + room.head * len(lines) <= room.lines or sum(lines) == 1


def test_a_group_is_not_torn_where_no_page_more_is_needed_to_spare_it() -> None:
    found = crew.seat_blocks(floors.sight(), SeatRoom(9, 9.4, 0.53))
    groups = [[block.title for block in crew.seat_page(floors.sight(), page, ZH)] for page in found]
    assert groups == [["报案理赔组"], ["咨询投诉组", "专项服务组"]]


def test_a_floor_without_seats_has_one_empty_seat_page() -> None:
    assert crew.seat_blocks(floors.sight(Entities([floors.site()])), SeatRoom(9, 9.4, 0.53)) == ((),)
