"""WebSocket frames as bytes, for who writes to a socket without a library in between (RFC 6455, section 5.2).

Each is whole: final and not compressed.
"""

from typing import Final

WHOLE_TEXT: Final = 0x81
"""The first byte of one that is a text."""
_GOODBYE: Final = 0x88


def text_frame(payload: bytes) -> bytes:
    """A text as a server sends it: unmasked."""
    return _whole(b"\x81", payload)


def binary_frame(payload: bytes) -> bytes:
    """The same for a binary frame."""
    return _whole(b"\x82", payload)


def _whole(kind: bytes, payload: bytes) -> bytes:
    size = len(payload)
    if size < 126:
        return kind + size.to_bytes(1, "big") + payload
    if size < 65536:
        return kind + b"\x7e" + size.to_bytes(2, "big") + payload
    return kind + b"\x7f" + size.to_bytes(8, "big") + payload


def masked_text_frame(payload: bytes, key: bytes) -> bytes:
    """The same as a client sends it: under a mask of four bytes, which must be fresh for every frame."""
    return _masked(WHOLE_TEXT, payload, key)


def masked_goodbye(key: bytes) -> bytes:
    """The closing frame of a client that has what it wanted (status 1000)."""
    return _masked(_GOODBYE, (1000).to_bytes(2, "big"), key)


def _masked(kind: int, payload: bytes, key: bytes) -> bytes:
    size = len(payload)
    head = bytes((kind, 0x80 | size)) if size < 126 else bytes((kind, 0xFE)) + size.to_bytes(2, "big")
    mask = (key * (size // 4 + 1))[:size]
    body = int.from_bytes(payload, "big") ^ int.from_bytes(mask, "big")
    return head + key + body.to_bytes(size, "big")
