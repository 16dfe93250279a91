"""What is found for what is typed: Chinese, pinyin in full and by initials, English, numbers, and what is like it."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.finder.matching import Entry, entry, found
from console.finder.pinyin import MOST, readings, spellings

PEOPLE = (
    entry("seat:108", "seat", "张敏", ("108", "2316", "Zhang Min", "救援专席", "Rescue"), 3),
    entry("seat:018", "seat", "周云", ("018", "18", "2318", "Zhou Yun", "报案", "Claims"), 3),
    entry("seat:021", "seat", "单雨昕", ("021", "2321", "Shan Yuxin", "报案", "Claims"), 3),
    entry("queue:rescue", "queue", "救援专席", ("rescue", "Rescue"), 1),
    entry("command:panel.next", "command", "下一个面板", ("Next panel", "F6"), 2),
    entry("agent:1018", "agent", "赵明", ("1018",), 4),
)


def titles(query: str, recent: dict[str, int] | None = None) -> list[str]:
    return [one.title for one in found(PEOPLE, query, recent or {})]


@pytest.mark.parametrize(
    "typed",
    ["张敏", "张", "zhangmin", "ZhangMin", "zm", "zhang m", "张m", "108", "2316", "zhang min", "敏", "\uff5a\uff4d"],
)
def test_a_person_is_found_however_the_name_is_typed(typed: str) -> None:
    assert titles(typed)[0] == "张敏"


def test_a_surname_is_found_by_its_own_reading_and_by_the_usual_one() -> None:
    assert titles("syx") == ["单雨昕"]
    assert titles("danyuxin")[0] == "单雨昕"
    assert {"shan", "dan"} <= set(readings("单"))


def test_a_name_of_an_unusual_reading_stands_behind_those_that_are_read_so() -> None:
    people = [entry(f"seat:{name}", "seat", name, ()) for name in ("方瑶", "王艳红")]
    assert "wang" in readings("方")
    assert [one.title for one in found(people, "wang", {})] == ["王艳红", "方瑶"]
    assert found(people, "wangyao", {})[0].title == "方瑶"


def test_what_is_exact_stands_before_what_begins_so_and_that_before_what_holds_it() -> None:
    assert titles("18") == ["周云", "赵明"] or titles("18")[0] == "周云"
    assert titles("jiuyuan")[0] == "救援专席"
    assert titles("rescue") == ["救援专席", "张敏"]


def test_letters_with_others_between_them_are_found_where_nothing_is_better() -> None:
    assert titles("zhngmn")[0] == "张敏"
    assert titles("qqqq") == []


def test_several_words_must_all_be_there() -> None:
    assert titles("zhang rescue") == ["张敏"]
    assert titles("zhang claims") == []


def test_nothing_typed_gives_what_was_chosen_last_and_typed_it_stands_in_front_of_equals() -> None:
    recent = {"seat:021": 0, "seat:018": 1}
    assert titles("", recent)[:2] == ["单雨昕", "周云"]
    assert titles("claims", recent) == ["单雨昕", "周云"]
    assert titles("claims", {"seat:018": 0}) == ["周云", "单雨昕"]


def test_a_name_of_many_readings_has_few_spellings() -> None:
    assert len(spellings("单曾解查仇朴")) <= 2 * MOST
    assert spellings("Zhang Min") == ()
    assert spellings("张敏") == ("zhangmin", "zm")


def test_every_character_of_common_use_has_a_reading_in_letters() -> None:
    common = "".join(bytes((high, low)).decode("gb2312") for high in range(0xB0, 0xD7) for low in range(0xA1, 0xFA))
    silent = [one for one in common if not readings(one)]
    assert silent == []
    assert all(re.fullmatch("[a-z]+", syllable) for one in common for syllable in readings(one))


@given(st.text(max_size=12), st.lists(st.text(max_size=8), max_size=6))
def test_no_query_and_no_name_breaks_the_search(query: str, names: list[str]) -> None:
    entries: list[Entry] = [entry(f"seat:{place}", "seat", name, (), 3) for place, name in enumerate(names)]
    best = found(entries, query, {"seat:0": 0})
    assert len({one.key for one in best}) == len(best)


@given(st.text(alphabet="张敏王伟芳娜abc123 ", min_size=1, max_size=8))
def test_what_is_typed_as_it_is_written_is_always_found(name: str) -> None:
    if name.strip():
        assert found([entry("seat:1", "seat", name, ())], name, {})
