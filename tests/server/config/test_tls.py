"""Tests of apitest_server.config.tls."""

from pathlib import Path

from apitest_server.config import parse


def test_files() -> None:
    """There are none unless they are named, and the password of a key is not shown."""
    found = parse("[tls]\ncertificate = a.pem\nkey_password = sesame\n", Path("server.conf")).tls
    assert (found.certificate, found.key, found.key_password, found.client_authorities) == ("a.pem", "", "sesame", "")
    assert "sesame" not in repr(found)
    assert not parse("", Path("server.conf")).tls.certificate
