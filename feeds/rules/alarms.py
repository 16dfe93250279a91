"""When a figure is amber or red: limits at scopes, hysteresis, and the alarm that follows."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from config.schema import Site, Threshold

CALM, WARN, CRITICAL = 0, 1, 2
INFO = 0
"""The level of an alarm that is only for information: figures have no such tone, and alarms are never calm."""


class Watch(Struct, frozen=True):
    """A threshold at one scope."""

    scope: str
    threshold: Threshold
    key: str
    """The watch's name in the floor's state."""

    @property
    def is_delayed(self) -> bool:
        """Whether its alarm comes or goes later than its colour."""
        return self.threshold.alarm and bool(self.threshold.on_delay_s or self.threshold.off_delay_s)


class ToneState(Struct):
    """Hysteresis of one threshold at one scope: how bad it is shown, what the present run of evaluations asks for."""

    tone: int = 0
    wanted: int = 0
    times: int = 0


def watches(site: Site, found: Iterable[str] = ()) -> list[Watch]:
    """Every threshold at every scope it holds for; for one figure, window and scope the most exact threshold wins.

    `found` are ids of queues that the source speaks of and the site does not know: they are watched like the others.
    """
    scopes: list[str] = ["site"]
    scopes += [f"group:{group.id}" for group in site.groups]
    scopes += [f"seat_type:{kind.id}" for kind in site.seat_types]
    scopes += [f"queue:{queue}" for queue in dict.fromkeys([*(queue.id for queue in site.queues), *found])]
    scopes += [f"team:{team.id}" for team in site.teams]
    scopes += [f"vendor:{vendor.id}" for vendor in site.vendors]
    best: dict[tuple[str, str, str], tuple[int, Watch]] = {}
    for scope in scopes:
        kind = scope.partition(":")[0]
        for threshold in site.thresholds:
            exact = 2 if scope in threshold.scopes and ":" in scope else 1 if kind in threshold.scopes else 0
            place = (threshold.figure, threshold.window, scope)
            if exact and exact > best.get(place, (0, None))[0]:
                best[place] = (exact, Watch(scope, threshold, f"{scope}:{threshold.figure}:{threshold.window}"))
    return [watch for _, watch in best.values()]


def judge(threshold: Threshold, value: float | None, reference: float | None, tone: int = CALM) -> int:
    """CALM, WARN or CRITICAL for one value; a missing value is calm. `reference` is the figure of `relative_to`.

    `tone` is how bad it is shown: with a deadband the value must be that much better before that goes.
    """
    if value is None:
        return CALM
    warn, critical = threshold.warn, threshold.critical
    if tone and threshold.deadband:
        eased = threshold.deadband if threshold.better == "high" else -threshold.deadband
        warn += eased
        critical += eased if tone == CRITICAL else 0.0
    if threshold.relative_to is not None:
        if reference is None:
            return CALM
        warn, critical = warn * reference / 100.0, critical * reference / 100.0
    if threshold.better == "high":
        return CRITICAL if value < critical else WARN if value < warn else CALM
    return CRITICAL if value > critical else WARN if value > warn else CALM


def worst_calm(threshold: Threshold) -> float:
    """The worst value at which nothing is wrong, as long as no colour is shown; in per cent where it is relative."""
    return (max if threshold.better == "high" else min)(threshold.warn, threshold.critical)


def limit_of(threshold: Threshold, level: int, reference: float | None) -> float:
    """The limit that a level crossed, in the figure's own unit."""
    limit = threshold.critical if level == CRITICAL else threshold.warn
    return limit if threshold.relative_to is None else limit * (reference or 0.0) / 100.0


def settle(tone: ToneState, judged: int, threshold: Threshold) -> bool:
    """Take one evaluation into the hysteresis; True when the tone changed.

    Up after `raise_after` evaluations in a row at least that bad, down after `clear_after` in a row that are better.
    """
    if judged == tone.tone:
        tone.wanted, tone.times = judged, 0
        return False
    up = judged > tone.tone
    same_side = tone.times > 0 and (tone.wanted > tone.tone) == up
    # What every evaluation of the run agrees on: the mildest worsening, the smallest improvement.
    tone.wanted = (min if up else max)(tone.wanted, judged) if same_side else judged
    tone.times = tone.times + 1 if same_side else 1
    if tone.times < (threshold.raise_after if up else threshold.clear_after):
        return False
    tone.tone, tone.times = tone.wanted, 0
    return True
