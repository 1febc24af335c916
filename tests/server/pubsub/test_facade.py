"""Tests of apitest_server.pubsub.facade."""

from pathlib import Path

from tests.server.asgi import served

SERVICES = """
from apitest_server.service.base import Service

class Plain(Service):
    name = "my.plain"

    def handle(self):
        sub_key = self.pubsub.subscribe("/a", "e")
        first = self.pubsub.publish("/a", data={"x": 1}, has_gd=True, priority=9, expiration=60000)
        self.pubsub.publish(topic_name="/a", data="y")
        got = self.pubsub.get_messages("/a", sub_key)
        was = self.pubsub.unsubscribe(sub_key)
        self.response.payload = {"first": first, "got": got, "was": was, "again": self.pubsub.unsubscribe(sub_key)}

class Async(Service):
    name = "my.async"

    async def handle(self):
        sub_key = await self.pubsub.subscribe("/a", "e")
        await self.pubsub.publish("/a", data="z")
        self.response.payload = await self.pubsub.get_messages("/a", sub_key, limit=1)

class Wrong(Service):
    name = "my.wrong"

    def handle(self):
        self.pubsub.get_messages("/b", self.pubsub.subscribe("/a", "e"))

class Bad(Service):
    name = "my.bad"

    def handle(self):
        self.pubsub.publish("/a", data="x", priority=10)
"""


def test_services_publish_and_read(tmp_path: Path) -> None:
    """Plain ones and async ones; what is wrong is told."""
    with served(tmp_path, services=SERVICES) as client:
        client.result("zato.pubsub.topic.create", {"name": "/a"})
        client.result("zato.pubsub.topic.create", {"name": "/b"})
        security = client.result("zato.security.basic-auth.create", {"name": "e", "username": "e"})["id"]
        endpoint = {"name": "e", "role": "sub", "security_id": security, "topic_patterns": "sub=/a"}
        client.result("zato.pubsub.endpoint.create", endpoint)
        told = client.result("my.plain")
        assert [one["data"] for one in told["got"]] == [{"x": 1}, "y"]
        assert (told["got"][0]["msg_id"], told["got"][0]["expiration"]) == (told["first"], 60000)
        assert (told["was"], told["again"]) == (True, False)
        (one,) = client.result("my.async")
        assert (one["data"], one["delivery_count"]) == ("z", 1)
        assert client.refused("my.wrong")[0] == 404
        assert client.refused("my.bad") == (400, "Input field `priority` must be a whole number from 1 to 9")
