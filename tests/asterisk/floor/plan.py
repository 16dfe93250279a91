"""What a test's floor looks like: its queues, people and phones, and how the practice people behave."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Literal

Way = Literal["pjsip", "local", "hint"]
"""How a queue reaches a member: his phone itself, a Local channel, or that with a hint as FreePBX writes it."""

_SURNAMES = (
    ("王", "Wang"), ("李", "Li"), ("张", "Zhang"), ("刘", "Liu"), ("陈", "Chen"), ("杨", "Yang"), ("赵", "Zhao"),
    ("黄", "Huang"), ("周", "Zhou"), ("吴", "Wu"), ("徐", "Xu"), ("孙", "Sun"), ("胡", "Hu"), ("朱", "Zhu"),
    ("高", "Gao"), ("林", "Lin"), ("何", "He"), ("郭", "Guo"), ("马", "Ma"), ("罗", "Luo"),
)  # fmt: skip
_GIVEN = (
    ("芳", "fang"), ("敏", "min"), ("静", "jing"), ("丽", "li"), ("娟", "juan"), ("艳", "yan"), ("秀", "xiu"),
    ("霞", "xia"), ("燕", "yan"), ("玲", "ling"), ("桂", "gui"), ("平", "ping"), ("红", "hong"), ("梅", "mei"),
    ("萍", "ping"), ("华", "hua"), ("文", "wen"), ("慧", "hui"), ("莉", "li"), ("颖", "ying"), ("洁", "jie"),
    ("琳", "lin"),
)  # fmt: skip


@dataclass(frozen=True)
class Person:
    """Somebody with a phone; `number` is extension and agent number in one."""

    number: str
    zh: str
    en: str


@dataclass(frozen=True)
class Member:
    """A person's place in a queue."""

    number: str
    penalty: int = 0
    way: Way = "pjsip"

    @property
    def interface(self) -> str:
        """What Asterisk calls the member."""
        return f"PJSIP/{self.number}" if self.way == "pjsip" else f"Local/{self.number}@from-queue/n"

    @property
    def state_interface(self) -> str:
        """The device whose state is the member's."""
        return f"hint:{self.number}@ext-local" if self.way == "hint" else f"PJSIP/{self.number}"


@dataclass(frozen=True)
class QueuePlan:
    """A queue; times in seconds, squeezed: a talk lasts seconds where a real one lasts minutes."""

    name: str
    number: str
    members: tuple[Member, ...] = ()
    zh: str = ""
    en: str = ""
    kind: str = "service"  # the seat type whose queue it is
    share: float = 1.0  # of the generated calls
    strategy: str = "leastrecent"
    weight: int = 0
    timeout: int = 12
    retry: int = 1
    wrapup: int = 4
    service_level: int = 8
    capacity: int = 0  # callers who may wait; 0 = any number
    join_empty: str = "yes"
    leave_when_empty: str = "no"
    autopause: str = "no"
    more: tuple[str, ...] = ()  # further lines of queues.conf


@dataclass(frozen=True)
class Behaviour:
    """How practice people behave; times in seconds, the rest are shares of calls."""

    ring: float = 1.6
    talk: float = 9.0
    patience: float = 25.0
    no_answer: float = 0.02
    busy: float = 0.004
    hold: float = 0.08
    transfer: float = 0.03
    caller_hangs_up: float = 0.5
    rest_after_call: float = 0.03
    rest: float = 12.0
    with_tone: int = 4  # so many of the first agents talk with a tone of their own: 400 Hz, 440 Hz …


@dataclass(frozen=True)
class FloorPlan:
    """A whole floor."""

    queues: tuple[QueuePlan, ...]
    agents: tuple[Person, ...]
    supervisors: tuple[Person, ...] = ()
    behaviour: Behaviour = field(default_factory=Behaviour)
    max_wait: int = 120  # a caller leaves a queue after so long

    def queue(self, name: str) -> QueuePlan:
        """The queue of that name."""
        return next(one for one in self.queues if one.name == name)

    def person(self, number: str) -> Person:
        """Who has that extension."""
        return next(one for one in (*self.agents, *self.supervisors) if one.number == number)

    @property
    def phones(self) -> tuple[str, ...]:
        """The numbers of all phones: agents, then supervisors."""
        return tuple(one.number for one in (*self.agents, *self.supervisors))

    def with_queue(self, name: str, **changes: object) -> FloorPlan:
        """The same floor with one queue changed."""
        queues = (replace(one, **changes) if one.name == name else one for one in self.queues)  # type: ignore[arg-type]
        return self.with_queues(tuple(queues))

    def with_queues(self, queues: tuple[QueuePlan, ...]) -> FloorPlan:
        """The same floor with these queues."""
        return replace(self, queues=queues)


