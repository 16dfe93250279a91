"""The windows that open beside the desk's panels: opened figures, the day's curves; one of each, in the desk's look."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from console.curves.panel import CurvesWindow
from console.figures.panel import FigureWindow
from console.figures.present import Asked
from console.questions import Questions
from console.sight import Sight
from console.words import Words
from widgets.palette import Palette


class Dressed(Protocol):
    """What has the words and colours of the desk (:class:`console.window.window.DeskWindow`)."""

    words: Words

    @property
    def shown_colours(self) -> Palette: ...


class Aside(Protocol):
    """A window beside the desk."""

    def set_look(self, words: Words, palette: Palette) -> None: ...

    def look_at(self, sight: Sight) -> None: ...

    def isVisible(self) -> bool: ...


class Asides(QObject):
    """Makes each window when it is first wanted, and keeps it in the look of the desk."""

    def __init__(self, desk: Dressed, owner: QWidget, questions: Questions, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk, self._owner, self._questions = desk, owner, questions
        self._sight: Sight | None = None
        self._look: tuple[str, str] = ("", "")
        self.figure: FigureWindow | None = None
        self.curves: CurvesWindow | None = None

    def _open(self) -> list[Aside]:
        return [window for window in (self.figure, self.curves) if window is not None]

    def look_at(self, sight: Sight) -> None:
        """See the floor as it is now; hidden windows do nothing."""
        self._sight = sight
        look = (self._desk.words.language, self._desk.shown_colours.name)
        for window in self._open():
            if look != self._look:
                window.set_look(self._desk.words, self._desk.shown_colours)
            if window.isVisible():
                window.look_at(sight)
        self._look = look

    def open_figure(self, scope: str, figure: str, window: str) -> None:
        """Open a figure to its calls."""
        if self._sight is None:
            return
        if self.figure is None:
            self.figure = FigureWindow(self._questions, self._owner)
            self.figure.set_look(self._desk.words, self._desk.shown_colours)
        self.figure.open_figure(Asked(scope, figure, window), self._sight)

    def open_curves(self, scope: str) -> None:
        """Show the day of a scope in curves."""
        if self._sight is None:
            return
        if self.curves is None:
            self.curves = CurvesWindow(self._questions, self._owner)
            self.curves.set_look(self._desk.words, self._desk.shown_colours)
        self.curves.open_scope(scope, self._sight)

    def end(self) -> None:
        """Close every window; what draws curves must be gone before the application is."""
        if self.curves is not None:
            self.curves.end()
        for window in (self.figure, self.curves):
            if window is not None:
                window.close()
                window.deleteLater()
        self.figure = self.curves = None
