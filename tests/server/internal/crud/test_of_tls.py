"""Tests of apitest_server.internal.crud.of_tls."""

import ssl
from pathlib import Path

import pytest

from apitest_server.internal.crud import AS_OPENSSL, VERIFIED
from apitest_server.outgoing.tls import context
from apitest_server.service.attrs import Attrs
from tests.server.asgi import Client


def test_the_fields_are_those_that_are_read(tmp_path: Path) -> None:
    """As they are by default, certificates are verified by the system's authorities; switched off, by nobody."""
    fields = {field.name: field.element.default for field in VERIFIED}
    assert context(fields, tmp_path).verify_mode is ssl.CERT_REQUIRED
    assert context({**fields, "validate_tls": False}, tmp_path).verify_mode is ssl.CERT_NONE
    assert fields.keys() == {"validate_tls", "ca_certs"}


def test_clients_have_words_of_their_own(untouched: Client) -> None:
    """They are made of the fields, and fields of them; the kinds that take them say so."""
    server = untouched.app
    for sent, expected in (("CERT_NONE", False), ("CERT_OPTIONAL", True), ("CERT_REQUIRED", True)):
        assert AS_OPENSSL.own(server, Attrs(tls_validate=sent)) == {"validate_tls": expected}
    assert AS_OPENSSL.own(server, Attrs(tls_ca_certs_file="a.pem")) == {"ca_certs": "a.pem"}
    shown = AS_OPENSSL.shows(server, Attrs(validate_tls=False, ca_certs="a.pem"))
    assert shown == {"tls_validate": "CERT_NONE", "tls_ca_certs_file": "a.pem"}
    with pytest.raises(ValueError, match="must be one of CERT_REQUIRED, CERT_OPTIONAL, CERT_NONE"):
        AS_OPENSSL.takes[0].parse("no")
