"""The PIN that leaves the wall: checked against a scrypt hash, with patience running out for those who guess."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct

from console.machine.steady import steady

FREE_TRIES, PAUSE_S = 5, 30.0


class Gate(Struct):
    """Counts wrong PINs: after five the door stays shut for half a minute."""

    clock: Callable[[], float] = steady
    wrong: int = 0
    shut_until: float = 0.0

    def seconds_to_wait(self) -> float:
        """How long until the next PIN is looked at."""
        return max(0.0, self.shut_until - self.clock())

    def opens(self, pin: str, hashed: str) -> bool:
        """Whether this PIN opens; a wrong one is counted, and none is looked at while the door is shut."""
        from config.tokens import verify_pin  # with OpenSSL, which a wall that nobody leaves never needs

        if self.seconds_to_wait() > 0:
            return False
        if verify_pin(pin, hashed):
            self.wrong = 0
            return True
        self.wrong += 1
        if self.wrong >= FREE_TRIES:
            self.wrong, self.shut_until = 0, self.clock() + PAUSE_S
        return False
