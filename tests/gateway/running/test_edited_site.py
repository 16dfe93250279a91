"""A site whose files were edited between two runs of its gateway: every number is of the new one, for every console."""

from __future__ import annotations

import asyncio
import sqlite3
from pathlib import Path

import msgspec
import pytest

from config.schema import FigureSettings, Name, Queue, Site, WallSettings
from feeds.entities import AgentDay, AnyEntity, Figures, SiteInfo
from feeds.facts import AnyFact
from feeds.floor import Floor
from feeds.gateway.books.store import Store
from feeds.gateway.consoles.serve import Gateway
from feeds.gateway.running import session as session_module
from feeds.gateway.running.recording import open_recorded
from feeds.gateway.running.session import Session
from feeds.gateway.running.shelf import Shelf, Wish, open_session
from tests.gateway.floors import START, a_morning, small_site
from tests.gateway.harness import ToldSource, console, free_port, running_gateway
from tests.gateway.publishing.test_feed import floor_view
from tests.gateway.recordings import a_recording, run_to

SITE = small_site()


def edited() -> Site:
    """Another threshold of service, a queue renamed, a queue more, and somebody in another team."""
    first, *rest = SITE.queues
    person, *others = SITE.agents
    team = next(team.id for team in SITE.teams if team.id != person.team)
    return msgspec.structs.replace(
        SITE,
        figures=FigureSettings(service_seconds=1),
        queues=(
            msgspec.structs.replace(first, name=Name("新名", "renamed")), *rest,
            Queue("night", Name("夜间", "night"), first.group, first.seat_type),
        ),
        agents=(msgspec.structs.replace(person, team=team), *others),
    )  # fmt: skip


def a_run(folder: Path, site: Site) -> Session:
    """The session of a log that holds a morning and a key frame."""
    session = open_session(site, folder / "log.floor")
    if not session.log.rev:
        session.take([(fact, position) for position, fact in enumerate(a_morning(), 1)])
        session.keep_frame()
    return session


def shown(floor: Floor) -> dict[str, AnyEntity]:
    return {entity.key: entity for entity in floor.entities()}


def test_an_edited_site_is_folded_from_the_beginning_under_another_epoch(tmp_path: Path) -> None:
    before = a_run(tmp_path, SITE)
    epoch, rev, old = before.epoch, before.log.rev, shown(before.floor)
    before.close()
    after = a_run(tmp_path, edited())
    straight = Floor(edited(), retain_days=edited().gateway.retain_days)
    for number, fact in enumerate(a_morning(), 1):
        straight.apply(fact, number)
    assert (after.epoch != epoch, after.log.rev) == (True, rev)
    assert shown(after.floor) == shown(straight) != old
    figures, person = after.floor.entity("figures:queue:night:today"), after.floor.entity(f"agent:{SITE.agents[0].id}")
    assert isinstance(figures, Figures) and figures.values["offered"] == 0
    assert isinstance(person, AgentDay) and person.team != SITE.agents[0].team
    again_epoch = after.epoch
    after.close()
    again = a_run(tmp_path, edited())
    assert again.epoch == again_epoch, "nothing was edited since"
    again.close()


def everything(session: Session) -> tuple[dict[str, AnyEntity], list[object], list[object]]:
    """The floor, the ledger and the journal."""
    return shown(session.floor), list(session.log.legs(0, 1 << 60)), list(session.log.happenings(0, 1 << 60))


