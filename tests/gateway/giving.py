"""Gives orders to a real gateway by its wire, and makes an alarm that orders can be about."""

from __future__ import annotations

import secrets
from typing import Any

import pytest

from feeds.client import FeedClient, Refused
from feeds.entities import Alarm
from feeds.facts import Tick
from feeds.requests import OrderParams, OrderResult
from tests.gateway.floors import START, a_call, everybody_signs_in
from tests.gateway.harness import Remembering, ToldSource

ALARM = "alarm:queue:claim:waiting:now"


async def give(link: FeedClient, name: str, key: str = "", **more: Any) -> OrderResult:
    """What the gateway answers to an order; Refused where it is none that it takes."""
    return await link.ask("order", OrderParams(key or secrets.token_hex(4), name, **more), OrderResult)


async def refused(link: FeedClient, name: str, **more: Any) -> tuple[str, str]:
    """The rule and the words by which a request is refused."""
    with pytest.raises(Refused) as caught:
        await give(link, name, **more)
    assert caught.value.error.data is not None
    return caught.value.error.data.rule, caught.value.error.message


async def raise_an_alarm(source: ToldSource, memory: Remembering) -> None:
    """Have so many wait that `ALARM` comes."""
    facts = everybody_signs_in()
    for number in range(3):
        facts += a_call(number, "claim", START + number, ends=False)
    await source.tell(*facts, *(Tick(at=START + seconds * 1000) for seconds in range(1, 60)))
    await memory.until(lambda: isinstance(memory.entities.get(ALARM), Alarm))
