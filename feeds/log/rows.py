"""How a log file is laid out: tables, blocks of packed facts, and the numbers by which a file says what it is."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Sequence
from itertools import count, repeat
from typing import Final, NamedTuple

import msgspec
from backports import zstd

from feeds.facts import AnyFact
from feeds.log.base import Entry
from feeds.log.columns import pack_columns, unpack_columns
from feeds.log.sums import BlockDamagedError, check_sum, check_times

APPLICATION: Final = 0x57464C52
"""SQLite's application_id of a log: the letters WFLR."""
SCHEMA: Final = 6
"""SQLite's user_version of a log; a file with a greater one was written by a newer version.

2 has shared copies. 3 has blocks in columns (its older blocks stay as they are) and key frames of another make. 4 has
steps between key frames. 5 has a check sum in each row of `meta`, `facts`, `legs` and `journal`, behind each block
(older blocks and records stay as they are), and in `positions`, which also says where the log ends. 6 squeezes with
zstd; what older versions squeezed with zlib stays as it is.
"""
FRAMES: Final = 3
"""Key frames of files since this version can be read."""
STEPPED: Final = 6
"""Steps of files since this version can be read; of older files whole frames are used."""
SUMMED: Final = 5
"""Rows of files since this version have check sums."""
BLOCK: Final = 1000
"""Facts in a sealed block."""
LEVEL: Final = 6
"""For what a gateway writes while it serves: a block takes half a millisecond, a large floor's key frame fifteen."""
LASTING_LEVEL: Final = 17
"""For the key frames of a finished recording: a tenth smaller for ten times the work, done once."""
MOST_BYTES: Final = 1 << 26
"""More than anything that is kept takes when it is expanded; a few bytes can claim to be gigabytes."""
_MAGIC: Final = b"\x28\xb5\x2f\xfd"
"""How zstd's bodies begin (RFC 8878); zlib's begin otherwise."""

COPIES: Final = (
    # Parts of states by the name that they have there: most of a floor's past is the same in many frames.
    "CREATE TABLE IF NOT EXISTS copies (name BLOB PRIMARY KEY, chunk INTEGER) WITHOUT ROWID",
    # Some of them packed together: copies of one minute differ little from those of the next.
    "CREATE TABLE IF NOT EXISTS chunks (id INTEGER PRIMARY KEY, body BLOB)",
)

STEPS: Final = (
    # Key frames that are kept as what is different from the one before: the first `place` of those packed together.
    "CREATE TABLE IF NOT EXISTS steps (rev INTEGER PRIMARY KEY, at INTEGER, part INTEGER, place INTEGER)",
    # Some steps packed together; all parts behind a whole frame, in their order, lead from it.
    "CREATE TABLE IF NOT EXISTS parts (id INTEGER PRIMARY KEY, frame INTEGER, count INTEGER, body BLOB)",
    "CREATE INDEX IF NOT EXISTS parts_frame ON parts (frame)",
)

JOURNAL: Final = (
    # What the fold found out on the way and no fact says: alarms that came and went, and what else people ask for.
    "CREATE TABLE journal "
    "(rev INTEGER, key TEXT, at INTEGER, body BLOB, sum INTEGER, PRIMARY KEY (rev, key)) "
    "WITHOUT ROWID",
    "CREATE INDEX journal_at ON journal (at)",
)
"""Only a log that a gateway writes has it; one that was begun by an older version says since when (`journal_from`)."""

TABLES: Final = (
    "CREATE TABLE meta (name TEXT PRIMARY KEY, value, sum INTEGER) WITHOUT ROWID",
    # The young end of the log: a row for each fact, until there are enough of them for a block.
    "CREATE TABLE facts (rev INTEGER PRIMARY KEY, position INTEGER, source TEXT, at INTEGER, body BLOB, sum INTEGER)",
    # `earliest` and `latest` are those of all facts up to and with the block, so they only ever go one way.
    "CREATE TABLE blocks (first INTEGER PRIMARY KEY, last INTEGER, earliest INTEGER, latest INTEGER, body BLOB)",
    "CREATE INDEX blocks_latest ON blocks (latest, first)",
    # Also where the log ends, as rows that are lost at its end leave no other trace, with the sum of the whole table.
    "CREATE TABLE positions (source TEXT PRIMARY KEY, position INTEGER, sum INTEGER) WITHOUT ROWID",
    "CREATE TABLE frames (rev INTEGER PRIMARY KEY, at INTEGER, state BLOB)",
    *COPIES,
    *STEPS,
    "CREATE TABLE legs "
    "(leg TEXT PRIMARY KEY, queue TEXT, joined INTEGER, concluded INTEGER, booked INTEGER, body BLOB, sum INTEGER)",
    "CREATE INDEX legs_joined ON legs (joined)",
    "CREATE INDEX legs_concluded ON legs (concluded) WHERE concluded IS NOT NULL",
    "CREATE INDEX legs_booked ON legs (booked) WHERE booked IS NOT NULL",
)

