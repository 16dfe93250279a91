"""A desk on a screen for the bench of the browser: `python -m tests.bench.desk_window URL MODE WIDTH HEIGHT`.

When the floor is there it prints how large its seat map or table is, as one line of JSON. For each line on its standard
input it prints the newest revision that arrived, and it ends when that is closed. It carries no gauges: what it costs
is looked at from outside, as for a page in a browser.
"""

from __future__ import annotations

import sys

import msgspec
from msgspec import Struct
from PySide6.QtCore import QSocketNotifier

from console import app
from console.command import parsed
from console.desk import Desk
from console.floor.keeping import FloorView
from feeds.entities import Seat
from tests.bench.desk_process import spin, until
from widgets.seats.field_geometry import GAP


class Room(Struct):
    """How large the seats' part of the window is, and how wide the card of a seat in its map, pixels."""

    width: int
    height: int
    card: int


def main(url: str, mode: str, width: int, height: int) -> None:
    """Run the desk and answer."""
    application = app.application()
    desk = Desk(parsed(["--gateway", url, "--token", "x", "--lang", "zh_CN"]))
    desk.window.resize(width, height)
    desk.floor.show_view(FloorView(mode="table" if mode == "table" else "map"))
    desk.start()
    until(lambda: desk.session.live.complete and not desk.session.live.stale)
    spin(1.0)
    field = desk.floor.field
    room = (desk.floor.table if mode == "table" else field).viewport().size()
    card = round(field.geometry_now.pitch[0] - GAP)
    _say(msgspec.json.encode(Room(room.width(), room.height(), card)).decode())

    def answer() -> None:
        if sys.stdin.readline():
            _say(str(max(seat.rev for seat in desk.session.live.entities.of(Seat))))
        else:
            application.quit()

    notifier = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read)
    notifier.activated.connect(answer)
    application.exec()
    notifier.setEnabled(False)
    desk.stop()


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4]))
