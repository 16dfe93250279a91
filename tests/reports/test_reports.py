"""What failed is written down with what is needed, without secrets, and offered once at the next start."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from console import crash
from console.desk import Desk
from console.machine import mishap
from console.reports import present, store
from console.reports.panel import ReportsDialog
from console.words import Words
from tests.wall import floors

MakeDesk = Callable[..., Desk]
EN = Words("en")


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("WATCHFLOOR_DATA", str(tmp_path / "data"))
    store.forget_written()
    return tmp_path / "data"


def failed(words: str = "it broke") -> Exception:
    try:
        raise RuntimeError(words)
    except RuntimeError as error:
        return error


def test_a_report_says_what_is_needed_and_keeps_secrets_and_numbers_to_itself() -> None:
    path = store.write("panel-queues", failed("token=abcdef0123456789abcdef of 13812345678 at /x"), {"theme": "dark"})
    assert path is not None
    text = path.read_text(encoding="utf-8")
    for word in ("Watchfloor: ", "part: panel-queues", "Python: ", "PySide6: ", "system: ", "theme: dark"):
        assert word in text
    assert "test_reports.py" in text, "the traceback"
    assert "13812345678" not in text
    assert "abcdef0123456789" not in text


def test_the_same_failure_is_written_once_in_a_run_and_another_one_beside_it() -> None:
    error = failed()
    assert store.write("panel-queues", error) is not None
    assert store.write("panel-queues", error) is None
    assert store.write("panel-alarms", error) is not None
    assert {report.part for report in store.listed()} == {"panel-queues", "panel-alarms"}
    assert len({report.name for report in store.listed()}) == 2, "of the same second, too"


def test_a_report_is_offered_once_and_stays_to_be_read() -> None:
    store.write("desk", failed())
    assert [report.part for report in store.fresh()] == ["desk"]
    store.mark_offered()
    assert store.fresh() == []
    assert len(store.listed()) == 1


@pytest.mark.slow
def test_there_are_only_so_many_and_a_long_one_loses_its_middle() -> None:
    for number in range(store.MOST + 5):
        store.write_text("desk", f"report {number}")
    assert len(store.listed()) == store.MOST
    path = store.write_text("desk", "begin\n" + "word " * 40_000 + "\nend")
    assert path is not None
    text = path.read_text(encoding="utf-8")
    assert len(text) < store.LONGEST + 100
    assert text.startswith("begin")
    assert text.endswith("end")


def test_what_the_interpreter_wrote_when_it_was_killed_becomes_a_report(own_folder: Path) -> None:
    file = own_folder / "logs" / "desk-faults.txt"
    store.take_faults(file)
    assert store.listed() == []
    file.parent.mkdir(parents=True)
    with file.open("a", encoding="utf-8") as opened:
        opened.write("Fatal Python error: Segmentation fault\n\nCurrent thread 0x1:\n  File desk.py, line 7 in show\n")
        opened.flush()
        store.take_faults(file)
        (report,) = store.fresh()
        assert report.part == "desk-killed"
        assert "Segmentation fault" in store.text_of(report.name)
        opened.write("again")
        opened.flush()
    assert file.read_text() == "again", "the file goes on at its new beginning"


def test_errors_that_nobody_caught_are_written_down_wherever_they_happen(caplog: pytest.LogCaptureFixture) -> None:
    crash.catch_all()
    try:
        error = failed("in the window")
        sys.excepthook(type(error), error, error.__traceback__)
        thread = threading.Thread(target=lambda: 1 / 0, name="other")
        thread.start()
        thread.join()
    finally:
        crash.let_go()
    texts = [store.text_of(report.name) for report in store.listed()]
    assert len(texts) == 2
    assert any("in the window" in text for text in texts)
    assert any("ZeroDivisionError" in text for text in texts)


def test_a_command_that_failed_is_listed_with_the_others() -> None:
    mishap.report("console", failed())
    assert [report.part for report in store.listed()] == ["console"]


@pytest.mark.logs("could not be written")
def test_where_nothing_can_be_written_nothing_fails_once_more(own_folder: Path) -> None:
    own_folder.write_text("a file where the folder should be")
    assert store.write("desk", failed()) is None
    assert store.listed() == []
    assert store.fresh() == []
    store.mark_offered()


@pytest.mark.parametrize("name", ["../../desk.json", "a.txt", ".seen", "", "20260101T000000Z-x.txt/../../y"])
def test_nothing_but_reports_is_read_or_deleted(own_folder: Path, name: str) -> None:
    own_folder.mkdir()
    (own_folder / "desk.json").write_text("precious")
    assert store.text_of(name) == ""
    assert not store.delete(name)
    assert (own_folder / "desk.json").exists()


def test_files_that_are_no_reports_are_left_alone(own_folder: Path) -> None:
    (own_folder / "crashes").mkdir(parents=True)
    (own_folder / "crashes" / "notes.txt").write_text("mine")
    assert store.listed() == []


# The panel that fails


@pytest.mark.logs("the panel queues failed")
def test_a_panel_that_fails_writes_a_report_once_however_often_it_fails(
    make_desk: MakeDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = make_desk("--lang", "en")
    with monkeypatch.context() as broken:
        broken.setattr(desk.queues, "present", lambda _: 1 / 0)
        for _ in range(3):
            desk.window.look_at(floors.sight())
        assert "crash report" in desk.queues.trouble.text()
    (report,) = store.listed()
    text = store.text_of(report.name)
    assert report.part == "panel-queues"
    for word in ("ZeroDivisionError", "theme: light", "link: live", "stale: False", "entities: "):
        assert word in text
    desk.window.look_at(floors.sight())
    assert not desk.queues.trouble.isVisible()


# The dialog


@pytest.fixture
def dialog(make_desk: MakeDesk) -> Iterator[Callable[[], ReportsDialog]]:
    desk = make_desk("--lang", "en")
    made: list[ReportsDialog] = []

    def opened() -> ReportsDialog:
        made.append(ReportsDialog(desk.window, desk.window.words))
        made[-1].open()
        return made[-1]

    yield opened
    for one in made:
        one.close()


def test_reports_can_be_read_copied_and_deleted(dialog: Callable[[], ReportsDialog], qapp: QApplication) -> None:
    for number in range(3):
        store.write_text("panel-queues", f"report {number}")
    page = dialog()
    assert page.list.count() == 3
    assert "Queues" in page.list.item(0).text()
    page.list.setCurrentRow(1)
    page.copy.click()
    assert QGuiApplication.clipboard().text() == page.text.toPlainText() == store.text_of(page.chosen)
    gone = page.chosen
    page.delete.click()
    assert gone not in [report.name for report in store.listed()]
    assert page.list.count() == 2
    page.delete_all.click()
    assert store.listed() == []
    assert page.text.toPlainText() == "There are no crash reports"
    assert not page.delete.isEnabled()


def test_a_part_without_a_name_is_called_by_its_word() -> None:
    assert present.part_name("panel-queues", EN) == "Queues"
    assert present.part_name("panel-moon", EN) == "panel-moon"
    assert present.part_name("desk-killed", Words("zh_CN")) == "督导台被系统终止"
