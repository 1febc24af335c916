"""Tests of apitest_server.internal.pubsub.message."""

from pathlib import Path
from typing import Any

import pytest

from tests.server.asgi import Client, served
from tests.server.internal.pubsub.endpoints import endpoint, publish, pull, rest, subscribe, topic

NAME = "zato.pubsub.message"


def why(client: Client, msg_id: str, sub_key: str) -> tuple[str, str]:
    told = client.result(f"{NAME}.why", {"msg_id": msg_id, "sub_key": sub_key})
    return told["state"], told["reason"]


@pytest.mark.parametrize("has_gd", [True, False])
def test_a_message_is_read_changed_and_deleted(tmp_path: Path, has_gd: bool) -> None:
    """Changed for all who have still to get it: what they get, and in which order; deleted for all."""
    with served(tmp_path) as client:
        topic(client)
        endpoint(client)
        key = subscribe(client)
        first, second, third = (publish(client, data, has_gd=has_gd) for data in ("first", "second", "third"))
        read = client.result(f"{NAME}.get", {"msg_id": second})
        assert (read["data"], read["publisher"], read["has_gd"], read["size"]) == ("second", "crm", has_gd, 6)
        changed = client.result(
            f"{NAME}.update",
            {
                "msg_id": second,
                "data": {"a": "b"},
                "priority": 9,
                "mime_type": "application/json",
                "expiration": 60_000,
            },
        )
        assert (changed["data"], changed["priority"], changed["size"]) == ({"a": "b"}, 9, 9)
        assert (changed["mime_type"], changed["expiration"]) == ("application/json", 60_000)
        assert client.result(f"{NAME}.get", {"msg_id": second}) == changed
        [waiting] = client.result(f"{NAME}.get-subscriber-list", {"msg_id": first})
        assert (waiting["sub_key"], waiting["delivery_count"], waiting["is_in_delivery"]) == (key, 0, False)
        assert client.result(f"{NAME}.delete", {"msg_id": third}) == {"msg_id": third}
        assert client.refused(f"{NAME}.get", {"msg_id": third})[0] == 404
        assert [message["data"] for message in pull(client)] == [{"a": "b"}, "first"]


@pytest.mark.parametrize("service", ["get", "delete", "get-subscriber-list", "update", "get-from-topic-gd"])
def test_a_number_is_the_id_of_no_message(tmp_path: Path, service: str) -> None:
    """Also one that no database can hold."""
    with served(tmp_path) as client:
        topic(client)
        for number in (5, 2**63):
            given = {"msg_id": number, "topic_name": "/customer/new", "data": "x"}
            status, details = client.refused(f"{NAME}.{service}", given)
            assert (status, f"`{number}`" in details) == (404, True), details


def test_why_a_message_was_not_delivered(tmp_path: Path) -> None:
    """In words, for each thing that can have become of it."""
    with served(tmp_path) as client:
        topic(client)
        topic(client, "/customer/gone")
        number = endpoint(client)
        endpoint(client, "erp")
        key = subscribe(client)
        elsewhere = publish(client, "x", "/customer/gone")
        first = publish(client, "x")
        waiting = publish(client, "x", has_gd=True)
        late = subscribe(client, user="erp")
        assert why(client, elsewhere, key)[0] == "not for it"
        assert "the subscription is to `/customer/new`" in why(client, elsewhere, key)[1]
        assert why(client, first, late)[0] == "not for it"
        assert "before the subscription was made" in why(client, first, late)[1]
        assert why(client, first, key)[0] == "waiting"
        assert why(client, waiting, key) == (
            "waiting",
            "It waits until the endpoint `crm` takes its messages; 1 message comes before it.",
        )
        client.result("zato.pubsub.endpoint.edit", {"id": number, "topic_patterns": "pub=/**"})
        assert why(client, waiting, key)[0] == "held back"
        assert "may not subscribe to `/customer/new` any more" in why(client, waiting, key)[1]
        client.result("zato.pubsub.endpoint.edit", {"id": number, "topic_patterns": "sub=/**", "is_active": False})
        assert why(client, waiting, key)[1] == "The endpoint `crm` is not active; it gets the message once it is."
        client.result("zato.pubsub.endpoint.edit", {"id": number, "is_active": True})
        assert len(pull(client)) == 2
        assert why(client, waiting, key)[0] == why(client, first, key)[0] == "delivered"
        assert "acknowledged it at" in why(client, waiting, key)[1]
        assert why(client, "zpsm000", key)[0] == "gone"


