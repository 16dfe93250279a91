"""The head of the desk, what goes from it first where it is narrow, and the banner below it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from console.desk import Desk
from console.sight import Entities, LinkState, Sight, SourceSight
from console.theme import palette
from console.window import heading
from console.words import Words
from feeds.entities import Label, ShiftInfo, SiteInfo
from feeds.said import Value
from tests.wall import floors
from tests.wall.floors import welcome
from widgets.desk_texts import TopBarText
from widgets.texts import Badge
from widgets.tones import Tone
from widgets.top_bar import Names

MakeDesk = Callable[..., Desk]
ZH, EN = Words("zh_CN"), Words("en")


def unconnected(phase: str, reason: str, code: str = "", **values: Value) -> Sight:
    return floors.sight(Entities(), stale=True, link=LinkState(phase, 1, None, reason, code, values), sources={})


def test_the_head_counts_open_alarms_by_level_and_tells_the_mode() -> None:
    text = heading.top_bar(floors.sight(), EN)
    assert text.alarms == ((Tone.CRITICAL, 1), (Tone.WARN, 1))
    assert [badge.label for badge in text.badges] == ["Live"]
    assert text.proof == "Live  0.4 s"
    assert text.clock == "14:32:08"


@pytest.mark.parametrize(("mode", "label"), [("simulated", "Simulated"), ("replay", "Replay")])
def test_a_floor_that_is_not_the_real_one_says_so(mode: str, label: str) -> None:
    sight = floors.sight(sources={"main": SourceSight("main", False, 0.4, floors.NOW, mode=mode, speed=60)})
    (badge,) = heading.top_bar(sight, EN).badges
    assert (badge.label, badge.sublabel) == (label, "60×")


def test_a_paused_floor_has_a_badge_of_its_own_for_that() -> None:
    sight = floors.sight(sources={"main": SourceSight("main", False, 0.4, floors.NOW, mode="replay", speed=0)})
    assert heading.top_bar(sight, EN).badges == (Badge("Replay", "", "replay"), Badge("Paused", "", "pause"))


def test_however_narrow_the_head_is_no_mode_goes_while_the_shift_may(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = Names(palette("light"))
    modes = (Badge("Replay", "", "replay"), Badge("Paused", "", "pause"))
    names.set_text(TopBarText(short="95518", shift=("Day shift", "08:00–20:00"), badges=modes))
    painted: list[Badge] = []
    paint = names._paint_chip

    def remembered(painter: QPainter, chip: Badge, left: float, loud: bool) -> float:
        painted.append(chip)
        return paint(painter, chip, left, loud)

    monkeypatch.setattr(names, "_paint_chip", remembered)
    for width in (names.sizeHint().width(), names.minimumSizeHint().width(), names.minimumSizeHint().width() - 60):
        painted.clear()
        names.resize(width, 56)
        names.grab()
        assert painted[-2:] == list(modes)
    assert painted == list(modes), "there was no room for the shift"


def test_a_recording_tells_its_day_in_the_head_while_there_is_room_for_it(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    played = floors.sight(sources={"main": SourceSight("main", False, 0.4, floors.NOW, mode="replay")})
    assert heading.top_bar(floors.sight(), EN).day == "", "which day it is on the real floor everybody knows"
    text = heading.top_bar(played, EN)
    assert text.day == "Sun 22 Nov 2026"
    names = Names(palette("light"))
    names.set_text(text)
    assert "Sun 22 Nov 2026" in names.accessibleName()
    painted: list[str] = []
    monkeypatch.setattr(names, "_paint_chip", lambda painter, chip, left, loud: painted.append(chip.label) or 0.0)
    for room, seen in ((names.sizeHint(), [text.day, "Replay"]), (names.minimumSizeHint(), ["Replay"])):
        painted.clear()
        names.resize(room.width(), 56)
        names.grab()
        assert painted == seen


def test_the_head_of_an_old_floor_claims_nothing_and_the_banner_tells_the_age() -> None:
    assert heading.top_bar(floors.stale_sight(), EN).proof == ""
    banner = heading.banner(floors.stale_sight(), EN)
    assert banner is not None
    assert (banner.title, banner.tone) == ("No data for 00:42", Tone.WARN)
    assert "14:32:08" in banner.detail


def test_a_gateway_that_cannot_write_its_books_is_told_beside_figures_that_are_live() -> None:
    sources = {"main": SourceSight("main", False, 0.3, floors.NOW, why="gateway.db: no space is left on the disk")}
    sight = floors.sight(sources=sources)
    head = heading.top_bar(sight, EN)
    assert [(badge.label, badge.tone) for badge in head.badges] == [
        ("Live", Tone.INFO), ("Books not written", Tone.WARN),
    ]  # fmt: skip
    assert "no space is left on the disk" in head.more and "figures are live" in head.more
    assert heading.banner(sight, EN) is None and head.proof, "alarms and how fresh the data is stay in sight"
    lost = replace(sight, sources={"main": replace(sources["main"], stale=True, age=9.0)})
    banner, head = heading.banner(lost, EN), heading.top_bar(lost, EN)
    assert banner is not None and "no space is left on the disk" in banner.detail
    assert "figures are live" not in banner.detail + head.more
    assert all(badge.tone is Tone.INFO for badge in heading.top_bar(floors.sight(), EN).badges)


@pytest.mark.parametrize(
    ("phase", "reason", "code", "said", "advice"),
    [
        ("connecting", "ws://x:1 cannot be reached", "connect.unreachable", "cannot be reached", "--gateway"),
        ("refused", "ws://x:1 does not speak v1", "connect.language", "not a Watchfloor gateway", "port"),
        ("refused", "the certificate is not trusted", "connect.certificate", "not trusted", "--certificate"),
        ("refused", "nobody knows this token", "hello.unknown_token", "does not accept this token", "--token-file"),
        ("refused", "an older gateway does not know the token", "", "does not accept this token", "--token-file"),
        ("refused", "no `token` in hello", "hello.unfit", "another version", "Update"),
        ("refused", "something else", "", "refuses", "something else"),
        ("refused", "no tokens on Sundays", "hello.sunday", "refuses", "no tokens on Sundays"),
    ],
)
def test_a_connection_that_cannot_be_made_says_what_to_mend(
    phase: str, reason: str, code: str, said: str, advice: str
) -> None:
    banner = heading.banner(unconnected(phase, reason, code), EN)
    assert banner is not None
    assert said in banner.title
    assert advice in banner.detail
    assert banner.tone is Tone.WARN


def test_why_a_connection_is_refused_is_told_in_the_desks_language_also_over_old_data() -> None:
    sight = unconnected("refused", "the token qa expired", "hello.expired", token="qa", expires="2026-01-31")
    banner = heading.banner(sight, ZH)
    assert banner is not None
    assert banner.title == "网关不接受此令牌"
    assert banner.detail.endswith("重新选择现场  ·  令牌 qa 已过期（2026-01-31）")
    later = heading.banner(replace(floors.stale_sight(), link=sight.link), ZH)
    assert later is not None and later.title == banner.title
    assert later.detail == f"显示 14:32:08 的数值  ·  {banner.detail}"


def test_the_desk_says_in_which_role_and_scope_the_gateway_knows_us() -> None:
    sight = floors.sight(welcome=welcome("vendor-lead"))
    assert heading.who(sight, ZH) == "外包主管"
    assert "Qingchuan Services" in heading.scope(sight, EN)
    assert heading.who(floors.sight(welcome=welcome("night-owl")), EN) == "night-owl"
    assert heading.who(floors.sight(), EN) == "not connected"
    counts = LinkState(code="connect.catching_up", values={"percent": 40})
    assert heading.who(floors.sight(link=counts), EN) == "connected"


def test_the_desk_says_whose_credential_it_has_where_the_site_does() -> None:
    floor = floors.floor()
    site = floor["site:demo"]
    assert isinstance(site, SiteInfo)
    floor.put(replace(site, people=[Label("wang", "王丽", "Wang Li")]))
    ours = replace(welcome("manager"), by="wang")
    assert heading.who(floors.sight(floor, welcome=ours), ZH) == "王丽 · 中心经理"
    assert heading.who(floors.sight(floor, welcome=ours), EN) == "Wang Li · Centre manager"
    assert heading.who(floors.sight(floor, welcome=replace(ours, by="another")), EN) == "Centre manager"
    assert heading.who(floors.sight(welcome=ours), EN) == "Centre manager"


def test_the_counts_of_alarms_open_the_alarms_by_mouse_and_keyboard(make_desk: MakeDesk, qtbot: QtBot) -> None:
    desk = make_desk("--lang", "en")
    desk.window.look_at(floors.sight())
    counts = desk.window.bar.alarms
    assert counts.accessibleName() == "Critical alarms: 1, warnings: 1"
    for act in (
        lambda: qtbot.mouseClick(counts, Qt.MouseButton.LeftButton),
        lambda: qtbot.keyClick(counts, Qt.Key.Key_Space),
    ):
        desk.window.docks["alarms"].close()
        act()
        assert not desk.window.docks["alarms"].isHidden()
    assert counts.focusPolicy() & Qt.FocusPolicy.TabFocus


def test_where_the_head_is_narrow_the_name_goes_before_the_shift_and_never_the_mode(make_desk: MakeDesk) -> None:
    desk = make_desk("--lang", "en")
    shift = ShiftInfo("day", "白班", "Day shift", "08:00-20:00")
    simulated = {"main": SourceSight("main", False, 0.4, floors.NOW, mode="simulated", speed=10)}
    for width in (1600, 1280, 1100, 960, 853):
        desk.window.resize(width, 800)
        desk.window.look_at(floors.sight(floors.floor(shifts=[shift]), sources=simulated))
        names = desk.window.bar.names
        assert names.width() >= names.minimumSizeHint().width(), "the mode is always seen whole"
        assert "Simulated 10×" in names.accessibleName()
        assert "Day shift 08:00–20:00" in names.toolTip()


def test_where_the_head_is_narrow_the_role_goes_before_the_age_of_the_data_is_cut(make_desk: MakeDesk) -> None:
    desk = make_desk("--lang", "en")
    floor = floors.floor(people=[Label("wang", "王丽", "Wang Li")])
    ours = replace(welcome("manager"), by="wang")
    simulated = {"main": SourceSight("main", False, 0.4, floors.NOW, mode="simulated")}
    shown = {}
    for width in (1280, 840):
        desk.window.resize(width, 800)
        desk.window.look_at(floors.sight(floor, sources=simulated, welcome=ours))
        QApplication.processEvents()
        assert desk.window.bar.pulse.width() >= desk.window.bar.pulse.sizeHint().width()
        shown[width] = desk.window.who.text()
    assert shown == {1280: "Wang Li · Centre manager", 840: "Wang Li"}
    assert desk.window.who.accessibleName() == "Who I am, and how the desk looks: Wang Li · Centre manager"
    assert desk.window.who.toolTip().startswith("Wang Li · Centre manager\n")


def test_a_long_name_of_whoever_sits_here_cuts_no_mode_and_no_age(make_desk: MakeDesk) -> None:
    desk = make_desk("--lang", "en")
    name = "Duty desk & emergency command joint position, hall one east"
    floor = floors.floor(people=[Label("wang", "值班台与应急指挥联合席位（一号厅东侧）", name)])
    ours = replace(welcome("manager"), by="wang")
    simulated = {"main": SourceSight("main", False, 0.4, floors.NOW, mode="simulated")}
    for language in ("zh_CN", "en"):
        desk.window.choose_language(language)
        desk.window.resize(853, 533)
        for _ in range(2):
            desk.window.look_at(floors.sight(floor, sources=simulated, welcome=ours))
            QApplication.processEvents()
        bar = desk.window.bar
        assert bar.names.width() >= bar.names.minimumSizeHint().width(), "the mode is seen whole"
        assert bar.pulse.width() >= bar.pulse.sizeHint().width(), "and the age of the data"
        assert desk.window.who.text().endswith("…") and desk.window.who.geometry().right() < desk.window.width()
    assert desk.window.who.text().startswith("Duty desk"), "no more is cut than must be"
    assert desk.window.who.toolTip().startswith(name)
    desk.window.resize(1920, 900)
    desk.window.look_at(floors.sight(floor, sources=simulated, welcome=ours))
    assert desk.window.who.text() == f"{name} · Centre manager".replace("&", "&&")
