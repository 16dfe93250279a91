"""What a gateway that reads its log says to whoever comes: there is no floor yet, and how far it is.

It stands in the answer to the request for a WebSocket (HTTP status 503): there is nothing to welcome anybody to.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import Final

import msgspec
from msgspec import Struct

STATUS: Final = HTTPStatus.SERVICE_UNAVAILABLE


class Starting(Struct, frozen=True):
    """`starting` is how much of the log is read, 0 to 1."""

    starting: float


_decode: Final = msgspec.json.Decoder(Starting).decode


def told(share: float) -> str:
    """The text of the answer."""
    return msgspec.json.encode(Starting(share)).decode()


def share_of(status: int, body: bytes | bytearray | None) -> float | None:
    """How much is read, by such an answer; None for any other."""
    if status != STATUS or not body:
        return None
    try:
        share = _decode(body).starting
    except msgspec.DecodeError:
        return None
    return share if 0 <= share <= 1 else None
