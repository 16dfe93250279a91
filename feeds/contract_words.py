"""What the published contract says in words: of the feed as a whole, and of single members of its types."""

from __future__ import annotations

import ast
import inspect
from functools import cache
from itertools import pairwise
from types import ModuleType
from typing import Final

import msgspec

from feeds import wire
from feeds.definitions import DEFINITIONS
from feeds.folding.state import WINDOWS
from feeds.gateway import refusals
from feeds.ledger import behind
from feeds.rules.orders import AVAILABLE


def of_members(kind: type) -> dict[str, str]:
    """What stands below members of a struct in its source, by their names on the wire."""
    names = {field.name: field.encode_name for field in msgspec.structs.fields(kind)}
    module = inspect.getmodule(kind)
    assert module is not None
    written = _written(module).get(kind.__name__, {})
    return {names[member]: text for member, text in written.items() if member in names}


@cache
def _written(module: ModuleType) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for node in ast.parse(inspect.getsource(module)).body:
        if not isinstance(node, ast.ClassDef):
            continue
        for member, below in pairwise(node.body):
            if not isinstance(member, ast.AnnAssign) or not isinstance(member.target, ast.Name):
                continue
            if isinstance(below, ast.Expr) and isinstance(below.value, ast.Constant):
                text = inspect.cleandoc(str(below.value.value))
                found.setdefault(node.name, {})[member.target.id] = text
    return found


def _figures() -> str:
    rows = [
        f"| {one.id} | {one.definition_id.partition('/')[0]} | {one.unit} | {'yes' if behind(one.id) else 'no'} |"
        f" {one.formula_en.replace('|', '/')} |"
        for one in DEFINITIONS.values()
    ]
    return "\n".join(["| figure | short | unit | opens | formula |", "|---|---|---|---|---|", *rows])


_ERRORS: Final = ", ".join(f"{code} {meaning}" for code, meaning in refusals.MEANINGS.items())

OF_THE_FEED: Final = f"""What a console is told of a call centre's floor, and what it may ask.

Frames are JSON-RPC 2.0 objects, one to a text frame, at most {wire.INBOUND_LIMIT} bytes towards the gateway. Unknown
members are ignored, unknown methods are answered with an error; only an order may be refused for an argument that is
unknown, as it may be what the order hangs on. A member that has its default may be left out, either way. The digest of
a beat is the sum, modulo 2^64, of the first eight bytes (BLAKE2b with eight bytes of output, little endian) of the hash
of `key@rev` of every entity in the view, as 16 hexadecimal digits. Close codes: 4400 malformed, 4401 unauthenticated,
4403 right revoked, 4408 too slow (three seconds without reading; who reads on within half a second is told), 4410
resync (come back without `resume`), 1009 a frame that is too large, 1012 restart, or other rights. Orders that this
version carries out:
{", ".join(sorted(AVAILABLE))}.

Codes of errors: {_ERRORS}. `rule` says what stands in the way in one word, `code` which sentence it is.

What is new is told every 50 ms at most (a setting of the site), much of it in several frames behind one another, of
which all but the last say `more`. What a beat proves is the floor as it was at one moment.

A `scope` is `site`, or `queue:`, `group:`, `seat_type:`, `team:` or `vendor:` and an id; a `window` is
{", ".join(WINDOWS)} (rolling), `today` (since midnight) or, of what is counted at this moment, `now`. At every revision
and in every window offered + carried_in = answered + abandoned + flowed_out + blocked + pending.

{_figures()}

`calls` opens those that open. Figures may be asked for by either id and are told by the first, not rounded; null stands
for an empty denominator.

Sound goes in binary frames, both ways: four bytes number of the listening session, four bytes time in milliseconds
(network byte order; from the gateway its monotonic clock modulo 2^32, as in the `sent_ms` of a beat), then PCM, signed
16 bit little endian, mono, at the `sound_rate` of the welcome. The session that `listening.start` begins is the entity
`listening:<session>` whose `order` is the order's, and `on` when it is heard. A
console that takes its frames too slowly loses sound, oldest first, and nothing else; one that does not answer for a
second and a half loses its sessions.

A notice is the entity `notice:<order>` until it is over. `alarm.unshelve` and
`alarm.return_to_service` have the alarm tell again. Whoever acknowledges an alarm has taken note of those in sight
whose `cause` it is.
"""
