"""Tests of apitest_server.internal.pubsub.topic_contents."""

from pathlib import Path
from typing import Any

import pytest

from tests.server.asgi import Client, served
from tests.server.internal.pubsub.endpoints import endpoint, publish, subscribe, topic

NAME = "zato.pubsub.topic"
HERE = {"topic_name": "/customer/new"}


def test_what_is_known_of_topics(tmp_path: Path) -> None:
    """How much they hold, who published last, and who is subscribed."""
    with served(tmp_path) as client:
        number = topic(client)
        topic(client, "/customer/gone")
        endpoint(client)
        endpoint(client, "erp")
        publish(client, 1, has_gd=True)
        last = publish(client, 2, user="erp", ext_client_id="till 5")
        found = client.result(f"{NAME}.get", {"topic_id": number})
        assert client.result(f"{NAME}.get", {"id": number}) == found
        assert client.result(f"{NAME}.get", {"name": "/customer/new"}) == found
        times = [found.pop("last_pub_time_iso")]
        assert found == {
            "id": number,
            "name": "/customer/new",
            "is_active": True,
            "has_gd": False,
            "current_depth_gd": 1,
            "current_depth_non_gd": 1,
            "max_depth_gd": 10_000,
            "max_depth_non_gd": 1_000,
            "subscribers": 0,
            "last_pub_msg_id": last,
            "last_publisher": "erp",
        }
        first, second = client.result(f"{NAME}.get-publisher-list", HERE)
        times.append(first.pop("last_pub_time_iso"))
        assert times[0] == times[1] > second["last_pub_time_iso"]
        assert first == {
            "publisher": "erp", "count": 1, "last_msg_id": last, "last_has_gd": False, "ext_client_id": "till 5",
        }  # fmt: skip
        assert (second["publisher"], second["last_has_gd"]) == ("crm", True)
        key = subscribe(client)
        [row] = client.result(f"{NAME}.get-subscriber-list", HERE)
        told = {name: row[name] for name in ("sub_key", "endpoint_name", "current_depth_gd", "current_depth_non_gd")}
        assert told == {"sub_key": key, "endpoint_name": "crm", "current_depth_gd": 1, "current_depth_non_gd": 1}
        rows = client.result(f"{NAME}.get-summary-list", {"query": "customer"})
        assert [(row["name"], row["subscribers"]) for row in rows] == [("/customer/gone", 0), ("/customer/new", 1)]
        assert [row["name"] for row in client.result(f"{NAME}.get-summary-list", {"query": "gone"})] == [
            "/customer/gone"
        ]


def test_messages_are_looked_at_and_stay(tmp_path: Path) -> None:
    """Those with guaranteed delivery and the others, by page and by words; then they are deleted together."""
    with served(tmp_path) as client:
        topic(client)
        endpoint(client)
        subscribe(client)
        for number in range(5):
            publish(client, number, has_gd=True, correl_id=f"order-{number}")
            publish(client, -number, has_gd=False, correl_id=f"order-{number}")
        for kind, sign in (("gd", 1), ("non-gd", -1)):
            for _ in range(2):
                rows = client.result(f"{NAME}.get-{kind}-message-list", HERE)
                assert [row["data"] for row in rows] == [sign * number for number in range(5)]
                assert {(row["publisher"], row["has_gd"], row["delivery_count"]) for row in rows} == {
                    ("crm", sign > 0, 0)
                }
            given = {**HERE, "cur_page": 2, "page_size": 2}
            answer = client.call(f"{NAME}.get-{kind}-message-list", given).json()
            assert answer["_meta"]["total"] == 5
            name = f"zato_pubsub_topic_get_{kind.replace('-', '_')}_message_list_response"
            assert [row["data"] for row in answer[name]] == [sign * 2, sign * 3]
            found = client.result(f"{NAME}.get-{kind}-message-list", {**HERE, "query": "ORDER-4 crm"})
            assert [row["correl_id"] for row in found] == ["order-4"]
        assert client.result(f"{NAME}.clear", HERE) == {"deleted": 10}
        assert client.result(f"{NAME}.clear", HERE) == {"deleted": 0}
        [row] = client.result(f"{NAME}.get-subscriber-list", HERE)
        assert (row["current_depth_gd"], row["current_depth_non_gd"]) == (0, 0)


@pytest.mark.parametrize(
    "service",
    ["get", "clear", "get-publisher-list", "get-subscriber-list", "get-gd-message-list", "get-non-gd-message-list"],
)
def test_a_topic_has_to_be_there(untouched: Client, service: str) -> None:
    """By name, by ID, and named at all."""
    for given, expected in (
        ({"topic_name": "/none"}, (404, "There is no topic `/none`")),
        ({"topic_id": 999}, (404, "There is no topic with ID 999")),
        ({"topic_id": -1}, (400, "Input field `topic_id` must be a whole number from 0 to 2147483647")),
        ({}, (400, "Input field `topic_name` or `topic_id` is required")),
    ):
        assert untouched.refused(f"{NAME}.{service}", given) == expected


@pytest.mark.parametrize("service", ["get-summary-list", "get-subscriber-list", "get-gd-message-list"])
def test_a_page_has_to_be_one(tmp_path: Path, service: str) -> None:
    """The first one is 1."""
    given: dict[str, Any] = {**HERE, "cur_page": 0}
    with served(tmp_path) as client:
        topic(client)
        assert client.refused(f"{NAME}.{service}", given)[1].startswith("Input field `cur_page` must be from 1")


def test_totals(tmp_path: Path) -> None:
    """Of all topics; a message that waits for two subscribers waits twice."""
    with served(tmp_path) as client:
        for name in ("crm", "erp"):
            endpoint(client, name)
        topic(client)
        topic(client, "/customer/gone")
        for name in ("crm", "erp"):
            subscribe(client, user=name)
        publish(client, 1)
        publish(client, 2, has_gd=True)
        publish(client, 3, "/customer/gone")
        assert client.result("zato.pubsub.topic.get-totals") == {
            "topics": 2, "subscriptions": 2, "current_depth_gd": 1, "current_depth_non_gd": 2, "waiting": 4,
        }  # fmt: skip


def test_clients_call_a_topic_by_its_id(tmp_path: Path) -> None:
    """As lists of topics show it, in all services that are about one topic."""
    with served(tmp_path) as client:
        itself = {"cluster_id": "1", "id": str(topic(client))}
        endpoint(client)
        subscribe(client)
        publish(client, "x", has_gd=True)
        for verb in ("get-publisher-list", "get-subscriber-list", "get-gd-message-list"):
            assert len(client.result(f"{NAME}.{verb}", itself)) == 1, verb
        assert client.result(f"{NAME}.get-non-gd-message-list", itself) == []
        client.result(f"{NAME}.clear", itself)
        assert client.result(f"{NAME}.get-gd-message-list", itself) == []
