"""Tests of apitest_server.openapi.room."""

from pathlib import Path

from apitest_server.openapi.specification import SPECIFICATION
from tests.server.asgi import served


def test_the_document_follows_the_channels(tmp_path: Path) -> None:
    """Those of server.conf and those of the ODB."""
    with served(tmp_path, "[rest]\n[[a]]\npath = /a\nservice = zato.ping\n") as client:
        fields = {"connection": "channel", "transport": "plain_http", "url_path": "/b", "service": "zato.ping"}
        client.result("zato.http-soap.create", {"name": "b", **fields})
        assert {"/a", "/b"} <= client.app.components[SPECIFICATION].document()["paths"].keys()
