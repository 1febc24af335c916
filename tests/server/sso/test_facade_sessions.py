"""Tests of apitest_server.sso.facade_sessions; those of the facade call all of it."""

from pathlib import Path

from tests.server.sso.place import PASSWORD, sso

SERVICE = f"""
from zato.server.service import Service

class A(Service):
    name = "a"
    def handle(self):
        api, where = self.sso.user, ("CRM", "127.0.0.1")
        ust = api.login(self.cid, "boss", "{PASSWORD}", *where).ust
        verified = [api.session.verify(self.cid, one, ust, *where) for one in (ust, "none")]
        stranger = api.session.verify(self.cid, ust, "none", *where)
        self.response.payload = [verified, stranger, len(api.session.get_list(self.cid, ust, None, ust, *where))]
"""


def test_what_cannot_be_verified_is_not_a_session(tmp_path: Path) -> None:
    """Whether it is none, or who asks may not ask: that is no error for a service."""
    with sso(tmp_path, services=SERVICE) as (rest, _):
        assert rest.client.result("a") == [[True, False], False, 2]
