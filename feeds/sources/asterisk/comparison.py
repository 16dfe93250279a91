"""Where a translation and a snapshot differ, in words for people; nothing is changed by looking."""

from __future__ import annotations

from feeds.sources.asterisk.snapshot import Snapshot
from feeds.sources.asterisk.translation import Translation


def differences(model: Translation, snapshot: Snapshot, at: int) -> set[str]:
    """What the snapshot shows otherwise than the model has it.

    One look also shows what is merely on its way; what a second one shows again is drift.
    """
    return _channels(model, snapshot) | _members(model, snapshot, at) | _waiting(model, snapshot, at)


def _channels(model: Translation, snapshot: Snapshot) -> set[str]:
    there = {row["Channel"] for row in snapshot.channels}
    known = {channel.name for channel in model.channels}
    return {f"channel {name} was missed" for name in there - known} | {
        f"channel {name} is gone" for name in known - there
    }


def _members(model: Translation, snapshot: Snapshot, at: int) -> set[str]:
    found: set[str] = set()
    there = {
        (model.names.queue(row["Queue"], at), row.get("Location", "")): row.get("Paused") == "1"
        for row in snapshot.members
    }
    known = {
        place: membership.paused for person in model.people for place, membership in person.memberships.items()
    }
    for place in there.keys() | known.keys():
        queue, interface = place
        if place not in known:
            found.add(f"{interface} is a member of {queue}")
        elif place not in there:
            found.add(f"{interface} is no member of {queue}")
        elif there[place] != known[place]:
            found.add(f"{interface} in {queue} is {'paused' if there[place] else 'not paused'}")
    return found


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
