"""Tests of apitest_server.internal.service.simple_io."""

from pathlib import Path

from tests.server.asgi import served

SERVICES = """
from zato.server.service import Int, Service

class Declared(Service):
    name = "mine.declared"
    class SimpleIO:
        input_required = ("a",)
        input_optional = (Int("b"), "password", Int("token"))
        output_required = ("x",)
    def handle(self):
        self.response.payload.x = 1

class Anything(Service):
    name = "mine.anything"
    def handle(self):
        pass
"""


def test_what_a_service_declares(tmp_path: Path) -> None:
    """Its fields with their types; one that declares nothing takes anything, and one that is not there is refused."""
    with served(tmp_path, mine=SERVICES) as client:
        found = client.result("zato.service.get-simple-io", {"name": "mine.declared"})
        assert [(one["name"], one["schema"], one["required"]) for one in found["input"]] == [
            ("a", {"type": "string"}, True),
            ("b", {"type": "integer"}, False),
            ("password", {"type": "string"}, False),
            ("token", {"type": "integer"}, False),
        ]
        assert [one["name"] for one in found["input"] if one["secret"]] == ["password"]
        assert [one["name"] for one in found["output"]] == ["x"]
        assert found["is_declared"]
        anything = client.result("zato.service.get-simple-io", {"name": "mine.anything"})
        assert anything == {"name": "mine.anything", "is_declared": False, "input": [], "output": []}
        assert client.refused("zato.service.get-simple-io", {"name": "none"})[0] == 404