_ROWS: Final = 0x92
"""The first byte of a block from before there were columns: an array of two."""
_decode_rows = msgspec.msgpack.Decoder(tuple[list[int | None] | None, list[AnyFact]]).decode


WITH_SUMS: Final = ("meta", "facts", "positions", "legs", "journal")
"""Tables with a check sum as their last column."""


class Row(NamedTuple):
    """A row of `blocks`."""

    first: int
    last: int
    earliest: int
    latest: int
    body: bytes


_SUM_BYTES: Final = 4
"""The check sum behind a block's compressed facts: over the row's numbers, and over those bytes."""


def squeeze(data: bytes, level: int = LEVEL) -> bytes:
    """Bytes in the compressed form in which files keep them, with a check sum."""
    options: dict[int, int] = {
        zstd.CompressionParameter.compression_level: level, zstd.CompressionParameter.checksum_flag: 1,
    }  # fmt: skip
    return zstd.compress(data, options=options)


def expand(data: bytes) -> bytes:
    """The bytes that were squeezed, of which nothing is left over. Raises BlockDamagedError."""
    try:
        reading = zstd.ZstdDecompressor() if data[:4] == _MAGIC else zlib.decompressobj()
        found = reading.decompress(data, MOST_BYTES)
    except (zstd.ZstdError, zlib.error, TypeError) as error:
        # SQLite gives a text or a number where a row's head was damaged.
        raise BlockDamagedError(str(error)) from error
    if not reading.eof or reading.unused_data:
        raise BlockDamagedError("squeezed bytes that end elsewhere")
    return found


def pack_block(entries: Sequence[tuple[AnyFact, int | None]]) -> bytes:
    """Facts with their positions as one compressed body; about a tenth of what single rows take."""
    facts, positions = zip(*entries, strict=True)
    return squeeze(pack_columns(positions, facts))


def sealed(row: Row) -> Row:
    """A row with the check sum behind its body."""
    return row._replace(body=row.body + _sum_of(row, row.body))


def _sum_of(row: Row, body: bytes) -> bytes:
    return check_sum(*row[:4], zlib.crc32(body)).to_bytes(_SUM_BYTES, signed=True)


def unpack_row(row: Row) -> list[Entry]:
    """The entries of a block, which are what was written. Raises BlockDamagedError."""
    try:
        body = row.body[:-_SUM_BYTES]
        has_sum = row.body[-_SUM_BYTES:] == _sum_of(row, body)
        entries = unpack_block(row.first, body if has_sum else row.body)
        times = (entries[0].fact.at, entries[-1].fact.at) if has_sum else [entry.fact.at for entry in entries]
        if entries[-1].rev != row.last or min(times) < row.earliest or max(times) > row.latest:
            raise BlockDamagedError("a row that says something else than its block")
        check_times(row.earliest, row.latest)
    except (ValueError, LookupError, TypeError) as error:
        raise BlockDamagedError(str(error)) from error
    return entries


def unpack_block(first: int, body: bytes) -> list[Entry]:
    """The entries of a block that begins at revision `first`. Raises BlockDamagedError."""
    try:
        return list(map(Entry, count(first), *_unpacked(expand(body))))
    except (msgspec.MsgspecError, ValueError, LookupError, TypeError, StopIteration) as error:
        raise BlockDamagedError(str(error)) from error


def _unpacked(body: bytes) -> tuple[Iterable[AnyFact], Iterable[int | None]]:
    if body[:1] != bytes((_ROWS,)):
        positions, facts = unpack_columns(body)
        return facts, positions
    known, facts = _decode_rows(body)
    return facts, repeat(None) if known is None else known
