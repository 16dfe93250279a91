"""Files in which the desk keeps what is somebody's own: written whole or not at all, put aside where of no use."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path
from typing import Final, TypeVar

import msgspec

from config.replacing import put_in_place

BROKEN: Final = ".broken"
T = TypeVar("T")


def write(path: Path, value: object, mode: int = 0o666) -> None:
    """Keep it as JSON that a person can read; see :func:`write_bytes`."""
    write_bytes(path, msgspec.json.format(msgspec.json.encode(value)), mode)


def write_bytes(path: Path, kept: bytes, mode: int = 0o666) -> None:
    """Keep them whole or not at all, also when the power goes. Raises OSError.

    `mode` counts from the first byte on, less the user's own mask: nobody else may read a token even for a moment.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(path.name + ".new")
    with contextlib.suppress(FileNotFoundError):
        fresh.unlink()
    how = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)  # Windows would change the ends of lines
    with os.fdopen(os.open(fresh, how, mode), "wb") as file:
        file.write(kept)
        file.flush()
        os.fsync(file.fileno())
    put_in_place(fresh, path)


def read(path: Path, kind: type[T]) -> tuple[T | None, Exception | None]:
    """What is kept there, None where nothing is; or what is wrong with it, and then it is put aside."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=kind), None
    except FileNotFoundError:
        return None, None
    except OSError as trouble:
        return None, trouble
    except (ValueError, RecursionError) as trouble:  # msgspec's own errors are ValueErrors
        put_aside(path)
        return None, trouble


def put_aside(path: Path) -> None:
    """Keep a file that cannot be used beside where it was, for whoever wants to know."""
    with contextlib.suppress(OSError):
        path.replace(path.with_name(path.name + BROKEN))
