"""Who sees what: for every credential, that nothing out of scope and no whole number leaves."""

from __future__ import annotations

import itertools
import re

import msgspec
import pytest
from msgspec.structs import replace

from config.load import site_from_name_or_path
from config.schema import Name, Role, Skill, Threshold
from feeds import wire
from feeds.definitions import STAFF_FIGURES
from feeds.entities import AgentDay, Alarm, AnyEntity, Call, Figures, Order, Queue, Seat, SiteInfo, Staff, Trend
from feeds.facts import (
    AttemptStarted,
    CallArrived,
    LegAnswered,
    LegJoined,
    NoteSettled,
    NoteWritten,
    NoticeSent,
    SeatChanged,
    Tick,
)  # fmt: skip
from feeds.floor import Floor
from feeds.gateway.publishing.hub import Hub
from feeds.gateway.publishing.views import View, fingerprint
from feeds.records import LegRecord
from feeds.requests import ViewRequest
from feeds.rules.access import Audience, Place, allows, audience, leg_visible, place_of, place_of_key, shown, shown_leg
from feeds.rules.masking import masked_number
from feeds.said import parts, said
from tests.gateway.floors import (
    NUMBER,
    QUEUES,
    ROLES,
    START,
    TEAMS,
    a_call,
    a_morning,
    everybody_signs_in,
    small_site,
    token,
)  # fmt: skip

SITE = small_site()


def a_floor() -> Floor:
    floor = Floor(SITE)
    for rev, fact in enumerate(a_morning(), 1):
        floor.apply(fact, rev)
    return floor


FLOOR = a_floor()
LIMITS = [
    {"queues": list(queues), "teams": list(teams), "vendors": list(vendors)}
    for queues in ([], ["claim"], ["claim", "dual"], list(QUEUES))
    for teams in ([], ["team-1"], ["team-1", "team-3"])
    for vendors in ([], ["north"])
]


def everything_sent(viewer: Audience) -> list[bytes]:
    view = View(Hub(SITE, FLOOR, "e1"), viewer)
    return [*view.pages().frames, *(frame for _, frame in view.changed(0))]


@pytest.mark.parametrize("role", ROLES, ids=lambda role: role.id)
@pytest.mark.parametrize("limits", LIMITS, ids=str)
def test_no_unmasked_number_and_nothing_out_of_scope_is_in_any_frame(role: Role, limits: dict[str, list[str]]) -> None:
    viewer = audience(SITE, role, token("t", role.id, **limits))
    text = b"".join(everything_sent(viewer)).decode(errors="ignore")
    assert (NUMBER in text) == (not role.masked and '"kind":"call"' in text)
    for entity in FLOOR.entities():
        allowed = allowed_by_hand(entity, limits) and not (role.id == "wall" and isinstance(entity, Call | AgentDay))
        assert (f'"key":"{entity.key}"' in text) == allowed, entity.key
    assert ("Agent " in text) == (role.id != "wall" and '"kind":"seat"' in text)


def allowed_by_hand(entity: object, limits: dict[str, list[str]]) -> bool:
    """The table of feeds/rules/access.py once more, from the site alone."""
    queues = set(limits["queues"] or QUEUES)
    by_people = bool(limits["teams"] or limits["vendors"])
    teams = {t for t, v in TEAMS.items() if not by_people or t in limits["teams"] or v in limits["vendors"]}
    limited = bool(limits["queues"])
    if isinstance(entity, Seat):
        return (not by_people or entity.team in teams) and (not limited or (entity.seat_type or entity.area) in queues)
    if isinstance(entity, Call):
        return entity.queue in queues and (not by_people or not entity.agent or entity.team in teams)
    key: str = entity.key  # type: ignore[attr-defined]
    kind, _, rest = key.partition(":")
    if kind in ("site", "source"):
        return True
    if kind == "alarm_day":
        return not by_people and not limited
    if kind == "queue":
        return rest in queues
    if kind == "agent":
        return (not by_people or entity.team in teams) and (not limited or entity.seat_type in queues)  # type: ignore[attr-defined]
    scope, _, name = rest.partition(":")
    name = name.partition(":")[0]
    members = {
        "site": set(QUEUES),
        "group": {q for q, g in QUEUES.items() if g == name},
        "seat_type": {name},
        "queue": {name},
    }
    if scope in members:
        return (not limited or members[scope] <= queues) and not (kind == "staff" and by_people)
    if not by_people:
        return not limited
    crew = {name} if scope == "team" else {t for t, v in TEAMS.items() if v == name}
    return crew <= teams


