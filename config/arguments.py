"""What the command lines have in common that name a site."""

from __future__ import annotations

import argparse


def site_name(text: str) -> str:
    """A shipped site's name or a folder. Empty, as an unset variable makes it, argparse tells what it wants instead."""
    if not text.strip():
        raise argparse.ArgumentTypeError("the site's name is empty: name a site folder, or a shipped site such as demo")
    return text
