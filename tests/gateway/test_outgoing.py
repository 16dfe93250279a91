"""What is still on its way to a console, by the kernel's own account."""

from __future__ import annotations

import asyncio
import socket
import sys

import pytest

from feeds.gateway.publishing.outgoing import on_its_way, unsent

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="asks the kernel as Linux does")


def test_what_the_other_side_reads_is_progress_before_the_kernel_takes_more_of_ours() -> None:
    async def scenario() -> None:
        loop = asyncio.get_running_loop()
        with socket.socket() as server, socket.socket() as theirs:
            server.bind(("127.0.0.1", 0))
            server.listen()
            for one, option in ((theirs, socket.SO_RCVBUF), (server, socket.SO_SNDBUF)):
                one.setsockopt(socket.SOL_SOCKET, option, 4096)
            theirs.connect(server.getsockname())
            mine, _ = server.accept()
            mine.setblocking(False)
            transport, _ = await loop.create_connection(asyncio.Protocol, sock=mine)
            try:
                assert unsent(transport) == on_its_way(transport) == 0
                transport.write(bytes(1 << 20))
                waiting, before = transport.get_write_buffer_size(), on_its_way(transport)
                assert 0 < waiting < before <= 1 << 20
                theirs.settimeout(10)
                while on_its_way(transport) >= before:
                    assert theirs.recv(100)
                assert transport.get_write_buffer_size() == waiting, "by ours alone it would be frozen"
            finally:
                transport.abort()
                await asyncio.sleep(0)

    asyncio.run(scenario())
