"""Tests of apitest_server.internal.pubsub.endpoint_topics."""

from pathlib import Path
from typing import Any

import pytest

from tests.server.asgi import Client, served
from tests.server.internal.pubsub.endpoints import endpoint, publish, subscribe, topic

NAME = "zato.pubsub.endpoint"


def test_what_an_endpoint_is_and_does(tmp_path: Path) -> None:
    """Its patterns, the topics it published to, those it may use, and its subscriptions."""
    with served(tmp_path) as client:
        for name in ("/customer/new", "/customer/gone", "/order/new"):
            topic(client, name)
        number = endpoint(client, patterns="pub=/customer/*\nsub=/**")
        key = subscribe(client)
        publish(client, 1, "/customer/gone")
        last = publish(client, 2, "/customer/new", has_gd=True)
        assert client.result(f"{NAME}.get", {"id": number})["name"] == "crm"
        assert client.result(f"{NAME}.get", {"endpoint_name": "crm"}) == {
            "id": number,
            "name": "crm",
            "is_active": True,
            "endpoint_type": "rest",
            "role": "pub-sub",
            "pub_patterns": "/customer/*",
            "sub_patterns": "/**",
            "subscriptions": 1,
        }
        first, second = client.result(f"{NAME}.get-topic-list", {"endpoint_id": number})
        assert (first["topic_name"], first["count"], first["last_msg_id"]) == ("/customer/new", 1, last)
        assert (second["topic_name"], second["last_has_gd"]) == ("/customer/gone", False)
        own = {"endpoint_name": "crm"}
        publishable = client.result(f"{NAME}.get-topic-pub-list", own)
        assert [row["topic_name"] for row in publishable] == ["/customer/gone", "/customer/new"]
        rows = client.result(f"{NAME}.get-topic-sub-list", own)
        assert [(row["topic_name"], row["sub_key"], row["is_subscribed"]) for row in rows] == [
            ("/customer/gone", "", False), ("/customer/new", key, True), ("/order/new", "", False),
        ]  # fmt: skip
        assert [
            row["topic_name"] for row in client.result(f"{NAME}.get-topic-sub-list", {**own, "query": "order"})
        ] == ["/order/new"]


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, (True, True, "/customer/*", "/customer/*", "")),
        ({"patterns": "sub=/**"}, (False, True, "", "/**", "No pub= pattern matches")),
        ({"patterns": ""}, (False, False, "", "", "No pub= pattern matches; No sub= pattern matches")),
        (
            {"role": "pub"},
            (True, False, "/customer/*", "/customer/*", "Its role, pub, does not include subscribing"),
        ),
        ({"is_active": False}, (False, False, "/customer/*", "/customer/*", "The endpoint is not active")),
    ],
)
def test_why_an_endpoint_may_or_may_not(tmp_path: Path, fields: dict[str, Any], expected: tuple[object, ...]) -> None:
    """The patterns that match are told, and what is missing."""
    with served(tmp_path) as client:
        endpoint(client, **fields)
        told = client.result(f"{NAME}.check-permission", {"endpoint_name": "crm", "topic_name": "/customer/any"})
        assert tuple(told.values()) == expected


@pytest.mark.parametrize(
    "service", ["get", "check-permission", "get-topic-list", "get-topic-pub-list", "get-topic-sub-list"]
)
def test_an_endpoint_has_to_be_there(untouched: Client, service: str) -> None:
    """By name, by ID, and named at all."""
    for given, expected in (
        ({"endpoint_name": "x"}, (404, "There is no endpoint `x`")),
        ({"endpoint_id": 999}, (404, "There is no endpoint with ID 999")),
        ({}, (400, "Input field `endpoint_name` or `endpoint_id` is required")),
    ):
        assert untouched.refused(f"{NAME}.{service}", {"topic_name": "/a", **given}) == expected
