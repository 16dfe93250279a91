"""When each was last seen at this desk, and after how long they count as away: kept in one small file."""

from __future__ import annotations

import contextlib
import logging
from pathlib import Path

import msgspec
from msgspec import Struct

from config.environment.folders import data_folder
from console.machine import own_files

FILE = "away.json"
MINUTES = (1, 2, 5, 10, 15, 30)
NEVER = 0
USUAL = 5
MOST_PEOPLE = 50

log = logging.getLogger("console.away")


class Seen(Struct, frozen=True, omit_defaults=True):
    """`at` is floor time of the floor of that `epoch`.

    `site` is the key of the site whose floor it was, where that was live: an edited site has another epoch.
    """

    epoch: str
    at: int
    site: str = ""


class Memory(Struct, frozen=True, omit_defaults=True):
    """`minutes` without a hand make an absence, 0 for never; `people` by the credential's id, the last seen at the end.

    Several share a desk from shift to shift: that another was here until a minute ago says nothing of who comes back.
    """

    minutes: int = USUAL
    people: dict[str, Seen] = {}
    """Not called `seen`: that was a number once, and a file of that time shall still tell its minutes."""

    def with_seen(self, by: str, seen: Seen) -> Memory:
        """The same, with somebody seen now; of very many only the last ones are remembered."""
        others = [(name, one) for name, one in self.people.items() if name != by]
        return msgspec.structs.replace(self, people=dict([*others[-(MOST_PEOPLE - 1) :], (by, seen)]))


def memory_file() -> Path:
    """Where it is kept for this user."""
    return data_folder() / FILE


def load(path: Path) -> Memory:
    """What was kept; what cannot be read was nothing of value."""
    found, trouble = own_files.read(path, Memory)
    if trouble is not None:
        log.warning("%s cannot be read (%s): who was here last is not known", path.name, trouble)
    if found is None:
        return Memory()
    return found if found.minutes in (NEVER, *MINUTES) else msgspec.structs.replace(found, minutes=USUAL)


def save(path: Path, memory: Memory) -> None:
    """Keep it, whole or not at all."""
    with contextlib.suppress(OSError):  # it is written again in a minute
        own_files.write(path, memory)
