"""Tests of apitest_server.zmq.channel, against peers with sockets of their own."""

from pathlib import Path
from typing import Any

import pytest
import zmq

from apitest_server.zmq.objects import ZMQ_KEY
from tests.ports import free_port
from tests.server.asgi import Client, served
from tests.server.messaging.waiting import kept, until
from tests.server.zmq.partners import SERVICES, peer

CREATE = "zato.channel.zmq.create"


def created(client: Client, **fields: object) -> int:
    return int(client.result(CREATE, {"name": "in", "service": "keep", **fields})["id"])


def test_messages_that_are_pushed_call_a_service(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """One after the other; a line says so where the service fails, and the next message calls it again."""
    address = f"tcp://127.0.0.1:{free_port()}"
    with served(tmp_path, s=SERVICES) as client, peer(zmq.PUSH, address) as socket:
        created(client, address=address, socket_method="bind")
        for text in (b"one", b"fail", "zwei €".encode(), b"\xff"):
            until(client, lambda text=text: socket.poll(0, zmq.POLLOUT) and not socket.send(text, zmq.NOBLOCK))
        rows = kept(client, 3)
    assert [row[0] for row in rows[:2]] == ["one", "zwei €"]
    [line] = [line for line in caplog.messages if "a message is lost" in line]
    assert line.startswith("ZeroMQ channel `in`: a message is lost, because service keep failed: ")


def test_what_is_published_calls_a_service(tmp_path: Path) -> None:
    """What begins with the key, and only that; the topic is a frame of its own, the body is JSON."""
    address = f"tcp://127.0.0.1:{free_port()}"
    with served(tmp_path, s=SERVICES) as client, peer(zmq.XPUB, address, is_bound=True) as socket:
        created(client, address=address, socket_type="SUB", sub_key="weather", data_format="json")
        until(client, lambda: socket.poll(0))
        assert socket.recv() == b"\x01weather"
        for topic in (b"sport", b"weather.berlin"):
            socket.send_multipart([topic, b'{"is": "new"}'])
        assert kept(client, 1) == [[{"is": "new"}, "weather.berlin"]]


def test_a_peer_that_goes_and_comes_is_told_once(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """The socket goes on with it."""
    caplog.set_level("INFO", "apitest.zmq")
    address = f"tcp://127.0.0.1:{free_port()}"
    with served(tmp_path, s=SERVICES) as client:
        channel = client.app.components[ZMQ_KEY].channels
        number = created(client, address=address)
        for text in (b"one", b"two"):
            with peer(zmq.PUSH, address, is_bound=True) as socket:
                until(client, lambda: channel[number].link.peers == 1)
                socket.send(text)
                kept(client, 1 if text == b"one" else 2)
            until(client, lambda: channel[number].link.peers == 0)
    lines = [line for line in caplog.messages if line.startswith("ZeroMQ channel `in`")]
    assert lines == [
        f"ZeroMQ channel `in` (PULL) connects to {address}",
        f"ZeroMQ channel `in` has a peer at {address}",
        f"ZeroMQ channel `in` has no peer at {address} any longer (0 earlier times were not logged)",
        f"ZeroMQ channel `in` has a peer at {address}",
    ]


def test_the_status_tells_of_peers_and_messages(tmp_path: Path) -> None:
    """On both sides: of a socket that peers connect to, and of one that connects."""
    address = f"tcp://127.0.0.1:{free_port()}"
    with served(tmp_path, s=SERVICES) as client:
        number = created(client, address=address, socket_method="bind")
        client.result("zato.outgoing.zmq.create", {"name": "out", "address": address})

        def status(kind: str, **asked: object) -> Any:
            return client.result(f"zato.{kind}.zmq.get-status", asked)

        until(client, lambda: status("channel", id=number)["peers"] == 1)
        until(client, lambda: status("outgoing", name="out")["is_connected"])
        for data in ("one", "fail"):
            assert client.result("zato.outgoing.zmq.publish", {"name": "out", "request_data": data})["is_success"]
        until(client, lambda: status("channel", id=number)["skipped"] == 1)
        found = status("channel", name="in")
        assert found == {"is_connected": True, "last_problem": "", "peers": 1, "handled": 1, "skipped": 1}
        client.result("zato.channel.zmq.delete", {"id": number})
        until(client, lambda: not status("outgoing", name="out")["is_connected"])
