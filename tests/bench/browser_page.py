"""A page in Chromium for the bench of the browser: pages served, Chromium started and asked.

Nothing here runs inside of what is measured: the pages come from this process, and what a page counted is asked for
before and after the time that counts.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
import threading
import time
import urllib.request
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import msgspec
from websockets.sync.client import ClientConnection, connect

HERE = Path(__file__).resolve().parent
PAGES = HERE / "browser"
FONTS = HERE.parent.parent / "resources" / "fonts"
CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "watchfloor"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")
FLAGS = (
    "--no-sandbox", "--test-type", "--no-first-run", "--no-default-browser-check", "--ozone-platform=x11",
    "--disable-gpu", "--disable-quic", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--disable-breakpad", "--disable-crash-reporter", "--disable-extensions",
    "--disable-features=Translate,SpareRendererForSitePerProcess", "--accept-lang=zh-CN", "--password-store=basic",
    "--window-position=0,0", "--force-device-scale-factor=1", "--remote-debugging-port=0",
)  # fmt: skip
"""Nothing that a page does not need, and no sandbox: with one, Chromium does not start for root."""
START_S = 30.0


def chromium() -> str:
    """Where Chromium is, empty where there is none."""
    return next((found for name in BROWSERS if (found := shutil.which(name))), "")


def perspective() -> Path | None:
    """The `node_modules` that hold Perspective: `WATCHFLOOR_PERSPECTIVE`, else the one in the cache folder."""
    modules = Path(os.environ.get("WATCHFLOOR_PERSPECTIVE") or CACHE / "perspective" / "node_modules")
    return modules if (modules / "@perspective-dev" / "viewer-datagrid").is_dir() else None


class _Handler(SimpleHTTPRequestHandler):
    """Serves the pages, the project's fonts and, where there are some, packages of others."""

    extensions_map = {**SimpleHTTPRequestHandler.extensions_map, ".wasm": "application/wasm"}  # noqa: RUF012

    def translate_path(self, path: str) -> str:
        first, _, rest = path.partition("?")[0].lstrip("/").partition("/")
        folder = {"fonts": FONTS, "npm": perspective()}.get(first)
        return str(PAGES / first if folder is None else folder / rest)

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing: the table is what is said."""


@contextlib.contextmanager
def pages() -> Iterator[str]:
    """The pages for as long as the block lasts: where they are."""
    with ThreadingHTTPServer(("127.0.0.1", 0), _Handler) as server:
        thread = threading.Thread(target=partial(server.serve_forever, poll_interval=0.1))
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()


class Page:
    """One page in a Chromium of its own."""

    def __init__(self, pid: int, socket: ClientConnection) -> None:
        self.pid, self._socket, self._asked = pid, socket, 0

    def evaluate(self, expression: str) -> Any:
        """What an expression is worth in the page."""
        self._asked += 1
        params = {"expression": expression, "returnByValue": True, "awaitPromise": True}
        asked = {"id": self._asked, "method": "Runtime.evaluate", "params": params}
        self._socket.send(msgspec.json.encode(asked).decode())
        while True:
            answer = msgspec.json.decode(self._socket.recv(timeout=START_S))
            if answer.get("id") == self._asked:
                if "exceptionDetails" in answer["result"]:
                    raise RuntimeError(f"{expression}: {answer['result']['exceptionDetails']}")
                return answer["result"]["result"].get("value")

    def until(self, expression: str) -> None:
        """Wait until an expression holds in the page."""
        end = time.monotonic() + START_S
        while not self.evaluate(expression):
            self.check()
            if time.monotonic() > end:
                raise RuntimeError(f"the page does not come so far that {expression}")
            time.sleep(0.1)

    def until_live(self) -> None:
        """Wait until the page has the floor."""
        self.until("typeof seen !== 'undefined' && seen.live")

    def check(self) -> None:
        """Raise what went wrong in the page, if anything did."""
        lost = "seen.closed || seen.gaps ? ['it lost the feed, or a frame of it'] : []"
        faults = self.evaluate(f"typeof seen === 'undefined' ? [] : [...seen.faults, ...({lost})]")
        if faults:
            raise RuntimeError(f"the page failed: {faults[0]}")


@contextlib.contextmanager
def page(url: str, display: str, width: int, height: int) -> Iterator[Page]:
    """A Chromium without a past that shows nothing but that page, in a window of that size."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        command = [chromium(), *FLAGS, f"--user-data-dir={profile}", f"--window-size={width},{height}", f"--app={url}"]
        process = subprocess.Popen(
            command, env={**os.environ, "DISPLAY": display}, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL, start_new_session=True,
        )  # fmt: skip
        try:
            with connect(_inspector(Path(profile), url), max_size=None) as socket:
                yield Page(process.pid, socket)
        finally:
            os.killpg(process.pid, signal.SIGTERM)
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait(10)


def _inspector(profile: Path, url: str) -> str:
    """Where a page can be asked."""
    end, told = time.monotonic() + START_S, profile / "DevToolsActivePort"
    while time.monotonic() < end:
        with contextlib.suppress(OSError, IndexError):
            port = told.read_text("ascii").splitlines()[0]
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/json", timeout=5) as answer:
                targets = msgspec.json.decode(answer.read())
            for target in targets:
                if target["type"] == "page" and target["url"] == url:
                    return str(target["webSocketDebuggerUrl"])
        time.sleep(0.1)
    raise RuntimeError(f"Chromium does not show {url}")
