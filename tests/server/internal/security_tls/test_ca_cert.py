"""Tests of apitest_server.internal.security_tls.ca_cert, with a connection to a server with TLS."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.apitest.clients.certificates import Authority
from tests.apitest.web import WebServer
from tests.server.asgi import Client, served
from tests.server.outgoing.tls_server import pair, suspicious
from tests.server.rest.channels import outgoing

CA, KEYS = "zato.security.tls.ca-cert", "zato.security.tls.key-cert"


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("ca"))


@pytest.fixture(scope="module")
def server(authority: Authority) -> Iterator[WebServer]:
    with suspicious(authority) as server:
        yield server


@pytest.fixture
def client(tmp_path: Path) -> Iterator[Client]:
    with served(tmp_path) as client:
        yield client


def test_a_connection_uses_certificates_of_the_odb(client: Client, server: WebServer, authority: Authority) -> None:
    """Each change of them counts for its next request; those that it needs cannot be deleted."""
    number = outgoing(client, server.address)
    assert client.refused("zato.http-soap.ping", {"id": number})[0] == 503
    ca = client.result(f"{CA}.create", {"name": "ca", "value": authority.ca_file.read_text()})["id"]
    keys = client.result(f"{KEYS}.create", {"name": "keys", "value": pair(authority)})["id"]
    client.result("zato.http-soap.edit", {"id": number, "sec_tls_ca_cert_id": ca, "sec_tls_key_cert_id": keys})
    assert client.result("zato.http-soap.ping", {"id": number})["status_code"] == 200
    client.result(f"{KEYS}.edit", {"id": keys, "is_active": False})
    refused = client.refused("zato.http-soap.ping", {"id": number})
    assert refused == (503, "A certificate of `CRM` is not active")
    client.result(f"{KEYS}.edit", {"id": keys, "is_active": True})
    assert client.result("zato.http-soap.ping", {"id": number})["status_code"] == 200
    assert client.refused(f"{CA}.delete", {"id": ca})[0] == 400


def test_an_authority_that_is_another_one_counts_at_once(
    client: Client, server: WebServer, authority: Authority, tmp_path: Path
) -> None:
    """Though there are connections that were made before."""
    ca = client.result(f"{CA}.create", {"name": "ca", "value": authority.ca_file.read_text()})["id"]
    keys = client.result(f"{KEYS}.create", {"name": "keys", "value": pair(authority)})["id"]
    number = outgoing(client, server.address, sec_tls_ca_cert_id=ca, sec_tls_key_cert_id=keys)
    assert client.result("zato.http-soap.ping", {"id": number})["status_code"] == 200
    client.result(f"{CA}.edit", {"id": ca, "value": Authority(tmp_path).ca_file.read_text()})
    status, details = client.refused("zato.http-soap.ping", {"id": number})
    assert (status, "certificate" in details) == (503, True), details


def test_whose_it_is_is_told(client: Client, authority: Authority) -> None:
    """And the certificate itself, which is not a secret."""
    client.result(f"{CA}.create", {"name": "ca", "value": authority.ca_file.read_text()})
    row = client.result(f"{CA}.get-by-name", {"name": "ca"})
    assert row["info"].startswith("CN=Test Authority, until 20")
    assert row["value"] == authority.ca_file.read_text()


def test_channels_have_no_certificates(client: Client, authority: Authority) -> None:
    """They are for outgoing connections."""
    ca = client.result(f"{CA}.create", {"name": "ca", "value": authority.ca_file.read_text()})["id"]
    given = {"name": "x", "connection": "channel", "transport": "plain_http", "url_path": "/x", "service": "zato.ping"}
    status, details = client.refused("zato.http-soap.create", {**given, "sec_tls_ca_cert_id": ca})
    assert (status, "`sec_tls_ca_cert_id`" in details) == (400, True)
