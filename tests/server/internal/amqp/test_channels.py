"""Tests of apitest_server.internal.amqp.channels."""

from pathlib import Path

import pytest

from apitest_server.internal.crud import RECEIVED_FIELDS
from tests.ports import free_port
from tests.server.asgi import Client, served
from tests.server.internal.amqp.test_definitions import GIVEN

NOT_KEPT = {field.name: field.element.default for field in RECEIVED_FIELDS}  # In the audit log


def test_the_life_of_a_channel(tmp_path: Path) -> None:
    """As clients of such servers create it; lists have the names of its definition and of its service."""
    with served(tmp_path) as client:
        definition = client.result("zato.definition.amqp.create", {**GIVEN, "port": free_port()})["id"]
        given = {
            "name": "c", "is_active": True, "def_id": definition, "queue": "q", "consumer_tag_prefix": "tag",
            "service": "zato.ping", "pool_size": 2, "prefetch_count": 5, "ack_mode": "reject", "data_format": "json",
        }  # fmt: skip
        number = client.result("zato.channel.amqp.create", {**given, "cluster_id": 1})["id"]
        row = {**given, **NOT_KEPT, "id": number, "def_name": "d", "service_name": "zato.ping"}
        assert client.result("zato.channel.amqp.get-list", {"cluster_id": 1}) == [row]
        assert client.result("zato.channel.amqp.get-by-id", {"id": number}) == row
        assert client.result("zato.channel.amqp.get-by-name", {"name": "c"}) == row
        status = client.result("zato.channel.amqp.get-status", {"name": "c"})
        assert (status["is_connected"], status["acknowledged"], status["rejected"]) == (False, 0, 0)
        client.result("zato.channel.amqp.edit", {"id": number, "pool_size": 3})
        client.result("zato.channel.amqp.delete", {"id": number})
        assert client.result("zato.channel.amqp.get-list") == []


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"def_id": 0}, "`def_id` is required: the ID of an AMQP definition"),
        ({"def_id": 99}, "`def_id`: there is no object of a fitting kind with ID 99"),
        ({"queue": ""}, "`queue` must not be empty"),
        ({"service": "none"}, "`service` is not the name of a deployed service: `none`"),
        ({"ack_mode": "perhaps"}, "`ack_mode` must be one of ack, reject"),
        ({"prefetch_count": 0}, "`prefetch_count` must be a whole number from 1"),
    ],
)
def test_channels_that_are_refused(untouched: Client, change: dict[str, object], problem: str) -> None:
    """With the field and what would be right."""
    given = {"name": "c", "def_id": 99, "queue": "q", "service": "zato.ping", **change}
    status, details = untouched.refused("zato.channel.amqp.create", given)
    assert status == 400
    assert problem in details
