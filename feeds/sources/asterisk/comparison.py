"""Where a translation and a snapshot differ, in words for people; nothing is changed by looking."""

from __future__ import annotations

from feeds.sources.asterisk.doubting import DEVICE_WORDS
from feeds.sources.asterisk.snapshot import Snapshot
from feeds.sources.asterisk.translation import Translation


def differences(model: Translation, snapshot: Snapshot, at: int) -> set[str]:
    """What the snapshot shows otherwise than the model has it.

    One look also shows what is merely on its way; what a second one shows again is drift. A waiting call's priority is
    left out: no event ever tells of it.
    """
    return (
        _channels(model, snapshot)
        | _members(model, snapshot, at)
        | _devices(model, snapshot)
        | _waiting(model, snapshot, at)
    )


def _channels(model: Translation, snapshot: Snapshot) -> set[str]:
    there = {row["Channel"]: row.get("BridgeId") or "" for row in snapshot.channels}
    known = {channel.name: channel.bridge for channel in model.channels}
    found = {f"channel {name} was missed" for name in there.keys() - known.keys()}
    found |= {f"channel {name} is gone" for name in known.keys() - there.keys()}
    elsewhere = [name for name, bridge in there.items() if known.get(name, bridge) != bridge]
    return found | {f"channel {name} is in {(there[name] and 'another') or 'no'} bridge" for name in elsewhere}


Place = tuple[str, str]


def _members(model: Translation, snapshot: Snapshot, at: int) -> set[str]:
    there: dict[Place, tuple[str, str]] = {}
    for row in snapshot.members:
        paused = row.get("Paused") == "1"
        words = f"paused ({row.get('PausedReason', '')})" if paused else "not paused"
        there[model.names.queue(row["Queue"], at), row.get("Location", "")] = words, row.get("Penalty", "0")
    known: dict[Place, tuple[str, str]] = {}
    for person in model.people:
        for place, one in person.memberships.items():
            known[place] = f"paused ({one.reason})" if one.paused else "not paused", str(one.penalty)
    found = {f"{interface} is a member of {queue}" for queue, interface in there.keys() - known.keys()}
    found |= {f"{interface} is no member of {queue}" for queue, interface in known.keys() - there.keys()}
    for queue, interface in there.keys() & known.keys():
        (words, penalty), mine = there[queue, interface], known[queue, interface]
        if words != mine[0]:
            found.add(f"{interface} in {queue} is {words}")
        if penalty != mine[1]:
            found.add(f"{interface} in {queue} has the penalty {penalty}")
    return found


def _devices(model: Translation, snapshot: Snapshot) -> set[str]:
    known = model.people.devices
    states = {row.get("Device", ""): row.get("State", "") for row in snapshot.devices}
    return {
        f"device {name} is {state}" for name, state in states.items()
        if (name in known and known[name] != DEVICE_WORDS.get(state, 0)) or model.trunks.differs(name, state)
    }  # fmt: skip


def _waiting(model: Translation, snapshot: Snapshot, at: int) -> set[str]:
    there = {(row["Uniqueid"], model.names.queue(row["Queue"], at)) for row in snapshot.entries}
    known = {
        (caller.unique, leg.queue)
        for caller in model.calls
        if (leg := caller.leg) is not None and leg.waits and leg.left < 0 and leg.abandoned < 0
    }
    return {f"call {call} waits in {queue}" for call, queue in there - known} | {
        f"call {call} does not wait in {queue}" for call, queue in known - there
    }
