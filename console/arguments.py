"""What the command lines of wall and desk have in common: which gateway, with which credential, how large."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from config.reading import CERTIFICATES, credential, holds_certificate, regular, whole
from feeds.addresses import FORM, USUAL, is_address

DEFAULT_GATEWAY = USUAL
TOKEN = "WATCHFLOOR_TOKEN"
SIDE = 16384
"""The longest side of a window or picture in logical pixels."""


def address_of(text: str) -> str:
    """The address of a gateway. Raises ValueError with what to do."""
    address = text if "://" in text else f"ws://{text}"
    if "token=" in address or "@" in address:
        raise ValueError(f"a credential does not belong into the address; use {TOKEN} or --token-file")
    if not is_address(address):
        raise ValueError(f"--gateway {text!r} is not an address of a gateway; write {FORM}")
    return address


def token_of(given: str, file: Path | None) -> str:
    """The credential, from where it was given. Raises ValueError with what to do."""
    token = given or os.environ.get(TOKEN, "")
    if file is not None:
        try:
            token = credential(file).decode("utf-8-sig")
        except OSError as trouble:
            raise ValueError(f"--token-file {file} cannot be read: {trouble.strerror}") from None
        except UnicodeDecodeError:
            raise ValueError(f"--token-file {file} is no text in UTF-8; save it as that") from None
    if not token.strip():
        raise ValueError(f"--token-file {file} is empty" if file else f"no token: --token-file FILE or {TOKEN}")
    if any("\ud800" <= one <= "\udfff" for one in token):  # how Python keeps bytes that are no text
        raise ValueError(f"the token in {TOKEN} or --token is no text in UTF-8")
    return token.strip()


def renewed(token: str, file: Path | None) -> str | Callable[[], str]:
    """The credential as a connection wants it: from an ordinary file anew for every attempt.

    Another one may be put there while a wall hangs where nobody can start it again.
    """
    if file is None:
        return token

    def read() -> str:
        try:
            regular(file)  # a pipe has told its token once
            return token_of("", file)
        except (OSError, ValueError):
            return token

    return read


def is_plain(address: str) -> bool:
    """Whether an address is without TLS, so that no certificate has a say in it."""
    return not address.lower().startswith("wss:")


def certificate_of(file: str, address: str) -> str:
    """A file with the authority to trust at an address; empty stays empty. Raises ValueError with what to do.

    Looked at here, because later only the feed's thread would find out, and could not say it to whoever waits.
    """
    if not file:
        return ""
    try:
        content = whole(Path(file), CERTIFICATES)
    except OSError as trouble:
        raise ValueError(f"--certificate {file} cannot be read: {trouble.strerror}") from None
    if not holds_certificate(content):
        raise ValueError(f"--certificate {file} holds no certificate in PEM form (-----BEGIN CERTIFICATE-----)")
    if is_plain(address):
        secure = "wss:" + address.partition(":")[2]
        raise ValueError(f"--certificate is for addresses with TLS, and {address} is without; write {secure}")
    return file


def size_of(text: str) -> tuple[int, int]:
    """`1920x1080` as width and height in logical pixels. Raises ValueError with what to do."""
    width, _, height = text.lower().partition("x")
    numbers = text.isascii() and width.isdecimal() and height.isdecimal()
    if not (numbers and 320 <= int(width) <= SIDE and 240 <= int(height) <= SIDE):
        raise ValueError(f"--size {text} is not a size; write it like 1920x1080, from 320x240 to {SIDE}x{SIDE}")
    return int(width), int(height)


def dpr_of(number: float) -> float:
    """Picture pixels per logical pixel. Raises ValueError with what to do."""
    return within("--dpr", number, "a pixel ratio", 0.5, 4)


def timeout_of(seconds: float) -> float:
    """How many seconds a picture waits for its floor. Raises ValueError with what to do."""
    if not 0 < seconds <= 3600:
        raise ValueError(f"--timeout {seconds:.12g} is not a time to wait; give more than 0 and at most 3600 seconds")
    return seconds


def within(option: str, number: float, what: str, least: float, most: float) -> float:
    """A number from a range, in which what is no number at all does not lie. Raises ValueError with what to do."""
    if not least <= number <= most:
        raise ValueError(f"{option} {number:.12g} is not {what}; give one from {least:g} to {most:g}")
    return number
