"""Tests of apitest_server.zmq.outgoing, against peers with sockets of their own."""

import asyncio
from pathlib import Path

import pytest
import zmq

from apitest_server.errors import ServiceUnavailable
from apitest_server.zmq.objects import ZMQ_KEY
from tests.ports import free_port
from tests.server.asgi import Client, served
from tests.server.messaging.waiting import LONGEST, until
from tests.server.zmq.partners import SERVICES, came, peer


def created(client: Client, **fields: object) -> int:
    return int(client.result("zato.outgoing.zmq.create", {"name": "out", **fields})["id"])


def test_services_push(tmp_path: Path) -> None:
    """Text as it is, all else as JSON; from threads and from the event loop, to a peer that comes later, too."""
    address = f"tcp://127.0.0.1:{free_port()}"
    with served(tmp_path, s=SERVICES) as client:
        created(client, address=address)
        with peer(zmq.PULL, address, is_bound=True) as socket:
            client.result("send", {"data": "hello"})
            client.result("send-async", {"data": {"a": 1}, "topic": "t"})
            assert until(client, lambda: came(socket)) == [b"hello"]
            assert until(client, lambda: came(socket)) == [b"t", b'{"a":1}']


def test_services_publish(tmp_path: Path) -> None:
    """To those that have subscribed to it; nobody waits for others."""
    address = f"tcp://127.0.0.1:{free_port()}"
    with served(tmp_path, s=SERVICES) as client, peer(zmq.SUB, address) as socket:
        socket.subscribe(b"weather")
        created(client, address=address, socket_type="PUB", socket_method="bind")

        def published() -> list[bytes]:
            client.result("send", {"data": "sport"})
            client.result("send", {"data": "weather: rain"})
            return came(socket)

        assert until(client, published) == [b"weather: rain"]


def test_who_pushes_to_nobody_is_told(tmp_path: Path) -> None:
    """Not that it was sent."""
    address = f"tcp://127.0.0.1:{free_port()}"
    with served(tmp_path, s=SERVICES) as client:
        created(client, address=address)
        status, details = client.refused("send", {"data": "x", "timeout": 0.1})
    assert status == 503
    assert details.endswith(f"`out` has not sent a message within 0.1 s: no peer at {address} takes it")


def test_who_waits_for_a_peer_while_the_connection_is_deleted_is_told(tmp_path: Path) -> None:
    """At once, not when the time is over."""
    address = f"tcp://127.0.0.1:{free_port()}"
    with served(tmp_path, s=SERVICES) as client:
        number = created(client, address=address)
        connection = client.app.components[ZMQ_KEY].connections["out"]

        async def deleted_meanwhile() -> None:
            sending = asyncio.ensure_future(connection.send("x", timeout=LONGEST))
            await asyncio.shield(connection.link.socket)
            await asyncio.sleep(0)
            await connection.link.close()
            with pytest.raises(ServiceUnavailable, match="was closed before a peer had taken a message"):
                await sending
            with pytest.raises(ServiceUnavailable, match="was closed"):
                await connection.send("y")

        client.runner.run(deleted_meanwhile())
        client.result("zato.outgoing.zmq.delete", {"id": number})
        assert client.refused("send", {"data": "x"})[0] == 500
