"""A certificate and its key are opened by `check` as by a gateway: what could not be served with is told before."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from config.check import main
from config.load import load
from tests.config.sites import SOUND, mistakes, write

CERTIFICATE = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"
KEY = "-----BEGIN PRIVATE KEY-----\nAAAA\n"
LOCKED = "-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----\n"
LOCKED_OF_OLD = "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-256-CBC,00\n\nAAAA\n"


def site(folder: Path, certificate: str = "c.pem", private_key: str = "k.pem") -> Path:
    names = f"certificate: {certificate}, private_key: {private_key}"
    return write(folder, {"site.yaml": SOUND.replace("frame_ms: 50", names)})


def told(folder: Path, capsys: pytest.CaptureFixture[str]) -> str:
    assert main([str(folder)]) == 1
    return capsys.readouterr().out


@pytest.mark.parametrize(
    ("certificate", "key", "why"),
    [
        ("hello", KEY, "`c.pem` holds no certificate as PEM"),
        (KEY, CERTIFICATE, "`c.pem` holds no certificate as PEM"),
        (CERTIFICATE, "hello", "`k.pem` holds no private key as PEM"),
        (CERTIFICATE, LOCKED, "`k.pem` has a pass phrase, which a gateway cannot ask for"),
        (CERTIFICATE, LOCKED_OF_OLD, "`k.pem` has a pass phrase, which a gateway cannot ask for"),
        (CERTIFICATE, KEY, "`c.pem` cannot be used with its key"),
    ],
)
def test_a_pair_that_no_gateway_could_use_is_a_mistake_at_the_line_that_names_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], certificate: str, key: str, why: str
) -> None:
    folder = site(tmp_path)
    (folder / "c.pem").write_text(certificate)
    (folder / "k.pem").write_text(key)
    said = told(folder, capsys)
    line = next(at for at, text in enumerate(SOUND.splitlines(), 1) if text.startswith("gateway:"))
    assert said.startswith(f"{folder / 'site.yaml'}:{line}:")
    assert why in said
    assert load(folder).gateway.certificate == "c.pem", "one that is just being renewed keeps no token from being read"


def test_a_certificate_that_was_pasted_and_a_name_that_is_none_are_mistakes_and_nothing_worse(tmp_path: Path) -> None:
    pasted = site(tmp_path / "a", '"' + CERTIFICATE.replace("\n", "\\n") + "A" * 3000 + '"')
    (pasted / "k.pem").write_text(KEY)
    (found,) = mistakes(pasted)
    assert found.endswith("names a file; write what is here into one and its name here")
    for number, (name, why) in enumerate((("x" * 3000, "cannot be read"), ('"a\\0b"', "null"), (".", "is a folder"))):
        folder = site(tmp_path / str(number), name)
        (folder / "k.pem").write_text(KEY)
        (found,) = mistakes(folder)
        assert why in found


def test_a_pair_that_fits_is_none_and_the_key_of_another_one_is(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("not checked: TLS needs openssl to make a certificate")
    folder = site(tmp_path)
    for key, certificate in (("k.pem", "c.pem"), ("other.pem", "unused.pem")):
        subprocess.run(
            [openssl, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost",
             "-keyout", str(folder / key), "-out", str(folder / certificate)],
            check=True, capture_output=True,
        )  # fmt: skip
    assert main([str(folder)]) == 0
    assert "with TLS. No mistakes." in capsys.readouterr().out
    (folder / "other.pem").replace(folder / "k.pem")
    assert "`k.pem` is not the key of the certificate" in told(folder, capsys)
