"""The window of the handover sheet: which shift, the page as it will be printed, and the notes beside it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from msgspec.structs import replace
from PySide6.QtCore import QStandardPaths, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QPixmap, QResizeEvent
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLayout,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)  # fmt: skip

from console.handover import spans
from console.handover.asking import Asking
from console.handover.notes import NotesBox
from console.handover.page import WIDTH, Page, layout
from console.handover.present import sheet
from console.handover.spans import Span
from console.orders import Orders
from console.phrases.times import local, zone_named
from console.questions import Questions
from console.sight import Sight
from console.words import Words
from feeds.entities import Note
from feeds.requests import LONGEST_SHIFT_MS, JournalResult, ShiftResult
from widgets.choice_button import ChoiceButton
from widgets.desk_texts import Choice
from widgets.fact_grid import label, set_text
from widgets.palette import Palette
from widgets.screen_dialog import ScreenDialog

SIDE = 390
LOOK_MS = 1000
AGAIN_MS = 30_000
"""A running shift is asked about again this often while the sheet is looked at."""
CHOSEN = "chosen"
FORM = "%Y-%m-%d %H:%M"


class HandoverDialog(ScreenDialog):
    """A sheet beside the notes; it asks while it is open and does nothing while it is not."""

    def __init__(
        self,
        parent: QWidget,
        words: Words,
        palette: Palette,
        questions: Questions,
        orders: Orders,
        look: Callable[[], Sight],
    ) -> None:
        super().__init__(parent)
        self.words, self.colours, self._look = words, palette, look
        self.spans: tuple[Span, ...] = ()
        self.page: Page | None = None
        self.said = ""
        self._told: tuple[Span, ShiftResult, JournalResult] | None = None
        self._notes: frozenset[tuple[str, int]] = frozenset()
        self._was_stale = False
        self._epoch = ""
        self.asking = Asking(questions, self)
        self.choice = ChoiceButton(room=SIDE)
        self.begin, self.end = QLineEdit(), QLineEdit()
        self.notes = NotesBox(words, palette, orders)
        self.state = label("note", wraps=True)
        self.preview = QLabel()
        self.preview.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self.area = QScrollArea()
        self.refresh, self.print_out, self.save, self.leave = (QPushButton() for _ in range(4))
        self._names = {name: label("label") for name in ("shift", "begin", "end")}
        self._second, self._again = QTimer(self), QTimer(self)
        self._lay_out()
        self._wire()

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for name, field in (("shift", self.choice), ("begin", self.begin), ("end", self.end)):
            self._names[name].setBuddy(field)
            form.addRow(self._names[name], field)
        side = QVBoxLayout()
        side.addLayout(form)
        side.addWidget(self.state)
        side.addWidget(self.notes, 1)
        left = QWidget()
        left.setFixedWidth(SIDE)
        left.setLayout(side)
        side.setContentsMargins(0, 0, 0, 0)
        self.area.setProperty("part", "page")
        self.area.setWidgetResizable(True)
        self.area.setWidget(self.preview)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        buttons = QHBoxLayout()
        buttons.addWidget(self.refresh)
        buttons.addStretch(1)
        for button in (self.save, self.print_out, self.leave):
            buttons.addWidget(button)
        for button in (self.refresh, self.save, self.print_out, self.leave):
            button.setAutoDefault(False)  # Enter in the note's list settles, and prints nothing
        right = QVBoxLayout()
        right.addWidget(self.area, 1)
        right.addLayout(buttons)
        whole = QHBoxLayout(self)
        whole.setSpacing(14)
        whole.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        whole.addWidget(left)
        whole.addLayout(right, 1)
        self.resize(1180, 860)

    def _wire(self) -> None:
        self.choice.picked.connect(self._on_picked)
        for edit in (self.begin, self.end):
            edit.editingFinished.connect(self._on_edited)
        self.refresh.clicked.connect(self.ask)
        self.save.clicked.connect(self._on_save)
        self.print_out.clicked.connect(self._on_print)
        self.leave.clicked.connect(self.close)
        self.asking.told.connect(self._on_told)
        self.asking.failed.connect(self._on_failed)
        self._second.timeout.connect(self._on_second)
        self._again.timeout.connect(self._on_again)

    # Look

    def set_look(self, words: Words, palette: Palette) -> None:
        """Speak and look like this from now on."""
        self.words, self.colours = words, palette
        self.setWindowTitle(words("handover.title"))
        self.choice.set_look(palette, words("handover.shift"))
        for name, field in (("shift", self.choice), ("begin", self.begin), ("end", self.end)):
            set_text(self._names[name], words(f"handover.{name}"))
            if field is not self.choice:
                field.setAccessibleName(words(f"handover.{name}"))
        self.preview.setAccessibleName(words("handover.preview"))
        self.area.setAccessibleName(words("handover.preview"))
        buttons = {"refresh": self.refresh, "pdf": self.save, "print": self.print_out, "close": self.leave}
        for name, button in buttons.items():
            button.setText(words(f"handover.{name}"))
        self.notes.set_look(words, palette)
        if self.isVisible():
            self._offer()
            self._rename()
            self._make()

    def _rename(self) -> None:
        """Call the span of the sheet that is shown what it is called now."""
        span = self.span()
        if self._told is not None and span is not None and span.key == self._told[0].key:
            self._told = (replace(self._told[0], name=span.name, label=span.label), *self._told[1:])

    def open_sheet(self) -> None:
        """Show the sheet of the running shift, between two shifts that of the last one; an open one stays as it is."""
        was_open, epoch = self.isVisible(), self._look().epoch
        if epoch != self._epoch:
            self._epoch = epoch
            self._forget()
        self.show()
        if QGuiApplication.platformName() != "offscreen":  # which knows no order of windows, and says so every time
            self.raise_()
            self.activateWindow()
        self._second.start(LOOK_MS)
        self._again.start(AGAIN_MS)
        self.notes.look_at(self._look())
        self._offer()
        if not was_open and self.spans:  # and not what somebody looked at hours ago
            self.choice.set_key(self.spans[0].key)
            self._show_ends()
        self.ask()

    def done(self, result: int) -> None:
        self._rest()
        super().done(result)

    def closeEvent(self, event: object) -> None:
        self._rest()
        super().closeEvent(event)  # type: ignore[arg-type]

    def _rest(self) -> None:
        self._second.stop()
        self._again.stop()
        self.asking.drop()

    # Which shift

    def _offer(self) -> None:
        """Offer the shifts of this moment; what was chosen stays chosen."""
        sight = self._look()
        if sight.site is None:
            self._say(self.words("handover.empty_floor"))
            return
        self.spans = spans.spans(sight.site, sight.now, self.words, year=sight.replayed)
        labels = [Choice(one.key, one.label) for one in self.spans]
        self.choice.set_choices([*labels, Choice(CHOSEN, self.words("handover.chosen"))])
        self._show_ends()

    def span(self) -> Span | None:
        """What the sheet is about now; None where that makes no sense."""
        sight = self._look()
        if sight.site is None:
            return None
        if self.choice.key != CHOSEN:
            return next((one for one in self.spans if one.key == self.choice.key), None)
        begin, end = (_moment(edit, sight) for edit in (self.begin, self.end))
        if begin is None or end is None or not 0 < end - begin <= LONGEST_SHIFT_MS:
            return None
        return spans.chosen(sight.site, begin, end, self.words, year=sight.replayed)

    def _show_ends(self) -> None:
        span, sight = self.span(), self._look()
        for edit in (self.begin, self.end):
            edit.setEnabled(self.choice.key == CHOSEN)
        if span is None or self.choice.key == CHOSEN:
            return
        for edit, at in ((self.begin, span.begin), (self.end, span.end)):
            edit.setText(f"{local(sight.site, at):{FORM}}")

    def _on_picked(self, _key: str) -> None:
        self._show_ends()
        self.ask()

    def _on_edited(self) -> None:
        if self.choice.key == CHOSEN:
            self.ask()

    # Asking

    def ask(self) -> None:
        """Ask the gateway for what the sheet is made of."""
        sight, span = self._look(), self.span()
        if sight.site is None or span is None:
            self._show_none("handover.ends_first" if sight.site is not None else "handover.empty_floor")
            return
        if span.begin >= sight.now:
            self._show_none("handover.not_begun")
            return
        if self._told is not None and self._told[0].key != span.key:
            self._forget()
        if self._told is None:
            self._say(self.words("handover.loading"))
        self.asking.ask(span, sight.now)

    def _show_none(self, why: str) -> None:
        """There is no sheet of what is chosen, and that of before is not called one."""
        self.asking.drop()
        self._forget()
        self._say(self.words(why))

    def _forget(self) -> None:
        """Show a page no longer that is of another time or of another history."""
        self._told, self.page = None, None
        self._show_page()

    def _on_told(self, span: Span, shift: ShiftResult, journal: JournalResult) -> None:
        self._told = span, shift, journal
        self._say("")
        self._make()

    def _on_failed(self, why: str) -> None:
        self._say(self.words("handover.failed", reason=why), tone="warn")
        self._make()

    def _on_second(self) -> None:
        sight = self._look()
        self.notes.look_at(sight)
        if not self.spans:
            self._offer()
            if self.spans:
                self.ask()
            return
        if sight.epoch != self._epoch:
            self._epoch = sight.epoch
            self._forget()
            self._offer()
            self.ask()
            return
        notes = frozenset((note.key, note.rev) for note in sight.entities.of(Note))
        if notes != self._notes and not sight.stale:
            self._notes = notes
            self.ask()
        elif sight.stale != self._was_stale:
            self._was_stale = sight.stale
            self._make()
            if not sight.stale:
                self.ask()

    def _on_again(self) -> None:
        """Keep up with a shift that goes on, its last minutes included, and offer the one that has begun meanwhile."""
        if self._look().stale:
            self._make()
            return
        self._offer()
        span = self.span()
        if span is not None and not self._is_whole(span) and not self.asking.busy:
            self.ask()

    def _is_whole(self, span: Span) -> bool:
        """Whether all of a span has been told."""
        told = self._told
        return told is not None and told[0].key == span.key and not span.moves and told[1].end >= span.end

    # The page

    def _make(self) -> None:
        """Lay the sheet out as it would be printed now: with its age, if that is worth a word."""
        if self._told is None:
            return
        made = sheet(*self._told, self._look(), self.words)
        self.page = Page(made) if made is not None else None
        self._show_page()

    def _show_page(self) -> None:
        for button in (self.print_out, self.save):
            button.setEnabled(self.page is not None)
            button.setToolTip("" if self.page is not None else self.words("handover.loading"))
        if self.page is None:
            self.preview.setPixmap(QPixmap())
            self.preview.setAccessibleDescription("")
            return
        ratio = self.devicePixelRatioF()
        scale = max(0.4, (self.area.viewport().width() - 8) / WIDTH)
        picture = QPixmap.fromImage(self.page.image(scale * ratio))
        picture.setDevicePixelRatio(ratio)
        self.preview.setPixmap(picture)
        self.preview.setAccessibleDescription(self.page.text)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_page()

    def _say(self, text: str, tone: str = "") -> None:
        self.said = text
        set_text(self.state, text)
        if self.state.property("tone") != tone:
            self.state.setProperty("tone", tone)
            self.state.style().unpolish(self.state)
            self.state.style().polish(self.state)

    # Paper

    def _on_save(self) -> None:
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        dialog = QFileDialog(self, self.words("handover.pdf"), folder, "PDF (*.pdf)")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("pdf")
        dialog.selectFile(self.file_name())
        dialog.fileSelected.connect(lambda file: self.save_as(Path(file)))
        dialog.open()

    def file_name(self) -> str:
        """What the PDF is called unless somebody says otherwise."""
        span, sight = self.span(), self._look()
        at = f"{local(sight.site, span.begin):%Y-%m-%d-%H%M}" if span is not None else ""
        return f"{self.words('handover.file')}-{at}.pdf"

    def save_as(self, path: Path) -> None:
        """Write the sheet as a PDF and say whether it is there."""
        self._make()
        written = self.page is not None and self.page.write_pdf(path)
        key = "handover.saved" if written else "handover.not_saved"
        self._say(self.words(key, path=path), tone="" if written else "warn")

    def _on_print(self) -> None:
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setPageLayout(layout())
        dialog = QPrintDialog(printer, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(lambda: self.print_on(printer))
        QDialog.open(dialog)  # its own wants a receiver's name

    def print_on(self, printer: QPrinter) -> None:
        """Print the sheet as it is now and say whether the printer took it."""
        self._make()
        printer.setFullPage(True)
        taken = self.page is not None and self.page.print_on(printer)
        key = "handover.printed" if taken else "handover.not_printed"
        self._say(self.words(key, printer=printer.printerName()), tone="" if taken else "warn")


def _moment(edit: QLineEdit, sight: Sight) -> int | None:
    """The moment in a field, which is local time of the floor, in UTC milliseconds; None when it is none."""
    try:
        there = datetime.strptime(edit.text().strip(), FORM)  # noqa: DTZ007 - its zone is the floor's
    except ValueError:
        return None
    zone = zone_named(sight.site.zone if sight.site is not None else "")
    return round(there.replace(tzinfo=zone).timestamp() * 1000)
