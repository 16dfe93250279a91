"""An order of this desk as a value: where it stands, and what was said about it."""

from __future__ import annotations

from typing import Any, Final, Literal

from msgspec import Struct

from feeds.said import Value

Phase = Literal["asked", "running", "done", "refused", "failed", "unknown", "undone"]
ENDS: Final = frozenset({"done", "refused", "failed", "unknown", "undone"})


class Given(Struct, frozen=True):
    """An order of this desk: where it stands, and what was said about it.

    `place` is what on the screen it belongs to (`seat:108`), `late` that no end was seen within UNSEEN_S, `lost` that
    the connection broke before the gateway answered, `seen` that the floor has shown it. `text` is what was said about
    it in English, `code` and `values` the same for the desk's words; up to `undo_until` (floor time) it can be undone.
    `given_at` is floor time.
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

    @property
    def ended(self) -> bool:
        return self.phase in ENDS
