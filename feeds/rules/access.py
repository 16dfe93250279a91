"""Who sees and may do what: roles, scopes and views; whatever is not allowed here is denied.

A credential may be limited to queues, teams and vendors (a vendor stands for all its teams); a console may narrow its
view further by queues and teams. Both limits are the same thing here, an :class:`Audience`:

====================================================  ==============================================================
entity                                                visible when
====================================================  ==============================================================
site, source, trunk, layout                           always; the site is trimmed to the names that are in scope, and
                                                      to those of credentials that share something of it
queue, and its switch, figures, trend and alarm       the queue is in scope
figures, trend, alarm of the site, group, seat type   **all** its queues are in scope, so that nothing can be inferred
                                                      about the others by subtraction; an alarm without the one that
                                                      caused it, where that is not in scope
figures, trend, alarm, staff of a team or vendor      the team, or every team of the vendor, is in scope; never with a
                                                      limit of queues alone
staff of the site, a group, a seat type, a queue,     as its figures, and no limit of teams or vendors: what is
and those of its figures that tell of agents' time    known of all people and of one's own tells of the others'; so do
                                                      alarms about how many are in a state, and limits of alarms that
                                                      are a share of how many there are, which are left out of
                                                      them, and waits that are reckoned from how many serve a queue
alarm's number and group, the leg that a leg came     only without any limit; else the moment it came is the number
from
alarm of a source or trunk                            always
alarm of a seat                                       as the seat, for the agent who sat there when it came
seat, agent                                           whoever sits there is of a team in scope, and the seat type
                                                      serves a queue in scope; an empty seat belongs to no team;
                                                      without the queues, and the call, that are not in scope
call                                                  its queue is in scope, and, once an agent has it, the team too;
                                                      an agent whose team nobody knows is of no team in scope
record in the ledger                                  while it waits as the call; once it is over, its queue and the
                                                      team that answered are in scope: what nobody answered was no
                                                      team's, so it goes with no limit of teams or vendors only
order                                                 given with the same credential
call, agent, order, listening, note, opened calls     never on a display (a role without rights), at which agents and
                                                      visitors look too: it is told of seats with the agent's number,
                                                      without names, reasons and calls
listening                                             given with the same credential, or no limit at all
notice                                                to the floor: always; to a team: the team is in scope; to a
                                                      seat: as that seat, and never on a display
note                                                  without any limit
anything else                                         only without any limit
====================================================  ==============================================================

Numbers of customers are masked unless the role says otherwise, those in sentences about orders with them. The wall's
PIN hash goes to displays only, that is to roles without a single right: a hash of six digits is worth guessing at for
anybody else.
"""

from typing import NamedTuple

import msgspec
from msgspec import Struct

from config.schema import Role, Site, Token
from feeds.definitions import STAFF_FIGURES, is_of_all_teams
from feeds.entities import (
    AgentDay,
    Alarm,
    AnyEntity,
    Call,
    Figures,
    Listening,
    Notice,
    Order,
    Queue,
    Seat,
    SiteInfo,
)  # fmt: skip
from feeds.records import LegRecord
from feeds.requests import ViewRequest
from feeds.rules.masking import masked_number

AGGREGATES = frozenset({"figures", "trend", "alarm", "staff"})
DIALLED = frozenset({"number", "phone", "to"})
"""What sentences about orders (feeds/said.py) call a number that somebody gave."""
UNDISPLAYED = frozenset({"call", "agent", "order", "listening", "note"})
"""What a display never gets: it hangs where everybody reads it, and tells of single people no more than their seats."""
NO_KNOWN_TEAM = "?"
"""The team of a call that somebody has of whom no team is known: no id is written so, hence no limit contains it."""
UNDO = "seat.undo"
UNDOABLE = ("seat.ready", "seat.pause", "seat.move")


class Place(NamedTuple):
    """Where on the floor an entity belongs; all that decides about who sees it."""

    kind: str
    scope: str = ""
    """Of an aggregate: `site` or `kind:id`; of a notice: `floor`, `team` or `seat`."""
    queue: str = ""
    team: str = ""
    """Of a call: empty while it waits, for then it is nobody's; see NO_KNOWN_TEAM for afterwards."""
    seat_type: str = ""
    owner: str = ""
    figure: str = ""
    """Of a trend or an alarm."""


