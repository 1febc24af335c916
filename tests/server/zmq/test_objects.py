"""Tests of apitest_server.zmq.objects."""

from pathlib import Path

import pytest
import zmq

from apitest_server.outgoing import driver
from apitest_server.zmq.objects import ZMQ_KEY
from tests.ports import free_port
from tests.server.asgi import served
from tests.server.messaging.waiting import kept
from tests.server.zmq.partners import SERVICES, arrives, peer


def test_a_change_is_in_effect_at_once(tmp_path: Path) -> None:
    """The socket is bound again, at the same address and at another one; what is not active has none."""
    one, two = (f"tcp://127.0.0.1:{free_port()}" for _ in range(2))
    with served(tmp_path, s=SERVICES) as client:
        given = {"name": "in", "address": one, "socket_method": "bind", "service": "keep"}
        number = client.result("zato.channel.zmq.create", given)["id"]
        client.result("zato.channel.zmq.edit", {"id": number, "name": "renamed"})
        with peer(zmq.PUSH, one) as socket:
            assert arrives(client, socket, b"one")
        client.result("zato.channel.zmq.edit", {"id": number, "address": two})
        with peer(zmq.PUSH, two) as socket:
            assert arrives(client, socket, b"two")
        client.result("zato.channel.zmq.edit", {"id": number, "is_active": False})
        assert client.app.components[ZMQ_KEY].channels == {}
        client.result("zato.channel.zmq.edit", {"id": number, "is_active": True})
    with served(tmp_path, s=SERVICES) as client, peer(zmq.PUSH, two) as socket:
        socket.send(b"after a restart")
        assert kept(client, 1) == [["after a restart", ""]]


def test_a_start_without_driver_says_how_to_install_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """The server starts; what is active is refused."""
    given = {"name": "x", "address": f"tcp://127.0.0.1:{free_port()}", "service": "zato.ping"}
    with served(tmp_path) as client:
        client.result("zato.channel.zmq.create", given)
        client.result("zato.outgoing.zmq.create", given)
    monkeypatch.setattr(driver, "find_spec", lambda name: None)
    with served(tmp_path) as client:
        assert client.app.components[ZMQ_KEY].channels == {}
        status, details = client.refused("zato.outgoing.zmq.create", {**given, "name": "y"})
        assert (status, "pip install apitest[zmq]" in details) == (503, True)
        client.result("zato.outgoing.zmq.create", {**given, "name": "y", "is_active": False})
    assert len([one for one in caplog.messages if "Install it with: pip install apitest[zmq]" in one]) == 2
