"""`python -m tests.asterisk.soak [MINUTES [FOLDER]]`: a busy floor with every trouble thrown in, then both books.

The gateway runs as a user starts it. Practice people call all the time; meanwhile seats and calls are ordered about,
switches turned by order and at Asterisk's console, members reloaded, the manager's connections kicked, Asterisk frozen,
the gateway killed and started again. What happened while nobody could look is left out on both sides: the gaps that the
gateway itself has marked. Where the books differ, facts and queue_log are kept in FOLDER.
"""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import random
import re
import secrets
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Final

from feeds.client import FeedClient
from feeds.entities import Call, Seat
from feeds.facts import AttemptEnded, GapSeen, LegAnswered, LegJoined, SourceChecked
from feeds.requests import OrderParams, OrderResult
from tests.asterisk.floor import USERS, AsteriskFloor, PracticePeople, whole_floor
from tests.asterisk.floor.sites import write_site
from tests.asterisk.gateways import SUPERVISOR, Books, durations, queue_log_lines, section
from tests.gateway.harness import Remembering

ROOT: Final = Path(__file__).resolve().parents[2]
RATE: Final = 6.0
PACE_S: Final = 2.0
AROUND_S: Final = 3.0
"""How far around a gap nothing is compared."""
NEAR_S: Final = 1.1
"""The log counts in whole seconds of its own, cut off at both ends."""
CALM_S: Final = 45.0
"""What is left alone at the end, so that calls come to theirs."""


def main() -> int:
    """Run, print the comparison; 1 where the books differ."""
    minutes = float(sys.argv[1]) if len(sys.argv) > 1 else 30.0
    with (
        tempfile.TemporaryDirectory() as folder,
        AsteriskFloor(whole_floor()) as floor,
        PracticePeople(floor) as people,
    ):
        soak = Soak(floor, Path(folder))
        people.begin_calls(RATE, minutes * 60)
        asyncio.run(soak.run(minutes * 60))
        books = Books(Path(folder) / "data")
        differs = report(floor, books, soak.done)
        if differs and len(sys.argv) > 2:  # whoever looks for the fault wants to see both
            (Path(sys.argv[2]) / "facts.txt").write_text("\n".join(map(repr, books.facts)), "utf-8")
            (Path(sys.argv[2]) / "queue_log").write_bytes(floor.queue_log.read_bytes())
        return differs


