"""What a PBX lacks for a gateway: asks it harmlessly, and says of each need how it stands and what to write where.

It changes nothing but a key of its own in the switches' database family, which it takes away again. An event of its own
(`WatchfloorProbe`) is seen by all, and a queue's switch is asked without a queue call, as the gateway does.
"""

from __future__ import annotations

import asyncio
import secrets
import ssl
import time
from collections.abc import AsyncIterator
from typing import Final

from config.asterisk import Asterisk
from config.schema import Site
from feeds.sources.asterisk.ami.link import AmiLink, DeniedError, LinkLostError, LoginRefusedError, connect
from feeds.sources.asterisk.ami.messages import AmiError, Fields, Message
from feeds.sources.asterisk.checking.parts import judge_dialplan, judge_media, judge_modules, judge_rights
from feeds.sources.asterisk.checking.queues import judge_members, judge_names, judge_settings, judge_talk_start
from feeds.sources.asterisk.checking.trunks import endpoints_of, judge_trunks
from feeds.sources.asterisk.checking.values import (
    MANAGER_CONF,
    READ,
    Check,
    Found,
    missing,
    ok,
    sections,
    tried,
    wants,
    warn,
)

BOOTED_S: Final = 5.0
PROBE_S: Final = 3.0
CLOCKS_S: Final = 2.0
PROBE: Final = "WatchfloorProbe"
ANSWER: Final = "FloorAnswer"
ASKED: Final = (
    "Atxfer", "BlindTransfer", "Command", "CoreShowChannels", "DBDel", "DBGet", "DBPut", "Filter", "GetConfig",
    "Getvar", "Hangup", "ModuleCheck", "Originate", "PlayDTMF", "QueueAdd", "QueueChangePriorityCaller", "QueuePause",
    "QueuePenalty", "QueueRemove", "QueueStatus", "Redirect", "Setvar", "ShowDialPlan", "UserEvent",
)  # fmt: skip
"""The actions that the gateway or this examination gives."""
MODULES: Final = ("app_queue", "func_db", "app_chanspy", "chan_websocket", "res_websocket_client")


async def check(site: Site, settings: Asterisk, secret: str) -> AsyncIterator[Check]:
    """Everything there is to find, in the order in which it should be mended; what cannot be reached ends it."""
    where = f"{settings.host}:{settings.port}"
    heard = _Heard()
    links: list[AmiLink] = []
    try:
        try:
            links.append(await _connect(settings, secret, heard))
            links.append(await _connect(settings, secret, None))
        except AmiError as error:
            for one in _not_reached(where, settings, error):
                yield one
            return
        yield ok("Address", f"{where} is Asterisk's manager port")
        yield ok("Login", f"as {settings.user}")
        try:
            async for one in _Examination(site, settings, links[0], links[1], heard).run():
                yield one
        except AmiError as error:
            yield missing("Connection", str(error), "look into Asterisk's log, then try again")
    finally:
        for link in links:
            await link.close()


async def _connect(settings: Asterisk, secret: str, heard: _Heard | None) -> AmiLink:
    tls = ssl.create_default_context() if settings.tls else None
    where = (settings.host, settings.port, settings.user, secret)
    if heard is None:
        return await connect(*where, events=False, tls=tls)
    return await connect(*where, events=True, tls=tls, on_messages=heard.take, wanted=frozenset({"UserEvent"}))


def _not_reached(where: str, settings: Asterisk, error: AmiError) -> list[Check]:
    if isinstance(error, LoginRefusedError):
        remedy = (
            f"{MANAGER_CONF}: [{settings.user}](watchfloor-acts), its `secret` as the gateway has it, and a `permit` "
            "for the gateway's address; then `manager reload`"
        )
        return [ok("Address", f"{where} is Asterisk's manager port"), missing("Login", str(error), remedy)]
    if isinstance(error, LinkLostError):
        remedy = (
            f"`host` and `port` under `asterisk:` in the site; {MANAGER_CONF}: [general] enabled = yes, "
            f"port = {settings.port}, bindaddr = an address that the gateway reaches"
        )
        return [missing("Address", str(error), remedy)]
    return [
        missing("Address", str(error), "`port` under `asterisk:` in the site: 5038 unless manager.conf says otherwise")
    ]


class _Heard:
    """The user events that came in."""

    def __init__(self) -> None:
        self._events: list[Message] = []
        self._news = asyncio.Event()

    def take(self, messages: list[Message]) -> None:
        self._events += messages
        self._news.set()

    async def one(self, name: str, key: str, value: str) -> Message | None:
        """The user event of that name in which `key` is `value`; None when it does not come in time."""
        try:
            async with asyncio.timeout(PROBE_S):
                while True:
                    for event in self._events:
                        if event.get("UserEvent") == name and event.get(key) == value:
                            return event
                    self._news.clear()
                    await self._news.wait()
        except TimeoutError:
            return None


