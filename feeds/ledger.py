"""Opening a figure: which legs stand behind a number, and which of them count for its numerator."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, Literal

from msgspec import Struct

from feeds.records import LegRecord

Part = Literal["over", "under"]
Test = Callable[[LegRecord, "Span"], bool]


class Span(Struct, frozen=True):
    """The period a figure looks at, UTC milliseconds: [begin, end), seen at floor time `at`.

    With `by_join` (cohort basis) a leg belongs to the period in which it joined, else to the one in which the thing
    that the figure counts happened.
    """

    begin: int
    end: int
    at: int
    by_join: bool

    def holds(self, moment: int | None) -> bool:
        """Whether something happened in the period."""
        return moment is not None and self.begin <= moment < self.end and moment <= self.at

    def has(self, leg: LegRecord, moment: int | None) -> bool:
        """Whether a leg is counted in the period for something that happened at `moment`."""
        return self.holds(leg.joined_at) if self.by_join else self.holds(moment)


class Opened(Struct, frozen=True):
    """How a figure is made of legs. `under` None: a plain count or sum, every leg behind it counts."""

    over: Test
    under: Test | None = None

    def part(self, leg: LegRecord, span: Span) -> Part | None:
        """`over`: counts for the numerator; `under`: only for the denominator; None: not behind the figure."""
        if self.over(leg, span):
            return "over"
        return "under" if self.under is not None and self.under(leg, span) else None


def _outcome(*names: str) -> Test:
    return lambda leg, span: leg.outcome in names and span.has(leg, leg.concluded_at)


def _asked(leg: LegRecord, span: Span) -> bool:
    return span.holds(leg.joined_at)


def _in_time(leg: LegRecord) -> bool:
    return leg.wait_ms <= leg.service_ms


_answered = _outcome("answered")
_abandoned = _outcome("abandoned")
_flowed = _outcome("flow_out")
_blocked = _outcome("blocked")
_concluded = _outcome("answered", "abandoned", "flow_out", "blocked")
_left = _outcome("answered", "abandoned", "flow_out")


def _answered_in_time(leg: LegRecord, span: Span) -> bool:
    return _in_time(leg) and _answered(leg, span)


def _lost_in_time(leg: LegRecord, span: Span) -> bool:
    return _in_time(leg) and _abandoned(leg, span)


def _short(leg: LegRecord, span: Span) -> bool:
    return leg.short and _abandoned(leg, span)


def _elsewhere(leg: LegRecord, span: Span) -> bool:
    return leg.answered_elsewhere and _flowed(leg, span)


def _waiting(leg: LegRecord, span: Span) -> bool:
    return leg.outcome == "waiting"


def _pending(leg: LegRecord, span: Span) -> bool:
    return leg.outcome == "waiting" and (not span.by_join or span.holds(leg.joined_at))


def _booked(leg: LegRecord, span: Span) -> bool:
    return span.holds(leg.booked_at)


def _held(leg: LegRecord, span: Span) -> bool:
    return leg.hold_ms > 0 and _booked(leg, span)


def _transferred(leg: LegRecord, span: Span) -> bool:
    return span.holds(leg.transferred_at)


def _rang(leg: LegRecord, span: Span) -> bool:
    return any(span.holds(at) for at in leg.rang_at)


def _missed(leg: LegRecord, span: Span) -> bool:
    return any(span.holds(at) for at in leg.missed_at)


def _live_in_time(leg: LegRecord, span: Span) -> bool:
    return leg.outcome == "answered" and _in_time(leg) and span.holds(leg.concluded_at)


def _live_lost_in_time(leg: LegRecord, span: Span) -> bool:
    return leg.outcome == "abandoned" and _in_time(leg) and span.holds(leg.concluded_at)


def _ran_out(leg: LegRecord, span: Span) -> bool:
    """T ran out unanswered, booked at that moment: handbook F8."""
    waited = leg.outcome == "waiting" or (leg.outcome != "blocked" and not _in_time(leg))
    return waited and span.holds(leg.joined_at + leg.service_ms + 1)


def _answered_now(leg: LegRecord, span: Span) -> bool:
    return leg.outcome == "answered" and span.holds(leg.concluded_at)


def _left_now(leg: LegRecord, span: Span) -> bool:
    return leg.outcome in ("answered", "abandoned", "flow_out") and span.holds(leg.concluded_at)


def _any(*tests: Test) -> Test:
    return lambda leg, span: any(test(leg, span) for test in tests)


def _without(test: Test, *others: Test) -> Test:
    return lambda leg, span: test(leg, span) and not any(other(leg, span) for other in others)


_run = _any(_live_in_time, _live_lost_in_time, _ran_out)

OPENED: Final[dict[str, Opened]] = {
    "offered": Opened(_asked), "answered": Opened(_answered), "abandoned": Opened(_abandoned),
    "short_abandons": Opened(_short), "flowed_out": Opened(_flowed), "blocked": Opened(_blocked),
    "pending": Opened(_pending),
    "abandon_rate": Opened(_abandoned, _concluded),
    "abandon_rate_no_shorts": Opened(_without(_abandoned, _short), _without(_concluded, _short)),
    "flow_out_rate": Opened(_flowed, _concluded),
    "answer_rate_a1": Opened(_answered, _concluded),
    "answer_rate_a2": Opened(_answered, _without(_concluded, _elsewhere)),
    "answer_rate_a2_pessimistic": Opened(_answered, _any(_without(_concluded, _elsewhere), _waiting)),
    "answer_rate_a4": Opened(_answered_in_time, _concluded),
    "answer_rate_no_flow": Opened(_answered, _any(_answered, _abandoned)),
    "answer_rate_no_flow_no_shorts": Opened(_answered, _without(_any(_answered, _abandoned), _short)),
    "service_level_f1": Opened(_answered_in_time, _concluded),
    "service_level_f2": Opened(_answered_in_time, _without(_concluded, _lost_in_time)),
    "service_level_f3": Opened(_any(_answered_in_time, _lost_in_time), _concluded),
    "service_level_f4": Opened(_answered_in_time, _answered),
    "service_level_f5": Opened(_answered_in_time, _without(_concluded, _short)),
    "service_level_f6": Opened(_answered_in_time, _any(_answered, _abandoned)),
    "service_level_f7": Opened(lambda leg, span: _in_time(leg) and _left(leg, span), _left),
    "service_level_f8": Opened(_live_in_time, _run),
    "service_level_f1_dequeued": Opened(_answered_in_time, _without(_concluded, _flowed)),
    "service_level_f2_dequeued": Opened(_answered_in_time, _without(_concluded, _flowed, _lost_in_time)),
    "service_level_f3_dequeued": Opened(_any(_answered_in_time, _lost_in_time), _without(_concluded, _flowed)),
    "service_level_f8_ignore": Opened(_live_in_time, _without(_run, _live_lost_in_time)),
    "service_level_f8_positive": Opened(_any(_live_in_time, _live_lost_in_time), _run),
    "asa": Opened(_answered), "average_wait_abandoned": Opened(_abandoned),
    "average_wait_abandoned_no_shorts": Opened(_without(_abandoned, _short)), "average_wait": Opened(_left),
    "longest_wait": Opened(_left_now), "waiting": Opened(_waiting),
    "ringing": Opened(lambda leg, span: leg.outcome == "waiting" and leg.ringing),
    "longest_wait_now": Opened(_waiting), "average_wait_now": Opened(_waiting), "expected_wait": Opened(_waiting),
    "predicted_wait": Opened(_waiting), "need": Opened(_asked), "expected_rest": Opened(_asked),
    "rest_answer_rate": Opened(_answered, _any(_without(_concluded, _elsewhere), _pending)),
    "rest_service_level": Opened(_answered_in_time, _any(_concluded, _pending)),
    "handled": Opened(_booked), "talk_time": Opened(_booked), "hold_time": Opened(_booked),
    "hold_time_held": Opened(_held), "acw_time": Opened(_booked), "aht": Opened(_booked),
    "transfers": Opened(_transferred), "transfer_rate": Opened(_transferred, _answered_now),
    "attempts": Opened(_rang), "ring_no_answer": Opened(_missed), "ring_no_answer_rate": Opened(_missed, _rang),
    "calls_per_hour": Opened(_answered_now),
}  # fmt: skip
"""By figure id; figures of agents' time and trunk seizures have no legs behind them and are not here."""


def behind(figure: str) -> Opened | None:
    """How the figure is made of legs; None when no legs stand behind it (shares of time, staffing, trunk calls).

    `answer_rate_a2_pessimistic` shows every waiting leg; only those beyond the longest acceptable wait count against
    it. The denominator of `service_level_f6` is shown with its default switches.
    """
    return OPENED.get(figure)


_NO_SHARES: Final = frozenset(
    ("answer_rate_a2_pessimistic", "ring_no_answer_rate", "transfer_rate", "service_level_f6", "rest_answer_rate",
     "rest_service_level")
)  # fmt: skip
"""Made of attempts, of other legs above than below, by a site's switches, or of calls that are still to come."""


def is_share(figure: str) -> bool:
    """Whether a figure's value is the share of the legs behind it that count for its numerator."""
    opened = OPENED.get(figure)
    return opened is not None and opened.under is not None and figure not in _NO_SHARES
