"""The menu at the user's chip: how the desk looks and speaks, where its panels stand, and which floor it shows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace
from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from console.looks import COLOURS, CONTRASTS, MOTIONS, TEXTS, THEMES, Look
from console.window.docks import PLACES
from console.words import LANGUAGES, Words
from widgets.menus import below as submenu
from widgets.menus import marked_off, unmarked

Values = Mapping[str, object]
"""What is put into the words of an entry."""
Choice = tuple[object, str, Values]
"""A value of a look, and the key of what it is called."""


class Offer(Struct, frozen=True):
    """What the menu offers; `panels` are names and where each stands (:data:`console.window.docks.PLACES`)."""

    look: Look
    layouts: tuple[str, ...] = ()
    layout: str = ""
    layout_before: bool = False
    """Whether there is a way back to where everything stood before another layout was chosen."""
    layout_deleted: str = ""
    """The layout that was deleted last and can be had back."""
    panels: tuple[tuple[str, str], ...] = ()
    fixed: str = ""
    """The panel that is always there, and in no window of its own."""
    tray: bool | None = None
    """Whether the desk stays in the tray; None where there is no tray."""
    reports: int = 0
    """How many crash reports there are."""
    floors: bool = False
    """Whether another floor can be chosen."""


class DeskMenu(QMenu):
    """The menu, made anew whenever what it offers has changed.

    Signals: `look_chosen(Look)`, `layout_asked(str, str)` with `choose`, `back`, `save`, `rename`, `delete`, `restore`
    and a layout's name, `place_asked(str, str)` with a panel and where it shall stand, `reset_asked()`,
    `floor_asked()`, `tray_asked(bool)`, `reports_asked()`.
    """

    look_chosen = Signal(object)
    layout_asked = Signal(str, str)
    place_asked = Signal(str, str)
    reset_asked = Signal()
    floor_asked = Signal()
    tray_asked = Signal(bool)
    reports_asked = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._offer: Offer | None = None
        self._others: tuple[QAction, ...] = ()
        self._language = ""

    def set_others(self, actions: Sequence[QAction], words: Words) -> None:
        """Offer actions of other parts of the desk as well, whenever the menu is made anew."""
        if tuple(actions) != self._others and self._offer is not None:
            self._others = tuple(actions)
            offer, self._offer = self._offer, None
            self.fill(offer, words)

    def fill(self, offer: Offer, words: Words) -> None:
        """Offer that."""
        if (offer, words.language) == (self._offer, self._language):
            return
        self._offer, self._language = offer, words.language
        for below in self.findChildren(QMenu):
            below.deleteLater()
        self.clear()
        self._fill_looks(offer.look, words)
        self.addSeparator()
        self._fill_layouts(offer, words)
        self._fill_panels(offer, words)
        _entry(self, words, "desk.reset_layout").triggered.connect(self.reset_asked)
        self.addSeparator()
        if self._others:
            self.addActions(self._others)
            self.addSeparator()
        tray = _entry(self, words, "desk.tray" if offer.tray is not None else "desk.no_tray")
        _check(tray, bool(offer.tray))
        tray.setEnabled(offer.tray is not None)
        tray.triggered.connect(self.tray_asked)
        if offer.reports:
            _entry(self, words, "desk.reports", count=offer.reports).triggered.connect(self.reports_asked)
        if offer.floors:
            _entry(self, words, "desk.other_floor").triggered.connect(self.floor_asked)

    def _fill_looks(self, look: Look, words: Words) -> None:
        for name, keys in (("theme", THEMES), ("contrast", CONTRASTS), ("colours", COLOURS), ("motion", MOTIONS)):
            self._choices(words, name, [(key, f"desk.{name}.{key}", {}) for key in keys], getattr(look, name))
        sizes = [(size, "desk.text.size", {"size": size}) for size in sorted({*TEXTS, look.text})]
        self._choices(words, "text", sizes, look.text)
        languages: list[Choice] = [(key, f"desk.language.{key or 'site'}", {}) for key in ("", *LANGUAGES)]
        self._choices(words, "language", languages, look.language)

    def _choices(self, words: Words, name: str, choices: Iterable[Choice], now: object) -> None:
        assert self._offer is not None
        look = self._offer.look
        below = _below(self, words, f"desk.{name}")
        group = QActionGroup(below)
        for key, label, values in choices:
            action = _entry(below, words, label, **values)
            _check(action, key == now)
            group.addAction(action)
            action.triggered.connect(lambda _=False, key=key: self.look_chosen.emit(replace(look, **{name: key})))

    def _fill_layouts(self, offer: Offer, words: Words) -> None:
        below = _below(self, words, "layout.menu")
        group = QActionGroup(below)
        for name in offer.layouts:
            action = below.addAction(unmarked(name))
            _check(action, name == offer.layout)
            group.addAction(action)
            action.triggered.connect(self._asks("choose", name))
        if offer.layouts:
            below.addSeparator()
        back = _entry(below, words, "layout.back")
        back.setEnabled(offer.layout_before)
        back.triggered.connect(self._asks("back", ""))
        _entry(below, words, "layout.save_as").triggered.connect(self._asks("save", offer.layout))
        for what in ("rename", "delete"):
            self._pick(_below(below, words, f"layout.{what}"), offer.layouts, what)
        if offer.layout_deleted:
            again = _entry(below, words, "layout.restore", name=unmarked(offer.layout_deleted))
            again.triggered.connect(self._asks("restore", offer.layout_deleted))

    def _pick(self, menu: QMenu, names: Sequence[str], what: str) -> None:
        menu.setEnabled(bool(names))
        for name in names:
            menu.addAction(unmarked(name)).triggered.connect(self._asks(what, name))

    def _asks(self, what: str, name: str) -> Callable[[], None]:
        return lambda: self.layout_asked.emit(what, name)

    def _fill_panels(self, offer: Offer, words: Words) -> None:
        below = _below(self, words, "desk.panels")
        for name, now in offer.panels:
            one = _below(below, words, f"{name}.title")
            group = QActionGroup(one)
            for place in ("first", "second") if name == offer.fixed else PLACES:
                action = _entry(one, words, f"desk.place.{place}")
                _check(action, place == now)
                group.addAction(action)
                action.triggered.connect(lambda _=False, name=name, place=place: self.place_asked.emit(name, place))


def text_in(entry: QAction, words: Words) -> str:
    """What an entry of the menu is called in a language, whatever the menu speaks now."""
    key, values = entry.data() or ("", {})
    return words(key, **values) if key else marked_off(entry.text())


def _entry(menu: QMenu, words: Words, key: str, **values: object) -> QAction:
    return _call(menu.addAction(""), words, key, values)


def _below(menu: QMenu, words: Words, key: str) -> QMenu:
    made = submenu(menu, "")
    _call(made.menuAction(), words, key, {})
    return made


def _call(entry: QAction, words: Words, key: str, values: Values) -> QAction:
    entry.setData((key, values))
    entry.setText(text_in(entry, words))
    return entry


def _check(entry: QAction, checked: bool) -> None:
    entry.setCheckable(True)
    entry.setChecked(checked)
