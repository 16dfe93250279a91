"""Which orders there are, which of them this version carries out, and what it says about the others."""

from __future__ import annotations

from typing import Final

from feeds.said import said

_PROTOCOL: Final = {
    "seat": "ready pause logout move undo",
    "call": "requeue redirect prioritise hangup",
    "listening": "start mode stop",
    "case": "assign urge supervise park undo",
    "plan": "arm approve execute lift extend abort",
    "switch": "set",
    "line": "open close assign",
    "alarm": "acknowledge shelve unshelve out_of_service return_to_service",
    "score": "save publish",
    "notice": "send",
    "handover": "note settle",
    "layout": "save",
    "replay": "pause resume speed seek",
}
ORDERS: Final = frozenset(f"{feature}.{act}" for feature, acts in _PROTOCOL.items() for act in acts.split())
"""All orders of the protocol, and `replay.*` for floors whose time can be moved."""
_WHOLE: Final = ("replay", "seat", "call", "listening", "alarm", "handover", "layout")
AVAILABLE: Final = frozenset(
    {"switch.set", "notice.send"} | {f"{feature}.{act}" for feature in _WHOLE for act in _PROTOCOL[feature].split()}
)
"""Those that this version carries out."""


def unavailable(name: str) -> str | None:
    """Why an order cannot be given at all in this version, None if it can."""
    if name not in ORDERS:
        return said("order.no_such", "there is no order '{order}'", order=name)
    if name not in AVAILABLE:
        text = "the order {order} is not available in this version of the gateway; nothing was done"
        return said("order.unavailable", text, order=name)
    return None

