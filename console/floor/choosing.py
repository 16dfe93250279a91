"""Which seats are looked at: by group, team, vendor, skill, language, state, overdue, a text; and what there is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from msgspec import Struct

from console.phrases.states import (
    FOLDED,
    doubt_text,
    language_name,
    seconds_of,
    state_text,
    tone_of,
)
from console.sight import Sight
from console.words import Words
from feeds.entities import Label, Seat, SiteInfo
from widgets.desk_texts import Choice
from widgets.tones import Tone

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


def fits(sight: Sight, seat: Seat, chosen: Chosen, words: Words) -> bool:
    """Whether a seat is among those that are wanted."""
    return judge(sight, chosen, words)(seat)


def judge(sight: Sight, chosen: Chosen, words: Words) -> Callable[[Seat], bool]:
    """What tells of a seat whether it is wanted; made once for ten thousand of them, it asks only what matters."""
    asked: list[Callable[[Seat], bool]] = []
    if chosen.group:
        groups = {kind.id: kind.parent for kind in sight.site.seat_types} if sight.site is not None else {}
        asked.append(lambda seat: (groups.get(seat.area) or seat.group) == chosen.group)
    if chosen.team:
        asked.append(lambda seat: seat.team == chosen.team)
    if chosen.vendor:
        asked.append(lambda seat: (seat.vendor or (OWN if seat.agent else "")) == chosen.vendor)
    if chosen.seat_type:
        asked.append(lambda seat: (seat.seat_type or seat.area) == chosen.seat_type)
    if chosen.state:
        states = frozenset(_states_of(chosen.state))
        asked.append(lambda seat: seat.state in states)
    if chosen.skill:
        asked.append(lambda seat: chosen.skill in seat.skills)
    if chosen.language:
        asked.append(lambda seat: chosen.language in seat.languages)
    if chosen.overdue:
        asked.append(lambda seat: tone_of(seat, seconds_of(sight, seat)) is not Tone.CALM)
    if chosen.text:
        asked.append(_says(sight.site, chosen.text, words))
    if len(asked) == 1:
        return asked[0]
    return lambda seat: all(ask(seat) for ask in asked)


def _states_of(key: str) -> tuple[str, ...]:
    return next((states for word, _, states in FOLDED if word == key), ())


def _says(site: SiteInfo | None, text: str, words: Words) -> Callable[[Seat], bool]:
    """Tells whether every word of the text is somewhere in what is known of a seat."""
    parts, states = text.casefold().split(), dict[str, str]()
    caseless = text.upper() == text.casefold()  # numbers and Chinese: then ten thousand seats need not be folded

    def says(seat: Seat) -> bool:
        if caseless:
            rest = [part for part in parts if not _is_named(seat, part)]
        else:
            known = f"{seat.key[5:]} {seat.extension} {seat.agent} {seat.agent_zh} {seat.agent_en}".casefold()
            rest = [part for part in parts if part not in known]
        if not rest:
            return True
        state = states.get(seat.state)
        if state is None:
            state = states[seat.state] = words(f"state.{seat.state}").casefold()
        if seat.reason or seat.doubt:
            state = f"{state} {state_text(site, seat, words)} {seat.reason} {doubt_text(seat, words)}".casefold()
        return all(map(state.__contains__, rest))

    return says


def _is_named(seat: Seat, part: str) -> bool:
    return (
        part in seat.agent_zh
        or part in seat.key[5:]
        or part in seat.agent
        or part in seat.extension
        or part in seat.agent_en
    )


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


def _labelled(labels: Sequence[Label], words: Words, all_: str) -> tuple[Choice, ...]:
    return (Choice("", all_), *(Choice(label.id, words.name(label)) for label in labels))
