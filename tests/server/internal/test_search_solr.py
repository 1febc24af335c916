"""Tests of apitest_server.internal.search_solr."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.server.asgi import Client, served
from tests.services.solr import Solr
from tests.services.starting import own

CREATE = "zato.search.solr.create"
SERVICE = """
from zato.server.service import Service

class Shop(Service):
    name = "shop"
    def handle(self):
        with self.search.solr.get("a").conn.client() as client:
            client.add([{"id": "1", "title": "tea"}])
            self.response.payload = {"found": [row["id"] for row in client.search("title:tea")]}
"""


@pytest.fixture
def solr() -> Iterator[Solr]:
    yield from own(Solr)


@pytest.mark.parametrize(
    ("wrong", "expected"),
    [
        ({}, "`address` is required"),
        ({"address": "solr.example.com"}, "`address` must be an address such as https://"),
        ({"address": "http://h", "ping_path": "http://other/"}, "`ping_path` must be a path such as admin/ping"),
        ({"address": "http://h", "ping_path": "//other"}, "`ping_path` must be a path such as admin/ping"),
        ({"address": "http://h", "options": "auth=me"}, "`options` may have always_commit"),
        ({"address": "http://h", "pool_size": 0}, "`pool_size` must be a whole number from 1 to 200"),
        ({"address": "http://h", "ca_certs": "none.pem"}, "`ca_certs` names a file that cannot be used"),
    ],
)
def test_a_definition_that_could_not_be_used_is_refused(
    untouched: Client, wrong: dict[str, object], expected: str
) -> None:
    """With the name of the field."""
    status, details = untouched.refused(CREATE, {"name": "a", **wrong})
    assert (status, expected in details) == (400, True), details


@pytest.mark.solr
def test_the_life_of_a_connection(tmp_path: Path, solr: Solr) -> None:
    """As clients of such servers create it; the password is set later, never shown, and in effect at once."""
    given = {"address": solr.address, "username": solr.username, "timeout": "60", "ping_path": "", "pool_size": "5"}
    more = {"options": "always_commit=true\n"}
    with served(tmp_path, s=SERVICE) as client:
        number = client.result(CREATE, {"name": "a", "cluster_id": 1, "is_active": True, **given, **more})["id"]
        status, details = client.refused("zato.search.solr.ping", {"id": number})
        assert (status, "401" in details) == (502, True), details
        secret = {"password1": solr.password, "password2": solr.password}
        client.result("zato.search.solr.change-password", {"id": number, **secret})
        assert client.result("shop") == {"found": ["1"]}
        assert solr.address in client.result("zato.search.solr.ping", {"name": "a"})["info"]
        [row] = client.result("zato.search.solr.get-list", {"cluster_id": 1})
        assert (row["name"], row["address"], row["ping_path"]) == ("a", solr.address, "admin/ping")
        assert "password" not in row and solr.password not in str(row)
        assert client.refused(CREATE, {"name": "a", "address": "http://h"})[0] == 400
        client.result("zato.search.solr.edit", {"id": number, "is_active": False})
        assert client.refused("zato.search.solr.ping", {"id": number})[0] == 404
        client.result("zato.search.solr.delete", {"id": number})
        assert client.refused("zato.search.solr.delete", {"id": number})[0] == 404
        assert client.result("zato.search.solr.get-list") == []
