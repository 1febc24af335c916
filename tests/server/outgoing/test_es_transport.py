"""Tests of apitest_server.outgoing.es_transport."""

import logging
from collections.abc import Iterator
from contextlib import nullcontext

import pytest

from apitest_server.outgoing.es_transport import client, close
from tests.apitest.web import WebServer


@pytest.fixture
def web() -> Iterator[WebServer]:
    server = WebServer()
    yield server
    server.close()


def test_requests_go_to_the_host(web: WebServer, caplog: pytest.LogCaptureFixture) -> None:
    """With the options of the driver; neither they nor their bodies are in the log."""
    caplog.set_level(logging.DEBUG)
    made = client([{"host": "127.0.0.1", "port": web.server_port}], nullcontext, headers={"x-by": "me"}, timeout=60)
    found = made.index(index="orders", id="1", body={"article": "tea"})
    close(made)
    assert (found["method"], found["path"], found["headers"]["x-by"]) == ("PUT", "/orders/_doc/1", "me")
    assert [record.name for record in caplog.records if record.name.startswith("opensearch")] == []
