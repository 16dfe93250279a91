"""Which log belongs to which arguments, and what is said when they name another floor than before."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest
from msgspec.structs import replace

from config.load import site_from_name_or_path
from config.schema import Name, Site
from feeds.facts import Tick
from feeds.gateway.books.store import Store
from feeds.gateway.command import main
from feeds.gateway.running import playing
from feeds.gateway.running.engine import Engine
from feeds.gateway.running.playing import open_engine
from feeds.gateway.running.recording import Player
from feeds.gateway.running.shelf import Shelf, Wish, discard, held
from feeds.log.base import LogError
from feeds.sources.recorded import open_source
from tests.gateway.floors import START, a_morning, small_site
from tests.gateway.recordings import a_recording


def opened(folder: Path, wish: Wish, site: Site | None = None) -> str:
    """Open a floor as the command does and let go of it again; the file of its log."""
    store = Store(folder / "gateway.db")
    try:
        session = open_engine(site or site_from_name_or_path("demo"), wish, folder, store).session
        session.close()
        return session.log.path.name
    finally:
        store.close()


def test_other_arguments_are_said_to_name_another_floor(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO", "feeds.gateway")
    first = opened(tmp_path, Wish("simulator", at="10:30", fresh=True))
    assert f"{first} is new" in caplog.text and "another floor" not in caplog.text
    second = opened(tmp_path, Wish("simulator"))
    warned = [record.getMessage() for record in caplog.records if record.levelname == "WARNING"]
    assert second != first and (tmp_path / first).is_file()
    (line,) = warned
    assert "these arguments name another floor" in line and f"{second} is new; {first} is kept" in line
    caplog.clear()
    assert opened(tmp_path, Wish("simulator", at="10:30")) == first
    assert (
        f"another floor than the last start did: going on with {first} at revision 0; {second} is kept" in caplog.text
    )
    caplog.clear()
    assert opened(tmp_path, Wish("simulator", at="10:30", speed=60)) == first
    assert f"going on with {first} at revision 0" in caplog.text and "another floor" not in caplog.text


def test_a_new_floor_that_is_wanted_is_no_surprise(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO", "feeds.gateway")
    opened(tmp_path, Wish("simulator", at="10:30"))
    opened(tmp_path, Wish("simulator", at="10:30", fresh=True))
    opened(tmp_path, Wish("simulator", at="11:30", fresh=True))
    assert not [record for record in caplog.records if record.levelname == "WARNING"]


def test_a_floor_whose_simulation_was_edited_is_not_gone_on_with(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Its positions are moments of another story: it would jump by hours, with callers on the phone for ever."""
    caplog.set_level("INFO", "feeds.gateway")
    site, wish = site_from_name_or_path("demo"), Wish("simulator", at="10:30")
    assert site.simulation is not None
    first = opened(tmp_path, wish)
    other = [replace(agent, name=Name(zh="某人", en="Somebody")) for agent in site.agents]
    assert opened(tmp_path, wish, replace(site, agents=tuple(other), thresholds=())) == first, "only words and limits"
    quieter = replace(site, simulation=replace(site.simulation, weekday_factors=(0.5,) * 7))
    caplog.clear()
    second = opened(tmp_path, wish, quieter)
    assert second != first and not (tmp_path / first).exists()
    assert f"{first} tells of another floor than the site has now" in caplog.text
    assert opened(tmp_path, wish, quieter) == second
    moved = [replace(agent, skills=agent.skills[:1]) for agent in site.agents]
    assert opened(tmp_path, wish, replace(quieter, agents=tuple(moved))) != second


@pytest.mark.parametrize(("put_back_h", "goes_on"), [(1, True), (24, False)])
def test_a_simulated_floor_goes_on_or_begins_a_new_day_when_the_clock_was_put_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, put_back_h: int, goes_on: bool
) -> None:
    """It cannot go back, and stood still until the clock had caught up, as if it were live."""
    now_s = START / 1000
    monkeypatch.setattr(playing, "time", SimpleNamespace(time=lambda: now_s))
    store = Store(tmp_path / "gateway.db")

    def engine() -> Engine:
        return open_engine(site_from_name_or_path("demo"), Wish("simulator"), tmp_path, store)

    before = engine()
    before.session.take([(Tick(at=START), 1)])
    before.session.close()
    now_s -= put_back_h * 3600
    after = engine()
    assert (after.session.log.path == before.session.log.path) == goes_on
    assert 0 <= after.clock.now() - (START if goes_on else now_s * 1000) < 60_000
    assert after.clock.now() >= after.session.floor.now
    after.session.close()
    store.close()


def test_nothing_of_a_discarded_log_stays(tmp_path: Path) -> None:
    for ending in ("", "-wal", "-shm", "-lock", "-lock-journal"):
        (tmp_path / f"a.floor{ending}").touch()
    (tmp_path / "b.floor-lock").touch()
    discard(tmp_path / "a.floor")
    assert [file.name for file in tmp_path.iterdir()] == ["b.floor-lock"]


def test_a_seek_leaves_no_locks_of_the_floors_before(tmp_path: Path) -> None:
    file, store = a_recording(tmp_path / "day.floor", a_morning()), Store(tmp_path / "gateway.db")
    source = open_source(file)
    player = Player(small_site(), source, Shelf(tmp_path, store), "floor x")
    old = player.at(START + 60_000)
    player.at(START + 120_000).close()
    old.close(keep_frame=False)
    player.tidy()
    assert len(list(tmp_path.glob("replay-*"))) == 2, "the newest log and its lock"
    source.close()
    store.close()


def test_a_folder_is_one_gateways_at_a_time_whatever_it_is_to_play(tmp_path: Path) -> None:
    """A second one with `--fresh` would take away the log that the first one writes, and neither would notice."""
    with held(tmp_path):
        with pytest.raises(LogError, match="another gateway uses this folder") as refused, held(tmp_path):
            pass
        assert str(tmp_path) in str(refused.value)
    with held(tmp_path):
        pass


def test_a_fresh_gateway_takes_nothing_from_one_that_runs(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    log = tmp_path / opened(tmp_path, Wish("simulator", at="10:20"))
    with held(tmp_path):
        assert main(["--at", "10:20", "--fresh", "--listen", "127.0.0.1:0", "--data", str(tmp_path)]) == 1
    assert f"gateway: {tmp_path}: another gateway uses this folder" in capfd.readouterr().err
    assert log.is_file()
