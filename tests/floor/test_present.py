"""Seats as cards: what is told of a seat by shape, tone and words, and which seats are shown."""

from __future__ import annotations

import random
from itertools import combinations, cycle, product

import pytest
from msgspec.structs import replace

from console.floor.choosing import OWN, Chosen, language_choices, state_choices, wanted_of
from console.floor.present import Cards
from console.phrases.states import FOLDED, SHAPES, calls_in_hand
from console.sight import Entities, Sight, SourceSight
from console.words import Words
from feeds.entities import Call, Label, Layout, Seat
from feeds.layout import Room
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


def cards_of(sight: Sight, words: Words = EN) -> Cards:
    cards = Cards()
    cards.floor(sight, Chosen(), words)
    return cards


def card(sight: Sight, number: str = "001", words: Words = EN) -> FieldCell:
    return cards_of(sight, words).cell(f"seat:{number}")


def heard(sight: Sight, number: str = "001", words: Words = EN) -> str:
    return cards_of(sight, words).spoken(f"seat:{number}")


def shown(sight: Sight, chosen: Chosen) -> int:
    return Cards().floor(sight, chosen, EN).shown


def test_every_seat_of_the_floor_has_a_card_in_the_block_of_its_area() -> None:
    text = Cards().floor(floors.sight(), Chosen(), EN)
    assert [block.title for block in text.blocks] == [row[2] for row in floors.QUEUES]
    assert sum(len(block.keys) for block in text.blocks) == text.total == 110


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
    assert ("over" in heard(seat)) is (tone is not Tone.CALM)


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
    assert heard(sight) == "Seat 001, Zhang Min, Break · meal, 01:01, Qingchuan Services"
    assert heard(sight, words=ZH).startswith("座席 001, 张敏, 小休")


def test_the_tooltip_shows_a_callers_number_only_masked() -> None:
    entities = with_seat(state="talking", agent="7", call="c1", queue="claim").entities
    entities.put(
        Call(
            key="call:c1.1", rev=5, call="c1", queue="claim", state="talking", joined_at=0, since=0,
            number="13812345678", agent="7",
        )
    )  # fmt: skip
    tip = cards_of(floors.sight(entities)).tip("seat:001")
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


def all_cells(cards: Cards) -> list[FieldCell]:
    return [cards.cell(seat.key) for seat in cards.roll.wanted]


def test_a_card_whose_second_has_not_passed_is_not_made_again() -> None:
    cards, sight = Cards(), floors.sight()
    cards.floor(sight, Chosen(), EN)
    all_cells(cards)
    made = cards.made
    cards.floor(replace(sight, now=floors.NOW + 10), Chosen(), EN)
    all_cells(cards)
    assert cards.made == made
    cards.floor(replace(sight, now=floors.NOW + 1000), Chosen(), EN)
    all_cells(cards)
    assert cards.made == made + 101, "the nine empty seats have no clock"


def test_a_card_that_nobody_asks_for_is_not_made_and_is_right_as_soon_as_it_is_seen() -> None:
    cards, sight = Cards(), with_seat("090", state="talking", agent="7", since=floors.NOW - 45_000)
    cards.floor(sight, Chosen(), EN)
    assert cards.made == 0
    cards.floor(replace(sight, now=floors.NOW + 7000), Chosen(), EN)
    assert cards.cell("seat:090").time == "00:52"


def test_a_seat_that_changes_counts_elsewhere_in_the_legend_at_once() -> None:
    cards = Cards()
    cards.floor(floors.sight(), Chosen(), EN)
    text = cards.floor(with_seat("003", state="fault", rev=77), Chosen(), EN)
    assert "Fault" in {item.label for item in text.legend}
    assert cards.cell("seat:003").shape is Shape.CROSS


