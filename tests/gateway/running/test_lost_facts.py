"""A fact that cannot be folded: the floor goes on, and every figure it might have counted in says incomplete."""

from __future__ import annotations

from pathlib import Path

import pytest

from feeds.entities import Figures
from feeds.facts import AlarmAcknowledged, AnyFact, GapSeen, Tick
from feeds.floor import _HANDLERS, Floor
from feeds.gateway.running.recording import Unrolled
from feeds.gateway.running.session import Session
from feeds.gateway.running.shelf import open_session
from feeds.log.base import LogError
from feeds.log.opening import NewRecording, open_recording
from feeds.reporting.command import main as figures_main
from feeds.sources.framing import write_key_frames
from feeds.sources.recorded import open_source, state_at
from tests.feeds.damaging import changed
from tests.gateway.floors import START, a_morning, small_site
from tests.gateway.recordings import without_rev

SITE = small_site()
LOST_AT = (40, 40, 41, 70)
"""Before which facts of the morning one comes that cannot be folded: twice in a minute, and much later."""


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


@pytest.mark.logs("could not be folded", "the disk is full")
def test_a_gap_that_a_full_disk_kept_from_being_told_is_told_at_the_next_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = open_session(SITE, tmp_path / "log.floor")
    append = session.log.append

    def nearly_full(facts: list[tuple[AnyFact, int | None]]) -> int:
        if isinstance(facts[0][0], GapSeen):
            raise LogError("the disk is full")
        return append(facts)

    monkeypatch.setattr(session.log, "append", nearly_full)
    session.take([(Tick(at=START), 1), (unfoldable(START + 1000), 2)])
    assert not gaps(session)
    session.close()
    again = open_session(SITE, tmp_path / "log.floor")
    assert len(gaps(again)) == 1 and incomplete(again)
    again.close()


# A recording


def with_lost(facts: list[AnyFact]) -> list[AnyFact]:
    """The facts with some that cannot be folded among them."""
    told = list(facts)
    for index in sorted(LOST_AT, reverse=True):
        told.insert(index, unfoldable(facts[index].at))
    return told


def imported(path: Path, facts: list[AnyFact]) -> Path:
    """A recording without a gateway's gaps, such as an import makes."""
    with NewRecording(path, SITE) as recording:
        recording.append([(fact, None) for fact in facts])
    return path


@pytest.mark.logs("could not be folded")
@pytest.mark.parametrize("frame", [True, False])
def test_a_gateways_log_as_a_recording_gives_the_gateways_own_floor(tmp_path: Path, frame: bool) -> None:
    session = open_session(SITE, tmp_path / "log.floor")
    facts = with_lost(a_morning())
    for begin in range(0, len(facts), 25):
        session.take([(fact, n) for n, fact in enumerate(facts[begin : begin + 25], begin + 1)])
        if frame and begin == 50:
            session.keep_frame()
    state, now = session.floor.freeze(), session.floor.now
    assert len(gaps(session)) == 2
    session.close(keep_frame=False)
    site, recording = open_recording(tmp_path / "log.floor")
    with recording:
        assert state_at(site, recording, now, retain_days=site.gateway.retain_days).freeze() == state


