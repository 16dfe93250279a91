"""The ways by which calls come in, in words: which of them are down, and since when."""

from __future__ import annotations

from console.phrases.times import since_text
from console.sight import Sight
from console.words import Words
from feeds.entities import Trunk
from widgets.elapsed import clock_text
from widgets.tones import Tone, worst

_TONES = {"up": Tone.CALM, "down": Tone.CRITICAL, "unknown": Tone.WARN}


def trunk_name(sight: Sight, number: str, words: Words) -> str:
    """What people call a trunk; its id where the floor does not know it any more."""
    trunk = sight.entities.get(f"trunk:{number}")
    return words.name(trunk) if isinstance(trunk, Trunk) else number


def trouble_text(sight: Sight, words: Words) -> tuple[str, Tone]:
    """Those that are not up in one line, and how grave that is; empty while all are up or the site tells of none."""
    lost = [trunk for trunk in _trunks(sight) if trunk.state != "up"]
    if not lost:
        return "", Tone.CALM
    tone = worst(*(_TONES[trunk.state] for trunk in lost))
    if len(lost) == 1:
        return _line(sight, lost[0], words), tone
    down = [trunk for trunk in lost if trunk.state == "down"]
    named = down or lost
    names = words("floor.list").join(map(words.name, named))
    key = "trunks.several_down" if down else "trunks.several_unknown"
    return words(key, count=len(named), all=len(_trunks(sight)), names=names), tone


def all_text(sight: Sight, words: Words) -> str:
    """All of them, a line each, in words that do not change with each second; empty where the site tells of none."""
    lines = []
    for trunk in _trunks(sight):
        since = since_text(sight.site, trunk.since, sight.now)
        lines.append(words(f"trunks.{trunk.state}_since", name=words.name(trunk), time=since))
        lines += [words("trunks.said", word=trunk.text)] if trunk.text else []
    return "\n".join(lines)


def _trunks(sight: Sight) -> list[Trunk]:
    return sorted(sight.entities.of(Trunk), key=lambda trunk: trunk.key)


def _line(sight: Sight, trunk: Trunk, words: Words) -> str:
    lasts = max(0.0, (sight.moment(trunk.source) - trunk.since) / 1000)
    return words(f"trunks.{trunk.state}", name=words.name(trunk), time=clock_text(lasts))