def test_a_call_of_an_agent_without_a_team_is_seen_without_limits_of_teams_only() -> None:
    floor = Floor(SITE)
    waits = [CallArrived(at=START, call="c"), LegJoined(at=START, leg="l", call="c", queue="claim")]
    for rev, fact in enumerate([Tick(at=START), *waits], 1):
        floor.apply(fact, rev)
    hub = Hub(SITE, floor, "e1")
    limits: dict[str, dict[str, list[str]]] = {
        "all": {}, "claim": {"queues": ["claim"]}, "team": {"teams": ["team-1"]}, "vendor": {"vendors": ["north"]},
    }  # fmt: skip
    views = {name: View(hub, audience(SITE, ROLES[0], token("t", "manager", **more))) for name, more in limits.items()}
    assert all(view.sees("call:l") for view in views.values()), "while it waits it is nobody's"
    before = hub.rev
    floor.apply(AttemptStarted(at=START + 1000, leg="l", agent="stranger"), before + 1)
    hub.absorb()
    assert all(view.sees("call:l") for view in views.values()), "it still waits"
    floor.apply(LegAnswered(at=START + 2000, leg="l", agent="stranger"), before + 2)
    hub.absorb()
    assert {name: view.sees("call:l") for name, view in views.items()} == {
        "all": True, "claim": True, "team": False, "vendor": False,
    }  # fmt: skip
    assert hub.left_sight(views["vendor"].viewer, before) == ["call:l"]
    assert b'"call:l"' not in b"".join(views["vendor"].pages().frames)


@pytest.mark.parametrize("scope", ["site", "group:claims", "seat_type:claim", "queue:claim"])
def test_figures_of_agents_time_are_not_sent_to_whoever_is_limited_to_some_of_the_people(scope: str) -> None:
    known = FLOOR.entity(f"figures:{scope}:today")
    assert isinstance(known, Figures) and known.values.keys() & STAFF_FIGURES
    hub = Hub(SITE, FLOOR, "e1")
    everybody = audience(SITE, ROLES[0], token("all", ROLES[0].id))
    for limits in ({"teams": ["team-1"]}, {"vendors": ["north"]}):
        limited = audience(SITE, ROLES[0], token("t", ROLES[0].id, **limits))
        for viewer in (everybody, limited, everybody, limited):  # one is not served what was made for the other
            body = hub.encoded(known.key, FLOOR.rev, viewer)
            assert body is not None
            found = msgspec.json.decode(body, type=Figures)
            left_out = STAFF_FIGURES if viewer is limited else frozenset()
            assert found.values.keys() == known.values.keys() - left_out
            assert not (left_out & {*found.muted, *found.tones})
    own = FLOOR.entity("figures:team:team-1:today")
    assert isinstance(own, Figures) and own.values.keys() & STAFF_FIGURES
    assert shown(audience(SITE, ROLES[0], token("t", ROLES[0].id, teams=["team-1"])), own) == own


