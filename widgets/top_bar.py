"""The head of a desk: whose floor, which shift and mode, what alarms, how old the data, what time; a banner over it."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPen, QRegion, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from widgets.alarm_counts import AlarmCounts
from widgets.banner import HEIGHT as BANNER_HEIGHT
from widgets.banner import Banner
from widgets.desk_texts import TopBarText
from widgets.faces import Side, centred_baseline, shortened, width_of, write
from widgets.icons import draw_icon
from widgets.palette import Palette
from widgets.shapes import draw_sign
from widgets.texts import Badge
from widgets.tile import Tile, fill
from widgets.tips import plain
from widgets.tones import Tone

HEIGHT = 56
SEARCH_ROOM = 420
"""How wide the place for a search box becomes at most."""
CLOCK, SHORT, NAME, TEXT = 20.0, 21.0, 16.0, 14.0


class TopBar(QWidget):
    """Names, shift and modes on the left, room for a search box, then alarms, age of the data and clock.

    Signals: `alarms_asked()` when somebody pressed the counts.
    """

    alarms_asked = Signal()

    def __init__(self, palette: Palette, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = TopBarText()
        self.names, self.pulse = Names(palette), Pulse(palette)
        self.alarms = AlarmCounts(palette)
        self.search_slot = QWidget()
        """Where a search box stands; see :meth:`put_search`."""
        slot = QHBoxLayout(self.search_slot)
        slot.setContentsMargins(0, 0, 0, 0)
        self.search_slot.setMaximumWidth(SEARCH_ROOM)
        self.search_slot.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.search_slot.hide()
        self.setFixedHeight(HEIGHT)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.names)
        row.addStretch(1)
        row.addWidget(self.search_slot, 100)
        row.addStretch(1)
        row.addWidget(self.alarms)
        row.addWidget(self.pulse)
        self.banner = Banner(palette, self)
        self.alarms.clicked.connect(self.alarms_asked)

    def put_search(self, box: QWidget) -> None:
        """Have a search box between the modes and the alarms; it may become narrow, down to its own minimum."""
        layout = self.search_slot.layout()
        assert layout is not None
        layout.addWidget(box)
        self.search_slot.show()

    @property
    def text(self) -> TopBarText:
        return self._text

    def set_text(self, text: TopBarText) -> None:
        """Show that text; what does not differ is not painted again."""
        if text == self._text:
            return
        self._text = text
        self.names.set_text(text)
        self.alarms.set_counts(text.alarms, text.alarms_spoken)
        self.pulse.set_text(text.proof, text.clock)

    def set_look(self, palette: Palette) -> None:
        """Paint in another palette."""
        for part in (self.names, self.pulse, self.banner):
            part.set_look(palette, 1.0)
        self.alarms.set_look(palette)

    def set_stale(self, stale: bool) -> None:
        """Show everything but the clock as old, or as usual."""
        self.names.set_stale(stale)
        self.alarms.set_stale(stale)
        self.pulse.set_stale(stale)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The banner stands over everything but the clock, so that nothing moves when it comes."""
        super().resizeEvent(event)
        room = self.width() - self.pulse.clock_room() - 8
        self.banner.setGeometry(8, (HEIGHT - BANNER_HEIGHT) // 2, max(100, room), BANNER_HEIGHT)


class Names(Tile):
    """Whose floor it is, its day, shift and modes; where the room is short the name goes first, then hours and day."""

    def __init__(self, palette: Palette, parent: QWidget | None = None) -> None:
        super().__init__(palette, parent)
        self._text = TopBarText()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)

    def set_text(self, text: TopBarText) -> None:
        """Show the left side of that text."""
        old, self._text = self._text, text
        if (old.short, old.name, old.day, old.shift, old.badges, old.more) == (
            text.short, text.name, text.day, text.shift, text.badges, text.more,
        ):  # fmt: skip
            return
        badges = [f"{badge.label} {badge.sublabel}".strip() for badge in text.badges]
        shift = " ".join(text.shift or ())
        self.setAccessibleName(", ".join(filter(None, [text.short, text.name, text.day, shift, *badges])))
        self.setToolTip(plain("\n".join(filter(None, [self.accessibleName(), text.more]))))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        text = self._text
        chips = sum(_chip_width(badge) + 10 for badge in self._chips(hours=True))
        name = width_of(text.name, NAME) + 18 if text.name else 0
        return QSize(round(14 + width_of(text.short, SHORT, True) + 10 + name + chips) + 4, HEIGHT)

    def minimumSizeHint(self) -> QSize:
        """Whose floor and which modes: what nobody may overlook."""
        modes = sum(_chip_width(badge) + 10 for badge in self._text.badges)
        return QSize(round(14 + width_of(self._text.short, SHORT, True) + 10 + modes) + 4, HEIGHT)

    def _chips(self, *, hours: bool) -> list[Badge]:
        shift = [Badge(self._text.shift[0], self._text.shift[1] if hours else "", "clock")] if self._text.shift else []
        day = [Badge(self._text.day)] if self._text.day else []
        return [*day, *shift, *self._text.badges]

    def paint_ground(self, painter: QPainter, dirty: QRect) -> None:
        fill(painter, dirty, self.colours.bg)

    def paint_parts(self, painter: QPainter, region: QRegion) -> None:
        text, colours, middle = self._text, self.colours, self.height() / 2
        left = 14.0
        left += write(painter, left, centred_baseline(middle, SHORT), text.short, SHORT, colours.hi, True) + 10
        room = self.width() - left
        chips = self._chips(hours=True)
        if sum(_chip_width(chip) + 10 for chip in chips) > room:
            chips = self._chips(hours=False)
        while len(chips) > max(1, len(text.badges)) and sum(_chip_width(chip) + 10 for chip in chips) > room:
            del chips[0]  # a mode that is not the real floor's may never be overlooked, the shift may
        room -= sum(_chip_width(chip) + 10 for chip in chips) + 8
        name = shortened(text.name, NAME, False, room) if room > 40 else ""
        if name:
            left += write(painter, left, centred_baseline(middle, NAME), name, NAME, colours.mid) + 18
        for chip in chips:
            loud = chip in text.badges
            left += self._paint_chip(painter, chip, left, loud) + 10

    def _paint_chip(self, painter: QPainter, chip: Badge, left: float, loud: bool) -> float:
        colours, width, middle = self.colours, _chip_width(chip), self.height() / 2
        ink = colours.text(chip.tone) if loud else colours.mid
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(ink if loud else colours.line, 1.4 if loud else 1.0))
        painter.setBrush(colours.ground(chip.tone) if loud else colours.panel)
        painter.drawRoundedRect(QRectF(left + 0.7, middle - 15, width - 1.4, 30), 15, 15)
        x = left + 13
        if chip.tone is Tone.WARN:
            draw_sign(painter, chip.tone, QPointF(x + 7, middle), 18, colours)
            x += 24
        elif chip.icon:
            draw_icon(painter, chip.icon, QRectF(x - 2, middle - 9, 18, 18), ink)
            x += 24
        baseline = centred_baseline(middle, TEXT)
        x += write(painter, x, baseline, chip.label, TEXT, ink if loud else colours.hi, loud) + 8
        write(painter, x, baseline, chip.sublabel, TEXT, ink)
        return width


