"""An order of this desk as a value: where it stands, and what was said about it."""

from __future__ import annotations

from typing import Any, Final, Literal

from msgspec import Struct

from feeds.said import Value

Phase = Literal["asked", "running", "done", "refused", "failed", "unknown", "undone"]
DEFERRED: Final = ("after_call.", "after_work.")
"""With what the codes begin that tell of an effect to come."""
ENDS: Final = frozenset({"done", "refused", "failed", "unknown", "undone"})


class Given(Struct, frozen=True):
    """An order of this desk: where it stands, and what was said about it.

    `place` is what on the screen it belongs to (`seat:108`), `late` that no end was seen within UNSEEN_S, `lost` that
    the connection broke before the gateway answered, `seen` that the floor has shown it, `begun` that what had to wait
    for present work has begun. `text` is what was said about it in English, `code` and `values` the same for the desk's
    words; up to `undo_until` (floor time) it can be undone. `given_at` is floor time.
    """

    key: str
    place: str
    name: str
    args: dict[str, Any]
    phase: Phase = "asked"
    text: str = ""
    order: str = ""
    asked_at: float = 0.0
    given_at: int = 0
    reason: str = ""
    code: str = ""
    values: dict[str, Value] = {}
    undo_until: int | None = None
    expect: dict[str, Any] | None = None
    late: bool = False
    lost: bool = False
    seen: bool = False
    begun: bool = False

    @property
    def ended(self) -> bool:
        return self.phase in ENDS

    @property
    def deferred(self) -> bool:
        """Whether it was taken and its effect comes when present work is over: the floor does not show it yet."""
        return self.phase == "done" and not self.begun and self.code.startswith(DEFERRED)