def test_how_many_serve_a_queue_is_not_to_be_divided_out_of_waits_that_are_reckoned_from_it() -> None:
    agents = tuple(replace(agent, skills=(Skill("claim"),)) for agent in SITE.agents)
    site = replace(SITE, agents=agents, figures=replace(SITE.figures, minimum_sample=1))
    floor = Floor(site)
    ticks = [Tick(at=START + minute * 60_000) for minute in range(2, 5)]
    waits = a_call(2, "claim", START + 250_000, ends=False)
    facts = [*everybody_signs_in(), *a_call(1, "claim", START + 1000, 0), *ticks, *waits, Tick(at=START + 310_000)]
    for rev, fact in enumerate(facts, 1):
        floor.apply(fact, rev)
    hub = Hub(site, floor, "e1")
    everybody, limited = (audience(site, ROLES[0], token("t", ROLES[0].id, teams=teams)) for teams in ([], ["team-1"]))
    for viewer in (everybody, limited) * 2:
        bodies = [hub.encoded(key, floor.rev, viewer) for key in ("queue:claim", "figures:queue:claim:60m")]
        assert None not in bodies
        queue, figures = (msgspec.json.decode(body or b"", type=AnyEntity) for body in bodies)
        assert isinstance(queue, Queue) and isinstance(figures, Figures)
        assert queue.waiting == 1 and list(queue.turns) == ["l2"] and figures.values["aht"]
        assert (queue.turns["l2"] is not None) == (viewer is everybody)
        assert ("expected_wait" in figures.values) == (viewer is everybody)


def test_a_trend_and_an_alarm_of_agents_time_are_not_sent_either() -> None:
    limited = audience(SITE, ROLES[0], token("t", ROLES[0].id, vendors=["north"]))
    everybody = audience(SITE, ROLES[0], token("all", ROLES[0].id))
    for figure, seen in (("occupancy", False), ("asa", True)):
        alarm = Alarm(
            key=f"alarm:queue:claim:{figure}:30m", rev=1, scope="queue:claim", figure=figure, window="30m",
            level="warn", since=START, limit=90.0, value=95.0,
        )  # fmt: skip
        trend = Trend(key=f"trend:queue:claim:{figure}", rev=1, scope="queue:claim", figure=figure, until=0, points=[])
        for entity in (alarm, trend):
            assert limited.sees(place_of(entity)) == seen, entity.key
            assert everybody.sees(place_of(entity))


def test_an_alarm_about_how_many_are_in_a_state_is_for_those_who_may_know_all_of_them() -> None:
    limited = audience(SITE, ROLES[0], token("t", ROLES[0].id, teams=["team-1"]))
    for scope, seen in (("site", False), ("queue:claim", False), ("team:team-1", True), ("team:team-2", False)):
        alarm = Alarm(
            key=f"alarm:{scope}:breaks", rev=1, scope=scope, figure="state:break", window="now", level="warn",
            since=START, limit=5.0, value=6, rule="breaks",
        )  # fmt: skip
        assert limited.sees(place_of(alarm)) == seen, scope


def test_a_limit_that_is_a_share_of_all_people_is_left_out_for_whoever_is_limited_to_some() -> None:
    share = Threshold("waiting", ("site", "queue"), "now", "low", 5, 10, relative_to="staffed", raise_after=1)
    site = replace(SITE, thresholds=(share,))
    floor = Floor(site)
    waits = [fact for n in range(3) for fact in a_call(n, "claim", START + n, ends=False)]
    for rev, fact in enumerate([*everybody_signs_in(), *waits, *(Tick(at=START + s * 1000) for s in range(1, 60))], 1):
        floor.apply(fact, rev)
    hub = Hub(site, floor, "e1")
    everybody, limited = (audience(site, ROLES[0], token("t", ROLES[0].id, teams=teams)) for teams in ([], ["team-1"]))
    for key in ("alarm:site:waiting:now", "alarm:queue:claim:waiting:now"):
        limits = []
        for viewer in (everybody, limited) * 2:
            body = hub.encoded(key, floor.rev, viewer)
            assert body is not None and viewer.sees(hub.places[key])
            found = msgspec.json.decode(body, type=Alarm)
            assert (found.value, found.relative_to) == (3, "staffed")
            limits.append(found.limit)
        assert limits[0] is not None and limits == [limits[0], None] * 2


