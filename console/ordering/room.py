"""Where every panel gives its orders: at once, or after a look at what they do; and the list of all that were given."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from console.ordering.deeds import UNDO, Deed
from console.ordering.move import MoveForm
from console.ordering.notice import NoticeForm, Reader
from console.ordering.panel import OrdersPage
from console.ordering.review import Review
from console.ordering.sheet import DeedForm, Sheet
from console.orders import Orders
from console.questions import Questions
from console.sight import Sight
from console.words import Words
from feeds.entities import Seat
from widgets.palette import Palette

F = TypeVar("F", bound=DeedForm)
T = TypeVar("T", bound=Sheet)


class Ordering(QObject):
    """Gives deeds, with a review where there is something to look at first.

    Signals: `opened(QDialog)` with a dialog of orders that was opened, `refused(str)` with what was asked for and why
    it cannot be done any more.
    """

    opened = Signal(object)
    refused = Signal(str)

    def __init__(self, orders: Orders, questions: Questions, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.orders, self.questions = orders, questions
        self.words = Words()
        self.colours: Palette | None = None
        self.sight: Sight | None = None
        self._sheets: list[Sheet] = []

    def set_look(self, words: Words, palette: Palette) -> None:
        """Speak and look like this from now on."""
        self.words, self.colours = words, palette
        for sheet in self._sheets:
            sheet.set_look(words, palette)

    def look_at(self, sight: Sight) -> None:
        """See the floor as it is now, in every dialog that is open."""
        self.sight = sight
        for sheet in self._sheets:
            sheet.look_at(sight)

    def ask(self, deed: Deed, near: QWidget) -> Review | None:
        """Give a deed, after a review if it wants one; the dialog lies over the window of `near`."""
        if self.sight is None or self.colours is None or not deed.targets:
            return None
        if not deed.reviewed(self.sight):
            for target in deed.targets:
                self.orders.give(target.place, deed.name, target.args)
            return None
        made = Review(deed, self.orders, self.questions, self.words, self.colours, self.sight, near.window())
        return self._open(made)

    def undo(self, place: str, order: str) -> None:
        """Take back an order of ours."""
        self.orders.give(place, UNDO, {"order": order})

    def move(self, seats: tuple[Seat, ...], near: QWidget) -> MoveForm | None:
        """Have somebody choose other queues for seats."""
        if self.sight is None or self.colours is None or not seats:
            return None
        made = MoveForm(seats, self.questions, self.words, self.colours, self.sight, near.window())
        return self.ask_first(made, near)

    def notice(self, readers: tuple[Reader, ...], near: QWidget) -> NoticeForm | None:
        """Have somebody write a notice to one of those readers."""
        if self.sight is None or self.colours is None:
            return None
        made = NoticeForm(readers, self.words, self.colours, self.sight, near.window())
        return self.ask_first(made, near)

    def page(self, near: QWidget) -> OrdersPage | None:
        """Show the list of all orders of this desk."""
        if self.sight is None or self.colours is None:
            return None
        return self._open(OrdersPage(self.orders, self.words, self.colours, self.sight, near.window()))

    def ask_first(self, form: F, near: QWidget) -> F:
        """Open a form, then have its deed reviewed; who gives the review up is in the form again, as it was left."""
        form.wanted.connect(lambda deed: self._go_on(form, deed, near))
        return self._open(form)

    def _go_on(self, form: DeedForm, deed: Deed, near: QWidget) -> None:
        review = self.ask(deed, near)
        if review is None:
            form.accept()
        else:
            review.finished.connect(lambda _: form.come_back() if review.giving is None else form.accept())

    def _open(self, made: T) -> T:
        self._sheets.append(made)
        made.finished.connect(lambda _: self._close(made))
        if isinstance(made, OrdersPage):  # it may stand beside the work
            made.show()
        else:
            made.open()
        self.opened.emit(made)
        return made

    def _close(self, sheet: Sheet) -> None:
        if sheet in self._sheets:
            self._sheets.remove(sheet)
        sheet.deleteLater()
