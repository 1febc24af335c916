"""Tests of apitest_server.internal.search_es."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.server.asgi import Client, served
from tests.services.opensearch import OpenSearch
from tests.services.starting import own

CREATE = "zato.search.es.create"
SERVICE = """
from zato.server.service import Service

class Orders(Service):
    name = "orders"
    def handle(self):
        client = self.search.es.get("a").conn
        client.index(index="orders", id="1", body={"article": "tea"}, refresh=True)
        found = client.search(index="orders", body={"query": {"match": {"article": "tea"}}})
        self.response.payload = {"found": [row["_id"] for row in found["hits"]["hits"]]}

class None_(Service):
    name = "none"
    def handle(self):
        self.search.es["a"].conn.get(index="none", id="1")
"""


@pytest.fixture
def opensearch() -> Iterator[OpenSearch]:
    yield from own(OpenSearch)


@pytest.mark.parametrize(
    ("wrong", "expected"),
    [
        ({"hosts": ""}, "`hosts` must have a server, such as"),
        ({"hosts": "ftp://h"}, "`hosts` must have lines such as"),
        ({"hosts": "http://maria:secret@h"}, "`hosts` must have lines such as"),
        ({"hosts": "h", "timeout": 0}, "`timeout` must be a whole number from 1 to 3600"),
        ({"hosts": "h", "body_as": "PUT"}, "`body_as` must be one of POST, GET"),
        ({"hosts": "https://h", "ca_certs": "none.pem"}, "`ca_certs` names a file that cannot be used"),
    ],
)
def test_a_definition_that_could_not_be_used_is_refused(
    untouched: Client, wrong: dict[str, object], expected: str
) -> None:
    """With the name of the field."""
    status, details = untouched.refused(CREATE, {"name": "a", **wrong})
    assert (status, expected in details) == (400, True), details


@pytest.mark.opensearch
def test_the_life_of_a_connection(tmp_path: Path, opensearch: OpenSearch) -> None:
    """As clients of such servers create it; the password is set later, never shown, and in effect at once."""
    given = {"hosts": f"https://{opensearch.tls_host}", "username": opensearch.username, "timeout": "60"}
    more = {"ca_certs": str(opensearch.authority), "body_as": "GET", "cluster_id": 1, "is_active": True}
    with served(tmp_path, s=SERVICE) as client:
        number = client.result(CREATE, {"name": "a", **given, **more})["id"]
        status, details = client.refused("zato.search.es.ping", {"id": number})
        assert (status, "401" in details) == (502, True), details
        secret = {"password1": opensearch.password, "password2": opensearch.password}
        client.result("zato.search.es.change-password", {"id": number, **secret})
        assert client.result("orders") == {"found": ["1"]}
        assert client.refused("none")[0] == 404
        assert opensearch.tls_host in client.result("zato.search.es.ping", {"name": "a"})["info"]
        [row] = client.result("zato.search.es.get-list", {"cluster_id": 1})
        assert (row["name"], row["hosts"], row["timeout"], row["body_as"]) == ("a", given["hosts"], 60, "GET")
        assert "password" not in row and opensearch.password not in str(row)
        assert client.refused(CREATE, {"name": "a", "hosts": "h"})[0] == 400
        client.result("zato.search.es.edit", {"id": number, "is_active": False})
        assert client.refused("zato.search.es.ping", {"id": number})[0] == 404
        client.result("zato.search.es.delete", {"id": number})
        assert client.refused("zato.search.es.delete", {"id": number})[0] == 404
        assert client.result("zato.search.es.get-list") == []
