"""What a simulated floor's story depends on besides seed, scenario and beginning, as one word to compare."""

from __future__ import annotations

import hashlib
from typing import Final

import msgspec

from config.schema import Site
from feeds.rules.pauses import PauseWords
from feeds.sources.simulator.reasons import CHINESE, reasons_of

EDITION: Final = 1
"""Grows with every change to the simulator after which the same site tells other facts: no log of the former one can
be gone on with, because its positions are moments of another story."""


def story(site: Site) -> str:
    """The same for sites of which a simulation tells the same facts: names, limits and rights are none of it."""
    told = (
        EDITION, site.zone, site.simulation, [(seat.id, seat.area) for seat in site.seats],
        [(queue.id, queue.priority, queue.capacity) for queue in site.queues],
        [(agent.id, agent.seat_type, agent.skills) for agent in site.agents],
        [trunk.id for trunk in site.trunks], PauseWords.of(site).states,
    )  # fmt: skip
    reasons = reasons_of(site)
    spoken = () if reasons == CHINESE else (reasons,)  # the logs of Chinese floors are those of before
    return hashlib.sha256(msgspec.msgpack.encode((*told, *spoken))).hexdigest()[:16]
