"""The published contract parses as AsyncAPI 3 and JSON Schema, and real frames fit it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any

import jsonschema
import msgspec
import pytest

from feeds import schema, wire
from feeds.floor import Floor
from feeds.gateway.publishing.hub import Hub
from feeds.gateway.publishing.views import View
from feeds.requests import CallsParams, HelloParams, OrderParams, Resume
from feeds.rules.access import audience
from tests.gateway.floors import TOKENS, a_morning, small_site
from tests.gateway.publishing.test_equivalence import frames_of

pytestmark = pytest.mark.slow

PARSER = "@asyncapi/parser@3"
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
