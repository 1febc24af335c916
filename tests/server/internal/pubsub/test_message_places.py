"""Tests of apitest_server.internal.pubsub.message_places."""

from pathlib import Path
from typing import Any

import pytest

from tests.server.asgi import served
from tests.server.internal.pubsub.endpoints import endpoint, publish, pull, subscribe, topic

NAME = "zato.pubsub.message"
HERE = {"topic_name": "/customer/new"}


@pytest.mark.parametrize("kind", ["gd", "non-gd"])
def test_messages_where_they_are(tmp_path: Path, kind: str) -> None:
    """Read and deleted in a topic and in one queue, and changed; a queue that loses one leaves it to the others."""
    with served(tmp_path) as client:
        topic(client)
        endpoint(client)
        endpoint(client, "erp")
        key = subscribe(client)
        subscribe(client, user="erp")
        first, second, third = (publish(client, data, has_gd=kind == "gd") for data in ("1", "2", "3"))
        assert client.result(f"{NAME}.get-from-topic-{kind}", {**HERE, "msg_id": first})["sub_key"] == ""
        queued = {"sub_key": key, "msg_id": first}
        read = client.result(f"{NAME}.get-from-queue-{kind}", queued)
        assert (read["sub_key"], read["delivery_count"], read["is_in_delivery"]) == (key, 0, False)
        assert client.result(f"{NAME}.update-{kind}", {"msg_id": first, "data": "one"})["data"] == "one"
        assert client.result(f"{NAME}.queue-delete-{kind}", queued) == queued
        assert client.refused(f"{NAME}.get-from-queue-{kind}", queued)[0] == 404
        assert client.result(f"{NAME}.topic-delete-{kind}", {**HERE, "msg_id": third}) == {"msg_id": third}
        assert [message["data"] for message in pull(client)] == ["2"]
        assert [message["data"] for message in pull(client, user="erp")] == ["one", "2"]
        assert client.refused(f"{NAME}.get-from-topic-{kind}", {**HERE, "msg_id": second})[0] == 404


@pytest.mark.parametrize("service", ["get-from-topic", "get-from-queue", "update", "topic-delete", "queue-delete"])
def test_a_message_has_to_be_where_it_is_said_to_be(tmp_path: Path, service: str) -> None:
    """Not in another topic or queue, not of the other kind, not gone; the answer says which."""
    with served(tmp_path) as client:
        topic(client)
        topic(client, "/customer/gone")
        endpoint(client)
        endpoint(client, "erp")
        key = subscribe(client)
        for kind, has_gd in (("gd", True), ("non-gd", False)):
            name, number = f"{NAME}.{service}-{kind}", publish(client, "x", has_gd=has_gd)
            other = subscribe(client, "/customer/gone", "crm" if has_gd else "erp")
            given: dict[str, Any] = {"msg_id": number, **HERE, "sub_key": key, "data": "y"}
            elsewhere = {**given, "topic_name": "/customer/gone", "sub_key": other}
            if service != "update":
                assert client.refused(name, elsewhere)[0] == 404
                assert f"The message `{number}` is not in the " in client.refused(name, elsewhere)[1]
            wrong = name.removesuffix(kind) + ("non-gd" if has_gd else "gd")
            expected = f"The message `{number}` is one {'with' if has_gd else 'without'} guaranteed delivery"
            assert client.refused(wrong, given) == (404, expected)
            assert client.refused(name, {**given, "msg_id": "x"})[1].startswith("There is no message `x`")
            assert client.refused(name, {**HERE, "sub_key": key}) == (400, "Input field `msg_id` is required")
        assert len(pull(client)) == 2