class _Examination:
    """Asks one thing after the other and has it judged."""

    def __init__(
        self, site: Site, settings: Asterisk, events: AmiLink, actions: AmiLink, heard: _Heard
    ) -> None:  # fmt: skip
        self._site, self._settings = site, settings
        self._events, self._actions, self._heard = events, actions, heard
        self._found = Found()

    async def run(self) -> AsyncIterator[Check]:
        """All findings behind the login."""
        found, site, settings = self._found, self._site, self._settings
        yield await self._booted()
        yield await self._version()
        yield await self._clock()
        await self._ask_rights()
        for one in judge_rights(found, site, settings.user):
            yield one
        await self._ask_modules()
        yield judge_modules(found, site)
        await self._ask_queues()
        await self._ask_files()
        await self._ask_dialplan()
        for one in judge_dialplan(found, site, settings):
            yield one
        for one in (await self._read_rights(), await self._filter(), await self._event_times()):
            yield one
        for one in await self._switches():
            yield one
        yield judge_names(found, site, settings)
        yield judge_members(found, site)
        for one in judge_settings(found, site, settings):
            yield one
        yield judge_talk_start(found)
        await self._ask_trunks()
        for one in judge_trunks(found, site):
            yield one
        if wants(site, "listening"):
            yield judge_media(found, settings)

    async def _rows(self, action: str, fields: Fields | None = None) -> list[Message] | None:
        """A list; None where it is refused. Raises LinkLostError."""
        try:
            return await self._actions.rows(action, fields, timeout_s=20)
        except LinkLostError:
            raise
        except AmiError:
            return None

    async def _booted(self) -> Check:
        remedy = f"{MANAGER_CONF}: [{self._settings.user}] read = {','.join(READ)}; or wait until Asterisk is up"
        try:
            async with asyncio.timeout(BOOTED_S):
                await self._events.booted()
        except TimeoutError:
            return missing("Booted", f"it did not say within {BOOTED_S:g} s that it is fully booted", remedy)
        hours, rest = divmod(self._events.boot_uptime_s, 3600)
        return ok("Booted", f"for {hours} h {rest // 60} min")

    async def _version(self) -> Check:
        try:
            said = (await self._actions.action("CoreSettings")).get("AsteriskVersion", "")
        except DeniedError:
            said = ""
        return tried(said, self._actions.version, wants(self._site, "listening"))

    async def _clock(self) -> Check:
        sent = time.time()
        server = await self._actions.ping(PROBE_S)
        ahead = (sent + time.time()) / 2 - server
        if not server:
            return warn("Clock", "it does not tell its time", "Asterisk 20 or newer")
        if abs(ahead) < CLOCKS_S:
            return ok("Clock", f"{abs(ahead):.1f} s from this machine's")
        side = "behind" if ahead > 0 else "ahead of"
        said = f"Asterisk's clock is {abs(ahead):.0f} s {side} this machine's"
        return warn("Clock", said, "let both machines follow one time server (`timedatectl set-ntp true`)")

    async def _ask_rights(self) -> None:
        """ListCommands names what this user may give. Of what it does not name, the refusal tells why."""
        listed = await self._actions.action("ListCommands")
        self._found.may = frozenset(name for name in ASKED if name in listed)
        unknown = set()
        for name in set(ASKED) - self._found.may:
            try:
                # Without any field it can do nothing, even where it is let through.
                answer = await self._actions.action(name)
            except DeniedError:
                continue
            if "unknown command" in answer.get("Message", ""):
                unknown.add(name)
        self._found.unknown = frozenset(unknown)

    async def _ask_modules(self) -> None:
        if "ModuleCheck" in self._found.may:
            for name in MODULES:
                answer = await self._actions.action("ModuleCheck", {"Module": name})
                self._found.modules[name] = answer.get("Response") == "Success"

    async def _ask_queues(self) -> None:
        self._found.queue_rows = await self._rows("QueueStatus") or []

    async def _ask_files(self) -> None:
        """Only of queues.conf everything: other files hold passwords that are nobody's business."""
        if "GetConfig" not in self._found.may:
            return
        parts = {
            "queues.conf": "", "manager.conf": "general", "websocket_client.conf": self._settings.media.connection,
            "chan_websocket.conf": "global",
        }  # fmt: skip
        for file, part in parts.items():
            fields = {"Filename": file, **({"Category": part} if part else {})}
            answer = await self._actions.action("GetConfig", fields)
            self._found.files[file] = sections(answer) if answer.get("Response") == "Success" else {}

    async def _ask_dialplan(self) -> None:
        if "ShowDialPlan" not in self._found.may:
            return
        plan = self._settings.dialplan
        gosubs = {value for lines in self._found.queue_lines().values() for key, value in lines if key == "membergosub"}
        self._found.gosubs = {gosub: gosub.partition(",")[0] for gosub in gosubs}
        for context in {plan.ask, plan.spy, plan.requeue, plan.redirect, *plan.trunks, *self._found.gosubs.values()}:
            rows = await self._rows("ShowDialPlan", {"Context": context})
            self._found.contexts[context] = rows or []

    async def _ask_trunks(self) -> None:
        rows = await self._rows("DeviceStateList")
        if rows is not None:
            self._found.devices = {row.get("Device", ""): row.get("State", "") for row in rows}
        for endpoint in endpoints_of(self._site):
            told = await self._rows("PJSIPShowEndpoint", {"Endpoint": endpoint})
            if told is not None:
                self._found.endpoints[endpoint] = told

    async def _read_rights(self) -> Check:
        user, told = self._settings.user, None
        if "Command" in self._found.may:
            answer = await self._actions.action("Command", {"Command": f"manager show user {user}"})
            lines = [line.strip() for line in answer.all("Output")]
            told = next((line.partition(":")[2] for line in lines if line.startswith("read perm:")), None)
        if told is None:
            remedy = f"in Asterisk's console: `manager show user {user}` must name {','.join(READ)} as `read perm`"
            return warn("Events", "which events this user is sent cannot be asked without the right `command`", remedy)
        lacking = [name for name in READ if name not in told.strip().split(",")]
        if lacking:
            remedy = f"{MANAGER_CONF}: [{user}] read = {','.join(READ)}; then `manager reload`"
            return missing("Events", f"this user is not sent the events of: {', '.join(lacking)}", remedy)
        return ok("Events", "system, call, agent and user events are sent")

    async def _filter(self) -> Check:
        name = "Event filter"
        if "Filter" not in self._found.may:
            return warn(name, "this user may not filter: more is sent than is needed", "`eventfilter` lines as in "
                        "manager_watchfloor.conf, or the right `system` in `write`")  # fmt: skip
        answers = []
        for rule in ("name(UserEvent)", "nothing(that is known)"):
            fields = {"Operation": "Add", "MatchCriteria": rule, "Filter": ""}
            answers.append((await self._events.action("Filter", fields)).get("Response"))
        if answers == ["Success", "Error"]:
            return ok(name, "events are chosen by name")
        return warn(
            name, "this Asterisk does not filter by name: more is sent than is needed", "Asterisk 22.2 or newer"
        )

    async def _event_times(self) -> Check:
        """By an event of our own, which proves besides that user events come."""
        name, token = "Event times", secrets.token_hex(8)
        if "UserEvent" in self._found.may:
            await self._actions.action("UserEvent", {"UserEvent": PROBE, "Probe": token})
            event = await self._heard.one(PROBE, "Probe", token)
            if event is None:
                remedy = f"{MANAGER_CONF}: `user` in `read`, and UserEvent in the user's eventfilter lines"
                return missing(name, f"an event of our own did not come back within {PROBE_S:g} s", remedy)
            stamped: bool | None = "Timestamp" in event
        else:
            stamped = self._found.manager_general("timestampevents")
        remedy = f"{MANAGER_CONF}: [general] timestampevents = yes; then `manager reload`"
        if stamped is None:
            return warn(name, "whether events bear their time cannot be asked by this user", remedy)
        if not stamped:
            return missing(name, "events do not say when they happened: what comes late seems to happen late", remedy)
        return ok(name, "events bear Asterisk's own time")

    async def _switches(self) -> list[Check]:
        """The database by a key of our own, and what a switch says by asking one."""
        if not {"DBPut", "DBGet", "DBDel"} <= self._found.may:
            return []  # told as a missing right
        checks = [await self._database()]
        queue = next(iter(self._found.queues()), "")
        if queue and self._found.contexts.get(self._settings.dialplan.ask) and "Originate" in self._found.may:
            checks.append(await self._ask(queue))
        return checks

    async def _database(self) -> Check:
        key = {"Family": self._settings.dialplan.family, "Key": f"watchfloor/probe-{secrets.token_hex(4)}"}
        where = f"{key['Family']}/{key['Key']}"
        put = await self._actions.action("DBPut", {**key, "Val": "probe 测试"})
        try:
            rows = await self._rows("DBGet", key) or []
        finally:
            await self._actions.action("DBDel", key)
        if [row.get("Val") for row in rows] != ["probe 测试"]:
            said = f"{where} was written ({put.get('Message', 'no answer')}) and could not be read back"
            return missing("Switches", said, "is the disk of Asterisk's database (astdb) full or read-only?")
        if await self._rows("DBGet", key):
            return warn(
                "Switches", f"{where} cannot be taken away again", f"`database del {key['Family']} {key['Key']}`"
            )
        return ok("Switches", f"a key of the family {key['Family']} was written, read and taken away")

    async def _ask(self, queue: str) -> Check:
        context = self._settings.dialplan.ask
        call = {"Channel": f"Local/{queue}@{context}", "Application": "NoOp", "Async": "true"}
        await self._actions.action("Originate", call)
        event = await self._heard.one(ANSWER, "Queue", queue)
        if event is None:
            said = f"asked what a call for {queue} would meet, the context {context} gave no {ANSWER}"
            return missing("Switch answers", said, f"[{context}] as in extensions_watchfloor.conf; `dialplan reload`")
        self._found.channel_variables = event.all("ChanVariable")
        return ok("Switch answers", f"a call for {queue} would meet: {event.get('Mode', '?')}")
