"""Tests of apitest_server.outgoing.http_tls, against a server with TLS that asks for certificates."""

import ssl
from collections.abc import Iterator
from pathlib import Path

import pytest
from requests.exceptions import ConnectionError, SSLError
from urllib3.exceptions import InsecureRequestWarning

from apitest_server.outgoing.http_session import session
from apitest_server.outgoing.http_tls import context
from tests.apitest.clients.certificates import Authority
from tests.apitest.web import WebServer
from tests.server.outgoing.tls_server import pair, suspicious


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("ca"))


@pytest.fixture(scope="module")
def server(authority: Authority) -> Iterator[WebServer]:
    with suspicious(authority) as server:
        yield server


def status(server: WebServer, authorities: str = "", client: str = "", verifies: bool = True) -> int:
    with session(2, authorities, client, verifies) as made:
        return made.get(server.address, timeout=30, verify=verifies).status_code


def test_both_sides_prove_who_they_are(server: WebServer, authority: Authority) -> None:
    """The server by its authority, the client by its certificate."""
    assert status(server, authority.ca_file.read_text(), pair(authority)) == 200


def test_a_server_of_another_authority_is_refused(server: WebServer, authority: Authority, tmp_path: Path) -> None:
    """Also where only a certificate of the client is given; unless nobody looks."""
    other = Authority(tmp_path).ca_file.read_text()
    for authorities in (other, ""):
        with pytest.raises(SSLError, match="CERTIFICATE_VERIFY_FAILED"):
            status(server, authorities, pair(authority))
        with pytest.warns(InsecureRequestWarning):
            assert status(server, authorities, pair(authority), verifies=False) == 200


def test_a_client_without_a_certificate_is_refused(server: WebServer, authority: Authority, tmp_path: Path) -> None:
    """As one with that of another authority is."""
    for client in ("", pair(Authority(tmp_path))):
        with pytest.raises(ConnectionError):
            status(server, authority.ca_file.read_text(), client)


def test_own_authorities_are_all_that_count(authority: Authority) -> None:
    """Nothing that everybody trusts is among them, and nothing stays on the disk."""
    made = context(authority.ca_file.read_text(), pair(authority), True)
    assert (made.cert_store_stats()["x509_ca"], made.verify_mode) == (1, ssl.CERT_REQUIRED)
