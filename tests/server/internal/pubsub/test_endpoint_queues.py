"""Tests of apitest_server.internal.pubsub.endpoint_queues."""

from pathlib import Path

import pytest

from tests.server.asgi import Client, served
from tests.server.internal.pubsub.endpoints import endpoint, publish, pull, subscribe, topic

NAME = "zato.pubsub.endpoint"


@pytest.mark.parametrize("has_gd", [True, False])
def test_a_queue_is_looked_at_without_taking_anything(tmp_path: Path, has_gd: bool) -> None:
    """In the order of delivery; then everything can still be taken."""
    service = f"{NAME}.get-endpoint-queue-messages-{'gd' if has_gd else 'non-gd'}"
    with served(tmp_path) as client:
        topic(client)
        endpoint(client)
        key = subscribe(client)
        for data, priority in (("b", 5), ("c", 1), ("a", 9)):
            publish(client, data, priority=priority, has_gd=has_gd)
        for _ in range(2):
            rows = client.result(service, {"sub_key": key})
            assert [(row["data"], row["delivery_count"], row["is_in_delivery"]) for row in rows] == [
                ("a", 0, False), ("b", 0, False), ("c", 0, False),
            ]  # fmt: skip
            assert {row["sub_key"] for row in rows} == {key}
        paged = client.result(service, {"sub_key": key, "cur_page": 2, "page_size": 2})
        assert [row["data"] for row in paged] == ["c"]
        assert [(message["data"], message["delivery_count"]) for message in pull(client)] == [
            ("a", 1),
            ("b", 1),
            ("c", 1),
        ]
        assert client.result(service, {"sub_key": key}) == []


def test_queues_are_listed_cleared_and_deleted(tmp_path: Path) -> None:
    """What one subscriber loses, another one gets still."""
    with served(tmp_path) as client:
        topic(client)
        topic(client, "/customer/gone")
        number = endpoint(client)
        endpoint(client, "erp")
        key, other = subscribe(client), subscribe(client, user="erp")
        subscribe(client, "/customer/gone")
        for has_gd in (True, True, False):
            publish(client, "x", has_gd=has_gd)
        rows = client.result(f"{NAME}.get-endpoint-queue-list", {"endpoint_id": number})
        told = [(row["topic_name"], row["current_depth_gd"], row["current_depth_non_gd"]) for row in rows]
        assert told == [("/customer/new", 2, 1), ("/customer/gone", 0, 0)]
        assert client.result(f"{NAME}.get-endpoint-queue", {"sub_key": key}) == rows[0]
        assert client.result(f"{NAME}.get-endpoint-queue", {"cluster_id": "1", "id": str(rows[1]["id"])}) == rows[1]
        assert client.refused(f"{NAME}.get-endpoint-queue", {"id": 999})[0] == 404
        assert "`sub_key` or `id` is required" in client.refused(f"{NAME}.get-endpoint-queue", {})[1]
        summary = client.result(f"{NAME}.get-endpoint-summary-list")
        assert [(row["name"], row["subscriptions"], row["current_depth_gd"]) for row in summary] == [
            ("crm", 2, 2), ("erp", 1, 2),
        ]  # fmt: skip
        assert client.result(f"{NAME}.clear-endpoint-queue", {"sub_key": key}) == {"sub_key": key, "deleted": 3}
        assert pull(client) == []
        assert len(pull(client, user="erp")) == 3
        assert client.result(f"{NAME}.delete-endpoint-queue", {"sub_key": other}) == {"sub_key": other}
        assert client.result(f"{NAME}.get-endpoint-queue-list", {"endpoint_name": "erp"}) == []


@pytest.mark.parametrize(
    "service",
    [
        "get-endpoint-queue", "clear-endpoint-queue", "delete-endpoint-queue", "get-endpoint-queue-messages-gd",
        "get-endpoint-queue-messages-non-gd",
    ],
)  # fmt: skip
def test_a_queue_has_to_be_there(untouched: Client, service: str) -> None:
    """Its key is told back."""
    assert untouched.refused(f"{NAME}.{service}", {"sub_key": "x"}) == (404, "There is no subscription `x`")
    status, details = untouched.refused(f"{NAME}.{service}")
    assert (status, "`sub_key`" in details, "required" in details) == (400, True, True)


def test_an_endpoint_has_to_be_there(tmp_path: Path) -> None:
    """And a page has to be one."""
    with served(tmp_path) as client:
        told = client.refused(f"{NAME}.get-endpoint-queue-list", {"endpoint_name": "x"})
        assert told == (404, "There is no endpoint `x`")
        assert client.refused(f"{NAME}.get-endpoint-summary-list", {"page_size": 0})[0] == 400


def test_there_may_be_no_endpoints(tmp_path: Path) -> None:
    """Then the list of them is empty."""
    with served(tmp_path) as client:
        assert client.result(f"{NAME}.get-endpoint-summary-list") == []
