"""A fact that cannot be folded: the floor goes on, and every figure it might have counted in says incomplete."""

from __future__ import annotations

from pathlib import Path

import pytest

from feeds.entities import Figures
from feeds.facts import AlarmAcknowledged, AnyFact, GapSeen, Tick
from feeds.floor import _HANDLERS, Floor
from feeds.gateway.session import Session
from feeds.gateway.shelf import open_session
from tests.gateway.floors import START, a_morning, small_site

SITE = small_site()


@pytest.fixture(autouse=True)
def a_kind_of_fact_that_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing well-formed is known to fail, so one kind of fact is made to."""

    def fail(floor: Floor, fact: AnyFact) -> None:
        raise KeyError("unheard of")

    monkeypatch.setitem(_HANDLERS, AlarmAcknowledged, fail)


def unfoldable(at: int) -> AnyFact:
    return AlarmAcknowledged(at=at, alarm="alarm:x", by="somebody")


def gaps(session: Session) -> list[AnyFact]:
    return [entry.fact for entry in session.log.entries(0) if isinstance(entry.fact, GapSeen)]


def incomplete(session: Session) -> bool:
    figures = session.floor.entity("figures:site:15m")
    assert isinstance(figures, Figures)
    return figures.incomplete


@pytest.mark.logs("could not be folded")
def test_a_fact_that_cannot_be_folded_leaves_a_gap_once_a_minute(tmp_path: Path) -> None:
    session = open_session(SITE, tmp_path / "log.floor")
    session.take([(Tick(at=START), 1)])
    assert not incomplete(session)
    for n in range(5):
        session.take([(unfoldable(START + 1000 * n), 2 + n)])
    assert gaps(session) == [GapSeen(at=START, begin=START, end=START + 60_000)]
    assert incomplete(session)
    session.take([(unfoldable(START + 60_000), 7)])
    assert len(gaps(session)) == 2
    session.close()


@pytest.mark.logs("could not be folded")
@pytest.mark.parametrize("frame", [True, False])
def test_folded_again_the_floor_with_a_gap_is_the_same_and_has_no_gap_more(tmp_path: Path, frame: bool) -> None:
    session = open_session(SITE, tmp_path / "log.floor")
    facts = a_morning()
    session.take([(fact, n) for n, fact in enumerate([*facts[:40], unfoldable(facts[40].at), *facts[40:]], 1)])
    state, rev = session.floor.freeze(), session.log.rev
    assert len(gaps(session)) == 1
    session.close(keep_frame=frame)
    again = open_session(SITE, tmp_path / "log.floor")
    assert (again.floor.freeze(), again.log.rev) == (state, rev)
    again.close()


@pytest.mark.logs("could not be folded")
def test_a_gap_that_a_crash_kept_from_being_told_is_told_at_the_next_start(tmp_path: Path) -> None:
    session = open_session(SITE, tmp_path / "log.floor")
    session.log.append([(Tick(at=START), 1), (unfoldable(START + 1000), 2)])
    session.close(keep_frame=False)
    again = open_session(SITE, tmp_path / "log.floor")
    assert len(gaps(again)) == 1 and incomplete(again)
    again.close()
