"""Tests of apitest_server.sso.facade_attributes."""

from pathlib import Path

from tests.server.sso.place import PASSWORD, sso

SERVICE = f"""
from zato.server.service import Service

class A(Service):
    name = "a"
    def handle(self):
        api, where = self.sso.user, ("CRM", "127.0.0.1")
        ust = api.login(self.cid, "boss", "{PASSWORD}", *where).ust
        user = api.get_current_user(self.cid, ust, *where)
        session = api.session.get(self.cid, ust, ust, *where)
        told = []
        for attr in (user.attr, session.attr):
            attr.create("a", 1, encrypt=True)
            attr.update("a", 2)
            attr.set("b", None, 3600)
            attr.create_many([{{"name": "c", "value": 3}}], 3600)
            attr.update_many([{{"name": "c", "value": 4, "expiration": None}}], 3600)
            attr.set_many([{{"name": "d", "value": 5}}])
            attr.set_expiry("d", 3600)
            found = attr.get("a")
            told.append([found["value"], found["is_encrypted"], attr.get("none")])
            several = attr.get_many(["b", "c", "d", "e"])
            told.append([name for name, one in several.items() if one and one["expiration_time"]])
            told.append([attr.exists("a"), attr.exists_many(["a", "e"])])
            attr.delete("a")
            attr.delete_many(["b", "c"])
            told.append(attr.names())
        self.response.payload = told
"""


def test_services_keep_attributes(tmp_path: Path) -> None:
    """Of users and of sessions."""
    with sso(tmp_path, services=SERVICE) as (rest, _):
        expected = [[2, True, None], ["b", "d"], [True, {"a": True, "e": False}], ["d"]]
        assert rest.client.result("a") == expected * 2
