"""The site inside a log: what its facts speak of and who there was, without anything by which somebody comes in.

A recording is handed on, to trainers and to maintainers, and outlives tokens and PINs.
"""

from __future__ import annotations

from hashlib import blake2b
from typing import Final

import msgspec
from msgspec.structs import replace

from config.schema import Site

_KEPT: Final = "kept$"
"""With what stands for a PIN's hash begins: it tells that there is another PIN now, and nothing can be tried on it."""


def without_secrets(site: Site) -> Site:
    """A site as a log keeps it: no token's hash, and of the PIN's only whether it is the same. Done twice, no more."""
    pin = site.wall.pin_hash
    if pin and not pin.startswith(_KEPT):
        pin = _KEPT + blake2b(pin.encode(), digest_size=8).hexdigest()
    tokens = tuple(replace(token, hash="") for token in site.tokens)
    return replace(site, tokens=tokens, wall=replace(site.wall, pin_hash=pin))


def packed_site(site: Site) -> bytes:
    """What a log writes down of a site, as MessagePack."""
    return msgspec.msgpack.encode(without_secrets(site))
