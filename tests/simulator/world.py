"""A simulated floor that tests move on and order."""

from __future__ import annotations

from collections.abc import Callable

from config.schema import Site
from feeds import facts as f
from feeds.commands import (
    Command,
    Ended,
)  # fmt: skip
from feeds.entities import Call, Seat
from feeds.floor import Floor
from feeds.sources.simulator.acting import Given
from feeds.sources.simulator.engine import Simulation
from tests.simulator.floors import demo, demo_with, midnight
from tests.simulator.tally import HOUR

MINUTE = 60_000
BEGIN = midnight() + 9 * HOUR + 45 * MINUTE
TEN = BEGIN + 15 * MINUTE


class World:
    """A simulated floor that a test moves on and orders, folded as the gateway folds it."""

    def __init__(self, site: Site | None = None, until: int = TEN, begin: int = BEGIN, seed: int = 1) -> None:
        self.site = site or demo()
        self.run = Simulation(self.site, seed, begin).run()
        self.floor = Floor(self.site, alarms=False)
        self.facts: list[f.AnyFact] = []
        self.given: list[Given] = []
        for fact in self.run.switches.read(begin):
            self.floor.apply(fact, self.floor.rev + 1)
        self.to(until)

    def to(self, until: int) -> None:
        """Let floor time come to a moment."""
        self._take([fact for fact, _ in self.run.advance(until, 10**9)])
        self.now = until

    def _take(self, facts: list[f.AnyFact]) -> None:
        for fact in facts:
            self.floor.apply(fact, self.floor.rev + 1)
        self.facts += facts

    def order(self, command: Command, by: str = "boss") -> tuple[Ended, list[f.AnyFact]]:
        """Have a command carried out now: how it ended, and what was told at once."""
        given, before = Given(self.now, command, by), len(self.facts)
        ended = self.run.give(given)
        self.given.append(given)
        self.to(self.now)
        return ended, self.facts[before:]

    def done(self, command: Command) -> list[f.AnyFact]:
        """The same for one that must be done at once, without a word."""
        ended, facts = self.order(command)
        assert ended == Ended("done"), ended
        return facts

    def until_there_is(self, find: Callable[[], str | None], most: int = 2 * HOUR) -> str:
        """Let time pass until something is found."""
        end = self.now + most
        while self.now < end:
            found = find()
            if found is not None:
                return found
            self.to(self.now + 1_000)
        raise AssertionError("nothing of that kind came")

    def seat_in(self, *states: str) -> str:
        """A seat in one of these states."""
        return self.until_there_is(
            lambda: next(
                (
                    one.key.partition(":")[2]
                    for one in self.floor.entities()
                    if isinstance(one, Seat) and one.state in states
                ),
                None,
            )
        )

    def leg_in(self, state: str, queue: str = "") -> str:
        """The newest leg in a state."""

        def find() -> str | None:
            calls = [one for one in self.floor.entities() if isinstance(one, Call) and one.state == state]
            calls = [one for one in calls if queue in ("", one.queue)]
            return max(calls, key=lambda one: one.joined_at).key.partition(":")[2] if calls else None

        return self.until_there_is(find)

    def seat(self, name: str) -> Seat:
        found = self.floor.entity(f"seat:{name}")
        assert isinstance(found, Seat)
        return found

    def call(self, leg: str) -> Call | None:
        found = self.floor.entity(f"call:{leg}")
        assert found is None or isinstance(found, Call)
        return found


def of(facts: list[f.AnyFact], *kinds: type) -> list[f.AnyFact]:
    return [fact for fact in facts if isinstance(fact, kinds)]


def busy_floor() -> World:
    """Too few people: calls wait everywhere."""
    return World(demo_with(25))
