"""Frames: what is composed by hand decodes to what was meant, and nothing that comes in breaks the reader."""

from __future__ import annotations

import json

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from feeds import whole_frames, wire
from feeds.digest import Digest, entity_hash
from feeds.entities import Order, Queue
from feeds.following import Apply, Doubt, Follower, Proved, Swap, Wait
from feeds.requests import HelloParams, HistoryParams, OrderResult
from tests.examples import examples

QUEUE = Queue(key="queue:claim", rev=7, waiting=1, ringing=0, in_service=2, oldest=5, zh="报案")


def snapshot(page: int, pages: int, rev: int = 7, epoch: str = "e", entities: tuple[bytes, ...] = ()) -> wire.Snapshot:
    frame = wire.decode_frame(wire.snapshot(epoch, rev, page, pages, list(entities)))
    assert isinstance(frame, wire.Snapshot)
    return frame


def changed(prev: int, rev: int, *entities: object, gone: tuple[str, ...] = (), epoch: str = "e") -> wire.Changed:
    frame = wire.decode_frame(wire.changed(epoch, prev, rev, [wire.encode(entity) for entity in entities], list(gone)))
    assert isinstance(frame, wire.Changed)
    return frame


def beat(rev: int, digest: Digest, epoch: str = "e") -> wire.Beat:
    frame = wire.decode_frame(wire.beat(wire.BeatParams(epoch, rev, digest.text, 0, [])))
    assert isinstance(frame, wire.Beat)
    return frame


def test_composed_frames_decode_to_what_was_meant() -> None:
    assert snapshot(1, 2, entities=(wire.encode(QUEUE),)).params.entities == [QUEUE]
    frame = changed(3, 7, QUEUE, gone=('call:a"b\\c 中',))
    assert (frame.params.prev, frame.params.rev, frame.params.gone) == (3, 7, ['call:a"b\\c 中'])
    answer = wire.decode_frame(wire.answer(4, OrderResult("o", "done")))
    assert isinstance(answer, wire.Answer) and wire.decode_result(answer, OrderResult) == OrderResult("o", "done")
    refused = wire.decode_frame(wire.refusal(5, wire.ErrorBody(-1, "no", wire.ErrorData("after_ms", "r", 5))))
    assert isinstance(refused, wire.Answer) and refused.error is not None and refused.error.data is not None
    assert refused.error.data.after_ms == 5
    asked = wire.decode_request(wire.request("history", HistoryParams("asa", 1, 2), 9))
    assert json.loads(bytes(asked.params)) == {"figure": "asa", "from": 1, "to": 2}
    assert wire.decode_params(asked, HistoryParams) == HistoryParams("asa", 1, 2)


def test_another_version_may_say_more_or_otherwise() -> None:
    newer = b'{"kind":"queue","key":"queue:x","rev":1,"waiting":0,"ringing":0,"in_service":0,"colour":"red"}'
    assert changed(1, 2).params.entities == []
    frame = wire.decode_frame(
        b'{"params":{"rev":2,"prev":1,"epoch":"e","weather":[],"entities":[%b]},"method":"floor.changed"}' % newer
    )
    assert isinstance(frame, wire.Changed) and len(frame.params.entities) == 1 and not frame.params.unreadable
    unknown = b'{"kind":"dragon","key":"dragon:1","rev":9}'
    frame = wire.decode_frame(wire.changed("e", 1, 9, [wire.encode(QUEUE), unknown], []))
    assert isinstance(frame, wire.Changed)
    assert frame.params.entities == [QUEUE]
    assert frame.params.unreadable == [wire.Unreadable("dragon:1", 9)]
    assert wire.decode_frame(b'{"jsonrpc":"2.0","method":"floor.weather","params":{}}') == wire.Unheard("floor.weather")
    hello = wire.decode_request(b'{"jsonrpc":"3.0","method":"hello","id":1,"params":{"token":"t","cookie":1},"x":{}}')
    assert wire.decode_params(hello, HelloParams).token == "t"


@pytest.mark.parametrize(
    "bad",
    [
        b"[" * 1000, b'{"a":' * 100_000, b"\xff\xfe", b"[]", b"3", b"", b"null", b'{"method":3}', b'{"method":"hello"',
        b'{"method":"floor.beat","params":' + b"[" * 100_000, b'{"method":"floor.changed","params":{"entities":[{}]}}',
        b'{"method":"floor.changed","params":{"epoch":"e","prev":1,"rev":2,"entities":[{"kind":"queue"}]}}',
    ],
)  # fmt: skip
def test_what_is_no_frame_is_called_malformed(bad: bytes) -> None:
    with pytest.raises(wire.MalformedFrame):
        wire.decode_frame(bad)


def test_half_a_character_is_called_that_and_what_is_cut_off_is_called_cut_off() -> None:
    def why(text: str) -> str:
        with pytest.raises(wire.MalformedFrame) as refused:
            wire.decode_request('{"method":"hello","params":{"token":"' + text + '"')
        return str(refused.value)

    for half in (r"\ud800", r"a\uDBFF b", r"\udc00", r"\ud83d\ud83d\ude00", r"\ude00\ud83d", r"\\\ud800"):
        assert "half a character" in why(half) and len(why(half)) < 110, half
    for whole in ("", r"\ud83d\ude00", r"\\ud800", r"\u4e2d\\", r"\n\\\\udc00"):
        assert "truncated" in why(whole), whole