def _chip_width(chip: Badge) -> float:
    width = 26 + width_of(chip.label, TEXT, True) + (24 if chip.icon or chip.tone is Tone.WARN else 0)
    return width + (8 + width_of(chip.sublabel, TEXT) if chip.sublabel else 0)


class Pulse(Tile):
    """How old the data is and what time it is; the time never looks old."""

    def __init__(self, palette: Palette, parent: QWidget | None = None) -> None:
        super().__init__(palette, parent)
        self._proof = self._clock = ""
        self._needed = 0
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)

    def set_text(self, proof: str, clock: str) -> None:
        """Show that age and that time."""
        if (proof, clock) == (self._proof, self._clock):
            return
        self._proof, self._clock = proof, clock
        self.setAccessibleName(", ".join(filter(None, [proof, clock])))
        widest = "".join("0" if sign.isdigit() else sign for sign in proof)
        needed = round(34 + width_of(widest, TEXT)) if proof else 0
        if needed > self._needed or needed == 0:  # an age that gains a digit may push once, and not back and forth
            self._needed = max(needed, self._needed)
            self.updateGeometry()
        self.update()

    def clock_room(self) -> int:
        """How wide the time is with its margins, in pixels."""
        return round(width_of("00:00:00", CLOCK, True)) + 34

    def sizeHint(self) -> QSize:
        return QSize(self._needed + self.clock_room(), HEIGHT)

    minimumSizeHint = sizeHint

    def paint_ground(self, painter: QPainter, dirty: QRect) -> None:
        fill(painter, dirty, self.colours.bg)

    def paint_parts(self, painter: QPainter, region: QRegion) -> None:
        right, middle, colours = self.width() - 16.0, self.height() / 2, self.colours
        ink = self.live_colours.hi
        baseline = centred_baseline(middle, CLOCK)
        right -= write(painter, right, baseline, self._clock, CLOCK, ink, True, Side.RIGHT) + 26
        if self._proof:
            baseline = centred_baseline(middle, TEXT)
            right -= write(painter, right, baseline, self._proof, TEXT, colours.mid, side=Side.RIGHT) + 12
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colours.d1)
            painter.drawEllipse(QPointF(right, middle), 4, 4)

    def paint_hatch(self, painter: QPainter, rect: QRectF) -> None:
        right = self.width() - 30 - width_of(self._clock, CLOCK, True)
        super().paint_hatch(painter, rect.intersected(QRectF(0, 0, right, self.height())))
