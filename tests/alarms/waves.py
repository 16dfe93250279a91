"""The two sounds of alarms, made of sines alone: `python -m tests.alarms.waves` writes resources/sounds anew."""

from __future__ import annotations

import io
import math
import struct
import sys
import wave
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[2] / "resources" / "sounds"
RATE = 16_000
SOUNDS = {
    # (hertz, seconds) one after the other, 0 for silence.
    "critical": ((988, 0.13), (0, 0.07), (988, 0.13), (0, 0.07), (784, 0.13), (0, 0.07), (988, 0.13), (0, 0.05)),
    "warn": ((659, 0.22), (0, 0.12), (523, 0.3), (0, 0.05)),
}
LOUDNESS = 0.5
EDGE_S = 0.012
"""Tones rise and fall this softly, so that they do not click."""


def made(name: str) -> bytes:
    """A sound as a wav file: mono, 16 bit."""
    samples: list[int] = []
    for hertz, seconds in SOUNDS[name]:
        count = round(seconds * RATE)
        for place in range(count):
            edge = min(1.0, place / (EDGE_S * RATE), (count - 1 - place) / (EDGE_S * RATE))
            turn = 2 * math.pi * hertz * place / RATE
            tone = math.sin(turn) + 0.3 * math.sin(2 * turn) + 0.12 * math.sin(3 * turn)
            samples.append(round(32767 * LOUDNESS * edge * tone / 1.42) if hertz else 0)
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(struct.pack(f"<{len(samples)}h", *samples))
    return out.getvalue()


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for each in SOUNDS:
        (FOLDER / f"{each}.wav").write_bytes(made(each))
        sys.stdout.write(f"{each}.wav\n")