@pytest.mark.logs("could not be folded")
@pytest.mark.parametrize("frames", [True, False])
def test_an_imported_recording_gives_at_any_moment_what_a_gateway_makes_of_its_facts(
    tmp_path: Path, frames: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    facts = with_lost(a_morning())
    lost = [fact for fact in facts if isinstance(fact, AlarmAcknowledged)]
    monkeypatch.setattr("feeds.sources.framing.FRAME_FACTS", 20)
    with NewRecording(tmp_path / "day.floor", SITE) as made:
        made.append([(fact, None) for fact in facts])
        assert not frames or write_key_frames(SITE, made) >= 5
    site, recording = open_recording(tmp_path / "day.floor")
    session = open_session(SITE, tmp_path / "log.floor")
    told, moments = 0, sorted({fact.at for fact in facts})
    with recording:
        for number, at in enumerate(moments):
            now = [fact for fact in facts if fact.at == at]
            session.take([(fact, None) for fact in now])
            told += len(now)
            if number % 5 and now[-1] not in lost:
                continue
            found = state_at(site, recording, at, retain_days=site.gateway.retain_days)
            assert found.rev == told
            assert sorted(found.state.gaps) == sorted(session.floor.state.gaps)
            assert without_rev(found) == without_rev(session.floor)
    assert len(session.floor.state.gaps) == 2 and incomplete(session)
    session.close()


def test_whoever_folds_a_recording_is_warned_once_of_facts_that_fail_alike(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path = imported(tmp_path / "day.floor", with_lost(a_morning()))
    site, recording = open_recording(path)
    with recording:
        state_at(site, recording, START + 3_600_000)
    assert [record.getMessage() for record in caplog.records if record.levelname == "WARNING"] == [
        f"{path}: revision 41 (AlarmAcknowledged) could not be folded and is left out, as is whatever else fails "
        "alike: KeyError: 'unheard of'; figures of its time say incomplete"
    ]


@pytest.mark.logs("could not be folded")
def test_the_calls_behind_a_sought_figure_are_all_there_in_spite_of_a_lost_fact(tmp_path: Path) -> None:
    facts, legs = a_morning(), []
    for name, told in (("sound", facts), ("lossy", with_lost(facts))):
        source = open_source(imported(tmp_path / f"{name}.floor", told))
        legs.append(list(Unrolled(SITE, source, facts[-1].at).legs(START, facts[-1].at)))
        source.close()
    assert len(legs[0]) == 22 and legs[0] == legs[1], "of 24 calls, two wait still"


def test_figures_of_a_recording_with_a_lost_fact_are_told_and_marked_incomplete(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    facts, said = a_morning(), []
    for name, told in (("sound", facts), ("lossy", with_lost(facts))):
        path = imported(tmp_path / f"{name}.floor", told)
        assert figures_main([str(path), "--by", "hour"]) == 0
        said.append(capsys.readouterr().out.splitlines())
    more = [line for line in said[1] if line not in said[0]]
    assert [line for line in said[0] if line not in said[1]] == []
    assert more == ["incomplete, because the source was silent or lost calls: 2024-02-29 09:00:00"]
    assert "the recording: revision 41 (AlarmAcknowledged) could not be folded" in caplog.text


@pytest.mark.logs("cannot be used")
def test_a_look_into_the_past_takes_no_key_frame_of_a_later_time_than_its_row_says(tmp_path: Path) -> None:
    path, facts = tmp_path / "log.floor", a_morning()
    session = open_session(small_site(), path)
    half = len(facts) // 2
    session.take([(fact, number) for number, fact in enumerate(facts[:half], 1)])
    at = session.floor.now
    expected = session.floor_at(at).freeze()
    session.take([(fact, number) for number, fact in enumerate(facts[half:], half + 1)])
    session.keep_frame()
    changed(path, "UPDATE frames SET at = 0")
    assert session.floor.now > at
    assert session.floor_at(at).freeze() == expected
    session.close()


@pytest.mark.logs("cannot be used")
@pytest.mark.parametrize("by", [-1, 1])
def test_a_key_frame_whose_row_says_another_revision_leaves_no_fact_out(tmp_path: Path, by: int) -> None:
    path, facts = tmp_path / "log.floor", a_morning()
    session = open_session(small_site(), path)
    half = len(facts) // 2
    session.take([(fact, number) for number, fact in enumerate(facts[:half], 1)])
    session.keep_frame()
    session.take([(fact, number) for number, fact in enumerate(facts[half:], half + 1)])
    at, state = session.floor.now, session.floor.freeze()
    changed(path, f"UPDATE frames SET rev = rev + {by}")
    assert session.floor_at(at).freeze() == state
    session.close(keep_frame=False)
    again = open_session(small_site(), path)
    assert again.floor.freeze() == state
    again.close()
