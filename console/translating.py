"""The words as translators edit them, in Qt Linguist, and as the program loads them: `python -m console.translating`.

`resources/i18n/<language>.ts` is the source: messages by id, sorted, with the English beside each. From it the tool
writes `<language>.json`, which is loaded in a millisecond and without Qt. With `--from-json` it goes the other way, for
words that were written there: what differs comes into the `.ts` files, and what is new is asked for.
"""

from __future__ import annotations

import argparse
import sys
import xml.etree.ElementTree as ElementTree
from collections.abc import Mapping
from pathlib import Path

import msgspec
from msgspec import Struct

from console.words import FOLDER, LANGUAGES

SOURCE = "en"
_HEAD = '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n<TS version="2.1" language="{}" sourcelanguage="en">\n'
_ESCAPES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&apos;"}


class Message(Struct, frozen=True):
    """A word of the catalogue in one language; `comment` tells a translator what it stands for."""

    id: str
    source: str
    text: str
    unfinished: bool = False
    comment: str = ""


Messages = dict[str, Message]


def read(path: Path) -> Messages:
    """The messages of a `.ts` file by id. Raises ValueError naming what is wrong with it."""
    try:
        tree = ElementTree.parse(path)
    except (OSError, ElementTree.ParseError) as trouble:
        raise ValueError(f"{path.name} cannot be read: {trouble}") from None
    found: Messages = {}
    for node in tree.iter("message"):
        id_, translation = node.get("id", ""), node.find("translation")
        if not id_ or id_ in found:
            raise ValueError(f"{path.name}: a message has {'the same id as another: ' + id_ if id_ else 'no id'}")
        kind = translation.get("type", "") if translation is not None else "unfinished"
        if kind in ("vanished", "obsolete"):
            continue
        text = (translation.text or "") if translation is not None else ""
        found[id_] = Message(
            id_, node.findtext("source") or "", text, kind == "unfinished", node.findtext("extracomment") or ""
        )
    return found


def written(language: str, messages: Mapping[str, Message]) -> str:
    """A `.ts` file as Linguist itself writes it, so that a change of one word is a change of one line."""
    lines = [_HEAD.format(language), "<context>\n    <name></name>\n"]
    for id_ in sorted(messages):
        one = messages[id_]
        kind = ' type="unfinished"' if one.unfinished else ""
        comment = f"        <extracomment>{escaped(one.comment)}</extracomment>\n" if one.comment else ""
        lines.append(
            f'    <message id="{escaped(id_)}">\n        <source>{escaped(one.source)}</source>\n{comment}'
            f"        <translation{kind}>{escaped(one.text)}</translation>\n    </message>\n"
        )
    return "".join([*lines, "</context>\n</TS>\n"])


def escaped(text: str) -> str:
    return "".join(_ESCAPES.get(character, character) for character in text)


def taken_over(language: str, before: Messages, own: Mapping[str, str], english: Mapping[str, str]) -> Messages:
    """The messages after words were written elsewhere: what is missing or has another English now is asked for.

    A word may be empty: English has no unit where Chinese counts calls.
    """
    made: Messages = {}
    for id_ in {**english, **own}:
        old, text = before.get(id_), own.get(id_, "")
        source = english.get(id_, text)
        same = old is not None and old.text == text
        other = same and old is not None and old.source != source and language != SOURCE
        unfinished = id_ not in own or other or (same and old is not None and old.unfinished)
        made[id_] = Message(id_, source, text, unfinished, old.comment if old is not None else "")
    return made


def loaded(path: Path) -> dict[str, str]:
    """The words that the program loads; none where there is no file yet."""
    return msgspec.json.decode(path.read_bytes(), type=dict[str, str]) if path.exists() else {}


def compiled(messages: Mapping[str, Message], before: Mapping[str, str]) -> bytes:
    """What the program loads: words stay where they stood, new ones come behind those next to them by name."""
    order = [id_ for id_ in before if id_ in messages]
    for id_ in sorted(set(messages) - set(order)):
        near = max((place for place, other in enumerate(order) if _kin(other) == _kin(id_)), default=len(order) - 1)
        order.insert(near + 1, id_)
    return msgspec.json.format(msgspec.json.encode({id_: messages[id_].text for id_ in order})) + b"\n"


def _kin(id_: str) -> str:
    return id_.partition(".")[0]


def from_json(folder: Path = FOLDER) -> list[str]:
    """Take the words that the program loads over into the `.ts` files; returns the ids that want a translator."""
    words = {language: loaded(folder / f"{language}.json") for language in LANGUAGES}
    wanting: list[str] = []
    for language in LANGUAGES:
        path = folder / f"{language}.ts"
        before = read(path) if path.exists() else {}
        messages = taken_over(language, before, words[language], words[SOURCE])
        path.write_text(written(language, messages), encoding="utf-8", newline="\n")
        wanting += [f"{language}: {one.id}" for one in messages.values() if one.unfinished]
    return wanting


def to_json(folder: Path = FOLDER) -> list[str]:
    """Write what the program loads from the `.ts` files; returns the ids that want a translator.

    A word without any text is left out; one that wants a second look is shown as it was.
    """
    wanting: list[str] = []
    for language in LANGUAGES:
        path = folder / f"{language}.json"
        messages = read(folder / f"{language}.ts")
        wanting += [f"{language}: {one.id}" for one in messages.values() if one.unfinished]
        known = {id_: one for id_, one in messages.items() if one.text or not one.unfinished}
        path.write_bytes(compiled(known, loaded(path)))
    return wanting


def main(arguments: list[str]) -> int:
    """Do what the command line says; 1 when words want a translator."""
    parser = argparse.ArgumentParser(prog="python -m console.translating", description=__doc__)
    parser.add_argument("--from-json", action="store_true", help="take over what was written into the .json files")
    given = parser.parse_args(arguments)
    try:
        wanting = from_json() if given.from_json else to_json()
    except ValueError as mistake:
        sys.stderr.write(f"{mistake}\n")
        return 2
    sys.stderr.write("".join(f"wants a translator: {one}\n" for one in wanting))
    return 1 if wanting else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
