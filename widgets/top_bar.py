"""The head of a desk: whose floor, which mode, what alarms, how old the data, what time; and the banner under it."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPen, QRegion
from PySide6.QtWidgets import QWidget

from widgets.desk_texts import TopBarText
from widgets.faces import Side, centred_baseline, shortened, width_of, write
from widgets.icons import draw_icon
from widgets.palette import Palette
from widgets.shapes import draw_sign
from widgets.texts import BannerText
from widgets.tile import Tile, fill
from widgets.tones import Tone

HEIGHT, BANNER_HEIGHT = 56, 42
CLOCK_ROOM = 142
CLOCK, SHORT, NAME, TEXT = 20.0, 21.0, 16.0, 14.0


class TopBar(Tile):
    """Names and modes on the left; alarms, age of the data and clock on the right."""

    def __init__(self, palette: Palette, parent: QWidget | None = None) -> None:
        super().__init__(palette, parent)
        self._text = TopBarText()
        self.banner = Banner(palette, self)
        self.setFixedHeight(HEIGHT)

    def relayout(self) -> None:
        """The banner stands over everything but the clock, so that nothing moves when it comes."""
        self.banner.setGeometry(8, (HEIGHT - BANNER_HEIGHT) // 2, max(100, self.width() - CLOCK_ROOM), BANNER_HEIGHT)

    @property
    def text(self) -> TopBarText:
        return self._text

    def set_text(self, text: TopBarText) -> None:
        """Show that text; when only the clock and the age differ, only their side is painted again."""
        old, self._text = self._text, text
        if old == text:
            return
        same = (old.short, old.name, old.badges) == (text.short, text.name, text.badges)
        if same and len(old.alarms) == len(text.alarms):
            self.update(QRect(self.width() // 2, 0, self.width() - self.width() // 2, self.height()))
        else:
            self.update()
        badges = ", ".join(f"{badge.label} {badge.sublabel}".strip() for badge in text.badges)
        spoken = [text.short, text.name, badges, text.alarms_spoken, text.proof]
        self.setAccessibleName(", ".join(filter(None, spoken)))

    def paint_ground(self, painter: QPainter, dirty: QRect) -> None:
        fill(painter, dirty, self.colours.bg)

    def paint_parts(self, painter: QPainter, region: QRegion) -> None:
        if self.banner.text is not None:
            self._paint_clock(painter)
            return
        right = self._paint_right(painter)
        text, colours, middle = self._text, self.colours, self.height() / 2
        badges = sum(self._badge_width(badge.label, badge.sublabel, badge.icon) + 10 for badge in text.badges)
        left = 14.0
        left += write(painter, left, centred_baseline(middle, SHORT), text.short, SHORT, colours.hi, True) + 10
        room = right - left - badges - 20
        name = shortened(text.name, NAME, False, room) if room > 40 else ""
        left += write(painter, left, centred_baseline(middle, NAME), name, NAME, colours.mid) + 18
        for badge in text.badges:
            left += self._paint_badge(painter, badge.label, badge.sublabel, badge.icon, left) + 10

    def paint_hatch(self, painter: QPainter, rect: QRectF) -> None:
        """The clock never looks old."""
        right = self.width() - 30 - width_of(self._text.clock, CLOCK, True)
        super().paint_hatch(painter, rect.intersected(QRectF(0, 0, right, self.height())))

    def _badge_width(self, label: str, sublabel: str, icon: str) -> float:
        width = 26 + width_of(label, TEXT, True) + (24 if icon else 0)
        return width + (8 + width_of(sublabel, TEXT) if sublabel else 0)

    def _paint_badge(self, painter: QPainter, label: str, sublabel: str, icon: str, left: float) -> float:
        colours, width, middle = self.colours, self._badge_width(label, sublabel, icon), self.height() / 2
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(colours.info, 1.4))
        painter.setBrush(colours.infobg)
        painter.drawRoundedRect(QRectF(left, middle - 15, width, 30), 6, 6)
        x = left + 13
        if icon:
            draw_icon(painter, icon, QRectF(x - 2, middle - 9, 18, 18), colours.info)
            x += 24
        x += write(painter, x, centred_baseline(middle, TEXT), label, TEXT, colours.info, True) + 8
        write(painter, x, centred_baseline(middle, TEXT), sublabel, TEXT, colours.info)
        return width

    def _paint_clock(self, painter: QPainter) -> float:
        """The time, which never looks old; returns where there is room beside it."""
        right, baseline = self.width() - 16.0, centred_baseline(self.height() / 2, CLOCK)
        ink = self.live_colours.hi
        return right - write(painter, right, baseline, self._text.clock, CLOCK, ink, True, Side.RIGHT) - 26

    def _paint_right(self, painter: QPainter) -> float:
        """Everything that stands on the right side; returns where it begins."""
        text, colours, middle = self._text, self.colours, self.height() / 2
        right = self._paint_clock(painter)
        if text.proof:
            baseline = centred_baseline(middle, TEXT)
            right -= write(painter, right, baseline, text.proof, TEXT, colours.mid, side=Side.RIGHT) + 12
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colours.d1)
            painter.drawEllipse(QPointF(right, middle), 4, 4)
            right -= 24
        for tone, count in reversed(text.alarms):
            ink = colours.hi if count else colours.low
            size = 17.0
            baseline = centred_baseline(middle, size)
            right -= write(painter, right, baseline, str(count), size, ink, True, Side.RIGHT) + 17
            sign = 22.0
            draw_sign(
                painter, tone, QPointF(right, middle), sign, colours if count else colours.greyed, solid=count > 0
            )
            right -= 26
        return right


class Banner(Tile):
    """One line about everything that is not as it should be: old data, or a connection that cannot be made.

    Signals: `clicked()`.
    """

    clicked = Signal()

    def __init__(self, palette: Palette, parent: QWidget | None = None) -> None:
        super().__init__(palette, parent)
        self._text: BannerText | None = None
        self.setMinimumHeight(BANNER_HEIGHT)
        self.hide()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.clicked.emit()

    @property
    def text(self) -> BannerText | None:
        return self._text

    def set_text(self, text: BannerText | None) -> None:
        """Say that, or be away."""
        if text == self._text:
            return
        self._text = text
        self.setVisible(text is not None)
        parent = self.parentWidget()
        if parent is not None:
            parent.update()
        self.setAccessibleName("" if text is None else f"{text.title}. {text.detail}")
        self.setToolTip("" if text is None else text.detail)
        self.update()

    def paint_ground(self, painter: QPainter, dirty: QRect) -> None:
        calm = self._text is None or self._text.tone is not Tone.WARN
        fill(painter, dirty, self.colours.bg)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.colours.infobg if calm else self.colours.warnfill)
        painter.drawRoundedRect(QRectF(self.rect()), 6, 6)

    def paint_parts(self, painter: QPainter, region: QRegion) -> None:
        text, colours, middle = self._text, self.colours, self.height() / 2
        if text is None:
            return
        ink = colours.warnink if text.tone is Tone.WARN else colours.info
        self._paint_sign(painter, QPointF(30, middle))
        left, room = 54.0, self.width() - 70.0
        title = shortened(text.title, 18, True, room)
        used = write(painter, left, centred_baseline(middle, 18), title, 18, ink, True) + 20
        detail = shortened(text.detail, TEXT, False, room - used)
        write(painter, left + used, centred_baseline(middle, TEXT), detail, TEXT, ink)

    def _paint_sign(self, painter: QPainter, centre: QPointF) -> None:
        """The sign as an outline, because the whole banner is its fill."""
        assert self._text is not None
        plain = self.colours.warnink if self._text.tone is Tone.WARN else self.colours.info
        tone = self._text.tone if self._text.tone is Tone.WARN else Tone.INFO
        tokens = {"warn": plain, "info": plain}
        changed = {name: tokens.get(name, getattr(self.colours, name)) for name in self.colours.__struct_fields__}
        draw_sign(painter, tone, centre, 24, Palette(**changed), solid=False)
