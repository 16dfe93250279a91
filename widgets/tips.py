"""Texts for tooltips, in which Qt would take a tag for HTML: names, reasons and notices are other people's words."""

from __future__ import annotations

from html import escape

from PySide6.QtGui import Qt


def plain(text: str) -> str:
    """The text as a tooltip shows it letter by letter: no word is lost, and no picture is fetched from anywhere."""
    if not Qt.mightBeRichText(text):
        return text
    return f"<qt>{escape(text, quote=False)}</qt>".replace("\n", "<br>")
