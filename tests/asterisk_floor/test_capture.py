"""What an Asterisk said, told again from a file: the same facts, from any point on, from one that is cut anywhere."""

from __future__ import annotations

import asyncio
import gzip
import math
from pathlib import Path

import pytest

from feeds.facts import AnyFact, GapSeen, LegAbandoned, LegAnswered, LegJoined, SeatChanged
from feeds.floor import Floor
from feeds.gateway.running.clock import PacedClock
from feeds.sources.asterisk.capture import CaptureSource
from feeds.sources.asterisk.pbx import CONNECTED
from feeds.sources.asterisk.snapshot import LISTS
from feeds.sources.base import SourceError
from tests.asterisk_floor.paper import OTHER_CALLER, START, PaperAsterisk
from tests.asterisk_floor.watched import site_of

SITE = site_of()


class Tape:
    """A capture as a gateway writes it."""

    def __init__(self) -> None:
        self.asterisk = PaperAsterisk()
        self.asterisk.member("claims", "8001")
        self.asterisk.member("inquiry", "8002")
        self.bytes = b""

    def run(self) -> None:
        """What was said since is written."""
        for message in self.asterisk.take_said():
            self.bytes += message.text.encode() + b"\r\n\r\n"

    def say(self, *lines: str) -> None:
        """Something that is no event."""
        self.bytes += "\r\n".join((*lines, "", "")).encode()

    def connect(self, between: str = "") -> None:
        """A connection begins; `between` names the list behind which a caller joins."""
        self.bytes += CONNECTED
        self.say("Asterisk Call Manager/11.0.0", "Response: Success", "ActionID: 1", "Message: Authentication accepted")
        stamp = f"{self.asterisk.now // 1000}.{self.asterisk.now % 1000:03}000"
        self.say("Response: Success", "ActionID: 2", "Ping: Pong", f"Timestamp: {stamp}")
        if between == "login":
            stay = self.asterisk.join(self.asterisk.caller(OTHER_CALLER), "inquiry")
            self.asterisk.answer(stay, self.asterisk.members[1], self.asterisk.ring(stay, self.asterisk.members[1]))
            self.run()
        for name in LISTS:
            snapshot = self.asterisk.snapshot()
            self.say("Response: Success", f"ActionID: {name}", "EventList: start")
            rows = {
                "DeviceStateList": snapshot.devices, "CoreShowChannels": snapshot.channels,
                "QueueStatus": [*snapshot.queues, *snapshot.members, *snapshot.entries],
            }  # fmt: skip
            for row in rows[name]:
                self.say(*row.text.split("\r\n"), f"ActionID: {name}")
            self.say(f"Event: {name}Complete", f"ActionID: {name}", "EventList: Complete", "ListItems: 1")
            if name == between:
                self.asterisk.join(self.asterisk.caller(OTHER_CALLER), "inquiry")
                self.run()
        self.say("Response: Success", "ActionID: 9", "Category-000000: claims", "Line-000000-000000: wrapuptime=5")


def a_tape(between: str = "") -> Tape:
    """Two connections, an outage between them, calls before, in and behind it."""
    tape = Tape()
    asterisk = tape.asterisk
    tape.connect()
    first = asterisk.join(asterisk.caller(), "claims")
    asterisk.wait(3000)
    talk = asterisk.answer(first, asterisk.members[0], asterisk.ring(first, asterisk.members[0]))
    lost = asterisk.join(asterisk.caller("1"), "inquiry")
    tape.run()
    asterisk.wait(60_000)
    asterisk.give_up(lost)
    asterisk.take_said()  # nobody heard it
    asterisk.wait(1000)
    tape.connect(between)
    asterisk.wait(5000)
    asterisk.end(talk)
    asterisk.wait(9000)
    last = asterisk.join(asterisk.caller("2"), "claims")
    asterisk.wait(4000)
    asterisk.give_up(last)
    asterisk.wait(2000)
    asterisk.pause("8001", True, "小休")
    tape.run()
    return tape


def told(file: Path, after: int = 0, speed: float = math.inf) -> list[tuple[AnyFact, int | None]]:
    """The facts of a capture, with their positions."""
    source = CaptureSource(SITE, file)
    found: list[tuple[AnyFact, int | None]] = []

    async def emit(facts: object) -> None:
        found.extend(facts)  # type: ignore[arg-type]

    asyncio.run(source.run(PacedClock(source.begins_at, speed), emit, after))
    return found


def written(folder: Path, data: bytes, name: str = "said.ami") -> Path:
    file = folder / name
    file.write_bytes(data)
    return file


def test_a_capture_tells_what_happened_and_marks_what_nobody_heard(tmp_path: Path) -> None:
    file = written(tmp_path, a_tape().bytes)
    facts = [fact for fact, _ in told(file)]
    assert CaptureSource(SITE, file).begins_at == START
    gaps = [fact for fact in facts if isinstance(fact, GapSeen)]
    assert [fact.end - fact.begin for fact in gaps]== [0, 61_000]
    assert len([fact for fact in facts if isinstance(fact, LegJoined)]) == 3
    floor = Floor(SITE)
    for rev, fact in enumerate(facts, 1):
        floor.apply(fact, rev)
    assert not floor.state.oddities
    assert len([fact for fact in facts if isinstance(fact, LegAbandoned)]) == 2
    states = [fact.state for fact in facts if isinstance(fact, SeatChanged) and fact.seat == "s8001"]
    assert states == ["ready", "ringing", "talking", "acw", "ready", "break"]


