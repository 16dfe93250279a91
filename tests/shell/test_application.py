"""The one application of a process: how it draws whatever the system's own style is."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

# Offscreen Qt takes this style by itself; on Windows only the variable has it taken.
MADE = """
import os
from console import app
print(app.application().style().name(), os.environ["QT_STYLE_OVERRIDE"].lower())
"""


@pytest.mark.parametrize(("chosen", "style"), [({}, "fusion"), ({"QT_STYLE_OVERRIDE": "Windows"}, "windows")])
def test_it_is_drawn_alike_on_every_system_unless_somebody_chose_otherwise(
    repository: Path, chosen: dict[str, str], style: str
) -> None:
    environment = {key: value for key, value in os.environ.items() if key != "QT_STYLE_OVERRIDE"}
    done = subprocess.run(
        [sys.executable, "-c", MADE], cwd=repository, env={**environment, "QT_QPA_PLATFORM": "offscreen", **chosen},
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.stdout.split() == [style, style], done.stderr
