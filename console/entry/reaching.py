"""Tries whether a floor can be reached, and says when it was or why it was not."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from console.app import Session
from console.arguments import address_of
from console.entry import present
from console.entry.child import ChildGateway
from console.entry.present import Trouble
from console.entry.store import DEMO_TOKEN, Connection
from console.feeding import Address
from console.words import Words

LIMIT_S = 15.0
"""A gateway on the other side of the world answers sooner."""


class Reaching(QObject):
    """One try to reach a floor.

    Signals: `reached(Address)` when its gateway has greeted us, `failed(Trouble)` when it will not, and until then
    `counting(str, int)` where it has only just begun: the code of what it does, and how many percent are done.
    """

    reached = Signal(object)
    counting = Signal(str, int)
    failed = Signal(object)

    def __init__(
        self, connection: Connection, words: Words, parent: QObject | None = None, *, resume_at: str = ""
    ) -> None:
        super().__init__(parent)
        self._resume_at = resume_at
        self.connection, self._words = connection, words
        self.child: ChildGateway | None = None
        self._address: Address | None = None
        self._session: Session | None = None
        self._limit = QTimer(self)
        self._limit.setSingleShot(True)
        self._limit.timeout.connect(self._on_limit)

    def start(self) -> None:
        """Try it; a gateway of our own is started first."""
        found = present.mistake(self.connection, self._words)
        if found is not None:
            self.failed.emit(found)
        elif self.connection.kind == "gateway":
            one = self.connection
            self._greet(Address(address_of(one.url.strip()), one.token.strip(), one.certificate, "desk"))
        else:
            self.child = ChildGateway(self)
            self.child.ready.connect(lambda url: self._greet(Address(url, DEMO_TOKEN, "", "desk")))
            self.child.failed.connect(self._on_died)
            self.child.start(present.resumed(self.connection, self._resume_at))

    def stop(self, *, keep_child: bool = False) -> ChildGateway | None:
        """Try no more; the gateway that was started is handed over with `keep_child`, and ended otherwise."""
        self._hang_up()
        child, self.child = self.child, None
        if child is None:
            return None
        if keep_child:
            child.setParent(None)
            return child
        child.end()
        child.deleteLater()
        return None

    def _greet(self, address: Address) -> None:
        self._address = address
        self._session = Session(address, self)
        self._session.live.link_changed.connect(self._on_link)
        self._session.start()
        self._limit.start(round(LIMIT_S * 1000))

    def _hang_up(self) -> None:
        self._limit.stop()
        session, self._session = self._session, None
        if session is not None:
            session.stop()
            session.deleteLater()

    def _on_link(self) -> None:
        if self._session is None or self._address is None:
            return
        sight, welcome = self._session.live.sight(), self._session.live.welcome
        link = sight.link
        if welcome is not None and link.phase == "live":
            QTimer.singleShot(0, self, self._on_greeted)  # not from within the session's own signal
        elif link.begun is not None:
            self._limit.start()
            self.counting.emit(link.code, link.begun)
        elif link.phase == "refused" or link.attempt:
            found = present.refused(sight, self.connection, self._words)
            QTimer.singleShot(0, self, lambda: self._fail(found))

    def _on_greeted(self) -> None:
        if self._session is not None:
            self._hang_up()
            self.reached.emit(self._address)

    def _on_limit(self) -> None:
        self._fail(present.silent(LIMIT_S, self._words))

    def _on_died(self, said: str) -> None:
        self._fail(present.died(said, self.connection, self._words))

    def _fail(self, found: Trouble | Any) -> None:
        if self._session is None and self.child is None:
            return
        self.stop()
        self.failed.emit(found)
