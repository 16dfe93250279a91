"""What the desk's panels have in common: a head, a look that can change, and no work while nobody sees them."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from console.sight import Sight
from console.words import Words
from widgets.hatch import Hatch
from widgets.palette import Palette
from widgets.panel_head import PanelHead


class Panel(QWidget):
    """A feature's part of the desk; subclasses say its name, dress their widgets and present what is seen.

    Hidden, it only keeps what it was told; shown, it presents all of it at once.
    """

    name = ""
    """The feature's word: `floor`. Its title is `<name>.title`."""
    icon = ""
    closes = True

    def __init__(self, words: Words, palette: Palette) -> None:
        super().__init__()
        self.setObjectName("panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.words, self.colours = words, palette
        self.sight: Sight | None = None
        self.head = PanelHead(palette, closes=self.closes)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(0, 0, 0, 8)
        self.body.setSpacing(0)
        self._veil: Hatch | None = None

    def set_look(self, words: Words, palette: Palette, *, stale: bool) -> None:
        """Speak and look like this from now on; `palette` has lost its hue already where the values are old."""
        self.words, self.colours = words, palette
        self.head.set_colours(palette)
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
        if self.isVisible():
            self.present(sight)

    def present_now(self) -> None:
        """Present again what was seen last."""
        if self.sight is not None and self.isVisible():
            self.present(self.sight)

    def dress(self) -> None:
        """Give words and colours to the widgets."""

    def present(self, sight: Sight) -> None:
        """Show what is seen."""

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.present_now()
