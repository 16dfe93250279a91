"""The envelope: the only place that encodes or decodes frames of the feed.

Every frame is one JSON-RPC 2.0 object in a WebSocket text frame. The gateway composes the three floor frames from
entities that are already encoded; the client decodes a frame once, through one tagged union. Whoever reads ignores
unknown members; an entity that cannot be read (a newer gateway's) still counts for the digest. Sound alone goes in
binary frames.
"""

import re
import struct
from typing import Annotated, Any, Final, Literal, TypeVar

import msgspec
from msgspec import Meta, Raw, Struct, field

from feeds.entities import AnyEntity
from feeds.said import Value

T = TypeVar("T")
Milliseconds = Annotated[int, Meta(ge=-(2**53), le=2**53)]
"""What is computed with, so that it must fit into a fraction; see feeds.requests.LATEST."""

SUBPROTOCOL: Final = "watchfloor.v1"
INBOUND_LIMIT: Final = 64 * 1024
"""The greatest frame that a gateway accepts, bytes."""

NOT_TEXT: Final = 1007
"""What websockets closes with when a text frame is no UTF-8."""
MALFORMED, UNAUTHENTICATED, REVOKED, TOO_SLOW, RESYNC, RESTART = 4400, 4401, 4403, 4408, 4410, 1012

Retry = Literal["no", "after_ms", "resync", "reauth"]


class MalformedFrame(Exception):
    """A frame that is not what the protocol says; the message names the mistake, never the content."""


# ── requests and answers ─────────────────────────────────────────────────────────────────────────────────────────────


class Request(Struct, frozen=True):
    """A request or notification as it came in; `params` is still encoded."""

    method: str
    id: int | str | None = None
    params: Raw = Raw(b"{}")


class ErrorData(Struct, frozen=True, omit_defaults=True):
    """What to do about an error and which rule says so."""

    retry: Retry
    rule: str
    after_ms: int | None = None
    code: str = ""
    """What the message says, for consoles with words of their own; empty where nobody gave it one."""
    values: dict[str, Value] = {}


class ErrorBody(Struct, frozen=True, omit_defaults=True):
    """A JSON-RPC error object."""

    code: int
    message: str
    data: ErrorData | None = None


class Answer(Struct, frozen=True):
    """A response; `result` is still encoded, and empty where there is an error."""

    id: int | str | None = None
    result: Raw = Raw()
    error: ErrorBody | None = None


# ── what is pushed ───────────────────────────────────────────────────────────────────────────────────────────────────


class Unreadable(Struct, frozen=True):
    """An entity of a kind or with a value that this version does not know."""

    key: str
    rev: int


class SnapshotParams(Struct, frozen=True):
    """One page of the complete state of a view; pages count from 1."""

    epoch: str
    rev: int
    page: int
    pages: int
    entities: list[AnyEntity]
    unreadable: list[Unreadable] = field(default_factory=list, name="$unreadable")


class ChangedParams(Struct, frozen=True):
    """Whole entities changed in (prev, rev] and the keys that left the view meanwhile, also of what was never told.

    Much is told in several frames, oldest changes first, of which all but the last say `more`. What has changed again
    since comes only with its last change, so up to then a copy mixes moments: no floor ever was like that.
    """

    epoch: str
    prev: int
    rev: int
    entities: list[AnyEntity]
    gone: list[str] = []
    unreadable: list[Unreadable] = field(default_factory=list, name="$unreadable")
    more: bool = False


class SourceBeat(Struct, frozen=True):
    """How fresh a source is: time since its last proof of life and how late its newest fact came, milliseconds."""

    id: str
    state: Literal["up", "silent", "down"]
    age_ms: Milliseconds
    lag_ms: Milliseconds
    text: str = ""
    """Why it is not up, in words."""


class Seeking(Struct, frozen=True):
    """A seek on its way: the floor time that is wanted and the share that is done, 0–1."""

    to: int
    done: float


class BeatParams(Struct, frozen=True, omit_defaults=True):
    """Proof of life. `digest` is 16 hexadecimal digits; `now` is floor time, UTC ms.

    `pace` is floor milliseconds per millisecond, 0 where nothing is to be counted: floor time stands still or, at the
    speed `max`, which `fastest` tells, jumps from beat to beat. `sent_ms` is the gateway's monotonic clock, by which a
    console notices that beats spend ever longer on the way.
    """

    epoch: str
    rev: int
    digest: str
    now: Milliseconds
    sources: list[SourceBeat]
    pace: float = 1.0
    sent_ms: Milliseconds | None = None
    seeking: Seeking | None = None
    fastest: bool = False


class Snapshot(Struct, frozen=True, tag_field="method", tag="floor.snapshot"):
    """The frame `floor.snapshot`."""

    params: SnapshotParams


class Changed(Struct, frozen=True, tag_field="method", tag="floor.changed"):
    """The frame `floor.changed`."""

    params: ChangedParams


class Beat(Struct, frozen=True, tag_field="method", tag="floor.beat"):
    """The frame `floor.beat`."""

    params: BeatParams


