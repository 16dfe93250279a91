"""A user's own files: whole or as before, for nobody else where that is asked for, put aside where of no use."""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path

import msgspec
import pytest

from console.machine import own_files


def test_what_is_kept_can_be_read_by_a_person_and_leaves_nothing_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "deeper" / "kept.json"
    own_files.write(path, {"a": 1})
    assert path.read_bytes() == b'{\n  "a": 1\n}'
    assert [one.name for one in path.parent.iterdir()] == ["kept.json"]


def test_a_write_that_fails_leaves_the_file_as_it_was_and_the_next_one_works(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "kept.json"
    own_files.write(path, "before")
    with monkeypatch.context() as broken:
        broken.setattr(os, "fsync", lambda _: (_ for _ in ()).throw(OSError(28, "No space left on device")))
        with pytest.raises(OSError, match="No space"):
            own_files.write(path, "after")
    assert msgspec.json.decode(path.read_bytes()) == "before"
    own_files.write(path, "after")
    assert msgspec.json.decode(path.read_bytes()) == "after"


@pytest.mark.skipif(sys.platform == "win32", reason="not checked: rights of POSIX")
def test_a_secret_is_for_its_owner_alone_also_where_something_was_left_over(tmp_path: Path) -> None:
    path = tmp_path / "kept.json"
    (tmp_path / "kept.json.new").write_text("left over by a power cut", encoding="utf-8")
    own_files.write(path, {"token": "secret"}, 0o600)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.parametrize("content", [b"", b"{{{", b"\xff", b"[" * 5000, b'{"a": {}}'])
def test_what_cannot_be_used_is_put_aside_before_anything_is_written_over_it(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "kept.json"
    assert own_files.read(path, dict[str, str]) == (None, None)
    path.write_bytes(content)
    found, trouble = own_files.read(path, dict[str, str])
    assert found is None and trouble is not None
    assert (tmp_path / "kept.json.broken").read_bytes() == content
    own_files.write(path, {"a": "b"})
    assert own_files.read(path, dict[str, str]) == ({"a": "b"}, None)


def test_what_is_put_aside_is_kept_under_another_name(tmp_path: Path) -> None:
    path = tmp_path / "kept.json"
    path.write_bytes(b"{{{")
    own_files.put_aside(path)
    assert (tmp_path / "kept.json.broken").read_bytes() == b"{{{"
    assert not path.exists()
    own_files.put_aside(path)  # it is gone already
