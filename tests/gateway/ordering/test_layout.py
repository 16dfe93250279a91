"""The drawn floor: saved to the site folder, told to every desk, and never over what somebody wrote by hand."""

from __future__ import annotations

import asyncio
import secrets
import shutil
from pathlib import Path

import pytest

from config.layout_file import layout_of, text_of
from config.load import load, shipped_sites
from feeds.client import FeedClient, Refused
from feeds.entities import Layout
from feeds.layout import Room, configured, rooms_of
from feeds.requests import OrderParams, OrderResult
from tests.gateway.floors import small_site
from tests.gateway.harness import Remembering, ToldSource, console, running_gateway

pytestmark = [pytest.mark.usefixtures("orders_have_time"), pytest.mark.logs("tokens stay as they were")]

SITE = small_site()
HALL = {"id": "hall", "zh": "大厅", "en": "Hall", "column": 0, "line": 0, "rows": ["s1 . s2", ". s3"]}
SIDE = {"id": "side", "zh": "侧厅", "en": "Side", "column": 4, "line": 0, "rows": ["s4"]}


def layout(memory: Remembering) -> Layout | None:
    found = memory.entities.get("layout:floor")
    assert found is None or isinstance(found, Layout)
    return found


def names_in(folder: Path) -> list[str]:
    return sorted(one.name for one in folder.iterdir())


async def save(link: FeedClient, rooms: list[dict[str, object]], expect: int | None = None, **more: int) -> OrderResult:
    expected = {"layout:floor": expect} if "blind" not in more else None
    params = OrderParams(secrets.token_hex(4), "layout.save", args={"rooms": rooms}, expect=expected)
    return await link.ask("order", params, OrderResult)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A site folder with a file of its own beside the layout."""
    made = tmp_path / "site"
    made.mkdir()
    (made / "site.yaml").write_text("# a comment that stays\nid: gateway\n", "utf-8")
    return made


def test_a_saved_layout_is_a_file_that_a_person_can_read_and_every_desk_shows_it(tmp_path: Path, folder: Path) -> None:
    async def scenario() -> None:
        async with (
            running_gateway(SITE, ToldSource(), tmp_path, site_folder=folder) as gateway,
            console(gateway, "all-manager") as (link, memory),
            console(gateway, "only-claim") as (_, other),
        ):
            await memory.live()
            await other.live()
            assert layout(memory) is None
            assert (await save(link, [HALL, SIDE])).state == "done"
            for one in (memory, other):
                await one.until(lambda one=one: layout(one) is not None)
                found = layout(one)
                assert found is not None
                assert [room.id for room in found.rooms] == ["hall", "side"]
                assert found.by == "all-manager"
        text = (folder / "layout.yaml").read_text("utf-8")
        assert '        - "s1 . s2"\n        - ".  s3"\n' not in text
        assert '      name: {zh: "大厅", en: "Hall"}\n' in text
        assert '        - "s1 .  s2"\n        - ".  s3"\n' in text
        assert (folder / "site.yaml").read_text("utf-8") == "# a comment that stays\nid: gateway\n"
        assert names_in(folder) == ["layout.yaml", "site.yaml"]
        async with (
            running_gateway(SITE, ToldSource(), tmp_path, site_folder=folder) as gateway,
            console(gateway, "all-wall") as (_, late),
        ):
            await late.live()
            found = layout(late)
            assert found is not None and found.by == "all-manager", "it stays after a restart, and is not told twice"

    asyncio.run(scenario())


def test_who_has_no_right_or_sees_only_a_part_does_not_draw(tmp_path: Path, folder: Path) -> None:
    async def scenario() -> None:
        async with running_gateway(SITE, ToldSource(), tmp_path, site_folder=folder) as gateway:
            async with console(gateway, "all-supervisor") as (link, memory):
                await memory.live()
                with pytest.raises(Refused, match=r"no right to give layout\.save"):
                    await save(link, [HALL])
            assert not (folder / "layout.yaml").exists()

    asyncio.run(scenario())


@pytest.mark.parametrize(
    ("rooms", "why"),
    [
        ([HALL, {**SIDE, "column": 2}], "the rooms hall and side overlap"),
        ([HALL, {**SIDE, "rows": ["s2"]}], "the seat s2 stands in two places"),
        ([{**HALL, "id": "Hall 1"}], "the id of the room 'Hall 1'"),
        ([HALL, {**SIDE, "id": "hall"}], "used twice"),
        ([{**HALL, "en": " "}], "the name of a room"),
        ([{**HALL, "rows": ["s1\ns2"]}], "no list of seats"),
        ([{**HALL, "column": -1}], "`column` and `line` are 0 to"),
        ([{**HALL, "rows": "s1"}], "cannot be used"),
    ],
)
def test_what_cannot_be_a_floor_is_refused_and_nothing_is_written(
    tmp_path: Path, folder: Path, rooms: list[dict[str, object]], why: str
) -> None:
    async def scenario() -> None:
        async with (
            running_gateway(SITE, ToldSource(), tmp_path, site_folder=folder) as gateway,
            console(gateway, "all-manager") as (link, memory),
        ):
            await memory.live()
            ended = await save(link, rooms)
            assert ended.state == "refused"
            assert why in ended.text
            assert not (folder / "layout.yaml").exists()

    asyncio.run(scenario())


def test_of_two_who_draw_at_once_the_second_is_told_that_the_map_has_changed(tmp_path: Path, folder: Path) -> None:
    async def scenario() -> None:
        async with (
            running_gateway(SITE, ToldSource(), tmp_path, site_folder=folder) as gateway,
            console(gateway, "all-manager") as (link, memory),
        ):
            await memory.live()
            assert (await save(link, [HALL])).state == "done"
            with pytest.raises(Refused, match="has changed since the order was decided"):
                await save(link, [SIDE])
            await memory.until(lambda: layout(memory) is not None)
            found = layout(memory)
            assert found is not None
            assert (await save(link, [HALL, SIDE], found.rev)).state == "done"

    asyncio.run(scenario())


def test_a_file_that_was_changed_by_hand_is_shown_and_not_written_over(tmp_path: Path, folder: Path) -> None:
    async def scenario() -> None:
        async with (
            running_gateway(SITE, ToldSource(), tmp_path, site_folder=folder) as gateway,
            console(gateway, "all-manager") as (link, memory),
        ):
            await memory.live()
            assert (await save(link, [HALL])).state == "done"
            gateway._layouts.look = _never  # type: ignore[method-assign]
            by_hand = (folder / "layout.yaml").read_text("utf-8").replace("大厅", "东厅") + "# mine\n"
            (folder / "layout.yaml").write_text(by_hand, "utf-8")
            ended = await save(link, [HALL, SIDE], blind=1)
            assert (ended.state, "changed by hand" in ended.text) == ("refused", True)
            await memory.until(lambda: (one := layout(memory)) is not None and one.rooms[0].zh == "东厅")
            assert (folder / "layout.yaml").read_text("utf-8") == by_hand
            assert (await save(link, [HALL, SIDE], blind=1)).state == "done", "drawn from what the file said"

    asyncio.run(scenario())


async def _never() -> None:
    """Nobody looks at the file's date, so that the order itself must find out."""


