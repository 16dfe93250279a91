"""Writing a leg down as the ledger keeps it."""

from __future__ import annotations

from typing import cast

from feeds.facts import AttemptResult, FlowKind
from feeds.folding.core import Core
from feeds.folding.state import LegState
from feeds.records import LegRecord, Outcome


def record(
    floor: Core,
    leg: LegState,
    outcome: Outcome,
    concluded_at: int | None,
    *,
    short: bool = False,
    while_ringing: bool = False,
    flow_kind: FlowKind | None = None,
    acw_ms: int = 0,
    booked_at: int | None = None,
) -> LegRecord:
    """The leg as it stands now."""
    agent = floor.agents.get(leg.agent)
    crew = floor.crews[agent.crew] if agent is not None else None
    return LegRecord(
        leg=leg.id, call=leg.call, queue=leg.queue, joined_at=leg.joined, outcome=outcome, concluded_at=concluded_at,
        wait_ms=leg.wait, number=leg.number, agent=leg.agent, team=crew.team if crew else "",
        vendor=crew.vendor if crew else "", short=short,
        ringing=leg.rings > 0 and leg.answered < 0 and outcome == "waiting", while_ringing=while_ringing,
        flow_kind=flow_kind,
        service_ms=floor.queues[leg.queue].service_ms, talk_ms=leg.talk if leg.talk >= 0 else None, hold_ms=leg.hold,
        acw_ms=acw_ms, talk_ended_at=leg.talk_ended if leg.talk_ended >= 0 else None, booked_at=booked_at,
        rang_at=list(leg.rang), missed_at=list(leg.missed),
        last_attempt=cast(AttemptResult, leg.last_attempt) if leg.last_attempt else None,
        transferred=leg.transferred,
        transferred_at=leg.transferred_at if leg.transferred_at >= 0 else None, came_from=leg.came_from,
        source=leg.source,
    )  # fmt: skip


def open_records(floor: Core) -> list[LegRecord]:
    """Every open leg as a record: waiting, in conversation, in after-call work."""
    return [
        record(floor, leg, "answered" if leg.answered >= 0 else "waiting", leg.answered if leg.answered >= 0 else None)
        for leg in floor.state.legs.values()
    ]
