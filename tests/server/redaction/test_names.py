"""Tests of apitest_server.redaction.names."""

import pytest

from apitest_server.redaction import is_secret


@pytest.mark.parametrize(
    "name",
    [
        "password", "PASSWORD", "userPassword", "pwd", "pass", "X-API-Key", "apikey", "api key", "client_secret",
        "Authorization", "Set-Cookie", "x-custom-key", "user[pin]", "a.jwt", "pass%77ord", "w:Password", "/a/token",
        "subscription-key", "reset_key", "sessionid", "x" * 1000 + "password",
        "ust", "current_ust", "totp_key", "totp_code", "totp_uri",
    ],
)  # fmt: skip
def test_names_of_secrets_are_told(name: str) -> None:
    """In any spelling."""
    assert is_secret(name)


@pytest.mark.parametrize(
    "name",
    [
        "", "name", "user", "key", "pinned", "passenger", "author", "compass", "token_type", "passwordPolicy", "keys",
        "public_key", "primary_key", "Idempotency", "signal", "session_timeout", "cookie_domain", "jwts", "design",
        "zato_outgoing_ldap_change_password_response",
    ],
)  # fmt: skip
def test_other_names_are_none(name: str) -> None:
    """Also those that tell about a secret."""
    assert not is_secret(name)
