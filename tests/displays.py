"""Screens in memory: an X server of its own whose picture can be looked at from outside."""

from __future__ import annotations

import contextlib
import os
import subprocess
import tempfile
import time
import zlib
from collections.abc import Iterator
from pathlib import Path


class Display:
    """A display and the file in which its server keeps what is on it."""

    def __init__(self, name: str, picture: Path) -> None:
        self.name, self.picture = name, picture

    def pictures(self, seconds: float) -> int:
        """How often the picture became another one in so many seconds; what changes within 20 ms counts once."""
        end, found, before = time.monotonic() + seconds, 0, self._sum()
        while time.monotonic() < end:
            time.sleep(0.02)
            now = self._sum()
            found += now != before
            before = now
        return found

    def _sum(self) -> int:
        return zlib.adler32(self.picture.read_bytes())


@contextlib.contextmanager
def a_display(width: int = 1920, height: int = 1080) -> Iterator[Display]:
    """An X server for as long as the block lasts."""
    listening, telling = os.pipe()
    with tempfile.TemporaryDirectory() as folder:
        command = [
            "Xvfb", "-displayfd", str(telling), "-screen", "0", f"{width}x{height}x24", "-nolisten", "tcp",
            "-fbdir", folder,
        ]  # fmt: skip
        with subprocess.Popen(command, pass_fds=[telling], stderr=subprocess.DEVNULL) as server:
            os.close(telling)
            with os.fdopen(listening) as told:
                number = told.readline().strip()
            try:
                yield Display(f":{number}", Path(folder) / "Xvfb_screen0")
            finally:
                server.terminate()
