"""The dialog of crash reports: read one, copy it for a maintainer, delete one or all."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)  # fmt: skip

from console.reports import store
from console.reports.present import line
from console.words import Words
from widgets.fact_grid import label, set_text
from widgets.screen_dialog import ScreenDialog

SIZE = (820, 520)


class ReportsDialog(ScreenDialog):
    """All reports on the left, the chosen one on the right."""

    def __init__(self, parent: QWidget, words: Words) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(words("reports.title"))
        self.resize(*SIZE)
        self._words = words
        self.list, self.text, self.told = QListWidget(), QPlainTextEdit(), label()
        self.copy, self.delete = QPushButton(words("reports.copy")), QPushButton(words("reports.delete"))
        self.delete_all, self.leave = QPushButton(words("reports.delete_all")), QPushButton(words("reports.close"))
        self.list.setAccessibleName(words("reports.title"))
        self.text.setAccessibleName(words("reports.text"))
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.leave.setDefault(True)
        self._build()
        self.list.currentItemChanged.connect(lambda _=None: self._show())
        self.copy.clicked.connect(self._on_copy)
        self.delete.clicked.connect(self._on_delete)
        self.delete_all.clicked.connect(self._on_delete_all)
        self.leave.clicked.connect(self.accept)
        self._fill()

    def _build(self) -> None:
        about = label(wraps=True)
        about.setText(self._words("reports.about"))
        middle = QHBoxLayout()
        self.list.setFixedWidth(330)
        middle.addWidget(self.list)
        middle.addWidget(self.text, 1)
        row = QHBoxLayout()
        row.addWidget(self.delete)
        row.addWidget(self.delete_all)
        row.addWidget(self.told)
        row.addStretch(1)
        row.addWidget(self.copy)
        row.addWidget(self.leave)
        column = QVBoxLayout(self)
        column.setSpacing(10)
        column.addWidget(about)
        column.addLayout(middle, 1)
        column.addLayout(row)

    def _fill(self) -> None:
        self.list.clear()
        for report in store.listed():
            item = QListWidgetItem(line(report, self._words))
            item.setData(Qt.ItemDataRole.UserRole, report.name)
            self.list.addItem(item)
        if self.list.count():
            self.list.setCurrentRow(0)
        self._show()

    @property
    def chosen(self) -> str:
        """The chosen report's name; empty when there is none."""
        item = self.list.currentItem()
        return "" if item is None else str(item.data(Qt.ItemDataRole.UserRole))

    def _show(self) -> None:
        self.text.setPlainText(store.text_of(self.chosen) if self.chosen else self._words("reports.none"))
        for button in (self.copy, self.delete, self.delete_all):
            button.setEnabled(bool(self.chosen))

    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self.text.toPlainText())
        set_text(self.told, self._words("reports.copied"))

    def _on_delete(self) -> None:
        self._tell(store.delete(self.chosen))
        self._fill()

    def _on_delete_all(self) -> None:
        deleted = [store.delete(report.name) for report in store.listed()]
        self._tell(all(deleted))
        self._fill()

    def _tell(self, deleted: bool) -> None:
        set_text(self.told, self._words("reports.deleted" if deleted else "reports.not_deleted"))
