"""Tests of apitest_server.amqp.objects."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from apitest_server.amqp.objects import AMQP_KEY, CHANNEL, OUTGOING
from apitest_server.errors import ServiceUnavailable
from apitest_server.outgoing import driver
from tests.ports import free_port
from tests.server.asgi import Client, served

NOWHERE = {"name": "nowhere", "host": "127.0.0.1", "username": "me", "password": "secret"}


@pytest.fixture
def client(tmp_path: Path) -> Iterator[Client]:
    """A server whose broker is away."""
    with served(tmp_path) as client:
        yield client


def used(client: Client) -> tuple[int, int, int]:
    """The IDs of a definition, of a channel and of an outgoing connection that use it."""
    definition = client.result("zato.definition.amqp.create", {**NOWHERE, "port": free_port()})["id"]
    channel = {"name": "in", "def_id": definition, "queue": "q", "service": "zato.ping"}
    made = client.result("zato.channel.amqp.create", channel)["id"]
    return definition, made, client.result("zato.outgoing.amqp.create", {"name": "out", "def_id": definition})["id"]


def test_what_uses_a_definition_connects_anew_when_it_changes(client: Client) -> None:
    """Not when it only has another name."""
    definition, channel, _ = used(client)
    amqp = client.app.components[AMQP_KEY]
    before = amqp.channels[channel], amqp.connections["out"]
    client.result("zato.definition.amqp.edit", {"id": definition, "name": "another"})
    assert (amqp.channels[channel], amqp.connections["out"]) == before
    client.result("zato.definition.amqp.edit", {"id": definition, "vhost": "shop"})
    after = amqp.channels[channel], amqp.connections["out"]
    assert not set(before) & set(after)
    assert all(one.link.broker.vhost == "shop" for one in after)


def test_what_is_not_active_does_not_connect(client: Client) -> None:
    """Nor does what was deleted; then its definition may be deleted, too."""
    definition, channel, outgoing = used(client)
    amqp = client.app.components[AMQP_KEY]
    client.result("zato.channel.amqp.edit", {"id": channel, "is_active": False})
    client.result("zato.outgoing.amqp.edit", {"id": outgoing, "is_active": False})
    assert (amqp.channels, len(amqp.connections)) == ({}, 0)
    client.result("zato.outgoing.amqp.edit", {"id": outgoing, "is_active": True})
    assert list(amqp.connections) == ["out"]
    assert client.refused("zato.definition.amqp.delete", {"id": definition})[0] == 400
    client.result("zato.channel.amqp.delete", {"id": channel})
    client.result("zato.outgoing.amqp.delete", {"id": outgoing})
    client.result("zato.definition.amqp.delete", {"id": definition})
    assert amqp.definitions == {}


def test_a_start_without_driver_says_how_to_install_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """The server starts; new channels and connections that are active are refused, definitions are not."""
    with served(tmp_path) as client:
        used(client)
    monkeypatch.setattr(driver, "find_spec", lambda name: None)
    with served(tmp_path) as client:
        assert client.app.components[AMQP_KEY].channels == {}
        given = {"name": "x", "def_id": 1, "is_active": True}
        (definition,) = client.result("zato.definition.amqp.get-list")
        status, details = client.refused("zato.outgoing.amqp.create", {**given, "def_id": definition["id"]})
        assert (status, "pip install apitest[amqp]" in details) == (503, True)
        client.result("zato.outgoing.amqp.create", {**given, "def_id": definition["id"], "is_active": False})
    lines = [one for one in caplog.messages if "Install it with: pip install apitest[amqp]" in one]
    assert [line.partition(" ")[0] for line in lines] == [CHANNEL, OUTGOING]


def test_a_definition_that_is_gone(client: Client) -> None:
    """Who still wants to use it is told."""
    with pytest.raises(ServiceUnavailable, match="There is no AMQP definition with ID 7"):
        client.app.components[AMQP_KEY].broker(7)
