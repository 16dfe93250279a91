"""The simulated floor's trunks: up, but for those that a scenario takes away for a part of each day."""

from __future__ import annotations

from config.schema import Site
from config.simulation import Scenario
from feeds.facts import TrunkChanged
from feeds.sources.simulator.agenda import FIRST, Agenda
from feeds.sources.simulator.days import Day, span

LOST = "UNAVAILABLE"
"""What an Asterisk would say of them."""


class Trunks:
    """Tells how the trunks of the site are; callers who come by a lost one find none (Scenario.trunk_loss_share)."""

    def __init__(self, site: Site, scenario: Scenario | None, agenda: Agenda) -> None:
        self._agenda = agenda
        self._all = [trunk.id for trunk in site.trunks]
        self._lost = scenario.trunks if scenario is not None else ()
        self._window = span(scenario.window) if scenario is not None else None

    def begin(self, day: Day) -> None:
        """All are up at the first moment, on a day; one that is lost just then goes down next."""
        for trunk in self._all:
            self._turn((trunk, True))
        self.expect(day.plus(-1))

    def expect(self, day: Day) -> None:
        """Plan what a day brings."""
        if self._window is None:
            return
        begin, end = day.at(self._window.begin), day.at(self._window.end)
        for trunk in self._lost:
            if end > self._agenda.now:
                self._agenda.add(max(begin, self._agenda.now), self._turn, (trunk, False), FIRST)
                self._agenda.add(end, self._turn, (trunk, True), FIRST)

    def _turn(self, which: tuple[str, bool]) -> None:
        (trunk, up), now = which, self._agenda.now
        self._agenda.facts.append(
            TrunkChanged(at=now, trunk=trunk, state="up")
            if up
            else TrunkChanged(at=now, trunk=trunk, state="down", text=LOST)
        )
