"""Pictures that a command makes: written whole or not at all, and waiting for one ends when somebody asks for that."""

from __future__ import annotations

import signal
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QEventLoop, QIODevice, QTimer
from PySide6.QtGui import QImage, QImageWriter

from config.replacing import written_beside
from console.machine.endings import ending_signals

LOOK_MS = 100


def write(image: QImage, file: Path) -> str:
    """Write a picture of the kind that the file's ending names. Returns why that cannot be, empty when it is there."""
    kinds = [bytes(kind.data()).decode() for kind in QImageWriter.supportedImageFormats()]
    kind = file.suffix.lower().removeprefix(".")
    if kind not in kinds:
        return f"{file} cannot be written: its name ends like no picture's; write it like {file.stem or 'picture'}.png"
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    if not QImageWriter(buffer, QByteArray(kind.encode())).write(image):
        return f"{file} cannot be written: there is no memory for a picture of this size"
    try:
        with written_beside(file) as place:
            place.write_bytes(content.data())
    except OSError as trouble:
        return f"{file} cannot be written: {trouble.strerror}"
    return ""


def run(loop: QEventLoop) -> None:
    """Run a loop until it is left, also by a signal to end, which Python would lose in whatever slot is running then.

    Raises what the signal's own handler raises, such as KeyboardInterrupt.
    """
    heard: list[int] = []
    own = {name: found for name in ending_signals() if callable(found := signal.getsignal(name))}
    for name in own:
        signal.signal(name, lambda number, _: heard.append(number))
    look = QTimer(loop)  # Python learns of a signal between two lines of its own
    look.timeout.connect(lambda: loop.quit() if heard else None)
    look.start(LOOK_MS)
    try:
        loop.exec()
    finally:
        look.stop()
        for name, handler in own.items():
            signal.signal(name, handler)
    for number in heard:
        own[signal.Signals(number)](number, None)