class Soak:
    """The gateway's process, a console on it, and what troubles them."""

    def __init__(self, floor: AsteriskFloor, folder: Path) -> None:
        self._floor, self._folder = floor, folder
        self._site = write_site(folder / "site", floor, section(floor, resync_s=20))
        self._gateway: subprocess.Popen[str] | None = None
        self._memory = Remembering()
        self._link: FeedClient | None = None
        self._chance = random.Random(7)
        self.done: Counter[str] = Counter()

    def _start(self) -> str:
        words = ["gateway", "--site", str(self._site), "--source", "asterisk", "--until-input-ends"]
        words += ["--listen", "127.0.0.1:18765", "--data", str(self._folder / "data")]
        log = (self._folder / "gateway.log").open("ab")
        self._gateway = subprocess.Popen(
            [sys.executable, "main.py", *words], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log,
            text=True, env={"WATCHFLOOR_ASTERISK_SECRET": USERS["gateway"]},
        )  # fmt: skip
        assert self._gateway.stdout is not None
        return self._gateway.stdout.readline().split()[-1]

    async def run(self, seconds: float) -> None:
        """Trouble after trouble, then calm until the calls are over."""
        end = time.monotonic() + seconds
        client = FeedClient(await asyncio.to_thread(self._start), SUPERVISOR, self._memory)
        self._link = client
        running = asyncio.create_task(client.run())
        try:
            await self._memory.live()
            for trouble in itertools.cycle(self._troubles()):
                if time.monotonic() > end - CALM_S:
                    break
                await asyncio.sleep(PACE_S)
                await trouble()
            await asyncio.sleep(max(0.0, end - time.monotonic()))
            await self._memory.until(lambda: True)
            await asyncio.sleep(CALM_S)
        finally:
            running.cancel()
            await asyncio.gather(running, return_exceptions=True)
            assert self._gateway is not None and self._gateway.stdin is not None
            self._gateway.stdin.close()
            await asyncio.to_thread(self._gateway.wait)

    def _troubles(self) -> list[Callable[[], Awaitable[None]]]:
        """Orders again and again, something worse between them."""
        worse = [self._console_switch, self._reload, self._kick, self._freeze, self._kill]
        orders = [
            self._pause, self._requeue, self._prioritise, self._ready, self._redirect, self._hang_up, self._switch
        ]  # fmt: skip
        found: list[Callable[[], Awaitable[None]]] = []
        for one in worse:
            found += [*orders, *orders, one]
        return found

    # Orders

    async def _order(self, name: str, **args: object) -> None:
        assert self._link is not None
        params = OrderParams(secrets.token_hex(8), name, dict(args))
        try:
            result = await self._link.ask("order", params, OrderResult)
        except Exception as error:  # a gateway that is being killed answers nothing
            self.done[f"{name}: {type(error).__name__}"] += 1
            return
        self.done[f"{name}: {result.state}"] += 1

    def _seat(self, *states: str) -> str:
        seats = [one.key[5:] for one in self._memory.entities.values() if isinstance(one, Seat) and one.state in states]
        return self._chance.choice(seats) if seats else "8001"

    def _call(self, *states: str) -> Call | None:
        calls = [one for one in self._memory.entities.values() if isinstance(one, Call) and one.state in states]
        return self._chance.choice(calls) if calls else None

    async def _pause(self) -> None:
        await self._order("seat.pause", seat=self._seat("ready", "acw", "talking"), reason="会议")

    async def _ready(self) -> None:
        await self._order("seat.ready", seat=self._seat("meeting", "not_responding"))

    async def _requeue(self) -> None:
        if call := self._call("waiting"):
            await self._order("call.requeue", call=call.key, queue="inquiry" if call.queue != "inquiry" else "claims")

    async def _prioritise(self) -> None:
        if call := self._call("waiting"):
            await self._order("call.prioritise", call=call.key, priority=5)

    async def _redirect(self) -> None:
        if call := self._call("talking", "waiting"):
            await self._order("call.redirect", call=call.key, to="95505")

    async def _hang_up(self) -> None:
        if call := self._call("talking", "waiting"):
            await self._order("call.hangup", call=call.key)

    async def _switch(self) -> None:
        value = self._chance.choice(["normal", "normal", "overflow:inquiry"])
        await self._order("switch.set", switch="claims", value=value)

    # Worse

    async def _cli(self, text: str) -> str:
        return await asyncio.to_thread(self._floor.cli, text)

    async def _console_switch(self) -> None:
        await self._cli("database put floor mode/inquiry overflow:claims")
        await asyncio.sleep(6)
        await self._cli("database del floor mode/inquiry")
        self.done["switch turned at the console"] += 1

    async def _reload(self) -> None:
        await asyncio.to_thread(self._floor.reload, "app_queue")
        self.done["reload"] += 1

    async def _kick(self) -> None:
        for line in (await self._cli("manager show connected")).splitlines():
            if line.startswith("gateway") and (found := re.findall(r"\d+", line.split("127.0.0.1")[-1])):
                await self._cli(f"manager kick session {found[1]}")
        self.done["connections kicked"] += 1

    async def _freeze(self) -> None:
        self._floor.freeze()
        await asyncio.sleep(6)
        self._floor.thaw()
        self.done["Asterisk frozen"] += 1

    async def _kill(self) -> None:
        assert self._gateway is not None
        self._gateway.kill()
        await asyncio.to_thread(self._gateway.wait)
        await asyncio.to_thread(self._start)
        self.done["gateway killed"] += 1
        with contextlib.suppress(AssertionError):
            await self._memory.until(lambda: getattr(self._memory.entities.get("source:main"), "state", "") == "up")


# Books


