"""Tests of apitest_server.pubsub.room."""

from pathlib import Path

from apitest_server.pubsub.broker import PUBSUB
from tests.server.asgi import served

HOOK = """
from apitest_server.service.base import Service

class Hook(Service):
    name = "my.hook"

    def handle(self):
        if self.request.payload["ctx"]["msg"]["data"] == "bad":
            self.response.payload = {"hook_action": "skip"}

class Publisher(Service):
    name = "my.publisher"

    def handle(self):
        for data in ("good", "bad"):
            self.pubsub.publish("/a", data=data)
"""


def test_hook_services_are_called(tmp_path: Path) -> None:
    """In the server that the topic is in."""
    with served(tmp_path, hook=HOOK) as client:
        client.result("zato.pubsub.topic.create", {"name": "/a", "hook_service_name": "my.hook"})
        client.result("zato.service.invoke", {"name": "my.publisher"})
        broker = client.app.components[PUBSUB]
        held = broker.memory.of_topic(broker.topics.named("/a").id, 0.0)
        assert [(one.data, one.publisher) for one in held] == [("good", "my.publisher")]
