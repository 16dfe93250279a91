"""What the passing of time does: thresholds that run out, slots, quarter-hours and days that close, alarms, tombstones.

Everything here happens at an instant that follows from the facts alone, in order of time, so it does not matter how
often a Tick comes.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from heapq import heappop, heappush
from itertools import compress
from typing import Any, Final

from feeds.counters import COHORT_SIZE, E_EXPIRED, EVENT_SIZE
from feeds.facts import SEAT_STATES
from feeds.folding.booking import backdate, next_timer, remove, restate, touch, touch_figures
from feeds.folding.copies import Copy, CopyRow
from feeds.folding.core import Core
from feeds.folding.early import forget as forget_early
from feeds.folding.state import (
    BUCKET,
    CREW_SIZE,
    CREW_SLOT,
    HOUR,
    MINUTE,
    QUEUE_SLOT,
    SECOND,
    WINDOWS,
    FloorState,
    Leaf,
)  # fmt: skip
from feeds.folding.watching import asleep, check_alarms, sample_trends

CHECK_EVERY: Final = 5 * SECOND
"""How often thresholds are evaluated, in floor time."""
NOTE_KEPT: Final = 24 * HOUR
"""How long a note stays in sight that is settled; one that is not is kept for LONGEST_NOTE."""
LONGEST_NOTE: Final = 7 * 24 * HOUR
TOMBSTONE: Final = 10 * MINUTE
ORDER_KEPT: Final = 30 * MINUTE
"""How long an order that has ended stays in sight."""
LISTENING_KEPT: Final = MINUTE
"""How long a listening session that has ended stays in sight, so that its console can say why."""
NEVER: Final = 1 << 62
_LONGEST_KEPT: Final = HOUR // QUEUE_SLOT + 60
"""Slots of longest waits beyond which the old ones are dropped."""
_STATES: Final = range(len(SEAT_STATES))
_WINDOW_SLOTS: Final = tuple(length // QUEUE_SLOT for length in WINDOWS.values())


def slot_begin(state: FloorState) -> int:
    """When the open slot for calls begins, UTC milliseconds; before the first fact nothing is late."""
    return state.slot_end - QUEUE_SLOT if state.begun else -NEVER


def plan(floor: Core) -> None:
    """Work out when time next does something; it is known at any time that a fact comes."""
    state = floor.state
    if not state.begun:
        floor.next_due = 0
        return
    due = state.slot_end
    if state.timers and state.timers[0][0] < due:
        due = state.timers[0][0]
    if floor.alarms_on and state.next_check < due:
        due = state.next_check
    floor.next_due = due


def store(floor: Core) -> None:
    """Write what the floor keeps at hand back into its state."""
    state = floor.state
    state.rev, state.now, state.bucket = floor.rev, floor.now, floor.bucket
    state.queue_copies, state.crew_copies = floor.queue_copies.state(), floor.crew_copies.state()


def advance(floor: Core, at: int) -> None:
    """Do everything that is due up to and including `at`, in order of time."""
    state = floor.state
    if not state.begun:
        _begin(floor, at)
        return
    timers = state.timers
    while floor.next_due <= at:
        due = floor.next_due
        if timers or not _sleep(floor, at):
            if due > floor.now:
                floor.now = due
            if state.slot_end <= due:
                _close_slot(floor)
            elif timers and timers[0][0] <= due:
                _run_out(floor)
            else:
                state.next_check += CHECK_EVERY
                check_alarms(floor)
        plan(floor)


def _sleep(floor: Core, at: int) -> bool:
    """Pass over slots in which nothing can happen, up to `at` or the end of the quarter-hour; True if there were any.

    A closed night, or a gateway that was off for a year, is then a matter of quarter-hours. Whatever is left to do in
    a slot or a minute (windows that empty, alarms, tombstones) keeps the floor awake; so do timers, which are not
    looked at again here.
    """
    state = floor.state
    if state.tones or state.gone or state.orders:
        return False
    end = min(at - at % QUEUE_SLOT, floor.bucket + BUCKET - QUEUE_SLOT) + QUEUE_SLOT
    if end <= state.slot_end or state.listening or state.notices or state.conditions:
        return False
    if not all(one.waits for one in state.alarms.values()):
        return False
    if floor.wires.rules_on_loss and any(
        one.state not in ("up", "unknown") for things in (state.sources, state.trunks) for one in things.values()
    ):
        return False
    if any(last > state.slot_end - 2 * HOUR for _, last in state.gaps) or not asleep(floor):
        return False
    state.slot_end = end
    floor.slot_begin = end - QUEUE_SLOT
    floor.now = max(floor.now, floor.slot_begin)
    minute_end = floor.slot_begin - floor.slot_begin % MINUTE + MINUTE
    if floor.alarms_on:
        state.next_check = floor.slot_begin - floor.slot_begin % CHECK_EVERY + CHECK_EVERY
        sample_trends(floor, (minute_end - state.minute_end) // MINUTE)
    state.minute_end = minute_end
    return True


def _begin(floor: Core, at: int) -> None:
    """The first fact: slots, quarter-hours and days are laid out around it."""
    state = floor.state
    state.begun = True
    state.slot_end = at - at % QUEUE_SLOT + QUEUE_SLOT
    state.minute_end = at - at % MINUTE + MINUTE
    state.next_check = at - at % CHECK_EVERY + CHECK_EVERY
    floor.slot_begin = state.slot_end - QUEUE_SLOT
    floor.bucket = at - at % BUCKET
    for level in (*state.waits.values(), *state.services.values()):
        level.last = at
    for leaf in _leaves(floor):
        leaf.changed = floor.slot_begin // leaf.slot
    _lay_day(floor, at)
    touch(floor, "alarm_day:site")
    touch_figures(floor)
    floor.now = at
    plan(floor)


def _leaves(floor: Core) -> Iterator[Leaf]:
    yield floor.state.inbound
    yield from (queue.leaf for queue in floor.queues.values())
    yield from (crew.leaf for crew in floor.crews)


def _lay_day(floor: Core, at: int) -> None:
    local = datetime.fromtimestamp(at / 1000, floor.zone)
    midnight = local.replace(hour=0, minute=0, second=0, microsecond=0, fold=0)
    floor.state.day = int(midnight.timestamp() * 1000)
    # Through a naive date: the next midnight is 23, 24 or 25 hours away.
    following = datetime.combine(local.date() + timedelta(days=1), midnight.time(), floor.zone)
    floor.state.next_day = int(following.timestamp() * 1000)


def _run_out(floor: Core) -> None:
    """A waiting leg has reached the service threshold or the longest acceptable wait."""
    timer = heappop(floor.state.timers)
    due, kind, name = timer
    leg = floor.state.legs.get(name)
    if leg is None or leg.answered >= 0:
        return
    queue = floor.queues[leg.queue]
    following = next_timer(floor, queue, timer, leg.joined)
    if following is not None:
        heappush(floor.state.timers, following)
    if kind == 0 and not leg.expired:
        leg.expired = True
        before = tuple(queue.leaf.total) if due < floor.slot_begin else None
        queue.leaf.total[E_EXPIRED] += 1
        if before is not None:
            backdate(floor, queue.leaf, due, before)
            restate(floor, queue, due)
    elif kind == 1 and not leg.overdue:
        leg.overdue = True
        queue.overdue += 1
    touch(floor, floor.wires.queues[queue.id].demand)


def _copy_queues(floor: Core, boundary: int) -> None:
    """Keep the totals of trunks and queues at a slot boundary, and touch the queues whose windows have changed."""
    copies, number = floor.queue_copies, boundary // QUEUE_SLOT
    newest = copies.newest
    leaves = [floor.state.inbound, *[queue.leaf for queue in floor.queues.values()]]
    rows: list[CopyRow] = []
    for leaf in leaves:
        row, known = tuple(leaf.total), newest.row(leaf.place)[: len(leaf.total)]
        if row != known:
            leaf.changed = number
            known = row
        rows.append(known)
    moved = any(leaf.changed == number for leaf in leaves)
    copies.keep(Copy(tuple(rows)) if moved else newest, boundary)
    # A rolling window loses its first slot: if something was counted in it, figures have changed.
    lost = [(copies.at_slot(number + 1 - slots), copies.at_slot(number - slots)) for slots in _WINDOW_SLOTS]
    losing = [(late, early) for late, early in lost if late is not early]
    touched = ["figures:site", *[wire.demand for wire in floor.wires.queues.values()]]
    for leaf, thing in zip(leaves, touched, strict=True):
        if number - leaf.changed >= copies.size:
            continue
        for late, early in losing:
            row, before = late.row(leaf.place), early.row(leaf.place)
            if row is not before and row != before:
                touch(floor, thing)
                break


def _copy_crews(floor: Core, boundary: int) -> None:
    """The same for agents; whoever is in a state has been there until the boundary."""
    copies, number = floor.crew_copies, boundary // CREW_SLOT
    before, bundled, rev = copies.newest, floor.bundled, floor.rev
    rows: list[CopyRow] = []
    moved = False
    for crew, wire in zip(floor.crews, floor.wires.crews, strict=True):
        leaf, counts = crew.leaf, crew.counts
        if crew.staffed:
            total = leaf.total[:]
            for place in compress(_STATES, counts):
                total[EVENT_SIZE + place] += counts[place] * boundary
            row, changed = tuple(total), True
        else:
            row = before.row(leaf.place)[:CREW_SIZE]
            now = tuple(leaf.total)
            row, changed = (now, True) if now != row else (row, False)
        if changed:
            leaf.changed, moved = number, True
        rows.append(row)
        settled = crew.settled == counts
        if not settled:
            crew.settled = counts[:]
        if not settled or number - leaf.changed < copies.size:  # else no window holds anything, or has just lost it
            bundled[wire.figures] = bundled[wire.people] = rev
    copies.keep(Copy(tuple(rows)) if moved else before, boundary)


def _close_slot(floor: Core) -> None:
    """Ten seconds are over; perhaps a minute, a quarter of an hour, a day with them."""
    state = floor.state
    boundary = state.slot_end
    state.slot_end += QUEUE_SLOT
    floor.slot_begin = boundary
    _copy_queues(floor, boundary)
    if state.minute_end <= boundary:
        _close_minute(floor, boundary)
    if boundary % BUCKET == 0:
        _close_bucket(floor, boundary)
    if boundary >= state.next_day:
        _close_day(floor, boundary)


def _close_minute(floor: Core, boundary: int) -> None:
    state = floor.state
    state.minute_end = boundary + MINUTE
    for queue in floor.queues.values():
        if len(queue.leaf.longest) > _LONGEST_KEPT:
            _drop_before(queue.leaf.longest, (boundary - HOUR) // QUEUE_SLOT)
    _copy_crews(floor, boundary)
    for queue in floor.queues.values():
        if queue.waiting:  # who serves it has been settled anew, and with it how long they will still wait
            touch(floor, "queue:" + queue.id)
    if any(gap[1] > boundary - HOUR - MINUTE for gap in state.gaps):
        # A gap moves out of the rolling windows minute by minute.
        touch_figures(floor)
    if floor.alarms_on:
        sample_trends(floor)
    _forget(floor, boundary)


def _forget(floor: Core, now: int) -> None:
    """Drop tombstones that no console may ask for any more, and what ended or held so long ago that it may go."""
    state = floor.state
    speed = max([1.0, *(min(source.speed, 1000.0) for source in state.sources.values())])
    oldest = now - int(TOMBSTONE * speed)
    old: list[str] = []
    for key, (rev, at) in state.gone.items():
        if at >= oldest:
            break
        old.append(key)
        state.horizon = max(state.horizon, rev)
    for key in old:
        del state.gone[key]
    for name in [name for name, order in state.orders.items() if order.at < now - ORDER_KEPT and order.ended]:
        del state.orders[name]
        remove(floor, f"order:{name}")
    _forget_listening(floor, now)
    for name in [name for name, notice in state.notices.items() if notice.until <= now]:
        del state.notices[name]
        remove(floor, f"notice:{name}")


def _forget_listening(floor: Core, now: int) -> None:
    sessions = floor.state.listening
    for name in [n for n, one in sessions.items() if one.state == "ended" and one.since < now - LISTENING_KEPT]:
        del sessions[name]
        remove(floor, f"listening:{name}")


def _close_bucket(floor: Core, boundary: int) -> None:
    state = floor.state
    for levels in (state.waits, state.services):
        for level in levels.values():
            if level.count and boundary > level.last:
                level.area += level.count * (boundary - level.last)
                level.peak = max(level.peak, level.count)
            level.last = max(level.last, boundary)
            if level.area or level.peak:
                level.closed[floor.bucket] = (level.area, level.peak)
            level.area = level.peak = 0
    floor.crew_copies.mark(boundary)
    floor.queue_copies.mark(boundary)
    floor.bucket = boundary
    for queue in floor.queues.values():
        if queue.cohort:  # what the rest of the day is expected to bring goes by whole quarter-hours
            touch(floor, floor.wires.queues[queue.id].demand)
    _forget_notes(floor, boundary)
    forget_early(floor, boundary)


def _forget_notes(floor: Core, now: int) -> None:
    """By the quarter of an hour, which a quiet night does not pass over."""
    for name, note in list(floor.state.notes.items()):
        if now >= (note.settled_at + NOTE_KEPT if note.settled_by else note.at + LONGEST_NOTE):
            del floor.state.notes[name]
            remove(floor, f"note:{name}")


def _close_day(floor: Core, boundary: int) -> None:
    """Local midnight: the day's counters start again, running calls and states go on."""
    state = floor.state
    _lay_day(floor, boundary)
    state.alarms_today = 0
    touch(floor, "alarm_day:site")
    for queue in floor.queues.values():
        queue.today = [0] * COHORT_SIZE
        touch(floor, floor.wires.queues[queue.id].demand)
    for agent in state.agents.values():
        if agent.answered or agent.handled or agent.attempts:
            agent.answered = agent.handled = agent.talk = agent.hold = agent.acw = 0
            agent.attempts = agent.no_answers = agent.transfers = 0
            touch(floor, f"agent:{agent.id}")
    for wire in floor.wires.crews:
        touch(floor, wire.figures)
        touch(floor, wire.people)
    for name in [call.id for call in state.calls.values() if not call.open and call.last < boundary - 24 * HOUR]:
        del state.calls[name]
    if floor.retain_days is not None:
        _prune(floor, boundary - floor.retain_days * 24 * HOUR)


def _prune(floor: Core, oldest: int) -> None:
    """Forget quarter-hours older than the site keeps."""
    state = floor.state
    oldest -= oldest % BUCKET
    floor.queue_copies.forget(oldest)
    floor.crew_copies.forget(oldest)
    for queue in floor.queues.values():
        _drop_before(queue.leaf.longest_in, oldest)
        _drop_before(queue.cohort, oldest)
        _drop_before(queue.restated, oldest)
    for crew in floor.crews:
        _drop_before(crew.restated, oldest)
    for level in (*state.waits.values(), *state.services.values()):
        _drop_before(level.closed, oldest)
    state.gaps[:] = [gap for gap in state.gaps if gap[1] > oldest]


def _drop_before(rows: dict[int, Any], oldest: int) -> None:
    for bucket in [bucket for bucket in rows if bucket < oldest]:
        del rows[bucket]
