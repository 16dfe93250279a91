"""Tokens and PINs: made at random, kept as salted hashes, compared in constant time."""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from collections.abc import Iterable
from typing import Final

from config.schema import Token

TOKEN_BYTES: Final = 32
PIN_DIGITS: Final = 6

DEMO_TOKENS: Final[tuple[str, ...]] = (
    "demo-supervisor", "demo-manager", "demo-wall", "demo-qa", "demo-vendor-lead", "demo-admin",
)  # fmt: skip
"""The public tokens of the demo site. A site that is reachable from other machines must not hold them."""

_SALT_BYTES: Final = 16
_HASH_BYTES: Final = 32
_TOKEN_HASH: Final = re.compile(r"sha256\$([0-9a-f]{32})\$([0-9a-f]{64})")
_PIN_HASH: Final = re.compile(r"scrypt\$([0-9a-f]{32})\$([0-9a-f]{64})")
_LONGEST: Final = 1024


def new_token() -> str:
    """A fresh token: 32 random bytes as 43 URL-safe characters."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def fingerprint(token: str) -> str:
    """Six characters that tell tokens apart in lists and logs without giving them away."""
    return hashlib.sha256(b"fingerprint" + token.encode("utf-8", "surrogatepass")).hexdigest()[:6]


def new_pin() -> str:
    """A fresh PIN of six digits."""
    return "".join(secrets.choice("0123456789") for _ in range(PIN_DIGITS))


def hash_token(token: str, salt: bytes | None = None) -> str:
    """`sha256$SALT$HEX`, the SHA-256 of salt and token; one round is enough because a token is 256 random bits."""
    salt = secrets.token_bytes(_SALT_BYTES) if salt is None else salt
    return f"sha256${salt.hex()}${_token_digest(token, salt).hex()}"


def hash_pin(pin: str, salt: bytes | None = None) -> str:
    """`scrypt$SALT$HEX` (N = 2¹⁴, r = 8, p = 1, about 50 ms): a PIN is short, so guessing must be slow."""
    salt = secrets.token_bytes(_SALT_BYTES) if salt is None else salt
    return f"scrypt${salt.hex()}${_pin_digest(pin, salt).hex()}"


def verify_token(token: str, kept: str) -> bool:
    """Whether a token is the one that `kept` was made from. False for a malformed hash."""
    parts = _TOKEN_HASH.fullmatch(kept)
    if parts is None or len(token) > _LONGEST:
        return False
    return hmac.compare_digest(_token_digest(token, bytes.fromhex(parts[1])), bytes.fromhex(parts[2]))


def verify_pin(pin: str, kept: str) -> bool:
    """Whether a PIN is the one that `kept` was made from. False for a malformed hash."""
    parts = _PIN_HASH.fullmatch(kept)
    if parts is None or len(pin) > _LONGEST:
        return False
    return hmac.compare_digest(_pin_digest(pin, bytes.fromhex(parts[1])), bytes.fromhex(parts[2]))


def find_token(token: str, known: Iterable[Token]) -> Token | None:
    """The configured token that a text is, revoked and expired ones included; always compares with all of them."""
    found = None
    for one in known:
        if verify_token(token, one.hash) and found is None:
            found = one
    return found


def is_token_hash(text: str) -> bool:
    """Whether a text has the form `sha256$SALT$HEX`."""
    return _TOKEN_HASH.fullmatch(text) is not None


def is_pin_hash(text: str) -> bool:
    """Whether a text has the form `scrypt$SALT$HEX`."""
    return _PIN_HASH.fullmatch(text) is not None


def _token_digest(token: str, salt: bytes) -> bytes:
    return hashlib.sha256(salt + token.encode("utf-8", "surrogatepass")).digest()


def _pin_digest(pin: str, salt: bytes) -> bytes:
    return hashlib.scrypt(pin.encode("utf-8", "surrogatepass"), salt=salt, n=2**14, r=8, p=1, dklen=_HASH_BYTES)