class CatchingUpParams(Struct, frozen=True):
    """The gateway still tells itself what was before: the floor from `begin` on, up to `at`, of `until`.

    UTC milliseconds of floor time. It comes each second in place of the beat: there is nothing to prove yet.
    """

    begin: Milliseconds
    at: Milliseconds
    until: Milliseconds

    @property
    def share(self) -> float:
        """How much of it is told, 0 to 1."""
        return min(1.0, max(0.0, (self.at - self.begin) / max(1, self.until - self.begin)))


class CatchingUp(Struct, frozen=True, tag_field="method", tag="floor.catching_up"):
    """The frame `floor.catching_up`."""

    params: CatchingUpParams


class ReadingParams(Struct, frozen=True):
    """The gateway still reads the past for the question of that number: `share` of it, 0 to 1, is read.

    It comes each second until the answer does.
    """

    id: int | str
    share: float


class Reading(Struct, frozen=True, tag_field="method", tag="question.reading"):
    """The frame `question.reading`."""

    params: ReadingParams


class Unheard(Struct, frozen=True):
    """A notification whose method this version does not know; to be ignored."""

    method: str


Frame = Snapshot | Changed | Beat | CatchingUp | Reading | Answer | Unheard


# ── decoding ─────────────────────────────────────────────────────────────────────────────────────────────────────────


class _Any(Struct, frozen=True):
    method: str | None = None
    id: int | str | None = None
    params: Raw = Raw(b"{}")
    result: Raw = Raw()
    error: ErrorBody | None = None


class _LooseSnapshot(Struct, frozen=True):
    epoch: str
    rev: int
    page: int
    pages: int
    entities: list[Raw]


class _LooseChanged(Struct, frozen=True):
    epoch: str
    prev: int
    rev: int
    entities: list[Raw]
    gone: list[str] = []
    more: bool = False


_encoder: Final = msgspec.json.Encoder()
_pushed: Final[msgspec.json.Decoder[Snapshot | Changed | Beat]] = msgspec.json.Decoder(Snapshot | Changed | Beat)
_any: Final = msgspec.json.Decoder(_Any)
_request: Final = msgspec.json.Decoder(Request)
_entity: Final[msgspec.json.Decoder[AnyEntity]] = msgspec.json.Decoder(AnyEntity)
_unreadable: Final = msgspec.json.Decoder(Unreadable)
_ESCAPE: Final = re.compile(r"\\(?:u[dD][89abAB]..\\u[dD][c-fC-F]..|u([dD][89a-fA-F])|.)")
"""An escape of a JSON text, both halves of a character being one; the group is there where a half stands alone."""
encode: Final = _encoder.encode
"""Any of this module's shapes, or an entity, as JSON bytes."""


def decode_frame(data: bytes | str) -> Frame:
    """What a gateway sent. Raises MalformedFrame."""
    try:
        return _pushed.decode(data)
    except msgspec.ValidationError:
        return _decode_slowly(data)
    except (msgspec.DecodeError, RecursionError, UnicodeError) as error:
        raise MalformedFrame(f"not a JSON object that can be read: {type(error).__name__}") from None


def _decode_slowly(data: bytes | str) -> Frame:
    try:
        frame = _any.decode(data)
        if frame.method is None:
            return Answer(frame.id, frame.result, frame.error)
        if frame.method == "floor.snapshot":
            page = msgspec.json.decode(frame.params, type=_LooseSnapshot)
            entities, unreadable = _sort_out(page.entities)
            return Snapshot(SnapshotParams(page.epoch, page.rev, page.page, page.pages, entities, unreadable))
        if frame.method == "floor.changed":
            change = msgspec.json.decode(frame.params, type=_LooseChanged)
            entities, unreadable = _sort_out(change.entities)
            told = (change.epoch, change.prev, change.rev, entities, change.gone, unreadable, change.more)
            return Changed(ChangedParams(*told))
        if frame.method == "floor.beat":
            return Beat(msgspec.json.decode(frame.params, type=BeatParams))
        if frame.method == "floor.catching_up":
            return CatchingUp(msgspec.json.decode(frame.params, type=CatchingUpParams))
        if frame.method == "question.reading":
            return Reading(msgspec.json.decode(frame.params, type=ReadingParams))
        return Unheard(frame.method)
    except (msgspec.DecodeError, RecursionError, UnicodeError) as error:
        raise MalformedFrame(f"not a frame of {SUBPROTOCOL}: {error}") from None


def _sort_out(raw: list[Raw]) -> tuple[list[AnyEntity], list[Unreadable]]:
    entities: list[AnyEntity] = []
    unreadable: list[Unreadable] = []
    for item in raw:
        try:
            entities.append(_entity.decode(item))
        except msgspec.ValidationError:
            unreadable.append(_unreadable.decode(item))
    return entities, unreadable


def decode_result(answer: Answer, form: type[T]) -> T:
    """The result of a response, in the form that was asked for. Raises MalformedFrame."""
    try:
        return msgspec.json.decode(answer.result, type=form)
    except (msgspec.DecodeError, RecursionError, UnicodeError) as error:
        raise MalformedFrame(f"not a {form.__name__}: {error}") from None


