"""What the command lines have in common that name a site, a file or a folder."""

from __future__ import annotations

import argparse
from pathlib import Path


def site_name(text: str) -> str:
    """A shipped site's name or a folder. Raises ArgumentTypeError where it is empty, as an unset variable makes it."""
    if not text.strip():
        raise argparse.ArgumentTypeError("the site's name is empty: name a site folder, or a shipped site such as demo")
    return text


def file_name(text: str) -> Path:
    """A file or folder. Raises ArgumentTypeError where it is empty: that would be the folder one happens to be in."""
    if not text.strip():
        raise argparse.ArgumentTypeError("the name is empty: name a file or folder")
    return Path(text)
