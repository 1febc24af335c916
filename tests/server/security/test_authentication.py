"""Tests of apitest_server.security.authentication."""

import pytest

from apitest_server.config import SecurityDefinition
from apitest_server.errors import Unauthorized
from apitest_server.security.authentication import Authentication
from tests.server.asgi import scope

KEY = SecurityDefinition("keys", "api-key", key="k")


def test_definitions_are_known_by_name_and_take_effect_at_once() -> None:
    """A definition that was put in the place of another one counts for the next request."""
    authentication = Authentication([KEY])
    request = scope("GET", "/", {"X-API-Key": "k"})
    assert authentication.user("keys", request) == "keys"
    authentication.define(SecurityDefinition("keys", "api-key", key="new"))
    with pytest.raises(Unauthorized) as caught:
        authentication.user("keys", request)
    assert caught.value.headers == {}
    authentication.remove("keys")
    with pytest.raises(Unauthorized):
        authentication.user("keys", scope("GET", "/", {"X-API-Key": "new"}))
