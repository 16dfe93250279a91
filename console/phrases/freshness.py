"""How old what is shown is, whose it is, and the one banner over everything that cannot be trusted."""

from __future__ import annotations

from math import ceil

from console.phrases.times import since_text
from console.phrases.troubles import reason_text, trouble_of
from console.sight import Sight, SourceSight
from console.words import Words
from feeds.states import FASTEST
from widgets.elapsed import age_text, clock_text
from widgets.texts import Badge, BannerText
from widgets.tones import Tone


def proof_text(sight: Sight, words: Words) -> str:
    """How fresh the data is, and whether it is the real floor's."""
    if sight.stale:
        return ""
    modes = {source.mode for source in sight.sources.values()}
    age = age_text(sight.age)
    if _paused(sight):
        return words("live.paused", age=age)
    if "replay" in modes:
        return words("live.replay", age=age)
    return words("live.simulated" if "simulated" in modes else "live.fresh", age=age)


def badges(sight: Sight, words: Words) -> tuple[Badge, ...]:
    """What nobody may overlook: that the data is not the real floor's, and that its time stands still."""
    found = []
    for mode, icon in (("simulated", "simulator"), ("replay", "replay")):
        sources = [source for source in sight.sources.values() if source.mode == mode]
        if sources:
            found.append(Badge(words(f"badge.{mode}"), _pace_text(sight, sources, words), icon))
    if _paused(sight):
        found.append(Badge(words("badge.paused"), "", "pause"))
    return tuple(found)


def _pace_text(sight: Sight, sources: list[SourceSight], words: Words) -> str:
    """How fast its time goes, where that is not the usual; while a recording is moved it goes not at all."""
    if sight.seeking is not None:
        return words("badge.seeking", percent=int(sight.seeking * 100))
    speed = max(source.speed for source in sources)
    return "" if speed in (0, 1) else speed_text(speed, words)


def _paused(sight: Sight) -> bool:
    """Whether somebody has halted a floor's time."""
    return any(source.mode != "live" and source.speed == 0 for source in sight.sources.values())


def speed_text(speed: float, words: Words) -> str:
    """How fast a floor's time goes that is not the real one's."""
    if speed == 0:
        return words("badge.paused")
    return words("badge.fastest") if speed >= FASTEST else words("badge.speed", speed=f"{speed:g}")


def banner_text(sight: Sight, words: Words) -> BannerText | None:
    """The banner over everything old; None while all of it can be trusted."""
    if sight.site is None:
        return _waiting(sight, words)
    if sight.stale:
        return _interrupted(sight, words)
    lost = [source for source in sight.sources.values() if source.stale]
    return _source_lost(sight, lost, words) if lost else None


def books_text(sight: Sight, words: Words) -> str:
    """That a gateway whose floor is live cannot keep its books, and takes no orders meanwhile; empty while it can."""
    why = next((source.why for source in sight.sources.values() if source.why and not source.stale), "")
    return words("books.detail", why=why) if why and not sight.stale else ""


def _waiting(sight: Sight, words: Words) -> BannerText:
    if sight.link.phase == "refused":
        key = f"refused.{trouble_of(sight.link)}"
        return BannerText(words(key if words.has(key) else "refused.title"), "  ·  ".join(_refused(sight, words)))
    if sight.link.begun is not None:
        details = [reason_text(sight, words)]
    elif not sight.link.attempt:
        details = [words("empty.detail")]
    elif trouble_of(sight.link) == "address":
        return BannerText(words("empty.unreachable"), "  ·  ".join(_unreachable(sight, words)))
    else:
        details = [*_retry(sight, words), reason_text(sight, words)]
    return BannerText(words("empty.title"), "  ·  ".join(filter(None, details)), Tone.INFO)


def _unreachable(sight: Sight, words: Words) -> list[str]:
    """Which address, then what the system says of it, which may be long: that is what a narrow head cuts."""
    values = sight.link.values
    return [str(values.get("url", "")), *_retry(sight, words), str(values.get("why", ""))]


def _interrupted(sight: Sight, words: Words) -> BannerText:
    details = [words("stale.values", time=since_text(sight.site, sight.held, sight.now))]
    if sight.link.phase == "refused":
        details += _refused(sight, words) or [words("refused.title")]
    elif sight.link.begun is not None:
        details.append(reason_text(sight, words))
    elif sight.link.phase != "live":
        details += _retry(sight, words)
    elif _catching_up(sight):
        details.append(words("stale.catching_up"))
    elif sight.sources and all(source.stale for source in sight.sources.values()):
        details.append(_why(list(sight.sources.values()), words) or words("stale.source_down"))
    if words.language != "en":
        details.append(words("stale.word"))
    title = words("stale.behind" if _catching_up(sight) else "stale.title", age=clock_text(sight.age))
    return BannerText(title, "  ·  ".join(details))


def _refused(sight: Sight, words: Words) -> list[str]:
    """What to do, then why: a narrow head that says only one of them should say what to do."""
    key = f"refused.{trouble_of(sight.link)}.do"
    return [text for text in (words(key) if words.has(key) else "", reason_text(sight, words)) if text]


def _catching_up(sight: Sight) -> bool:
    """Whether the floor is old only because what is told of it comes late."""
    lost = [source for source in sight.sources.values() if source.stale]
    return sight.link.phase == "live" and bool(lost) and all(source.behind for source in lost)


def _retry(sight: Sight, words: Words) -> list[str]:
    link = sight.link
    if link.next_at is None or link.next_at <= sight.monotonic:
        return [words("stale.retrying", attempt=max(1, link.attempt))]
    seconds = ceil(link.next_at - sight.monotonic)
    return [words("stale.retry", seconds=seconds, attempt=max(1, link.attempt))]


def _source_lost(sight: Sight, lost: list[SourceSight], words: Words) -> BannerText:
    oldest = min(lost, key=lambda source: source.held)
    name = oldest.title or oldest.id
    title = words("stale.source", source=name, age=clock_text(oldest.age))
    details = [words("stale.values", time=since_text(sight.site, oldest.held, sight.now)), _why(lost, words)]
    if words.language != "en":
        details.append(words("stale.word"))
    return BannerText(title, "  ·  ".join(filter(None, details)), partly=True)


def _why(lost: list[SourceSight], words: Words) -> str:
    """What the gateway knows of why nothing comes: a full disk needs other hands than a telephone system."""
    found = next((source.why for source in lost if source.why), "")
    return words("stale.why", why=found) if found else ""
