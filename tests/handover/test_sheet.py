"""What stands on the handover sheet, from answers made by hand."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from console.handover.present import FIGURES, Sheet
from console.sight import SourceSight
from console.words import Words
from feeds.entities import (
    Alarm,
    Label,
    Limit,
    Note,
    Notice,
    Order,
    Seat,
    SiteInfo,
    Source,
    Switch,
    Trunk,
)
from feeds.facts import LegBlocked
from feeds.figures import values
from feeds.floor import Floor
from feeds.records import Happening
from feeds.requests import JournalResult, Scope, ShiftFigures, ShiftResult
from tests.gateway.floors import START, a_call, small_site
from tests.handover.shifts import BEGIN, END, HOUR, WELCOME, happened, look, made, told
from tests.wall import floors
from widgets.tones import Tone

ZH, EN = Words("zh_CN"), Words("en")


def order(name: str, what: str, text: str = "") -> Happening:
    entity = Order(key=f"order:{name}{what}", rev=1, name=name, state=what, by="mei", at=BEGIN, text=text)  # type: ignore[arg-type]
    return Happening(rev=1, at=BEGIN + HOUR, what=what, entity=entity)


def section(found: Sheet, number: int) -> list[str]:
    return [" | ".join(line) for line in found.sections[number].lines]


def test_who_made_it_is_told_by_name_where_the_site_has_one() -> None:
    assert made(told()).made.endswith("Supervisor")
    floor = floors.floor()
    site = floor["site:demo"]
    assert isinstance(site, SiteInfo)
    floor.put(replace(site, people=[Label("mei", "梅", "Mei")]))
    sight = floors.sight(floor, welcome=replace(WELCOME, by="mei"), now=END + 1000)
    assert made(told(), sight=sight).made.endswith("Mei · Supervisor")
    welcome = replace(WELCOME, by="mei", role_zh="值班长", role_en="Shift lead")
    sight = floors.sight(floor, welcome=welcome, now=END + 1000)
    assert made(told(), sight=sight).made.endswith("Mei · Shift lead"), "a role is called what the site calls it"


def test_figures_stand_under_their_targets_and_those_beyond_carry_a_sign() -> None:
    low = ShiftFigures("queue:rescue", {"answer_rate_a2": 88.64, "offered": 40}, muted=[])
    few = ShiftFigures("queue:vip", {"answer_rate_a2": 50.0, "offered": 2}, muted=["answer_rate_a2"])
    fine = ShiftFigures("group:special", {"answer_rate_a2": 96.4, "offered": 42, "asa": 7.2})
    found = made(told(figures=[few, low, fine]))
    assert [line.title for line in found.figures] == ["Special services", "Rescue", "VIP"], "as the site lists them"
    rate = FIGURES.index("answer_rate_a2")
    assert found.targets[rate] == "≥ 95%"
    cells = [line.cells[rate] for line in found.figures]
    assert [(cell.text, cell.missed, cell.muted) for cell in cells] == [
        ("96.4%", Tone.CALM, False), ("88.6%", Tone.CRITICAL, False), ("50.0%", Tone.CALM, True),
    ]  # fmt: skip
    assert found.figures[1].cells[FIGURES.index("asa")].text == "—", "what the gateway did not tell is not made up"


def test_callers_who_were_refused_count_against_the_service_level_of_a_shift_that_is_over() -> None:
    """And are not held against the live one, which is of those who came to wait."""
    facts = [fact for number in range(30) for fact in a_call(number, "claim", START, number % 8)]
    facts += [LegBlocked(at=START, leg=f"b{n}", call=f"b{n}", queue="claim", reason="full") for n in range(10)]
    floor = Floor(small_site())
    for rev, fact in enumerate(sorted(facts, key=lambda fact: fact.at), 1):
        floor.apply(fact, rev)
    values_of_it, muted = values(floor.tally("site", START, START + HOUR), floor.site.figures, basis="cohort")
    figures = [ShiftFigures("site", values_of_it, muted)]
    site = floors.site(limits=[Limit("service_level_f8", "site", "30m", "high", 80.0, 65.0)])
    sight = floors.sight(floors.floor(), welcome=WELCOME, now=END + 1000)
    sight.entities.put(site)
    for end, expected in ((END, ("75%", Tone.WARN)), (END - HOUR, ("100%", Tone.CALM))):
        found = made(told(at=end, figures=figures), sight=sight)
        place = found.columns.index("Service level")
        assert (found.figures[0].cells[place].text, found.figures[0].cells[place].missed) == expected
        assert found.targets[place] == "≥ 80%"
        assert ("F1" in found.legend) is (end == END)


def test_what_became_of_the_offered_calls_adds_up_to_them_in_every_line() -> None:
    parts = ("answered", "abandoned", "flowed_out", "pending")
    counts = {"site": (52, 3, 2, 1), "group:claims": (40, 1, 0, 1), "group:special": (12, 2, 2, 0)}
    figures = [
        ShiftFigures(scope, {"offered": sum(row), "blocked": 0, **dict(zip(parts, row, strict=True))})
        for scope, row in counts.items()
    ]
    for words in (EN, ZH):
        found = made(told(figures=figures), words=words)
        assert len(found.columns) == len(found.targets) == len(FIGURES) + 2, "and nobody was blocked"
        for line in found.figures:
            offered, *rest = (int(cell.text) for cell in line.cells[:5])
            assert offered == sum(rest)
    names = made(told(figures=figures)).columns[:5]
    assert names == ("Offered", "Answered", "Abandoned", "Flowed out", "Still waiting")


def test_the_answer_rate_of_a_shift_that_is_over_says_that_it_counts_callers() -> None:
    assert "counts a caller once" in made(told()).legend
    assert "counts a caller once" not in made(told(at=END - HOUR)).legend


def test_an_order_is_counted_once_by_how_it_ended_and_those_that_are_left_off_are_told() -> None:
    taken_back = order("seat.pause", "done")
    again = replace(taken_back, what="undone", rev=2)
    unsure = order("seat.move", "unknown")
    after_all = replace(unsure, what="done", rev=2)
    refused = order("seat.logout", "refused")
    found = made(told(), replace(happened(taken_back, unsure, again, after_all, refused), left_off=7))
    assert found.sections[3].title.endswith("(orders 3, not ended well 1)")
    assert len(found.sections[3].lines) == 1
    assert any("the 7 oldest" in line for line in found.warnings)


def test_a_recording_of_a_live_floor_is_no_live_floor_on_the_sheet_of_an_earlier_shift() -> None:
    source = Source(key="source:main", rev=1, title="main", state="up", mode="live", since=BEGIN, speed=1.0)
    assert not made(told(source)).warnings
    played = look(sources={"main": SourceSight("main", False, 0.4, END, mode="replay")})
    assert "A replayed recording, not the floor of now" in made(told(source), sight=played).warnings


def test_whoever_is_limited_to_a_queue_sees_the_figures_of_that_queue() -> None:
    floor = floors.floor()
    for key in [key for key in floor if key.startswith("figures:") and not key.startswith("figures:queue:claim:")]:
        floor.drop(key)
    mine = floors.sight(floor, welcome=replace(WELCOME, scope=Scope(queues=["claim"])), now=END + 1000)
    found = made(told(figures=[ShiftFigures("queue:claim", {"offered": 42, "answered": 40})]), sight=mine)
    assert [(line.title, line.cells[0].text) for line in found.figures] == [("Claims", "42")]


def test_what_is_open_at_the_end_is_listed_gravest_and_longest_first() -> None:
    alarm = Alarm(
        key="alarm:queue:rescue:waiting:now", rev=1, scope="queue:rescue", figure="waiting", window="now",
        level="critical", since=END - HOUR, limit=4.0, value=5, acknowledged_by="mei",
    )  # fmt: skip
    over = replace(alarm, key="alarm:queue:vip:waiting:now", ended_at=END - 1000)
    long = Seat(
        key="seat:018", rev=1, state="break", since=END - HOUR, agent="a", agent_en="Zhou Yun", warn_after_s=900.0
    )  # fmt: skip
    short = Seat(key="seat:032", rev=1, state="break", since=END - 60_000, agent="b", agent_en="Xiao", reason="meal")
    shelved = replace(alarm, key="alarm:queue:claim:waiting:now", scope="queue:claim", shelved_until=END + HOUR)
    found = made(told(shelved, alarm, over, short, long))
    assert section(found, 0) == [
        "■ | 19:00 | Rescue · Waiting 5, over 4 | Acknowledged by mei",
        "■ | 19:00 | Claims · Waiting 5, over 4 | shelved until 21:00",
    ]
    assert section(found, 1) == [
        "▲ | 018 Zhou Yun | Break | since 19:00 · over 15:00",
        " | 032 Xiao | Break · meal | since 19:59",
    ]


def test_what_has_stood_for_more_than_a_day_is_told_with_its_day() -> None:
    alarm = Alarm(
        key="alarm:queue:rescue:waiting:now", rev=1, scope="queue:rescue", figure="waiting", window="now",
        level="critical", since=END - 26 * HOUR, limit=4.0, value=5, out_of_service=True, suppressed_by="mei",
    )  # fmt: skip
    night = replace(alarm, key="alarm:queue:vip:waiting:now", since=END - 23 * HOUR)
    seat = Seat(key="seat:018", rev=1, state="fault", since=END - 50 * HOUR)
    switch = Switch(key="switch:all", rev=1, value="announce", state="on", since=END - 74 * HOUR, checked_at=END)
    notice = Notice(key="notice:n", rev=1, to="floor", text="t", by="mei", since=END - HOUR, until=END + 30 * HOUR)
    found = made(told(alarm, night, seat, switch, notice))
    assert [line[1] for line in found.sections[0].lines] == ["Sat 21 Nov 18:00", "21:00"]
    assert found.sections[1].lines[0][3] == "since Fri 20 Nov 18:00"
    assert found.sections[2].lines[0][1] == "Thu 19 Nov 18:00"
    assert "(until Tue 24 Nov 02:00)" in found.sections[2].lines[1][2]


def test_people_who_are_away_have_the_name_of_their_reason() -> None:
    away = Seat(key="seat:032", rev=1, state="break", since=END - 60_000, agent="b", agent_en="Xiao", reason="用餐")
    sight = look()
    assert sight.site is not None
    sight.entities.put(replace(sight.site, reasons=[Label("用餐", "用餐", "Meal")]))
    assert section(made(told(away), sight=sight), 1) == [" | 032 Xiao | Break · Meal | since 19:59"]


def test_switches_that_are_off_and_orders_that_ended_well_are_not_worth_a_line() -> None:
    on = Switch(key="switch:claim", rev=1, state="on", value="overflow:enq", since=END - HOUR, checked_at=END, by="mei")
    unsure = replace(on, key="switch:all", state="unsure", value="callback", by="")
    off = replace(on, key="switch:vip", state="off", value="normal")
    notice = Notice(key="notice:n", rev=1, to="team:team-1", text="早会", by="lu", since=END - HOUR, until=END + HOUR)
    lost = Happening(
        rev=3, at=BEGIN + HOUR, what="down",
        entity=Source(key="source:main", rev=1, state="down", mode="live", speed=1.0, since=0, text="no answer"),
    )  # fmt: skip
    gone, back = (
        Happening(
            rev=rev, at=BEGIN + rev * HOUR, what=state,
            entity=Trunk(key="trunk:a", rev=rev, state=state, since=0, zh="甲线", en="First carrier"),
        )
        for rev, state in ((4, "down"), (5, "up"))
    )  # fmt: skip
    journal = happened(order("seat.ready", "done"), order("seat.pause", "refused", "nobody there"), lost, gone, back)
    found = made(told(on, unsure, off, notice), journal)
    assert section(found, 2) == [
        "● | 19:00 | Claims: overflow to Enquiries | mei",
        "▲ | 19:00 | All queues: call-back | ",
        " | 19:00 | Notice → Claims 1: 早会 (until 21:00) | lu",
    ]
    assert found.sections[3].title == "Orders, sources and trunks out of the ordinary (orders 2, not ended well 1)"
    assert section(found, 3) == [
        "▲ | 09:00 | Pause: refused: nobody there | mei",
        "▲ | 09:00 | main went down: no answer | ",
        "▲ | 12:00 | First carrier went down | ",
        "✓ | 13:00 | First carrier is back | ",
    ]


def test_open_notes_of_any_day_are_handed_on_and_settled_ones_of_this_shift_only() -> None:
    old = Note(key="note:a", rev=1, text="trunk B\nticket 4711", by="lu", at=BEGIN - 24 * HOUR)
    done = replace(old, key="note:b", at=BEGIN + HOUR, settled_by="mei", settled_at=END - HOUR)
    before = replace(done, key="note:c", settled_at=BEGIN - HOUR)
    assert section(made(told(old, done, before)), 4) == [
        "□ | Sat 21 Nov 08:00 | trunk B\nticket 4711 | lu",
        "✓ | 09:00 | trunk B\nticket 4711 | settled by mei",
    ]


def test_an_empty_shift_says_so_in_every_list() -> None:
    for words in (EN, ZH):
        found = made(told(), words=words)
        assert all(not one.lines and one.empty for one in found.sections)
        assert found.warnings == ()


def test_data_that_is_old_is_never_silently_old() -> None:
    running = told(at=floors.NOW)
    fresh = made(running, sight=look(now=floors.NOW + 5000))
    assert [one[:30] for one in fresh.warnings] == ["The shift goes on (until 2026-"]
    late = made(running, sight=look(now=floors.NOW + 90_000))
    assert late.warnings[0] == "Data is 01:30 old: as of 2026-11-22 14:32:08, refresh it"
    gone = made(running, sight=look(now=floors.NOW + 90_000, held=floors.NOW + 2000, stale=True, age=88.0))
    assert gone.warnings[0] == "Data is 01:28 old: last known at 2026-11-22 14:32:10"
    assert "as of 2026-11-22 14:32:08" in gone.made


@pytest.mark.parametrize(
    ("shift", "journal", "said"),
    [
        (told(figures=[ShiftFigures("site", {}, incomplete=True)]), happened(), "Facts of this time are missing"),
        (told(known_from=BEGIN + HOUR), happened(), "Records begin at 2026-11-22 09:00:00"),
        (told(), happened(known_from=BEGIN + HOUR), "The journal begins at 2026-11-22 09:00:00"),
        (
            told(Source(key="source:main", rev=1, state="down", mode="live", speed=1.0, since=END - HOUR, title="PBX")),
            happened(), "No data from PBX since 2026-11-22 19:00:00",
        ),
        (told(Source(key="source:main", rev=1, state="up", mode="replay", speed=1.0, since=0)), happened(), "A replay"),
    ],
)  # fmt: skip
def test_whatever_makes_the_sheet_less_than_whole_stands_on_it(
    shift: ShiftResult, journal: JournalResult, said: str
) -> None:
    assert made(shift, journal).warnings[0].startswith(said)
