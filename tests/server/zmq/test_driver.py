"""Tests of apitest_server.zmq.driver."""

import asyncio

import pytest
import zmq
import zmq.asyncio

from apitest_server.zmq import driver
from apitest_server.zmq.peers import Peers
from apitest_server.zmq.place import Place
from tests.ports import free_port
from tests.server.zmq.partners import peer


def test_a_peer_of_a_wrong_type_is_none() -> None:
    """It comes and goes, and is never counted; one of the right type is."""

    async def counted(address: str) -> list[int]:
        context = zmq.asyncio.Context()
        socket, monitor = driver.socket_of(context, Place("PULL", address, True))
        peers, found = Peers(), []
        try:
            for kind in (zmq.SUB, zmq.PUSH):
                with peer(kind, address):
                    for _ in range(2):
                        await driver.told(monitor, peers)
                        found.append(len(peers))
                    while kind == zmq.PUSH and not len(peers):  # The other one may have tried it more than once
                        await driver.told(monitor, peers)
            found.append(len(peers))
            while len(peers):
                await driver.told(monitor, peers)
        finally:
            driver.close(socket, monitor)
            context.term()
        return found

    first, second, *_, last = asyncio.run(counted(f"tcp://127.0.0.1:{free_port()}"))
    assert (first, second, last) == (0, 0, 1)


def test_an_address_that_cannot_be_used_leaves_nothing_open() -> None:
    """The context can be ended."""
    with zmq.asyncio.Context() as context, pytest.raises(zmq.ZMQError):
        driver.socket_of(context, Place("PULL", "tcp://203.0.113.1:1", True))
