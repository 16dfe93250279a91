"""What a console's desk needs of its gateway, in one hand."""

from __future__ import annotations

from dataclasses import dataclass

from config.schema import Site
from feeds.gateway.asking.agents import Agents
from feeds.gateway.asking.archive import Archive
from feeds.gateway.asking.shifts import Shifts
from feeds.gateway.consoles.door import Door
from feeds.gateway.credentials import Credentials
from feeds.gateway.ordering.orders import Orders
from feeds.gateway.publishing.pump import Pump
from feeds.gateway.publishing.views import Views
from feeds.gateway.running.engine import Engine


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
