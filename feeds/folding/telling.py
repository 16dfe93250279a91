"""What facts about the floor itself do: ticks, sources, gaps, orders, listening, notices, notes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from feeds import facts
from feeds.folding.booking import remove, touch, touch_figures
from feeds.folding.core import Core
from feeds.folding.state import (
    LayoutRecord,
    ListeningRecord,
    NoteRecord,
    NoticeRecord,
    OrderRecord,
    SourceRecord,
    SwitchRecord,
    TrunkRecord,
)  # fmt: skip


def on_tick(floor: Core, fact: facts.Tick) -> None:
    """Time has passed: `apply` has already done what was due."""


def on_source_changed(floor: Core, fact: facts.SourceChanged) -> None:
    """A source changed its state, mode or speed."""
    name = fact.source or "main"
    record = floor.state.sources.setdefault(name, SourceRecord())
    if record.state != fact.state or not record.since:
        record.since = fact.at
    record.state, record.mode, record.speed, record.title = fact.state, fact.mode, fact.speed, fact.title
    record.text, record.orders = fact.text, fact.orders
    touch(floor, f"source:{name}")
    trunks = floor.state.trunks
    for trunk in [one for one, known in trunks.items() if (known.source or "main") == name]:
        if fact.state == "down":
            _set_trunk(floor, trunk, TrunkRecord("unknown", fact.at, source=fact.source))
        elif fact.state == "up" and all(one.id != trunk for one in floor.site.trunks):
            del trunks[trunk]  # the site folder named it once
            remove(floor, f"trunk:{trunk}")


def on_trunk_changed(floor: Core, fact: facts.TrunkChanged) -> None:
    """A trunk came up or went down."""
    _set_trunk(floor, fact.trunk, TrunkRecord(fact.state, fact.at, fact.text, fact.source))


def _set_trunk(floor: Core, trunk: str, record: TrunkRecord) -> None:
    """Keep how a trunk is; since when it is so stays what it was."""
    known = floor.state.trunks.get(trunk)
    if known is not None and known.state == record.state:
        record.since = known.since
    if record != known:
        floor.state.gone.pop(f"trunk:{trunk}", None)
        floor.state.trunks[trunk] = record
        touch(floor, f"trunk:{trunk}")


def on_source_checked(floor: Core, fact: facts.SourceChecked) -> None:
    """A source was compared with what it had told."""
    name = fact.source or "main"
    record = floor.state.sources.setdefault(name, SourceRecord())
    record.drift, record.checked = fact.drift, fact.at
    touch(floor, f"source:{name}")


def on_gap_seen(floor: Core, fact: facts.GapSeen) -> None:
    """A stretch of facts is missing: every figure whose period it touches says so."""
    floor.state.gaps.append((fact.begin, fact.end))
    floor.wires.retold += 1
    touch_figures(floor)


def on_switch_read(floor: Core, fact: facts.SwitchRead) -> None:
    """A switch was read back; since when it stands so is kept."""
    before = floor.state.switches.get(fact.switch)
    same = before is not None and before.value == fact.value and before.proved == fact.proved
    since, by = (before.since, fact.by or before.by) if before is not None and same else (fact.at, fact.by)
    floor.state.switches[fact.switch] = SwitchRecord(fact.value, fact.asked, fact.proved, by, since, fact.at)
    touch(floor, f"switch:{fact.switch}")


def on_order_changed(floor: Core, fact: facts.OrderChanged) -> None:
    """A command came a step further: everybody who may see it sees how far, whoever gave it."""
    floor.state.gone.pop(f"order:{fact.order}", None)
    floor.state.orders[fact.order] = OrderRecord(
        fact.name, fact.state, fact.by, fact.at, fact.text, fact.about, fact.code, fact.values, fact.undo_until
    )
    touch(floor, f"order:{fact.order}")


def on_listening_changed(floor: Core, fact: facts.ListeningChanged) -> None:
    """A listening session came a step further; one that has ended stays in sight for a moment."""
    name = str(fact.session)
    before = floor.state.listening.get(name)
    since = before.since if before is not None and before.state == fact.state else fact.at
    floor.state.gone.pop(f"listening:{name}", None)
    floor.state.listening[name] = ListeningRecord(
        fact.session, fact.state, fact.mode, fact.by, since, before.began_at if before is not None else fact.at,
        fact.seat, fact.leg, fact.phone, fact.order, fact.reason,
    )  # fmt: skip
    touch(floor, f"listening:{name}")


def on_notice_sent(floor: Core, fact: facts.NoticeSent) -> None:
    """A notice holds from now on; one that came too late to hold was never there."""
    if fact.until <= floor.now:
        return
    floor.state.gone.pop(f"notice:{fact.notice}", None)
    floor.state.notices[fact.notice] = NoticeRecord(
        fact.to, fact.text, fact.by, fact.at, fact.until, fact.team, fact.seat_type
    )
    touch(floor, f"notice:{fact.notice}")


def on_note_written(floor: Core, fact: facts.NoteWritten) -> None:
    """Something is written down for the next shift."""
    floor.state.gone.pop(f"note:{fact.note}", None)
    floor.state.notes[fact.note] = NoteRecord(fact.text, fact.by, fact.at)
    touch(floor, f"note:{fact.note}")


def on_note_settled(floor: Core, fact: facts.NoteSettled) -> None:
    """What a note was about is dealt with; whoever was first keeps the credit."""
    note = floor.state.notes.get(fact.note)
    if note is not None and not note.settled_by:
        note.settled_by, note.settled_at = fact.by, fact.at
        touch(floor, f"note:{fact.note}")


def on_layout_drawn(floor: Core, fact: facts.LayoutDrawn) -> None:
    """The map is another one; drawn without a room it is laid out by area again."""
    key = "layout:floor"
    if not fact.rooms:
        if floor.state.layout is not None:
            floor.state.layout = None
            remove(floor, key)
        return
    floor.state.gone.pop(key, None)
    floor.state.layout = LayoutRecord(fact.rooms, fact.at, fact.by)
    touch(floor, key)


HANDLERS: dict[type, Callable[[Any, Any], None]] = {
    facts.Tick: on_tick,
    facts.SourceChanged: on_source_changed,
    facts.SourceChecked: on_source_checked,
    facts.GapSeen: on_gap_seen,
    facts.TrunkChanged: on_trunk_changed,
    facts.SwitchRead: on_switch_read,
    facts.OrderChanged: on_order_changed,
    facts.ListeningChanged: on_listening_changed,
    facts.NoticeSent: on_notice_sent,
    facts.NoteWritten: on_note_written,
    facts.NoteSettled: on_note_settled,
    facts.LayoutDrawn: on_layout_drawn,
}
