"""Turns what was found into lines: what it is, how it is now, what Enter does with it and what else can be done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct

from console.finder.index import AGENT, ALARM, CALL, COMMAND, QUEUE, Command, alarm_name
from console.finder.matching import Entry
from console.phrases.figures import EMPTY, value_of
from console.phrases.people import who_acknowledged
from console.phrases.scopes import label_name
from console.phrases.states import agent_name, masked, seat_number, seconds_of, shape_of, state_text
from console.rights import refusal, source_refusal
from console.sight import Sight
from console.words import Words
from feeds.entities import AgentDay, Alarm, Call, Queue, Seat
from widgets.elapsed import clock_text
from widgets.finding.finder_texts import HitText
from widgets.tones import Tone

OPEN, LOCATE, LINK, SEARCH = "open", "locate", "link", "search"
ICONS = {
    OPEN: "join", LOCATE: "grid", LINK: "globe", SEARCH: "search",
    "seat.ready": "check", "seat.pause": "pause", "seat.logout": "close",
}  # fmt: skip


class Deed(Struct, frozen=True):
    """Something that can be done with what was found: `why` it cannot be done now."""

    id: str
    label: str
    icon: str = ""
    why: str = ""


def hits(sight: Sight, found: Sequence[Entry], commands: Mapping[str, Command], words: Words) -> tuple[HitText, ...]:
    """A line for each entry, as it is now; what has gone meanwhile is left out."""
    made = (hit(sight, one, commands, words) for one in found)
    return tuple(one for one in made if one is not None)


def hit(sight: Sight, one: Entry, commands: Mapping[str, Command], words: Words) -> HitText | None:
    """One line."""
    if one.kind == COMMAND:
        return _command(one, commands.get(one.key.partition(":")[2]), words)
    entity = sight.entities.get(one.key)
    kind, does = words(f"finder.kind.{one.kind}"), words(f"finder.do.{one.kind}")
    if isinstance(entity, Seat):
        return HitText(
            one.key, agent_name(entity, words) or words("floor.vacant"), _seat_detail(sight, entity, words), kind, does,
            shape=shape_of(entity), more=True,
        )  # fmt: skip
    if isinstance(entity, Queue):
        detail = _queue_detail(sight, entity, words)
        return HitText(one.key, one.title, detail, kind, does, icon="people", more=True)
    if isinstance(entity, Alarm):
        return HitText(
            one.key, alarm_name(sight, entity, words), _alarm_detail(sight, entity, words), kind, does,
            tone=Tone(entity.priority), acknowledged=bool(entity.acknowledged_by), more=True,
        )  # fmt: skip
    if isinstance(entity, Call):
        return HitText(
            one.key, masked(entity.number) or words("agent.no_number"), _call_detail(sight, entity, words), kind, does,
            icon="headset", more=True,
        )  # fmt: skip
    if isinstance(entity, AgentDay):
        detail = f"{words('agent.number', number=entity.key.partition(':')[2])} · {words('finder.not_seated')}"
        return HitText(one.key, one.title, detail, kind, does, icon="people")
    return None


def _command(one: Entry, command: Command | None, words: Words) -> HitText | None:
    if command is None:
        return None
    return HitText(
        one.key, command.title, command.group, words("finder.kind.command"), words("finder.do.command"), command.keys,
        command.why, icon=command.icon or "more",
    )  # fmt: skip


def _seat_detail(sight: Sight, seat: Seat, words: Words) -> str:
    time = clock_text(seconds_of(sight, seat)) if seat.since and seat.state != "offline" else ""
    team = label_name(sight.site.teams if sight.site else None, seat.team, words) if seat.team else ""
    number = words("floor.seat", number=seat_number(seat))
    return " · ".join(filter(None, (f"{state_text(sight.site, seat, words)} {time}".strip(), number, team)))


def _queue_detail(sight: Sight, queue: Queue, words: Words) -> str:
    wait = value_of(sight, queue.key, "longest_wait_now", "now")
    longest = clock_text(wait) if wait is not None else EMPTY
    return f"{words('queues.waiting')} {queue.waiting} · {words('queues.longest')} {longest}"


def _alarm_detail(sight: Sight, alarm: Alarm, words: Words) -> str:
    since = clock_text(max(0, sight.moment("") - alarm.since) / 1000)
    who = who_acknowledged(sight.site, alarm, words)
    return f"{since} · {words('alarm.acknowledged', by=who) if who else words('alarm.unacknowledged')}"


def _call_detail(sight: Sight, call: Call, words: Words) -> str:
    queue = label_name(sight.site.queues if sight.site else None, call.queue, words)
    spent = clock_text(max(0, sight.moment(call.source) - call.since) / 1000)
    return f"{words(f'call.{call.state}')} {spent} · {queue}"


def deeds(sight: Sight, key: str, orders: Sequence[str], words: Words) -> tuple[Deed, ...]:
    """All that can be done with a thing that was found; `orders` are those that its panel takes for a seat."""
    entity = sight.entities.get(key)
    if isinstance(entity, Seat):
        open_, where = Deed(OPEN, words("finder.do.seat"), ICONS[OPEN]), Deed(LOCATE, words("finder.locate"), "grid")
        given = tuple(_order(sight, entity, name, words) for name in orders)
        return (open_, where, *given, _link(words))
    if isinstance(entity, Queue | Alarm | Call):
        kind = QUEUE if isinstance(entity, Queue) else ALARM if isinstance(entity, Alarm) else CALL
        made = [Deed(OPEN, words(f"finder.do.{kind}"), ICONS[OPEN])]
        if kind == ALARM:
            whole = isinstance(entity, Alarm) and entity.scope == "site"
            made.append(Deed(LOCATE, words("alarms.locate"), "grid", words("why.whole_floor") if whole else ""))
        return (*made, _link(words)) if kind != CALL else tuple(made)
    if isinstance(entity, AgentDay):
        return (Deed(OPEN, words(f"finder.do.{AGENT}"), ICONS[SEARCH]),)
    return ()


def _order(sight: Sight, seat: Seat, name: str, words: Words) -> Deed:
    why = refusal(sight, name, words) or source_refusal(sight, seat.source, words)
    if not why and seat.state in ("offline", "fault"):
        why = words("why.nobody")
    return Deed(name, words(f"order.{name}") + "…", ICONS.get(name, ""), why)


def _link(words: Words) -> Deed:
    return Deed(LINK, words("finder.link"), ICONS[LINK])


def deed_lines(offered: Sequence[Deed], words: Words) -> tuple[HitText, ...]:
    """A line for each deed."""
    return tuple(
        HitText(one.id, one.label, "", "", words("finder.do.command"), why=one.why, icon=one.icon or "more")
        for one in offered
    )
