"""What a list of things that were found shows, as values free of Qt."""

from __future__ import annotations

from msgspec import Struct

from widgets.texts import Shape
from widgets.tones import Tone


class HitText(Struct, frozen=True):
    """One thing that was found: a shape, a sign or an icon in front, what it is, and what Enter does with it.

    With `why` it cannot be done now; `spoken` is all of it in one sentence for a screen reader.
    """

    key: str
    title: str
    detail: str = ""
    kind: str = ""
    does: str = ""
    keys: str = ""
    why: str = ""
    shape: Shape | None = None
    tone: Tone = Tone.CALM
    acknowledged: bool = False
    icon: str = ""
    more: bool = False

    @property
    def spoken(self) -> str:
        parts = (self.kind, self.title, self.detail, self.why or self.does, self.keys)
        return ", ".join(part for part in parts if part)
