"""What the desk's panels have in common: a head, a look that can change, and no work while nobody sees them."""

from __future__ import annotations

import logging
from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from console.sight import Sight
from console.words import Words
from widgets import enter
from widgets.fact_grid import label, set_text
from widgets.focus import draw_focus
from widgets.hatch import Hatch
from widgets.palette import Palette
from widgets.panel_head import PanelHead

log = logging.getLogger("console.panels")


class Panel(QWidget):
    """A feature's part of the desk; subclasses say its name, dress their widgets and present what is seen.

    Hidden, it only keeps what it was told; shown, it presents all of it at once.
    """

    name = ""
    """The feature's word: `floor`. Its title is `<name>.title`."""
    icon = ""
    closes = True
    unseen: frozenset[str] = frozenset()
    """Kinds of entities (`seat`) that it shows nothing of at once: when only such change it looks with the next second.

    It is for panels that would present the same again for each of a thousand seats; what runs, runs by the second."""
    still = False
    """Whether nothing may blink or slide; set before the look is."""

    def __init__(self, words: Words, palette: Palette) -> None:
        super().__init__()
        self.setObjectName("panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.words, self.colours = words, palette
        self.sight: Sight | None = None
        self._unnoticed: Exception | None = None
        """What went wrong with the last notice."""
        self.head = PanelHead(palette, closes=self.closes)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(0, 0, 0, 8)
        self.body.setSpacing(0)
        self._veil: Hatch | None = None
        self.trouble = label(wraps=True)
        self.trouble.setProperty("tone", "critical")
        self.trouble.setContentsMargins(14, 4, 14, 4)
        self.trouble.hide()
        self.body.addWidget(self.trouble)

    def set_look(self, words: Words, palette: Palette, *, stale: bool) -> None:
        """Speak and look like this from now on; `palette` has lost its hue already where the values are old."""
        self.words, self.colours = words, palette
        self.head.set_colours(palette)
        self.setAccessibleName(words(f"{self.name}.title"))
        self.head.set_title(
            words(f"{self.name}.title"),
            words.sub(f"{self.name}.title"),
            words("desk.close", name=words(f"{self.name}.title")),
        )
        if self._veil is None:
            self._veil = Hatch(palette, self)
        self._veil.set_look(palette)
        self.dress()
        self._veil.set_stale(stale)
        self.present_now()

    def look_at(self, sight: Sight) -> None:
        """See the floor as it is now."""
        self.sight = sight
        self._unnoticed = self._tried(self.notice, sight)
        if self.isVisible():
            self._judge(self._tried(self.present, sight))
        elif self._unnoticed is not None:
            self._fail(self._unnoticed)

    def present_now(self) -> None:
        """Present again what was seen last."""
        if self.sight is not None and self.isVisible():
            self._judge(self._tried(self.present, self.sight))

    def _tried(self, part: Callable[[Sight], None], sight: Sight) -> Exception | None:
        """What went wrong with a part of a look: one panel's trouble stops neither the others nor the desk's clock."""
        try:
            part(sight)
        except Exception as error:
            return error
        return None

    def _judge(self, error: Exception | None) -> None:
        error = error or self._unnoticed
        if error is not None:
            self._fail(error)
        elif self.trouble.isVisibleTo(self):
            log.info("the panel %s presents again", self.name)
            self.trouble.hide()

    def _fail(self, error: Exception) -> None:
        """Say in place that what is below may be wrong; the other panels live on."""
        if not self.trouble.isVisibleTo(self):
            log.error("the panel %s failed", self.name, exc_info=error)
            self._write_down(error)
        set_text(self.trouble, self.words("desk.panel_failed"))
        self.trouble.show()

    def _write_down(self, error: Exception) -> None:
        """Keep for the next start what is needed to understand it."""
        from console.reports import store

        sight = self.sight
        about = {
            "language": self.words.language,
            "theme": self.colours.name,
            "size": f"{self.width()}x{self.height()}",
            "pixel ratio": f"{self.devicePixelRatioF():g}",
            "entities": len(sight.entities) if sight is not None else 0,
            "stale": sight.stale if sight is not None else None,
            "link": sight.link.phase if sight is not None else "",
            "sources": ", ".join(f"{one.id} {one.mode}" for one in sight.sources.values()) if sight is not None else "",
        }
        try:
            store.write(f"panel-{self.name}", error, about)
        except Exception:
            log.exception("a crash report could not be written")

    def take_keyboard(self) -> None:
        """Take the keyboard to where a hand wants it first."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def dress(self) -> None:
        """Give words and colours to the widgets; a panel that has none of its own need not."""

    def notice(self, sight: Sight) -> None:
        """Do what has to be done although nobody sees the panel; most have nothing of that kind."""

    def present(self, sight: Sight) -> None:
        """Show what is seen; a panel that shows nothing of the floor need not."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not enter.presses(event):
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """With a frame while it has the keyboard itself, because nothing in it takes any."""
        super().paintEvent(event)
        if self.hasFocus():
            painter = QPainter(self)
            try:
                draw_focus(painter, self.rect().adjusted(0, self.head.height(), 0, 0), self.colours)
            finally:
                painter.end()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.present_now()
