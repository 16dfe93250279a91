"""The catalogue of Qt Linguist and what the program loads: the same words, in both languages, none unfinished."""

from __future__ import annotations

import re
import shutil
import string
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest
from PySide6.QtCore import QTranslator
from PySide6.QtWidgets import QApplication

from console import translating
from console.translating import Message, compiled, from_json, loaded, read, to_json, written
from console.words import FOLDER, LANGUAGES, catalogue

AFTER_A_MERGE = "run `python -m console.translating --from-json`, and look at what it asks for"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The words of the house in a folder in which they may be changed."""
    for file in FOLDER.iterdir():
        shutil.copy(file, tmp_path)
    return tmp_path


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_program_loads_exactly_what_the_translator_sees(language: str) -> None:
    messages = {id_: one.text for id_, one in read(FOLDER / f"{language}.ts").items()}
    assert messages == catalogue(language), AFTER_A_MERGE


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_message_is_unfinished_or_has_vanished(language: str) -> None:
    text = (FOLDER / f"{language}.ts").read_text("utf-8")
    assert re.findall(r'type="\w+"', text) == []
    assert [one.id for one in read(FOLDER / f"{language}.ts").values() if one.unfinished] == []


def test_both_languages_have_the_same_messages_beside_the_same_english() -> None:
    first, second = (read(FOLDER / f"{language}.ts") for language in LANGUAGES)
    assert {id_: one.source for id_, one in first.items()} == {id_: one.source for id_, one in second.items()}
    assert all(one.text == one.source for one in read(FOLDER / "en.ts").values())


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_every_language_fills_in_the_same_values() -> None:
    other = read(FOLDER / "zh_CN.ts")
    english = read(FOLDER / "en.ts").values()
    assert [one.id for one in english if placeholders(one.text) != placeholders(other[one.id].text)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_file_is_sorted_and_as_linguist_writes_it(language: str) -> None:
    path = FOLDER / f"{language}.ts"
    assert path.read_text("utf-8") == written(language, read(path)), AFTER_A_MERGE
    ids = [node.get("id") for node in ElementTree.parse(path).iter("message")]
    assert ids == sorted(ids, key=str)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_word_is_written_twice_where_the_program_loads_it(language: str) -> None:
    keys = re.findall(r'^  "([^"]+)":', (FOLDER / f"{language}.json").read_text("utf-8"), re.MULTILINE)
    assert sorted(set(keys)) == sorted(keys), AFTER_A_MERGE


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
def test_qts_own_tool_releases_the_catalogue_and_qt_finds_its_words(
    qapp: QApplication, language: str, tmp_path: Path
) -> None:
    tool = shutil.which("pyside6-lrelease", path=str(Path(sys.executable).parent))
    if tool is None:
        pytest.skip("not checked: pyside6-lrelease is not beside this Python")
    made = tmp_path / "words.qm"
    source = str(FOLDER / f"{language}.ts")
    done = subprocess.run(
        [tool, "-fail-on-unfinished", source, "-qm", str(made)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert f"{len(catalogue(language))} finished and 0 unfinished" in done.stdout
    translator = QTranslator()
    assert translator.load(str(made))
    for id_ in ("floor.title", "shortcuts.conflict", "alarms.text"):
        assert translator.translate("", id_) == catalogue(language)[id_]


def test_both_ways_lead_back_to_the_same_files(folder: Path) -> None:
    before = {file.name: file.read_bytes() for file in folder.iterdir()}
    assert to_json(folder) == []
    assert from_json(folder) == []
    assert {file.name: file.read_bytes() for file in folder.iterdir()} == before


def change(path: Path, before: str, after: str) -> None:
    text = path.read_text("utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), "utf-8")


def test_a_word_that_a_translator_changed_is_what_the_program_loads(folder: Path) -> None:
    change(folder / "zh_CN.ts", "<translation>座席详情</translation>", "<translation>座席一览</translation>")
    assert to_json(folder) == []
    assert "座席一览" in loaded(folder / "zh_CN.json").values()


def test_a_word_that_is_new_in_one_language_is_asked_for_in_the_other(folder: Path) -> None:
    change(folder / "en.json", '  "floor.title"', '  "floor.brand_new": "It\'s <new> & \\"quoted\\"",\n  "floor.title"')
    assert from_json(folder) == ["zh_CN: floor.brand_new"]
    asked = read(folder / "zh_CN.ts")["floor.brand_new"]
    assert asked == Message("floor.brand_new", 'It\'s <new> & "quoted"', "", unfinished=True)
    assert to_json(folder) == ["zh_CN: floor.brand_new"]
    assert "floor.brand_new" not in loaded(folder / "zh_CN.json"), "an empty word is not shown"


def test_a_word_whose_english_was_changed_wants_a_second_look(folder: Path) -> None:
    english = loaded(folder / "en.json")["floor.title"]
    change(folder / "en.json", f'"floor.title": "{english}"', '"floor.title": "All the seats"')
    assert from_json(folder) == ["zh_CN: floor.title"]
    assert from_json(folder) == ["zh_CN: floor.title"], "and still does, until somebody looked"


def test_a_word_that_nobody_uses_any_more_goes_in_both_files(folder: Path) -> None:
    for language in LANGUAGES:
        words = loaded(folder / f"{language}.json")
        del words["floor.title"]
        (folder / f"{language}.json").write_bytes(translating.msgspec.json.encode(words))
    assert from_json(folder) == []
    assert "floor.title" not in read(folder / "zh_CN.ts")


@pytest.mark.parametrize(
    "content",
    ["", "<TS", "<TS><context><message><translation>x</translation></message></context></TS>",
     '<TS><context><message id="a"/><message id="a"/></context></TS>'],
)  # fmt: skip
def test_a_broken_file_is_told_and_nothing_is_written(folder: Path, content: str) -> None:
    (folder / "zh_CN.ts").write_text(content, "utf-8")
    before = (folder / "zh_CN.json").read_bytes()
    with pytest.raises(ValueError, match=r"zh_CN\.ts"):
        to_json(folder)
    assert (folder / "zh_CN.json").read_bytes() == before


def test_new_words_come_beside_their_kin() -> None:
    messages = {id_: Message(id_, id_, id_) for id_ in ("a.one", "b.one", "b.two", "c.one")}
    made = compiled(messages, {"b.one": "", "a.one": "", "c.one": ""})
    assert re.findall(r'"([a-c]\.\w+)":', made.decode()) == ["b.one", "b.two", "a.one", "c.one"]
