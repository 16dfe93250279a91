"""Whoever sits at a desk in a test: what they press, what they wait for, and how each of their orders ended."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from pytestqt.qtbot import QtBot

from console.desk import Desk
from feeds.entities import Order
from tests.desk.conftest import options

ROOT = Path(__file__).resolve().parents[2]
MAIN = ROOT / "main.py"
WAIT_MS = 60_000


@contextmanager
def product_gateway(folder: Path, *words: str, environment: Mapping[str, str] | None = None) -> Iterator[str]:
    """The product's own gateway with its data in a folder, until the block ends; gives its address."""
    more = ["--listen", "127.0.0.1:0", "--data", str(folder), "--until-input-ends"]
    with process_that_serves(folder, str(MAIN), "gateway", *words, *more, environment=environment) as url:
        yield url


@contextmanager
def process_that_serves(folder: Path, *words: str, environment: Mapping[str, str] | None = None) -> Iterator[str]:
    """Python with these words, which says its address last in its first line and ends with its input."""
    command = [sys.executable, *words]
    with (folder / "gateway.log").open("wb") as log:
        child = subprocess.Popen(
            command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log, text=True, env=environment
        )
    assert child.stdin is not None and child.stdout is not None
    try:
        yield child.stdout.readline().split()[-1]
    finally:
        child.stdin.close()
        child.wait(timeout=60)
        child.stdout.close()


@contextmanager
def on_shift(qtbot: QtBot, url: str, token: str) -> Iterator[Shift]:
    """A desk of usual size that follows a gateway and knows its floor."""
    desk = Desk(options("--lang", "en", url=url, token=token))
    desk.window.resize(1600, 1000)
    desk.start()
    try:
        qtbot.waitUntil(lambda: desk.session.live.complete and not desk.session.live.stale, timeout=WAIT_MS)
        yield Shift(desk, qtbot)
    finally:
        desk.stop()


class Shift:
    """Whoever sits at the desk, and what they have done."""

    def __init__(self, desk: Desk, qtbot: QtBot) -> None:
        self.desk, self.qtbot = desk, qtbot
        self.name = "supervisor"
        """Who acknowledged."""
        self.done: list[tuple[str, str]] = []
        """Orders and how they ended, as the audit must have them."""

    def until(self, condition: Callable[[], object]) -> None:
        self.qtbot.waitUntil(lambda: bool(condition()), timeout=WAIT_MS)

    def entities(self, kind: type) -> list:  # type: ignore[type-arg]
        return list(self.desk.session.live.entities.of(kind))

    def act(self, action: str, place: str, end: str = "done") -> Order:
        """Press what the desk offers under that name, and wait for the end."""
        before = self.desk.orders.latest(place)
        assert self.desk.hands.actions.run(action), f"{action} cannot be pressed"
        after = self.desk.orders.latest(place)
        assert after is not None and after is not before, f"{action} gave no order"
        return self.ends(after.key, end)

    def give(self, place: str, name: str, end: str = "done", **args: object) -> Order:
        """Give an order that belongs to a place."""
        return self.ends(self.desk.orders.give(place, name, dict(args)), end)

    def ends(self, key: str, end: str) -> Order:
        """The order of that key as the feed shows it once it has ended; the desk says the same and no more."""

        def given() -> object:
            found = self.desk.orders.of_key(key)
            return found if found is not None and found.ended else None

        self.until(given)
        found = self.desk.orders.of_key(key)
        assert found is not None

        def shown() -> Order | None:  # the answer may come before the last word about it in the feed
            order = self.desk.session.live.entities.get(f"order:{found.order}")
            return order if isinstance(order, Order) and order.state not in ("accepted", "running") else None

        self.until(shown)
        order = shown()
        assert order is not None
        assert (order.name, order.state, found.phase, order.by) == (found.name, end, end, "supervisor"), order.text
        self.done.append((order.name, end))
        return order


def verified(folder: Path) -> list[str]:
    """The audit as its command lists it, once its command has found the chain whole."""
    verify = subprocess.run(
        [sys.executable, str(MAIN), "audit", "verify", "--data", str(folder)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert verify.returncode == 0, verify.stdout + verify.stderr
    csv = folder / "orders.csv"
    listed = subprocess.run(
        [sys.executable, str(MAIN), "audit", "list", "--data", str(folder), "--csv", str(csv)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert listed.returncode == 0, listed.stderr
    return csv.read_text("utf-8-sig").splitlines()
