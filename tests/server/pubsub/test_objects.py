"""Tests of apitest_server.pubsub.objects."""

from pathlib import Path

from apitest_server.pubsub.broker import PUBSUB
from tests.server.asgi import served

ENDPOINT = {"name": "e", "role": "pub-sub", "endpoint_type": "service", "service_name": "zato.ping"}


def test_objects_take_effect(tmp_path: Path) -> None:
    """At once, changed and deleted as well, and after a restart."""
    with served(tmp_path) as client:
        broker = client.app.components[PUBSUB]
        topic = client.result("zato.pubsub.topic.create", {"name": "/a", "max_depth_gd": 7})
        endpoint = client.result("zato.pubsub.endpoint.create", {**ENDPOINT, "topic_patterns": "pub=/a"})
        assert broker.topics.named("/a").max_depth_gd == 7
        assert broker.endpoints.named("e").may("pub", "/a")
        client.result("zato.pubsub.endpoint.edit", {**ENDPOINT, "id": endpoint["id"], "topic_patterns": "sub=/a"})
        assert not broker.endpoints.named("e").may("pub", "/a")
        client.result("zato.pubsub.topic.create", {"name": "/b"})
        client.result("zato.pubsub.topic.delete", {"id": topic["id"]})
        assert [one.name for one in broker.topics.all()] == ["/b"]
    with served(tmp_path) as client:
        broker = client.app.components[PUBSUB]
        assert [one.name for one in broker.topics.all()] == ["/b"]
        assert broker.endpoints.named("e").service_name == "zato.ping"
        client.result("zato.pubsub.endpoint.delete", {"id": endpoint["id"]})
        assert broker.endpoints.all() == []


def test_what_cannot_take_effect_is_refused(tmp_path: Path) -> None:
    """A pattern that would match everything by accident, and a name with a space at an end."""
    with served(tmp_path) as client:
        assert client.refused("zato.pubsub.endpoint.create", {**ENDPOINT, "topic_patterns": "pub=*"})[0] == 400
        status, why = client.refused("zato.pubsub.topic.create", {"name": "/a /b"})
        assert (status, "begin or end with a space" in why) == (400, True)