@pytest.mark.parametrize("chosen", [Chosen(), Chosen(vendor=OWN), Chosen(state="tally.talking"), Chosen(text="a 8")])
def test_whoever_comes_goes_and_changes_is_counted_as_if_all_were_counted_anew(chosen: Chosen) -> None:
    cards, sight, dice = Cards(), floors.sight(), random.Random(7)
    cards.floor(sight, chosen, EN)
    for turn in range(60):
        for seat in dice.sample([seat for seat in sight.entities.of(Seat) if seat.key != "seat:110"], 3):
            area = dice.choice((seat.area, seat.area, seat.area, floors.QUEUES[0][0]))
            sight.entities.put(replace(seat, rev=100 + turn, state=dice.choice(SEAT_STATES), area=area))
        if turn == 20:
            sight.entities.drop("seat:110")
        others, wanted = Cards(), Chosen() if turn % 4 == 3 else chosen
        told, anew = cards.floor(sight, wanted, EN), others.floor(sight, wanted, EN)
        assert (told.blocks, told.legend, told.shown, told.total) == (anew.blocks, anew.legend, anew.shown, anew.total)
        assert (cards.roll.wanted, cards.roll.seats) == (others.roll.wanted, others.roll.seats)
    for seat in list(sight.seats()):
        sight.entities.drop(seat.key)
    assert cards.floor(sight, chosen, EN).total == len(cards.roll.seats) == len(cards.roll.wanted) == 0


def test_several_filters_leave_those_seats_that_each_of_them_would_leave() -> None:
    sight = floors.sight()
    for number, seat in enumerate(list(sight.seats())):
        sight.entities.put(
            replace(
                seat,
                team="AB"[number % 2],
                skills=["rescue", "claim"][: number % 3],
                languages=["zh", "en"][: number % 4],
            )
        )
    left = {
        chosen: {seat.key for seat in wanted_of(sight.seats(), sight, chosen, EN)}
        for chosen in (
            Chosen(group="special"), Chosen(team="A"), Chosen(vendor="qingchuan"), Chosen(vendor=OWN),
            Chosen(seat_type="claim"), Chosen(state="tally.talking"), Chosen(skill="claim"), Chosen(language="en"),
            Chosen(overdue=True), Chosen(text="1"), Chosen(text="TALKING"),
        )
    }  # fmt: skip
    assert all(0 < len(keys) < 110 for keys in left.values())
    for (one, here), (other, there) in combinations(left.items(), 2):
        told = {name: (getattr(one, name), getattr(other, name)) for name in Chosen.__struct_fields__}
        both = Chosen(
            **{
                name: " ".join(filter(None, pair)) if name == "text" else pair[0] or pair[1]
                for name, pair in told.items()
            }
        )
        if not (one.vendor and other.vendor):
            assert {seat.key for seat in wanted_of(sight.seats(), sight, both, EN)} == here & there
    assert wanted_of(sight.seats(), sight, Chosen(), EN) == list(sight.seats())


def test_only_seats_that_changed_are_weighed_against_the_filters() -> None:
    cards, sight = Cards(), floors.sight()
    chosen = Chosen(state="tally.talking")
    cards.floor(sight, chosen, EN)
    weighed, turn = cards.roll.weighed, cards.roll.turn
    seat = next(seat for seat in cards.roll.wanted if seat.state == "talking")
    sight.entities.put(replace(seat, rev=77, state="break"))
    cards.floor(sight, chosen, EN)
    assert cards.roll.weighed == weighed + 1
    assert (cards.roll.turn, seat.key in {one.key for one in cards.roll.wanted}) == (turn + 1, False)


def test_with_overdue_as_a_filter_a_seat_comes_into_sight_when_its_time_is_up() -> None:
    cards = Cards()
    sight = with_seat(state="acw", agent="7", since=floors.NOW - 119_000, warn_after_s=120.0, critical_after_s=300.0)
    before = cards.floor(sight, Chosen(overdue=True), EN).shown
    assert cards.floor(replace(sight, now=floors.NOW + 3000), Chosen(overdue=True), EN).shown == before + 1


def test_exactly_those_are_overdue_whose_card_is_not_calm() -> None:
    limits = (None, 0.0, 60.0, 300.0)
    wanted = list(product(limits, limits, (-5_000, 0, 60_000, 60_001, 301_000), ("main", "vendor")))
    sources = {"vendor": SourceSight("vendor", stale=True, age=9.0, held=floors.NOW - 250_000)}
    entities = floors.floor()
    for (warn, critical, lasted, source), seat in zip(wanted, cycle(list(entities.of(Seat)))):
        key = f"seat:{len(entities)}"
        entities.put(
            replace(
                seat, key=key, state="talking", agent="7", since=floors.NOW - lasted, source=source,
                warn_after_s=warn, critical_after_s=critical,
            )
        )  # fmt: skip
    sight = replace(floors.sight(entities), sources=sources)
    found = {seat.key for seat in wanted_of(sight.seats(), sight, Chosen(overdue=True), EN)}
    cards = cards_of(sight)
    assert found == {key for key in cards.roll.keys if cards.cell(key).tone is not Tone.CALM}
    assert 20 < len(found) < len(wanted)


