"""Things that are made when somebody asks: to everybody else a table like any other."""

from __future__ import annotations

import pytest
from msgspec import Struct

from feeds.folding.unmade import Unmade


class Thing(Struct):
    id: str
    size: int


IDS = [f"t{number}" for number in range(5)]
MADE: list[str] = []


def counted(id: str, size: int) -> Thing:
    MADE.append(id)
    return Thing(id, size)


@pytest.fixture
def things() -> Unmade[Thing]:
    MADE.clear()
    return some()


def some() -> Unmade[Thing]:
    return Unmade(counted, {name: place for place, name in enumerate(IDS)}, [IDS, list(range(5))])


def test_only_what_is_asked_for_is_made_and_once(things: Unmade[Thing]) -> None:
    assert things["t3"] is things["t3"] is things.get("t3")
    assert "t1" in things and "t9" not in things
    assert things.get("t9") is None
    assert MADE == ["t3"]
    with pytest.raises(KeyError):
        things["t9"]


def test_whoever_goes_through_them_meets_all_in_their_order_with_their_changes(things: Unmade[Thing]) -> None:
    things["t3"].size = 99
    things["new"] = Thing("new", 7)
    assert list(things) == list(things.keys()) == [*IDS, "new"]
    assert [thing.size for thing in things.values()] == [0, 1, 2, 99, 4, 7]
    assert [key for key, _ in things.items()] == [*IDS, "new"]
    assert len(things) == 6
    things["t0"].size = -1
    assert things == {**{name: Thing(name, place) for place, name in enumerate(IDS)},
                      "t0": Thing("t0", -1), "t3": Thing("t3", 99), "new": Thing("new", 7)}  # fmt: skip
    assert things.get("t9") is None
    with pytest.raises(KeyError):
        things["t9"]


def test_two_are_equal_whatever_of_them_is_made(things: Unmade[Thing]) -> None:
    other = some()
    assert other["t2"] == things["t2"]
    assert things == other
    other["t2"].size = 0
    assert things != other
    assert things != {}


def test_what_is_taken_away_is_gone_whether_it_was_made_or_not(things: Unmade[Thing]) -> None:
    assert things["t1"].size == 1
    del things["t1"], things["t2"]
    assert "t1" not in things and "t2" not in things
    assert things.get("t1") is None and things.pop("t2", None) is None
    with pytest.raises(KeyError):
        del things["t2"]
    assert things.pop("t4").size == 4
    with pytest.raises(KeyError):
        things.pop("t4")
    assert list(things) == ["t0", "t3"]
    assert len(things) == 2


def test_what_comes_back_comes_last(things: Unmade[Thing]) -> None:
    del things["t1"]
    things["t1"] = Thing("t1", 11)
    things["t0"] = Thing("t0", 10)
    assert [(name, thing.size) for name, thing in things.items()] == [
        ("t0", 10), ("t2", 2), ("t3", 3), ("t4", 4), ("t1", 11),
    ]  # fmt: skip


def test_whether_there_is_anything_is_told_without_making_it(things: Unmade[Thing]) -> None:
    assert things
    for name in IDS:
        del things[name]
    assert not things and MADE == []
    things["new"] = Thing("new", 1)
    assert things and list(things) == ["new"]
