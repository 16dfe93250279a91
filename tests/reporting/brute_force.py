"""The five tables straight from the definitions, by loops over plain calls: slow, and shares no code with ours."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

QUARTER = 900
Rows = list[list[str]]

COHORT = (
    "offered,answered,abandoned,answered_le_20,answered_lt_20,answered_wait0,abandoned_le_5,abandoned_le_20,"
    "wait_sum_answered,wait_sum_abandoned,talk_sum,longest_wait,answer_rate,abandon_rate,sl20_of_offered,"
    "sl20_of_answered,sl20_excl_aband_le20,sl20_excl_aband_le5,asa,avg_wait_abandoned,avg_wait_all,aht"
)
EVENT = "ev_answers,ev_answers_le_20,ev_abandons,ev_completed,max_queue,avg_queue,max_in_service,avg_in_service"


class Call(NamedTuple):
    """A finished call; times are UTC seconds as the log's clock has them, wait and talk as reported."""

    queue: str
    joined: int
    left: int
    """When it was answered or abandoned."""
    wait: int
    agent: str
    """Empty for an abandoned call."""
    ended: int = 0
    talk: int = 0

    @property
    def answered(self) -> bool:
        return bool(self.agent)


def ratio(part: float, whole: float) -> str:
    """As the reference writes it."""
    return repr(round(part / whole, 6)) if whole else ""


def cohort_cells(calls: Sequence[Call]) -> list[str]:
    """The cohort columns of some calls."""
    answered = [call for call in calls if call.answered]
    abandoned = [call for call in calls if not call.answered]
    le20 = sum(call.wait <= 20 for call in answered)
    ab5, ab20 = sum(call.wait <= 5 for call in abandoned), sum(call.wait <= 20 for call in abandoned)
    wait_answered, wait_abandoned = sum(call.wait for call in answered), sum(call.wait for call in abandoned)
    talk = sum(call.talk for call in answered)
    counts = [
        len(calls), len(answered), len(abandoned), le20, sum(call.wait < 20 for call in answered),
        sum(call.wait == 0 for call in answered), ab5, ab20, wait_answered, wait_abandoned, talk,
        max((call.wait for call in calls), default=0),
    ]  # fmt: skip
    ratios = [
        ratio(len(answered), len(calls)), ratio(len(abandoned), len(calls)), ratio(le20, len(calls)),
        ratio(le20, len(answered)), ratio(le20, len(calls) - ab20), ratio(le20, len(calls) - ab5),
        ratio(wait_answered, len(answered)), ratio(wait_abandoned, len(abandoned)),
        ratio(wait_answered + wait_abandoned, len(calls)), ratio(talk, len(answered)),
    ]  # fmt: skip
    return [str(count) for count in counts] + ratios


def _levels(spans: Sequence[tuple[int, int]], begin: int, end: int) -> tuple[int, float]:
    """Most at a time and mean of half-open spans in [begin, end)."""
    inside = [
        (max(first, begin), min(last, end)) for first, last in spans if first < end and last > begin and last > first
    ]
    most = max((sum(a <= at < b for a, b in inside) for at, _ in inside), default=0)
    return most, sum(last - first for first, last in inside) / (end - begin)


def event_cells(calls: Sequence[Call], begin: int, end: int) -> list[str]:
    """The event and level columns of a period."""
    left = [call for call in calls if begin <= call.left < end]
    answers = [call for call in left if call.answered]
    queue = _levels([(call.joined, call.left) for call in calls], begin, end)
    service = _levels([(call.left, call.ended) for call in calls if call.answered], begin, end)
    return [
        str(len(answers)), str(sum(call.wait <= 20 for call in answers)), str(len(left) - len(answers)),
        str(sum(call.answered and begin <= call.ended < end for call in calls)),
        str(queue[0]), repr(round(queue[1], 6)), str(service[0]), repr(round(service[1], 6)),
    ]  # fmt: skip


def local(at: int, zone: ZoneInfo) -> datetime:
    return datetime.fromtimestamp(at, UTC).astimezone(zone)


def dates(calls: Sequence[Call], zone: ZoneInfo) -> list[date]:
    """Every day from the first to the last call; callers keep below the length that is rounded out to months."""
    found = sorted({local(call.joined, zone).date() for call in calls})
    return [found[0] + timedelta(days=number) for number in range((found[-1] - found[0]).days + 1)]


