"""Writes a page of the wall as a picture: connects, waits for the whole floor, paints once, ends."""

from __future__ import annotations

import sys
from collections.abc import Callable

from PySide6.QtCore import QEventLoop, QSize, QTimer
from PySide6.QtGui import QImage

from console import app
from console.feeding import Address
from console.machine import pictures
from console.machine.steady import steady
from console.sight import Sight
from console.wall.kiosk import look_of
from console.wall.options import Options
from console.wall.panel import WallPanel
from feeds.entities import Source

FAILED, USAGE = 1, 2


STALE_WITHIN_S = 10.0


def take(options: Options, lose: Callable[[], None] | None = None) -> int:
    """Write the picture and return an exit code; one line on stderr says why there is none.

    With `lose`, which ends the gateway, the picture is of the wall after its feed has fallen silent.
    """
    assert options.shot is not None
    app.application()
    session = app.Session(Address(options.gateway, options.token, options.certificate, "wall picture"))
    session.start()
    try:
        _await(session, options.timeout, lambda: session.live.complete and not session.live.stale)
        sight = session.live.sight()
        lost = lose is not None and not sight.stale
        if lose is not None and lost:
            lose()
            _await(session, STALE_WITHIN_S, lambda: session.live.stale and session.live.sight().link.attempt > 1)
            sight = session.live.sight()
    finally:
        session.stop()
    if sight.site is None or sight.stale is not lost:
        return _refuse(_trouble(sight, options), FAILED)
    panel = WallPanel(look_of(options), only_page=options.page)
    panel.resize(options.width, options.height)
    image = picture(panel, sight, options.dpr)
    if panel.missing_page:
        return _refuse(panel.missing_page, USAGE)
    trouble = pictures.write(image, options.shot)
    return _refuse(trouble, FAILED) if trouble else 0


def picture(panel: WallPanel, sight: Sight, dpr: float = 1.0) -> QImage:
    """The panel's first page of that floor, `dpr` picture pixels per logical pixel."""
    panel.ensurePolished()
    panel.look_at(sight, steady())
    panel.carousel.current = 0
    panel.show_page(sight)
    image = QImage(QSize(round(panel.width() * dpr), round(panel.height() * dpr)), QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(dpr)
    panel.render(image)
    return image


def _await(session: app.Session, timeout_s: float, done: Callable[[], bool]) -> None:
    """Run until the floor is as wanted, or until the time is over."""
    loop = QEventLoop()

    def look() -> None:
        if done() or session.live.sight().link.phase == "refused":  # nobody need wait for another answer
            loop.quit()

    session.live.trust_changed.connect(look)
    session.live.link_changed.connect(look)
    session.live.changed.connect(lambda _: look())
    timer = QTimer()
    timer.setSingleShot(True)
    timer.timeout.connect(loop.quit)
    timer.start(round(timeout_s * 1000))
    pictures.run(loop)
    timer.stop()


def _trouble(sight: Sight, options: Options) -> str:
    if sight.link.phase == "refused":
        return sight.link.reason
    if sight.link.reason:
        return f"{sight.link.reason} (waited {options.timeout:g} s)"
    down = next((one for one in sight.entities.of(Source) if one.state != "up"), None)
    if down is not None:
        why = f": {down.text}" if down.text else ""
        return f"the gateway {options.gateway} runs, but what it follows is {down.state}{why}"
    return f"no complete floor came from {options.gateway} within {options.timeout:g} s; is the gateway running?"


def _refuse(message: str, code: int) -> int:
    sys.stderr.write(f"watchfloor wall: {message}\n")
    return code
