"""Opening a connection, and giving it up at any moment of that."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import socket
import warnings

import pytest

from feeds.addresses import NEXT_S, host_of, next_after_s
from feeds.reaching import reach

TURNS = 60
"""A connection to this machine is there within so many turns of the loop."""


@pytest.mark.parametrize(
    ("address", "host", "after"),
    [
        ("ws://localhost:1", "localhost", NEXT_S), ("wss://gate.example:1/floor", "gate.example", NEXT_S),
        ("ws://127.0.0.1:1", "127.0.0.1", None), ("ws://[::1]:1", "::1", None), ("ws://[no", "", NEXT_S),
    ],
)  # fmt: skip
def test_only_of_a_name_several_addresses_are_tried_beside_one_another(
    address: str, host: str, after: float | None
) -> None:
    assert host_of(address) == host
    assert next_after_s(host) == after


def test_whoever_gives_up_just_as_the_connection_is_there_leaves_none_behind() -> None:
    """As a desk does that is closed, or sent to another gateway, while it connects."""
    came: list[bool] = []

    async def give_up_after(turns: int) -> None:
        with socket.create_server(("127.0.0.1", 0)) as server:
            server.setblocking(False)
            reaching = asyncio.create_task(reach(f"ws://127.0.0.1:{server.getsockname()[1]}", None, 5.0))
            for _ in range(turns):
                await asyncio.sleep(0)
            reaching.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await reaching
            came.append(False)
            with contextlib.suppress(BlockingIOError):
                server.accept()[0].close()
                came[-1] = True

    with warnings.catch_warnings(record=True) as warned:
        warnings.simplefilter("always", ResourceWarning)
        for turns in range(TURNS):
            asyncio.run(give_up_after(turns))
        gc.collect()
    assert came.count(True) > 20, "most gave up after the connection was there"
    assert [str(one.message) for one in warned] == []
