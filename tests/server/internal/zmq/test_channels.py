"""Tests of apitest_server.internal.zmq.channels."""

from pathlib import Path

from apitest_server.internal.crud import RECEIVED_FIELDS
from tests.ports import free_port
from tests.server.asgi import Client, served

NOT_KEPT = {field.name: field.element.default for field in RECEIVED_FIELDS}  # In the audit log

GIVEN = {"name": "c", "is_active": True, "socket_type": "SUB", "sub_key": "k", "service": "zato.ping"}


def test_the_life_of_a_channel(tmp_path: Path) -> None:
    """As clients of such servers create it."""
    given = {**GIVEN, "address": f"tcp://127.0.0.1:{free_port()}"}
    with served(tmp_path) as client:
        number = client.result("zato.channel.zmq.create", {**given, "cluster_id": 1})["id"]
        row = {
            **given,
            **NOT_KEPT,
            "id": number,
            "socket_method": "connect",
            "data_format": "",
            "service_name": "zato.ping",
        }
        assert client.result("zato.channel.zmq.get-list", {"cluster_id": 1}) == [row]
        assert client.result("zato.channel.zmq.get-by-name", {"name": "c"}) == row
        client.result("zato.channel.zmq.delete", {"id": number})
        assert client.result("zato.channel.zmq.get-list") == []


def test_a_service_that_does_not_exist_is_refused(untouched: Client) -> None:
    """With the field."""
    given = {**GIVEN, "address": "tcp://127.0.0.1:1", "service": "none"}
    status, details = untouched.refused("zato.channel.zmq.create", given)
    assert (status, "`service` is not the name of a deployed service: `none`" in details) == (400, True)
