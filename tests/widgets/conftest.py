"""What tests of the widgets share: palettes from the theme files and a record of what was asked to be repainted."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from console.theme import load_faces
from widgets.palette import Palette


def palette_of(repository: Path, name: str) -> Palette:
    return Palette.from_tokens(json.loads((repository / "resources" / "themes" / f"{name}.json").read_text("utf-8")))


@pytest.fixture
def dark(repository: Path, qapp: QApplication) -> Palette:
    return palette_of(repository, "dark")


@pytest.fixture(params=["dark", "light", "contrast-dark", "contrast-light"])
def palette(repository: Path, qapp: QApplication, request: pytest.FixtureRequest) -> Palette:
    return palette_of(repository, request.param)


@pytest.fixture(scope="session", autouse=True)
def faces(qapp: QApplication) -> None:
    """The bundled faces are known to Qt: how wide a text is must not depend on which test was first."""
    load_faces()
