"""Tests of apitest_server.rest.objects, through a server in this process."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from apitest_server.config import RestChannel
from apitest_server.rest.objects import declared
from apitest_server.security.objects import declared_id
from apitest_server.service.base import OUT
from tests.server.asgi import Client, served
from tests.server.rest.channels import CONF, SERVICES, channel, outgoing


@pytest.fixture
def client(tmp_path: Path) -> Iterator[Client]:
    """A server with the services to call."""
    with served(tmp_path, CONF, a=SERVICES) as client:
        yield client


def test_channels_of_server_conf_are_listed(client: Client) -> None:
    """With what they are secured by; they are changed there."""
    rows = client.result("zato.http-soap.get-list", {"query": "one"})
    (row,) = [row for row in rows if row["name"] == "one"]
    assert (row["url_path"], row["method"], row["security_id"]) == ("/one", "GET, POST", declared_id("staff"))
    status, details = client.refused("zato.http-soap.edit", {"id": row["id"], "url_path": "/two"})
    assert (status, "declared in server.conf" in details) == (400, True)


def test_channels_are_there_after_a_restart(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """One whose path server.conf has taken meanwhile is logged, and the others serve."""
    with served(tmp_path, CONF, a=SERVICES) as client:
        channel(client)
        channel(client, "b")
    with served(tmp_path, CONF, a=SERVICES) as client:
        assert (client.get("/a").status, client.get("/b").status) == (200, 200)
    conf = f"{CONF}[[late]]\npath = /a\nservice = zato.ping\n"
    with served(tmp_path, conf, a=SERVICES) as client:
        assert client.get("/a").json() == {"pong": "zato"}
        assert client.get("/b").status == 200
    assert "http-soap `a`" in caplog.text
    assert "is taken by another channel" in caplog.text


def test_what_is_effective_follows_each_change(client: Client) -> None:
    """A channel and a connection that are no longer active cannot be used, and neither can those that are gone."""
    number = channel(client)
    assert client.get("/a").status == 200
    client.result("zato.http-soap.edit", {"id": number, "is_active": False})
    assert (
        client.get("/a", Authorization="Basic dTpw").status == 404
    )  # Strangers get 401: some channels are not for all
    one = outgoing(client, "http://127.0.0.1:1")
    connections = client.app.components[OUT].rest
    assert list(connections) == ["CRM"]
    client.result("zato.http-soap.edit", {"id": one, "name": "ERP"})
    assert list(connections) == ["ERP"]
    client.result("zato.http-soap.delete", {"id": one})
    assert list(connections) == []


def test_a_channel_that_becomes_a_connection_stops_serving(client: Client) -> None:
    """Its path is free at once, and it can be used as a connection."""
    known = {"Authorization": "Basic dTpw"}
    number = channel(client)
    client.result("zato.http-soap.edit", {"id": number, "connection": "outgoing", "host": "http://127.0.0.1:1"})
    assert client.get("/a", **known).status == 404
    assert list(client.app.components[OUT].rest) == ["a"]
    again = channel(client)
    client.result("zato.http-soap.delete", {"id": number})
    assert (client.get("/a").status, list(client.app.components[OUT].rest)) == (200, [])
    client.result("zato.http-soap.delete", {"id": again})
    assert client.get("/a", **known).status == 404


@pytest.mark.parametrize("transport", ["plain_http", "soap"])
def test_a_connection_that_becomes_a_channel_cannot_be_called_any_longer(client: Client, transport: str) -> None:
    """It serves at once, until it is what it was again."""
    connections = client.app.components[OUT].rest if transport == "plain_http" else client.app.components[OUT].soap
    number = outgoing(client, "http://127.0.0.1:1", url_path="/b", transport=transport)
    given = {"id": number, "connection": "channel", "transport": "plain_http", "service": "my.echo"}
    client.result("zato.http-soap.edit", given)
    assert (client.get("/b").status, list(connections)) == (200, [])
    client.result("zato.http-soap.edit", {"id": number, "connection": "outgoing", "transport": transport})
    assert (client.get("/b", Authorization="Basic dTpw").status, list(connections)) == (404, ["CRM"])


def test_rows_of_declared_channels() -> None:
    """They have negative IDs, and name their security definition likewise."""
    [row] = declared([RestChannel("a", "/a", "s", ("GET", "POST"), "staff")])
    assert (row["id"], row["security_id"]) == (declared_id("a"), declared_id("staff"))
    assert (row["method"], row["url_path"]) == ("GET, POST", "/a")
    assert row["id"] < 0
