"""What the wall says of a floor: text and tones, decided without a screen."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from console.phrases.alarms import alarm_place
from console.phrases.figures import EMPTY, number_text
from console.phrases.freshness import badges
from console.phrases.states import FAR_SHAPES
from console.sight import Entities, LinkState, SourceSight
from console.wall import crew, heading, present
from console.wall.pages import Page, pages_of
from console.words import Words
from feeds.entities import Alarm, AnyEntity, Figures, HeadlineInfo, Limit, Queue, Seat, Staff
from feeds.facts import FASTEST
from feeds.said import Value
from tests.wall import floors
from widgets.shapes import Shape
from widgets.texts import BannerText
from widgets.tones import Tone

ZH, EN = Words("zh_CN"), Words("en")
OVERVIEW = pages_of(floors.site(), 7)[0]


def changed(*entities: AnyEntity) -> Entities:
    """The floor of the mock-up with those entities in another version."""
    floor = floors.floor()
    for entity in entities:
        floor.put(entity)
    return floor


def figures(values: dict[str, float | int | None], **more: object) -> Figures:
    base: dict[str, object] = {"key": "figures:site:30m", "rev": 9, "scope": "site", "window": "30m", "values": values}
    return Figures(**{**base, **more})  # type: ignore[arg-type]


def test_the_headlines_of_the_mock_up_read_as_in_the_mock_up() -> None:
    shown = present.headline_figures(floors.sight(), "site", ZH)
    assert [(text.label, text.value, text.unit, text.target) for text in shown] == [
        ("接通率", "96.4", "%", "目标 ≥ 95%"),
        ("服务水平", "82", "%", "≥ 80%/20 秒"),
        ("排队", "12", "通", "阈值 10"),
        ("最长等待", "03:12", "", "阈值 02:00"),
    ]
    assert [text.tone for text in shown] == [Tone.CALM, Tone.CALM, Tone.WARN, Tone.CRITICAL]


def test_the_second_label_in_english_is_the_time_that_a_figure_is_about() -> None:
    shown = present.headline_figures(floors.sight(), "site", EN)
    assert [(text.label, text.sublabel) for text in shown] == [
        ("Answer rate", "30 min"),
        ("Service level", "30 min"),
        ("Waiting", "now"),
        ("Longest wait", "now"),
    ]


@pytest.mark.parametrize(
    ("figure", "value", "expected"),
    [
        ("answer_rate_a2", None, EMPTY),
        ("answer_rate_a2", 96.44, "96.4"),
        ("answer_rate_a2", 94.97, "94.9"),
        ("answer_rate_a2", 100.0, "100"),
        ("answer_rate_a2", 99.99, "99.9"),
        ("answer_rate_a2", 0.0, "0"),
        ("service_level_f8", 79.79, "79"),
        ("service_level_f8", 80.0, "80"),
        ("occupancy", 90.2, "91"),
        ("waiting", 12, "12"),
        ("longest_wait_now", 192.9, "03:12"),
        ("asa", 20.4, "00:21"),
        ("asa", 20.0, "00:20"),
        ("longest_wait", 59.999999999, "01:00"),
        ("longest_wait_now", 3723, "1:02:03"),
    ],
)
def test_a_number_never_reads_better_than_it_is(figure: str, value: float | None, expected: str) -> None:
    assert number_text(figure, value) == expected


@given(st.floats(0, 100))
def test_a_service_level_below_its_target_never_reads_as_the_target(value: float) -> None:
    shown = float(number_text("service_level_f8", value))
    assert shown <= value + 1e-6
    assert (shown >= 80) == (round(value, 6) >= 80)


def test_an_empty_denominator_is_a_dash_without_unit_and_without_tone() -> None:
    floor = changed(figures({"answer_rate_a2": None, "offered": 0}, tones={"answer_rate_a2": "critical"}))
    text = present.headline_figures(floors.sight(floor), "site", ZH)[0]
    assert (text.value, text.unit, text.tone, text.muted) == (EMPTY, "", Tone.CALM, True)


def test_a_figure_below_the_minimum_sample_is_muted_and_tells_its_sample() -> None:
    """Of what the figure is made, however many more have asked who still wait."""
    counts: dict[str, float | int | None] = {"offered": 31, "answered": 3, "abandoned": 2, "blocked": 1, "handled": 4}
    floor = changed(figures({**counts, "answer_rate_a2": 50.0}, muted=["answer_rate_a2", "aht"], tones={}))
    text = present.headline_figures(floors.sight(floor), "site", ZH)[0]
    assert text.muted
    assert text.tone is Tone.CALM
    assert (text.target, text.note) == ("目标 ≥ 95%", "样本 6")
    handled = present.headline(floors.sight(floor), "site", HeadlineInfo("aht", "30m"), ZH)
    assert handled.note == "样本 4"


@pytest.mark.parametrize(
    ("rate", "text"), [(None, EMPTY), (100.0, "100"), (50.0, "50.0")], ids=["nobody was answered", "all", "half"]
)
def test_the_answer_rate_of_too_few_is_coloured_by_those_who_wait_too_long(rate: float | None, text: str) -> None:
    """A queue in which everybody waits has concluded nothing, and does not look healthy for that."""
    values: dict[str, float | int | None] = {"offered": 31, "answered": 2, "abandoned": 1, A2: rate, PESSIMISTIC: 12.5}
    floor = changed(floors.site(limits=LIMITS), figures(values, muted=[A2], tones={PESSIMISTIC: "critical"}))
    tile = present.headline_figures(floors.sight(floor), "site", ZH)[0]
    assert (tile.tone, tile.muted, tile.value) == (Tone.CRITICAL, True, text)
    assert tile.note == "悲观 12.5%"
    calm = present.headline_figures(
        floors.sight(changed(floors.site(limits=LIMITS), figures(values, muted=[A2, PESSIMISTIC],
            tones={A2: "critical", PESSIMISTIC: "critical"}))), "site", ZH,
    )[0]  # fmt: skip
    assert (calm.tone, calm.note) == (Tone.CALM, "样本 3"), "of too few with them as well"


def test_a_queues_row_is_coloured_by_those_who_wait_too_long_and_its_rate_of_too_few_stays_faint() -> None:
    where = {"key": "figures:queue:claim:30m", "scope": "queue:claim", "tones": {PESSIMISTIC: "critical"}}
    values: dict[str, float | int | None] = {A2: 50.0, PESSIMISTIC: 12.5}
    limits = [Limit(figure, "queue:claim", "30m", "high", 95, 90) for figure in (A2, PESSIMISTIC)]
    sight = floors.sight(changed(floors.site(limits=limits), figures(values, muted=[A2], **where)))
    row = present.queue_row(sight, "claim", ZH)
    rate = row.cells[3]
    assert (row.tone, rate.text, rate.tone, rate.muted) == (Tone.CRITICAL, "50.0%", Tone.CALM, True)


def test_the_answer_rate_takes_the_worse_colour_of_the_two_readings() -> None:
    floor = changed(figures({"answer_rate_a2": 96.0}, tones={"answer_rate_a2_pessimistic": "critical"}))
    assert present.headline_figures(floors.sight(floor), "site", ZH)[0].tone is Tone.CRITICAL


LIMITS = [
    Limit("answer_rate_a2", "site", "30m", "high", 95, 90),
    Limit("answer_rate_a2_pessimistic", "site", "30m", "high", 95, 90),
    Limit("waiting", "site", "now", "low", 10, 15, relative_to="staffed"),
]
A2, PESSIMISTIC = "answer_rate_a2", "answer_rate_a2_pessimistic"


@pytest.mark.parametrize(
    ("values", "tones", "note"),
    [
        ({A2: 96.0, PESSIMISTIC: 94.2}, {PESSIMISTIC: "warn"}, "悲观 94.2%"),
        ({A2: 94.6, PESSIMISTIC: 88.0}, {A2: "warn", PESSIMISTIC: "critical"}, "悲观 88.0%"),
        ({A2: 94.6, PESSIMISTIC: 94.0}, {A2: "warn", PESSIMISTIC: "critical"}, "恢复中"),
        ({A2: 96.0, PESSIMISTIC: 95.5}, {PESSIMISTIC: "warn"}, "恢复中"),
        ({A2: 96.0, PESSIMISTIC: 95.5}, {A2: "warn"}, "恢复中"),
        ({A2: 94.0, PESSIMISTIC: 93.0}, {A2: "warn", PESSIMISTIC: "warn"}, ""),
        ({A2: 96.0, PESSIMISTIC: 95.5}, {}, ""),
        ({A2: 94.0, PESSIMISTIC: 93.0}, {}, ""),
    ],
)
def test_a_tile_that_looks_worse_than_its_number_says_why(
    values: dict[str, float | int | None], tones: dict[str, str], note: str
) -> None:
    floor = changed(floors.site(limits=LIMITS), figures(values, tones=tones))
    text = present.headline_figures(floors.sight(floor), "site", ZH)[0]
    assert (text.target, text.note) == ("目标 ≥ 95%", note)


@pytest.mark.parametrize(
    ("waiting", "staffed", "target", "note"),
    [
        (9, 100, "limit 10", "easing"), (12, 100, "limit 10", ""), (4, 34, "limit 3", ""), (1, 4, "limit 0", ""),
        (1, 0, "", "nobody staffed"),
    ],
)  # fmt: skip
def test_a_limit_that_depends_on_the_staff_is_judged_by_the_staff(
    waiting: int, staffed: int, target: str, note: str
) -> None:
    """And told in whole callers: more than 3.4 of them are more than three."""
    values: dict[str, float | int | None] = {"waiting": waiting, "staffed": 7}  # as of the last full minute
    staff = Staff(key="staff:site", rev=9, scope="site", states={"ready": staffed}, staffed=staffed)
    floor = changed(floors.site(limits=LIMITS), staff, figures(values, tones={"waiting": "warn"}))
    text = present.headline_figures(floors.sight(floor), "site", EN)[2]
    assert (text.target, text.note) == (target, note)
    assert text.trend_target == (float(target.removeprefix("limit ")) if target else None)


@pytest.mark.parametrize(
    ("own", "scope", "target"),
    [
        ({}, "site", "≥ 80% in 20 s"),
        ({"vip": 15, "rescue": 15}, "group:special", "≥ 80% in 15 s"),
        ({"vip": 15, "rescue": 10}, "group:special", "target ≥ 80%"),
        ({"vip": 15, "rescue": 15}, "group:claims", "≥ 80% in 20 s"),
        ({"vip": 15, "rescue": 15}, "site", "target ≥ 80%"),
    ],
)
def test_a_service_level_is_within_the_seconds_of_its_queues(own: dict[str, int], scope: str, target: str) -> None:
    """And claims none where they differ."""
    limit = Limit("service_level_f8", scope, "30m", "high", 80.0, 65.0)
    sight = floors.sight(changed(floors.site(limits=[limit], service_seconds_of=own)))
    assert present.headline(sight, scope, HeadlineInfo("service_level_f8", "30m"), EN).target == target


def test_a_figure_tells_its_window_and_one_of_now_does_not() -> None:
    shown = present.headline_figures(floors.sight(), "site", ZH)
    assert [text.sublabel for text in shown] == ["30 分", "30 分", "Waiting", "Longest"]


def test_the_tiles_of_the_vendors_page_say_that_they_are_the_whole_site_s() -> None:
    shown = present.headline_figures(floors.sight(), "site", EN, EN("wall.overview"))
    assert [text.sublabel.rpartition(" · ")[2] for text in shown] == ["All queues"] * 4
    assert shown[1].target == "≥ 80% in 20 s"


def test_the_longest_wait_counts_on_while_the_floor_is_live() -> None:
    later = floors.sight(now=floors.NOW + 5_000)
    assert present.headline_figures(later, "site", ZH)[3].value == "03:17"


def test_the_longest_wait_stands_still_while_the_floor_is_stale() -> None:
    assert present.headline_figures(floors.stale_sight(), "site", ZH)[3].value == "03:12"


def test_a_queue_in_trouble_is_marked_in_its_row() -> None:
    row = present.queue_row(floors.sight(), "rescue", ZH)
    assert (row.tone, row.urgent, row.acknowledged) == (Tone.CRITICAL, True, False)
    assert [cell.text for cell in row.cells] == ["救援专席", "5", "03:12", "88.6%", "0"]
    assert [cell.tone for cell in row.cells[1:]] == [Tone.CRITICAL] * 4


def test_an_acknowledged_alarm_no_longer_blinks() -> None:
    alarm = floors.floor()["alarm:queue:rescue:longest_wait_now:now"]
    assert isinstance(alarm, Alarm)
    taken = Alarm(**{name: getattr(alarm, name) for name in alarm.__struct_fields__} | {"acknowledged_by": "1101"})
    sight = floors.sight(changed(taken))
    row = present.queue_row(sight, "rescue", ZH)
    assert (row.tone, row.urgent, row.acknowledged) == (Tone.CRITICAL, False, True)
    assert "1101 已确认" in present.alarm_line(sight, ZH, 0, 1, held=False).detail


def test_a_queue_that_nobody_has_heard_of_shows_dashes() -> None:
    row = present.queue_row(floors.sight(Entities([floors.site()])), "rescue", ZH)
    assert [cell.text for cell in row.cells] == ["救援专席", EMPTY, EMPTY, EMPTY, EMPTY]


def test_only_the_rows_of_a_silent_source_are_old() -> None:
    queue = floors.floor()["queue:vip"]
    assert isinstance(queue, Queue)
    moved = Queue(**{name: getattr(queue, name) for name in queue.__struct_fields__} | {"source": "second"})
    sources = {
        "main": SourceSight("main", False, 0.1, floors.NOW),
        "second": SourceSight("second", True, 6.0, floors.NOW - 6000),
    }
    sight = floors.sight(changed(moved), sources=sources)
    assert present.queue_row(sight, "vip", ZH).stale
    assert not present.queue_row(sight, "rescue", ZH).stale
    banner = heading.banner_text(sight, ZH)
    assert banner is not None
    assert "second" in banner.title
    assert heading.masthead(sight, OVERVIEW, ZH).proof == ""


def test_the_alarm_line_says_what_where_how_much_and_since_when() -> None:
    text = present.alarm_line(floors.sight(), ZH, 0, 6, held=True)
    assert text.title == "救援专席  最长等待 03:12  超过 02:00"
    assert text.detail == "14:30:06 起  ·  未确认"
    assert text.more == "另有 1 条"
    english = present.alarm_line(floors.sight(), EN, 0, 6, held=True)
    assert english.title == "Rescue  Longest wait 03:12  over 02:00"


def test_a_wall_with_one_of_two_sources_lost_goes_on_and_its_pages_keep_their_names() -> None:
    sources = {"main": SourceSight("main", False, 0.4, floors.NOW), "b": SourceSight("b", True, 9.0, floors.NOW - 9000)}
    head = heading.masthead(floors.sight(sources=sources), OVERVIEW, EN)
    assert head.banner is not None and head.banner.partly and head.page
    stale = heading.masthead(floors.stale_sight(), OVERVIEW, EN)
    assert stale.banner is not None and not stale.banner.partly


def test_what_began_on_another_day_says_on_which() -> None:
    day = 86_400_000
    tomorrow = present.alarm_line(floors.sight(now=floors.NOW + day), EN, 0, 6, held=True)
    assert tomorrow.detail.startswith("since 11-22 14:30  ·")
    assert present.alarm_line(floors.sight(), EN, 0, 6, held=True).detail.startswith("since 14:30:06  ·")
    for sight in (
        floors.sight(now=floors.NOW + day, stale=True, age=86_400.0),
        floors.sight(now=floors.NOW + day, sources={"main": SourceSight("main", True, 86_400.0, floors.NOW)}),
    ):
        banner = heading.banner_text(sight, EN)
        assert banner is not None and banner.detail.startswith("values of 11-22 14:32")


def test_a_figure_that_is_back_within_its_limit_is_not_said_to_be_over_it() -> None:
    calmer = Alarm(
        key="alarm:site:waiting:now", rev=9, scope="site", figure="waiting", window="now", level="warn",
        since=floors.NOW - 60_000, limit=10.0, value=12,
    )  # fmt: skip
    sight = floors.sight(changed(calmer, figures({"waiting": 8})))
    assert "Waiting 8  back within its limit (10)" in present.alarm_title(sight, calmer, EN)


def test_the_alarm_line_has_the_number_that_stands_beside_it_and_an_alarm_that_is_over_its_own() -> None:
    """The gateway looks at limits of a rolling window every 20 s, and tells their figures whenever they change."""
    alarm = Alarm(
        key="alarm:site:answer_rate_a2:30m", rev=9, scope="site", figure="answer_rate_a2", window="30m",
        level="critical", since=floors.NOW - 60_000, limit=90.0, value=90.0,
    )  # fmt: skip
    sight = floors.sight(changed(alarm, figures({"answer_rate_a2": 89.1, "offered": 640})))
    tile = present.headline_figures(sight, "site", EN)[0]
    line = present.alarm_title(sight, alarm, EN)
    assert tile.value == "89.1"
    assert line == "All queues  Answer rate 89.1%  below 90%"
    then = replace(alarm, value=88.0)
    assert "88.0%" in present.alarm_title(sight, then, EN), "what is told of another moment keeps its number"


def longest(queue: str, seconds_ago: int, value_since: int | None, **more: object) -> Alarm:
    values: dict[str, object] = {
        "key": f"alarm:queue:{queue}:longest_wait_now:now", "rev": 9, "scope": f"queue:{queue}",
        "figure": "longest_wait_now", "window": "now", "level": "critical", "since": floors.NOW - seconds_ago * 1000,
        "limit": 60.0, "value_since": value_since, **more,
    }  # fmt: skip
    return Alarm(**values)  # type: ignore[arg-type]


def test_the_alarm_line_tells_what_goes_on_before_what_is_newer_and_over() -> None:
    eased = longest("vip", 5, floors.NOW - 36_000)
    sight = floors.sight(changed(eased))
    assert sight.alarms()[0].key == eased.key, "it is the newest of the gravest"
    assert present.alarm_line(sight, EN, 0, 6, held=True).title.startswith("Rescue")
    worse = longest("vip", 5, floors.NOW - 247_000)
    title = present.alarm_line(floors.sight(changed(worse)), EN, 0, 6, held=True).title
    assert title == "VIP  Longest wait 04:07  over 01:00"


def test_an_alarm_of_a_wait_says_when_nobody_waits_any_more() -> None:
    over = longest("vip", 5, None)
    sight = floors.sight(changed(over))
    assert present.alarm_title(sight, over, EN) == "VIP  Longest wait  nobody waits now"
    assert present.alarm_title(sight, over, ZH) == "VIP 专席  最长等待  现无人等待"


@pytest.mark.parametrize(
    ("words", "name", "place"),
    [(EN, "Rescue", "Rescue (group)"), (ZH, "救援专席", "救援专席（技能组）"), (EN, "Roadside", "Roadside")],
)
def test_an_alarm_of_a_group_that_is_called_like_a_queue_says_which_of_them_it_is(
    words: Words, name: str, place: str
) -> None:
    site = floors.site()
    groups = [replace(one, zh=name, en=name) if one.id == "special" else one for one in site.groups]
    alarm = Alarm(
        key="alarm:group:special:waiting:now", rev=9, scope="group:special", figure="waiting", window="now",
        level="warn", since=floors.NOW - 60_000, limit=10.0, value=12,
    )  # fmt: skip
    sight = floors.sight(changed(alarm, replace(site, groups=groups)))
    assert alarm_place(sight, alarm, words) == place
    assert alarm_place(sight, replace(alarm, scope="queue:rescue"), words) == ("救援专席" if words is ZH else "Rescue")


def test_a_row_that_is_tinted_for_nothing_that_it_shows_says_that_it_settles() -> None:
    queue = floors.floor()["queue:vip"]
    assert isinstance(queue, Queue)
    easing = longest("vip", 500, floors.NOW - 9_000, level="warn")
    waits = replace(queue, waiting=1, oldest=floors.NOW - 9_000)
    row = present.queue_row(floors.sight(changed(waits, easing)), "vip", EN)
    assert (row.tone, row.why) == (Tone.WARN, "easing")
    assert all(cell.tone is Tone.CALM for cell in row.cells)
    usual = present.queue_row(floors.sight(), "rescue", ZH)
    assert (usual.sublabel, usual.why) == ("Rescue", "")


def test_the_vendors_table_says_which_time_its_numbers_are_about() -> None:
    titles = [column.title for column in present.vendor_columns(ZH)]
    assert titles[2:5] == ["接通量 今日", "处理时长 今日", "占用率 30 分"]


def test_a_caller_who_waits_now_comes_before_agents_who_have_been_busy_all_day() -> None:
    busy = Alarm(
        key="alarm:site:occupancy:30m", rev=9, scope="site", figure="occupancy", window="30m", level="critical",
        since=floors.NOW - 9_000_000, limit=90.0, value=97.0,
    )  # fmt: skip
    newer = Alarm(
        key="alarm:queue:vip:longest_wait_now:now", rev=9, scope="queue:vip", figure="longest_wait_now", window="now",
        level="critical", since=floors.NOW - 5_000, limit=30.0, value_since=floors.NOW - 40_000,
    )  # fmt: skip
    seen = floors.sight(changed(busy, newer)).alarms()
    assert [alarm.key.split(":", 1)[1] for alarm in seen] == [
        "queue:vip:longest_wait_now:now", "queue:rescue:longest_wait_now:now", "site:occupancy:30m", "site:waiting:now",
    ]  # fmt: skip


def test_no_alarm_is_said_as_well() -> None:
    calm = Entities(entity for entity in floors.floor().values() if not isinstance(entity, Alarm))
    assert present.alarm_line(floors.sight(calm), ZH, 0, 1, held=False).title == "无告警"


@pytest.mark.parametrize("language", ["zh_CN", "en"])
@pytest.mark.parametrize("mode", ["live", "simulated", "replay"])
def test_nothing_old_is_ever_called_live(language: str, mode: str) -> None:
    words = Words(language)
    live_words = words("live.fresh", age="").strip()
    sources = {"main": SourceSight("main", True, 9.0, floors.NOW, mode)}
    for link in (
        LinkState("live"),
        LinkState("stale", 3, 120.0),
        LinkState("connecting"),
        LinkState("refused", 2, None, "no"),
    ):
        sight = replace(floors.stale_sight(), link=link, sources=sources)
        head = heading.masthead(sight, OVERVIEW, words)
        assert head.proof == ""
        assert head.banner is not None
        assert live_words not in head.banner.title + head.banner.detail


def test_the_banner_tells_age_time_attempt_and_pause() -> None:
    banner = heading.banner_text(floors.stale_sight(), ZH)
    assert banner is not None
    assert banner.title == "数据中断 00:42"
    assert banner.detail == "显示 14:32:08 的数值  ·  8 秒后第 4 次重连  ·  STALE"
    english = heading.banner_text(floors.stale_sight(), EN)
    assert english is not None
    assert english.detail == "values of 14:32:08  ·  attempt 4 in 8 s"


def test_the_banner_says_how_far_a_gateway_is_that_has_only_just_begun() -> None:
    counting = LinkState("connecting", 0, None, "", "connect.catching_up", {"percent": 63})
    never = heading.banner_text(floors.sight(Entities(), stale=True, link=counting, sources={}), ZH)
    assert never == BannerText("等待数据", "网关正在补算当日数据：63%", Tone.INFO)
    again = floors.sight(link=replace(counting, phase="stale"), stale=True, age=42.0)
    before = heading.banner_text(again, EN)
    assert before is not None and before.title == "No data for 00:42"
    assert before.detail == "values of 14:32:08  ·  the gateway counts the day so far: 63%"
    reading = LinkState("stale", 3, floors.NOW + 900, "", "connect.starting", {"percent": 42})
    reads = heading.banner_text(floors.sight(link=reading, stale=True, age=42.0), ZH)
    assert reads is not None
    assert reads.detail == "显示 14:32:08 的数值  ·  网关正在启动，已读取日志 42%  ·  STALE"


@pytest.mark.parametrize("whole", [True, False])
def test_the_banner_says_why_nothing_comes_where_the_gateway_knows(whole: bool) -> None:
    lost = SourceSight("main", True, 5.0, floors.NOW - 5000, why="the disk is full: free some space")
    others = {} if whole else {"b": SourceSight("b", False, 0.1, floors.NOW)}
    sight = floors.sight(sources={"main": lost, **others}, stale=whole, link=LinkState("live"))
    for words, said in ((EN, "the gateway says: the disk is full"), (ZH, "网关报告：the disk is full")):
        banner = heading.banner_text(sight, words)
        assert banner is not None and said in banner.detail
        assert words("stale.source_down") not in banner.detail


@pytest.mark.parametrize(
    ("mode", "speed", "label", "sublabel"),
    [
        ("simulated", 60.0, "模拟数据", "60×"), ("simulated", 1.0, "模拟数据", ""),
        ("replay", FASTEST, "录像回放", "最快"),
    ],
)  # fmt: skip
def test_data_that_is_not_the_real_floor_s_says_so(mode: str, speed: float, label: str, sublabel: str) -> None:
    sight = floors.sight(sources={"main": SourceSight("main", False, 0.1, floors.NOW, mode, speed)})
    head = heading.masthead(sight, OVERVIEW, ZH)
    assert [(badge.label, badge.sublabel) for badge in head.badges] == [(label, sublabel)]
    assert not head.proof.startswith("实时")


@pytest.mark.parametrize(("mode", "label"), [("simulated", "Simulated"), ("replay", "Replay")])
def test_a_floor_whose_time_stands_still_says_so_as_loudly_as_that_it_is_not_real(mode: str, label: str) -> None:
    sight = floors.sight(sources={"main": SourceSight("main", False, 0.1, floors.NOW, mode, 0.0)})
    head = heading.masthead(sight, OVERVIEW, EN)
    assert [(badge.label, badge.sublabel) for badge in head.badges] == [(label, ""), ("Paused", "")]
    assert head.badges[1].icon == "pause"
    assert badges(sight, EN)[1].icon == "pause"


def test_a_recording_that_is_moved_says_how_far_that_is_and_not_how_fast_it_was() -> None:
    sight = floors.sight(sources={"main": SourceSight("main", False, 0.2, floors.NOW, mode="replay", speed=10.0)})
    moved = replace(sight, seeking=0.236)
    assert [badge.sublabel for badge in badges(sight, EN)] == ["10×"]
    assert [badge.sublabel for badge in badges(moved, EN)] == ["moving 23%"]
    assert [badge.sublabel for badge in badges(moved, ZH)] == ["跳转 23%"]


@pytest.mark.parametrize(
    ("mode", "date", "english"),
    [
        ("replay", "2026年11月22日 周日", "Sun 22 Nov 2026"), ("simulated", "11月22日 周日", "Sun 22 Nov"),
        ("live", "11月22日 周日", "Sun 22 Nov"),
    ],
)  # fmt: skip
def test_a_replay_tells_of_which_year_it_is(mode: str, date: str, english: str) -> None:
    sight = floors.sight(sources={"main": SourceSight("main", False, 0.1, floors.NOW, mode)})
    assert heading.masthead(sight, OVERVIEW, ZH).date == date
    assert heading.masthead(sight, OVERVIEW, EN).date == english


def refused(code: str, reason: str = "", values: dict[str, Value] | None = None) -> BannerText:
    """The banner of a Chinese wall that never had data and is refused in that way."""
    link = LinkState("refused", 1, None, reason, code, values or {})
    banner = heading.banner_text(floors.sight(Entities(), stale=True, link=link, sources={}), ZH)
    assert banner is not None
    return banner


@pytest.mark.parametrize(
    ("code", "values", "title", "detail"),
    [
        ("hello.unknown_token", {}, "令牌无效", "请更新令牌文件，或用新令牌重启大屏  ·  网关不认识此令牌"),
        ("hello.expired", {"token": "lobby", "expires": "2026-01-31"}, "令牌无效", "令牌 lobby 已过期（2026-01-31）"),
        ("closed.revoked", {}, "令牌无效", "网关已收回此令牌"),
        ("closed.unauthenticated", {}, "网关拒绝连接", "正在自动重试"),
        ("hello.unfit", {"why": "Expected `int`"}, "网关版本不一致", "请更新大屏程序或网关"),
        ("hello.first", {}, "网关版本不一致", "请更新大屏程序或网关"),
        ("connect.certificate", {"url": "wss://x", "why": "self-signed"}, "网关证书不受信任", "--certificate"),
    ],
)
def test_a_refused_wall_says_why_and_what_to_do_in_its_language(
    code: str, values: dict[str, Value], title: str, detail: str
) -> None:
    banner = refused(code, "what the gateway says in English", values)
    assert banner.title == title
    assert detail in banner.detail
    assert "English" not in banner.detail


def test_what_a_newer_gateway_refuses_is_told_in_its_own_words() -> None:
    assert refused("hello.sunday", "closed on Sundays") == BannerText("网关拒绝连接", "closed on Sundays")
    assert refused("hello.revoked", "said otherwise", {"who": "x"}).detail.endswith("said otherwise")


def test_what_an_older_gateway_says_of_a_token_without_a_code_comes_with_what_to_do() -> None:
    said = "this gateway does not know the token"
    assert refused("", said) == BannerText("令牌无效", f"请更新令牌文件，或用新令牌重启大屏  ·  {said}")


def test_before_the_first_data_the_wall_says_that_it_waits() -> None:
    sight = floors.sight(Entities(), stale=True, link=LinkState("connecting"))
    banner = heading.banner_text(sight, ZH)
    assert banner is not None
    assert banner.title == "等待数据"
    assert [text.value for text in present.headline_figures(sight, "site", ZH)] == [EMPTY] * 4
    assert {line.count for line in crew.tally(sight, "site", ZH, 6).lines} == {None}


def test_a_wall_that_finds_no_gateway_says_at_which_address_and_why() -> None:
    said = {"url": "ws://gatewy:8765", "why": "[Errno -2] Name or service not known"}
    link = LinkState("connecting", 4, 103.0, "English", "connect.unreachable", said)
    banner = heading.banner_text(floors.sight(Entities(), stale=True, monotonic=100.0, link=link), ZH)
    told = "ws://gatewy:8765  ·  3 秒后第 4 次重连  ·  [Errno -2] Name or service not known"
    assert banner == BannerText("连不上网关", told)
    broken = LinkState("connecting", 4, 103.0, "the connection broke")
    banner = heading.banner_text(floors.sight(Entities(), stale=True, monotonic=100.0, link=broken), EN)
    assert banner is not None and banner.detail == "attempt 4 in 3 s  ·  the connection broke"


@pytest.mark.parametrize("rows", [3, 4, 6])
def test_however_few_lines_there_are_nobody_is_lost_from_the_tally(rows: int) -> None:
    text = crew.tally(floors.sight(), "site", ZH, rows)
    assert len(text.lines) == rows
    assert sum(line.count or 0 for line in text.lines) == 101
    assert text.total == "101 / 110"


@given(st.dictionaries(st.sampled_from([*sorted(FAR_SHAPES), "break", "meeting", "busy"]), st.integers(0, 40)))
def test_the_tally_adds_up_for_any_mixture_of_states(states: dict[str, int]) -> None:
    staffed = sum(count for state, count in states.items() if state != "offline")
    staff = Staff(key="staff:site", rev=1, scope="site", states=states, staffed=staffed)
    for rows in (3, 4, 6):
        text = crew.tally(floors.sight(Entities([staff])), "site", ZH, rows)
        assert sum(line.count or 0 for line in text.lines) == staffed


def test_every_seat_state_has_a_shape_and_a_word() -> None:
    from feeds.facts import SEAT_STATES

    for state in SEAT_STATES:
        seat = Seat(key="seat:1", rev=1, state=state, since=floors.NOW)
        assert crew.seat_cell(floors.sight(), seat).shape in Shape
        assert ZH(f"state.{state}")


@pytest.mark.parametrize(("seconds", "tone"), [(119, Tone.CALM), (121, Tone.WARN), (301, Tone.CRITICAL)])
def test_a_seat_stands_out_once_its_state_has_lasted_too_long(seconds: int, tone: Tone) -> None:
    seat = Seat(
        key="seat:1", rev=1, state="acw", since=floors.NOW - seconds * 1000, warn_after_s=120.0, critical_after_s=300.0
    )
    cell = crew.seat_cell(floors.sight(), seat)
    assert cell.tone is tone
    assert bool(cell.since) is (tone is not Tone.CALM)


def test_a_vendor_s_row_shows_people_and_their_figures() -> None:
    page = Page("vendors", "vendors", items=("vendor:qingchuan", "team:team-7"))
    rows = present.vendor_rows(floors.sight(), page, ZH)
    assert [cell.text for cell in rows[0].cells] == ["晴川外包", "9", "412", "03:51", "78%", "2"]


def test_both_languages_know_the_same_words() -> None:
    from console.words import FOLDER

    zh, en = (json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8")) for name in ("zh_CN", "en"))
    assert list(zh) == list(en)


def test_a_screen_or_page_that_is_not_there_is_told_on_the_wall_itself() -> None:
    said = lambda words, **missing: [  # noqa: E731
        badge.label for badge in heading.masthead(floors.sight(), OVERVIEW, words, **missing).badges
    ]
    assert said(EN, no_page="a page of a very long name") == ["No page a page of a ver…"]
    assert said(ZH, no_screen="HDMI-9", no_page="seeats") == ["没有屏幕 HDMI-9"], "the page keeps room for its name"
    assert said(ZH) == []
