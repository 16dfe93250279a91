"""What hands can do at the desk: every action with its key, the finder, the page of shortcuts, tables and links."""

from __future__ import annotations

import time
from collections.abc import Iterator

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from console.finder.index import Command
from console.finder.panel import Finder
from console.finder.present import LINK, LOCATE, OPEN
from console.hands.desk_actions import Offer
from console.hands.opening import Opener, Parts
from console.hands.tables import Tables
from console.hands.walking import Walker
from console.machine.qt_words import speak
from console.phrases.times import file_stamp, moment_text
from console.shortcuts import store
from console.shortcuts.actions import Actions
from console.shortcuts.panel import ShortcutsPage
from console.sight import Sight
from console.window.desk_menu import text_in
from console.words import Words
from widgets.finding.search_button import SearchButton

_ARROW = " → "
SAID_MS = 6000
"""How long something is said that went well."""


class Hands(QObject):
    """Joins keys, finder, tables and links to the parts of a desk."""

    def __init__(self, parts: Parts, parent: QObject) -> None:
        super().__init__(parent)
        window = parts.window
        self.parts, self.window = parts, window
        self.actions = Actions(window, window.words, (window.board.second,))
        self.finder = Finder(window.colours, window)
        self.page = ShortcutsPage(self.actions, window.colours, window)
        self.tables = Tables(window, window.words)
        self.tables.windows.append(window.board.second)
        self.opener = Opener(parts, Walker(lambda: window.panels, window.open_panel))
        self.search = SearchButton(window.colours)
        self._quiet = QTimer(self)
        self._quiet.setSingleShot(True)
        self._said = ""
        self._quiet.timeout.connect(lambda: window.hush(self._said))
        window.bar.put_search(self.search)
        self._offer = Offer(self.actions, self.opener, self.tables)
        self._offer.all(self._open_finder, self._open_page, self._copy_chosen)
        self._wire()
        own, sound = store.load(store.shortcuts_file())
        self.actions.take_keys(own)
        self.dress()
        if not sound:
            window.say("shortcuts.reset")

    def _wire(self) -> None:
        window = self.window
        window.dressed.connect(self.dress)
        window.looked.connect(self._on_looked)
        window.board.afloat.entered.connect(self._on_entered)
        window.installEventFilter(self)
        self.search.clicked.connect(self._open_finder)
        self.finder.commands = self.commands
        self.finder.orders = tuple(self.parts.agent.buttons)
        self.finder.chosen.connect(self._on_chosen)
        self.actions.refused.connect(lambda why: self.say("refused.action", {"reason": why}))
        self.actions.changed.connect(self.dress)
        self.page.kept.connect(lambda: store.save(store.shortcuts_file(), self.actions.own_keys()))
        self.tables.actions = [self.actions.qaction(f"table.{name}") for name in ("copy", "csv", "print", "pdf")]
        self.tables.told.connect(self.say)
        self.tables.note, self.tables.stamp = self._print_note, self._stamp

    def dress(self) -> None:
        """Have the words and colours of the window."""
        words, colours, actions = self.window.words, self.window.shown_colours, self.actions
        speak(words.language)
        actions.dress(words)
        self.finder.set_look(words, colours)
        self.page.set_look(words, colours)
        self.tables.words = words
        self.search.set_look(colours, words("finder.field"), actions.shown_keys("finder.open"))
        for panel in self.window.panels:
            title, keys = words(f"{panel.name}.title"), actions.shown_keys(f"panel.{panel.name}")
            tip = words("desk.toggle", name=title) if panel is not self.window.floor else title
            self.window.rail[panel.name].setToolTip(_with_keys(tip, keys))
        for id_, (widget, key) in self.parts.floor.tips.items():
            widget.setToolTip(_with_keys(words(key), actions.shown_keys(id_)))

    def _on_looked(self, sight: Sight) -> None:
        self.opener.sight = sight
        self.finder.look_at(sight)

    def _on_entered(self, name: str) -> None:
        panel = next((one for one in self.window.panels if one.name == name), None)
        if panel is not None and panel.isVisible() and panel.window().isActiveWindow():
            self.opener.walker.enter(panel)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.finder.isVisible():
            self.finder.place()
        return False

    def say(self, key: str, values: object = None) -> None:
        """Say something that passes by itself."""
        self._said = key
        self.window.say(key, passes=True, **(values if isinstance(values, dict) else {}))
        self._quiet.start(SAID_MS)

    def stop(self) -> None:
        """Let go of everything that runs."""
        self._quiet.stop()
        self.finder.close_again(back=False)
        self.page.close()
        if self.tables.open is not None:
            self.tables.open.close()

    # The finder

    def _open_finder(self) -> None:
        self.finder.open()

    def commands(self) -> list[Command]:
        """Every action, and whatever else the desk's menu offers, as the finder lists them."""
        words, other = self.window.words, Words("en" if self.window.words.language != "en" else "zh_CN")
        made = []
        with self._offer.looking_once():
            why_not = {one.id: one.why_not() for one in self.actions}
        for one in self.actions:
            title, group, keys = one.title(words), words(f"actions.{one.group}"), self.actions.shown_keys(one.id)
            made.append(Command(one.id, title, group, keys, why_not[one.id], one.icon, (one.title(other), one.id)))
        for id_, path in self._menu_actions():
            title, known = (_ARROW.join(text_in(entry, one) for entry in path) for one in (words, other))
            made.append(Command(id_, title, words("desk.who"), known=(known,)))
        return made

    def _menu_actions(self) -> Iterator[tuple[str, tuple[QAction, ...]]]:
        """The entries of the desk's menu and of those below it, by place, each with those above it.

        What the registry has is left out.
        """
        covered = (self.window.words("desk.theme"), self.window.words("desk.language"))

        def below(menu: QMenu, path: tuple[QAction, ...], place: str) -> Iterator[tuple[str, tuple[QAction, ...]]]:
            for number, action in enumerate(menu.actions()):
                here, inner = f"{place}.{number}", action.menu()
                if isinstance(inner, QMenu):
                    if path or action.text() not in covered:
                        yield from below(inner, (*path, action), here)
                elif action.text() and action.isEnabled() and action.isVisible() and not self.actions.has(action):
                    yield f"menu{here}", (*path, action)

        return below(self.window.menu, (), "")

    def _on_chosen(self, key: str, deed: str) -> None:
        kind, _, number = key.partition(":")
        if kind == "command":
            self._run(number)
        elif deed == LINK:
            self._copy_link(key)
        elif deed == LOCATE:
            self.opener.point_at(key)
        else:
            self.opener.open(key)
            if deed != OPEN:
                self.opener.reach_for(deed)

    def _run(self, id_: str) -> None:
        if id_ in self.actions:
            self.actions.run(id_)
            return
        found = next((path for here, path in self._menu_actions() if here == id_), ())
        if found:
            found[-1].trigger()

    # Links

    def _copy_chosen(self) -> None:
        self._copy_link(self.opener.chosen_key())

    def _copy_link(self, key: str) -> None:
        link = self.opener.copy_link(key)
        if link:
            self.say("link.copied", {"link": link})

    # Odds and ends

    def _open_page(self) -> None:
        self.page.open()

    def _print_note(self) -> str:
        sight, words = self.opener.sight, self.window.words
        if sight is None or sight.site is None:
            return ""
        return f"{sight.site.short} {words.name(sight.site)} · {moment_text(sight.site, sight.now, words)}"

    def _stamp(self) -> str:
        sight = self.opener.sight
        return file_stamp(sight.site if sight else None, sight.now if sight else int(time.time() * 1000))


def _with_keys(tip: str, keys: str) -> str:
    return f"{tip} ({keys})" if keys else tip
