"""The real month of calls as a recording, imported once in a run however many workers want it."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from feeds.importing.command import main as import_main

WAIT_S = 120


@pytest.fixture(scope="session")
def real_month(shared_data: Path) -> Path:
    """The folder of February 1999 at a bank, with its reference tables; skips loudly without it."""
    found = shared_data / "anonbank-1999-02"
    if not found.is_dir():
        pytest.skip(f"not checked: there is no real month of calls at {found}")
    return found


@pytest.fixture(scope="session")
def month_recording(real_month: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The month imported on the shipped demo site, none of whose queues and agents it has. Only to be read."""

    def make(target: Path) -> None:
        source = str(real_month / "1999-02_queue_log.gz")
        assert import_main(["queue_log", source, "--site", "demo", "-o", str(target)]) == 0

    base = tmp_path_factory.getbasetemp()
    run = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    return once(run / "month" / "month.floor", make)


def once(target: Path, make: Callable[[Path], None]) -> Path:
    """The file, made by whichever worker comes first; the others wait for it."""
    try:
        target.parent.mkdir()
    except FileExistsError:
        end = time.monotonic() + WAIT_S
        while not target.exists():
            assert time.monotonic() < end, f"the worker that makes {target.name} failed or takes too long"
            time.sleep(0.1)
        return target
    making = target.with_name(f"making-{target.name}")
    make(making)
    making.replace(target)
    return target