def person(number: int) -> Person:
    """Somebody with a Chinese name that depends on the number alone."""
    surname, first, second = _SURNAMES[number % 20], _GIVEN[number * 7 % 22], _GIVEN[number * 3 % 22]
    return Person(
        str(number), surname[0] + first[0] + second[0], f"{surname[1]} {first[1].capitalize()}{second[1]}"
    )  # fmt: skip


def people(first: int, last: int) -> tuple[Person, ...]:
    """The persons of a range of extensions, both ends included."""
    return tuple(person(number) for number in range(first, last + 1))


def supervisors(count: int) -> tuple[Person, ...]:
    """Supervisors from 7001 on; they are in no queue."""
    return tuple(Person(str(7000 + one), f"班长{one}", f"Supervisor {one}") for one in range(1, count + 1))


def members(*ranges: tuple[int, int, int]) -> tuple[Member, ...]:
    """Members by (first, last, penalty)."""
    return tuple(
        Member(str(number), penalty) for first, last, penalty in ranges for number in range(first, last + 1)
    )  # fmt: skip


def whole_floor() -> FloorPlan:
    """Twelve queues and 110 agents of a motor insurer, as large as a real floor."""
    return FloorPlan(tuple(_whole_queues()), people(8001, 8110), supervisors(5))


def _whole_queues() -> Iterable[QueuePlan]:
    claims, inquiry = members((8001, 8040, 0), (8041, 8065, 5)), members((8041, 8065, 0), (8001, 8020, 5))
    vip, rescue = members((8096, 8101, 0), (8001, 8005, 10)), members((8074, 8083, 0))
    complaints, dispatch, both = members((8066, 8073, 0)), members((8084, 8095, 0)), members((8102, 8110, 0))
    kind = "languages"
    yield QueuePlan("claims", "95501", claims, "报案", "Claims", "claims", 38, weight=5)
    yield QueuePlan("inquiry", "95502", inquiry, "咨询", "Inquiries", "inquiry", 26)
    yield QueuePlan("complaints", "95503", complaints, "投诉", "Complaints", "complaints", 6, "fewestcalls")
    yield QueuePlan("rescue", "95504", rescue, "救援", "Rescue", "rescue", 10, "rrmemory", 8, autopause="all")
    yield QueuePlan("dispatch", "95505", dispatch, "查勘调度", "Dispatch", "dispatch", 10, "rrmemory")
    yield QueuePlan("vip", "95506", vip, "贵宾", "VIP", "vip", 4, weight=10)
    yield QueuePlan("bilingual", "95507", both, "双语", "Bilingual", kind, 3)
    yield QueuePlan("olympic_en", "95511", both, "赛事英语", "Olympic English", kind, 2)
    yield QueuePlan("olympic_fr", "95512", members((8102, 8104, 0)), "赛事法语", "Olympic French", kind, 1)
    yield QueuePlan("olympic_ja", "95513", members((8105, 8106, 0)), "赛事日语", "Olympic Japanese", kind, 1)
    yield QueuePlan("olympic_ar", "95514", (), "赛事阿语", "Olympic Arabic", kind, 0)  # opens without a member
    yield QueuePlan("olympic_zh", "95515", members((8107, 8110, 0)), "赛事中文", "Olympic Chinese", kind, 1)


def small_floor(agents: int = 3, **changes: object) -> FloorPlan:
    """Claims with agents from 8001 on, inquiry with the last of them, and two supervisors; `changes` are of claims."""
    last = 8000 + agents
    claims = QueuePlan("claims", "95501", members((8001, last, 0)), "报案", "Claims", "claims")
    inquiry = QueuePlan("inquiry", "95502", members((last, last, 5)), "咨询", "Inquiries", "inquiry")
    return FloorPlan(
        (replace(claims, **changes), inquiry), people(8001, last), supervisors(2)  # type: ignore[arg-type]
    )  # fmt: skip


def many_queues(count: int, agents: int = 10) -> FloorPlan:
    """A floor of so many queues, each with one of the agents, for what grows with the number of queues."""
    queues = (
        QueuePlan(f"q{one:04}", str(960000 + one), members((8001 + one % agents, 8001 + one % agents, 0)))
        for one in range(1, count + 1)
    )
    return FloorPlan(tuple(queues), people(8001, 8000 + agents), supervisors(2))
