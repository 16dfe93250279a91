"""A listening console's ear: takes frames of sound as they come and gives them evenly to a loudspeaker."""

from __future__ import annotations

from typing import Final

from feeds.wire import SOUND_MS, SOUND_RATE, Sound

AHEAD_MS: Final = 100
"""How much is gathered before anything is given. Of 120,000 frames to 40 listeners on two busy cores eleven came over
60 ms late and none over 80, 99 of 100 within 25 (tests/bench/bench_listening.py)."""
MOST_MS: Final = 200
"""Sound that waits longer than this is passed over, oldest first: a supervisor hears the present."""
_WRAP: Final = 1 << 32
_BYTES_MS: Final = SOUND_RATE * 2 // 1000


class Ear:
    """The sound of one session. `put` whatever comes, `take` as the loudspeaker asks; both are cheap and never wait.

    What is missing is given as silence, what comes too late for its turn is dropped and counted.
    """

    def __init__(self, session: int, *, ahead_ms: int = AHEAD_MS, most_ms: int = MOST_MS) -> None:
        self.session = session
        self.late = self.missing = self.passed_over = 0
        """Frames that came after their turn, had not come by their turn, were skipped to be in the present."""
        self._ahead = max(1, ahead_ms // SOUND_MS)
        self._most = max(self._ahead + 1, most_ms // SOUND_MS)
        self._frames: dict[int, bytes] = {}
        self._next: int | None = None
        self._gathering = True
        self._rest = b""

    def put(self, sound: Sound) -> None:
        """Take a frame in; those of other sessions are not ours."""
        if sound.session != self.session:
            return
        at = sound.at_ms
        if self._next is None:
            self._next = at
        if _ahead_of(at, self._next) < 0:
            self.late += 1
            return
        self._frames[at] = sound.pcm
        if len(self._frames) > self._most:
            keep = sorted(self._frames, key=lambda one: _ahead_of(one, at))[-self._ahead :]
            self.passed_over += len(self._frames) - len(keep)
            self._frames = {one: self._frames[one] for one in keep}
            self._next = keep[0]
        if len(self._frames) >= self._ahead:
            self._gathering = False

    def take(self, milliseconds: int) -> bytes:
        """The next stretch of sound, always as long as asked for."""
        wanted = milliseconds * _BYTES_MS
        while len(self._rest) < wanted:
            self._rest += self._frame()
        found, self._rest = self._rest[:wanted], self._rest[wanted:]
        return found

    def _frame(self) -> bytes:
        if self._gathering or self._next is None:
            return bytes(SOUND_MS * _BYTES_MS)
        frame = self._frames.pop(self._next, None)
        if frame is None:
            self.missing += 1
            if not self._frames:  # the line is slower than it was: gather anew instead of stumbling from frame to frame
                self._gathering = True
                return bytes(SOUND_MS * _BYTES_MS)
        self._next = (self._next + SOUND_MS) % _WRAP
        return frame if frame is not None else bytes(SOUND_MS * _BYTES_MS)


def _ahead_of(one: int, other: int) -> int:
    """How far a time stamp lies ahead of another, milliseconds; stamps begin anew at 2^32."""
    return (one - other + _WRAP // 2) % _WRAP - _WRAP // 2
