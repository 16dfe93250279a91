"""Turns what happened into lines: alarms that still stand first, then everything else, the newest on top."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from console.phrases.alarms import alarm_place, alarm_text
from console.phrases.freshness import speed_text
from console.phrases.happenings import about_text, mode_name, order_name, receiver
from console.phrases.people import person_name, who_did
from console.phrases.said import worded
from console.phrases.scopes import label_name
from console.phrases.times import date_text, local
from console.sight import GRAVITY, Sight
from console.words import Words
from feeds.entities import Alarm, Note, Notice, Order, Source, Switch, Trunk
from feeds.records import Happening
from feeds.requests import JournalResult
from widgets.desk_texts import LineText
from widgets.elapsed import clock_text
from widgets.tones import Tone

KINDS = ["alarm", "order", "switch", "source", "trunk", "notice", "note"]
SEEN_IN = ("alarm.", "notice.", "handover.")
"""Orders whose effect is a line of its own: what they did needs no second one, what they did not do has only theirs."""


class AwayText(Struct, frozen=True):
    """All that the list shows; `targets` is where each line leads, empty where it is about the whole floor."""

    title: str = ""
    note: str = ""
    lines: tuple[LineText, ...] = ()
    targets: dict[str, str] = {}
    empty: str = ""
    warning: str = ""


class _Story(Struct):
    """What happened to one alarm."""

    last: Happening
    raised: int = 0


def away(
    sight: Sight, since: int, until: int | None, told: JournalResult, own: Iterable[str], words: Words
) -> AwayText:
    """The list of what happened from `since` to `until` (floor time; None: up to now); `own` are this desk's orders."""
    mine = {f"order:{order}" for order in own if order}
    stories: dict[str, _Story] = {}
    others: list[Happening] = []
    for one in told.happened:
        if isinstance(one.entity, Alarm):
            story = stories.setdefault(one.entity.key, _Story(one))
            story.last = one
            story.raised += one.what == "raised"
        elif one.entity.key not in mine and not _told_already(one):
            others.append(one)
    standing = [one for one in stories.values() if _stands(one.last)]
    over = [one for one in stories.values() if not _stands(one.last)]
    standing.sort(key=lambda one: (GRAVITY[_alarm(one.last).priority], -one.last.at))
    lines = [(_alarm_line(sight, one, words), _alarm(one.last).key) for one in standing]
    rest = [(one.last.at, _alarm_line(sight, one, words), _alarm(one.last).scope) for one in over]
    rest += [(one.at, _line(sight, one, words), _target(one)) for one in others]
    rest.sort(key=lambda one: -one[0])
    lines += [(line, target) for _, line, target in rest]
    known_from = told.known_from if told.known_from > since + 1000 else None
    return AwayText(
        title=_title(sight, since, until, words),
        note=words("away.note", alarms=len(stories), others=len(others)) if stories or others else "",
        lines=tuple(line for line, _ in lines),
        targets={line.key: target for line, target in lines if target and target != "site"},
        empty=words("away.nothing"),
        warning=words("away.known_from", time=_time(sight, known_from, words)) if known_from is not None
        else words("away.left_off", count=told.left_off) if told.left_off else "",
    )  # fmt: skip


def _told_already(one: Happening) -> bool:
    return isinstance(one.entity, Order) and one.what == "done" and one.entity.name.startswith(SEEN_IN)


def _title(sight: Sight, since: int, until: int | None, words: Words) -> str:
    if until is None:
        return words("away.since", time=_time(sight, since, words))
    length = clock_text(max(0, until - since) / 1000)
    return words("away.span", begin=_time(sight, since, words), end=_time(sight, until, words), length=length)


def _alarm(one: Happening) -> Alarm:
    assert isinstance(one.entity, Alarm)
    return one.entity


def _stands(one: Happening) -> bool:
    return _alarm(one).stands


