"""What a log is: facts numbered by revision, under an identity called the epoch, with key frames to start from."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Protocol

from msgspec import Struct

from feeds.facts import AnyFact
from feeds.records import Happening, LegRecord


class LogError(Exception):
    """The log cannot be opened, read or written; the message says which file and what to do."""


class Entry(Struct, frozen=True):
    """A fact with its revision; `position` is the source's own place of the fact, None for facts of the gateway."""

    rev: int
    fact: AnyFact
    position: int | None = None


Chunked = tuple[Collection[bytes], bytes]
"""The names of some parts, and their bytes as a file keeps them, packed together: nobody need pack those again."""


class Packed(Protocol):
    """A part of a state that many states may share."""

    @property
    def packed(self) -> bytes:
        """Its bytes."""
        ...

    @property
    def lies_in(self) -> Chunked | None:
        """What it lies packed together with in the file that it was read from; None where it was not read from one."""
        ...


class CopiesOf(Protocol):
    """Gives the copies that a key frame names."""

    def __call__(self, name: bytes) -> bytes | tuple[tuple[int, ...], ...]:
        """A copy's bytes, or the rows of numbers that they stand for. Raises LogError."""
        ...

    def lies_in(self, name: bytes) -> Chunked:
        """What a copy lies packed together with. Raises LogError."""
        ...

    def hold(self, names: Iterable[bytes]) -> None:
        """Read copies, so that later neither the log nor damage to it stands in the way. Raises LogError."""
        ...


class KeyFrame(Struct, frozen=True):
    """A state as it was folded up to a revision; `copy` gives the parts that it names and raises LogError.

    With `steps` the state is an earlier one, and they lead from there: steps packed together, and how many are taken.
    """

    rev: int
    state: bytes
    copy: CopiesOf
    steps: Sequence[tuple[bytes, int]] = ()


class Log(Protocol):
    """The contract; every implementation passes tests/feeds/log_contract.py."""

    @property
    def epoch(self) -> str:
        """The log's identity: two logs with the same epoch hold the same facts at the same revisions."""
        ...

    @property
    def rev(self) -> int:
        """The newest revision, 0 for an empty log."""
        ...

    def append(self, facts: Sequence[tuple[AnyFact, int | None]]) -> int:
        """Store facts with their source positions in one transaction; the revision of the last. Raises LogError."""
        ...

    def entries(self, after: int = 0, until: int | None = None) -> Iterator[Entry]:
        """Entries with after < rev ≤ until, in order."""
        ...

    def position(self, source: str) -> int:
        """The greatest source position stored for a source, 0 if none."""
        ...

    def key_frame(self, rev: int, at: int, state: bytes, copies: Mapping[bytes, Packed]) -> None:
        """Keep a folded state, so that a later start need not fold from the beginning.

        `copies` are the parts that it names; those that the log has already are not kept again.
        """
        ...

    def newest_key_frame(self, rev: int | None = None, at: int | None = None) -> KeyFrame | None:
        """The last key frame not after a revision or floor time."""
        ...

    def write_legs(self, legs: Sequence[LegRecord]) -> None:
        """Keep ledger records; a record of the same leg is replaced."""
        ...

    def legs(self, begin: int, end: int, queues: Sequence[str] | None = None) -> Iterator[LegRecord]:
        """Ledger records that joined, were concluded or were booked in [begin, end), UTC milliseconds."""
        ...

    def write_happenings(self, happenings: Sequence[Happening]) -> None:
        """Keep what happened; of one thing at one revision the last word wins."""
        ...

    def happenings(self, begin: int, end: int) -> Iterator[Happening]:
        """What happened in [begin, end), UTC milliseconds, in the order of revisions."""
        ...

    def close(self) -> None:
        """Flush and let go of the file."""
        ...
