"""Making much at once: nothing of it is garbage, and looking for garbage meanwhile takes longer than the making."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def in_bulk() -> Iterator[None]:
    """Run without the cycle collector: for a second, or longer where nothing is made that holds on to itself.

    Nested uses and other threads' uses may overlap.
    """
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()