# Skills, languages, doubts


def test_skills_and_languages_are_filters_in_the_tooltip_and_heard() -> None:
    sight = with_seat(state="ready", agent="7", skills=["claim", "rescue"], languages=["ja", "en"])
    assert shown(sight, Chosen(skill="rescue")) == 1
    assert shown(sight, Chosen(language="ja")) == 1
    assert shown(sight, Chosen(language="fr")) == 0
    tip = cards_of(sight).tip("seat:001")
    assert "Skills: Claims, Rescue" in tip
    assert "Languages: Japanese, English" in tip
    assert heard(sight).endswith("Japanese, English")
    assert [choice.key for choice in language_choices(sight.seats(), EN)] == ["", "en", "ja"]


def test_a_large_card_has_queue_masked_caller_and_chips_and_a_small_one_does_not() -> None:
    entities = with_seat(
        state="talking", agent="7", call="c1", queue="claim", skills=["claim"], languages=["en"]
    ).entities
    entities.put(
        Call(
            key="call:c1.1", rev=5, call="c1", queue="claim", state="talking", joined_at=0, since=0,
            number="13812345678", agent="7",
        )
    )  # fmt: skip
    cards = cards_of(floors.sight(entities))
    assert (cards.cell("seat:001").details, cards.cell("seat:001").chips) == ((), ())
    cards.rich = True
    assert cards.cell("seat:001").details == ("Claims", "138****5678")
    assert cards.cell("seat:001").chips == ("English", "Claims")


@pytest.mark.parametrize("days", [0, 9])
def test_a_seat_in_doubt_is_shown_however_long_it_is_stuck_and_says_what_disagrees(days: int) -> None:
    since = floors.NOW - days * 86_400_000 - 60_000
    sight = with_seat(state="unknown", agent="7", since=since, doubt=["call_without_device"], doubt_since=since)
    found = card(sight)
    assert (found.shape, found.vacant) == (Shape.QUERY, False)
    assert found.time == ("01:00" if not days else "9 d 00 h")
    told = cards_of(sight).tip("seat:001")
    assert "call known, phone says it is free since" in told
    assert "call known, phone says it is free since" in heard(sight)
    assert shown(sight, Chosen(state="state.unknown")) == 1
    assert shown(sight, Chosen(text="phone says")) == 1


# A drawn floor


def with_layout(*rooms: Room) -> Sight:
    entities = floors.floor()
    entities.put(Layout(key="layout:floor", rev=9, rooms=list(rooms), since=0))
    return floors.sight(entities)


HALL = Room("hall", "大厅", "Hall", column=2, line=1, rows=["001 002 . 999", ". 003"])


def test_a_drawn_floor_has_its_rooms_first_and_who_stands_in_none_by_area() -> None:
    text = Cards().floor(with_layout(HALL), Chosen(), EN)
    hall, *others = text.blocks
    assert (hall.title, hall.column, hall.line, hall.columns, hall.lines) == ("Hall", 2, 1, 4, 2)
    assert dict(zip(hall.keys, hall.places or (), strict=True)) == {
        "seat:001": (0, 0), "seat:002": (1, 0), "seat:003": (1, 1)
    }  # fmt: skip
    assert sum(len(block.keys) for block in others) == 107
    assert all(block.places is None for block in others)


def test_what_is_filtered_stands_together_under_the_name_of_its_room() -> None:
    text = Cards().floor(with_layout(HALL), Chosen(text="8003"), EN)
    assert [(block.title, block.keys, block.places) for block in text.blocks] == [("Hall", ("seat:003",), None)]


def test_a_layout_that_is_taken_away_leaves_the_areas() -> None:
    cards, sight = Cards(), with_layout(HALL)
    cards.floor(sight, Chosen(), EN)
    sight.entities.drop("layout:floor")
    assert [block.title for block in cards.floor(sight, Chosen(), EN).blocks] == [row[2] for row in floors.QUEUES]


def test_a_floor_whose_site_was_edited_has_its_new_names_at_once() -> None:
    cards = Cards()
    cards.floor(floors.sight(), Chosen(), EN)
    edited = floors.floor(seat_types=[Label(row[0], row[1], row[0][:2], row[3]) for row in floors.QUEUES])
    told = cards.floor(floors.sight(edited), Chosen(), EN)
    assert [block.title for block in told.blocks] == [row[0][:2] for row in floors.QUEUES]
