"""A desk limited to teams or vendors: what is kept back from it is said to be, not asked for, and not coloured."""

from __future__ import annotations

from collections import Counter

import pytest
from msgspec.structs import replace

from console.agent.past import HOURS_2, calls_head, no_calls, timeline
from console.curves.present import questions, summary
from console.figures.present import Asked, figure
from console.floor.present import legend
from console.handover.present import FIGURES, sheet
from console.phrases.alarms import alarm_text, alarm_title, is_back
from console.phrases.figures import target_and_note, value_of
from console.queues.present import callers, queues
from console.queues.table import Order, lines
from console.sight import Sight
from console.wall.crew import tally
from console.wall.present import queue_row
from console.words import Words
from feeds.definitions import STAFF_FIGURES
from feeds.entities import Alarm, Call, Figures, Queue, Staff
from feeds.requests import HelloResult, HistoryResult, JournalResult, Scope, ShiftFigures, ShiftResult
from tests.wall import floors
from widgets.tones import Tone

EN = Words("en")
OURS, EVERYBODY = Scope(vendors=["qingchuan"]), Scope()


def sight(scope: Scope, *, staff: bool = False) -> Sight:
    floor = floors.floor()
    if not staff:
        for one in list(floor.of(Staff)):
            floor.drop(one.key)
    welcome = HelloResult("e", 1, "vendor-lead", [], scope, True, 1000, floors.NOW)
    return floors.sight(floor, welcome=welcome)


@pytest.mark.parametrize("scope", ["site", "group:claims", "queue:claim", "seat_type:claim"])
def test_what_tells_of_other_peoples_time_is_kept_back_everywhere_but_in_ones_own_team(scope: str) -> None:
    assert {name for name in (*STAFF_FIGURES, "asa", "aht") if sight(OURS).withholds(scope, name)} == STAFF_FIGURES
    assert not any(sight(EVERYBODY).withholds(scope, name) for name in STAFF_FIGURES)
    assert not any(sight(OURS).withholds(f"{kind}:x", name) for kind in ("team", "vendor") for name in STAFF_FIGURES)


def test_curves_are_not_asked_for_what_would_be_refused() -> None:
    everything = [one.figure for one in questions(sight(EVERYBODY), "queue:claim", 24)]
    asked = [one.figure for one in questions(sight(OURS), "queue:claim", 24)]
    assert set(everything) - set(asked) == STAFF_FIGURES & set(everything) == {"on_queue_mean", "staffed_mean"}
    assert "need" in asked


def test_what_is_said_of_the_curves_does_not_call_agents_enough_who_are_not_known() -> None:
    told = {name: HistoryResult(name, "site", "X/1", floors.NOW - 900_000, 900, [9.0]) for name in ("offered", "need")}
    assert EN("curves.short", count=0) not in summary(sight(OURS), "site", told, EN)
    told["on_queue_mean"] = HistoryResult("on_queue_mean", "site", "X/1", floors.NOW - 900_000, 900, [30.0])
    assert EN("curves.short", count=0) in summary(sight(EVERYBODY), "site", told, EN)


def test_an_opened_figure_says_why_there_is_nothing() -> None:
    opened = figure(sight(OURS), Asked("site", "occupancy", "30m"), None, EN)
    assert opened.why_none == '"Occupancy" tells of people outside your scope and is not shown'
    assert "made of agents' time" in figure(sight(EVERYBODY), Asked("site", "occupancy", "30m"), None, EN).why_none


def test_a_card_without_staff_is_not_short_of_them_and_says_why_it_has_none() -> None:
    seen = sight(OURS)
    queue = seen.queue("rescue")
    assert isinstance(queue, Queue)
    seen.entities.put(replace(queue, waiting=3))
    card = next(one for one in queues(seen, "", EN).cards if one.key == "queue:rescue")
    label, free, tone = card.facts[2]
    assert (label, free, tone) == ("Ready", "—", Tone.CALM)
    assert '"Ready" tells of people outside your scope' in card.tip
    (other,) = [one for one in queues(sight(EVERYBODY, staff=True), "", EN).cards if one.key == "queue:rescue"]
    assert other.facts[2][1] != "—" and "outside your scope" not in other.tip


def test_what_stands_beneath_a_number_says_what_is_kept_back_and_not_that_nobody_is_there() -> None:
    assert target_and_note(sight(OURS), "site", "occupancy", "30m", EN) == ("", "not shown")
    for scope, note in ((OURS, "limit not shown"), (EVERYBODY, "nobody staffed")):
        seen = sight(scope)
        for one in list(seen.entities.of(Figures)):
            values = {name: value for name, value in one.values.items() if name not in STAFF_FIGURES}
            tones = {"waiting": "warn"} if scope is OURS else {}
            seen.entities.put(replace(one, values=values, tones=tones))
        limit = next(one for one in seen.site.limits if one.relative_to == "staffed")  # type: ignore[union-attr]
        target, said = target_and_note(seen, limit.scope, limit.figure, limit.window, EN)
        assert target == "" and (said == note if scope is OURS else said.startswith(note))


def test_an_alarm_whose_limit_is_kept_back_is_called_neither_over_nor_within() -> None:
    alarm = Alarm(
        key="alarm:site:waiting:now", rev=1, scope="site", figure="waiting", window="now", level="critical",
        since=floors.NOW, limit=None, value=9, relative_to="staffed",
    )  # fmt: skip
    seen = sight(OURS)
    assert alarm_title(seen, alarm, EN).endswith("9  limit not shown here")
    assert alarm_text(seen, alarm, EN).endswith("9, limit not shown here")
    assert not is_back(seen, alarm)


