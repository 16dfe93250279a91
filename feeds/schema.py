"""The published contract of the feed: AsyncAPI 3 and JSON Schema, generated from the types that carry it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import msgspec

from feeds import contract_words, entities, layout, order_arguments, records, requests, wire
from feeds.rules.orders import ORDERS
from feeds.writing import written_whole

VERSION: Final = "1.0.0"
DRAFT: Final = "https://json-schema.org/draft/2020-12/schema"

Schema = dict[str, Any]

_METHODS: Final[dict[str, tuple[type, type | None, str]]] = {
    "hello": (requests.HelloParams, requests.HelloResult, "First frame, within five seconds. Then the feed starts."),
    "resync": (type(None), None, "Asks for a snapshot, because what is there cannot be proved."),
    "view": (requests.ViewRequest, None, "See another part of the floor; a snapshot of it follows."),
    "history": (requests.HistoryParams, requests.HistoryResult, "A figure over time."),
    "calls": (requests.CallsParams, requests.CallsResult, "Opens a figure: the very calls behind it."),
    "agent": (requests.AgentParams, requests.AgentResult, "An agent's states one after the other, and their queues."),
    "shift": (requests.ShiftParams, requests.ShiftResult, "A stretch of time as a whole, and the floor at its end."),
    "journal": (requests.JournalParams, requests.JournalResult, "What happened: alarms, orders, modes, notes."),
    "order": (requests.OrderParams, requests.OrderResult, "Every command. Names: " + ", ".join(sorted(ORDERS)) + "."),
}
"""Method: its parameters, its result, what it is for."""
_PUSHED: Final[dict[str, tuple[type, str]]] = {
    "floor.snapshot": (wire.SnapshotParams, "One page of the complete state of the view."),
    "floor.changed": (wire.ChangedParams, "Whole entities changed in (prev, rev], and keys that left the view."),
    "floor.beat": (wire.BeatParams, "Each second: proof of life, with the digest of everything in the view."),
    "floor.catching_up": (wire.CatchingUpParams, "Instead of that while the gateway still tells itself the past."),
    "question.reading": (wire.ReadingParams, "Each second: how much of the past is read for a question that waits."),
}
_SOUND: Final[dict[str, tuple[str, str]]] = {
    "sound.heard": ("send", "Sound of a listening session that this console began: 20 ms a frame, gaps are silence."),
    "sound.said": (
        "receive", "What a supervisor says; passed on in the modes whisper, barge and take_over, else passed over.",
    ),
}  # fmt: skip
"""Binary frames: which way they go, what they are."""
_INTERNAL: Final = "$unreadable"
_WITH_SHAPES: Final = (entities, layout, records, requests, wire)


def components() -> tuple[dict[type, Schema], dict[str, Schema]]:
    """The schema of every shape on the wire by type, and the named ones they refer to (`#/components/schemas/…`)."""
    types = [
        shape for asked, told, _ in _METHODS.values() for shape in (asked, told) if shape not in (None, type(None))
    ]
    types += [shape for shape, _ in _PUSHED.values()]
    types += [wire.ErrorBody]
    types += [form for form, _ in order_arguments.TYPED.values()]
    kinds: list[Any] = list(dict.fromkeys(types))
    schemas, named = msgspec.json.schema_components(kinds, ref_template="#/components/schemas/{name}")
    for name, schema in named.items():
        schema.get("properties", {}).pop(_INTERNAL, None)
        _say_members(name, schema)
    known = dict(zip(kinds, _without_discriminators(list(schemas)), strict=True))
    plain: dict[str, Schema] = _without_discriminators(named)
    plain["OrderParams"]["allOf"] = order_arguments.by_order(known)
    return known, plain


def _say_members(name: str, schema: Schema) -> None:
    """What the source says of single members, beside them."""
    for module in _WITH_SHAPES:
        shape = vars(module).get(name)
        if isinstance(shape, type) and shape.__module__ == module.__name__:
            for member, text in contract_words.of_members(shape).items():
                if member in schema.get("properties", {}):
                    schema["properties"][member]["description"] = text


def _without_discriminators(schema: Any) -> Any:
    """The tag's constant in every alternative says the same, and AsyncAPI has another form for this keyword."""
    if isinstance(schema, Mapping):
        return {key: _without_discriminators(value) for key, value in schema.items() if key != "discriminator"}
    return [_without_discriminators(item) for item in schema] if isinstance(schema, list) else schema


def _envelope(required: list[str], **properties: Schema) -> Schema:
    return {
        "type": "object",
        "properties": {"jsonrpc": {"const": "2.0"}, **properties},
        "required": ["jsonrpc", *required],
    }


