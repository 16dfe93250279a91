"""Which seats are looked at: by group, team, vendor, skill, language, state, overdue, a text; and what there is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import inf

from msgspec import Struct

from console.phrases.states import FOLDED, doubt_text, language_name, state_text
from console.sight import Sight
from console.words import Words
from feeds.entities import Label, Seat, SiteInfo
from widgets.desk_texts import Choice

OWN = "-"
"""The vendor of those who belong to the house."""


class Chosen(Struct, frozen=True):
    """What somebody wants to see; empty means all."""

    group: str = ""
    team: str = ""
    vendor: str = ""
    seat_type: str = ""
    state: str = ""
    skill: str = ""
    language: str = ""
    overdue: bool = False
    text: str = ""

    @property
    def everything(self) -> bool:
        return self == _EVERYTHING


_EVERYTHING = Chosen()


def wanted_of(seats: Iterable[Seat], sight: Sight, chosen: Chosen, words: Words) -> list[Seat]:
    """Those of the seats that are wanted, in their order.

    Each filter goes over what the ones before it have left: a call for each of ten thousand seats costs more than what
    is asked of it, so nothing here calls for a seat what can be known before.
    """
    found = list(seats)
    if group := chosen.group:
        groups = {kind.id: kind.parent for kind in sight.site.seat_types} if sight.site is not None else {}
        found = [seat for seat in found if (groups.get(seat.area) or seat.group) == group]
    if team := chosen.team:
        found = [seat for seat in found if seat.team == team]
    if vendor := chosen.vendor:
        found = [seat for seat in found if (seat.vendor or (OWN if seat.agent else "")) == vendor]
    if seat_type := chosen.seat_type:
        found = [seat for seat in found if (seat.seat_type or seat.area) == seat_type]
    if chosen.state:
        states = frozenset(_states_of(chosen.state))
        found = [seat for seat in found if seat.state in states]
    if skill := chosen.skill:
        found = [seat for seat in found if skill in seat.skills]
    if language := chosen.language:
        found = [seat for seat in found if language in seat.languages]
    if chosen.overdue:
        found = _overdue(found, sight)
    for part in chosen.text.casefold().split():
        found = _saying(part, found, sight.site, words)
    return found


def _overdue(seats: list[Seat], sight: Sight) -> list[Seat]:
    """Those whose state has lasted longer than one of its limits (console.phrases.states.tone_of)."""
    moments = {source: sight.moment(source) for source in {seat.source for seat in seats}}
    return [
        seat
        for seat in seats
        if (lasted := (moments[seat.source] - seat.since) / 1000)
        > (inf if seat.warn_after_s is None else seat.warn_after_s)
        or lasted > (inf if seat.critical_after_s is None else seat.critical_after_s)
    ]


def _states_of(key: str) -> tuple[str, ...]:
    return next((states for word, _, states in FOLDED if word == key), ())


def _saying(part: str, seats: list[Seat], site: SiteInfo | None, words: Words) -> list[Seat]:
    """Those of whom something that is known has that word, without spaces, in it: number, name or state."""
    states = {state for state in {seat.state for seat in seats} if part in words(f"state.{state}").casefold()}
    if part.upper() == part:  # numbers and Chinese: then ten thousand names need not be folded
        return [
            seat
            for seat in seats
            if seat.state in states
            or part in seat.agent_zh
            or part in seat.agent
            or part in seat.extension
            or part in seat.agent_en
            or part in seat.key[5:]
            or ((seat.reason or seat.doubt) and part in _excuse(site, seat, words))
        ]
    return [
        seat
        for seat in seats
        if seat.state in states
        or part in f"{seat.agent_zh} {seat.agent_en} {seat.agent} {seat.extension} {seat.key[5:]}".casefold()
        or ((seat.reason or seat.doubt) and part in _excuse(site, seat, words))
    ]


def _excuse(site: SiteInfo | None, seat: Seat, words: Words) -> str:
    """Why somebody is in that state, in our words and the PBX's, and what is doubted of it, without capitals."""
    return f"{state_text(site, seat, words)} {seat.reason} {doubt_text(seat, words)}".casefold()


def group_of(sight: Sight, seat: Seat) -> str:
    """The group of a seat's area; of an empty seat as well, whose agent's group nobody knows."""
    kinds = sight.site.seat_types if sight.site is not None else []
    return next((kind.parent for kind in kinds if kind.id == seat.area and kind.parent), seat.group)


def group_choices(sight: Sight, words: Words) -> tuple[Choice, ...]:
    """All groups of the site."""
    return _labelled(sight.site.groups if sight.site is not None else [], words, words("floor.all_groups"))


def team_choices(sight: Sight, words: Words) -> tuple[Choice, ...]:
    """All teams of the site."""
    return _labelled(sight.site.teams if sight.site is not None else [], words, words("floor.all_teams"))


def vendor_choices(sight: Sight, words: Words) -> tuple[Choice, ...]:
    """Own staff and all vendors."""
    vendors = sight.site.vendors if sight.site is not None else []
    first, *rest = _labelled(vendors, words, words("floor.all_vendors"))
    return (first, Choice(OWN, words("wall.own_staff")), *rest)


def skill_choices(sight: Sight, words: Words) -> tuple[Choice, ...]:
    """All queues of the site, which somebody may have the skill for."""
    return _labelled(sight.site.queues if sight.site is not None else [], words, words("floor.all_skills"))


def language_choices(seats: Iterable[Seat], words: Words) -> tuple[Choice, ...]:
    """The languages that anybody on the floor speaks now."""
    codes = {code for seat in seats for code in seat.languages}
    known = sorted((language_name(code, words), code) for code in codes)
    return (Choice("", words("floor.all_languages")), *(Choice(code, name) for name, code in known))


def state_choices(words: Words) -> tuple[Choice, ...]:
    """The states of the legend."""
    return (Choice("", words("floor.all_states")), *(Choice(key, words(key)) for key, _, _ in FOLDED))


def gone(chosen: Chosen, site: SiteInfo | None) -> dict[str, str]:
    """The choices of what the site does not have, emptied; none of them while there is no site."""
    if site is None or chosen.everything:
        return {}
    offered = {
        "group": site.groups, "team": site.teams, "vendor": site.vendors, "seat_type": site.seat_types,
        "skill": site.queues,
    }  # fmt: skip
    wanted = {kind: getattr(chosen, kind) for kind in offered}
    return {
        kind: ""
        for kind, key in wanted.items()
        if key not in ("", OWN) and all(label.id != key for label in offered[kind])
    }


def _labelled(labels: Sequence[Label], words: Words, all_: str) -> tuple[Choice, ...]:
    return (Choice("", all_), *(Choice(label.id, words.name(label)) for label in labels))
