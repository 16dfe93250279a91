"""Checks that a site's parts fit together: identifiers, and every word that names something defined elsewhere."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Final

from config.checking.inspection import Inspection, structs
from config.checking.vocabulary import NEVER_PAUSED, ORDERS, REASONED, RIGHTS, SCOPE_KINDS, SCOPE_NAMES, SEAT_STATES
from config.convert import Path
from config.figure_names import NOW_FIGURES, WATCHED_NOW, flaw_of_headline, flaw_of_scope, flaw_of_watching
from config.mistakes import did_you_mean, one_of, quoted
from config.schema import Threshold

_ID: Final = re.compile("[a-z0-9_-]{1,64}")
_LANGUAGE: Final = re.compile("[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*")
"""BCP 47, as far as it is told from a word of another kind."""

_MEMBERS: Final = {
    "seat_types.*.group": "groups",
    "queues.*.group": "groups",
    "queues.*.seat_type": "seat_types",
    "teams.*.vendor": "vendors",
    "teams.*.leader": "agents",
    "agents.*.team": "teams",
    "agents.*.seat_type": "seat_types",
    "agents.*.skills.*.queue": "queues",
    "seats.*.area": "seat_types",
    "tokens.*.role": "roles",
    "tokens.*.teams.*": "teams",
    "tokens.*.vendors.*": "vendors",
    "tokens.*.queues.*": "queues",
    "wall.pages.*.group": "groups",
    "simulation.demands.*.queue": "queues",
    "simulation.demands.*.secondary.*": "queues",
    "simulation.demands.*.overflow": "queues",
    "simulation.outbound.dispatch_queues.*": "queues",
    "simulation.outbound.dispatch_by.*": "seat_types",
    "simulation.outbound.return_visits_by.*": "seat_types",
    "simulation.scenarios.*.trunks.*": "trunks",
    "asterisk.queues.*.queue": "queues",
    "asterisk.wrap_ups.*.queue": "queues",
}
"""Where a word names a member of one of the site's lists."""

_BY_QUEUE: Final = (
    "simulation.scenarios.*.demand.*", "simulation.scenarios.*.measures.*.deflected.*",
    "simulation.scenarios.*.measures.*.talk.*",
)  # fmt: skip
"""Where a key is a queue's, or `*` for all others."""

_ONCE: Final = (
    ("agents.*.skills", "queue"), ("agents.*.languages", "code"), ("simulation.demands", "queue"),
    ("asterisk.queues", "asterisk"), ("asterisk.pauses", "reason"), ("asterisk.wrap_ups", "queue"),
)  # fmt: skip
"""Lists in which a word may stand once only."""


_Known = dict[str, Collection[str] | None]
"""The ids in each of the site's lists; None where one of them could not be read, so that no id is surely unknown."""


def check(inspection: Inspection) -> None:
    """Add a mistake for each identifier and reference that is wrong."""
    _identifiers(inspection)
    known = _known(inspection)
    for pattern, kind in _MEMBERS.items():
        for path, word in inspection.each(pattern):
            if word is not None and (word or inspection.is_written(path)):
                _member(inspection, path, word, kind, known)
    _only_once(inspection)
    _pauses(inspection)
    _leaders(inspection, known)
    _figures(inspection)
    _scopes(inspection, known)
    _words(inspection)
    for pattern in _BY_QUEUE:
        for path, _ in inspection.each(pattern):
            if path[-1] != "*":
                _member(inspection, path, str(path[-1]), "queues", known, key=True)


def is_id(text: str) -> bool:
    """Whether a text can be an identifier."""
    return _ID.fullmatch(text) is not None


def _known(inspection: Inspection) -> _Known:
    found: _Known = {}
    for kind in SCOPE_NAMES:
        members = getattr(inspection.site, kind)
        whole = not any(inspection.is_bad((kind, place, "id")) for place in range(len(members) or 1))
        found[kind] = {one.id: None for one in members}.keys() if whole else None
    return found


def _member(inspection: Inspection, path: Path, word: str, kind: str, known: _Known, *, key: bool = False) -> None:
    members = known[kind]
    if members is not None:
        inspection.unknown(path, word, members, SCOPE_NAMES[kind], key=key)


def _identifiers(inspection: Inspection) -> None:
    for pattern, what in (
        ("queues.*.number", "number"), ("seats.*.extension", "extension"), ("trunks.*.device", "device"),
    ):
        first: dict[str, Path] = {}
        for path, word in inspection.each(pattern):
            if word and first.setdefault(word, path) != path:
                message = f"the {what} {quoted(word)} is used twice, first in {inspection.where(first[word])}"
                inspection.say(path, message)
    seen: dict[Path, dict[str, Path]] = {}
    for path, one in structs(inspection.site):
        name = getattr(one, "id", None)
        if not isinstance(name, str):
            continue
        place: Path = (*path, "id")
        if not is_id(name):
            inspection.say(place, f"the id {quoted(name)} is not made of a-z, 0-9, _ and - (at most 64)")
            continue
        earlier = seen.setdefault(path[:-1], {})
        if name in earlier:
            inspection.say(place, f"the id {quoted(name)} is used twice, first in {inspection.where(earlier[name])}")
        else:
            earlier[name] = place


def _only_once(inspection: Inspection) -> None:
    for pattern, attribute in _ONCE:
        for path, members in inspection.each(pattern):
            seen: set[str] = set()
            for place, member in enumerate(members):
                word = getattr(member, attribute)
                if word in seen:
                    inspection.say((*path, place, attribute), f"{quoted(word)} is given twice in this list")
                seen.add(word)


