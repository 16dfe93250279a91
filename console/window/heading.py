"""The head of the desk in words: whose floor, which mode, how many alarms, how old the data, who looks."""

from __future__ import annotations

from collections import Counter

from console.phrases import freshness, trunks
from console.phrases.people import who_sits_here
from console.phrases.shifts import shift_texts
from console.phrases.times import clock_text, date_text, since_text
from console.phrases.troubles import reason_text, trouble_of
from console.sight import Sight
from console.words import Words
from feeds.entities import Priority
from widgets.desk_texts import TopBarText
from widgets.texts import Badge, BannerText
from widgets.tones import Tone


def top_bar(sight: Sight, words: Words) -> TopBarText:
    """What the head shows; nothing in it claims to be live when the floor is not."""
    site = sight.site
    counts = Counter(alarm.priority for alarm in sight.alarms())
    return TopBarText(
        short=site.short if site is not None else "Watchfloor",
        name=words.name(site) if site is not None else "",
        shift=shift_texts(site, sight.now, words),
        badges=_badges(sight, words),
        more="\n".join(filter(None, [freshness.books_text(sight, words), trunks.all_text(sight, words)])),
        alarms=_counted(counts) if site is not None else (),
        alarms_spoken=_spoken(counts, words) if site is not None else "",
        proof=freshness.proof_text(sight, words) if banner(sight, words) is None else "",
        clock=clock_text(site, sight.now),
        day=date_text(site, sight.now, words, year=True) if sight.replayed else "",
    )


def _counted(counts: Counter[Priority]) -> tuple[tuple[Tone, int], ...]:
    """The two that are looked for even where there are none; what is only for information where there is some."""
    both = ((Tone.CRITICAL, counts["critical"]), (Tone.WARN, counts["warn"]))
    return (*both, (Tone.INFO, counts["info"])) if counts["info"] else both


def _spoken(counts: Counter[Priority], words: Words) -> str:
    key = "desk.alarm_counts_info" if counts["info"] else "desk.alarm_counts"
    info = {"info": counts["info"]} if counts["info"] else {}
    return words(key, critical=counts["critical"], warn=counts["warn"], **info)


def _badges(sight: Sight, words: Words) -> tuple[Badge, ...]:
    """The mode of the floor; also of the real one, because somebody may have just come from a replay."""
    found = freshness.badges(sight, words)
    if not found and not sight.stale and any(source.mode == "live" for source in sight.sources.values()):
        found = (Badge(words("badge.live"), "", "feed"),)
    # No banner: that would hide the alarms and how fresh the data is, for as long as a disk is full.
    books = freshness.books_text(sight, words)
    return (*found, Badge(words("badge.books"), tone=Tone.WARN)) if books else found


def banner(sight: Sight, words: Words) -> BannerText | None:
    """The one banner about old data or a connection that cannot be made; None while all can be trusted."""
    link, reason = sight.link, reason_text(sight, words)
    trouble = trouble_of(link)
    advice = f"{words(f'trouble.{trouble}.detail')}  ·  {reason}" if trouble else reason
    if sight.site is None and trouble and (link.attempt or link.phase == "refused"):
        return BannerText(words(f"trouble.{trouble}"), advice, Tone.WARN)
    if sight.site is None and link.phase == "refused":
        return BannerText(words("trouble.other"), reason, Tone.WARN)
    if sight.site is not None and link.phase == "refused" and trouble:
        return BannerText(
            words(f"trouble.{trouble}"),
            f"{words('stale.values', time=since_text(sight.site, sight.held, sight.now))}  ·  {advice}",
            Tone.WARN,
        )
    return freshness.banner_text(sight, words)


def who(sight: Sight, words: Words) -> str:
    """Whose credential this desk has and in which role the gateway knows it, for the button of the menu."""
    nobody = "desk.nobody" if sight.link.counted is None else "desk.here"
    return who_sits_here(sight, words) or words(nobody)


def scope(sight: Sight, words: Words) -> str:
    """To which part of the floor that role is limited here, for the tooltip."""
    if sight.welcome is None:
        return ""
    limits, site = sight.welcome.scope, sight.site
    labels = [] if site is None else [*site.vendors, *site.teams, *site.queues]
    names = {label.id: words.name(label) for label in labels}
    limited = [names.get(one, one) for one in (*limits.vendors, *limits.teams, *limits.queues)]
    return words("desk.scope", names=", ".join(limited)) if limited else words("desk.scope_all")
