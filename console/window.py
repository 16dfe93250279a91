"""The desk's window: head, rail and docks around the floor, and the look that all of them share."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QByteArray, QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QIcon
from PySide6.QtWidgets import QDockWidget, QHBoxLayout, QLayout, QMenu, QToolButton, QVBoxLayout, QWidget

from console import heading, layouts
from console.desk_menu import offer
from console.docks import Docks, Place
from console.layouts import Saved
from console.panels import Panel
from console.rail import Rail
from console.sight import Sight
from console.theme import palette as palette_named
from console.words import LANGUAGES, Words
from widgets.avatar import SPACE, avatar_pixmap
from widgets.banner import Banner
from widgets.desk_style import style_sheet
from widgets.palette import Palette
from widgets.texts import BannerText
from widgets.tones import Tone
from widgets.top_bar import TopBar

THEMES = ("system", "light", "dark")
LEAST = QSize(1180, 680)


class DeskWindow(QWidget):
    """Everything a supervisor sees.

    Signals: `closed()` when somebody closed the window, `dressed()` when words or colours are others, `looked(Sight)`
    when the floor was looked at.
    """

    closed = Signal()
    dressed = Signal()
    looked = Signal(object)

    def __init__(
        self, floor: Panel, docks: Sequence[Place] = (), *, theme: str = "system", language: str | None = None
    ) -> None:
        super().__init__()
        self.setObjectName("desk")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setWindowTitle("Watchfloor")
        self.floor, self.places = floor, tuple(docks)
        self._theme, self._language = theme, language
        self.words = Words(language or "zh_CN")
        self.colours = palette_named(self._theme_name())
        self._stale = False
        self._notice = ""
        self._noted: dict[str, object] = {}
        self._sight: Sight | None = None
        self.bar, self.notice = TopBar(self.colours), Banner(self.colours)
        self.banner = self.bar.banner
        self.who = QToolButton()
        self.board = Docks(floor, self.places, self)
        self._rail = Rail(self.panels)
        self.notice.clicked.connect(self.hush)
        self.bar.alarms_asked.connect(lambda: self.open_panel("alarms"))
        self.board.shown.connect(self._on_shown)
        self._rail.pressed.connect(self._on_rail)
        self._build()
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._on_system_theme)
        self._dress()

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
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        if QGuiApplication.platformName() != "offscreen":  # which knows no size hints, and says so every time
            self.setMinimumSize(LEAST)
        whole.addWidget(self._strip())
        whole.addWidget(self.notice)
        whole.addSpacing(8)
        whole.addLayout(below, 1)

    def _strip(self) -> QWidget:
        strip = QWidget()
        strip.setObjectName("strip")
        strip.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        head = QHBoxLayout(strip)
        head.setContentsMargins(0, 0, 14, 1)
        head.addWidget(self.bar, 1)
        head.addWidget(self.who)
        self.who.setProperty("part", "who")
        self.who.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.who.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.who.setMenu(QMenu(self.who))
        return strip

    def _on_rail(self, name: str, wanted: bool) -> None:
        if name not in self.docks:
            self.rail[name].setChecked(True)
            self.floor.setFocus()
        elif wanted:
            self.board.open(name)
        else:
            self.board.close(name)

    def _on_shown(self, name: str, shown: bool) -> None:
        self.rail[name].setChecked(shown)

    def open_panel(self, name: str) -> None:
        """Show a panel that may have been closed."""
        self.board.open(name)

    # What is seen

    def look_at(self, sight: Sight) -> None:
        """Show the floor as it is now."""
        self._sight = sight
        self._follow(sight)
        self.bar.set_text(heading.top_bar(sight, self.words))
        self.banner.set_text(heading.banner(sight, self.words))
        self._show_who(heading.who(sight, self.words))
        self.who.setToolTip(heading.scope(sight, self.words))
        for panel in self.panels:
            panel.look_at(sight)
        self.looked.emit(sight)

    def _show_who(self, name: str) -> None:
        if name != self.who.text():
            self.who.setText(name)
            self.who.setIcon(QIcon(avatar_pixmap(name, 22, self.colours)))

    def _follow(self, sight: Sight) -> None:
        """Take over the site's language where nobody chose one, and the look of old data when it is old."""
        language = self._language or (sight.site.language if sight.site is not None else self.words.language)
        stale = sight.stale and sight.site is not None
        if (language, stale) == (self.words.language, self._stale):
            return
        self.words = Words(language)
        self._stale = stale
        self._dress()

    def say(self, key: str, **values: object) -> None:
        """Tell something once, until it is clicked away; the values are those of the key's detail."""
        self._notice, self._noted = key, values
        self._say_notice()

    def hush(self) -> None:
        """Take away what was told."""
        self._notice = ""
        self._say_notice()

    def _say_notice(self) -> None:
        words, key = self.words, self._notice
        self.notice.set_text(BannerText(words(key), words(f"{key}.detail", **self._noted), Tone.INFO) if key else None)

    # Look

    def _theme_name(self) -> str:
        if self._theme != "system":
            return self._theme
        dark = QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark
        return "dark" if dark else "light"

    def _dress(self) -> None:
        """Give words and colours to everything; old data loses its hue here, for all at once."""
        own = palette_named(self._theme_name())
        shown = own.greyed if self._stale else own
        self.colours = own
        self.setStyleSheet(style_sheet(shown))
        self.bar.set_look(own)
        self.bar.set_stale(self._stale)
        self.banner.set_look(own, 1.0)
        self.notice.set_look(own, 1.0)
        self._say_notice()
        self._rail.dress(self.words, shown)
        self.board.dress(self.words)
        self._dress_menu(shown)
        for panel in self.panels:
            panel.set_look(self.words, shown, stale=self._stale)
        self.dressed.emit()

    def _dress_menu(self, colours: Palette) -> None:
        words, menu = self.words, self.who.menu()
        self.who.setAccessibleName(words("desk.who"))
        self.who.setIcon(QIcon(avatar_pixmap(self.who.text(), 22, colours)))
        self.who.setIconSize(QSize(22 + SPACE, 22))
        menu.clear()
        themes = [(name, words(f"desk.theme.{name}")) for name in THEMES]
        offer(menu, words("desk.theme"), themes, self._theme, self.choose_theme)
        languages = [("", words("desk.language.site"))] + [(name, words(f"desk.language.{name}")) for name in LANGUAGES]
        offer(menu, words("desk.language"), languages, self._language or "", self.choose_language)
        menu.addSeparator()
        menu.addAction(words("desk.reset_layout")).triggered.connect(self.reset_layout)

    def choose_theme(self, theme: str) -> None:
        """Look like that from now on."""
        self._theme = theme
        self._dress()

    def choose_language(self, language: str) -> None:
        """Speak that language from now on; empty means the site's."""
        self._language = language or None
        site = self._sight.site if self._sight is not None else None
        self.words = Words(self._language or (site.language if site is not None else self.words.language))
        self._dress()
        if self._sight is not None:
            self.look_at(self._sight)

    def _on_system_theme(self) -> None:
        if self._theme == "system":
            self._dress()

    # What is kept

    def saved(self) -> Saved:
        """How the desk is left now."""
        return Saved(
            geometry=layouts.to_text(bytes(self.saveGeometry().data())),
            docks=layouts.to_text(self.board.state()),
            theme=self._theme,
            language=self._language or "",
        )

    def restore(self, saved: Saved) -> bool:
        """Be as it was left; False when that makes no sense to Qt, and then the usual desk is there."""
        sound = True
        if saved.geometry:
            sound = self.restoreGeometry(QByteArray(layouts.to_bytes(saved.geometry)))
        if saved.docks:
            sound = self.board.restore(layouts.to_bytes(saved.docks)) and sound
        if not sound:
            self.reset_layout()
        return sound

    def reset_layout(self) -> None:
        """Have every panel where it stands at first."""
        self.board.reset()

    def closeEvent(self, event: QCloseEvent) -> None:
        event.accept()
        self.closed.emit()
