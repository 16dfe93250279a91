"""What a site's Asterisk lacks for the gateway, as findings; nothing here needs Qt, nor packages until it is asked."""

from __future__ import annotations

import asyncio
from pathlib import Path

from console.doctor.findings import Finding, State, good, lacking


def examine(site: Path) -> list[Finding]:
    """Everything there is to find about the Asterisk that the site names."""
    try:
        return _examine(site)
    except ImportError as error:
        return [lacking("Packages", f"{error.name or error} is not installed", "run `main.py doctor` first")]


def _examine(site: Path) -> list[Finding]:
    # The doctor itself must come where none of this is installed.
    from config.asterisk_secret import SecretError, asterisk_secret
    from config.load import SiteError, load

    try:
        loaded = load(site)
    except SiteError as error:
        more = f" (and {len(error.mistakes) - 1} more)" if len(error.mistakes) > 1 else ""
        return [lacking("Site", f"{error.mistakes[0]}{more}", f"python3 main.py check {site}")]
    settings = loaded.asterisk
    if settings is None:
        remedy = "write `asterisk: {host: …, user: …}` into the site; resources/asterisk/README.md has the rest"
        return [lacking("Site", f"{site} says nothing of an Asterisk", remedy)]
    found = [good("Site", f"{site}: {settings.user} at {settings.host}:{settings.port}")]
    try:
        secret = asterisk_secret(site, settings)
    except SecretError as error:
        said, _, remedy = str(error).partition(": ")
        return [*found, lacking("Secret", said, remedy)]

    async def ask() -> list[Finding]:
        from feeds.sources.asterisk.checking.inspection import check

        states = {"ok": State.GOOD, "warn": State.NOTE, "missing": State.LACKING}
        told = [one async for one in check(loaded, settings, secret)]
        return [Finding(one.name, states[one.state], one.text, one.remedy) for one in told]

    return found + asyncio.run(ask())
