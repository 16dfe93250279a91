"""Where the secret of the gateway's manager user comes from: the environment, else a file beside the site's YAML."""

from __future__ import annotations

import logging
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from config.asterisk import Asterisk
from config.mistakes import quoted
from config.reading import CREDENTIAL, regular, whole

log = logging.getLogger("config.asterisk_secret")

VARIABLE: Final = "WATCHFLOOR_ASTERISK_SECRET"
_READABLE_BY_OTHERS: Final = 0o004


class SecretError(Exception):
    """There is no usable secret; the message says both ways to give one, and never holds any of it."""


def asterisk_secret(site_folder: Path, settings: Asterisk, environment: Mapping[str, str] = os.environ) -> str:
    """The secret of the site's manager user. Raises SecretError."""
    given = environment.get(VARIABLE, "").strip()
    if given:
        return _one_line(given, f"the variable {VARIABLE}")
    file = site_folder / settings.secret_file
    try:
        # A byte order mark is what some editors begin a file with, and no part of a secret.
        text = _read(file).decode("utf-8-sig").strip()
    except FileNotFoundError:
        raise SecretError(
            f"no secret for Asterisk's manager user {quoted(settings.user)}: set {VARIABLE}, or write the secret into "
            f"the file {file}; {_how_to_make(file)}"
        ) from None
    except OSError as error:
        raise SecretError(f"cannot read {file}: {error.strerror or error}; or set {VARIABLE}") from None
    except UnicodeDecodeError:
        raise SecretError(
            f"{file} is not UTF-8 text: save it as plain text that holds the secret and no more"
        ) from None
    if not text:
        raise SecretError(f"{file} is empty: write the secret of {quoted(settings.user)} into it, or set {VARIABLE}")
    return _one_line(text, str(file))


def _read(file: Path) -> bytes:
    if os.name == "posix" and regular(file).st_mode & _READABLE_BY_OTHERS:
        log.warning("%s can be read by everybody on this machine: chmod 600 %s", file, file)
    return whole(file, CREDENTIAL)


def _how_to_make(file: Path) -> str:
    if os.name != "posix":
        return "let only the gateway's user read it"
    return f"`install -m 600 /dev/null {file}` makes it so that only you can read it"


def _one_line(text: str, where: str) -> str:
    if any(not sign.isprintable() for sign in text):
        raise SecretError(f"{where} holds more than one line or a control character: only the secret may stand there")
    return text
