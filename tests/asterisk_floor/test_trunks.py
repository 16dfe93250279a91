"""Trunks by what Asterisk says of their devices: told when they change, and told again to whoever comes back."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from config.schema import Name, Trunk
from feeds.entities import Trunk as TrunkEntity
from feeds.facts import SourceChanged, TrunkChanged
from feeds.sources.asterisk.ami.messages import Message
from feeds.sources.asterisk.checking.trunks import judge_trunks
from feeds.sources.asterisk.checking.values import Found
from tests.asterisk_floor.paper import message_of
from tests.asterisk_floor.watched import Watched, site_of


def floor(**states: str) -> Watched:
    """A floor whose trunks' devices are in these states."""
    watched = Watched(trunks=("carrier", "spare"))
    watched.asterisk.devices.update((f"PJSIP/{name}", state) for name, state in states.items())
    return watched


def told(watched: Watched) -> list[tuple[str, str, str]]:
    return [(fact.trunk, fact.state, fact.text) for fact in watched.facts if isinstance(fact, TrunkChanged)]


def test_a_snapshot_shows_all_trunks_and_one_of_which_asterisk_says_nothing_is_unknown() -> None:
    watched = floor(carrier="UNAVAILABLE")
    watched.meet()
    assert told(watched) == [("carrier", "down", "UNAVAILABLE"), ("spare", "unknown", "")]
    found = watched.entity("trunk:carrier")
    assert isinstance(found, TrunkEntity)
    assert (found.state, found.text) == ("down", "UNAVAILABLE")


@pytest.mark.parametrize("word", ["NOT_INUSE", "INUSE", "BUSY", "RINGING", "RINGINUSE", "ONHOLD"])
def test_a_trunk_that_can_be_reached_is_up_whatever_is_on_it(word: str) -> None:
    watched = floor(carrier=word, spare="NOT_INUSE")
    watched.meet()
    assert {state for _, state, _ in told(watched)} == {"up"}


def test_only_a_change_between_up_and_down_is_told_and_not_each_call() -> None:
    watched = floor(carrier="NOT_INUSE", spare="NOT_INUSE")
    watched.meet()
    watched.facts.clear()
    for word in ("INUSE", "NOT_INUSE", "UNAVAILABLE", "INVALID", "NOT_INUSE", "UNKNOWN"):
        watched.asterisk.device("PJSIP/carrier", word)
        watched.later(100)
    assert told(watched) == [("carrier", "down", "UNAVAILABLE"), ("carrier", "up", ""), ("carrier", "unknown", "")]


def test_after_an_outage_trunks_are_told_again_although_nothing_has_changed_at_asterisk() -> None:
    watched = floor(carrier="NOT_INUSE", spare="UNAVAILABLE")
    watched.meet()
    watched.model.tell(SourceChanged(at=watched.model.now, state="down"))
    watched.fold()
    lost = watched.entity("trunk:carrier")
    assert isinstance(lost, TrunkEntity)
    assert lost.state == "unknown"
    watched.asterisk.wait(5000)
    watched.meet()
    watched.model.tell(SourceChanged(at=watched.model.now, state="up"))
    watched.fold()
    found = [watched.entity(f"trunk:{one}") for one in ("carrier", "spare")]
    assert [one.state for one in found if isinstance(one, TrunkEntity)] == ["up", "down"]


def test_a_word_about_a_trunk_that_was_missed_is_drift_and_put_right() -> None:
    watched = floor(carrier="NOT_INUSE", spare="NOT_INUSE")
    watched.meet()
    watched.asterisk.devices["PJSIP/carrier"] = "UNAVAILABLE"
    assert watched.differences() == {"device PJSIP/carrier is UNAVAILABLE"}
    watched.meet()
    assert told(watched)[-2:] == [("carrier", "down", "UNAVAILABLE"), ("spare", "up", "")]


def test_phones_are_no_trunks() -> None:
    watched = floor()
    watched.asterisk.member("claims", "8001")
    watched.asterisk.device("PJSIP/8001", "UNAVAILABLE")
    watched.later()
    assert told(watched) == []


# What the doctor says

ASKED = [message_of({"Event": "AorDetail", "ObjectName": "carrier", "QualifyFrequency": "30"})]
UNASKED = [message_of({"Event": "AorDetail", "ObjectName": "carrier", "QualifyFrequency": "0"})]


@pytest.mark.parametrize(
    ("devices", "rows", "state", "says"),
    [
        ({"PJSIP/carrier": "NOT_INUSE"}, ASKED, "ok", "carrier: PJSIP/carrier is NOT_INUSE"),
        ({"PJSIP/carrier": "NOT_INUSE"}, UNASKED, "warn", "a dead one looks alive"),
        ({"PJSIP/carrier": "UNAVAILABLE"}, [], "missing", "has no AOR"),
        ({"PJSIP/carrier": "UNAVAILABLE"}, ASKED, "warn", "is UNAVAILABLE"),
        ({"PJSIP/carier": "NOT_INUSE"}, ASKED, "missing", "no device PJSIP/carrier here (did you mean `PJSIP/carier`"),
        (None, ASKED, "warn", "no trunk's state is known"),
    ],
)
def test_what_keeps_asterisk_from_telling_of_a_trunk(
    devices: dict[str, str] | None, rows: list[Message], state: str, says: str
) -> None:
    found = Found(devices=devices, endpoints={"carrier": rows})
    (check,) = judge_trunks(found, site_of(trunks=("carrier",)))
    assert (check.state, says in check.text) == (state, True), check
    assert (check.remedy != "") == (state != "ok")


def test_a_trunk_without_a_device_is_told_as_one_of_which_nothing_is_known() -> None:
    site = replace(site_of(), trunks=(Trunk("bare", Name("裸", "Bare")),))
    (check,) = judge_trunks(Found(devices={}), site)
    assert (check.state, check.text) == ("missing", "bare: it has no device, so nothing is ever known of it")


def test_a_site_without_trunks_is_asked_nothing() -> None:
    assert list(judge_trunks(Found(), site_of())) == []
