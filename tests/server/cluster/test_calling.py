"""Tests of apitest_server.cluster.calling, with a web server that speaks TLS."""

import ssl
from collections.abc import Iterator
from pathlib import Path

import pytest

from apitest_server.cluster.calling import exchanged, fingerprint
from apitest_server.cluster.runs import Run
from apitest_server.errors import NotRunning
from tests.apitest.clients.certificates import Authority
from tests.apitest.web import WebServer


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """For a name that nobody uses."""
    return Authority(tmp_path).issue("server", "api.example.com")[0]


@pytest.fixture
def server(certificate: Path) -> Iterator[WebServer]:
    """Shows the certificate."""
    settings = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    settings.load_cert_chain(certificate, certificate.with_suffix(".key"))
    server = WebServer(settings)
    yield server
    server.close()


def run(server: WebServer, known_by: str) -> Run:
    return Run("1", "s", "m", 1, server.address, known_by)


def test_a_server_is_known_by_its_certificate(server: WebServer, certificate: Path) -> None:
    """Whoever it is of, and for whatever name it is."""
    status, _ = exchanged(run(server, fingerprint(certificate)), "POST", "/echo", 30, "x", {"A": "b"})
    assert status == 200
    assert server.requests[-1][3] == b"x"


def test_nothing_is_sent_to_who_shows_another_one(server: WebServer, tmp_path: Path) -> None:
    """Such as a server that has its port now."""
    with pytest.raises(NotRunning, match="another certificate"):
        exchanged(run(server, "0" * 64), "POST", "/echo", 30, "x", {"Authorization": "secret"})
    assert not server.requests


def test_what_has_no_certificate_has_no_fingerprint(tmp_path: Path) -> None:
    """It is an error of the file."""
    (tmp_path / "empty.pem").write_text("")
    with pytest.raises(ValueError, match="no certificate in PEM"):
        fingerprint(tmp_path / "empty.pem")


def test_who_does_not_speak_tls_does_not_answer(server: WebServer) -> None:
    """It is told where."""
    plain = Run("1", "s", "m", 1, server.address.replace("https:", "http:"))
    with pytest.raises(NotRunning, match="does not answer") as error:
        exchanged(plain, "GET", "/", 30)
    assert error.value.where == plain.address
