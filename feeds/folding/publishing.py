"""Turning the floor's state into published entities, lazily and at most once per change."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, cast

from config.schema import AlarmRule, SeatLimit
from feeds.entities import (
    AgentDay,
    Alarm,
    AlarmDay,
    AnyEntity,
    Call,
    CallState,
    Figures,
    HeadlineInfo,
    Label,
    Layout,
    Level,
    Limit,
    Listening,
    Note,
    Notice,
    Order,
    PageInfo,
    Queue,
    RestBasis,
    Seat,
    ShiftInfo,
    SiteInfo,
    Source,
    Staff,
    Switch,
    Trend,
    Trunk,
)  # fmt: skip
from feeds.facts import SEAT_STATES, ListeningMode, ListeningState, OrderState, SourceMode, SourceState, TrunkState
from feeds.figures import people_values, rest_values, values
from feeds.folding.booking import settle_order
from feeds.folding.core import NO_TRAITS, Core
from feeds.folding.pacing import rest_of_day, target_of, turns
from feeds.folding.present import live, states
from feeds.folding.scopes import is_people
from feeds.folding.state import MINUTE, WINDOWS
from feeds.folding.tallying import rolling, today
from feeds.folding.watching import LEVELS, tones
from feeds.rules.alarms import INFO, WARN
from feeds.rules.breaks import quotas_of
from feeds.rules.pauses import PauseWords, same_reason

FIGURE_WINDOWS: Final = (*WINDOWS, "today")


def expand(key: str) -> tuple[str, ...]:
    """The published keys behind one thing that changes as a whole: a scope's figures are one entity a window."""
    if key.startswith("figures:"):
        return tuple(f"{key}:{window}" for window in FIGURE_WINDOWS)
    return (key,)


def entity(floor: Core, key: str) -> AnyEntity | None:
    """The entity with this key, built again only when it was touched since."""
    if floor.pending or floor.bundled or floor.late_order is not None:
        settle_order(floor)
    kind, _, rest = key.partition(":")
    base = key.rpartition(":")[0] if kind == "figures" else key
    rev = floor.order.get(base)
    if rev is None:
        floor.cache.pop(key, None)
        return None
    known = floor.cache.get(key)
    if known is not None and known.rev == rev:
        return known
    built = _BUILDERS[kind](floor, rest, key, rev)
    floor.cache[key] = built
    return built


def _site(floor: Core, name: str, key: str, rev: int) -> SiteInfo:
    site, wall = floor.site, floor.site.wall
    return SiteInfo(
        key=key, rev=rev, short=site.short, zh=site.name.zh, en=site.name.en, zone=site.zone,
        groups=[Label(group.id, group.name.zh, group.name.en) for group in site.groups],
        seat_types=[Label(kind.id, kind.name.zh, kind.name.en, kind.group) for kind in site.seat_types],
        queues=[Label(queue.id, queue.zh, queue.en, queue.group) for queue in floor.queues.values()],
        teams=[Label(team.id, team.name.zh, team.name.en, team.vendor or "") for team in site.teams],
        vendors=[Label(vendor.id, vendor.name.zh, vendor.name.en) for vendor in site.vendors],
        seats=len(site.seats), service_seconds=site.figures.service_seconds, minimum_sample=site.figures.minimum_sample,
        limits=_limits(floor),
        pages=[
            PageInfo(page.id, page.kind, page.group or "", *((page.title.zh, page.title.en) if page.title else ()))
            for page in wall.pages
        ],
        headlines=[HeadlineInfo(headline.figure, headline.window) for headline in wall.headlines],
        rotate_seconds=wall.rotate_seconds, theme=wall.theme, language=wall.language,
        diagonal_inches=wall.diagonal_inches, farthest_metres=wall.farthest_metres, pin_hash=wall.pin_hash,
        classic_colours=site.classic_colours,
        shifts=[ShiftInfo(shift.id, shift.name.zh, shift.name.en, shift.hours) for shift in site.shifts],
        longest_shelf_minutes=site.alarm_settings.longest_shelf_minutes,
        reason_for=list(site.orders.reason_for), break_quotas=quotas_of(site), pauses=PauseWords.of(site).states,
        spoken=site.language,
        people=[Label(one.id, one.name.zh, one.name.en) for one in site.tokens if one.name is not None],
        service_seconds_of={one.id: one.service_seconds for one in site.queues if one.service_seconds is not None},
        reasons=[Label(one.reason, one.name.zh, one.name.en) for one in site.pauses if one.name is not None],
    )  # fmt: skip


