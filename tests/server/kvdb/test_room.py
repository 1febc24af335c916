"""Tests of apitest_server.kvdb.room."""

from pathlib import Path

from tests.server.asgi import served

ENTRIES = (("CRM", "country", "us"), ("ERP", "land", "1"))
SERVICE = """
from zato.server.service import Service
class A(Service):
    name = "a"
    def handle(self):
        words = "CRM", "country", self.request.payload, "ERP", "land"
        self.response.payload = [self.translate(*words), self.kvdb.translate(*words, default="none")]
"""


def test_services_translate(tmp_path: Path) -> None:
    """By either name, also after a restart; what is not translated is the default."""
    with served(tmp_path, a=SERVICE) as client:
        for system, key, value in ENTRIES:
            entry = {"system": system, "key": key, "value": value}
            client.result("zato.kvdb.data-dict.dictionary.create", entry)
        sides = {
            f"{n}{s}": w for s, e in enumerate(ENTRIES, 1) for n, w in zip(("system", "key", "value"), e, strict=True)
        }
        client.result("zato.kvdb.data-dict.translation.create", sides)
        assert client.result("a", "us") == ["1", "1"]
    with served(tmp_path) as client:
        assert client.result("a", "us") == ["1", "1"]
        assert client.result("a", "fr") == ["", "none"]