def _alarm_line(sight: Sight, story: _Story, words: Words) -> LineText:
    """One alarm, however often it came and went."""
    one, alarm = story.last, _alarm(story.last)
    stands = _stands(one)
    key, by = f"away.alarm.{one.what}", who_did(sight.site, one.what, alarm, words)
    if by and words.has(f"{key}_by"):  # a shelf whose time is over is nobody's deed
        key = f"{key}_by"
    what = words(key, by=by)
    if story.raised > 1:
        what = words("away.times", what=what, count=story.raised)
    return LineText(
        key=alarm.key,
        cells=(
            words(f"alarms.{alarm.priority}"), _time(sight, one.at, words), alarm_place(sight, alarm, words),
            alarm_text(sight, alarm, words), what,
        ),
        tone=Tone(alarm.priority) if stands else Tone.CALM,
        acknowledged=bool(alarm.acknowledged_by),
        signed=stands,
        faint=not stands,
    )  # fmt: skip


def _line(sight: Sight, one: Happening, words: Words) -> LineText:
    kind = one.entity.key.partition(":")[0]
    where, what, who = _told(sight, one, words)
    grave = one.what in ("down", "silent", "failed", "unknown")
    return LineText(
        key=f"{one.entity.key} {one.rev}",
        cells=(words(f"away.kind.{kind}"), _time(sight, one.at, words), where, what, who),
        tone=Tone.WARN if grave else Tone.CALM,
        signed=grave,
    )


def _told(sight: Sight, one: Happening, words: Words) -> tuple[str, str, str]:
    """Where, what and by whom."""
    entity, site = one.entity, sight.site
    if isinstance(entity, Order):
        said = worded(sight, entity.code, entity.values, entity.text, words)
        why = f"{words('order.colon')}{said}" if said else ""
        name = f"{order_name(entity, words)} · {words(f'away.end.{one.what}')}{why}"
        return about_text(sight, entity.about, words), name, person_name(site, entity.by, words)
    if isinstance(entity, Switch):
        number = entity.key.partition(":")[2]
        where = words("alarm.site") if number == "all" else label_name(site.queues if site else None, number, words)
        return where, mode_name(sight, entity.value, words), person_name(site, entity.by, words)
    if isinstance(entity, Source):
        return entity.title or entity.key.partition(":")[2], _source(entity, words), ""
    if isinstance(entity, Trunk):
        return words.name(entity), words(f"away.trunk.{one.what}"), ""
    if isinstance(entity, Notice):
        return receiver(sight, entity, words), entity.text, person_name(site, entity.by, words)
    if isinstance(entity, Note):
        text = " ".join(entity.text.splitlines())
        by = entity.settled_by if one.what == "settled" else entity.by
        return words(f"away.note.{one.what}"), text, person_name(site, by, words)
    return "", one.what, ""


def _source(source: Source, words: Words) -> str:
    """How a source stands: lost, back, and whose time it tells."""
    parts = [words(f"away.source.{source.state}")]
    if source.mode != "live":
        parts.append(words(f"badge.{source.mode}"))
        parts.append(speed_text(source.speed, words))
    return " · ".join([*parts, source.text] if source.text else parts)


def _target(one: Happening) -> str:
    """The key of what a line leads to; empty where it is about all of the floor."""
    entity = one.entity
    if isinstance(entity, Order):
        return entity.about
    if isinstance(entity, Switch):
        number = entity.key.partition(":")[2]
        return f"queue:{number}" if number != "all" else ""
    return entity.to if isinstance(entity, Notice) and entity.to != "floor" else ""


def _time(sight: Sight, at: int, words: Words) -> str:
    """The time, with its day when that is another one."""
    there, now = local(sight.site, at), local(sight.site, sight.now)
    clock = f"{there:%H:%M:%S}"
    return clock if there.date() == now.date() else f"{date_text(sight.site, at, words, year=sight.replayed)} {clock}"
