"""Tests of apitest_server.internal.amqp.outgoing."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from apitest_server.internal.crud import SENT_FIELDS
from tests.ports import free_port
from tests.server.amqp.brokers import Rabbit, defined
from tests.server.asgi import Client, served
from tests.server.internal.amqp.test_definitions import GIVEN

NOT_KEPT = {field.name: field.element.default for field in SENT_FIELDS}  # In the audit log


def test_the_life_of_a_connection(tmp_path: Path) -> None:
    """As clients of such servers create it; lists have the name of its definition."""
    with served(tmp_path) as client:
        definition = client.result("zato.definition.amqp.create", {**GIVEN, "port": free_port()})["id"]
        given = {
            "name": "o", "is_active": True, "def_id": definition, "delivery_mode": 1, "priority": 5,
            "content_type": "text/plain", "content_encoding": "", "expiration": 500, "user_id": "", "app_id": "me",
            "pool_size": 2,
        }  # fmt: skip
        number = client.result("zato.outgoing.amqp.create", {**given, "cluster_id": 1})["id"]
        row = {**given, **NOT_KEPT, "id": number, "def_name": "d"}
        assert client.result("zato.outgoing.amqp.get-list", {"cluster_id": 1}) == [row]
        assert client.result("zato.outgoing.amqp.get-by-id", {"id": number}) == row
        assert client.result("zato.outgoing.amqp.get-by-name", {"name": "o"}) == row
        for service, more in (("ping", {}), ("publish", {"request_data": "a"})):
            status, details = client.refused(f"zato.outgoing.amqp.{service}", {"id": number, **more})
            assert status == 503
            assert "Outgoing AMQP connection `o` is not connected: " in details
        assert client.result("zato.outgoing.amqp.get-status", {"id": number})["is_connected"] is False
        client.result("zato.outgoing.amqp.edit", {"id": number, "is_active": False})
        assert client.refused("zato.outgoing.amqp.ping", {"id": number})[0] == 404
        client.result("zato.outgoing.amqp.delete", {"id": number})


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"def_id": ""}, "`def_id` is required: the ID of an AMQP definition"),
        ({"def_id": 99}, "`def_id`: there is no object of a fitting kind with ID 99"),
        ({"delivery_mode": 3}, "`delivery_mode` must be a whole number from 1 to 2"),
    ],
)
def test_connections_that_are_refused(untouched: Client, change: dict[str, object], problem: str) -> None:
    """With the field and what would be right."""
    status, details = untouched.refused("zato.outgoing.amqp.create", {"name": "o", "def_id": 99, **change})
    assert status == 400
    assert problem in details


@pytest.mark.rabbitmq
def test_a_message_is_published(tmp_path: Path, amqp_broker: Mapping[str, str]) -> None:
    """The broker has it; what it does not take is told."""
    rabbit = Rabbit(amqp_broker)
    queue = rabbit.queue()
    with served(tmp_path) as client:
        client.result("zato.outgoing.amqp.create", {"name": "o", "def_id": defined(client, rabbit)})
        given = {"name": "o", "routing_key": queue, "request_data": "hello", "headers": {"a": 1}}
        assert client.result("zato.outgoing.amqp.publish", given) == {"is_success": True}
        assert client.result("zato.outgoing.amqp.ping", {"name": "o"})["is_success"] is True
        status, details = client.refused("zato.outgoing.amqp.publish", {**given, "exchange": "none"})
        assert (status, "no exchange 'none'" in details) == (400, True)
    (found,) = rabbit.got(queue)
    assert (found["payload"], found["properties"]["headers"]) == ("hello", {"a": 1})
