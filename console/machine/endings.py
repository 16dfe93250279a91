"""By which signals a system asks a program to end."""

from __future__ import annotations

import signal


def ending_signals() -> list[signal.Signals]:
    """Those that ask this process; under `nohup` the end of a terminal does not, and that stays so."""
    names = [signal.Signals[name] for name in ("SIGTERM", "SIGINT", "SIGHUP", "SIGBREAK") if hasattr(signal, name)]
    return [name for name in names if name == signal.SIGINT or signal.getsignal(name) is not signal.SIG_IGN]
