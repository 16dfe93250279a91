"""Judges queues, their members and their settings by what a PBX answered and what the site says."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from config.asterisk import Asterisk
from config.mistakes import did_you_mean
from config.schema import Site
from feeds.sources.asterisk.ami.messages import Message
from feeds.sources.asterisk.checking.values import (
    MANAGER_CONF,
    Check,
    Found,
    Lines,
    is_yes,
    listed,
    missing,
    ok,
    value_of,
    warn,
)
from feeds.sources.asterisk.names import number_of

QUEUES_CONF: Final = "queues.conf (FreePBX: queues_custom.conf)"
TEMPLATE: Final = "or give the queue the template: [<queue>](+,watchfloor-queue)"
_TIRELESS: Final = frozenset({"leastrecent", "fewestcalls"})


def translation(site: Site, settings: Asterisk) -> dict[str, str]:
    """The site's id of each name that a queue may have in Asterisk."""
    known = {queue.number: queue.id for queue in site.queues if queue.number}
    known |= {queue.id: queue.id for queue in site.queues}
    return known | {one.asterisk: one.queue for one in settings.queues}


def judge_names(found: Found, site: Site, settings: Asterisk) -> Check:
    """Whether Asterisk and the site speak of the same queues."""
    known, there = translation(site, settings), found.queues()
    if not there:
        return missing(
            "Queues", "Asterisk has no queue at all", "queues.conf, then `queue reload all`; is app_queue loaded?"
        )
    strange = [name for name in there if name not in known]
    absent = [one.id for one in site.queues if one.id not in {known.get(name) for name in there}]
    if not strange and not absent:
        return ok("Queues", f"all {len(there)} are known on both sides")
    said = [f"not in the site: {listed([name + did_you_mean(name, absent) for name in strange])}"] if strange else []
    said += [f"not in Asterisk: {listed([name + did_you_mean(name, strange) for name in absent])}"] if absent else []
    example = f"{{asterisk: {strange[0]!r}, queue: {absent[0]}}}" if strange and absent else "{asterisk: …, queue: …}"
    remedy = f"in the site `asterisk: queues: [{example}]`, or the queue's `number`, or a queue of that id"
    if len(absent) == len(site.queues):
        return missing("Queues", "none of the site's queues is known to Asterisk; " + "; ".join(said), remedy)
    return warn("Queues", "; ".join(said), remedy)


def _members(found: Found) -> list[Message]:
    return [row for row in found.queue_rows if row.event == "QueueMember"]


def judge_members(found: Found, site: Site) -> Check:
    """Whether the site knows who the members are: by the first word of a name, else by the interface's number."""
    agents = {agent.id for agent in site.agents}
    strange: dict[str, str] = {}
    stateless: dict[str, None] = {}
    rows = _members(found)
    for row in rows:
        interface, words = row.get("Location", ""), row.get("Name", "").split()
        if not {number_of(interface), *(one for word in words[:1] for one in (word, number_of(word)))} & agents:
            strange.setdefault(interface, row.get("Name", ""))
        if interface.startswith("Local/") and row.get("StateInterface", interface) == interface:
            stateless[interface] = None
    if not rows:
        return warn("Members", "no queue has a member now", "members who log in later are examined then: try again")
    if strange:
        names = listed([f"{interface} ({name})" if name else interface for interface, name in strange.items()])
        remedy = "add them to `agents:` of the site, with the number of the phone or the first word of the name as `id`"
        return warn("Members", f"{len(strange)} are not agents of the site: {names}", remedy)
    if stateless:
        remedy = f"{QUEUES_CONF}: name the phone's device as the fourth field of each `member`"
        return warn("Members", f"whether they are on the phone is not told: {listed(list(stateless))}", remedy)
    return ok("Members", f"all {len({row.get('Location') for row in rows})} are agents of the site")


