"""What stands on the sheet, from answers made by hand; that it fits one page; which shifts can be chosen."""

from __future__ import annotations

from datetime import datetime
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from msgspec.structs import replace
from PySide6.QtGui import QFontDatabase, QTextDocument, QTextOption
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication

from console.handover import page as page_module
from console.handover import spans
from console.handover.page import FEWEST, SMALLEST, Page, layout
from console.handover.present import FIGURES, Sheet, sheet
from console.handover.spans import Span
from console.sight import Sight, SourceSight
from console.theme import load_faces
from console.words import Words
from feeds.entities import (
    Alarm,
    AnyEntity,
    Label,
    Note,
    Notice,
    Order,
    Seat,
    ShiftInfo,
    SiteInfo,
    Source,
    Switch,
    Trunk,
)
from feeds.records import Happening
from feeds.requests import HelloResult, JournalResult, Scope, ShiftFigures, ShiftResult
from tests.wall import floors
from widgets.tones import Tone

ZH, EN = Words("zh_CN"), Words("en")
HOUR = 3_600_000
BEGIN = floors.NOW - floors.NOW % HOUR - 6 * HOUR
"""08:00 in Shanghai."""
END = BEGIN + 12 * HOUR
SPAN = Span(BEGIN, END, "Day shift", "Day shift · 08:00–20:00")
WELCOME = HelloResult("e", 1, "supervisor", ["handover.*"], Scope(), True, 1000, floors.NOW)


def told(*entities: AnyEntity, at: int = END, figures: list[ShiftFigures] | None = None, **more: object) -> ShiftResult:
    values = {"begin": BEGIN, "end": at, "at": at, "known_from": BEGIN - HOUR, **more}
    own = [ShiftFigures("site", dict.fromkeys(FIGURES, 96.4))] if figures is None else figures
    return ShiftResult(figures=own, entities=list(entities), **values)  # type: ignore[arg-type]


def happened(*happenings: Happening, known_from: int = BEGIN - HOUR) -> JournalResult:
    return JournalResult(BEGIN, END, known_from, list(happenings))


def order(name: str, what: str, text: str = "") -> Happening:
    entity = Order(key=f"order:{name}{what}", rev=1, name=name, state=what, by="mei", at=BEGIN, text=text)  # type: ignore[arg-type]
    return Happening(rev=1, at=BEGIN + HOUR, what=what, entity=entity)


def look(**more: object) -> Sight:
    return floors.sight(welcome=WELCOME, **{"now": END + 1000, **more})


def made(
    shift: ShiftResult, journal: JournalResult | None = None, sight: Sight | None = None, words: Words = EN
) -> Sheet:
    found = sheet(SPAN, shift, journal or happened(), sight or look(), words)
    assert found is not None
    return found


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


# Which shift


def test_the_running_shift_is_offered_first_and_those_before_it_over_midnight() -> None:
    night = ShiftInfo("night", "夜班", "Night shift", "20:00-08:00")
    site = floors.site(shifts=[ShiftInfo("day", "白班", "Day shift", "08:00-20:00"), night])
    found = spans.spans(site, floors.NOW, EN)
    assert [one.label for one in found[:3]] == [
        "Day shift · Sun 22 Nov 08:00–20:00",
        "Night shift · Sat 21 Nov 20:00–08:00",
        "Day shift · Sat 21 Nov 08:00–20:00",
    ]
    assert (found[0].begin, found[0].end) == (BEGIN, END)
    assert all(later.begin == sooner.end for later, sooner in pairwise(found))


def test_a_shift_of_a_replay_is_told_with_its_year() -> None:
    site = floors.site(shifts=[ShiftInfo("day", "白班", "Day shift", "08:00-20:00")])
    assert spans.spans(site, floors.NOW, ZH, year=True)[0].label == "白班 · 2026年11月22日 周日 08:00–20:00"
    assert spans.chosen(site, BEGIN, END, EN, year=True).label.endswith("Sun 22 Nov 2026 08:00–20:00")


BERLIN = ZoneInfo("Europe/Berlin")


def offered(now: datetime, *hours: str) -> list[tuple[str, float]]:
    """Labels and hours of what is offered at a moment in Berlin."""
    site = floors.site(zone="Europe/Berlin", shifts=[ShiftInfo(one, "班", "Shift", one) for one in hours])
    found = spans.spans(site, round(now.timestamp() * 1000), EN)
    return [(one.label.removeprefix("Shift · "), (one.end - one.begin) / HOUR) for one in found]


