"""Tests of apitest_server.ibm_mq.room."""

from pathlib import Path

from tests.server.asgi import served

SERVICE = """
from zato.server.service import Service

class Sends(Service):
    name = "sends"
    def handle(self):
        technology = getattr(self.out, self.request.payload or "jms_wmq")
        technology.send("data", "out", "DEV.QUEUE.1")
"""


def test_services_are_told_that_there_is_no_driver(tmp_path: Path) -> None:
    """And so are those of whom a connection is known after a restart."""
    with served(tmp_path, s=SERVICE) as client:
        assert client.call("sends").status == 500
        manager = client.result("zato.definition.jms-wmq.create", {"name": "m", "host": "h", "channel": "C"})
        client.result("zato.outgoing.jms-wmq.create", {"name": "out", "def_id": manager["id"]})
    with served(tmp_path, s=SERVICE) as client:
        for technology in ("jms_wmq", "ibm_mq"):
            status, details = client.refused("sends", technology)
            assert (status, "no driver for IBM MQ is installed" in details) == (503, True)
