"""How many examples a property is tried with: all of them in the full test, a third of them in the quick one."""

from __future__ import annotations

import os

QUICK = "WATCHFLOOR_QUICK"
"""Set by `main.py test --quick` for the tests that it runs."""


def examples(number: int) -> int:
    """That many, or, when somebody waits for the answer, a third of them but two at least."""
    return max(2, number // 3) if os.environ.get(QUICK) else number
