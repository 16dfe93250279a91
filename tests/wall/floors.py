"""Floors to look at: entities as a gateway would send them, built by hand so that a picture is the same every time."""

from __future__ import annotations

import math

from console.sight import Entities, LinkState, Sight, SourceSight
from feeds.entities import (
    Alarm,
    AnyEntity,
    Figures,
    HeadlineInfo,
    Label,
    Limit,
    PageInfo,
    Queue,
    Seat,
    SiteInfo,
    Source,
    Staff,
    Trend,
)
from feeds.requests import HelloResult, Scope

NOW = 1_795_329_128_000
"""Sunday, 22 November 2026, 14:32:08 in Shanghai."""
QUEUES = (
    ("claim", "报案", "Claims", "claims", 3, 38, 97.1, 2, 38),
    ("dual", "双代专席", "Agency", "claims", 0, None, 99.2, 2, 9),
    ("disp", "查勘调度", "Dispatch", "claims", 2, 64, 95.8, 0, 11),
    ("enq", "咨询", "Enquiries", "service", 1, 21, 98.0, 1, 22),
    ("compl", "投诉回访", "Complaints", "service", 1, 12, 96.9, 1, 7),
    ("rescue", "救援专席", "Rescue", "special", 5, 192, 88.6, 0, 8),
    ("vip", "VIP 专席", "VIP", "special", 0, None, 99.6, 1, 6),
)
GROUPS = (
    ("claims", "报案理赔组", "Claims"),
    ("service", "咨询投诉组", "Service"),
    ("special", "专项服务组", "Special services"),
)
STATES = {"talking": 71, "ready": 7, "ringing": 2, "acw": 12, "hold": 2, "break": 7}
PIN_95518 = "scrypt$5a1fe0d4c3b2a1908f7e6d5c4b3a2918$19a7192865fcd05f431e35eb6c0e9a17d5f6ca65214a8e95c6ceaaf166dab9c3"


def site(**changes: object) -> SiteInfo:
    """A site of three groups and seven queues."""
    values: dict[str, object] = {
        "key": "site:demo",
        "rev": 1,
        "short": "95518",
        "zh": "北京客服中心",
        "en": "Beijing Service Centre",
        "zone": "Asia/Shanghai",
        "groups": [Label(*group) for group in GROUPS],
        "seat_types": [Label(row[0], row[1], row[2], row[3]) for row in QUEUES],
        "queues": [Label(row[0], row[1], row[2], row[3]) for row in QUEUES],
        "teams": [
            Label("team-1", "报案一班", "Claims 1"),
            Label("team-7", "晴川一班", "Qingchuan 1", "qingchuan"),
            Label("team-8", "晴川二班", "Qingchuan 2", "qingchuan"),
            Label("team-9", "云岭一班", "Yunling 1", "yunling"),
        ],
        "vendors": [
            Label("qingchuan", "晴川外包", "Qingchuan Services"),
            Label("yunling", "云岭外包", "Yunling Services"),
        ],
        "seats": 110,
        "service_seconds": 20,
        "minimum_sample": 20,
        "limits": _limits(),
        "pages": [
            PageInfo("overview", "overview", "", "全部队列", "All queues"),
            PageInfo("claims", "group", "claims"),
            PageInfo("service", "group", "service"),
            PageInfo("special", "group", "special"),
            PageInfo("seats", "seats", "", "座席", "Seats"),
            PageInfo("vendors", "vendors", "", "外包公司", "Vendors"),
        ],
        "headlines": [
            HeadlineInfo("answer_rate_a2", "30m"),
            HeadlineInfo("service_level_f8", "30m"),
            HeadlineInfo("waiting", "now"),
            HeadlineInfo("longest_wait_now", "now"),
        ],
        "rotate_seconds": 20,
        "theme": "dark",
        "language": "zh_CN",
        "diagonal_inches": 55.0,
        "farthest_metres": 4.0,
        "pin_hash": PIN_95518,
    }
    return SiteInfo(**{**values, **changes})  # type: ignore[arg-type]


def _limits() -> list[Limit]:
    limits = []
    for scope in ("site", *(f"group:{group[0]}" for group in GROUPS), *(f"queue:{row[0]}" for row in QUEUES)):
        limits += [
            Limit("answer_rate_a2", scope, "30m", "high", 95, 90),
            Limit("service_level_f8", scope, "30m", "high", 80, 65),
            Limit("waiting", scope, "now", "low", 10, 15, relative_to="staffed"),
            Limit("longest_wait_now", scope, "now", "low", 60, 120),
        ]
    return limits


def floor(**changes: object) -> Entities:
    """The floor of the wall's mock-up: a rescue queue in trouble, everything else nearly calm."""
    entities: list[AnyEntity] = [
        site(**changes),
        Source(key="source:main", rev=1, state="up", mode="live", speed=1.0, since=0),
    ]
    for name, zh, en, group, waiting, wait, rate, ready, staffed in QUEUES:
        entities += _queue(name, zh, en, group, waiting, wait, rate, ready, staffed)
    entities += _scopes()
    entities += _seats()
    entities += _alarms()
    return Entities(entities)


