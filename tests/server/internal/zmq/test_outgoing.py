"""Tests of apitest_server.internal.zmq.outgoing."""

from pathlib import Path

from apitest_server.internal.crud import SENT_FIELDS
from tests.ports import free_port
from tests.server.asgi import served

NOT_KEPT = {field.name: field.element.default for field in SENT_FIELDS}  # In the audit log


def test_the_life_of_a_connection(tmp_path: Path) -> None:
    """What is not given is as old clients have it."""
    given = {"name": "c", "address": f"tcp://127.0.0.1:{free_port()}"}
    with served(tmp_path) as client:
        number = client.result("zato.outgoing.zmq.create", {**given, "cluster_id": 1})["id"]
        row = {**given, **NOT_KEPT, "id": number, "is_active": True, "socket_type": "PUSH", "socket_method": "connect"}
        assert client.result("zato.outgoing.zmq.get-by-id", {"id": number}) == row
        client.result("zato.outgoing.zmq.delete", {"id": number})
        assert client.result("zato.outgoing.zmq.get-list") == []
