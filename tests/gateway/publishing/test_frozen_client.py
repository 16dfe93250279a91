"""A console that is stopped and goes on later (SIGSTOP, SIGCONT): what lay in its socket meanwhile is not live."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import sys
from pathlib import Path

import pytest

from tests.gateway.floors import everybody_signs_in, small_site
from tests.gateway.harness import ToldSource, running_gateway, url_of
from tests.gateway.running.test_restart import ROOT

FROZEN_S = 6.0


async def word(process: asyncio.subprocess.Process) -> str:
    assert process.stdout is not None
    line = await asyncio.wait_for(process.stdout.readline(), 20)
    assert line, "the console ended"
    return line.decode().strip()


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(signal, "SIGSTOP"), reason="there is no SIGSTOP here")
def test_a_console_that_was_frozen_shows_nothing_of_meanwhile_as_live_and_goes_on(tmp_path: Path) -> None:
    async def scenario() -> list[str]:
        source = ToldSource()
        async with running_gateway(small_site(), source, tmp_path) as gateway:
            process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "tests.gateway.console_process", url_of(gateway), "all-wall",
                cwd=ROOT, stdout=asyncio.subprocess.PIPE,
            )  # fmt: skip
            try:
                while await word(process) != "live":
                    pass
                os.kill(process.pid, signal.SIGSTOP)
                await source.tell(*everybody_signs_in())
                await asyncio.sleep(FROZEN_S)  # how long it is frozen is what is tested
                os.kill(process.pid, signal.SIGCONT)
                said = [await word(process)]
                while "live" not in said:
                    said.append(await word(process))
                return said
            finally:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(process.pid, signal.SIGKILL)
                await process.communicate()

    said = asyncio.run(scenario())
    while said[0].startswith("beat") and said[0] != "beat":  # the rest of what it said before it was stopped
        age = int(said.pop(0).split()[1])
        assert age < 3000, "a beat that lay in the socket is no proof"
    assert said[0] in ("stale", "connecting") and "stale" in said, said
    assert "snapshot" not in said, "it goes on where it stood"
