"""Tests of apitest_server.internal.jms_wmq.channels."""

from pathlib import Path

from tests.server.asgi import served
from tests.server.internal.jms_wmq.test_definitions import GIVEN

SERVICE = "zato.channel.jms-wmq"


def test_a_channel_refers_to_a_definition(tmp_path: Path) -> None:
    """It is listed with the definition's name, which cannot be deleted meanwhile; its service has to be deployed."""
    with served(tmp_path) as client:
        manager = client.result("zato.definition.jms-wmq.create", GIVEN)["id"]
        channel = {"name": "in", "def_id": manager, "queue": "DEV.QUEUE.1", "service": "zato.ping"}
        assert client.refused(f"{SERVICE}.create", {**channel, "service": "none"})[0] == 400
        assert client.refused(f"{SERVICE}.create", {**channel, "def_id": 0}) == (
            400, "Input field `def_id` is required: the ID of an IBM MQ definition",
        )  # fmt: skip
        client.result(f"{SERVICE}.create", channel)
        [row] = client.result(f"{SERVICE}.get-list")
        assert (row["def_name"], row["service_name"]) == ("manager", "zato.ping")
        assert client.refused("zato.definition.jms-wmq.delete", {"id": manager})[0] == 400
