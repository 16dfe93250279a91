"""A progress bar on a terminal, a line now and then elsewhere if wanted, nothing for what is over within a second."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from types import TracebackType
from typing import Self, TextIO

_QUIET_S = 1.0
_BAR_EVERY_S = 0.1
_LINE_EVERY_S = 10.0
_WIDTH = 30


class Progress:
    """Shows how far a long job is; `share` gives 0 to 1, `note` what to say beside it.

    Without `lines` nothing is said where there is no terminal.
    """

    def __init__(
        self,
        out: TextIO,
        title: str,
        share: Callable[[], float],
        note: Callable[[], str] = lambda: "",
        *,
        lines: bool = True,
    ) -> None:
        self._out = out
        self._title = title
        self._share = share
        self._note = note
        self._bar = out.isatty()
        self._begun = time.monotonic()
        self._next = self._begun + _QUIET_S if self._bar or lines else math.inf
        self._shown = False

    def __call__(self) -> None:
        """Called often; shows something when it is time to."""
        now = time.monotonic()
        if now < self._next:
            return
        self._next = now + (_BAR_EVERY_S if self._bar else _LINE_EVERY_S)
        share = self._share()
        elapsed = now - self._begun
        left = f"{elapsed / share - elapsed:.0f} s left" if share > 0.02 else ""
        words = ", ".join(word for word in (self._note(), left) if word)
        text = f"{self._title} {share:4.0%} {words}".rstrip()
        if self._bar:
            filled = round(share * _WIDTH)
            text = f"\r\x1b[2K[{'=' * filled}{' ' * (_WIDTH - filled)}] {text}"
        else:
            text += "\n"
        try:
            self._out.write(text)
            self._out.flush()
        except OSError:  # nobody reads it any more: no reason to end the work
            self._next, self._bar = math.inf, False
        self._shown = self._bar

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._shown:
            self._out.write("\r\x1b[2K")
            self._out.flush()