@pytest.mark.parametrize("between", ["login", *LISTS])
def test_what_comes_between_two_lists_is_counted_once(between: str, tmp_path: Path) -> None:
    facts = [fact for fact, _ in told(written(tmp_path, a_tape(between).bytes))]
    joined = [fact for fact in facts if isinstance(fact, LegJoined) and fact.number == OTHER_CALLER]
    assert len(joined) == 1
    floor = Floor(SITE)
    for rev, fact in enumerate(facts, 1):
        floor.apply(fact, rev)
    assert not floor.state.oddities
    assert [key for key in list(floor.keys()) if key.startswith("call:")] == [f"call:{joined[0].leg}"]


def test_told_from_any_position_on_the_facts_are_the_same(tmp_path: Path) -> None:
    file = written(tmp_path, a_tape().bytes)
    whole = told(file)
    assert [position for _, position in whole] == list(range(1, len(whole) + 1))
    for after in range(len(whole) + 1):
        assert told(file, after) == whole[after:]


def test_a_packed_capture_is_told_like_a_plain_one_whatever_its_name(tmp_path: Path) -> None:
    data = a_tape().bytes
    whole = told(written(tmp_path, data))
    assert told(written(tmp_path, gzip.compress(data), "said.ami.gz")) == whole
    assert told(written(tmp_path, data, "plain.gz")) == whole
    assert told(written(tmp_path, gzip.compress(data), "packed.ami")) == whole


@pytest.mark.parametrize("read", [1, 7, 1 << 16])
def test_a_capture_that_was_saved_with_line_feeds_alone_is_told_like_the_original(
    read: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("feeds.sources.asterisk.capture.READ", read)
    data = a_tape("login").bytes
    whole = told(written(tmp_path, data))
    assert len(whole) > 10
    saved = data.replace(b"\r\n", b"\n")
    assert told(written(tmp_path, saved)) == whole
    assert told(written(tmp_path, gzip.compress(saved), "saved.ami.gz")) == whole


def test_line_feeds_inside_a_value_end_no_line_where_lines_end_as_a_pbx_ends_them(tmp_path: Path) -> None:
    tape = a_tape()
    whole = told(written(tmp_path, tape.bytes))
    tape.say("Response: Success", "ActionID: 10", "Output: one\n\nEvent: FullyBooted\nTimestamp: 1.0")
    assert told(written(tmp_path, tape.bytes)) == whole


def test_a_capture_that_is_cut_anywhere_tells_what_stands_before_the_cut(tmp_path: Path) -> None:
    data = a_tape().bytes
    whole = told(written(tmp_path, data))
    lengths = set()
    for cut in range(2000, len(data), 501):
        found = told(written(tmp_path, data[:cut]))
        assert found == whole[: len(found)]
        lengths.add(len(found))
    assert len(lengths) > 10


def test_a_packed_capture_that_is_cut_is_told_as_far_as_it_goes(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    data = a_tape().bytes
    whole, packed = told(written(tmp_path, data)), gzip.compress(data)
    for part in (0.6, 0.9):
        found = told(written(tmp_path, packed[: int(len(packed) * part)], "said.ami.gz"))
        assert found == whole[: len(found)]
        assert found
    assert "is cut off; it is told as far as it goes" in caplog.text


def test_a_packed_capture_with_a_hole_is_refused(tmp_path: Path) -> None:
    packed = bytearray(gzip.compress(a_tape().bytes))
    packed[len(packed) // 2 : len(packed) // 2 + 8] = b"\xff" * 8
    with pytest.raises(SourceError, match="cannot be read"):
        CaptureSource(SITE, written(tmp_path, bytes(packed), "said.ami.gz"))


@pytest.mark.parametrize("data", [b"", b"\x1f", b"hello\r\n\r\n", b"Event: Hangup\r\nChannel: x\r\n\r\n"])
def test_a_file_without_times_is_refused_with_what_to_do(data: bytes, tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="timestampevents = yes"):
        CaptureSource(SITE, written(tmp_path, data))


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="cannot be read"):
        CaptureSource(SITE, tmp_path / "none.ami")


def test_a_recording_of_another_kind_without_any_lists_is_told_from_its_events(tmp_path: Path) -> None:
    tape = Tape()
    asterisk = tape.asterisk
    stay = asterisk.join(asterisk.caller(), "claims")
    asterisk.wait(1000)
    asterisk.answer(stay, asterisk.members[0], asterisk.ring(stay, asterisk.members[0]))
    tape.run()
    facts = [fact for fact, _ in told(written(tmp_path, tape.bytes))]
    assert [type(fact) for fact in facts if isinstance(fact, LegJoined | LegAnswered)] == [LegJoined, LegAnswered]
