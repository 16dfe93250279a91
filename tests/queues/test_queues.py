"""Queues as cards, and their callers one by one."""

from __future__ import annotations

from collections.abc import Callable

from msgspec.structs import replace

from console.desk import Desk
from console.queues.present import queues
from console.sight import Sight, SourceSight
from console.words import Words
from feeds.entities import Call, Queue
from tests.desk.conftest import make_desk as make_desk
from tests.wall import floors
from widgets.desk_texts import CardText
from widgets.tones import Tone

EN = Words("en")


def a_call(number: int, queue: str, waited: int, **changes: object) -> Call:
    values: dict[str, object] = {
        "key": f"call:c{number}.1", "rev": number, "call": f"c{number}", "queue": queue, "state": "waiting",
        "joined_at": floors.NOW - waited * 1000, "since": floors.NOW - waited * 1000, "number": f"1381234{number:04d}",
    }  # fmt: skip
    return Call(**{**values, **changes})  # type: ignore[arg-type]


def with_callers() -> Sight:
    entities = floors.floor()
    for call in (
        a_call(1, "rescue", 30), a_call(2, "rescue", 192), a_call(3, "rescue", 90, priority=5),
        a_call(4, "claim", 10, state="ringing"), a_call(5, "claim", 60, state="talking", agent="7"),
    ):  # fmt: skip
        entities.put(call)
    return floors.sight(entities)


def card(sight: Sight, number: str) -> CardText:
    return next(one for one in queues(sight, "", EN).cards if one.key == f"queue:{number}")


def test_the_cards_stand_in_the_sites_order_and_unknown_queues_follow() -> None:
    entities = floors.floor()
    entities.put(Queue(key="queue:900", rev=1, waiting=0, ringing=0, in_service=0, en="Night line"))
    cards = queues(floors.sight(entities), "", EN).cards
    assert [one.title for one in cards] == [*(row[2] for row in floors.QUEUES), "Night line"]


def test_a_card_tells_who_waits_how_long_how_well_and_who_is_free() -> None:
    found = card(floors.sight(), "rescue")
    assert (found.value, found.tone) == ("5", Tone.CRITICAL)
    assert [value for _, value, _ in found.facts] == ["03:12", "88.6%", "0/8"]
    assert [tone for _, _, tone in found.facts] == [Tone.CRITICAL, Tone.CRITICAL, Tone.CRITICAL]
    assert found.spoken == "Rescue, 5 waiting, longest 03:12, answer rate 88.6%, ready 0/8"


def test_the_longest_wait_counts_on_by_the_desks_clock_and_stands_still_on_old_data() -> None:
    sight = floors.sight()
    later = replace(sight, now=floors.NOW + 5000)
    assert card(later, "rescue").facts[0][1] == "03:17"
    assert card(replace(later, stale=True), "rescue").facts[0][1] == "03:12"


def test_the_queue_of_a_silent_source_is_old_while_the_others_live() -> None:
    entities = floors.floor()
    queue = entities["queue:vip"]
    assert isinstance(queue, Queue)
    entities.put(replace(queue, source="pbx"))
    both = {"main": SourceSight("main", False, 0.4, floors.NOW), "pbx": SourceSight("pbx", True, 9.0, floors.NOW)}
    sight = floors.sight(entities, sources=both)
    assert card(sight, "vip").stale
    assert not card(sight, "claim").stale


def test_callers_stand_one_by_one_longest_wait_first_and_masked() -> None:
    lines = queues(with_callers(), "queue:rescue", EN).callers
    assert [line.cells[:3] for line in lines] == [
        ("03:12", "—", "138****0002"),
        ("01:30", "5", "138****0003"),
        ("00:30", "—", "138****0001"),
    ]
    assert [line.tone for line in lines] == [Tone.CRITICAL, Tone.WARN, Tone.CALM]


def test_without_a_chosen_queue_everybody_who_waits_is_listed_and_nobody_who_talks() -> None:
    lines = queues(with_callers(), "", EN).callers
    assert [(line.cells[3], line.cells[4]) for line in lines] == [
        ("Rescue", "waiting"),
        ("Rescue", "waiting"),
        ("Rescue", "waiting"),
        ("Claims", "ringing"),
    ]


def test_choosing_a_card_lists_its_callers_and_all_brings_the_others_back(make_desk: Callable[..., Desk]) -> None:
    panel = make_desk("--lang", "en").queues
    panel.look_at(with_callers())
    assert len(panel.callers.lines.rows) == 4
    panel.locate("queue:claim")
    assert [line.key for line in panel.callers.lines.rows] == ["call:c4.1"]
    assert panel.title.text() == "Waiting: Claims"
    panel.all.click()
    assert len(panel.callers.lines.rows) == 4