def test_endpoints_read_change_and_delete_messages_over_rest(tmp_path: Path) -> None:
    """Who may subscribe may read, who may publish may also change and delete; all others are refused alike."""
    with served(tmp_path) as client:
        topic(client)
        endpoint(client)
        endpoint(client, "reader", "sub=/customer/*")
        endpoint(client, "writer", "pub=/customer/*")
        endpoint(client, "other", "pub=/order/*\nsub=/order/*")
        subscribe(client)
        path = f"msg/{publish(client, 'x', has_gd=True)}"
        assert rest(client, "GET", path, user="reader").json()["data"] == "x"
        changed = rest(client, "PATCH", path, {"data": "y"}, user="writer")
        assert (changed.status, changed.json()["data"]) == (200, "y")
        assert "publisher" not in changed.json()
        for user, method in (("reader", "PATCH"), ("reader", "DELETE"), ("other", "GET"), ("other", "DELETE")):
            assert rest(client, method, path, {"data": "z"}, user=user).status == 403
        assert rest(client, "DELETE", path, user="writer").json()["data"] == "y"
        assert rest(client, "GET", path).status == 403
        assert pull(client) == []


@pytest.mark.parametrize(
    ("body", "details"),
    [
        ({}, "Input field `data` is missing; or change `priority`"),
        ({"priority": 10}, "Input field `priority` must be a whole number from 1 to 9"),
        ({"expiration": "soon"}, "Input field `expiration` must be a whole number"),
        ([], "The request body must be a JSON object with what is to change"),
    ],
)
def test_what_a_message_cannot_become_is_refused(tmp_path: Path, body: Any, details: str) -> None:
    """With 400, over REST and of administrators."""
    with served(tmp_path) as client:
        topic(client)
        endpoint(client)
        number = publish(client, "x")
        answer = rest(client, "PATCH", f"msg/{number}", body)
        assert (answer.status, answer.json()["details"].startswith(details)) == (400, True), answer.text
        if body != []:
            assert client.refused(f"{NAME}.update", {"msg_id": number, **body})[1].startswith(details)


@pytest.mark.parametrize("service", ["get", "update", "delete", "get-subscriber-list"])
def test_a_message_has_to_be_there(tmp_path: Path, service: str) -> None:
    """404, and what may have become of it; 400 where none is named; one that has expired is not there."""
    with served(tmp_path) as client:
        topic(client)
        endpoint(client)
        told = client.refused(f"{NAME}.{service}", {"msg_id": "x", "data": 1})
        assert (told[0], "There is no message `x`" in told[1]) == (404, True)
        assert client.refused(f"{NAME}.{service}", {"data": 1}) == (400, "Input field `msg_id` is required")
        expired = publish(client, 1, expiration=1, has_gd=True)
        while client.call(f"{NAME}.get", {"msg_id": expired}).status == 200:
            pass
        assert client.refused(f"{NAME}.{service}", {"msg_id": expired, "data": 1})[0] == 404


def test_why_needs_a_subscription(tmp_path: Path) -> None:
    """404 where there is none of the key."""
    with served(tmp_path) as client:
        told = client.refused(f"{NAME}.why", {"msg_id": "x", "sub_key": "zpsk.rest.x"})
        assert told == (404, "There is no subscription `zpsk.rest.x`")


def test_nobody_may_wait_for_a_message(tmp_path: Path) -> None:
    """Then the list of those who do is empty."""
    with served(tmp_path) as client:
        topic(client)
        endpoint(client)
        assert client.result(f"{NAME}.get-subscriber-list", {"msg_id": publish(client, "x")}) == []
