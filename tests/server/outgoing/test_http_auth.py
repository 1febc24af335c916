"""Tests of apitest_server.outgoing.http_auth."""

from apitest_server.odb import StoredObject
from apitest_server.outgoing.http_auth import Auths
from apitest_server.outgoing.http_bearer import Bearer


def test_what_is_a_header_needs_nothing_more() -> None:
    """Nor does a connection without a definition."""
    auths = Auths()
    assert auths.of(None) is None
    assert auths.of(StoredObject(1, "security.basic-auth", "a", {})) is None


ABOUT = {"username": "u", "auth_server_url": "https://example.com/token"}


def test_tokens_are_those_of_one_state_of_a_definition() -> None:
    """All connections share them; a change of the definition forgets them."""
    auths = Auths()
    first, changed = (StoredObject(1, "security.oauth", "a", ABOUT) for _ in range(2))
    assert isinstance(auths.of(first), Bearer)
    assert auths.tokens(first) is auths.tokens(first)
    assert auths.tokens(changed) is not auths.tokens(first)
