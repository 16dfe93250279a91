"""Turns alarms into lines, and what can be done about the chosen ones into buttons that say why when it cannot."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Final, Literal

from msgspec import Struct

from console.given import Given
from console.phrases.alarms import alarm_place, alarm_text
from console.phrases.people import who_acknowledged, who_put_aside
from console.phrases.times import minute_text, since_text
from console.rights import outcome, refusal
from console.sight import Sight
from console.words import Words
from feeds.entities import Alarm, AlarmDay
from feeds.rules.alarm_orders import OF_ALL, OF_TEAMS
from feeds.rules.causes import stays_quiet
from widgets.desk_texts import ActionText, LineText
from widgets.elapsed import clock_text
from widgets.tones import Tone

ACKNOWLEDGE: Final = "alarm.acknowledge"
SHELVE: Final = "alarm.shelve"
UNSHELVE: Final = "alarm.unshelve"
OUT: Final = "alarm.out_of_service"
BACK: Final = "alarm.return_to_service"
ORDERS: Final = (ACKNOWLEDGE, SHELVE, UNSHELVE, OUT, BACK)
DAY: Final = "alarm_day:site"
LOCATE: Final = "locate"
DEEDS: Final = (ACKNOWLEDGE, SHELVE, LOCATE)
"""What a line offers by itself; everything else is for the chosen ones."""

Page = Literal["open", "aside", "journal"]


class AlarmsText(Struct, frozen=True):
    """All that the panel shows; the actions are about the chosen alarms."""

    lines: tuple[LineText, ...]
    note: str = ""
    empty: str = ""
    aside: int = 0
    """How many are shelved or out of service."""
    actions: dict[str, ActionText] = {}
    locate: ActionText = ActionText("locate", "")
    unfold: ActionText = ActionText("unfold", "")
    advice: str = ""
    outcome: str = ""
    outcome_tone: Tone = Tone.CALM
    urgent: bool = False
    named: bool = False
    """Whether a name has to be given."""

    @property
    def acknowledge(self) -> ActionText:
        """The action that is given most."""
        return self.actions[ACKNOWLEDGE]


def alarms(
    sight: Sight,
    chosen: Sequence[str],
    given: Mapping[str, Given],
    words: Words,
    *,
    page: Page = "open",
    unfolded: Collection[str] = (),
    name: str = "",
) -> AlarmsText:
    """The panel. `chosen` are keys, `given` the last order of each, `unfolded` causes whose consequences are shown.

    `name` is who is said to sit here, for a credential that several people share.
    """
    known = sight.site is not None
    found = list(sight.entities.of(Alarm))
    own = [one for one in found if not sight.cause_of(one) and one.state not in ("shelved", "out_of_service")]
    aside = [one for one in found if one.state in ("shelved", "out_of_service")]
    shown, these = (_aside_lines, aside) if page == "aside" else (_lines, own)
    lines = tuple(shown(sight, these, unfolded, words))
    picked = [one for key in chosen if isinstance(one := sight.entities.get(key), Alarm)]
    note, tone = _outcome(sight, [given[one.key] for one in picked if one.key in given], words)
    named = sight.welcome is not None and sight.welcome.shared
    return AlarmsText(
        lines=lines,
        note=_note(sight, own, aside, words) if known else "",
        empty=words("alarm.none" if page == "open" else "alarms.none_aside") if known else "",
        aside=len(aside),
        actions={
            order: _action(
                order,
                words,
                _why_not(sight, order, picked, given, words, nameless=named and not name),
                len(fitting(sight, order, chosen)),
            )
            for order in ORDERS
        },
        locate=ActionText(LOCATE, words("alarms.locate"), enabled=not (why := _lost(picked, words)), why=why),
        unfold=_unfold(sight, picked, unfolded, words),
        advice=_advice(picked, words),
        outcome=note,
        outcome_tone=tone,
        urgent=any(line.urgent for line in lines),
        named=named,
    )


# Lines


def _in_order(sight: Sight, own: Sequence[Alarm]) -> list[Alarm]:
    """Those that stand, gravest first; those that are over and wait to be seen; then what is over, newest first."""
    over = [one for one in own if not one.stands]
    return [*sight.alarms(), *sorted(over, key=lambda one: (not one.fresh, -(one.ended_at or 0), one.key))]


def _lines(sight: Sight, own: Sequence[Alarm], unfolded: Collection[str], words: Words) -> list[LineText]:
    consequences = _consequences(sight)
    groups: dict[int, int] = {}
    for one in sight.entities.of(Alarm):
        if one.group and one.state != "over":
            groups[one.group] = groups.get(one.group, 0) + 1
    lines = []
    for alarm in _in_order(sight, own):
        below = consequences.get(alarm.key, ())
        first = alarm.state != "over" and alarm.number == alarm.group and groups.get(alarm.group, 0) > 1
        lines.append(line(sight, alarm, words, first=first, consequences=len(below)))
        if alarm.key in unfolded:
            lines += [_folded_line(sight, one, words) for one in below]
    return lines


def _consequences(sight: Sight) -> dict[str, list[Alarm]]:
    """By cause what is folded under it, in the order in which it came."""
    found: dict[str, list[Alarm]] = {}
    for one in sorted(sight.entities.of(Alarm), key=lambda one: one.number):
        cause = sight.cause_of(one)
        if cause and one.state not in ("shelved", "out_of_service", "over"):
            found.setdefault(cause, []).append(one)
    return found


def following(sight: Sight, order: str, keys: Collection[str]) -> int:
    """How many that follow from these stay quiet when they are shelved, or tell by themselves when they are out."""
    found = _consequences(sight)
    return sum(
        one.stands and one.key not in keys and (order == OUT or stays_quiet(cause.scope, one.scope))
        for key in keys if isinstance(cause := sight.entities.get(key), Alarm)
        for one in found.get(key, ())
    )  # fmt: skip


def line(sight: Sight, alarm: Alarm, words: Words, *, first: bool = False, consequences: int = 0) -> LineText:
    """One alarm; `first` of those that came one upon the other."""
    over = alarm.ended_at is not None
    end = alarm.ended_at if alarm.ended_at is not None else sight.moment("")
    text = alarm_text(sight, alarm, words)
    if first:
        text = words("alarms.first", text=text)
    if consequences:
        text = words("alarms.with_more", text=text, count=consequences)
    return LineText(
        key=alarm.key,
        cells=(
            words(f"alarms.{alarm.priority}"),
            since_text(sight.site, alarm.since, sight.now),
            alarm_place(sight, alarm, words),
            text,
            clock_text(max(0, end - alarm.since) / 1000),
            state(sight, alarm, words),
        ),
        tone=Tone.CALM if alarm.state == "over" else Tone(alarm.priority),
        acknowledged=over or bool(alarm.acknowledged_by),
        signed=alarm.state != "over",
        faint=alarm.state == "over",
        stale=sight.stale,
        tip=_tip(sight, alarm, words),
        urgent=alarm.state == "unacknowledged" and alarm.level == "critical" and not sight.stale,
        deeds=_deeds(sight, alarm, words),
    )


def _deeds(sight: Sight, alarm: Alarm, words: Words) -> tuple[str, ...]:
    """The buttons of a line: those that would do something; that a name is still to be given stops none of them."""
    ours = _is_ours(sight, alarm)
    found = [one for one in (ACKNOWLEDGE, SHELVE) if ours and _FITS[one](alarm) and not refusal(sight, one, words)]
    return (*found, *([] if _lost([alarm], words) else [LOCATE]))


def _folded_line(sight: Sight, alarm: Alarm, words: Words) -> LineText:
    """A consequence under its cause: it says what it is and asks for nothing."""
    shown = line(sight, alarm, words)
    level, since, place, text, lasted, _ = shown.cells
    cells = (level, since, place, words("alarms.consequence", text=text), lasted, words("alarms.follows"))
    return LineText(key=alarm.key, cells=cells, faint=True, stale=shown.stale, tip=shown.tip)


def _aside_lines(
    sight: Sight, aside: Sequence[Alarm], unfolded: Collection[str], words: Words
) -> list[LineText]:  # fmt: skip
    """Shelved ones first, those whose time is over soonest; then what is out of service."""
    consequences = _consequences(sight)
    lines = []
    for alarm in sorted(aside, key=lambda one: (one.out_of_service, one.shelved_until or 0, one.key)):
        left = words("alarms.no_end")
        if alarm.shelved_until is not None:
            left = clock_text(max(0, alarm.shelved_until - sight.moment("")) / 1000)
        holds = alarm.ended_at is None
        who = words(
            f"alarms.{alarm.state}_by",
            by=who_put_aside(sight.site, alarm, words),
            time=minute_text(sight.site, alarm.suppressed_at or 0, sight.now),
            reason=alarm.suppressed_reason,
        )
        text, below = alarm_text(sight, alarm, words), consequences.get(alarm.key, ())
        if below:
            text = words("alarms.with_more", text=text, count=len(below))
        cells = (words(f"alarms.{alarm.priority}"), left, alarm_place(sight, alarm, words), text, who)
        tone = Tone(alarm.priority) if holds else Tone.CALM
        tip = f"{text}\n{who}"
        lines.append(
            LineText(
                alarm.key, cells, tone, acknowledged=True, signed=holds, faint=not holds, stale=sight.stale, tip=tip
            )
        )
        lines += [_quiet_line(sight, one, words) for one in below if alarm.key in unfolded]
    return lines


def _quiet_line(sight: Sight, alarm: Alarm, words: Words) -> LineText:
    """A consequence that is quiet because its cause is shelved."""
    shown = _folded_line(sight, alarm, words)
    level, _, place, text, _, follows = shown.cells
    return LineText(shown.key, (level, "", place, text, follows), faint=True, stale=shown.stale, tip=shown.tip)


def _tip(sight: Sight, alarm: Alarm, words: Words) -> str:
    advice = advice_of(alarm, words)
    rows = [words("alarms.since", time=since_text(sight.site, alarm.since, sight.now))]
    rows += [words("alarms.advice", text=advice)] if advice else []
    return "\n".join(rows)


def state(sight: Sight, alarm: Alarm, words: Words) -> str:
    """Whether somebody has taken note, and whether it is over."""
    if alarm.acknowledged_by:
        key = "alarms.acknowledged_over" if alarm.ended_at is not None else "alarms.acknowledged"
        return words(key, by=who_acknowledged(sight.site, alarm, words))
    return words("alarms.fresh_over" if alarm.ended_at is not None else "alarms.fresh")


# Head and foot


def _note(sight: Sight, own: Sequence[Alarm], aside: Sequence[Alarm], words: Words) -> str:
    """How many nobody has taken note of, how many came today, how many are put aside."""
    parts = [words("alarms.count_fresh", count=sum(one.fresh for one in own))]
    day = sight.entities.get(DAY)
    if isinstance(day, AlarmDay):
        parts.append(words("alarms.count_today", count=day.raised))
    parts.append(words("alarms.count_shelved", count=sum(one.state == "shelved" for one in aside)))
    out = sum(one.out_of_service for one in aside)
    parts += [words("alarms.count_out", count=out)] if out else []
    return " · ".join(parts)


def advice_of(alarm: Alarm, words: Words) -> str:
    """What to do about an alarm, as the site says it."""
    first, second = (alarm.advice_en, alarm.advice_zh) if words.language == "en" else (alarm.advice_zh, alarm.advice_en)
    return first or second


def _advice(picked: Sequence[Alarm], words: Words) -> str:
    found = dict.fromkeys(advice for one in picked if (advice := advice_of(one, words)))
    return words("alarms.advice", text=next(iter(found))) if len(found) == 1 else ""


def _outcome(sight: Sight, given: Sequence[Given], words: Words) -> tuple[str, Tone]:
    """What became of the last orders; of several the one that wants to be looked at most, and how many are done."""
    if not given:
        return "", Tone.CALM
    newest = max(one.asked_at for one in given)
    # Orders of one press are given within the same moment.
    together = [one for one in given if newest - one.asked_at < 1.0]
    told = [outcome(sight, one, words) for one in together]
    text, tone = max(told, key=lambda one: (one[1] is Tone.CRITICAL, one[1] is Tone.WARN, "…" in one[0]))
    if len(told) > 1:
        done = sum(one.phase == "done" for one in together)
        text = words("alarms.several", done=done, count=len(told), text=text)
    return text, tone


# Buttons


def _action(order: str, words: Words, why: str, count: int) -> ActionText:
    """The button says for how many it is: of several chosen alarms some may have come out of sight."""
    label = words(f"alarms.{order.partition('.')[2]}")
    if count > 1:
        asks = "…" if label.endswith("…") else ""
        label = words("alarms.for_many", name=label.removesuffix("…"), count=count) + asks
    return ActionText(order, label, enabled=not why, why=why)


_FITS: Final[dict[str, Callable[[Alarm], bool]]] = {
    ACKNOWLEDGE: lambda one: one.fresh,
    SHELVE: lambda one: one.state not in ("shelved", "out_of_service"),
    UNSHELVE: lambda one: one.state == "shelved",
    OUT: lambda one: not one.out_of_service,
    BACK: lambda one: one.out_of_service,
}
"""Which alarms an order is for: of several chosen ones it is given for these."""


def fitting(sight: Sight, order: str, chosen: Sequence[str]) -> list[str]:
    """Of the chosen alarms those that an order can be given for."""
    picked = (one for key in chosen if isinstance(one := sight.entities.get(key), Alarm))
    return [one.key for one in picked if _FITS[order](one) and _is_ours(sight, one)]


def _is_ours(sight: Sight, alarm: Alarm) -> bool:
    """Whether an alarm is not every team's while we are limited to some: the gateway gives it to nobody so limited."""
    limits, kind = sight.welcome.scope if sight.welcome is not None else None, alarm.scope.partition(":")[0]
    if limits is None:
        return True
    limited = bool(limits.teams or limits.vendors)
    return not (limited or limits.queues) if kind in OF_ALL else not limited or kind in OF_TEAMS


