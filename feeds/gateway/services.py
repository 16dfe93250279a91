"""What a console's desk needs of its gateway, in one hand."""

from __future__ import annotations

from dataclasses import dataclass

from config.schema import Site
from feeds.gateway.agents import Agents
from feeds.gateway.archive import Archive
from feeds.gateway.credentials import Credentials
from feeds.gateway.door import Door
from feeds.gateway.engine import Engine
from feeds.gateway.orders import Orders
from feeds.gateway.pump import Pump
from feeds.gateway.shifts import Shifts
from feeds.gateway.views import Views


@dataclass
class Services:
    """The parts of a running gateway. `views` is replaced when another epoch begins."""

    site: Site
    engine: Engine
    credentials: Credentials
    orders: Orders
    archive: Archive
    shifts: Shifts
    agents: Agents
    pump: Pump
    views: Views
    door: Door
    beat_ms: int = 1000