def _pauses(inspection: Inspection) -> None:
    """A reason has one line, in `pauses` or in `asterisk.pauses`, however its letters are written."""
    first: dict[str, Path] = {}
    for path, word in inspection.each("asterisk.pauses.*.reason"):
        first.setdefault(word.casefold(), path)
    for path, one in inspection.each("pauses.*"):
        place: Path = (*path, "reason")
        if inspection.is_bad(place):
            continue
        earlier = first.setdefault(one.reason.casefold(), place)
        if earlier != place:
            inspection.say(place, f"{quoted(one.reason)} has a line already in {inspection.where(earlier)}")
        elif not one.state and one.name is None:
            inspection.say(path, f"says nothing about {quoted(one.reason)}: give a `name`, a `state` or both")


def _leaders(inspection: Inspection, known: _Known) -> None:
    teams = {agent.id: agent.team for agent in inspection.site.agents}
    for place, team in enumerate(inspection.site.teams):
        if team.leader in teams and teams[team.leader] != team.id and teams[team.leader] in (known["teams"] or ()):
            own = quoted(teams[team.leader])
            inspection.say(("teams", place, "leader"), f"{quoted(team.leader)} is not of this team but of {own}")


def _figures(inspection: Inspection) -> None:
    for pattern in ("thresholds", "wall.headlines", "alarms"):
        for path, one in inspection.each(pattern + ".*"):
            if pattern == "alarms" and not one.figure:
                continue
            if inspection.unknown((*path, "figure"), one.figure, inspection.figures, "figure"):
                continue
            if (one.figure in NOW_FIGURES) != (one.window == "now"):
                fits = "its window is `now`" if one.figure in NOW_FIGURES else "it needs a period, 5m to today"
                inspection.say((*path, "window"), f"{quoted(one.figure)} and {quoted(one.window)} do not fit: {fits}")
                continue
            flaw = (flaw_of_headline if pattern == "wall.headlines" else flaw_of_watching)(one.figure, one.window)
            if flaw:
                inspection.say((*path, "figure"), flaw)
    for path, one in inspection.each("thresholds.*"):
        _relative(inspection, (*path, "relative_to"), one)


def _relative(inspection: Inspection, path: Path, one: Threshold) -> None:
    word = one.relative_to
    if word is None or inspection.unknown(path, word, inspection.figures, "figure"):
        return
    if word not in WATCHED_NOW or word == one.figure:
        others = one_of(sorted(WATCHED_NOW - {one.figure}))
        inspection.say(path, f"limits are per cent of a figure of the moment, one of {others}, not of {quoted(word)}")


def _scopes(inspection: Inspection, known: _Known) -> None:
    seen: dict[tuple[str, str, str], Path] = {}
    found = [*inspection.each("thresholds.*.scopes.*"), *inspection.each("alarms.*.scopes.*")]
    for path, scope in found:
        kind, colon, member = scope.partition(":")
        if kind not in SCOPE_KINDS and not (kind == "site" and not colon):
            kinds = ("site", *SCOPE_KINDS)
            hint = did_you_mean(kind, kinds) or f" (known: {', '.join(kinds)})"
            inspection.say(path, f"there is no kind of scope {quoted(kind if kind != 'site' else scope)}{hint}")
            continue
        if colon:
            _member(inspection, path, member, SCOPE_KINDS[kind], known)
        rule = getattr(inspection.site, str(path[0]))[int(path[1])]
        flaw = flaw_of_scope(rule.figure, kind) if rule.figure in inspection.figures else ""
        if flaw:
            inspection.say(path, flaw)
        if path[0] == "alarms":
            continue
        one = inspection.site.thresholds[int(path[1])]
        same = (one.figure, one.window, scope)
        if same in seen:
            place = inspection.where(seen[same])
            inspection.say(path, f"{quoted(one.figure)} has limits for {quoted(scope)} already in {place}")
        seen.setdefault(same, path)


def _words(inspection: Inspection) -> None:
    for path, word in inspection.each("roles.*.rights.*"):
        inspection.unknown(path, word, RIGHTS, "right")
    for pattern in ("language", "queues.*.language", "agents.*.languages.*.code"):
        for path, word in inspection.each(pattern):
            if not _LANGUAGE.fullmatch(word) and (word or pattern != "queues.*.language"):
                inspection.say(path, f"{quoted(word)} is not a language's code such as zh, yue or zh-CN")
    for path, word in inspection.each("orders.reason_for.*"):
        inspection.unknown(path, word, ORDERS, "order")
        if word in ORDERS and word not in REASONED:
            inspection.say(path, f"{quoted(word)} is given at once: there is no dialog in which to ask for a reason")
    for pattern in ("seat_limits.*.state", "asterisk.pauses.*.state", "pauses.*.state", "alarms.*.state"):
        for path, word in inspection.each(pattern):
            if word or pattern in ("seat_limits.*.state", "asterisk.pauses.*.state"):
                known = not inspection.unknown(path, word, SEAT_STATES, "seat state")
                if known and word in NEVER_PAUSED and "pauses" in pattern:
                    paused = one_of([state for state in SEAT_STATES if state not in NEVER_PAUSED])
                    inspection.say(path, f"nobody who is paused is {quoted(word)}; take one of {paused}")
