"""Tests of apitest_server.internal.pubsub.rest."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.server.asgi import Client, served
from tests.server.internal.pubsub.endpoints import endpoint, publish, pull, rest, subscribe, topic


@pytest.fixture(scope="module")
def subscribed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    """A server with an endpoint that has subscribed to a topic, for tests that publish nothing."""
    with served(tmp_path_factory.mktemp("server")) as client:
        topic(client)
        endpoint(client)
        subscribe(client)
        yield client


def test_a_message_goes_from_a_publisher_to_a_subscriber(tmp_path: Path) -> None:
    """With all of its keys, once; nothing internal is in it."""
    with served(tmp_path) as client:
        topic(client)
        endpoint(client)
        key = subscribe(client)
        assert key.startswith("zpsk.rest.")
        msg_id = publish(client, {"a": 1}, correl_id="c", in_reply_to="r", ext_client_id="x", mime_type="text/x")
        assert msg_id.startswith("zpsm")
        [message] = pull(client)
        times = {name: message.pop(name) for name in ("pub_time_iso", "recv_time_iso", "expiration_time_iso")}
        assert all(len(time) == 26 for time in times.values())
        assert message == {
            "delivery_count": 1,
            "msg_id": msg_id,
            "topic_name": "/customer/new",
            "priority": 5,
            "expiration": 2147483647000,
            "has_gd": False,
            "data": {"a": 1},
            "sub_key": key,
            "mime_type": "text/x",
            "size": 7,
            "correl_id": "c",
            "in_reply_to": "r",
            "ext_client_id": "x",
        }
        assert pull(client) == []


@pytest.mark.parametrize("has_gd", [True, False])
def test_the_highest_priority_comes_first_then_the_oldest(tmp_path: Path, has_gd: bool) -> None:
    """Whatever the order in which they were published."""
    with served(tmp_path) as client:
        topic(client)
        endpoint(client)
        subscribe(client)
        for data, priority in (("a", 5), ("b", 9), ("c", 1), ("d", 5), ("e", 9)):
            publish(client, data, priority=priority, has_gd=has_gd)
        assert [message["data"] for message in pull(client)] == ["b", "e", "a", "d", "c"]


def test_a_topic_comes_behind_one_slash_or_two(tmp_path: Path) -> None:
    """As it is, or percent-encoded."""
    with served(tmp_path) as client:
        topic(client, "/a/b/c")
        endpoint(client, patterns="pub=/a/**\nsub=/a/**")
        for path in ("//a/b/c", "/a/b/c", "/%2Fa%2Fb%2Fc", "/%2fa/b%2Fc", "///a/b/c"):
            key = rest(client, "POST", f"subscribe/topic{path}").json()["sub_key"]
            msg_id = rest(client, "POST", f"topic{path}", {"data": "x"}).json()["msg_id"]
            assert [one["msg_id"] for one in rest(client, "POST", f"topic{path}?sub_key={key}").json()] == [msg_id]
            assert rest(client, "DELETE", f"subscribe/topic{path}").json() == {}


def test_what_waits_before_the_first_subscription_is_kept(tmp_path: Path) -> None:
    """The first to subscribe gets it, and its depth is told; the next one does not."""
    with served(tmp_path) as client:
        topic(client)
        endpoint(client)
        endpoint(client, "erp")
        publish(client, 1)
        publish(client, 2, has_gd=True)
        first = rest(client, "POST", "subscribe/topic//customer/new").json()
        second = rest(client, "POST", "subscribe/topic//customer/new", user="erp").json()
        assert (first["queue_depth"], second["queue_depth"]) == (2, 0)
        assert [message["data"] for message in pull(client)] == [1, 2]
        assert pull(client, user="erp") == []


def test_subscribing_twice_and_unsubscribing_twice_do_no_harm(tmp_path: Path) -> None:
    """The second answer is empty; a subscription that is named has to be the caller's own to be ended."""
    with served(tmp_path) as client:
        topic(client)
        endpoint(client)
        endpoint(client, "erp")
        key = subscribe(client)
        assert rest(client, "POST", "subscribe/topic//customer/new").json() == {}
        assert rest(client, "DELETE", f"subscribe/topic//customer/new?sub_key={key}", user="erp").json() == {}
        publish(client, 1)
        assert [message["data"] for message in pull(client)] == [1]
        assert rest(client, "DELETE", f"subscribe/topic//customer/new?sub_key={key}").json() == {}
        assert rest(client, "DELETE", "subscribe/topic//customer/new").json() == {}
        assert rest(client, "PATCH", "topic//customer/new").status == 400


def test_receiving_needs_a_subscription_of_ones_own(tmp_path: Path) -> None:
    """Else it is a 400, whose body names the topic; the key of another endpoint does not help."""
    with served(tmp_path) as client:
        topic(client)
        endpoint(client)
        endpoint(client, "erp")
        key = subscribe(client)
        publish(client, "secret")
        for method, path in (("PATCH", ""), ("POST", f"?sub_key={key}"), ("POST", "?sub_key=zpsk.rest.x")):
            answer = rest(client, method, f"topic//customer/new{path}", user="erp")
            told = answer.json()
            assert answer.status == 400
            assert told == {
                "result": "Error",
                "cid": told["cid"],
                "details": "You are not subscribed to topic `/customer/new`",
            }
        assert [message["data"] for message in pull(client)] == ["secret"]


