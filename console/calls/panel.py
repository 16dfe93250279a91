"""The menu of what can be ordered for calls, and the form that asks where to, ahead of whom or to which number."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QMenu, QWidget

from console.calls.present import (
    HANGUP,
    REDIRECT,
    REQUEUE,
    about,
    actions,
    argument_refusal,
    calls_of,
    deed,
    queue_choices,
    title,
    why_not,
)  # fmt: skip
from console.ordering.deeds import Deed
from console.ordering.room import Ordering
from console.ordering.sheet import DeedForm
from console.sight import Sight
from console.words import Words
from feeds.rules.commands import HIGHEST_PRIORITY
from widgets.choice_button import ChoiceButton
from widgets.fact_grid import label, set_text
from widgets.icons import icon_pixmap
from widgets.menus import unmarked
from widgets.number_field import NumberField
from widgets.palette import Palette
from widgets.tips import plain

SIZE = QSize(440, 190)


class CallForm(DeedForm):
    """What an order for calls still needs to know."""

    def __init__(
        self, order: str, keys: tuple[str, ...], words: Words, palette: Palette, sight: Sight, parent: QWidget
    ) -> None:
        super().__init__(words, palette, sight, parent)
        self.order, self.keys = order, keys
        self.queue, self.number, self.priority = ChoiceButton(room=260), QLineEdit(), NumberField()
        self.prompt = label("label", wraps=True)
        self.field: QWidget = {REQUEUE: self.queue, REDIRECT: self.number}.get(order, self.priority)
        self.body.addWidget(self.prompt)
        row = QHBoxLayout()
        row.addWidget(self.field)
        row.addStretch(1)
        self.body.addLayout(row)
        self.body.addStretch(1)
        self._dress()
        self.queue.picked.connect(lambda _: self.present())
        self.number.textChanged.connect(lambda _: self.present())
        for line in (self.number, self.priority.lineEdit()):
            line.returnPressed.connect(self.finish)
        self.resize(SIZE)
        self.field.setFocus()

    def _dress(self) -> None:
        words, prompt = self.words, self.words(f"calls.ask.{self.order.partition('.')[2]}")
        self.set_heading(title(self.sight, self.order, self.keys, words))
        set_text(self.prompt, prompt)
        self.number.setMaxLength(32)
        self.number.setFixedWidth(260)
        self.priority.setRange(0, HIGHEST_PRIORITY)
        self.priority.setValue(10)
        self.priority.setFixedWidth(110)
        self.queue.set_look(self.colours, prompt)
        self.queue.set_choices(queue_choices(self.sight, calls_of(self.sight, self.keys), words))
        for field in (self.number, self.priority):
            field.setAccessibleName(prompt)
        self.go.setText(words("calls.go"))

    @property
    def value(self) -> str | int:
        """What was chosen or written."""
        if self.order == REQUEUE:
            return self.queue.key
        return self.number.text().strip() if self.order == REDIRECT else self.priority.value()

    def present(self) -> None:
        why = why_not(self.sight, self.order, self.keys, self.words)
        why = why or argument_refusal(self.order, str(self.value), self.words)
        self.set_why(why, can_go=not why)

    def deed(self) -> Deed:
        return deed(self.sight, self.order, self.keys, self.value, self.words)


class CallOrders:
    """Opens the menu and the form, and hands the deed to the room where orders are reviewed and followed."""

    def __init__(self, room: Ordering, near: QWidget) -> None:
        self.room, self.near = room, near
        self.form: CallForm | None = None

    def menu(self, keys: tuple[str, ...]) -> QMenu | None:
        """What can be done with those calls; what cannot says why."""
        sight, colours, words = self.room.sight, self.room.colours, self.room.words
        if sight is None or colours is None or not keys:
            return None
        menu = QMenu(self.near)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setToolTipsVisible(True)
        menu.addAction(unmarked(about(sight, keys, words))).setEnabled(False)
        for action in actions(sight, keys, words):
            colour = colours.hi if action.enabled else colours.low
            text = f"{action.label}  {action.why}" if action.why else action.label
            entry = menu.addAction(QIcon(icon_pixmap(action.icon, 18, colour, 2.0)), text)
            entry.setEnabled(action.enabled)
            entry.setToolTip(plain(action.why or action.label))
            entry.triggered.connect(partial(self.begin, action.key, keys))
        return menu

    def open_menu(self, keys: tuple[str, ...], place: QPoint) -> None:
        """Open the menu there."""
        menu = self.menu(keys)
        if menu is not None:
            menu.popup(place)

    def begin(self, order: str, keys: tuple[str, ...], *_: object) -> None:
        """Ask what is still to be known, then have the deed reviewed; say so where the caller is served meanwhile."""
        sight, colours, words = self.room.sight, self.room.colours, self.room.words
        if sight is None or colours is None:
            return
        if why := why_not(sight, order, keys, words):
            self.room.refused.emit(f"{words(f'order.{order}')}{words('order.colon')}{why}")
            return
        if order == HANGUP:
            self.room.ask(deed(sight, order, keys, "", words), self.near)
            return
        form = self.form = CallForm(order, keys, words, colours, sight, self.near.window())
        self.room.ask_first(form, self.near)