class Audience(Struct, frozen=True):
    """Everybody who sees exactly the same; None means no limit. Built by :func:`audience`."""

    queues: frozenset[str] | None
    seat_types: frozenset[str] | None
    groups: frozenset[str] | None
    """Groups all of whose queues are in scope."""
    whole_types: frozenset[str] | None
    """Seat types all of whose queues are in scope."""
    teams: frozenset[str] | None
    vendors: frozenset[str] | None
    """Vendors all of whose teams are in scope."""
    whole_site: bool
    """Every configured queue is in scope."""
    masked: bool
    pin: bool
    owner: str = ""
    by_team: bool = True
    """Whether the credential itself is for whole teams, or for all of the floor: a view of teams makes none of single
    queues one that may know all that a team does."""
    people: frozenset[str] | None = None
    """Credentials that share something of the scope, so that what was done with them can be in sight."""

    @property
    def everything(self) -> bool:
        """Whether there is no limit at all."""
        return self.queues is None and self.teams is None

    def sees(self, place: Place) -> bool:
        """Whether an entity at this place is visible."""
        kind = place.kind
        if self.pin and (kind in UNDISPLAYED or (kind == "notice" and place.scope == "seat")):
            return False
        if self.everything:
            return True
        if kind in ("site", "source", "trunk", "layout") or (kind == "notice" and place.scope == "floor"):
            return True
        if kind == "notice":
            in_types = place.scope == "team" or _within(place.seat_type, self.seat_types)
            return in_types and _within(place.team, self.teams)
        if kind in ("queue", "switch"):
            return _within(place.queue, self.queues) if place.queue else False
        if kind in AGGREGATES:
            of_people = kind == "staff" or place.figure in STAFF_FIGURES or place.figure.startswith("state:")
            return self.covers(place.scope) and (not of_people or self.sees_staff(place.scope))
        if kind in ("seat", "agent"):
            return _within(place.team, self.teams) and _within(place.seat_type, self.seat_types)
        if kind == "call":
            return _within(place.queue, self.queues) and (not place.team or _within(place.team, self.teams))
        return kind in ("order", "listening") and place.owner == self.owner

    def covers(self, scope: str) -> bool:
        """Whether the figures of a scope (`site` or `kind:id`) are about nothing that is out of sight."""
        kind, _, name = scope.partition(":")
        if kind == "site":
            return self.whole_site
        limits = {"group": self.groups, "seat_type": self.whole_types, "queue": self.queues}
        if kind in limits:
            return _within(name, limits[kind])
        if kind in ("team", "vendor"):
            if self.teams is None or not self.by_team:
                return self.everything
            return _within(name, self.teams if kind == "team" else self.vendors)
        return self.everything

    def sees_staff(self, scope: str) -> bool:
        """Whether what a scope tells of its agents' time is about nobody who is out of sight, if it is covered."""
        return self.teams is None or not is_of_all_teams(scope)


def _within(name: str, limit: frozenset[str] | None) -> bool:
    return limit is None or name in limit


def audience(site: Site, role: Role, token: Token, view: ViewRequest | None = None) -> Audience:
    """What somebody with this credential sees of the site in this view."""
    queues = _narrowed(token.queues, view.queues if view else None)
    wanted_teams = view.teams if view else None
    teams = _teams_of(site, token)
    if wanted_teams:
        every = frozenset(team.id for team in site.teams)
        teams = (every if teams is None else teams) & frozenset(wanted_teams)
    in_scope = [queue for queue in site.queues if queues is None or queue.id in queues]
    out = [queue for queue in site.queues if queues is not None and queue.id not in queues]
    types, groups = {queue.seat_type for queue in in_scope}, {queue.group for queue in in_scope}
    away = {team.vendor for team in site.teams if teams is not None and team.id not in teams}
    return Audience(
        queues=queues,
        seat_types=None if queues is None else frozenset(types),
        whole_types=None if queues is None else frozenset(types - {queue.seat_type for queue in out}),
        groups=None if queues is None else frozenset(groups - {queue.group for queue in out}),
        teams=teams,
        vendors=None
        if teams is None
        else frozenset({t.vendor for t in site.teams if t.vendor and t.id in teams} - away),
        whole_site=not out,
        masked=role.masked,
        pin=not role.rights,
        by_team=bool(token.teams or token.vendors or not token.queues),
        owner="" if queues is None and teams is None else token.id,
        people=None
        if queues is None and teams is None
        else frozenset(one.id for one in site.tokens if one.id == token.id or _shares(site, one, queues, teams)),
    )


def _teams_of(site: Site, token: Token) -> frozenset[str] | None:
    if not token.teams and not token.vendors:
        return None
    return frozenset(team.id for team in site.teams if team.id in token.teams or team.vendor in token.vendors)


