"""The ids of all figures, so that a site can name them; `feeds.figures.DEFINITIONS` defines them, a test compares."""

from __future__ import annotations

from typing import Final

FIGURES: Final[tuple[str, ...]] = (
    "offered", "answered", "abandoned", "short_abandons", "flowed_out", "blocked", "pending", "carried_in", "inbound",
    "answer_rate_a1", "answer_rate_a2", "answer_rate_a2_pessimistic", "answer_rate_a4",
    "answer_rate_no_flow", "answer_rate_no_flow_no_shorts",
    "abandon_rate", "abandon_rate_no_shorts", "flow_out_rate",
    "service_level_f1", "service_level_f2", "service_level_f3", "service_level_f4",
    "service_level_f5", "service_level_f6", "service_level_f7", "service_level_f8",
    "service_level_f1_dequeued", "service_level_f2_dequeued", "service_level_f3_dequeued",
    "service_level_f8_ignore", "service_level_f8_positive",
    "asa", "average_wait_abandoned", "average_wait_abandoned_no_shorts", "average_wait", "longest_wait",
    "waiting", "ringing", "longest_wait_now", "average_wait_now", "expected_wait",
    "predicted_wait", "waiting_mean", "staffed_mean", "on_queue_mean", "need",
    "expected_rest", "rest_answer_rate", "rest_service_level",
    "talk_time", "hold_time", "hold_time_held", "acw_time", "aht", "handled", "transfers", "transfer_rate",
    "attempts", "ring_no_answer", "ring_no_answer_rate", "occupancy", "utilisation", "staffed", "calls_per_hour",
)  # fmt: skip

NOW_FIGURES: Final[frozenset[str]] = frozenset(
    ("waiting", "ringing", "longest_wait_now", "average_wait_now", "expected_wait", "predicted_wait", "staffed")
)
"""Figures of the moment: their window is `now`, everybody else's is a period."""

WATCHED_NOW: Final[frozenset[str]] = NOW_FIGURES - {"expected_wait", "predicted_wait"}
"""Those of the moment that limits are held against; the others are hints for single callers."""

OF_PEOPLE: Final[frozenset[str]] = frozenset(
    (
        "answered", "asa", "talk_time", "hold_time", "hold_time_held", "acw_time", "aht", "handled", "transfers",
        "transfer_rate", "attempts", "ring_no_answer", "ring_no_answer_rate", "occupancy", "utilisation", "staffed",
        "calls_per_hour",
    )
)  # fmt: skip
"""What is known of a team or a vendor: callers wait for a queue, and give up in it."""

OF_CURVES: Final[frozenset[str]] = frozenset(("waiting_mean", "staffed_mean", "on_queue_mean", "need"))
"""What is reckoned for a stretch of the past that somebody asks about."""

OF_THE_REST: Final[frozenset[str]] = frozenset(("expected_rest", "rest_answer_rate", "rest_service_level"))
"""What the rest of the day must reach."""

OF_DAYS: Final[frozenset[str]] = frozenset(("average_wait", "average_wait_abandoned_no_shorts"))
"""What is known of whole days only."""

_MIXED: Final = ("occupancy", "utilisation")
_PERCENT: Final = ("_rate", "rate_", "service_level", "occupancy", "utilisation")


def is_percent(figure: str) -> bool:
    """Whether a figure is a ratio in per cent."""
    return any(part in figure for part in _PERCENT)


def flaw_of_limit(figure: str, limit: float, *, least: bool) -> str:
    """Why a limit of a figure would never be passed, or always; empty where it may be meant.

    `least` says that the figure shall stay above it.
    """
    if is_percent(figure) and not 0 <= limit <= 100:
        return f"{figure} is a ratio in per cent, which lies between 0 and 100"
    if is_percent(figure) and 0 < limit <= 1 and (least or figure in _MIXED):
        return f"{figure} is in per cent; write {limit * 100:g} for {limit * 100:g} per cent"
    return "no figure is below 0" if limit < 0 else ""


def flaw_of_deadband(figure: str, limit: float, deadband: float, *, least: bool) -> str:
    """Why no value would ever be better than a limit by a deadband; empty where one can be."""
    if least and is_percent(figure) and limit + deadband > 100:
        return f"{limit:g} and the `deadband` ({deadband:g}) are more than 100 per cent together; it would never go"
    if not least and deadband > limit:
        return f"`deadband` ({deadband:g}) is greater than the limit ({limit:g}); it would never go"
    return ""


def flaw_of_watching(figure: str, window: str) -> str:
    """Why no limit of a figure in a window would ever be passed; empty where one may be."""
    if figure in NOW_FIGURES - WATCHED_NOW:
        return f"{figure} is a hint that no limit is held against; take longest_wait_now or waiting"
    if figure in OF_CURVES or figure in OF_THE_REST:
        return f"{figure} is shown and no limit is held against it"
    return _of_days(figure, window)


def flaw_of_headline(figure: str, window: str) -> str:
    """Why a headline would always be empty; empty itself where it may say something."""
    if figure == "predicted_wait" or figure in OF_CURVES:
        return f"{figure} is not known of the whole floor as it is now, so nothing would be shown"
    if figure in OF_THE_REST and window != "today":
        return f"{figure} is known of the day alone; its window is `today`"
    return _of_days(figure, window)


def _of_days(figure: str, window: str) -> str:
    if figure not in OF_DAYS or window == "today":
        return ""
    return f"{figure} is known of the day alone; its window is `today`"


def flaw_of_scope(figure: str, kind: str) -> str:
    """Why nothing is known of a figure at a kind of scope; empty where something is."""
    if kind in ("team", "vendor") and figure not in OF_PEOPLE:
        return f"{figure} is not known of a {kind}, which has no callers; take site, group, seat_type or queue"
    if kind != "site" and figure == "inbound":
        return f"{figure} is known of the whole site only; take offered"
    return ""
