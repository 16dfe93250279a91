"""Who did something, as people call them: by the name that was given, by that of the credential, else by its id."""

from __future__ import annotations

from console.phrases.scopes import label_name
from console.sight import Sight
from console.words import Words
from feeds.entities import Alarm, Label, SiteInfo


def person_name(site: SiteInfo | None, by: str, words: Words, given: str = "") -> str:
    """Who gave an order with the credential `by`; `given` is what somebody wrote who shares it with others."""
    return given or label_name(site.people if site is not None else None, by, words)


def who_sits_here(sight: Sight, words: Words) -> str:
    """Whose credential this desk has, where the site says so, and in which role the gateway knows it."""
    welcome, site = sight.welcome, sight.site
    if welcome is None:
        return ""
    key = f"role.{welcome.role.replace('-', '_')}"
    role = words.name(Label(welcome.role, welcome.role_zh, welcome.role_en))
    role = role or (words(key) if words.has(key) else welcome.role)
    named = site is not None and any(one.id == welcome.by for one in site.people)
    return f"{person_name(site, welcome.by, words)} \u00b7 {role}" if named else role


def who_acknowledged(site: SiteInfo | None, alarm: Alarm, words: Words) -> str:
    """Who has taken note of an alarm; empty where nobody has."""
    return person_name(site, alarm.acknowledged_by, words, alarm.acknowledged_name)


def who_put_aside(site: SiteInfo | None, alarm: Alarm, words: Words) -> str:
    """Who shelved an alarm or took it out of service."""
    return person_name(site, alarm.suppressed_by, words, alarm.suppressed_name)


def who_brought_back(site: SiteInfo | None, alarm: Alarm, words: Words) -> str:
    """Who took an alarm off the shelf or returned it to service; empty where its time was over."""
    return person_name(site, alarm.brought_back_by, words, alarm.brought_back_name)


def who_did(site: SiteInfo | None, what: str, alarm: Alarm, words: Words) -> str:
    """Who did what happened to an alarm; empty where nobody did."""
    if what == "acknowledged":
        return who_acknowledged(site, alarm, words)
    if what in ("shelved", "out_of_service"):
        return who_put_aside(site, alarm, words)
    return who_brought_back(site, alarm, words) if what in ("unshelved", "in_service") else ""