def _shares(site: Site, other: Token, queues: frozenset[str] | None, teams: frozenset[str] | None) -> bool:
    """Whether another credential has a queue and a team in common with this scope; no limit has all of them."""
    theirs = _teams_of(site, other)
    return not (
        (queues is not None and other.queues and queues.isdisjoint(other.queues))
        or (teams is not None and theirs is not None and teams.isdisjoint(theirs))
    )


def _narrowed(granted: tuple[str, ...], wanted: list[str] | None) -> frozenset[str] | None:
    if not wanted:
        return frozenset(granted) or None
    return frozenset(wanted) & frozenset(granted) if granted else frozenset(wanted)


def place_of_key(key: str) -> Place | None:
    """The place of an entity whose key says it all; None where the entity itself must be looked at."""
    kind, _, rest = key.partition(":")
    if kind in AGGREGATES:
        parts = rest.split(":")
        if kind == "alarm":
            return Place(parts[0]) if parts[0] in ("source", "trunk") else None
        return Place(kind, _scope_in(parts), figure=parts[-1] if kind == "trend" else "")
    if kind == "queue" or (kind == "switch" and rest != "all"):
        return Place(kind, queue=rest)
    if kind in ("call", "seat", "agent", "order", "listening", "notice"):
        return None
    return Place(kind)


def _scope_in(parts: list[str]) -> str:
    return "site" if parts[0] == "site" else ":".join(parts[:2])


def place_of(entity: AnyEntity) -> Place:
    """The place of any entity."""
    if isinstance(entity, Call):
        waits = not entity.agent and entity.state in ("waiting", "ringing")
        return Place("call", queue=entity.queue, team=entity.team or ("" if waits else NO_KNOWN_TEAM))
    if isinstance(entity, Alarm) and entity.scope.startswith("seat:"):
        return Place("seat", team=entity.team, seat_type=entity.seat_type)
    if isinstance(entity, Alarm) and not entity.scope.startswith(("source:", "trunk:")):
        return Place("alarm", entity.scope, figure=entity.figure)
    if isinstance(entity, Seat):
        return Place("seat", team=entity.team, seat_type=entity.seat_type or entity.area)
    if isinstance(entity, AgentDay):
        return Place("agent", team=entity.team, seat_type=entity.seat_type)
    if isinstance(entity, (Order, Listening)):
        return Place(entity.key.partition(":")[0], owner=entity.by)
    if isinstance(entity, Notice):
        return Place("notice", entity.to.partition(":")[0], team=entity.team, seat_type=entity.seat_type)
    return place_of_key(entity.key) or Place(entity.key.partition(":")[0])


def leg_visible(viewer: Audience, leg: LegRecord) -> bool:
    """Whether a ledger record is visible: while it waits as the call that it is, then to the team that answered."""
    if viewer.pin:
        return False
    if leg.outcome == "waiting":
        return viewer.sees(Place("call", queue=leg.queue, team=leg.team))
    return _within(leg.queue, viewer.queues) and _within(leg.team, viewer.teams)


def shown_leg(viewer: Audience, leg: LegRecord) -> LegRecord:
    """A ledger record as this audience may see it."""
    if leg.came_from and not viewer.everything:  # which may be a call of a queue or an agent that is out of sight
        leg = msgspec.structs.replace(leg, came_from="")
    return msgspec.structs.replace(leg, number=masked_number(leg.number)) if viewer.masked and leg.number else leg


def shown(viewer: Audience, entity: AnyEntity) -> AnyEntity:
    """An entity that is visible to an audience, without what the audience may not see of it."""
    if isinstance(entity, Call) and viewer.masked and entity.number:
        return msgspec.structs.replace(entity, number=masked_number(entity.number))
    if isinstance(entity, Order) and viewer.masked:
        return _without_numbers(entity)
    if isinstance(entity, Seat):
        return _shown_seat(viewer, entity)
    if isinstance(entity, SiteInfo):
        return _trimmed(viewer, entity)
    if isinstance(entity, Figures) and not viewer.sees_staff(entity.scope):
        return _without_staff(entity)
    if isinstance(entity, Queue) and not viewer.sees_staff(entity.key):
        return _without_reckoned_waits(entity)
    if isinstance(entity, Alarm):
        return _shown_alarm(viewer, entity)
    return entity


def _without_numbers(order: Order) -> Order:
    """What became of an order, without the number that it was to reach: that may be a customer's."""
    values, text = dict(order.values), order.text
    for name in DIALLED & values.keys():
        number = str(values[name])
        values[name] = masked_number(number)
        text = text.replace(number, masked_number(number)) if number else text
    return order if values == order.values else msgspec.structs.replace(order, values=values, text=text)


