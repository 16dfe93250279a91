"""The journal of the alarms as lines: what happened to which alarm, who did what to it, and why."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from console.phrases.alarms import alarm_place, alarm_text
from console.phrases.people import who_did
from console.phrases.times import clock_text, local, minute_text, since_text
from console.sight import Sight
from console.words import Words
from feeds.entities import Alarm
from feeds.records import Happening
from feeds.requests import JournalParams, JournalResult
from widgets.desk_texts import LineText
from widgets.tones import Tone

REACH_MS = 24 * 3600 * 1000
"""How far back the journal is asked for."""
MOST = 500
ALL = 5000
"""As much as a gateway tells at once: for a file, or for paper."""
_RAISING = ("raised", "worse")


def question(sight: Sight, most: int) -> JournalParams:
    """What the gateway is asked: the alarms of the last day, up to now, the newest where there are more."""
    return JournalParams(begin=sight.now - REACH_MS, kinds=["alarm"], limit=most)


def mark(sight: Sight) -> tuple[object, ...]:
    """What must have changed for the journal to have new lines; how values move is none of that."""
    found = sorted((one.key, one.state, one.priority, one.since) for one in sight.entities.of(Alarm))
    return (sight.epoch, *found)


def lines(sight: Sight, told: JournalResult, words: Words) -> list[LineText]:
    """The lines, newest first."""
    days = {local(sight.site, one.at).date() for one in told.happened}
    dated = days != {local(sight.site, sight.now).date()}
    return [_line(sight, one, words, dated=dated) for one in reversed(told.happened)]


def _line(sight: Sight, one: Happening, words: Words, *, dated: bool) -> LineText:
    alarm = one.entity
    assert isinstance(alarm, Alarm)
    then = replace(sight, now=one.at, held=one.at)
    who, why = who_did(sight.site, one.what, alarm, words), _why(sight, one.at, one.what, alarm, words)
    time = clock_text(sight.site, one.at)
    if dated:
        time = f"{local(sight.site, one.at):%m-%d} {time}"
    did = words(f"alarms.did.{one.what}")
    if one.what == "raised" and alarm.cause:
        did = words("alarms.did.followed")
    if one.what == "unshelved" and not who:
        did = words("alarms.did.shelf_ended")
    raising = one.what in _RAISING and not alarm.cause and alarm.stands  # what was put aside told nobody
    return LineText(
        key=f"{one.rev}:{alarm.key}",
        cells=(did, time, alarm_place(sight, alarm, words), alarm_text(then, alarm, words), who, why),
        tone=Tone(alarm.priority) if raising else Tone.CALM,
        acknowledged=True,
        signed=raising,
        faint=not raising and not who,
        tip=f"{did}  {time}  {who}\n{why}".strip(),
    )


def _why(sight: Sight, at: int, what: str, alarm: Alarm, words: Words) -> str:
    if what == "shelved" and alarm.shelved_until is not None:
        until = minute_text(sight.site, alarm.shelved_until, at)
        return words("alarms.until", time=until, reason=alarm.suppressed_reason)
    return alarm.suppressed_reason if what == "out_of_service" else ""


def beyond(sight: Sight, told: JournalResult | None, words: Words) -> str:
    """What the table does not list of the last day, and why; empty where it lists all of it."""
    if told is None:
        return ""
    if told.left_off:
        return words("away.left_off", count=told.left_off)
    known = told.known_from > told.begin and told.happened
    return words("away.known_from", time=since_text(sight.site, told.known_from, sight.now)) if known else ""


def known_since(sight: Sight, told: JournalResult | None, words: Words) -> str:
    """What the empty table says: nothing happened since, or nothing is known yet."""
    if told is None:
        return words("alarms.journal_asked")
    since: Sequence[int] = (told.begin, told.known_from)
    return words("alarms.journal_empty", time=minute_text(sight.site, max(since), sight.now))
