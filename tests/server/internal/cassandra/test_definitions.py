"""Tests of apitest_server.internal.cassandra.definitions."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.ports import free_port
from tests.server.asgi import Client, served

SERVICE = "zato.definition.cassandra"
GIVEN = {"name": "c", "contact_points": "127.0.0.1", "username": "me"}


def test_the_life_of_a_connection(tmp_path: Path) -> None:
    """As clients of such servers create it; its password is stored encrypted, and never shown."""
    with served(tmp_path) as client:
        given = {
            **GIVEN, "is_active": True, "port": free_port(), "exec_size": 3, "proto_version": 4, "cql_version": "3.4.7",
            "default_keyspace": "crm",
        }  # fmt: skip
        number = client.result(f"{SERVICE}.create", {**given, "cluster_id": 1})["id"]
        client.result(
            f"{SERVICE}.change-password", {"id": number, "password1": "s3cret-word", "password2": "s3cret-word"}
        )
        others = {"timeout": 10, "use_tls": False, "validate_tls": True, "ca_certs": "", "client_cert": ""}
        row = {**given, **others, "id": number}
        assert client.result(f"{SERVICE}.get-list", {"cluster_id": 1}) == [row]
        assert client.result(f"{SERVICE}.get-by-id", {"id": number}) == row
        assert client.result(f"{SERVICE}.get-by-name", {"name": "c"}) == row
        assert client.refused(f"{SERVICE}.ping", {"id": number}) == (
            503, "Cassandra of `c` cannot be reached: Connection refused",
        )  # fmt: skip
        client.result(f"{SERVICE}.edit", {"id": number, "is_active": False})
        assert client.refused(f"{SERVICE}.ping", {"id": number}) == (404, "There is no active Cassandra connection `c`")
        client.result(f"{SERVICE}.delete", {"id": number})
    assert not any(b"s3cret-word" in path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        ({"name": "c"}, "`contact_points` is required"),
        ({**GIVEN, "contact_points": " , "}, "`contact_points` must name at least one node"),
        ({**GIVEN, "port": 0}, "`port` must be a whole number from 1 to 65535"),
        ({**GIVEN, "use_tls": True, "client_cert": "none.pem"}, "`client_cert` names a file that cannot be used"),
    ],
)
def test_what_is_refused(untouched: Client, given: dict[str, object], problem: str) -> None:
    """With the field and what would be right."""
    status, details = untouched.refused(f"{SERVICE}.create", given)
    assert status == 400
    assert problem in details


@pytest.mark.cassandra
def test_a_node_that_is_there(tmp_path: Path, cassandra_node: Mapping[str, str]) -> None:
    """The answer says where it is and how long it took."""
    port, password = int(cassandra_node["APITEST_CASSANDRA_PORT"]), cassandra_node["APITEST_CASSANDRA_PASSWORD"]
    given = {**GIVEN, "port": port, "username": cassandra_node["APITEST_CASSANDRA_USERNAME"], "password": password}
    with served(tmp_path) as client:
        client.result(f"{SERVICE}.create", given)
        found = client.result(f"{SERVICE}.ping", {"name": "c"})
        assert found["is_success"] is True
        assert found["info"].startswith(f"127.0.0.1:{port} answered in ")