def test_the_demo_sites_vendor_lead_sees_own_people_only() -> None:
    site = site_from_name_or_path("demo")
    found = next(one for one in site.tokens if one.id == "vendor-lead")
    role = next(one for one in site.roles if one.id == found.role)
    viewer = audience(site, role, found)
    floor = Floor(site)
    vendors = {team.id: team.vendor for team in site.teams}
    for key, _ in floor.touched_since(-1):
        entity = floor.entity(key)
        if entity is not None and viewer.sees(place_of(entity)):
            team = getattr(entity, "team", "")
            assert not team or vendors[team] in found.vendors
    info = floor.entity("site:demo")
    assert isinstance(info, SiteInfo)
    trimmed = shown(viewer, info)
    assert isinstance(trimmed, SiteInfo)
    assert {label.parent for label in trimmed.teams} == set(found.vendors)
    assert [label.id for label in trimmed.vendors] == list(found.vendors)


def test_the_seconds_of_a_queues_service_level_are_told_with_the_queue_and_to_nobody_else() -> None:
    queues = tuple(replace(queue, service_seconds=15) if queue.id != "enquiry" else queue for queue in SITE.queues)
    site = replace(SITE, queues=queues)
    info = Floor(site).entity(f"site:{site.id}")
    assert isinstance(info, SiteInfo) and info.service_seconds_of == {"claim": 15, "dual": 15, "vip": 15}
    trimmed = shown(audience(site, ROLES[0], token("t", ROLES[0].id, queues=["claim", "enquiry"])), info)
    assert isinstance(trimmed, SiteInfo) and trimmed.service_seconds_of == {"claim": 15}


@pytest.mark.parametrize(
    ("limits", "known"),
    [
        ({}, {"all", "first", "second", "both", "claims"}),
        ({"teams": ["team-1"]}, {"all", "first", "both", "claims"}),
        ({"teams": ["team-2"], "queues": ["vip"]}, {"all", "second", "both"}),
        ({"queues": ["claim"]}, {"all", "first", "second", "both", "claims"}),
    ],
)
def test_whose_a_credential_is_is_told_to_those_who_share_something_of_its_scope(
    limits: dict[str, list[str]], known: set[str]
) -> None:
    role = ROLES[0].id
    tokens = (
        token("all", role), token("first", role, teams=["team-1"]), token("second", role, teams=["team-2"]),
        token("both", role, teams=["team-1", "team-2"]), token("claims", role, queues=["claim"]),
    )  # fmt: skip
    named = tuple(replace(one, name=Name(one.id, one.id)) for one in tokens)
    site = replace(SITE, tokens=named)
    info = Floor(site).entity(f"site:{site.id}")
    assert isinstance(info, SiteInfo)
    trimmed = shown(audience(site, ROLES[0], token("me", role, **limits)), info)
    assert isinstance(trimmed, SiteInfo)
    assert {label.id for label in trimmed.people} == known


def test_whoever_has_single_queues_is_not_told_of_which_other_queue_somebodys_call_is() -> None:
    floor = Floor(SITE)
    facts = [*everybody_signs_in(), *a_call(1, "dual", START, 0, ends=False), *a_call(2, "claim", START, 4, ends=False)]
    for rev, fact in enumerate(sorted(facts, key=lambda fact: fact.at), 1):
        floor.apply(fact, rev)
    viewer = audience(SITE, ROLES[0], token("t", "manager", queues=["claim"]))
    other, own = floor.entity("seat:s0"), floor.entity("seat:s4")
    assert isinstance(other, Seat) and isinstance(own, Seat) and (other.queue, own.queue) == ("dual", "claim")
    seen = shown(viewer, other)
    assert isinstance(seen, Seat) and (seen.state, seen.queue, seen.call) == ("talking", "", "")
    assert shown(viewer, own) == own


