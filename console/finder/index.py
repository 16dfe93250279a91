"""What can be found on the floor now, an entry for each seat, agent, queue, call, alarm and command; made in steps."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from console.finder.matching import Entry, entry
from console.phrases.alarms import alarm_place
from console.phrases.figures import figure_name
from console.phrases.states import agent_name, masked, seat_number
from console.sight import Sight
from console.words import Words
from feeds.entities import AgentDay, Alarm, Call, Label

ALARM, QUEUE, COMMAND, SEAT, AGENT, CALL = "alarm", "queue", "command", "seat", "agent", "call"
WEIGHTS = {ALARM: 0, QUEUE: 1, SEAT: 2, AGENT: 3, COMMAND: 4, CALL: 6}
"""Of things that fit equally well, what there are few of stands before what there are many of."""


class Command(Struct, frozen=True):
    """An action of the desk as the finder knows it; `known` are other words for it, `why` why it cannot be done now."""

    id: str
    title: str
    group: str = ""
    keys: str = ""
    why: str = ""
    icon: str = ""
    known: tuple[str, ...] = ()


class Index:
    """The entries, kept from one time to the next: only what is new or got another name is made."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []
        self._kept: dict[str, tuple[object, Entry]] = {}
        self._met: dict[str, tuple[object, Entry]] = {}
        """Those that this look over the floor has come upon: the others are gone from it."""
        self._steps: Iterator[Entry] | None = None
        self.made = 0
        """How many entries were ever made: a measure for tests."""

    def begin(self, sight: Sight, commands: Sequence[Command], words: Words) -> None:
        """Look over the floor anew; :meth:`grow` does the work."""
        self.entries = []
        self._kept |= self._met  # a look that was not finished has made entries all the same
        self._met = {}
        self._steps = self._walk(sight, commands, words)

    def grow(self, seconds: float) -> bool:
        """Work for that long; True when all is known."""
        if self._steps is None:
            return True
        end, append = time.perf_counter() + seconds, self.entries.append
        for number, one in enumerate(self._steps):
            append(one)
            if number % 64 == 63 and time.perf_counter() > end:
                return False
        self._steps = None
        self._kept, self._met = self._met, {}
        return True

    def _walk(self, sight: Sight, commands: Sequence[Command], words: Words) -> Iterator[Entry]:
        language = words.language
        for command in commands:
            known = (command.title, command.known, command.keys)
            yield self._entry(f"command:{command.id}", COMMAND, known, command.title, (*command.known, command.keys))
        for alarm in sight.alarms():
            title = alarm_name(sight, alarm, words)
            yield self._entry(alarm.key, ALARM, (title, language), title, (alarm.scope.partition(":")[2],))
        names = _names(sight.site.queues if sight.site else ())
        for queue in list(sight.queues()):  # some things come and go between two steps
            number = queue.key.partition(":")[2]
            others = (number, queue.zh, queue.en, *names.get(number, ()))
            title = words.name(queue) or next(iter(names.get(number, ())), number)
            label = next((one for one in (sight.site.queues if sight.site else ()) if one.id == number), None)
            yield self._entry(queue.key, QUEUE, (others, language), words.name(label) if label else title, others)
        yield from self._seats(sight, words)
        yield from self._agents(sight, words)
        for call in list(sight.entities.of(Call)):
            title, number = masked(call.number) or call.call, "".join(filter(str.isdigit, masked(call.number)))
            others = (number, *names.get(call.queue, (call.queue,)))
            yield self._entry(call.key, CALL, (title, others), title, others)

    def _seats(self, sight: Sight, words: Words) -> Iterator[Entry]:
        site = sight.site
        teams = _names(site.teams if site else ())
        vendors = _names(site.vendors if site else ())
        kinds = _names(site.seat_types if site else ())
        for seat in list(sight.seats()):
            number = seat_number(seat)
            known = (
                number, number.lstrip("0"), seat.agent, seat.extension, seat.agent_zh, seat.agent_en,
                words("floor.seat", number=number), *teams.get(seat.team, ()), *vendors.get(seat.vendor, ()),
                *kinds.get(seat.seat_type or seat.area, ()),
            )  # fmt: skip
            title = agent_name(seat, words) or words("floor.seat", number=number)
            yield self._entry(seat.key, SEAT, (title, known), title, known)

    def _agents(self, sight: Sight, words: Words) -> Iterator[Entry]:
        """Those who sit nowhere; the others are found by their seat."""
        seated = {seat.agent for seat in sight.seats() if seat.agent}
        for day in list(sight.entities.of(AgentDay)):
            number = day.key.partition(":")[2]
            if number not in seated:
                known = (number, day.zh, day.en)
                yield self._entry(day.key, AGENT, (known, words.language), words.name(day) or number, known)

    def _entry(self, key: str, kind: str, identity: object, title: str, known: Iterable[str]) -> Entry:
        kept = self._kept.get(key)
        if kept is None or kept[0] != identity:
            kept = identity, entry(key, kind, title, known, WEIGHTS[kind])
            self.made += 1
        self._met[key] = kept
        return kept[1]

    @property
    def kept(self) -> int:
        """How many entries are held ready for the next time."""
        return len(self._kept)


def alarm_name(sight: Sight, alarm: Alarm, words: Words) -> str:
    """What an alarm is about, without its value, which runs."""
    what = words.name(alarm) if alarm.rule else figure_name(alarm.figure, words)
    return f"{alarm_place(sight, alarm, words)} · {what}"


def _names(labels: Iterable[Label]) -> dict[str, tuple[str, ...]]:
    return {label.id: (label.zh, label.en) for label in labels}