def test_a_shift_that_has_just_ended_is_offered_also_where_nobody_works_after_it() -> None:
    evening = datetime(2026, 11, 10, 20, 30, tzinfo=BERLIN)
    found = offered(evening, "08:00-12:00", "13:00-20:00")
    assert [label for label, _ in found] == [
        "Tue 10 Nov 13:00–20:00", "Tue 10 Nov 08:00–12:00", "Mon 9 Nov 13:00–20:00", "Mon 9 Nov 08:00–12:00",
        "Sun 8 Nov 13:00–20:00", "Sun 8 Nov 08:00–12:00",
    ]  # fmt: skip
    assert next(label for label, _ in offered(evening, "08:00-20:00")) == "Tue 10 Nov 08:00–20:00"


def test_the_shift_that_runs_is_offered_before_a_shorter_one_that_is_over() -> None:
    found = offered(datetime(2026, 11, 10, 14, 30, tzinfo=BERLIN), "08:00-20:00", "12:00-13:00")
    assert [label for label, _ in found][:3] == [
        "Tue 10 Nov 08:00–20:00",
        "Tue 10 Nov 12:00–13:00",
        "Mon 9 Nov 12:00–13:00",
    ]


def test_shifts_follow_each_other_over_nights_in_which_the_clock_is_moved() -> None:
    hours = ("02:30-10:30", "10:30-18:30", "18:30-02:30")
    spring = offered(datetime(2026, 3, 29, 4, 0, tzinfo=BERLIN), *hours)
    assert spring[:3] == [
        ("Sun 29 Mar 03:30–10:30", 7.0),
        ("Sat 28 Mar 18:30–03:30", 8.0),
        ("Sat 28 Mar 10:30–18:30", 8.0),
    ]
    autumn = offered(datetime(2026, 10, 25, 9, 0, tzinfo=BERLIN), "08:00-20:00", "20:00-08:00")
    assert autumn[:2] == [("Sun 25 Oct 08:00–20:00", 12.0), ("Sat 24 Oct 20:00–08:00", 13.0)]


def test_a_time_of_ones_own_begins_with_the_quarter_of_an_hour_as_its_figures_do() -> None:
    site = floors.site()
    chosen = spans.chosen(site, BEGIN + 10 * 60_000, END, EN)
    assert (chosen.begin, chosen.label) == (BEGIN, "Chosen time · Sun 22 Nov 08:00–20:00")


def test_a_site_without_shifts_offers_the_day_and_the_last_hours() -> None:
    found = spans.spans(floors.site(), floors.NOW, ZH)
    assert [one.label for one in found] == ["今日", "最近 8 小时"]
    assert found[0].end - found[0].begin == 24 * HOUR


# The page


def crowded(count: int) -> Sheet:
    seats = [
        Seat(key=f"seat:{n:03}", rev=1, state="break", since=END - n * 1000, agent="a", agent_zh="周云")
        for n in range(count)
    ]
    return made(told(*seats), words=ZH)


def test_a_sheet_fits_one_page_at_a_size_that_can_be_read(qapp: QApplication) -> None:
    load_faces()
    page = Page(crowded(25))
    assert page.pixels >= SMALLEST
    assert page._document.size().height() <= 1123 - 84
    assert "024 周云" in page.text


def test_a_queues_name_that_takes_two_lines_stands_in_under_its_group_on_both(qapp: QApplication) -> None:
    load_faces()
    sheet = crowded(1)
    long = "Assistance abroad and repatriation of the insured and of those who travel with them " * 3
    lines = [
        replace(sheet.figures[0], title=title, depth=depth)
        for title, depth in (("Hotline", 0), ("Claims", 1), ("Assistance", 2), (long.strip(), 2))
    ]
    document = page_module._document(replace(sheet, figures=tuple(lines)), SMALLEST)
    assert document.size().height() > 0, "and is laid out by that"
    blocks, lefts = {}, []
    block = document.begin()
    while block.isValid():
        blocks[block.text()] = block
        block = block.next()
    for line in lines:
        left = document.documentLayout().blockBoundingRect(blocks[line.title]).left()
        layout = blocks[line.title].layout()
        lefts.append([left + layout.lineAt(number).naturalTextRect().left() for number in range(layout.lineCount())])
    assert len(lefts[3]) >= 2
    assert set(lefts[3]) == set(lefts[2])
    assert lefts[0] < lefts[1] < lefts[2]


@pytest.mark.slow
def test_what_does_not_fit_is_left_off_with_its_number_and_never_without_a_word(qapp: QApplication) -> None:
    load_faces()
    page = Page(crowded(200))
    left = page.sheet.sections[1]
    assert left.more > 0 and len(left.lines) + left.more == 200
    assert len(left.lines) > FEWEST
    assert f"… +{left.more}" in page.text
    assert page._document.size().height() <= 1123 - 84


