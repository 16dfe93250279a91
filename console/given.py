"""An order of this desk as a value: where it stands, and what was said about it."""

from __future__ import annotations

from typing import Any, Final, Literal

from msgspec import Struct

Phase = Literal["asked", "running", "done", "refused", "failed", "unknown"]
ENDS: Final = frozenset({"done", "refused", "failed", "unknown"})


class Given(Struct, frozen=True):
    """An order of this desk: where it stands, and what was said about it.

    `place` is what on the screen it belongs to (`seat:108`), `late` that no end was seen within UNSEEN_S, `lost` that
    the connection broke before the gateway answered.
    """

    key: str
    place: str
    name: str
    args: dict[str, Any]
    phase: Phase = "asked"
    text: str = ""
    order: str = ""
    asked_at: float = 0.0
    late: bool = False
    lost: bool = False

    @property
    def ended(self) -> bool:
        return self.phase in ENDS
