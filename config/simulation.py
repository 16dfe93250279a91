"""The numbers a simulated floor is made from: demand, handling, patience, rosters, scenarios (HANDBOOK 7.2–7.3)."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

Distribution = Literal["lognormal", "exponential", "erlang_2", "constant"]
"""Shape of a duration around its mean; the coefficient of variation counts for `lognormal` only."""


class Demand(Struct, frozen=True):
    """Calls to one queue on a plain weekday: how many, when (24 shares in per cent), how long (seconds), how patient.

    `offered` counts requests for a person, those of transferred callers among them.
    `patience_mean_s` 0 means that nobody gives up. A call that has waited `timeout_s` leaves the queue: to the queue
    `overflow`, or back to the menu where that is empty. `primary_share` is the share of agents whose first skill this
    is, `secondary` the queues that those agents help in, the first one first.
    """

    queue: str
    offered: float
    talk_mean_s: float
    hold_mean_s: float
    acw_mean_s: float
    patience_mean_s: float
    hourly_share_pct: tuple[float, ...]
    primary_share: float = 0.0
    secondary: tuple[str, ...] = ()
    timeout_s: float | None = None
    overflow: str = ""


class Ringing(Struct, frozen=True):
    """How phones are answered: ring times and ring-no-answer, seconds."""

    ring_min_s: float = 2.0
    ring_max_s: float = 5.0
    no_answer_probability: float = 0.006
    no_answer_timeout_s: float = 15.0
    no_answer_penalty_s: float = 60.0


class Handling(Struct, frozen=True):
    """Spread of the handling times: lognormal talk and after-call work, exponential hold in a share of the calls.

    A transferred call is passed on to one of its queue's `secondary` queues; an attended transfer holds the customer
    for `consult_s` on average first.
    """

    talk_cv: float = 0.75
    acw_cv: float = 0.6
    hold_probability: float = 0.25
    transfer_probability: float = 0.02
    half_hour_rate_noise: float = 0.04
    talk_distribution: Distribution = "lognormal"
    acw_distribution: Distribution = "lognormal"
    attended_share: float = 0.4
    consult_s: float = 25.0


class Patience(Struct, frozen=True):
    """Who gives up when: wrong numbers, those who leave at the announcement, and the exponential rest; seconds."""

    wrong_number_share: float = 0.012
    wrong_number_mean_s: float = 3.5
    announcement_share: float = 0.023
    announcement_s: float = 7.0
    announcement_mean_s: float = 6.0
    minimum_s: float = 8.0
    distribution: Distribution = "exponential"
    cv: float = 1.0


class Routing(Struct, frozen=True):
    """Who is offered which call: the longest idle agent of the lowest level, the most urgent queue, the oldest call.

    Agents who hold a queue at level n are asked when the call has waited `level_after_s[n - 1]` seconds (the last value
    holds for all further levels), and only while `keep_ready` others of their own seat type stay ready, unless the call
    has waited `lend_all_after_s`. Queues of a higher `priority` come first, and where it is above 0 the waits before
    others are asked are multiplied by `urgent_share`. Outbound work waits for its own people:
    dispatch calls go before inbound calls once they are `dispatch_first_after_s` old; return visits are made only while
    `visits_keep_ready` others of the same seat type stay ready.
    """

    level_after_s: tuple[float, ...] = (0.0, 12.0, 17.0, 24.0)
    keep_ready: int = 1
    lend_all_after_s: float = 24.0
    urgent_share: float = 0.65
    dispatch_first_after_s: float = 30.0
    visits_keep_ready: int = 3


class Outbound(Struct, frozen=True):
    """Work that agents dial out for: dispatch calls per claim, return visits per weekday in a time window.

    `dispatch_queues` are the queues whose calls need a dispatch call; `dispatch_by` and `return_visits_by` are the seat
    types that make the calls (none named: everybody).
    """

    dispatch_per_call: float = 0.645
    dispatch_queues: tuple[str, ...] = ()
    dispatch_seconds: float = 84.0
    dispatch_due_s: float = 300.0
    return_visits: float = 500.0
    return_visit_seconds: float = 180.0
    return_visit_window: str = "09:00-17:00"
    dispatch_by: tuple[str, ...] = ()
    return_visits_by: tuple[str, ...] = ()


class Shift(Struct, frozen=True):
    """A shift: one or two spans `HH:MM-HH:MM` and how many people work it on a plain weekday."""

    spans: tuple[str, ...]
    count: int


class Measure(Struct, frozen=True):
    """What is done about it inside a time window.

    `deflected` maps a queue id (or `*`) to the share of callers whom an announcement tells enough: they never ask for a
    person. `talk` maps it to a factor of the talks. `extra_people` are called in out of those who are not on duty.
    """

    window: str
    deflected: dict[str, float] = {}
    talk: dict[str, float] = {}
    extra_people: int = 0


class Scenario(Struct, frozen=True):
    """What happens differently: factors per queue inside a time window, people missing, trunks lost, measures taken.

    `demand` maps a queue id (or `*`) to a factor; `window` is `HH:MM-HH:MM` local time; `present_share` scales the
    roster; `trunks` are down then, and `trunk_loss_share` is the share of arrivals that never gets through (booked as
    blocked).
    """

    id: str
    window: str = "00:00-24:00"
    demand: dict[str, float] = {}
    present_share: float = 1.0
    trunk_loss_share: float = 0.0
    trunks: tuple[str, ...] = ()
    talk_factor: float = 1.0
    measures: tuple[Measure, ...] = ()


class Simulation(Struct, frozen=True):
    """A simulated floor's whole profile; `weekday_factors` (calls) and `weekday_present` (people) are Monday to Sunday.

    With `smooth_hours` the two halves of an hour lean towards the hours beside them, so that demand has no steps.
    `break_after_hours` are the spans, in hours after the start of a shift, in which the short breaks begin. A share of
    all breaks overruns its plan, by `overrun_minutes` on average. `training_share` of the agents spend
    `training_minutes` of the `training_window` in training. People sign in up to `sign_in_early_s` before their shift.
    """

    demands: tuple[Demand, ...]
    shifts: tuple[Shift, ...]
    present: int = 104
    weekday_factors: tuple[float, ...] = (1.10, 1.0, 1.0, 1.0, 1.03, 0.82, 0.74)
    weekday_present: tuple[float, ...] = (1.06, 1.0, 1.0, 1.0, 1.02, 0.88, 0.82)
    smooth_hours: bool = True
    ringing: Ringing = Ringing()
    handling: Handling = Handling()
    patience: Patience = Patience()
    routing: Routing = Routing()
    outbound: Outbound = Outbound()
    meal_minutes: float = 60.0
    meal_after_hours: tuple[float, float] = (3.5, 5.0)
    break_minutes: float = 15.0
    breaks: int = 2
    break_after_hours: tuple[tuple[float, float], ...] = ((1.5, 3.0), (6.0, 7.5))
    night_rest_minutes: float = 50.0
    night_rest_after_hours: tuple[float, float] = (4.0, 6.5)
    overrun_share: float = 0.05
    overrun_minutes: float = 4.0
    training_share: float = 0.03
    training_minutes: float = 30.0
    training_window: str = "13:30-16:00"
    sign_in_early_s: float = 90.0
    scenarios: tuple[Scenario, ...] = ()
