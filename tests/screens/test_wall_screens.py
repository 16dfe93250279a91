"""Pictures of the wall in every size, language, theme and state: what must be in them and what must not."""

from __future__ import annotations

import itertools
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from console.sight import Entities, Sight
from console.theme import load_faces
from console.wall.grid import Density
from console.wall.panel import Look, WallPanel
from console.wall.shot import picture
from tests.wall import floors

pytestmark = pytest.mark.slow

SIZES = ((1280, 800), (1920, 1080), (3840, 2160), (1080, 1920), (800, 800))


def shown(
    sight: Sight,
    size: tuple[int, int] = (1920, 1080),
    look: Look | None = None,
    dpr: float = 1.0,
    page: str = "overview",
) -> QImage:
    load_faces()
    panel = WallPanel(look or Look("dark", "zh_CN", Density.S), only_page=page)
    panel.resize(*size)
    image = picture(panel, sight, dpr)
    panel.deleteLater()
    return image


def saturated(image: QImage, top: int = 0) -> int:
    """How many of a grid of pixels below `top` have a strong hue."""
    wide = image.convertToFormat(QImage.Format.Format_RGB32)
    pixels = np.frombuffer(wide.constBits(), np.uint8).reshape(wide.height(), wide.bytesPerLine())
    grid = pixels[top::5, : 4 * wide.width()].reshape(-1, wide.width(), 4)[:, ::5, :3].astype(np.int64)
    value, least = grid.max(axis=2), grid.min(axis=2)
    # As QColor has it: of 255, and nothing is more saturated than black.
    saturation = (value - least) * 255 // np.maximum(value, 1)
    return int(((saturation > 90) & (value > 60)).sum())


@pytest.mark.parametrize(("size", "theme"), list(itertools.product(SIZES, ("dark", "light"))))
def test_every_size_and_theme_paints_without_a_warning(qapp: QApplication, size: tuple[int, int], theme: str) -> None:
    for density, language in ((Density.S, "zh_CN"), (Density.L, "en")):
        image = shown(floors.sight(), size, Look(theme, language, density))
        assert (image.width(), image.height()) == size


@pytest.mark.parametrize("page", ["overview", "claims", "service", "special", "seats", "vendors"])
def test_every_page_has_something_on_it(qapp: QApplication, page: str) -> None:
    image = shown(floors.sight(), page=page)
    body = {image.pixelColor(x, y).rgb() for x in range(40, 1880, 7) for y in range(500, 980, 5)}
    assert len(body) > 20


def test_a_pixel_ratio_of_two_gives_the_same_page_in_four_times_the_pixels(qapp: QApplication) -> None:
    image = shown(floors.sight(), (960, 540), dpr=2.0)
    assert (image.width(), image.height()) == (1920, 1080)
    plain = shown(floors.sight(), (1920, 1080))
    smooth = Qt.TransformationMode.SmoothTransformation
    image.setDevicePixelRatio(1.0)
    near, far = (each.scaled(240, 135, mode=smooth) for each in (image, plain))
    apart = [
        abs(near.pixelColor(x, y).lightness() - far.pixelColor(x, y).lightness())
        for x in range(240)
        for y in range(135)
    ]
    assert sum(apart) / len(apart) < 3


def test_letters_at_a_pixel_ratio_of_two_are_drawn_in_its_pixels_not_enlarged(qapp: QApplication) -> None:
    image = shown(floors.sight(), (960, 540), dpr=2.0)
    image.setDevicePixelRatio(1.0)
    # The digits of the first figure; what is enlarged consists of squares of four equal pixels.
    squares = [
        {image.pixel(x + right, y + down) for right in (0, 1) for down in (0, 1)}
        for x in range(80, 480, 2)
        for y in range(240, 350, 2)
    ]
    assert sum(len(square) > 1 for square in squares) > 0.05 * len(squares)


@pytest.mark.parametrize("theme", ["dark", "light"])
def test_old_data_has_no_hue_anywhere_below_the_banner(qapp: QApplication, theme: str) -> None:
    look = Look(theme, "zh_CN", Density.S)
    for page in ("overview", "special", "seats", "vendors"):
        assert saturated(shown(floors.sight(), look=look, page=page), top=130) > 50
        stale = shown(floors.stale_sight(), look=look, page=page)
        assert saturated(stale, top=130) == 0
        assert saturated(stale) > 500, "the amber banner"


def test_old_data_is_hatched_and_keeps_its_values(qapp: QApplication) -> None:
    stale = shown(floors.stale_sight())
    row = [stale.pixelColor(x, 600).lightness() for x in range(700, 1000)]
    assert len(set(row)) >= 2
    empty = shown(floors.stale_sight(Entities([floors.site()])))
    assert stale != empty


def test_a_calm_floor_has_no_alarm_colour(qapp: QApplication) -> None:
    from feeds.entities import Alarm, Figures, Seat

    calm = Entities()
    for entity in floors.floor().values():
        if isinstance(entity, Figures):
            values = {name: getattr(entity, name) for name in entity.__struct_fields__}
            calm.put(Figures(**{**values, "tones": {}}))
        elif isinstance(entity, Seat) or not isinstance(entity, Alarm):
            calm.put(entity)
    assert saturated(shown(floors.sight(calm))) == 0


def test_the_empty_wall_waits_without_looking_old_or_alarmed(qapp: QApplication) -> None:
    image = shown(floors.sight(Entities(), stale=True))
    assert saturated(image, top=130) == 0
    panel = image.pixelColor(700, 700)
    assert panel.name() == "#24282c"


def test_pictures_can_be_looked_at(qapp: QApplication, tmp_path: Path) -> None:
    assert shown(floors.sight()).save(str(tmp_path / "wall.png"))
    assert (tmp_path / "wall.png").stat().st_size > 20_000
