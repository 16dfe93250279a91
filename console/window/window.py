"""The desk's window: head, rail and docks around the floor, and the look that all of them share."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from msgspec import Struct
from msgspec.structs import replace
from PySide6.QtCore import QByteArray, QEvent, QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QIcon, QKeyEvent, QMoveEvent, QResizeEvent
from PySide6.QtWidgets import QDockWidget, QHBoxLayout, QLayout, QToolButton, QVBoxLayout, QWidget

from console import looks, theme
from console.asking import NameDialog
from console.looks import Look
from console.panels import Panel
from console.sight import Sight
from console.window import heading, layouts
from console.window.desk_menu import DeskMenu, Offer
from console.window.docks import Docks, Place
from console.window.layouts import Saved
from console.window.rail import Rail
from console.words import Words
from widgets import enter
from widgets.avatar import SPACE, avatar_pixmap
from widgets.banner import Banner
from widgets.desk_style import style_sheet
from widgets.menus import marked_off, unmarked
from widgets.palette import Palette
from widgets.screens import room_of
from widgets.texts import BannerText
from widgets.tips import plain
from widgets.tones import Tone
from widgets.top_bar import TopBar

LEAST = QSize(840, 500)
AVATAR = 22
HEAD_MARGIN, HEAD_SPACING = 14, 6


class Notice(Struct, frozen=True):
    """Something said once: a key of words with its `.detail`, what is put into them, and what a press does.

    One that passes by itself moves nothing: what is below would come up under a hand as it goes.
    """

    key: str
    values: dict[str, Any] = {}
    act: Callable[[], None] | None = None
    passes: bool = False


class DeskWindow(QWidget):
    """Everything a supervisor sees.

    Signals: `closed()` when somebody closed the window, `changed()` when there is something new to be kept, `dressed()`
    when words or colours are others, `looked(Sight)` when the floor was looked at, `layout_asked(str, str)` with what
    shall be done to which named layout, `size_chosen(int)` when another text size was chosen, which a desk that starts
    again takes on.
    """

    closed = Signal()
    changed = Signal()
    dressed = Signal()
    looked = Signal(object)
    layout_asked = Signal(str, str)
    size_chosen = Signal(int)

    def __init__(self, floor: Panel, docks: Sequence[Place] = (), *, look: Look | None = None) -> None:
        super().__init__()
        self.setObjectName("desk")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setWindowTitle("Watchfloor")
        self.floor, self.places = floor, tuple(docks)
        self.look = look or Look()
        self.words = Words(self.look.language or "zh_CN")
        self._stale = self._classic = False
        self.stays = False
        """Whether closing only hides it: somebody wants it to stay in the tray."""
        self._notices: list[Notice] = []
        self._sight: Sight | None = None
        self.colours = self._palette()
        self._offer = Offer(self.look)
        self.bar, self.notice = TopBar(self.colours), Banner(self.colours, presses=True)
        self.banner = self.bar.banner
        self.who = QToolButton()
        self.menu = DeskMenu(self.who)
        self.board = Docks(floor, self.places, self.colours, self)
        self._rail = Rail(self.panels)
        self._wire()
        self._build()
        self._dress()

    def _wire(self) -> None:
        self.notice.clicked.connect(self._on_notice_clicked)
        self.bar.alarms_asked.connect(lambda: self.open_panel("alarms"))
        self.board.shown.connect(self._on_shown)
        self.board.moved.connect(self.changed)
        self._rail.pressed.connect(self._on_rail)
        self.menu.look_chosen.connect(self.choose_look)
        self.menu.layout_asked.connect(self.layout_asked)
        self.menu.reset_asked.connect(self.reset_layout)
        self.menu.place_asked.connect(self.board.put_at)
        theme.on_system_change(self._on_system_look)

    @property
    def panels(self) -> list[Panel]:
        return [self.floor, *(place.panel for place in self.places)]

    @property
    def shown_colours(self) -> Palette:
        """The colours that everything but the head has now: without hue while the data is old."""
        return self.colours.greyed if self._stale else self.colours

    @property
    def docks(self) -> dict[str, QDockWidget]:
        return self.board.by_name

    @property
    def rail(self) -> dict[str, QToolButton]:
        return self._rail.buttons

    # Parts

    def _build(self) -> None:
        below = QHBoxLayout()
        below.setContentsMargins(0, 0, 8, 8)
        below.setSpacing(0)
        below.addWidget(self._rail)
        below.addWidget(self.board.main, 1)
        whole = self._whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        if QGuiApplication.platformName() != "offscreen":  # which knows no size hints, and says so every time
            self.setMinimumSize(LEAST)
        self._strip_shown = self._strip()
        whole.addWidget(self._strip_shown)
        whole.addWidget(self.notice)
        whole.addSpacing(8)
        whole.addLayout(below, 1)
        self.notice.raise_()  # over the panels, and under all that comes later to lie over the whole desk

    def _strip(self) -> QWidget:
        strip = QWidget()
        strip.setObjectName("strip")
        strip.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        head = QHBoxLayout(strip)
        head.setContentsMargins(0, 0, HEAD_MARGIN, 1)
        head.setSpacing(HEAD_SPACING)
        head.addWidget(self.bar, 1)
        head.addWidget(self.who)
        self.who.setProperty("part", "who")
        self.who.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.who.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.who.setIconSize(QSize(AVATAR + SPACE, AVATAR))
        self.who.setMenu(self.menu)
        return strip

    def _on_rail(self, name: str, wanted: bool) -> None:
        if name not in self.docks:
            self.rail[name].setChecked(True)
            self.floor.take_keyboard()
        elif wanted or self.board.is_behind(name):
            self.rail[name].setChecked(True)
            self.board.open(name)
        else:
            self.board.close(name)

    def _on_shown(self, name: str, shown: bool) -> None:
        if name in self.docks:
            self.rail[name].setChecked(shown)
        self._offer_panels()

    def put(self, name: str, in_second: bool) -> None:
        """Have a panel in the second window or in this one."""
        self.board.put(name, in_second)

    def open_panel(self, name: str) -> None:
        """Show a panel that may have been closed."""
        self.board.open(name)

    # What is seen

    def look_at(self, sight: Sight, touched: frozenset[str] | None = None) -> None:
        """Show the floor as it is now; `touched` are the kinds of entities that changed, None: look at everything."""
        self._sight = sight
        self._follow(sight)
        self.bar.set_text(heading.top_bar(sight, self.words))
        banner = heading.banner(sight, self.words)
        self.banner.set_text(banner)
        self.board.set_banner(banner)
        self._show_who(heading.who(sight, self.words), heading.scope(sight, self.words))
        self._show_title(sight)
        for panel in self.panels:
            if touched is None or not touched <= panel.unseen:
                panel.look_at(sight)
        self.looked.emit(sight)

    def _show_who(self, name: str, scope: str) -> None:
        """Who sits here; where the head is narrow the role goes, then the end of the name, so that the modes, the
        data's age and the clock are whole.
        """
        width = max(self.width(), LEAST.width())  # before it is laid out it may be of any size
        room = width - HEAD_MARGIN - HEAD_SPACING - self.bar.minimumSizeHint().width()
        text = name if self._who_width(name) <= room else name.partition(" · ")[0]
        if (over := self._who_width(text) - room) > 0:
            metrics = self.who.fontMetrics()
            least = metrics.horizontalAdvance(text[:1] + "…")
            shown = max(least, metrics.horizontalAdvance(text) - over)
            text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, shown)
        if unmarked(text) != self.who.text():
            self.who.setText(unmarked(text))
            self.who.setIcon(QIcon(avatar_pixmap(text, AVATAR, self.colours)))
        self.who.setAccessibleName(f"{self.words('desk.who')}: {name}")
        self.who.setToolTip(plain(scope if text == name else f"{name}\n{scope}".rstrip()))

    def _who_width(self, name: str) -> int:
        metrics = self.who.fontMetrics()
        own = metrics.horizontalAdvance(marked_off(self.who.text()))
        return self.who.sizeHint().width() - own + metrics.horizontalAdvance(name)

    def _show_title(self, sight: Sight) -> None:
        """Name the floor where the system lists windows."""
        site = sight.site
        title = f"{site.short} {self.words.name(site)} \u00b7 Watchfloor" if site is not None else "Watchfloor"
        if title != self.windowTitle():
            self.setWindowTitle(title)

    def _follow(self, sight: Sight) -> None:
        """Take over what the site wants where nobody chose, and the look of old data when it is old."""
        site = sight.site
        language = self.look.language or (site.language if site is not None else self.words.language)
        stale = sight.stale and site is not None
        classic = looks.is_classic(self.look, site is not None and site.classic_colours)
        if (language, stale, classic) == (self.words.language, self._stale, self._classic):
            return
        self.words = Words(language)
        self._stale, self._classic = stale, classic
        self._dress()

    def say(
        self, key: str, act: Callable[[], None] | None = None, *, passes: bool = False, **values: object
    ) -> None:  # fmt: skip
        """Tell something, over what was told before, until it is pressed away; a press does `act` as well.

        What `passes` is hushed by whoever told it.
        """
        self._notices = [told for told in self._notices if told.key != key]
        self._notices.append(Notice(key, values, act, passes))
        self._say_notice()

    def hush(self, key: str = "") -> None:
        """Take away what was told under that key; without one what was told last."""
        self._notices = [told for told in self._notices if told.key != key] if key else self._notices[:-1]
        self._say_notice()

    def _on_notice_clicked(self) -> None:
        told = self._notices[-1] if self._notices else None
        self.hush()
        if told is not None and told.act is not None:
            told.act()

    def _say_notice(self) -> None:
        if not self._notices:
            self.notice.set_text(None)
            return
        words, told = self.words, self._notices[-1]
        self._whole.removeWidget(self.notice)
        if self._all_pass:
            self._fit_notice()
        else:
            self._whole.insertWidget(1, self.notice)
        detail = words(f"{told.key}.detail", **told.values)
        self.notice.set_text(BannerText(words(told.key), detail, Tone.INFO))

    @property
    def _all_pass(self) -> bool:
        """Whether there is nothing that has a place of its own, which what passes takes meanwhile."""
        return bool(self._notices) and all(told.passes for told in self._notices)

    def _fit_notice(self) -> None:
        """What passes lies over the heads of the panels, which tell nothing new from one second to the next."""
        if self._all_pass:
            main = self.board.main.geometry()
            self.notice.setGeometry(main.x(), self._strip_shown.height(), main.width(), self.notice.minimumHeight())

    def ask_name(self, name: str, use: Callable[[str], str], longest: int) -> None:
        """Ask for a layout's name; `use` returns a key of words that says why it will not do, or nothing."""
        NameDialog(self, self.words, name, use, longest).open()

    # Look

    def _palette(self) -> Palette:
        return theme.palette(looks.palette_name(self.look, theme.system()), classic=self._classic)

    def _dress(self) -> None:
        """Give words and colours to everything; old data loses its hue here, for all at once."""
        own = self.colours = self._palette()
        shown = self.shown_colours
        still = looks.is_still(self.look, theme.system())
        self.setStyleSheet(style_sheet(shown))
        self.bar.set_look(own)
        self.bar.set_stale(self._stale)
        self.notice.set_look(own, 1.0)
        self._say_notice()
        self._rail.dress(self.words, shown)
        self.board.dress(self.words, own, shown, still=still)
        self.who.setAccessibleName(self.words("desk.who"))
        self.who.setIcon(QIcon(avatar_pixmap(self.who.text(), AVATAR, shown)))
        self._offer_panels()
        for panel in self.panels:
            panel.still = still
            panel.set_look(self.words, shown, stale=self._stale)
        self.dressed.emit()

    def choose_look(self, look: Look) -> None:
        """Look and speak like that from now on."""
        before, self.look = self.look, look
        site = self._sight.site if self._sight is not None else None
        self.words = Words(look.language or (site.language if site is not None else self.words.language))
        self._classic = looks.is_classic(look, site is not None and site.classic_colours)
        self._dress()
        if self._sight is not None:
            self.look_at(self._sight)
        self.changed.emit()
        if look.text != before.text:
            self.size_chosen.emit(look.text)

    def choose_theme(self, name: str) -> None:
        """Look like that theme from now on."""
        self.choose_look(replace(self.look, theme=name))

    def choose_language(self, language: str) -> None:
        """Speak that language from now on; empty means the site's."""
        self.choose_look(replace(self.look, language=language))

    def _on_system_look(self) -> None:
        if self.look.theme == "system" or self.look.contrast == "system":
            self._dress()

    # What the menu offers

    def offer(self, **changes: object) -> None:
        """Offer something else in the menu: fields of :class:`console.window.desk_menu.Offer`."""
        self._offer = replace(self._offer, look=self.look, **changes)
        self.menu.fill(self._offer, self.words)

    def offer_layouts(self, names: tuple[str, ...], current: str) -> None:
        """Offer those named layouts."""
        self.offer(layouts=names, layout=current)

    def _offer_panels(self) -> None:
        panels = tuple((name, self.board.place_of(name)) for name in self.board.names)
        self.offer(panels=panels, fixed=self.floor.name)

    # What is kept

    def kept_parts(self) -> dict[str, Any]:
        """How the desk is left now, by fields of :class:`console.window.layouts.Saved`."""
        geometry = layouts.to_text(bytes(self.saveGeometry().data()))
        return {"geometry": geometry, "arrangement": self.board.arrangement(), "look": self.look, "tray": self.stays}

    def saved(self) -> Saved:
        """How the desk is left now."""
        return Saved(**self.kept_parts())

    def restore(self, saved: Saved) -> bool:
        """Be as it was left; False when that makes no sense to Qt, and then the usual desk is there."""
        sound = layouts.is_geometry(saved.geometry)
        if not self.restoreGeometry(QByteArray(layouts.to_bytes(saved.geometry))):
            self.resize(self.size().boundedTo(room_of(self).size()))
        return self.board.arrange(saved.arrangement) and sound

    def reset_layout(self) -> None:
        """Have every panel where it stands at first."""
        self.layout_asked.emit("leave", "")
        self.board.reset()
        self.layout_asked.emit("reset", "")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not enter.presses(event):
            super().keyPressEvent(event)

    def moveEvent(self, event: QMoveEvent) -> None:
        super().moveEvent(event)
        self.changed.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_notice()
        self.changed.emit()

    def changeEvent(self, event: QEvent) -> None:
        """Also whether the window fills the screen is kept."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.WindowStateChange:
            self.changed.emit()

    def closeEvent(self, event: QCloseEvent) -> None:
        self.board.go()
        if self.stays and event.spontaneous():
            event.ignore()
            self.hide()
            return
        event.accept()
        self.closed.emit()
