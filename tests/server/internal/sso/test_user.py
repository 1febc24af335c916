"""Tests of apitest_server.internal.sso.user."""

from pathlib import Path

from tests.server.asgi import Client, served
from tests.server.sso.place import PASSWORD, sso

SERVICE = """
from zato.server.service import Service
class A(Service):
    name = "a"
    def handle(self):
        self.response.payload = self.invoke("zato.sso.user.create", {"username": "eve", "is_super_user": True})
"""


def test_administrators_of_the_server_need_no_session(untouched: Client) -> None:
    """They make the first super-user; who signs in gets a token."""
    made = untouched.result("zato.sso.user.create", {"username": "first", "password": PASSWORD, "is_super_user": True})
    assert made["is_super_user"] is True
    opened = untouched.result("zato.sso.user.login", {"username": "first", "password": PASSWORD, "current_app": "CRM"})
    assert opened["user_id"] == made["user_id"]
    assert untouched.result("zato.sso.user.get", {"ust": opened["ust"]})["username"] == "first"
    assert untouched.result("zato.sso.user.get", {"user_id": made["user_id"]})["username"] == "first"


def test_a_service_that_is_invoked_asks_for_nobody(tmp_path: Path) -> None:
    """So no client can use one as a way to more rights."""
    with served(tmp_path, "[rest]\n[[a]]\npath = /a\nservice = a\n", a=SERVICE) as client:
        assert client.get("/a").status == 403
        assert client.call("a").status == 403


def test_which_errors_administrators_see(untouched: Client) -> None:
    """What is wrong, in words."""
    assert untouched.refused("zato.sso.user.create", {"username": "a b"}) == (400, "The user name has blanks in it")
    assert untouched.refused("zato.sso.user.get") == (400, "There is no user with this ID")
    assert untouched.refused("zato.sso.user.login", {"username": "a", "password": "b"}) == (403, "Not allowed")


def test_a_token_takes_the_place_of_the_administrator(tmp_path: Path) -> None:
    """Who shows one asks as its user, with that user's rights."""
    with sso(tmp_path) as (rest, _):
        rest.user("maria")
        fields = {"ust": rest.log_in("maria").ust, "username": "other"}
        assert rest.client.refused("zato.sso.user.create", fields) == (403, "Not allowed")
        super_user = {"ust": rest.log_in("boss").ust, "username": "other", "is_super_user": True}
        assert rest.client.refused("zato.sso.user.create", super_user) == (403, "Not allowed")