def decode_request(data: bytes | str) -> Request:
    """What a console sent. Raises MalformedFrame for anything but one JSON-RPC object with a method."""
    try:
        return _request.decode(data)
    except (msgspec.DecodeError, RecursionError, UnicodeError) as error:
        raise MalformedFrame(f"not a JSON-RPC request: {_why(error, data)}") from None


def _why(error: Exception, data: bytes | str) -> str:
    """What cannot be read in a text; of half a character msgspec says that the text is cut off."""
    text = data if isinstance(data, str) else data.decode(errors="replace")
    if any(escape.group(1) for escape in _ESCAPE.finditer(text)):
        return "an escape from \\ud800 to \\udfff is half a character without the other half"
    return str(error)


def decode_params(asked: Request, form: type[T]) -> T:
    """The parameters of a request, in the form that its method has. Raises MalformedFrame."""
    try:
        return msgspec.json.decode(asked.params, type=form)
    except (msgspec.DecodeError, RecursionError, UnicodeError) as error:
        raise MalformedFrame(f"the parameters of {asked.method} do not fit: {error}") from None


# ── encoding ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def request(method: str, params: Struct | dict[str, Any] | None, number: int | str | None) -> bytes:
    """A request with an id, or a notification without one."""
    body: dict[str, Any] = {"jsonrpc": "2.0", "method": method, "params": {} if params is None else params}
    if number is not None:
        body["id"] = number
    return encode(body)


def answer(number: int | str | None, result: Struct | dict[str, Any]) -> bytes:
    """A response that says yes."""
    return encode({"jsonrpc": "2.0", "id": number, "result": result})


def refusal(number: int | str | None, error: ErrorBody) -> bytes:
    """A response that says no."""
    return encode({"jsonrpc": "2.0", "id": number, "error": error})


def snapshot(epoch: str, rev: int, page: int, pages: int, entities: list[bytes]) -> bytes:
    """The frame `floor.snapshot` from entities that are already encoded."""
    head = f'{{"jsonrpc":"2.0","method":"floor.snapshot","params":{{"epoch":"{epoch}","rev":{rev},"page":{page},'
    return b'%b"pages":%d,"entities":[%b]}}' % (head.encode(), pages, b",".join(entities))


def changed(epoch: str, prev: int, rev: int, entities: list[bytes], gone: list[str], more: bool = False) -> bytes:
    """The frame `floor.changed` from entities that are already encoded."""
    head = f'{{"jsonrpc":"2.0","method":"floor.changed","params":{{"epoch":"{epoch}","prev":{prev},"rev":{rev},'
    tail = b',"more":true}}' if more else b"}}"
    return b'%b"entities":[%b],"gone":%b%b' % (head.encode(), b",".join(entities), encode(gone), tail)


def beat(params: BeatParams) -> bytes:
    """The frame `floor.beat`."""
    return b'{"jsonrpc":"2.0","method":"floor.beat","params":%b}' % encode(params)


def catching_up(params: CatchingUpParams) -> bytes:
    """The frame `floor.catching_up`."""
    return b'{"jsonrpc":"2.0","method":"floor.catching_up","params":%b}' % encode(params)


def reading(params: ReadingParams) -> bytes:
    """The frame `question.reading`."""
    return b'{"jsonrpc":"2.0","method":"question.reading","params":%b}' % encode(params)


# ── sound ────────────────────────────────────────────────────────────────────────────────────────────────────────────

SOUND_RATE: Final = 8000
"""Samples a second of sound on the wire: mono, signed 16 bit, little endian."""
SOUND_MS: Final = 20
"""What a gateway puts into one frame of sound."""
SOUND_BYTES: Final = SOUND_RATE * 2 * SOUND_MS // 1000
LOUDEST_BYTES: Final = SOUND_BYTES * 10
"""The most sound that a console may put into one frame."""
_SOUND_HEAD: Final = struct.Struct("!II")


class Sound(Struct, frozen=True):
    """A binary frame: sound of the listening session `session`, recorded at `at_ms`.

    From a gateway `at_ms` is its monotonic clock as in the `sent_ms` of a beat, modulo 2^32, and goes on evenly, so
    what is late or missing can be told. From a console it is the console's own and is not looked at.
    """

    session: int
    at_ms: int
    pcm: bytes


def encode_sound(session: int, at_ms: int, pcm: bytes) -> bytes:
    """A binary frame's payload: session and time in network byte order, then the sound."""
    return _SOUND_HEAD.pack(session, at_ms & 0xFFFFFFFF) + pcm


def decode_sound(data: bytes) -> Sound:
    """What a binary frame holds. Raises MalformedFrame."""
    if len(data) < _SOUND_HEAD.size or len(data) % 2 or len(data) > _SOUND_HEAD.size + LOUDEST_BYTES:
        raise MalformedFrame("not a frame of sound: eight bytes of head and at most 200 ms of 16 bit samples")
    session, at_ms = _SOUND_HEAD.unpack_from(data)
    return Sound(session, at_ms, data[_SOUND_HEAD.size :])
