"""Floors to simulate in tests: the shipped demo site, and single queues as queueing theory knows them."""

from __future__ import annotations

import datetime
from functools import cache
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from config.load import site_from_name_or_path
from config.schema import Agent, Name, Queue, SeatType, Site, Skill, SkillGroup, Team
from config.simulation import Demand, Distribution, Handling, Outbound, Patience, Ringing, Routing, Shift, Simulation

TUESDAY = datetime.date(2025, 11, 18)
QUEUE = "line"


@cache
def demo() -> Site:
    """The shipped demo site."""
    return site_from_name_or_path("demo")


def demo_with(present: int) -> Site:
    """The demo site with so many people at work on a plain weekday."""
    site = demo()
    assert site.simulation is not None
    return replace(site, simulation=replace(site.simulation, present=present))


def midnight(date: datetime.date = TUESDAY, zone: str = "Asia/Shanghai") -> int:
    """Local midnight in UTC milliseconds."""
    return round(datetime.datetime.combine(date, datetime.time(), ZoneInfo(zone)).timestamp() * 1000)


def queueing_site(
    calls_an_hour: float,
    service_s: float,
    agents: int,
    *,
    patience_s: float = 0.0,
    hours: tuple[int, int] = (0, 24),
    staffed: str = "00:00-24:00",
    service: Distribution = "exponential",
    patience: Distribution = "exponential",
    places: int | None = None,
    timeout_s: float | None = None,
    weekend: float = 1.0,
) -> Site:
    """M/M/n, Erlang-A and their kin: one queue, no ringing, no breaks, no after-call work, everybody always at work.

    `patience_s` 0 means that nobody gives up; `places` is the number of callers who may wait. The configuration types
    are those of the demo floor: only the numbers differ.
    """
    open_hours = range(*hours)
    demand = Demand(
        queue=QUEUE,
        offered=calls_an_hour * len(open_hours),
        talk_mean_s=service_s,
        hold_mean_s=0.0,
        acw_mean_s=0.0,
        patience_mean_s=patience_s,
        hourly_share_pct=tuple(100 / len(open_hours) if hour in open_hours else 0.0 for hour in range(24)),
        timeout_s=timeout_s,
    )
    profile = Simulation(
        demands=(demand,),
        shifts=(Shift(spans=(staffed,), count=agents),),
        present=agents,
        weekday_factors=(1.0,) * 5 + (weekend,) * 2,
        weekday_present=(1.0,) * 7,
        smooth_hours=False,
        ringing=Ringing(ring_min_s=0.0, ring_max_s=0.0, no_answer_probability=0.0),
        handling=Handling(
            talk_cv=1.0, hold_probability=0.0, transfer_probability=0.0, half_hour_rate_noise=0.0,
            talk_distribution=service,
        ),
        patience=Patience(
            wrong_number_share=0.0, announcement_share=0.0, minimum_s=0.0, distribution=patience, cv=1.0
        ),
        routing=Routing(level_after_s=(0.0,), keep_ready=0),
        outbound=Outbound(dispatch_per_call=0.0, return_visits=0.0),
        meal_minutes=0.0,
        breaks=0,
        night_rest_minutes=0.0,
        training_share=0.0,
        sign_in_early_s=0.0,
    )  # fmt: skip
    name = Name(zh="线", en="Line")
    people = tuple(
        Agent(id=f"a{number:03d}", name=name, team="team", seat_type=QUEUE, skills=(Skill(queue=QUEUE),))
        for number in range(agents)
    )
    return Site(
        id="line",
        short="line",
        name=name,
        zone="UTC",
        groups=(SkillGroup(id="all", name=name),),
        seat_types=(SeatType(id=QUEUE, name=name, group="all"),),
        queues=(Queue(id=QUEUE, name=name, group="all", seat_type=QUEUE, capacity=places),),
        teams=(Team(id="team", name=name),),
        agents=people,
        simulation=profile,
    )
