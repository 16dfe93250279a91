"""Checks that each alarm rule of a site says one thing, and says it so that the alarm can come and go."""

from __future__ import annotations

from typing import Final

from config.checking.inspection import Inspection
from config.convert import Path
from config.figure_names import flaw_of_deadband, flaw_of_limit
from config.schema import AlarmRule

_KINDS: Final = ("figure", "state", "lost")
_NOBODY: Final = ("offline", "fault")
"""States of a seat where nobody sits, so that nobody is counted in them."""


def check(inspection: Inspection) -> None:
    """Add a mistake for each rule that cannot be meant."""
    for place, rule in enumerate(inspection.site.alarms):
        path: Path = ("alarms", place)
        named = [kind for kind in _KINDS if getattr(rule, kind)]
        if any(inspection.is_bad((*path, name)) for name in rule.__struct_fields__):
            continue
        if len(named) != 1:
            said = " and ".join(f"`{kind}`" for kind in named) or "none of them"
            inspection.say(path, f"needs one of `figure`, `state` and `lost`; it has {said}")
            continue
        if not rule.scopes and not rule.lost:
            inspection.say((*path, "scopes"), "names no scope, so it never applies")
        {"figure": _of_figure, "state": _of_state, "lost": _of_loss}[named[0]](inspection, path, rule)


def _of_figure(inspection: Inspection, path: Path, rule: AlarmRule) -> None:
    if (rule.above is None) == (rule.below is None):
        inspection.say(path, "a figure needs one limit, `above` or `below`")
    for name in ("above", "below"):
        limit: float | None = getattr(rule, name)
        flaw = "" if limit is None else flaw_of_limit(rule.figure, limit, least=name == "below")
        if flaw:
            inspection.say((*path, name), f"`{name}` is {limit:g}: {flaw}")
    _unfit(inspection, path, ("longer_s", "reason"), "only a seat's `state` has it")
    _deadband(inspection, path, rule)


def _of_state(inspection: Inspection, path: Path, rule: AlarmRule) -> None:
    if (rule.above is None) == (rule.longer_s is None):
        inspection.say(path, "a state needs one limit: more people than `above`, or one seat longer than `longer_s`")
        return
    _unfit(inspection, path, ("below", "window"), "only a `figure` has it")
    if rule.longer_s is not None:
        _unfit(inspection, path, ("deadband",), "a time in a state has none")
        return
    _unfit(inspection, path, ("reason",), "people are counted by state whatever the reason; use `longer_s`")
    if rule.state in _NOBODY:
        inspection.say((*path, "state"), f"nobody sits at a seat that is {rule.state}, so nobody is counted in it")
    _deadband(inspection, path, rule)


def _of_loss(inspection: Inspection, path: Path, rule: AlarmRule) -> None:
    names = ("above", "below", "longer_s", "deadband", "scopes", "window", "reason")
    _unfit(inspection, path, names, f"a lost {rule.lost} is lost everywhere; give it an `on_delay_s`")
    if rule.lost == "trunk" and not inspection.site.trunks and not inspection.is_bad(("trunks",)):
        inspection.say((*path, "lost"), "the site names no `trunks`, so this alarm would never come")


def _unfit(inspection: Inspection, path: Path, names: tuple[str, ...], why: str) -> None:
    for name in names:
        if inspection.is_written((*path, name)):
            inspection.say((*path, name), f"`{name}` does not belong here: {why}")


def _deadband(inspection: Inspection, path: Path, rule: AlarmRule) -> None:
    """No figure is below nought, no ratio above a hundred: beyond them an alarm would never be over."""
    for limit, least in ((rule.above, False), (rule.below, True)):
        if limit is None or rule.deadband <= 0:
            continue
        flaw = flaw_of_deadband(rule.figure, limit, rule.deadband, least=least)
        if flaw:
            inspection.say((*path, "deadband"), flaw)
