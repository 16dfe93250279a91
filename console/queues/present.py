"""Turns queues into cards, and the callers of one queue into lines: who waits longest stands first."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from console.phrases.figures import (
    EMPTY,
    ROW_FIGURES,
    acknowledged,
    figure_name,
    limit_of,
    number_tone,
    printed,
    target_text,
    tone_of,
    value_of,
)
from console.phrases.languages import language_of
from console.phrases.rest import basis_text, rest_text
from console.phrases.scopes import label_of, queue_name, queues_in_order
from console.phrases.states import masked
from console.phrases.trunks import all_text, trouble_text
from console.sight import Sight
from console.words import Words
from feeds.entities import Call, Queue
from widgets.desk_texts import CardText, LineText
from widgets.elapsed import clock_text
from widgets.tones import Tone, worst

WAITING = ("waiting", "ringing")
REST = "rest_answer_rate"
FACTS = (("longest_wait_now", "now"), ("answer_rate_a2", "30m"), ("staffed", "now"))
"""What the three small values of a card are, to be opened."""


class QueuesText(Struct, frozen=True):
    """All that the panel shows."""

    cards: tuple[CardText, ...]
    note: str
    trunks: str
    """Those that are not up, in one line; `trunks_tip` is a line for each and the telephone system's own words."""
    trunks_tone: Tone
    trunks_tip: str
    rest: str
    """What the rest of the day must reach, in a few words; `rest_tip` in a sentence."""
    rest_tip: str
    priorities: bool
    """Whether somebody who waits goes ahead of others; `languages`: whether somebody speaks another than the floor."""
    languages: bool
    callers_title: str
    callers: tuple[LineText, ...]
    empty: str


def queues(sight: Sight, chosen: str, words: Words) -> QueuesText:
    """The panel; `chosen` is the key of the queue whose callers are listed, empty for all of them."""
    rate = printed(sight, "site", "answer_rate_a2", "30m", words)
    site, scope = sight.site, chosen or "site"
    title = words("queues.callers_of", queue=queue_name(sight, chosen, words)) if chosen else words("queues.callers")
    sentence = rest_text(sight, scope, REST, words)
    waiting = _waiting(sight, chosen)
    trunks, trunks_tone = trouble_text(sight, words)
    return QueuesText(
        trunks=trunks,
        trunks_tone=trunks_tone,
        trunks_tip=all_text(sight, words) if trunks else "",
        priorities=any(call.priority for call in waiting),
        languages=any(call.language for call in waiting),
        cards=tuple(card(sight, queue, words) for queue in queues_in_order(sight)),
        rest=rest_text(sight, scope, REST, words, short=True),
        rest_tip=f"{sentence}\n{basis_text(sight, scope, words)}" if sentence else "",
        note=words("queues.rate", rate=rate.text + rate.unit) if rate.known and site is not None else "",
        callers_title=title,
        callers=callers(sight, chosen, words),
        empty="" if site is None else words("queues.callers_withheld" if sight.is_display else "queues.nobody_waits"),
    )


def card(sight: Sight, queue: Queue, words: Words) -> CardText:
    """One queue."""
    scope, number = queue.key, queue.key.partition(":")[2]
    rate, tone = printed(sight, scope, "answer_rate_a2", "30m", words), row_tone(sight, scope)
    tones = {figure: number_tone(sight, scope, figure, window) for figure, window in ROW_FIGURES}
    wait = value_of(sight, scope, "longest_wait_now", "now")
    staff = sight.staff(scope)
    ready = staff.states.get("ready", 0) if staff is not None else 0
    short = tone if staff is not None and not ready and queue.waiting else Tone.CALM
    free = f"{ready}/{staff.staffed}" if staff is not None else EMPTY
    label, title = label_of(sight, "queues", number), queue_name(sight, queue.key, words)
    longest = clock_text(wait) if wait is not None else EMPTY
    answered = rate.text + rate.unit
    return CardText(
        key=queue.key,
        title=title,
        subtitle=words.subname(label) if label is not None else "",
        value=str(queue.waiting),
        unit=words("queues.waiting"),
        value_tone=worst(tones["waiting"], tones["longest_wait_now"]),
        facts=(
            (words("queues.longest"), longest, tones["longest_wait_now"]),
            (words("queues.answered"), answered, tones["answer_rate_a2"]),
            (words("queues.free"), free, short),
        ),
        muted=frozenset({1}) if rate.muted else frozenset(),
        tone=tone,
        acknowledged=acknowledged(sight, scope, ROW_FIGURES)[0],
        stale=not sight.stale and sight.stale_for(queue.source),
        spoken=words("queues.spoken", queue=title, waiting=queue.waiting, longest=longest, rate=answered, free=free),
        tip=_tip(sight, scope, words),
    )


