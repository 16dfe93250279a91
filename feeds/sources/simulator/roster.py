"""Who works when: a day's duties with their breaks, drawn so that any day can be known without the days before it.

People keep their place in the order of shifts for a week, so nobody leaves at midnight to begin at half past six. A few
are on nights for the week; everybody has two days off in seven. Each stretch of the roster holds the mix of seat types
that the site has.
"""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import Literal

from msgspec import Struct

from config.schema import Agent, Site
from config.simulation import Scenario, Simulation
from feeds.sources.simulator.days import MINUTES_A_DAY, Day, Span, span
from feeds.sources.simulator.reasons import reasons_of
from feeds.sources.simulator.streams import stream

MINUTE = 60_000


class Pause(Struct, frozen=True):
    """A break or training that begins as soon as its agent is free after `at`; `length` in milliseconds."""

    at: int
    state: Literal["break", "training"]
    reason: str
    length: int


class Duty(Struct, frozen=True):
    """An agent signed in from begin to end (UTC milliseconds), with the breaks in it."""

    agent: str
    begin: int
    end: int
    pauses: tuple[Pause, ...]


class Roster:
    """Draws the duties of a site's people day by day."""

    def __init__(self, site: Site, profile: Simulation, seed: int, scenario: Scenario | None) -> None:
        self._profile = profile
        self._seed = seed
        self._share = scenario.present_share if scenario else 1.0
        self._called_in = [(span(one.window), one.extra_people) for one in scenario.measures] if scenario else []
        self._training = span(profile.training_window)
        self._reasons = reasons_of(site)
        self._shifts = sorted(
            ((tuple(span(text) for text in shift.spans), shift) for shift in profile.shifts),
            key=lambda pair: pair[0][0].begin,
        )
        self._people: dict[str, list[Agent]] = {}
        for agent in site.agents:
            self._people.setdefault(agent.seat_type, []).append(agent)
        self._places = {agent.id: place for place, agent in enumerate(site.agents)}

    def of(self, day: Day) -> list[Duty]:
        """The duties that begin on a day, in order of their shifts."""
        duties = self._planned(day)
        if self._called_in:
            last_night = [duty.agent for duty in self._planned(day.plus(-1)) if duty.end > day.at(0)]
            duties += self._called(day, {*last_night, *(duty.agent for duty in duties)})
        duties.sort(key=lambda duty: (duty.begin, duty.agent))
        return duties

    def _planned(self, day: Day) -> list[Duty]:
        slots = self._filled(day) if self._people else []
        duties: list[Duty] = []
        for seat_type, spans in self._by_type(slots).items():
            nights = [spans_of for spans_of in spans if _is_night(spans_of)]
            days = [spans_of for spans_of in spans if not _is_night(spans_of)]
            crew = self._crew(day, seat_type, len(days), len(nights))
            for agent, parts in zip(crew, days + nights, strict=False):
                duties += self._duties(day, agent, parts)
        return duties

    def _called(self, day: Day, busy: set[str]) -> list[Duty]:
        """The duties of those who are called in, out of all who are not among the busy."""
        duties: list[Duty] = []
        for number, (window, count) in enumerate(self._called_in):
            free = [agent for people in self._people.values() for agent in people if agent.id not in busy]
            chosen = stream(self._seed, day.date, "called in", number).sample(free, min(count, len(free)))
            duties += [duty for agent in chosen for duty in self._duties(day, agent, (window,), called_in=True)]
            busy |= {agent.id for agent in chosen}
        return duties

    def _filled(self, day: Day) -> list[tuple[str, tuple[Span, ...]]]:
        """The day's slots (seat type, spans of the shift) without those whose people are absent."""
        shifts = [(spans, shift) for spans, shift in self._shifts for _ in range(shift.count)]
        slots = list(zip(self._mix(len(shifts)), [spans for spans, _ in shifts], strict=True))
        present = round(self._profile.present * self._profile.weekday_present[day.date.weekday()] * self._share)
        missing = max(0, len(slots) - present)
        absent = set(stream(self._seed, day.date, "absent").sample(range(len(slots)), missing))
        return [slot for place, slot in enumerate(slots) if place not in absent]

    def _mix(self, count: int) -> list[str]:
        """`count` seat types in an order whose every stretch holds them in proportion to the people there are."""
        total = sum(map(len, self._people.values()))
        given = dict.fromkeys(self._people, 0)
        order: list[str] = []
        for place in range(1, count + 1):
            owed = max(given, key=lambda kind: (len(self._people[kind]) * place / total - given[kind], kind))
            given[owed] += 1
            order.append(owed)
        return order

    @staticmethod
    def _by_type(slots: Sequence[tuple[str, tuple[Span, ...]]]) -> dict[str, list[tuple[Span, ...]]]:
        found: dict[str, list[tuple[Span, ...]]] = {}
        for seat_type, spans in slots:
            found.setdefault(seat_type, []).append(spans)
        return found

    def _crew(self, day: Day, seat_type: str, days: int, nights: int) -> list[Agent]:
        """Who of a seat type works today: `days` people in the week's order of shifts, then `nights` people."""
        people = self._people[seat_type]
        week, last = day.date.isocalendar()[:2], day.plus(-1).date.isocalendar()[:2]
        order = self._ordered(people, week)
        planned = sum(shift.count for spans, shift in self._shifts if _is_night(spans))
        reserve = -(-planned * len(people) * 7 // (5 * max(1, len(self._places)))) if planned else 0
        owls = order[len(order) - reserve :] if reserve else []
        tired = self._ordered(people, last)[len(order) - reserve :] if reserve and week != last else []
        others = [agent for agent in order if agent not in owls]
        random = stream(self._seed, day.date, "crew", seat_type)
        night = self._chosen(day, nights, [owls, others], random.sample(range(len(people)), len(people)))
        rest = [agent for agent in others if agent not in tired and agent not in night]
        spare = [agent for agent in people if agent not in rest and agent not in night]
        crew = self._chosen(day, days, [rest, spare], random.sample(range(len(people)), len(people)))
        crew.sort(key=order.index)
        return crew + night

    def _ordered(self, people: list[Agent], week: tuple[int, int]) -> list[Agent]:
        keys = {agent.id: stream(self._seed, *week, agent.id).random() for agent in people}
        return sorted(people, key=lambda agent: keys[agent.id])

    def _chosen(self, day: Day, count: int, pools: list[list[Agent]], lots: list[int]) -> list[Agent]:
        """`count` people: out of each pool in turn first those who are not off today, by lot."""
        chosen: list[Agent] = []
        for off in (False, True):
            for pool in pools:
                ranked = sorted(range(len(pool)), key=lots.__getitem__)
                for place in ranked:
                    if len(chosen) < count and self._is_off(day, pool[place]) == off and pool[place] not in chosen:
                        chosen.append(pool[place])
        return chosen

    def _is_off(self, day: Day, agent: Agent) -> bool:
        week = (day.date.toordinal() - 1) // 7  # the first of all days was a Monday, and weeks begin with one
        return (day.date.weekday() + self._places[agent.id] + week) % 7 < 2

    def _duties(
        self, day: Day, agent: Agent, parts: tuple[Span, ...], *, called_in: bool = False
    ) -> list[Duty]:
        random = stream(self._seed, day.date, "breaks", agent.id)
        duties = []
        for part in parts:
            begin, end = day.at(part.begin), day.at(part.end)
            plans = self._breaks(part, is_night=_is_night(parts), is_short=called_in or len(parts) > 1)
            pauses = [self._break(random, begin, *plan) for plan in plans]
            if not called_in:
                pauses.append(self._trained(random, day, part))
            wanted = [pause for pause in pauses if pause.length > 0 and begin <= pause.at < end]
            early = round(random.random() * self._profile.sign_in_early_s * 1000)
            duties.append(Duty(agent.id, begin - early, end, tuple(sorted(wanted, key=lambda pause: pause.at))))
        return duties

    def _breaks(
        self, part: Span, *, is_night: bool, is_short: bool
    ) -> list[tuple[float, str, tuple[float, float]]]:
        """The breaks of a part of a shift: minutes, reason, and between which hours after its begin they start."""
        profile = self._profile
        if is_night:
            return [(profile.night_rest_minutes, self._reasons.meal, profile.night_rest_after_hours)]
        if is_short:
            hours = part.minutes / 60
            return [(profile.break_minutes, self._reasons.rest, (0.2 * hours, 0.8 * hours))]
        spans, rest = profile.break_after_hours[: profile.breaks], self._reasons.rest
        short = [(profile.break_minutes, rest, hours) for hours in spans]
        return [(profile.meal_minutes, self._reasons.meal, profile.meal_after_hours), *short]

    def _break(self, random: Random, begin: int, minutes: float, reason: str, hours: tuple[float, float]) -> Pause:
        taken = minutes * random.uniform(0.92, 1.02)
        overrun = random.expovariate(1.0) * self._profile.overrun_minutes
        if random.random() < self._profile.overrun_share and minutes > 0:
            taken = minutes + overrun
        return Pause(begin + round(random.uniform(*hours) * 60 * MINUTE), "break", reason, round(taken * MINUTE))

    def _trained(self, random: Random, day: Day, part: Span) -> Pause:
        """Training inside the day's window; of no length for those who have none today."""
        window, minutes = self._training, self._profile.training_minutes
        chosen, place = random.random() < self._profile.training_share, random.random()
        inside = part.begin <= window.begin and part.end >= window.end
        at = day.at(window.begin) + round(place * max(0.0, window.minutes - minutes) * MINUTE)
        return Pause(at, "training", self._reasons.training, round(minutes * MINUTE) if chosen and inside else 0)


def _is_night(spans: tuple[Span, ...]) -> bool:
    return spans[-1].end > MINUTES_A_DAY
