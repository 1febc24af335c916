"""Tests of apitest_server.internal.crud.connections."""

from tests.server.asgi import Client


def test_a_connection_is_named_by_its_id_or_its_name(untouched: Client) -> None:
    """One of the two has to be there, and lead to something."""
    ping = "zato.outgoing.sql.ping"
    assert untouched.refused(ping, {}) == (400, "One of the input fields `id` and `name` is required")
    assert untouched.refused(ping, {"id": 99}) == (404, "There is no SQL connection with ID 99")
    assert untouched.refused(ping, {"name": "x"}) == (404, "There is no active SQL connection `x`")
    words = "There is no active outgoing WSX connection `x`"
    assert untouched.refused("zato.outgoing.wsx.ping", {"name": "x"}) == (404, words)
