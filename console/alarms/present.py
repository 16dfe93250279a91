"""Turns alarms into lines: gravest and not acknowledged first, those that have recovered last."""

from __future__ import annotations

from msgspec import Struct

from console.given import Given
from console.phrases.alarms import alarm_place, alarm_text
from console.phrases.times import clock_text as time_of_day
from console.rights import outcome, refusal
from console.sight import Sight
from console.words import Words
from feeds.entities import Alarm
from widgets.desk_texts import ActionText, LineText
from widgets.elapsed import clock_text
from widgets.tones import Tone

ACKNOWLEDGE = "alarm.acknowledge"


class AlarmsText(Struct, frozen=True):
    """All that the panel shows; the actions are about the chosen alarm."""

    lines: tuple[LineText, ...]
    note: str = ""
    empty: str = ""
    acknowledge: ActionText = ActionText(ACKNOWLEDGE, "")
    locate: ActionText = ActionText("locate", "")
    outcome: str = ""
    outcome_tone: Tone = Tone.CALM


def alarms(sight: Sight, chosen: str, given: Given | None, words: Words) -> AlarmsText:
    """The panel; `chosen` is the key of the alarm that the buttons are about, `given` its last order."""
    found = _in_order(sight)
    open_ = [alarm for alarm in found if alarm.ended_at is None]
    fresh = sum(not alarm.acknowledged_by for alarm in open_)
    note, tone = outcome(sight, given, words) if given is not None else ("", Tone.CALM)
    alarm = sight.entities.get(chosen)
    alarm = alarm if isinstance(alarm, Alarm) else None
    return AlarmsText(
        lines=tuple(line(sight, one, words) for one in found),
        note=words("alarms.note", fresh=fresh, open=len(open_)) if sight.site is not None else "",
        empty=words("alarm.none") if sight.site is not None else "",
        acknowledge=_action(ACKNOWLEDGE, words("alarms.acknowledge"), _why_not(sight, alarm, given, words)),
        locate=_action("locate", words("alarms.locate"), _lost(alarm, words)),
        outcome=note,
        outcome_tone=tone,
    )


def _in_order(sight: Sight) -> list[Alarm]:
    open_ = sight.alarms()
    over = [alarm for alarm in sight.entities.of(Alarm) if alarm.ended_at is not None]
    return [*open_, *sorted(over, key=lambda alarm: (-(alarm.ended_at or 0), alarm.key))]


def line(sight: Sight, alarm: Alarm, words: Words) -> LineText:
    """One alarm."""
    over = alarm.ended_at is not None
    end = alarm.ended_at if alarm.ended_at is not None else sight.moment("")
    level = words(f"alarms.{alarm.level}")
    return LineText(
        key=alarm.key,
        cells=(
            level,
            time_of_day(sight.site, alarm.since),
            alarm_place(sight, alarm, words),
            alarm_text(sight, alarm, words),
            clock_text(max(0, end - alarm.since) / 1000),
            state(alarm, words),
        ),
        tone=Tone.CALM if over else Tone(alarm.level),
        acknowledged=bool(alarm.acknowledged_by),
        signed=not over,
        faint=over,
        tip=words("alarms.since", time=time_of_day(sight.site, alarm.since)),
    )


def state(alarm: Alarm, words: Words) -> str:
    """Whether somebody has taken note, and whether it is over."""
    if alarm.acknowledged_by:
        key = "alarms.acknowledged_over" if alarm.ended_at is not None else "alarms.acknowledged"
        return words(key, by=alarm.acknowledged_by)
    return words("alarms.fresh_over" if alarm.ended_at is not None else "alarms.fresh")


def _action(key: str, label: str, why: str) -> ActionText:
    return ActionText(key, label, enabled=not why, why=why)


def _why_not(sight: Sight, alarm: Alarm | None, given: Given | None, words: Words) -> str:
    """Why the chosen alarm cannot be acknowledged."""
    if alarm is None:
        return words("why.choose_alarm")
    if alarm.acknowledged_by:
        return words("why.acknowledged", by=alarm.acknowledged_by)
    if given is not None and not given.ended:
        return words("why.waiting")
    return refusal(sight, ACKNOWLEDGE, words)


def _lost(alarm: Alarm | None, words: Words) -> str:
    """Why the chosen alarm cannot be located."""
    if alarm is None:
        return words("why.choose_alarm")
    return words("why.whole_floor") if alarm.scope == "site" else ""