@settings(max_examples=examples(300), deadline=None)
@given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
@example(b'{"method":"hello","params":' + b"[" * 5000)
def test_no_bytes_raise_anything_but_malformed(data: bytes) -> None:
    for decode in (wire.decode_frame, wire.decode_request):
        try:
            decode(data)
        except wire.MalformedFrame as error:
            assert str(error)


@pytest.mark.parametrize("size", [0, 125, 126, 65_535, 65_536, 200_000])
def test_text_frames_have_the_length_that_rfc_6455_says(size: int) -> None:
    frame = whole_frames.text_frame(b"x" * size)
    assert frame[0] == 0x81
    if size < 126:
        assert frame[1] == size
    elif size < 65_536:
        assert (frame[1], int.from_bytes(frame[2:4], "big")) == (126, size)
    else:
        assert (frame[1], int.from_bytes(frame[2:10], "big")) == (127, size)
    assert frame.endswith(b"x" * size) and len(frame) - size in (2, 4, 10)


def test_the_digest_does_not_depend_on_the_way_to_the_contents() -> None:
    one, other = Digest(), Digest()
    for key in ("a", "b", "c"):
        one.put(key, 1)
    for key in ("c", "x", "b", "a"):
        other.put(key, 5)
    other.drop("x")
    other.drop("never there")
    for key in ("a", "b", "c"):
        other.put(key, 1)
    assert one.text == other.text and len(one) == 3
    other.put("a", 2)
    assert one.text != other.text
    assert entity_hash("seat:1", 2) == 0xE35EA5C43A3B9A1B, "other implementations of the feed count on it"


def test_a_snapshot_is_handed_over_only_with_its_last_page() -> None:
    follower = Follower()
    assert follower.resume() is None
    assert isinstance(follower.frame(snapshot(1, 2, entities=(wire.encode(QUEUE),))), Wait)
    step = follower.frame(snapshot(2, 2))
    assert isinstance(step, Swap) and step.entities == [QUEUE]
    assert follower.resume() is not None


def test_a_lost_a_doubled_and_a_foreign_page_are_doubted() -> None:
    for second in (snapshot(3, 3), snapshot(2, 3, rev=8), snapshot(2, 3, epoch="f"), snapshot(2, 2)):
        follower = Follower()
        follower.frame(snapshot(1, 3))
        assert isinstance(follower.frame(second), Doubt)
        assert follower.awaiting_snapshot
    follower = Follower()
    assert isinstance(follower.frame(snapshot(2, 2)), Doubt)


def test_a_snapshot_that_stops_in_the_middle_is_doubted() -> None:
    for other in (changed(7, 8), beat(7, Digest())):
        follower = Follower()
        follower.frame(snapshot(1, 2))
        assert isinstance(follower.frame(other), Doubt)


def in_step() -> tuple[Follower, Digest]:
    follower, digest = Follower(), Digest()
    follower.frame(snapshot(1, 1, entities=(wire.encode(QUEUE),)))
    digest.put(QUEUE.key, QUEUE.rev)
    return follower, digest


def test_a_gap_another_epoch_and_a_wrong_digest_are_each_doubted() -> None:
    order = Order(key="order:1", rev=9, name="x", state="done", by="b", at=1)
    for wrong in (changed(8, 9, order), changed(7, 9, order, epoch="f")):
        follower, _ = in_step()
        assert isinstance(follower.frame(wrong), Doubt)
        assert isinstance(follower.frame(changed(7, 9, order)), Wait), "nothing is believed before a snapshot"
    follower, digest = in_step()
    assert isinstance(follower.frame(beat(7, digest)), Proved)
    assert isinstance(follower.frame(changed(7, 9, order)), Apply)
    assert isinstance(follower.frame(beat(9, digest)), Doubt), "the digest lacks the order"
    follower, digest = in_step()
    assert isinstance(follower.frame(beat(8, digest)), Doubt)
    follower, digest = in_step()
    assert isinstance(follower.frame(beat(7, digest, epoch="f")), Doubt)


def test_what_cannot_be_read_counts_for_the_proof_and_is_not_shown() -> None:
    follower, digest = in_step()
    frame = wire.decode_frame(
        wire.changed("e", 7, 8, [b'{"kind":"queue","key":"queue:claim","rev":8,"waiting":"many"}'], [])
    )
    assert isinstance(frame, wire.Changed)
    step = follower.frame(frame)
    assert isinstance(step, Apply) and step.gone == ["queue:claim"] and not step.entities
    digest.put("queue:claim", 8)
    assert isinstance(follower.frame(beat(8, digest)), Proved)


def test_applying_a_frame_twice_is_noticed_and_changes_nothing_that_was_right() -> None:
    follower, digest = in_step()
    follower.frame(changed(7, 8, gone=("queue:claim",)))
    assert isinstance(follower.frame(changed(7, 8, gone=("queue:claim",))), Doubt)
    digest.drop("queue:claim")
    follower.frame(snapshot(1, 1, rev=8))
    assert isinstance(follower.frame(beat(8, digest)), Proved)


def test_a_snapshot_that_is_over_does_not_take_a_console_back() -> None:
    follower, digest = in_step()
    order = Order(key="order:1", rev=9, name="x", state="done", by="b", at=1)
    follower.frame(changed(7, 9, order))
    assert isinstance(follower.frame(snapshot(1, 1, entities=(wire.encode(QUEUE),))), Doubt)
    assert isinstance(follower.frame(snapshot(1, 1, rev=9, entities=(wire.encode(QUEUE), wire.encode(order)))), Swap)
    digest.put("order:1", 9)
    assert isinstance(follower.frame(beat(9, digest)), Proved)
