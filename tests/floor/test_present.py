"""Seats as cards: what is told of a seat by shape, tone and words, and which seats are shown."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from console.floor.choosing import OWN, Chosen, state_choices
from console.floor.present import Cards
from console.phrases.states import FOLDED, SHAPES, calls_in_hand
from console.sight import Entities, Sight, SourceSight
from console.words import Words
from feeds.entities import Call, Seat
from feeds.states import SEAT_STATES
from tests.wall import floors
from widgets.desk_texts import FieldCell
from widgets.texts import Shape
from widgets.tones import Tone

ZH, EN = Words("zh_CN"), Words("en")


def with_seat(number: str = "001", **changes: object) -> Sight:
    entities = floors.floor()
    seat = entities[f"seat:{number}"]
    assert isinstance(seat, Seat)
    entities.put(replace(seat, **changes))
    return floors.sight(entities)


def card(sight: Sight, number: str = "001", words: Words = EN) -> FieldCell:
    text = Cards().floor(sight, Chosen(), words)
    return next(cell for block in text.blocks for cell in block.cells if cell.key == f"seat:{number}")


def shown(sight: Sight, chosen: Chosen) -> int:
    return Cards().floor(sight, chosen, EN).shown


def test_every_seat_of_the_floor_has_a_card_in_the_block_of_its_area() -> None:
    text = Cards().floor(floors.sight(), Chosen(), EN)
    assert [block.title for block in text.blocks] == [row[2] for row in floors.QUEUES]
    assert sum(len(block.cells) for block in text.blocks) == text.total == 110


def test_a_seat_counts_its_time_by_the_desks_clock() -> None:
    sight = with_seat(state="talking", since=floors.NOW - 45_000, agent="7")
    assert card(sight).time == "00:45"
    assert card(replace(sight, now=floors.NOW + 20_000)).time == "01:05"


def test_a_stale_floor_counts_no_further() -> None:
    sight = with_seat(state="talking", since=floors.NOW - 45_000, agent="7")
    stale = replace(sight, now=floors.NOW + 60_000, held=floors.NOW, stale=True)
    assert card(stale).time == "00:45"


def test_a_seat_of_a_silent_source_is_old_while_the_others_live() -> None:
    silent = {"main": SourceSight("main", False, 0.4, floors.NOW), "pbx": SourceSight("pbx", True, 9.0, floors.NOW)}
    sight = replace(with_seat(source="pbx"), sources=silent)
    assert card(sight).stale
    assert not card(sight, "002").stale


@pytest.mark.parametrize(("seconds", "tone"), [(119, Tone.CALM), (121, Tone.WARN), (301, Tone.CRITICAL)])
def test_a_state_that_lasts_too_long_stands_out_and_says_what_was_passed(seconds: int, tone: Tone) -> None:
    seat = with_seat(
        state="acw", agent="7", since=floors.NOW - seconds * 1000, warn_after_s=120.0, critical_after_s=300.0
    )
    found = card(seat)
    assert found.tone is tone
    assert ("over" in found.spoken) is (tone is not Tone.CALM)


def test_an_empty_seat_is_vacant_and_has_no_time() -> None:
    found = card(with_seat(state="offline", agent="", since=0))
    assert (found.vacant, found.time, found.title) == (True, "", "Vacant")


def test_what_is_wrong_with_a_phone_is_told_apart_without_colour() -> None:
    shapes = {
        SHAPES[state]
        for state in ("unknown", "fault", "not_responding", "break", "ready", "talking")
        if state in SHAPES
    }
    assert {Shape.QUERY, Shape.CROSS, Shape.BARRED} < shapes
    assert len(shapes) == 5


def test_every_state_is_in_the_legend_and_in_the_list_of_states() -> None:
    assert sorted(state for _, _, states in FOLDED for state in states) == sorted(SEAT_STATES)
    assert [choice.key for choice in state_choices(ZH)] == ["", *(key for key, _, _ in FOLDED)]


def test_the_legend_counts_every_seat_once_and_names_the_rare_only_where_it_occurs() -> None:
    calm = Cards().floor(floors.sight(), Chosen(), EN).legend
    assert sum(item.count for item in calm) == 110
    assert "Fault" not in {item.label for item in calm}
    assert "Fault" in {item.label for item in Cards().floor(with_seat(state="fault"), Chosen(), EN).legend}


def test_a_seat_is_heard_as_one_sentence() -> None:
    sight = with_seat(
        state="break", reason="meal", agent="7", agent_zh="张敏", agent_en="Zhang Min", since=floors.NOW - 61_000
    )
    assert card(sight).spoken == "Seat 001, Zhang Min, Break · meal, 01:01, Qingchuan Services"
    assert card(sight, words=ZH).spoken.startswith("座席 001, 张敏, 小休")


def test_the_tooltip_shows_a_callers_number_only_masked() -> None:
    entities = with_seat(state="talking", agent="7", call="c1", queue="claim").entities
    entities.put(
        Call(
            key="call:c1.1", rev=5, call="c1", queue="claim", state="talking", joined_at=0, since=0,
            number="13812345678", agent="7",
        )
    )  # fmt: skip
    tip = card(floors.sight(entities)).tip
    assert "138****5678" in tip
    assert "Queue: Claims" in tip
    assert "12345" not in tip


def test_a_call_is_found_by_the_agent_who_has_it_not_by_the_leg_that_waits() -> None:
    legs = [
        Call(key=f"call:c1.{n}", rev=1, call="c1", queue="vip", state="talking", joined_at=0, since=0, agent=agent)
        for n, agent in enumerate(("", "7", "8"))
    ]
    assert set(calls_in_hand(floors.sight(Entities(legs)))) == {("c1", "7"), ("c1", "8")}


def test_filters_narrow_and_count_what_is_left() -> None:
    sight = floors.sight()
    assert shown(sight, Chosen(group="special")) == sum(seat.group == "special" for seat in sight.seats())
    assert shown(sight, Chosen(vendor="qingchuan")) == 22
    assert shown(sight, Chosen(vendor=OWN)) == sum(bool(seat.agent) and not seat.vendor for seat in sight.seats())
    assert shown(sight, Chosen(state="tally.ready")) == sum(seat.state == "ready" for seat in sight.seats())
    assert shown(sight, Chosen(overdue=True)) == 3
    assert shown(sight, Chosen(text="8001")) == 1
    assert shown(sight, Chosen(text="nobody of that name")) == 0


def test_a_text_finds_agents_by_either_name_whatever_the_language() -> None:
    sight = with_seat(agent="7", agent_zh="张敏", agent_en="Zhang Min", state="ready")
    for text in ("张敏", "zhang", "MIN zhang"):
        assert shown(sight, Chosen(text=text)) == 1


def test_a_card_whose_second_has_not_passed_is_not_made_again() -> None:
    cards, sight = Cards(), floors.sight()
    cards.floor(sight, Chosen(), EN)
    made = cards.made
    cards.floor(replace(sight, now=floors.NOW + 10), Chosen(), EN)
    assert cards.made == made
    cards.floor(replace(sight, now=floors.NOW + 1000), Chosen(), EN)
    assert cards.made == made + 101, "the nine empty seats have no clock"


def test_clocks_out_of_sight_stand_still_and_are_right_as_soon_as_they_are_seen() -> None:
    cards, sight = Cards(), with_seat("090", state="talking", agent="7", since=floors.NOW - 45_000)
    cards.floor(sight, Chosen(), EN)
    made, later = cards.made, replace(sight, now=floors.NOW + 7000)
    cards.floor(later, Chosen(), EN, {"seat:001", "seat:002"})
    assert cards.made == made + 2
    seen = [cell for block in cards.floor(later, Chosen(), EN, {"seat:090"}).blocks for cell in block.cells]
    assert next(cell for cell in seen if cell.key == "seat:090").time == "00:52"


def test_a_state_that_changes_out_of_sight_is_told_at_once() -> None:
    cards, sight = Cards(), floors.sight()
    cards.floor(sight, Chosen(), EN)
    changed = with_seat("003", state="fault", rev=77)
    blocks = cards.floor(changed, Chosen(), EN, set()).blocks
    assert blocks[0].cells[2].shape is Shape.CROSS
