"""TLS against a real server, with certificates of an authority of the test's own."""

import ssl
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from apitest.errors import BadValue, TLSFailed
from tests.apitest.clients.certificates import Authority
from tests.apitest.steps.playing import Play
from tests.apitest.web import WebServer

Start = Callable[..., WebServer]


@pytest.fixture
def authority(play: Play) -> Authority:
    return Authority(play.run.project.features)


@pytest.fixture
def start(authority: Authority) -> Iterator[Start]:
    """Starts a TLS server with a certificate of the authority."""
    started: list[WebServer] = []

    def start(host: str = "127.0.0.1", *, expired: bool = False, asks: bool = False) -> WebServer:
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(*authority.issue("server", host, expired=expired))
        if asks:
            context.verify_mode = ssl.CERT_REQUIRED
            context.load_verify_locations(authority.ca_file)
        started.append(WebServer(context))
        return started[-1]

    yield start
    for server in started:
        server.close()


def invoke(play: Play, server: WebServer, *lines: str) -> int:
    play(*lines, f'address "{server.address}"', "When the URL is invoked")
    return int(play.zato.response.data.status_code)


def failure(play: Play, server: WebServer, *lines: str) -> TLSFailed:
    with pytest.raises(TLSFailed) as raised:
        invoke(play, server, *lines)
    assert raised.value.exit_status == 3
    assert not server.requests
    return raised.value


def test_unknown_authority(play: Play, start: Start) -> None:
    """A certificate that nobody known has signed is refused; both ways out are named."""
    error = failure(play, start())
    assert "is not trusted: " in error.problem
    assert "Given CA file" in error.fix
    assert "Given TLS verification is off" in error.fix


def test_authority_from_a_file(play: Play, start: Start) -> None:
    """With the authority's file, found in the features directory, the certificate is trusted."""
    server = start()
    assert invoke(play, server, 'CA file "ca.pem"') == 200
    failure(play, start(), "TLS verification is on")


def test_verification_off(play: Play, start: Start) -> None:
    """With verification off any certificate is taken; the run says so once."""
    server = start(expired=True)
    assert invoke(play, server, "TLS verification is off") == invoke(play, server) == 200
    assert [event.text for event in play.events] == ["TLS verification is off: certificates are not checked"]


def test_expired_certificate(play: Play, start: Start) -> None:
    """An expired certificate is told as such; another authority would not help."""
    error = failure(play, start(expired=True), 'CA file "ca.pem"')
    assert "expired" in error.problem
    assert "CA file" not in error.fix


def test_certificate_of_another_host(play: Play, start: Start) -> None:
    """A certificate for another host is told as such."""
    error = failure(play, start("other.example.com"), 'CA file "ca.pem"')
    assert "127.0.0.1" in error.problem
    assert "CA file" not in error.fix


def test_client_certificate(play: Play, start: Start, authority: Authority) -> None:
    """A server that asks for a client certificate gets it, from two files or from one."""
    server = start(asks=True)
    certificate, key = authority.issue("client")
    play('CA file "ca.pem"')
    assert invoke(play, server, 'client certificate "client.pem" with key "client.key"') == 200
    (authority.directory / "both.pem").write_bytes(certificate.read_bytes() + key.read_bytes())
    assert invoke(play, server, 'client certificate "both.pem"') == 200


def test_plain_server(play: Play, web: WebServer) -> None:
    """A server that speaks plain HTTP is told apart from one that is not trusted."""
    with pytest.raises(TLSFailed) as raised:
        play(f'address "{web.address.replace("http", "https")}"', "the URL is invoked")
    assert "starts with http://" in raised.value.fix


def test_bad_files(play: Play, authority: Authority, tmp_path: Path) -> None:
    """Files that are missing, or hold something else, are refused when they are named."""
    authority.issue("client")
    authority.issue("other")
    authority.issue("locked", password=b"secret")
    (authority.directory / "empty.pem").touch()
    for line, problem in {
        'CA file "no.pem"': 'no file "no.pem"',
        'CA file "empty.pem"': "contains no certificate",
        'client certificate "client.pem"': "cannot be read",
        'client certificate "client.pem" with key "other.key"': "does not belong",
        'client certificate "locked.pem" with key "locked.key"': "encrypted",
    }.items():
        with pytest.raises(BadValue, match=problem):
            play(line)
