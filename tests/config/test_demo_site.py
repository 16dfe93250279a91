"""The shipped demo floor is the one of HANDBOOK section 7, and its numbers are those of the floor profile."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from config.load import shipped_sites, site_from_name_or_path
from config.schema import Site
from config.tokens import DEMO_TOKENS, find_token, verify_pin


@pytest.fixture(scope="module")
def site() -> Site:
    return site_from_name_or_path("demo")


@pytest.fixture(scope="module")
def profile(shared_folder: Path) -> dict[str, Any]:
    file = shared_folder / "domain" / "floor_profile.json"
    if not file.is_file():
        pytest.skip(f"not checked: there is no floor profile at {file}")
    found: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return found


def test_it_has_110_seats_and_170_people_in_ten_teams_of_seventeen(site: Site) -> None:
    assert len(site.seats) == 110
    assert len(site.agents) == 170
    sizes = [sum(agent.team == team.id for agent in site.agents) for team in site.teams]
    assert sizes == [17] * 10


def test_forty_per_cent_of_its_people_belong_to_two_vendors(site: Site) -> None:
    vendor = {team.id: team.vendor for team in site.teams}
    outside = [agent for agent in site.agents if vendor[agent.team] is not None]
    assert len(outside) == 68
    assert {vendor[agent.team] for agent in outside} == {one.id for one in site.vendors}
    assert len(site.vendors) == 2


def test_every_team_has_a_leader_of_its_own(site: Site) -> None:
    teams = {agent.id: agent.team for agent in site.agents}
    assert [teams[team.leader or ""] for team in site.teams] == [team.id for team in site.teams]


def test_people_have_names_of_their_own_in_both_languages(site: Site) -> None:
    assert len({agent.name.zh for agent in site.agents}) == 170
    assert all(
        agent.name.en.replace(" ", "").replace("'", "").isalpha() and agent.name.en.isascii() for agent in site.agents
    )
    assert {language.code for agent in site.agents for language in agent.languages} >= {"en", "ja", "fr", "ar"}


def test_every_character_is_in_the_bundled_face() -> None:
    for file in shipped_sites()["demo"].glob("*.yaml"):
        text = file.read_text(encoding="utf-8")
        text.encode("gb2312")


def test_every_seat_type_has_seats_and_every_queue_agents(site: Site) -> None:
    assert {seat.area for seat in site.seats} == {one.id for one in site.seat_types}
    first = [skill.queue for agent in site.agents for skill in agent.skills if skill.level == 1]
    assert set(first) == {queue.id for queue in site.queues}
    assert len(first) == 170


def test_groups_and_seat_types_are_those_of_the_profile(site: Site, profile: dict[str, Any]) -> None:
    assert (len(site.seats), len(site.agents)) == (profile["seats"], profile["agents"])
    assert site.zone == profile["timezone"]
    assert {group.id: group.name.zh for group in site.groups} == {
        key: one["zh"] for key, one in profile["groups"].items()
    }
    for key, group in profile["groups"].items():
        assert {one.id for one in site.seat_types if one.group == key} == set(group["types"])
        assert {one.id for one in site.queues if one.group == key} == set(group["types"])
    for one in site.seat_types:
        expected = profile["types"][one.id]
        assert (one.name.zh, one.name.en, one.acw_mean_s) == (expected["zh"], expected["en"], expected["acw_mean_s"])


def test_people_are_spread_over_the_seat_types_as_the_profile_says(site: Site, profile: dict[str, Any]) -> None:
    for key, one in profile["types"].items():
        number = sum(agent.seat_type == key for agent in site.agents)
        assert abs(number - 170 * one["l1_share"]) < 1, key
        skills = {agent.skills for agent in site.agents if agent.seat_type == key}
        ordered = [[skill.queue for skill in sorted(each, key=lambda skill: skill.level)] for each in skills]
        assert ordered == [[key, *one["secondary"]]]


def test_the_demand_is_that_of_the_profile(site: Site, profile: dict[str, Any]) -> None:
    assert site.simulation is not None
    assert sum(demand.offered for demand in site.simulation.demands) == profile["offered_per_weekday"]
    assert {demand.queue for demand in site.simulation.demands} == set(profile["types"])
    for demand in site.simulation.demands:
        expected = profile["types"][demand.queue]
        for name in ("offered", "talk_mean_s", "hold_mean_s", "acw_mean_s", "patience_mean_s"):
            assert getattr(demand, name) == expected[name], (demand.queue, name)
        assert list(demand.hourly_share_pct) == expected["hourly_share_pct"]
        assert demand.primary_share == expected["l1_share"]
        assert list(demand.secondary) == expected["secondary"]
        assert demand.talk_mean_s + demand.hold_mean_s + demand.acw_mean_s == expected["aht_s"]


def test_the_roster_and_the_outbound_work_are_those_of_the_profile(site: Site, profile: dict[str, Any]) -> None:
    simulation = site.simulation
    assert simulation is not None
    roster = [(" + ".join(shift.spans), shift.count) for shift in simulation.shifts]
    assert roster == [(one["shift"], one["count"]) for one in profile["roster"]]
    calls, visits = profile["outbound"]["dispatch_calls"], profile["outbound"]["return_visits"]
    outbound = simulation.outbound
    assert (outbound.dispatch_per_call, outbound.dispatch_seconds) == (calls["per_claim_or_dual_call"], calls["aht_s"])
    assert outbound.dispatch_due_s == calls["due_s"]
    assert outbound.dispatch_queues == ("claim", "dual")
    assert (outbound.return_visits, outbound.return_visit_seconds) == (visits["per_weekday"], visits["aht_s"])
    assert outbound.return_visit_window == visits["window"]
    assert (simulation.meal_minutes, simulation.meal_after_hours) == (60, (3.5, 5))
    assert (simulation.break_minutes, simulation.breaks, simulation.night_rest_minutes) == (15, 2, 50)


def test_the_distributions_are_those_of_the_profile(site: Site, profile: dict[str, Any]) -> None:
    simulation = site.simulation
    assert simulation is not None
    ringing, no_answer = simulation.ringing, profile["distributions"]["ring_no_answer"]
    assert ringing.no_answer_probability == no_answer["prob_per_offer"]
    assert ringing.no_answer_timeout_s == no_answer["timeout_s"]
    assert ringing.no_answer_penalty_s == no_answer["agent_penalty_aux_s"]
    assert profile["distributions"]["ring"] == f"uniform {ringing.ring_min_s:g}-{ringing.ring_max_s:g} s"
    handling, patience = simulation.handling, simulation.patience
    words = profile["distributions"]
    assert words["talk"] == f"lognormal cv {handling.talk_cv:g}"
    assert words["acw"] == f"lognormal cv {handling.acw_cv:g}"
    assert words["hold"].startswith(f"{handling.hold_probability:.0%} of calls")
    assert words["arrivals"].endswith(f"noise sd {handling.half_hour_rate_noise:.0%}")
    assert words["patience"] == (
        f"{patience.wrong_number_share:.1%} wrong numbers exp({patience.wrong_number_mean_s:g} s); "
        f"{patience.announcement_share:.1%} leave {patience.announcement_s:g} s + "
        f"exp({patience.announcement_mean_s:g} s) after the queue announcement; "
        f"rest {patience.minimum_s:g} s + exp(mean-{patience.minimum_s:g} s)"
    )


def test_it_has_the_scenarios_of_the_handbook(site: Site) -> None:
    assert site.simulation is not None
    scenarios = {one.id: one for one in site.simulation.scenarios}
    storms = ["storm", "storm_announced", "storm_simplified", "storm_reinforced"]
    assert list(scenarios) == ["normal", *storms, "trunk_loss", "short_staffing"]
    assert all(scenarios[storm].demand == {"claim": 3.2, "rescue": 4.0, "*": 1.3} for storm in storms)
    assert scenarios["trunk_loss"].trunk_loss_share > 0
    assert round(site.simulation.present * scenarios["short_staffing"].present_share) == 89


def test_its_limits_are_those_of_the_handbook(site: Site) -> None:
    limits = {(one.figure, scope): (one.warn, one.critical) for one in site.thresholds for scope in one.scopes}
    assert limits["answer_rate_a2", "site"] == (95, 90)
    assert limits["service_level_f8", "site"] == (80, 65)
    assert limits["longest_wait_now", "site"] == (30, 60)
    assert limits["longest_wait_now", "queue:rescue"] == limits["longest_wait_now", "queue:vip"] == (15, 30)
    assert limits["waiting", "site"] == (5, 15)
    assert limits["occupancy", "site"] == (85, 90)
    assert all((one.raise_after, one.clear_after) == (2, 4) for one in site.thresholds)


def test_its_wall_has_every_kind_of_page_and_four_headlines(site: Site) -> None:
    assert [page.kind for page in site.wall.pages] == ["overview", "group", "group", "group", "seats", "vendors"]
    assert [page.group for page in site.wall.pages if page.kind == "group"] == [group.id for group in site.groups]
    assert [(one.figure, one.window) for one in site.wall.headlines] == [
        ("answer_rate_a2", "30m"), ("service_level_f8", "30m"), ("waiting", "now"), ("longest_wait_now", "now"),
    ]  # fmt: skip
    assert verify_pin("95518", site.wall.pin_hash)


def test_its_public_tokens_open_one_role_each(site: Site) -> None:
    found = [find_token(text, site.tokens) for text in DEMO_TOKENS]
    assert [one.role if one else None for one in found] == [role.id for role in site.roles]
    vendor_lead = find_token("demo-vendor-lead", site.tokens)
    assert vendor_lead is not None
    assert vendor_lead.vendors == ("qingchuan",)
    rights = {role.id: role.rights for role in site.roles}
    assert rights["wall"] == ()
    assert rights["admin"] == ("*",)
