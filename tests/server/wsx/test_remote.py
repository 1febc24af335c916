"""Tests of apitest_server.wsx.remote."""

import ssl
from pathlib import Path

import pytest

from apitest_server.config import SecurityDefinition
from apitest_server.errors import BadRequest, ServiceUnavailable
from apitest_server.odb import StoredObject
from apitest_server.security.authentication import Authentication
from apitest_server.security.objects import SecurityObjects, declared_id
from apitest_server.wsx.caller import CallerTerms
from apitest_server.wsx.remote import Credentials, Remote, address, remote_of, topics_of
from tests.apitest.clients.certificates import Authority

DEFINITIONS = (
    SecurityDefinition("basic", "basic-auth", username="anna", password="secret1"),
    SecurityDefinition("key", "api-key", header="X-Key", key="secret2"),
    SecurityDefinition("jwt", "jwt", secret="x" * 32),
)


def item(**fields: object) -> StoredObject:
    return StoredObject(7, "outgoing.wsx", "There", {"address": "ws://example.com/x", **fields}, {"secret": "top"})


def remote(directory: Path, **fields: object) -> Remote:
    return remote_of(item(**fields), directory)


def credentials(**fields: object) -> Credentials:
    return Credentials(item(**fields), SecurityObjects(Authentication(DEFINITIONS)))


def test_what_is_not_said_has_a_default(tmp_path: Path) -> None:
    """A definition that was stored before a field existed goes on working."""
    found = remote(tmp_path)
    assert (found.id, found.name, found.url, found.is_zato) == (7, "There", "ws://example.com/x", True)
    assert (found.pool_size, found.topics, found.on_message, found.tls) == (1, (), "", None)
    assert found.terms == CallerTerms(10, 600, 30, 5)
    assert (found.bounds.message, found.bounds.unsent) == (1024**2, 2 * 1024**2)


def test_topics_stand_one_a_line() -> None:
    """Each counts once."""
    assert topics_of(" /a\n\n/b/c \r\n/a\n") == ("/a", "/b/c")


def test_a_url_is_shown_without_secrets(tmp_path: Path) -> None:
    """Those of the query string."""
    where = remote(tmp_path, address="ws://example.com/x?token=top-secret").where
    assert where.startswith("ws://example.com/x?token=")
    assert "top-secret" not in where


def test_certificates_are_verified_by_our_own_authority(tmp_path: Path) -> None:
    """The file is found in the server's directory; nothing is verified only where somebody says so."""
    Authority(tmp_path)
    secure = {"address": "wss://example.com/x"}
    own = remote(tmp_path, **secure, ca_certs="ca.pem").tls
    assert own is not None
    assert (own.verify_mode, own.check_hostname, len(own.get_ca_certs())) == (ssl.CERT_REQUIRED, True, 1)
    default = remote(tmp_path, **secure).tls
    assert default is not None
    assert (default.verify_mode, default.check_hostname) == (ssl.CERT_REQUIRED, True)
    off = remote(tmp_path, **secure, validate_tls=False).tls
    assert off is not None
    assert (off.verify_mode, off.check_hostname) == (ssl.CERT_NONE, False)


def test_certificates_that_cannot_be_used_are_refused(tmp_path: Path) -> None:
    """No file, or not one of certificates."""
    (tmp_path / "not.pem").write_text("hello")
    for name in ("none.pem", "not.pem"):
        with pytest.raises(BadRequest, match="`ca_certs` names a file that cannot be used: "):
            remote(tmp_path, address="wss://example.com/x", ca_certs=name)


def test_who_a_connection_is() -> None:
    """Its own user name and secret, or those of a definition."""
    assert credentials(username="me").pair() == ("me", "top")
    assert credentials(security_id=declared_id("basic")).pair() == ("anna", "secret1")
    assert credentials(security_id=declared_id("key")).pair() == ("", "secret2")
    username, token = credentials(security_id=declared_id("jwt")).pair()
    assert (username, token.count(".")) == ("", 2)


def test_a_definition_that_is_gone_is_told() -> None:
    """Before anything is sent."""
    for method in ("pair", "headers"):
        with pytest.raises(ServiceUnavailable, match="The security definition is not active"):
            getattr(credentials(security_id=99), method)()


def test_other_servers_are_shown_headers(tmp_path: Path) -> None:
    """Those of HTTP; a WSX session is created with the credentials instead."""
    assert credentials(username="me").headers() == {"Authorization": "Basic bWU6dG9w"}
    assert credentials(security_id=declared_id("key")).headers() == {"X-Key": "secret2"}
    nobody = Credentials(StoredObject(7, "k", "n", {}), SecurityObjects(Authentication(())))
    assert nobody.headers() == {}
    plain = remote(tmp_path, is_zato=False)
    assert address(plain, credentials(username="me")).headers == {"Authorization": "Basic bWU6dG9w"}
    assert address(remote(tmp_path), credentials(username="me")).headers == {}
