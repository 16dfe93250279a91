"""The head of the wall: whose floor, which page, which mode, how old the data; or one banner when it is too old."""

from __future__ import annotations

from msgspec.structs import replace
from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QRegion
from PySide6.QtWidgets import QWidget

from widgets.faces import Side, fitted, shortened, width_of, write
from widgets.icons import draw_icon
from widgets.palette import Palette
from widgets.texts import Badge, BannerText, MastheadText
from widgets.tile import Tile, fill, touches
from widgets.tones import Tone

CORNER = 310.0
"""The room of the clock, which stands upon the corner of a head of two lines and beside one of a single line."""

PAGE = 34.0


class Masthead(Tile):
    """The head of the wall without its clock."""

    def __init__(self, palette: Palette, parent: QWidget | None = None) -> None:
        super().__init__(palette, parent)
        self._text = MastheadText()

    @property
    def text(self) -> MastheadText:
        return self._text

    def set_text(self, text: MastheadText) -> None:
        """Show that text; when only the age of the data differs, only its line is painted again."""
        old, self._text = self._text, text
        if old == text:
            return
        same_left = (old.short, old.name, old.page, old.badges, old.banner) == (
            text.short,
            text.name,
            text.page,
            text.badges,
            text.banner,
        )
        if same_left and old.date == text.date and text.banner is None:
            self.update_part(self._proof_rect())
        elif old.banner is not None and text.banner is not None and old.banner.tone == text.banner.tone:
            self.update_part(self._banner_rect())
        else:
            self.update()

    def _two_lines(self) -> bool:
        """Whether the screen is too narrow for names and badges side by side."""
        return self.height() > self.u(150)

    def _dated_width(self) -> float:
        """The room of the date and the freshness below it, which a year makes longer."""
        return max(self.u(250), width_of(self._text.date, self.u(28)) + self.u(4))

    def _dated_top(self) -> float:
        return self.u(86) if self._two_lines() else 0.0

    def _proof_rect(self) -> QRectF:
        top = self._dated_top() + self.u(54)
        return QRectF(self.width() - self._dated_width(), top, self._dated_width(), self.u(40))

    def _banner_rect(self) -> QRectF:
        if self._two_lines():
            return QRectF(0, 0, self.width(), self.u(172))
        return QRectF(0, 0, self.width() - self.u(8), self.u(92))

    def _banner_lines(self) -> tuple[QRectF, QRectF]:
        """Where the title stands, and where what follows does: beside it, or below."""
        whole = self._banner_rect()
        if self._two_lines():
            first = QRectF(0, 0, self.width() - self.u(CORNER), self.u(104))
            return first, QRectF(0, self.u(92), whole.width(), whole.height() - self.u(92))
        return whole, whole

    def paint_ground(self, painter: QPainter, dirty: QRect) -> None:
        fill(painter, dirty, self.colours.bg)

    def paint_parts(self, painter: QPainter, region: QRegion) -> None:
        if self._text.banner is not None:
            self._paint_banner(painter, self._text.banner)
            return
        right, top = self.width(), self._dated_top()
        if self._two_lines() or touches(region, QRectF(0, 0, right - self._dated_width(), self.height())):
            self._paint_names(painter)
        if touches(region, QRectF(right - self._dated_width(), top, self._dated_width(), self.u(54))):
            write(painter, right, top + self.u(47), self._text.date, self.u(28), self.colours.mid, side=Side.RIGHT)
        if touches(region, self._proof_rect()) and self._text.proof:
            baseline = top + self.u(80)
            width = write(painter, right, baseline, self._text.proof, self.u(28), self.colours.mid, side=Side.RIGHT)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self.colours.d1)
            painter.drawEllipse(QPointF(right - width - self.u(19), top + self.u(71)), self.u(7.5), self.u(7.5))

    def _badges(self, left: float) -> tuple[Badge, ...]:
        """The badges; without their icons where those would cost the page, whose name begins there, a part of it."""
        least = width_of(self._text.page, self.u(42)) * 0.7 + self.u(36)
        room = self.width() - self._dated_width() - self.u(20) - left - least
        if sum(self._badge_width(badge) + self.u(20) for badge in self._text.badges) <= room:
            return self._text.badges
        return tuple(replace(badge, icon="") for badge in self._text.badges)

    def _badge_width(self, badge: Badge) -> float:
        width = 2 * self.u(22) + width_of(badge.label, self.u(34), True)
        width += width_of(badge.sublabel, self.u(28)) + self.u(14) if badge.sublabel else 0.0
        return width + (self.u(44) if badge.icon else 0.0)

    def _paint_names(self, painter: QPainter) -> None:
        text, colours, upright = self._text, self.colours, self._two_lines()
        dated = self.width() - self._dated_width() - self.u(20)
        left, baseline = 0.0, self.u(70)
        if text.short:
            left += write(painter, left, baseline, text.short, self.u(62), colours.hi, True) + self.u(24)
        badges = self._badges(0.0 if upright else left)
        taken = sum(self._badge_width(badge) + self.u(20) for badge in badges)
        right = self.width() - self.u(CORNER + 20) if upright else dated - taken
        page_left = 0.0 if upright else left
        page_room = max(0.0, dated - taken - page_left - self.u(16))
        page_size = fitted(text.page, self.u(42), False, page_room, 0.7)
        page = shortened(text.page, page_size, False, page_room, middle=True)
        # Whose figures these are must be seen on every page: the name of the whole floor gives way first.
        room = right - left - (0.0 if upright else width_of(page, page_size) + self.u(36))
        size = fitted(text.name, self.u(42), False, room, 0.7)
        if room >= max(self.u(80), min(self.u(300), width_of(text.name, size))):  # three letters of it name nobody
            name = shortened(text.name, size, False, room)
            left += write(painter, left, baseline - self.u(1), name, size, colours.mid) + self.u(20)
        top = self.u(22)
        if upright:
            left, top = 0.0, self.u(104)
            baseline = top + self.u(45)
        left += write(painter, left, baseline - self.u(1), page, page_size, colours.low) + self.u(36)
        for badge in badges:
            left += self._paint_badge(painter, badge, left, top) + self.u(20)

    def _paint_badge(self, painter: QPainter, badge: Badge, left: float, top: float) -> float:
        colours, width = self.colours, self._badge_width(badge)
        box = QRectF(left + 1, top, width, self.u(60))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(colours.info, self.u(2)))
        painter.setBrush(colours.infobg)
        painter.drawRoundedRect(box, self.u(6), self.u(6))
        x = box.left() + self.u(22)
        if badge.icon:
            draw_icon(
                painter, badge.icon, QRectF(x, box.center().y() - self.u(14), self.u(28), self.u(28)), colours.info
            )
            x += self.u(44)
        baseline = box.center().y() + self.u(12)
        x += write(painter, x, baseline, badge.label, self.u(34), colours.info, True) + self.u(14)
        write(painter, x, baseline, badge.sublabel, self.u(28), colours.info)
        return width

    def _paint_banner(self, painter: QPainter, banner: BannerText) -> None:
        colours, (first, second) = self.live_colours, self._banner_lines()
        calm = banner.tone is not Tone.WARN
        ink = colours.info if calm else colours.warnink
        ground = QPainterPath()
        ground.addRoundedRect(first, self.u(8), self.u(8))
        if second != first:
            below = QPainterPath()
            below.addRoundedRect(second, self.u(8), self.u(8))
            ground = ground.united(below)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillPath(ground, colours.infobg if calm else colours.warnfill)
        middle = self.u(46)
        self._paint_banner_sign(painter, QPointF(first.left() + self.u(60), middle), ink, calm)
        left = first.left() + self.u(124)
        room = first.right() - left - self.u(24)
        beside = second == first
        page = self._text.page if banner.partly else ""
        aside = min(width_of(page, self.u(PAGE), True) + self.u(38), room / 3) if page and beside else 0.0
        size = fitted(banner.title, self.u(54), True, room - aside, 0.6 if beside else 0.5)
        title = shortened(banner.title, size, True, room - aside, middle=True)  # its end is the age
        wide = write(painter, left, middle + self.u(19), title, size, ink, True)
        if beside:
            left += wide + self.u(38)
        else:
            middle = self.u(126)
        right, size = second.right() - self.u(24), self.u(PAGE)
        if page:
            right, middle, size = self._paint_page(painter, page, left, right, middle, ink)
        size = fitted(banner.detail, size, False, right - left, 0.65)
        write(painter, left, middle + self.u(13), shortened(banner.detail, size, False, right - left), size, ink)

    def _paint_page(
        self, painter: QPainter, page: str, left: float, right: float, middle: float, ink: QColor
    ) -> tuple[float, float, float]:
        """Name the page below what else the banner says, or at the end of its line; returns what that has for itself.

        That is its right edge, its middle and the size of its type.
        """
        below = not self._two_lines()
        room = (right - left) * (1.0 if below else 0.4)
        size = fitted(page, self.u(PAGE), True, room, 0.65)
        name = shortened(page, size, True, room, middle=True)
        if below:
            write(painter, left, middle + self.u(34), name, size, ink, True)
            return right, middle - self.u(22), self.u(28)
        wide = write(painter, right, middle + self.u(13), name, size, ink, True, Side.RIGHT)
        return right - wide - self.u(24), middle, self.u(PAGE)

    def _paint_banner_sign(self, painter: QPainter, centre: QPointF, ink: QColor, calm: bool) -> None:
        pen = QPen(ink, self.u(5))
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        path = QPainterPath()
        if calm:
            path.addEllipse(centre, self.u(28), self.u(28))
        else:
            path.moveTo(centre + QPointF(0, -self.u(28)))
            path.lineTo(centre + QPointF(self.u(35), self.u(28)))
            path.lineTo(centre + QPointF(-self.u(35), self.u(28)))
            path.closeSubpath()
        painter.drawPath(path)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink)
        middle = centre + QPointF(0, 0 if calm else self.u(7))
        stem, dot = (-8.0, -16.0) if calm else (-16.0, 12.0)
        painter.drawRoundedRect(QRectF(middle.x() - self.u(3), middle.y() + self.u(stem), self.u(6), self.u(22)), 2, 2)
        painter.drawEllipse(middle + QPointF(0, self.u(dot)), self.u(4), self.u(4))
