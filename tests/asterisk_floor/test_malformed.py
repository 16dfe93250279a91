"""Events that lack headers, hold garbage, or speak of what nobody knows: passed over, and the next one is used."""

from __future__ import annotations

import random
import re

import pytest

from feeds.entities import AgentDay, Queue
from feeds.sources.asterisk.ami.messages import Framer, Message
from feeds.sources.asterisk.translation import WANTED
from tests.asterisk_floor.paper import CALLER, START, PaperAsterisk
from tests.asterisk_floor.stories import a_talk, a_wait
from tests.asterisk_floor.watched import Watched, signed_in

NOTED = r"an event .* cannot be used: .*"
UNKNOWN = r".* is not in the site folder; .*"


def everything() -> list[Message]:
    """A stream in which every kind of event happens."""
    asterisk = PaperAsterisk()
    first, second = asterisk.member("claims", "8001"), asterisk.member("inquiry", "8002", dynamic=True)
    asterisk.tell_member(second, "QueueMemberAdded")
    stay = asterisk.join(asterisk.caller(), "claims")
    phone = asterisk.ring(stay, first)
    asterisk.wait(9000)
    asterisk.no_answer(stay, first, phone, 9000)
    asterisk.hang_up(phone)
    talk = asterisk.answer(stay, first, asterisk.ring(stay, first))
    asterisk.hold(talk.phone)
    asterisk.hold(talk.phone, False)
    asterisk.blind(talk, "95502")
    asterisk.attended(talk.phone, talk.phone)
    asterisk.end(talk)
    asterisk.give_up(asterisk.join(asterisk.caller(), "inquiry"))
    asterisk.floor_end(asterisk.caller(), "claims", "FULL")
    asterisk.pause("8002", True, "小休")
    asterisk.remove(second)
    return asterisk.take_said()


@pytest.mark.logs(NOTED, UNKNOWN)
def test_an_event_that_lacks_any_of_its_headers_stops_nothing() -> None:
    watched = signed_in("8001")
    for message in everything():
        lines = message.text.split("\r\n")
        for place in range(1, len(lines)):
            watched.see(Message("\r\n".join(lines[:place] + lines[place + 1 :])))
            watched.see(Message("\r\n".join(lines[:place])))
        watched.see(message)
    proof_of_life(watched)
    assert watched.entity("agent:") is None
    assert watched.entity("queue:") is None


@pytest.mark.logs(NOTED, UNKNOWN)
@pytest.mark.parametrize("seed", range(4))
def test_garbage_in_any_header_stops_nothing(seed: int) -> None:
    dice = random.Random(seed)
    garbage = ("", "-1", "1e999", "nan", "9" * 30, "x", "\N{REPLACEMENT CHARACTER}", "0x10", "  ", "-9e18", "<unknown>")
    watched = signed_in("8001")
    for message in everything():
        lines = message.text.split("\r\n")
        for place in range(3, len(lines)):
            name = lines[place].partition(":")[0]
            if name in ("Queue", "MemberName", "Interface"):
                continue  # a name is a name
            watched.see(Message("\r\n".join([*lines[:place], f"{name}: {dice.choice(garbage)}", *lines[place + 1 :]])))
    proof_of_life(watched)


def proof_of_life(watched: Watched) -> None:
    """Whatever came before, a call that comes now is shown."""
    asterisk = watched.asterisk
    asterisk.wait(60_000)
    before = len(watched.calls("inquiry"))
    asterisk.join(asterisk.line("PJSIP/other", state=4, context="from-trunk", number=CALLER), "inquiry")
    watched.see()
    assert len(watched.calls("inquiry")) == before + 1


@pytest.mark.parametrize("stamp", ["", "soon", "nan", "inf", "1e300", "-5", "99999999999.5"])
def test_an_event_without_a_time_happened_when_it_came(stamp: str) -> None:
    watched = signed_in("8001")
    asterisk = watched.asterisk
    asterisk.wait(5000)
    stay = asterisk.join(asterisk.caller(), "claims")
    for message in asterisk.take_said():
        line = f"Timestamp: {stamp}\r\n" if stamp else ""
        watched.see(Message(re.sub(r"Timestamp: .*?\r\n", line, message.text)))
    (call,) = watched.calls()
    assert call.joined_at == START + 5000
    asterisk.wait(1000)
    asterisk.give_up(stay)
    watched.later()
    assert [leg.wait_ms for leg in watched.legs.values()] == [1000]


@pytest.mark.logs(NOTED)
def test_what_is_no_event_or_no_event_for_the_floor_is_passed_over() -> None:
    watched = signed_in("8001")
    before = watched.kinds()
    texts = ("", "Event:", "Event: ", "Response: Success", ":", "\r\n", "Event: VarSet\r\nChannel: x", "Event: Hangup")
    watched.see(*map(Message, texts))
    assert watched.kinds() == before


@pytest.mark.logs(UNKNOWN)
def test_names_in_any_script_are_kept_whole_through_a_stream_that_is_cut_anywhere() -> None:
    asterisk = PaperAsterisk()
    asterisk.device("PJSIP/9009", "NOT_INUSE")
    member = asterisk.member("نظرات", "9009")
    member.name, member.reason, member.paused = "علی محمدی", "工单处理", True
    asterisk.tell_member(member, "QueueMemberAdded")
    asterisk.join(asterisk.caller(), "نظرات")
    said = b"".join(message.text.encode() + b"\r\n\r\n" for message in asterisk.take_said())
    watched, framer = Watched(asterisk), Framer(WANTED)
    for place in range(len(said)):
        for message in framer.feed(said[place : place + 1]):
            watched.see(message)
    assert watched.model.people.get("9009") is not None
    queue = watched.entity("queue:نظرات")
    assert isinstance(queue, Queue)
    assert queue.waiting == 1
    assert isinstance(watched.entity("agent:9009"), AgentDay)
    seat = watched.entity("seat:9009")
    assert (seat.state, seat.reason) == ("casework", "工单处理")  # type: ignore[union-attr]


def test_a_talk_without_any_ring_or_dial_event_is_a_talk() -> None:
    watched = signed_in("8001")
    asterisk = watched.asterisk
    stay = a_wait(watched)
    phone = asterisk.phone_of(stay, asterisk.members[0])
    asterisk.take_said()
    asterisk.device("PJSIP/8001", "INUSE")
    asterisk.wait(2000)
    asterisk.connect(stay, asterisk.members[0], phone)
    watched.later()
    assert (watched.states(), watched.seat("8001")) == (["talking"], "talking")
    watched.prove()


@pytest.mark.logs(UNKNOWN)
def test_a_queue_and_an_agent_whom_the_site_does_not_know_come_to_be() -> None:
    watched = Watched()
    member = watched.asterisk.member("extra", "9001")
    member.name = "Somebody"
    watched.asterisk.tell_member(member, "QueueMemberAdded")
    talk = a_talk(watched, member)
    watched.asterisk.end(talk)
    watched.later()
    assert watched.kinds()[:2] == ["AgentFound", "QueueFound"]
    assert watched.books("extra") == {"offered": 1, "answered": 1}
    assert [leg.agent for leg in watched.legs.values()] == ["9001"]
