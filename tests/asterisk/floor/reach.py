"""What another process must know of a floor in order to use it."""

from __future__ import annotations

import pickle
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from tests.asterisk.floor.locks import Ports
from tests.asterisk.floor.plan import FloorPlan

HOST = "127.0.0.1"
_FILE = "floor.pickle"


class Reachable(Protocol):
    """A floor that phones and managers can reach."""

    @property
    def plan(self) -> FloorPlan:
        """Its queues and people."""

    @property
    def ports(self) -> Ports:
        """Where it listens."""

    @property
    def ami(self) -> tuple[str, int]:
        """Host and port of the manager interface."""

    @property
    def runs(self) -> bool:
        """Whether it is there at all."""


@dataclass(frozen=True)
class Reach:
    """A floor that some other process runs."""

    plan: FloorPlan
    ports: Ports
    runs: bool = True

    @property
    def ami(self) -> tuple[str, int]:
        """Host and port of the manager interface."""
        return HOST, self.ports.ami

    def save(self, workspace: Path) -> None:
        """Leave it in the floor's folder; plans are made by this code only, so that a pickle is safe."""
        (workspace / _FILE).write_bytes(pickle.dumps(self))


def reach_in(workspace: Path) -> Reach:
    """What the floor of that folder left."""
    found: Reach = pickle.loads((workspace / _FILE).read_bytes())
    return found
