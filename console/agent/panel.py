"""The panel of one agent: who, state, call, the day so far, and the orders for the seat or for several."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QIcon, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLayout,
    QLineEdit,
    QMenu,
    QPushButton,
    QWidget,
)
from PySide6.QtWidgets import QVBoxLayout as Column

from console.agent.asking import Past
from console.agent.past import DAY, HOURS_2, call_lines, calls_head, counts, no_calls, timeline
from console.agent.present import LOGOUT, MOVE, NOTICE, PAUSE, READY, AgentText, agent
from console.ordering.deeds import Deed, can_undo, seats_of
from console.ordering.move import target_of
from console.ordering.notice import Reader
from console.ordering.room import Ordering
from console.panels import Panel
from console.phrases.reasons import reason_meant
from console.phrases.scopes import label_name
from console.phrases.times import local
from console.sight import Sight
from console.words import Words
from feeds.entities import Seat
from feeds.rules.commands import LONGEST_REASON
from widgets.action_button import FocusKeeper, show_action
from widgets.choice_button import ChoiceButton
from widgets.desk_style import chevron
from widgets.desk_texts import ActionText, Choice
from widgets.fact_grid import CountRow, FactGrid, label, set_text
from widgets.following_area import FollowingArea
from widgets.icons import icon_pixmap
from widgets.menus import unmarked
from widgets.one_line import OneLine
from widgets.palette import Palette
from widgets.state_band import Initial, StateBand
from widgets.tables.lines_table import LinesTable
from widgets.timeline import Timeline
from widgets.tips import plain

CALL_COLUMNS = ("time", "queue", "caller", "talk")
CALL_WIDTHS = (54, 0, 106, 56)
CHIPS = 7
ROOM_FOR_FOOT, TWO_COLUMNS = 480, 318
"""How high a panel has room for orders that stay, and how wide for two beside each other."""


class AgentPanel(Panel):
    """One seat, chosen elsewhere; its orders may be for the seats that are selected as well, or for the team."""

    name = "agent"
    icon = "headset"

    def __init__(self, words: Words, palette: Palette, room: Ordering) -> None:
        super().__init__(words, palette)
        self.room, self.orders = room, room.orders
        self.seat = ""
        self._agent = ""
        """Who sat there when somebody sat there last: a reason that was written is for them."""
        self.selected: tuple[str, ...] = ()
        self.text = AgentText()
        self.past = Past(room.questions, self)
        self.hint = label("note", wraps=True)
        self.initial, self.band = Initial(palette), StateBand(palette)
        self.who, self.detail = OneLine("name"), OneLine("note")
        self.chips = [label("chip") for _ in range(CHIPS)]
        self.facts, self.counts = FactGrid(), CountRow(columns=3)
        self.line_head, self.reach, self.line = label("head"), QPushButton(), Timeline(palette)
        self.reach.setProperty("part", "filter")
        self.reach.setCheckable(True)
        self.day, self.acts, self.calls_head = label("head"), label("head"), label("head")
        self.calls = LinesTable(palette)
        self.scope = ChoiceButton(room=150)
        self.reason = QLineEdit()
        self.reason.setMaxLength(LONGEST_REASON)  # of bytes, which the rule counts
        self.usual = QMenu(self.reason)
        self.pick = QAction(self.reason)
        self.reason.addAction(self.pick, QLineEdit.ActionPosition.TrailingPosition)
        self.buttons = {name: QPushButton() for name in (READY, PAUSE, MOVE, NOTICE, LOGOUT)}
        self.area = FollowingArea()
        self.list, self.undo = QPushButton(), QPushButton()
        self._focus = FocusKeeper((*self.buttons.values(), self.undo), self.area)
        self.why, self.note, self.notices = label("note", wraps=True), label(wraps=True), label(wraps=True)
        self.whole, self.foot, self._grid = QWidget(), QWidget(), QGridLayout()
        self._foot_column = Column(self.foot)
        self._placed: tuple[bool, bool] | None = None
        self.setMinimumWidth(270)
        self._lay_out()
        self._wire()

    # Parts

    def _lay_out(self) -> None:
        column = Column(self.whole)
        column.setContentsMargins(14, 4, 14, 14)
        column.setSpacing(10)
        above = (self._head(), self._chip_rows(), self.notices, self.band, self.facts, self._line_row(), self.line)
        _fill(column, *above, self.day, self.counts, self.calls_head)
        self.calls.setMinimumHeight(180)
        column.addWidget(self.calls, 1)
        column.addStretch(0)  # where there are no calls nothing else grows
        area = self.area
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setProperty("part", "page")  # with a frame while the keyboard scrolls it
        self.whole.setObjectName("panel")
        area.setWidget(self.whole)
        self.hint.setContentsMargins(14, 8, 14, 8)
        self.hint.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.body.addWidget(self.hint)
        self.body.addWidget(area, 1)
        self._column = column
        self._fill_foot()
        self._place_foot()

    def _fill_foot(self) -> None:
        """The orders; what is said about them grows upwards, so that no button moves under a hand."""
        column = self._foot_column
        column.setSpacing(8)
        self._grid.setSpacing(8)
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(1, 1)
        _fill(column, self._acts_row(), self.why, self._note_row(), self._grid)

    def _place_foot(self) -> None:
        """Always in sight; where the panel is too low for that, among the rest. Where it is narrow, one column."""
        pinned, narrow = self.height() >= ROOM_FOR_FOOT, self.width() < TWO_COLUMNS
        if (pinned, narrow) == self._placed:
            return
        self._placed = (pinned, narrow)
        self.acts.setVisible(not narrow)  # for whom the buttons are matters more than what they are called together
        self.foot.setObjectName("foot" if pinned else "")
        self._foot_column.setContentsMargins(*((14, 8, 14, 14) if pinned else (0, 0, 0, 0)))
        if pinned:
            self.body.addWidget(self.foot)
        else:
            self._column.insertWidget(self._column.indexOf(self.calls_head), self.foot)
        parts = (self.reason, *(self.buttons[name] for name in (PAUSE, READY, MOVE, NOTICE, LOGOUT)))
        for number, part in enumerate(parts):
            self._grid.addWidget(part, *((number, 0, 1, 2) if narrow else (*divmod(number, 2), 1, 1)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_foot()

    def _head(self) -> QHBoxLayout:
        head, names = QHBoxLayout(), Column()
        head.setSpacing(12)
        head.addWidget(self.initial)
        names.setSpacing(0)
        names.addWidget(self.who)
        names.addWidget(self.detail)
        head.addLayout(names, 1)
        return head

    def _chip_rows(self) -> Column:
        """Two rows: team and vendor; kind of seat and languages."""
        rows = Column()
        rows.setSpacing(6)
        for begin, end in ((0, 2), (2, CHIPS)):
            row = QHBoxLayout()
            row.setSpacing(6)
            for chip in self.chips[begin:end]:
                chip.setMinimumWidth(24)  # rather cut off than wider than the dock
                row.addWidget(chip)
            row.addStretch(1)
            rows.addLayout(row)
        return rows

    def _line_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addWidget(self.line_head, 1)
        row.addWidget(self.reach)
        return row

    def _acts_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addWidget(self.acts)
        row.addStretch(1)
        row.addWidget(self.list)
        row.addWidget(self.scope)
        return row

    def _note_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addWidget(self.note, 1)
        row.addWidget(self.undo, 0, Qt.AlignmentFlag.AlignTop)
        return row

    def _wire(self) -> None:
        for name, button in self.buttons.items():
            button.setProperty("part", "big")
            button.setIconSize(QSize(18, 18))
            button.clicked.connect(lambda _=False, name=name: self._on_pressed(name))
        for button in (self.list, self.undo):
            button.setProperty("part", "filter")
        self.reason.textChanged.connect(lambda _: self.present_now())
        self.reason.returnPressed.connect(lambda: self._on_pressed(PAUSE))
        self.pick.triggered.connect(self._on_pick)
        for keys in ("Down", "Alt+Down"):  # as every list opens beneath a field
            opens = QShortcut(QKeySequence(keys), self.reason, context=Qt.ShortcutContext.WidgetShortcut)
            opens.activated.connect(self._on_pick)
        self.scope.picked.connect(lambda _: self.present_now())
        self.reach.toggled.connect(lambda _: self.present_now())
        self.list.clicked.connect(lambda: self.room.page(self))
        self.undo.clicked.connect(self.undo_last)
        self.past.changed.connect(self.present_now)
        self.orders.changed.connect(self._on_order_changed)

    def stop(self) -> None:
        """Ask no more about anybody."""
        self.past.stop()

    def show_seat(self, key: str) -> None:
        """Be about that seat from now on."""
        if key != self.seat:
            self.seat, self._agent = key, ""
            self.reason.clear()
            self.area.verticalScrollBar().setValue(0)
        self.present_now()

    def show_selected(self, keys: tuple[str, ...]) -> None:
        """Offer the orders for all of those seats as well; for several at once unless somebody chooses otherwise."""
        before, self.selected = self.selected, keys
        if len(keys) <= 1 and len(before) <= 1:
            return  # one alone is offered nothing that the seat that is shown is not
        if len(keys) > 1 and len(before) <= 1:
            self._offer_scopes()
            self.scope.set_key("selected")
        elif len(keys) <= 1 and self.scope.key == "selected":
            self.scope.set_key("")
        self.present_now()

    def dress(self) -> None:
        words, colours = self.words, self.colours
        for tile in (self.initial, self.band, self.line):
            tile.set_look(colours, 1.0)
        self.area.setAccessibleName(words("agent.title"))
        set_text(self.day, words("agent.today"))
        set_text(self.acts, words("agent.orders"))
        self.reach.setText(words("agent.whole_day"))
        self.reach.setToolTip(words("agent.whole_day_tip"))
        self.scope.set_look(colours, words("agent.for_whom"))
        self.reason.setPlaceholderText(words("agent.reason_short"))
        self.reason.setAccessibleName(words("agent.reason"))
        self.pick.setIcon(chevron(colours))
        self.pick.setToolTip(words("agent.usual"))
        self.list.setText(words("ordering.list"))
        self.list.setToolTip(words("ordering.title"))
        self.undo.setText(words("order.seat.undo"))
        for name, button in self.buttons.items():
            button.setText(words(f"order.{name}"))
        self.calls.set_look(colours)
        self.calls.setAccessibleName(words("agent.calls_today"))
        self.calls.set_columns([words(f"agent.calls.{one}") for one in CALL_COLUMNS], CALL_WIDTHS)

    # Showing

    def present(self, sight: Sight) -> None:
        self._offer_scopes()
        targets = seats_of(sight, self.seat, self.selected, self.scope.key)
        several = targets if self.scope.key else None
        text = agent(sight, self.seat, self.orders.latest(self.seat), self.reason.text(), self.words, several)
        self.text = text
        set_text(self.hint, text.hint)
        self.hint.setVisible(bool(text.hint))
        self.area.setVisible(not text.hint)
        self.foot.setVisible(not text.hint)
        seat = sight.entities.get(self.seat)
        if text.hint or not isinstance(seat, Seat):
            self.past.follow(None)
            return
        day = local(sight.site, sight.now).date()
        self.past.follow(seat, ask=not sight.stale, history=sight.epoch, day=day)
        if seat.agent and seat.agent != self._agent:
            before, self._agent = self._agent, seat.agent
            if before and self.reason.text():
                self.reason.clear()  # which presents anew
                return
        self._show_who(text)
        self._show_past(sight, seat)
        with self._focus.showing(self.window()):
            for action in text.actions:
                self._show_action(action)
            self.undo.setVisible(text.can_undo and not self.orders.waiting(self.seat))
            self.undo.setEnabled(not sight.stale)  # and not hidden: there is a way back once the link is
        why = self.words("why.stale") if sight.stale else ""
        self.undo.setToolTip(why)
        self.undo.setAccessibleDescription(why)
        set_text(self.why, text.why or text.pause_why)
        self.why.setVisible(bool(self.why.text()))
        self._show_note(self.note, text)
        self.pick.setVisible(bool(text.reasons))

    def _show_who(self, text: AgentText) -> None:
        self.initial.set_letter(text.initial)
        for line, said in ((self.who, text.name), (self.detail, text.detail)):
            line.set_whole(said)
            line.setToolTip(plain(said))
        named = (*text.chips, *text.languages)
        for number, chip in enumerate(self.chips):
            set_text(chip, named[number] if number < len(named) else "")
            chip.setToolTip(plain(chip.text()))
            chip.setVisible(number < len(named))
        set_text(self.notices, "\n".join(text.notices))
        self.notices.setVisible(bool(text.notices))
        self.band.set_text(text.band)
        self.facts.set_facts(text.facts)

    def _show_past(self, sight: Sight, seat: Seat) -> None:
        words, past = self.words, self.past
        there = bool(seat.agent)
        reach = DAY if self.reach.isChecked() else HOURS_2
        set_text(self.line_head, words("agent.line_day" if reach == DAY else "agent.line_hours"))
        for part in (self.line_head, self.reach, self.line, self.day, self.calls_head, self.calls):
            part.setVisible(there)
        self.counts.set_counts(counts(past.told, words) if there else ())
        if there:
            self.line.set_text(timeline(sight, seat, past.told, reach, words, past.failed))
            set_text(self.calls_head, calls_head(sight, past.calls_total, words))
            none = no_calls(sight, past.calls_total, words, past.read, past.calls_failed)
            self.calls.set_lines(call_lines(sight, past.calls, words), none)

    def _offer_scopes(self) -> None:
        """For whom the buttons are: the seat alone, those selected, the whole team."""
        sight, words = self.sight, self.words
        seat = sight.entities.get(self.seat) if sight is not None else None
        offers = [Choice("", words("agent.this_seat"))]
        if len(self.selected) > 1:
            offers.append(Choice("selected", words("agent.selected", count=len(self.selected))))
        if sight is not None and isinstance(seat, Seat) and seat.team:
            team = seats_of(sight, self.seat, self.selected, "team")
            name = label_name(sight.site.teams if sight.site else None, seat.team, words)
            offers.append(Choice("team", words("agent.team", name=name, count=len(team))))
        self.scope.set_choices(offers)

    def _show_action(self, action: ActionText) -> None:
        button = self.buttons[action.key]
        show_action(button, action)
        colour = self.colours.hi if action.enabled else self.colours.low
        shown = f"{action.icon} {colour.name()}"
        if button.property("drawn") != shown:
            button.setProperty("drawn", shown)
            button.setIcon(QIcon(icon_pixmap(action.icon, 18, colour, 2.0)))

    def _show_note(self, note: QLabel, text: AgentText) -> None:
        set_text(note, text.note)
        note.setVisible(bool(text.note))
        if note.property("tone") != text.note_tone.value:
            note.setProperty("tone", text.note_tone.value)
            note.style().unpolish(note)
            note.style().polish(note)

    # Doing

    def _on_pressed(self, name: str) -> None:
        """Give the order, if it can still be given at this moment, or open what it needs first."""
        self.present_now()
        if self.sight is None or not self.buttons[name].isEnabled():
            return
        seats = seats_of(self.sight, self.seat, self.selected, self.scope.key)
        if name == MOVE:
            self.room.move(seats, self)
        elif name == NOTICE:
            self.room.notice(self._readers(self.sight, seats), self)
        elif seats:
            site = self.sight.site
            meant = reason_meant(site, self.reason.text(), self.words)
            args: dict[str, Any] = {"reason": meant} if name == PAUSE else {}
            self.room.ask(Deed(name, tuple(target_of(site, seat, args, self.words) for seat in seats)), self)

    def _readers(self, sight: Sight, seats: tuple[Seat, ...]) -> tuple[Reader, ...]:
        """Whom a notice can be for, seen from here: those the buttons are for, the team, the floor."""
        words, found = self.words, []
        seated = [target_of(sight.site, seat, {}, words) for seat in seats if seat.agent]
        if seated:
            name = seated[0].label if len(seated) == 1 else words("agent.selected", count=len(seated))
            found.append(Reader("seats", name, tuple((one.place, one.label) for one in seated)))
        shown = sight.entities.get(self.seat)
        if isinstance(shown, Seat) and shown.team:
            team = label_name(sight.site.teams if sight.site else None, shown.team, words)
            found.append(Reader("team", team, ((f"team:{shown.team}", team),)))
        found.append(Reader("floor", words("ordering.floor"), (("floor", words("ordering.floor")),)))
        return tuple(found)

    def undo_last(self) -> None:
        """Take back the last order that was given for the seat."""
        given = self.orders.latest(self.seat)
        if given is not None and not self.why_no_undo():
            self.room.undo(self.seat, given.order)

    def why_no_undo(self) -> str:
        """Why the last order for the seat cannot be taken back now, whether the panel is seen or not."""
        if self.sight is not None and self.sight.stale:
            return self.words("why.stale")
        given = self.orders.latest(self.seat) if self.seat else None
        possible = given is not None and self.sight is not None and can_undo(given, self.sight.now)
        return "" if possible and not self.orders.waiting(self.seat) else self.words("why.no_undo")

    def _on_pick(self) -> None:
        self.usual.clear()
        for reason in self.text.reasons:
            entry = self.usual.addAction(unmarked(reason))
            entry.triggered.connect(lambda _=False, reason=reason: self.reason.setText(reason))
        self.usual.popup(self.reason.mapToGlobal(self.reason.rect().bottomLeft()))

    def _on_order_changed(self, place: str) -> None:
        if place == self.seat:
            self.present_now()


def _fill(column: Column, *parts: QWidget | QLayout) -> None:
    for part in parts:
        if isinstance(part, QWidget):
            column.addWidget(part)
        else:
            column.addLayout(part)
