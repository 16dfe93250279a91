"""Addresses of gateways: what one looks like, found out before anything is asked there."""

from ipaddress import ip_address
from typing import Final
from urllib.parse import urlsplit

USUAL: Final = "ws://127.0.0.1:8765"
NEXT_S: Final = 0.25
"""When the next address of a name is tried as well (RFC 8305): the first may lead nowhere, as IPv6 often does, and
Windows takes two seconds to say that nobody listens at `localhost` by IPv6."""
FORM: Final = f"ws://HOST:PORT or wss://HOST:PORT, such as {USUAL}"


def is_address(text: str) -> bool:
    """Whether a gateway could be asked there; a credential has no place in an address."""
    if not text.startswith(("ws://", "wss://")) or not text.isprintable() or " " in text:
        return False
    try:
        place = urlsplit(text)
        port, host = place.port, place.hostname or ""
        labels = host.removesuffix(".").split(".")
        named = all(0 < len(label.encode() if label.isascii() else label.encode("idna")) < 64 for label in labels)
    except ValueError:  # a port that is no number or too great, brackets around what is no host
        return False
    return named and port != 0 and not place.netloc.endswith(":") and "@" not in place.netloc and not place.fragment


def host_of(address: str) -> str:
    """The host in an address; empty where there is none, or what is no address."""
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""


def next_after_s(host: str) -> float | None:
    """Seconds after which the next address of a host is tried beside the one before; None for an IP address.

    Such a host has one address, and asyncio's race of several forgets the connection of whoever gives up just as it
    is there.
    """
    try:
        ip_address(host)
    except ValueError:
        return NEXT_S
    return None
