"""Seats of which membership, device and channel tell different stories: unknown, with what disagrees and since when."""

from __future__ import annotations

import pytest

from feeds.entities import Seat
from feeds.floor import Floor
from feeds.sources.asterisk.ami.messages import Message
from feeds.sources.asterisk.doubting import GRACE_MS
from feeds.sources.asterisk.snapshot import stand_in
from feeds.states import DOUBTS
from tests.asterisk_floor.watched import Watched, signed_in

DAY_MS = 86_400_000


def seat_of(watched: Watched, number: str = "8001") -> Seat:
    found = watched.entity(f"seat:s{number}")
    assert isinstance(found, Seat)
    return found


def talking(watched: Watched) -> None:
    asterisk = watched.asterisk
    stay = asterisk.join(asterisk.caller(), "claims")
    phone = asterisk.ring(stay, asterisk.members[0])
    asterisk.answer(stay, asterisk.members[0], phone)
    watched.later()
    assert seat_of(watched).state == "talking"


def test_a_phone_in_use_without_a_call_says_so_and_since_when_it_was_first_seen() -> None:
    watched = signed_in("8001")
    begun = watched.asterisk.now
    watched.asterisk.device("PJSIP/8001", "INUSE")
    watched.later(3500)
    seat = seat_of(watched)
    assert (seat.state, seat.doubt, seat.doubt_since) == ("unknown", ["device_without_call"], begun)
    assert seat.since == begun + 3000
    watched.asterisk.device("PJSIP/8001", "NOT_INUSE")
    watched.later(100)
    assert (seat_of(watched).state, seat_of(watched).doubt, seat_of(watched).doubt_since) == ("ready", [], None)


def test_a_call_on_a_phone_that_says_it_is_free_is_unknown_not_talking() -> None:
    watched = signed_in("8001")
    talking(watched)
    watched.asterisk.device("PJSIP/8001", "NOT_INUSE")
    watched.later(2900)
    assert seat_of(watched).state == "talking", "the hangup may be on its way"
    watched.later(200)
    seat = seat_of(watched)
    assert (seat.state, seat.doubt) == ("unknown", ["call_without_device"])
    assert seat.call, "what call it is stays in sight"
    watched.asterisk.device("PJSIP/8001", "INUSE")
    watched.later(100)
    assert (seat_of(watched).state, seat_of(watched).doubt) == ("talking", [])


def test_a_member_whom_the_queue_holds_for_busy_in_two_looks_is_unknown_until_it_lets_go() -> None:
    watched = signed_in("8001", "8002")
    people, asterisk = watched.model.people, watched.asterisk
    rows = asterisk.snapshot().members
    rows = [Message(row.text.replace("InCall: 0", "InCall: 1")) if "8001" in row["Location"] else row for row in rows]
    people.note_engaged(rows, asterisk.now)
    watched.fold()
    assert seat_of(watched).state == "ready", "once it may be about to let go"
    people.note_engaged(rows, asterisk.now)
    watched.fold()
    assert (seat_of(watched).state, seat_of(watched).doubt) == ("unknown", ["member_in_call"])
    assert seat_of(watched, "8002").state == "ready"
    people.note_engaged(asterisk.snapshot().members, asterisk.now)
    watched.fold()
    assert (seat_of(watched).state, seat_of(watched).doubt) == ("ready", [])


@pytest.mark.slow
def test_nobody_is_hidden_for_having_been_stuck_for_days() -> None:
    watched = signed_in("8001")
    watched.asterisk.device("PJSIP/8001", "INUSE")
    watched.later(4000)
    since = seat_of(watched).doubt_since
    watched.asterisk.wait(3 * DAY_MS)
    watched.later()
    watched.meet()
    seat = seat_of(watched)
    assert (seat.state, seat.agent, seat.doubt_since) == ("unknown", "8001", since)


def test_after_a_reconnect_a_seat_that_was_ready_and_is_not_proved_is_unknown() -> None:
    before = signed_in("8001")
    assert seat_of(before).state == "ready"
    watched = Watched(before.asterisk, floor=Floor.thaw(before.site, before.floor.freeze()))
    standing = [entity for entity in watched.floor.entities() if isinstance(entity, Seat)]
    stand_in(watched.model, [], standing, watched.asterisk.now)
    watched.asterisk.devices["PJSIP/8001"] = "UNKNOWN"
    watched.meet()
    seat = seat_of(watched)
    assert (seat.state, seat.doubt) == ("unknown", ["device_unknown"])


def test_every_doubt_of_this_source_is_one_that_the_feed_names() -> None:
    assert set(GRACE_MS) == set(DOUBTS)
