"""The manager interface's text: any stream, cut anywhere, gives the same messages; nonsense gives nothing worse."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feeds.sources.asterisk.ami.messages import AmiError, Framer, Message, encode, number
from tests.examples import examples

NAMES = st.text("ABab19()/-", max_size=6).map("X".__add__)  # never the name of a header that begins a message
VALUES = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\n\0"), max_size=20)
HEADERS = st.lists(st.tuples(NAMES, VALUES), max_size=6)
EVENTS = st.tuples(st.sampled_from(["Event: Newchannel", "Event: Hangup", "Response: Success"]), HEADERS)
STREAMS = st.lists(EVENTS, max_size=8)
CUTS = st.lists(st.integers(0, 2000), max_size=12)

PIECES = st.binary(max_size=200) | st.sampled_from(
    [b"\r\n\r\n", b"Event: FullyBooted\r\n", b"Uptime: x\r\n", b"\r\nEvent: ", b"\r", b"\n", b": ", b"Response: "]
)

CAPTURES = {
    "goami2/call.ami": 51, "goami2/confbridge.ami": 25, "goami2/queuemembers.ami": 9, "goami2/queues.ami": 45,
    "panoramisk/agent_loggued_in.yaml": 163, "panoramisk/agent_not_in_pause.yaml": 61, "panoramisk/login_ok.yaml": 3,
    "panoramisk/logoff.yaml": 2, "panoramisk/originate_with_events.yaml": 750, "panoramisk/ping.yaml": 1,
    "panoramisk/pjsip_show_endpoint.yaml": 7, "panoramisk/queue_add.yaml": 1, "panoramisk/queue_status.yaml": 9,
}  # fmt: skip
"""How many messages each capture holds, counted by their first lines and by eye where two of them run together."""


def fed(data: bytes, cuts: Sequence[int], wanted: frozenset[str] | None = None) -> list[Message]:
    """The messages of a stream that comes in pieces."""
    framer = Framer(wanted)
    places = [0, *sorted(min(cut, len(data)) for cut in cuts), len(data)]
    return [message for begin, end in pairwise(places) for message in framer.feed(data[begin:end])]


def texts(messages: Sequence[Message]) -> list[str]:
    """The messages as they came."""
    return [message.text for message in messages]


@pytest.mark.slow
@given(STREAMS, CUTS)
@settings(max_examples=examples(300))
def test_a_stream_gives_the_same_messages_wherever_it_is_cut(
    stream: list[tuple[str, list[tuple[str, str]]]], cuts: list[int]
) -> None:
    wanted = ["\r\n".join([first, *(f"{name}: {value}" for name, value in headers)]) for first, headers in stream]
    data = "".join(text + "\r\n\r\n" for text in wanted).encode()
    found = fed(data, cuts)
    assert texts(found) == wanted
    for message, (_, headers) in zip(found, stream, strict=True):
        for name, value in dict(headers).items():
            assert message[name] == value
            assert message.all(name) == [other for known, other in headers if known == name]


@pytest.mark.slow
@given(st.lists(PIECES))
@settings(max_examples=examples(400))
def test_random_bytes_give_messages_or_nothing_and_no_other_error(pieces: list[bytes]) -> None:
    framer = Framer()
    for piece in pieces:
        for message in framer.feed(piece):
            assert message.all("Event") is not None
            assert "\r\n\r\n" not in message.text


@pytest.mark.slow
@given(NAMES, st.lists(st.tuples(NAMES, VALUES | st.lists(VALUES, max_size=3) | st.integers()), max_size=5))
@settings(max_examples=examples(300))
def test_an_action_reads_back_as_it_was_meant(action: str, pairs: list[tuple[str, str | list[str] | int]]) -> None:
    fields = dict(pairs)
    (message,) = Framer().feed(encode(action, "a-1", fields))
    assert (message["Action"], message["ActionID"]) == (action, "a-1")
    for name, value in fields.items():
        assert message.all(name) == ([str(one) for one in value] if isinstance(value, list) else [str(value)])


@given(st.text(st.characters(exclude_categories=["Cs"])), st.text(st.characters(exclude_categories=["Cs"])))
@settings(max_examples=examples(200))
def test_whatever_is_encoded_stays_one_action(name: str, value: str) -> None:
    try:
        data = encode("QueuePause", "a-1", {name: value})
    except ValueError:
        assert any(sign in name + value for sign in "\r\n\0") or ":" in name
    else:
        assert data.count(b"\r\n\r\n") == 1
        assert data.count(b"\r\n") == 4


def test_what_never_ends_is_refused_at_four_megabytes() -> None:
    framer = Framer()
    with pytest.raises(AmiError, match="no message ends"):
        for _ in range(100):
            framer.feed(b"x" * (1 << 16))


@pytest.mark.parametrize(
    ("data", "events"),
    [
        (b"Event: A\r\nX: 1\r\nEvent: B\r\nX: 2\r\n\r\n", ["A", "B"]),
        (b"Event: A\r\nResponse: Success\r\nActionID: 1\r\n\r\n", ["A", ""]),
        (b"Event: OriginateResponse\r\nActionID: 1\r\nResponse: Failure\r\nReason: 0\r\n\r\n", ["OriginateResponse"]),
        (b"Asterisk Call Manager/1.3\r\nEvent: A\r\n\r\n", ["A"]),
        (b"\r\n\r\n\r\nEvent: A\r\n\r\n\r\n", ["A"]),
    ],
)
def test_messages_that_run_together_are_told_apart(data: bytes, events: list[str]) -> None:
    assert [message.event for message in fed(data, [])] == events


def test_a_missing_space_and_trailing_spaces_change_no_name() -> None:
    (message,) = fed(b"Event: Hangup\r\nAccountCode:\r\nAppData:x\r\nCallerIDName: Li \r\nNoColon\r\n\r\n", [])
    assert dict(message) == {"Event": "Hangup", "AccountCode": "", "AppData": "x", "CallerIDName": "Li ", "NoColon": ""}
    assert message.all("AppData") == ["x"]
    assert message.all("CallerIDName") == ["Li "]


def test_names_in_any_script_and_broken_bytes_are_read_like_the_text_that_they_are() -> None:
    head = "Event: Hängup\r\nTimestamp: 1795701074.526317\r\nCallerIDName: 李 Zoë\r\n"
    data = head.encode() + b"AppData: \xe6\x9d?\xff"
    (message,) = fed(data + b"\r\n\r\n", [])
    assert (message.event, message.at_ms) == ("Hängup", 1_795_701_074_526)
    assert (message["CallerIDName"], message.get("AppData")) == ("李 Zoë", "\ufffd?\ufffd")
    assert message.text == data.decode("utf-8", "replace")
    assert dict(message) == dict(Message(message.text))


def test_events_that_nobody_wants_are_passed_over_unless_they_answer_an_action() -> None:
    framer = Framer(frozenset({"Hangup"}))
    blocks = ("Event: VarSet", "Event: Hangup", "Event: VarSet\r\nActionID: a-1", "Response: Success")
    found = framer.feed("".join(block + "\r\n\r\n" for block in blocks).encode())
    assert texts(found) == list(blocks[1:])
    assert framer.passed_over == 1


@pytest.mark.parametrize(
    ("text", "value"), [("1.5", 1.5), ("", 0), ("soon", 0), ("nan", 0), ("inf", 0), ("-2", -2), (" 7 ", 7)]
)
def test_a_number_is_nought_where_there_is_none(text: str, value: float) -> None:
    assert number(text) == value


@pytest.mark.shared
@pytest.mark.parametrize("name", CAPTURES)
def test_every_byte_of_the_captures_is_read_wherever_it_is_cut(name: str, shared_data: Path) -> None:
    lines = (shared_data / "ami" / name).read_bytes().replace(b"\r\n", b"\n")
    data = lines.replace(b"\n", b"\r\n").rstrip(b"\r\n") + b"\r\n\r\n"
    found = fed(data, [])
    assert len(found) == CAPTURES[name]
    kept = "".join(text.replace("\r\n", "") for text in texts(found))
    banner = "Asterisk Call Manager/1.3" if name.endswith("login_ok.yaml") else ""
    assert banner + kept == data.decode().replace("\r\n", "")
    chance = Random(name)
    for _ in range(20):
        cuts = [chance.randrange(len(data)) for _ in range(chance.randrange(1, 40))]
        assert texts(fed(data, cuts)) == texts(found)
    assert texts(fed(data, range(0, len(data), 1 + len(data) // 5000))) == texts(found)
