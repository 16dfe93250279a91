"""A site folder is read without trusting what its files are: devices, pipes and a disk's worth of zeros are refused."""

from __future__ import annotations

import os
import sys
import tracemalloc
from pathlib import Path

import pytest

from config.asterisk import Asterisk
from config.asterisk_secret import SecretError, asterisk_secret
from config.reading import CERTIFICATES, CREDENTIAL, beginning, credential, whole
from console.arguments import certificate_of, token_of
from console.doctor import diagnostics
from feeds.gateway.control import _token, _trust
from tests.config.sites import SOUND, mistakes, write

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there are no such files")


def _odd(folder: Path, name: str, kind: str) -> Path:
    """A file that is none, or is far too large."""
    folder.mkdir(exist_ok=True)
    file = folder / name
    if kind == "device":
        file.symlink_to("/dev/zero")
    elif kind == "pipe":
        os.mkfifo(file)
    else:
        with file.open("wb") as opened:
            opened.truncate(1 << 30)
    return file


@pytest.mark.timeout(20)
@pytest.mark.parametrize(
    ("kind", "told"),
    [
        ("device", "x.yaml: cannot be read: it is a device, not an ordinary file"),
        ("pipe", "x.yaml: cannot be read: it is a pipe, not an ordinary file"),
        ("giant", "x.yaml: is longer than 16 MiB: this is not a site's configuration"),
    ],
)
def test_a_file_that_never_ends_is_refused_before_it_is_read(kind: str, told: str, tmp_path: Path) -> None:
    folder = write(tmp_path / "site", {"site.yaml": SOUND})
    _odd(folder, "x.yaml", kind)
    tracemalloc.start()
    try:
        assert mistakes(folder) == [told]
        assert tracemalloc.get_traced_memory()[1] < 64 * 1024 * 1024
    finally:
        tracemalloc.stop()


def test_a_link_to_an_ordinary_file_is_followed(tmp_path: Path) -> None:
    (tmp_path / "elsewhere.yaml").write_text(SOUND, encoding="utf-8")
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "site.yaml").symlink_to(tmp_path / "elsewhere.yaml")
    assert mistakes(tmp_path / "site") == []


def test_no_more_is_read_than_asked_for(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"0123456789")
    assert beginning(tmp_path / "file", 4) == b"0123"
    assert whole(tmp_path / "file", 10) == b"0123456789"
    with pytest.raises(OSError, match="it is longer than 9 bytes"):
        whole(tmp_path / "file", 9)
    with pytest.raises(OSError, match="it is a folder"):
        whole(tmp_path, 9)


@pytest.mark.timeout(20)
def test_a_secret_and_a_certificate_are_ordinary_files(tmp_path: Path) -> None:
    settings = Asterisk(secret_file="secret")
    for kind, why in (("device", "it is a device"), ("pipe", "it is a pipe"), ("giant", "it is longer than 4,096 ")):
        _odd(tmp_path / kind, "secret", kind)
        if kind == "giant":
            (tmp_path / kind / "secret").chmod(0o600)
        with pytest.raises(SecretError, match=f"cannot read .*secret: {why}"):
            asterisk_secret(tmp_path / kind, settings, {})
    for kind in ("device", "pipe", "giant"):
        with pytest.raises(ValueError, match="cannot be read: it is "):
            certificate_of(str(tmp_path / kind / "secret"), "wss://127.0.0.1:8765")
        with pytest.raises(ValueError, match="cannot be read: it is "):
            _trust(tmp_path / kind / "secret")
    for content in (b"no certificate", b""):
        (tmp_path / "none").write_bytes(content)
        with pytest.raises(ValueError, match="is none in PEM form"):
            _trust(tmp_path / "none")


def test_a_certificate_that_is_no_file_or_too_long_is_a_mistake_of_the_site(tmp_path: Path) -> None:
    text = SOUND.replace("frame_ms: 50", "certificate: wall.crt, private_key: wall.key")
    folder = write(tmp_path / "site", {"site.yaml": text})
    _odd(folder, "wall.crt", "giant")
    _odd(folder, "wall.key", "pipe")
    found = "\n".join(mistakes(folder))
    assert f"`wall.crt` is longer than {CERTIFICATES // 1024 // 1024} MiB" in found
    assert "`wall.key` cannot be read: it is a pipe, not an ordinary file" in found


@pytest.mark.timeout(20)
def test_a_token_may_come_through_a_pipe_and_never_without_end(tmp_path: Path) -> None:
    reading, writing = os.pipe()
    os.write(writing, b"a-token\n")
    os.close(writing)
    try:
        assert credential(Path(f"/dev/fd/{reading}")) == b"a-token\n"
    finally:
        os.close(reading)
    for kind in ("device", "giant"):
        file = _odd(tmp_path / kind, "token", kind)
        for read in (_token, lambda one: token_of("", one)):
            with pytest.raises(ValueError, match=f"cannot be read: it is longer than {CREDENTIAL:,} bytes"):
                read(file)


def test_a_token_that_is_no_text_is_refused_before_it_is_sent() -> None:
    with pytest.raises(ValueError, match="is no text in UTF-8"):
        token_of(os.fsdecode(b"demo-\xff"), None)
    assert token_of("令牌🎧", None) == "令牌🎧"


@pytest.mark.timeout(20)
def test_the_doctor_reads_no_more_of_a_site_than_a_site_is_long(tmp_path: Path) -> None:
    folder = write(tmp_path / "site", {"site.yaml": SOUND})
    _odd(folder, "x.yaml", "device")
    assert diagnostics.read_site(folder) is None
    _odd(folder, "y.yaml", "giant")
    assert [one["kilobytes"] for one in diagnostics.shape(folder)][1:] == [1024 * 1024]
