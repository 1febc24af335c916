"""Tests of apitest_server.internal.cache.memcached."""

import pytest

from tests.server.asgi import Client

CREATE = "zato.cache.memcached.create"


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"servers": ""}, "`servers` must have a server, such as memcached.example.com:11211"),
        ({"servers": "a\nhttp://b"}, "`servers` must have lines such as memcached.example.com:11211"),
        ({"key_prefix": "a b"}, "`key_prefix` must have keys of 1 to 250 bytes"),
        ({"timeout": 0}, "`timeout` must be"),
        ({"use_tls": True, "ca_certs": "none.pem"}, "`ca_certs` names a file that cannot be used"),
    ],
)
def test_a_definition_that_could_not_be_used_is_refused(untouched: Client, wrong: dict[str, object], told: str) -> None:
    """With the name of the field."""
    status, details = untouched.refused(CREATE, {"name": "a", "servers": "h", **wrong})
    assert (status, told in details) == (400, True), details


def test_a_server_that_is_away_is_told(client: Client) -> None:
    """By the name of the cache, and until it is deleted."""
    made = client.result(CREATE, {"name": "sessions", "servers": ["127.0.0.1:1"], "is_default": True, "extra": ""})
    status, details = client.refused("zato.cache.memcached.ping", {"name": "sessions"})
    assert (status, details) == (503, "`sessions` cannot be reached at 127.0.0.1:1: Connection refused")
    client.result("zato.cache.memcached.delete", {"id": made["id"]})
    words = "There is no active Memcached cache `sessions`"
    assert client.refused("zato.cache.memcached.ping", {"name": "sessions"}) == (404, words)
