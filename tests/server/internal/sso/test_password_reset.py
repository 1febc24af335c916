"""Tests of apitest_server.internal.sso.password_reset."""

from tests.server.asgi import Client


def test_administrators_reset_passwords_as_users_do(untouched: Client) -> None:
    """With a token and a key."""
    name = "zato.sso.password-reset"
    assert untouched.result(f"{name}.create-token", {"credential": "none"}) == {"sub_status": []}
    details = 400, "The token or the key is not valid, or not any longer"
    assert untouched.refused(f"{name}.access-token", {"token": "none"}) == details
    fields = {"token": "none", "reset_key": "none", "password": "none"}
    assert untouched.refused(f"{name}.change-password", fields) == details
