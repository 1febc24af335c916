"""Tests of apitest_server.internal.pubsub.pubapi."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.server.asgi import Client, served
from tests.server.internal.pubsub.endpoints import endpoint, topic
from tests.server.internal.services import call

NAME = "zato.pubsub.pubapi"


@pytest.fixture(scope="module")
def arranged(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    """A server with topics and an endpoint, which no test changes."""
    with served(tmp_path_factory.mktemp("server")) as client:
        topic(client)
        topic(client, "/closed")
        endpoint(client)
        yield client


def test_an_administrator_publishes_and_takes_messages(tmp_path: Path) -> None:
    """By names or IDs, in the name of an endpoint; what was taken is gone."""
    with served(tmp_path) as client:
        topic_id, endpoint_id = topic(client), endpoint(client)
        made = client.result(f"{NAME}.subscribe", {"topic_id": topic_id, "endpoint_id": endpoint_id})
        assert made["queue_depth"] == 0
        assert client.result(f"{NAME}.subscribe", {"topic_name": "/customer/new", "endpoint_name": "crm"}) == made
        for number in range(3):
            published = {"topic_name": "/customer/new", "endpoint_name": "crm", "data": number, "has_gd": number == 1}
            assert client.result(f"{NAME}.publish-message", published)["msg_id"].startswith("zpsm")
        first = client.result(f"{NAME}.get-messages", {"sub_key": made["sub_key"], "limit": 2})
        assert [message["data"] for message in first] == [0, 1]
        [last] = client.result(f"{NAME}.get-messages", {"sub_key": made["sub_key"]})
        assert (last["data"], last["delivery_count"], last["sub_key"]) == (2, 1, made["sub_key"])
        assert client.result(f"{NAME}.get-messages", {"sub_key": made["sub_key"]}) == []


def test_a_service_takes_messages(tmp_path: Path) -> None:
    """They are gone once it has them, since there is nothing to send."""
    with served(tmp_path) as client:
        topic(client)
        endpoint(client)
        key = call(client, f"{NAME}.subscribe", {"topic_name": "/customer/new", "endpoint_name": "crm"})["sub_key"]
        call(client, f"{NAME}.publish-message", {"topic_name": "/customer/new", "data": "x", "has_gd": True})
        assert [one["data"] for one in call(client, f"{NAME}.get-messages", {"sub_key": key})] == ["x"]
        assert call(client, f"{NAME}.get-messages", {"sub_key": key}) == []


@pytest.mark.parametrize(
    ("service", "given", "status", "details"),
    [
        ("publish-message", {"topic_name": "/customer/new"}, 400, "Input field `data` is missing"),
        ("publish-message", {"data": 1}, 400, "Input field `topic_name` or `topic_id` is required"),
        ("publish-message", {"data": 1, "topic_name": "/none"}, 404, "There is no topic `/none`"),
        ("publish-message", {"data": 1, "topic_id": 999}, 404, "There is no topic with ID 999"),
        (
            "publish-message",
            {"data": 1, "topic_name": "/closed", "endpoint_name": "crm"},
            403,
            "The endpoint `crm` may not",
        ),
        ("subscribe", {"topic_name": "/customer/new"}, 400, "Input field `endpoint_name` or `endpoint_id` is required"),
        ("subscribe", {"topic_name": "/customer/new", "endpoint_name": "x"}, 404, "There is no endpoint `x`"),
        ("subscribe", {"topic_name": "/customer/new", "endpoint_id": 999}, 404, "There is no endpoint with ID 999"),
        ("subscribe", {"topic_name": "/closed", "endpoint_name": "crm"}, 403, "The endpoint `crm` may not"),
        ("get-messages", {"sub_key": "zpsk.rest.x"}, 404, "There is no subscription `zpsk.rest.x`"),
        ("get-messages", {}, 400, "Input field `sub_key` is required"),
        ("get-messages", {"sub_key": "x", "limit": 0}, 400, "Input field `limit` must be a whole number from 1"),
    ],
)
def test_what_cannot_be_done_is_refused(
    arranged: Client, service: str, given: dict[str, Any], status: int, details: str
) -> None:
    """Administrators are told what is wrong."""
    told = arranged.refused(f"{NAME}.{service}", given)
    assert (told[0], told[1].startswith(details)) == (status, True), told
