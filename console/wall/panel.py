"""The wall's page: tiles placed by the grid, filled from what is seen of the floor, repainted only where it differs."""

from __future__ import annotations

from msgspec import Struct
from PySide6.QtCore import QPoint, QRect, Qt, QTimer
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from console.phrases.figures import in_scope
from console.phrases.times import clock_text
from console.sight import Sight
from console.theme import palette as palette_named
from console.wall import crew, heading, present
from console.wall.grid import Density, Places, density_for, places, seat_room
from console.wall.pages import Carousel, Page, page_of_alarm, pages_of
from console.words import Words
from feeds.entities import AgentDay, Call, Order, Seat, SiteInfo
from widgets.faces import pixel_ratio
from widgets.palette import Palette
from widgets.tile import Tile, fill, hatch_brush
from widgets.wall.alarm_line import AlarmLine
from widgets.wall.big_figure import BigFigure, line_up
from widgets.wall.clock import Clock
from widgets.wall.key_table import KeyTable
from widgets.wall.masthead import Masthead
from widgets.wall.seat_map import SeatMap
from widgets.wall.shape_tally import ShapeTally

TALLY_ROWS = {Density.S: 6, Density.M: 4, Density.L: 3}
UNSEEN = (Call, AgentDay, Order)
"""Kinds that no page of the wall shows: their changes need no look at the page."""


class Look(Struct, frozen=True):
    """What somebody chose on this machine; None leaves the choice to the site's settings."""

    theme: str | None = None
    language: str | None = None
    density: Density | None = None
    diagonal_inches: float | None = None
    farthest_metres: float | None = None


