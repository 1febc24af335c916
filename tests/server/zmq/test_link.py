"""Tests of apitest_server.zmq.link."""

from pathlib import Path

import pytest
import zmq

from apitest_server.zmq import link
from apitest_server.zmq.objects import ZMQ_KEY
from tests.ports import free_port
from tests.server.asgi import served
from tests.server.messaging.waiting import kept, until
from tests.server.zmq.partners import SERVICES, peer


def test_an_address_that_is_taken_is_tried_again(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One line says so; the socket is bound once the address is free."""
    monkeypatch.setattr(link, "_GRACE", 0.0)
    address = f"tcp://127.0.0.1:{free_port()}"
    with served(tmp_path, s=SERVICES) as client:
        with peer(zmq.PULL, address, is_bound=True):
            given = {"name": "in", "address": address, "socket_method": "bind", "service": "keep"}
            number = client.result("zato.channel.zmq.create", given)["id"]
            channel = client.app.components[ZMQ_KEY].channels[number]
            until(client, lambda: channel.link.failure == "Address already in use")
            assert channel.status()["last_problem"] == "Address already in use"
        with peer(zmq.PUSH, address) as socket:
            socket.send(b"one")
            kept(client, 1)
    [line] = [line for line in caplog.messages if "cannot use" in line]
    assert line.startswith(f"ZeroMQ channel `in` cannot use {address}: Address already in use; it is tried again")
