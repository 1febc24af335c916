"""Tests of apitest_server.internal.pubsub.subscription."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.server.asgi import Client, served
from tests.server.internal.pubsub.endpoints import endpoint, publish, pull, topic
from tests.server.pubsub import subscribing
from tests.server.wsx.serving import Listening, run

NAME = "zato.pubsub.subscription"
CONF = "[websocket]\n[[chat]]\nservice = zato.ping\npath = /chat\n"


@pytest.fixture(scope="module")
def arranged(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    """A server with topics and endpoints, which no test changes."""
    with served(tmp_path_factory.mktemp("server"), CONF) as client:
        topic(client)
        topic(client, "/closed")
        endpoint(client)
        [channel] = client.result("zato.channel.web-socket.get-list")
        wsx = {"name": "wsx", "endpoint_type": "wsx", "ws_channel_id": channel["id"]}
        client.result("zato.pubsub.endpoint.create", wsx)
        yield client


def subscribed(client: Client, endpoint_name: str, topic_name: str = "/customer/new", **fields: Any) -> dict[str, Any]:
    given = {"topic_name": topic_name, "endpoint_name": endpoint_name, **fields}
    made: dict[str, Any] = client.result(f"{NAME}.create", given)
    return made


def test_subscriptions_of_each_type_of_endpoint(tmp_path: Path) -> None:
    """Those of REST, of a client of a WebSocket channel, and of a service; each has a key of its type."""
    with served(tmp_path, CONF) as client:
        topic(client)
        endpoint(client)
        patterns = {"topic_patterns": "sub=/**"}
        [channel] = client.result("zato.channel.web-socket.get-list")
        wsx = {"name": "wsx", "endpoint_type": "wsx", "ws_channel_id": channel["id"], **patterns}
        service = {"name": "service", "endpoint_type": "service", "service_name": "zato.ping", **patterns}
        client.result("zato.pubsub.endpoint.create", wsx)
        client.result("zato.pubsub.endpoint.create", service)
        keys = [subscribed(client, name)["sub_key"] for name in ("crm", "service")]
        one = {"ext_client_id": "one", "username": "maria: a@b"}
        keys.append(subscribed(client, "wsx", **one, wrap_one_msg_in_list=True)["sub_key"])
        keys.append(subscribed(client, "wsx", ext_client_id="two")["sub_key"])
        types = ["zpsk.rest", "zpsk.service", "zpsk.websockets", "zpsk.websockets"]
        assert [key.rpartition(".")[0] for key in keys] == types
        rows = client.result(f"{NAME}.get-list")
        assert [row["sub_key"] for row in rows] == keys
        assert [row["ext_client_id"] for row in rows] == ["", "", "one", "two"]
        assert [row["username"] for row in rows] == ["", "", "maria: a@b", ""]
        assert [row["wrap_one_msg_in_list"] for row in rows] == [False, False, True, False]


def test_a_websocket_client_is_subscribed_by_an_administrator(tmp_path: Path) -> None:
    """What comes is delivered to it at once if it is connected, else when it connects; not to other clients."""

    async def test(server: Listening) -> None:
        await subscribing.prepare(server, "sub=/**", "/customer/new", "/customer/gone")
        here, other = await subscribing.signed_in(server, "here"), await subscribing.signed_in(server, "other")
        given = {"endpoint_name": "clients", "username": "user1"}
        for client_id, name in (("here", "/customer/new"), ("later", "/customer/gone")):
            told = await server.call(f"{NAME}.create", {**given, "ext_client_id": client_id, "topic_name": name})
            assert (told["is_new"], told["sub_key"].startswith("zpsk.websockets.")) == (True, True)
            await subscribing.publish(server, f"for {client_id}", topic=name)
        assert await subscribing.all_data(here, 1) == [("for here", 1)]
        later = await subscribing.signed_in(server, "later")
        assert await subscribing.all_data(later, 1) == [("for later", 1)]
        assert await subscribing.asked(other, "zato.ping", {}) == {"pong": "zato"}  # And nothing was delivered before
        rows = await server.call(f"{NAME}.get-list", {"topic_name": "/customer/new"})
        assert [(row["ext_client_id"], row["username"], row["is_connected"]) for row in rows] == [
            ("here", "user1", True)
        ]

    run(tmp_path, test, subscribing.CONF)


def test_a_service_is_subscribed_by_an_administrator(tmp_path: Path) -> None:
    """Each message is a call of it."""
    service = "from zato.server.service import Service\nclass Note(Service):\n    name = 'my.note'\n"
    service += "    def handle(self):\n        self.cache.set('noted', self.request.payload['data'])\n"
    with served(tmp_path, note=service) as client:
        topic(client)
        fields = {"name": "note", "endpoint_type": "service", "service_name": "my.note", "topic_patterns": "sub=/**"}
        client.result("zato.pubsub.endpoint.create", fields)
        key = subscribed(client, "note")["sub_key"]
        assert key.startswith("zpsk.service.")
        published = {"topic_name": "/customer/new", "data": "x", "has_gd": True}
        client.result("zato.pubsub.pubapi.publish-message", published)
        while client.call("zato.cache.builtin.entry.get", {"key": "noted"}).status != 200:
            pass
        assert client.result("zato.cache.builtin.entry.get", {"key": "noted"})["value"] == "x"


def test_a_subscription_lives_until_it_is_deleted(tmp_path: Path) -> None:
    """Made twice it is the same; edited it keeps its time and its queue; it outlives the server."""
    with served(tmp_path) as client:
        topic(client)
        endpoint(client)
        publish(client, "kept", has_gd=True)
        made = subscribed(client, "crm")
        assert (made["queue_depth"], made["is_new"]) == (1, True)
        assert subscribed(client, "crm") == {**made, "is_new": False}
        before = client.result(f"{NAME}.get", {"sub_key": made["sub_key"]})
    with served(tmp_path) as client:
        edited = client.result(f"{NAME}.edit", {"sub_key": made["sub_key"], "wrap_one_msg_in_list": True})
        assert edited == {**before, "wrap_one_msg_in_list": True}
        assert client.result(f"{NAME}.get", {"sub_key": made["sub_key"]}) == edited
        assert [message["data"] for message in pull(client)] == ["kept"]
        client.result(f"{NAME}.delete", {"sub_key": made["sub_key"]})
        assert client.refused(f"{NAME}.get", {"sub_key": made["sub_key"]})[0] == 404


def test_subscriptions_are_listed_by_topic_endpoint_and_words(tmp_path: Path) -> None:
    """And by page; those of an endpoint can be ended together, or to one topic."""
    with served(tmp_path) as client:
        for name in ("/customer/new", "/customer/gone", "/customer/moved"):
            topic(client, name)
        for name in ("crm", "erp"):
            endpoint(client, name)
            subscribed(client, name, "/customer/new")
            subscribed(client, name, "/customer/gone")
        subscribed(client, "crm", "/customer/moved")

        def listed(**given: Any) -> list[tuple[str, str]]:
            rows = client.result(f"{NAME}.get-list", given)
            return [(row["endpoint_name"], row["topic_name"]) for row in rows]

        assert len(listed()) == 5
        assert listed(topic_name="/customer/new") == [("crm", "/customer/new"), ("erp", "/customer/new")]
        assert listed(endpoint_name="erp", topic_name="/customer/gone") == [("erp", "/customer/gone")]
        assert listed(query="MOVED crm") == [("crm", "/customer/moved")]
        answer = client.call(f"{NAME}.get-list", {"cur_page": 2, "page_size": 2}).json()
        assert (len(answer["zato_pubsub_subscription_get_list_response"]), answer["_meta"]["total"]) == (2, 5)
        one = {"endpoint_name": "crm", "topic_name": "/customer/new"}
        assert client.result(f"{NAME}.delete-all", one) == {"deleted": 1}
        assert client.result(f"{NAME}.delete-all", {"endpoint_name": "crm"}) == {"deleted": 2}
        assert client.result(f"{NAME}.delete-all", {"endpoint_name": "crm"}) == {"deleted": 0}
        assert [name for name, _ in listed()] == ["erp", "erp"]


def test_a_topic_or_endpoint_takes_its_subscriptions_along(tmp_path: Path) -> None:
    """Deleted under its subscribers, it leaves nothing behind."""
    with served(tmp_path) as client:
        topic_id = topic(client)
        topic(client, "/customer/gone")
        number = endpoint(client)
        endpoint(client, "erp")
        for name in ("crm", "erp"):
            for topic_name in ("/customer/new", "/customer/gone"):
                subscribed(client, name, topic_name)
        publish(client, "x", has_gd=True)
        client.result("zato.pubsub.topic.delete", {"id": topic_id})
        assert {row["topic_name"] for row in client.result(f"{NAME}.get-list")} == {"/customer/gone"}
        client.result("zato.pubsub.endpoint.delete", {"id": number})
        assert [row["endpoint_name"] for row in client.result(f"{NAME}.get-list")] == ["erp"]


@pytest.mark.parametrize(
    ("service", "given", "status", "details"),
    [
        ("create", {"topic_name": "/customer/new"}, 400, "Input field `endpoint_name` or `endpoint_id` is required"),
        ("create", {"topic_name": "/none", "endpoint_name": "crm"}, 404, "There is no topic `/none`"),
        ("create", {"topic_name": "/closed", "endpoint_name": "crm"}, 403, "The endpoint `crm` may not subscribe"),
        (
            "create",
            {"topic_name": "/customer/new", "endpoint_name": "crm", "ext_client_id": "x"},
            400,
            "Input field `ext_client_id` must not be given for an endpoint of the type rest",
        ),
        (
            "create",
            {"topic_name": "/customer/new", "endpoint_name": "wsx"},
            400,
            "Input field `ext_client_id` is needed by an endpoint of the type wsx",
        ),
        ("get", {"sub_key": "x"}, 404, "There is no subscription `x`"),
        ("get-list", {"topic_name": "/none"}, 404, "There is no topic `/none`"),
        ("get-list", {"cur_page": 0}, 400, "Input field `cur_page` must be from 1"),
        ("edit", {"sub_key": "x"}, 400, "Input field `wrap_one_msg_in_list` is required"),
        ("edit", {"sub_key": "x", "wrap_one_msg_in_list": True}, 404, "There is no subscription `x`"),
        ("delete", {"sub_key": "x"}, 404, "There is no subscription `x`"),
        ("delete-all", {}, 400, "Input field `endpoint_name` or `endpoint_id` is required"),
    ],
)
def test_what_cannot_be_done_is_refused(
    arranged: Client, service: str, given: dict[str, Any], status: int, details: str
) -> None:
    """With what is wrong."""
    told = arranged.refused(f"{NAME}.{service}", given)
    assert (told[0], told[1].startswith(details)) == (status, True), told


def test_what_a_subscriber_has_received(tmp_path: Path) -> None:
    """The latest first, by page, when it was acknowledged; what waits is counted in lists."""
    with served(tmp_path) as client:
        topic(client)
        endpoint(client)
        sub_key = subscribed(client, "crm")["sub_key"]
        first, second = publish(client, "1"), publish(client, "2")
        assert client.result(f"{NAME}.get-delivered-list", {"sub_key": sub_key}) == []
        (row,) = client.result(f"{NAME}.get-list", {"query": "crm"})
        assert row["current_depth_gd"] + row["current_depth_non_gd"] == 2
        pull(client)
        rows = client.result(f"{NAME}.get-delivered-list", {"sub_key": sub_key})
        assert [one["msg_id"] for one in rows] == [second, first]
        assert all(one["delivered_time_iso"] for one in rows)
        page = {"sub_key": sub_key, "cur_page": 2, "page_size": 1}
        assert [one["msg_id"] for one in client.result(f"{NAME}.get-delivered-list", page)] == [first]
        assert client.refused(f"{NAME}.get-delivered-list", {"sub_key": "zpsk.rest.x"})[0] == 404
