"""Clusters that talk over WebSockets, each a process with its own ODB: what D of the mission says, as it is said."""

import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from http.client import HTTPException
from urllib.error import URLError

import pytest

from tests.server.cluster.waiting import until
from tests.server.wsx.clusters import Clusters, both

pytestmark = pytest.mark.live
ORDER = {"service": "shop.order", "request": {"article": "A-1"}}
HOOKS = {f"on_{kind}_service_name": "test.hook" for kind in ("connect", "message", "close")}


@pytest.fixture(scope="module")
def clusters(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Clusters]:
    with both(tmp_path_factory.mktemp("clusters")) as made:
        yield made


def test_the_users_service_runs_as_it_stands(clusters: Clusters) -> None:
    """It logs what the other cluster has answered; its hook logs what happened."""
    hook = "hook.on-message-hook"
    number = clusters.connect("My WSX Outconn", "/echo", on_connect_service_name=hook, on_message_service_name=hook)
    assert clusters.calling.call("outgoing.my-service") == {}
    log = clusters.calling.process.directory / "server.log"
    until(lambda: "Response is `{'request': {'elem1': 'value1', 'elem2': 'value2'}}`" in log.read_text("utf-8"))
    [connection] = clusters.called.call("zato.channel.web-socket.get-connection-list")
    asked = {"pub_client_id": connection["pub_client_id"], "request_data": {"hello": "there"}}
    clusters.called.call("zato.channel.web-socket.invoke-wsx", asked)
    until(lambda: "Data received: `{'hello': 'there'}`" in log.read_text("utf-8"))
    assert "Msg type: `connect`" in log.read_text("utf-8")
    clusters.calling.call("zato.outgoing.wsx.delete", {"id": number})
    until(lambda: clusters.called.call("zato.channel.web-socket.get-connection-list") == [])


def test_a_cluster_that_was_killed_is_found_again(clusters: Clusters) -> None:
    """Meanwhile callers are told at once that it is away; each event calls its hook."""
    number = clusters.connect("Shop", **HOOKS)
    for service in ("test.call", "test.call-on-the-loop"):
        assert clusters.calling.call(service, ORDER) == {"article": "A-1", "total": 10}
    status, details = clusters.calling.call("test.call", {"service": "shop.order", "request": {}})
    assert (status, "`Shop` answered with 400: I/O processing error" in details) == (502, True)
    clusters.called.kill()
    until(lambda: clusters.kinds() == ["connect", "close"])
    status, details = clusters.calling.call("test.call", ORDER)
    assert (status, details.startswith("`Shop` is not connected: ")) == (503, True)
    clusters.called.process.start()
    until(lambda: clusters.calling.call("test.call", ORDER) == {"article": "A-1", "total": 10})
    until(lambda: clusters.kinds() == ["connect", "close", "connect"])
    clusters.calling.call("zato.outgoing.wsx.delete", {"id": number})


def test_what_is_published_there_comes_here(clusters: Clusters) -> None:
    """As a list of dictionaries that have every key, once the connection subscribes; then nothing waits any more."""
    before = len(clusters.received())
    first = clusters.publish("/customer/new", {"name": "Maria"}, priority=7, mime_type="application/json")
    number = clusters.connect("Topics", subscription_list="/customer/new", **HOOKS)
    until(lambda: len(clusters.received()) > before)
    second = clusters.publish("/customer/new", "plain text")
    until(lambda: len(clusters.received()) > before + 1)
    one, two = clusters.received()[before:]
    assert set(one) >= {
        "delivery_count", "msg_id", "expiration_time_iso", "topic_name", "pub_time_iso", "priority", "expiration",
        "has_gd", "data", "sub_key", "mime_type", "size",
    }  # fmt: skip
    assert (one["msg_id"], one["data"], one["priority"], one["delivery_count"]) == (first, {"name": "Maria"}, 7, 1)
    assert (two["msg_id"], two["data"], two["topic_name"]) == (second, "plain text", "/customer/new")
    assert str(one["sub_key"]).startswith("zpsk.websockets.")
    clusters.calling.call("zato.outgoing.wsx.delete", {"id": number})


def test_nothing_is_lost_when_either_is_killed(clusters: Clusters) -> None:
    """What was published with an answer comes, each message once to a hook that has not died with its server."""
    before = len(clusters.received())
    number = clusters.connect("Topics", subscription_list="/customer/changed", **HOOKS)
    answered: list[str] = []
    over = threading.Event()

    def publish() -> None:
        while not over.is_set():
            # It is away, in the middle of an answer, too, or has just come
            with suppress(URLError, HTTPException, OSError, ValueError, TypeError):
                answered.append(clusters.publish("/customer/changed", len(answered)))

    publisher = threading.Thread(target=publish)
    publisher.start()
    try:
        until(lambda: len(answered) > 20)
        clusters.called.kill()
        clusters.called.process.start()
        count = len(answered)
        until(lambda: len(answered) > count + 20)
    finally:
        over.set()
        publisher.join()
    until(lambda: set(answered) <= {message["msg_id"] for message in clusters.received()[before:]})
    assert max(Counter(message["msg_id"] for message in clusters.received()[before:]).values()) == 1
    clusters.calling.kill()
    missed = [clusters.publish("/customer/changed", "meanwhile") for _ in range(20)]
    clusters.calling.process.start()
    until(lambda: set(missed) <= {message["msg_id"] for message in clusters.received()})
    clusters.calling.call("zato.outgoing.wsx.delete", {"id": number})
