"""Tests of apitest_server.internal.amqp.definitions."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.ports import free_port
from tests.server.amqp.brokers import Rabbit
from tests.server.asgi import Client, served

GIVEN = {"name": "d", "host": "127.0.0.1", "port": 5672, "vhost": "/", "username": "me", "password": "secret"}


def test_the_life_of_a_definition(tmp_path: Path) -> None:
    """As clients of such servers create it: all of its fields are given, next to the cluster's ID."""
    with served(tmp_path) as client:
        given = {**GIVEN, "cluster_id": 1, "frame_max": 131072, "heartbeat": 10, "port": free_port()}
        number = client.result("zato.definition.amqp.create", given)["id"]
        row = client.result("zato.definition.amqp.get-by-id", {"id": number, "cluster_id": 1})
        tls = {"use_tls": False, "validate_tls": True, "ca_certs": ""}
        shown = {name: value for name, value in given.items() if name not in ("password", "cluster_id")}
        assert row == {**shown, **tls, "id": number}
        assert client.result("zato.definition.amqp.get-list", {"cluster_id": 1}) == [row]
        assert client.result("zato.definition.amqp.get-by-name", {"name": "d"}) == row
        status, details = client.refused("zato.definition.amqp.ping", {"id": number})
        assert (status, details.partition(": ")[0]) == (503, f"amqp://me@127.0.0.1:{given['port']}/")
        client.result("zato.definition.amqp.delete", {"id": number})
        assert client.refused("zato.definition.amqp.ping", {"id": number})[0] == 404


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        ({"name": "d"}, "`host` is required"),
        ({**GIVEN, "port": 0}, "`port` must be a whole number from 1 to 65535"),
        ({**GIVEN, "heartbeat": -1}, "`heartbeat` must be"),
        ({**GIVEN, "use_tls": True, "ca_certs": "none.pem"}, "`ca_certs` names a file that cannot be used"),
    ],
)
def test_definitions_that_are_refused(untouched: Client, given: dict[str, object], problem: str) -> None:
    """With the field and what would be right."""
    status, details = untouched.refused("zato.definition.amqp.create", given)
    assert status == 400
    assert problem in details


@pytest.mark.rabbitmq
def test_a_broker_that_is_there(tmp_path: Path, amqp_broker: Mapping[str, str]) -> None:
    """The answer says how long it took, and has no password in it."""
    rabbit = Rabbit(amqp_broker)
    with served(tmp_path) as client:
        number = client.result("zato.definition.amqp.create", rabbit.definition)["id"]
        found = client.result("zato.definition.amqp.ping", {"id": number})
        assert found["is_success"] is True
        assert found["info"].startswith(f"amqp://apitest@127.0.0.1:{rabbit.definition['port']}/ took ")
