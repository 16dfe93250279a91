"""The page as a whole: what it does when the floor that it shows becomes another one."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from console.wall.panel import Look, WallPanel
from feeds.entities import Label, PageInfo
from tests.wall import floors

HELD = "alarm:queue:rescue:longest_wait_now:now"
"""The alarm that keeps the floor's page from turning."""


@pytest.fixture
def panel(qapp: QApplication, faces: None) -> WallPanel:
    made = WallPanel(Look("dark", "en"))
    made.resize(1920, 1080)
    made.grab()
    return made


def test_a_site_that_was_edited_has_its_pages_and_queues_at_once(panel: WallPanel) -> None:
    panel.look_at(floors.sight(), 1.0)
    before = floors.site()
    pages = [page for page in before.pages if page.id != "special"]
    queues = [*before.queues, Label("agency", "双代", "Agency desk", "claims")]
    edited = floors.floor(pages=[*pages, PageInfo("again", "overview", "", "再看", "Again")], queues=queues)
    assert edited.site is not None
    assert edited.site.rev == before.rev, "a gateway that folds its facts anew counts from the beginning"
    panel.look_at(floors.sight(edited), 2.0)
    assert [page.id for page in panel.pages if page.part == 1] == [
        "overview", "claims", "service", "seats", "vendors", "again",
    ]  # fmt: skip
    overview = [queue for page in panel.pages if page.id == "overview" for queue in page.items]
    assert overview == [queue.id for queue in queues]


def test_the_page_in_sight_stays_where_the_same_floor_is_told_anew(panel: WallPanel) -> None:
    for moment in (1.0, 2.0):
        told = floors.floor()
        told.drop(HELD)
        panel.look_at(floors.sight(told), moment)
        if moment == 1.0:
            panel.carousel.go(2, moment)
    assert panel.page.id == "service"
