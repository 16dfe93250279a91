"""The published contract parses as AsyncAPI 3 and JSON Schema, and real frames fit it."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any

import jsonschema
import msgspec
import pytest
from msgspec import Struct, field

from feeds import contract_words, order_arguments, schema, wire
from feeds.definitions import DEFINITIONS
from feeds.entities import AnyEntity, Call, Queue, Seat, Switch
from feeds.floor import Floor
from feeds.gateway.publishing.hub import Hub
from feeds.gateway.publishing.views import View
from feeds.requests import CallsParams, HelloParams, OrderParams, Resume
from feeds.rules.access import audience
from feeds.rules.alarm_orders import wish_of
from feeds.rules.commands import command_of
from feeds.rules.orders import AVAILABLE
from tests.gateway.floors import TOKENS, a_morning, small_site
from tests.gateway.publishing.test_equivalence import frames_of

pytestmark = pytest.mark.slow

PARSER = "@asyncapi/parser@3"
GOOD: dict[str, dict[str, Any]] = {
    "seat.ready": {"seat": "001"},
    "seat.pause": {"seat": "001", "reason": "rest"},
    "seat.logout": {"seat": "001"},
    "call.requeue": {"call": "l1", "queue": "vip"},
    "call.redirect": {"call": "call:l1", "to": "8001"},
    "call.prioritise": {"call": "l1", "priority": 5},
    "call.hangup": {"call": "l1"},
    "switch.set": {"switch": "claim", "value": "announce"},
    "handover.note": {"text": "look at 12"},
    "handover.settle": {"note": "note:1"},
    "listening.mode": {"session": 1, "mode": "whisper"},
    "listening.stop": {"session": 1},
    "alarm.acknowledge": {"alarm": "alarm:site:asa:30m"},
    "alarm.shelve": {"alarm": "alarm:site:asa:30m", "minutes": 5, "reason": "known"},
    "alarm.out_of_service": {"alarm": "alarm:site:asa:30m", "reason": "known"},
    "replay.seek": {"to": 5},
    "replay.speed": {"speed": 5},
}
"""Orders with nothing that they could do without."""
SCRIPT = """
const { Parser } = require('@asyncapi/parser');
const { readFileSync } = require('fs');
new Parser().parse(readFileSync(process.argv[2], 'utf8')).then(({ document, diagnostics }) => {
  const errors = diagnostics.filter(one => one.severity === 0);
  console.log(JSON.stringify({ parsed: !!document, errors, operations: document ? document.operations().length : 0 }));
});
"""


def fits(frame: bytes | dict[str, Any]) -> bool:
    found = json.loads(frame) if isinstance(frame, bytes) else frame
    return jsonschema.Draft202012Validator(schema.json_schema()).is_valid(found)


def test_the_json_schema_is_valid_and_every_frame_of_a_floor_fits_it() -> None:
    document = schema.json_schema()
    jsonschema.Draft202012Validator.check_schema(document)
    site = small_site()
    floor = Floor(site)
    hub = Hub(site, floor, "e1")
    view = View(hub, audience(site, site.roles[0], TOKENS[0]))
    for rev, fact in enumerate(a_morning(), 1):
        floor.apply(fact, rev)
    hub.absorb()
    frames = [payload for frame in view.pages().frames for payload in frames_of(frame)]
    frames.append(
        wire.beat(wire.BeatParams("e1", hub.rev, view.digest(), floor.now, [wire.SourceBeat("main", "up", 1, 2)]))
    )
    frames.append(wire.changed("e1", 1, 2, [], ["call:1"]))
    frames.append(wire.reading(wire.ReadingParams(7, 0.5)))
    frames.append(wire.catching_up(wire.CatchingUpParams(floor.now - 1, floor.now, floor.now + 1)))
    validator = jsonschema.Draft202012Validator(document)
    for frame in frames:
        errors = list(validator.iter_errors(json.loads(frame)))
        assert not errors, errors[0].message
    kinds = {entity["kind"] for frame in frames for entity in json.loads(frame)["params"].get("entities", ())}
    assert {"site", "seat", "queue", "call", "staff", "figures", "agent", "alarm"} <= kinds


def test_requests_and_errors_fit_and_nonsense_does_not() -> None:
    hello = HelloParams("t", "c", Resume("e", 3))
    assert fits(wire.request("hello", hello, 1))
    assert fits(wire.request("order", OrderParams("k", "replay.pause"), "a"))
    assert fits(wire.request("calls", CallsParams("offered"), None))
    assert fits(wire.refusal(1, wire.ErrorBody(-32601, "no", wire.ErrorData("no", "protocol"))))
    assert not fits(wire.request("hello", {"client": "no token"}, 1))
    assert not fits({"jsonrpc": "2.0"})
    assert not fits(wire.changed("e", 1, 2, [b'{"kind":"seat"}'], []))


def test_the_contract_says_nothing_of_what_stays_inside() -> None:
    text = json.dumps([schema.json_schema(), schema.asyncapi()])
    assert "unreadable" not in text
    assert text.count("#/components/schemas/") == json.dumps(schema.asyncapi()).count("#/components/schemas/")


def test_the_contract_names_nothing_of_the_source() -> None:
    text = json.dumps([schema.json_schema(), schema.asyncapi()])
    assert not re.findall(r"feeds[./]\w+|[A-Z]{2,}_[A-Z]+", text)


def test_the_contract_tells_the_arguments_of_every_order_that_is_carried_out() -> None:
    assert set(order_arguments.TYPED) | set(order_arguments.PLAIN) == AVAILABLE
    for name, args in GOOD.items():
        assert fits(wire.request("order", OrderParams("k", name, args), 1)), name
        for member in args:
            fewer = {key: value for key, value in args.items() if key != member}
            assert not fits(wire.request("order", OrderParams("k", name, fewer), 1)), (name, member)
            wrong = args | {member: [1]}
            assert not fits(wire.request("order", OrderParams("k", name, wrong), 1)), (name, member)
    assert fits(wire.request("order", OrderParams("k", "case.assign", {"case": 1}), 1)), "another version's"


def test_what_the_contract_says_that_an_order_takes_is_what_it_takes() -> None:
    seat = Seat(key="seat:001", rev=1, state="ready", since=0, agent="a1")
    call = Call(key="call:l1", rev=1, call="c1", queue="enq", state="waiting", joined_at=0, since=0)
    there: dict[str, AnyEntity] = {one.key: one for one in (seat, call)}
    for queue in ("enq", "vip", "claim"):
        there[f"queue:{queue}"] = Queue(key=f"queue:{queue}", rev=1, waiting=0, ringing=0, in_service=0)
    there["switch:claim"] = Switch(
        key="switch:claim", rev=1, state="off", value="normal", since=0, checked_at=0, asked="normal"
    )
    for name, args in GOOD.items():
        feature = name.partition(".")[0]
        if feature in ("seat", "call", "switch"):
            assert isinstance(command_of(name, args, there.get), Struct), name
            for member in args:
                fewer = {key: value for key, value in args.items() if key != member}
                assert isinstance(command_of(name, fewer, there.get), str), (name, member)
        elif feature == "alarm":
            assert isinstance(wish_of(name, args, shared=False, longest=60), Struct)
            for member in set(args) - {"alarm"}:  # of which that there is none is found later
                fewer = {key: value for key, value in args.items() if key != member}
                assert isinstance(wish_of(name, fewer, shared=False, longest=60), str), (name, member)


def test_the_contract_tells_every_figure_and_what_is_said_of_single_members() -> None:
    document = schema.asyncapi()
    told = document["info"]["description"]
    assert not [one.id for one in DEFINITIONS.values() if f"| {one.id} | {one.definition_id[:-2]} |" not in told]
    assert "| occupancy | P2 | percent | no |" in told and "| asa | W1 | seconds | yes |" in told
    shapes = document["components"]["schemas"]
    assert "`counted`" in shapes["CallsParams"]["properties"]["order"]["description"]
    assert "out of step" in contract_words.of_members(Stepping)["from"]


class Stepping(Struct):
    begin: int = field(name="from")
    """Where it was out of step."""


def test_every_method_is_published(tmp_path: Path) -> None:
    files = schema.write(tmp_path / "contract")
    assert [file.name for file in files] == ["feed.asyncapi.json", "feed.schema.json"]
    document = json.loads(files[0].read_text("utf-8"))
    assert set(document["operations"]) == {
        "hello", "resync", "view", "history", "calls", "agent", "shift", "journal", "order", "floor_snapshot",
        "floor_changed", "floor_beat", "floor_catching_up", "question_reading", "sound_heard", "sound_said",
    }  # fmt: skip
    assert json.loads(files[1].read_text("utf-8")) == msgspec.json.decode(msgspec.json.encode(schema.json_schema()))


@pytest.fixture(scope="session")
def public_parser() -> Path:
    """A folder with the public AsyncAPI parser; skips loudly without it."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if not node or not npm:
        pytest.skip("not checked: the public AsyncAPI parser needs node and npm")
    folder = Path(tempfile.gettempdir()) / "watchfloor-asyncapi-parser"
    if not (folder / "node_modules" / "@asyncapi" / "parser").is_dir():
        folder.mkdir(exist_ok=True)
        command = [npm, "install", "--no-audit", "--no-fund", "--silent", "--prefix", str(folder), PARSER]
        try:
            subprocess.run(command, check=True, capture_output=True, timeout=100, cwd=folder)
        except (subprocess.SubprocessError, OSError) as error:
            pytest.skip(f"not checked: the public AsyncAPI parser cannot be installed ({type(error).__name__})")
    return folder


@pytest.mark.slow
def test_the_public_asyncapi_parser_accepts_the_contract(public_parser: Path, tmp_path: Path) -> None:
    script = public_parser / "parse.js"
    script.write_text(SCRIPT, encoding="utf-8")
    document = schema.write(tmp_path)[0]
    ran = subprocess.run(
        ["node", str(script), str(document)],
        capture_output=True,
        text=True,
        timeout=100,
        env={**os.environ},
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    told = json.loads(ran.stdout)
    assert told["parsed"], told["errors"]
    assert told["errors"] == []
    assert told["operations"] == 16
