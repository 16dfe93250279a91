"""What happened on a floor, told while it is folded: alarms that come and go, orders that end, modes that change.

No fact says that an alarm was raised: the fold finds it out. Whoever was away asks for it later, so it is kept.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from typing import Any, Final

import msgspec

from feeds.entities import Alarm, AnyEntity, Notice, Order, Source, Switch, Trunk
from feeds.facts import (
    AnyFact,
    NoteSettled,
    NoteWritten,
    NoticeSent,
    OrderChanged,
    SourceChanged,
    SwitchRead,
    TrunkChanged,
)  # fmt: skip
from feeds.floor import Floor
from feeds.records import Happening

log = logging.getLogger("feeds.gateway.running.chronicle")

_PASSING: Final = frozenset({"value", "value_since", "limit", "number", "group", "cause"})
"""What moves in an alarm all the time, or follows from the others."""
_AS_THEY_SHOULD: Final = frozenset({"off", "up"})
_UNDECIDED: Final = frozenset({"accepted", "running"})


class Chronicle:
    """Looks at a floor after every fact; `new` collects what has happened since it was last cleared."""

    def __init__(self, floor: Floor) -> None:
        self._floor = floor
        self.new: list[Happening] = []
        self._checked = floor.state.next_check
        self._alarms = {key: (_mark(record), floor.entity(key)) for key, record in floor.state.alarms.items()}
        state = floor.state
        things: dict[str, Iterable[str]] = {
            "switch": state.switches, "source": state.sources, "trunk": state.trunks,
        }  # fmt: skip
        keys = [f"{kind}:{name}" for kind, named in things.items() for name in named]
        self._modes = {key: _mode(floor.entity(key)) for key in keys}

    def follow(self, fact: AnyFact, rev: int) -> None:
        """Note what a fact, folded as revision `rev`, has led to."""
        try:
            if (key := _key_of(fact)) is not None:
                self._look_at(fact, key, rev)
            if self._floor.state.next_check != self._checked or type(fact).__name__.startswith("Alarm"):
                self._checked = self._floor.state.next_check
                self._look_at_alarms(rev)
        except Exception:  # the floor goes on, whatever is wrong with the telling of it
            log.exception("what happened at revision %d cannot be told", rev)

    def _look_at(self, fact: AnyFact, key: str, rev: int) -> None:
        entity = self._floor.entity(key)
        if entity is None:
            return
        if isinstance(entity, Order):
            if entity.state not in _UNDECIDED:
                self._note(entity.state, entity, rev)
        elif isinstance(entity, Switch | Source | Trunk):
            mode, before = _mode(entity), self._modes.get(key)
            self._modes[key] = mode
            # What is heard of for the first time and stands as it should has not changed.
            if before != mode and (before is not None or entity.state not in _AS_THEY_SHOULD):
                self._note("changed" if isinstance(entity, Switch) else entity.state, entity, rev)
        elif isinstance(entity, Notice):
            self._note("sent", entity, rev)
        else:
            self._note("written" if isinstance(fact, NoteWritten) else "settled", entity, rev)

    def _look_at_alarms(self, rev: int) -> None:
        now = {key: _mark(record) for key, record in self._floor.state.alarms.items()}
        for key, mark in now.items():
            known = self._alarms.get(key)
            if known is not None and known[0] == mark:
                continue
            entity = self._floor.entity(key)
            if isinstance(entity, Alarm):
                self._note(_what(known[1] if known is not None else None, entity), entity, rev)
            self._alarms[key] = (mark, entity)
        for key in self._alarms.keys() - now.keys():
            del self._alarms[key]

    def _note(self, what: str, entity: AnyEntity, rev: int) -> None:
        self.new.append(Happening(rev=rev, at=self._floor.now, what=what, entity=entity))


def _key_of(fact: AnyFact) -> str | None:
    """The key of what a fact tells something of that people ask for later."""
    match fact:
        case OrderChanged():
            return f"order:{fact.order}"
        case SwitchRead():
            return f"switch:{fact.switch}"
        case SourceChanged():
            return f"source:{fact.source or 'main'}"
        case TrunkChanged():
            return f"trunk:{fact.trunk}"
        case NoticeSent():
            return f"notice:{fact.notice}"
        case NoteWritten() | NoteSettled():
            return f"note:{fact.note}"
    return None


def _mark(record: Any) -> tuple[object, ...]:
    """What must differ in an alarm for something to have happened to it."""
    fields = msgspec.structs.asdict(record)
    return tuple(value for name, value in fields.items() if name not in _PASSING)


def _mode(entity: AnyEntity | None) -> tuple[object, ...]:
    """The same of a source, a trunk or a switch."""
    if isinstance(entity, Source):
        return entity.state, entity.mode, entity.speed
    if isinstance(entity, Trunk):
        return (entity.state,)
    return (entity.state, entity.value) if isinstance(entity, Switch) else ()


def _what(before: AnyEntity | None, now: Alarm) -> str:
    """What has happened to an alarm."""
    if isinstance(before, Alarm) and before.state != now.state:
        if now.state in ("shelved", "out_of_service"):
            return now.state
        if before.state == "out_of_service":
            return "in_service"
        if before.state == "shelved":
            return "unshelved"
    if not isinstance(before, Alarm) or (before.ended_at is not None and now.ended_at is None):
        return "raised" if now.ended_at is None else "returned"
    if before.ended_at is None and now.ended_at is not None:
        return "returned"
    if before.level != now.level:
        return "worse" if now.level == "critical" else "eased"
    return "acknowledged" if now.acknowledged_by and not before.acknowledged_by else "changed"
