"""Loads the faces of a folder by Qt and says as JSON what came of it; a program of its own, because Qt may abort."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from PySide6.QtGui import QFont, QFontDatabase, QGuiApplication, QRawFont


def probe(folder: Path) -> dict[str, list[str]]:
    """The files that load, those that do not, the families they hold, and the system's families for Arabic."""
    loaded: list[str] = []
    refused: list[str] = []
    families: set[str] = set()
    for path in sorted(folder.glob("*.otf")):
        number = QFontDatabase.addApplicationFont(str(path))
        held = QFontDatabase.applicationFontFamilies(number) if number >= 0 else []
        chinese = [name for name in held if QRawFont.fromFont(QFont(name)).supportsCharacter(ord("席"))]
        (loaded if chinese else refused).append(path.name)
        families.update(chinese)
    arabic = QFontDatabase.families(QFontDatabase.WritingSystem.Arabic)
    return {"loaded": loaded, "refused": refused, "families": sorted(families), "arabic": sorted(arabic)}


if __name__ == "__main__":
    application = QGuiApplication(sys.argv[:1])
    sys.stdout.write(json.dumps(probe(Path(sys.argv[1]))) + "\n")