def test_a_queue_on_the_wall_is_not_short_of_agents_whom_it_may_not_count() -> None:
    seen = sight(OURS)
    rows = []
    for queue in list(seen.entities.of(Queue)):
        seen.entities.put(replace(queue, waiting=3))
        rows.append(queue_row(seen, queue.key.partition(":")[2], EN))
    assert any(row.tone is not Tone.CALM for row in rows)
    shown = {(row.cells[-1].text, row.cells[-1].tone, row.cells[-1].tail) for row in rows}
    assert shown == {("not shown", Tone.CALM, "")}
    unknown = sight(EVERYBODY)
    assert queue_row(unknown, "claim", EN).cells[-1].text == "—", "what is not known yet is not kept back"


def test_waits_that_are_reckoned_from_how_many_serve_a_queue_say_that_they_are_kept_back() -> None:
    seen = sight(OURS)
    queue = seen.queue("claim")
    assert queue is not None
    call = Call(key="call:l1", rev=1, call="c1", queue="claim", state="waiting", joined_at=floors.NOW, since=floors.NOW)
    for told, kept in ((sight(EVERYBODY), False), (seen, True)):
        told.entities.put(replace(queue, waiting=1, turns={"l1": None if kept else 90.0}))
        told.entities.put(call)
        for figures in list(told.entities.of(Figures)):
            if kept:
                values = {name: value for name, value in figures.values.items() if name not in STAFF_FIGURES}
                told.entities.put(replace(figures, values=values))
        (line,) = [one for one in lines(told, Order(), EN) if one.key == "queue:claim"]
        (caller,) = callers(told, "queue:claim", EN)
        assert (caller.cells[1] == "—") == kept
        assert ('"Expected wait" tells of people outside your scope' in line.tip) == kept
        assert ('"Predicted wait" tells of people outside your scope' in caller.tip) == kept
    assert line.cells[3] == "—"


def test_the_walls_count_of_agents_says_that_it_is_kept_back() -> None:
    kept, unknown = (tally(sight(scope), "site", EN, 6) for scope in (OURS, EVERYBODY))
    assert (kept.total, unknown.total) == ("not shown", "")
    assert {line.count for line in (*kept.lines, *unknown.lines)} == {None}


def test_a_handover_sheet_has_no_column_for_what_is_kept_back() -> None:
    from tests.handover.shifts import BEGIN, END, SPAN

    told = ShiftResult(BEGIN, END, END, BEGIN, [ShiftFigures("site", dict.fromkeys(FIGURES, 96.4))], [])
    journal = JournalResult(BEGIN, END, BEGIN, [])
    whole, limited = (sheet(SPAN, told, journal, sight(scope), EN) for scope in (EVERYBODY, OURS))
    assert whole is not None and limited is not None
    assert set(whole.columns) - set(limited.columns) == {whole.columns[FIGURES.index("occupancy")]}
    assert {len(line.cells) for line in limited.figures} == {len(limited.columns)} == {len(limited.targets)}


def test_a_desk_that_only_looks_says_that_callers_and_calls_are_kept_back_and_not_that_there_are_none() -> None:
    looks = HelloResult("e", 1, "wall", [], EVERYBODY, True, 1000, floors.NOW)
    acts = HelloResult("e", 1, "supervisor", ["seat.*"], EVERYBODY, True, 1000, floors.NOW)
    display, desk = (floors.sight(floors.floor(), welcome=welcome) for welcome in (looks, acts))
    assert queues(display, "", EN).empty == "Callers are not shown to whoever may only look"
    assert queues(desk, "", EN).empty == "Nobody waits"
    seat = next(display.seats())
    assert timeline(display, seat, None, HOURS_2, EN).empty == "Not shown to whoever may only look"
    assert (calls_head(display, 0, EN), no_calls(display, 0, EN)) == (
        "Calls today", "Not shown to whoever may only look",
    )  # fmt: skip


def test_the_calls_of_a_day_are_not_nought_before_the_answer_has_come() -> None:
    seen = sight(EVERYBODY)
    seen = replace(seen, welcome=HelloResult("e", 1, "supervisor", ["seat.*"], EVERYBODY, True, 1000, floors.NOW))
    assert (calls_head(seen, None, EN), no_calls(seen, None, EN)) == ("Calls today", "Asking…")
    assert (calls_head(seen, 0, EN), no_calls(seen, 0, EN)) == ("Calls today 0", "No calls today")


def test_seats_at_which_nobody_sits_are_not_counted_as_none_where_they_are_out_of_sight() -> None:
    assert [item.count for item in legend(Counter(), sight(EVERYBODY), EN) if item.label == EN("state.offline")] == [0]
    assert not [item for item in legend(Counter(), sight(OURS), EN) if item.label == EN("state.offline")]


def test_whoever_has_single_queues_is_not_told_of_them_as_if_they_were_the_floor() -> None:
    floor = floors.floor()
    for one in [*floor.of(Figures), *floor.of(Staff)]:
        if one.scope != "queue:claim":
            floor.drop(one.key)
    for queue in list(floor.of(Queue)):
        floor.drop(queue.key)
    floor.put(Queue(key="queue:claim", rev=1, waiting=3, ringing=0, in_service=0, oldest=floors.NOW - 60_000))
    welcome = HelloResult("e", 1, "supervisor", ["seat.*"], Scope(queues=["claim"]), True, 1000, floors.NOW)
    seen = floors.sight(floor, welcome=welcome)
    for name, known in (("waiting", 3), ("longest_wait_now", 60)):
        assert value_of(seen, "site", name, "now") is None
        assert target_and_note(seen, "site", name, "now", EN) == ("", "not shown")
        assert value_of(seen, "queue:claim", name, "now") == known
    assert tally(seen, "site", EN, 6).total == "not shown"
    assert not seen.withholds("queue:claim", "staffed")
