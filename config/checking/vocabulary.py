"""Words that a site may use and that are defined elsewhere: seat states and order names; tests compare both lists."""

from __future__ import annotations

from typing import Final

SEAT_STATES: Final[tuple[str, ...]] = (
    "offline", "ready", "reserved", "ringing", "talking", "hold", "outbound", "internal", "acw", "break", "training",
    "meeting", "coaching", "casework", "busy", "not_responding", "forced_busy", "fault", "unknown",
)  # fmt: skip
"""HANDBOOK 1.8, as in feeds.facts."""

NEVER_PAUSED: Final[frozenset[str]] = frozenset(
    ("offline", "ready", "reserved", "ringing", "talking", "hold", "fault", "unknown")
)
"""States that no pause can be: somebody gets calls then, has one, or is not there."""

ORDERS: Final[tuple[str, ...]] = (
    "seat.ready", "seat.pause", "seat.logout", "seat.move", "seat.undo",
    "call.requeue", "call.redirect", "call.prioritise", "call.hangup",
    "listening.start", "listening.mode", "listening.stop",
    "case.assign", "case.urge", "case.supervise", "case.park", "case.undo",
    "plan.arm", "plan.approve", "plan.execute", "plan.lift", "plan.extend", "plan.abort",
    "switch.set",
    "line.open", "line.close", "line.assign",
    "alarm.acknowledge", "alarm.shelve", "alarm.unshelve", "alarm.out_of_service", "alarm.return_to_service",
    "score.save", "score.publish",
    "notice.send",
    "handover.note", "handover.settle",
    "layout.save",
    "replay.pause", "replay.resume", "replay.speed", "replay.seek",
)  # fmt: skip
"""Every command that a role can be given the right to; the feed's protocol names them."""

REASONED: Final[tuple[str, ...]] = tuple(
    order for order in ORDERS
    if (order.startswith(("seat.", "call.", "case.", "plan.", "line.")) and order != "seat.undo")
    or order in ("switch.set", "notice.send", "alarm.shelve", "alarm.out_of_service", "listening.start")
)  # fmt: skip
"""Orders that are given in a dialog, so that a reason can be asked for."""

RIGHTS: Final[tuple[str, ...]] = (
    *ORDERS,
    *dict.fromkeys(order.split(".")[0] + ".*" for order in ORDERS),
    "*",
)
"""What `rights` of a role may hold: an order, all orders of a feature, or everything."""

SCOPE_KINDS: Final[dict[str, str]] = {
    "group": "groups", "queue": "queues", "seat_type": "seat_types", "team": "teams", "vendor": "vendors",
}  # fmt: skip
"""Kinds of scope beside `site`, and the field of a site that lists the members."""

SCOPE_NAMES: Final[dict[str, str]] = {
    "groups": "group", "queues": "queue", "seat_types": "seat type", "teams": "team", "vendors": "vendor",
    "agents": "agent", "roles": "role", "trunks": "trunk",
}  # fmt: skip
"""What a member of such a list is called in messages."""
