"""Tests of apitest_server.internal.sso.signup."""

from tests.server.asgi import Client
from tests.server.sso.place import PASSWORD


def test_administrators_sign_users_up(untouched: Client) -> None:
    """And see what is wrong in words."""
    token = untouched.result("zato.sso.user.signup", {"username": "new", "password": PASSWORD})["confirm_token"]
    untouched.result("zato.sso.user.confirm-signup", {"confirm_token": token})
    assert untouched.refused("zato.sso.user.confirm-signup", {"confirm_token": token})[0] == 400
    details = "Input field `password` is required"
    assert untouched.refused("zato.sso.user.signup", {"username": "new"}) == (400, details)
