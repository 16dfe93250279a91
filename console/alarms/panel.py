"""The panel of the alarms: what is wrong, what was put aside, what happened; and what can be done about the chosen."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLineEdit, QPushButton

from console.alarms import journal, present
from console.alarms.asking import Asking
from console.alarms.forms import AsideForm
from console.alarms.present import (
    ACKNOWLEDGE,
    BACK,
    DEEDS,
    LOCATE,
    ORDERS,
    OUT,
    SHELVE,
    UNSHELVE,
    AlarmsText,
    Page,
    alarms,
)
from console.alarms.sound import Player, Sounding
from console.alarms.sound_button import SoundButton
from console.orders import Orders
from console.pacing import Paced
from console.panels import Panel
from console.phrases.alarms import alarm_place, alarm_text
from console.questions import Questions
from console.rights import refusal
from console.sight import Sight
from console.words import Words
from feeds.entities import Alarm
from feeds.rules.alarm_orders import LONGEST_NAME, decided_on
from widgets.action_button import FocusKeeper, show_action
from widgets.fact_grid import label, set_text
from widgets.palette import Palette
from widgets.shortened_label import ShortenedLabel
from widgets.tables.lines_table import LinesTable
from widgets.tips import plain
from widgets.tones import Tone

COLUMNS: dict[Page, tuple[tuple[str, int], ...]] = {
    "open": (("level", 102), ("time", 80), ("source", 128), ("text", 0), ("duration", 76), ("state", 190)),
    "aside": (("level", 102), ("left", 84), ("source", 128), ("text", 0), ("who", 330)),
    "journal": (("did", 132), ("time", 124), ("source", 128), ("text", 0), ("person", 100), ("reason", 190)),
}
PAGES: tuple[Page, ...] = ("open", "aside", "journal")
ROOM_FOR_TEXT = 300
"""What an alarm says needs so much room before its line has buttons of its own."""
ROOM_FOR_ADVICE = 230
"""A panel that is lower has one line for what to do."""
BLINK_MS = 500
"""1 Hz, half of the time dark."""
Decided = dict[str, dict[str, Any] | None]
"""By key what decided about each alarm (:func:`feeds.rules.alarm_orders.decided_on`); None for one that was gone."""


class AlarmsPanel(Panel):
    """Alarms.

    Signals: `located(str)` with the scope of an alarm (`queue:claim`) that somebody wants to see.
    """

    name = "alarms"
    icon = "bell"
    unseen = frozenset({"seat", "call"})
    located = Signal(str)

    def __init__(
        self, words: Words, palette: Palette, orders: Orders, questions: Questions, sounding: Sounding | None = None
    ) -> None:
        super().__init__(words, palette)
        self.orders, self.asking = orders, Asking(questions, self)
        self.sounding = sounding or Sounding(Player(parent=self), parent=self)
        self.text = AlarmsText(())
        self.page: Page = "open"
        self.unfolded: set[str] = set()
        self._form: tuple[str, AsideForm, Decided] | None = None
        """The form that is open, the order that it is for, and what its alarms were like when it was opened."""
        self.table = LinesTable(palette)
        self.table.let_choose_several()
        self.table.whole = self._bring_all
        self.deeds = self.table.let_do()
        self.buttons = {order.partition(".")[2]: QPushButton() for order in ORDERS} | {"locate": QPushButton()}
        """Buttons by what they do, which is also what the page of shortcuts calls them."""
        self.locate, self.unfold, self.sound = self.buttons["locate"], QPushButton(), SoundButton(self.sounding)
        self.who = QLineEdit()
        self.pages = {page: QPushButton() for page in PAGES}
        self.advice, self.outcome = label(wraps=True), ShortenedLabel()
        self._blink = QTimer(self)
        self._blink.setInterval(BLINK_MS)
        self._ends = Paced(self.present_now, self)
        self._focus = FocusKeeper((*self.buttons.values(), self.unfold), self.table, returns=False)
        self._lay_out()
        self._wire()

    @property
    def acknowledge(self) -> QPushButton:
        """The button that is pressed most."""
        return self.buttons["acknowledge"]

    def _button(self, order: str) -> QPushButton:
        return self.buttons[order.partition(".")[2]]

    def _lay_out(self) -> None:
        said, row = QHBoxLayout(), QHBoxLayout()
        said.setContentsMargins(14, 4, 14, 0)
        said.setSpacing(6)
        said.addWidget(self.advice, 1)
        said.addWidget(self.outcome)
        said.addSpacing(10)
        row.setContentsMargins(14, 4, 14, 8)
        row.setSpacing(6)
        for button in (*self.buttons.values(), self.unfold):
            row.addWidget(button)
        self.who.setMaximumWidth(120)
        self.who.setMinimumWidth(64)
        row.addWidget(self.who)
        row.addStretch(1)
        row.addWidget(self.sound.silence)
        row.addWidget(self.sound)
        group = QButtonGroup(self)
        for page, button in self.pages.items():
            button.setCheckable(True)
            button.setProperty("part", "filter")
            button.setChecked(page == self.page)
            group.addButton(button)
            said.addWidget(button)
        self.body.addWidget(self.table, 1)
        self.body.addLayout(said)
        self.body.addLayout(row)
        self.advice.setMinimumWidth(1)
        self.who.setMaxLength(LONGEST_NAME)
        self.setMinimumHeight(156)

    def _wire(self) -> None:
        self.table.chosen.connect(lambda _: self.present_now())
        self.table.opened.connect(lambda _: self._on_locate())
        self.deeds.asked.connect(self._on_deed)
        self.deeds.resized.connect(self._on_resized)
        for order in ORDERS:
            self._button(order).clicked.connect(partial(self._on_pressed, order))
        self.locate.clicked.connect(self._on_locate)
        self.unfold.clicked.connect(self._on_unfold)
        for page, button in self.pages.items():
            button.clicked.connect(partial(self.show_page, page))
        self.table.turned.connect(self._on_turned)
        shortcut = QShortcut(QKeySequence(Qt.Key.Key_Space), self.table)
        shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
        shortcut.activated.connect(partial(self._on_pressed, ACKNOWLEDGE))
        self.who.textChanged.connect(lambda _: self.present_now())
        self._blink.timeout.connect(self._on_blink)
        self.orders.changed.connect(self._on_order_changed)
        self.asking.changed.connect(self.present_now)
        self.sounding.changed.connect(self.present_now)

    def dress(self) -> None:
        words = self.words
        self.table.set_look(self.colours)
        self.who.setPlaceholderText(words("alarms.name"))
        self.who.setAccessibleName(words("alarms.name"))
        self.who.setToolTip(words("alarms.name_why"))
        self.deeds.set_labels({deed: words(f"alarms.{deed.rpartition('.')[2]}") for deed in DEEDS})
        self._name_columns()

    def _name_columns(self) -> None:
        columns = COLUMNS[self.page]
        self.table.setAccessibleName(self.words(f"alarms.page.{self.page}"))
        widths = [width for _, width in columns]
        self.deeds.set_shown(self._has_room_for_deeds())
        if self.deeds.shown:
            widths[-1] += round(self.deeds.room)
        self.table.set_columns([self.words(f"alarms.{key}") for key, _ in columns], widths, self.page)

    def _has_room_for_deeds(self) -> bool:
        taken = sum(width for _, width in COLUMNS["open"]) + round(self.deeds.room)
        return self.page == "open" and self.table.viewport().width() - taken >= ROOM_FOR_TEXT

    def _on_resized(self) -> None:
        if self.deeds.shown != self._has_room_for_deeds():
            self._name_columns()

    # What is seen

    def notice(self, sight: Sight) -> None:
        """What is new is heard although nobody sees the panel, and a form that is open knows what has changed."""
        self.sounding.look_at(sight)
        if self._form is not None:
            order, form, seen = self._form
            form.set_bar(refusal(sight, order, self.words) or self._changed(seen))

    def _changed(self, seen: Decided) -> str:
        """Why there is nothing left to decide about alarms that were seen like that; empty while there is."""
        now = self._decided(list(seen))
        if any(now[key] == seen[key] for key in seen):
            return ""  # the gateway refuses the order about each that has changed
        gone = all(one is None for one in now.values())
        return self.words("said.alarm.gone" if gone else "said.alarm.outdated")

    def present(self, sight: Sight) -> None:
        chosen = self.table.chosen_keys if self.page != "journal" else ()
        given = {key: found for key in chosen if (found := self.orders.latest(key)) is not None}
        page, name = self.page, self.who.text().strip()
        text = alarms(sight, chosen, given, self.words, page=page, unfolded=self.unfolded, name=name)
        self.text = text
        self.head.set_note(text.note)
        if page == "journal":
            self._show_journal(sight)
        else:
            self.table.set_lines(text.lines, text.empty)
        with self._focus.showing(self.window()):
            self._show_buttons(text)
        if page == "journal":
            untold = self._untold() if self.asking.told is not None else ""  # an empty table says so itself
            hint = untold or journal.beyond(sight, self.asking.told, self.words)
        else:
            hint = text.advice or (self._why(text) if text.lines else "")
        self._show_advice(hint)
        _set_tone(self.outcome, text.outcome or (self._why(text) if text.advice else ""), text.outcome_tone)
        self.sound.show_sound(self.words)
        self._follow_blink(text.urgent and page == "open")

    def _show_advice(self, hint: str) -> None:
        """In as many lines as it takes; in one where the panel is low, so that the alarms are seen that it is about."""
        low, metrics = self.height() < ROOM_FOR_ADVICE, self.advice.fontMetrics()
        self.advice.setWordWrap(not low)
        cut = metrics.elidedText(hint, Qt.TextElideMode.ElideRight, self.advice.width())
        set_text(self.advice, cut if low else hint)
        self.advice.setAccessibleName(hint)
        self.advice.setToolTip(plain(hint))

    def _why(self, text: AlarmsText) -> str:
        return text.acknowledge.why if self.page == "open" else text.actions[UNSHELVE].why

    def _show_buttons(self, text: AlarmsText) -> None:
        shown = {"open": (ACKNOWLEDGE, SHELVE, OUT), "aside": (UNSHELVE, BACK), "journal": ()}[self.page]
        for order in ORDERS:
            show_action(self._button(order), text.actions[order])
            self._button(order).setVisible(order in shown)
        show_action(self.locate, text.locate)
        show_action(self.unfold, text.unfold)
        self.locate.setVisible(self.page != "journal")
        self.unfold.setVisible(self.page != "journal" and text.unfold.enabled)
        self.who.setVisible(text.named and self.page != "journal")
        for page, button in self.pages.items():
            count = text.aside if page == "aside" else 0
            shown_text = self.words(f"alarms.page.{page}") + (f" {count}" if count else "")
            if button.text() != shown_text:
                button.setText(shown_text)
            if button.property("active") != (page == self.page):
                button.setProperty("active", page == self.page)
                button.style().unpolish(button)
                button.style().polish(button)

    def show_page(self, page: Page) -> None:
        """Show the alarms, those that were put aside, or the journal."""
        if page != self.page:
            self.page = page
            self.table.clearSelection()
            self.table.set_lines((), "")
            self._name_columns()
        self.pages[page].setChecked(True)
        self.present_now()

    def _show_journal(self, sight: Sight) -> None:
        asking = self.asking
        asking.follow(sight)
        lines = journal.lines(sight, asking.told, self.words) if asking.told is not None else []
        self.table.set_lines(lines, self._untold() or journal.known_since(sight, asking.told, self.words))

    def _untold(self) -> str:
        return self.words("alarms.journal_failed", why=self.asking.failed) if self.asking.failed else ""

    def _bring_all(self, then: Callable[[], None]) -> None:
        if self.page == "journal" and self.sight is not None:
            self.asking.bring_all(self.sight, lambda: then() if self.page == "journal" else None)
        else:
            then()

    # Blinking

    def _follow_blink(self, urgent: bool) -> None:
        """The sign of what is critical and unseen blinks, and nothing else; not where motion is to be reduced."""
        if urgent and self.isVisible() and not self.still:
            if not self._blink.isActive():
                self._blink.start()
        else:
            self._blink.stop()
            self.table.set_lit(True)

    def _on_blink(self) -> None:
        if self.isVisible():
            self.table.set_lit(not self.table.lit)
        else:
            self._follow_blink(False)

    # What people do

    def _on_pressed(self, order: str) -> None:
        """Give the order for all chosen alarms that it is for, after its form where it has one."""
        self.present_now()
        if self.sight is None or not self.text.actions or not self.text.actions[order].enabled:
            return
        keys = present.fitting(self.sight, order, self.table.chosen_keys)
        if order not in (SHELVE, OUT):
            self._give(order, keys)
            return
        site, found = self.sight.site, [self.sight.entities[key] for key in keys]
        named = [
            f"{alarm_place(self.sight, one, self.words)}  {alarm_text(self.sight, one, self.words)}"
            for one in found if isinstance(one, Alarm)
        ]  # fmt: skip
        longest = site.longest_shelf_minutes if order == SHELVE and site is not None else 0
        more = present.following(self.sight, order, keys)
        form = AsideForm(self.words, self.colours, named, longest=longest, following=more, parent=self)
        seen = self._decided(keys)
        form.asked.connect(partial(self._on_form, order, keys, seen))
        self._form = order, form, seen
        form.finished.connect(self._on_form_closed)
        form.open()

    def _on_form_closed(self, _: int) -> None:
        self._form = None

    def _on_form(self, order: str, keys: list[str], seen: Decided, reason: str, minutes: int) -> None:
        more: dict[str, object] = {"reason": reason} | ({"minutes": minutes} if minutes else {})
        self._give(order, keys, seen, **more)

    def _decided(self, keys: list[str]) -> Decided:
        """What those alarms are like now: whoever decides about them has seen them like that."""
        found = ((key, self.sight.entities.get(key) if self.sight is not None else None) for key in keys)
        return {key: decided_on(one) if isinstance(one, Alarm) else None for key, one in found}

    def _give(self, order: str, keys: list[str], seen: Decided | None = None, **more: object) -> None:
        """Give the order about each of them, as it was `seen` when that was decided; without, as it is now."""
        name, seen = self.who.text().strip(), seen if seen is not None else self._decided(keys)
        for key in keys:
            args = {"alarm": key, **({"name": name} if self.text.named else {}), **more}
            self.orders.give(key, order, args, expect={key: seen[key]} if seen[key] is not None else None)
        self.present_now()

    def _on_deed(self, key: str, deed: str) -> None:
        """Choose the line and do it, as the buttons below would; where a name lacks, ask for that first."""
        self.table.choose(key)
        self.present_now()
        if deed == LOCATE:
            self._on_locate()
        elif self.text.actions[deed].enabled:
            self._on_pressed(deed)
        elif self.text.named and not self.who.text().strip():
            self.who.setFocus()

    def _on_locate(self) -> None:
        keys = self.table.chosen_keys
        alarm = self.sight.entities.get(keys[0]) if self.sight is not None and keys else None
        if isinstance(alarm, Alarm) and self.text.locate.enabled:
            self.located.emit(alarm.scope)

    def _on_turned(self, unfold: bool) -> None:
        """The right arrow unfolds, the left one folds, as in a tree."""
        cause = present.cause_of(self.sight, self.table.chosen_key) if self.sight is not None else ""
        if unfold != (cause in self.unfolded):
            self._on_unfold()

    def _on_unfold(self) -> None:
        keys = self.table.chosen_keys
        if self.sight is None or len(keys) != 1 or not self.text.unfold.enabled:
            return
        cause = present.cause_of(self.sight, keys[0])
        self.unfolded ^= {cause}
        if cause not in self.unfolded:
            self.table.choose(cause)
        self.present_now()

    def stop(self) -> None:
        """Let go of timers and of a sound that is being played."""
        self.asking.stop()
        self._blink.stop()
        self._ends.stop()
        self.sounding.stop()
        if isinstance(self.sounding.player, Player):
            self.sounding.player.stop()

    def _on_order_changed(self, place: str) -> None:
        if place.startswith("alarm:"):
            self._ends.want()


def _set_tone(said: ShortenedLabel, text: str, tone: Tone) -> None:
    set_text(said, text)
    said.setToolTip(plain(text))
    if said.property("tone") != tone.value:
        said.setProperty("tone", tone.value)
        said.style().unpolish(said)
        said.style().polish(said)
