"""Turns orders into words: what a review shows, what became of each of many, and the list of all that were given."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final

from msgspec import Struct

from console.given import Given
from console.ordering.deeds import Deed
from console.ordering.quotas import sentence
from console.phrases.people import person_name
from console.phrases.reasons import reason_name
from console.phrases.said import worded
from console.phrases.scopes import label_name
from console.phrases.states import agent_name, seat_number
from console.phrases.times import since_text
from console.sight import Sight
from console.words import Words
from feeds.entities import Call, Notice, Seat
from feeds.requests import OrderResult
from widgets.desk_texts import Choice, LineText
from widgets.tones import Tone

OPEN: Final = ("asked", "running")
TONES: Final[Mapping[str, Tone]] = {"refused": Tone.WARN, "failed": Tone.CRITICAL, "unknown": Tone.WARN}
PHASES: Final = ("open", "done", "refused", "failed", "unknown", "undone")
COUNTED: Final = ("open", "done", "taken", "refused", "failed", "unknown", "undone")
"""As what orders are counted; see `_counted_as`."""


class ReviewText(Struct, frozen=True):
    """All that a review shows besides its lines."""

    title: str
    what: str = ""
    """What is given, where the title does not say it: the words of a notice, the reason of a pause."""
    effect: str = ""
    hits: str = ""
    quota: str = ""
    """Which of them find no place in their team's quota of breaks, with its numbers."""
    why: str = ""
    """Why it cannot be given at this moment."""
    give: str = ""
    can_give: bool = False
    undo: str = ""
    said: str = ""


def order_name(name: str, words: Words) -> str:
    """What people call an order; its own name where the desk has none for it."""
    return words(f"order.{name}") if words.has(f"order.{name}") else name


def title_of(deed: Deed, words: Words) -> str:
    """`Sign out 张敏`, `Pause · 12 targets`."""
    name = order_name(deed.name, words)
    if len(deed.targets) == 1:
        return words("ordering.one", name=name, target=deed.targets[0].label)
    return words("ordering.many", name=name, count=len(deed.targets))


# Review


def what_of(deed: Deed, sight: Sight, words: Words) -> str:
    """What is given beside the order's name; empty where the name says all."""
    args = deed.targets[0].args
    if deed.name == "notice.send":
        return words("ordering.says", text=args["text"])
    if deed.name != "seat.pause":
        return ""
    return words("ordering.because", reason=reason_name(sight.site, args["reason"], words))


def review_lines(
    deed: Deed, sight: Sight, answers: Mapping[str, OrderResult], results: Mapping[str, tuple[str, Tone]], words: Words
) -> tuple[LineText, ...]:
    """One line for each target: who, what would happen or why not, and what became of it once it was given."""
    found = []
    for target in deed.targets:
        answer = answers.get(target.place)
        effect = words("ordering.asking") if answer is None else said_of(answer, sight, words)
        result, tone = results.get(target.place, ("", Tone.CALM))
        refused = answer is not None and answer.state == "refused"
        if refused and not result:
            effect, tone = words("ordering.would_refuse", why=effect), Tone.WARN
        cells = (target.label, target.detail, effect, result)
        found.append(LineText(target.place, cells, tone=tone, faint=refused and not result))
    return tuple(found)


def said_of(answer: OrderResult, sight: Sight, words: Words) -> str:
    """What a rehearsal says, in the desk's words."""
    return worded(sight, answer.code, answer.values, answer.text, words)


def effects(answers: Sequence[OrderResult], sight: Sight, words: Words) -> str:
    """The effects of many in one sentence: each that occurs, with how often."""
    counts = Counter(said_of(answer, sight, words) for answer in answers if answer.state == "accepted")
    if len(counts) == 1:
        return next(iter(counts))
    return words("ordering.semicolon").join(
        words("ordering.times", count=count, effect=effect) for effect, count in counts.most_common()
    )


def hits(deed: Deed, answers: Sequence[OrderResult], sight: Sight, words: Words) -> str:
    """Whom else it hits besides the targets: calls in hand, agents behind calls, people who read."""
    own = {target.place for target in deed.targets}
    found = dict.fromkeys(key for answer in answers for key in answer.hits if key not in own)
    counted = Counter(hit_name(key, sight, words) for key in found)
    names = [
        name if count == 1 else words("ordering.several", name=name, count=count) for name, count in counted.items()
    ]
    more = sum(max(0, answer.hit_count - len(answer.hits)) for answer in answers)
    if not names:
        return ""
    shown = words("said.and").join(names[:12])
    rest = len(names) - 12 + more
    if rest > 0:
        shown = words("ordering.and_more", names=shown, count=rest)
    return words("ordering.readers" if deed.name == "notice.send" else "ordering.hits", names=shown)