def _queue(
    name: str, zh: str, en: str, group: str, waiting: int, wait: int | None, rate: float, ready: int, staffed: int
) -> list[AnyEntity]:
    tones = {
        "rescue": {"answer_rate_a2": "critical", "longest_wait_now": "critical"},
        "disp": {"longest_wait_now": "warn"},
    }
    scope = f"queue:{name}"
    values: dict[str, float | int | None] = {
        "answer_rate_a2": rate,
        "waiting": waiting,
        "offered": 120,
        "staffed": staffed,
    }
    return [
        Queue(
            key=scope,
            rev=2,
            waiting=waiting,
            ringing=0,
            in_service=3,
            group=group,
            seat_type=name,
            zh=zh,
            en=en,
            oldest=None if wait is None else NOW - wait * 1000,
        ),
        Staff(
            key=f"staff:{scope}",
            rev=2,
            scope=scope,
            states={"ready": ready, "talking": staffed - ready},
            staffed=staffed,
        ),
        Figures(key=f"figures:{scope}:30m", rev=2, scope=scope, window="30m", values=values, tones=tones.get(name, {})),  # type: ignore[arg-type]
    ]


def _scopes() -> list[AnyEntity]:
    entities: list[AnyEntity] = []
    for number, scope in enumerate(("site", *(f"group:{group[0]}" for group in GROUPS))):
        share = 1.0 if number == 0 else 0.33
        values: dict[str, float | int | None] = {
            "answer_rate_a2": 96.4 - number,
            "service_level_f8": 82.0 - number,
            "waiting": round(12 * share),
            "offered": 640,
            "staffed": round(101 * share),
        }
        states = {state: max(1, round(count * share)) for state, count in STATES.items()}
        tones = {"waiting": "warn", "longest_wait_now": "critical"} if number in (0, 3) else {}
        entities += [
            Figures(key=f"figures:{scope}:30m", rev=2, scope=scope, window="30m", values=values, tones=tones),  # type: ignore[arg-type]
            Staff(
                key=f"staff:{scope}",
                rev=2,
                scope=scope,
                states=states,
                staffed=sum(states.values()),
                seats=round(110 * share),
            ),
        ]
        entities += [
            Trend(
                key=f"trend:{scope}:{figure}",
                rev=2,
                scope=scope,
                figure=figure,
                until=NOW,
                points=_wave(middle, swing, end),
            )
            for figure, middle, swing, end in (
                ("answer_rate_a2", 96.0, 0.7, 96.4),
                ("service_level_f8", 81.0, 1.5, 82.0),
                ("waiting", 7.0, 2.5, 12.0),
                ("longest_wait_now", 60.0, 15.0, 192.0),
            )
        ]
    for scope in ("vendor:qingchuan", "vendor:yunling", "team:team-7", "team:team-8", "team:team-9"):
        people: dict[str, float | int | None] = {"occupancy": 78.0, "answered": 412, "aht": 231.0}
        for window in ("30m", "today"):
            entities.append(Figures(key=f"figures:{scope}:{window}", rev=2, scope=scope, window=window, values=people))
        entities.append(
            Staff(key=f"staff:{scope}", rev=2, scope=scope, states={"talking": 9, "ready": 2, "acw": 3}, staffed=14)
        )
    return entities


def _wave(middle: float, swing: float, end: float) -> list[float | None]:
    shape: list[float | None] = [middle + swing * (math.sin(n / 7) * 0.7 + math.sin(n * 1.9) * 0.3) for n in range(55)]
    return [*shape, *((middle + (end - middle) * step / 5) for step in range(1, 6))]


def _seats() -> list[AnyEntity]:
    wheel = [state for state, count in STATES.items() for _ in range(count)] + ["offline"] * 9
    seats: list[AnyEntity] = []
    for number in range(110):
        state = wheel[number * 37 % 110]
        area = QUEUES[number * 7 // 110][0]
        group = QUEUES[number * 7 // 110][3]
        late = number in (13, 58, 90)
        seats.append(
            Seat(
                key=f"seat:{number + 1:03d}",
                rev=2,
                state="acw" if late else state,  # type: ignore[arg-type]
                since=NOW - (400_000 if late else 45_000),
                agent="" if state == "offline" else str(2301 + number),
                vendor="qingchuan" if number % 5 == 0 else "",
                seat_type=area,
                group=group,
                area=area,
                extension=str(8001 + number),
                warn_after_s=120.0 if late else None,
                critical_after_s=300.0 if number == 58 else None,
            )
        )
    return seats


def _alarms() -> list[AnyEntity]:
    return [
        Alarm(
            key="alarm:queue:rescue:longest_wait_now:now",
            rev=3,
            scope="queue:rescue",
            figure="longest_wait_now",
            window="now",
            level="critical",
            since=NOW - 122_000,
            limit=120.0,
            value_since=NOW - 192_000,
        ),
        Alarm(
            key="alarm:site:waiting:now",
            rev=3,
            scope="site",
            figure="waiting",
            window="now",
            level="warn",
            since=NOW - 60_000,
            limit=10.0,
            value=12,
        ),
    ]


def sight(entities: Entities | None = None, **changes: object) -> Sight:
    """A trusted look at the floor of the mock-up."""
    values: dict[str, object] = {
        "entities": floor() if entities is None else entities,
        "now": NOW,
        "held": NOW,
        "stale": False,
        "age": 0.4,
        "link": LinkState("live"),
        "sources": {"main": SourceSight("main", False, 0.4, NOW)},
    }
    return Sight(**{**values, **changes})  # type: ignore[arg-type]


def welcome(role: str = "supervisor", *rights: str) -> HelloResult:
    """What a gateway says at the door to a credential of one vendor."""
    return HelloResult("e", 1, role, list(rights), Scope(vendors=["qingchuan"]), True, 1000, NOW)


def stale_sight(entities: Entities | None = None) -> Sight:
    """The same floor 42 seconds after the last proof of life, eight seconds before the fourth attempt."""
    link = LinkState("stale", attempt=4, next_at=107.6)
    return sight(entities, now=NOW + 42_000, stale=True, age=42.2, monotonic=100.0, link=link)
