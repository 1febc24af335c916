"""Tests of apitest_server.internal.stand_ins, info and server."""

import logging
import platform
from collections.abc import Iterator

import pytest

from apitest_server import __version__
from tests.server.asgi import Client, served
from tests.server.internal.services import call, refused

CONF = "[rest]\n[[echo]]\npath = /echo/{id}\nservice = zato.helpers.echo\n"


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    """A server with a channel for the echo."""
    level = logging.getLogger().level
    with served(tmp_path_factory.mktemp("server"), CONF) as client:
        yield client
    logging.getLogger().setLevel(level)


def test_an_echo_returns_what_came_in(client: Client) -> None:
    """The body, or the fields of path and query string where there is none."""
    assert client.post("/echo/1", {"a": 1}).json() == {"a": 1}
    assert client.get("/echo/1?b=2").json() == {"b": "2", "id": "1"}
    assert call(client, "zato.helpers.echo", [1]) == [1]


def test_requests_can_be_logged_without_their_secrets(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    """As they came, or field by field."""
    with caplog.at_level(logging.INFO):
        cid = call(client, "zato.helpers.raw-request-logger", {"a": 1, "password": "x-y-z"})["cid"]
        found = call(client, "zato.helpers.input-logger", {"a": 1, "token": "x-y-z"})
    assert f"Request, cid {cid}" in caplog.text
    assert f"Input, cid {found['cid']}: {{'a': 1, 'token': '******'}}" in caplog.text
    assert "x-y-z" not in caplog.text
    assert found["fields"] == ["a", "token"]


def test_a_sleep_has_limits(client: Client) -> None:
    """Up to a minute."""
    assert call(client, "zato.helpers.sleep", {"seconds": 0}) == {"slept": 0.0}
    for seconds in (-1, 61, "nan"):
        assert refused(client, "zato.helpers.sleep", {"seconds": seconds})[0] == 400


def test_info_tells_what_runs(client: Client) -> None:
    """Versions and the like."""
    found = call(client, "zato.info.get-info")
    assert (found["server"], found["version"], found["python"]) == ("server", __version__, platform.python_version())
    assert found["libraries"]["msgspec"]


def test_the_server_is_listed(client: Client) -> None:
    """And found by its ID."""
    [row] = call(client, "zato.server.get-list", {"cluster_id": 1})
    assert (row["name"], row["id"], row["host"], row["port"]) == ("server", 1, "127.0.0.1", 17010)
    assert call(client, "zato.server.get-by-id", {"id": 1})["started"] == row["started"]
    assert refused(client, "zato.server.get-by-id", {"id": 2}) == (500, "There is no server with ID 2")


def test_the_log_level_can_be_changed(client: Client) -> None:
    """At once, to one that there is."""
    assert call(client, "zato.server.edit", {"id": 1, "log_level": "ERROR"})["log_level"] == "ERROR"
    assert logging.getLogger().level == logging.ERROR
    assert refused(client, "zato.server.edit", {"id": 1, "log_level": "LOUD"})[0] == 400
    assert refused(client, "zato.server.edit", {"id": 2, "log_level": "INFO"})[0] == 500


def test_a_gateway_invokes_any_service(client: Client) -> None:
    """And returns what that returns; what it raises is raised, and without a service there is nothing to do."""
    gateway = "helpers.web-sockets-gateway"
    assert call(client, gateway, {"service": "zato.helpers.echo", "request": [1]}) == [1]
    assert call(client, gateway, {"service": "zato.ping"}) == {"pong": "zato"}
    assert refused(client, gateway, {"service": "zato.helpers.sleep", "request": {"seconds": 61}})[0] == 400
    assert refused(client, gateway, {"service": "unknown"})[0] == 404
    assert refused(client, gateway, {})[0] == 400
