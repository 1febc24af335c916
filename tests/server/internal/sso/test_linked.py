"""Tests of apitest_server.internal.sso.linked."""

from tests.server.asgi import Client
from tests.server.sso.place import PASSWORD


def test_administrators_link_accounts(untouched: Client) -> None:
    """Without a session of their own."""
    call = untouched.result
    number = call("zato.sso.user.create", {"username": "linked", "password": PASSWORD})["user_id"]
    call("zato.security.basic-auth.create", {"name": "linked", "username": "linked"})
    link = {"user_id": number, "auth_type": "basic_auth", "auth_username": "linked"}
    call("zato.sso.user.link", {**link, "is_active": False})
    [told] = call("zato.sso.user.get-linked", {"user_id": number})["result"]
    assert (told["auth_username"], told["is_active"]) == ("linked", False)
    call("zato.sso.user.unlink", link)
    details = 400, "There is no such account, or more than one, or it is not linked"
    assert untouched.refused("zato.sso.user.unlink", link) == details
    assert untouched.refused("zato.sso.user.get-linked") == (400, "There is no user with this ID")
