"""The fields of the page of floors: one form for each kind, all of them labelled."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import (
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QWidget,
)  # fmt: skip

from console.arguments import DEFAULT_GATEWAY
from console.entry.present import SPEEDS
from console.entry.store import Connection
from console.words import Words
from widgets.check_box import CheckBox
from widgets.choice_button import ChoiceButton
from widgets.desk_texts import Choice
from widgets.fact_grid import label
from widgets.palette import Palette


class Form(QWidget):
    """A form: labels on the left, fields on the right."""

    def __init__(self) -> None:
        super().__init__()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(14)
        self._grid.setVerticalSpacing(10)
        self._grid.setColumnStretch(1, 1)
        self._labels: dict[str, QLabel] = {}
        self.fields: dict[str, QWidget] = {}

    def add(self, name: str, field: QWidget, beside: QWidget | None = None) -> None:
        """Add a labelled field."""
        row = len(self.fields)
        text = label("label")
        text.setBuddy(field)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(field, 1)
        if beside is not None:
            line.addWidget(beside)
        self._grid.addWidget(text, row, 0)
        self._grid.addLayout(line, row, 1)
        self._labels[name], self.fields[name] = text, field

    def dress(self, words: Words, palette: Palette) -> None:
        """Speak that language and have those colours."""
        for name, text in self._labels.items():
            text.setText(words(f"entry.{name}"))
            if not isinstance(self.fields[name], ChoiceButton):  # which says what is chosen as well
                self.fields[name].setAccessibleName(words(f"entry.{name}"))
            self.fields[name].setToolTip(words(f"entry.{name}.tip"))

    def fill(self, connection: Connection) -> None:
        """Show what was chosen last."""

    def taken(self) -> Connection:
        """What stands in the fields."""
        raise NotImplementedError


class DemoForm(Form):
    """Nothing to fill in: a sentence of what will be seen."""

    def __init__(self) -> None:
        super().__init__()
        self.text = label(wraps=True)
        self._grid.addWidget(self.text, 0, 0, 1, 2)
        self._grid.setRowStretch(1, 1)

    def dress(self, words: Words, palette: Palette) -> None:
        self.text.setText(words("entry.demo.text"))

    def taken(self) -> Connection:
        return Connection("demo")


class GatewayForm(Form):
    """Address, token and, where the site has an authority of its own, its certificate."""

    def __init__(self) -> None:
        super().__init__()
        self.url, self.token, self.certificate = QLineEdit(), QLineEdit(), QLineEdit()
        self.choose, self.keep = QPushButton(), CheckBox()
        self.url.setPlaceholderText(DEFAULT_GATEWAY)
        self.token.setEchoMode(QLineEdit.EchoMode.Password)
        self.add("url", self.url)
        self.add("token", self.token)
        self._grid.addWidget(self.keep, 2, 1)
        self.fields["keep"] = self.keep
        self.add("certificate", self.certificate, self.choose)
        self._grid.setRowStretch(4, 1)
        self._title = ""
        self.choose.clicked.connect(self._on_choose)

    def dress(self, words: Words, palette: Palette) -> None:
        super().dress(words, palette)
        self._title = words("entry.certificate")
        self.keep.set_look(palette)
        self.keep.setText(words("entry.keep"))
        self.keep.setToolTip(words("entry.keep.tip"))
        self.choose.setText(words("entry.choose"))
        self.choose.setAccessibleName(f"{self._title}: {words('entry.choose')}")

    def fill(self, connection: Connection) -> None:
        self.url.setText(connection.url)
        self.token.setText(connection.token)
        self.keep.setChecked(bool(connection.token))
        self.certificate.setText(connection.certificate)

    def taken(self) -> Connection:
        url = self.url.text().strip() or DEFAULT_GATEWAY  # the one that stands faintly in an empty field
        token, file = self.token.text().strip(), self.certificate.text().strip()
        return Connection("gateway", url=url, token=token, certificate=file)

    def _on_choose(self) -> None:
        _choose(self, self._title, self.certificate, "*.pem *.crt *.cer")


class RecordingForm(Form):
    """Which file, from which time on, how fast."""

    def __init__(self) -> None:
        super().__init__()
        self.file, self.at, self.speed, self.choose = QLineEdit(), QLineEdit(), ChoiceButton(), QPushButton()
        self.add("file", self.file, self.choose)
        self.add("at", self.at)
        self.add("speed", self.speed)
        self._grid.setRowStretch(3, 1)
        self._title = ""
        self.choose.clicked.connect(self._on_choose)

    def dress(self, words: Words, palette: Palette) -> None:
        super().dress(words, palette)
        self._title = words("entry.file")
        self.speed.set_look(palette, words("entry.speed"))
        self.at.setPlaceholderText(words("entry.at.example"))
        self.choose.setText(words("entry.choose"))
        self.choose.setAccessibleName(f"{self._title}: {words('entry.choose')}")
        self.speed.set_choices([Choice(str(speed), words("entry.speed.times", speed=speed)) for speed in SPEEDS])

    def fill(self, connection: Connection) -> None:
        self.file.setText(connection.file)
        self.at.setText(connection.at)
        self.speed.set_key(str(connection.speed if connection.speed in SPEEDS else SPEEDS[0]))

    def taken(self) -> Connection:
        file, at = self.file.text().strip(), self.at.text().strip().replace(" ", "T")
        return Connection("recording", file=file, at=at, speed=int(self.speed.key or 1))

    def _on_choose(self) -> None:
        _choose(self, self._title, self.file, "*.floor")


def _choose(parent: QWidget, title: str, field: QLineEdit, pattern: str) -> None:
    """Ask for a file; the field has it when somebody chose one."""
    folder = str(Path(field.text()).parent) if field.text() else ""
    dialog = QFileDialog(parent, title, folder, f"{title} ({pattern})")
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.setNameFilters([f"{title} ({pattern})", "* (*)"])
    dialog.fileSelected.connect(field.setText)
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
