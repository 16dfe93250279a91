"""A name with two addresses, of which the first takes no connection and says nothing, as IPv6 that leads nowhere."""

from __future__ import annotations

import contextlib
import socket
from collections.abc import Iterator
from typing import Any

import pytest

NAME = "two.test"
DEAD, ALIVE = "127.0.0.2", "127.0.0.1"


@contextlib.contextmanager
def two_addresses(port: int, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The name, whose second address is this machine's usual one."""
    real = socket.getaddrinfo

    def find(host: Any, *given: Any, **more: Any) -> Any:
        if host != NAME:
            return real(host, *given, **more)
        return [*real(DEAD, *given, **more), *real(ALIVE, *given, **more)]

    with contextlib.ExitStack() as held:
        listening = held.enter_context(socket.socket())
        listening.bind((DEAD, port))
        listening.listen(0)
        for _ in range(4):  # nobody takes them, so that there is no room for more
            waiting = held.enter_context(socket.socket())
            waiting.setblocking(False)
            waiting.connect_ex((DEAD, port))
        held.enter_context(monkeypatch.context()).setattr(socket, "getaddrinfo", find)
        yield NAME
