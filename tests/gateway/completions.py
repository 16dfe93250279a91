"""Windows' event loop on any machine: asyncio's own proactor loop, over completions that a selector makes.

What Windows' sockets do otherwise than others is put in: a line that the peer has reset cannot be shut down, and a
connection that is gone before it is taken in is an error of the listening socket.
"""

from __future__ import annotations

import asyncio
import contextlib
import errno
import gc
import selectors
import socket
from asyncio.proactor_events import BaseProactorEventLoop
from collections import deque
from collections.abc import Callable, Coroutine
from typing import Any

_READ, _WRITE = selectors.EVENT_READ, selectors.EVENT_WRITE
_NETNAME_DELETED = 64


class NameDeleted(OSError):
    """WinError 64, which only Windows can make."""

    winerror = _NETNAME_DELETED


class _Completion(asyncio.Future[Any]):
    forget: Callable[[], None] | None = None

    def cancel(self, msg: Any | None = None) -> bool:
        if self.forget is not None and not self.done():
            self.forget()  # at once: the descriptor may be another's when a callback comes
        return super().cancel(msg)


class _Socket(socket.socket):
    __slots__ = ()

    def shutdown(self, how: int) -> None:
        try:
            super().shutdown(how)
        except OSError as error:
            if self.fileno() in _reset:
                raise ConnectionResetError(errno.ECONNRESET, "forcibly closed by the remote host") from error
            if error.errno != errno.ENOTCONN:
                raise


_reset: set[int] = set()
"""Descriptors of lines that the peer has reset."""


class _Proactor:
    """As asyncio.windows_events.IocpProactor, as far as a gateway and its consoles use that."""

    def __init__(self) -> None:
        self.gone_before: deque[OSError] = deque()
        """What the next connections that are taken in end with."""
        self._selector = selectors.DefaultSelector()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._waiting: dict[int, dict[int, deque[tuple[_Completion, Callable[[], Any]]]]] = {}

    def set_loop(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop

    def close(self) -> None:
        self._selector.close()

    def select(self, timeout: float | None = None) -> list[Any]:
        for key, mask in self._selector.select(timeout):
            for event in (_READ, _WRITE):
                waiting = self._waiting[key.fd][event] if mask & event else deque()
                while waiting and self._completes(key.fd, *waiting[0]):
                    waiting.popleft()
            self._arm(key.fd)
        return []

    def recv(self, line: socket.socket, most: int, flags: int = 0) -> _Completion:
        return self._begin(line, _READ, lambda: line.recv(most, flags))

    def recv_into(self, line: socket.socket, into: Any, flags: int = 0) -> _Completion:
        return self._begin(line, _READ, lambda: line.recv_into(into, 0, flags))

    def send(self, line: socket.socket, data: Any, flags: int = 0) -> _Completion:
        whole, sent = memoryview(bytes(data)), [0]

        def send_on() -> int:
            while sent[0] < len(whole):
                sent[0] += line.send(whole[sent[0] :], flags)
            return len(whole)

        return self._begin(line, _WRITE, send_on)

    def accept(self, listening: socket.socket) -> _Completion:
        def take_in() -> tuple[socket.socket, Any]:
            line, address = listening.accept()
            if self.gone_before:
                line.close()
                raise self.gone_before.popleft()
            line.setblocking(False)
            return line, address

        return self._begin(listening, _READ, take_in)

    def connect(self, line: socket.socket, address: Any) -> _Completion:
        begun: list[bool] = []

        def go_on() -> None:
            code = line.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR) if begun else line.connect_ex(address)
            begun.append(True)
            if code:
                raise OSError(code, errno.errorcode[code])

        return self._begin(line, _WRITE, go_on)

    def _stop_serving(self, listening: socket.socket) -> None:
        """Nothing: what waited there was cancelled."""

    def _begin(self, line: socket.socket, event: int, act: Callable[[], Any]) -> _Completion:
        assert self._loop is not None
        found, number = _Completion(loop=self._loop), line.fileno()
        if not self._completes(number, found, act):
            self._waiting.setdefault(number, {_READ: deque(), _WRITE: deque()})[event].append((found, act))
            found.forget = lambda: self._forget(number, event, found)
            self._arm(number)
        return found

    @staticmethod
    def _completes(number: int, found: _Completion, act: Callable[[], Any]) -> bool:
        try:
            found.set_result(act())
        except (BlockingIOError, InterruptedError):
            return False
        except OSError as error:
            if isinstance(error, ConnectionResetError | BrokenPipeError):
                _reset.add(number)
            found.set_exception(error)
        return True

    def _forget(self, number: int, event: int, found: _Completion) -> None:
        if number in self._waiting:
            waiting = self._waiting[number]
            waiting[event] = deque(one for one in waiting[event] if one[0] is not found)
            self._arm(number)

    def _arm(self, number: int) -> None:
        mask = sum(event for event, waiting in self._waiting[number].items() if waiting)
        if not mask:
            del self._waiting[number]
            with contextlib.suppress(KeyError):
                self._selector.unregister(number)
        elif number in self._selector.get_map():
            self._selector.modify(number, mask)
        else:
            self._selector.register(number, mask)


class Loop(BaseProactorEventLoop):
    """A loop to run a gateway in."""

    def __init__(self) -> None:
        self.proactor = _Proactor()
        super().__init__(self.proactor)

    def run_forever(self) -> None:
        self.call_soon(self._loop_self_reading)
        try:
            super().run_forever()
        finally:
            if self._self_reading_future is not None:
                self._self_reading_future.cancel()
                self._self_reading_future = None

    def _make_socket_transport(self, sock: socket.socket, *given: Any, **more: Any) -> Any:
        sock.__class__ = _Socket
        _reset.discard(sock.fileno())
        return super()._make_socket_transport(sock, *given, **more)


class Policy(asyncio.DefaultEventLoopPolicy):
    """Has such loops made where nobody asks for another."""

    def new_event_loop(self) -> asyncio.AbstractEventLoop:
        return Loop()


def run(scenario: Coroutine[Any, Any, Any]) -> None:
    """As :func:`asyncio.run`, in such a loop."""
    with asyncio.Runner(loop_factory=Loop) as runner:
        runner.run(scenario)
    gc.collect()
