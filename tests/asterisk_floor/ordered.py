"""Orders on an Asterisk on paper: what it answers, what it does, and what it is too late or not allowed to do."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from config.asterisk import Asterisk
from feeds.commands import Command, Ended
from feeds.entities import Switch
from feeds.facts import SwitchRead
from feeds.sources.asterisk.acting import Acting
from feeds.sources.asterisk.ami.link import DeniedError, LinkLostError
from feeds.sources.asterisk.ami.messages import AmiError, Message
from feeds.sources.asterisk.pulse import Pulse
from feeds.sources.asterisk.switches import Switches
from tests.asterisk_floor.paper import message_of
from tests.asterisk_floor.watched import Watched

Fields = Mapping[str, Any]
Effect = Callable[[Fields], None]
SEEN_S = 0.15


class FakePbx:
    """Answers actions as it is told: with success and an effect, a refusal, a denial, a lost connection or never."""

    def __init__(self, database: dict[str, str] | None = None) -> None:
        self.settings = Asterisk()
        self.connected = True
        self.asked: list[tuple[str, dict[str, Any]]] = []
        self.told: dict[str, dict[str, str]] = {}
        """What an answer holds besides."""
        self.effects: dict[str, Effect] = {}
        self.errors: dict[str, AmiError | str] = {}
        self.database = database or {}
        self.dialplan: Callable[[str], str | None] = self._mode
        self.on_answer: Callable[[Message, int], None] = lambda message, at: None
        self.effects["DBPut"] = self._put
        self.effects["Originate"] = self._originate

    def _put(self, fields: Fields) -> None:
        self.database[fields["Key"]] = fields["Val"]

    def _mode(self, queue: str) -> str | None:
        every = self.database.get("mode/all", "normal")
        return every if every != "normal" else self.database.get(f"mode/{queue}", "normal")

    def _originate(self, fields: Fields) -> None:
        queue = fields["Channel"].partition("/")[2].partition("@")[0]
        mode = self.dialplan(queue)
        if mode is not None:
            answer = message_of({"Event": "UserEvent", "UserEvent": "FloorAnswer", "Queue": queue, "Mode": mode})
            asyncio.get_running_loop().call_soon(self.on_answer, answer, 0)

    async def action(self, action: str, fields: Fields | None = None, timeout_s: float = 5.0) -> Message:
        """One action, answered at once."""
        self.asked.append((action, dict(fields or {})))
        error = self.errors.get(action)
        await asyncio.sleep(0)
        if isinstance(error, AmiError):
            raise error
        if isinstance(error, str):
            return message_of({"Response": "Error", "Message": error})
        self.effects.get(action, lambda fields: None)(fields or {})
        return message_of({"Response": "Success", **self.told.get(action, {})})

    async def rows(self, action: str, fields: Fields | None = None, timeout_s: float = 5.0) -> list[Message]:
        """One list."""
        await self.action(action, fields)
        return self.lists(action)

    def lists(self, action: str) -> list[Message]:
        """The rows of a list action."""
        if action == "DBGetTree":
            if not self.database:
                raise AmiError("Asterisk refuses DBGetTree: Database entry not found")
            rows = [{"Event": "DBGetTreeResponse", "Key": f"/floor/{k}", "Val": v} for k, v in self.database.items()]
            return [message_of(row) for row in rows]
        return self.entries()

    def entries(self) -> list[Message]:
        """The rows of QueueStatus."""
        return []

    def given(self, action: str) -> list[dict[str, Any]]:
        """With what an action was asked for."""
        return [fields for name, fields in self.asked if name == action]


DENIED = DeniedError("the user gateway may not give this")
LOST = LinkLostError("Asterisk closed the connection")


class Ordered:
    """A floor on paper that obeys."""

    def __init__(self, watched: Watched, database: dict[str, str] | None = None) -> None:
        self.watched = watched
        self.asterisk = watched.asterisk
        self.pbx = FakePbx(database)
        self.pulse = Pulse(SEEN_S)
        model, pbx = watched.model, self.pbx
        self.pbx.entries = lambda: watched.asterisk.snapshot().entries  # type: ignore[method-assign]
        self.switches = Switches(pbx, model.names, model.tell, lambda: model.now)  # type: ignore[arg-type]
        self.pbx.on_answer = self.switches.on_answer
        self.acting = Acting(pbx, model, self.switches, self.pulse)  # type: ignore[arg-type]

    def on(self, action: str, effect: Effect) -> None:
        """What an action does; its events are used right behind it."""

        def done(fields: Fields) -> None:
            effect(fields)
            self.use()

        self.pbx.effects[action] = done

    def use(self) -> None:
        """Use what was said."""
        self.watched.see()
        self.pulse.beat()

    def order(self, command: Command, by: str = "supervisor") -> Ended:
        """Give a command and wait for its end, while time passes."""
        return self.run(lambda: self.acting.serve(command, by))

    def run(self, act: Callable[[], Awaitable[Any]]) -> Any:
        """Do something while the pulse beats."""

        async def beating() -> Any:
            task = asyncio.ensure_future(act())
            while not task.done():
                await asyncio.wait([task], timeout=0.01)
                self.watched.model.advance(self.watched.model.now + 10)
                self.use()
            return task.result()

        return asyncio.run(beating())

    def switch(self, name: str) -> tuple[str, str, str]:
        """State, value and asked of a switch as the floor shows it."""
        self.watched.fold()
        found = self.watched.entity(f"switch:{name}")
        return (found.state, found.value, found.asked) if isinstance(found, Switch) else ("", "", "")

    def turned_by(self) -> list[tuple[str, str, str]]:
        """Every turn of a switch: which, to what, and by whom."""
        self.watched.fold()
        return [(one.switch, one.value, one.by) for one in self.watched.facts if isinstance(one, SwitchRead)]