def _periods(
    calls: Sequence[Call], zone: ZoneInfo, name: Callable[[datetime], tuple[object, ...]]
) -> list[tuple[int, int]]:
    """Runs of quarters of an hour that share a name on the zone's clock."""
    wanted = set(dates(calls, zone))
    begin = min(call.joined for call in calls) // QUARTER * QUARTER - 2 * 86_400
    found: list[tuple[tuple[object, ...], int, int]] = []
    for at in range(begin, begin + (len(wanted) + 4) * 86_400, QUARTER):
        moment = local(at, zone)
        if moment.date() not in wanted:
            continue
        called = name(moment)
        if found and found[-1][0] == called and found[-1][2] == at:
            found[-1] = (called, found[-1][1], at + QUARTER)
        else:
            found.append((called, at, at + QUARTER))
    return [(first, last) for _, first, last in found]


def _by_time(
    calls: Sequence[Call], zone: ZoneInfo, name: Callable[[datetime], tuple[object, ...]], plain: bool
) -> Rows:
    rows = [["start", *COHORT.split(","), *EVENT.split(",")]]
    stamps: list[str] = []
    for begin, end in _periods(calls, zone, name):
        inside = [call for call in calls if begin <= call.joined < end]
        stamps.append(f"{local(begin, zone):%Y-%m-%d} 00:00:00" if plain else _stamp(begin, zone))
        rows.append([stamps[-1], *cohort_cells(inside), *event_cells(calls, begin, end)])
    return rows


def _stamp(at: int, zone: ZoneInfo) -> str:
    moment = local(at, zone)
    text = f"{moment:%Y-%m-%d %H:%M:%S}"
    same = [other for other in range(at - 7_200, at + 7_201, 900) if f"{local(other, zone):%Y-%m-%d %H:%M:%S}" == text]
    return f"{text}{moment:%z}" if len(same) > 1 else text


def by_hour(calls: Sequence[Call], zone: ZoneInfo) -> Rows:
    return _by_time(calls, zone, lambda at: (at.date(), at.hour, at.utcoffset()), False)


def by_day(calls: Sequence[Call], zone: ZoneInfo) -> Rows:
    return _by_time(calls, zone, lambda at: (at.date(),), True)


def by_queue_and_day(calls: Sequence[Call], zone: ZoneInfo) -> Rows:
    keys = sorted({(call.queue, local(call.joined, zone).date()) for call in calls})
    rows = [["queue", "day", *COHORT.split(",")]]
    for queue, day in keys:
        inside = [call for call in calls if call.queue == queue and local(call.joined, zone).date() == day]
        rows.append([queue, day.isoformat(), *cohort_cells(inside)])
    return rows


def by_agent_and_day(calls: Sequence[Call], zone: ZoneInfo) -> Rows:
    answered = [call for call in calls if call.answered]
    keys = sorted({(call.agent, local(call.joined, zone).date()) for call in answered})
    rows = [["agent", "day", "answered", "talk_sum", "short_lt_10", "first_answer", "last_end"]]
    for agent, day in keys:
        inside = [call for call in answered if call.agent == agent and local(call.joined, zone).date() == day]
        first, last = min(call.left for call in inside), max(call.ended for call in inside)
        rows.append([
            agent, day.isoformat(), str(len(inside)), str(sum(call.talk for call in inside)),
            str(sum(call.talk < 10 for call in inside)), _stamp(first, zone)[11:], _stamp(last, zone)[11:],
        ])  # fmt: skip
    return rows


def snapshots(calls: Sequence[Call], zone: ZoneInfo) -> Rows:
    queues = sorted({call.queue for call in calls})
    rows = [
        "at,waiting,longest_current_wait,in_service,agents_in_service,day_entered,day_answered,day_answered_le_20,"
        "day_abandoned,day_wait_sum_answered".split(",")
        + [f"waiting_{queue}" for queue in queues]
    ]
    for begin, end in _periods(calls, zone, lambda at: (at.date(),)):
        for at in range(begin, end, QUARTER):
            waiting = [call for call in calls if call.joined <= at < call.left]
            talking = [call for call in calls if call.answered and call.left <= at < call.ended]
            entered = [call for call in calls if begin <= call.joined <= at]
            if not (waiting or talking or entered):
                continue
            left = [call for call in calls if begin <= call.left <= at]
            answers = [call for call in left if call.answered]
            counts = [
                len(waiting), at - min((call.joined for call in waiting), default=at), len(talking),
                len({call.agent for call in talking} - {"UNKNOWN"}), len(entered), len(answers),
                sum(call.wait <= 20 for call in answers), len(left) - len(answers), sum(call.wait for call in answers),
                *(sum(call.queue == queue for call in waiting) for queue in queues),
            ]  # fmt: skip
            rows.append([_stamp(at, zone), *map(str, counts)])
    return rows
