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

_PERCENT: Final = ("_rate", "rate_", "service_level", "occupancy", "utilisation")


def is_percent(figure: str) -> bool:
    """Whether a figure is a ratio in per cent."""
    return any(part in figure for part in _PERCENT)


def flaw_of_limit(figure: str, limit: float) -> str:
    """Why a limit of a figure would never be passed, or always; empty where it may be meant."""
    if is_percent(figure) and not 0 <= limit <= 100:
        return f"{figure} is a ratio in per cent, which lies between 0 and 100"
    return "no figure is below 0" if limit < 0 else ""
