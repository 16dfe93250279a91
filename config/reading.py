"""Reads a file that somebody names without trusting what it is: a device, a pipe or a disk's worth of zeros."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path
from typing import Final

CREDENTIAL: Final = 4096
"""Bytes of a file that holds one token or secret."""
CERTIFICATES: Final = 4 * 1024 * 1024
"""Bytes of a certificate or a bundle of them; a system's own has a quarter of a million."""
_CERTIFICATE: Final = (b"-----BEGIN CERTIFICATE-----", b"-----BEGIN TRUSTED CERTIFICATE-----")


def holds_certificate(content: bytes) -> bool:
    """Whether the content of a file has a certificate as PEM in it."""
    return any(sign in content for sign in _CERTIFICATE)


def regular(file: Path) -> os.stat_result:
    """What the system says of a file, links followed. Raises OSError unless it is an ordinary file.

    Asked before a file is opened, because opening a pipe already waits for whoever writes into it.
    """
    found = file.stat()
    if stat.S_ISREG(found.st_mode):
        return found
    if stat.S_ISDIR(found.st_mode):
        raise IsADirectoryError(errno.EISDIR, "it is a folder", str(file))
    kind = "a pipe" if stat.S_ISFIFO(found.st_mode) else "a socket" if stat.S_ISSOCK(found.st_mode) else "a device"
    raise OSError(errno.EINVAL, f"it is {kind}, not an ordinary file", str(file))


def beginning(file: Path, most: int) -> bytes:
    """The first `most` bytes of an ordinary file, or all of it. Raises OSError."""
    regular(file)
    return bounded(file, most)


def whole(file: Path, most: int) -> bytes:
    """An ordinary file of at most `most` bytes. Raises OSError."""
    data = beginning(file, most + 1)
    if len(data) > most:
        raise _too_long(file, most)
    return data


def credential(file: Path) -> bytes:
    """What a file with one token holds. Raises OSError.

    A pipe will do: a shell's `<(…)` is one, and keeps a token off the disk. A device never ends, but its reading does.
    """
    data = bounded(file, CREDENTIAL + 1)
    if len(data) > CREDENTIAL:
        raise _too_long(file, CREDENTIAL)
    return data


def bounded(file: Path, most: int) -> bytes:
    """The first `most` bytes, whatever a file is. Raises OSError."""
    with file.open("rb") as opened:
        return opened.read(most)


def _too_long(file: Path, most: int) -> OSError:
    return OSError(errno.EFBIG, f"it is longer than {most:,} bytes", str(file))
