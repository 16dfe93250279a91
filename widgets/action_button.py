"""A button that says what can be done now, and why it cannot."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget

from widgets.desk_texts import ActionText
from widgets.tips import plain


def show_action(button: QPushButton, action: ActionText) -> None:
    """Have a button say that; the same again costs nothing."""
    if button.text() != action.label:
        button.setText(action.label)
    if button.isEnabled() != action.enabled:
        button.setEnabled(action.enabled)
    said = f"{action.label}: {action.why}" if action.why else action.label
    if button.toolTip() != plain(said):
        button.setToolTip(plain(said))
        button.setAccessibleDescription(action.why)


class FocusKeeper:
    """Takes the keyboard from a button that cannot be pressed any more to where it does no harm.

    Qt takes it to the next control and leaves it there: whoever has just paused somebody would next send a notice, and
    whoever has signed somebody out would close a panel. With `returns` it goes back once the button can be pressed.
    """

    def __init__(self, buttons: Collection[QPushButton], rest: QWidget, *, returns: bool = True) -> None:
        self._buttons, self._rest, self._returns = buttons, rest, returns
        self._lost: QPushButton | None = None
        self._went: QWidget | None = None

    @contextmanager
    def showing(self, window: QWidget) -> Iterator[None]:
        """Around everything that may enable or disable the buttons, which are in that window."""
        before = window.focusWidget()
        if before is not self._went:  # somebody went elsewhere meanwhile
            self._lost = self._went = None
        yield
        if self._lost is None and any(one is before and not _takes_keys(one) for one in self._buttons):
            self._rest.setFocus(Qt.FocusReason.OtherFocusReason)
            self._lost = next(one for one in self._buttons if one is before) if self._returns else None
        self._went = window.focusWidget() if self._lost is not None else None
        if self._lost is not None and _takes_keys(self._lost):
            self._lost.setFocus(Qt.FocusReason.OtherFocusReason)
            self._lost = self._went = None


def _takes_keys(button: QPushButton) -> bool:
    return button.isEnabled() and not button.isHidden()
