"""Tests of apitest_server.internal.crud.connections."""

from pathlib import Path

import pytest

from apitest_server.outgoing import driver
from tests.server.asgi import Client, served


def test_a_connection_is_named_by_its_id_or_its_name(untouched: Client) -> None:
    """One of the two has to be there, and lead to something."""
    ping = "zato.outgoing.sql.ping"
    assert untouched.refused(ping, {}) == (400, "One of the input fields `id` and `name` is required")
    assert untouched.refused(ping, {"id": 99}) == (404, "There is no SQL connection with ID 99")
    assert untouched.refused(ping, {"name": "x"}) == (404, "There is no active SQL connection `x`")
    words = "There is no active outgoing WSX connection `x`"
    assert untouched.refused("zato.outgoing.wsx.ping", {"name": "x"}) == (404, words)


def test_one_whose_driver_is_missing_says_how_to_install_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It was created where the driver was there; that it is active is not in doubt."""
    zmq = {"name": "x", "address": "tcp://127.0.0.1:1", "service": "zato.ping"}
    with served(tmp_path) as client:
        client.result("zato.search.es.create", {"name": "x", "hosts": "127.0.0.1:1"})
        client.result("zato.outgoing.zmq.create", zmq)
        client.result("zato.channel.zmq.create", zmq)
    monkeypatch.setattr(driver, "find_spec", lambda name: None)
    with served(tmp_path) as client:
        for service, package in (
            ("zato.search.es.ping", "opensearch"),
            ("zato.outgoing.zmq.get-status", "zmq"),
            ("zato.channel.zmq.get-status", "zmq"),
        ):
            status, details = client.refused(service, {"name": "x"})
            assert (status, f"pip install apitest[{package}]" in details) == (503, True)
