"""How long what a gateway says was on its way, by two clocks that need not agree and may drift apart slowly."""

from typing import Final

from feeds.boottime import now

SPAN_S: Final = 300.0
"""What was learned of the clocks is kept for once to twice as long, so that they may drift."""

ROUNDING_S: Final = 0.01
"""What a beat's time is rounded by, and to spare."""


class Bounds:
    """Between which the difference of the two clocks lies, as far as a stretch of time has shown, seconds."""

    def __init__(self) -> None:
        self.least, self.most = float("-inf"), float("inf")


class Lateness:
    """Of one connection, from the beats that arrive there and from questions that were answered before them.

    No beat takes less than no time, so the quickest one shows how much the clocks differ at most. And none was sent
    before a question that was answered before it came, which shows how much they differ at least. Without the second, a
    line that is slow from its first beat on would look as quick as any; without the first, each beat would seem as old
    as the newest answer.
    """

    def __init__(self) -> None:
        self._before, self._current = Bounds(), Bounds()
        self._since = now()
        self._answered = float("-inf")

    def answered(self, asked_at: float) -> None:
        """A question of that moment was answered: what comes now was sent after it."""
        self._answered = max(self._answered, asked_at)

    def of(self, sent_ms: int | None) -> tuple[float, float]:
        """How old a beat is at least and at most, seconds; 0 where the gateway does not say when it was sent."""
        if sent_ms is None:
            return 0.0, 0.0
        moment = now()
        if moment - self._since > SPAN_S:
            self._before, self._current, self._since = self._current, Bounds(), moment
        offset = moment - sent_ms / 1000
        current, before = self._current, self._before
        current.most = min(current.most, offset)
        current.least = max(current.least, self._answered - sent_ms / 1000)
        least, most = max(current.least, before.least), min(current.most, before.most)
        if least > most + ROUNDING_S:  # one of the clocks was moved: one counts a sleep, say, that the other does not
            self._before, self._current = Bounds(), Bounds()
            most = self._current.most = offset
            least = self._current.least = min(offset, self._answered - sent_ms / 1000)
        return offset - most, offset - least