def hit_name(key: str, sight: Sight, words: Words) -> str:
    """What people call something that an order reaches."""
    kind, _, number = key.partition(":")
    entity = sight.entities.get(key)
    if isinstance(entity, Seat):
        return f"{agent_name(entity, words) or words('floor.vacant')} {seat_number(entity)}"
    if kind == "call":
        call = entity if isinstance(entity, Call) else None
        if call is None:  # a seat knows the call, not the leg
            call = next((one for one in sight.entities.of(Call) if one.call == number and one.agent), None)
        if call is None:
            return words("ordering.a_call")
        queue = label_name(sight.site.queues if sight.site else None, call.queue, words)
        return words("ordering.call", queue=queue)
    return key


def review(
    deed: Deed, sight: Sight, answers: Mapping[str, OrderResult], *, given: bool, why: str, words: Words
) -> ReviewText:
    """The words of a review before (`given` false) and after its orders were given."""
    all_in = len(answers) == len(deed.targets)
    accepted = [answer for answer in answers.values() if answer.state == "accepted"]
    if not given and all_in and not accepted and not why:
        why = words("ordering.nobody")
    count = len(accepted) if all_in else len(deed.targets)
    name = order_name(deed.name, words)
    return ReviewText(
        title=title_of(deed, words),
        what=what_of(deed, sight, words),
        effect="" if given else effects(accepted, sight, words),
        hits="" if given else hits(deed, accepted, sight, words),
        quota="" if given or not all_in else sentence(deed, answers, sight, words),
        why=why,
        give=words("ordering.give_many", name=name, count=count) if len(deed.targets) > 1 else name,
        can_give=not given and all_in and bool(accepted) and not why,
    )


# Results


def result(given: Given, sight: Sight, words: Words) -> tuple[str, Tone]:
    """What is known of one order, without its name: a column of its own says that."""
    if given.phase in OPEN:
        key = "ordering.not_seen" if given.late else "ordering.waiting"
        return words(key), Tone.WARN if given.late else Tone.CALM
    said = "" if given.begun else worded(sight, given.code, given.values, given.text, words)
    state = words("ordering.taken" if given.deferred else f"ordering.{given.phase}")
    text = f"{state}{words('order.colon')}{said}" if said and given.phase != "undone" else state
    return text, TONES.get(given.phase, Tone.CALM)


def _counted_as(given: Given) -> str:
    """What begins when present work is over is taken on: the floor does not show it yet."""
    if given.deferred:
        return "taken"
    return "open" if given.phase in OPEN else given.phase


def summary(results: Sequence[Given], words: Words) -> str:
    """How many ended how: `8 done · 2 refused · 1 on its way`."""
    counts = Counter(_counted_as(one) for one in results)
    parts = [words(f"ordering.count.{one}", count=counts[one]) for one in COUNTED if counts[one]]
    return " · ".join(parts)


# The list of all


def list_lines(all_: Sequence[Given], phase: str, sight: Sight, words: Words) -> tuple[LineText, ...]:
    """The orders of this desk, the newest first; `phase` empty for all."""
    found = []
    for given in all_:
        if phase and phase != ("open" if given.phase in OPEN else given.phase):
            continue
        text, tone = result(given, sight, words)
        why = given.reason or reason_name(sight.site, str(given.args.get("reason", "")), words)
        cells = (
            since_text(sight.site, given.given_at, sight.now), order_name(given.name, words),
            place_name(given.place, sight, words), text, why,
        )  # fmt: skip
        found.append(LineText(given.key, cells, tone=tone, signed=tone is not Tone.CALM))
    return tuple(found)


def notice_lines(sight: Sight, words: Words) -> tuple[LineText, ...]:
    """The notices that hold, the newest first."""
    found = sorted(sight.entities.of(Notice), key=lambda one: -one.since)
    return tuple(
        LineText(
            one.key,
            (
                since_text(sight.site, one.since, sight.now), place_name(one.to, sight, words), one.text,
                person_name(sight.site, one.by, words),
                since_text(sight.site, one.until, sight.now),
            ),
        )
        for one in found
    )  # fmt: skip


def place_name(place: str, sight: Sight, words: Words) -> str:
    """What people call the place of an order."""
    kind, _, number = place.partition(":")
    if kind == "team":
        return label_name(sight.site.teams if sight.site else None, number, words)
    if kind == "floor":
        return words("ordering.floor")
    return hit_name(place, sight, words)


def phase_choices(words: Words) -> tuple[Choice, ...]:
    """What the list can be narrowed to."""
    return (Choice("", words("ordering.all")), *(Choice(one, words(f"ordering.phase.{one}")) for one in PHASES))
