"""Lines of a text file, plain or gzipped, of any length and quality, in flat memory."""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

LONGEST: int = 16_384
"""Characters of a line that are read at most; the rest of a longer one is skipped."""
_MAGIC = b"\x1f\x8b"


def _unpacking(raw: IO[bytes]) -> Any:
    return gzip.GzipFile(fileobj=raw)


class ReadingError(Exception):
    """The file cannot be opened at all; the message says what to do."""


class Lines:
    """The lines of a file as (number from 1, text without line break); `share` tells how far reading has come.

    Bytes that are not UTF-8 become replacement marks. `cut_short` says why a damaged or truncated file ended early.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.cut_short: str | None = None
        try:
            self.size = path.stat().st_size
            self._raw: IO[bytes] = path.open("rb")
        except OSError as error:
            raise ReadingError(f"{path}: cannot be read ({error.strerror}): check the name and its rights") from error
        # By content, not by name: rotated logs are called queue_log.1.gz, queue_log-20240501 or anything.
        packed = self._raw.read(2) == _MAGIC
        self._raw.seek(0)
        stream: Any = io.BufferedReader(_unpacking(self._raw), 1 << 16) if packed else self._raw
        self._text = io.TextIOWrapper(stream, encoding="utf-8", errors="replace", newline="\n")

    @property
    def share(self) -> float:
        """How much of the file has been read, 0 to 1."""
        return min(1.0, self._raw.tell() / self.size) if self.size else 1.0

    def __iter__(self) -> Iterator[tuple[int, str]]:
        read, number = self._text.readline, 0
        try:
            while line := read(LONGEST):
                number += 1
                if line[-1] != "\n" and len(line) == LONGEST:
                    self._skip_rest()
                yield number, line.rstrip("\r\n")
        except (EOFError, zlib.error, OSError) as error:
            self.cut_short = str(error)

    def _skip_rest(self) -> None:
        while (more := self._text.readline(LONGEST)) and more[-1] != "\n":
            pass

    def close(self) -> None:
        """Let go of the file."""
        self._text.close()
        self._raw.close()
