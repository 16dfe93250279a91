"""Where the tests' Asterisk comes from: a Debian tree that was named, found or is made here, else the system's own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.asterisk.floor.locks import locked

TREE = "WATCHFLOOR_ASTERISK_TREE"
REQUIRE = "WATCHFLOOR_REQUIRE_ASTERISK"
_SUITE = "forky"
_SCRIPT = "sid"  # what debootstrap works by; older versions of it do not know the suite


class NoAsterisk(Exception):
    """Why there is no Asterisk to test with, and what to do about it."""


@dataclass(frozen=True)
class Program:
    """An Asterisk that can be started: the tree that it lies in, or None for the system's own."""

    tree: Path | None
    binary: str

    def command(self, *words: str) -> list[str]:
        """The command that runs it, whoever we are; the process that is started becomes Asterisk itself."""
        if self.tree is None:
            return [self.binary, *words]
        if os.geteuid():
            return ["unshare", "--map-root-user", "chroot", str(self.tree), self.binary, *words]
        return ["chroot", "--userspec=asterisk:asterisk", str(self.tree), self.binary, *words]

    @property
    def workspaces(self) -> Path:
        """The folder that floors may be put in, as we see it."""
        if self.tree is None:
            return Path(tempfile.gettempdir()) / f"watchfloor-asterisk-{os.geteuid()}"
        shared = self.tree / "srv/floor"
        return shared if shared.is_dir() else self.tree / "srv"

    def inside(self, path: Path) -> str:
        """A path as Asterisk sees it."""
        return str(path) if self.tree is None else f"/{path.relative_to(self.tree)}"

    def find(self, *patterns: str) -> str:
        """The first path that a pattern leads to, as Asterisk sees it."""
        root = self.tree or Path("/")
        for pattern in patterns:
            for path in sorted(root.glob(pattern)):
                return f"/{path.relative_to(root)}"
        raise NoAsterisk(f"the Asterisk in {root} is incomplete: nothing matches {' or '.join(patterns)}")

    def give(self, folder: Path) -> None:
        """Let Asterisk write in a folder of ours: in a tree it runs as a user of its own, when we are root."""
        if self.tree is None or os.geteuid():
            return
        rows = (line.split(":") for line in (self.tree / "etc/passwd").read_text("utf-8").splitlines())
        user, group = next((int(row[2]), int(row[3])) for row in rows if row[0] == "asterisk")
        for path in (folder, *folder.rglob("*")):
            os.chown(path, user, group)


def find_program() -> Program:
    """The Asterisk to test with; makes a tree when there is none and we may. Raises NoAsterisk with the reason."""
    if not sys.platform.startswith("linux"):
        raise NoAsterisk("Asterisk is tested on Linux only")
    named = os.environ.get(TREE)
    if named:
        return program_in(Path(named))
    tree = cached_tree()
    if tree.is_dir():
        return program_in(tree)
    own = shutil.which("asterisk")
    if own:
        return Program(None, own)
    return program_in(make_tree(tree))


def program_in(tree: Path) -> Program:
    """The Asterisk in a tree."""
    for place in ("usr/sbin/asterisk", "usr/bin/asterisk"):
        if (tree / place).exists():
            if os.geteuid() and not shutil.which("unshare"):
                raise NoAsterisk(f"only root can enter {tree} here: there is no program `unshare`")
            return Program(tree.resolve(), f"/{place}")
    raise NoAsterisk(f"there is no Asterisk in {tree} (see {TREE})")


def cached_tree() -> Path:
    """Where a tree is kept once it is made: outside the repository, because it is large and of no branch."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "watchfloor/asterisk-tree"


def make_tree(target: Path) -> Path:
    """Make a Debian tree with Asterisk in it: about 70 s and 340 MB, once; needs root and debootstrap.

    It is made under another name and then renamed, so that an interrupted one is never mistaken for a whole one, and
    under a lock, so that two workers of one test run do not both make it.
    """
    if os.geteuid():
        raise NoAsterisk("no Asterisk here: install one, or as root run `python -m tests.asterisk.floor tree`")
    if not shutil.which("debootstrap"):
        raise NoAsterisk("no Asterisk here, and no debootstrap to make a tree with one: install either of them")
    target.parent.mkdir(parents=True, exist_ok=True)
    with locked(target.with_name(f"{target.name}.lock")):
        if target.is_dir():
            return target
        unfinished = target.with_name(f"{target.name}.unfinished")
        shutil.rmtree(unfinished, ignore_errors=True)
        _run(["debootstrap", "--variant=minbase", "--include=asterisk", _SUITE, str(unfinished), _mirror(), _SCRIPT])
        for name in ("var/cache/apt", "var/lib/apt/lists"):
            shutil.rmtree(unfinished / name, ignore_errors=True)
        workspaces = unfinished / "srv/floor"
        workspaces.mkdir(parents=True)
        workspaces.chmod(0o1777)  # for users who are not root
        unfinished.rename(target)
    return target


def _mirror() -> str:
    """The mirror that this machine itself installs from."""
    said = _run(["apt-get", "indextargets", "--format", "$(REPO_URI)", "Created-By: Packages"])
    if not said.strip():
        raise NoAsterisk("no Asterisk here, and apt knows no mirror to make a tree from: run `apt-get update`")
    return said.split("\n", 1)[0].rstrip("/")


def _run(command: Sequence[str]) -> str:
    try:
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError) as error:
        said = getattr(error, "stdout", "") or ""
        last = "\n".join(said.splitlines()[-5:])
        raise NoAsterisk(f"no Asterisk here, and none could be made: {error}\n{last}") from error


