"""How stories begin: a caller who waits, a caller who talks."""

from __future__ import annotations

from tests.asterisk_floor.paper import CALLER, Member, Stay, Talk
from tests.asterisk_floor.watched import Watched


def a_wait(watched: Watched, queue: str = "claims", number: str = CALLER) -> Stay:
    """A caller who waits."""
    stay = watched.asterisk.join(watched.asterisk.caller(number), queue)
    watched.see()
    return stay


def a_talk(watched: Watched, member: Member, *, waits_ms: int = 5000, number: str = CALLER) -> Talk:
    """A caller who has come through to an agent after five seconds."""
    asterisk = watched.asterisk
    stay = a_wait(watched, member.queue, number)
    asterisk.wait(waits_ms - 2000)
    phone = asterisk.ring(stay, member)
    asterisk.wait(2000)
    talk = asterisk.answer(stay, member, phone)
    watched.see()
    return talk
