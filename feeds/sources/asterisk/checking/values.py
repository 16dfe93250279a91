"""What an examination of a PBX is made of: a finding, the answers it rests on, and words that several judges use."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final, Literal, NamedTuple

from config.schema import Site
from feeds.sources.asterisk.ami.messages import Message

State = Literal["ok", "warn", "missing"]
Lines = list[tuple[str, str]]

MANAGER_CONF: Final = "manager.conf (FreePBX: manager_custom.conf)"
READ: Final = ("system", "call", "agent", "user")
"""Classes of events without which the floor cannot be told."""
TRIED: Final = (22, 10)
OLDEST: Final = 20
WEBSOCKET: Final = (22, 8)
_YES: Final = frozenset({"yes", "true", "on", "1", "y", "t"})


class Check(NamedTuple):
    """One thing that was looked at; `missing` keeps something from working, `remedy` is what to write where."""

    name: str
    state: State
    text: str
    remedy: str = ""


def ok(name: str, text: str) -> Check:
    """It will do."""
    return Check(name, "ok", text)


def warn(name: str, text: str, remedy: str) -> Check:
    """It works, but less well than it could."""
    return Check(name, "warn", text, remedy)


def missing(name: str, text: str, remedy: str) -> Check:
    """Something will not work until the remedy is applied."""
    return Check(name, "missing", text, remedy)


@dataclass
class Found:
    """What the PBX answered. A file or module that could not be asked for is in none of the dictionaries."""

    may: frozenset[str] = frozenset()
    """Actions that the user may give."""
    unknown: frozenset[str] = frozenset()
    """Actions that this Asterisk does not have, whoever asks."""
    modules: dict[str, bool] = field(default_factory=dict)
    queue_rows: list[Message] = field(default_factory=list)
    files: dict[str, dict[str, Lines]] = field(default_factory=dict)
    """Sections by file; a file that is not there has none."""
    contexts: dict[str, list[Message]] = field(default_factory=dict)
    gosubs: dict[str, str] = field(default_factory=dict)
    """What queues call on a member's channel, and the context of that."""
    channel_variables: list[str] | None = None
    """What rides along on a channel's event; None when none was seen."""
    devices: dict[str, str] | None = None
    """Devices and their states; None where they could not be asked for."""
    endpoints: dict[str, list[Message]] = field(default_factory=dict)
    """What PJSIP says of those that are trunks."""

    def queues(self) -> list[str]:
        """The names of Asterisk's queues, in its order."""
        return [row.get("Queue", "") for row in self.queue_rows if row.event == "QueueParams"]

    def queue_lines(self) -> dict[str, Lines]:
        """The lines of queues.conf by section, for the queues that there are."""
        there = set(self.queues())
        return {name: lines for name, lines in self.files.get("queues.conf", {}).items() if name in there}

    def manager_general(self, name: str) -> bool | None:
        """A yes or no of [general] in manager.conf; None when that could not be read."""
        if "manager.conf" not in self.files:
            return None
        return is_yes(value_of(self.files["manager.conf"].get("general", []), name))


def sections(answer: Message) -> dict[str, Lines]:
    """GetConfig's answer as the lines of each section (`Category-000001: claims`, `Line-000001-000003: a=b`)."""
    names: dict[str, str] = {}
    found: dict[str, Lines] = {}
    for key, value in answer.items():
        kind, _, place = key.partition("-")
        if kind == "Category":
            names[place] = value
            found.setdefault(value, [])
        elif kind == "Line":
            name, _, text = value.partition("=")
            found.setdefault(names.get(place.partition("-")[0], ""), []).append((name.strip().lower(), text.strip()))
    return found


def value_of(lines: Lines, name: str) -> str:
    """The last value of a setting, as Asterisk takes it; empty where it is not set."""
    return next((value for key, value in reversed(lines) if key == name), "")


def is_yes(text: str) -> bool:
    """Whether Asterisk takes a text for a yes."""
    return text.casefold() in _YES


def wants(site: Site, feature: str) -> bool:
    """Whether anybody at this site may give orders of a feature."""
    rights = (right for role in site.roles for right in role.rights)
    return any(right == "*" or right.startswith(f"{feature}.") for right in rights)


def listed(names: Sequence[str], most: int = 6) -> str:
    """Names for a message, not all of them where they are many."""
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return ", ".join(names[:most]) + more


def tried(said: str, interface: str, listening: bool) -> Check:
    """What is known of this release of Asterisk."""
    name = "Version"
    # Releases of a vendor's own have names such as `certified/20.7-cert3` and `GIT-master-abc`.
    number = re.search(r"(\d+)\.(\d+)", said)
    if number is None:
        text = f"{said or 'not told'} (manager interface {interface})"
        return warn(name, text, "Asterisk 22.8 or newer has all that is needed; 22.10 was tried")
    release = (int(number[1]), int(number[2]))
    if release[0] < OLDEST:
        return warn(
            name, f"{said} was never tried: what it lacks is not known", "Asterisk 20 or newer, 22.8 for listening"
        )
    if release < WEBSOCKET:
        text = f"{said} was not tried; listening in the console needs 22.8, with a supervisor's phone it works"
        return warn(name, text, "Asterisk 22.8 or newer") if listening else ok(name, f"{said}; 22.10 was tried")
    return ok(name, said if release[0] == TRIED[0] else f"{said}, newer than 22.10, which was tried")
