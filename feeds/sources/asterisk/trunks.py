"""The site's trunks by what Asterisk says of their devices: unreachable ones bring no calls."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from config.schema import Site
from feeds.facts import AnyFact, TrunkChanged
from feeds.sources.asterisk.doubting import ABSENT, DEVICE_WORDS, UNKNOWN
from feeds.states import TrunkState

_NOT_TOLD: Final = ""


class Trunks:
    """Those of the site that have a device. `tell` gets the facts.

    Asterisk finds out that a carrier's side is gone by asking it (`qualify_frequency` of the trunk's AOR); of a device
    that it does not ask it always says that it is there, which `main.py doctor --asterisk` points out.
    """

    def __init__(self, site: Site, tell: Callable[[AnyFact], None]) -> None:
        self._tell = tell
        self._trunks = {trunk.device: trunk.id for trunk in site.trunks if trunk.device}
        self._words: dict[str, str] = {}
        """By device, as told last."""

    def on_device(self, device: str, word: str, at: int) -> None:
        """A device is in another state; most are those of people."""
        if self.differs(device, word):
            self._say(device, word, at)

    def differs(self, device: str, word: str) -> bool:
        """Whether it is a trunk's and says something else than what was told."""
        return device in self._trunks and _state(word) != _state(self._words.get(device, _NOT_TOLD))

    def prove(self, words: Mapping[str, str], at: int) -> None:
        """All devices as they are: every trunk is told, as whoever listens may not know any more what was told."""
        for device in self._trunks:
            self._say(device, words.get(device, _NOT_TOLD), at)

    def _say(self, device: str, word: str, at: int) -> None:
        self._words[device] = word
        state = _state(word)
        text = word if state == "down" else ""
        self._tell(TrunkChanged(at=at, trunk=self._trunks[device], state=state, text=text))


def _state(word: str) -> TrunkState:
    number = DEVICE_WORDS.get(word, UNKNOWN)
    if number == UNKNOWN:
        return "unknown"
    return "down" if number in ABSENT else "up"
