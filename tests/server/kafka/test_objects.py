"""Tests of apitest_server.kafka.objects."""

from pathlib import Path

import pytest

from apitest_server.kafka.objects import KAFKA_KEY
from apitest_server.outgoing import driver
from tests.server.asgi import served
from tests.server.kafka.brokers import Topics

GIVEN = {"name": "x", "address": "127.0.0.1:1", "topic": "t", "service": "zato.ping"}


@pytest.mark.kafka
def test_a_change_is_in_effect_at_once(tmp_path: Path, topics: Topics) -> None:
    """What was renamed, or leads elsewhere, is there under its new name; what is not active is not there."""
    with served(tmp_path) as client:
        number = client.result("zato.outgoing.kafka.create", {**GIVEN, "timeout": 1})["id"]
        connections = client.app.components[KAFKA_KEY].connections
        client.result("zato.outgoing.kafka.edit", {"id": number, **topics.plain, "name": "y", "timeout": 30})
        client.result("zato.outgoing.kafka.ping", {"name": "y"})
        assert list(connections) == ["y"]
        client.result("zato.outgoing.kafka.edit", {"id": number, "is_active": False})
        assert client.refused("zato.outgoing.kafka.ping", {"id": number})[0] == 404
        client.result("zato.outgoing.kafka.edit", {"id": number, "is_active": True})
    with served(tmp_path) as client:
        client.result("zato.outgoing.kafka.ping", {"name": "y"})
        client.result("zato.outgoing.kafka.delete", {"id": number})
        assert list(client.app.components[KAFKA_KEY].connections) == []


def test_a_start_without_driver_says_how_to_install_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """The server starts; what is active is refused."""
    with served(tmp_path) as client:
        client.result("zato.channel.kafka.create", GIVEN)
    monkeypatch.setattr(driver, "find_spec", lambda name: None)
    with served(tmp_path) as client:
        assert client.app.components[KAFKA_KEY].channels == {}
        status, details = client.refused("zato.outgoing.kafka.create", {**GIVEN, "name": "y"})
        assert (status, "pip install apitest[kafka]" in details) == (503, True)
        client.result("zato.outgoing.kafka.create", {**GIVEN, "name": "y", "is_active": False})


def test_authorities_that_cannot_be_used_are_refused(tmp_path: Path) -> None:
    """Also where nothing connects yet."""
    with served(tmp_path) as client:
        given = {**GIVEN, "is_active": False, "use_tls": True, "ca_certs": "none.pem"}
        status, details = client.refused("zato.outgoing.kafka.create", given)
        assert (status, "`ca_certs` names a file that cannot be used" in details) == (400, True)
