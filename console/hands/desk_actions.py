"""The actions that every desk has, with their usual shortcuts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial

from PySide6.QtWidgets import QPushButton

from console.hands.links import link_to
from console.hands.opening import Opener
from console.hands.tables import Tables
from console.looks import THEMES
from console.panels import Panel
from console.shortcuts.actions import Action, Actions, always, named
from console.words import LANGUAGES, Words

MUTED_MINUTES = 10
"""For how long alarms are muted by one key."""
USUAL = {"alarms.acknowledge": "Ctrl+Return", "alarms.locate": "Ctrl+L"}
"""Shortcuts of buttons by their words; most have none until somebody gives them one."""


class Offer:
    """Fills the registry from the parts of the desk; what a panel gets later is offered without a word here."""

    def __init__(self, actions: Actions, opener: Opener, tables: Tables) -> None:
        self.actions, self.opener, self.parts, self.tables = actions, opener, opener.parts, tables
        self._looked: set[Panel] | None = None
        """The panels that have looked at the floor since :meth:`looking_once` began."""

    @contextmanager
    def looking_once(self) -> Iterator[None]:
        """Have each panel look at the floor once, however many of its buttons are asked why they cannot be pressed."""
        self._looked = set()
        try:
            yield
        finally:
            self._looked = None

    def all(self, find: Callable[[], None], page: Callable[[], None], copy_link: Callable[[], None]) -> None:
        """Every action, in the order in which the page of shortcuts has them."""
        window, walker = self.parts.window, self.opener.walker
        self._add("finder.open", find, "Ctrl+K", "go", "search")
        for number, panel in enumerate(window.panels, 1):
            self._panel(panel, f"Ctrl+{number}" if number < 10 else "")
        self._add("panel.next", partial(walker.step, 1), "F6", "go")
        self._add("panel.previous", partial(walker.step, -1), "Shift+F6", "go")
        self._floor()
        self._add("alarm.first", self.opener.first_alarm, "Ctrl+G", "alarm", "bell", self._why_no_alarm)
        for id_, button in self.parts.alarms.buttons.items():
            self._button(f"alarm.{id_}", f"alarms.{id_}", button, "alarm", self.parts.alarms)
        for name, button in self.parts.agent.buttons.items():
            self._button(name, f"order.{name}", button, "seat", self.parts.agent)
        self._orders_and_queues()
        self._alarms()
        self._tables()
        for theme in THEMES:
            self._choice("theme", theme, window.choose_theme)
        for language in LANGUAGES:
            self._choice("language", language, window.choose_language)
        self._add("link.copy", copy_link, "Ctrl+Shift+C", "desk", "globe", self._why_no_link)
        self._add("shortcuts.open", page, "F1 ?", "desk")
        self._add("desk.close", window.close, "Ctrl+Q", "desk")

    def _add(
        self,
        id_: str,
        run: Callable[[], object],
        keys: str = "",
        group: str = "desk",
        icon: str = "",
        why_not: Callable[[], str] = always,
    ) -> None:
        self.actions.add(Action(id_, named(f"action.{id_}"), run, keys, group, icon, why_not))

    def _panel(self, panel: Panel, keys: str) -> None:
        def title(words: Words) -> str:
            return words("action.panel.one", name=words(f"{panel.name}.title"))

        run = partial(self.opener.go_to, panel)
        self.actions.add(Action(f"panel.{panel.name}", title, run, keys, "go", panel.icon))

    def _floor(self) -> None:
        floor = self.parts.floor
        self._add("floor.search", floor.find_seats, "Ctrl+F", "go", "search")
        self._add("floor.edit", floor.draw, "", "go", "", floor.why_not_draw)
        self._add("floor.turn", floor.turn, "Ctrl+T", "go", "grid")
        self._add("floor.zoom_in", partial(floor.zoom, 1), "Ctrl++ Ctrl+=", "go")
        self._add("floor.zoom_out", partial(floor.zoom, -1), "Ctrl+-", "go")
        self._add("floor.zoom_usual", partial(floor.zoom, 0), "Ctrl+0", "go")
        self._add("floor.overdue", floor.overdue.toggle, "Ctrl+O", "go")
        self._add("floor.show_all", floor.show_all, "Ctrl+Shift+F", "go", "", self._why_no_filter)

    def _button(self, id_: str, key: str, button: QPushButton, group: str, panel: Panel) -> None:
        """A button of a panel, to be pressed from anywhere; it refuses in the panel's own words."""

        def why_not() -> str:
            if self._looked is None or panel not in self._looked:
                panel.present_now()
            if self._looked is not None:
                self._looked.add(panel)
            return "" if button.isEnabled() else button.accessibleDescription() or self._word("why.panel_closed")

        def press() -> None:
            self.parts.window.open_panel(panel.name)
            button.setFocus()
            button.click()

        self.actions.add(Action(id_, named(key), press, USUAL.get(key, ""), group, "", why_not))

    def _orders_and_queues(self) -> None:
        queues, agent = self.parts.queues, self.parts.agent
        self._button("orders.list", "ordering.title", agent.list, "seat", agent)
        for name, key, button in (
            ("cards", "queues.cards.tip", queues.as_cards), ("table", "queues.table.tip", queues.as_table),
            ("curves", "queues.curves.tip", queues.curves),
        ):  # fmt: skip
            self._button(f"queues.{name}", key, button, "go", queues)
        self._add("orders.undo", agent.undo_last, "", "seat", "", agent.why_no_undo)
        self._add("queues.all", queues.show_all, "", "go", "", queues.why_all)
        title, order = named("queues.order.tip"), queues.order.click
        self.actions.add(Action("queues.order", title, order, "", "go", "", self._why_no_caller))

    def _alarms(self) -> None:
        alarms, sounding = self.parts.alarms, self.parts.alarms.sounding
        self._button("alarm.unfold", "action.alarm.unfold", alarms.unfold, "alarm", alarms)
        for page, button in alarms.pages.items():
            self._button(f"alarm.{page}", f"action.alarm.{page}", button, "alarm", alarms)
        self._add("alarm.mute", lambda: sounding.mute(0 if sounding.muted_s else MUTED_MINUTES), "", "alarm", "bell")

    def _tables(self) -> None:
        tables, why_not = self.tables, self.tables.why_not
        for name, deed, keys in (
            ("copy", tables.copy, "Ctrl+C"), ("csv", tables.export, "Ctrl+E"), ("print", tables.print, "Ctrl+P"),
            ("pdf", tables.pdf, "Ctrl+Shift+P"),
        ):  # fmt: skip
            self._add(f"table.{name}", deed, keys, "table", "", why_not)

    def _choice(self, kind: str, name: str, choose: Callable[[str], None]) -> None:
        def title(words: Words) -> str:
            return words(f"action.{kind}", name=words(f"desk.{kind}.{name}"))

        self.actions.add(Action(f"{kind}.{name}", title, partial(choose, name), "", "view"))

    def _word(self, key: str) -> str:
        return self.parts.window.words(key)

    def _why_no_alarm(self) -> str:
        sight = self.opener.sight
        return "" if sight is not None and sight.alarms() else self._word("alarm.none")

    def _why_no_filter(self) -> str:
        return self._word("why.no_filter") if self.parts.floor.chosen.everything else ""

    def _why_no_caller(self) -> str:
        return "" if self.parts.queues.callers.chosen_keys else self._word("why.caller_first")

    def _why_no_link(self) -> str:
        return "" if link_to(self.opener.chosen_key()) else self._word("why.nothing_chosen")
