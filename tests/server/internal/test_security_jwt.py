from pathlib import Path

import pytest

from tests.server.asgi import Client, served


def test_a_user_name_belongs_to_one_definition(tmp_path: Path) -> None:
    """Who logs in could be two otherwise."""
    with served(tmp_path) as client:
        client.result("zato.security.jwt.create", {"name": "a", "username": "u"})
        assert client.refused("zato.security.jwt.create", {"name": "b", "username": "u"})[0] in (400, 409)
        assert [row["name"] for row in client.result("zato.security.jwt.get-list")] == ["a"]


@pytest.mark.parametrize("ttl", [0, -1, "soon", 10**9])
def test_a_token_lives_a_minute_to_a_year(untouched: Client, ttl: object) -> None:
    """Other times are refused, with the name of the field."""
    status, details = untouched.refused("zato.security.jwt.create", {"name": "a", "username": "u", "ttl": ttl})
    assert (status, "`ttl`" in details) == (400, True)


def test_the_secret_that_signs_is_never_shown(tmp_path: Path) -> None:
    """Neither in a list nor alone."""
    secret = "a-secret-that-signs-tokens-0123456789"
    with served(tmp_path) as client:
        number = client.result("zato.security.jwt.create", {"name": "a", "username": "u", "secret": secret})["id"]
        shown = str(client.result("zato.security.jwt.get-by-id", {"id": number}))
        shown += str(client.result("zato.security.jwt.get-list"))
    assert secret not in shown
