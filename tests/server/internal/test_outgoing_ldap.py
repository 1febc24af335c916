"""Tests of apitest_server.internal.outgoing_ldap."""

from pathlib import Path

import pytest

from tests.ports import free_port
from tests.server.asgi import Client, served

CREATE, GENERIC = "zato.outgoing.ldap.create", "zato.generic.connection.create"


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"server_list": ""}, "`server_list` must have a server, such as ldap.example.com:389"),
        ({"server_list": "http://h"}, "`server_list` must have lines such as"),
        ({"auth_type": "NTLM"}, "`auth_type` must be one of SIMPLE, SASL"),
        ({"auth_type": "SASL"}, "`tls_cert_file` is required with the auth_type SASL"),
        ({"tls_private_key_file": "key.pem"}, "`tls_cert_file` is required with a tls_private_key_file"),
        ({"tls_cert_file": "none.pem"}, "`tls_cert_file` names a file that cannot be used: No such file"),
        ({"ca_certs": "none.pem"}, "`ca_certs` names a file that cannot be used"),
        ({"timeout": 0}, "`timeout` must be"),
    ],
)
def test_a_definition_that_could_not_be_used_is_refused(untouched: Client, wrong: dict[str, object], told: str) -> None:
    """With the name of the field."""
    status, details = untouched.refused(CREATE, {"name": "a", "server_list": "h", **wrong})
    assert (status, told in details) == (400, True), details


def test_a_password_is_never_shown(tmp_path: Path) -> None:
    """It is stored encrypted."""
    with served(tmp_path) as client:
        given = {"name": "a", "server_list": f"127.0.0.1:{free_port()}", "username": "u", "password": "s3cret-word"}
        made = client.result(CREATE, given)
        assert "s3cret-word" not in str(client.result("zato.outgoing.ldap.get-by-id", {"id": made["id"]}))
        status, details = client.refused("zato.outgoing.ldap.ping", {"id": made["id"]})
        assert (status, "Connection refused" in details, "s3cret-word" in details) == (503, True, False)
    assert not any(b"s3cret-word" in path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())


def test_clients_say_it_in_their_own_words(tmp_path: Path) -> None:
    """Servers in a list, certificates as OpenSSL has them; so they are listed for them."""
    with served(tmp_path) as client:
        given = {"type_": "outconn-ldap", "name": "a", "server_list": ["one:389", " two "], "tls_validate": "CERT_NONE"}
        made = client.result(GENERIC, {**given, "pool_ha_strategy": "ROUND_ROBIN", "is_outconn": True})
        found = client.result("zato.outgoing.ldap.get-by-id", {"id": made["id"]})
        assert (found["server_list"], found["validate_tls"]) == ("one:389\ntwo", False)
        [row] = client.result("zato.generic.connection.get-list", {"type_": "outconn-ldap"})
        assert (row["tls_validate"], row["tls_ca_certs_file"]) == ("CERT_NONE", "")
        changed = {"id": made["id"], "tls_validate": "CERT_OPTIONAL", "tls_ca_certs_file": ""}
        client.result("zato.generic.connection.edit", changed)
        assert client.result("zato.outgoing.ldap.get-by-id", {"id": made["id"]})["validate_tls"]
        refused = client.refused(GENERIC, {**given, "name": "b", "tls_validate": "no"})
        assert refused == (400, "Input field `tls_validate` must be one of CERT_REQUIRED, CERT_OPTIONAL, CERT_NONE")
