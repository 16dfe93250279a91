"""The page on which somebody chooses a floor: demo, gateway or recording; says in place why one cannot be shown."""

from __future__ import annotations

from msgspec.structs import replace
from PySide6.QtCore import QLocale, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QIcon, QKeyEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLayout,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)  # fmt: skip

from console import looks, theme
from console.entry.child import ChildGateway
from console.entry.forms import DemoForm, Form, GatewayForm, RecordingForm
from console.entry.present import KINDS, Trouble
from console.entry.reaching import Reaching
from console.entry.store import Connection
from console.feeding import Address
from console.looks import Look
from console.machine.qt_words import speak
from console.words import LANGUAGES, Words
from widgets import enter
from widgets.desk_style import style_sheet
from widgets.fact_grid import label, set_text
from widgets.following_area import FollowingArea
from widgets.icons import icon_pixmap
from widgets.screens import room_of

ICONS = {"demo": "simulator", "gateway": "feed", "recording": "replay"}
WIDTH = 660
SIZE = QSize(760, 600)


def usual_language() -> str:
    """The language of whoever has chosen none and has seen no site yet: the system's, as far as the house speaks it."""
    chinese = QLocale.system().language() is QLocale.Language.Chinese
    return "zh_CN" if chinese else "en"


class EntryPage(QWidget):
    """A window of its own, before there is a floor to show.

    Signals: `entered(Connection, Address)` when the floor answers; `child` is then the gateway that was started for
    it, if one was. `left()` when somebody closed the page.
    """

    entered = Signal(object, object)
    left = Signal()

    def __init__(self, look: Look, connection: Connection | None = None) -> None:
        super().__init__()
        self.setObjectName("desk")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setWindowTitle("Watchfloor")
        self.look = look
        self.words = Words(look.language or usual_language())
        self.child: ChildGateway | None = None
        self.resume_at = ""
        """Where the first floor of our own that is tried goes on, instead of at its beginning."""
        self._connection = connection or Connection()
        self._reaching: Reaching | None = None
        self._trouble: Trouble | None = None
        self.title, self.about = label("name"), label(wraps=True)
        self.kinds: dict[str, QToolButton] = {}
        self.forms: dict[str, Form] = {"demo": DemoForm(), "gateway": GatewayForm(), "recording": RecordingForm()}
        self.stack = QStackedWidget()
        self.trouble, self.advice, self.detail = label(wraps=True), label(wraps=True), label("note", wraps=True)
        self.progress, self.doing = QProgressBar(), label()
        self.language, self.enter, self.leave = QPushButton(), QPushButton(), QPushButton()
        self._build()
        self.choose(self._connection.kind)
        for name, form in self.forms.items():
            form.fill(self._connection if name == self._connection.kind else Connection())
        self._dress()
        self.resize(SIZE.boundedTo(room_of(self).size()))

    @property
    def keeps_token(self) -> bool:
        """Whether somebody wants the token to be kept."""
        form = self.forms["gateway"]
        return isinstance(form, GatewayForm) and form.keep.isChecked()

    # Parts

    def _build(self) -> None:
        column = QVBoxLayout()
        column.setSpacing(12)
        column.addWidget(self.title)
        column.addWidget(self.about)
        column.addSpacing(4)
        column.addLayout(self._kind_row())
        frame = QFrame()
        frame.setProperty("part", "count")
        inside = QVBoxLayout(frame)
        inside.setContentsMargins(18, 16, 18, 16)
        for name in KINDS:
            self.stack.addWidget(self.forms[name])
        inside.addWidget(self.stack)
        column.addWidget(frame)
        column.addLayout(self._trouble_box())
        column.addStretch(1)
        page, middle = QWidget(), QWidget()
        page.setLayout(column)
        column.setContentsMargins(0, 0, 0, 0)
        scroll = FollowingArea()
        scroll.setProperty("part", "plain")
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(page)
        page.setAutoFillBackground(False)
        self.area = scroll
        inside = QVBoxLayout(middle)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(12)
        inside.addWidget(scroll, 1)
        inside.addLayout(self._foot())
        middle.setMaximumWidth(WIDTH)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(28, 28, 28, 24)
        whole.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        whole.addStretch(1)
        whole.addWidget(middle, 100)
        whole.addStretch(1)

    def _kind_row(self) -> QHBoxLayout:
        row, group = QHBoxLayout(), QButtonGroup(self)
        row.setSpacing(10)
        for name in KINDS:
            button = QToolButton()
            button.setProperty("part", "kind")
            button.setCheckable(True)
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            button.setIconSize(QSize(22, 22))
            button.setSizePolicy(self.enter.sizePolicy().Policy.Expanding, self.enter.sizePolicy().Policy.Fixed)
            button.clicked.connect(lambda _=False, name=name: self.choose(name))
            group.addButton(button)
            row.addWidget(button, 1)
            self.kinds[name] = button
        return row

    def _trouble_box(self) -> QVBoxLayout:
        self.trouble.setProperty("tone", "warn")
        self.detail.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.progress.setRange(0, 0)
        self.progress.setTextVisible(False)
        self.progress.setFixedHeight(6)
        box = QVBoxLayout()
        box.setSpacing(4)
        for widget in (self.trouble, self.advice, self.detail, self.doing, self.progress):
            widget.hide()
            box.addWidget(widget)
        return box

    def _foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addWidget(self.language)
        row.addStretch(1)
        row.addWidget(self.leave)
        row.addWidget(self.enter)
        self.enter.setProperty("part", "primary")
        self.leave.setProperty("part", "big")
        self.language.setProperty("part", "big")
        self.enter.setDefault(True)
        self.enter.clicked.connect(self.go)
        self.leave.clicked.connect(self._on_leave)
        self.language.clicked.connect(self._on_language)
        return row

    # Look

    def _dress(self) -> None:
        words, colours = self.words, theme.palette(looks.palette_name(self.look, theme.system()))
        speak(words.language)  # the dialog that chooses a file is Qt's own
        self.setStyleSheet(style_sheet(colours))
        self.title.setText(words("entry.title"))
        self.about.setText(words("entry.about"))
        for name, button in self.kinds.items():
            button.setText(f" {words(f'entry.{name}')}")
            button.setAccessibleDescription(words(f"entry.{name}.tip"))
            button.setToolTip(words(f"entry.{name}.tip"))
            button.setIcon(QIcon(icon_pixmap(ICONS[name], 22, colours.hi, 2.0)))
            self.forms[name].dress(words, colours)
        other = next(name for name in LANGUAGES if name != words.language)
        self.language.setText(Words(other)(f"desk.language.{other}"))
        self.language.setAccessibleName(self.language.text())
        self._show_state()

    def _on_language(self) -> None:
        other = next(name for name in LANGUAGES if name != self.words.language)
        self.look = replace(self.look, language=other)
        self.words = Words(other)
        self._trouble = None  # it is written in the other language; the next try says it anew
        self._dress()

    def choose(self, kind: str) -> None:
        """Show the form of that kind."""
        self.stop()
        self.kinds[kind].setChecked(True)
        self.stack.setCurrentWidget(self.forms[kind])
        self._trouble = None
        self._show_state()

    # Trying

    def taken(self) -> Connection:
        """What is chosen and filled in now."""
        form = self.stack.currentWidget()
        assert isinstance(form, Form)
        return form.taken()

    def go(self) -> None:
        """Try to reach the floor."""
        self.stop()
        self._trouble = None
        self._reaching = Reaching(self.taken(), self.words, self, resume_at=self.resume_at)
        self.resume_at = ""
        self._reaching.reached.connect(self._on_reached)
        self._reaching.failed.connect(self.tell)
        self._reaching.counting.connect(self._on_counting)
        self._show_state()
        self._reaching.start()

    def stop(self) -> None:
        """Try no more."""
        reaching, self._reaching = self._reaching, None
        if reaching is not None:
            reaching.blockSignals(True)
            reaching.stop()
            reaching.deleteLater()
            self._show_state()

    def tell(self, trouble: Trouble) -> None:
        """Say why it does not work, and have the keyboard where it can be mended."""
        self.stop()
        self._trouble = trouble
        self._show_state()
        form = self.stack.currentWidget()
        field = form.fields.get(trouble.field) if isinstance(form, Form) else None
        (field or self.enter).setFocus()
        QTimer.singleShot(0, self, lambda: self.area.ensureWidgetVisible(self.detail))
        if isinstance(field, QLineEdit):
            field.selectAll()

    def _on_counting(self, code: str, percent: int) -> None:
        set_text(self.doing, self.words(f"said.{code}", percent=percent))
        self.progress.setRange(0, 100)
        self.progress.setValue(percent)
        self.progress.show()

    def _on_reached(self, address: Address) -> None:
        reaching, self._reaching = self._reaching, None
        assert reaching is not None
        self.child = reaching.stop(keep_child=True)
        connection = reaching.connection
        reaching.deleteLater()
        self._show_state()
        self.entered.emit(connection, address)

    def _show_state(self) -> None:
        busy, trouble = self._reaching is not None, self._trouble
        self.doing.setVisible(busy)
        self.progress.setRange(0, 0)
        self.progress.setVisible(busy and not looks.is_still(self.look, theme.system()))
        set_text(self.doing, self.words(f"entry.doing.{self.taken().kind}") if busy else "")
        parts = (trouble.title, trouble.advice, trouble.detail) if trouble is not None else ("", "", "")
        for widget, text in zip((self.trouble, self.advice, self.detail), parts, strict=True):
            set_text(widget, text)
            widget.setVisible(bool(text) and not busy)
        self.trouble.setAccessibleName(f"{parts[0]}. {parts[1]}" if trouble is not None else "")
        self.enter.setEnabled(not busy)
        self.stack.setEnabled(not busy)
        self.enter.setText(self.words("entry.enter"))
        self.leave.setText(self.words("entry.stop" if busy else "entry.leave"))

    def _on_leave(self) -> None:
        if self._reaching is not None:
            self.stop()
        else:
            self.close()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses a button that has the keyboard and else tries, Escape stops trying."""
        if isinstance(self.focusWidget(), QPushButton) and enter.presses(event):
            return
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.enter.isEnabled():
            self.go()
        elif event.key() == Qt.Key.Key_Escape and self._reaching is not None:
            self.stop()
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.stop()
        event.accept()
        self.left.emit()
