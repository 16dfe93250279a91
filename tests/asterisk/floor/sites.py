"""Writes the site folder that Watchfloor needs for a floor: its queues, agents, seats, thresholds, tokens and wall."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import yaml

from config.tokens import hash_token
from tests.asterisk.floor.plan import FloorPlan, Person
from tests.asterisk.floor.reach import Reachable

TOKENS: Final = {"supervisor": "floor-supervisor", "viewer": "floor-viewer"}
"""The token of each role; a supervisor may do everything, a viewer only looks."""

_GROUPS: Final = {"claims": ("报案理赔组", "Claims"), "service": ("咨询服务组", "Service")}
_KINDS: Final = {
    "claims": ("claims", "报案", "Claims"),
    "rescue": ("claims", "救援", "Rescue"),
    "dispatch": ("claims", "查勘调度", "Dispatch"),
    "inquiry": ("service", "咨询", "Inquiries"),
    "complaints": ("service", "投诉", "Complaints"),
    "vip": ("service", "贵宾", "VIP"),
    "languages": ("service", "外语", "Languages"),
    "service": ("service", "综合", "General"),
}
"""Group and names of each kind of queue and seat."""
_TEAM = 11
_VENDOR = "qingchuan"

_Rows = list[dict[str, Any]]


def write_site(folder: Path, floor: Reachable, extra: str = "", *, listen: str = "127.0.0.1:0") -> Path:
    """Write a site for a floor into a folder and return it; `extra` is YAML to stand at the end of site.yaml."""
    plan = floor.plan
    seats = [{"id": one.number, "area": _kind(plan, one), "extension": one.number} for one in plan.agents]
    folder.mkdir(parents=True, exist_ok=True)
    files: dict[str, Mapping[str, Any]] = {
        "site": _site(listen),
        "structure": _structure(plan),
        "agents": {"agents": _agents(plan)},
        "seats": {"seats": seats},
        "thresholds": _thresholds(),
        "access": _access(),
        "wall": _wall(),
    }
    for name, content in files.items():
        text = yaml.safe_dump(content, allow_unicode=True, sort_keys=False, width=120)
        (folder / f"{name}.yaml").write_text(text + (f"\n{extra}" if name == "site" else ""), "utf-8")
    return folder


def _name(zh: str, en: str) -> dict[str, str]:
    return {"zh": zh, "en": en}


def _site(listen: str) -> dict[str, Any]:
    return {
        "id": "test-floor",
        "short": "95500",
        "name": _name("测试客服中心", "Test floor"),
        "zone": "Asia/Shanghai",
        "figures": {"service_seconds": 8, "short_seconds": 2, "longest_acceptable_wait": 30, "minimum_sample": 5},
        "gateway": {"listen": listen, "frame_ms": 50, "retain_days": 2},
    }


def _structure(plan: FloorPlan) -> dict[str, _Rows]:
    kinds = {queue.kind for queue in plan.queues} | {_kind(plan, one) for one in plan.agents}
    groups = {_KINDS[kind][0] for kind in kinds}
    return {
        "groups": [{"id": one, "name": _name(*_GROUPS[one])} for one in _GROUPS if one in groups],
        "seat_types": [
            {"id": kind, "group": group, "acw_mean_s": 4, "name": _name(zh, en)}
            for kind, (group, zh, en) in _KINDS.items()
            if kind in kinds
        ],
        "queues": [
            {
                "id": queue.name,
                "name": _name(queue.zh or queue.name, queue.en or queue.name),
                "group": _KINDS[queue.kind][0],
                "seat_type": queue.kind,
                "number": queue.number,
                "priority": queue.weight,
            }
            for queue in plan.queues
        ],
        "vendors": [{"id": _VENDOR, "name": _name("晴川外包", "Qingchuan Services")}],
        "teams": _teams(plan),
    }


def _teams(plan: FloorPlan) -> _Rows:
    """Teams of eleven, the last of them a vendor's."""
    teams: _Rows = []
    for place, team in enumerate(_split(plan.agents), 1):
        name = _name(f"{place}班", f"Team {place}")
        teams.append({"id": f"team-{place}", "name": name, "leader": team[0].number})
    teams[-1]["vendor"] = _VENDOR
    return teams


def _split(agents: Sequence[Person]) -> list[Sequence[Person]]:
    size = min(_TEAM, max(1, len(agents) // 2))
    return [agents[first : first + size] for first in range(0, len(agents), size)]


def _agents(plan: FloorPlan) -> _Rows:
    rows: _Rows = []
    for place, team in enumerate(_split(plan.agents), 1):
        for one in team:
            # Somebody may be in a queue with two phones.
            levels = {
                queue.name: 1 + member.penalty
                for queue in plan.queues
                for member in queue.members
                if member.number == one.number
            }
            skills = [{"queue": queue, "level": level} for queue, level in levels.items()]
            row = {"id": one.number, "name": _name(one.zh, one.en), "team": f"team-{place}", "skills": skills}
            rows.append({**row, "seat_type": _kind(plan, one)})
    return rows


def _kind(plan: FloorPlan, agent: Person) -> str:
    """The seat type of an agent: that of the queue which is his first."""
    queues = [
        (member.penalty, queue.kind)
        for queue in plan.queues
        for member in queue.members
        if member.number == agent.number
    ]  # fmt: skip
    return min(queues, default=(0, "service"), key=lambda one: one[0])[1]


def _thresholds() -> dict[str, _Rows]:
    everywhere = ["site", "group", "queue"]
    high, low = {"better": "high"}, {"better": "low"}
    service = {"figure": "service_level_f8", "scopes": everywhere, "window": "30m"}
    answered = {"figure": "answer_rate_a2", "scopes": everywhere, "window": "30m"}
    longest = {"figure": "longest_wait_now", "scopes": everywhere, "window": "now"}
    return {
        "thresholds": [
            {**answered, **high, "warn": 95, "critical": 90},
            {**service, **high, "warn": 80, "critical": 65},
            {**longest, **low, "warn": 8, "critical": 16},
        ],
        "seat_limits": [{"state": "acw", "warn_factor": 2, "critical_factor": 3}],
    }


def _access() -> dict[str, _Rows]:
    supervisor = {"id": "supervisor", "name": _name("班长", "Supervisor"), "rights": ["*"], "masked": False}
    viewer = {"id": "viewer", "name": _name("大屏", "Viewer"), "rights": []}
    return {
        "roles": [supervisor, viewer],
        "tokens": [{"id": role, "role": role, "hash": hash_token(token)} for role, token in TOKENS.items()],
    }


def _wall() -> dict[str, Any]:
    pages = [{"id": kind, "kind": kind} for kind in ("overview", "seats", "vendors")]
    headlines = [
        {"figure": "answer_rate_a2", "window": "30m"},
        {"figure": "service_level_f8", "window": "30m"},
        {"figure": "waiting", "window": "now"},
        {"figure": "longest_wait_now", "window": "now"},
    ]
    return {"wall": {"pages": pages, "headlines": headlines, "rotate_seconds": 20}}
