"""Tests of apitest_server.internal._generic_wsx; tests.server.internal.test_generic has what is taken."""

import pytest

from tests.server.asgi import Client

SENT = {"type_": "outconn-wsx", "name": "There", "address": "ws://127.0.0.1:1/", "security_name": "ZATO_NONE"}


@pytest.mark.parametrize(
    ("fields", "details"),
    [
        ({"has_auto_reconnect": False}, "`has_auto_reconnect` must be true"),
        ({"security_name": "none"}, "`security_name` is not the name of an active security definition: `none`"),
        ({"on_close_service_id": 5}, "There is no service with ID 5"),
        ({"address": "http://x"}, "`address` must be an address such as wss://example.com/orders"),
    ],
)
def test_what_cannot_be_a_connection_is_refused(untouched: Client, fields: dict[str, object], details: str) -> None:
    """Each problem is told, and nothing is stored."""
    answer = untouched.call("zato.generic.connection.create", {**SENT, **fields})
    assert answer.status in (400, 404)
    assert details in answer.json()["zato_env"]["details"]
    assert untouched.result("zato.outgoing.wsx.get-list", {}) == []
