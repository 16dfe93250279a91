"""A real Asterisk with a floor of queues and phones: `AsteriskFloor(plan)`, `phones_of(floor)`, `manager_of(floor)`.

`python -m tests.asterisk.floor up`, then `calls 5 60`, plays with one by hand. Standard library only, so that a tree
can be made before anything is installed.
"""

from tests.asterisk.floor.manager import Manager, manager_of
from tests.asterisk.floor.phones import Phone, Phones, Refused, phones_of
from tests.asterisk.floor.plan import (
    Behaviour,
    FloorPlan,
    Member,
    QueuePlan,
    many_queues,
    members,
    people,
    small_floor,
    supervisors,
    whole_floor,
)  # fmt: skip
from tests.asterisk.floor.practice import PracticePeople
from tests.asterisk.floor.programs import NoAsterisk, Program, find_program
from tests.asterisk.floor.server import USERS, AsteriskFloor, FloorError
from tests.asterisk.floor.sound import Sound, loudness
from tests.asterisk.floor.talks import Call, Ringing, Talk
from tests.asterisk.floor.waiting import DEADLINE_S, within

__all__ = [
    "DEADLINE_S", "USERS", "AsteriskFloor", "Behaviour", "Call", "FloorError", "FloorPlan", "Manager", "Member",
    "NoAsterisk", "Phone", "Phones", "PracticePeople", "Program", "QueuePlan", "Refused", "Ringing", "Sound", "Talk",
    "find_program",
    "loudness", "manager_of", "many_queues", "members", "people", "phones_of", "small_floor", "supervisors",
    "whole_floor", "within",
]  # fmt: skip