def messages() -> dict[str, Schema]:
    """Every frame by name, as a schema of the whole JSON-RPC object."""
    known, _ = components()
    number: Schema = {"anyOf": [{"type": "integer"}, {"type": "string"}, {"type": "null"}]}
    nothing: Schema = {"type": "object"}
    found: dict[str, Schema] = {}
    for method, (asked, told, _) in _METHODS.items():
        parameters = known.get(asked, nothing)
        found[f"{method}.request"] = _envelope(
            ["method", "params"], method={"const": method}, id=number, params=parameters
        )
        found[f"{method}.result"] = _envelope(["id", "result"], id=number, result=known[told] if told else nothing)
    for method, (shape, _) in _PUSHED.items():
        found[method] = _envelope(["method", "params"], method={"const": method}, params=known[shape])
    found["error"] = _envelope(["id", "error"], id=number, error=known[wire.ErrorBody])
    return found


def asyncapi() -> Schema:
    """The AsyncAPI 3 document."""
    _, named = components()
    told = {name: summary for name, (_, summary) in _PUSHED.items()}
    told |= {f"{name}.request": summary for name, (_, _, summary) in _METHODS.items()}
    frames = {
        name: {
            "name": name,
            "contentType": "application/json",
            "summary": told.get(name, "An answer."),
            "payload": schema,
        }
        for name, schema in messages().items()
    } | {
        name: {
            "name": name,
            "contentType": "application/octet-stream",
            "summary": summary,
            "payload": {"type": "string", "format": "binary"},
        }
        for name, (_, summary) in _SOUND.items()
    }
    return {
        "asyncapi": "3.0.0",
        "info": {
            "title": "Watchfloor feed",
            "version": VERSION,
            "description": contract_words.OF_THE_FEED,
            "license": {"name": "Apache-2.0"},
        },
        "defaultContentType": "application/json",
        "servers": {"gateway": {"host": "localhost:8765", "protocol": "ws", "description": "A gateway; wss with TLS."}},
        "channels": {
            "feed": {
                "address": "/",
                "description": f"WebSocket, subprotocol {wire.SUBPROTOCOL}, text frames, and binary ones for sound.",
                "messages": {_id(name): {"$ref": f"#/components/messages/{_id(name)}"} for name in frames},
            }
        },
        "operations": _operations(),
        "components": {"schemas": named, "messages": {_id(name): frame for name, frame in frames.items()}},
    }


def _operations() -> dict[str, Schema]:
    """From the gateway's side: it receives requests and answers them, and sends what changes."""
    found: dict[str, Schema] = {}
    for method, (_, _, summary) in _METHODS.items():
        found[_id(method)] = {
            "action": "receive",
            "channel": {"$ref": "#/channels/feed"},
            "summary": summary,
            "messages": [_message(f"{method}.request")],
            "reply": {
                "channel": {"$ref": "#/channels/feed"},
                "messages": [_message(f"{method}.result"), _message("error")],
            },
        }
    for method, (_, summary) in _PUSHED.items():
        found[_id(method)] = {
            "action": "send",
            "channel": {"$ref": "#/channels/feed"},
            "summary": summary,
            "messages": [_message(method)],
        }
    for name, (action, summary) in _SOUND.items():
        found[_id(name)] = {
            "action": action,
            "channel": {"$ref": "#/channels/feed"},
            "summary": summary,
            "messages": [_message(name)],
        }
    return found


def _message(name: str) -> Schema:
    return {"$ref": f"#/channels/feed/messages/{_id(name)}"}


def _id(name: str) -> str:
    return name.replace(".", "_")


def json_schema() -> Schema:
    """All frames as one JSON Schema; a frame is valid if it is one of them."""
    _, named = components()
    body = {"$schema": DRAFT, "title": "A frame of the Watchfloor feed", "anyOf": list(messages().values())}
    relocated: Schema = _relocated(body | {"$defs": named})
    return relocated


def _relocated(schema: Any) -> Any:
    """The same with references to `#/$defs/…`, where JSON Schema keeps what AsyncAPI keeps under components."""
    if isinstance(schema, Mapping):
        return {key: _relocated(value) for key, value in schema.items()}
    if isinstance(schema, list):
        return [_relocated(item) for item in schema]
    return schema.replace("#/components/schemas/", "#/$defs/") if isinstance(schema, str) else schema


def write(directory: Path) -> list[Path]:
    """Write `feed.asyncapi.json` and `feed.schema.json` into a folder, which is made; the files. Raises OSError."""
    directory.mkdir(parents=True, exist_ok=True)
    written = []
    for name, document in (("feed.asyncapi.json", asyncapi()), ("feed.schema.json", json_schema())):
        path = directory / name
        with written_whole(path) as out:
            out.write(json.dumps(document, ensure_ascii=False, indent=2, sort_keys=False) + "\n")
        written.append(path)
    return written

