"""A small question for a name, which says in place why one will not do."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from console.words import Words
from widgets.fact_grid import label, set_text


class NameDialog(QDialog):
    """Asks for a name until one will do or nobody wants to give one any more."""

    def __init__(self, parent: QWidget, words: Words, name: str, use: Callable[[str], str], longest: int) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("desk")
        self.setWindowTitle(words("layout.name_title"))
        self._words, self._use = words, use
        self.field, self.why = QLineEdit(name), label(wraps=True)
        self.good, self.bad = QPushButton(words("layout.name_good")), QPushButton(words("layout.name_bad"))
        title = label()
        title.setText(words("layout.name"))
        title.setBuddy(self.field)
        self.field.setAccessibleName(words("layout.name"))
        self.field.setMaxLength(longest)
        self.field.setMinimumWidth(280)
        self.field.selectAll()
        self.why.setProperty("tone", "warn")
        self.why.hide()
        self.good.setDefault(True)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.bad)
        row.addWidget(self.good)
        column = QVBoxLayout(self)
        for part in (title, self.field, self.why):
            column.addWidget(part)
        column.addSpacing(8)
        column.addLayout(row)
        self.good.clicked.connect(self._on_good)
        self.bad.clicked.connect(self.reject)
        self.field.textEdited.connect(self.why.hide)

    def _on_good(self) -> None:
        refusal = self._use(self.field.text())
        if refusal:
            set_text(self.why, self._words(refusal))
            self.why.show()
            self.field.setFocus()
        else:
            self.accept()
