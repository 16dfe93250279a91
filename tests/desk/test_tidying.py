"""Garbage is collected in the windows' thread and in no other, as long as a desk runs."""

from __future__ import annotations

import gc
import threading

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from console.machine.tidying import Tidying


class Cycle:
    """Something that only the collector can let go of, and that says in which thread that happened."""

    def __init__(self, told: list[str]) -> None:
        self.me = self
        self.told = told

    def __del__(self) -> None:
        self.told.append(threading.current_thread().name)


def make_many(told: list[str]) -> None:
    for _ in range(3000):
        Cycle(told)


@pytest.fixture
def tidying(qapp: QApplication) -> Tidying:
    gc.enable()
    return Tidying()


def test_another_thread_collects_nothing_and_the_windows_thread_all_of_it(tidying: Tidying) -> None:
    told: list[str] = []
    tidying.start()
    try:
        other = threading.Thread(target=make_many, args=(told,), name="feed")
        other.start()
        other.join()
        assert told == []
        assert tidying.tidy() >= 0
        assert set(told) == {threading.main_thread().name} and len(told) >= 2000
    finally:
        tidying.stop()


def test_python_collects_by_itself_again_when_the_desk_is_gone(tidying: Tidying) -> None:
    tidying.start()
    assert not gc.isenabled()
    tidying.stop()
    assert gc.isenabled()
    tidying.stop()
    assert gc.isenabled()


def test_nothing_is_collected_while_there_is_little(tidying: Tidying) -> None:
    tidying.start()
    try:
        gc.collect()
        assert tidying.tidy() == -1
    finally:
        tidying.stop()
    assert isinstance(tidying, QObject)
