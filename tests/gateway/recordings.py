"""Recordings of a small floor, and what a floor is that was folded straight to a moment of them."""

from __future__ import annotations

from pathlib import Path

import msgspec

from feeds.entities import AnyEntity
from feeds.facts import AnyFact
from feeds.floor import Floor
from feeds.gateway.running.engine import Engine
from feeds.log.opening import NewRecording
from feeds.sources.framing import write_key_frames
from tests.gateway.floors import small_site

SITE = small_site()


def a_recording(path: Path, facts: list[AnyFact]) -> Path:
    """A recording of these facts, with key frames."""
    with NewRecording(path, SITE) as recording:
        for begin in range(0, len(facts), 50):
            recording.append([(fact, None) for fact in facts[begin : begin + 50]])
        write_key_frames(SITE, recording)
    return path


def without_rev(floor: Floor) -> dict[str, AnyEntity]:
    """All contents of the floor; how the source is played and who gave orders is not what is compared."""
    return {
        entity.key: msgspec.structs.replace(entity, rev=0)
        for entity in floor.entities()
        if not entity.key.startswith(("source:", "order:"))
    }


def straight(facts: list[AnyFact], at: int) -> Floor:
    """The floor at a moment (UTC milliseconds), folded from the first fact on."""
    floor = Floor(SITE)
    for rev, fact in enumerate(facts, 1):
        if fact.at > at:
            break
        floor.apply(fact, rev)
    floor.advance(at)
    return floor


async def run_to(engine: Engine, at: int) -> None:
    """Play until the floor stands at a moment."""
    engine.clock.set_speed(600)
    await engine.clock.reach(at)