def _shown_alarm(viewer: Audience, alarm: Alarm) -> Alarm:
    """An alarm without a cause that is out of sight, and without a limit from which others' time could be told.

    Whoever sees a part of the floor could count by the numbers how many alarms there were elsewhere, and by the groups
    whether one came just before; the moment it came tells alarms apart as well.
    """
    if not viewer.everything:
        alarm = msgspec.structs.replace(alarm, number=alarm.since, group=0)
    if alarm.cause and not _sees_cause(viewer, alarm):
        alarm = msgspec.structs.replace(alarm, cause="")
    if alarm.relative_to in STAFF_FIGURES and not viewer.sees_staff(alarm.scope):
        alarm = msgspec.structs.replace(alarm, limit=None)
    return msgspec.structs.replace(alarm, agent_zh="", agent_en="") if viewer.pin and alarm.agent else alarm


def _sees_cause(viewer: Audience, alarm: Alarm) -> bool:
    """Whether the alarm of which this one is a consequence is visible; its key names a scope and a figure."""
    parts = alarm.cause.split(":")[1:]
    if viewer.everything or parts[0] in ("source", "trunk"):
        return True
    scope = _scope_in(parts)
    return scope == alarm.scope or viewer.covers(scope)


def _without_staff(figures: Figures) -> Figures:
    return msgspec.structs.replace(
        figures,
        values={name: value for name, value in figures.values.items() if name not in STAFF_FIGURES},
        muted=[name for name in figures.muted if name not in STAFF_FIGURES],
        tones={name: tone for name, tone in figures.tones.items() if name not in STAFF_FIGURES},
    )


def _without_reckoned_waits(queue: Queue) -> Queue:
    """A queue with the order of those who wait, without the waits from which could be told how many serve it."""
    if not any(queue.turns.values()):
        return queue
    return msgspec.structs.replace(queue, turns={leg: None if wait else wait for leg, wait in queue.turns.items()})


def _shown_seat(viewer: Audience, seat: Seat) -> Seat:
    """A seat without queues that are out of sight; on a display without the name, for what reason and with whom."""
    if viewer.queues is not None:
        seat = _within_queues(viewer.queues, seat)
    if viewer.pin and (seat.agent or seat.by):
        seat = msgspec.structs.replace(seat, agent_zh="", agent_en="", reason="", by="", call="")
    return seat


def _within_queues(queues: frozenset[str], seat: Seat) -> Seat:
    """A seat without the queues that are out of sight: those it serves, and the one whose call it has."""
    if not queues.issuperset(seat.skills):
        seat = msgspec.structs.replace(seat, skills=[name for name in seat.skills if name in queues])
    if seat.queue and seat.queue not in queues:
        seat = msgspec.structs.replace(seat, queue="", call="")
    return seat


def _trimmed(viewer: Audience, info: SiteInfo) -> SiteInfo:
    if not viewer.pin:
        info = msgspec.structs.replace(info, pin_hash="")
    if viewer.everything:
        return info
    queues = [label for label in info.queues if _within(label.id, viewer.queues)]
    types = [label for label in info.seat_types if _within(label.id, viewer.seat_types)]
    teams = [label for label in info.teams if _within(label.id, viewer.teams)]
    groups = {label.parent for label in (*queues, *types)} if viewer.queues is not None else None
    vendors = {label.parent for label in teams} if viewer.teams is not None else None
    quotas = {team: quota for team, quota in info.break_quotas.items() if _within(team, viewer.teams)}
    return msgspec.structs.replace(
        info,
        break_quotas=quotas,
        service_seconds_of={one: t for one, t in info.service_seconds_of.items() if _within(one, viewer.queues)},
        queues=queues,
        seat_types=types,
        teams=teams,
        groups=[label for label in info.groups if groups is None or label.id in groups],
        vendors=[label for label in info.vendors if vendors is None or label.id in vendors],
        people=[label for label in info.people if _within(label.id, viewer.people)],
        limits=[limit for limit in info.limits if ":" not in limit.scope or viewer.covers(limit.scope)],
    )


def allows(role: Role, order: str) -> bool:
    """Whether a role has the right to give an order: by its name, by `feature.*` or by `*`.

    Whoever may give an order that can be undone may undo it.
    """
    if order == UNDO:
        return any(allows(role, one) for one in UNDOABLE)
    return any(right in ("*", order, order.partition(".")[0] + ".*") for right in role.rights)
