"""A fake PBX that has all that a gateway needs, to take things away from."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Final

from config.asterisk import Asterisk
from config.load import load
from config.schema import Site
from feeds.sources.asterisk.checking.inspection import ASKED, MODULES, check
from feeds.sources.asterisk.checking.values import Check
from tests.asterisk_ami.fake import Asked, Block, Connection, FakeAmi, error, rows, success
from tests.config.sites import SOUND, write

QUEUES: Final = ("claim", "rescue")
MEMBERS: Final = (("claim", "PJSIP/1101", "1101 王"), ("rescue", "Local/9@from-queue/n", "1102 李"))
QUEUE_LINES: Final = (
    "strategy=rrmemory", "ringinuse=no", "wrapuptime=15", "setinterfacevar=yes", "membergosub=talk-begins",
)  # fmt: skip
READ_ALL: Final = "system,call,agent,user,reporting,cdr"
TALK: Final = ("Context: talk-begins", "Extension: s", "Application: Set", "AppData: TALK_SINCE=${EPOCH}")


class GoodPbx(FakeAmi):
    """Answers as an Asterisk with the package of resources/asterisk does; what is changed is lacking."""

    def __init__(self) -> None:
        super().__init__()
        self.may = set(ASKED)
        self.unknown: set[str] = set()
        self.release = "22.10.1"
        self.modules = set(MODULES)
        self.read = READ_ALL
        self.queues: dict[str, tuple[str, ...]] = dict.fromkeys(QUEUES, QUEUE_LINES)
        self.members: list[tuple[str, str, str]] = list(MEMBERS)
        plan = Asterisk().dialplan
        names = (plan.ask, plan.spy, plan.requeue, plan.redirect, "from-trunk")
        self.contexts: dict[str, Block] = {**dict.fromkeys(names, ("Priority: 1",)), "talk-begins": TALK}
        self.contexts[plan.requeue] = ("Priority: 1", "Application: Set", "AppData: FLOOR_RETURN=${FLOOR_BACK}")
        self.files: dict[str, dict[str, tuple[str, ...]]] = {
            "manager.conf": {"general": ("timestampevents=yes", "channelvars=OTHER, TALK_SINCE")},
            "websocket_client.conf": {"gateway-media": (
                "type=websocket_client", "uri=ws://127.0.0.1:8766/media", "protocols=media",
                "connection_type=per_call_config",
            )},
            "chan_websocket.conf": {"global": ("control_message_format=json",)},
        }  # fmt: skip
        self.general: tuple[str, ...] = ("shared_lastcall=yes",)
        self.stamp: Block = ("Timestamp: 1795657424.8",)
        self.variables: Block = ("ChanVariable: TALK_SINCE=",)
        self.database: dict[str, str] = {}
        self.keeps_nothing = False
        for name in ASKED:
            self.answers[name] = getattr(self, f"_{name.lower()}", self._done)
        for name in ("ListCommands", "CoreSettings", "Ping"):
            self.answers[name] = getattr(self, f"_{name.lower()}")

    def _take(self, connection: Connection, asked: Asked) -> None:
        name = asked["Action"]
        if name in ASKED and name not in self.may and name not in self.unknown:
            connection.say(error("Permission denied"), action_id=asked["ActionID"])
        elif name in self.unknown:
            connection.say(error(f"Invalid/unknown command: {name}."), action_id=asked["ActionID"])
        else:
            super()._take(connection, asked)

    def tell(self, *lines: str) -> None:
        """Tell an event to whoever wants events."""
        for connection in self.connections:
            if connection.hears and not connection.writer.is_closing():
                connection.say(lines)

    def _done(self, connection: Connection, asked: Asked) -> None:
        connection.say(success(), action_id=asked["ActionID"])

    def _listcommands(self, connection: Connection, asked: Asked) -> None:
        listed = [f"{name}: Does it.  (Priv: all)" for name in sorted(self.may - self.unknown)]
        connection.say(success(*listed), action_id=asked["ActionID"])

    def _coresettings(self, connection: Connection, asked: Asked) -> None:
        connection.say(success(f"AsteriskVersion: {self.release}"), action_id=asked["ActionID"])

    def _ping(self, connection: Connection, asked: Asked) -> None:
        connection.say(success("Ping: Pong", f"Timestamp: {time.time():.6f}"), action_id=asked["ActionID"])

    def _modulecheck(self, connection: Connection, asked: Asked) -> None:
        loaded = asked["Module"] in self.modules
        connection.say(success("Version: ") if loaded else error("Module not loaded"), action_id=asked["ActionID"])

    def _queuestatus(self, connection: Connection, asked: Asked) -> None:
        told: list[Block] = [("Event: QueueParams", f"Queue: {name}") for name in self.queues]
        told += [
            ("Event: QueueMember", f"Queue: {queue}", f"Location: {interface}", f"Name: {name}", "StateInterface: x")
            for queue, interface, name in self.members
        ]
        connection.say(*rows("QueueStatus", *told), action_id=asked["ActionID"])

    def _getconfig(self, connection: Connection, asked: Asked) -> None:
        name = asked["Filename"]
        held = {"general": self.general, **self.queues} if name == "queues.conf" else self.files.get(name)
        if held is None:
            connection.say(error("Config file not found"), action_id=asked["ActionID"])
            return
        lines = []
        for place, (section, settings) in enumerate(held.items()):
            if asked.get("Category", section) == section:
                lines.append(f"Category-{place:06}: {section}")
                lines += [f"Line-{place:06}-{number:06}: {line}" for number, line in enumerate(settings)]
        connection.say(success(*lines), action_id=asked["ActionID"])

    def _showdialplan(self, connection: Connection, asked: Asked) -> None:
        found = self.contexts.get(asked["Context"])
        if found is None:
            connection.say(error(f"Did not find context {asked['Context']}"), action_id=asked["ActionID"])
        else:
            connection.say(*rows("ShowDialPlan", ("Event: ListDialplan", *found)), action_id=asked["ActionID"])

    def _command(self, connection: Connection, asked: Asked) -> None:
        said = ("Output:         username: gateway", f"Output:        read perm: {self.read}")
        connection.say(success(*said), action_id=asked["ActionID"])

    def _filter(self, connection: Connection, asked: Asked) -> None:
        known = asked["MatchCriteria"].startswith("name(")
        connection.say(success() if known else error("Filter was formatted incorrectly."), action_id=asked["ActionID"])

    def _userevent(self, connection: Connection, asked: Asked) -> None:
        connection.say(success("Message: Event Sent"), action_id=asked["ActionID"])
        self.tell("Event: UserEvent", *self.stamp, f"UserEvent: {asked['UserEvent']}", f"Probe: {asked['Probe']}")

    def _dbput(self, connection: Connection, asked: Asked) -> None:
        if not self.keeps_nothing:
            self.database[f"{asked['Family']}/{asked['Key']}"] = asked["Val"]
        connection.say(success("Message: Updated database successfully"), action_id=asked["ActionID"])

    def _dbget(self, connection: Connection, asked: Asked) -> None:
        value = self.database.get(f"{asked['Family']}/{asked['Key']}")
        if value is None:
            connection.say(error("Database entry not found"), action_id=asked["ActionID"])
        else:
            connection.say(*rows("DBGet", ("Event: DBGetResponse", f"Val: {value}")), action_id=asked["ActionID"])

    def _dbdel(self, connection: Connection, asked: Asked) -> None:
        self.database.pop(f"{asked['Family']}/{asked['Key']}", None)
        connection.say(success("Message: Key deleted successfully"), action_id=asked["ActionID"])

    def _originate(self, connection: Connection, asked: Asked) -> None:
        connection.say(success("Message: Originate successfully queued"), action_id=asked["ActionID"])
        queue = asked["Channel"].removeprefix("Local/").partition("@")[0]
        self.tell("Event: UserEvent", *self.variables, "UserEvent: FloorAnswer", f"Queue: {queue}", "Mode: normal")


def site_of(folder: Path, port: int, *, rights: str = '"*"', more: str = "") -> Site:
    """A site of two queues and two agents whose Asterisk is the fake one."""
    text = SOUND.replace("[alarm.acknowledge, seat.*]", f"[{rights}]")
    return load(write(folder, {"site.yaml": f"{text}asterisk:\n  port: {port}\n{more}"}))


async def examined(server: FakeAmi, folder: Path, secret: str = "word", **more: str) -> list[Check]:
    """What is found about the fake PBX."""
    site = site_of(folder, server.port, **more)
    return [one async for one in check(site, site.asterisk or Asterisk(), secret)]
