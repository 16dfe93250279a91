"""The form in which alarms are put aside: why, and for how long."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QGridLayout,
    QHBoxLayout,
    QLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)  # fmt: skip

from console.words import Words
from feeds.rules.alarm_orders import LONGEST_REASON
from widgets.desk_style import style_sheet
from widgets.fact_grid import label, set_text
from widgets.one_line import OneLine
from widgets.palette import Palette
from widgets.screen_dialog import ScreenDialog
from widgets.tips import plain

MINUTES: Final = (15, 30, 60, 120, 240, 480)
WIDE: Final = 480
SHOWN: Final = 6
"""How many of the alarms are named."""


class AsideForm(ScreenDialog):
    """Asks for a reason and, to shelve, for a time; cannot be accepted without.

    Signals: `asked(str, int)` with the reason and the minutes (0 out of service).
    """

    asked = Signal(str, int)

    def __init__(
        self, words: Words, palette: Palette, alarms: Sequence[str], *, longest: int = 0, following: int = 0,
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        """`alarms` are in words, `longest` is for how many minutes one may shelve; 0 takes out of service.

        `following` is how many others follow from these.
        """
        super().__init__(parent)
        self.words, self.minutes, self.shelving = words, 0, bool(longest)
        self._bar = ""
        self.setObjectName("panel")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setStyleSheet(style_sheet(palette))
        self.kind = "shelve" if longest else "out"
        self.setWindowTitle(words(f"alarms.form.{self.kind}", count=len(alarms)))
        self.reason, self.why = QLineEdit(), label("note", wraps=True)
        self.yes, self.no = QPushButton(words(f"alarms.form.{self.kind}_yes")), QPushButton(words("alarms.form.no"))
        self.times = QButtonGroup(self)
        column = QVBoxLayout(self)
        # Offscreen, Qt warns of every size hint of a window; this one is as large as it needs to be anyway.
        column.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(10)
        named = QVBoxLayout()
        named.setSpacing(2)
        column.addLayout(named)
        for text in _named(alarms, words):
            named.addWidget(_filled(label(wraps=True), text) if len(alarms) == 1 else _in_one_line(text))
        column.addWidget(_filled(label("note", wraps=True), words(f"alarms.form.{self.kind}_detail")))
        if following:
            column.addWidget(_filled(label(wraps=True), words(f"alarms.form.{self.kind}_following", count=following)))
        if longest:
            column.addWidget(_filled(label("head"), words("alarms.form.time")))
            column.addLayout(self._times(longest))
        column.addWidget(_filled(label("head"), words("alarms.form.reason")))
        column.addWidget(self.reason)
        column.addWidget(self.why)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.no)
        buttons.addWidget(self.yes)
        column.addSpacing(4)
        column.addLayout(buttons)
        self._wire()
        self.resize(WIDE, max(column.heightForWidth(WIDE), column.sizeHint().height()) + 8)

    def _times(self, longest: int) -> QGridLayout:
        grid = QGridLayout()
        grid.setSpacing(8)
        offered = [minutes for minutes in MINUTES if minutes < longest] + [longest]
        across = len(offered) if len(offered) <= 5 else 4  # no single one in a row of its own
        for place, minutes in enumerate(offered):
            button = QPushButton(self._time(minutes))
            button.setCheckable(True)
            button.setProperty("part", "filter")
            button.setMinimumHeight(28)
            self.times.addButton(button, minutes)
            grid.addWidget(button, place // across, place % across)
        return grid

    def _time(self, minutes: int) -> str:
        hours, rest = divmod(minutes, 60)
        return self.words("alarms.form.hours", count=hours) if hours and not rest else self.words(
            "alarms.form.minutes", count=minutes
        )  # fmt: skip

    def _wire(self) -> None:
        self.reason.setMaxLength(LONGEST_REASON)
        self.reason.setPlaceholderText(self.words("alarms.form.reason_hint"))
        self.reason.setAccessibleName(self.words("alarms.form.reason"))
        self.reason.textChanged.connect(lambda _: self._judge())
        self.times.idToggled.connect(self._on_time)
        self.no.clicked.connect(self.reject)
        self.yes.clicked.connect(self.accept)
        self.yes.setDefault(True)
        self.reason.setFocus()
        self._judge()

    def _on_time(self, minutes: int, on: bool) -> None:
        button = self.times.button(minutes)
        button.setProperty("active", on)
        button.style().unpolish(button)
        button.style().polish(button)
        if on:
            self.minutes = minutes
        self._judge()

    def set_bar(self, why: str) -> None:
        """Say why it cannot be done at this moment, whatever is written here; empty when it can."""
        if why != self._bar:
            self._bar = why
            self._judge()

    def _judge(self) -> None:
        """A button that cannot be pressed says why."""
        lacking = self._bar or self._lacking()
        set_text(self.why, lacking)
        self.yes.setEnabled(not lacking)
        self.yes.setToolTip(lacking or self.yes.text())
        self.yes.setAccessibleDescription(lacking)

    def _lacking(self) -> str:
        if self.shelving and not self.minutes:
            return self.words("alarms.form.no_time")
        return "" if self.reason.text().strip() else self.words("alarms.form.no_reason")

    def accept(self) -> None:
        """Ask for it, with everything that is needed."""
        if self.yes.isEnabled():
            self.asked.emit(self.reason.text().strip(), self.minutes)
            super().accept()


def _named(alarms: Sequence[str], words: Words) -> list[str]:
    more = len(alarms) - SHOWN
    return [*alarms[:SHOWN], *([words("alarm.more", count=more)] if more > 0 else [])]


def _in_one_line(text: str) -> OneLine:
    """One of several: their number matters more than the end of a long name."""
    line = OneLine("")
    line.set_whole(text)
    line.setToolTip(plain(text))
    return line


def _filled(widget: QWidget, text: str) -> QWidget:
    widget.setText(text)  # type: ignore[attr-defined]
    return widget
