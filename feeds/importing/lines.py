"""Lines of a text file, plain or gzipped, of any length and quality, in flat memory."""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from config.reading import regular

LONGEST: int = 16_384
"""Characters of a line that are read at most; the rest of a longer one is skipped."""
_MAGIC = b"\x1f\x8b"
_NOT_READ = {
    b"BZh": "is packed by bzip2: unpack it first, or pack it by gzip",
    b"\xfd7zXZ\x00": "is packed by xz: unpack it first, or pack it by gzip",
    b"\x28\xb5\x2f\xfd": "is packed by zstd: unpack it first, or pack it by gzip",
    b"PK\x03\x04": "is a zip archive: unpack it first, or pack it by gzip",
    b"\xff\xfe": "is text in UTF-16: save it as UTF-8",
    b"\xfe\xff": "is text in UTF-16: save it as UTF-8",
}
"""How files begin of which every line would be garbage, and what to do with them."""
_HEAD = max(map(len, _NOT_READ))
_BLOCK = 1 << 16
_NULS = re.compile("\0+")


class ReadingError(Exception):
    """The file cannot be read at all; the message says what to do."""


class _Unpacked(io.RawIOBase):
    """What gzip members hold, one after the other; never raises, but ends early and says why in `damage`.

    gzip.GzipFile raises at damage, and whatever lies in the buffers above it is lost: up to all of a small file.
    """

    def __init__(self, raw: IO[bytes]) -> None:
        self._raw = raw
        self._packed = b""
        self._member: Any = zlib.decompressobj(31)
        self._ready = b""
        self._over = False
        self.damage: str | None = None
        self.ignored = False
        """Whether something that is no gzip member follows the last one; gzip passes over that too."""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while not self._ready and not self._over:
            if self._member.eof:
                self._next_member()
            else:
                self._ready = self._unpack(len(buffer))
        part, self._ready = self._ready[: len(buffer)], self._ready[len(buffer) :]
        buffer[: len(part)] = part
        return len(part)

    def _unpack(self, most: int) -> bytes:
        packed = self._packed or self._more()
        before = self._member.copy()
        try:
            found: bytes = self._member.decompress(packed, most)
        except zlib.error as error:
            self._end(str(error))
            return _up_to_damage(before, packed)
        self._packed = self._member.unused_data if self._member.eof else self._member.unconsumed_tail
        if not found and not packed and not self._member.eof:
            self._end(self.damage or "the packed data stop before their end")
        return found

    def _next_member(self) -> None:
        packed = self._packed.lstrip(b"\0")  # tapes and disks fill up with zeroes
        while len(packed) < len(_MAGIC) and (more := self._more()):
            packed = (packed + more).lstrip(b"\0")
        self._packed = packed
        if packed.startswith(_MAGIC):
            self._member = zlib.decompressobj(31)
        else:
            self.ignored = bool(packed)
            self._over = True

    def _more(self) -> bytes:
        try:
            return self._raw.read(_BLOCK)
        except OSError as error:
            self.damage = str(error)
            return b""

    def _end(self, why: str) -> None:
        self.damage = why
        self._over = True


def _up_to_damage(member: Any, packed: bytes) -> bytes:
    """What comes out before damage is met: a call that raises hands out nothing, so the bytes go in one by one."""
    found = []
    try:
        for place in range(len(packed)):
            found.append(member.decompress(packed[place : place + 1]))
    except zlib.error:
        pass
    return b"".join(found)


class Lines:
    """The lines of a file as (number from 1, text without line break); `share` tells how far reading has come.

    Bytes that are not UTF-8 become replacement marks, a byte order mark is passed over. Once read, `cut_short` says
    why a damaged or truncated file ended early, `ignored` whether something unpackable follows a complete gzip file.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.cut_short: str | None = None
        try:
            self.size = regular(path).st_size  # a pipe tells its lines once, and some are looked at ahead
            self._raw: IO[bytes] = path.open("rb")
        except OSError as error:
            raise _unreadable(path, error) from error
        try:
            # By content, not by name: rotated logs are called queue_log.1.gz, queue_log-20240501 or anything.
            head = self._raw.read(_HEAD)
            self._raw.seek(0)
        except OSError as error:  # of a disk or a share that is broken
            self._raw.close()
            raise _unreadable(path, error) from error
        refusal = next((words for begin, words in _NOT_READ.items() if head.startswith(begin)), "")
        if refusal:
            self._raw.close()
            raise ReadingError(f"{path}: {refusal}")
        self._unpacked = _Unpacked(self._raw) if head.startswith(_MAGIC) else None
        stream: Any = self._raw if self._unpacked is None else io.BufferedReader(self._unpacked, _BLOCK)
        self._text = io.TextIOWrapper(stream, encoding="utf-8", errors="replace", newline="\n")

    @property
    def share(self) -> float:
        """How much of the file has been read, 0 to 1."""
        return min(1.0, self._raw.tell() / self.size) if self.size else 1.0

    @property
    def ignored(self) -> bool:
        """Whether bytes that are no gzip follow the packed lines."""
        return self._unpacked is not None and self._unpacked.ignored

    def __iter__(self) -> Iterator[tuple[int, str]]:
        number, rest = 0, ""
        try:
            # Split many at once: asking for line after line takes several times as long.
            while chunk := self._text.read(_BLOCK):
                texts = (rest + chunk).split("\n")
                rest = texts.pop()
                if len(rest) > LONGEST:  # all that is wanted of it, and a mark that it is one that goes on
                    rest = _NULS.sub("\0", rest)[: LONGEST + 1]
                for text in texts:
                    number += 1
                    yield number, _used(text, number)
        except OSError as error:
            self.cut_short, rest = str(error), ""
        if self._unpacked is not None and self._unpacked.damage is not None:
            self.cut_short = self._unpacked.damage
        elif rest:  # what damage tore may end in a wrong number
            yield number + 1, _used(rest, number + 1)

    def close(self) -> None:
        """Let go of the file."""
        self._text.close()
        self._raw.close()


def _unreadable(path: Path, error: OSError) -> ReadingError:
    return ReadingError(f"{path}: cannot be read ({error.strerror}): name a file that you may read")


def lines_of(path: Path) -> Iterator[tuple[int, str]]:
    """The lines of a file, which is closed behind them. Raises ReadingError."""
    lines = Lines(path)
    try:
        yield from lines
    finally:
        lines.close()


def _used(text: str, number: int) -> str:
    if number == 1:
        text = text.removeprefix("\ufeff")
    if "\0" in text:
        # Where a machine went down, these stand for what never reached the disk, and for the break behind it. The line
        # that follows is mostly that Asterisk started anew: without it the calls before would go on for ever.
        text = text.rstrip("\0\r").rpartition("\0")[2]
    return text[:LONGEST].rstrip("\r") if len(text) > LONGEST or text[-1:] == "\r" else text
