"""What Qt itself says, in its dialogs and in the menus of its fields: in the language of the desk."""

from __future__ import annotations

import logging

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from console.machine.system_libraries import part_of_qt

log = logging.getLogger("console.words")

_spoken: list[tuple[str, QTranslator | None]] = []


def speak(language: str) -> bool:
    """Have Qt speak that language from now on; tells whether Qt's own words of it are there. English needs none."""
    application = QCoreApplication.instance()
    if application is None:
        return False
    if _spoken and _spoken[0][0] == language:
        return True
    while _spoken:
        before = _spoken.pop()[1]
        if before is not None:
            application.removeTranslator(before)
    QLocale.setDefault(QLocale(language))
    translator: QTranslator | None = None
    found = True
    if language != "en":
        translator = QTranslator(application)
        places = [QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath), str(part_of_qt("translations") or "")]
        found = any(translator.load(f"qtbase_{language}", place) for place in places if place)
        if found:
            application.installTranslator(translator)
        else:
            log.warning("Qt's own words are not here in %s; its dialogs speak English", language)
    _spoken.append((language, translator))
    return found