def test_what_became_of_an_order_does_not_tell_the_number_that_it_was_to_reach() -> None:
    text = said("asterisk.no_way", "nothing leads to {number} in {context}", number=NUMBER, context="out")
    told = parts(text)
    order = Order(
        key="order:o1", rev=1, name="call.redirect", state="refused", by="boss", at=START, text=told.text,
        code=told.code, values=told.values,
    )  # fmt: skip
    hub = Hub(SITE, _Holding(Floor(SITE), order), "e1")
    manager, supervisor, wall = (audience(SITE, role, token("t", role.id)) for role in ROLES)
    for viewer, number in ((manager, NUMBER), (supervisor, masked_number(NUMBER)), (wall, masked_number(NUMBER))) * 2:
        body = hub.encoded(order.key, 1, viewer)
        assert body is not None
        found = msgspec.json.decode(body, type=Order)
        assert (found.text, found.values["number"]) == (f"nothing leads to {number} in out", number)
        assert found.values["context"] == "out"


def test_whoever_has_single_teams_is_not_told_which_other_team_caused_an_alarm() -> None:
    def alarm(scope: str, cause: str) -> Alarm:
        return Alarm(
            key=f"alarm:{scope}:aht:today", rev=1, scope=scope, figure="aht", window="today", level="warn", since=0,
            limit=1.0, cause=cause,
        )  # fmt: skip

    viewer = audience(SITE, ROLES[0], token("t", "manager", teams=["team-1"]))
    for cause, told in (
        ("alarm:team:team-2:aht:today", ""),
        ("alarm:team:team-1:aht:today", "alarm:team:team-1:aht:today"),
        ("alarm:vendor:north:aht:today", ""),
        ("alarm:queue:claim:aht:today", "alarm:queue:claim:aht:today"),
        ("alarm:source:main:silent", "alarm:source:main:silent"),
        ("alarm:site:other", "alarm:site:other"),
    ):
        one, floor = alarm("site", cause), Floor(SITE)
        seen = shown(viewer, one)
        assert isinstance(seen, Alarm) and seen.cause == told
        assert shown(audience(SITE, ROLES[0], token("t", "manager")), one) == one
        hub = Hub(SITE, _Holding(floor, one), "e1")
        for who, expected in ((audience(SITE, ROLES[0], token("a", "manager")), cause), (viewer, told)) * 2:
            body = hub.encoded(one.key, 1, who)
            assert body is not None and msgspec.json.decode(body, type=Alarm).cause == expected


class _Holding:
    """A floor that has one entity more."""

    def __init__(self, floor: Floor, more: AnyEntity) -> None:
        self._floor, self._more = floor, more
        self.rev, self.horizon = floor.rev, floor.horizon
        self.touched_since, self.gone_since = floor.touched_since, floor.gone_since

    def entity(self, key: str) -> AnyEntity | None:
        return self._more if key == self._more.key else self._floor.entity(key)


def test_a_display_is_not_told_of_the_end_of_what_it_was_never_told_of() -> None:
    floor, until = Floor(SITE), START + 60_000
    facts = [
        NoticeSent(at=START, notice="n1", to="floor", text="seen", by="boss", until=until),
        NoticeSent(at=START, notice="n2", to="seat:s0", text="hidden", by="boss", until=until, team="team-1"),
        NoteWritten(at=START, note="n3", text="hidden", by="boss"),
        NoteSettled(at=START, note="n3", by="boss"),
    ]
    for rev, fact in enumerate(facts, 1):
        floor.apply(fact, rev)
    hub = Hub(SITE, floor, "e1")
    everything, display = (audience(SITE, role, token("t", role.id)) for role in (ROLES[0], ROLES[2]))
    ends = [(until + 1, {"notice:n1", "notice:n2"}, {"notice:n1"}), (START + 24 * 3600 * 1000 + 1, {"note:n3"}, set())]
    for rev, (at, gone, told) in enumerate(ends, 5):
        floor.apply(Tick(at=at - 1000), rev * 10)
        floor.apply(Tick(at=at), rev * 10 + 1)
        hub.absorb()
        assert set(hub.left_sight(everything, rev * 10)) == gone
        assert set(hub.left_sight(display, rev * 10)) == told