def test_a_folding_again_that_is_stopped_goes_on_from_there_and_the_past_has_key_frames(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole, parted = tmp_path / "whole", tmp_path / "parted"
    for folder in (whole, parted):
        folder.mkdir()
        a_run(folder, SITE).close()
    at_one_go = a_run(whole, edited())
    wanted, rev = everything(at_one_go), at_one_go.log.rev
    at_one_go.close()
    monkeypatch.setattr(session_module, "FRAME_FACTS", 10)
    monkeypatch.setattr(session_module, "CLOSELY", 5)
    folded: list[int] = []
    apply, stop_at = Floor.apply, rev // 2

    def stopped(self: Floor, fact: AnyFact, rev: int) -> None:
        folded.append(rev)
        if rev == stop_at:
            raise KeyboardInterrupt
        apply(self, fact, rev)

    monkeypatch.setattr(Floor, "apply", stopped)
    with pytest.raises(KeyboardInterrupt):
        a_run(parted, edited())
    folded.clear()
    stop_at = 0
    gone_on = a_run(parted, edited())
    assert folded[0] > rev // 2 - 20 and folded[-1] == rev
    assert everything(gone_on) == wanted
    frame = gone_on.log.newest_key_frame(rev=rev // 2)
    assert frame is not None and frame.rev > rev // 2 - 20
    gone_on.close()


def test_what_the_fold_does_not_see_costs_no_folding_but_consoles_take_it_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = a_run(tmp_path, SITE)
    epoch = before.epoch
    before.close()
    folded: list[int] = []
    apply = Floor.apply
    monkeypatch.setattr(Floor, "apply", lambda self, fact, rev: (folded.append(rev), apply(self, fact, rev))[1])
    after = a_run(tmp_path, msgspec.structs.replace(SITE, wall=WallSettings(rotate_seconds=77)))
    info = after.floor.entity(f"site:{SITE.id}")
    assert isinstance(info, SiteInfo) and info.rotate_seconds == 77
    assert after.epoch != epoch and not folded
    after.close()


@pytest.mark.slow
def test_a_console_that_comes_back_to_an_edited_site_has_the_new_one(tmp_path: Path) -> None:
    async def scenario() -> None:
        port, renamed = free_port(), f"queue:{SITE.queues[0].id}"
        async with console(f"ws://127.0.0.1:{port}", "all-manager") as (_, memory):
            source = ToldSource()
            async with running_gateway(SITE, source, tmp_path, port=port):
                await memory.live()
                await source.tell(*a_morning())
                await memory.until(lambda: memory.beats[-1].rev >= len(a_morning()))
                epoch, snapshots = memory.beats[-1].epoch, memory.snapshots
            async with running_gateway(edited(), ToldSource(), tmp_path, port=port) as gateway:
                await memory.until(lambda: memory.beats[-1].epoch != epoch and memory.state == "live")
                assert memory.snapshots > snapshots
                assert memory.entities[renamed].en == "renamed"  # type: ignore[union-attr]
                await memory.until(lambda: memory.entities == floor_view(gateway, "all-manager"))

    asyncio.run(scenario())


def test_a_sought_recording_of_an_edited_site_is_played_on_from_where_it_was(tmp_path: Path) -> None:
    facts = a_morning()
    file = a_recording(tmp_path / "day.floor", facts)
    to = START + 300_000
    epoch, stood, _ = asyncio.run(played(SITE, tmp_path, file, seek=to))
    other, stands, now = asyncio.run(played(edited(), tmp_path, file))
    assert other != epoch
    assert stood - 5_000 <= stands <= stood + 5_000
    assert "queue:night" in now


@pytest.mark.logs("is damaged")
@pytest.mark.parametrize("harm", ["DELETE FROM frames", "UPDATE frames SET state = x'00'"])
def test_a_sought_recording_whose_beginning_is_lost_is_played_on_and_never_folded_from_nothing(
    tmp_path: Path, harm: str
) -> None:
    file = a_recording(tmp_path / "day.floor", a_morning())
    _, stood, before = asyncio.run(played(SITE, tmp_path, file, seek=START + 300_000))
    (replayed,) = tmp_path.glob("replay-*.floor")
    connection = sqlite3.connect(replayed)
    connection.execute(harm)
    connection.commit()
    connection.close()
    _, stands, now = asyncio.run(played(SITE, tmp_path, file))
    assert stood - 5_000 <= stands <= stood + 5_000
    day = "figures:site:today"
    assert now[day].values["offered"] == before[day].values["offered"] > 0  # type: ignore[union-attr]


async def played(
    site: Site, folder: Path, file: Path, seek: int | None = None
) -> tuple[str, int, dict[str, AnyEntity]]:
    """A gateway's run on a recording: its epoch, where it stood and what it showed."""
    store = Store(folder / "gateway.db")
    engine = open_recorded(site, Wish(f"recorded:{file}"), file, Shelf(folder, store))
    gateway = Gateway(site, engine, store)
    await gateway.start("127.0.0.1", 0)
    try:
        if seek is not None:
            await engine.seek(seek)
            await run_to(engine, seek + 30_000)
        await engine.set_speed(0.0)  # what it shows is where it stood; it would go on until it stopped
        return engine.session.epoch, engine.session.floor.now, shown(engine.session.floor)
    finally:
        await gateway.stop()
        store.close()


def test_a_log_whose_site_cannot_be_read_any_more_is_folded_again(tmp_path: Path) -> None:
    before = a_run(tmp_path, SITE)
    before.log.set_meta("site", b"as another version wrote it")  # type: ignore[attr-defined]
    wanted = shown(before.floor)
    before.close()
    after = a_run(tmp_path, SITE)
    assert shown(after.floor) == wanted
    after.close()
