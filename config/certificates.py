"""A gateway's certificate and its key: opened for TLS, or why they cannot be, so that somebody can mend it."""

from __future__ import annotations

import ssl
from pathlib import Path
from typing import Final, Literal, NamedTuple

from config.reading import CERTIFICATES, holds_certificate, whole

Part = Literal["certificate", "private_key"]
_KEY: Final = b"PRIVATE KEY-----"
_LOCKED: Final = (b"BEGIN ENCRYPTED PRIVATE KEY", b"Proc-Type: 4,ENCRYPTED")


class Unfit(NamedTuple):
    """Which of both files is no good, and why; `closed` where that is only who may read it."""

    part: Part
    why: str
    closed: bool = False


def load_pair(context: ssl.SSLContext, certificate: Path, key: Path) -> Unfit | None:
    """Give a certificate and its key to a context; what is wrong with them where that cannot be done."""
    parts: tuple[tuple[Part, Path], ...] = (("certificate", certificate), ("private_key", key))
    found = {}
    for part, file in parts:
        try:
            found[part] = whole(file, CERTIFICATES)
        except OSError as error:
            return Unfit(part, f"cannot be read: {error.strerror}", isinstance(error, PermissionError))
    if not holds_certificate(found["certificate"]):
        return Unfit("certificate", "holds no certificate as PEM (-----BEGIN CERTIFICATE-----)")
    if _KEY not in found["private_key"]:
        return Unfit("private_key", "holds no private key as PEM (-----BEGIN PRIVATE KEY-----)")
    if any(sign in found["private_key"] for sign in _LOCKED):
        # OpenSSL would ask for the pass phrase at the terminal, and a gateway would wait for it.
        why = "has a pass phrase, which a gateway cannot ask for; write the key without one (openssl pkey -in … -out …)"
        return Unfit("private_key", why)
    try:
        context.load_cert_chain(certificate, key, password=_none)
    except ssl.SSLError as error:
        if error.reason == "KEY_VALUES_MISMATCH":
            return Unfit("private_key", "is not the key of the certificate")
        return Unfit("certificate", f"cannot be used with its key: {error}")
    except (OSError, ValueError) as error:
        return Unfit("certificate", f"cannot be used with its key: {error}")
    return None


def _none() -> bytes:
    raise ValueError("a pass phrase is asked for")
