"""The head of the wall in words: names, date, modes, and the one banner that tells how old the values are."""

from __future__ import annotations

from console.phrases.freshness import badges, banner_text, proof_text
from console.phrases.times import date_text
from console.sight import Sight
from console.wall.pages import Page
from console.words import Words
from widgets.texts import Badge, MastheadText

LONGEST = 16
"""Of what somebody asked for by a name that nothing has, so many letters are shown."""


def masthead(sight: Sight, page: Page, words: Words, *, no_screen: str = "", no_page: str = "") -> MastheadText:
    """What the head of the wall shows; nothing in it claims to be live when the floor is not.

    `no_screen` and `no_page` were asked for and are not there: who set the wall up reads its screen, and no log.
    """
    site = sight.site
    banner = banner_text(sight, words)
    return MastheadText(
        short=site.short if site is not None else "",
        name=words.name(site) if site is not None else "",
        page=page_title(page, words),
        date=date_text(site, sight.now, words, year=sight.replayed),
        proof=proof_text(sight, words) if banner is None else "",
        badges=(*badges(sight, words), *_missing(no_screen, no_page, words)),
        banner=banner,
    )


def _missing(screen: str, page: str, words: Words) -> tuple[Badge, ...]:
    """What is not there, the screen first: both would leave the page that is shown no room for its name."""
    name = screen or page
    shown = name if len(name) <= LONGEST else f"{name[: LONGEST - 1]}…"
    return (Badge(words("wall.no_screen" if screen else "wall.no_page", name=shown)),) if name else ()


def page_title(page: Page, words: Words) -> str:
    """The name of a page, with its part when it has several."""
    key = f"wall.{page.kind}"
    title = words.name(page) if page.zh or page.en else words(key) if words.has(key) else page.id
    return f"{title} {words('wall.part', part=page.part, parts=page.parts)}" if page.parts > 1 else title
