"""Tests of apitest_server.internal.pubsub.hook."""

from pathlib import Path

from tests.server.asgi import served
from tests.server.internal.pubsub.endpoints import endpoint, publish, pull, subscribe, topic

NAME = "zato.pubsub.hook"
HOOK = """
from zato.server.service import Opaque, Service
class Hook(Service):
    name = "my.hook"
    class SimpleIO:
        input_required = (Opaque("ctx"),)
        output_optional = ("hook_action",)
    def handle(self):
        if self.request.input.ctx.msg.data == "unwanted":
            self.response.payload.hook_action = "skip"
class Other(Service):
    name = "my.other"
    def handle(self): pass
"""


def test_hook_services_of_topics(tmp_path: Path) -> None:
    """Those of users can be one; a topic's is asked before it takes a message."""
    with served(tmp_path, hooks=HOOK) as client:
        number = topic(client, hook_service_name="my.hook")
        topic(client, "/customer/gone", hook_service_name="my.hook")
        endpoint(client)
        subscribe(client)
        rows = client.result(f"{NAME}.get-hook-service-list")
        assert rows == [{"name": "my.hook", "topics": 2}, {"name": "my.other", "topics": 0}]
        assert client.result(f"{NAME}.get-hook-service-list", {"query": "OTHER"}) == rows[1:]
        rows = client.result(f"{NAME}.get-topic-list", {"service_name": "my.hook"})
        assert [row["name"] for row in rows] == ["/customer/gone", "/customer/new"]
        publish(client, "unwanted")
        publish(client, "wanted")
        assert [message["data"] for message in pull(client)] == ["wanted"]
        client.result("zato.pubsub.topic.edit", {"id": number, "hook_service_name": ""})
        assert len(client.result(f"{NAME}.get-topic-list", {"service_name": "my.hook"})) == 1


def test_a_service_has_to_be_there(tmp_path: Path) -> None:
    """404 where it is not, 400 where none is named."""
    with served(tmp_path) as client:
        assert client.refused(f"{NAME}.get-topic-list", {"service_name": "x"}) == (404, "There is no service `x`")
        assert client.refused(f"{NAME}.get-topic-list") == (400, "Input field `service_name` is required")
        assert client.refused(f"{NAME}.get-hook-service-list", {"query": []})[0] == 400