def test_a_view_only_narrows() -> None:
    role = ROLES[0]
    for granted, wanted in itertools.product((["claim"], []), (["claim"], ["vip"], ["claim", "vip"])):
        viewer = audience(SITE, role, token("t", role.id, queues=granted), ViewRequest(queues=wanted))
        for queue in QUEUES:
            visible = viewer.sees(Place("queue", queue=queue))
            assert visible == (queue in wanted and (not granted or queue in granted))
    nobody = audience(SITE, role, token("t", role.id, teams=["team-1"]), ViewRequest(teams=["team-2"]))
    assert not any(isinstance(entity, Seat) and nobody.sees(place_of(entity)) for entity in FLOOR.entities())


@pytest.mark.parametrize("limits", LIMITS, ids=str)
def test_no_view_shows_what_the_credential_alone_does_not(limits: dict[str, list[str]]) -> None:
    role = ROLES[1]
    mine = token("t", role.id, **limits)
    alone = audience(SITE, role, mine)
    queues = (None, [], ["claim"], ["dual", "vip"], list(QUEUES), ["none"])
    teams = (None, [], ["team-1"], ["team-1", "team-3"], list(TEAMS), ["none"])
    for view in (ViewRequest(*wanted) for wanted in itertools.product(queues, teams)):
        narrowed = audience(SITE, role, mine, view)
        for entity in FLOOR.entities():
            if narrowed.sees(place_of(entity)):
                assert alone.sees(place_of(entity)), (view, entity.key)
                assert words_of(shown(narrowed, entity)) <= words_of(shown(alone, entity)), (view, entity.key)


def words_of(entity: AnyEntity) -> set[str]:
    return set(re.findall(r'"[^"]*"', wire.encode(entity).decode()))


def test_unknown_kinds_and_scopes_are_denied_to_whoever_is_limited() -> None:
    limited = audience(SITE, ROLES[0], token("t", "manager", queues=["claim"]))
    whole = audience(SITE, ROLES[0], token("t", "manager"))
    for place in (
        Place("dragon"),
        Place("figures", "planet:earth"),
        Place("alarm", "seat:s1"),
        Place("order", owner="x"),
    ):
        assert not limited.sees(place)
        assert whole.sees(place)
    assert limited.sees(Place("order", owner="t"))


def test_the_places_told_by_keys_are_those_told_by_entities() -> None:
    for entity in FLOOR.entities():
        assert place_of_key(entity.key) in (None, place_of(entity))
        if isinstance(entity, Figures | Staff):
            assert place_of(entity).scope == entity.scope