def judge_settings(found: Found, site: Site, settings: Asterisk) -> list[Check]:
    """Settings of queues that make what is seen untrue, and whether wrap-up times are known."""
    told = {one.queue for one in settings.wrap_ups}
    known = translation(site, settings)
    if "queues.conf" not in found.files:
        untold = [name for name in found.queues() if known.get(name) not in told]
        checks = [warn(
            "Queue settings", "cannot be read without the right `config`",
            f"{MANAGER_CONF}: `config` in the user's `write`; or see queues_watchfloor.conf yourself",
        )]  # fmt: skip
        return [*checks, _wrap_ups(untold, len(found.queues()))]
    lines = found.queue_lines()
    elsewhere = [name for name in found.queues() if name not in lines]
    untold = [
        name
        for name in found.queues()
        if known.get(name) not in told and not value_of(lines.get(name, []), "wrapuptime")
    ]
    checks = [*_lies(lines), _wrap_ups(untold, len(found.queues()))]
    wrapping = [name for name, of in lines.items() if value_of(of, "wrapuptime") not in ("", "0")]
    general = found.files["queues.conf"].get("general", [])
    if len(wrapping) > 1 and not is_yes(value_of(general, "shared_lastcall")):
        remedy = f"{QUEUES_CONF}: [general] shared_lastcall = yes"
        checks.append(warn("Wrap-up", "a call of another queue ends it: queues do not share the last call", remedy))
    if elsewhere:
        remedy = "settings of queues in a database are not examined: compare them with queues_watchfloor.conf"
        checks.append(warn("Queue settings", f"not in queues.conf: {listed(elsewhere)}", remedy))
    return checks


def _lies(lines: dict[str, Lines]) -> Iterable[Check]:
    busy = [name for name, of in lines.items() if is_yes(value_of(of, "ringinuse") or "yes")]
    if busy:
        said = f"a seat that talks is called all the same, and seems to ring: {listed(busy)}"
        yield warn("Ring in use", said, f"{QUEUES_CONF}: ringinuse = no in each, {TEMPLATE}")
    tireless = [
        name for name, of in lines.items()
        if value_of(of, "strategy") in _TIRELESS and value_of(of, "autopause") in ("", "no")
    ]  # fmt: skip
    if tireless:
        said = f"a phone that is busy or does not answer is called again and again: {listed(tireless)}"
        yield warn("Autopause", said, f"{QUEUES_CONF}: autopause = yes, or all, in each")
    if lines and not busy and not tireless:
        yield ok("Queue settings", f"of {len(lines)} queues: ringinuse and autopause are as they should be")


def _wrap_ups(untold: list[str], number: int) -> Check:
    if untold:
        said = f"not known, so seats seem ready too soon: {listed(untold)}"
        remedy = f"{QUEUES_CONF}: wrapuptime = seconds; or in the site `asterisk: wrap_ups: [{{queue: …, seconds: …}}]`"
        return warn("Wrap-up", said, remedy)
    return ok("Wrap-up", f"known for all {number} queues")


def judge_talk_start(found: Found) -> Check:
    """Whether a gateway that connects during a talk can know when it began."""
    name, because = "Talk start", "after an outage it is not known since when a seat talks"
    variables = found.channel_variables
    if variables is None and "manager.conf" in found.files:
        names = value_of(found.files["manager.conf"].get("general", []), "channelvars")
        variables = [one.strip() + "=" for one in names.split(",")]
    if variables is not None and not any(one.startswith("TALK_SINCE=") for one in variables):
        remedy = (
            f"{MANAGER_CONF}: [general] channelvars = TALK_SINCE, after those that are there; then `manager reload`"
        )
        return warn(name, f"channelvars does not name TALK_SINCE: {because}", remedy)
    if "queues.conf" not in found.files or variables is None:
        remedy = "compare manager.conf and queues.conf with manager_watchfloor.conf and queues_watchfloor.conf"
        return warn(name, "cannot be examined without the right `config`", remedy)
    lines = found.queue_lines()
    setting = {gosub for gosub, context in found.gosubs.items() if _sets(found.contexts.get(context, []))}
    silent = [queue for queue, of in lines.items() if value_of(of, "membergosub") not in setting]
    if silent:
        remedy = f"{QUEUES_CONF}: membergosub = talk-begins in each (see extensions_watchfloor.conf), {TEMPLATE}"
        return warn(name, f"no membergosub that sets TALK_SINCE in {listed(silent)}: {because}", remedy)
    bare = [queue for queue, of in lines.items() if not is_yes(value_of(of, "setinterfacevar"))]
    if bare:
        remedy = f"{QUEUES_CONF}: setinterfacevar = yes in each, {TEMPLATE}"
        return warn(name, f"who talks is told by names only: {listed(bare)}", remedy)
    return ok(name, "each talk notes when it began")


def _sets(rows: list[Message]) -> bool:
    return any("TALK_SINCE=" in row.get("AppData", "") for row in rows)
