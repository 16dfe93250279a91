"""What can be done with any table of the desk: copy it, write it as CSV, print it; one mechanism for all of them."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, QSize, Qt, Signal
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QAbstractItemView, QApplication, QDialog, QFileDialog, QWidget
from shiboken6 import isValid

from console.words import Words
from widgets.screens import fitting
from widgets.tables.print_sheet import PrintText, as_pdf, page_layout, print_sheet
from widgets.tables.sheet import Sheet, as_csv, as_text, sheet_of, write

log = logging.getLogger("console.hands.tables")

_UNSAFE = re.compile(r'[\s<>:"/\\|?*\x00-\x1f]+')


class Tables(QObject):
    """Knows the table that was used last, in the desk or in a dialog of it.

    Every view that gets the keyboard is given the actions, and a menu of them unless it has one of its own: a new table
    need not know of it.

    Signals: `told(str, object)` with the key of what is to be said and its values.
    """

    told = Signal(str, object)

    def __init__(self, window: QWidget, words: Words) -> None:
        super().__init__(window)
        self._window, self.words = window, words
        self.windows: list[QWidget] = [window]
        """The desk's window, and the second one where there is one."""
        self.actions: Sequence[QAction] = ()
        self.view: QAbstractItemView | None = None
        self.note: Callable[[], str] = str
        """What stands beneath the title of a printed table: whose floor, and when."""
        self.stamp: Callable[[], str] = str
        """The moment, for the name of a file."""
        self.open: QDialog | None = None
        """The dialog that is open now."""
        self._printer: QObject | object | None = None
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._on_focus_changed)

    def _on_focus_changed(self, _: QWidget | None, now: QWidget | None) -> None:
        if isinstance(now, QAbstractItemView) and self._is_ours(now) and now.model() is not None:
            self.take(now)

    def _is_ours(self, view: QWidget) -> bool:
        """Whether a view lies in the desk's window or in a dialog of it; the list of a combo box is no table."""
        window: QWidget | None = view.window()
        if window is not None and window.windowFlags() & Qt.WindowType.Popup == Qt.WindowType.Popup:
            return False
        while window is not None and window not in self.windows:
            if isinstance(window, QFileDialog):
                return False
            window = window.parentWidget()
        return window is not None

    def take(self, view: QAbstractItemView) -> None:
        """Be about that table from now on."""
        self.view = view
        have = view.actions()
        for action in self.actions:
            if action not in have:
                view.addAction(action)
        plain = not any("contextMenuEvent" in vars(one) for one in type(view).__mro__ if _is_own(one))
        if plain and view.contextMenuPolicy() is Qt.ContextMenuPolicy.DefaultContextMenu:
            view.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)

    def why_not(self) -> str:
        """Why nothing can be done with a table now."""
        if self.view is None or not isValid(self.view) or not self.view.isVisible():
            return self.words("why.no_table")
        return "" if self.view.model().rowCount() else self.words("why.empty_table")

    # Deeds

    def copy(self) -> None:
        """The chosen rows, or all where none is chosen, as text with tabs."""
        if self.view is not None and self.view.selectionModel().hasSelection():
            self._copy()
        else:
            self._when_whole(self._copy)

    def export(self) -> None:
        """All rows as CSV, into a file that is asked for; one that exists is only replaced when that was confirmed."""
        self._when_whole(self._export)

    def pdf(self) -> None:
        """All rows as PDF, into a file that is asked for."""
        self._when_whole(self._pdf)

    def print(self) -> None:
        """All rows on paper, after a look at the pages."""
        self._when_whole(self._print)

    def _when_whole(self, deed: Callable[[], None]) -> None:
        """Do it with every row, also where a view has the rest brought only when somebody scrolls there."""
        view, bring = self.view, getattr(self.view, "whole", None)
        if callable(bring):
            bring(lambda: deed() if self.view is view else None)
        else:
            deed()

    def _copy(self) -> None:
        sheet = self._sheet(chosen=True)
        QGuiApplication.clipboard().setText(as_text(sheet))
        self.told.emit("table.copied", {"count": len(sheet.rows), "name": sheet.title})

    def _export(self) -> None:
        sheet = self._sheet()
        self._ask("CSV (*.csv)", "csv", sheet, lambda path: write(path, as_csv(sheet), replace=True))

    def _pdf(self) -> None:
        text = self._printed(self._sheet())
        self._ask("PDF (*.pdf)", "pdf", text, lambda path: write(path, as_pdf(text), replace=True))

    def _print(self) -> None:
        from PySide6.QtPrintSupport import QPrinter, QPrintPreviewDialog

        text = self._printed(self._sheet())
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setPageLayout(page_layout(text))
        printer.setDocName(text.title)
        preview = QPrintPreviewDialog(printer, self._window)
        preview.setWindowTitle(self.words("table.preview", name=text.title))
        preview.paintRequested.connect(lambda device: print_sheet(text, device))
        preview.resize(fitting(QSize(960, 720), self._window))
        self._printer = printer  # the preview does not own it
        self._show(preview)

    def _sheet(self, *, chosen: bool = False) -> Sheet:
        assert self.view is not None
        return sheet_of(self.view, chosen=chosen)

    def _printed(self, sheet: Sheet) -> PrintText:
        words = self.words
        return PrintText(
            sheet.title, sheet.headings, sheet.rows, note=self.note(),
            page=lambda page, pages: words("table.page", page=page, pages=pages), empty=words("table.no_rows"),
        )  # fmt: skip

    def _ask(self, kind: str, suffix: str, sheet: Sheet, keep: Callable[[Path], None]) -> None:
        """Ask where to; the dialog itself asks before something is replaced."""
        dialog = QFileDialog(self._window, self.words("table.save", name=sheet.title))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter(kind)
        dialog.setDefaultSuffix(suffix)
        labels = QFileDialog.DialogLabel
        for part, key in ((labels.LookIn, "folder"), (labels.FileName, "file"), (labels.FileType, "kind")):
            dialog.setLabelText(part, self.words(f"table.{key}"))
        dialog.selectFile(f"{_UNSAFE.sub('-', sheet.title)}-{self.stamp()}.{suffix}")
        dialog.fileSelected.connect(lambda name: self._keep(Path(name), keep))
        self._show(dialog)

    def _keep(self, path: Path, keep: Callable[[Path], None]) -> None:
        try:
            keep(path)
        except OSError as trouble:
            log.warning("a table could not be written to a file (%s)", trouble.strerror)
            self.told.emit("table.failed", {"path": str(path), "reason": trouble.strerror or str(trouble)})
        else:
            self.told.emit("table.kept", {"path": str(path)})

    def _show(self, dialog: QDialog) -> None:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.open = dialog
        dialog.finished.connect(self._on_finished)
        dialog.open()

    def _on_finished(self) -> None:
        self.open = None


def _is_own(one: type) -> bool:
    return not one.__module__.startswith(("PySide6", "Shiboken", "builtins"))