def test_a_display_is_told_of_no_single_persons_name_reason_or_call() -> None:
    away = SeatChanged(at=START, seat="s1", state="break", agent="a1", reason="dentist", by="boss")
    floor = Floor(SITE)
    for rev, fact in enumerate([*everybody_signs_in(), *a_call(1, "claim", START, 0, ends=False), away], 1):
        floor.apply(fact, rev)
    hub = Hub(SITE, floor, "e1")
    desk, wall = (audience(SITE, role, token("t", role.id)) for role in (ROLES[1], ROLES[2]))
    alarm = Alarm(
        key="alarm:seat:s1:long", rev=1, scope="seat:s1", figure="", window="now", level="warn", since=START, limit=1.0,
        agent="a1", agent_zh="Agent 1", agent_en="Agent 1",
    )  # fmt: skip
    for viewer in (desk, wall) * 2:
        named = viewer is desk
        bodies = [hub.encoded(key, floor.rev, viewer) or b"" for key in ("seat:s0", "seat:s1")]
        seats = [msgspec.json.decode(body, type=Seat) for body in bodies]
        assert [(seat.agent, seat.state) for seat in seats] == [("a0", "talking"), ("a1", "break")]
        names = {name for seat in seats for name in (seat.agent_zh, seat.agent_en)}
        assert names == ({"Agent 0", "Agent 1"} if named else {""})
        assert [seats[0].call, seats[1].reason, seats[1].by] == (["c1", "dentist", "boss"] if named else [""] * 3)
        assert (shown(viewer, alarm).agent_zh, shown(viewer, alarm).agent) == ("Agent 1" if named else "", "a1")  # type: ignore[union-attr]
        assert {kind: viewer.sees(Place(kind)) for kind in ("call", "agent", "order", "note")} == dict.fromkeys(
            ("call", "agent", "order", "note"), named
        )
        leg = LegRecord(leg="l", call="c", queue="claim", joined_at=START, outcome="answered", agent="a1")
        assert leg_visible(viewer, leg) == named


def test_only_displays_get_the_pin_hash() -> None:
    info = msgspec.structs.replace(FLOOR.entity("site:small"), pin_hash="scrypt$1$2")  # type: ignore[type-var]
    hashes = {role.id: shown(audience(SITE, role, token("t", role.id)), info).pin_hash for role in ROLES}  # type: ignore[union-attr, arg-type]
    assert hashes == {"manager": "", "supervisor": "", "wall": "scrypt$1$2"}


def test_audiences_who_see_the_same_share_a_view() -> None:
    wall, supervisor = (audience(SITE, role, token("t", role.id)) for role in (ROLES[2], ROLES[1]))
    again = audience(SITE, ROLES[2], token("another", "wall"))
    assert wall == again and fingerprint(wall) == fingerprint(again)
    assert wall != supervisor and fingerprint(wall) != fingerprint(supervisor)


def test_opened_calls_are_masked_like_the_rest() -> None:
    leg = LegRecord(leg="l", call="c", queue="claim", joined_at=1, outcome="answered", number=NUMBER, team="team-1")
    wall, manager = (audience(SITE, role, token("t", role.id)) for role in (ROLES[2], ROLES[0]))
    assert shown_leg(wall, leg).number == "138****5678"
    assert shown_leg(manager, leg).number == NUMBER
    assert not leg_visible(audience(SITE, ROLES[0], token("t", "manager", teams=["team-2"])), leg)
    assert NUMBER.encode() not in wire.encode(shown_leg(wall, leg))


@pytest.mark.parametrize(
    ("number", "masked"),
    [
        ("13812345678", "138****5678"), ("+8613812345678", "138****5678"), ("0086 138-1234-5678", "138****5678"),
        ("01065558899", "010****8899"), ("+442079460958", "442****0958"), ("62345678", "****78"), ("95518", "****"),
        ("sip:13812345678@pbx", "****"), ("张三", "****"), ("", ""), ("138****5678", "138****5678"),
        ("****78", "****78"), ("１３８１２３４５６７８", "****"),
    ],
)  # fmt: skip
def test_numbers_are_masked_so_that_at_least_four_digits_are_missing(number: str, masked: str) -> None:
    assert masked_number(number) == masked
    assert masked_number(masked) == masked


def test_rights_are_names_features_or_everything() -> None:
    role = Role("r", ROLES[0].name, ("seat.*", "alarm.acknowledge"))
    assert allows(role, "seat.pause") and allows(role, "alarm.acknowledge")
    assert not allows(role, "alarm.shelve") and not allows(role, "seats.pause") and not allows(role, "")
    assert allows(Role("r", ROLES[0].name, ("*",)), "anything.at_all")
