"""A button that says what can be done now, and why it cannot."""

from __future__ import annotations

from PySide6.QtWidgets import QPushButton

from widgets.desk_texts import ActionText


def show_action(button: QPushButton, action: ActionText) -> None:
    """Have a button say that; the same again costs nothing."""
    if button.text() != action.label:
        button.setText(action.label)
    if button.isEnabled() != action.enabled:
        button.setEnabled(action.enabled)
    said = f"{action.label}: {action.why}" if action.why else action.label
    if button.toolTip() != said:
        button.setToolTip(said)
        button.setAccessibleDescription(action.why)
