"""Tests of apitest_server.internal.crud.of_tls."""

import ssl
from pathlib import Path

from apitest_server.internal.crud import VERIFIED
from apitest_server.outgoing.tls import context


def test_the_fields_are_those_that_are_read(tmp_path: Path) -> None:
    """As they are by default, certificates are verified by the system's authorities; switched off, by nobody."""
    fields = {field.name: field.element.default for field in VERIFIED}
    assert context(fields, tmp_path).verify_mode is ssl.CERT_REQUIRED
    assert context({**fields, "validate_tls": False}, tmp_path).verify_mode is ssl.CERT_NONE
    assert fields.keys() == {"validate_tls", "ca_certs"}
