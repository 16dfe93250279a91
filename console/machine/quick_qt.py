"""Loads PySide6 without doing anew what it does at every start: it compiles its own helpers and their patterns.

PySide6 carries the Python modules that describe its functions (shibokensupport) as source text inside a library, so
Python keeps no bytecode of them: whoever imports PySide6 compiles them, and builds regular expressions that only error
messages and stubs ever use. That is a third of the import. Here the bytecode is kept where Python keeps that of this
file, under the hash of the very text that is to be compiled, and a pattern is built when it is first used.
Whatever is not as expected is compiled as ever.
"""

from __future__ import annotations

import builtins
import importlib.util
import logging
import marshal
import os
import re
import sys
from collections.abc import Callable
from pathlib import Path
from types import CodeType
from typing import Any, Final

from feeds.hashes import blake2b

HELPERS: Final = "shibokensupport"
_USES: Final = frozenset({"findall", "finditer", "fullmatch", "match", "search", "split", "sub", "subn"})

UNDISTURBED_S: Final = 0.1
"""For how long no other thread may take the turn of one that sets PySide6 up: some times as long as that takes."""

log = logging.getLogger("console.machine.quick_qt")


def load() -> None:
    """Import PySide6, unless it is there already."""
    if "PySide6" in sys.modules:
        return
    helpers = Helpers(kept_file())
    compile_code, compile_pattern = builtins.compile, re.compile
    builtins.compile = helpers.compiling(compile_code)
    re.compile = _when_used(compile_pattern)
    pace = sys.getswitchinterval()
    try:
        # It walks through `sys.modules` and aborts the program where another thread imports something meanwhile, as the
        # feed's does. That one still gets its turn whenever this one waits for a file.
        sys.setswitchinterval(UNDISTURBED_S)
        import shiboken6  # noqa: F401

        sys.setswitchinterval(pace)
        import PySide6  # noqa: F401
    finally:
        sys.setswitchinterval(pace)
        builtins.compile, re.compile = compile_code, compile_pattern
    helpers.keep()


def kept_file() -> Path:
    """Where the bytecode is kept: beside that of this module, one file for each version of Python."""
    return Path(importlib.util.cache_from_source(str(Path(__file__).with_name(f"{HELPERS}.py"))))


class Helpers:
    """The bytecode of PySide6's helpers by file name, each with the hash of the text that it was compiled from."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._codes = _read(file)
        self._fresh = False

    def compiling(self, real: Callable[..., Any]) -> Callable[..., Any]:
        """A `compile` that looks here first when it is given the text of a helper."""

        def compile_or_find(source: object, filename: object, mode: str, *others: Any, **more: Any) -> Any:
            if (
                not (isinstance(source, bytes) and isinstance(filename, str) and filename.startswith(f"{HELPERS}/"))
                or mode != "exec"
                or others
                or more
            ):
                return real(source, filename, mode, *others, **more)
            mark = blake2b(source, digest_size=16).digest()
            known = self._codes.get(filename)
            if known is not None and known[0] == mark:
                return known[1]
            code = real(source, filename, mode)  # it inherits our future import, as it would that of PySide6's caller
            self._codes[filename] = mark, code
            self._fresh = True
            return code

        return compile_or_find

    def keep(self) -> None:
        """Write what was compiled, where Python may write bytecode at all."""
        if not self._fresh or sys.dont_write_bytecode:
            return
        body = marshal.dumps(self._codes)
        part = self._file.with_suffix(f".{os.getpid()}")
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            part.write_bytes(_mark(body) + body)
            part.replace(self._file)
        except OSError as trouble:
            log.debug("the bytecode of PySide6's helpers could not be kept: %s", trouble)


def _mark(body: bytes) -> bytes:
    return importlib.util.MAGIC_NUMBER + blake2b(body, digest_size=16).digest()


def _read(file: Path) -> dict[str, tuple[bytes, CodeType]]:
    """What is kept; nothing where the file is missing, damaged or another Python's."""
    try:
        kept = file.read_bytes()
    except OSError:
        return {}
    size = len(_mark(b""))
    mark, body = kept[:size], kept[size:]
    return dict(marshal.loads(body)) if mark == _mark(body) else {}


def _when_used(real: Callable[..., re.Pattern[Any]]) -> Callable[..., Any]:
    """A `re.compile` that puts off the patterns of PySide6's helpers."""

    def compile_or_put_off(*pattern: Any, **flags: Any) -> Any:
        caller = sys._getframe(1).f_globals.get("__name__", "")
        if not caller.startswith(HELPERS):
            return real(*pattern, **flags)
        return PatternLater(lambda: real(*pattern, **flags))

    return compile_or_put_off


class PatternLater:
    """A regular expression that is built when it is first used."""

    def __init__(self, build: Callable[[], re.Pattern[Any]]) -> None:
        self._build = build
        self._built: re.Pattern[Any] | None = None

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):  # what classes ask of all their members
            raise AttributeError(name)
        if name in _USES and self._built is None:  # asking for the way to use it is not using it
            return lambda *given, **more: getattr(self._pattern(), name)(*given, **more)
        return getattr(self._pattern(), name)

    def _pattern(self) -> re.Pattern[Any]:
        if self._built is None:
            self._built = self._build()
        return self._built
