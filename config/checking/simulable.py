"""Checks that a simulated floor can be played: shares that add up, breaks in order, queues and people to be found."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from config import simulation
from config.checking.inspection import Inspection
from config.convert import Path
from config.mistakes import quoted
from config.spans import minutes_of

_HOURS: Final = ("meal_after_hours", "night_rest_after_hours")
_MOST_FACTOR: Final = 100


def check(inspection: Inspection) -> None:
    """Add a mistake for each number of the simulation that no floor can have, and each way that leads nowhere."""
    one = inspection.site.simulation
    if one is None:
        return
    for place, demand in enumerate(one.demands):
        _shares(inspection, place, demand)
        _onward(inspection, place, demand, {other.queue for other in one.demands})
    _primary(inspection, one)
    _patience(inspection, one.patience)
    for name in ("weekday_factors", "weekday_present"):
        path: Path = ("simulation", name)
        _length(inspection, path, getattr(one, name), 7, "Monday to Sunday")
        _factors(inspection, [((*path, place), value) for place, value in enumerate(getattr(one, name))])
    _factors(inspection, [*inspection.each("simulation.scenarios.*.demand.*")])
    _factors(inspection, [*inspection.each("simulation.scenarios.*.measures.*.talk.*")])
    for path, share in inspection.each("simulation.scenarios.*.measures.*.deflected.*"):
        if not 0 <= share <= 1:
            inspection.say(path, f"a share of {share:g}; it must be from 0 to 1")
    for place, shift in enumerate(one.shifts):
        _shift(inspection, ("simulation", "shifts", place, "spans"), shift.spans)
    if one.shifts and not inspection.site.agents and not inspection.is_bad(("agents",)):
        inspection.say(("simulation", "shifts"), "the site has no `agents`, so nobody works them")
    _breaks(inspection, one)
    _outbound(inspection, one.outbound)
    ringing = one.ringing
    if not inspection.is_bad(("simulation", "ringing", "ring_min_s")) and ringing.ring_max_s < ringing.ring_min_s:
        message = f"`ring_max_s` ({ringing.ring_max_s:g}) is below `ring_min_s` ({ringing.ring_min_s:g})"
        inspection.say(("simulation", "ringing", "ring_max_s"), message)


def _shares(inspection: Inspection, place: int, demand: simulation.Demand) -> None:
    path: Path = ("simulation", "demands", place, "hourly_share_pct")
    _length(inspection, path, demand.hourly_share_pct, 24, "one for each hour")
    for hour, share in enumerate(demand.hourly_share_pct):
        if share < 0:
            inspection.say((*path, hour), f"{share:g} is below 0")
    total = sum(demand.hourly_share_pct)
    readable = not any(inspection.is_bad((*path, hour)) for hour in range(24))
    if readable and len(demand.hourly_share_pct) == 24 and abs(total - 100) > 1:
        inspection.say(path, f"the shares sum to {total:g} per cent, not to 100")


def _onward(inspection: Inspection, place: int, demand: simulation.Demand, called: set[str]) -> None:
    path: Path = ("simulation", "demands", place)
    for other, queue in enumerate(demand.secondary):
        if queue == demand.queue:
            inspection.say((*path, "secondary", other), f"{quoted(queue)} is the queue itself; name others")
        elif queue in demand.secondary[:other]:
            inspection.say((*path, "secondary", other), f"{quoted(queue)} is given twice in this list")
    if not demand.overflow:
        return
    queues = {queue.id for queue in inspection.site.queues}
    if demand.overflow == demand.queue:
        inspection.say((*path, "overflow"), f"{quoted(demand.overflow)} is the queue itself; name another")
    elif demand.overflow in queues - called:
        message = f"{quoted(demand.overflow)} has no line in `demands`, so nobody knows how long its calls take"
        inspection.say((*path, "overflow"), message)
    elif demand.timeout_s is None and not inspection.is_bad((*path, "timeout_s")):
        inspection.say((*path, "overflow"), "nobody ever overflows without a `timeout_s`")


def _primary(inspection: Inspection, one: simulation.Simulation) -> None:
    shares = sum(demand.primary_share for demand in one.demands)
    places = range(len(one.demands))
    readable = not any(inspection.is_bad(("simulation", "demands", place, "primary_share")) for place in places)
    if readable and shares and abs(shares - 1) > 0.02:
        inspection.say(("simulation", "demands"), f"the `primary_share`s sum to {shares:g}, not to 1")


def _patience(inspection: Inspection, patience: simulation.Patience) -> None:
    path: Path = ("simulation", "patience")
    shares = patience.wrong_number_share + patience.announcement_share
    if shares > 1 and max(patience.wrong_number_share, patience.announcement_share) <= 1:
        message = f"`wrong_number_share` and `announcement_share` sum to {shares:g}; together they are 1 at most"
        inspection.say((*path, "announcement_share"), message)


def _factors(inspection: Inspection, factors: Sequence[tuple[Path, float]]) -> None:
    for path, factor in factors:
        if not 0 <= factor <= _MOST_FACTOR:
            inspection.say(path, f"a factor of {factor:g}; it must be from 0 to {_MOST_FACTOR}")


def _shift(inspection: Inspection, path: Path, spans: Sequence[str]) -> None:
    if not 1 <= len(spans) <= 2:
        inspection.say(path, "a shift has one span or two")
        return
    known = [minutes_of(span) for span in spans]
    first, second = known[0], known[-1]
    if len(known) == 2 and first is not None and second is not None and second[0] < first[1]:
        message = f"{quoted(spans[1])} begins before {quoted(spans[0])} is over; the second half of a shift comes later"
        inspection.say((*path, 1), message)


def _breaks(inspection: Inspection, one: simulation.Simulation) -> None:
    path: Path = ("simulation", "break_after_hours")
    for name in _HOURS:
        _hours(inspection, ("simulation", name), getattr(one, name))
    for place, hours in enumerate(one.break_after_hours):
        _hours(inspection, (*path, place), hours)
    if one.breaks > len(one.break_after_hours) and not inspection.is_bad(path):
        message = f"{one.breaks} breaks need as many pairs of hours in `break_after_hours`; there are "
        inspection.say(("simulation", "breaks"), f"{message}{len(one.break_after_hours)}")
    waits: Path = ("simulation", "routing", "level_after_s")
    for place, (before, wait) in enumerate(
        zip((0.0, *one.routing.level_after_s), one.routing.level_after_s, strict=False)
    ):
        if wait < before:
            why = "is below 0" if wait < 0 else f"is less than the {before:g} before it; higher levels are asked later"
            inspection.say((*waits, place), f"{wait:g} {why}")


def _hours(inspection: Inspection, path: Path, hours: tuple[float, float]) -> None:
    if any(inspection.is_bad((*path, place)) for place in range(2)):
        return
    if not 0 <= hours[0] <= hours[1] <= 24:
        message = f"[{hours[0]:g}, {hours[1]:g}] are not hours after the beginning of a shift, the earlier one first"
        inspection.say(path, message)


def _outbound(inspection: Inspection, outbound: simulation.Outbound) -> None:
    there = {agent.seat_type for agent in inspection.site.agents}
    known = {seat_type.id for seat_type in inspection.site.seat_types}
    if inspection.is_bad(("agents",)) or any(
        inspection.is_bad(("agents", place, "seat_type")) for place in range(len(inspection.site.agents))
    ):
        return
    for name in ("dispatch_by", "return_visits_by"):
        for place, seat_type in enumerate(getattr(outbound, name)):
            if seat_type in known - there:
                path: Path = ("simulation", "outbound", name, place)
                inspection.say(path, f"no agent has the seat type {quoted(seat_type)}, so nobody would do this")


def _length(inspection: Inspection, path: Path, values: Sequence[Any], wanted: int, meaning: str) -> None:
    if len(values) != wanted:
        inspection.say(path, f"has {len(values)} numbers instead of {wanted}, {meaning}")
