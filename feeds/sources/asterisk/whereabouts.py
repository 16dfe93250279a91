"""On which channel somebody can be heard: the agent's own phone, also where a Local channel lies before it."""

from __future__ import annotations

from feeds.sources.asterisk.channels import UP, Channels
from feeds.sources.asterisk.listening import AsteriskTapper
from feeds.sources.asterisk.pbx import Pbx
from feeds.sources.asterisk.persons import Person
from feeds.sources.asterisk.translation import Translation


def tapper_on(pbx: Pbx, model: Translation) -> AsteriskTapper:
    """A tapper that finds seats and legs where the model of a source knows them."""

    def of_seat(seat: str) -> str | None:
        person = model.people.at_seat(seat)
        return None if person is None else _of_person(model.channels, person)

    def of_leg(name: str) -> str | None:
        for person in model.people:
            for leg in person.talks:
                if leg.name == name:
                    return model.channels.behind(leg.agent_channel)
        return None

    return AsteriskTapper(pbx, of_seat, of_leg, lambda queue: model.names.in_asterisk(queue) or queue)


def _of_person(channels: Channels, person: Person) -> str | None:
    for leg in person.talks:
        found = channels.behind(leg.agent_channel)
        if found is not None:
            return found
    own = [one for interface in sorted(person.interfaces) for one in channels.of_interface(interface)]
    talking = [one for one in own if one.state == UP and channels.joined_with(one)]
    return channels.behind(talking[0].name) if talking else None
