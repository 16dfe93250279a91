"""Turns queues into cards, and the callers of one queue into lines: who waits longest stands first."""

from __future__ import annotations

from msgspec import Struct

from console.phrases.figures import EMPTY, ROW_FIGURES, acknowledged, limit_of, printed, target_text, tone_of, value_of
from console.phrases.scopes import label_name
from console.phrases.states import masked
from console.sight import Sight
from console.words import Words
from feeds.entities import Call, Queue
from widgets.desk_texts import CardText, LineText
from widgets.elapsed import clock_text
from widgets.tones import Tone, worst

WAITING = ("waiting", "ringing")


class QueuesText(Struct, frozen=True):
    """All that the panel shows."""

    cards: tuple[CardText, ...]
    note: str
    callers_title: str
    callers: tuple[LineText, ...]
    empty: str


def queues(sight: Sight, chosen: str, words: Words) -> QueuesText:
    """The panel; `chosen` is the key of the queue whose callers are listed, empty for all of them."""
    rate = printed(sight, "site", "answer_rate_a2", "30m", words)
    site = sight.site
    name = label_name(site.queues if site else None, chosen.partition(":")[2], words)
    title = words("queues.callers_of", queue=name) if chosen else words("queues.callers")
    return QueuesText(
        cards=tuple(card(sight, queue, words) for queue in _in_order(sight)),
        note=words("queues.rate", rate=rate.text + rate.unit) if rate.known and site is not None else "",
        callers_title=title,
        callers=callers(sight, chosen, words),
        empty=words("queues.nobody_waits") if site is not None else "",
    )


def _in_order(sight: Sight) -> list[Queue]:
    """The queues as the site lists them, then those that only the source knows."""
    order = {label.id: place for place, label in enumerate(sight.site.queues)} if sight.site is not None else {}
    return sorted(sight.queues(), key=lambda queue: (order.get(queue.key.partition(":")[2], len(order)), queue.key))


def card(sight: Sight, queue: Queue, words: Words) -> CardText:
    """One queue."""
    scope, number = queue.key, queue.key.partition(":")[2]
    tones = {figure: tone_of(sight, scope, figure, window) for figure, window in ROW_FIGURES}
    rate = printed(sight, scope, "answer_rate_a2", "30m", words)
    if rate.muted or not rate.known:
        tones["answer_rate_a2"] = Tone.CALM
    tone = worst(*tones.values())
    wait = value_of(sight, scope, "longest_wait_now", "now")
    staff = sight.staff(scope)
    ready = staff.states.get("ready", 0) if staff is not None else 0
    short = tone if not ready and queue.waiting else Tone.CALM
    free = f"{ready}/{staff.staffed}" if staff is not None else EMPTY
    label = next((one for one in (sight.site.queues if sight.site else ()) if one.id == number), None)
    title = words.name(label) if label is not None else words.name(queue) or number
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
        tone=tone,
        acknowledged=acknowledged(sight, scope, ROW_FIGURES)[0],
        stale=not sight.stale and sight.stale_for(queue.source),
        spoken=words("queues.spoken", queue=title, waiting=queue.waiting, longest=longest, rate=answered, free=free),
        tip=_tip(sight, scope, words),
    )


def _tip(sight: Sight, scope: str, words: Words) -> str:
    """The limits behind the colours, and how many served calls the rate is made of."""
    lines = []
    for figure, window in ROW_FIGURES:
        text = target_text(sight, scope, figure, window, words)
        if limit_of(sight, scope, figure) is not None and text:
            lines.append(f"{words(f'figure.{figure}')}: {text}")
    return "\n".join(lines)


def callers(sight: Sight, chosen: str, words: Words) -> tuple[LineText, ...]:
    """Everybody who waits, one by one."""
    number = chosen.partition(":")[2]
    waiting = [
        call for call in sight.entities.of(Call) if call.state in WAITING and (not number or call.queue == number)
    ]
    waiting.sort(key=lambda call: (call.joined_at, call.key))
    return tuple(_caller(sight, call, words) for call in waiting)


def _caller(sight: Sight, call: Call, words: Words) -> LineText:
    seconds = max(0.0, (sight.moment(call.source) - call.joined_at) / 1000)
    site = sight.site
    queue = label_name(site.queues if site else None, call.queue, words)
    return LineText(
        key=call.key,
        cells=(
            clock_text(seconds),
            str(call.priority) if call.priority else EMPTY,
            masked(call.number) or EMPTY,
            queue,
            words(f"call.{call.state}"),
        ),
        tone=_wait_tone(sight, call, seconds),
        stale=not sight.stale and sight.stale_for(call.source),
    )


def _wait_tone(sight: Sight, call: Call, seconds: float) -> Tone:
    """Whether a caller has waited longer than the queue's longest wait may be."""
    limit = limit_of(sight, f"queue:{call.queue}", "longest_wait_now")
    if limit is None:
        return Tone.CALM
    return Tone.CRITICAL if seconds > limit.critical else Tone.WARN if seconds > limit.warn else Tone.CALM
