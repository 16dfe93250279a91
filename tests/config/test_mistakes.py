"""Every class of mistake in a site folder is told with its exact place and what was probably meant."""

# ruff: noqa: E501 - one case a line reads as a table

from __future__ import annotations

from pathlib import Path

import pytest

from config.load import SiteError, load
from tests.config.sites import HASH, HERE, SOUND, mistakes, places, spoiled, write

SHARES = "[0, 0, 0, 0, 0, 0, 0, 0, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 0, 0, 0, 0, 0, 0]"
DEMAND = """- queue: claim
      offered: 100
      talk_mean_s: 100
      hold_mean_s: 10
      acw_mean_s: 20
      patience_mean_s: 90
      primary_share: 1"""

ZONE = "zone: Asia/Shanghai"
CASES = {
    # what is written
    "unknown key": ("zone: Asia", "▸zoen: x\nzone: Asia", "`zoen` is not known here (did you mean `zone`?)"),
    "unknown key, nothing near": ("warn_s: 900", "▸qqqq: 1, warn_s: 900", "`qqqq` is not known here; known here: state, "),
    "missing key": ("{zh: 二班, en: Two}", "▸{zh: 二班}", "`en` is missing"),
    "missing top-level key": ("id: small\n", "", "`id` is missing"),
    "duplicate key": ("zone: Asia", "zone: UTC\n▸zone: Asia", "`zone` is given twice, first on line 4"),
    "text for a whole number": ("frame_ms: 50", "frame_ms: ▸fast", "expects a whole number, not `fast`"),
    "fraction for a whole number": ("frame_ms: 50", "frame_ms: ▸50.5", "expects a whole number, not `50.5`"),
    "comma in a number": ("{queue: rescue}]", "{queue: rescue, level: 1,▸5}]", "`5` is not known here; a number has a point and no comma"),
    "quotation marks of print": ('number: "6001"', "number: ▸“6001”", "`“6001”` has quotation marks of print, which belong to"),
    "quoted whole number": ("frame_ms: 50", 'frame_ms: ▸"50"', "not `50`; leave the quotation marks away"),
    "leading zero": ("frame_ms: 50", "frame_ms: ▸050", "expects a whole number, not `050`"),
    "very long number": ("frame_ms: 50", "frame_ms: ▸" + "9" * 5000, "expects a whole number, not `9999"),
    "text for a number": ("warn: 95", "warn: ▸high", "expects a number, not `high`"),
    "infinite number": ("warn: 95", "warn: ▸.inf", "expects a number, not `.inf`"),
    "overflowing number": ("warn: 95", "warn: ▸1e999", "expects a number, not `1e999`"),
    "text for a yes or no": ("relative_to: staffed", "alarm: ▸maybe", "expects true or false, not `maybe`"),
    "list for a text": ('short: "1"', "short: ▸[1]", "expects a text, not a list"),
    "nothing for a text": ("zh: 小", "zh: ▸", "is empty; expects a text"),
    "text for a list": ("scopes: [group]", "scopes: ▸group", "expects a list, not `group`; write [group]"),
    "text for a list of pairs": ("skills: [{queue: claim}, {queue: rescue}]", "skills: ▸claim", "not `claim`; write [{queue: claim}]"),
    "pairs for a list": ("[alarm.acknowledge, seat.*]", "▸{seat.*: 1}", "expects a list, not `key: value` pairs"),
    "text for pairs": ("{zh: 小, en: Small}", "▸Small", "expects `key: value` pairs (zh, en), not `Small`"),
    "text for a dictionary": ('{claim: 3, "*": 1.3}', "▸3", "expects `key: value` pairs, not `3`"),
    "word out of a list": ("theme: dark", "theme: ▸drak", "`drak` is not one of dark, light (did you mean `dark`?)"),
    "list for a word": ("theme: dark", "theme: ▸[dark]", "expects one of dark, light, not a list"),
    "list of the wrong length": ("  ringing:", "  meal_after_hours: ▸[3]\n  ringing:", "expects a list of 2, not of 1"),
    "reason that nobody is asked for": (
        "id: small\n", "id: small\norders: {reason_for: [seat.logout, ▸alarm.acknowledge]}\n", "`alarm.acknowledge` is given at once",
    ),
    # identifiers
    "id with capitals": ("id: small", "id: ▸Small", "the id `Small` is not made of a-z, 0-9, _ and -"),
    "id with Chinese": ("{id: storm", "{id: ▸暴雨", "the id `暴雨` is not made of"),
    "empty id": ("{id: storm", '{id: ▸""', "the id `` is not made of"),
    "duplicate id": ('id: "002"', 'id: ▸"001"', "the id `001` is used twice, first in site.yaml:19"),
    "duplicate extension": ('extension: "8002"', 'extension: ▸"8001"', "the extension `8001` is used twice"),
    "duplicate queue number": ('number: "6002"', 'number: ▸"6001"', "the number `6001` is used twice"),
    # references
    "unknown group of a seat type": ("claim, group: first, name", "claim, group: ▸frist, name", "`frist` (did you mean `first`?)"),
    "unknown group of a queue": ("rescue, group: first", "rescue, group: ▸second", "there is no group `second`"),
    "unknown seat type of a queue": (
        'seat_type: claim, number: "6001"', 'seat_type: ▸clam, number: "6001"', "seat type `clam` (did you mean `claim`?)",
    ),
    "unknown vendor": ("vendor: north", "vendor: ▸nroth", "there is no vendor `nroth` (did you mean `north`?)"),
    "unknown leader": ('leader: "1101"', "leader: ▸110", "there is no agent `110` (did you mean"),
    "leader of another team": ('leader: "1101"', "leader: ▸1102", "`1102` is not of this team but of `team-2`"),
    "unknown team of an agent": ("en: Wang}, team: team-1", "en: Wang}, team: ▸team-7", "there is no team `team-7`"),
    "unknown seat type of an agent": ("team: team-2, seat_type: claim", "team: team-2, seat_type: ▸x", "no seat type `x`"),
    "unknown queue of a skill": ("{queue: claim}, {", "{queue: ▸clain}, {", "no queue `clain` (did you mean `claim`?)"),
    "skill given twice": ("{queue: rescue}]", "{queue: ▸claim}]", "`claim` is given twice in this list"),
    "language given twice": ("{code: fr}", "{code: ▸en}", "`en` is given twice in this list"),
    "unknown area": ('"001", area: claim', '"001", area: ▸claims', "there is no seat type `claims`"),
    "unknown figure": ("{figure: answer_rate_a2,", "{figure: ▸answer_rate_2,", "(did you mean `answer_rate_a2`?)"),
    "unknown figure of a headline": ("[{figure: asa", "[{figure: ▸asas", "there is no figure `asas` (did you mean `asa`?)"),
    "unknown figure to relate to": ("relative_to: staffed", "relative_to: ▸stafed", "(did you mean `staffed`?)"),
    "figure of the moment over a period": (
        "{figure: waiting, window: now}", "{figure: waiting, window: ▸30m}", "`waiting` and `30m` do not fit",
    ),
    "figure of a period at the moment": (
        "{figure: asa, window: 30m}", "{figure: asa, window: ▸now}", "`asa` and `now` do not fit",
    ),
    "unknown kind of scope": ("scopes: [group]", "scopes: [▸gruop]", "no kind of scope `gruop` (did you mean `group`?)"),
    "site with a member": ("scopes: [group]", 'scopes: [▸"site:x"]', "there is no kind of scope `site:x`"),
    "unknown member of a scope": ("queue:claim", "queue:clam", "there is no queue `clam` (did you mean `claim`?)"),
    "limits given twice": ("scopes: [group]", "scopes: [group, ▸group]", "`waiting` has limits for `group` already"),
    "no scope": ("scopes: [group]", "scopes: ▸[]", "names no scope"),
    "unknown seat state": ("state: break", "state: ▸brake", "there is no seat state `brake` (did you mean `break`?)"),
    "seat state limited twice for a reason": (
        "  - {state: break,", "  - {state: break, reason: Lunch, warn_s: 9}\n  - {state: ▸break, reason: lunch,", "has limits already in",
    ),
    "seat state limited twice": ("state: break", "state: ▸acw", "`acw` has limits already in site.yaml:27"),
    "unknown right": ("alarm.acknowledge", "▸alarm.acknowlege", "(did you mean `alarm.acknowledge`?)"),
    "unknown role": ("role: wall", "role: ▸wal", "there is no role `wal` (did you mean `wall`?)"),
    "token without a role": ("  - {id: one, role: wall,", "  - ▸{id: one,", "`role` is missing"),
    "token for an unknown team": ("teams: [team-1]", "teams: [▸team-9]", "there is no team `team-9`"),
    "token for an unknown vendor": ("vendors: [north]", "vendors: [▸south]", "there is no vendor `south`"),
    "token for an unknown queue": ("queues: [claim], e", "queues: [▸x], e", "there is no queue `x`"),
    "wall page of an unknown group": ("kind: group, group: first", "kind: group, group: ▸fist", "no group `fist`"),
    "unknown queue of a demand": ("- queue: claim", "- queue: ▸clime", "there is no queue `clime` (did you mean `claim`?)"),
    "unknown secondary queue": ("secondary: [rescue]", "secondary: [▸resque]", "(did you mean `rescue`?)"),
    "unknown dispatch queue": ("dispatch_queues: [claim]", "dispatch_queues: [▸x]", "there is no queue `x`"),
    "unknown dispatching seat type": ("dispatch_by: [claim]", "dispatch_by: [▸x]", "there is no seat type `x`"),
    "unknown queue of a scenario": ("{claim: 3,", "{▸clam: 3,", "there is no queue `clam` (did you mean `claim`?)"),
    # values
    "limits the wrong way round, high": ("critical: 90", "critical: ▸99", "`critical` (99) is above `warn` (95)"),
    "limits the wrong way round, low": ("critical: 15", "critical: ▸1", "`critical` (1) is below `warn` (5)"),
    "pause that is none": (
        "id: small\n", "id: small\npauses: [{reason: Lunch, state: ▸ready}, {reason: Calls, state: outbound}]\n",
        "nobody who is paused is `ready`; take one of outbound, internal, acw, break",
    ),
    "limits as shares of one": (
        "warn: 95, critical: 90", "warn: ▸0.95, critical: 0", "`warn` is 0.95: answer_rate_a2 is in per cent; write 95 for 95",
    ),
    "limits that are per cent of a period": (
        "relative_to: staffed", "relative_to: ▸asa", "per cent of a figure of the moment, one of average_wait_now",
    ),
    "limits that are per cent of the figure itself": ("relative_to: staffed", "relative_to: ▸waiting", "not of `waiting`"),
    "deadband beyond a hundred": (
        "warn: 95, critical: 90", "warn: 95, critical: 90, deadband: ▸6", "95 and the `deadband` (6) are more than 100",
    ),
    "deadband below nought": (
        "warn: 10, critical: 20", "warn: 10, critical: 20, deadband: ▸11", "`deadband` (11) is greater than the limit (10)",
    ),
    "limit that nothing is held against": (
        "{figure: asa, scopes", "{figure: ▸need, scopes", "need is shown and no limit is held against it",
    ),
    "limit of a hint": (
        "{figure: waiting, scopes", "{figure: ▸expected_wait, scopes", "expected_wait is a hint that no limit is held against",
    ),
    "limit of a figure of days in a window": (
        "{figure: asa, scopes", "{figure: ▸average_wait, scopes", "its window is `today`",
    ),
    "limit at a scope that has no callers": (
        "scopes: [group], window: now", "scopes: [▸team], window: now", "waiting is not known of a team",
    ),
    "headline of what nobody publishes": ("{figure: waiting, window: now}]", "{figure: ▸predicted_wait, window: now}]", "nothing"),
    "headline of the rest of the day in a window": (
        "[{figure: asa, window", "[{figure: ▸expected_rest, window", "known of the day alone",
    ),
    "limit of a ratio above a hundred": ("warn: 95,", "warn: ▸9500,", "`warn` is 9500: answer_rate_a2 is a ratio in per"),
    "seat limits the wrong way round": ("critical_s: 1200", "critical_s: ▸60", "`critical_s` (60) is below `warn_s` (900)"),
    "seat limit below zero": ("warn_s: 900", "warn_s: ▸-1", "`warn_s` is -1; it must be above 0"),
    "seat limit without a limit": ("  - {state: break, warn_s: 900, critical_s: 1200}", "  - ▸{state: break}", "has no limit"),
    "seat limit of both kinds": ("{state: break,", "▸{state: break, warn_factor: 2,", "only one kind can hold"),
    "unknown time zone": ("zone: Asia/Shanghai", "zone: ▸Asia/Shangai", "`Asia/Shangai` (did you mean `Asia/Shanghai`?)"),
    "time zone that is a folder": ("zone: Asia/Shanghai", "zone: ▸Asia", "there is no time zone `Asia`"),
    "token's hash of another form": ("hash: sha256$0", "hash: ▸md5$0", "is not a token's hash (sha256$SALT$HEX)"),
    "expiry that is no date": ("expires: 2030-12-31", "expires: ▸next year", "`next year` is no date"),
    "PIN's hash of another form": ("pin_hash: scrypt", "pin_hash: ▸bcrypt", "is not a PIN's hash (scrypt$SALT$HEX)"),
    "page of a group without one": (", {id: first, kind: group, group: first}", ", ▸{id: first, kind: group}", "needs a `group`"),
    "group of another page": ("kind: overview", "kind: overview, group: ▸first", "only a page of the kind `group`"),
    "five headlines": (
        "{figure: waiting, window: now}]",
        "{figure: waiting, window: now}, {figure: aht, window: 5m}, {figure: asa, window: 5m}, ▸{figure: asa, window: 15m}]",
        "5 headlines; a wall page has room for four",
    ),
    "address of IPv6 that is none": ('listen: "127.0.0.1:8765"', 'listen: ▸"[::zz]:8765"', "`::zz` is no address such as"),
    "address without a port": ('listen: "127.0.0.1:8765"', "listen: ▸localhost", "`localhost` is not HOST:PORT"),
    "port out of range": ("127.0.0.1:8765", "127.0.0.1:87650", "is not HOST:PORT"),
    "certificate without a key": ("frame_ms: 50", "certificate: ▸site.yaml", "`certificate` without `private_key`"),
    "key without a certificate": ("frame_ms: 50", "private_key: ▸site.yaml", "`private_key` without `certificate`"),
    "number out of bounds": ("frame_ms: 50", "frame_ms: ▸0", "`frame_ms` is 0; it must be from 5 to 5000"),
    "number below its least": ("{queue: rescue}]", "{queue: rescue, level: ▸0}]", "`level` is 0; it must be from 1 to 100"),
    "break quota below zero": ("zone: Asia/Shanghai", "zone: Asia/Shanghai\nbreak_quota: ▸-1", "must be from 0 to 10000"),
    "shift whose hours are no span": (
        "zone: Asia/Shanghai",
        "zone: Asia/Shanghai\nshifts: [{id: day, name: {zh: 白班, en: Day}, hours: ▸8-20}]",
        "`8-20` is not a span such as 09:00-17:30",
    ),
    "state of a reason": (ZONE, f"{ZONE}\npauses: [{{reason: 小休, state: ▸brake}}]", "(did you mean `break`?)"),
    "reason with one name": (ZONE, f"{ZONE}\npauses: [{{reason: 小休, name: ▸{{zh: 小休}}}}]", "`en` is missing"),
    "reason whose name is a text": (ZONE, f"{ZONE}\npauses: [{{reason: 小休, name: ▸Break}}]", "expects `key: value` pairs"),
    "reason that is no pair": (ZONE, f"{ZONE}\npauses: [▸小休]", "expects `key: value` pairs (reason, state, name)"),
    "reason of two lines": (
        ZONE,
        f"{ZONE}\npauses: [{{reason: Lunch, state: break}}, {{reason: ▸lunch, state: break}}]",
        "`lunch` has a line already in site.yaml:5",
    ),
    "reason of which nothing is said": (ZONE, f"{ZONE}\npauses: [▸{{reason: 小休}}]", "says nothing about `小休`"),
    "token with one name": ("role: wall, hash", "role: wall, name: ▸{zh: 王丽}, hash", "`en` is missing"),
    "break quota of a team": ("vendor: north}", "vendor: north, break_quota: ▸-2}", "`break_quota` is -2; it must be"),
    "hours that are not 24": (SHARES, "▸[50, 50]", "has 2 numbers instead of 24, one for each hour"),
    "shares that do not sum to 100": ("hourly_share_pct: [0, 0", "hourly_share_pct: ▸[5, 0", "sum to 105 per cent"),
    "share below zero": ("[0, 0, 0, 0, 0, 0, 0, 0, 10, 10,", "[▸-1, 1, 0, 0, 0, 0, 0, 0, 10, 10,", "-1 is below 0"),
    "days that are not seven": ("[1, 1, 1, 1, 1, 0.8, 0.7]", "▸[1]", "has 1 numbers instead of 7, Monday to Sunday"),
    "primary shares that do not sum to 1": (DEMAND, "▸" + DEMAND.replace("share: 1", "share: 0.5"), "sum to 0.5, not to 1"),
    "probability above one": ("ring_max_s: 5", "no_answer_probability: ▸2", "it must be from 0 to 1"),
    "duration below zero": ("talk_mean_s: 100", "talk_mean_s: ▸-5", "`talk_mean_s` is -5; it must be from 0 to 86400"),
    "ringing upside down": ("ring_max_s: 5", "ring_max_s: ▸1", "`ring_max_s` (1) is below `ring_min_s` (2)"),
    "shift that is no span": ("22:00-07:30", "▸22-07", "`22-07` is not a span such as 09:00-17:30"),
    "window that is no span": ("15:00-20:00", "▸15:00-25:00", "`15:00-25:00` is not a span"),
    "window of no length": ("09:00-17:00", "▸09:00-09:00", "`09:00-09:00` is not a span"),
    "three spans in a shift": ("[22:00-07:30]", "▸[01:00-02:00, 03:00-04:00, 05:00-06:00]", "one span or two"),
    "unknown queue of a measure": ("deflected: {claim:", "deflected: {▸clam:", "there is no queue `clam` (did you"),
    "share above one": ("deflected: {claim: 0.4", "deflected: {claim: ▸45", "a share of 45; it must be from 0 to 1"),
    "negative factor of talks": ('talk: {"*": 0.6', 'talk: {"*": ▸-1', "a factor of -1; it must be from 0 to 100"),
    "measure without a span": ("window: 16:00-20:00", "window: ▸16:00", "`16:00` is not a span such as 09:00-17:30"),
    "negative people": ("extra_people: 1", "extra_people: ▸-1", "must be from 0 to 10000"),
    "negative demand": ("{claim: 3,", "{claim: ▸-3,", "a factor of -3; it must be from 0 to 100"),
    # a simulation that cannot be played
    "calls without an end": ("offered: 100", "offered: ▸1e12", "`offered` is 1e+12; it must be from 0 to 1000000"),
    "people without an end": ("count: 3", "count: ▸1000000000", "`count` is 1e+09; it must be from 0 to 10000"),
    "spread beyond all numbers": ("ringing: {", "handling: {talk_cv: ▸1e200}\n  ringing: {", "it must be from 0 to 10"),
    "weekday of a factor too great": ("0.8, 0.7]", "0.8, ▸700]", "a factor of 700; it must be from 0 to 100"),
    "weekday below zero": ("0.8, 0.7]", "0.8, ▸-1]", "a factor of -1; it must be from 0 to 100"),
    "callers of two kinds who are more than all": (
        "ringing: {",
        "patience: {wrong_number_share: 0.7, announcement_share: ▸0.7}\n  ringing: {",
        "sum to 1.4; together they are 1 at most",
    ),
    "help in its own queue": ("secondary: [rescue]", "secondary: [▸claim]", "`claim` is the queue itself; name others"),
    "help in a queue twice": ("secondary: [rescue]", "secondary: [rescue, ▸rescue]", "`rescue` is given twice in this list"),
    "overflow into itself": (
        "secondary: [rescue]", "secondary: [rescue]\n      timeout_s: 9\n      overflow: ▸claim", "is the queue itself; name another",
    ),
    "overflow after no wait at all": (
        "secondary: [rescue]", "secondary: [rescue]\n      timeout_s: ▸0", "`timeout_s` is 0; it must be from 1 to 86400",
    ),
    "overflow to a queue of which nothing is known": (
        "secondary: [rescue]", "secondary: []\n      timeout_s: 9\n      overflow: ▸rescue", "has no line in `demands`",
    ),
    "halves of a shift that overlap": ("16:00-24:00]", "▸11:00-24:00]", "`11:00-24:00` begins before `08:00-12:00` is over"),
    "halves of a shift that change places": ("[08:00-12:00, 16:00-24:00]", "[16:00-24:00, ▸08:00-12:00]", "is over; the second half"),
    "meal that is never due": ("ringing: {", "meal_after_hours: ▸[5, 3.5]\n  ringing: {", "[5, 3.5] are not hours after"),
    "break before the shift": ("ringing: {", "break_after_hours: [▸[-2, -1], [6, 7]]\n  ringing: {", "the earlier one first"),
    "more breaks than hours": ("ringing: {", "breaks: ▸3\n  ringing: {", "3 breaks need as many pairs of hours"),
    "help asked for before it is asked for": (
        "ringing: {", "routing: {level_after_s: [0, 20, ▸10]}\n  ringing: {", "10 is less than the 20 before it",
    ),
    # what two readers would take for the same, or nobody for anything
    "hash of two tokens": (
        "tokens:\n", f"tokens:\n  - {{id: two, role: wall, hash: {HASH}}}\n", "is the hash of `two` (site.yaml:31) too; make one",
    ),
    "language that is a word": ("{code: fr}", "{code: ▸French}", "`French` is not a language's code such as zh"),
    "language that is nothing": ("{code: fr}", "{code: ▸''}", "is not a language's code such as zh"),
    "name that is nothing": ("zh: 小,", "zh: ▸' ',", "is empty, so nothing would be shown"),
    "address that is none": ("127.0.0.1:8765", "999.0.0.1:8765", "`999.0.0.1` is no address such as 127.0.0.1"),
    "zone with the end of its line": (ZONE, "zone: ▸|\n  Asia/Shanghai", "no time zone `Asia/Shanghai\\n` (did you mean"),
    # YAML itself
    "alias without an anchor": ("role: wall", "role: ▸*missing", "`*missing` has no anchor `&missing` before it"),
    "alias inside its own anchor": ("rights: [alarm", "rights: &a [▸*a, alarm", "`*a` stands inside its own anchor `&a`"),
    "tag": ("zone: Asia", "zone: ▸!!python/object/apply:os.getcwd Asia", "the tag `!!python/object/apply:os.getcwd` is not"),
    "local tag": ("zone: Asia", "zone: ▸!secret Asia", "the tag `!secret` is not allowed"),
    "key that is a list": ("zone: Asia", "? ▸[a, b]\n: 1\nzone: Asia", "a key must be a single word"),
    "merge of a text": ("{id: north, ", "{<<: ▸x, id: north, ", "`<<` takes a mapping or a list of mappings"),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_a_mistake_is_told_once_and_with_its_place(case: str, tmp_path: Path) -> None:
    old, new, message = CASES[case]
    text = spoiled(old, new)
    folder = write(tmp_path / "site", {"site.yaml": text.replace(HERE, "")})
    found = mistakes(folder)
    assert len(found) == 1, found
    assert message in found[0]
    if HERE in text:
        line, column = places(text)[0]
        assert found[0].startswith(f"site.yaml:{line}:{column}: "), found[0]


def test_a_simulation_in_which_nobody_does_what_it_says_is_told(tmp_path: Path) -> None:
    idle = ", {id: idle, group: first, name: {zh: 闲, en: Idle}}]"
    text = spoiled("name: {zh: 报案, en: Claim}}]", "name: {zh: 报案, en: Claim}}" + idle)
    text = text.replace("dispatch_by: [claim]", "dispatch_by: [claim, idle]")
    claims = text[text.index("    - queue: claim") : text.index("  ringing:")]
    rescues = claims.replace("queue: claim", "queue: rescue").replace("[rescue]", "[claim]\n      overflow: claim")
    text = text.replace("  ringing:", rescues.replace("primary_share: 1", "primary_share: 0") + "  ringing:")
    found = mistakes(write(tmp_path / "site", {"site.yaml": text}))
    assert [one.split(": ", 1)[1] for one in found] == [
        "nobody ever overflows without a `timeout_s`",
        "no agent has the seat type `idle`, so nobody would do this",
    ]


def test_shifts_without_people_are_told(tmp_path: Path) -> None:
    people = SOUND[SOUND.index("agents:\n") : SOUND.index("seats:\n")]
    text = SOUND.replace(people, "").replace(', leader: "1101"', "").replace(", dispatch_by: [claim]", "")
    (found,) = mistakes(write(tmp_path / "site", {"site.yaml": text}))
    assert found.endswith("the site has no `agents`, so nobody works them")


def test_the_sound_site_is_sound(tmp_path: Path) -> None:
    site = load(write(tmp_path, {"site.yaml": SOUND}))
    assert [queue.id for queue in site.queues] == ["claim", "rescue"]
    assert site.queues[0].number == "6001"
    assert site.simulation is not None
    assert site.simulation.scenarios[0].demand == {"claim": 3.0, "*": 1.3}


def test_all_mistakes_are_told_at_once_in_the_order_of_the_files(tmp_path: Path) -> None:
    text = SOUND
    for old, new in (
        ("zone: Asia/Shanghai", "zone: ▸Asia/Shangai"),
        ("rescue, group: first", "rescue, group: ▸second"),
        ("frame_ms: 50", "frame_ms: ▸fast"),
        ("theme: dark", "theme: ▸drak"),
        ("22:00-07:30", "▸22-07"),
        ("vendor: north", "▸vender: north"),
    ):
        text = text.replace(old, new)
    folder = write(tmp_path / "site", {"site.yaml": text.replace(HERE, "")})
    found = [tuple(int(part) for part in one.split(":")[1:3]) for one in mistakes(folder)]
    assert found == places(text)
    assert len(found) == 6


def test_a_list_that_cannot_be_read_does_not_make_all_its_members_unknown(tmp_path: Path) -> None:
    lines = SOUND.split("\n")
    begin = lines.index("queues:")
    text = "\n".join([*lines[:begin], "queues: none of them", *lines[begin + 3 :]])
    found = mistakes(write(tmp_path, {"site.yaml": text}))
    assert found == [f"site.yaml:{begin + 1}:9: expects a list, not `none of them`"]


def test_a_member_without_an_id_does_not_make_what_refers_to_it_unknown(tmp_path: Path) -> None:
    text = SOUND.replace("- {id: rescue, ", "- {")
    assert mistakes(write(tmp_path, {"site.yaml": text})) == ["site.yaml:9:5: `id` is missing"]


def test_a_mistake_inside_an_agent_does_not_make_the_agent_unknown(tmp_path: Path) -> None:
    text = SOUND.replace("{queue: rescue}]}", "{queue: rescue, level: first}]}")
    found = mistakes(write(tmp_path, {"site.yaml": text}))
    assert len(found) == 1, found
    assert "expects a whole number, not `first`" in found[0]


def test_a_public_token_of_the_demo_may_not_listen_to_other_machines(tmp_path: Path) -> None:
    from config.tokens import hash_token

    text = SOUND.replace("sha256$" + "0" * 32 + "$" + "0" * 64, hash_token("demo-wall"))
    assert mistakes(write(tmp_path / "home", {"site.yaml": text})) == []
    found = mistakes(write(tmp_path / "open", {"site.yaml": text.replace("127.0.0.1:8765", "0.0.0.0:8765")}))
    assert len(found) == 1
    assert "is a public token of the demo, but `0.0.0.0:8765` is open to other machines" in found[0]


def test_certificate_and_key_must_be_there(tmp_path: Path) -> None:
    text = SOUND.replace("frame_ms: 50", "certificate: wall.crt, private_key: wall.key")
    found = mistakes(write(tmp_path, {"site.yaml": text, "wall.crt": "x"}))
    assert len(found) == 1
    assert "there is no file `wall.key` in the site's folder" in found[0]


def test_the_error_itself_reads_as_a_list_of_places(tmp_path: Path) -> None:
    folder = write(
        tmp_path, {"site.yaml": SOUND.replace("theme: dark", "theme: drak").replace("first, kind", "f!, kind")}
    )
    with pytest.raises(SiteError) as caught:
        load(folder)
    lines = str(caught.value).split("\n")
    assert len(lines) == len(caught.value.mistakes) == 2
    assert all(line.startswith(str(folder / "site.yaml")) for line in lines)
