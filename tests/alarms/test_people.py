"""Who did something is shown by name: the one that was given, that of the credential, else the credential's id."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from msgspec.structs import replace

from config.schema import Name
from console.alarms import journal
from console.alarms.present import alarms
from console.finder.index import ALARM
from console.finder.matching import entry
from console.finder.present import hits
from console.handover.writing import notes
from console.ordering.present import notice_lines
from console.phrases.alarms import alarm_place
from console.phrases.people import person_name
from console.phrases.said import worded
from console.sight import Entities, Sight
from console.wall.present import alarm_line
from console.words import Words
from feeds.entities import Alarm, Label, Note, Notice, SiteInfo
from feeds.facts import SeatChanged
from feeds.floor import Floor, folded_part
from tests.agent.test_present import a_sight as a_seat
from tests.agent.test_present import shown as agent_of
from tests.alarms.sites import Told, at_, rule, site
from tests.alarms.test_alarms import RESCUE, SITE, a_sight, shown
from tests.alarms.test_gateway import KEY, alarmed_site, order, waiting
from tests.away.test_present import ALARM as RESCUED
from tests.away.test_present import away, happened, told
from tests.gateway.harness import ToldSource, console, running_gateway
from tests.handover import shifts as handover
from tests.wall import floors
from widgets.tones import Tone

EN, ZH = Words("en"), Words("zh_CN")
PEOPLE = [Label("lead", "王丽", "Wang Li"), Label("desk", "班长台", "Supervisors")]


def known(sight: Sight) -> Sight:
    """The same floor, whose site says whose credentials are whose."""
    assert sight.site is not None
    sight.entities.put(replace(sight.site, people=PEOPLE))
    return sight


@pytest.mark.parametrize(
    ("by", "given", "english", "chinese"),
    [
        ("lead", "", "Wang Li", "王丽"),
        ("desk", "Zhou", "Zhou", "Zhou"),
        ("night", "", "night", "night"),
        ("", "", "", ""),
    ],
)
def test_a_given_name_stands_before_that_of_the_credential_and_an_id_where_there_is_none(
    by: str, given: str, english: str, chinese: str
) -> None:
    site = known(floors.sight()).site
    assert (person_name(site, by, EN, given), person_name(site, by, ZH, given)) == (english, chinese)
    assert person_name(None, by, EN, given) == (given or by), "before the floor is known"


def test_who_took_note_of_an_alarm_is_named_wherever_the_alarm_is_told() -> None:
    sight = known(a_sight(acknowledged_by="lead"))
    for words, name in ((EN, "Wang Li"), (ZH, "王丽")):
        found = alarms(sight, (RESCUE,), {}, words)
        assert name in next(line.cells[5] for line in found.lines if line.key == RESCUE)
        assert name in found.acknowledge.why
        assert name in hits(sight, [entry(RESCUE, ALARM, "x", (), 0)], {}, words)[0].detail
    first = known(a_sight(acknowledged_by="lead"))
    first.entities.drop(SITE)
    assert "Wang Li" in alarm_line(first, EN, 1, 1, False).detail
    assert "王丽" in alarm_line(first, ZH, 1, 1, False).detail


def test_who_put_an_alarm_aside_is_named_and_who_did_what_in_the_journal() -> None:
    aside = known(a_sight(out_of_service=True, suppressed_by="lead", suppressed_reason="repair", suppressed_at=1))
    assert "Wang Li" in shown(aside, page="aside").lines[0].cells[-1]
    did = [
        ("acknowledged", {"acknowledged_by": "lead"}), ("out_of_service", {"suppressed_by": "lead"}),
        ("in_service", {"brought_back_by": "lead"}), ("raised", {"acknowledged_by": "lead"}),
    ]  # fmt: skip
    happenings = [happened(at, what, replace(RESCUED, **changes)) for at, (what, changes) in enumerate(did)]  # type: ignore[arg-type]
    found = journal.lines(known(floors.sight()), told(*happenings), EN)
    assert [line.cells[4] for line in reversed(found)] == ["Wang Li", "Wang Li", "Wang Li", ""]


def test_what_came_while_it_was_put_aside_is_no_louder_in_the_journal_than_it_was() -> None:
    loud = replace(RESCUED, level="critical")
    aside = replace(loud, out_of_service=True, suppressed_by="lead")
    for what in ("raised", "worse"):
        quiet, told_of = journal.lines(floors.sight(), told(happened(1, what, loud), happened(2, what, aside)), EN)
        assert (told_of.signed, told_of.tone) == (True, Tone.CRITICAL)
        assert (quiet.signed, quiet.tone, quiet.faint) == (False, Tone.CALM, True)


def test_a_journal_that_does_not_list_the_whole_day_says_so() -> None:
    whole = told(happened(1, "raised", RESCUED))
    assert journal.beyond(floors.sight(), replace(whole, begin=5, known_from=5), EN) == ""
    assert journal.beyond(floors.sight(), None, EN) == ""
    cut = replace(whole, left_off=12)
    assert journal.beyond(floors.sight(), cut, EN) == "Only the newest are listed, 12 older ones are not"
    young = replace(whole, begin=5, known_from=floors.NOW - 60_000)
    assert journal.beyond(floors.sight(), young, EN).startswith("The gateway's journal begins at ")


def test_what_happened_before_midnight_has_its_day_though_nothing_has_happened_since() -> None:
    evening = floors.NOW - 15 * 3600 * 1000
    late, now = (replace(happened(rev, "raised", RESCUED), at=at) for rev, at in ((1, evening), (2, floors.NOW)))
    assert [line.cells[1] for line in journal.lines(floors.sight(), told(late), EN)] == ["11-21 23:32:08"]
    assert [line.cells[1] for line in journal.lines(floors.sight(), told(now), EN)] == ["14:32:08"]


def test_a_day_without_alarms_says_since_when_with_its_day() -> None:
    begin = floors.NOW - journal.REACH_MS
    none = replace(told(), begin=begin, known_from=begin - 5)
    assert journal.known_since(floors.sight(), none, EN) == "No alarm since 11-21 14:32"
    young = replace(none, known_from=floors.NOW - 60_000)
    assert journal.known_since(floors.sight(), young, EN) == "No alarm since 14:31"


def test_an_alarm_that_stands_since_another_day_says_since_which() -> None:
    yesterday = floors.NOW - 20 * 3600 * 1000
    (line,) = [line for line in shown(known(a_sight(since=yesterday))).lines if line.key == RESCUE]
    assert (line.cells[1], line.cells[4]) == ("11-21 18:32", "20:00:00")


def test_what_was_put_aside_on_another_day_says_on_which() -> None:
    since = floors.NOW - 3 * 24 * 3600 * 1000
    aside = known(a_sight(out_of_service=True, suppressed_by="lead", suppressed_reason="repair", suppressed_at=since))
    assert "Out of service by Wang Li at 11-19 " in shown(aside, page="aside").lines[0].cells[-1]


def test_an_absence_and_the_handover_sheet_name_whoever_did_it() -> None:
    notice = Notice(key="notice:n", rev=1, to="floor", text="early", by="lead", since=1, until=floors.NOW + 1)
    note = Note(key="note:n", rev=1, text="door", by="lead", at=1, settled_by="desk", settled_at=handover.END)
    seen = replace(RESCUED, acknowledged_by="lead")
    news = told(happened(1, "acknowledged", seen), happened(2, "sent", notice), happened(3, "settled", note))
    found = away(known(floors.sight()), 0, floors.NOW, news, (), EN)
    assert [line.cells[-1] for line in found.lines] == ["Acknowledged by Wang Li", "Supervisors", "Wang Li"]
    sheet = handover.made(handover.told(seen, notice, note), sight=known(handover.look()))
    said = "\n".join(" | ".join(line) for part in sheet.sections for line in part.lines)
    assert said.count("Wang Li") == 2 and "settled by Supervisors" in said and "lead" not in said


def test_an_alarm_of_a_seat_names_who_sat_there_when_it_came_and_not_who_sits_there_since() -> None:
    on = Told(site(rule("long", state="acw", longer_s=30.0, scopes=("site",))))
    on.tell(SeatChanged(at=at_(1), seat="s0", state="acw", agent="a0"))
    on.to(60)
    on.tell(SeatChanged(at=at_(61), seat="s0", state="ready", agent="a2"))
    on.floor = Floor.thaw(on.site, on.floor.freeze())
    on.to(90)
    alarm = on.floor.entity("alarm:seat:s0:long")
    assert isinstance(alarm, Alarm)
    assert (alarm.state, alarm.agent, alarm.agent_zh) == ("returned", "a0", "a0")
    found = (on.floor.entity(key) for key in on.floor.keys())  # noqa: SIM118 - no dict
    entities = Entities([one for one in found if one is not None])
    now = Sight(entities=entities, now=on.floor.now, held=on.floor.now, stale=False, age=0.0)
    assert alarm_place(now, alarm, EN) == "Seat s0 a0"
    half_known = replace(alarm, agent_zh="周云", agent_en="")
    assert alarm_place(now, half_known, EN) == "Seat s0 周云"
    assert alarm_place(now, replace(half_known, agent="", agent_zh=""), ZH) == "座席 s0"


def test_an_alarm_that_goes_on_with_another_agent_names_that_one() -> None:
    on = Told(site(rule("long", state="acw", longer_s=30.0, off_delay_s=120.0, scopes=("site",))))
    on.tell(SeatChanged(at=at_(1), seat="s0", state="acw", agent="a0"))
    on.to(60)
    on.tell(SeatChanged(at=at_(61), seat="s0", state="acw", agent="a2"))
    on.to(80)
    alarm = on.floor.entity("alarm:seat:s0:long")
    assert isinstance(alarm, Alarm) and (alarm.agent, alarm.team) == ("a0", "own")
    on.to(120)
    alarm = on.floor.entity("alarm:seat:s0:long")
    assert isinstance(alarm, Alarm) and alarm.stands
    assert (alarm.agent, alarm.team, alarm.value_since) == ("a2", "theirs", at_(61))


def test_notes_notices_and_seats_name_whoever_they_come_from() -> None:
    sight = known(a_seat(state="break", by="lead"))
    sight.entities.put(
        Notice(key="notice:n", rev=1, to="floor", text="early", by="lead", since=1, until=floors.NOW + 1)
    )
    sight.entities.put(Note(key="note:n", rev=1, text="door", by="lead", at=1))
    text = agent_of(sight)
    assert ("By", "Wang Li") in [(fact.label, fact.value) for fact in text.facts]
    assert text.notices == ("Notice: early (Wang Li)",)
    assert "Wang Li" in notice_lines(sight, EN)[0].cells
    (line,) = notes(sight, "", "", (None, None), EN).lines
    assert line.cells[-1] == "Wang Li" and "Wang Li" in line.tip


def test_a_refusal_that_names_a_credential_says_whose_it_is() -> None:
    sight = known(floors.sight())
    assert worded(sight, "alarm.acknowledged", {"by": "lead"}, "x", EN) == "already acknowledged by Wang Li"
    assert worded(sight, "alarm.acknowledged", {"by": "Zhou"}, "x", EN) == "already acknowledged by Zhou"


def test_the_gateway_publishes_names_and_keeps_ids(tmp_path: Path) -> None:
    before = alarmed_site()
    tokens = tuple(
        replace(one, name=Name("王丽", "Wang Li")) if one.id == "all-supervisor" else one for one in before.tokens
    )
    site = replace(before, tokens=tokens)
    assert folded_part(site) == folded_part(before), "a name makes nobody fold the log again"

    async def story() -> None:
        source = ToldSource()
        async with (
            running_gateway(site, source, tmp_path) as gateway,
            console(gateway, "all-supervisor") as (client, memory),
        ):
            await memory.live()
            await waiting(source)
            await memory.until(lambda: KEY in memory.entities)
            assert (await order(client, "alarm.acknowledge")).state == "done"
            await memory.until(lambda: _alarm(memory.entities[KEY]).acknowledged_by != "")
            alarm, told_of = _alarm(memory.entities[KEY]), memory.entities[f"site:{site.id}"]
            assert (alarm.acknowledged_by, alarm.acknowledged_name) == ("all-supervisor", "")
            assert isinstance(told_of, SiteInfo)
            assert told_of.people == [Label("all-supervisor", "王丽", "Wang Li")], "those without a name are left out"

    asyncio.run(story())


def _alarm(entity: object) -> Alarm:
    assert isinstance(entity, Alarm)
    return entity
