"""Tests of apitest_server.internal.outgoing_mongodb."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.ports import free_port
from tests.server.asgi import Client, served
from tests.services.mongodb import MongoDB
from tests.services.starting import own

CREATE, GENERIC = "zato.outgoing.mongodb.create", "zato.generic.connection.create"
SERVICE = """
from datetime import datetime
from bson import ObjectId
from zato.server.service import Service

class Orders(Service):
    name = "orders"
    def handle(self):
        with self.out.mongodb["Orders"].conn.client() as client:
            client.shop.orders.insert_one({"_id": ObjectId("0" * 24), "at": datetime(2026, 1, 31), "article": "tea"})
        found = self.out.mongodb.get("Orders").conn.shop.orders.find_one()
        self.out.mongodb["Orders"].conn["shop"].drop_collection("orders")
        self.response.payload = found
"""
ORDER = {"_id": "0" * 24, "at": "2026-01-31T00:00:00Z", "article": "tea"}


@pytest.fixture
def mongodb() -> Iterator[MongoDB]:
    yield from own(MongoDB)


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"server_list": ""}, "`server_list` must have a server, such as mongodb.example.com:27017"),
        ({"server_list": "mongodb+srv://h"}, "`server_list` must have lines such as mongodb.example.com:27017"),
        ({"server_list": "mongodb://u:s3cret-word@h"}, "`server_list` must have lines such as"),
        ({"auth_mechanism": "GSSAPI"}, "`auth_mechanism` must be one of DEFAULT, SCRAM-SHA-1"),
        ({"pool_size_max": 0}, "`pool_size_max` must be a whole number from 1 to 1000"),
        ({"pool_size_max": "many"}, "`pool_size_max` must be"),
        ({"read_pref_type": "any"}, "`read_pref_type` must be one of primary"),
        ({"socket_timeout": 0}, "`socket_timeout` must be"),
        ({"write_to_replica": "0", "is_write_journal_enabled": True}, "`write_to_replica` must not be 0"),
        ({"tls_private_key_file": "key.pem"}, "`tls_cert_file` is required with a tls_private_key_file"),
        ({"is_tls_enabled": True, "tls_cert_file": "none.pem"}, "`tls_cert_file` names a file that cannot be used"),
        ({"is_tls_enabled": True, "ca_certs": "none.pem"}, "`ca_certs` names a file that cannot be used"),
    ],
)
def test_a_definition_that_could_not_be_used_is_refused(untouched: Client, wrong: dict[str, object], told: str) -> None:
    """With the name of the field."""
    status, details = untouched.refused(CREATE, {"name": "a", "server_list": "h", **wrong})
    assert (status, told in details) == (400, True), details


def test_a_password_is_never_shown(tmp_path: Path) -> None:
    """It is stored encrypted, and not in what is told of a server that is away."""
    with served(tmp_path) as client:
        given = {"name": "a", "server_list": f"127.0.0.1:{free_port()}", "username": "u", "password": "s3cret-word"}
        made = client.result(CREATE, given)
        assert "s3cret-word" not in str(client.result("zato.outgoing.mongodb.get-by-id", {"id": made["id"]}))
        status, details = client.refused("zato.outgoing.mongodb.ping", {"id": made["id"]})
        assert (status, "Connection refused" in details, "s3cret-word" in details) == (503, True, False)
    assert not any(b"s3cret-word" in path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())


def test_a_user_without_a_password_is_told(tmp_path: Path) -> None:
    """What sets it is named."""
    with served(tmp_path) as client:
        client.result(CREATE, {"name": "a", "server_list": "127.0.0.1:1", "username": "u"})
        refused = client.refused("zato.outgoing.mongodb.ping", {"name": "a"})
        assert refused == (503, "`a` has a user, and no password yet: change-password sets it")


@pytest.mark.mongodb
def test_the_life_of_a_connection(tmp_path: Path, mongodb: MongoDB) -> None:
    """As clients of such servers create it; the password is set later, never shown, and in effect at once."""
    given = {"type_": "outconn-mongodb", "name": "Orders", "is_active": True, "is_outconn": True, "cluster_id": 1}
    sent = {"server_list": [f"127.0.0.1:{mongodb.port}"], "username": mongodb.username, "pool_size_max": "5"}
    with served(tmp_path, s=SERVICE) as client:
        number = client.result(GENERIC, {**given, **sent, "tls_validate": "CERT_NONE", "is_tls_enabled": False})["id"]
        for password, status in (("wrong-one", 503), (mongodb.password, 200)):
            secret = {"id": number, "type_": "outconn-mongodb", "password1": password, "password2": password}
            client.result("zato.generic.connection.change-password", secret)
            assert client.call("zato.generic.connection.ping", {"id": number}).status == status
        assert client.result("orders") == ORDER
        [row] = client.result("zato.generic.connection.get-list", {"type_": "outconn-mongodb", "cluster_id": 1})
        assert (row["pool_size_max"], row["validate_tls"], row["tls_validate"]) == (5, False, "CERT_NONE")
        assert "password" not in row and mongodb.password not in str(row)
        client.result("zato.generic.connection.edit", {"id": number, "name": "Other"})
        assert client.refused("orders")[0] == 500
        client.result("zato.generic.connection.edit", {"id": number, "name": "Orders"})
        assert client.result("orders") == ORDER
        client.result("zato.generic.connection.delete", {"id": number})
        assert client.result("zato.outgoing.mongodb.get-list") == []