def report(floor: AsteriskFloor, books: Books, done: Counter[str]) -> int:
    """Print what was done and both books; 1 where they differ."""
    seen = [fact for fact in books.facts if isinstance(fact, GapSeen)]
    gaps = [(fact.begin / 1000 - AROUND_S, fact.end / 1000 + AROUND_S) for fact in seen]
    ours, theirs = our_events(books), log_events(floor)
    say("done: " + ", ".join(f"{what} {times}" for what, times in sorted(done.items())))
    say(f"{len(gaps)} gaps, {sum(end - begin - 2 * AROUND_S for begin, end in gaps[1:]):.0f} s without the first")
    differs = 0
    for word in ("joined", "answered", "left unanswered", "no answer"):
        mine, other = (sorted(one for one in events[word] if outside(one[1], gaps)) for events in (ours, theirs))
        missing, more = beyond(other, mine, gaps), beyond(mine, other, gaps)
        differs += len(missing) + len(more)
        say(f"{word:16} gateway {len(mine):5}  queue_log {len(other):5}  missing {missing}  more {more}")
    far = [
        (name, mine, other) for name, mine, other in durations(floor, books)
        if abs(mine - other) > NEAR_S and outside(books.legs[name.split()[0]].joined_at / 1000, gaps)
        and outside((books.legs[name.split()[0]].talk_ended_at or 0) / 1000, gaps)
    ]  # fmt: skip
    checks = [fact for fact in books.facts if isinstance(fact, SourceChecked)]
    drift = checks[-1].drift if checks else -1
    say(f"waits and talks more than {NEAR_S:g} s apart: {far}")
    say(f"comparisons {len(checks)}, drift {drift} {[fact.found for fact in checks if fact.found]}")
    say(f"oddities {books.floor.state.oddities}, legs still open {len(books.floor.state.legs)}")
    return 1 if differs or far else 0


Happened = tuple[tuple[str, str], float]
"""Call and queue, and when."""
Events = dict[str, list[Happened]]


def our_events(books: Books) -> Events:
    """(call, queue) and time of everything in the gateway's log."""
    found: Events = {"joined": [], "answered": [], "left unanswered": [], "no answer": []}
    legs: dict[str, tuple[str, str]] = {}
    for fact in books.facts:
        if isinstance(fact, LegJoined):
            legs[fact.leg] = (fact.call, fact.queue)
            found["joined"].append((legs[fact.leg], fact.at / 1000))
        elif isinstance(fact, LegAnswered):
            found["answered"].append((legs[fact.leg], fact.at / 1000))
        elif isinstance(fact, AttemptEnded) and fact.result in ("no_answer", "rejected"):
            found["no answer"].append((legs[fact.leg], fact.at / 1000))
    for leg in books.legs.values():
        if leg.outcome in ("abandoned", "flow_out") and leg.concluded_at is not None:
            found["left unanswered"].append(((leg.call, leg.queue), leg.concluded_at / 1000))
    return found


def log_events(floor: AsteriskFloor) -> Events:
    """The same in Asterisk's queue log; to it, who is taken out of a queue has abandoned."""
    words = {
        "ENTERQUEUE": "joined", "CONNECT": "answered", "ABANDON": "left unanswered", "RINGNOANSWER": "no answer",
        "EXITWITHTIMEOUT": "left unanswered",
    }  # fmt: skip
    found: Events = {word: [] for word in words.values()}
    for at, call, queue, word, _ in queue_log_lines(floor):
        if word in words:
            found[words[word]].append(((call, queue), at))
    return found


def beyond(those: list[Happened], these: list[Happened], gaps: list[tuple[float, float]]) -> list[Happened]:
    """Those that are not among these; the log's whole seconds may put one of a pair just inside a gap."""
    known = Counter(name for name, _ in these)
    found = []
    for name, at in those:
        known[name] -= 1
        if known[name] < 0 and outside(at - 1.1, gaps) and outside(at + 1.1, gaps):
            found.append((name, at))
    return found


def outside(at: float, gaps: list[tuple[float, float]]) -> bool:
    """Whether a moment lies in no gap."""
    return not any(begin <= at <= end for begin, end in gaps)


def say(text: str) -> None:
    """A line of the report."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