def _limits(floor: Core) -> list[Limit]:
    return [
        Limit(
            figure=watch.threshold.figure, scope=watch.scope, window=watch.threshold.window,
            better=watch.threshold.better, warn=watch.threshold.warn, critical=watch.threshold.critical,
            relative_to=watch.threshold.relative_to,
        )
        for watch in floor.wires.watches
    ]  # fmt: skip


def _source(floor: Core, name: str, key: str, rev: int) -> Source:
    record = floor.state.sources[name]
    return Source(
        key=key, rev=rev, state=cast(SourceState, record.state), mode=cast(SourceMode, record.mode),
        speed=record.speed, since=record.since, title=record.title, text=record.text,
        drift=record.drift, checked_at=record.checked or None, orders=record.orders,
    )  # fmt: skip


def _seat_limit(floor: Core, state: str, reason: str) -> SeatLimit | None:
    """The limit for this very reason (a meal lasts longer than a break), else the one for the state."""
    limits = [
        limit for limit in floor.site.seat_limits
        if limit.state == state and (not limit.reason or same_reason(limit.reason, reason))
    ]  # fmt: skip
    return max(limits, key=lambda limit: bool(limit.reason), default=None)


def _seat(floor: Core, name: str, key: str, rev: int) -> Seat:
    record = floor.state.seats[name]
    agent = floor.agents.get(record.agent)
    crew = floor.crews[agent.crew] if agent else None
    state = SEAT_STATES[record.place]
    limit = _seat_limit(floor, state, record.reason)
    mean = floor.wires.acw_means.get(crew.seat_type if crew else "", 60.0)
    warn = critical = None
    if limit is not None:
        warn = limit.warn_s if limit.warn_factor is None else limit.warn_factor * mean
        critical = limit.critical_s if limit.critical_factor is None else limit.critical_factor * mean
    skills, languages = floor.wires.traits.get(record.agent, NO_TRAITS)
    moved = floor.state.serving.get(name)
    if moved is not None and moved.agent == record.agent:
        skills = moved.queues
    return Seat(
        key=key, rev=rev, state=state, since=record.since, agent=record.agent, agent_zh=agent.zh if agent else "",
        agent_en=agent.en if agent else "", team=crew.team if crew else "", vendor=crew.vendor if crew else "",
        seat_type=crew.seat_type if crew else "", group=crew.group if crew else "", area=record.area,
        extension=record.extension, reason=record.reason, by=record.by, queue=record.queue,
        call=record.call, source=record.source, warn_after_s=warn, critical_after_s=critical,
        skills=skills, languages=languages, doubt=record.doubt, doubt_since=record.doubted or None,
    )  # fmt: skip


def _queue(floor: Core, name: str, key: str, rev: int) -> Queue:
    queue = floor.queues[name]
    count = len(queue.waiting)
    return Queue(
        key=key, rev=rev, waiting=count, ringing=queue.ringing, in_service=queue.in_service,
        oldest=min(queue.waiting.values()) if count else None, mean_join=queue.joined_sum // count if count else None,
        group=queue.group, seat_type=queue.seat_type, source=queue.source, zh=queue.zh, en=queue.en,
        turns=turns(floor, queue),
    )  # fmt: skip


