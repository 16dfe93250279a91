"""What Asterisk's names mean on this site: queues, members' interfaces, pause reasons; what is unknown gets created."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Final

from config.asterisk import Asterisk
from config.schema import Site
from feeds.facts import AgentFound, AnyFact, QueueFound
from feeds.rules.pauses import PauseWords
from feeds.sources.asterisk.ami.messages import number
from feeds.states import SeatState

log = logging.getLogger("feeds.sources.asterisk")

NOBODY: Final = frozenset({"", "<unknown>", "unknown", "anonymous"})


def interface_of_channel(channel: str) -> str:
    """`PJSIP/8001` of `PJSIP/8001-0000001a`, `Local/8001@agents` of `Local/8001@agents-00000001;1`."""
    return channel.rpartition("-")[0] or channel


def plain_interface(interface: str) -> str:
    """A member's interface as its channels are called: without the options of `Local/8001@agents/n`."""
    technology, _, rest = interface.partition("/")
    return f"{technology}/{rest.partition('/')[0]}" if technology == "Local" else interface


def number_of(interface: str) -> str:
    """`8001` of `PJSIP/8001`, `Local/8001@agents`, `Custom:8001`."""
    rest = interface.partition("/")[2] or interface.partition(":")[2] or interface
    return rest.partition("/")[0].partition("@")[0]


def caller_number(text: str) -> str:
    """A caller's number, empty where it is withheld."""
    return "" if text in NOBODY else text


def whole(text: str, most: int = 1_000_000_000) -> int:
    """A count or a duration that a header tells, from 0 to `most`; 0 for anything else."""
    return max(0, min(int(number(text)), most))


class Names:
    """Translates names; `tell` gets a fact for each one that the site does not know."""

    def __init__(self, site: Site, settings: Asterisk, tell: Callable[[AnyFact], None]) -> None:
        self._tell = tell
        self._queues = {queue.number: queue.id for queue in site.queues if queue.number}
        self._queues |= {queue.id: queue.id for queue in site.queues}
        self._queues |= {one.asterisk: one.queue for one in settings.queues}
        self._agents = {agent.id for agent in site.agents}
        self._seats = {seat.extension: seat.id for seat in site.seats if seat.extension}
        self._members: dict[tuple[str, str], str] = {}
        self._pauses = PauseWords((*site.pauses, *settings.pauses))
        self._in_asterisk: dict[str, str] = {}

    def queue(self, name: str, at: int) -> str:
        """The site's id of a queue; the name itself where the site does not know it."""
        found = self._queues.get(name)
        if found is None:
            found = self._queues[name] = name
            log.warning("queue %s is not in the site folder; it is shown under its own name", name)
            self._tell(QueueFound(at=at, queue=name))
        if found not in self._in_asterisk:
            self._in_asterisk[found] = name
        return found

    def asked(self, name: str) -> str | None:
        """The site's id of a queue that has been spoken of, None for another."""
        return self._queues.get(name)

    def in_asterisk(self, queue: str) -> str | None:
        """What Asterisk calls one of the site's queues; None for one that it has never spoken of."""
        return self._in_asterisk.get(queue)

    @property
    def known_queues(self) -> list[str]:
        """The site's ids of all queues that Asterisk has spoken of."""
        return list(self._in_asterisk)

    def agent(self, interface: str, member: str, at: int) -> str:
        """Who a queue's member is: by the first word of the member's name, by the interface's number, else new."""
        found = self._members.get((interface, member))
        if found is not None:
            return found
        words = member.split()
        own = number_of(interface)
        candidates = [words[0] if words else "", number_of(words[0]) if words else "", own]
        found = next((one for one in candidates if one in self._agents), "")
        if not found:
            found = own or interface
            self._agents.add(found)
            log.warning("agent %s (%s) is not in the site folder; shown without team and skills", found, interface)
            self._tell(AgentFound(at=at, agent=found))
        self._members[interface, member] = found
        return found

    def seat(self, interface: str, agent: str) -> str:
        """The seat whose phone an interface is; the agent's number where the site has none with that extension."""
        return self._seats.get(number_of(interface), agent)

    def pause(self, reason: str) -> SeatState:
        """The seat state that a pause with this reason is."""
        return self._pauses.state(reason)