@pytest.mark.parametrize(("lines", "most"), [(5, 1), (45, 6), (200, 10), (3000, 10)])
def test_a_page_is_laid_out_a_few_times_however_much_there_is_to_leave_off(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch, lines: int, most: int
) -> None:
    load_faces()
    made_page, sizes = page_module._document, list[float]()

    def counted(sheet: Sheet, pixels: float, *wrap: QTextOption.WrapMode) -> QTextDocument:
        sizes.append(pixels)
        return made_page(sheet, pixels, *wrap)

    monkeypatch.setattr(page_module, "_document", counted)
    page = Page(crowded(lines))
    assert len(sizes) <= most
    assert page._document.size().height() <= 1123 - 84
    left = page.sheet.sections[1]
    assert len(left.lines) + left.more == lines
    if left.more:  # and nothing is left off that would have found room
        more = crowded(lines).sections[1].lines[: len(left.lines) + 1]
        sections = list(page.sheet.sections)
        sections[1] = replace(left, lines=more, more=left.more - 1)
        fuller = replace(page.sheet, sections=tuple(sections))
        assert made_page(fuller, page.pixels).size().height() > 1123 - 84


def lines_of(document: QTextDocument) -> list[list[str]]:
    """The lines into which each block is broken."""
    found, block = [], document.begin()
    while block.isValid():
        lines = [block.layout().lineAt(number) for number in range(block.layout().lineCount())]
        found.append([block.text()[one.textStart() : one.textStart() + one.textLength()] for one in lines])
        block = block.next()
    return found


def test_with_every_column_no_word_and_no_number_is_cut(qapp: QApplication) -> None:
    load_faces()
    values: dict[str, float | int | None] = {
        "offered": 13_440, "answered": 12_360, "abandoned": 850, "flowed_out": 110, "blocked": 14, "pending": 106,
        "answer_rate_a2": 88.61, "service_level_f8": 54.0, "asa": 12.0, "aht": 236.0, "longest_wait": 4000.0,
        "occupancy": 86.0,
    }  # fmt: skip
    site = floors.site()
    scopes = ["site", *(f"group:{one.id}" for one in site.groups), *(f"queue:{one.id}" for one in site.queues)]
    page = Page(made(told(figures=[ShiftFigures(scope, dict(values)) for scope in scopes])))
    broken = [line for lines in lines_of(page._document) for line in lines[:-1]]
    assert all(line.endswith((" ", "\u2028")) for line in broken)
    assert any(line == "■\u00a088.6%" for lines in lines_of(page._document) for line in lines)


def test_one_word_that_has_no_room_at_any_size_is_cut(qapp: QApplication) -> None:
    load_faces()
    note = Note(key="note:n", rev=1, text="https://" + "x" * 300, by="mei", at=BEGIN)
    page = Page(made(told(note)))
    assert page._document.size().width() <= 711 and page._document.size().height() <= 1123 - 84


def test_a_pdf_is_one_page_of_a4_and_holds_the_houses_faces(qapp: QApplication, tmp_path: Path) -> None:
    load_faces()
    assert "Floor Sans SC" in QFontDatabase.families()
    file = tmp_path / "交接班.pdf"
    assert Page(crowded(12)).write_pdf(file)
    body = file.read_bytes()
    assert body.count(b"/Type /Page\n") == 1
    assert b"/MediaBox [0 0 595.000000 842.000000]" in body
    assert b"/FontFile" in body and b"/BaseFont /FloorSansSC-Regular" in body


def test_a_page_that_cannot_be_written_says_so(qapp: QApplication, tmp_path: Path) -> None:
    load_faces()
    assert not Page(crowded(1)).write_pdf(tmp_path / "nowhere" / "x.pdf")


def test_a_printer_gets_what_the_preview_shows(qapp: QApplication, tmp_path: Path) -> None:
    load_faces()
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    printer.setPageLayout(layout())
    assert Page(crowded(3)).print_on(printer)
    assert (tmp_path / "printed.pdf").read_bytes().count(b"/Type /Page\n") == 1


def test_the_picture_of_the_page_is_dark_on_white(qapp: QApplication) -> None:
    load_faces()
    image = Page(crowded(3)).image(0.5)
    assert (image.width(), image.height()) == (397, 562)
    assert image.pixelColor(2, 2).lightness() == 255
    darkest = min(image.pixelColor(x, y).lightness() for x in range(20, 200) for y in range(20, 60))
    assert darkest < 90


def test_mode_badges_of_the_desk_do_not_matter_on_paper() -> None:
    sight = look(sources={"main": SourceSight("main", False, 0.4, floors.NOW, mode="simulated")})
    assert made(told(), sight=sight).warnings == (), "the answer says which floor it was, not the desk of now"
