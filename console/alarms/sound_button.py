"""The button that says whether alarms are heard here, and silences them for a while."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QMenu, QPushButton

from console.alarms.sound import Sounding
from console.words import Words
from widgets.elapsed import clock_text
from widgets.fact_grid import set_text
from widgets.shortened_label import ShortenedLabel

MUTES = (5, 10, 30, 60)
"""For how many minutes sound can be silenced."""


class SoundButton(QPushButton):
    """Tells for how long sound is silenced, and opens a menu that does so; `silence` beside it says why none is heard.
    """

    def __init__(self, sounding: Sounding) -> None:
        super().__init__()
        self._sounding = sounding
        self._words: Words | None = None
        self.silence = ShortenedLabel("note")
        self._mutes = QMenu(self)
        self._mutes.aboutToShow.connect(self._offer_mutes)
        self.setMenu(self._mutes)

    def show_sound(self, words: Words) -> None:
        """Whether alarms are heard here, and if not, why: silence never goes without saying."""
        self._words, way, left = words, self._sounding.player.way, self._sounding.muted_s
        why = "" if way not in ("", "beep") else words("alarms.no_sound" if not way else "alarms.only_bell")
        text = words("alarms.muted", time=clock_text(left)) if left else words("alarms.sound")
        set_text(self.silence, why)
        self.silence.setToolTip(words("alarms.no_sound_why") if why else "")
        if self.text() != text:
            self.setText(text)
            self.setToolTip(words("alarms.sound_why"))
        if self.property("active") != bool(left):
            self.setProperty("part", "filter" if left else "")
            self.setProperty("active", bool(left))
            self.style().unpolish(self)
            self.style().polish(self)

    def _offer_mutes(self) -> None:
        self._mutes.clear()
        if self._words is None:
            return
        for minutes in MUTES:
            action = self._mutes.addAction(self._words("alarms.mute_for", count=minutes))
            action.triggered.connect(partial(self._sounding.mute, minutes))
        if self._sounding.muted_s:
            self._mutes.addSeparator()
            self._mutes.addAction(self._words("alarms.unmute")).triggered.connect(partial(self._sounding.mute, 0))
