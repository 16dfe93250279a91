"""Alarm rules in a site's folder: every mistake is told with its place, and the demo's are sound."""

from __future__ import annotations

from pathlib import Path

import pytest

from config.load import load, site_from_name_or_path
from tests.config.sites import SOUND, write
from tests.config.sites import mistakes as mistakes_in

GOOD = """
  - id: wait
    text: {zh: 等, en: Wait}
    figure: longest_wait_now
    scopes: [queue]
    above: 60
    deadband: 10
    on_delay_s: 15
    off_delay_s: 120
    priority: critical
    advice: {zh: 调人, en: Move people}
  - {id: breaks, text: {zh: 休, en: Break}, state: break, scopes: [site], above: 5, deadband: 1}
  - {id: stuck, text: {zh: 久, en: Long}, state: acw, reason: 用餐, longer_s: 600}
  - {id: lost, text: {zh: 断, en: Lost}, lost: source, on_delay_s: 5}
"""


def mistakes(folder: Path, rules: str) -> list[str]:
    return mistakes_in(write(folder, {"site.yaml": SOUND, "alarms.yaml": f"alarms:{rules}"}))


def test_rules_of_every_kind_are_read(tmp_path: Path) -> None:
    assert mistakes(tmp_path, GOOD) == []
    wait, breaks, stuck, lost = load(tmp_path).alarms
    assert (wait.above, wait.deadband, wait.priority, wait.advice and wait.advice.en) == (
        60.0, 10.0, "critical", "Move people",
    )  # fmt: skip
    assert (breaks.state, stuck.longer_s, lost.lost) == ("break", 600.0, "source")


HEAD = "\n  - {id: r, text: {zh: r, en: r}, "


@pytest.mark.parametrize(
    ("rule", "says"),
    [
        ("above: 3}", "needs one of `figure`, `state` and `lost`; it has none of them"),
        ("figure: waiting, state: acw, above: 3}", "it has `figure` and `state`"),
        ("figure: waitin, above: 3}", "did you mean"),
        ("figure: waiting, window: 30m, above: 3}", "do not fit"),
        ("figure: waiting}", "a figure needs one limit"),
        ("figure: waiting, above: 3, below: 1}", "a figure needs one limit"),
        ("figure: waiting, above: 3, longer_s: 3}", "`longer_s` does not belong here"),
        ("figure: waiting, below: -3}", "`below` is -3: no figure is below 0"),
        ("figure: occupancy, window: 15m, above: 0.9e3}", "`above` is 900: occupancy is a ratio in per cent"),
        ("figure: waiting, above: 3, deadband: 4}", "it would never go"),
        ("figure: waiting, above: 3, deadband: -1}", "at least 0"),
        ("figure: waiting, above: 3, on_delay_s: 90000}", "from 0 to 86400"),
        ("figure: waiting, above: 3, scopes: [quue]}", "did you mean"),
        ("figure: waiting, above: 3, scopes: ['queue:nowhere']}", "there is no queue"),
        ("figure: waiting, above: 3, scopes: []}", "names no scope"),
        ("figure: waiting, above: 3, priority: urgent}", "is not one of"),
        ("state: aw, longer_s: 3}", "there is no seat state"),
        ("state: acw}", "more people than `above`, or one seat longer than `longer_s`"),
        ("state: acw, above: 3, reason: x}", "people are counted by state whatever the reason"),
        ("state: offline, above: 3}", "nobody sits at a seat that is offline"),
        ("state: acw, longer_s: 0}", "from 1 to 86400"),
        ("state: acw, longer_s: 60, deadband: 1}", "a time in a state has none"),
        ("lost: source, scopes: [queue]}", "a lost source is lost everywhere"),
        ("lost: trunk}", "the site names no `trunks`, so this alarm would never come"),
        ("lost: trunks}", "is not one of"),
        ("figure: waiting, above: 3, colour: red}", "not known here"),
    ],
)
def test_a_rule_that_cannot_be_meant_is_told_with_its_place(rule: str, says: str, tmp_path: Path) -> None:
    found = mistakes(tmp_path, HEAD + rule + "\n")
    assert any(says in one and "alarms.yaml:2:" in one for one in found), found


def test_an_id_may_stand_once_only(tmp_path: Path) -> None:
    found = mistakes(tmp_path, (HEAD + "figure: waiting, above: 3}") * 2 + "\n")
    assert any("used twice" in one for one in found)


def test_the_demo_says_what_to_do_about_every_alarm_and_has_critical_ones_for_what_is_lost() -> None:
    demo = site_from_name_or_path("demo")
    lost = [rule for rule in demo.alarms if rule.lost]
    assert [(rule.lost, rule.priority) for rule in lost] == [("source", "critical"), ("trunk", "critical")]
    ruled = [*demo.alarms, *(one for one in demo.thresholds if one.alarm)]
    assert [one for one in ruled if one.advice is None or not one.advice.zh or not one.advice.en] == []
