"""The dialplan's switches: written into Asterisk's database, read back, and proved by asking the dialplan itself.

The contract is that of the package under resources/asterisk: `<family>/mode/<queue>` and `mode/all`, which wins. A
write causes no event, and anybody may turn a switch at Asterisk's console: so the database is looked at every few
seconds.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from typing import Final

from feeds.facts import AnyFact, SwitchRead
from feeds.sources.asterisk.ami.link import DeniedError, LinkLostError
from feeds.sources.asterisk.ami.messages import AmiError, Message
from feeds.sources.asterisk.names import Names
from feeds.sources.asterisk.pbx import Pbx

log = logging.getLogger("feeds.sources.asterisk")

LOOK_S: Final = 2.5
ANSWER_S: Final = 2.0
PROVED_S: Final = 60.0
"""How long an answer of the dialplan counts."""
AT_ONCE: Final = 20
"""Questions for each look: a floor of a thousand queues is asked through in two minutes."""
SILENT: Final = 3
"""So many questions in a row without an answer, and only one is asked at a time."""
ALL: Final = "all"
NORMAL: Final = "normal"


class Switches:
    """The switches of one PBX. `tell` gets what is read back, `now` gives the time in UTC milliseconds."""

    def __init__(self, pbx: Pbx, names: Names, tell: Callable[[AnyFact], None], now: Callable[[], int]) -> None:
        self._pbx, self._names, self._tell, self._now = pbx, names, tell, now
        self._family, self._ask_context = pbx.settings.dialplan.family, pbx.settings.dialplan.ask
        self._values: dict[str, str] = {}
        self._asked: dict[str, str] = {}
        self._asked_at: dict[str, int] = {}
        self._told: dict[str, tuple[str, str, bool]] = {}
        self._waiting: dict[str, asyncio.Future[str]] = {}
        self._by: dict[str, tuple[str, str]] = {}
        """What the gateway has written last, and for whom."""
        self._look_now = asyncio.Event()
        self._one_at_a_time = asyncio.Lock()
        self._may_ask = True
        self._silent = 0
        """Questions in a row that the dialplan did not answer."""

    async def watch(self) -> None:
        """Look again and again; ends where the manager user may not look."""
        self._may_ask = True  # rights may be others since the last connection
        try:
            while True:
                self._look_now.clear()
                async with self._one_at_a_time:
                    await self.look()
                try:
                    async with asyncio.timeout(LOOK_S):
                        await self._look_now.wait()
                except TimeoutError:
                    continue
        except DeniedError as error:
            log.warning("%s: switches are not shown; the manager user needs the rights system and command", error)
            await asyncio.Event().wait()

    def on_route(self, message: Message, at: int) -> None:
        """A call was sent the way that the switches say: if it is another than is known, look."""
        queue = self._names.asked(message.get("Queue", ""))
        if queue is not None and self._names_in(message.get("Mode", "")) != self.leads_to(queue):
            self._look_now.set()

    def on_answer(self, message: Message, at: int) -> None:
        """The dialplan has answered a question."""
        waiting = self._waiting.get(message.get("Queue", ""))
        if waiting is not None and not waiting.done():
            waiting.set_result(message.get("Mode", ""))

    # Reading

    async def look(self, first: str = "") -> None:
        """Read the database, ask the dialplan where that is due (`first` first), and tell what is otherwise."""
        rows = await self._rows()
        before = dict(self._values)
        self._values = {ALL: NORMAL, **dict.fromkeys(self._names.known_queues, NORMAL)}
        for row in rows:
            name = row.get("Key", "").rpartition("/")[2]
            switch = ALL if name == ALL else self._names.asked(name)
            if switch in self._values:
                self._values[switch] = self._names_in(row.get("Val", "")) or NORMAL
        changed = [one for one, value in self._values.items() if before.get(one) != value]
        for switch in changed if before else ():
            self._forget(switch)
        now = self._now()
        due = [one for one in self._values if now - self._asked_at.get(one, 0) > PROVED_S * 1000 and one != ALL]
        due.sort(key=lambda one: (one != first, self._asked_at.get(one, 0)))
        for place, queue in enumerate(due[:AT_ONCE]):
            if place and self._silent >= SILENT:
                break
            await self._ask(queue)
        for switch in self._values:
            self._tell_if_new(switch)

    def _forget(self, switch: str) -> None:
        """What the dialplan said before a switch was turned says nothing of what it does now; `all` turns every one."""
        if switch == ALL:
            self._asked.clear()
            self._asked_at.clear()
        self._asked.pop(switch, None)
        self._asked_at.pop(switch, None)

    async def _rows(self) -> list[Message]:
        try:
            return await self._pbx.rows("DBGetTree", {"Family": self._family, "Key": "mode"})
        except DeniedError:
            raise
        except AmiError as error:
            if self._pbx.connected and "not found" in str(error).casefold():
                return []
            raise

    async def _ask(self, queue: str) -> None:
        name = self._names.in_asterisk(queue)
        if name is None or not self._may_ask:
            return
        waiting = self._waiting[name] = asyncio.get_running_loop().create_future()
        fields = {"Channel": f"Local/{name}@{self._ask_context}", "Application": "NoOp", "Async": "true"}
        try:
            await self._pbx.action("Originate", fields)
            async with asyncio.timeout(ANSWER_S):
                self._asked[queue] = self._names_in(await waiting)
            self._silent = 0
        except DeniedError as error:
            self._may_ask = False
            log.warning("%s: no switch can be proved", error)
        except TimeoutError:
            self._asked.pop(queue, None)
            self._silent += 1
            if self._silent == SILENT:
                log.warning("the dialplan does not answer in [%s]: no switch can be proved", self._ask_context)
        finally:
            del self._waiting[name]
        self._asked_at[queue] = self._now()  # without an answer too: nobody is asked again and again

    def leads_to(self, queue: str) -> str:
        """What should happen to a call for a queue, by what is written."""
        every = self._values.get(ALL, NORMAL)
        return every if every != NORMAL else self._values.get(queue, NORMAL)

    def _tell_if_new(self, switch: str) -> None:
        value = self._values[switch]
        if switch == ALL:
            answers = [self._asked.get(queue) for queue in self._values if queue != ALL and queue in self._asked]
            right = [answer == self.leads_to(q) for q, answer in self._asked.items() if q in self._values]
            asked = (answers[0] or "") if answers and value != NORMAL else value if answers else ""
            told = (value, asked, bool(right) and all(right))
        else:
            asked = self._asked.get(switch, "")
            told = (value, asked, asked == self.leads_to(switch))
        if self._told.get(switch) != told:
            self._told[switch] = told
            written, by = self._by.pop(switch, ("", ""))
            self._tell(
                SwitchRead(
                    at=self._now(), switch=switch, value=value, asked=asked, proved=told[2],
                    by=by if written == value else "",
                )
            )  # fmt: skip

    def _names_in(self, value: str) -> str:
        """`overflow:<queue>` with the site's name of the queue."""
        mode, colon, queue = value.partition(":")
        return f"{mode}:{self._names.asked(queue) or queue}" if colon else value

    # Writing

    def state(self, switch: str) -> tuple[str, str, bool]:
        """What was told last of a switch: value, the dialplan's answer, whether both agree."""
        return self._told.get(switch, ("", "", False))

    def _in_asterisk(self, queue: str) -> str:
        name = self._names.in_asterisk(queue)
        if name is None:
            raise AmiError(f"Asterisk has no queue {queue}: nothing was written")
        return name

    async def put(self, switch: str, value: str, by: str) -> str:
        """Write a switch, then look and ask; why it cannot be read back, empty if it can. Raises AmiError."""
        name = ALL if switch == ALL else self._in_asterisk(switch)
        mode, colon, queue = value.partition(":")
        written = f"{mode}:{self._in_asterisk(queue)}" if colon else value
        async with self._one_at_a_time:
            fields = {"Family": self._family, "Key": f"mode/{name}", "Val": written}
            answer = await self._pbx.action("DBPut", fields)
            if answer.get("Response") != "Success":
                raise AmiError(f"Asterisk did not write the switch: {answer.get('Message', 'no reason')}")
            if self._values.get(switch) != value:
                self._by[switch] = value, by
            self._forget(switch)
            self._silent = 0
            try:
                await self.look(switch)
            except LinkLostError:
                raise
            except AmiError as error:
                return f"written, but it cannot be read back: {error}"
        return ""
