"""What the command lines of wall and desk have in common: which gateway, with which credential, how large."""

from __future__ import annotations

import os
from pathlib import Path

from feeds.addresses import FORM, USUAL, is_address

DEFAULT_GATEWAY = USUAL
TOKEN = "WATCHFLOOR_TOKEN"


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
            token = file.read_text(encoding="utf-8-sig")
        except OSError as trouble:
            raise ValueError(f"--token-file {file} cannot be read: {trouble.strerror}") from None
        except UnicodeDecodeError:
            raise ValueError(f"--token-file {file} is no text in UTF-8; save it as that") from None
    if not token.strip():
        raise ValueError(f"--token-file {file} is empty" if file else f"no token: --token-file FILE or {TOKEN}")
    return token.strip()


def certificate_of(file: str) -> str:
    """A file with the authority to trust; empty stays empty. Raises ValueError with what to do.

    Looked at here, because later only the feed's thread would find out, and could not say it to whoever waits.
    """
    if not file:
        return ""
    try:
        content = Path(file).read_bytes()
    except OSError as trouble:
        raise ValueError(f"--certificate {file} cannot be read: {trouble.strerror}") from None
    if b"-----BEGIN CERTIFICATE-----" not in content and b"-----BEGIN TRUSTED CERTIFICATE-----" not in content:
        raise ValueError(f"--certificate {file} holds no certificate in PEM form (-----BEGIN CERTIFICATE-----)")
    return file


def size_of(text: str) -> tuple[int, int]:
    """`1920x1080` as width and height in logical pixels. Raises ValueError with what to do."""
    width, _, height = text.lower().partition("x")
    if not (width.isdigit() and height.isdigit() and 320 <= int(width) <= 16384 and 240 <= int(height) <= 16384):
        raise ValueError(f"--size {text} is not a size; write it like 1920x1080")
    return int(width), int(height)
