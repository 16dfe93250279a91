"""What every order of the feed takes, as schemas for the published contract."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final, get_args

from feeds.rules import alarm_orders
from feeds.rules.commands import CallArgs, MoveArgs, SeatArgs, SwitchArgs
from feeds.rules.handover import NoteArgs
from feeds.rules.layout import LayoutArgs
from feeds.rules.notices import NoticeArgs
from feeds.states import ListeningMode

Schema = dict[str, Any]

_TEXT: Final[Schema] = {"type": "string"}
_MODE: Final[Schema] = {"enum": list(get_args(ListeningMode))}
_SESSION: Final[Schema] = {"type": "integer", "description": "The `session` of the entity `listening:<session>`."}
_ALARM: Final[dict[str, Schema]] = {
    "alarm": {"type": "string", "description": "The alarm's key."},
    "name": {
        "type": "string", "maxLength": alarm_orders.LONGEST_NAME,
        "description": "Who it is; required where the welcome says `shared`.",
    },
}  # fmt: skip
_REASON: Final[dict[str, Schema]] = {"reason": {"type": "string", "maxLength": alarm_orders.LONGEST_REASON}}
_MINUTES: Final[dict[str, Schema]] = {
    "minutes": {"type": "integer", "minimum": 1, "description": "At most the site's `longest_shelf_minutes`."}
}

TYPED: Final[dict[str, tuple[type, tuple[str, ...]]]] = {
    "seat.ready": (SeatArgs, ()),
    "seat.pause": (SeatArgs, ("reason",)),
    "seat.logout": (SeatArgs, ()),
    "seat.move": (MoveArgs, ()),
    "call.requeue": (CallArgs, ("queue",)),
    "call.redirect": (CallArgs, ("to",)),
    "call.prioritise": (CallArgs, ("priority",)),
    "call.hangup": (CallArgs, ()),
    "switch.set": (SwitchArgs, ()),
    "notice.send": (NoticeArgs, ()),
    "handover.note": (NoteArgs, ()),
    "layout.save": (LayoutArgs, ()),
}
"""Orders whose arguments are a type: it, and which of its members this order cannot do without."""


def _members(required: Iterable[str], properties: dict[str, Schema]) -> Schema:
    return {"type": "object", "properties": properties, "required": list(required)}


PLAIN: Final[dict[str, Schema]] = {
    "seat.undo": _members(["order"], {"order": {"type": "string", "description": "The id of what is taken back."}}),
    "handover.settle": _members(["note"], {"note": {"type": "string", "description": "The note's key."}}),
    "listening.start": _members(
        (),
        {"seat": _TEXT, "call": _TEXT, "mode": {**_MODE, "default": "listen"}, "phone": _TEXT}
    ) | {"oneOf": [{"required": ["seat"]}, {"required": ["call"]}]},
    "listening.mode": _members(["session", "mode"], {"session": _SESSION, "mode": _MODE}),
    "listening.stop": _members(["session"], {"session": _SESSION}),
    "alarm.acknowledge": _members(["alarm"], _ALARM),
    "alarm.shelve": _members(["alarm", "minutes", "reason"], _ALARM | _REASON | _MINUTES),
    "alarm.unshelve": _members(["alarm"], _ALARM),
    "alarm.out_of_service": _members(["alarm", "reason"], _ALARM | _REASON),
    "alarm.return_to_service": _members(["alarm"], _ALARM),
    "replay.pause": _members((), {}),
    "replay.resume": _members((), {}),
    "replay.speed": _members(
        ["speed"], {"speed": {"anyOf": [{"type": "number", "minimum": 1, "maximum": 600}, {"const": "max"}]}}
    ),
    "replay.seek": _members(["to"], {"to": {"type": "integer", "description": "Floor time, UTC milliseconds."}}),
}  # fmt: skip
"""The others."""


def by_order(reference: dict[type, Schema]) -> list[Schema]:
    """Conditions for the parameters of `order`: which arguments belong to which name. Takes the types' schemas."""
    found = {
        name: reference[form] if not needed else {"allOf": [reference[form], {"required": list(needed)}]}
        for name, (form, needed) in TYPED.items()
    } | PLAIN
    return [
        {
            "if": {"properties": {"name": {"const": name}}, "required": ["name"]},
            "then": {"properties": {"args": schema}, **({"required": ["args"]} if _needs_any(schema) else {})},
        }
        for name, schema in sorted(found.items())
    ]


def _needs_any(schema: Schema) -> bool:
    return bool(schema.get("required", True)) or "oneOf" in schema
