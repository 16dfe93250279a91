"""A machine that goes down under a log: what consoles saw of the lost end is never taken for what came after."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from feeds.facts import Tick
from feeds.log import opening
from feeds.log.opening import open_log, open_recording
from tests.gateway.floors import START, small_site


def as_cut(path: Path, to: Path) -> None:
    """What a power cut leaves of an open log."""
    for one in path.parent.glob(f"{path.name}*"):
        if not one.name.endswith("-shm"):
            shutil.copy(one, to / one.name)


@pytest.mark.logs("the machine went down")
def test_a_log_under_which_the_machine_went_down_goes_on_under_another_epoch(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    boot = ["one"]
    monkeypatch.setattr(opening, "this_boot", lambda: boot[0])
    path, cut = tmp_path / "log.floor", tmp_path / "cut"
    cut.mkdir()
    log = open_log(path, small_site())
    epoch = log.epoch
    log.append([(Tick(at=START), 1)])
    as_cut(path, cut)
    log.append([(Tick(at=START + 1000), 2)])  # consoles saw this one; the disk never did
    log.close()
    boot[0] = "two"
    with open_log(cut / "log.floor", small_site()) as left:
        assert left.rev == 1 and left.epoch != epoch
    with open_log(path, small_site()) as closed:
        assert closed.rev == 2 and closed.epoch == epoch, "what was closed lost nothing"


@pytest.mark.parametrize("boots", [("one", "one"), ("", "two"), ("one", "")], ids=str)
def test_a_killed_gateway_or_a_machine_that_does_not_say_goes_on_under_the_same_epoch(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, boots: tuple[str, str]
) -> None:
    monkeypatch.setattr(opening, "this_boot", lambda: boots[0])
    path, cut = tmp_path / "log.floor", tmp_path / "cut"
    cut.mkdir()
    with open_log(path, small_site()) as log:
        epoch = log.epoch
        log.append([(Tick(at=START), 1)])
        as_cut(path, cut)
    monkeypatch.setattr(opening, "this_boot", lambda: boots[1])
    with open_log(cut / "log.floor", small_site()) as left:
        assert (left.rev, left.epoch) == (1, epoch)
    assert open_recording_closed(path) == 1


def open_recording_closed(path: Path) -> int:
    _, log = open_recording(path)
    with log:
        return log.rev