@pytest.mark.parametrize(
    ("body", "details"),
    [
        ({}, "Input field `data` is missing"),
        ({"data": None}, "Input field `data` is missing"),
        ({"data": 1, "priority": 0}, "Input field `priority` must be a whole number from 1 to 9"),
        ({"data": 1, "priority": 10}, "Input field `priority` must be a whole number from 1 to 9"),
        ({"data": 1, "priority": True}, "Input field `priority` must be a whole number from 1 to 9"),
        ({"data": 1, "expiration": 0}, "Input field `expiration` must be a whole number from 1 to 2147483647000"),
        ({"data": 1, "expiration": 1.5}, "Input field `expiration` must be a whole number from 1 to 2147483647000"),
        ({"data": 1, "has_gd": "maybe"}, "Input field `has_gd` must be true or false"),
        ({"data": 1, "mime_type": "a\nb"}, "Input field `mime_type` must be a text"),
        ({"data": 1, "correl_id": 5}, "Input field `correl_id` must be a text"),
        ([{"data": 1}], "The request body must be a JSON object with the key `data`"),
        (b"", "The request body must be a JSON object with the key `data`"),
        (b'{"data": ', "The request body is not valid JSON"),
        (b'"data"', "The request body must be a JSON object with the key `data`"),
    ],
)
def test_what_cannot_be_published_is_refused(subscribed: Client, body: Any, details: str) -> None:
    """With 400 and what is wrong; nothing is published."""
    answer = rest(subscribed, "POST", "topic//customer/new", body)
    assert (answer.status, answer.json()["details"].startswith(details)) == (400, True), answer.text
    assert pull(subscribed) == []


def test_an_answer_has_a_size(tmp_path: Path) -> None:
    """What does not fit comes with the next one; nothing is lost, and nothing counted that was not sent."""
    with served(tmp_path) as client:
        topic(client)
        endpoint(client)
        key = subscribe(client)
        for number in range(5):
            publish(client, [number, "x" * 9_000_000])
        first = pull(client)
        assert [message["data"][0] for message in first] == [0, 1, 2]
        rest_of_them = client.result("zato.pubsub.pubapi.get-messages", {"sub_key": key})
        assert [(message["data"][0], message["delivery_count"]) for message in rest_of_them] == [(3, 1), (4, 1)]


def test_a_topic_or_an_endpoint_is_deleted_under_its_subscribers(tmp_path: Path) -> None:
    """From then on they are told what strangers are told."""
    with served(tmp_path) as client:
        number = topic(client)
        gone = endpoint(client)
        endpoint(client, "erp")
        for user in ("crm", "erp"):
            subscribe(client, user=user)
        publish(client, "x", has_gd=True)
        client.result("zato.pubsub.endpoint.delete", {"id": gone})
        assert rest(client, "PATCH", "topic//customer/new").status == 403
        assert [message["data"] for message in pull(client, user="erp")] == ["x"]
        publish(client, "y", user="erp", has_gd=True)
        client.result("zato.pubsub.topic.delete", {"id": number})
        assert rest(client, "PATCH", "topic//customer/new", user="erp").status == 403
        topic(client)
        assert rest(client, "PATCH", "topic//customer/new", user="erp").status == 400


def test_a_topic_that_is_stopped_or_full_takes_nothing(tmp_path: Path) -> None:
    """503, and what it holds can be taken; with another policy the oldest message makes room."""
    with served(tmp_path) as client:
        number = topic(client, max_depth_gd=2, max_depth_non_gd=2)
        endpoint(client)
        subscribe(client)
        for has_gd in (True, False):
            client.result("zato.pubsub.topic.edit", {"id": number, "depth_policy": "refuse"})
            publish(client, 1, has_gd=has_gd)
            publish(client, 2, has_gd=has_gd)
            full = rest(client, "POST", "topic//customer/new", {"data": 3, "has_gd": has_gd})
            assert (full.status, "is full" in full.json()["details"]) == (503, True)
            client.result("zato.pubsub.topic.edit", {"id": number, "depth_policy": "drop-oldest"})
            publish(client, 3, has_gd=has_gd)
            client.result("zato.pubsub.topic.stop", {"id": number})
            assert rest(client, "POST", "topic//customer/new", {"data": 4, "has_gd": has_gd}).status == 503
            assert [message["data"] for message in pull(client)] == [2, 3]
            client.result("zato.pubsub.topic.start", {"id": number})


def test_the_topic_of_a_message_has_another_name_by_now(tmp_path: Path) -> None:
    """The permission for the new one counts, and not that for the old one."""
    with served(tmp_path) as client:
        number = topic(client)
        endpoint(client)
        endpoint(client, "mover", "pub=/moved")
        msg_id = publish(client, "x")
        client.result("zato.pubsub.topic.edit", {"id": number, "name": "/moved"})
        calls: list[tuple[str, Any]] = [("GET", None), ("PATCH", {"data": "y"}), ("DELETE", None)]
        assert {rest(client, method, f"msg/{msg_id}", body).status for method, body in calls} == {403}
        assert {rest(client, method, f"msg/{msg_id}", body, "mover").status for method, body in calls} == {200}
