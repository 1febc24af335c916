"""Tests of apitest_server.kafka.room."""

import sys
from pathlib import Path

from apitest_server.kafka.objects import CHANNEL, OUTGOING
from tests.server.asgi import served


def test_services_find_connections_and_objects_take_effect(tmp_path: Path) -> None:
    """Where there are none, an error says so; a server without Kafka does not load the driver."""
    loaded = "confluent_kafka" in sys.modules
    with served(tmp_path, s="from zato.server.service import Service\nclass A(Service):\n"
                "    name = 'a'\n    def handle(self): self.out.kafka.send('x', 'none')\n") as client:  # fmt: skip
        assert client.call("a").status == 500
        assert all(client.app.live.of(kind) is not None for kind in (CHANNEL, OUTGOING))
    assert ("confluent_kafka" in sys.modules) == loaded
