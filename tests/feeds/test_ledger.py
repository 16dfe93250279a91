"""Opening a figure gives the very calls behind it: counted again from the ledger, they make the same number."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from config.figure_names import FIGURES
from feeds.figures import people_values, values
from feeds.floor import Floor
from feeds.folding.ledger import open_records
from feeds.folding.present import live
from feeds.folding.state import WINDOWS
from feeds.folding.tallying import rolling, today
from feeds.ledger import OPENED, Span, behind
from feeds.records import LegRecord
from tests.examples import examples
from tests.feeds.floors import delayed, made_up, small_site
from tests.feeds.test_floor import PHASES

NOT_OF_LEGS = {
    "inbound", "carried_in", "occupancy", "utilisation", "staffed", "staffed_mean", "on_queue_mean", "waiting_mean",
}  # fmt: skip
COUNTS = (
    "offered", "answered", "abandoned", "short_abandons", "flowed_out", "blocked", "pending", "waiting", "ringing",
    "handled", "transfers",
)  # fmt: skip
RATIOS = tuple(
    name for name, opened in OPENED.items()
    if opened.under is not None
    and name not in ("answer_rate_a2_pessimistic", "ring_no_answer_rate", "transfer_rate")
    and not name.startswith("rest_")
)  # fmt: skip


def folded(seed: int) -> tuple[Floor, list[LegRecord]]:
    """A made-up day and its ledger: the newest record of every leg, and the open ones."""
    ledger: dict[str, LegRecord] = {}
    floor = Floor(small_site(), alarms=False, ledger=lambda leg: ledger.__setitem__(leg.leg, leg))
    for rev, fact in enumerate(delayed(made_up(seed, calls=150), seed, 20_000), 1):
        floor.apply(fact, rev)
    ledger.update((leg.leg, leg) for leg in open_records(floor))
    return floor, list(ledger.values())


def test_every_figure_either_opens_or_says_that_no_calls_stand_behind_it() -> None:
    assert {name for name in FIGURES if behind(name) is None} == NOT_OF_LEGS


@pytest.mark.slow
@given(seed=st.integers(0, 10_000))
@settings(max_examples=examples(6), deadline=None, phases=PHASES)
def test_the_calls_behind_every_number_make_that_number_again(seed: int) -> None:
    floor, ledger = folded(seed)
    slot_end = floor.now - floor.now % 10_000 + 10_000
    spans = {window: Span(slot_end - length, slot_end, floor.now, False) for window, length in WINDOWS.items()}
    spans["today"] = Span(floor.state.day, floor.now + 1, floor.now, True)
    for scope in ("site", "queue:qa", "queue:qb"):
        legs = [leg for leg in ledger if scope in ("site", f"queue:{leg.queue}")]
        for window, span in spans.items():
            tally = today(floor, scope) if window == "today" else rolling(floor, scope, window)
            basis = "cohort" if window == "today" else "event"
            found, _ = values(tally, floor.site.figures, basis=basis, live=live(floor, scope))  # type: ignore[arg-type]
            _assert_opens(legs, span, found)


def _assert_opens(legs: list[LegRecord], span: Span, found: dict[str, float | int | None]) -> None:
    for name in COUNTS:
        opened = OPENED[name]
        assert sum(opened.part(leg, span) == "over" for leg in legs) == found[name], name
    for name in RATIOS:
        parts = [OPENED[name].part(leg, span) for leg in legs]
        over, under = parts.count("over"), len(parts) - parts.count(None)
        assert (over * 100 / under if under else None) == found[name], name
    waits = [leg.wait_ms for leg in legs if OPENED["asa"].part(leg, span)]
    assert (sum(waits) / len(waits) / 1000 if waits else None) == found["asa"]
    ended = [leg.wait_ms for leg in legs if OPENED["longest_wait"].part(leg, span)]
    assert (max(ended) / 1000 if ended else None) == found["longest_wait"]
    handled = [leg for leg in legs if OPENED["aht"].part(leg, span)]
    seconds = [(leg.talk_ms or 0) + leg.hold_ms + leg.acw_ms for leg in handled]
    assert (sum(seconds) / len(seconds) / 1000 if seconds else None) == found["aht"]
    rang = sum(sum(span.holds(at) for at in leg.rang_at) for leg in legs)
    assert rang == found["attempts"]
    assert sum(sum(span.holds(at) for at in leg.missed_at) for leg in legs) == found["ring_no_answer"]


def test_a_teams_answered_calls_are_those_its_agents_answered() -> None:
    floor, ledger = folded(3)
    tally = today(floor, "team:own")
    found, _ = people_values(tally, floor.site.figures, live(floor, "team:own"))
    span = Span(floor.state.day, floor.now + 1, floor.now, False)
    legs = [leg for leg in ledger if leg.team == "own"]
    assert legs
    assert sum(OPENED["answered"].part(leg, span) == "over" for leg in legs) == found["answered"]
    assert sum(OPENED["handled"].part(leg, span) == "over" for leg in legs) == found["handled"]