def _call(floor: Core, name: str, key: str, rev: int) -> Call:
    leg = floor.state.legs[name]
    agent = floor.agents.get(leg.agent)
    crew = floor.crews[agent.crew] if agent else None
    return Call(
        key=key, rev=rev, call=leg.call, queue=leg.queue,
        state=cast(CallState, leg.state), joined_at=leg.joined,
        since=leg.since, number=leg.number, agent=leg.agent, team=crew.team if crew else "",
        vendor=crew.vendor if crew else "", source=leg.source, priority=leg.priority,
        language=floor.wires.languages.get(leg.queue, ""),
    )  # fmt: skip


def _staff(floor: Core, scope: str, key: str, rev: int) -> Staff:
    counts = states(floor, scope)
    return Staff(
        key=key, rev=rev, scope=scope, staffed=sum(counts), seats=floor.wires.seats_of.get(scope, 0),
        states={SEAT_STATES[place]: count for place, count in enumerate(counts) if count},
    )  # fmt: skip


def _figures(floor: Core, rest: str, key: str, rev: int) -> Figures:
    scope, _, window = rest.rpartition(":")
    now = live(floor, scope, settled=True)
    tally = today(floor, scope) if window == "today" else rolling(floor, scope, window)
    settings = floor.site.figures
    if is_people(scope):
        found, muted = people_values(tally, settings, now)
    else:
        found, muted = values(tally, settings, basis="cohort" if window == "today" else "event", live=now)
    begin = floor.state.day if window == "today" else 0
    to_come = rest_of_day(floor, scope) if begin else None
    if to_come is not None:
        service = target_of(floor, scope, ("service_level_f1", "service_level_f8"))
        found.update(rest_values(tally, to_come, target_of(floor, scope, ("answer_rate_a2",)), service))
    return Figures(
        key=key, rev=rev, scope=scope, window=window, values=found, muted=muted, begin=begin, oldest=now.oldest,
        mean_join=now.mean_join, incomplete=tally.incomplete, restated_at=tally.restated_at,
        tones={name: cast(Level, LEVELS[tone]) for name, tone in tones(floor, scope, window).items()},
        rest_basis=cast(RestBasis, to_come.basis) if to_come is not None else "",
    )  # fmt: skip


def _trend(floor: Core, rest: str, key: str, rev: int) -> Trend:
    scope, _, name = rest.rpartition(":")
    until = floor.state.minute_end - MINUTE
    return Trend(key=key, rev=rev, scope=scope, figure=name, until=until, points=list(floor.state.trends[key]))


def _alarm(floor: Core, rest: str, key: str, rev: int) -> Alarm:
    alarm = floor.state.alarms[key]
    told = floor.wires.told.get(alarm.rule or key)
    text = told.text if isinstance(told, AlarmRule) else None
    advice = told.advice if told is not None else None
    agent = floor.agents.get(alarm.agent)
    looks = () if alarm.rule else floor.wires.watches_of.get(alarm.scope, ())
    limits = [one.threshold for one in looks if f"alarm:{one.key}" == key]
    return Alarm(
        key=key, rev=rev, scope=alarm.scope, figure=alarm.figure, window=alarm.window,
        level=cast(Level, LEVELS[max(WARN, alarm.level)]), since=alarm.since, limit=alarm.limit, value=alarm.value,
        value_since=alarm.value_since, acknowledged_by=alarm.acknowledged_by, acknowledged_at=alarm.acknowledged_at,
        ended_at=alarm.ended_at, acknowledged_name=alarm.acknowledged_name, rule=alarm.rule,
        zh=text.zh if text else "", en=text.en if text else "", advice_zh=advice.zh if advice else "",
        advice_en=advice.en if advice else "", below=isinstance(told, AlarmRule) and told.below is not None,
        number=alarm.number, group=alarm.group, cause=alarm.cause, shelved_until=alarm.shelved_until,
        out_of_service=alarm.out_of_service, suppressed_by=alarm.suppressed_by, suppressed_name=alarm.suppressed_name,
        suppressed_at=alarm.suppressed_at, suppressed_reason=alarm.suppressed_reason,
        brought_back_by=alarm.brought_back_by, brought_back_name=alarm.brought_back_name, team=alarm.team,
        seat_type=alarm.seat_type, info=alarm.level == INFO, agent=alarm.agent, agent_zh=agent.zh if agent else "",
        agent_en=agent.en if agent else "", relative_to=(limits[0].relative_to or "") if limits else "",
    )  # fmt: skip