@pytest.mark.slow
def test_a_file_that_is_edited_while_the_gateway_runs_is_shown_by_itself(tmp_path: Path, folder: Path) -> None:
    async def scenario() -> None:
        async with (
            running_gateway(SITE, ToldSource(), tmp_path, site_folder=folder) as gateway,
            console(gateway, "all-wall") as (_, memory),
        ):
            await memory.live()
            text = "layout: {rooms: [{id: a, name: {zh: 甲, en: A}, rows: [s1]}]}\n"
            (folder / "layout.yaml").write_text(text, "utf-8")
            await memory.until(lambda: layout(memory) is not None)
            (folder / "layout.yaml").unlink()
            await memory.until(lambda: layout(memory) is None)

    asyncio.run(scenario())


@pytest.mark.logs("the layout of the floor stays as it is")
def test_a_file_with_mistakes_leaves_the_map_as_it_was(tmp_path: Path, folder: Path) -> None:
    async def scenario() -> None:
        async with (
            running_gateway(SITE, ToldSource(), tmp_path, site_folder=folder) as gateway,
            console(gateway, "all-manager") as (link, memory),
        ):
            await memory.live()
            assert (await save(link, [HALL])).state == "done"
            await memory.until(lambda: layout(memory) is not None)
            (folder / "layout.yaml").write_text("layout: {rooms: [{id: a, rows: [s1]}]}\n", "utf-8")
            await gateway._layouts.look()
            found = layout(memory)
            assert found is not None and found.rooms[0].id == "hall"
            ended = await save(link, [SIDE], blind=1)
            assert ended.state == "refused", "what somebody is in the middle of writing is not thrown away"

    asyncio.run(scenario())


@pytest.mark.logs("cannot be written")
def test_a_folder_that_cannot_be_written_says_so_and_the_map_stays(
    tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(self: Path, target: object) -> Path:
        raise PermissionError(13, "Permission denied")

    async def scenario() -> None:
        async with (
            running_gateway(SITE, ToldSource(), tmp_path, site_folder=folder) as gateway,
            console(gateway, "all-manager") as (link, memory),
        ):
            await memory.live()
            monkeypatch.setattr(Path, "replace", refuse)
            ended = await save(link, [HALL])
            monkeypatch.undo()
            assert ended.state == "failed"
            assert ended.text == "layout.yaml cannot be written (Permission denied); nothing was changed"
            assert layout(memory) is None
            assert names_in(folder) == ["site.yaml"], "nothing half written is left behind"

    asyncio.run(scenario())


def test_a_shipped_site_stays_as_it_is_and_its_layout_is_kept_with_the_data(tmp_path: Path) -> None:
    demo = shipped_sites()["demo"]
    before = names_in(demo)

    async def scenario() -> None:
        async with (
            running_gateway(SITE, ToldSource(), tmp_path, site_folder=demo) as gateway,
            console(gateway, "all-manager") as (link, memory),
        ):
            await memory.live()
            assert (await save(link, [HALL])).state == "done"

    asyncio.run(scenario())
    assert names_in(demo) == before
    assert layout_of((tmp_path / "layout.yaml").read_bytes(), "layout.yaml").rooms[0].id == "hall"


def test_the_written_file_is_what_check_reads(tmp_path: Path) -> None:
    rooms = [Room("hall", '大"厅', "Hall: #1", 2, 3, ["001 002 .", ". 003"]), Room("empty", "空", "Empty", 9, 0)]
    site = tmp_path / "site"
    shutil.copytree(shipped_sites()["demo"], site)
    (site / "layout.yaml").write_text(text_of(configured(rooms)), "utf-8")
    read = rooms_of(load(site).layout)
    assert [(one.id, one.zh, one.en, one.column, one.line) for one in read] == [
        ("hall", '大"厅', "Hall: #1", 2, 3), ("empty", "空", "Empty", 9, 0)
    ]  # fmt: skip
    assert [row.split() for row in read[0].rows] == [["001", "002", "."], [".", "003"]]
