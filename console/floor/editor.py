"""The floor's editor: seats, rows and rooms are moved on a plan of one's own, and saved as an order to the gateway."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import msgspec
from msgspec.structs import replace
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from console.floor import plan as planning
from console.floor.naming import RoomName
from console.floor.plan import Hall, Plan, Refusal, Steps
from console.floor.present import Cards, area_name
from console.orders import Orders
from console.phrases.states import seat_number
from console.rights import outcome, refusal
from console.sight import Sight
from console.words import Words
from feeds.entities import Layout
from widgets.desk_texts import FieldBlock, FieldCell
from widgets.fact_grid import label, set_text
from widgets.flow_row import FlowRow
from widgets.palette import Palette
from widgets.seats.plan_field import PlanField, What
from widgets.tones import Tone

ORDER, PLACE = "layout.save", "layout:floor"
UNSAVED = "floor.edit.unsaved"
LARGEST = 60_000
"""Bytes of an order; the gateway takes 64 KiB in one frame."""
KINDS: tuple[What, ...] = ("seat", "row", "room")


class Plain:
    """The cards of a plan: who may sit there does not matter, only which place it is."""

    def __init__(self, cards: Cards) -> None:
        self._cards = cards

    def cell(self, key: str) -> FieldCell:
        found = self._cards.cell(key)
        return replace(found, time="", tone=Tone.CALM, details=(), chips=())

    def spoken(self, key: str) -> str:
        return self._cards.spoken(key)

    def tip(self, key: str) -> str:
        return key.partition(":")[2]


class Editor(QWidget):
    """A plan being drawn.

    Signals: `left()` when it was saved or given up.
    """

    left = Signal()

    def __init__(self, words: Words, palette: Palette, cards: Cards, orders: Orders | None) -> None:
        super().__init__()
        self.words, self.colours, self.cards, self.orders = words, palette, cards, orders
        self.steps = Steps(Plan())
        self.field = PlanField(palette, Plain(cards))
        self.note = label(wraps=True)
        self.note.setContentsMargins(14, 2, 14, 4)
        self.kinds = {kind: QPushButton() for kind in KINDS}
        names = ("add", "rename", "remove", "undo", "redo", "save", "cancel")
        self.buttons = {name: QPushButton() for name in names}
        self.dialog: RoomName | None = None
        self._sight: Sight | None = None
        self._expect: int | None = None
        self._saved = ""
        self._why = ""
        self._build()

    def _build(self) -> None:
        top = QWidget()
        row = FlowRow(top, spacing=6)
        top.setContentsMargins(14, 0, 14, 4)
        row.setContentsMargins(14, 0, 14, 4)
        for kind, button in self.kinds.items():
            button.setCheckable(True)
            button.setProperty("part", "filter")
            button.clicked.connect(lambda _=False, kind=kind: self.choose_kind(kind))
            row.addWidget(button)
        for name, button in self.buttons.items():
            button.setProperty("part", "filter")
            button.clicked.connect(getattr(self, name))
            row.addWidget(button)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(top)
        whole.addWidget(self.note)
        whole.addWidget(self.field, 1)
        self.field.dropped.connect(self._on_dropped)
        self.field.removed.connect(self._on_removed)
        self.field.carried.connect(lambda _: self._show())
        self.field.selection_changed.connect(self._show_buttons)
        keys = {
            "Ctrl+Z": self.undo, "Ctrl+Shift+Z": self.redo, "Ctrl+Y": self.redo, "Ctrl+S": self.save, "F2": self.rename,
        }  # fmt: skip
        for text, slot in keys.items():
            shortcut = QShortcut(QKeySequence(text), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(slot)
        if self.orders is not None:
            self.orders.changed.connect(self._on_order_changed)

    # Beginning and ending

    def begin(self, sight: Sight) -> None:
        """Draw from what the floor is now; one that was never drawn begins with a room for each area."""
        self._sight, self._saved, self._why = sight, "", ""
        layout = sight.entities.get(PLACE)
        if isinstance(layout, Layout):
            self._expect = layout.rev
            self.steps = Steps(planning.plan_of(layout.rooms, {seat_number(seat) for seat in sight.seats()}))
        else:
            self._expect = None
            self.steps = Steps(planning.first_plan(list(self._areas(sight))))
            self.steps.begun = Plan()
        self.choose_kind("seat")
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _areas(self, sight: Sight) -> Iterable[tuple[str, str, str, list[str]]]:
        by_area: dict[str, list[str]] = {}
        for seat in sorted(sight.seats(), key=lambda seat: seat.key):
            by_area.setdefault(seat.area or seat.seat_type, []).append(seat_number(seat))
        known = [kind.id for kind in sight.site.seat_types] if sight.site is not None else []
        for area in sorted(by_area, key=lambda one: known.index(one) if one in known else len(known)):
            names = [area_name(sight.site, area, Words(language)) for language in ("zh_CN", "en")]
            yield area or "others", names[0], names[1], by_area[area]

    def look_at(self, sight: Sight) -> None:
        """See the floor as it is now: seats come and go while somebody draws."""
        self._sight = sight
        self._show()

    def dress(self, words: Words, palette: Palette, wanted: float) -> None:
        """Give words and colours to everything."""
        self.words, self.colours = words, palette
        self.field.set_look(palette, wanted)
        self.field.setAccessibleName(words("floor.edit.name"))
        for kind, button in self.kinds.items():
            button.setText(words(f"floor.edit.{kind}"))
            button.setToolTip(words("floor.edit.kind_tip"))
        for name, button in self.buttons.items():
            button.setText(words(f"floor.edit.{name}"))
        self._show()

    # What is seen

    def blocks(self) -> list[FieldBlock]:
        """The rooms of the plan, and whoever stands in none."""
        sight = self._sight
        there = {seat_number(seat): seat.key for seat in sight.seats()} if sight is not None else {}
        made = [self._block(hall, there) for hall in self.steps.now.halls]
        placed = {seat for hall in self.steps.now.halls for seat in hall.seats.values()}
        loose = tuple(key for number, key in sorted(there.items()) if number not in placed)
        if loose:
            made.append(FieldBlock(self.words("floor.edit.loose"), str(len(loose)), loose))
        return made

    def _block(self, hall: Hall, there: dict[str, str]) -> FieldBlock:
        standing = [(there[seat], at) for at, seat in sorted(hall.seats.items(), key=_by_row) if seat in there]
        return FieldBlock(
            self.words.name(hall), str(len(standing)), tuple(key for key, _ in standing), hall.id,
            tuple(at for _, at in standing), hall.column, hall.line, hall.columns, hall.lines,
        )  # fmt: skip

    def _show(self) -> None:
        if self._sight is None or not self.isVisible():
            return
        self.field.set_blocks(self.blocks(), self.words("floor.no_seats"))
        self._show_buttons()
        text, tone = self._told()
        self.note.setProperty("tone", tone)
        self.note.style().unpolish(self.note)
        self.note.style().polish(self.note)
        set_text(self.note, text)

    def _told(self) -> tuple[str, str]:
        """What is to be said now, gravest first."""
        words = self.words
        given = self.orders.latest(PLACE) if self.orders is not None else None
        if given is not None and given.key == self._saved and self._sight is not None:
            text, tone = outcome(self._sight, given, words)
            return text, tone.value if tone is not Tone.CALM else ""
        if self._why:
            return words(self._why), "warn"
        if self.field.load is not None:
            column, line = self.field.load.to
            hall = planning.hall_of(self.steps.now, (column, line))
            room = words.name(hall) if hall is not None else words("floor.edit.outside")
            if hall is not None:  # as its people count: the first row of seats is the one under the room's name
                column, line = column - hall.column, max(0, line - hall.line - 1)
            return words("floor.edit.carrying", room=room, column=column + 1, line=line + 1), ""
        if self._is_outdated():
            return words("floor.edit.outdated"), "warn"
        return words("floor.edit.hint"), ""

    def _is_outdated(self) -> bool:
        layout = self._sight.entities.get(PLACE) if self._sight is not None else None
        return (layout.rev if isinstance(layout, Layout) else None) != self._expect

    def _why_not_save(self) -> str:
        sight = self._sight
        if sight is None or self.orders is None:
            return self.words("why.stale")
        if self.orders.waiting(PLACE):
            return self.words("floor.edit.waiting")
        if not self.steps.changed:
            return self.words("floor.edit.unchanged")
        return refusal(sight, ORDER, self.words)

    def _show_buttons(self) -> None:
        room = self._room()
        why = {
            "undo": "" if self.steps.can_undo else self.words("floor.edit.no_step"),
            "redo": "" if self.steps.can_redo else self.words("floor.edit.no_step"),
            "rename": "" if room is not None else self.words("floor.edit.choose_room"),
            "remove": "" if room is not None else self.words("floor.edit.choose_room"),
            "save": self._why_not_save(),
        }
        for name, button in self.buttons.items():
            button.setEnabled(not why.get(name))
            button.setToolTip(why.get(name) or self.words(f"floor.edit.{name}_tip"))
            button.setAccessibleDescription(button.toolTip())

    def _room(self) -> Hall | None:
        """The room of the current seat; where there is only one, that one."""
        row = self.field.currentIndex().row()
        spot = self.field.spot_of(row) if row >= 0 else None
        halls = self.steps.now.halls
        if spot is not None:
            return planning.hall_of(self.steps.now, spot)
        empty = [hall for hall in halls if not hall.seats]
        return empty[-1] if empty else halls[0] if len(halls) == 1 else None

    # Hands

    def choose_kind(self, kind: What) -> None:
        """What is moved from now on: seats, rows or rooms."""
        self.field.what = kind
        for one, button in self.kinds.items():
            button.setChecked(one == kind)
        self._show()

    def _step(self, make: Callable[[], Plan]) -> None:
        try:
            self.steps.take(make())
        except Refusal as why:
            self._why = why.key
        else:
            self._why = ""
        self._saved = ""
        self._show()

    def _on_dropped(self, kind: str, begin: tuple[int, int], to: tuple[int, int]) -> None:
        now = self.steps.now
        if kind == "seat":
            seats = [key.partition(":")[2] for key in self.field.selected_keys()]
            current = self.field.chosen_key.partition(":")[2]
            if current:
                self._step(lambda: planning.move_seats(now, seats, current, to))
        elif kind == "row":
            self._step(lambda: planning.move_row(now, begin, to))
        else:
            hall = planning.hall_of(now, begin)
            if hall is not None:
                self._step(lambda: planning.move_room(now, hall.id, (to[0] - begin[0], to[1] - begin[1])))

    def _on_removed(self) -> None:
        seats = [key.partition(":")[2] for key in self.field.selected_keys()]
        self._step(lambda: planning.take_out(self.steps.now, seats))

    def warn(self, why: str) -> None:
        """Say why something cannot be done while somebody draws, by the key of its words."""
        self._why = why
        self._show()

    def undo(self) -> None:
        """One step back."""
        self.steps.undo()
        self._why = ""
        self._show()

    def redo(self) -> None:
        """One step forth again."""
        self.steps.redo()
        self._why = ""
        self._show()

    def add(self) -> None:
        """Ask for the names of one more room."""
        self._ask("", "", lambda zh, en: self._step(lambda: planning.add_room(self.steps.now, zh, en)))

    def rename(self) -> None:
        """Ask for other names of the room in which the current seat stands."""
        room = self._room()
        if room is not None:
            name = room.id
            self._ask(
                room.zh, room.en, lambda zh, en: self._step(lambda: planning.rename_room(self.steps.now, name, zh, en))
            )

    def _ask(self, zh: str, en: str, done: Callable[[str, str], None]) -> None:
        self.dialog = RoomName(self, self.words, zh, en)
        self.dialog.named.connect(done)
        self.dialog.open()

    def remove(self) -> None:
        """Take the room away in which the current seat stands; its seats stand in none then."""
        room = self._room()
        if room is not None:
            self._step(lambda: planning.remove_room(self.steps.now, room.id))

    def save(self) -> None:
        """Ask the gateway to keep it; it is done when the floor shows it."""
        if self._why_not_save() or self.orders is None:
            self._show()
            return
        rooms = msgspec.to_builtins(planning.rooms_of(self.steps.now))
        if len(msgspec.json.encode(rooms)) > LARGEST:
            self._why = "floor.edit.too_large"
        else:
            self._why = ""
            self._saved = self.orders.give(PLACE, ORDER, {"rooms": rooms}, expect={PLACE: self._expect})
        self._show()

    def cancel(self) -> None:
        """Leave everything as it was; what was drawn is given up only by a second press."""
        self.field.let_go()
        waits = self.orders is not None and self.orders.waiting(PLACE)
        if self.steps.can_undo and self._why != UNSAVED and not waits:
            self._saved = ""
            self.warn(UNSAVED)
            return
        self.left.emit()

    def _on_order_changed(self, place: str) -> None:
        given = self.orders.latest(PLACE) if self.orders is not None else None
        if place != PLACE or given is None or given.key != self._saved:
            return
        if given.phase == "done":
            self._saved = ""
            self.left.emit()
        else:
            self._show()


def _by_row(item: tuple[tuple[int, int], str]) -> tuple[int, int]:
    return item[0][1], item[0][0]
