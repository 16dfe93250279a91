"""What a full disk did not take: ledger and journal get it later, before any key frame that it belongs behind."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from feeds.enduring import Enduring
from feeds.facts import AnyFact
from feeds.floor import Floor
from feeds.gateway.running import session as session_module
from feeds.gateway.running.chronicle import Chronicle
from feeds.gateway.running.session import Session
from feeds.gateway.running.shelf import open_session
from feeds.log.base import LogError
from feeds.records import Happening, LegRecord
from tests.gateway.floors import a_morning, small_site

SITE = small_site()
FULL = "database or disk is full"
WRITERS = ("write_legs", "write_happenings")
FOR_EVER = 2**60


def folded(session: Session) -> tuple[dict[str, LegRecord], dict[tuple[str, int], Happening]]:
    """What the facts of a log come to, folded from the first one: the ledger and the journal."""
    legs: dict[str, LegRecord] = {}

    def keep(leg: LegRecord) -> None:
        legs[leg.leg] = leg

    floor = Floor(SITE, ledger=keep)
    folding, chronicle = Enduring(floor, "test"), Chronicle(floor)
    for entry in session.log.entries():
        folding.apply(entry.fact, entry.rev)
        chronicle.follow(entry.fact, entry.rev)
    return legs, {(one.entity.key, one.rev): one for one in chronicle.new}


def kept(session: Session) -> tuple[dict[str, LegRecord], dict[tuple[str, int], Happening]]:
    """What a log has in its ledger and in its journal."""
    happened = session.log.happenings(0, FOR_EVER)
    return (
        {leg.leg: leg for leg in session.log.legs(0, FOR_EVER)},
        {(one.entity.key, one.rev): one for one in happened},
    )


class Disk:
    """A disk that facts still fit on and some of what is derived from them does not, as long as it is full."""

    def __init__(self, session: Session, *names: str) -> None:
        self.full = False
        self.tried = 0
        for name in names:
            self._stand_before(session, name)

    def _stand_before(self, session: Session, name: str) -> None:
        write = getattr(session.log, name)

        def written(records: Sequence[object]) -> None:
            if self.full:
                self.tried += 1
                raise LogError(FULL)
            write(records)

        setattr(session.log, name, written)


def numbered(facts: Sequence[AnyFact], first: int = 1) -> list[tuple[AnyFact, int | None]]:
    return [(fact, number) for number, fact in enumerate(facts, first)]


def a_morning_that_ends_on_a_full_disk(path: Path, *names: str) -> tuple[Session, Disk]:
    """A session that owes its log the second half of a morning."""
    facts, session = a_morning(), open_session(SITE, path)
    disk = Disk(session, *names)
    session.take(numbered(facts[:80]))
    disk.full = True
    session.take(numbered(facts[80:], 81))
    assert disk.tried
    return session, disk


@pytest.mark.logs(FULL)
@pytest.mark.parametrize("names", [WRITERS[:1], WRITERS[1:], WRITERS], ids=["ledger", "journal", "both"])
def test_what_a_full_disk_did_not_take_is_written_when_the_gateway_stops_as_soon_as_there_is_room(
    tmp_path: Path, names: tuple[str, ...]
) -> None:
    session, disk = a_morning_that_ends_on_a_full_disk(tmp_path / "log.floor", *names)
    assert kept(session) != folded(session)
    disk.full = False
    session.close()
    again = open_session(SITE, tmp_path / "log.floor")
    assert kept(again) == folded(again)
    frame = again.log.newest_key_frame()
    assert frame is not None and frame.rev == again.log.rev, "the last key frame is there, and nothing owed behind it"
    again.close()


@pytest.mark.logs(FULL, "no last key frame")
@pytest.mark.parametrize("names", [WRITERS[:1], WRITERS[1:], WRITERS], ids=["ledger", "journal", "both"])
def test_a_gateway_that_stops_on_a_full_disk_leaves_no_key_frame_so_that_the_next_start_folds_again(
    tmp_path: Path, names: tuple[str, ...]
) -> None:
    session, _ = a_morning_that_ends_on_a_full_disk(tmp_path / "log.floor", *names)
    session.close()
    again = open_session(SITE, tmp_path / "log.floor")
    assert kept(again) == folded(again)
    again.close()


@pytest.mark.logs(FULL)
def test_no_key_frame_is_kept_while_something_before_it_is_owed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(session_module, "FRAME_FACTS", 10)
    session, disk = a_morning_that_ends_on_a_full_disk(tmp_path / "log.floor", *WRITERS)
    facts = a_morning()
    before = session.log.newest_key_frame()
    assert before is not None and before.rev <= 80, "due once in the second half, and not kept"
    with pytest.raises(LogError, match=FULL):
        session.keep_frame()
    disk.full = False
    session.take([(facts[-1], None)])
    frame = session.log.newest_key_frame()
    assert frame is not None and frame.rev == session.log.rev
    assert kept(session) == folded(session)
    session.log.close()  # as after kill -9: nothing more is written
    again = open_session(SITE, tmp_path / "log.floor")
    assert kept(again) == folded(again)
    again.close()
