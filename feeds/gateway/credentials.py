"""Who may come in: the site's roles and tokens, read again whenever their files change."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import math
import time
from collections.abc import Collection
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from msgspec import Struct
from msgspec.structs import replace

from config.load import ended_tokens, files_of, load
from config.mistakes import SiteError
from config.schema import Role, Site, Token
from config.tokens import find_token
from feeds.said import said

log = logging.getLogger("feeds.gateway.credentials")

LOOK_S: Final = 0.5


class Pass(Struct, frozen=True):
    """A token with its role."""

    token: Token
    role: Role


class Credentials:
    """The site's tokens as they are now. `folder` is watched; without one nothing ever changes."""

    def __init__(self, site: Site, folder: Path | None = None) -> None:
        self._zone = ZoneInfo(site.zone)
        self._folder = folder
        self._served = _of_the_start(site)
        self._take(site)
        self._seen = self._stamps()

    def _take(self, site: Site) -> None:
        roles = {role.id: role for role in site.roles}
        self._passes = {token.id: Pass(token, roles[token.role]) for token in site.tokens if token.role in roles}

    def _revoke(self, names: Collection[str]) -> bool:
        """Let these tokens in no more; whether one of them could come in till now."""
        found = [self._passes[name] for name in names if name in self._passes]
        open_ones = [one for one in found if not one.token.revoked]
        self._passes.update({one.token.id: Pass(replace(one.token, revoked=True), one.role) for one in open_ones})
        return bool(open_ones)

    def find(self, text: str) -> Pass | None:
        """The pass that a presented token is, valid or not; None for an unknown one."""
        token = find_token(text, [one.token for one in self._passes.values()])
        return None if token is None else self._passes[token.id]

    def now(self, token_id: str) -> Pass | None:
        """The pass as it is configured now; None when it was removed."""
        return self._passes.get(token_id)

    def refusal(self, one: Pass) -> str | None:
        """Why a pass does not open the door any more, None if it does."""
        token = one.token
        if token.revoked:
            return said("hello.revoked", "the token {token} was revoked; ask for a new one", token=token.id)
        if token.expires is not None and time.time() >= self._end(token.expires):
            return said(
                "hello.expired", "the token {token} expired ({expires}); ask for a new one",
                token=token.id, expires=token.expires,
            )  # fmt: skip
        return None

    def _end(self, expires: str) -> float:
        """The moment at which a date (its end, in the site's zone) or a date with time is over; 0 if it is neither."""
        try:
            moment = datetime.fromisoformat(expires)
        except ValueError:
            log.warning("%r is not a date: the token counts as expired", expires)
            return 0.0
        if len(expires) <= len("2024-01-31"):
            if moment.date() == date.max:  # how people write "never"
                return math.inf
            moment += timedelta(days=1)
        return (moment if moment.tzinfo else moment.replace(tzinfo=self._zone)).timestamp()

    def _stamps(self) -> dict[str, tuple[int, int]]:
        if self._folder is None:
            return {}
        found = {}
        with contextlib.suppress(OSError):  # the folder is being replaced just now
            for file in files_of(self._folder):
                with contextlib.suppress(OSError):  # so is the file
                    about = file.stat()
                    found[file.name] = (about.st_mtime_ns, about.st_size)
        return found

    async def changed(self) -> None:
        """Return when the files say something else than before and it was read.

        Of a site with mistakes nothing is taken but which tokens are revoked or gone.
        """
        while True:
            await asyncio.sleep(LOOK_S)
            stamps = self._stamps()
            if stamps == self._seen or self._folder is None:
                continue
            self._seen = stamps
            try:
                site = await asyncio.to_thread(load, self._folder)
            except SiteError as error:
                ended = await asyncio.to_thread(ended_tokens, self._folder, list(self._passes))
                log.warning(
                    "the site's files changed, but hold mistakes; tokens stay as they were%s: %s",
                    f", but for those that are revoked or gone ({', '.join(sorted(ended))})" if ended else "", error,
                )  # fmt: skip
                if self._revoke(ended):
                    return
                continue
            self._take(site)
            # A replay may be of another site, of which these files say nothing.
            waits = site.id == self._served.id and _of_the_start(site) != self._served
            more = "; what else was edited counts from the next start of the gateway on" if waits else ""
            log.info("tokens read again: %d%s", len(self._passes), more)
            return


def _of_the_start(site: Site) -> Site:
    """What of a site a gateway takes when it starts, and not before its next start."""
    return replace(site, roles=(), tokens=(), layout=None)
