"""What the bench of the browser stands on: whole families are counted, and its pages draw what the feed says."""

from __future__ import annotations

import shutil
import subprocess
import sys

import pytest

from tests.bench import bench_browser, browser_page
from tests.bench.bench_browser import Cost, beside
from tests.bench.desk_feeder import feeder
from tests.bench.harness import family_mb, family_of, family_processor_s, processor_s
from tests.displays import a_display

linux = pytest.mark.skipif(sys.platform != "linux", reason="not checked: processes are counted from /proc")
BUSY_S, HELD_MB = 0.3, 40
CHILD = f"""
import sys, time
while time.process_time() < {BUSY_S}: pass
held = b"x" * ({HELD_MB} << 20)
print("ready", flush=True)
sys.stdin.read()
"""
PARENT = f"""
import subprocess, sys
subprocess.run([sys.executable, "-c", "import time\\nwhile time.process_time() < {BUSY_S}: pass"], check=True)
subprocess.run([sys.executable, "-c", {CHILD!r}], check=True)
"""


@pytest.mark.slow
@linux
def test_what_a_process_started_counts_with_it_even_when_it_has_ended() -> None:
    with subprocess.Popen(
        [sys.executable, "-c", PARENT], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as parent:
        assert parent.stdin is not None
        assert parent.stdout is not None
        assert parent.stdout.readline() == "ready\n"
        first, *rest = family_of(parent.pid)
        assert first == parent.pid
        assert len(rest) == 1
        tick = 0.02
        assert processor_s(rest[0]) >= BUSY_S - tick
        assert family_processor_s(parent.pid) >= processor_s(parent.pid) + 2 * (BUSY_S - tick)
        assert family_mb(parent.pid) >= family_mb(rest[0]) > HELD_MB
        parent.stdin.close()


def test_without_chromium_the_bench_says_that_it_did_not_compare(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(browser_page, "BROWSERS", ("no-such-browser",))
    (row,) = bench_browser.run(quick=True)
    assert row.kept is None
    assert "no Chromium here" in row.measured


def test_a_page_that_did_not_paint_or_missed_changes_is_not_compared() -> None:
    desk = Cost(cpu=0.1, megabytes=100, arrived=1.0, pictures=10)
    assert [row.kept for row in beside("it", desk, Cost(0.31, 299, 1.0, 20))] == [True, False]
    for idle in (Cost(0.9, 900, 1.0, 0), Cost(0.9, 900, 0.5, 20)):
        (row,) = beside("it", desk, idle)
        assert row.kept is False
        assert "not compared" in row.measured


@pytest.mark.slow
@pytest.mark.skipif(
    not browser_page.chromium() or shutil.which("Xvfb") is None, reason="not checked: there is no Chromium or Xvfb here"
)
@pytest.mark.parametrize("name", ["canvas", "perspective"])
def test_a_page_shows_the_floor_as_the_feed_tells_it(name: str) -> None:
    if name == "perspective" and browser_page.perspective() is None:
        pytest.skip("not checked: there is no Perspective here")
    with feeder(60, 60) as feed, a_display(1600, 1000) as display, browser_page.pages() as site:
        url = f"{site}/{name}.html?feed={feed}&width=848&height=514"
        with browser_page.page(url, display.name, 1600, 1000) as page:
            page.until_live()
            page.until("seen.changes > 60")
            assert display.pictures(2) > 0
            if name == "canvas":
                page.until("seen.drawn > 120")  # all of them at first, and what changed since
                assert page.evaluate("seats.size === 60 && places.size === 60")
                assert page.evaluate("[...counts.values()].reduce((sum, one) => sum + one) === 60")
                page.until("heads.every((head) => head.told === `${head.staffed}/${head.total}`)")
            page.check()
