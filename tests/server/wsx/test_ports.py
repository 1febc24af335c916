"""Tests of apitest_server.wsx.ports."""

import asyncio
import logging
import socket

import pytest

from apitest_server.errors import BadRequest
from apitest_server.wsx.ports import Ports, bound
from tests.ports import free_port


async def listen(sock: socket.socket, port: int) -> asyncio.Server:
    return await asyncio.get_running_loop().create_server(asyncio.Protocol, sock=sock)


async def answers(port: int) -> bool:
    try:
        _, writer = await asyncio.open_connection("127.0.0.1", port)
    except OSError:
        return False
    writer.close()
    return True


def test_ports_come_and_go() -> None:
    """Those that are wanted are open, and no others."""
    first, second = free_port(), free_port()

    async def test() -> None:
        ports = Ports()
        ports.want({("127.0.0.1", first)})
        await ports.start(listen)
        assert await answers(first)
        await asyncio.to_thread(ports.want, {("127.0.0.1", second)})
        assert (await answers(first), await answers(second)) == (False, True)
        ports.check("127.0.0.1", second)
        ports.close()
        assert not await answers(second)

    asyncio.run(test())


def test_a_port_that_is_taken_is_refused(caplog: pytest.LogCaptureFixture) -> None:
    """Before, and if it happens in between; at start it is logged, and the other ports are open."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port, other = taken.getsockname()[1], free_port()

        async def test() -> None:
            ports = Ports()
            with pytest.raises(BadRequest, match=f"Input field `port`: cannot listen on 127.0.0.1:{port}"):
                ports.check("127.0.0.1", port)
            ports.want({("127.0.0.1", port), ("127.0.0.1", other)})
            await ports.start(listen)
            assert await answers(other)
            with pytest.raises(BadRequest, match="cannot listen"):
                await asyncio.to_thread(ports.want, {("127.0.0.1", port)})
            ports.close()

        with caplog.at_level(logging.ERROR):
            asyncio.run(test())
    assert f"cannot listen on 127.0.0.1:{port}" in caplog.text


@pytest.mark.parametrize("host", ["192.0.2.1", "no such host.invalid", "::ffff:192.0.2.1"])
def test_addresses_of_others_are_refused(host: str) -> None:
    """With the address that is wrong."""
    with pytest.raises(BadRequest, match="cannot listen on"):
        bound(host, 1)