def _why_not(
    sight: Sight, order: str, picked: Sequence[Alarm], given: Mapping[str, Given], words: Words, *, nameless: bool
) -> str:
    """Why an order cannot be given for any of the chosen alarms."""
    if not picked:
        return words("why.choose_alarm")
    fits = [one for one in picked if _FITS[order](one)]
    if not fits:
        return _unfit(sight, order, picked[0], words)
    if any(one.key in given and not given[one.key].ended for one in fits):
        return words("why.waiting")
    why = refusal(sight, order, words)
    if not why and not any(_is_ours(sight, one) for one in fits):
        whole = all(one.scope.partition(":")[0] in OF_ALL for one in fits)
        why = words("said.scope.alarm_all" if whole else "said.scope.alarm")
    return why or (words("why.name_first") if nameless else "")


def _unfit(sight: Sight, order: str, alarm: Alarm, words: Words) -> str:
    if order == UNSHELVE:
        return words("why.not_shelved")
    if order == BACK:
        return words("why.in_service")
    if alarm.state in ("shelved", "out_of_service"):
        return words(f"why.{alarm.state}", by=who_put_aside(sight.site, alarm, words))
    return words("why.acknowledged", by=who_acknowledged(sight.site, alarm, words))


def _lost(picked: Sequence[Alarm], words: Words) -> str:
    """Why the chosen alarm cannot be located."""
    if len(picked) != 1:
        return words("why.choose_one_alarm" if picked else "why.choose_alarm")
    scope = picked[0].scope
    return words("why.whole_floor") if scope == "site" or scope.startswith("source:") else ""


def _unfold(sight: Sight, picked: Sequence[Alarm], unfolded: Collection[str], words: Words) -> ActionText:
    """Show or hide the consequences of the chosen alarm, or of the one whose consequence is chosen."""
    cause = cause_of(sight, picked[0].key) if len(picked) == 1 else ""
    count = len(_consequences(sight).get(cause, ())) if cause else 0
    if not count:
        return ActionText("unfold", words("alarms.unfold"), enabled=False, why=words("why.no_consequences"))
    return ActionText("unfold", words("alarms.fold" if cause in unfolded else "alarms.unfold_count", count=count))


def cause_of(sight: Sight, key: str) -> str:
    """The alarm under which a chosen one is folded; itself where it stands for itself."""
    alarm = sight.entities.get(key)
    return (sight.cause_of(alarm) or key) if isinstance(alarm, Alarm) else ""
