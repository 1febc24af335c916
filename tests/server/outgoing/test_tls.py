"""Tests of apitest_server.outgoing.tls; those of outgoing WSX connections have its refusals."""

import ssl
from pathlib import Path

import pytest

from apitest_server.errors import BadRequest
from apitest_server.outgoing.tls import client_context, context
from tests.apitest.clients.certificates import Authority
from tests.services import certificates


def test_a_context_trusts_whom_the_definition_names(tmp_path: Path) -> None:
    """The authority of a file that is found in the server's directory, and anybody only where that is said."""
    Authority(tmp_path)
    own = context({"ca_certs": "ca.pem"}, tmp_path)
    assert (own.verify_mode, own.check_hostname, len(own.get_ca_certs())) == (ssl.CERT_REQUIRED, True, 1)
    anybody = context({"validate_tls": False}, tmp_path)
    assert (anybody.verify_mode, anybody.check_hostname) == (ssl.CERT_NONE, False)


def test_a_certificate_may_be_shown(tmp_path: Path) -> None:
    """Its key is in the same file, or in one of its own; what cannot be used is named."""
    made = certificates.make(tmp_path)
    for files in ({"tls_cert_file": "both.pem"}, {"tls_cert_file": "client.pem", "tls_private_key_file": "client.key"}):
        assert client_context(files, tmp_path).verify_mode is ssl.CERT_REQUIRED
    for wrong in ("none.pem", made.client.name):
        with pytest.raises(BadRequest, match="`tls_cert_file` names a file that cannot be used: "):
            client_context({"tls_cert_file": wrong}, tmp_path)
