"""Opens what somebody asks for, a seat, a queue, a caller, an alarm, where it belongs; and the links to them."""

from __future__ import annotations

from msgspec import Struct
from PySide6.QtGui import QGuiApplication

from console.agent.panel import AgentPanel
from console.alarms.panel import AlarmsPanel
from console.floor.panel import FloorPanel
from console.hands import links
from console.hands.walking import Walker
from console.panels import Panel
from console.queues.panel import QueuesPanel
from console.sight import Sight
from console.window.window import DeskWindow
from feeds.entities import AgentDay, Alarm, Call, Seat


class Parts(Struct, frozen=True):
    """The parts of a desk that hands reach for."""

    window: DeskWindow
    floor: FloorPanel
    agent: AgentPanel
    queues: QueuesPanel
    alarms: AlarmsPanel


class Opener:
    """Shows things of the floor, with the keyboard there."""

    def __init__(self, parts: Parts, walker: Walker) -> None:
        self.parts, self.walker = parts, walker
        self.sight: Sight | None = None

    def go_to(self, panel: Panel) -> None:
        """Open a panel and take the keyboard there."""
        self.parts.window.open_panel(panel.name)
        self.walker.enter(panel)

    def open(self, key: str) -> None:
        """Show a thing where it belongs."""
        parts, entity = self.parts, self._entity(key)
        if isinstance(entity, Seat):
            parts.floor.locate(key)
            parts.agent.show_seat(key)
            self.go_to(parts.agent)
        elif isinstance(entity, Alarm):
            self.go_to(parts.alarms)
            parts.alarms.table.choose(key)
        elif isinstance(entity, Call):
            self._open_call(entity)
        elif isinstance(entity, AgentDay):
            self.go_to(parts.floor)
            parts.floor.search.setText(key.partition(":")[2])
        elif key.startswith("queue:"):
            self.go_to(parts.queues)
            parts.queues.locate(key)

    def _open_call(self, call: Call) -> None:
        """At the seat that has it, else among the callers of its queue."""
        seats = self.sight.seats() if self.sight is not None and call.agent else ()
        seat = next((one.key for one in seats if one.agent == call.agent), "")
        if seat:
            self.open(seat)
        else:
            self.open(f"queue:{call.queue}")
            self.parts.queues.callers.choose(call.key)

    def locate(self, scope: str) -> None:
        """Show what an alarm is about: its queue, the trunks above the queues, or its people on the floor."""
        kind, _, number = scope.partition(":")
        if kind in ("queue", "trunk"):
            self.parts.window.open_panel("queues")
            if kind == "queue":
                self.parts.queues.locate(scope)
        elif kind == "seat":
            self.open(scope)
        else:
            self.parts.floor.show_only(kind, number)

    def point_at(self, key: str) -> None:
        """Show where on the floor a seat is, or what an alarm is about."""
        entity = self._entity(key)
        if isinstance(entity, Alarm):
            self.locate(entity.scope)
        else:
            self.go_to(self.parts.floor)
            self.parts.floor.locate(key)

    def reach_for(self, order: str) -> None:
        """Go to the button of an order: whoever gives it sees first for whom, and writes the reason that it needs."""
        agent, button = self.parts.agent, self.parts.agent.buttons[order]
        target = agent.reason if order == "seat.pause" and not button.isEnabled() else button
        target.setFocus()

    def first_alarm(self) -> None:
        """Show the gravest alarm."""
        first = next(iter(self.sight.alarms()), None) if self.sight is not None else None
        if first is not None:
            self.open(first.key)

    # Links

    def chosen_key(self) -> str:
        """The thing that is chosen in the panel that has the keyboard, else the seat."""
        parts = self.parts
        if self.walker.panel is parts.queues:
            return parts.queues.cards.chosen_key
        if self.walker.panel is parts.alarms:
            return parts.alarms.table.chosen_key
        return parts.agent.seat or parts.floor.seat

    def copy_link(self, key: str) -> str:
        """Put the link to a thing on the clipboard, and return it."""
        link = links.link_to(key)
        if link is None:
            return ""
        QGuiApplication.clipboard().setText(link.text)
        return link.text

    def open_link(self, text: str) -> str:
        """Open a `floor://` link; returns why it leads nowhere, empty when it does."""
        words = self.parts.window.words
        link = links.parsed(text, words)
        if isinstance(link, str):
            return link
        why = words("link.wrong.waiting") if self.sight is None else links.missing(self.sight, link, words)
        if not why:
            self.open(link.key)
        return why

    def _entity(self, key: str) -> object:
        return self.sight.entities.get(key) if self.sight is not None else None