class WallPanel(QWidget):
    """All tiles of the wall. One set serves every page, so that its memory does not grow with pages or weeks."""

    def __init__(
        self, look: Look | None = None, parent: QWidget | None = None, *, only_page: str = "", gradual: bool = False
    ) -> None:
        """With `gradual` the first picture holds the head and the figures only, and what is below follows at once."""
        super().__init__(parent)
        self._only_page = only_page
        self.no_screen = ""
        """The name of the screen on which the wall should be, while there is none of that name."""
        self.look = look or Look()
        self.words = Words(self.look.language or "zh_CN")
        self.palette_tokens: Palette = palette_named(self.look.theme or "dark")
        self.density = self.look.density or Density.S
        self.carousel = Carousel()
        self.pages: tuple[Page, ...] = pages_of(None, self.density.rows)
        self._site: SiteInfo | None = None
        """The site whose pages these are."""
        self._pages_of: object = None
        self._grey = False
        self._table_grow = self.density.grow
        tokens = self.palette_tokens
        self.masthead, self.clock = Masthead(tokens, self), Clock(tokens, self)
        self.figures = [BigFigure(tokens, self) for _ in range(4)]
        self.table, self.tally = KeyTable(tokens, self), ShapeTally(tokens, self)
        self.seats, self.alarms = SeatMap(tokens, self), AlarmLine(tokens, self)
        self._body: list[Tile] = [*self.figures, self.table, self.tally, self.seats, self.alarms]
        self._tiles: list[Tile] = [self.masthead, self.clock, *self._body]
        self._withheld = gradual
        self.alarms.setVisible(not gradual)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    @property
    def page(self) -> Page:
        """The page that is shown."""
        return self.pages[min(self.carousel.current, len(self.pages) - 1)]

    def shows(self, sight: Sight, keys: frozenset[str]) -> bool:
        """Whether a change of those entities can change anything on a wall."""
        return any(key not in sight.entities or not isinstance(sight.entities[key], UNSEEN) for key in keys)

    def look_at(self, sight: Sight, now: float) -> None:
        """Show the floor as it is seen now; `now` is a monotonic second, by which pages turn."""
        self._follow_site(sight.site)
        self._follow_pages(sight)
        self._follow_alarms(sight, now)
        self.carousel.turn(now)
        self.show_page(sight)

    def show_page(self, sight: Sight) -> None:
        """Present the current page and nothing else: hidden pages cost nothing."""
        page = self.page
        self._arrange(page)
        self._set_grey(sight)
        self.clock.set_text(clock_text(sight.site, sight.now))
        missing = self._only_page if self.missing_page else ""
        self.masthead.set_text(
            heading.masthead(sight, page, self.words, no_screen=self.no_screen, no_page=missing)
        )
        number, count = self.carousel.current, len(self.pages)
        self.alarms.set_text(present.alarm_line(sight, self.words, number, count, self.carousel.held))
        if page.kind == "seats":
            blocks = crew.seat_page(sight, page.items, self.words)
            self.seats.set_legend(crew.legend(blocks, self.words))
            self.seats.set_blocks(blocks, seat_room(self._places(), self.density).columns)
            return
        whose = self.words("wall.overview") if page.kind == "vendors" else ""
        texts = present.headline_figures(sight, page.scope, self.words, whose)
        for figure, text in zip(self.figures, texts, strict=False):
            figure.set_text(text)
        line_up(self.figures)
        if page.kind == "vendors":
            self._grow_table(self.density.rows)
            self.table.set_columns(present.vendor_columns(self.words), self.density.rows, self.words("wall.no_vendor"))
            self.table.set_rows(present.vendor_rows(sight, page, self.words))
            return
        empty = self.words("wall.no_queue") if sight.site is not None else ""
        capacity = min(self.density.rows, max(4, len(page.items)))
        self._grow_table(capacity)
        self.table.set_columns(present.queue_columns(sight, self.words), capacity, empty)
        self.table.set_rows(present.queue_rows(sight, page, self.words))
        self.tally.set_text(crew.tally(sight, page.scope, self.words, TALLY_ROWS[self.density]))

    def _grow_table(self, capacity: int) -> None:
        """Let few rows use the room that they have, instead of standing small above nothing."""
        self._table_grow = min(self.density.grow * self.density.rows / capacity, max(self.density.grow, 1.5))
        self.table.set_usual(self.density.grow)
        self.table.set_look(self.palette_tokens, self._places().unit, self._table_grow)

    def set_lit(self, lit: bool) -> None:
        """Switch the blinking signs on or off."""
        for tile in self._tiles:
            if tile.isVisible():
                tile.set_lit(lit)

    def blinks(self) -> bool:
        """Whether any sign wants to blink."""
        return any(tile.isVisible() and tile.blinking_rects() for tile in self._tiles)

    def _follow_site(self, site: SiteInfo | None) -> None:
        """Take over theme, language and density of the site where nobody chose others on this machine."""
        if site is None:
            return
        language = self.look.language or site.language
        if language != self.words.language:
            self.words = Words(language)
        tokens = palette_named(self.look.theme or site.theme)
        diagonal = self.look.diagonal_inches or site.diagonal_inches
        metres = self.look.farthest_metres or site.farthest_metres
        density = self.look.density or density_for(diagonal, metres, max(1, self.width()), max(1, self.height()))
        self.carousel.set_seconds(site.rotate_seconds)
        if (tokens, density) != (self.palette_tokens, self.density):
            self.palette_tokens, self.density = tokens, density
            self._pages_of = None
            self._lay_out()
            self.update()

    @property
    def missing_page(self) -> str:
        """Why all pages are shown and not the one that was asked for, in words; empty where that is there."""
        if not self._only_page or self._site is None or self.page.id == self._only_page:
            return ""
        known = ", ".join(dict.fromkeys(page.id for page in self.pages))
        return f"there is no page {self._only_page!r}; this site has: {known}"

    def _follow_pages(self, sight: Sight) -> None:
        site = sight.site
        seats = sight.entities.count(Seat)
        basis = (seats, self.density, self.height() > self.width())
        # Itself and not its revision, which begins anew where a site was edited: the same number, and other pages.
        if site is self._site and basis == self._pages_of:
            return
        self._site, self._pages_of = site, basis
        blocks = crew.seat_blocks(sight, seat_room(self._places(), self.density))
        before = self.page
        found = pages_of(site, self.density.rows, blocks)
        self.pages = tuple(page for page in found if page.id == self._only_page) or found
        self.carousel.set_pages(len(self.pages))
        same = [number for number, page in enumerate(self.pages) if (page.id, page.part) == (before.id, before.part)]
        self.carousel.current = same[0] if same else 0

    def _follow_alarms(self, sight: Sight, now: float) -> None:
        if sight.stale:
            return
        urgent = {
            alarm.key: page_of_alarm(alarm.scope, alarm.figure, self.pages, sight.site)
            for alarm in sight.alarms()
            if alarm.level == "critical" and not alarm.acknowledged_by
        }
        self.carousel.see({key: page for key, page in urgent.items() if page is not None}, now)

    def _set_grey(self, sight: Sight) -> None:
        """Let old data look old: all of it, or the tiles that a silent source feeds."""
        page, old = self.page, sight.stale and sight.site is not None
        partly = crewed = vendors = False
        if not sight.whole and not sight.stale:
            queues, scope = sight.queues(), page.scope
            sources = {queue.source for queue in queues if in_scope(scope, queue.key, queue.group, queue.seat_type)}
            partly = sight.any_stale(sources)
            crewed = sight.any_stale(crew.tally_sources(sight, page.scope))
            vendors = page.kind == "vendors" and sight.any_stale(sight.sources)
        for figure in self.figures:
            figure.set_stale(old or partly)
        self.tally.set_stale(old or crewed)
        self.table.set_stale(old or vendors)
        self.seats.set_stale(old)
        self.alarms.set_stale(old)
        if old != self._grey:
            self._grey = old
            self.update()

    def _arrange(self, page: Page) -> None:
        seats, vendors = page.kind == "seats", page.kind == "vendors"
        for body in self.figures:
            body.setVisible(not seats)
        self.table.setVisible(not seats and not self._withheld)
        self.tally.setVisible(not seats and not vendors and not self._withheld)
        self.seats.setVisible(seats)
        table = self._places().table
        wanted = table.united(self._places().tally) if vendors else table
        if self.table.geometry() != wanted:
            self.table.setGeometry(wanted)

    def _places(self) -> Places:
        return places(max(1, self.width()), max(1, self.height()), self.density)

    def _lay_out(self) -> None:
        where = self._places()
        others: tuple[tuple[Tile, QRect], ...] = (
            (self.masthead, where.masthead),
            (self.clock, where.clock),
            (self.tally, where.tally),
            (self.table, where.table),
            (self.seats, where.field),
            (self.alarms, where.alarms),
        )
        for tile, rect in (*zip(self.figures, where.tiles, strict=True), *others):
            tile.setGeometry(rect)
        for tile in self._tiles:
            grow = self._table_grow if tile is self.table else self.density.grow
            tile.set_look(self.palette_tokens, where.unit, grow)
        line_up(self.figures)
        self._arrange(self.page)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._pages_of = None
        self._lay_out()

    def _show_rest(self) -> None:
        self._withheld = False
        self.alarms.show()
        self._arrange(self.page)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._withheld:
            QTimer.singleShot(0, self, self._show_rest)  # once this picture is on the screen
        painter = QPainter(self)
        tokens = self.palette_tokens
        if not self._grey:
            fill(painter, event.rect(), tokens.bg)
            painter.end()
            return
        head = QRect(0, 0, self.width(), self.masthead.geometry().bottom())
        below = event.rect().intersected(QRect(0, head.bottom(), self.width(), self.height()))
        fill(painter, event.rect().intersected(head), tokens.bg)
        fill(painter, below, tokens.greyed.bg)
        origin = self.mapTo(self.window(), QPoint(0, 0))
        painter.setBrushOrigin(-origin.x(), -origin.y())
        ratio = pixel_ratio(painter)
        painter.fillRect(below, hatch_brush(tokens.hatch.rgba(), self._places().unit, ratio))
        painter.end()
