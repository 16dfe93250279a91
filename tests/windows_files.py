"""A file system as Windows' is: what this process has open is neither removed nor renamed nor replaced."""

from __future__ import annotations

import errno
import os
import stat
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

here = pytest.mark.skipif(sys.platform != "linux", reason="asks /proc what is open; Windows is so by itself")


def hold_what_is_open(monkeypatch: pytest.MonkeyPatch) -> None:
    """Until the test ends, refuse as Windows does."""
    for name in ("unlink", "remove", "rename", "replace"):
        monkeypatch.setattr(os, name, _refusing(getattr(os, name), removes=name in ("unlink", "remove")))


def _refusing(real: Callable[..., None], *, removes: bool) -> Callable[..., None]:
    def refuse_or_do(*given: Any, **more: Any) -> None:
        for one in given[: 1 if removes else 2]:
            if _is_open(one):
                raise PermissionError(errno.EACCES, "it is being used by another process", os.fspath(one))
        real(*given, **more)

    return refuse_or_do


def _is_open(path: Any) -> bool:
    try:
        wanted = os.lstat(path)
    except OSError:
        return False
    return stat.S_ISREG(wanted.st_mode) and (wanted.st_dev, wanted.st_ino) in set(_open_files())


def _open_files() -> list[tuple[int, int]]:
    found = []
    for descriptor in Path("/proc/self/fd").iterdir():
        try:
            one = descriptor.stat()
        except OSError:
            continue
        found.append((one.st_dev, one.st_ino))
    return found
