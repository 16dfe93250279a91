"""What people call the reason of a pause, and which reason they mean; facts and orders know one word for each."""

from __future__ import annotations

from console.words import Words
from feeds.entities import SiteInfo


def reason_name(site: SiteInfo | None, reason: str, words: Words) -> str:
    """A reason in the desk's language; as it came where the site has no name for it."""
    if not reason or site is None:
        return reason
    folded = reason.casefold()
    found = next((one for one in site.reasons if one.id.casefold() == folded), None)
    return (words.name(found) if found is not None else "") or reason


def beside(state: str, reason: str) -> str:
    """A state with its reason, which is left away where it says the same."""
    return f"{state} · {reason}" if reason and reason.casefold() != state.casefold() else state


def reason_meant(site: SiteInfo | None, text: str, words: Words) -> str:
    """The reason of somebody who wrote or chose that text: a reason itself, a name of one, else the text as it is.

    The site's own word wins over names, and names in the desk's language over the others.
    """
    folded, labels = text.strip().casefold(), site.reasons if site is not None else []
    own = {one.id.casefold(): one.id for one in reversed(labels)}
    here = {words.name(one).casefold(): one.id for one in reversed(labels)}
    there = {name.casefold(): one.id for one in reversed(labels) for name in (one.zh, one.en)}
    found = next((known[folded] for known in (own, here, there) if folded and folded in known), "")
    return found or text.strip()