def _alarm_day(floor: Core, rest: str, key: str, rev: int) -> AlarmDay:
    return AlarmDay(key=key, rev=rev, begin=floor.state.day, raised=floor.state.alarms_today)


def _agent(floor: Core, name: str, key: str, rev: int) -> AgentDay:
    agent = floor.agents[name]
    crew = floor.crews[agent.crew]
    return AgentDay(
        key=key, rev=rev, zh=agent.zh, en=agent.en, team=crew.team, vendor=crew.vendor, seat_type=crew.seat_type,
        seat=agent.seat, answered=agent.answered, handled=agent.handled, talk_s=agent.talk / 1000,
        hold_s=agent.hold / 1000, acw_s=agent.acw / 1000, attempts=agent.attempts, no_answers=agent.no_answers,
        transfers=agent.transfers,
    )  # fmt: skip


def _order(floor: Core, name: str, key: str, rev: int) -> Order:
    record = floor.state.orders[name]
    return Order(
        key=key, rev=rev, name=record.name, state=cast(OrderState, record.state), by=record.by, at=record.at,
        text=record.text, about=record.about, code=record.code, values=record.values, undo_until=record.undo_until,
    )  # fmt: skip


def _listening(floor: Core, name: str, key: str, rev: int) -> Listening:
    record = floor.state.listening[name]
    return Listening(
        key=key, rev=rev, session=record.session, state=cast(ListeningState, record.state),
        mode=cast(ListeningMode, record.mode), by=record.by, since=record.since, began_at=record.began_at,
        seat=record.seat, leg=record.leg, phone=record.phone, order=record.order, reason=record.reason,
    )  # fmt: skip


def _switch(floor: Core, name: str, key: str, rev: int) -> Switch:
    record = floor.state.switches[name]
    is_off = record.value == "normal"
    return Switch(
        key=key, rev=rev, state="unsure" if not record.proved else "off" if is_off else "on", value=record.value,
        asked=record.asked, by=record.by, since=record.since, checked_at=record.checked,
    )  # fmt: skip


def _notice(floor: Core, name: str, key: str, rev: int) -> Notice:
    record = floor.state.notices[name]
    return Notice(
        key=key, rev=rev, to=record.to, text=record.text, by=record.by, since=record.since, until=record.until,
        team=record.team, seat_type=record.seat_type,
    )  # fmt: skip


def _note(floor: Core, name: str, key: str, rev: int) -> Note:
    record = floor.state.notes[name]
    return Note(
        key=key, rev=rev, text=record.text, by=record.by, at=record.at, settled_by=record.settled_by,
        settled_at=record.settled_at or None,
    )  # fmt: skip


def _trunk(floor: Core, name: str, key: str, rev: int) -> Trunk:
    record = floor.state.trunks[name]
    known = next((trunk.name for trunk in floor.site.trunks if trunk.id == name), None)
    return Trunk(
        key=key, rev=rev, state=cast(TrunkState, record.state), since=record.since, text=record.text,
        zh=known.zh if known else name, en=known.en if known else name, source=record.source,
    )  # fmt: skip


def _layout(floor: Core, name: str, key: str, rev: int) -> Layout:
    record = floor.state.layout
    assert record is not None
    return Layout(key=key, rev=rev, rooms=record.rooms, since=record.since, by=record.by)


_BUILDERS: Final[dict[str, Callable[[Core, str, str, int], AnyEntity]]] = {
    "site": _site, "source": _source, "seat": _seat, "queue": _queue, "call": _call, "staff": _staff,
    "figures": _figures, "trend": _trend, "alarm": _alarm, "alarm_day": _alarm_day, "agent": _agent, "order": _order,
    "switch": _switch, "listening": _listening, "notice": _notice, "note": _note,
    "layout": _layout, "trunk": _trunk,
}  # fmt: skip