def row_tone(sight: Sight, scope: str) -> Tone:
    """The tone of a queue as a whole, on its card as in its line."""
    return worst(*(tone_of(sight, scope, figure, window) for figure, window in ROW_FIGURES))


def _tip(sight: Sight, scope: str, words: Words) -> str:
    """The limits behind the colours, and how many served calls the rate is made of."""
    lines = []
    for figure, window in ROW_FIGURES:
        text = target_text(sight, scope, figure, window, words)
        if limit_of(sight, scope, figure) is not None and text:
            lines.append(f"{words(f'figure.{figure}')}: {text}")
    return "\n".join([*lines, *withheld(sight, scope, ("staffed",), words)])


def withheld(sight: Sight, scope: str, figures: Iterable[str], words: Words) -> list[str]:
    """Why figures are not shown here that tell of people out of sight; nothing of those that are shown."""
    return [
        words("figure.withheld", name=words("queues.free") if figure == "staffed" else figure_name(figure, words))
        for figure in figures
        if sight.withholds(scope, figure)
    ]


def callers(sight: Sight, chosen: str, words: Words) -> tuple[LineText, ...]:
    """Everybody who waits, one by one, in the order of their turn where the gateway tells it."""
    number, waiting = chosen.partition(":")[2], _waiting(sight, chosen)
    turns = {queue.key.partition(":")[2]: queue.turns for queue in sight.queues()}
    if number:
        place = {leg: at for at, leg in enumerate(turns.get(number, {}))}
        waiting.sort(key=lambda call: (place.get(call.key.partition(":")[2], len(place)), call.joined_at, call.key))
    else:
        waiting.sort(key=lambda call: (call.joined_at, call.key))
    return tuple(_caller(sight, call, turns.get(call.queue, {}), words) for call in waiting)


def _waiting(sight: Sight, chosen: str) -> list[Call]:
    number = chosen.partition(":")[2]
    return [call for call in sight.entities.of(Call) if call.state in WAITING and (not number or call.queue == number)]


def _caller(sight: Sight, call: Call, turns: dict[str, float | None], words: Words) -> LineText:
    seconds = max(0.0, (sight.moment(call.source) - call.joined_at) / 1000)
    predicted = turns.get(call.key.partition(":")[2])
    tone = _wait_tone(sight, call, seconds)
    if call.state == "ringing":
        left = words("call.ringing")
    else:
        left = words("queues.about", time=clock_text(predicted)) if predicted is not None else EMPTY
    cells = (
        clock_text(seconds),
        left,
        masked(call.number) or EMPTY,
        queue_name(sight, f"queue:{call.queue}", words),
        str(call.priority) if call.priority else EMPTY,
        language_of(sight, call, words) or EMPTY,
    )
    return LineText(
        key=call.key, cells=cells, tone=tone, tones=(tone, *(Tone.CALM for _ in cells[1:])),
        stale=not sight.stale and sight.stale_for(call.source),
        tip="\n".join((
            words("queues.caller_tip", number=masked(call.number) or EMPTY, queue=cells[3], left=left),
            *withheld(sight, f"queue:{call.queue}", ("predicted_wait",), words),
        )),
    )  # fmt: skip


def _wait_tone(sight: Sight, call: Call, seconds: float) -> Tone:
    """Whether a caller has waited longer than the queue's longest wait may be."""
    limit = limit_of(sight, f"queue:{call.queue}", "longest_wait_now")
    if limit is None:
        return Tone.CALM
    return Tone.CRITICAL if seconds > limit.critical else Tone.WARN if seconds > limit.warn else Tone.CALM
