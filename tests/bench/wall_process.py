"""A wall in a process of its own for the wall's bench, and an empty window to measure its start against.

    python -m tests.bench.wall_process empty
    python -m tests.bench.wall_process first URL
    python -m tests.bench.wall_process run URL WIDTH HEIGHT

`empty` and `first` print one line once the window, or the first live figure, is painted, and end. `run` prints a line
when it is live and goes on until its standard input is closed.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter, QRegion
    from PySide6.QtWidgets import QApplication

    from console.wall.kiosk import Kiosk

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
TOKEN = "demo-wall"


def _say(word: str) -> None:
    sys.stdout.write(word + "\n")
    sys.stdout.flush()


def empty() -> None:
    """The least that a PySide6 program can do: a window with a word in it."""
    from PySide6.QtWidgets import QApplication, QLabel

    application = QApplication([])
    label = QLabel("95518")
    label.resize(1920, 1080)
    label.show()
    application.processEvents()
    label.repaint()
    _say("painted")


def first(url: str) -> None:
    """The wall from its command line to the first live figure on the screen."""
    application, kiosk = _kiosk(url, 1920, 1080)
    from PySide6.QtCore import QTimer

    figure = kiosk.panel.figures[0]
    paint = figure.paint_parts

    def painted(painter: QPainter, region: QRegion) -> None:
        paint(painter, region)
        if kiosk.session.live.complete and not kiosk.session.live.stale:
            figure.paint_parts = paint
            QTimer.singleShot(0, kiosk, said)  # by then that picture, the first that holds live figures, is shown

    def said() -> None:
        _say("painted")
        application.quit()

    figure.paint_parts = painted
    kiosk.start()
    kiosk.window.resize(1920, 1080)
    application.exec()
    kiosk.stop()


def run(url: str, width: int, height: int) -> None:
    """The wall as it runs, at a size of our choice."""
    application, kiosk = _kiosk(url, width, height)

    def look() -> None:
        """Show every page once, so that what is measured afterwards is a wall that has seen all of them."""
        sight = kiosk.session.live.sight()
        kiosk.display.present()
        for page in range(len(kiosk.panel.pages)):
            kiosk.panel.carousel.current = page
            kiosk.panel.show_page(sight)
            application.processEvents()
        _say("live")

    from PySide6.QtCore import QSocketNotifier, Qt

    kiosk.session.live.trust_changed.connect(look, Qt.ConnectionType.QueuedConnection)
    kiosk.start()
    kiosk.window.resize(width, height)

    notifier = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read)
    notifier.activated.connect(lambda: application.quit())
    application.exec()
    notifier.setEnabled(False)
    kiosk.stop()


def _kiosk(url: str, width: int, height: int) -> tuple[QApplication, Kiosk]:
    from console.wall.command import begin, parsed

    options = parsed(["--gateway", url, "--token", TOKEN, "--windowed", "--size", f"{width}x{height}"])
    feed = begin(options)
    from console import app
    from console.wall.kiosk import Kiosk

    application = app.application()
    return application, Kiosk(options, application, feed)


if __name__ == "__main__":
    mode, *rest = sys.argv[1:]
    if mode == "empty":
        empty()
    elif mode == "first":
        first(rest[0])
    else:
        run(rest[0], int(rest[1]), int(rest[2]))
